#!/usr/bin/env bash
# Citation.js and pybtex: `and others` is an author called "others".
#
# One would expect: `author = {Byron, Ada and others}` is Byron et al., as BibTeX and BibLaTeX define it.
# What happens:     both read a second person of that name; Citation.js writes "Byron, A., & others" and hands an author "others" on in CSL-JSON.
# Versions:         @citation-js/core, plugin-bibtex, plugin-csl 0.9.0, pybtex 0.26.1
# Why it matters:   reports of institutions often end their authors so; the register, the RIS that readers take along and the index of persons have somebody who does not exist.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

python3 -m venv venv
venv/bin/pip install --quiet pybtex==0.26.1 >pip.log 2>&1 || { cat pip.log; exit 1; }
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts @citation-js/core@0.9.0 @citation-js/plugin-bibtex@0.9.0 @citation-js/plugin-csl@0.9.0 >>npm.log 2>&1 || { cat npm.log; exit 1; }
echo '@report{a, author = {Byron, Ada and others}, title = {Engines}, date = {2025}, institution = {Desk}, type = {Report}}' >one.bib
cat >run.mjs <<'E'
import { readFileSync } from "node:fs";
import { Cite } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-csl";
const cite = new Cite(readFileSync("one.bib", "utf8"));
console.log(JSON.stringify(cite.data[0].author));
console.log(cite.format("bibliography").trim());
E
expect "Citation.js" '[{"given":"Ada","family":"Byron"},{"family":"others"}]
Byron, A., & others. (2025). Engines [Report]. Desk.' "$(node run.mjs)"
expect "pybtex" 'Byron, Ada; others' "$(venv/bin/python -c '
from pybtex.database import parse_file
print(*parse_file("one.bib").entries["a"].persons["author"], sep="; ")')"

echo 'holds: somebody called "others" is an author'
