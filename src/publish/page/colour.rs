//! The page's own colour, kept readable.

use crate::publish::badge::Colour;

/// The least contrast of text (WCAG 2.2, level AA).
const READABLE: f64 = 4.5;

/// Reads `#rrggbb` or `#rgb`.
pub(super) fn parse(text: &str) -> Option<Colour> {
    let digits = text.trim().strip_prefix('#')?;
    let digits: String = match digits.len() {
        3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        6 => digits.to_owned(),
        _ => return None,
    };
    let mut parts = [0; 4];
    hex::decode_to_slice(digits, &mut parts[1..]).ok()?;
    Some(Colour::rgb(u32::from_be_bytes(parts)))
}

/// The nearest colour towards `limit` that is readable on every one of `papers`.
pub(super) fn readable(colour: Colour, limit: Colour, papers: &[Colour]) -> Colour {
    let is_readable = |colour: &Colour| {
        let mut papers = papers.iter();
        papers.all(|paper| colour.contrast(*paper) >= READABLE)
    };
    let mut steps = (0..=100).map(|hundredths| colour.under(limit, hundredths));
    steps.find(is_readable).unwrap_or(limit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BLACK: Colour = Colour::rgb(0);
    const WHITE: Colour = Colour::rgb(0xff_ff_ff);

    #[test]
    fn a_colour_is_read_in_both_lengths_and_nothing_else_is() {
        assert_eq!(parse("#0b57a4").unwrap().to_string(), "#0b57a4");
        assert_eq!(parse(" #FC0 ").unwrap().to_string(), "#ffcc00");
        for text in [
            "",
            "#",
            "0b57a4",
            "#0b57a",
            "#0b57ag",
            "red",
            "#0b57a4ff",
            "#äöü",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_readable_colour_stays_and_another_becomes_darker() {
        let blue = parse("#0b57a4").unwrap();
        assert_eq!(readable(blue, BLACK, &[WHITE]), blue);
        let yellow = parse("#ffcc00").unwrap();
        let used = readable(yellow, BLACK, &[WHITE]);
        assert!(
            (READABLE..READABLE + 0.2).contains(&used.contrast(WHITE)),
            "{used}"
        );
    }

    proptest! {
        #[test]
        fn every_colour_becomes_readable(colour in 0..0x0100_0000_u32) {
            let colour = Colour::rgb(colour);
            prop_assert!(readable(colour, BLACK, &[WHITE]).contrast(WHITE) >= READABLE);
            prop_assert!(readable(colour, WHITE, &[BLACK]).contrast(BLACK) >= READABLE);
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC*|#\\PC{0,8}") {
            let _ = parse(&text);
        }
    }
}
