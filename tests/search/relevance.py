"""Holds the search of built sites against SQLite's FTS5: both are asked the same questions, and nDCG@10 compares what they find.

python3 relevance.py QUESTIONS PUBLIC [QUESTIONS PUBLIC]…

Fails if the mean of a site's search is below that of FTS5, or if a question with a floor misses it. It builds nothing.
"""

import html.parser
import json
import math
import pathlib
import re
import sqlite3
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
WORST = 12


class Reader(html.parser.HTMLParser):
    """The texts of a page as its readers see them, by the column of FTS5 that they belong to.

    Notes are left out: with them FTS5 does worse.
    """

    EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

    def __init__(self):
        super().__init__()
        self.columns = {name: [] for name in ("title", "summary", "points", "headings", "body", "meta")}
        self.open = []

    def column(self, tag, attrs):
        """Where the text of an element goes: None if it is the same as around it, "" if nowhere."""
        inside = self.open[-1] if self.open else ""
        names = attrs.get("class", "").split()
        if "footnotes" in names or attrs.get("id", "").startswith("fnref-"):
            return ""
        if tag == "h1" or attrs.get("itemprop") == "reportNumber":
            return "title"
        if "standfirst" in names:
            return "summary"
        if "meta" in names:
            return "meta"
        if "key-points" in names:
            return "points"
        if attrs.get("itemprop") == "articleBody":
            return "body"
        if inside == "body" and re.fullmatch("h[2-6]", tag):
            return "headings"
        return None

    def handle_starttag(self, tag, attrs):
        attrs = {name: value or "" for name, value in attrs}
        if tag in self.EMPTY:
            return
        column = self.column(tag, attrs)
        self.open.append((self.open[-1] if self.open else "") if column is None else column)
        if tag not in {"a", "abbr", "em", "strong", "code"} and self.open[-1]:
            self.columns[self.open[-1]].append("\n")

    def handle_endtag(self, tag):
        if tag not in self.EMPTY and self.open:
            self.open.pop()

    def handle_data(self, text):
        if self.open and self.open[-1]:
            self.columns[self.open[-1]].append(text)

    @classmethod
    def read(cls, text):
        reader = cls()
        reader.feed(text)
        *columns, meta = ["".join(parts) for parts in reader.columns.values()]
        columns[1] += "".join(re.findall(r"\nAlso.*", meta))
        return columns


def pages(public):
    """The addresses that the search of a site knows, without the pages that it finds only when they are asked for."""
    cards = {}
    for path in sorted(public.glob("cards/[0-9]*.json")):
        cards.update(json.loads(path.read_text()))
    return [address for address, card in cards.items() if card["status"] not in ("superseded", "withdrawn")]


def table(public):
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table page using fts5(address unindexed, title, summary, points, headings, body, tokenize='porter unicode61')")
    for address in pages(public):
        text = (public / address.lstrip("/") / "index.html").read_text()
        base.execute("insert into page values (?, ?, ?, ?, ?, ?)", [address, *Reader.read(text)])
    return base


def fts5(base, question):
    """The first ten with all the words, then those with any: each word is a phrase, as in `pb-2026-004`."""
    words = ['"%s"' % word for word in question.replace('"', " ").split() if re.search(r"\w", word)]
    found = []
    for operator in (" AND ", " OR "):
        rows = base.execute(
            "select address from page where page match ? order by bm25(page, 0, 10, 4, 4, 3, 1) limit 20", [operator.join(words)]
        )
        found += [address for (address,) in rows if address not in found]
    return found[:10]


def ours(public, questions):
    script = ["node", str(HERE / "ask.mjs"), str(public)]
    answer = subprocess.run(script, input=json.dumps(questions), capture_output=True, text=True)
    if answer.returncode:
        sys.exit(answer.stderr)
    return json.loads(answer.stdout)


def gain(grades):
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def ndcg(found, right):
    best = sorted(right.values(), reverse=True)[:10]
    return gain([right.get(address, 0) for address in found[:10]]) / gain(best)


def hold(path, public):
    """Prints how both engines answer the questions of a file, and returns what is wrong with that."""
    questions = json.loads(path.read_text())["questions"]
    base = table(public)
    found = ours(public, [question["ask"] for question in questions])
    both = [(ndcg(mine, q["right"]), ndcg(fts5(base, q["ask"]), q["right"]), q, mine) for q, mine in zip(questions, found)]
    equal = [row for row in both if "floor" not in row[2]]
    mean = [sum(row[side] for row in equal) / len(equal) for side in (0, 1)]
    print(f"{path}: {len(equal)} questions, nDCG@10 {mean[0]:.4f}, FTS5 {mean[1]:.4f}")
    for mine, theirs, question, pages in sorted(equal, key=lambda row: (row[0] - row[1], row[0]))[:WORST]:
        first = " ".join(f"{page}={question['right'].get(page, 0)}" for page in pages[:4])
        print(f"  {mine:.3f} {theirs:.3f}  {question['ask']}: {first}")
    wrong = [f"{path}: {mean[0]:.4f} is below the {mean[1]:.4f} of FTS5"] if mean[0] < mean[1] else []
    for mine, _, question, pages in both:
        if mine < question.get("floor", 0):
            wrong.append(f"{path}: `{question['ask']}` has {mine:.3f}, its floor is {question['floor']}: {' '.join(pages[:4])}")
    return wrong


def main(args):
    pairs = zip(args[::2], args[1::2], strict=True)
    wrong = [line for path, public in pairs for line in hold(pathlib.Path(path), pathlib.Path(public))]
    print(*wrong, sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
