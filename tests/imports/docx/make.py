#!/usr/bin/env python3
"""Makes the ten documents of this folder, which have what briefings have.

    python3 -m venv /tmp/docx && /tmp/docx/bin/pip install python-docx==1.2.0 pillow
    /tmp/docx/bin/python tests/imports/docx/make.py

Five are made with python-docx, with what it has no words for put in as Word writes it; two with LibreOffice (`soffice`), out of flat files of
OpenDocument; three are put together by hand, in the manner of a German Word, of Google Docs and of Word on the Web. Words that no reader may
ever see begin with `canary`. The documents are committed, so nobody needs these programs for the tests. Running it again changes nothing but
the two of LibreOffice, which are made with `--all`.
"""
import io, shutil, subprocess, sys, tempfile, zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Inches
from PIL import Image

HERE = Path(__file__).parent
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in {
    "w": W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
}.items())
WHO = 'w:id="90" w:author="canary-reviewer" w:date="2026-01-05T10:00:00Z"'


def xml(text):
    """A piece of a document, with the prefixes that Word uses."""
    head, rest = text.split(">", 1) if not text.split(">", 1)[0].endswith("/") else (text[:-2] if text.endswith("/>") else text.split("/>")[0], None)
    return parse_xml(f"{head} {NS}/>" if rest is None else f"{head} {NS}>{rest}")


def p(inner, style=None, more=""):
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + more
    return f"<w:p>{'<w:pPr>' + properties + '</w:pPr>' if properties else ''}{inner}</w:p>"


def r(text, properties=""):
    return f"<w:r>{'<w:rPr>' + properties + '</w:rPr>' if properties else ''}<w:t xml:space=\"preserve\">{escape(text)}</w:t></w:r>"


def field(code, shown):
    mark = lambda kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
    return f'{mark("begin")}<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>{mark("separate")}{shown}{mark("end")}'


def append(document, *pieces):
    for piece in pieces:
        document.element.body.insert(len(document.element.body) - 1, xml(piece))


def properties(document, title):
    known = document.core_properties
    known.author = known.last_modified_by = "canary-author"
    known.title, known.comments, known.keywords = title, "canary-description", "canary-keyword"
    return document


def picture(colour):
    data = io.BytesIO()
    Image.new("RGB", (24, 16), colour).save(data, "PNG")
    data.seek(0)
    return data


def add_link(paragraph, words, url=None, anchor=None):
    inner = r(words, '<w:rStyle w:val="Hyperlink"/>')
    if anchor:
        paragraph._p.append(xml(f'<w:hyperlink w:anchor="{anchor}">{inner}</w:hyperlink>'))
    else:
        rid = paragraph.part.relate_to(url, RT.HYPERLINK, is_external=True)
        paragraph._p.append(xml(f'<w:hyperlink r:id="{rid}">{inner}</w:hyperlink>'))


def add_part(document, name, kind, relation, text):
    part = Part(PackURI(name), f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml", text.encode(), document.part.package)
    document.part.relate_to(part, relation)


def same_zip(data):
    """The same archive without the time at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 10, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def save(document, name):
    if not isinstance(document, bytes):
        data = io.BytesIO()
        document.save(data)
        document = data.getvalue()
    (HERE / f"{name}.docx").write_bytes(same_zip(document))


# --- python-docx ---

def decision():
    """Headings, lists, marks on words, quotations, links, a table of contents."""
    d = properties(Document(), "canary-old-title-of-the-template")
    d.add_paragraph("Who decides on sanctions", style="Title")
    d.add_paragraph("Four steps, one veto, and what could change", style="Subtitle")
    append(d, p(field('TOC \\o "1-3" \\h', r("canary-contents 1")), "TOC1"))
    d.add_heading("What was decided", 1)
    q = d.add_paragraph("The Council extended the measures by ")
    q.add_run("six months").bold = True
    q.add_run(", as it has done ")
    q.add_run("every").italic = True
    q.add_run(" time since 2014. CO")
    q.add_run("2").font.subscript = True
    q.add_run(" prices rose by 3.5% in the 2")
    q.add_run("nd").font.superscript = True
    q.add_run(" quarter; the “price cap” stays. A file is called a_b_c.txt, a rate is 2*3 = 6, <none> of it is [certain], and #5 costs $4.")
    d.add_paragraph("A first point", style="List Bullet")
    d.add_paragraph("A second point", style="List Bullet")
    d.add_paragraph("A point below it", style="List Bullet 2")
    d.add_paragraph("A third point", style="List Bullet")
    d.add_heading("Who may propose", 2)
    d.add_paragraph("The High Representative proposes.", style="List Number")
    d.add_paragraph("The working party negotiates.", style="List Number")
    d.add_paragraph("Between two steps there may be weeks.")
    d.add_paragraph("The Council decides.", style="List Number")
    d.add_paragraph("Unanimity is not a procedure; it is a habit.", style="Quote")
    d.add_paragraph("It can be changed.", style="Quote")
    d.add_heading("What could change", 1)
    q = d.add_paragraph("Read ")
    add_link(q, "the treaty", "https://eur-lex.europa.eu/eli/treaty/teu_2012/oj")
    q.add_run(", or go back to ")
    add_link(q, "who may propose", anchor="_Ref1")
    q.add_run(".")
    q = d.add_paragraph("Two lines:")
    q.add_run().add_break()
    q.add_run("the second of them.")
    q.add_run().add_break(WD_BREAK.PAGE)
    heading = next(x for x in d.paragraphs if x.text == "Who may propose")._p
    heading.insert(1, xml('<w:bookmarkStart w:id="7" w:name="_Ref1"/>'))
    heading.append(xml('<w:bookmarkEnd w:id="7"/>'))
    save(d, "decision")


def shares():
    """Tables: plain, with figures, with joined cells, of one cell, with several paragraphs and a list in a cell."""
    d = properties(Document(), "Shares")
    d.add_paragraph("What members spend", style="Title")
    d.add_paragraph("Table 1. Spending as a share of output", style="Caption")
    t = d.add_table(3, 3, style="Light Grid Accent 1")
    for row, cells in zip(t.rows, [("Country", "2024", "2025"), ("Poland", "4.1%", "4.5%"), ("Latvia | Riga", "3.2%", "3.7%")]):
        for n, (cell, text) in enumerate(zip(row.cells, cells)):
            cell.text = text
            if n:
                cell.paragraphs[0].alignment = 2
    d.add_paragraph("The goal is five per cent.")
    t = d.add_table(4, 3, style="Table Grid")
    texts = [("Country", "Share", ""), ("", "2024", "2025"), ("Estonia", "3.4%", "5.4%"), ("", "of which new", "2.0%")]
    for row, cells in zip(t.rows, texts):
        for cell, text in zip(row.cells, cells):
            cell.text = text
    t.cell(0, 1).merge(t.cell(0, 2)); t.cell(0, 0).merge(t.cell(1, 0)); t.cell(2, 0).merge(t.cell(3, 0))
    for row in t.rows[:2]:
        row._tr.get_or_add_trPr().append(xml("<w:tblHeader/>"))
    d.add_paragraph()
    t = d.add_table(1, 1, style="Table Grid")
    t.cell(0, 0).text = "In short: more money, and more of it for equipment."
    d.add_paragraph("What follows is a table with lists.")
    t = d.add_table(2, 2, style="Table Grid")
    t.cell(0, 0).text, t.cell(0, 1).text = "For", "Against"
    t.cell(1, 0).text = "Speed"
    t.cell(1, 0).add_paragraph("Few members can block it.")
    t.cell(1, 1).text = "Two doubts:"
    t.cell(1, 1).add_paragraph("the courts", style="List Bullet")
    t.cell(1, 1).add_paragraph("the parliaments", style="List Bullet")
    save(d, "shares")


def map_():
    """Pictures with words for those who cannot see them, captions, one that decorates, one of which nothing is said, one that lies elsewhere."""
    d = properties(Document(), "Map")
    d.add_paragraph("Where the cables lie", style="Title")
    def add(colour, descr):
        d.add_picture(picture(colour), width=Inches(2))
        shape = d.inline_shapes[-1]._inline.docPr
        shape.set("name", "canary-picture-name")
        if descr is not None:
            shape.set("descr", descr)
        return shape
    add((160, 30, 40), "Map of the Baltic Sea with “five” cables")
    d.add_paragraph("Figure 1. Cables in 2025", style="Caption")
    d.add_paragraph("Five cables were damaged.")
    add((30, 90, 40), None)
    next(d.inline_shapes[-1]._inline.iter(f"{{{'http://schemas.openxmlformats.org/drawingml/2006/picture'}}}blipFill")).insert(1, xml('<a:srcRect l="20000"/>'))
    d.add_paragraph("Nobody claims it.")
    add((30, 30, 140), "").append(xml('<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'))
    rid = d.part.relate_to("https://example.org/canary-tracker.png", RT.IMAGE, is_external=True)
    append(d, p(f'<w:r><w:drawing><wp:inline><wp:docPr id="40" name="x" descr="A picture elsewhere"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:link="{rid}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'))
    save(d, "map")


def tracked():
    """Changes that are tracked, comments, hidden words, a reviewer's name, a placeholder."""
    d = properties(Document(), "Tracked")
    d.add_paragraph("A draft that went round", style="Title")
    d.add_heading("The offer", 1)
    q = d.add_paragraph("The offer was ")
    for piece in [f'<w:del {WHO}><w:r><w:delText xml:space="preserve">canary-deleted </w:delText></w:r></w:del>',
                  f'<w:ins {WHO}>{r("accepted ")}<w:del {WHO}><w:r><w:delText>canary-inserted-and-deleted</w:delText></w:r></w:del></w:ins>',
                  r("by all members"), r(" canary-hidden", "<w:vanish/>"), r(" but one.", '<w:vanish w:val="0"/>')]:
        q._p.append(xml(piece))
    q = d.add_paragraph()
    run = q.add_run("The price is not known.")
    comment = d.add_comment(run, text="canary-comment: ask the ministry", author="canary-commenter", initials="cc")
    # The time at which it was made would differ from run to run.
    comment._comment_elm.set(f"{{{W}}}date", "2026-01-05T10:00:00Z")
    append(d, p(f'<w:moveFrom {WHO}>{r("canary-moved away")}</w:moveFrom>' + r("It was moved: ") + f'<w:moveTo {WHO}>{r("here it stands.")}</w:moveTo>'))
    append(d, p(r("This paragraph was "), more=f"<w:rPr><w:del {WHO}/></w:rPr>"), p(r("joined with the next.")))
    append(d, p(f'<w:del {WHO}><w:r><w:delText>canary-paragraph</w:delText></w:r></w:del>', more=f"<w:rPr><w:del {WHO}/></w:rPr>"))
    append(d, p(r("Set otherwise before.", f'<w:b/><w:rPrChange {WHO}><w:rPr><w:vanish/></w:rPr></w:rPrChange>')))
    append(d, f'<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p(r("canary-placeholder: click here"))}</w:sdtContent></w:sdt>')
    append(d, f'<w:sdt><w:sdtPr/><w:sdtContent>{p(r("A control holds these words."))}</w:sdtContent></w:sdt>')
    t = d.add_table(3, 2, style="Table Grid")
    for row, cells in zip(t.rows, [("Step", "Day"), ("canary-row", "canary-cell"), ("Vote", "4 May")]):
        for cell, text in zip(row.cells, cells):
            cell.text = text
    t.rows[1]._tr.get_or_add_trPr().append(xml(f"<w:del {WHO}/>"))
    style = d.styles.add_style("Internal", WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    d.add_paragraph("canary-hidden-by-style", style="Internal")
    d.add_paragraph("The end.")
    save(d, "tracked")


NOTES = f'<?xml version="1.0" encoding="UTF-8"?><w:%s {NS}><w:%s w:type="separator" w:id="-1">{p("<w:r><w:separator/></w:r>")}</w:%s>%s</w:%s>'


def boxes():
    """Notes at the foot and at the end, text boxes, head and foot, equations, an object, a chart, fields."""
    d = properties(Document(), "Boxes")
    d.sections[0].header.paragraphs[0].text = "canary-header: not for release"
    d.sections[0].footer.paragraphs[0].text = "canary-footer"
    d.add_paragraph("How votes are weighed", style="Title")
    ref = lambda kind, n: f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{n}"/></w:r>'
    note = lambda kind, n, *texts: f'<w:{kind} w:id="{n}">' + "".join(p((f"<w:r><w:{kind}Ref/></w:r>" if not i else "") + r((" " if not i else "") + t)) for i, t in enumerate(texts)) + f"</w:{kind}>"
    append(d, p(r("A majority needs 55% of members") + ref("footnote", 2) + r(" and 65% of people") + ref("endnote", 2) + r(".")))
    append(d, p(r("Blocking needs four") + ref("footnote", 3) + r(".")))
    for kind, notes in [("footnote", note("footnote", 2, "Article 16(4) TEU.") + note("footnote", 3, "First paragraph of a note.", "Second one.") + note("footnote", 9, "canary-note that nothing refers to")),
                        ("endnote", note("endnote", 2, "Eurostat, 2025."))]:
        add_part(d, f"/word/{kind}s.xml", f"{kind}s", getattr(RT, f"{kind}s".upper()), NOTES % (f"{kind}s", kind, kind, notes, f"{kind}s"))
    box = lambda text: f"<w:txbxContent>{p(r(text))}</w:txbxContent>"
    append(d, p(r("Beside this stands a box.") + f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="5" name="canary-shape"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>{box("Four members with a third of the people can stop it.")}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box("Four members with a third of the people can stop it.")}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>'))
    append(d, p(r("The share is ") + '<m:oMath><m:f><m:num><m:r><m:t>canarya</m:t></m:r></m:num><m:den><m:r><m:t>canaryb</m:t></m:r></m:den></m:f></m:oMath>' + r(" of all.")))
    append(d, p('<m:oMathPara><m:oMath><m:r><m:t>canaryc</m:t></m:r></m:oMath></m:oMathPara>'))
    append(d, p(r("An object: ") + '<w:r><w:object><v:shape><v:imagedata o:title="canary-object"/></v:shape><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12"/></w:object></w:r>'))
    append(d, p('<w:r><w:drawing><wp:inline><wp:docPr id="6" name="c" descr="Votes by member"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="rId99"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'))
    append(d, p(r("As of ") + field('DATE \\@ "d MMMM yyyy"', r("5 January 2026")) + r(", see ") + field('HYPERLINK "https://www.consilium.europa.eu/en/"', r("the Council")) + r(" and ") + field('ADDIN ZOTERO_ITEM CSL_CITATION {"canary-json":1}', r("(Desk 2025)")) + r(".")))
    append(d, p('<w:fldSimple w:instr=" AUTHOR "><w:r><w:t>canary-author-field</w:t></w:r></w:fldSimple>' + r("The end.")))
    save(d, "boxes")


# --- put together by hand ---

def package(name, body, styles, numbering="", relations="", media=(), core="", settings=""):
    types = '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>' + "".join(f'<Override PartName="/word/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>' for part, kind in [("document", "document.main"), ("styles", "styles"), ("numbering", "numbering")]) + "</Types>"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = lambda inner: f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as z:
        z.writestr("[Content_Types].xml", types)
        z.writestr("_rels/.rels", rels(f'<Relationship Id="rId1" Type="{rel}/officeDocument" Target="word/document.xml"/>'))
        z.writestr("word/_rels/document.xml.rels", rels(f'<Relationship Id="rIdS" Type="{rel}/styles" Target="styles.xml"/><Relationship Id="rIdN" Type="{rel}/numbering" Target="numbering.xml"/>{relations}'))
        z.writestr("word/document.xml", f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {NS}><w:body>{body}<w:sectPr/></w:body></w:document>')
        z.writestr("word/styles.xml", f'<?xml version="1.0" encoding="UTF-8"?><w:styles {NS}>{styles}</w:styles>')
        z.writestr("word/numbering.xml", f'<?xml version="1.0" encoding="UTF-8"?><w:numbering {NS}>{numbering}</w:numbering>')
        for path, bytes_ in media:
            z.writestr(f"word/media/{path}", bytes_)
    save(data.getvalue(), name)


def style(id_, name, based=None, more="", kind="paragraph"):
    return f'<w:style w:type="{kind}" w:styleId="{id_}"><w:name w:val="{name}"/>{f"""<w:basedOn w:val="{based}"/>""" if based else ""}{more}</w:style>'


def numbers(id_, levels):
    return f'<w:abstractNum w:abstractNumId="{id_}">' + "".join(f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%{n + 1}."/></w:lvl>' for n, form in enumerate(levels)) + "</w:abstractNum>"


def num(id_, abstract):
    return f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{abstract}"/></w:num>'


ITEM = '<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>'


def german():
    """A German Word: styles named in German with their own names built in, a style of the house made on one of them, numbered headings, signs."""
    styles = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>' + style("Standard", "Normal") + style("Titel", "Title", "Standard") + style("Untertitel", "Subtitle", "Standard") + style("Datum", "Date", "Standard") + style("berschrift1", "heading 1", "Standard", '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>') + style("berschrift2", "heading 2", "Standard", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>') + style("HausAbschnitt", "Haus Abschnitt", "berschrift2") + style("Zitat", "Quote", "Standard") + style("Beschriftung", "caption", "Standard") + style("Listenabsatz", "List Paragraph", "Standard") + style("Fett", "Strong", None, "<w:rPr><w:b/></w:rPr>", "character") + style("Verborgen", "Verborgen", None, "<w:rPr><w:vanish/></w:rPr>", "character")
    body = p(r("Wer über Strafmaßnahmen "), "Titel", f"<w:rPr><w:ins {WHO}/></w:rPr>")[:-6] + r("entscheidet") + "</w:p>" \
        + p(r("Ein Überblick in vier Schritten"), "Untertitel") + p(r("5. Januar 2026"), "Datum") \
        + p('<w:proofErr w:type="spellStart"/>' + r("Der ") + r("Beschluss"), "berschrift1") \
        + p(r("Der Rat entscheidet ") + r("einstimmig", '<w:rStyle w:val="Fett"/>') + r(" nach Artikel") + "<w:r><w:t xml:space=\"preserve\"> </w:t></w:r>" + r("31 EUV.") + r("canary-verborgen", '<w:rStyle w:val="Verborgen"/>') + "<w:r><w:noBreakHyphen/></w:r>" + r("Also") + "<w:r><w:softHyphen/></w:r>" + r("bald: ") + '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>' + r(" im Mai.")) \
        + p(r("Die Schritte"), "HausAbschnitt") \
        + p(r("Der Vorschlag"), "Listenabsatz", ITEM % (0, 1)) + p(r("der Hohen Vertreterin"), "Listenabsatz", ITEM % (1, 1)) + p(r("mit der Kommission"), "Listenabsatz", ITEM % (1, 1)) + p(r("Der Beschluss"), "Listenabsatz", ITEM % (0, 1)) \
        + p(r("Zuerst"), "Listenabsatz", ITEM % (0, 2)) + p(r("und dann"), "Listenabsatz", ITEM % (1, 2)) \
        + p(r("„Einstimmigkeit ist eine Gewohnheit.“"), "Zitat") \
        + p('<w:smartTag w:uri="x" w:element="place">' + r("Brüssel") + "</w:smartTag>" + r(", im Januar. ") + '<w:customXml w:uri="x" w:element="y">' + r("Ende.") + "</w:customXml>")
    package("german", body, styles, numbers(1, ["decimal", "lowerLetter"]) + numbers(2, ["bullet", "bullet"]) + numbers(3, ["decimal"]) + num(1, 1) + num(2, 2) + num(3, 3))


def google():
    """In the manner of Google Docs: all marks on the words, no style for lists, links with colours of their own, comments as a part."""
    plain = '<w:rtl w:val="0"/>'
    styles = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en"/></w:rPr></w:rPrDefault></w:docDefaults>' + style("Normal", "normal") + style("Title", "Title", "Normal") + "".join(style(f"Heading{n}", f"heading {n}", "Normal") for n in (1, 2, 3))
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = f'<Relationship Id="rId6" Type="{rel}/hyperlink" Target="https://www.nato.int/" TargetMode="External"/><Relationship Id="rId7" Type="{rel}/image" Target="media/image1.png"/>'
    drawing = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="image1.png" descr="A chart of spending"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:embed="rId7"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    comment = '<w:commentRangeStart w:id="0"/>' + r("Five per cent", plain) + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    body = p(r("Five per cent by 2035", plain), "Title") + p(r("The pledge", plain), "Heading1") + p(comment + r(" is the goal, ", plain) + r("not", '<w:i w:val="1"/><w:iCs w:val="1"/>' + plain) + r(" the rule", '<w:b w:val="1"/><w:bCs w:val="1"/>' + plain) + r(" (", '<w:b w:val="0"/>') + f'<w:hyperlink r:id="rId6">{r("NATO", "<w:color w:val=%s/><w:u w:val=%s/>" % (chr(34) + "1155cc" + chr(34), chr(34) + "single" + chr(34)))}</w:hyperlink>' + r(").", plain)) \
        + p(r("Defence", plain), None, ITEM % (0, 1)) + p(r("Resilience", plain), None, ITEM % (0, 1)) + p(drawing) + p(r("What it costs", plain), "Heading2") + p(r("—", plain) + r(" ", plain) + r("Nobody knows.", plain))
    package("google", body, styles, numbers(1, ["bullet"]) + num(1, 1), relations, [("image1.png", picture((90, 90, 90)).getvalue())])


def bare():
    """No styles at all: a title and headings that are only bold, as many analysts write."""
    b = "<w:b/>"
    body = p(r("Cables under the Baltic Sea", b + '<w:sz w:val="36"/>')) + p(r("What happened", b)) + p(r("In November two cables were cut. A ship was stopped.")) + p(r("What it means", b)) + p(r("Repairs take weeks. ") + r("Insurance", b) + r(" pays.")) + p(r("1. Not a list, only written so.")) + p(r("- Neither is this."))
    package("bare", body, "")


# --- LibreOffice ---

ODT = '''<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:creator>canary-author</dc:creator><dc:title>%(title)s</dc:title></office:meta>
<office:styles><style:default-style style:family="paragraph"><style:text-properties fo:language="%(lang)s" fo:country="%(country)s"/></style:default-style><style:style style:name="Standard" style:family="paragraph"/><style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:default-outline-level="1"/><style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph" style:default-outline-level="2"/><style:style style:name="Title" style:family="paragraph"/><style:style style:name="Subtitle" style:family="paragraph"/><style:style style:name="Quotations" style:family="paragraph"/></office:styles>
<office:automatic-styles><style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style><style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style><style:style style:name="S" style:family="text"><style:text-properties style:text-position="super 58%%"/></style:style>
<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/><text:list-level-style-bullet text:level="2" text:bullet-char="–"/></text:list-style><text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style></office:automatic-styles>
<office:body><office:text>%(body)s</office:text></office:body></office:document>'''


def office(name, **parts):
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / f"{name}.fodt"
        source.write_text(ODT % parts)
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{place}/profile", "--convert-to", "docx:Office Open XML Text", "--outdir", place, str(source)], check=True, stdout=subprocess.DEVNULL)
        save((Path(place) / f"{name}.docx").read_bytes(), name)


def offices():
    change = lambda id_, kind, inner="": f'<text:changed-region text:id="{id_}"><text:{kind}><office:change-info><dc:creator>canary-reviewer</dc:creator><dc:date>2026-01-05T10:00:00</dc:date></office:change-info>{inner}</text:{kind}></text:changed-region>'
    note = lambda n, kind, text: f'<text:note text:id="n{n}" text:note-class="{kind}"><text:note-citation>{n}</text:note-citation><text:note-body><text:p>{text}</text:p></text:note-body></text:note>'
    office("office", title="canary-title", lang="en", country="GB", body=f'''<text:tracked-changes>{change("c1", "deletion", "<text:p>canary-deleted</text:p>")}{change("c2", "insertion")}</text:tracked-changes>
<text:p text:style-name="Title">The price cap at work</text:p><text:p text:style-name="Subtitle">A year of figures</text:p>
<text:h text:style-name="Heading_20_1" text:outline-level="1"><text:bookmark text:name="cap"/>How the cap works</text:h>
<text:p text:style-name="Standard">Oil is sold <text:span text:style-name="B">below</text:span> the cap{note(1, "footnote", "Regulation 833/2014, Article 3n.")} or <text:span text:style-name="I">not at all</text:span><text:change text:change-id="c1"/>.{note(2, "endnote", "See the annex.")} The 2<text:span text:style-name="S">nd</text:span> review <text:change-start text:change-id="c2"/>is due<text:change-end text:change-id="c2"/>.<text:span text:style-name="H"> canary-hidden</text:span></text:p>
<text:p text:style-name="Standard"><office:annotation><dc:creator>canary-commenter</dc:creator><text:p>canary-comment</text:p></office:annotation>Prices fell.</text:p>
<text:list text:style-name="L"><text:list-item><text:p>Seaborne crude</text:p><text:list text:style-name="L"><text:list-item><text:p>from the Baltic</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>Products</text:p></text:list-item></text:list>
<text:h text:style-name="Heading_20_2" text:outline-level="2">Who checks</text:h>
<text:list text:style-name="N"><text:list-item><text:p>The carrier asks.</text:p></text:list-item><text:list-item><text:p>The insurer keeps papers.</text:p></text:list-item></text:list>
<text:p text:style-name="Quotations">“Trust, and verify.”</text:p>
<table:table table:name="T"><table:table-column table:number-columns-repeated="3"/><table:table-header-rows><table:table-row><table:table-cell><text:p>Product</text:p></table:table-cell><table:table-cell table:number-columns-spanned="2"><text:p>Cap</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Crude</text:p></table:table-cell><table:table-cell><text:p>2022</text:p></table:table-cell><table:table-cell><text:p>60</text:p></table:table-cell></table:table-row><table:table-row><table:covered-table-cell/><table:table-cell><text:p>2025</text:p></table:table-cell><table:table-cell><text:p>47.6</text:p></table:table-cell></table:table-row></table:table>
<text:p text:style-name="Standard">See <text:a xlink:href="https://finance.ec.europa.eu/">the Commission</text:a> and <text:a xlink:href="#cap">how it works</text:a>.</text:p>
<text:p text:style-name="Standard"><draw:frame text:anchor-type="paragraph" svg:width="4cm" svg:height="2cm"><draw:text-box><text:p>A box beside the text.</text:p></draw:text-box></draw:frame>The end.</text:p>''')
    office("bureau", title="Le plafond", lang="fr", country="FR", body='''<text:h text:style-name="Heading_20_1" text:outline-level="1">Le plafond des prix</text:h>
<text:p text:style-name="Standard">Le pétrole se vend « sous le plafond »&#160;: 60&#160;dollars.</text:p><text:h text:style-name="Heading_20_2" text:outline-level="2">Qui contrôle&#160;?</text:h><text:p text:style-name="Standard">L’assureur.</text:p>
<table:table table:name="T"><table:table-column table:number-columns-repeated="2"/><table:table-row><table:table-cell><text:p>Année</text:p></table:table-cell><table:table-cell><text:p>Prix</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>2025</text:p></table:table-cell><table:table-cell><text:p>47,6</text:p></table:table-cell></table:table-row></table:table><text:p text:style-name="Standard">Fin.</text:p>''')


for make in [decision, shares, map_, tracked, boxes, german, google, bare]:
    make()
if shutil.which("soffice") and "--all" in sys.argv:
    offices()
