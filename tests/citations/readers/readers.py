"""What programs in Python read of a folder's cite.bib and cite.ris: one JSON object, by reader and key."""

import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
# An old version of bibtexparser lies in a folder of its own, because both have one name.
if len(sys.argv) > 2:
    sys.path.insert(0, sys.argv[2])

import bibtexparser

bib = (folder / "cite.bib").read_text(encoding="utf-8")
if bibtexparser.__version__.startswith("1."):
    from bibtexparser.bparser import BibTexParser

    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    database = parser.parse(bib)
    print(json.dumps({"bibtexparser 1": {entry["ID"]: entry for entry in database.entries}}))
    sys.exit()

import rispy
from pybtex.database import parse_string

library = bibtexparser.parse_string(bib)
assert not library.failed_blocks, library.failed_blocks
two = {entry.key: {"ENTRYTYPE": entry.entry_type, **{field.key: field.value for field in entry.fields}} for entry in library.entries}

pybtex = {}
for key, entry in parse_string(bib, "bibtex").entries.items():
    persons = {role: [str(person) for person in persons] for role, persons in entry.persons.items()}
    pybtex[key] = {"ENTRYTYPE": entry.type, **dict(entry.fields), "persons": persons}

ris = {entry["id"]: entry for entry in rispy.loads((folder / "cite.ris").read_text(encoding="utf-8"))}
print(json.dumps({"bibtexparser 2": two, "pybtex": pybtex, "rispy": ris}))
