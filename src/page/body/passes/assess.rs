//! Judgements of likelihood: `[likely]{.assess}`, of which readers are shown the range that the scale of the site gives the words.
//!
//! It must not know which scales there are.

use memchr::memchr;

use super::{Spot, Taken, TextPass};
use crate::config::Scale;
use crate::diagnostic::{Diagnostic, nearest};
use crate::html::attribute;
use crate::page::body::renderer::Renderer;
use crate::typography::primary;

/// Looks at what may begin marked words.
pub const PASS: TextPass = TextPass { bytes: b"[", look };

/// What stands behind the words.
const MARK: &str = "]{.assess}";
/// So many bytes such words have at most.
const LONGEST: usize = 60;

fn look(page: &mut Renderer, spot: &Spot) -> Taken {
    let inside = &spot.text[spot.at + 1..];
    let near = &inside.as_bytes()[..inside.len().min(LONGEST)];
    let Some(end) = memchr(b']', near).filter(|end| *end > 0 && inside[*end..].starts_with(MARK)) else { return Taken::Nothing };
    let words = &inside[..end];
    page.plain(&spot.text[spot.written..spot.at]);
    let range = spot.start + spot.at..spot.start + spot.at + 1 + end + MARK.len();
    let scale = page.input.settings.likelihood;
    let step = scale.and_then(|scale| scale.step(words).map(|step| (scale, step)));
    if step.is_none() {
        page.problem(unknown(words, scale), range.clone());
    }
    page.out.push("<span class=\"assess\"");
    if let Some((scale, step)) = step {
        // English has no space before the sign.
        let sign = if primary(&page.input.lang) == "en" { "%" } else { "\u{202F}%" };
        let [from, to] = step.range;
        attribute("title", &format!("{from}–{to}{sign} ({})", scale.name()), &mut page.out.html);
    }
    page.out.push(">");
    page.literal(words);
    page.out.push("</span>");
    Taken::Written(range.end - spot.start)
}

/// Words of which nobody can say what they stand for.
fn unknown(words: &str, scale: Option<Scale>) -> Diagnostic {
    let Some(scale) = scale else {
        let problem = Diagnostic::warning("unknown-likelihood", format!("`{words}` has no range: the site has chosen no scale"));
        return problem.hint("write `scale = \"phia\"`, `\"icd203\"` or `\"ipcc\"` into `[likelihood]` of `site.toml`");
    };
    let known = || scale.steps().iter().flat_map(|step| step.words).copied();
    let problem = Diagnostic::warning("unknown-likelihood", format!("`{words}` is not in the words of {}", scale.name()));
    match nearest(words, known()) {
        Some(near) => problem.hint(format!("did you mean `{near}`?")),
        None => problem.hint(format!("take one of: {}", known().collect::<Vec<_>>().join(", "))),
    }
}
