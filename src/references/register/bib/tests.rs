//! What is read of `.bib`, row by row of what other readers get wrong.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::references::inline::write_html;
use crate::references::register::{self, Register, RegisterFile};
use crate::references::{Date, Inline, Item, Name, Standing};
use proptest::prelude::*;

fn register(text: &str) -> (Register, Vec<Diagnostic>) {
    register::read(&[RegisterFile::new("content/_data/sources.bib", text)])
}

/// The one source of a file without problems.
fn source(text: &str) -> Arc<Item> {
    let (item, problems) = source_with_problems(text);
    assert_eq!(problems, Vec::<String>::new(), "{text}");
    item
}

fn source_with_problems(text: &str) -> (Arc<Item>, Vec<String>) {
    let (register, problems) = register(text);
    assert_eq!(register.entries().len(), 1, "{text}: {problems:?}");
    (register.entries()[0].item.clone(), told(&problems))
}

/// Line, column, code and message of each problem.
fn told(problems: &[Diagnostic]) -> Vec<String> {
    let shown = |problem: &Diagnostic| {
        let place = problem.place.as_ref().expect("a place");
        format!("{}:{} {}: {}", place.line, place.column, problem.code, problem.message)
    };
    problems.iter().map(shown).collect()
}

/// A report with some fields.
fn report(fields: &str) -> Arc<Item> {
    source(&format!("@report{{k, {fields}}}"))
}

fn html(pieces: &[Inline]) -> String {
    let mut html = String::new();
    write_html(pieces, &|_, _| false, &mut html);
    html
}

fn of(item: &Item, variable: &str) -> String {
    item.texts.get(variable).map_or(String::new(), |pieces| html(pieces))
}

/// The title of a source whose title is written so.
fn title(written: &str) -> String {
    of(&report(&format!("title = {{{written}}}")), "title")
}

/// A date as EDTF, or its words in brackets.
fn shown(date: Option<&Date>) -> String {
    let Some(date) = date else { return "none".into() };
    register::dates::write(date).unwrap_or_else(|| format!("[{}]", date.words.as_deref().unwrap_or_default()))
}

fn issued(fields: &str) -> String {
    shown(report(fields).issued())
}

fn issued_with_problems(fields: &str) -> (String, Vec<String>) {
    let (item, problems) = source_with_problems(&format!("@report{{k, {fields}}}"));
    (shown(item.issued()), problems)
}

fn authors(written: &str) -> Vec<String> {
    let item = report(&format!("author = {{{written}}}"));
    let shown = |name: &Name| match name {
        Name::Body(body) => format!("[{body}]"),
        Name::Person { family, given, particle, dropping, suffix, comma_suffix } => {
            let comma = if *comma_suffix { "," } else { "" };
            format!("{family}|{given}|{particle}|{dropping}|{suffix}{comma}")
        }
    };
    item.names("author").iter().map(shown).collect()
}

/// M01
#[test]
fn an_institution_is_the_publisher_unless_there_is_one() {
    assert_eq!(of(&report("institution = {Bureau of Wells}"), "publisher"), "Bureau of Wells");
    assert_eq!(of(&source("@thesis{k, school = {University of Wells}}"), "publisher"), "University of Wells");
    let both = report("institution = {Bureau of Wells}, publisher = {Well Press}");
    assert_eq!((of(&both, "publisher").as_str(), &*both.other["institution"]), ("Well Press", "Bureau of Wells"));
}

/// M02
#[test]
fn a_range_of_dates_is_kept_whole() {
    let item = report("date = {2024-05/2025-02-03}");
    let date = item.issued().expect("a date");
    assert_eq!((date.from.map(|day| day.year), date.to.map(|day| day.month)), (Some(2024), Some(Some(2))));
    assert_eq!(issued("date = {2024/..}"), "2024/");
    assert_eq!(issued("date = {2024/}"), "2024/");
}

/// M03
#[test]
fn unknown_parts_of_a_date_are_cut_and_an_unknown_year_is_told() {
    assert_eq!(issued("date = {2025-XX}"), "2025");
    assert_eq!(issued("date = {2025-06-XX}"), "2025-06");
    for year in ["202X", "20XX"] {
        let (date, problems) = issued_with_problems(&format!("date = {{{year}}}"));
        assert_eq!((date, problems.len()), (format!("[{year}]"), 1), "{problems:?}");
        assert!(problems[0].starts_with("1:20 unclear-date:"), "{problems:?}");
    }
}

/// M04
#[test]
fn a_season_is_one_and_what_is_no_date_is_told_with_its_place() {
    let item = report("date = {2025-21}");
    assert_eq!(item.issued().expect("a date").season, Some(1));
    assert_eq!(issued("date = {2025-24}"), "2025-24");
    for (written, meant) in
        [("2025/06/25", "2025-06-25"), ("25 June 2025", "2025-06-25"), ("June 25, 2025", "2025-06-25"), ("June 2025", "2025-06")]
    {
        let (date, problems) = issued_with_problems(&format!("date = {{{written}}}"));
        assert_eq!(date, meant);
        assert_eq!(problems, [format!("1:20 unclear-date: `date` of `k` is read as `{meant}`: `{written}` is no date of BibLaTeX")]);
    }
    for written in ["2025-02-30", "soon", "03/04/2025", "2025-13"] {
        let (date, problems) = issued_with_problems(&format!("title = {{T}},\n  date = {{{written}}}"));
        assert_eq!(date, "none", "{written}");
        assert_eq!(problems, [format!("2:11 unclear-date: `date` of `k` is no date: `{written}`")]);
    }
    assert_eq!(issued("date = {forthcoming}"), "[forthcoming]");
}

/// M05
#[test]
fn words_in_place_of_a_year_are_words_and_no_other_entry_is_lost() {
    assert_eq!(issued("year = {n.d.}"), "[n.d.]");
    assert_eq!(issued("year = {o. J.}"), "[n.d.]");
    assert_eq!(issued("year = {c. 1998}"), "1998~");
    assert_eq!(issued("year = {[2025]}"), "2025~");
    assert_eq!(issued("year = {1998?}"), "1998~");
    let item = report("year = {in press}");
    assert_eq!((shown(item.issued()), of(&item, "status")), ("[in press]".into(), "in press".into()));
    let (register, problems) =
        register("@book{a, year = {when it is ready}}\n@book{b, year = 2020, month = {5 June}}\n@book{c, year = {to appear}}");
    assert_eq!(register.entries().len(), 3);
    assert_eq!(told(&problems), ["1:18 unclear-date: `when it is ready` in `a` is no date"]);
    assert_eq!(shown(register.get("b").expect("b").item.issued()), "2020-06-05");
}

/// M06
#[test]
fn a_day_within_the_month_is_read_in_all_classic_forms() {
    for month in ["5 # \"~\" # jun", "jun # \"~5\"", "{June 5}", "{5 June}", "\"5. Juni\"", "{jun 5}"] {
        assert_eq!(issued(&format!("year = 2020, month = {month}")), "2020-06-05", "{month}");
    }
    for month in ["jun", "{6}", "06", "{June}", "{juin}", "\"Jun.\""] {
        assert_eq!(issued(&format!("year = {{2020}}, month = {month}")), "2020-06", "{month}");
    }
    assert_eq!(issued("year = 2020, month = jun, day = 5"), "2020-06-05");
    assert_eq!(issued("year = 2020, month = {June--July}"), "2020-06/2020-07");
    assert_eq!(issued("year = 2020, month = {Spring}"), "2020-21");
    let (date, problems) = issued_with_problems("year = 2020, month = {Michaelmas}");
    assert_eq!((date.as_str(), problems), ("2020", vec!["1:34 unclear-date: of `Michaelmas 2020` in `k` only the year is read".into()]));
}

/// M07
#[test]
fn lists_of_pages_stay_lists() {
    assert_eq!(of(&report("pages = {125, 130--134}"), "page"), "125, 130–134");
    assert_eq!(of(&report("pages = {12-19}"), "page"), "12-19");
}

/// M08
#[test]
fn commands_become_markup_signs_and_letters() {
    for (written, meant) in [
        (r"\emph{a} \textit{b} {\em c} {\itshape d}", "<em>a</em> <em>b</em> <em>c</em> <em>d</em>"),
        (r"\textbf{a} {\bf b} \textsc{c}", "<strong>a</strong> <strong>b</strong> <span class=\"small-caps\">c</span>"),
        (r"CO\textsubscript{2}, 5\textsuperscript{th}", "CO<sub>2</sub>, 5<sup>th</sup>"),
        (r"\enquote{a \enquote{b}} \textquote{c} ``d''", "<q>a <q>b</q></q> <q>c</q> <q>d</q>"),
        (r"\href{https://example.org/a\_b}{here}", "<a href=\"https://example.org/a_b\">here</a>"),
        (r"\url{https://example.org/}", "<a href=\"https://example.org/\">https://example.org/</a>"),
        (r"\texteuro 5, \texteuro{}6, \euro{}7\ldots", "€5, €6, €7…"),
        (r"a~b\,c -- d --- e", "a\u{a0}b\u{202f}c – d — e"),
        (r"A \& B, 5\,\% \_ \# \$", "A &amp; B, 5\u{202f}% _ # $"),
        (
            r#"\"o \"{o} {\"o} {\"{o}} \'\i \'{\i} \c c \c{c} \v{s} \v s \H{o} \k{a} \r a \aa \o \ss{} \L{}odz \~n"#,
            "ö ö ö ö í í ç ç š š ő ą å åøß Łodz ñ",
        ),
        (r#"M{\"u}ller, Fran\c{c}ois, \'Emile, Dvo\v{r}{\'a}k"#, "Müller, François, Émile, Dvořák"),
        (r"\textasciitilde\textbackslash\{x\}", "~\\{x}"),
        ("two\n   lines", "two lines"),
        (r"\foreignlanguage{french}{mot}", "mot"),
        (r"It's {a} 'word'", "It's a 'word'"),
    ] {
        assert_eq!(title(written), meant, "{written}");
    }
    let item = report("title = {On {NATO} and {\\\"O}sterreich}");
    let is_kept = |piece: &Inline| matches!(piece, Inline::Span(crate::references::Format::Verbatim, _));
    assert_eq!(item.texts["title"].iter().filter(|piece| is_kept(piece)).count(), 1);
}

/// M08
#[test]
fn a_command_that_nobody_knows_is_told_with_its_place_and_keeps_its_argument() {
    let (item, problems) = source_with_problems("@book{k,\n  title = {Water \\bespoke[x]{and} \\mystery cities}}");
    assert_eq!(of(&item, "title"), "Water and cities");
    assert_eq!(
        problems,
        [
            "2:18 unknown-latex: nobody knows the command `\\bespoke` in `k`: what follows it is kept",
            "2:35 unknown-latex: nobody knows the command `\\mystery` in `k`: what follows it is kept"
        ]
    );
}

/// M09
#[test]
fn a_dollar_is_money_unless_it_looks_like_maths() {
    assert_eq!(title("$5 to $6"), "$5 to $6");
    assert_eq!(title("From $5 to $10 and $20"), "From $5 to $10 and $20");
    assert_eq!(title("CO$_2$ and 10$^{-3}$"), "CO<sub>2</sub> and 10<sup>-3</sup>");
    assert_eq!(title(r"$\alpha$ of $x$"), "α of <em>x</em>");
    assert_eq!(title(r"costs of \$5"), "costs of $5");
}

/// M10
#[test]
fn subtitles_main_titles_and_what_is_added_are_part_of_the_title() {
    let item = report("title = {Water}, subtitle = {A guide}, titleaddon = {Draft}");
    assert_eq!((of(&item, "title").as_str(), of(&item, "title-short").as_str()), ("Water: A guide. Draft", "Water"));
    let short = |title: &str| of(&report(&format!("title = {{{title}}}")), "title-short");
    assert_eq!(
        (short("Wells: A history").as_str(), short("A \\emph{well}: why"), short("Wells 2:1")),
        ("Wells", "A <em>well</em>".into(), String::new())
    );
    assert_eq!(of(&report("title = {Why not?}, subtitle = {Because}"), "title"), "Why not? Because");
    let volume = source("@book{k, maintitle = {Works}, title = {Wells}, volume = 2}");
    assert_eq!((of(&volume, "title").as_str(), of(&volume, "volume").as_str()), ("Works: Wells", "2"));
    let part = source("@inbook{k, title = {On wells}, booktitle = {Wells}, booksubtitle = {A history}, chapter = {3}, pages = {1--9}}");
    assert_eq!((of(&part, "container-title").as_str(), of(&part, "chapter-number").as_str()), ("Wells: A history", "3"));
}

/// M11, M12, M15, M35
#[test]
fn kinds_of_law_data_and_media_are_not_all_documents() {
    for (kind, csl) in [
        ("legislation", "legislation"),
        ("jurisdiction", "legal_case"),
        ("legal", "treaty"),
        ("legadminmaterial", "regulation"),
        ("standard", "standard"),
        ("video", "motion_picture"),
        ("movie", "motion_picture"),
        ("software", "software"),
        ("dataset", "dataset"),
        ("collection", "book"),
        ("unpublished", "manuscript"),
        ("report", "report"),
        ("techreport", "report"),
        ("online", "webpage"),
        ("inproceedings", "paper-conference"),
        ("mvbook", "book"),
        ("misc", "document"),
    ] {
        assert_eq!(&*source(&format!("@{kind}{{k, title = {{T}}}}")).kind, csl, "{kind}");
    }
    assert_eq!(&*source("@article{k, journal = {J}, entrysubtype = {newspaper}}").kind, "article-newspaper");
    assert_eq!(&*source("@unpublished{k, eventtitle = {E}}").kind, "speech");
    let case = source("@jurisdiction{k, title = {A v B}, number = {C-1/24}, institution = {Court of Wells}}");
    assert_eq!((of(&case, "number").as_str(), of(&case, "authority").as_str()), ("C-1/24", "Court of Wells"));
    let (item, problems) = source_with_problems("@reprot{k, title = {T}}");
    assert_eq!((&*item.kind, item.written_kind.as_deref()), ("document", Some("reprot")));
    assert_eq!(problems, ["1:2 unknown-source-kind: nobody knows the kind `@reprot` of `k`"]);
}

/// M13
#[test]
fn a_part_names_its_container_once() {
    let item = source("@incollection{k, title = {On wells}, booktitle = {Wells}, series = {Works}, number = {4}}");
    assert_eq!(
        (of(&item, "container-title").as_str(), of(&item, "collection-title").as_str(), of(&item, "collection-number").as_str()),
        ("Wells", "Works", "4")
    );
    assert!(!item.texts.contains_key("volume-title"));
}

/// M14
#[test]
fn a_law_keeps_its_number_and_chapter_apart() {
    let item = source("@legislation{k, title = {Wells Act 2014}, number = {c. 21}, chapter = {21}}");
    assert_eq!((of(&item, "number").as_str(), of(&item, "chapter-number").as_str()), ("c. 21", "21"));
}

/// M16
#[test]
fn words_of_biblatex_stand_in_the_language_of_the_source() {
    assert_eq!(of(&report("type = {resreport}"), "genre"), "Research report");
    assert_eq!(of(&source("@thesis{k, type = {mathesis}}"), "genre"), "Master’s thesis");
    assert_eq!(of(&source("@phdthesis{k, title = {T}}"), "genre"), "PhD thesis");
    assert_eq!(of(&report("type = {resreport}, langid = {ngerman}"), "genre"), "Forschungsbericht");
    assert_eq!(of(&report("type = {Policy brief}"), "genre"), "Policy brief");
    assert_eq!(of(&report("pubstate = {inpress}, langid = {french}"), "status"), "sous presse");
}

/// M17
#[test]
fn a_prefix_belongs_to_the_name_where_the_entry_or_the_name_says_so() {
    assert_eq!(authors("von der Alm, Ursula"), ["Alm|Ursula||von der|"]);
    assert_eq!(authors("von der Alm, Ursula}, options = {useprefix=true"), ["Alm|Ursula|von der||"]);
    assert_eq!(
        authors("family=Alm, given=Ursula, prefix=von der, useprefix=true and Ursula von der Au"),
        ["Alm|Ursula|von der||", "Au|Ursula||von der|"]
    );
    assert_eq!(authors("Beethoven, Ludwig van"), ["Beethoven|Ludwig||van|"]);
}

/// M17
#[test]
fn settings_say_where_a_prefix_belongs_that_says_nothing_itself() {
    let text = "@book{a, author = {von der Alm, Ursula}}\n@book{b, author = {van Lund, Bea}, options = {useprefix=false}}";
    let file = RegisterFile { prefix: register::Prefix::Kept, ..RegisterFile::new("a.bib", text) };
    let (register, _) = register::read(&[file]);
    let names: Vec<&Name> = register.entries().iter().flat_map(|entry| entry.item.names("author")).collect();
    let Name::Person { family, particle, .. } = names[0] else { panic!("{names:?}") };
    assert_eq!((&**family, &**particle), ("Alm", "von der"));
    let Name::Person { particle, dropping, .. } = names[1] else { panic!("{names:?}") };
    assert_eq!((&**particle, &**dropping), ("", "van"));
}

/// M18
#[test]
fn others_are_no_name() {
    let item = report("author = {Smith, Ann and others}");
    assert!(item.names["author"].others);
    assert_eq!(item.names("author").len(), 1);
}

/// M19
#[test]
fn bodies_stand_in_braces_and_juniors_between_commas() {
    assert_eq!(authors("{European Agency of Wells and Rivers} and Smith, Ann"), ["[European Agency of Wells and Rivers]", "Smith|Ann|||"]);
    assert_eq!(authors("King, Jr., Martin Luther and Doe, III, John"), ["King|Martin Luther|||Jr.,", "Doe|John|||III"]);
    assert_eq!(authors("Ann {Smith Jones} and Jos{\\'e} {\\'A}lvarez and UNESCO"), ["Smith Jones|Ann|||", "Álvarez|José|||", "[UNESCO]"]);
    assert_eq!(authors("M{\\\"u}ller, J{\\\"o}rg and {\\O}rsted, Hans"), ["Müller|Jörg|||", "Ørsted|Hans|||"]);
}

/// M19
#[test]
fn a_body_without_braces_is_one_and_is_told() {
    let (item, problems) = source_with_problems("@book{k, author = {Smith, Ann and Bureau of Wells and King, Martin, Jr.}}");
    assert_eq!(item.names("author")[1], Name::Body("Bureau of Wells".into()));
    assert_eq!(problems, ["1:35 unbraced-body: `Bureau of Wells` in `k` is taken for a body, and other programs make a person of it"]);
    assert!(matches!(&item.names("author")[2], Name::Person { suffix, .. } if &**suffix == "Jr."));
}

#[test]
fn several_names_that_are_written_as_one_are_told() {
    let told = |author: &str| {
        let (_, problems) = source_with_problems(&format!("@book{{k, author = {{{author}}}}}"));
        problems.iter().filter(|problem| problem.contains("unparted-names")).count()
    };
    let several =
        ["Hill, Ann; Roe, Bob", "Ann Hill \\& Bob Roe", "Hill, Ann et al.", "Hill, Ann, Roe, Bob", "Bureau of Wells, Council of Dunes"];
    assert_eq!(several.map(told), [1; 5]);
    let one = ["{Wells \\& Dunes; Ltd}", "Hill, Jr., Ann", "family=Hill, given=Ann, prefix=von, useprefix=true", "von der Hill, Ann Maria"];
    assert_eq!(one.map(told), [0; 4]);
    assert_eq!(told("Hill, Ann and Roe, Bob and others"), 0);
}

/// M36
#[test]
fn addresses_are_links_and_what_gives_none_is_told() {
    for (written, url) in [
        (r"https://example.org/a\_b", "https://example.org/a_b"),
        (r"https://example.org/a{\%}20b", "https://example.org/a%20b"),
        (r"\url{https://example.org/x}", "https://example.org/x"),
        ("www.example.org/x", "https://www.example.org/x"),
        (r"https://example.org/{\textasciitilde}me", "https://example.org/~me"),
        ("https://example.org/a&b", "https://example.org/a&b"),
    ] {
        assert_eq!(report(&format!("url = {{{written}}}")).text("URL").as_deref(), Some(url));
    }
    assert_eq!(source(r"@misc{k, howpublished = {\url{https://example.org/x}}}").text("URL").as_deref(), Some("https://example.org/x"));
    let (item, problems) = source_with_problems("@book{k, url = {see our site}}");
    assert_eq!((item.text("URL"), problems), (None, vec!["1:17 no-link: `url` of `k` gives no link: `see our site`".into()]));
    assert_eq!(item.other.len(), 0);
}

/// Paths of a person's folders, and keys of other entries, which may be hidden.
#[test]
fn what_says_nothing_of_a_source_is_dropped() {
    let item = source(
        "@book{k, title = {T}, file = {x.pdf:/home/me/x.pdf:application/pdf}, related = {secret}, relatedtype = {translationof},
        entryset = {a,b}, attachments = {x.pdf}, seen = {/Users/me/x.pdf}, shelf = {D:\\docs\\x.pdf}, scan = {PDF:C\\:/x.pdf}, kept = {yes}}",
    );
    assert_eq!(item.other.keys().map(|name| &**name).collect::<Vec<_>>(), ["kept"]);
}

/// M37
#[test]
fn a_doi_is_without_what_leads_to_it() {
    for written in [
        "10.1000/x_y",
        "https://doi.org/10.1000/x_y",
        "http://dx.doi.org/10.1000/x_y",
        "doi:10.1000/x_y",
        "{10.1000/x\\_y}",
        "DOI: 10.1000/x{\\_}y",
    ] {
        assert_eq!(report(&format!("doi = {{{written}}}")).text("DOI").as_deref(), Some("10.1000/x_y"), "{written}");
    }
}

/// M38, M39
#[test]
fn names_of_languages_are_codes() {
    for (written, code) in
        [("british", "en-GB"), ("ngerman", "de"), ("en_us", "en-US"), ("brazilian", "pt-BR"), ("de-CH", "de-CH"), ("french", "fr")]
    {
        assert_eq!(report(&format!("langid = {{{written}}}")).text("language").as_deref(), Some(code));
        assert_eq!(report(&format!("language = {{{written}}}")).text("language").as_deref(), Some(code));
    }
    assert_eq!(report("title = {T}").text("language"), None);
}

/// M40
#[test]
fn no_title_changes_its_case() {
    assert_eq!(title("The Treaty of {Lisbon} and english Towns"), "The Treaty of Lisbon and english Towns");
}

/// M41
#[test]
fn what_lends_fields_is_no_source() {
    let text = "@string{w = {Wells}}\n@preamble{\"x\"}\n@comment{jabref-meta: databaseType:biblatex;}\n@xdata{x, publisher = w}\n@set{s, entryset = {a,b}}
        @book{a, title = {A}, xdata = {x}}\n@inbook{b, title = {B}, crossref = {a}, pages = {1--2}}";
    let (register, problems) = register(text);
    assert_eq!(told(&problems), Vec::<String>::new());
    let keys: Vec<&str> = register.entries().iter().map(|entry| &*entry.item.key).collect();
    assert_eq!(keys, ["a", "b"]);
    let part = &register.get("b").expect("b").item;
    assert_eq!((of(part, "title"), of(part, "container-title"), of(part, "publisher")), ("B".into(), "A".into(), "Wells".into()));
}

/// M42
#[test]
fn one_wrong_entry_takes_no_other_with_it() {
    let good = "@book{good, title = {Good}}\n";
    for (wrong, problem) in [
        ("@book{a, title = {Open\n}\n", "1:7 bad-source: `a` has no end"),
        ("@book{a, title = {A}\n  year = 2020}\n", "2:3 bad-source: in `a` a comma is missing before `year`"),
        ("@book{a, title = {A},\n", "1:7 bad-source: `a` has no end"),
        ("@book{a, title = \"Open}\n", "1:18 bad-source: in `a` this quotation mark is never closed"),
        ("@book{a, title {A}}\n", "1:10 bad-source: in `a` there is no `=` behind `title`"),
        ("@book{a, title = }\n", "1:18 bad-source: in `a` a value is missing"),
        ("@book{title = {A}}\n", "1:2 bad-source: an entry of the kind `book` has no key"),
        ("@book{a, publisher = oup}\n", "1:22 bad-source: in `a` there is no `@string` with the name `oup`"),
    ] {
        let (register, problems) = register(&format!("{wrong}{good}"));
        assert!(register.get("good").is_some(), "{wrong}: {problems:?}");
        let first = told(&problems).into_iter().next().unwrap_or_default();
        assert!(first.starts_with(problem) || first.contains("has no key"), "{wrong}: {first}");
        assert_eq!(problems[0].severity, Severity::Error);
    }
}

/// M42
#[test]
fn a_key_that_stands_twice_is_an_error_with_both_places() {
    let (register, problems) = register("@book{a, title = {One}}\n@book{a, title = {Two}}\n");
    assert_eq!(register.get("a").expect("a").item.text("title").as_deref(), Some("One"));
    assert_eq!(told(&problems), ["2:1 duplicate-source: the key `a` stands in the register twice"]);
    assert_eq!(problems[0].also[0].0.line, 1);
}

#[test]
fn standing_keywords_copies_and_days_of_access_are_read() {
    let item = report(
        "keywords = {primary, wells, water}, archive_url = {https://archive.example/x}, archive_date = {2025-01-02}, urldate = {2026-01-05}",
    );
    let keywords: Vec<&str> = item.keywords.iter().map(|keyword| &**keyword).collect();
    assert_eq!((item.standing, keywords), (Some(Standing::Primary), vec!["wells", "water"]));
    let archived = item.archived.as_ref().expect("a copy");
    assert_eq!((&*archived.url, shown(archived.date.as_ref()).as_str()), ("https://archive.example/x", "2025-01-02"));
    assert_eq!(shown(item.dates.get("accessed")), "2026-01-05");
}

#[test]
fn what_programs_keep_for_themselves_is_not_kept() {
    let item = report("title = {T}, file = {:C\\:/Users/ann/x.pdf:PDF}, groups = {mine}, owner = {ann}, custom-field = {kept}");
    assert_eq!(item.other.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>(), ["custom-field=kept"]);
}

#[test]
fn a_paper_in_an_archive_has_its_address() {
    let item = source("@article{k, title = {T}, eprint = {2501.00001}, eprinttype = {arxiv}}");
    assert_eq!((&*item.kind, item.text("URL").as_deref()), ("article", Some("https://arxiv.org/abs/2501.00001")));
}

/// Values in braces or quotation marks, balanced, with all that means something elsewhere.
fn values() -> impl Strategy<Value = String> {
    let piece =
        prop::sample::select(vec!["x", "{NATO}", "a, b", "= y", "# z", "\\emph{q}", "é", "me@x.org", "\n  ", "50\\%", "\\\"o", "(1)", "~"]);
    (prop::collection::vec(piece, 0..6), any::<bool>()).prop_map(|(pieces, in_braces)| {
        let text = pieces.concat();
        if in_braces { format!("{{{text}}}") } else { format!("\"{text}\"") }
    })
}

proptest! {
    /// The grammar is that of the crate `biblatex`, which reads no file in which one entry is wrong.
    #[test]
    fn a_file_without_mistakes_is_divided_as_the_crate_biblatex_does(
        entries in prop::collection::vec(prop::collection::vec((prop::sample::select(vec!["title", "note", "x-y"]), values()), 0..4), 1..5),
    ) {
        let mut text = String::from("% begin\n");
        for (number, fields) in entries.iter().enumerate() {
            let fields: String = fields.iter().map(|(name, value)| format!(",\n  {name} = {value}")).collect();
            text.push_str(&format!("@book{{k{number}{}}}\n", if fields.is_empty() { ",".into() } else { fields }));
        }
        let theirs = biblatex::RawBibliography::parse(&text).expect("a file without mistakes");
        let mut problems = register::problems::Problems::default();
        let ours = super::raw::Reader::new(&text, &mut problems).blocks();
        prop_assert!(problems.is_empty(), "{}", text);
        prop_assert_eq!(ours.len(), theirs.entries.len());
        for (ours, theirs) in ours.iter().zip(&theirs.entries) {
            let super::raw::Block::Entry(ours) = ours else { panic!("{text}") };
            prop_assert_eq!(&text[ours.key.clone()], theirs.v.key.v);
            let fields: Vec<(&str, &str)> = ours.fields.iter().map(|field| {
                let [super::raw::Piece::Text(range)] = field.value.as_slice() else { panic!("{text}") };
                (&text[field.name.clone()], &text[range.clone()])
            }).collect();
            let expected: Vec<(&str, &str)> = theirs.v.fields.iter().map(|pair| {
                let biblatex::RawChunk::Normal(value) = pair.value.v[0].v else { panic!("{text}") };
                (pair.key.v, value)
            }).collect();
            prop_assert_eq!(fields, expected);
        }
    }
}
