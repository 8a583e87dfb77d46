//! Colours that can be read: every text stands on its ground with a contrast of 4.5 to 1 at
//! least (WCAG 2.2, level AA), which a test computes.

use std::fmt;

use crate::publish::Tone;

/// A colour of the sRGB space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(u8, u8, u8);

impl Colour {
    /// From `0xRRGGBB`.
    pub const fn rgb(hex: u32) -> Self {
        let [_, red, green, blue] = hex.to_be_bytes();
        Self(red, green, blue)
    }

    /// The contrast of two colours, from 1 to 21, as WCAG 2.2 computes it.
    ///
    /// ```
    /// use bonafide::publish::badge::Colour;
    ///
    /// let (black, white) = (Colour::rgb(0), Colour::rgb(0xff_ff_ff));
    /// assert!((black.contrast(white) - 21.0).abs() < 1e-9);
    /// ```
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// This colour behind another that covers so many hundredths of it.
    #[must_use]
    pub fn under(self, cover: Self, hundredths: u8) -> Self {
        let above = u16::from(hundredths.min(100));
        let mix = |one: u8, other: u8| {
            let mixed = (u16::from(one) * (100 - above) + u16::from(other) * above + 50) / 100;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Self(
            mix(self.0, cover.0),
            mix(self.1, cover.1),
            mix(self.2, cover.2),
        )
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// The page that a picture is made for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// A light page.
    #[default]
    Light,
    /// A dark page.
    Dark,
}

impl Theme {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Its colours.
    pub const fn palette(self) -> &'static Palette {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
        }
    }
}

/// The colours of a theme.
#[derive(Debug)]
pub struct Palette {
    label: (Colour, Colour),
    good: (Colour, Colour),
    attention: (Colour, Colour),
    bad: (Colour, Colour),
    unverified: (Colour, Colour),
    paper: Colour,
    ink: Colour,
    quiet: Colour,
    line: Colour,
}

impl Palette {
    /// Ground and text of a tone.
    pub const fn tone(&self, tone: Tone) -> (Colour, Colour) {
        match tone {
            Tone::Good => self.good,
            Tone::Attention => self.attention,
            Tone::Bad => self.bad,
            Tone::Unverified => self.unverified,
        }
    }

    /// Ground and text of the left part.
    pub const fn label(&self) -> (Colour, Colour) {
        self.label
    }

    /// The ground of a card.
    pub const fn paper(&self) -> Colour {
        self.paper
    }

    /// Text on a card.
    pub const fn ink(&self) -> Colour {
        self.ink
    }

    /// Lesser text on a card.
    pub const fn quiet(&self) -> Colour {
        self.quiet
    }

    /// Lines on a card.
    pub const fn line(&self) -> Colour {
        self.line
    }
}

const WHITE: Colour = Colour::rgb(0xff_ff_ff);

const LIGHT: Palette = Palette {
    label: (Colour::rgb(0x3b_42_4b), WHITE),
    good: (Colour::rgb(0x17_78_34), WHITE),
    attention: (Colour::rgb(0x8a_57_00), WHITE),
    bad: (Colour::rgb(0xb3_26_1e), WHITE),
    unverified: (Colour::rgb(0x62_69_71), WHITE),
    paper: WHITE,
    ink: Colour::rgb(0x1f_23_28),
    quiet: Colour::rgb(0x59_63_6e),
    line: Colour::rgb(0xd0_d7_de),
};

const DARK: Palette = Palette {
    label: (Colour::rgb(0x32_38_41), Colour::rgb(0xf0_f6_fc)),
    good: (Colour::rgb(0x46_c2_5a), Colour::rgb(0x04_14_08)),
    attention: (Colour::rgb(0xe6_ad_3c), Colour::rgb(0x1c_12_00)),
    bad: (Colour::rgb(0xff_86_7c), Colour::rgb(0x26_04_02)),
    unverified: (Colour::rgb(0xa7_af_b9), Colour::rgb(0x0f_13_17)),
    paper: Colour::rgb(0x15_1b_23),
    ink: Colour::rgb(0xf0_f6_fc),
    quiet: Colour::rgb(0x9b_a5_b1),
    line: Colour::rgb(0x3d_44_4d),
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::badge::Style;

    /// The least contrast of text that is not large, level AA.
    const LEAST: f64 = 4.5;

    #[test]
    fn every_text_can_be_read_in_every_style_and_theme() {
        for theme in Theme::ALL {
            let palette = theme.palette();
            let tones = Tone::ALL.map(|tone| palette.tone(tone));
            for (ground, ink) in tones.into_iter().chain([palette.label()]) {
                assert!(ground.contrast(ink) >= LEAST, "{theme:?} {ground} {ink}");
                for style in Style::ALL {
                    for stop in style.shape().stops(theme) {
                        let ground = ground.under(stop.colour, stop.hundredths);
                        let contrast = ground.contrast(ink);
                        assert!(
                            contrast >= LEAST,
                            "{theme:?} {style:?} {ground} {ink} {contrast}"
                        );
                    }
                }
            }
            for ink in [palette.ink(), palette.quiet()] {
                assert!(palette.paper().contrast(ink) >= LEAST, "{theme:?} {ink}");
            }
        }
    }

    #[test]
    fn tones_are_told_apart_from_the_ground_of_a_card() {
        for theme in Theme::ALL {
            for tone in Tone::ALL {
                let palette = theme.palette();
                assert!(palette.paper().contrast(palette.tone(tone).0) >= 3.0);
            }
        }
    }

    #[test]
    fn only_one_tone_is_green() {
        let is_green = |Colour(red, green, blue): Colour| {
            i16::from(green) > i16::from(red) + 30 && i16::from(green) > i16::from(blue) + 30
        };
        for theme in Theme::ALL {
            for tone in Tone::ALL {
                let (ground, _) = theme.palette().tone(tone);
                assert_eq!(is_green(ground), tone == Tone::Good, "{theme:?} {tone:?}");
            }
        }
    }
}
