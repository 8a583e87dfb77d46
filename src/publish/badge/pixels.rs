//! A picture of pixels, for where SVG is not shown.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::metrics::FONT;

/// How many pixels stand for one of the drawing: 1 to 8.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale(f32);

impl Scale {
    /// The largest scale: a card is then some 4,000 pixels wide.
    const MOST: f32 = 8.0;

    /// Reads a scale such as `2` or `1.5`.
    pub fn parse(text: &str) -> Option<Self> {
        let scale: f32 = text.parse().ok()?;
        (1.0..=Self::MOST).contains(&scale).then_some(Self(scale))
    }
}

/// The fonts that letters are taken from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Fonts {
    /// The one that ships inside, so that the picture is the same everywhere.
    #[default]
    Inside,
    /// Those of the system as well, for letters that it lacks.
    System,
}

impl Fonts {
    /// The fonts that a drawing needs.
    pub fn for_text(svg: &str) -> Self {
        let has_all = svg
            .chars()
            .all(|c| c.is_control() || super::metrics::has(c));
        if has_all { Self::Inside } else { Self::System }
    }
}

/// Why a drawing could not be turned into pixels.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PixelsError {
    /// The drawing is no SVG that can be read.
    #[error("cannot read the drawing: {0}")]
    Unreadable(String),
    /// There is no room for so many pixels.
    #[error("expected a picture that fits into memory, found {0} x {1} pixels")]
    TooLarge(u32, u32),
    /// The pixels could not be written down.
    #[error("cannot write the picture: {0}")]
    Unwritten(String),
}

/// Renders a drawing of this program's as PNG.
///
/// # Errors
/// When the drawing cannot be read, or is too large for so many pixels.
pub fn png(svg: &str, scale: Scale, fonts: Fonts) -> Result<Vec<u8>, PixelsError> {
    let mut known = fontdb::Database::new();
    known.load_font_data(FONT.to_vec());
    if fonts == Fonts::System {
        known.load_system_fonts();
    }
    let options = Options {
        fontdb: Arc::new(known),
        font_family: "DejaVu Sans".to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options)
        .map_err(|error| PixelsError::Unreadable(error.to_string()))?;
    let size = tree.size().to_int_size();
    let size = size
        .scale_by(scale.0)
        .ok_or(PixelsError::TooLarge(size.width(), size.height()))?;
    let (width, height) = (size.width(), size.height());
    let mut pixels = Pixmap::new(width, height).ok_or(PixelsError::TooLarge(width, height))?;
    let transform = Transform::from_scale(scale.0, scale.0);
    resvg::render(&tree, transform, &mut pixels.as_mut());
    pixels
        .encode_png()
        .map_err(|error| PixelsError::Unwritten(error.to_string()))
}
