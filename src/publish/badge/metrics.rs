//! How wide a text is: by the metrics of the font that ships inside.

use std::sync::LazyLock;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};
use unicode_properties::{GeneralCategory, UnicodeEmoji, UnicodeGeneralCategory};

use crate::publish::clean::line_within;

/// `DejaVu Sans` 2.37; `font/README.md` says where it comes from.
pub(super) const FONT: &[u8] = include_bytes!("font/DejaVuSans.ttf");

/// A letter that the font does not have, such as a Chinese one, is as wide as it is high.
const FULL: f64 = 1.0;

/// The widest of the common emoji fonts, in ems.
const EMOJI: f64 = 1.28;

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Font {
    /// Its size in pixels.
    pub(super) size: f64,
    /// Pixels between letters.
    pub(super) spacing: f64,
}

/// Text that fits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fitted {
    /// The text, shortened where it had to be.
    pub(super) text: String,
    /// Its width in pixels.
    pub(super) width: f64,
    /// How a renderer fits it: with another font its letters grow or shrink with it. Space
    /// between letters is given by the width alone, since renderers differ in how that and
    /// `letter-spacing` go together.
    pub(super) adjust: &'static str,
    /// Its direction, where that is not left to right.
    pub(super) direction: Option<&'static str>,
}

/// The width of a text in pixels, rounded up to a tenth.
pub(super) fn width(text: &str, font: Font) -> f64 {
    let ems: f64 = text.chars().map(ems).sum();
    let spaces = text.chars().count().saturating_sub(1);
    let spaces = f64::from(u16::try_from(spaces).unwrap_or(u16::MAX));
    let spacing = if is_spaced(text) { font.spacing } else { 0.0 };
    ((ems * font.size + spaces * spacing) * 10.0).ceil() / 10.0
}

/// Shortens a text until it is no wider than that.
pub(super) fn fit(text: &str, font: Font, widest: f64) -> Fitted {
    let mut shown = text.to_owned();
    let mut characters = shown.chars().count();
    while width(&shown, font) > widest && characters > 1 {
        characters -= 1;
        shown = line_within(text, characters);
    }
    Fitted {
        width: width(&shown, font),
        adjust: if font.spacing > 0.0 && is_spaced(&shown) {
            "spacing"
        } else {
            "spacingAndGlyphs"
        },
        direction: is_right_to_left(&shown).then_some("rtl"),
        text: shown,
    }
}

/// Breaks a text into so many lines that are no wider than that; the last is shortened.
pub(super) fn lines(text: &str, font: Font, widest: f64, most: usize) -> Vec<Fitted> {
    let mut lines = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() && lines.len() + 1 < most {
        let (line, after) = rest.split_at(first_line(rest, font, widest));
        lines.push(fit(line.trim_end(), font, widest));
        rest = after.trim_start();
    }
    if !rest.is_empty() {
        lines.push(fit(rest, font, widest));
    }
    lines
}

/// Where the first line ends: behind the last space that fits, else inside a word.
fn first_line(text: &str, font: Font, widest: f64) -> usize {
    let fits = |end: &usize| width(text[..*end].trim_end(), font) <= widest;
    if fits(&text.len()) {
        return text.len();
    }
    let spaces = text.match_indices(' ').map(|(at, space)| at + space.len());
    let letters = text.char_indices().map(|(at, _)| at).skip(1);
    spaces
        .take_while(fits)
        .last()
        .or_else(|| letters.take_while(fits).last())
        .or_else(|| text.chars().next().map(char::len_utf8))
        .unwrap_or(text.len())
}

/// A number of pixels as it is written: at most one decimal.
pub(super) fn px(pixels: f64) -> String {
    let written = format!("{pixels:.1}");
    written
        .strip_suffix(".0")
        .map_or_else(|| written.clone(), str::to_owned)
}

/// Whether the font that ships inside has a letter.
pub(super) fn has(c: char) -> bool {
    FACE.letters.map(c).is_some()
}

/// What is asked of the font.
struct Face {
    letters: Charmap<'static>,
    widths: GlyphMetrics<'static>,
}

static FACE: LazyLock<Face> = LazyLock::new(|| {
    let font = FontRef::new(FONT).expect("a test reads the font that ships inside");
    Face {
        letters: font.charmap(),
        widths: GlyphMetrics::new(&font, Size::new(1.0), LocationRef::default()),
    }
});

fn ems(c: char) -> f64 {
    let advance = |glyph| FACE.widths.advance_width(glyph);
    match FACE.letters.map(c).and_then(advance) {
        Some(advance) => f64::from(advance),
        None if has_no_width(c) => 0.0,
        None if c.is_emoji_char() => EMOJI,
        None => FULL,
    }
}

fn has_no_width(c: char) -> bool {
    matches!(
        c.general_category(),
        GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark | GeneralCategory::Format
    )
}

/// Whether its letters may stand apart: no letter of it is joined to the next: true of the scripts up to Armenian.
fn is_spaced(text: &str) -> bool {
    text.chars()
        .all(|c| c < '\u{590}' || ('\u{1e00}'..='\u{20cf}').contains(&c))
}

/// Whether it begins with a letter of Hebrew, Arabic or a script beside them.
fn is_right_to_left(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphabetic());
    first.is_some_and(
        |c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ELEVEN: Font = Font {
        size: 11.0,
        spacing: 0.0,
    };

    #[test]
    fn widths_are_those_of_the_font() {
        // Advances of DejaVu Sans 2.37, of 2048 to the em: A 1401, i 569, digits 1303.
        for (text, units) in [
            ("A", 1401),
            ("i", 569),
            ("2026", 4 * 1303),
            ("漢", 2048),
            ("", 0),
        ] {
            let tenths = (f64::from(units) * 110.0 / 2048.0).ceil();
            let found = width(text, ELEVEN) * 10.0;
            assert!(
                (found - tenths).abs() < 1e-6,
                "{text}: {found} and not {tenths}"
            );
        }
    }

    #[test]
    fn text_is_shortened_to_its_place() {
        let fitted = fit(&"long ".repeat(40), ELEVEN, 100.0);
        assert!(
            fitted.width <= 100.0 && fitted.text.ends_with('…'),
            "{fitted:?}"
        );
        assert_eq!(fit("short", ELEVEN, 100.0).text, "short");
    }

    #[test]
    fn lines_break_at_spaces_and_long_words_inside() {
        let of = |text: &str| -> Vec<String> {
            let lines = lines(text, ELEVEN, 60.0, 3);
            lines.into_iter().map(|line| line.text).collect()
        };
        assert_eq!(of("one two three"), ["one two", "three"]);
        assert_eq!(of("微軟認證雲端"), ["微軟認證雲", "端"]);
        assert_eq!(of(&"x".repeat(40)).len(), 3);
        assert!(of(&"x".repeat(40))[2].ends_with('…'));
        assert!(of(" ").is_empty());
    }

    #[test]
    fn joined_letters_are_not_set_apart() {
        assert!(is_spaced("Zertifikat für Ανάλυση Данные – …"));
        assert!(!is_spaced("شهادة"));
    }

    proptest! {
        #[test]
        fn every_line_fits(text in "\\PC{0,60}", widest in 30.0..200.0) {
            for line in lines(&text, ELEVEN, widest, 3) {
                prop_assert!(line.width <= widest || line.text.chars().count() <= 1, "{line:?}");
            }
        }
    }
}
