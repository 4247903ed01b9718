//! What each key's value may be, and which field of `Front` it says.
//!
//! It must not know where a key stands among the others, or by which of its names it goes.

use std::borrow::Cow;

use super::fields::truth;
use super::keys::Key;
use super::node::{Data, Node};
use super::read::{Entry, Reader};
use super::{Change, ChangeKind, Front, Office, Status, Withdrawn};
use crate::diagnostic::{Diagnostic, nearest};
use crate::page::body::comments;
use crate::page::date::Stamp;
use crate::page::route::{can_redirect, is_address};
use crate::url::decode;

impl Reader<'_, '_> {
    /// Takes the entry that says what `key` is.
    pub fn hold(&mut self, key: Key, entry: &Entry) {
        let Entry { name, at, value, .. } = entry;
        self.span(key, at, value);
        // `embargo: false` says that there is none.
        if matches!(key, Key::PublishAt | Key::Expires) && truth(value) == Some(false) {
            return;
        }
        if key == Key::Id {
            self.number(name, value);
        }
        let (front, fields) = (&mut self.front, &mut self.fields);
        if let Some(field) = text_field(front, key) {
            *field = if is_read(key) { said(fields.text(name, value)) } else { fields.text(name, value) };
        } else if let Some(field) = list_field(front, key) {
            let texts = fields.texts(name, value).unwrap_or_default();
            *field = if is_read(key) { texts.into_iter().filter_map(|text| said(Some(text))).collect() } else { texts };
        } else if let Some(field) = stamp_field(front, key) {
            *field = fields.stamp(name, value);
            let is_unclear = || value.text().and_then(Stamp::parse).is_none();
            front.date_unclear |= matches!(key, Key::Date | Key::Expires) && is_unclear();
        } else if let Some(taxonomy) = key.taxonomy() {
            front.terms[taxonomy as usize] = fields.texts(name, value);
        } else {
            self.hold_other(key, entry);
        }
    }

    fn hold_other(&mut self, key: Key, entry: &Entry) {
        let Entry { name, value, .. } = *entry;
        match key {
            Key::Slug => self.slug(name, value),
            Key::Path => self.path(name, value),
            Key::Aliases => self.aliases(name, value),
            Key::Status => self.status(name, value),
            Key::Draft => self.draft(name, value),
            Key::Published if truth(value) == Some(false) => self.say(Status::Draft),
            Key::PublishAt => {
                self.front.publish_at = self.fields.stamp(name, value);
                self.front.embargo_unclear |= value.text().and_then(Stamp::parse).is_none();
            }
            Key::Withdrawn => self.withdrawn(name, value),
            Key::Changes => self.changes(name, value),
            Key::Offices => self.offices(name, value),
            Key::Broader | Key::Related | Key::Featured => self.topic_list(key, name, value),
            Key::ReviewIn => self.review_in(name, value),
            Key::Lang => self.lang(name, value),
            Key::Weight => self.front.weight = self.fields.integer(name, value),
            Key::Toc => self.front.toc = self.fields.truth(name, value),
            Key::Noindex => self.front.noindex = self.fields.truth(name, value),
            Key::Cascade => self.cascade(name, value),
            Key::Extra | Key::Params => match &value.data {
                Data::Map(entries) => self.extra.join(entries, self.fields.problems),
                _ => self.fields.wrong(name, value, "a map"),
            },
            Key::Taxonomies => self.fields.wrong(name, value, "a map of lists"),
            // The rest is read by its type; `published: true` says nothing.
            _ => {}
        }
    }

    fn slug(&mut self, name: &str, value: &Node) {
        let Some(slug) = self.fields.text(name, value) else { return };
        // It may have been copied from a browser.
        let plain = decode(&slug).into_owned();
        let is_climbing = plain.trim_matches('/').split('/').any(|part| matches!(part, "" | "." | ".."));
        if is_climbing || plain.contains('\\') || plain.chars().any(char::is_control) {
            let problem = Diagnostic::error("bad-slug", format!("`{}` is no slug", slug.escape_debug()));
            let hint = "a slug is the end of an address, such as `budget` or `2026/budget`; write `path` for a whole one";
            self.fields.problems.add(value.range.clone(), problem.hint(hint));
            return;
        }
        self.front.slug = Some(plain);
    }

    fn path(&mut self, name: &str, value: &Node) {
        let Some(path) = self.fields.text(name, value) else { return };
        let hint = if path.contains("://") || path.starts_with("//") {
            "write where the page lives on this site, such as `/briefings/x/`"
        } else if path.split('/').any(|part| part.starts_with(':')) {
            "placeholders such as `:title` are not filled in; write the whole path"
        } else {
            let plain = decode(&path).into_owned();
            if !plain.chars().any(char::is_control) && !plain.contains('\\') && plain.split('/').all(|part| part != "..") {
                self.front.path = Some(plain);
                return;
            }
            "write a path from the root of the site, such as `/briefings/x/`"
        };
        let problem = Diagnostic::error("bad-path", format!("`{}` is no path of a page", path.escape_debug()));
        self.fields.problems.add(value.range.clone(), problem.hint(hint));
    }

    /// Keeps names, and the old addresses for which a file can be written. No file answers to a query, and no host but our own is asked for ours.
    fn aliases(&mut self, name: &str, value: &Node) {
        let Some(aliases) = self.fields.texts(name, value) else { return };
        let (lost, kept): (Vec<_>, Vec<_>) = aliases.into_iter().partition(|alias| is_address(alias) && !can_redirect(alias));
        self.front.aliases = kept;
        for alias in lost {
            let problem =
                Diagnostic::warning("bad-alias", format!("no file can stand at `{}`, so it will not redirect", alias.escape_debug()));
            let hint = "write the path that led to this page on this site, such as `/old/place/`";
            let text = self.fields.problems.text();
            let at = text.get(value.range.clone()).and_then(|written| written.find(&alias)).map(|at| value.range.start + at);
            self.fields.problems.add(at.map_or(value.range.clone(), |at| at..at + alias.len()), problem.hint(hint));
        }
    }

    /// How long the page holds: what cannot be read would never be due.
    fn review_in(&mut self, name: &str, value: &Node) {
        let Some(span) = self.fields.text(name, value) else { return };
        if span.parse::<jiff::Span>().is_err() {
            let problem =
                Diagnostic::warning("bad-review-in", format!("`{}` is no span of time, so no review is ever due", span.escape_debug()));
            self.fields.problems.add(value.range.clone(), problem.hint("write `6 months`, `1 year` or `90 days`"));
            return;
        }
        self.front.review_in = Some(span);
    }

    fn lang(&mut self, name: &str, value: &Node) {
        let Some(code) = self.fields.text(name, value) else { return };
        if is_language(&code) {
            self.front.lang = Some(code);
            return;
        }
        let problem =
            Diagnostic::warning("bad-lang", format!("`{}` is no code of a language, so that of the site is taken", code.escape_debug()));
        let near = code.replace('_', "-");
        let hint = if is_language(&near) { format!("write `{near}`") } else { "write a code such as `fr` or `pt-BR`".into() };
        self.fields.problems.add(value.range.clone(), problem.hint(hint));
    }

    /// Notes a status; of several the most hidden holds.
    fn say(&mut self, status: Status) {
        self.front.status = Some(self.front.status.map_or(status, |said| said.more_hidden(status)));
    }

    fn status(&mut self, name: &str, value: &Node) {
        let Some(word) = self.fields.text(name, value) else {
            self.front.status_unknown = true;
            return;
        };
        if let Some((_, status)) = Status::NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(&word)) {
            return self.say(*status);
        }
        self.front.status_unknown = true;
        let names = Status::NAMES.iter().map(|(name, _)| *name);
        let hint = match nearest(&word, names.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is one of {}", names.collect::<Vec<_>>().join(", ")),
        };
        self.fields
            .problems
            .add(value.range.clone(), Diagnostic::error("unknown-status", format!("there is no status `{word}`")).hint(hint));
    }

    fn draft(&mut self, name: &str, value: &Node) {
        match self.fields.truth(name, value) {
            Some(true) => self.say(Status::Draft),
            // Said, so that a cascade cannot make it a draft.
            Some(false) => self.say(Status::Published),
            None => self.front.status_unknown = true,
        }
    }

    fn withdrawn(&mut self, name: &str, value: &Node) {
        let withdrawn = match truth(value) {
            Some(false) => return,
            Some(true) => Withdrawn::default(),
            None => {
                let Some([date, reason]) = self.fields.parts(name, value, ["date", "reason"]) else { return };
                Withdrawn {
                    date: date.and_then(|date| self.fields.stamp("date", date)),
                    reason: said(reason.and_then(|reason| self.fields.text("reason", reason))).unwrap_or_default(),
                }
            }
        };
        self.front.withdrawn = Some(withdrawn);
        self.say(Status::Withdrawn);
    }

    fn changes(&mut self, name: &str, value: &Node) {
        for item in self.fields.items(name, value) {
            let Some([date, note, kind]) = self.fields.parts(name, item, ["date", "note", "kind"]) else { continue };
            if date.is_none() && note.is_none() {
                continue;
            }
            let note = said(note.and_then(|note| self.fields.text("note", note))).unwrap_or_default();
            let kind = kind.map_or(ChangeKind::Minor, |kind| self.change_kind(kind));
            match date {
                Some(date) => self.front.changes.extend(self.fields.stamp("date", date).map(|date| Change { date, note, kind })),
                None => self.no_date(name, item),
            }
        }
    }

    fn no_date(&mut self, name: &str, item: &Node) {
        let problem = Diagnostic::error("wrong-type", format!("an entry of `{name}` has no `date`"));
        self.fields.problems.add(item.range.clone(), problem.hint("write the day of the change, such as `date: 2026-02-03`"));
    }

    /// Tells of an `id` that is kept as it is written here, and that other readers of YAML take for a number.
    fn number(&mut self, name: &str, value: &Node) {
        let Data::Scalar(text, true) = &value.data else { return };
        if !is_rewritten(text) {
            return;
        }
        let problem =
            Diagnostic::warning("unquoted-number", format!("other programs read `{name}: {text}` as a number, and write another one"));
        self.fields.problems.add(value.range.clone(), problem.hint(format!("put it in quotes: `{name}: \"{text}\"`")));
    }

    fn change_kind(&mut self, value: &Node) -> ChangeKind {
        let word = value.text().unwrap_or("").trim();
        let kinds = [("major", ChangeKind::Major), ("minor", ChangeKind::Minor), ("correction", ChangeKind::Correction)];
        match kinds.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)) {
            Some((_, kind)) => *kind,
            None => {
                self.fields.wrong("kind", value, "`major`, `minor` or `correction`");
                ChangeKind::Minor
            }
        }
    }

    fn offices(&mut self, name: &str, value: &Node) {
        const PARTS: [&str; 5] = ["office", "of", "from", "to", "source"];
        for item in self.fields.items(name, value) {
            let Some(parts) = self.fields.parts(name, item, PARTS) else { continue };
            let mut names = PARTS.iter();
            let [office, of, from, to, source] = parts.map(|part| names.next().and_then(|name| self.fields.text(name, part?)));
            if [&office, &of, &from, &to, &source].iter().all(|part| part.is_none()) {
                continue;
            }
            match office {
                Some(office) => self.front.offices.push(Office { office, of, from, to, source }),
                None => self.fields.wrong(name, item, "a map with an `office`"),
            }
        }
    }

    /// A key that means something on topic pages only: elsewhere it may be anything, such as `featured: true`.
    fn topic_list(&mut self, key: Key, name: &str, value: &Node) {
        let before = self.fields.problems.count();
        let list = match value.plain_bool() {
            Some(_) => {
                self.fields.wrong(name, value, "text or a list of texts");
                None
            }
            None => self.fields.texts(name, value),
        };
        let wrong = self.fields.problems.split_off(before);
        self.front.topic_diagnostics.extend(wrong);
        match (list, key) {
            (Some(list), Key::Broader) => self.front.broader = list,
            (Some(list), Key::Related) => self.front.related = list,
            (Some(list), _) => self.front.featured = list,
            (None, _) => self.extra.add(name, value, self.fields.problems),
        }
    }

    /// Defaults for the pages below: a map, or a list of maps of which the first that says something holds.
    fn cascade(&mut self, name: &str, value: &Node) {
        let mut joined: Option<Front> = None;
        for item in self.fields.items(name, value) {
            let Data::Map(entries) = &item.data else {
                if !item.is_blank() {
                    self.fields.wrong(name, item, "a map");
                }
                continue;
            };
            if let Some((target, _)) = entries.iter().find(|(key, _)| matches!(key.text(), Some("_target" | "target"))) {
                let problem = Diagnostic::warning("cascade-target", "a cascade for some of the pages below is left out");
                let hint = "put the defaults in the `_index.md` of the folder that is meant";
                self.fields.problems.add(target.range.clone(), problem.hint(hint));
                continue;
            }
            let defaults = Reader::new(self.fields.problems).read(entries);
            joined = Some(match joined {
                None => defaults,
                Some(first) => first.with_defaults(&defaults),
            });
        }
        self.front.cascade = joined.map(Box::new);
    }
}

/// Whether plain YAML is a number that no program writes as it stands: `0123`, `1.10`, `1_000`, `1e3`
/// (<https://yaml.org/type/int.html>, <https://yaml.org/type/float.html>).
fn is_rewritten(text: &str) -> bool {
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_padded = text.len() > 1 && text.starts_with('0') && is_number(text);
    let is_cut = text.split_once('.').is_some_and(|(whole, part)| is_number(whole) && is_number(part) && part.ends_with('0'));
    let is_grouped = text.contains('_') && text.split('_').all(is_number);
    let is_power = text.split_once(['e', 'E']).is_some_and(|(whole, power)| is_number(whole) && is_number(power));
    is_padded || is_cut || is_grouped || is_power
}

/// Whether a text has the form of a language tag: a code of two or three letters, and parts of at most eight letters and digits
/// (<https://www.rfc-editor.org/rfc/rfc5646#section-2.1>).
fn is_language(code: &str) -> bool {
    let mut parts = code.split('-');
    let is_code = |part: &str| matches!(part.len(), 2 | 3) && part.bytes().all(|letter| letter.is_ascii_alphabetic());
    parts.next().is_some_and(is_code)
        && parts.all(|part| matches!(part.len(), 1..=8) && part.bytes().all(|letter| letter.is_ascii_alphanumeric()))
}

/// Keys whose texts readers see as they are written: what their authors wrote for themselves is left out.
fn is_read(key: Key) -> bool {
    matches!(key, Key::Title | Key::Summary | Key::Owner | Key::Licence | Key::Points | Key::Recommendations | Key::Synonyms | Key::Names)
}

/// A text as readers see it: without its comments.
fn said(text: Option<String>) -> Option<String> {
    text.map(|text| match comments::plain(&text) {
        Cow::Owned(said) => said,
        Cow::Borrowed(_) => text,
    })
}

fn text_field(front: &mut Front, key: Key) -> Option<&mut Option<String>> {
    Some(match key {
        Key::Title => &mut front.title,
        Key::Summary => &mut front.summary,
        Key::Id => &mut front.id,
        Key::Type => &mut front.type_,
        Key::Owner => &mut front.owner,
        Key::Kind => &mut front.kind,
        Key::Image => &mut front.image,
        Key::Licence => &mut front.licence,
        Key::Doi => &mut front.doi,
        Key::Template => &mut front.template,
        Key::Layout => &mut front.layout,
        _ => return None,
    })
}

fn list_field(front: &mut Front, key: Key) -> Option<&mut Vec<String>> {
    Some(match key {
        Key::Points => &mut front.key_points,
        Key::Recommendations => &mut front.recommendations,
        Key::Supersedes => &mut front.supersedes,
        Key::SupersededBy => &mut front.superseded_by,
        Key::Synonyms => &mut front.synonyms,
        Key::Names => &mut front.names,
        Key::SameAs => &mut front.same_as,
        _ => return None,
    })
}

fn stamp_field(front: &mut Front, key: Key) -> Option<&mut Option<Stamp>> {
    Some(match key {
        Key::Date => &mut front.date,
        Key::Updated => &mut front.updated,
        Key::Expires => &mut front.expires,
        Key::LastReviewedOn => &mut front.last_reviewed_on,
        Key::AsOf => &mut front.as_of,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::read;
    use super::*;

    fn keys(yaml: &str) -> Front {
        read(&Arc::from("content/x.md"), &format!("---\n{yaml}---\n"))
    }

    fn codes(front: &Front) -> Vec<&str> {
        front.diagnostics.iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn the_most_hidden_of_what_a_page_says_holds() {
        let cases = [
            ("title: A\n", None),
            ("draft: false\n", Some(Status::Published)),
            ("draft: true\nstatus: published\n", Some(Status::Draft)),
            ("draft: yes\n", Some(Status::Draft)),
            ("draft: false\nstatus: review\n", Some(Status::Review)),
            ("status: Archived\ndraft: false\n", Some(Status::Archived)),
            ("withdrawn: {date: 2026-01-19, reason: R}\n", Some(Status::Withdrawn)),
            ("withdrawn: {reason: R}\nstatus: draft\n", Some(Status::Draft)),
            ("withdrawn: {reason: R}\nstatus: superseded\n", Some(Status::Withdrawn)),
            ("published: false\ndate: 2025-01-01\n", Some(Status::Draft)),
            ("published: true\n", None),
        ];
        for (yaml, status) in cases {
            let page = keys(yaml);
            assert_eq!((page.status, page.status_unknown, codes(&page)), (status, false, vec![]), "{yaml}");
        }
    }

    #[test]
    fn a_page_whose_state_cannot_be_told_is_never_public() {
        let page = keys("status: reveiw\n");
        assert!(page.status_unknown);
        assert_eq!((codes(&page), &page.diagnostics[0].hints[..]), (vec!["unknown-status"], &["did you mean `review`?".to_string()][..]));
        assert!(keys("status: secret\n").diagnostics[0].hints[0].starts_with("it is one of draft, review"));
        for yaml in ["draft: perhaps\n", "status: [draft]\n"] {
            assert!(keys(yaml).status_unknown, "{yaml}");
        }
        for yaml in ["publish_at: soon\n", "publish_at: 9:30 on 12 December\n", "embargo: true\n"] {
            assert!(keys(yaml).embargo_unclear, "{yaml}");
        }
        assert_eq!(keys("embargo: true\n").diagnostics[0].hints[0], "write `publish_at: DATE`");
    }

    #[test]
    fn keys_that_say_nothing_hide_nothing_and_are_no_mistake() {
        for value in ["", "~", "''", "[]", "{}", "[~]", "{date: '', reason: ''}"] {
            for name in
                ["status", "draft", "publish_at", "embargo", "expires", "date", "withdrawn", "changes", "offices", "image", "hidden"]
            {
                let page = keys(&format!("{name}: {value}\n"));
                assert_eq!((codes(&page), page.status, page.withdrawn.is_some()), (vec![], None, false), "{name}: {value}");
                assert!(!page.status_unknown && !page.embargo_unclear && !page.date_unclear, "{name}: {value}");
            }
        }
        for yaml in ["embargo: false\n", "publish_at: no\n", "expires: false\n"] {
            assert_eq!((codes(&keys(yaml)), keys(yaml).embargo_unclear), (vec![], false), "{yaml}");
        }
    }

    #[test]
    fn an_entry_of_a_form_that_nobody_has_filled_in_is_as_if_absent() {
        let page =
            keys("changes: [{date: '', note: '', kind: minor}, {}, {date: 2026-01-02, note: N}]\noffices: [{office: '', from: ''}]\n");
        assert_eq!((codes(&page), page.changes.len(), page.offices.len()), (vec![], 1, 0));
        let page = keys("changes:\n  - {date: 2026-01-02, note: N}\n  - {date: '', note: M, kind: minor}\n");
        let problem = &page.diagnostics[0];
        assert_eq!(
            (problem.message.as_str(), problem.place.as_ref().map(|place| place.line)),
            ("an entry of `changes` has no `date`", Some(4))
        );
    }

    #[test]
    fn a_number_that_other_programs_write_in_another_way_is_told() {
        for id in ["0123", "007", "1.10", "1_000", "1e3"] {
            assert_eq!(codes(&keys(&format!("id: {id}\n"))), ["unquoted-number"], "{id}");
        }
        for id in ["'0123'", "123", "PB-007", "1.1", "2026-004", "0", "e3"] {
            assert_eq!(codes(&keys(&format!("id: {id}\n"))), [""; 0], "{id}");
        }
    }

    #[test]
    fn maps_that_forms_write_where_a_text_is_meant_are_told_with_what_to_set() {
        let hint = |yaml: &str| keys(yaml).diagnostics[0].hints.last().cloned().unwrap_or_default();
        assert!(hint("key_points: [{point: One}]\n").starts_with("in your CMS, give `key_points` texts"));
        assert_eq!(hint("image: {src: a.png, alt: x}\n"), "write the address alone: `image: a.png`");
        assert!(hint("tags:\n  - Talks: first\n").contains("in quotes"));
    }

    #[test]
    fn a_date_in_few_digits_is_offered_with_all_of_them() {
        assert_eq!(keys("date: 2026-1-5\n").diagnostics[0].hints[0], "write `date: 2026-01-05`");
    }

    #[test]
    fn published_is_a_date_or_a_truth() {
        let page = keys("published: 2025-03-04\n");
        assert_eq!(page.date.map(|date| date.iso()).as_deref(), Some("2025-03-04"));
        assert_eq!(page.status, None);
    }

    #[test]
    fn a_permalink_is_a_path_or_hides_the_page() {
        assert_eq!(keys("permalink: /404.html\n").path.as_deref(), Some("/404.html"));
        assert!(keys("permalink: false\npath: /x/\n").hidden_by_permalink);
        assert!(!keys("permalink: true\n").hidden_by_permalink);
    }

    #[test]
    fn slugs_and_paths_that_lead_nowhere_are_errors() {
        for yaml in ["slug: a//b\n", "slug: ../b\n", "slug: /\n", "slug: '..'\n", "slug: \"a\\tb\"\n", "slug: a%2F%2E%2E\n"] {
            assert_eq!(codes(&keys(yaml)), ["bad-slug"], "{yaml}");
        }
        for yaml in ["path: ../x\n", "path: /%2E%2E/x\n", "url: https://example.org/\n", "permalink: /:year/:title/\n", "path: \"a\\nb\"\n"]
        {
            assert_eq!(codes(&keys(yaml)), ["bad-path"], "{yaml}");
        }
        assert_eq!(keys("slug: C++ & Über\n").slug.as_deref(), Some("C++ & Über"));
        assert_eq!(keys("slug: 2026/budget\n").slug.as_deref(), Some("2026/budget"));
    }

    #[test]
    fn a_slug_or_path_copied_from_a_browser_is_decoded_once() {
        let page = keys("slug: b%C3%BCrger\npath: /100%25/b%C3%BCrger%zz/\n");
        assert_eq!((page.slug.as_deref(), page.path.as_deref()), (Some("bürger"), Some("/100%/bürger%zz/")));
    }

    #[test]
    fn an_alias_that_no_file_can_answer_is_left_out_and_told_at_its_place() {
        let page = keys("aliases: [/a/, \"https://example.org/b/\", \"/?p=12\", \"/c/#d\", .git/x, C#, .NET, ../old]\n");
        assert_eq!((codes(&page), &page.aliases[..]), (vec!["bad-alias"; 4], &["/a/", "C#", ".NET", "../old"].map(String::from)[..]));
        let places: Vec<u32> = page.diagnostics.iter().filter_map(|problem| Some(problem.place.as_ref()?.column)).collect();
        assert_eq!(places, [17, 43, 53, 61]);
    }

    #[test]
    fn a_language_and_a_time_of_review_that_cannot_be_read_are_left_out() {
        let page = keys("lang: English\nreview_in: every spring\n");
        assert_eq!((codes(&page), &page.lang, &page.review_in), (vec!["bad-lang", "bad-review-in"], &None, &None));
        assert_eq!(keys("lang: pt_BR\n").diagnostics[0].hints, ["write `pt-BR`"]);
        for yaml in ["lang: zh-Hant-TW\n", "lang: fr\n", "review_in: 6 months\n", "review_in: 1 year\n"] {
            assert_eq!(codes(&keys(yaml)), [""; 0], "{yaml}");
        }
    }

    #[test]
    fn comments_leave_every_text_that_readers_see() {
        let page = keys("owner: A %%x%%\nwithdrawn: {reason: \"R <!-- y -->\"}\nchanges: [{date: 2026-01-02, note: N %%z%%}]\n");
        assert_eq!(page.owner.as_deref(), Some("A"));
        assert_eq!(page.withdrawn.as_ref().map(|withdrawn| withdrawn.reason.as_str()), Some("R"));
        assert_eq!(page.changes[0].note, "N");
    }

    #[test]
    fn a_date_that_is_none_is_noted() {
        assert!(keys("date: never\n").date_unclear && keys("expires: [x]\n").date_unclear);
        assert!(!keys("date: 2026-01-01\nupdated: never\n").date_unclear && !keys("date:\n").date_unclear);
    }

    #[test]
    fn changes_and_offices_are_lists_of_maps() {
        let page = keys("changes:\n  - {date: 2026-01-02, note: N, kind: major}\n  - date: 2026-01-03\n    note: 5\n");
        let changes: Vec<_> = page.changes.iter().map(|change| (change.date.iso(), change.note.as_str(), change.kind)).collect();
        assert_eq!(changes, [("2026-01-02".into(), "N", ChangeKind::Major), ("2026-01-03".into(), "5", ChangeKind::Minor)]);
        let office = &keys("offices: {office: President, of: US, from: 2017, to: 2021-01}\n").offices[0];
        assert_eq!((office.from.as_deref(), office.to.as_deref(), &office.source), (Some("2017"), Some("2021-01"), &None));
        assert_eq!(codes(&keys("changes: [{note: N}, x]\noffices: [{of: US}]\n")), ["wrong-type"; 3]);
        assert_eq!(codes(&keys("changes: [{date: 2026-01-02, kind: huge, noet: x}]\n")), ["wrong-type", "unknown-key"]);
    }

    #[test]
    fn keys_of_topic_pages_are_checked_on_those_only() {
        let page = keys("featured: true\nrelated: [{title: A}]\nbroader: b\n");
        assert_eq!((codes(&page), page.topic_diagnostics.len()), (vec![], 2));
        assert_eq!((page.featured.len(), page.related.len(), page.broader), (0, 0, vec!["b".to_string()]));
        let names: Vec<&str> = page.extra.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["featured", "related"]);
    }

    #[test]
    fn a_layout_is_kept_beside_a_template() {
        let page = keys("layout: post\ntemplate: brief.html\n");
        assert_eq!((page.layout.as_deref(), page.template.as_deref()), (Some("post"), Some("brief.html")));
    }
}
