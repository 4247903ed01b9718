#!/usr/bin/env bash
# Pandoc: hidden words and deleted rows of a document of Word are published.
#
# One would expect: with `--track-changes=accept`, the default, a row that was deleted with tracked changes is gone, as a deleted word is; words that Word hides
#                   (`w:vanish`) are no part of the text.
# What happens:     deleted words go, but deleted rows stay with their cells, and hidden words stand in the text like all others.
# Versions:         pypandoc_binary 1.17 (Pandoc 3.9), python-docx 1.2.0
# Why it matters:   offices hide notes to themselves and delete rows before a paper goes out; whoever makes a web page of it with Pandoc publishes both.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

python3 -m venv venv
venv/bin/pip install --quiet python-docx==1.2.0 pypandoc_binary==1.17 >pip.log 2>&1 || { cat pip.log; exit 1; }
venv/bin/python - <<'E'
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
document = Document()
line = document.add_paragraph("The offer stands.")
line.add_run(" Below 40 we walk away.").font.hidden = True
line._p.append(parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="a"><w:r><w:delText> Deleted words.</w:delText></w:r></w:del>'))
table = document.add_table(3, 2)
for row, cells in zip(table.rows, [("Step", "Day"), ("Walk out", "3 May"), ("Vote", "4 May")]):
    for cell, text in zip(row.cells, cells):
        cell.text = text
table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="2" w:author="a"/>'))
document.save("paper.docx")
E
expect "Pandoc" 'The offer stands. Below 40 we walk away.

| Step     | Day   |
|----------|-------|
| Walk out | 3 May |
| Vote     | 4 May |' "$(venv/bin/python -c 'import pypandoc; print(pypandoc.convert_file("paper.docx", "gfm", extra_args=["--track-changes=accept"]).strip())')"

echo 'holds: hidden words and deleted rows are published'
