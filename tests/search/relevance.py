"""Holds the search of built sites against SQLite's FTS5: both are asked the same questions, and nDCG@10 compares what they find.

python3 relevance.py PUBLIC…

The questions are in `questions.json` beside each folder. Fails if the mean of a site's search is below that of FTS5, or if
a question with a floor misses it. Builds nothing.
"""

import html.parser
import json
import math
import pathlib
import re
import sqlite3
import subprocess
import sys
from statistics import mean

HERE = pathlib.Path(__file__).parent
FIRST = 10
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


# How FTS5 may be asked. Ours is held against the first way; the second is shown beside it, for what nearness is worth.
ALL, ANY, CLOSE = " AND ".join, " OR ".join, lambda words: f"NEAR({' '.join(words)}, 5)"
WAYS = {"all words, then any": (ALL, ANY), "words close together, then all, then any": (CLOSE, ALL, ANY)}


def fts5(base, question, way):
    """The addresses that FTS5 finds. What stands between spaces is a phrase, as in `pb-2026-004`."""
    words = ['"%s"' % word for word in question.replace('"', " ").split() if re.search(r"\w", word)]
    found = []
    for query in (join(words) for join in way):
        rows = base.execute(
            f"select address from page where page match ? order by bm25(page, 0, 10, 4, 4, 3, 1) limit {2 * FIRST}", [query]
        )
        found += [address for (address,) in rows if address not in found]
    return found[:FIRST]


def ours(public, questions):
    script = ["node", str(HERE / "ask.mjs"), str(public)]
    answer = subprocess.run(script, input=json.dumps(questions), capture_output=True, text=True)
    if answer.returncode:
        sys.exit(answer.stderr)
    return json.loads(answer.stdout)


def gain(grades):
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def ndcg(found, right):
    best = sorted(right.values(), reverse=True)[:FIRST]
    return gain([right.get(address, 0) for address in found]) / gain(best)


def hold(public):
    """Prints how both engines answer the questions to a site, and returns what is wrong with that."""
    questions = json.loads((public.parent / "questions.json").read_text())["questions"]
    plain = [question for question in questions if "floor" not in question]
    base = table(public)
    found = dict(zip((q["ask"] for q in questions), ours(public, [q["ask"] for q in questions]), strict=True))
    mine = [ndcg(found[q["ask"]], q["right"]) for q in plain]
    theirs = {name: [ndcg(fts5(base, q["ask"], way), q["right"]) for q in plain] for name, way in WAYS.items()}
    print(f"{public}: {len(plain)} questions, nDCG@10 {mean(mine):.4f}")
    for name, values in theirs.items():
        print(f"  FTS5, {name}: {mean(values):.4f}")
    bar = next(iter(theirs.values()))
    for value, other, q in sorted(zip(mine, bar, plain), key=lambda row: (row[0] - row[1], row[0]))[:WORST]:
        first = " ".join(f"{address}={q['right'].get(address, 0)}" for address in found[q["ask"]][:4])
        print(f"  {value:.3f} {other:.3f}  {q['ask']}: {first}")
    wrong = [f"{public}: {mean(mine):.4f} is below the {mean(bar):.4f} of FTS5"] if mean(mine) < mean(bar) else []
    for q in questions:
        value = ndcg(found[q["ask"]], q["right"])
        if value < q.get("floor", 0):
            wrong.append(f"{public}: `{q['ask']}` has {value:.3f}, its floor is {q['floor']}: {' '.join(found[q['ask']][:4])}")
    return wrong


def main(folders):
    wrong = [line for public in folders for line in hold(pathlib.Path(public))]
    print(*wrong, sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
