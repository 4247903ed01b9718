#!/usr/bin/env bash
# trafilatura and newspaper4k: an office with "and" in its name is nobody, half of itself or two authors.
#
# One would expect: "Law and Institutions Desk" is one author of that name, above all where JSON-LD says that it is an Organization.
# What happens:     in JSON-LD trafilatura passes over an Organization, and the office is nobody; in `meta name="author"` it splits the name at "and". newspaper4k finds it in JSON-LD, but in `meta` only "Institutions Desk", so that a page with both has two authors.
# Versions:         trafilatura 2.3.1, newspaper4k 0.9.6
# Why it matters:   offices, committees and ministries write briefings, and "and" stands in their names; collections cite authors who do not exist.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

python3 -m venv venv
# The pip that comes with Python 3.11 stumbles over `lxml[html_clean]`.
venv/bin/pip install --quiet pip==26.0 >pip.log 2>&1 || { cat pip.log; exit 1; }
venv/bin/pip install --quiet trafilatura==2.3.1 newspaper4k==0.9.6 >>pip.log 2>&1 || { cat pip.log; exit 1; }
cat >run.py <<'E'
import json, newspaper, trafilatura
office = "Law and Institutions Desk"
long = "The council decides by unanimity on such measures, and each of them is renewed every six months, as the treaty and its practice ask of the members. "
data = {"@context": "https://schema.org", "@type": "Article", "headline": "T", "author": {"@type": "Organization", "name": office}}
ld = f'<script type="application/ld+json">{json.dumps(data)}</script>'
meta = f'<meta name="author" content="{office}">'
for what, head in (("JSON-LD", ld), ("meta", meta), ("both", meta + ld)):
    html = f'<!doctype html><html lang="en"><head><title>T</title>{head}</head><body><article><h1>T</h1><p>{long * 3}</p></article></body></html>'
    print(what, "| trafilatura:", trafilatura.extract_metadata(html).author, "| newspaper4k:", "; ".join(newspaper.article("https://example.org/x/", input_html=html).authors))
E
expect "the authors" 'JSON-LD | trafilatura: None | newspaper4k: Law and Institutions Desk
meta | trafilatura: Law; Institutions Desk | newspaper4k: Institutions Desk
both | trafilatura: Law; Institutions Desk | newspaper4k: Law and Institutions Desk; Institutions Desk' "$(venv/bin/python run.py 2>run.log || cat run.log)"

echo 'holds: an office with "and" in its name is nobody, half of itself or two'
