//! What locators are called: `p.`, `chap.`, `recital`, in English and in the language of the page.
//!
//! A table of our own, for Pandoc knows them by the language of the document alone. It must not know how a locator is read.

use crate::typography::primary;

/// Ways to write a label, and what CSL calls it (<https://docs.citationstyles.org/en/stable/specification.html#locators>). What CSL does not know is
/// `custom`: it is shown as it was written.
type Label = (&'static [&'static str], &'static str);

/// What CSL has no word for, or a locale another one: a place in a law is not translated, and not every paragraph is a `§`.
pub const CUSTOM: &str = "custom";

const ENGLISH: &[Label] = &[
    (&["p.", "pp.", "page", "pages", "pg.", "pgs."], "page"),
    (&["chap.", "chaps.", "chapter", "chapters", "ch.", "chs."], "chapter"),
    (&["sec.", "secs.", "sect.", "sects.", "section", "sections", "s.", "ss.", "§", "§§"], "section"),
    (&["para.", "paras.", "par.", "pars.", "paragraph", "paragraphs", "¶", "¶¶"], "paragraph"),
    (&["art.", "arts.", "article", "articles"], "article-locator"),
    (&["no.", "nos.", "issue", "issues"], "issue"),
    (&["vol.", "vols.", "volume", "volumes"], "volume"),
    (&["fig.", "figs.", "figure", "figures"], "figure"),
    (&["tab.", "tabs.", "table", "tables", "tbl."], "table"),
    (&["app.", "apps.", "appendix", "appendices", "appx."], "appendix"),
    (&["pt.", "pts.", "part", "parts"], "part"),
    (&["bk.", "bks.", "book", "books"], "book"),
    (&["col.", "cols.", "column", "columns"], "column"),
    (&["fol.", "fols.", "folio", "folios"], "folio"),
    (&["l.", "ll.", "line", "lines"], "line"),
    (&["n.", "nn.", "note", "notes", "fn."], "note"),
    (&["op.", "opus"], "opus"),
    (&["s.v.", "s.vv.", "sub verbo"], "sub-verbo"),
    (&["v.", "vv.", "verse", "verses"], "verse"),
    (&["eq.", "eqs.", "equation", "equations"], "equation"),
    (&["r.", "rr.", "rule", "rules"], "rule"),
    (&["supp.", "supplement"], "supplement"),
    (&["timestamp", "at"], "timestamp"),
    (
        &["recital", "recitals", "rec.", "annex", "annexes", "ann.", "clause", "clauses", "cl.", "cls.", "schedule", "schedules", "sch."],
        CUSTOM,
    ),
    (
        &[
            "box",
            "boxes",
            "slide",
            "slides",
            "reg.",
            "regs.",
            "regulation",
            "regulations",
            "item",
            "items",
            "point",
            "points",
            "title",
            "titles",
        ],
        CUSTOM,
    ),
];
const FRENCH: &[Label] = &[
    (&["p.", "pp.", "page", "pages"], "page"),
    (&["chap.", "chapitre", "chapitres"], "chapter"),
    (&["sect.", "section", "sections"], "section"),
    (&["paragr.", "paragraphe", "paragraphes", "par."], "paragraph"),
    (&["art.", "article", "articles"], "article-locator"),
    (&["n°", "nº", "no", "numéro", "numéros"], "issue"),
    (&["vol.", "volume", "volumes", "t.", "tome", "tomes"], "volume"),
    (&["fig.", "figure", "figures"], "figure"),
    (&["tabl.", "tableau", "tableaux"], "table"),
    (&["app.", "appendice", "appendices"], "appendix"),
    (&["part.", "partie", "parties"], "part"),
    (&["liv.", "livre", "livres"], "book"),
    (&["col.", "colonne", "colonnes"], "column"),
    (&["l.", "ligne", "lignes"], "line"),
    (&["n.", "note", "notes"], "note"),
    (
        &[
            "al.",
            "alinéa",
            "alinéas",
            "§",
            "§§",
            "considérant",
            "considérants",
            "cons.",
            "annexe",
            "annexes",
            "encadré",
            "encadrés",
            "titre",
            "titres",
            "point",
            "points",
        ],
        CUSTOM,
    ),
];
const GERMAN: &[Label] = &[
    (&["S.", "Seite", "Seiten"], "page"),
    (&["Kap.", "Kapitel"], "chapter"),
    (&["Abschn.", "Abschnitt", "Abschnitte"], "section"),
    (&["Abs.", "Absatz", "Absätze"], "paragraph"),
    (&["Art.", "Artikel"], "article-locator"),
    (&["Nr.", "Nrn.", "Nummer", "Heft"], "issue"),
    (&["Bd.", "Bde.", "Band", "Bände"], "volume"),
    (&["Abb.", "Abbildung", "Abbildungen"], "figure"),
    (&["Tab.", "Tabelle", "Tabellen"], "table"),
    (&["Teil", "Teile"], "part"),
    (&["Sp.", "Spalte", "Spalten"], "column"),
    (&["Bl.", "Blatt", "Blätter"], "folio"),
    (&["Z.", "Zeile", "Zeilen"], "line"),
    (&["Anm.", "Anmerkung", "Anmerkungen", "Fn.", "Fußnote", "Fußnoten"], "note"),
    (
        &[
            "§",
            "§§",
            "Rn.",
            "Rz.",
            "Randnummer",
            "Tz.",
            "Ziff.",
            "Ziffer",
            "Anh.",
            "Anhang",
            "Anhänge",
            "ErwGr.",
            "Erwägungsgrund",
            "Erwägungsgründe",
            "Anlage",
            "Anlagen",
            "Kasten",
            "Titel",
        ],
        CUSTOM,
    ),
];
const SPANISH: &[Label] = &[
    (&["p.", "pp.", "pág.", "págs.", "página", "páginas"], "page"),
    (&["cap.", "caps.", "capítulo", "capítulos"], "chapter"),
    (&["sec.", "secs.", "sección", "secciones"], "section"),
    (&["párr.", "párrs.", "párrafo", "párrafos", "apdo.", "apartado", "apartados"], "paragraph"),
    (&["n.º", "núm.", "núms.", "número", "números"], "issue"),
    (&["vol.", "vols.", "volumen", "volúmenes", "t.", "tomo", "tomos"], "volume"),
    (&["fig.", "figs.", "figura", "figuras"], "figure"),
    (&["tabla", "tablas", "cuadro", "cuadros"], "table"),
    (&["apéndice", "apéndices"], "appendix"),
    (&["parte", "partes"], "part"),
    (&["libro", "libros"], "book"),
    (&["col.", "columna", "columnas"], "column"),
    (&["línea", "líneas"], "line"),
    (&["nota", "notas"], "note"),
    (
        &[
            "art.",
            "arts.",
            "artículo",
            "artículos",
            "§",
            "§§",
            "considerando",
            "considerandos",
            "anexo",
            "anexos",
            "recuadro",
            "recuadros",
            "título",
            "títulos",
        ],
        CUSTOM,
    ),
];
const ITALIAN: &[Label] = &[
    (&["p.", "pp.", "pag.", "pagg.", "pagina", "pagine"], "page"),
    (&["cap.", "capp.", "capitolo", "capitoli"], "chapter"),
    (&["sez.", "sezione", "sezioni"], "section"),
    (&["par.", "parr.", "paragrafo", "paragrafi"], "paragraph"),
    (&["art.", "artt.", "articolo", "articoli"], "article-locator"),
    (&["n.", "nn.", "numero", "numeri"], "issue"),
    (&["vol.", "voll.", "volume", "volumi"], "volume"),
    (&["fig.", "figg.", "figura", "figure"], "figure"),
    (&["tab.", "tabb.", "tabella", "tabelle"], "table"),
    (&["appendice", "appendici"], "appendix"),
    (&["parte", "parti"], "part"),
    (&["nota", "note"], "note"),
    (&["comma", "commi", "§", "§§", "considerando", "considerandi", "allegato", "allegati", "riquadro", "riquadri"], CUSTOM),
];
const DUTCH: &[Label] = &[
    (&["p.", "pp.", "blz.", "pagina", "pagina’s", "pagina's"], "page"),
    (&["hfst.", "hoofdstuk", "hoofdstukken"], "chapter"),
    (&["afd.", "sectie", "secties"], "section"),
    (&["par.", "paragraaf", "paragrafen"], "paragraph"),
    (&["nr.", "nrs.", "nummer", "nummers"], "issue"),
    (&["dl.", "deel", "delen"], "volume"),
    (&["afb.", "fig.", "afbeelding", "afbeeldingen", "figuur", "figuren"], "figure"),
    (&["tab.", "tabel", "tabellen"], "table"),
    (&["bijl."], "appendix"),
    (&["noot", "noten"], "note"),
    (
        &[
            "art.",
            "artt.",
            "artikel",
            "artikelen",
            "lid",
            "leden",
            "§",
            "§§",
            "overweging",
            "overwegingen",
            "bijlage",
            "bijlagen",
            "kader",
            "kaders",
        ],
        CUSTOM,
    ),
];
const POLISH: &[Label] = &[
    (&["s.", "str.", "strona", "strony", "stron"], "page"),
    (&["rozdz.", "rozdział", "rozdziały"], "chapter"),
    (&["sekcja", "sekcje"], "section"),
    (&["akapit", "akapity"], "paragraph"),
    (&["art.", "artykuł", "artykuły"], "article-locator"),
    (&["nr", "numer", "numery"], "issue"),
    (&["t.", "tom", "tomy"], "volume"),
    (&["rys.", "rysunek", "rysunki", "ryc."], "figure"),
    (&["tab.", "tabela", "tabele"], "table"),
    (&["cz.", "część", "części"], "part"),
    (&["przyp.", "przypis", "przypisy"], "note"),
    (
        &["ust.", "ustęp", "ustępy", "§", "§§", "motyw", "motywy", "załącznik", "załączniki", "ramka", "ramki", "pkt", "punkt", "punkty"],
        CUSTOM,
    ),
];
const PORTUGUESE: &[Label] = &[
    (&["p.", "pp.", "pág.", "págs.", "página", "páginas"], "page"),
    (&["cap.", "caps.", "capítulo", "capítulos"], "chapter"),
    (&["sec.", "secção", "secções", "seção", "seções"], "section"),
    (&["par.", "parágrafo", "parágrafos"], "paragraph"),
    (&["art.", "arts.", "artigo", "artigos"], "article-locator"),
    (&["núm.", "número", "números"], "issue"),
    (&["vol.", "vols.", "volume", "volumes"], "volume"),
    (&["fig.", "figs.", "figura", "figuras"], "figure"),
    (&["tab.", "tabela", "tabelas", "quadro", "quadros"], "table"),
    (&["apêndice", "apêndices"], "appendix"),
    (&["parte", "partes"], "part"),
    (&["nota", "notas"], "note"),
    (&["n.º", "nº", "§", "§§", "considerando", "considerandos", "anexo", "anexos", "caixa", "caixas"], CUSTOM),
];
const UKRAINIAN: &[Label] = &[
    (&["с.", "стор.", "сторінка", "сторінки"], "page"),
    (&["розд.", "розділ", "розділи", "гл.", "глава", "глави"], "chapter"),
    (&["абз.", "абзац", "абзаци"], "paragraph"),
    (&["№", "номер", "номери"], "issue"),
    (&["т.", "том", "томи"], "volume"),
    (&["рис.", "рисунок", "рисунки"], "figure"),
    (&["табл.", "таблиця", "таблиці"], "table"),
    (&["ч.", "частина", "частини"], "part"),
    (&["прим.", "примітка", "примітки"], "note"),
    (&["ст.", "стаття", "статті", "п.", "пп.", "пункт", "пункти", "§", "§§", "додаток", "додатки", "дод."], CUSTOM),
];
const ARABIC: &[Label] = &[
    (&["ص", "ص.", "صص", "صص.", "صفحة", "صفحات", "الصفحة", "الصفحات"], "page"),
    (&["فصل", "الفصل", "فصول"], "chapter"),
    (&["قسم", "القسم", "أقسام"], "section"),
    (&["فقرة", "الفقرة", "فقرات", "ف."], "paragraph"),
    (&["عدد", "العدد", "رقم"], "issue"),
    (&["مجلد", "المجلد", "مج.", "ج."], "volume"),
    (&["شكل", "الشكل"], "figure"),
    (&["جدول", "الجدول"], "table"),
    (&["هامش", "حاشية"], "note"),
    (&["مادة", "المادة", "مواد", "م.", "ملحق", "الملحق", "إطار", "بند", "البند"], CUSTOM),
];

/// The labels of a language such as `fr-CA`; none for English, whose labels hold everywhere.
fn labels_of(lang: &str) -> &'static [Label] {
    match primary(lang) {
        "fr" => FRENCH,
        "de" => GERMAN,
        "es" => SPANISH,
        "it" => ITALIAN,
        "nl" => DUTCH,
        "pl" => POLISH,
        "pt" => PORTUGUESE,
        "uk" => UKRAINIAN,
        "ar" => ARABIC,
        _ => &[],
    }
}

/// The label that a text begins with, and what CSL calls it: first as the language of the page writes it, then in English, then in small letters.
pub fn label<'t>(text: &'t str, lang: &str) -> Option<(&'t str, &'static str)> {
    if text.as_bytes().first().is_none_or(u8::is_ascii_digit) {
        return None;
    }
    let own = labels_of(lang);
    [own, ENGLISH].into_iter().find_map(|labels| longest(text, labels, Case::Written)).or_else(|| {
        // A lone letter is another word in capitals: `S. 3` is no section.
        [own, ENGLISH].into_iter().find_map(|labels| longest(text, labels, Case::Any)).filter(|(written, _)| written.chars().count() > 2)
    })
}

#[derive(Clone, Copy)]
enum Case {
    Written,
    Any,
}

fn longest<'t>(text: &'t str, labels: &[Label], case: Case) -> Option<(&'t str, &'static str)> {
    let all = labels.iter().flat_map(|(forms, name)| forms.iter().map(move |form| (*form, *name)));
    let found = all.filter_map(|(form, name)| Some((begins_with(text, form, case)?, name)));
    found.max_by_key(|(written, _)| written.len())
}

/// What a text begins with, if that is this form, followed by what cannot be the rest of the same word.
fn begins_with<'t>(text: &'t str, form: &str, case: Case) -> Option<&'t str> {
    let head = match case {
        // Most forms begin otherwise, and texts are held against all of them.
        Case::Written if text.as_bytes().first() != form.as_bytes().first() => return None,
        Case::Written => text.starts_with(form).then(|| &text[..form.len()])?,
        Case::Any => in_any_case(text, form)?,
    };
    let is_sign = form.ends_with(|letter: char| !letter.is_alphabetic());
    let ends = |next: char| next.is_whitespace() || is_sign && (next.is_numeric() || !next.is_alphabetic() || form.ends_with('.'));
    text[head.len()..].chars().next().is_some_and(ends).then_some(head)
}

fn in_any_case<'t>(text: &'t str, form: &str) -> Option<&'t str> {
    let is_other = match (text.as_bytes().first()?, form.as_bytes().first()?) {
        (one, other) if one.is_ascii() && other.is_ascii() => !one.eq_ignore_ascii_case(other),
        _ => !text.chars().next().zip(form.chars().next()).is_some_and(|(one, other)| one.to_lowercase().eq(other.to_lowercase())),
    };
    if is_other {
        return None;
    }
    let length: usize = text.chars().take(form.chars().count()).map(char::len_utf8).sum();
    let head = &text[..length];
    (head.to_lowercase() == form.to_lowercase()).then_some(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_in_english_and_in_the_language_of_the_page() {
        assert_eq!(label("p. 3", "en"), Some(("p.", "page")));
        assert_eq!(label("S. 3", "de-AT"), Some(("S.", "page")));
        assert_eq!(label("s. 3", "de"), Some(("s.", "section")));
        assert_eq!(label("s. 3", "pl"), Some(("s.", "page")));
        assert_eq!(label("Chapter 3", "fr"), Some(("Chapter", "chapter")));
        assert_eq!(label("считать 3", "uk"), None);
    }

    #[test]
    fn places_in_a_law_stay_as_they_are_written() {
        let written = [("de", "§ 5"), ("de", "Rn. 12"), ("de", "Anhang II"), ("fr", "al. 2"), ("it", "comma 2"), ("pl", "ust. 3")];
        let others = [("pt", "n.º 3"), ("es", "art. 5"), ("nl", "lid 2"), ("uk", "ст. 5"), ("ar", "المادة 5")];
        for (lang, text) in written.into_iter().chain(others) {
            assert_eq!(label(text, lang).map(|(_, name)| name), Some(CUSTOM), "{lang} {text}");
        }
    }

    #[test]
    fn a_label_is_a_whole_word() {
        assert_eq!(label("pages3", "en"), None);
        assert_eq!(label("annexed 3", "en"), None);
        assert_eq!(label("p.3", "en"), Some(("p.", "page")));
        assert_eq!(label("§14", "en"), Some(("§", "section")));
        assert_eq!(label("§§ 14", "en"), Some(("§§", "section")));
        assert_eq!(label("S. 3", "en"), None);
    }
}
