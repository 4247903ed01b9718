"""Writes what Pandoc's citeproc makes of a register, style by style: `expected.py PANDOC STYLES REGISTER OUT`.

STYLES is a folder of `.csl` files, REGISTER is CSL-JSON. Every source is cited once, alone, in the order of the register. Of a style's answer the text
is kept, with `_italics_`, `**bold**`, `^superscript^`, `~subscript~` and `%small capitals%`.
"""
import json, pathlib, subprocess, sys, tempfile

MARKS = {"Emph": "_", "Strong": "**", "Superscript": "^", "Subscript": "~", "Underline": "__", "SmallCaps": "%"}
QUOTES = {"DoubleQuote": "“”", "SingleQuote": "‘’"}


def text(inlines):
    out = ""
    for piece in inlines:
        kind, value = piece["t"], piece.get("c")
        if kind == "Str":
            out += value
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            out += " "
        elif kind in MARKS:
            out += MARKS[kind] + text(value) + MARKS[kind]
        elif kind == "Quoted":
            opening, closing = QUOTES[value[0]["t"]]
            out += opening + text(value[1]) + closing
        elif kind == "Span":
            inside = text(value[1])
            out += inside.strip() + " " if "csl-left-margin" in value[0][1] else inside
        elif kind == "Link":
            out += text(value[1])
        elif kind == "Cite":
            out += text(value[1])
        elif kind == "Note":
            out += " ".join(text(block["c"]) for block in value)
        else:
            raise ValueError(kind)
    return out


def expected(pandoc, style, register):
    items = json.loads(register.read_text())
    keys = [item["id"] for item in items]
    for item in items:  # Styles of CSL 1.0.1 ask for `event`, and Pandoc knows no synonyms.
        if "event-title" in item:
            item["event"] = item["event-title"]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as given:
        json.dump(items, given)
        given.flush()
        return answer(pandoc, style, given.name, keys)


def answer(pandoc, style, register, keys):
    document = "\n\n".join(f"[@{{{key}}}]" for key in keys)
    command = [pandoc, "-f", "markdown", "-t", "json", "--citeproc", "--csl", style, "--bibliography", register]
    made = json.loads(subprocess.run(command, input=document, capture_output=True, text=True, check=True).stdout)
    cited, listed = {}, []
    for block in made["blocks"]:
        if block["t"] == "Para":
            cited[keys[len(cited)]] = text(block["c"])
        elif block["t"] == "Div":
            for entry in block["c"][1]:
                (identity, _, _), inside = entry["c"]
                listed.append((identity.removeprefix("ref-"), " ".join(text(piece["c"]) for piece in inside)))
    return cited, listed


def main(pandoc, styles, register, out):
    for style in sorted(pathlib.Path(styles).glob("*.csl")):
        cited, listed = expected(pandoc, style, pathlib.Path(register))
        lines = [f"{key}\n  cite: {' '.join(cited[key].split())}\n  list: {' '.join(entry.split())}\n" for key, entry in listed]
        left = [f"{key}\n  cite: {' '.join(cited[key].split())}\n" for key in cited if key not in dict(listed)]
        pathlib.Path(out, style.stem + ".txt").write_text("\n".join(lines + left))


main(*sys.argv[1:])
