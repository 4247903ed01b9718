#!/usr/bin/env bash
# Defuddle: a box of the class `alert` is left out, caveat and all.
#
# One would expect: a paragraph in the middle of the text is text, whatever its class; `role="note"` says that it belongs there.
# What happens:     `<div class="alert" role="note">` is gone; the same box with the classes of GitHub, `markdown-alert markdown-alert-note`, is kept as a callout.
# Versions:         defuddle 0.19.4, jsdom 29.1.1
# Why it matters:   "figures are provisional" is what a clipping must not lose. Bootstrap made `alert` the usual name of such a box.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts defuddle@0.19.4 jsdom@29.1.1 >>npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'E'
import { JSDOM } from "jsdom";
import { Defuddle } from "defuddle/node";
const long = "<p>The council decides by unanimity on such measures, and each of them is renewed every six months, as the treaty asks.</p>";
for (const name of ["alert", "caveat", "markdown-alert markdown-alert-note"]) {
  const html = `<!doctype html><title>T</title><article><h1>T</h1>${long}<div class="${name}" role="note"><p>The figures are provisional.</p></div>${long}${long}</article>`;
  const { content } = await Defuddle(new JSDOM(html, { url: "https://example.org/x/" }).window.document, "https://example.org/x/");
  console.log(name, content.includes("provisional"));
}
E
expect "is the caveat kept?" 'alert false
caveat true
markdown-alert markdown-alert-note true' "$(node run.mjs 2>/dev/null)"

echo 'holds: a caveat in a box of the class `alert` is lost'
