#!/usr/bin/env bash
# Zensical: metadata without fences, which MkDocs reads, stand in the page, and the title is lost.
#
# One would expect: Zensical reads sites of MkDocs with their `mkdocs.yml`. MkDocs takes `Title: …` at the head of a page for metadata, between hyphens or
#                   without them, as MultiMarkdown has it; so the page has the same title and text in both.
# What happens:     MkDocs has the title and shows the text alone. Zensical shows the lines of metadata as a paragraph, and gives the page no title of theirs.
#                   Neither says a word.
# Versions:         mkdocs 1.6.1, zensical 0.0.70
# Why it matters:   handbooks of ten years have such pages; after the move, notes such as `Author:` and `Reviewed:` are in front of readers.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

python3 -m venv venv
venv/bin/pip install --quiet mkdocs==1.6.1 zensical==0.0.70 >pip.log 2>&1 || { cat pip.log; exit 1; }
mkdir docs
printf 'site_name: Handbook\nsite_url: https://example.org/\n' >mkdocs.yml
printf '# Home\n' >docs/index.md
printf 'Title: What a call costs\nReviewed: by two desks\n\nThe tariff has two parts.\n' >docs/tariffs.md
shown() {
  venv/bin/python - site/tariffs/index.html <<'E'
import re, sys
page = open(sys.argv[1], encoding="utf-8").read()
print("title:", re.search(r"<title>\s*(.*?)\s*</title>", page, re.S)[1])
print("metadata in the text:", "by two desks" in page)
E
}
venv/bin/mkdocs build --quiet
expect "MkDocs" 'title: What a call costs - Handbook
metadata in the text: False' "$(shown)"
rm -r site
venv/bin/zensical build >zensical.log 2>&1 || { cat zensical.log; exit 1; }
expect "Zensical" 'title: Tariffs - Handbook
metadata in the text: True' "$(shown)"

echo 'holds: Zensical shows metadata without fences, and takes no title of them'
