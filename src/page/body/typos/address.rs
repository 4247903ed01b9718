//! Links and pictures whose address Markdown cannot read: with a space in it, without its end, or away from its brackets.
//!
//! It must not know where addresses lead.

use super::super::passes::{Spot, Taken, TextPass};
use super::super::renderer::Renderer;
use super::{LONGEST, head};
use crate::diagnostic::Diagnostic;
use crate::media;

const CODE: &str = "unread-link";

/// Looks at brackets.
pub const PASS: TextPass = TextPass { bytes: b"[", look };

/// What stands behind a pair of brackets.
enum Slip<'t> {
    /// `(my file.pdf)`.
    Space { address: &'t str },
    /// `(x.md`.
    Open { address: &'t str },
    /// ` (x.md)`.
    Gap { address: &'t str },
}

/// Looks at a bracket that is text.
fn look(page: &mut Renderer, spot: &Spot) -> Taken {
    page.look_for_unparsed_link(spot.start + spot.at);
    Taken::Nothing
}

impl Renderer<'_> {
    fn look_for_unparsed_link(&mut self, at: usize) {
        let rest = head(&self.source.text[at..], LONGEST);
        // Most brackets are followed by nothing of the kind.
        if self.open.in_link > 0 || !(rest.contains("](") || rest.contains("] (")) {
            return;
        }
        let Some(close) = closing(rest) else { return };
        let words = &rest[1..close];
        let is_picture = self.source.text[..at].ends_with('!') && !self.source.text[..at].ends_with("\\!");
        let Some((slip, length)) = slip(words, &rest[close + 1..], is_picture) else { return };
        let [what, mark] = if is_picture { ["picture", "!"] } else { ["link", ""] };
        let start = at - mark.len();
        let (message, hint) = match slip {
            Slip::Space { address } => {
                let encoded = address.replace(' ', "%20");
                (
                    format!("this {what} is shown as text: there is a space in its address"),
                    format!("write `<{address}>` or `{encoded}` between the round brackets"),
                )
            }
            Slip::Open { address } => (
                format!("this {what} is shown as text: its address has no end"),
                format!("write `{mark}[{words}]({address})`, with the round bracket behind the address"),
            ),
            Slip::Gap { address } => (
                format!("this {what} is shown as text: there is a space before its address"),
                format!("write `{mark}[{words}]({address})`, one bracket right behind the other"),
            ),
        };
        let (Slip::Space { address } | Slip::Open { address } | Slip::Gap { address }) = slip;
        self.collected.typos.meant.push(address.into());
        self.problem(Diagnostic::warning(CODE, message).hint(hint), start..at + close + 1 + length);
    }
}

/// Where the bracket at the beginning of `text` is closed, in its paragraph.
fn closing(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => depth += 1,
            b']' if depth == 1 => return Some(at),
            b']' => depth -= 1,
            b'\n' if text[at + 1..].trim_start_matches([' ', '\t', '\r']).starts_with('\n') => return None,
            _ => {}
        }
        at += 1;
    }
    None
}

/// What is wrong with what stands behind brackets around `words`, and how many bytes of it are meant.
fn slip<'t>(words: &str, behind: &'t str, is_picture: bool) -> Option<(Slip<'t>, usize)> {
    let line = super::line(behind, 0);
    // What another tool would fill in is told of as its tag.
    if words.starts_with('^') || line.contains("{{") || line.contains("{%") {
        return None;
    }
    if let Some(rest) = line.strip_prefix(" (") {
        let (address, _) = rest.split_once(')')?;
        // `[1] (https://…)` and `[x] (see b)` are what people write.
        let is_link = words.chars().count() > 3 && !address.contains(char::is_whitespace) && is_address(address);
        return is_link.then(|| (Slip::Gap { address }, address.len() + 3));
    }
    let rest = line.strip_prefix('(')?;
    let first = rest.split_whitespace().next().unwrap_or("");
    let Some(end) = end(rest) else {
        let address = first.trim_end_matches([',', '.', ';']);
        let is_meant = !address.is_empty() && !address.starts_with('<') && (is_picture || is_address(address));
        return is_meant.then(|| (Slip::Open { address }, address.len() + 1));
    };
    let address = without_title(&rest[..end]);
    if !address.contains(' ') || address.starts_with('<') {
        return None;
    }
    if is_file(address) {
        return Some((Slip::Space { address }, end + 2));
    }
    // The bracket that was found closes something behind the address.
    is_file(first).then(|| (Slip::Open { address: first }, first.len() + 1)).filter(|_| is_picture)
}

/// Where the round bracket before `text` is closed.
fn end(text: &str) -> Option<usize> {
    let mut depth = 1;
    text.bytes().position(|byte| {
        depth += i32::from(byte == b'(') - i32::from(byte == b')');
        depth == 0
    })
}

/// `x y.png "Title"` without the title.
fn without_title(text: &str) -> &str {
    let text = text.trim();
    let quote = text.chars().next_back().filter(|quote| matches!(quote, '"' | '\''));
    let title = quote.and_then(|quote| text[..text.len() - 1].rfind(&format!(" {quote}")));
    title.map_or(text, |at| text[..at].trim_end())
}

/// True for what can hardly be anything but an address.
fn is_address(text: &str) -> bool {
    ["http://", "https://", "mailto:", "/", "./", "../", "@/"].iter().any(|start| text.starts_with(start)) || is_file(text)
}

/// True for the name of a page or a file, by its ending.
fn is_file(text: &str) -> bool {
    let path = text.split(['#', '?']).next().unwrap_or(text);
    let Some((stem, ending)) = path.rsplit_once('.') else { return false };
    let is_known = ending.eq_ignore_ascii_case("md") || media::type_of(path) != "application/octet-stream";
    is_known && stem.ends_with(|letter: char| letter.is_alphanumeric() || matches!(letter, ')' | '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::super::tests::reports;

    #[test]
    fn an_address_with_a_space_is_told_with_the_two_ways_to_write_it() {
        assert_eq!(
            reports("See ![c](my chart.png) and [x](a/my file.pdf \"T\").\n"),
            [
                "1:5+18 unread-link this picture is shown as text: there is a space in its address | write `<my chart.png>` or `my%20chart.png` between the round brackets",
                "1:28+22 unread-link this link is shown as text: there is a space in its address | write `<a/my file.pdf>` or `a/my%20file.pdf` between the round brackets"
            ]
        );
    }

    #[test]
    fn an_address_without_its_end_or_away_from_its_words_is_told() {
        assert_eq!(
            reports("![alt](x.png and so on\n\n[a report](../x.md\n\n[text] (x.md) [Text] (https://example.org)\n"),
            [
                "1:1+12 unread-link this picture is shown as text: its address has no end | write `![alt](x.png)`, with the round bracket behind the address",
                "3:1+18 unread-link this link is shown as text: its address has no end | write `[a report](../x.md)`, with the round bracket behind the address",
                "5:1+13 unread-link this link is shown as text: there is a space before its address | write `[text](x.md)`, one bracket right behind the other",
                "5:15+28 unread-link this link is shown as text: there is a space before its address | write `[Text](https://example.org)`, one bracket right behind the other"
            ]
        );
    }

    #[test]
    fn brackets_that_are_meant_as_text_are_not_told() {
        let innocent = "[sic] (see below), [1](as amended by Regulation 2020/3), [1] (https://example.org), a[i](the index), [x] (p. 3).\n\n\
                        `![c](my chart.png)` \\[x](my file.pdf) [outer [in](a.md)](b.md) [^1] (x.md) [good](<my file.pdf>) ![c](my%20chart.png)\n\n\
                        - [ ] (later)\n\n[words] go on (and on).\n";
        let reports: Vec<String> = reports(innocent).into_iter().filter(|reports| reports.contains("unread-link")).collect();
        assert_eq!(reports, [""; 0]);
    }
}
