#!/usr/bin/env bash
# Readability: a `footer` within the article is taken out, and the same one beside it is kept as text.
#
# One would expect: a `footer` is left out wherever it stands, as it is within the article.
# What happens:     beside the element that Readability chose, a `footer` of two paragraphs is joined to the text. It is made a `div` first, so that the later step that takes out each `footer` does not find it.
# Versions:         @mozilla/readability 0.6.0, jsdom 29.1.1
# Why it matters:   who publishes, whom to write to and under which licence stand at the end of the briefing as its last paragraphs, in reading views and in archives.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts @mozilla/readability@0.6.0 jsdom@29.1.1 >>npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'E'
import { JSDOM } from "jsdom";
import { Readability } from "@mozilla/readability";
const long = "The council decides by unanimity on such measures, and each of them is renewed every six months, as the treaty and its practice ask of the members. ";
const text = [2, 3, 2].map((times) => `<p>${long.repeat(times)}</p>`).join("");
const footer = `<footer><p>The desk writes on law, on institutions, and on what both of them cost, for members, their staff, and the public at large, in plain words.</p>
<p>Whoever finds a mistake, a dead link, or a table that cannot be read, writes to the desk, which answers on each day of work, in two languages.</p></footer>`;
const pages = {
  "within the article": `<main><article>${text}${footer}</article></main>`,
  "beside the text in the article": `<main><article><div>${text}</div>${footer}</article></main>`,
  "beside the article": `<main><article>${text}</article>${footer}</main>`,
  "at the end of the page": `<main><article>${text}</article></main>${footer}`,
};
for (const [where, body] of Object.entries(pages)) {
  const { document } = new JSDOM(`<!doctype html><html lang="en"><head><title>T</title></head><body>${body}</body></html>`).window;
  console.log(where, new Readability(document).parse().textContent.includes("writes to the desk"));
}
E
expect "is the footer kept as text?" 'within the article false
beside the text in the article true
beside the article true
at the end of the page true' "$(node run.mjs)"

echo 'holds: a footer beside the article is read as its text'
