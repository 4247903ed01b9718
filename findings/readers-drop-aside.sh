#!/usr/bin/env bash
# Readability, trafilatura and article-extractor: an `aside` within the text of an article is left out.
#
# One would expect: what stands in `<article>`, in the element that says `itemprop="articleBody"`, is the text. HTML calls an `aside` there related to the article.
# What happens:     all three leave the key points out; in a `div` all three keep them.
# Versions:         @mozilla/readability 0.6.0, @extractus/article-extractor 9.0.1, jsdom 29.1.1, trafilatura 2.3.1
# Why it matters:   key points and summaries at the head of a briefing are missing in reading views and archives, although the page is marked up as the standard says.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

python3 -m venv venv
venv/bin/pip install --quiet trafilatura==2.3.1 lxml_html_clean==0.4.6 >pip.log 2>&1 || { cat pip.log; exit 1; }
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts @mozilla/readability@0.6.0 @extractus/article-extractor@9.0.1 jsdom@29.1.1 >>npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.py <<'E'
import pathlib, trafilatura
long = "The council decides by unanimity on such measures, and each of them is renewed every six months, as the treaty and its practice ask of the members. "
for tag in "aside", "div":
    box = f'<{tag} class="key-points"><h2>Key points</h2><ul><li>Nobody else has a say in it, and no member can be outvoted.</li></ul></{tag}>'
    html = f"""<!doctype html><html lang="en"><head><title>Who decides</title></head><body><main><article><h1>Who decides</h1>
<div itemprop="articleBody">{box}<p>{long * 2}</p><p>{long * 3}</p><p>{long * 2}</p></div></article></main></body></html>"""
    pathlib.Path(f"{tag}.html").write_text(html)
    print(tag, "trafilatura", "outvoted" in trafilatura.extract(html))
E
cat >run.mjs <<'E'
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";
import { Readability } from "@mozilla/readability";
import { extractFromHtml } from "@extractus/article-extractor";
for (const tag of ["aside", "div"]) {
  const html = readFileSync(tag + ".html", "utf8");
  const read = new Readability(new JSDOM(html).window.document).parse().textContent;
  const { content } = await extractFromHtml(html, "https://example.org/x/");
  console.log(tag, "Readability", read.includes("outvoted"), "article-extractor", content.includes("outvoted"));
}
E
expect "are the key points kept?" 'aside trafilatura False
div trafilatura True
aside Readability false article-extractor false
div Readability true article-extractor true' "$(venv/bin/python run.py; node run.mjs)"

echo 'holds: an aside of the text itself is left out'
