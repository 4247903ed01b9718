//! Blocks of code, coloured by their language.
//!
//! It must not know grammars.

use super::Fence;
use super::blocks::Block;
use crate::diagnostic::Diagnostic;
use crate::highlight;
use crate::html::{attribute, escape};
use crate::page::body::renderer::Renderer;

/// Writes a block of code of any language, or of none.
pub fn write(page: &mut Renderer, fence: &Fence) -> bool {
    let Fence { language, code, ref range } = *fence;
    let id = page.block_id(Block::Code, range);
    // Code may be wider than the page, and who has no mouse must be able to scroll it.
    page.out.push("<pre tabindex=\"0\"");
    page.out.push(&id);
    page.out.push("><code");
    if language.is_empty() {
        page.out.push(">");
        escape(code, &mut page.out.html);
    } else {
        attribute("class", &format!("language-{language}"), &mut page.out.html);
        attribute("data-lang", language, &mut page.out.html);
        page.out.push(">");
        if !highlight::highlight(language, code, &mut page.out.html) {
            unknown_language(page, fence);
        }
    }
    page.out.push("</code></pre>\n");
    true
}

fn unknown_language(page: &mut Renderer, fence: &Fence) {
    let Fence { language, range, .. } = fence;
    let message = format!("nobody knows how to colour `{language}`");
    let is_error = page.markdown().error_on_missing_language;
    let problem = if is_error { Diagnostic::error } else { Diagnostic::warning }("unknown-language", message);
    let problem = match highlight::nearest_language(language) {
        Some(near) => problem.hint(format!("did you mean `{near}`? `text` stands for no language")),
        None => problem.hint("`text` stands for no language"),
    };
    let start = page.source.text[range.clone()].find(language).map_or(range.start, |at| range.start + at);
    page.problem(problem, start..start + language.len());
}
