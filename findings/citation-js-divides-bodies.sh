#!/usr/bin/env bash
# Citation.js: an institution with "and" in its name becomes two, in BibLaTeX and as an author in RIS.
#
# One would expect: `institution = {Agency of Tides, Dunes and Lamps}` is one body; so is `AU  - Agency of Tides, Dunes and Lamps`, which has no given name.
# What happens:     the field is a list for Citation.js, divided at " and "; in RIS the part before the comma is a family name, the rest a given one.
#                   A second pair of braces keeps the body of a .bib whole.
# Version:          @citation-js/core, plugin-bibtex and plugin-ris 0.8.2
# Why it matters:   ministries are called so. Who writes .bib for others writes two pairs of braces around every body.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2 @citation-js/plugin-ris@0.8.2 >>npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.cjs <<'E2'
const { Cite, plugins } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
require("@citation-js/plugin-ris");
const read = (text, type) => new Cite(text, { forceType: type }).data[0];
const bib = (body) => `@report{a, author = {{Harbour Institute}}, title = {Dues}, type = {Report}, institution = ${body}, date = {2024}}`;
const name = "Agency of Tides, Dunes and Lamps";
console.log("one pair:", JSON.stringify(read(bib(`{${name}}`), "@biblatex/text").publisher));
console.log("two pairs:", JSON.stringify(read(bib(`{{${name}}}`), "@biblatex/text").publisher));
console.log("RIS:", JSON.stringify(read(`TY  - RPRT\nAU  - ${name}\nTI  - Dues\nPY  - 2024\nER  - \n`, "@ris/file").author));
E2
expect "one body, or two?" 'one pair: ["Agency of Tides, Dunes","Lamps"]
two pairs: "Agency of Tides, Dunes and Lamps"
RIS: [{"family":"Agency of Tides","given":"Dunes and Lamps"}]' "$(node run.cjs)"

echo 'holds: a body with "and" in its name is divided'
