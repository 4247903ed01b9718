//! Addresses that a shortcode writes where no link is: `{{< ref "x.md" >}}` in running text.
//!
//! It must not know where they lead.

use super::super::renderer::Renderer;
use super::super::shortcode::call::{Call, Kind};
use crate::diagnostic::Diagnostic;

const CODE: &str = "unread-link";

/// The shortcodes that write nothing but an address.
const ADDRESSES: [&str; 2] = ["ref", "relref"];

impl Renderer<'_> {
    /// Looks at a call that has written an address of the site outside of any tag.
    pub fn look_at_bare_address(&mut self, call: &Call) {
        let Kind::Open { name, .. } = &call.kind else { return };
        if ADDRESSES.contains(name) {
            let problem =
                Diagnostic::warning(CODE, format!("`{name}` writes an address, and no link is around it: readers see the address"));
            let is_escaped =
                self.source.text[..call.range.start].ends_with("\\](") || self.source.text[..call.range.start].ends_with("\\]\\(");
            let hint = if is_escaped {
                "an editor has put backslashes before the brackets: take them out"
            } else {
                "put it into the round brackets of a link: `[words]({{< ref \"x.md\" >}})`"
            };
            self.problem(problem.hint(hint), call.range.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::reports;

    #[test]
    fn a_ref_that_stands_in_no_link_is_told() {
        let message = "`ref` writes an address, and no link is around it: readers see the address";
        assert_eq!(
            reports("See {{< ref \"x.md\" >}}.\n\n\\[x\\]({{< ref \"x.md\" >}})\n"),
            [
                format!("1:5+18 unread-link {message} | put it into the round brackets of a link: `[words]({{{{< ref \"x.md\" >}}}})`"),
                format!("3:7+18 unread-link {message} | an editor has put backslashes before the brackets: take them out"),
            ]
        );
    }

    #[test]
    fn a_ref_in_a_link_or_a_tag_is_not_told() {
        assert_eq!(
            reports(
                "[x]({{< ref \"x.md\" >}}) <a href=\"{{< ref \"x.md\" >}}\">y</a> {{< figure src=\"a.svg\" alt=\"a\" >}}\n\n[z]: {{< ref \"x.md\" >}}\n\n[z]\n"
            ),
            [""; 0]
        );
    }
}
