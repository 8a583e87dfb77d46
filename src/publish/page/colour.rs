//! The page's own colour, kept readable.
//!
//! Contrast is that of WCAG 2.2, "contrast ratio" and "relative luminance"
//! (<https://www.w3.org/TR/WCAG22/>, read on 2026-11-22).

use std::fmt;

/// The least contrast of text in level AA.
const READABLE: f64 = 4.5;

/// A colour of the sRGB space, as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// The colour of a red, a green and a blue part.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }

    /// Reads `#rrggbb` or `#rgb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        let digits = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        let mut parts = [0; 3];
        hex::decode_to_slice(digits, &mut parts).ok()?;
        Some(Self(parts))
    }

    /// How well it stands out from another: 1 not at all, 21 at most.
    ///
    /// ```
    /// use bonafide::publish::page::Colour;
    ///
    /// let (black, white) = (Colour::new(0, 0, 0), Colour::new(255, 255, 255));
    /// assert!((black.contrast(white) - 21.0).abs() < 1e-9);
    /// ```
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The nearest colour towards `limit` that is readable on every one of `papers`.
    pub fn readable(self, limit: Self, papers: &[Self]) -> Self {
        const STEPS: u16 = 128;
        let is_readable = |colour: &Self| {
            let mut papers = papers.iter();
            papers.all(|paper| colour.contrast(*paper) >= READABLE)
        };
        let mut steps = (0..=STEPS).map(|step| self.mixed(limit, step, STEPS));
        steps.find(is_readable).unwrap_or(limit)
    }

    /// So many parts of another colour mixed in.
    fn mixed(self, other: Self, parts: u16, of: u16) -> Self {
        let mix = |own: u8, other: u8| {
            let sum = u32::from(own) * u32::from(of - parts) + u32::from(other) * u32::from(parts);
            u8::try_from(sum / u32::from(of)).unwrap_or(u8::MAX)
        };
        Self(std::array::from_fn(|at| mix(self.0[at], other.0[at])))
    }

    fn luminance(self) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        let [red, green, blue] = self.0.map(part);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", hex::encode(self.0))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BLACK: Colour = Colour::new(0, 0, 0);
    const WHITE: Colour = Colour::new(255, 255, 255);

    #[test]
    fn a_colour_is_read_in_both_lengths_and_nothing_else_is() {
        assert_eq!(Colour::parse("#0b57a4").unwrap().to_string(), "#0b57a4");
        assert_eq!(Colour::parse("#FC0").unwrap().to_string(), "#ffcc00");
        for text in ["", "#", "0b57a4", "#0b57a", "#0b57ag", "red", "#0b57a4ff", "#äöü"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        for (one, other, ratio) in [("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54)] {
            let (one, other) = (Colour::parse(one).unwrap(), Colour::parse(other).unwrap());
            assert!((one.contrast(other) - ratio).abs() < 0.01);
        }
    }

    #[test]
    fn a_readable_colour_stays() {
        let blue = Colour::parse("#0b57a4").unwrap();
        assert_eq!(blue.readable(BLACK, &[WHITE]), blue);
    }

    proptest! {
        #[test]
        fn every_colour_becomes_readable(red: u8, green: u8, blue: u8) {
            let colour = Colour::new(red, green, blue);
            prop_assert!(colour.readable(BLACK, &[WHITE]).contrast(WHITE) >= READABLE);
            prop_assert!(colour.readable(WHITE, &[BLACK]).contrast(BLACK) >= READABLE);
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC*|#\\PC{0,8}") {
            let _ = Colour::parse(&text);
        }
    }
}
