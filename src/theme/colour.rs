//! Colours: how well one reads on another (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>), and the nearest one that reads well enough.
//!
//! It must not know what is coloured. Only basic arithmetic is used: it gives the same on every machine, which powers of a library do not promise.

use std::fmt;

/// A colour of the sRGB space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// What WCAG 2.2 asks of text of common size (1.4.3, level AA).
pub const READABLE: f64 = 4.5;

/// The lightness of a colour is changed by this, of 1, until it reads.
const STEP: f64 = 1.0 / 256.0;

impl Colour {
    /// Reads `#1c4a38` or `#abc`.
    pub fn parse(text: &str) -> Option<Colour> {
        let digits = text.trim().strip_prefix('#').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let channel = |at: usize| match digits.len() {
            6 => u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).ok(),
            3 => u8::from_str_radix(&digits[at..=at], 16).ok().map(|digit| digit * 17),
            _ => None,
        };
        Some(Colour([channel(0)?, channel(1)?, channel(2)?]))
    }

    /// From 0 for black to 1 for white (<https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>).
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| linear(f64::from(channel) / 255.0));
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// From 1 to 21.
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// This colour, or the nearest lighter or darker one of its hue that has the contrast `ratio` to `ground`.
    pub fn readable(self, ground: Colour, ratio: f64) -> Colour {
        let black = Colour([0; 3]);
        let step = if black.contrast(ground) > Colour([255; 3]).contrast(ground) { -STEP } else { STEP };
        let [hue, saturation, mut lightness] = self.hsl();
        let mut colour = self;
        while colour.contrast(ground) < ratio && (0.0..=1.0).contains(&lightness) {
            lightness += step;
            colour = Colour::from_hsl(hue, saturation, lightness.clamp(0.0, 1.0));
        }
        colour
    }

    /// Hue from 0 to 6, saturation and lightness from 0 to 1 (<https://www.w3.org/TR/css-color-4/#rgb-to-hsl>).
    fn hsl(self) -> [f64; 3] {
        let [red, green, blue] = self.0.map(|channel| f64::from(channel) / 255.0);
        let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
        let (lightness, range) = ((most + least) / 2.0, most - least);
        if range == 0.0 {
            return [0.0, 0.0, lightness];
        }
        let saturation = range / (1.0 - (2.0 * lightness - 1.0).abs());
        let hue = if most == red {
            (green - blue) / range + if green < blue { 6.0 } else { 0.0 }
        } else if most == green {
            (blue - red) / range + 2.0
        } else {
            (red - green) / range + 4.0
        };
        [hue, saturation, lightness]
    }

    fn from_hsl(hue: f64, saturation: f64, lightness: f64) -> Colour {
        let reach = saturation * lightness.min(1.0 - lightness);
        let channel = |shift: f64| {
            let at = (shift + 2.0 * hue) % 12.0;
            let share = lightness - reach * (at - 3.0).min(9.0 - at).clamp(-1.0, 1.0);
            (share * 255.0).round() as u8
        };
        Colour([channel(0.0), channel(8.0), channel(4.0)])
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(out, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// A channel without its gamma: to the power of 2.4 is to the twelfth power of the fifth root.
fn linear(channel: f64) -> f64 {
    if channel <= 0.04045 {
        return channel / 12.92;
    }
    let value = (channel + 0.055) / 1.055;
    let mut root = 1.0;
    for _ in 0..16 {
        let fourth = root * root * root * root;
        root -= (root * fourth - value) / (5.0 * fourth);
    }
    let third = root * root * root;
    third * third * third * third
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("a colour")
    }

    fn ratio(one: &str, other: &str) -> String {
        format!("{:.2}", colour(one).contrast(colour(other)))
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert_eq!((ratio("#000", "#ffffff"), ratio("#fff", "#fff")), ("21.00".into(), "1.00".into()));
        assert_eq!((ratio("#777777", "#ffffff"), ratio("#767676", "#ffffff")), ("4.48".into(), "4.54".into()));
        assert_eq!((ratio("#ff0000", "#ffffff"), ratio("#0000ff", "#ffffff")), ("4.00".into(), "8.59".into()));
    }

    #[test]
    fn what_is_no_colour_is_not_guessed() {
        for text in ["", "red", "#12", "#1234", "#12345g", "1c4a38", "#éaa"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn lightness_alone_makes_a_colour_readable() {
        assert_eq!(colour("#1c4a38").readable(colour("#fbfaf6"), READABLE), colour("#1c4a38"));
        for (text, ground) in
            [("#1c4a38", "#1d1b18"), ("#8c1d2b", "#1d1b18"), ("#ffcc00", "#ffffff"), ("#808080", "#7f7f7f"), ("#00f", "#000")]
        {
            let (text, ground) = (colour(text), colour(ground));
            let readable = text.readable(ground, READABLE);
            assert!(readable.contrast(ground) >= READABLE && readable.contrast(ground) < 4.75, "{readable} on {ground}");
            assert!((readable.hsl()[0] - text.hsl()[0]).abs() < 0.1, "{readable} has the hue of {text}");
        }
    }

    #[test]
    fn a_colour_that_is_read_from_its_hue_is_itself() {
        for text in ["#1c4a38", "#8c1d2b", "#0000ff", "#ffcc00", "#ffffff", "#000000", "#123456"] {
            let [hue, saturation, lightness] = colour(text).hsl();
            assert_eq!(Colour::from_hsl(hue, saturation, lightness).to_string(), text);
        }
    }
}
