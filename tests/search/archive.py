"""Writes an archive of briefings whose subjects are known, and questions to it with the right answers that follow.

python3 archive.py FOLDER PAGES SEED

Every briefing is about one subject (3: in its title, headings and several paragraphs), treats a second one (2: a section
of its own), touches a third (1: a paragraph) and names others in passing (0). Subjects share their words with others, as
`coastal defence` does with `coastal law` and `cyber defence`. The same arguments write the same bytes.
"""

import json
import pathlib
import random
import sys
from collections import defaultdict

KINDS = """air ammunition arctic border cable canal civil coastal cyber data desert drone energy food fuel grain harbour
hospital laser maritime medical missile mountain nuclear orbital pipeline port radar rail reactor river road satellite
space submarine telecom timber tunnel water winter""".split()
HEADS = """cooperation defence doctrine exercises funding inspection law logistics planning procurement production
regulation research resilience security spending supply surveillance training transport""".split()
COUNTRIES = """Albania Belgium Bulgaria Croatia Czechia Denmark Estonia Finland France Germany Greece Hungary Iceland Italy
Latvia Lithuania Luxembourg Montenegro Norway Poland Portugal Romania Slovakia Slovenia Spain Sweden Türkiye""".split()
FIRST = "Anna Carl Elena Henrik Ines Jonas Katarina Luca Marta Peter".split()
LAST = """Abendroth Brekke Castellani Dvořák Eklund Fonseca Grünwald Haugland Ivanova Jansons Kowalczyk Lindqvist
Moreau Nyström Oliveira Petrauskas Quintero Rasmussen Szabó Tamm""".split()
PROGRAMMES = {
    "JBSP": "Joint Border Sensor Programme",
    "CAFI": "Common Airlift Fleet Initiative",
    "RHEN": "Regional Hospital Exchange Network",
    "SWAP": "Shared Winter Ammunition Pool",
    "MIPO": "Maritime Infrastructure Protection Office",
    "TRAC": "Track and Rail Allotment Committee",
}

TITLES = [
    "{S} in {c}", "{c} and its {s}", "{S}: what has been agreed", "What {y} changed in {s}", "{S}, seen from {c}",
    "The costs of {s} for {c}", "A short history of {s}", "Questions on {s} after {y}",
]
SUMMARIES = [
    "What {c} has decided on {s} since {y}, and what remains open.",
    "The figures on {s} that {c} published in {y}, and how far they can be compared.",
    "How the government of {c} describes the state of {s}, and what its auditors say.",
    "Since {y} {c} has had a plan of its own. What it says, and what it leaves out.",
]
HEADINGS = ["{S} in figures", "Why {s} is discussed", "Who decides on {s}", "What {c} means by {s}", "{S} since {y}"]
ABOUT = [
    "Work on {s} began in {y} with a decision of the government of {c}.",
    "The largest part of the money for {s} is spent on maintenance.",
    "Auditors found in {y} that {s} depended on two contractors.",
    "The members treat {s} as a national task, and compare their plans once a year.",
    "No common definition of {s} exists, so that figures differ with the source.",
    "{S} was the first item of the meeting of {y}.",
    "A law of {y} gave one ministry the lead in {s}.",
    "Whether {s} is enough for a crisis of several weeks cannot be told from the plans.",
    "Compared with its neighbours, {c} came late to {s}.",
    "The plan of {y} names three gaps in {s} and a year for each.",
]
PASSING = [
    "Other papers deal with {s} and {t}.",
    "As in {s}, the figures arrive a year late.",
    "The same committee is responsible for {s}.",
    "A remark on {s} was struck from the final text.",
    "Neither {s} nor {t} is counted here.",
]
FILLER = [
    "The members of the Alliance agreed on the text in {y} after a long meeting.",
    "The ministry answered the question of {h} in one sentence.",
    "Spare parts were moved by {k} and by road.",
    "The numbers were revised in {y}, and the older ones are no longer shown.",
    "Parliament asked for a report every two years.",
    "The committee met under the chair of {c}.",
    "What the source calls {h} is called readiness elsewhere.",
    "Two of the documents are public, and the third was read in a copy.",
    "An opinion of the court of {c} is expected.",
    "The {k} authority was not consulted.",
    "Delays were explained by prices, by staff and by permits.",
    "The budget for {h} rose and then fell again.",
    "Nothing that happened after {y} is covered.",
    "The plan is reviewed when the government changes.",
    "Several members made the same reservation as {c}.",
    "A contract for {k} equipment was signed in {y}.",
    "The word does not occur in the treaty.",
    "Experts on {h} from {c} were seconded for a year.",
    "Costs are shared by a formula based on national income.",
    "The {k} season was short, and the results are few.",
]


def upper(text):
    return text[:1].upper() + text[1:]


class Archive:
    def __init__(self, pages, seed):
        self.random = random.Random(seed)
        pairs = [f"{kind} {head}" for kind in KINDS for head in HEADS]
        self.subjects = self.random.sample(pairs, min(len(pairs), pages // 6))
        self.people = [f"{self.random.choice(FIRST)} {last}" for last in LAST]
        self.about = [defaultdict(list) for _ in range(4)]  # by grade: what is treated, and the addresses of the pages
        self.files, self.facts = {}, {}
        for number in range(pages):
            self.briefing(number)
        for person in self.people:
            name = f"{person} is quoted in these briefings."
            front = {"title": person, "names": [person.split()[1]], "summary": f"Member of the assembly for {self.one(COUNTRIES)}."}
            slug = f"person-{self.people.index(person) + 1}"
            self.write(f"content/people/{slug}.md", front, [name, self.filler({}), self.filler({})])
            self.about[3][person].append(f"/people/{slug}/")

    def one(self, items):
        return self.random.choice(items)

    def sentence(self, kinds, words):
        fresh = {"y": self.random.randrange(2008, 2026), "h": self.one(HEADS), "k": self.one(KINDS), "c": self.one(COUNTRIES)}
        words = {**fresh, **words}
        words.setdefault("s", self.one(self.subjects))
        words.setdefault("t", self.one(self.subjects))
        return self.one(kinds).format(S=upper(words["s"]), **words)

    def filler(self, words):
        return " ".join(self.sentence(FILLER, words) for _ in range(self.random.randrange(2, 5)))

    def paragraph(self, subject, country, times):
        sentences = [self.sentence(ABOUT, {"s": subject, "c": country}) for _ in range(times)]
        sentences += [self.sentence(FILLER, {}) for _ in range(self.random.randrange(1, 4))]
        self.random.shuffle(sentences)
        return " ".join(sentences)

    def named(self):
        """A sentence that names a person, a programme, a number or a subject in passing."""
        share = f"{self.random.randrange(11, 60) / 10}"
        acronym = self.one(list(PROGRAMMES))
        return self.one([
            self.sentence(PASSING, {}), self.sentence(PASSING, {}), self.sentence(PASSING, {}),
            f"{self.one(self.people)} had asked for it earlier.",
            f"The {acronym} was mentioned in the debate.",
            f"The offer was for {share} million euros.",
            f"The difference came to {share}% of the budget.",
        ])

    def special(self, address):
        """A section on a person, a programme or a share, in some of the briefings."""
        kind = self.random.randrange(12)
        if kind == 0:
            person = self.one(self.people)
            self.about[2][person].append(address)
            said = f"{person} called the plan late in {self.random.randrange(2008, 2026)}."
            return [f"## What {person} said", f"{said} {self.filler({})}", f"{self.filler({})} {person.split()[1]} voted against it."]
        if kind == 1:
            acronym, name = self.one(list(PROGRAMMES.items()))
            self.about[2][acronym].append(address)
            return [f"## The part of the {acronym}", f"The {name} ({acronym}) paid a third. {self.filler({})}", f"{self.filler({})} The {acronym} will report."]
        if kind == 2:
            share = f"{self.random.randrange(11, 60) / 10}%"
            self.about[3][share].append(address)
            return [f"## A share of {share}", f"The share reached {share} and was expected to stay there. {self.filler({})}", f"Of the {share} a third is estimated."]
        return []

    def briefing(self, number):
        main = self.one(self.subjects[: self.random.randrange(1, len(self.subjects) + 1)])  # the first ones more often
        second, third = self.random.sample([subject for subject in self.subjects if subject != main], 2)
        country, year = self.one(COUNTRIES), self.random.randrange(2012, 2026)
        address, identity = f"/briefings/b{number + 1:05}/", f"PB-{year}-{number + 1:05}"
        words = {"s": main, "c": country, "y": year}
        acronym = self.one(list(PROGRAMMES)) if number % 40 == 7 else None
        title = self.sentence(TITLES, words) if not acronym else f"The {PROGRAMMES[acronym]} and {main}"
        front = {"title": upper(title), "id": identity, "date": f"{year}-{self.random.randrange(1, 13):02}-{self.random.randrange(1, 29):02}"}
        front["summary"] = self.sentence(SUMMARIES, words) + (f" What the {acronym} has to do with it." if acronym else "")
        if self.random.random() < 0.6:
            front["key_points"] = [self.sentence(kind, words) for kind in (ABOUT, FILLER, ABOUT)]
        text = [self.filler({}), self.paragraph(main, country, 2)]
        for _ in range(self.random.randrange(1, 4)):
            text += [f"## {self.sentence(HEADINGS, words)}", self.paragraph(main, country, 2), self.filler({}), self.paragraph(main, country, 1)]
        text += [f"## {upper(second)}", self.paragraph(second, country, 2), self.paragraph(second, country, 1)]
        text += ["## What remains open", self.paragraph(third, self.one(COUNTRIES), 2), self.filler({})]
        if acronym:
            self.about[3][acronym].append(address)
            text += [f"The {PROGRAMMES[acronym]} ({acronym}) began in {year}. {self.filler({})}"]
            text += [f"## What the {acronym} does", f"The {acronym} has a budget. {self.filler({})}", f"{self.filler({})} The {acronym} has a staff of 40."]
        text += self.special(address)
        for _ in range(self.random.randrange(3, 7) if number % 30 else 40):
            place = self.random.randrange(len(text))
            if not text[place].startswith("#"):
                text[place] += f" {self.named()}"
        for grade, subject in ((3, main), (2, second), (1, third)):
            self.about[grade][subject].append(address)
        self.facts[address] = {"country": country, "id": identity}
        self.write(f"content/briefings/b{number + 1:05}.md", front, text)

    def write(self, path, front, text):
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
        self.files[path] = "\n".join(["---", *lines, "---", "", "\n\n".join(text), ""])

    def right(self, what):
        return {address: grade for grade in (1, 2, 3) for address in self.about[grade].get(what, [])}

    def with_country(self, subject, country):
        right = {}
        for address, grade in self.right(subject).items():
            here = self.facts[address]["country"] == country
            right[address] = {3: 3 if here else 1, 2: 2 if here else 0, 1: 0}[grade]
        return {address: grade for address, grade in right.items() if grade}

    def questions(self):
        few = [subject for subject in self.subjects if 1 <= len(self.about[3][subject]) <= 8]
        chosen = self.random.sample(few, 14)
        asked = [(subject, self.right(subject)) for subject in chosen[:12]]
        asked += [(f"{head} on {kind}", self.right(f"{kind} {head}")) for kind, head in map(str.split, chosen[12:14])]
        asked += [(subject.removesuffix("s"), self.right(subject)) for subject in few if subject.endswith("exercises")][:2]
        for subject in chosen[2:12]:
            country = self.facts[self.about[3][subject][0]]["country"]
            asked.append((f"{subject} {country.lower()}", self.with_country(subject, country)))
        asked += [(person.split()[1].lower(), self.right(person)) for person in self.people[:4]]
        asked += [(person, self.right(person)) for person in self.people[4:7]]
        asked += [(acronym.lower(), self.right(acronym)) for acronym in list(PROGRAMMES)[:4]]
        asked += [(name.lower(), self.right(acronym)) for acronym, name in list(PROGRAMMES.items())[4:]]
        shares = sorted(share for share in self.about[3] if share.endswith("%"))
        asked += [(share.replace("%", " %"), self.right(share)) for share in self.random.sample(shares, 4)]
        asked += [(self.facts[address]["id"], {address: 3}) for address in self.random.sample(sorted(self.facts), 3)]
        long = [subject for subject in few if all(len(word) > 5 for word in subject.split())]
        marked = [(subject[:-2], self.right(subject)) for subject in long[:4]]
        marked += [(subject[:3] + subject[4:], self.right(subject)) for subject in long[4:8]]
        return [{"ask": ask, "right": right} for ask, right in asked] + [
            {"ask": ask, "floor": 0.5, "right": right} for ask, right in marked
        ]


def main(folder, pages, seed):
    archive = Archive(int(pages), int(seed))
    files = {**archive.files, "site.toml": 'title = "Archive"\nlanguage = "en"\nbase_url = "https://archive.example.org/"\n'}
    files["questions.json"] = json.dumps({"questions": archive.questions()}, ensure_ascii=False, indent=1)
    for path, text in files.items():
        path = pathlib.Path(folder, path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
