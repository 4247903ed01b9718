//! States of tasks that GitHub does not know: `- [/]` is in progress, `- [-]` is not to be done any more, and some more signs that vaults of Obsidian
//! have (<https://help.obsidian.md/syntax#Task%20lists>: any sign may stand there).
//!
//! Letters and digits are left alone: `- [1]` and `- [a]` number what stands behind them.
//!
//! It must not know how they look.

use super::{Spot, Taken, TextPass};
use crate::html::attribute;
use crate::page::body::renderer::Renderer;

/// Looks at brackets.
pub const PASS: TextPass = TextPass { bytes: b"[", look };

/// What may stand in the brackets.
const SIGNS: &[u8] = b"/-<>?!*\"";

fn look(page: &mut Renderer, spot: &Spot) -> Taken {
    let [b'[', sign, b']', b' ', ..] = spot.text.as_bytes()[spot.at..] else { return Taken::Nothing };
    if !SIGNS.contains(&sign) || !begins_item(page.source.text, spot.start + spot.at) {
        return Taken::Nothing;
    }
    let state = match sign {
        b'/' => page.words.in_progress,
        b'-' => page.words.cancelled,
        _ => page.words.to_do,
    };
    page.plain(&spot.text[spot.written..spot.at]);
    page.out.push("<input type=\"checkbox\" disabled");
    attribute("data-task", &char::from(sign).to_string(), &mut page.out.html);
    attribute("aria-label", state, &mut page.out.html);
    page.out.push("> ");
    Taken::Written(spot.at + "[/] ".len())
}

/// Whether only the mark of an item of a list stands before a byte on its line.
fn begins_item(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let before = text[line..at].trim_matches([' ', '\t', '>']);
    matches!(before, "-" | "*" | "+") || before.trim_end_matches(['.', ')']).bytes().all(|byte| byte.is_ascii_digit()) && !before.is_empty()
}
