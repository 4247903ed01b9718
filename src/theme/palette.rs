//! The colours of a site: the style sheet `colours.css` that the settings make, and whether text in them can be read.
//!
//! Owns `Palette`. It must not know the other style sheets; they take these colours as custom properties.

use super::colour::{Colour, READABLE};
use super::settings::{Kind, Settings};
use crate::diagnostic::Diagnostic;

/// The name of the style sheet.
pub const SHEET: &str = "colours.css";

/// An accent that is made for the dark must be read on grounds that are a little lighter than the paper too.
const COMFORTABLE: f64 = 6.0;

/// A ground, what is written on it, and links in that.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Shades {
    paper: Colour,
    ink: Colour,
    accent: Colour,
}

/// The colours of the built-in parts of a theme, by day and by night.
#[derive(Debug, Clone, PartialEq)]
pub struct Palette {
    light: Shades,
    dark: Shades,
    /// Further colours that the theme has settings for, by name.
    others: Vec<(String, Colour)>,
}

/// The settings that a palette is made of.
const OWN: [&str; 6] = ["paper", "ink", "accent", "dark_paper", "dark_ink", "dark_accent"];

impl Palette {
    /// The colours that the settings say. Nothing if the theme has no settings for them.
    pub fn from_settings(settings: &Settings) -> Option<Palette> {
        let colour = |name: &str| settings.text(name).and_then(Colour::parse);
        let light = Shades { paper: colour("paper")?, ink: colour("ink")?, accent: colour("accent")? };
        let (paper, ink) = (colour("dark_paper")?, colour("dark_ink")?);
        // The theme's own dark accent goes with the theme's own accent only.
        let is_said = |name: &str| settings.is_given(name);
        let accent = colour("dark_accent").filter(|_| is_said("dark_accent") || !is_said("accent") && !is_said("dark_paper"));
        let accent = accent.unwrap_or_else(|| light.accent.readable(paper, COMFORTABLE));
        let others = settings.of_kind(Kind::Colour).filter(|name| !OWN.contains(name));
        let others = others.filter_map(|name| Some((name.to_string(), colour(name)?))).collect();
        Some(Palette { light, dark: Shades { paper, ink, accent }, others })
    }

    /// The style sheet. Paper and ink of the dark are for screens: nobody prints on black.
    pub fn css(&self) -> String {
        let others: String = self.others.iter().map(|(name, colour)| format!(";--{}:{colour}", name.replace('_', "-"))).collect();
        let dark = self.dark.css();
        format!(":root{{{}{others}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n", self.light.css())
    }

    /// What cannot be read, at its place in the settings.
    pub fn problems(&self, settings: &Settings) -> Vec<Diagnostic> {
        let pairs = [
            ("accent", self.light.accent, "paper", self.light.paper),
            ("ink", self.light.ink, "paper", self.light.paper),
            ("dark_accent", self.dark.accent, "dark_paper", self.dark.paper),
            ("dark_ink", self.dark.ink, "dark_paper", self.dark.paper),
        ];
        let faint = pairs.into_iter().filter(|(_, text, _, ground)| text.contrast(*ground) < READABLE);
        faint
            .map(|(name, text, ground_name, ground)| {
                // Rounded down, so that no ratio that is too small is told as one that is not.
                let ratio = (text.contrast(ground) * 100.0).floor() / 100.0;
                let message = format!("`theme.{name}` has a contrast of {ratio}:1 to `theme.{ground_name}`, and text needs {READABLE}:1");
                let at = if settings.is_given(name) { name } else { ground_name };
                let near = text.readable(ground, READABLE);
                settings
                    .place(Diagnostic::warning("low-contrast", message), at)
                    .hint(format!("the nearest colour that can be read is `{near}`"))
            })
            .collect()
    }
}

impl Shades {
    fn css(self) -> String {
        format!("--paper:{};--ink:{};--accent:{}", self.paper, self.ink, self.accent)
    }
}
