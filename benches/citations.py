#!/usr/bin/env python3
"""What citations cost: the CPU time and the peak of memory of a build whose briefings cite a register, against the same briefings with plain footnotes.

    citations.py --chancery target/dist/chancery [--n 10000] [--sources 2000] [--cites 12] [--styles apa,chicago-notes] [--runs 3] [--edits 0]

Briefings have some 900 words. Each site is built three ways, in turn: with footnotes (all files anew), with citations from nothing, and with citations where the forms of the sources are
kept from an earlier build and nothing else is. The medians of the runs are printed, with how much more the second and third cost, what a source costs, and
how many files there are. With `--edits`, `chancery serve` shows each site too, and the median is told of the time from saving one text to its answer.
"""
import argparse, http.client, os, pathlib, random, re, shutil, statistics, subprocess, sys, tempfile, threading, time

from latency import Events, shown

WORDS = """alliance budget capability commitment committee council decision declaration defence deployment estimate expenditure figure framework funding
guideline implementation measure member minister obligation outcome paragraph partner pledge policy procedure proposal provision report requirement
resilience review security share spending strategy summit target threshold treaty year""".split()
BODIES = ["Ministry of Tides", "Harbour Institute", "Council of Dunes", "Office for Lamps", "Northern Assembly", "Bureau of Roads"]


def register(count, rng):
    entries = []
    for number in range(count):
        year = 1995 + number % 30
        title = " ".join(rng.choices(WORDS, k=6)).capitalize()
        names = " and ".join(f"{rng.choice(WORDS).capitalize()}, {chr(65 + rng.randrange(26))}." for _ in range(1 + number % 3))
        if number % 4 == 0:
            kind, own = "report", f"author = {{{{{rng.choice(BODIES)}}}}}, url = {{https://example.org/r{number}}}, number = {{R{number}}}, institution = {{{rng.choice(BODIES)}}}"
        elif number % 4 == 1:
            kind, own = "article", f"author = {{{names}}}, journaltitle = {{Journal of {rng.choice(WORDS)}s}}, doi = {{10.9999/{number}}}, volume = {{{number % 40}}}, pages = {{{number}--{number + 12}}}"
        elif number % 4 == 2:
            kind, own = "online", f"author = {{{{{rng.choice(BODIES)}}}}}, url = {{https://example.org/{number}}}, urldate = {{2026-01-0{1 + number % 9}}}"
        else:
            kind, own = "book", f"author = {{{names}}}, url = {{https://example.org/b{number}}}, publisher = {{Harbour Press}}, location = {{Northport}}"
        entries.append(f"@{kind}{{s{number},\n  title = {{{title}}},\n  date = {{{year}}},\n  {own},\n}}\n")
    return "\n".join(entries)


def text(number, sources, cites, rng, mark):
    lines, notes = [], []
    for cite in range(cites):
        sentence = " ".join(rng.choices(WORDS, k=75)).capitalize()
        key, page = rng.randrange(sources), rng.randrange(1, 300)
        place = ["", f", p. {page}", f", pp. {page}-{page + 3}", f", para. {page}"][cite % 4]
        reference, note = mark(cite, f"s{key}", place, rng)
        lines.append(f"{sentence}{reference}.\n")
        notes.append(note)
        if cite % 4 == 3:
            lines.append(f"## Part {cite // 4 + 1}\n")
    head = f"---\ntitle: Briefing {number}\ndate: 20{10 + number % 15}-0{1 + number % 9}-1{number % 10}\ntopics: [topic {number % 40}]\n---\n\n"
    return head + "\n".join(lines) + "\n" + "".join(notes)


def footnote(cite, key, place, rng):
    words = " ".join(rng.choices(WORDS, k=14))
    return f"[^{cite}]", f"[^{cite}]: {words}{place}.\n"


def citation(_cite, key, place, rng):
    rng.choices(WORDS, k=14)
    return f" [@{key}{place}]", ""


def make(root, n, sources, cites, mark, settings):
    rng = random.Random(14)
    (root / "content/briefings").mkdir(parents=True)
    (root / "site.toml").write_text(settings)
    if mark is citation:
        (root / "content/_data").mkdir()
        (root / "content/_data/sources.bib").write_text(register(sources, random.Random(7)))
    for number in range(n):
        (root / f"content/briefings/b{number}.md").write_text(text(number, sources, cites, rng, mark))


def build(chancery, root, forget):
    shutil.rmtree(root / "public", ignore_errors=True)
    for name in ("cache", "manifests") if forget == "all" else ():
        shutil.rmtree(root / ".chancery" / name, ignore_errors=True)
    if forget == "pages":
        cache = root / ".chancery/cache"
        for kept in cache.rglob("*") if cache.is_dir() else ():
            if kept.is_file() and "forms" not in kept.name:
                kept.unlink()
    process = subprocess.Popen([chancery, "build", "-q"], cwd=root)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"the build of {root} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def edited(chancery, root, edits):
    """The milliseconds from saving one text to the answer that shows it, for each edit."""
    server = subprocess.Popen([chancery, "serve"], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    address = re.search(r"http://([^/]+)/", server.stdout.readline()).group(1)
    # A pipe that nobody reads would stop the server when it is full.
    threading.Thread(target=server.stdout.read, daemon=True).start()
    connection = http.client.HTTPConnection(address)
    route, path = "/briefings/b7/", root / "content/briefings/b7.md"
    text = path.read_text()
    events = Events(address, route)
    # What the first build leaves to the next process is written meanwhile.
    time.sleep(2)
    found = []
    for edit in range(edits):
        mark = f"Edit number {edit} of the text."
        begun = time.perf_counter()
        path.write_text(f"{text}\n{mark}\n")
        shown(events, connection, route, mark)
        found.append((time.perf_counter() - begun) * 1000)
        time.sleep(0.1)
    path.write_text(text)
    server.terminate()
    return found


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--chancery", required=True)
    a.add_argument("--n", type=int, default=10000)
    a.add_argument("--sources", type=int, default=2000)
    a.add_argument("--cites", type=int, default=12)
    a.add_argument("--styles", default="apa,chicago-notes")
    a.add_argument("--runs", type=int, default=3)
    a.add_argument("--edits", type=int, default=0)
    a = a.parse_args()
    chancery = str(pathlib.Path(a.chancery).absolute())
    top = pathlib.Path(tempfile.mkdtemp(prefix="citations-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
    head = 'title = "A"\nbase_url = "https://example.org/"\n'
    make(top / "notes", a.n, a.sources, a.cites, footnote, head)
    for style in a.styles.split(","):
        site = top / style
        make(site, a.n, a.sources, a.cites, citation, f'{head}[citations]\nstyle = "{style}"\n')
        runs = {"footnotes": [], "from nothing": [], "forms kept": []}
        for _ in range(a.runs):
            runs["footnotes"].append(build(chancery, top / "notes", "all"))
            runs["from nothing"].append(build(chancery, site, "all"))
            runs["forms kept"].append(build(chancery, site, "pages"))
        cpu = {name: statistics.median(run[0] for run in found) for name, found in runs.items()}
        peak = {name: max(run[1] for run in found) for name, found in runs.items()}
        print(f"{style}, {a.n} briefings, {a.cites} citations each of {a.sources} sources")
        for name in runs:
            print(f"  {name:13} {cpu[name]:7.2f} s CPU ({cpu[name] / cpu['footnotes'] - 1:+.0%}), peak {peak[name]:.0f} MiB ({peak[name] - peak['footnotes']:+.0f})")
        files = [sum(1 for file in (root / "public").rglob("*") if file.is_file()) for root in (top / "notes", site)]
        print(f"  {files[0]:,} and {files[1]:,} files")
        if a.edits:
            times = [statistics.median(edited(chancery, root, a.edits)) for root in (top / "notes", site)]
            print(f"  an edit of a text in a preview: {times[0]:.1f} and {times[1]:.1f} ms")
        print(f"  a source from nothing costs {(cpu['from nothing'] - cpu['forms kept']) / a.sources * 1000:.2f} ms CPU on top")
    shutil.rmtree(top)


if __name__ == "__main__":
    main()
