//! The shapes of badges, after those that readers know from shields.io.

use super::colour::{Colour, Theme};
use super::metrics::{Font, px};

/// The shape of a badge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Style {
    /// Rounded, with a hint of a shade.
    #[default]
    Flat,
    /// Square, without a shade.
    FlatSquare,
    /// Rounded and shaded.
    Plastic,
    /// Tall, in capitals.
    ForTheBadge,
}

impl Style {
    /// Every style.
    pub const ALL: [Self; 4] = [
        Self::Flat,
        Self::FlatSquare,
        Self::Plastic,
        Self::ForTheBadge,
    ];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        self.shape().name
    }

    pub(super) const fn shape(self) -> &'static Shape {
        match self {
            Self::Flat => &FLAT,
            Self::FlatSquare => &FLAT_SQUARE,
            Self::Plastic => &PLASTIC,
            Self::ForTheBadge => &FOR_THE_BADGE,
        }
    }
}

/// Measures in pixels.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) name: &'static str,
    pub(super) height: f64,
    pub(super) radius: f64,
    pub(super) baseline: f64,
    pub(super) pad: f64,
    pub(super) font: Font,
    case: Case,
    shade: Shade,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    AsGiven,
    Capitals,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shade {
    None,
    Faint,
    Strong,
}

/// A stop of the shade that lies over a badge.
#[derive(Debug)]
pub(super) struct Stop {
    pub(super) offset: f64,
    pub(super) colour: Colour,
    /// How much it covers.
    pub(super) hundredths: u8,
}

impl Stop {
    pub(super) fn opacity(&self) -> f64 {
        f64::from(self.hundredths) / 100.0
    }
}

const FLAT: Shape = Shape {
    name: "flat",
    height: 20.0,
    radius: 3.0,
    baseline: 14.0,
    pad: 6.0,
    font: ELEVEN,
    case: Case::AsGiven,
    shade: Shade::Faint,
};

const FLAT_SQUARE: Shape = Shape {
    name: "flat-square",
    radius: 0.0,
    shade: Shade::None,
    ..FLAT
};

const PLASTIC: Shape = Shape {
    name: "plastic",
    radius: 4.0,
    shade: Shade::Strong,
    ..FLAT
};

const FOR_THE_BADGE: Shape = Shape {
    name: "for-the-badge",
    height: 28.0,
    radius: 0.0,
    baseline: 17.7,
    pad: 11.0,
    font: Font {
        size: 10.0,
        spacing: 1.0,
    },
    case: Case::Capitals,
    shade: Shade::None,
};

const ELEVEN: Font = Font {
    size: 11.0,
    spacing: 0.0,
};

const fn stop(offset: f64, hex: u32, hundredths: u8) -> Stop {
    Stop {
        offset,
        colour: Colour::rgb(hex),
        hundredths,
    }
}

// Text on a light page is white, on a dark one nearly black: a shade only ever takes the
// ground further from it.
const FAINT_LIGHT: [Stop; 2] = [stop(0.0, 0, 0), stop(1.0, 0, 12)];
const STRONG_LIGHT: [Stop; 3] = [stop(0.0, 0, 0), stop(0.5, 0, 6), stop(1.0, 0, 30)];

impl Shape {
    pub(super) fn cased(&self, text: &str) -> String {
        match self.case {
            Case::AsGiven => text.to_owned(),
            Case::Capitals => text.to_uppercase(),
        }
    }

    pub(super) const fn stops(&self, theme: Theme) -> &'static [Stop] {
        const FAINT_DARK: [Stop; 2] = [stop(0.0, 0xff_ff_ff, 0), stop(1.0, 0, 6)];
        const STRONG_DARK: [Stop; 2] = [stop(0.0, 0xff_ff_ff, 12), stop(1.0, 0, 14)];
        match (self.shade, theme) {
            (Shade::None, _) => &[],
            (Shade::Faint, Theme::Light) => &FAINT_LIGHT,
            (Shade::Faint, Theme::Dark) => &FAINT_DARK,
            (Shade::Strong, Theme::Light) => &STRONG_LIGHT,
            (Shade::Strong, Theme::Dark) => &STRONG_DARK,
        }
    }

    /// The ground of the left part, up to `end`.
    pub(super) fn left(&self, end: f64) -> String {
        let (height, end) = (px(self.height), px(end));
        if self.radius <= 0.0 {
            return format!("M0 0H{end}V{height}H0Z");
        }
        let (r, low) = (px(self.radius), px(self.height - self.radius));
        format!("M{r} 0H{end}V{height}H{r}A{r} {r} 0 0 1 0 {low}V{r}A{r} {r} 0 0 1 {r} 0Z")
    }

    /// The ground of the right part.
    pub(super) fn right(&self, start: f64, end: f64) -> String {
        let (height, from, to) = (px(self.height), px(start), px(end));
        if self.radius <= 0.0 {
            return format!("M{from} 0H{to}V{height}H{from}Z");
        }
        let (r, low, near) = (
            px(self.radius),
            px(self.height - self.radius),
            px(end - self.radius),
        );
        format!(
            "M{from} 0H{near}A{r} {r} 0 0 1 {to} {r}V{low}A{r} {r} 0 0 1 {near} {height}H{from}Z"
        )
    }
}
