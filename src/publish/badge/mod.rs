//! A badge that cannot lie: an SVG drawn here, with no outside service.
//!
//! Its colour is the tone of what is [`Shown`]; the day of the check is in its title and
//! description, so that an old copy shows its age. The same input gives the same bytes.
//! Text is measured with a font that ships inside and its width is written down, so that
//! another font is fitted to its place instead of running out of it.
//!
//! ```
//! # use bonafide::check::Expectation;
//! use bonafide::publish::badge::{Look, svg};
//! use bonafide::publish::{Asked, Shown};
//! # use bonafide::{catalog::Catalog, verify::{AsOf, Terms, again}};
//! # let expected = Expectation::default();
//! # let as_of = AsOf::day("2026-11-22".parse().unwrap());
//! # let terms = Terms { catalog: Catalog::embedded(), as_of, expected: &expected };
//! # let trip = again(None, &[], &terms);
//! // Nothing was asked about this one.
//! let shown = Shown::of(&trip.verifications[0], as_of.instant(), Asked::default());
//! let picture = svg(&shown, Look::default());
//! assert!(picture.contains("unverified, checked 2026-11-22</title>"));
//! ```

mod card;
mod colour;
mod drawn;
mod metrics;
mod pixels;
mod qr;
mod shape;
pub mod shields;
#[cfg(test)]
mod tests;

use askama::Template;

pub use card::card;
pub use colour::{Colour, Palette, Theme};
pub use drawn::Drawn;
pub use pixels::{Fonts, PixelsError, Scale, png};
pub use shape::Style;

use super::{Shown, Tone};
use metrics::{Fitted, fit, px};
use shape::Shape;

/// The widest that a part of a badge grows, in pixels; longer text is shortened.
const WIDEST: f64 = 320.0;

/// How a badge looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// Its shape.
    pub style: Style,
    /// The page it is made for.
    pub theme: Theme,
    /// What stands on its left.
    pub label: Label,
}

/// What stands on the left of a badge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Label {
    /// The title, without the programme's name.
    #[default]
    Title,
    /// The exam, where only one leads to the certification; else the title.
    Exam,
}

impl Label {
    /// The words on the left.
    pub fn of(self, shown: &Shown) -> &str {
        match self {
            Self::Title => shown.short_title(),
            Self::Exam => shown.exam().unwrap_or_else(|| shown.short_title()),
        }
    }
}

/// One part of a badge: its ground, and its text in the middle.
struct Part {
    path: String,
    fill: Colour,
    ink: Colour,
    centre: String,
    length: String,
    adjust: &'static str,
    direction: Option<&'static str>,
    text: String,
}

/// What every picture says beside what it shows.
pub(super) struct Said {
    aria: String,
    title: String,
    description: String,
    language: &'static str,
    key: String,
    question: Option<String>,
    tone: &'static str,
    checked: String,
    until: Option<String>,
}

#[derive(Template)]
#[template(
    path = "publish/badge/badge.svg",
    config = "src/publish/badge/askama.toml"
)]
struct Picture {
    said: Said,
    width: String,
    height: String,
    radius: String,
    shape: &'static Shape,
    theme: &'static str,
    stops: &'static [shape::Stop],
    baseline: String,
    parts: [Part; 2],
}

/// Draws a badge.
///
/// # Panics
/// Never: writing into a string does not fail.
pub fn svg(shown: &Shown, look: Look) -> String {
    let shape = look.style.shape();
    let palette = look.theme.palette();
    let tone = palette.tone(shown.tone());
    let fitted = |text: &str| fit(&shape.cased(text), shape.font, WIDEST);
    let (label, message) = (fitted(look.label.of(shown)), fitted(shown.message()));
    // Whole pixels, so that no seam shows between the parts.
    let whole = |text: &Fitted| (text.width + 2.0 * shape.pad).ceil();
    let (left, right) = (whole(&label), whole(&message));
    let picture = Picture {
        said: Said::of(shown),
        width: px(left + right),
        height: px(shape.height),
        radius: px(shape.radius),
        theme: look.theme.as_str(),
        stops: shape.stops(look.theme),
        baseline: px(shape.baseline),
        parts: [
            part(label, shape.left(left), left / 2.0, palette.label()),
            part(
                message,
                shape.right(left, left + right),
                left + right / 2.0,
                tone,
            ),
        ],
        shape,
    };
    rendered(&picture)
}

fn part(text: Fitted, path: String, centre: f64, (fill, ink): (Colour, Colour)) -> Part {
    Part {
        path,
        fill,
        ink,
        centre: px(centre),
        length: px(text.width),
        adjust: text.adjust,
        direction: text.direction,
        text: text.text,
    }
}

fn rendered(picture: &impl Template) -> String {
    picture
        .render()
        .expect("writing into a string does not fail")
}

impl Said {
    fn of(shown: &Shown) -> Self {
        let aria = format!("{}: {}", shown.title, shown.message());
        let title = format!("{aria}, {}", shown.checked());
        let more = [shown.reason().map(str::to_owned), shown.link.clone()];
        let description = more
            .into_iter()
            .flatten()
            .fold(format!("{title}."), |said, more| format!("{said} {more}"));
        Self {
            aria,
            description,
            title,
            language: shown.language.as_str(),
            key: shown.key.clone(),
            question: shown.question.clone(),
            tone: shown.tone().as_str(),
            checked: shown.checked_on.to_string(),
            until: shown
                .valid_until
                .filter(|_| shown.tone() != Tone::Unverified)
                .map(|day| day.to_string()),
        }
    }
}
