//! Lints: what is wrong with a site although every file of it can be read. One file a rule, one table.
//!
//! Owns `RULES` and `check`. It must not know how a problem is mended or printed.

mod addresses;
mod elsewhere;
mod evidence;
mod language;
pub mod links;
mod memory;
mod mistaken;
mod pages;
mod place;
mod shadows;
mod spelling;
mod states;
mod terms;
mod weight;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::gate::Hidden;
use crate::site::Site;
use crate::sources::Sources;

pub use memory::Memory;
pub use shadows::{why, why_version};

use elsewhere::{body, citing, files, front, outside, published, register, text, theme, versions};

/// What rules look at.
pub struct LintContext<'a> {
    /// What is public.
    pub site: &'a Site,
    /// What is not.
    pub hidden: &'a [Hidden],
    /// For the lines that problems stand on.
    pub sources: &'a Sources,
    /// How much is looked at.
    pub scope: Scope,
}

/// How much is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// What a build has to know: of language only what would keep the site from being written.
    #[default]
    Build,
    /// Everything.
    Check,
}

/// One kind of problem.
pub struct Rule {
    /// The name under which it is told and explained: `broken-link`.
    pub code: &'static str,
    /// What `chancery explain CODE` prints: what it means, an example, how to mend it.
    pub doc: &'static str,
    /// The problems of this kind; `None` for codes that are found elsewhere.
    pub check: Option<fn(&LintContext) -> Vec<Diagnostic>>,
}

/// The codes of mistakes by which two outputs have one path: each says it with the places of both.
pub const CLASHES: [&str; 2] = [addresses::same_address::RULE.code, terms::term_clash::RULE.code];

/// All rules, in the order of their codes.
pub const RULES: &[Rule] = &[
    language::docs::ACRONYM_TWICE,
    addresses::alias_taken::RULE,
    addresses::alias_twice::RULE,
    citing::ALIKE_CITATIONS,
    links::ambiguous_link::RULE,
    states::amendment_conflict::RULE,
    states::amendment_loop::RULE,
    front::BAD_ALIAS,
    citing::BAD_CITATION,
    files::BAD_DATA,
    files::BAD_FILE_NAME,
    front::BAD_LANG,
    files::BAD_LEDGER,
    front::BAD_PATH,
    theme::BAD_QUERY,
    front::BAD_REVIEW_IN,
    files::BAD_SETTING,
    body::BAD_SHORTCODE,
    body::BAD_SHORTCODE_ARGUMENT,
    theme::BAD_SHORTCODE_FILE,
    front::BAD_SLUG,
    theme::BAD_SNIPPET,
    register::BAD_SOURCE,
    theme::BAD_STRING,
    register::BAD_STYLE,
    theme::BAD_TEMPLATE,
    theme::BAD_THEME,
    files::BAD_TOML,
    versions::BAD_VERSION,
    front::BAD_YAML,
    text::BLOCK_IN_LINE,
    links::blocked_load::RULE,
    links::broken_anchor::RULE,
    links::broken_link::RULE,
    addresses::broken_menu::RULE,
    front::CASCADE_TARGET,
    addresses::case_clash::RULE,
    published::CHANGE_TAKEN_BACK,
    language::docs::CLICK_HERE,
    language::docs::COLLOQUIAL_WORD,
    front::COMMENT_IN_VALUE,
    states::date_order::RULE,
    body::DUPLICATE_ID,
    front::DUPLICATE_KEY,
    text::DUPLICATE_NOTE,
    register::DUPLICATE_SOURCE,
    versions::EARLY_VERSION,
    body::EMBEDDED_PAGE,
    register::EMPTY_REGISTER,
    links::escaped_mark::RULE,
    text::EXTRA_CELLS,
    body::FOREIGN_TAG,
    front::FRONT_MATTER_NOT_READ,
    front::FRONT_MATTER_TOO_LARGE,
    outside::GONE_LINK,
    body::HEADING_LEVEL,
    links::hidden_link::RULE,
    pages::idle_lint_table::RULE,
    addresses::idle_permalink::RULE,
    register::IDLE_REGISTER,
    pages::idle_silence::RULE,
    links::image_is_page::RULE,
    states::impossible_date::RULE,
    evidence::incomplete_source::RULE,
    citing::JOINED_SOURCES,
    language::docs::KEY_POINTS,
    body::KRAMDOWN_ATTRIBUTES,
    files::LEAK,
    citing::LEFT_OUT_SOURCE,
    language::docs::LEFTOVER,
    language::docs::LIKELIHOOD_AND_CONFIDENCE,
    links::link_outside::RULE,
    language::docs::LOADED_WORD,
    terms::lone_text::RULE,
    versions::LONE_VERSION,
    addresses::long_address::RULE,
    language::docs::LONG_SENTENCE,
    files::LOST_ADDRESS,
    theme::LOW_CONTRAST,
    language::docs::MANY_LONG_SENTENCES,
    body::MISSING_ALT,
    links::missing_image::RULE,
    pages::missing_title::RULE,
    language::docs::MIXED_SCALES,
    outside::MOVED_LINK,
    citing::NEARLY_SOURCE,
    addresses::no_base_url::RULE,
    register::NO_LINK,
    citing::NO_REGISTER,
    files::NOT_UTF8,
    published::NUMBER_CHANGED,
    addresses::number_taken::RULE,
    published::NUMBER_USED_AGAIN,
    citing::ODD_CITATION,
    addresses::odd_number::RULE,
    language::docs::OFF_SCALE,
    files::OTHER_HOST,
    files::OUTSIDE_ROOT,
    language::docs::PERSONAL_CONTACT,
    citing::RAW_CITATION,
    language::docs::READING_GRADE,
    language::docs::RELATIVE_DATE,
    front::REVIEW_OVERDUE,
    language::docs::SAID_TWICE,
    addresses::same_address::RULE,
    files::SAME_DATA,
    addresses::same_id::RULE,
    files::SAME_OUTPUT,
    evidence::same_source::RULE,
    versions::SAME_VERSION,
    front::SCRIPTED_DATE,
    evidence::secondary_only::RULE,
    published::SILENT_EDIT,
    evidence::single_source::RULE,
    terms::spelling_clash::RULE,
    language::docs::SUMMARY_REPEATS_TITLE,
    evidence::superseded_cited::RULE,
    states::supersession_conflict::RULE,
    states::supersession_loop::RULE,
    citing::SWAPPED_CITATION,
    files::SYMLINK_LOOP,
    terms::term_clash::RULE,
    files::TOO_LARGE,
    terms::topic_loop::RULE,
    addresses::two_indexes::RULE,
    register::UNBRACED_BODY,
    evidence::uncited_figure::RULE,
    register::UNCLEAR_DATE,
    outside::UNCLEAR_LINK,
    front::UNCLEAR_TIME,
    text::UNCLOSED_COMMENT,
    body::UNCLOSED_SHORTCODE,
    states::undated::RULE,
    language::docs::UNDEFINED_ACRONYM,
    body::UNDEFINED_NOTE,
    front::UNFILLED_PERMALINK,
    body::UNKNOWN_ALERT,
    terms::unknown_broader::RULE,
    front::UNKNOWN_KEY,
    front::UNKNOWN_KIND,
    body::UNKNOWN_LANGUAGE,
    register::UNKNOWN_LATEX,
    pages::unknown_layout::RULE,
    text::UNKNOWN_LIKELIHOOD,
    pages::unknown_lint::RULE,
    front::UNKNOWN_MARKING,
    theme::UNKNOWN_PART,
    links::unknown_reference::RULE,
    files::UNKNOWN_SETTING,
    body::UNKNOWN_SHORTCODE,
    citing::UNKNOWN_SOURCE,
    register::UNKNOWN_SOURCE_KIND,
    front::UNKNOWN_STATUS,
    pages::unknown_template::RULE,
    theme::UNKNOWN_THEME,
    terms::unknown_topic::RULE,
    register::UNPARTED_NAMES,
    front::UNQUOTED_NUMBER,
    register::UNREAD_FIELD,
    body::UNREAD_HEADING,
    body::UNREAD_LINK,
    files::UNREAD_MARKDOWN,
    body::UNREAD_MARKUP,
    body::UNREAD_TABLE,
    files::UNREADABLE,
    links::unused_file::RULE,
    body::UNUSED_NOTE,
    front::UPDATED_TO_COME,
    body::WIDE_TABLE,
    states::withdrawn_without_reason::RULE,
    front::WRONG_TYPE,
];

/// All problems of a site, in no order.
pub fn check(context: &LintContext, memory: &mut Memory) -> Vec<Diagnostic> {
    let ask = |silent: &[&str]| {
        let is_asked = |rule: &&'static Rule| weight::is_wanted(context, rule.code) && !silent.contains(&rule.code);
        let wanted = RULES.par_iter().filter(is_asked);
        wanted.filter_map(|rule| Some((rule, rule.check?(context)))).collect()
    };
    let mut found = memory.find(context, ask);
    found.extend(language::find(context, &mut memory.language));
    let mut told: Vec<Diagnostic> = found.iter().filter_map(|problem| weight::weighed(context, problem)).collect();
    let idle = pages::idle_silence::find(context, &found);
    told.extend(idle.iter().filter_map(|problem| weight::weighed(context, problem)));
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_in_the_order_of_their_codes_each_once() {
        assert!(RULES.is_sorted_by(|a, b| a.code < b.code));
    }

    #[test]
    fn every_rule_says_what_it_means_and_how_to_mend_it() {
        for rule in RULES {
            let paragraphs = rule.doc.split("\n\n").count();
            assert!(paragraphs >= 2 && rule.doc.ends_with('.'), "{}", rule.code);
            assert!(!rule.doc.contains(['\t', '\r']) && rule.doc.lines().all(|line| line.chars().count() <= 160), "{}", rule.code);
        }
    }

    /// The codes of diagnostics that a source file makes, by the text between `Diagnostic::error(` and the like and the first string.
    fn codes(text: &str) -> Vec<String> {
        let code = text.split("#[cfg(test)]").next().expect("a beginning");
        // The code is the first argument, or the second after a severity; one that is a constant has no string there.
        let makers = [("Diagnostic::error(", 0), ("Diagnostic::warning(", 0), ("Diagnostic::new(", 1)];
        let of_maker =
            |(maker, place): (&'static str, usize)| code.match_indices(maker).map(move |(at, _)| (&code[at + maker.len()..], place));
        let word = |(call, place): (&str, usize)| {
            let (before, rest) = call.split_once('"')?;
            let is_code = before.matches(',').count() == place && (place == 1 || before.trim().is_empty());
            let word = rest.split('"').next()?;
            let is_word =
                !word.is_empty() && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-');
            (is_code && is_word).then(|| word.to_string())
        };
        makers.into_iter().flat_map(of_maker).filter_map(word).collect()
    }

    #[test]
    fn codes_are_found_in_sources() {
        let text = r#"Diagnostic::error("a-b", "x") Diagnostic::new(
            severity, "c-d", format!("x")) Diagnostic::warning(CODE, "message") Diagnostic::error(
            "e-f",
        ) #[cfg(test)] Diagnostic::error("g-h", "")"#;
        assert_eq!(codes(text), ["a-b", "e-f", "c-d"]);
    }

    /// The sources of the program, without tests that have files of their own: path below `src/` and text.
    fn sources() -> Vec<(String, String)> {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let paths = walkdir::WalkDir::new(&root).into_iter().map(|entry| entry.expect("the sources can be read").into_path());
        let code = paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs"));
        let inside = |path: &std::path::Path| path.strip_prefix(&root).expect("a source").to_string_lossy().into_owned();
        code.map(|path| (inside(&path), std::fs::read_to_string(&path).expect("the sources can be read"))).collect()
    }

    #[test]
    fn every_code_that_is_told_is_explained() {
        let found = sources().into_iter().flat_map(|(_, text)| codes(&text));
        let unknown: Vec<String> = found.filter(|code| !RULES.iter().any(|rule| rule.code == code)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn every_code_that_is_explained_is_told() {
        let others: Vec<String> = sources().into_iter().filter(|(path, _)| !path.starts_with("lint/")).map(|(_, text)| text).collect();
        let is_reported = |rule: &&Rule| rule.check.is_some() || others.iter().any(|text| text.contains(&format!("\"{}\"", rule.code)));
        let silent: Vec<&str> = RULES.iter().filter(|rule| !is_reported(rule)).map(|rule| rule.code).collect();
        assert!(silent.is_empty(), "{silent:?}");
    }
}
