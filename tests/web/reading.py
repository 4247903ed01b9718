"""What readers from PyPI take from six pages of the demonstration site: `reading.py FOLDER`. Title, authors, both dates and language are those of
`reading.json`. What a reader cannot do, whatever the page says, stands beside it.
"""
import json
import logging
import pathlib
import sys
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

import htmldate
import newspaper
from trafilatura.metadata import extract_metadata

LANG = "en"
TABLE = pathlib.Path(__file__).with_name("reading.json")


def trafilatura_reads(html, url):
    read = extract_metadata(html, default_url=url)
    return {"title": read.title, "authors": read.author.split("; "), "published": read.date}


def trafilatura_expects(row):
    # trafilatura 2.3.1 parts names at "and"; it reads neither the language nor the change.
    authors = [part for name in row["authors"] for part in name.split(" and ")]
    return {"title": row["title"], "authors": authors, "published": row["published"]}


def newspaper_reads(html, url):
    article = newspaper.Article(url)
    article.download(input_html=html)
    article.parse()
    return {
        "title": article.title,
        "authors": article.authors,
        "published": str(article.publish_date)[:10],
        "lang": article.meta_lang,
    }


def newspaper_expects(row):
    # newspaper4k 0.9.6 adds what stands behind an "and" in a name as one more author; it does not read the change.
    parts = [part for name in row["authors"] for part in name.split(" and ")[1:]]
    return {"title": row["title"], "authors": row["authors"] + parts, "published": row["published"], "lang": LANG}


def htmldate_reads(html, url):
    find = lambda original: htmldate.find_date(html, url=url, original_date=original)
    return {"published": find(True), "modified": find(False)}


def htmldate_expects(row):
    return {"published": row["published"], "modified": row["modified"] or row["published"]}


READERS = {
    "trafilatura": (trafilatura_reads, trafilatura_expects),
    "newspaper4k": (newspaper_reads, newspaper_expects),
    "htmldate": (htmldate_reads, htmldate_expects),
}


def main():
    looked = mistakes = 0
    for row in json.loads(TABLE.read_text()):
        html = pathlib.Path(sys.argv[1], row["page"], "index.html").read_text()
        for name, (read, expects) in READERS.items():
            looked += 1
            found, expected = read(html, f"https://briefings.example.org/{row['page']}/"), expects(row)
            if found != expected:
                mistakes += 1
                print(f"{name}: {row['page']}: {found} and not {expected}")
    print(f"{looked} looks, {mistakes} mistakes")
    sys.exit(not looked or mistakes > 0)


main()
