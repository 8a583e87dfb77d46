//! Where glyphs and links lie on a page.

/// A rectangle on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) bottom: f64,
    pub(super) right: f64,
    pub(super) top: f64,
}

impl Area {
    /// The rectangle around corners, given as pairs.
    pub(super) fn around(corners: &[f64]) -> Option<Self> {
        if corners.len() < 4 || !corners.iter().all(|it| it.is_finite()) {
            return None;
        }
        let of = |from: usize| corners.iter().skip(from).step_by(2).copied();
        Some(Self {
            left: of(0).fold(f64::INFINITY, f64::min),
            right: of(0).fold(f64::NEG_INFINITY, f64::max),
            bottom: of(1).fold(f64::INFINITY, f64::min),
            top: of(1).fold(f64::NEG_INFINITY, f64::max),
        })
    }

    /// Whether the middle of a glyph lies in it, with a little room around.
    pub(super) fn covers(&self, glyph: &Glyph) -> bool {
        const ROOM: f64 = 1.0;
        let (x, y) = (glyph.x + glyph.width / 2.0, glyph.y + glyph.size * 0.3);
        (self.left - ROOM..=self.right + ROOM).contains(&x)
            && (self.bottom - ROOM..=self.top + ROOM).contains(&y)
    }

    /// The height of its middle.
    pub(super) fn middle(&self) -> f64 {
        f64::midpoint(self.bottom, self.top)
    }
}

/// One glyph that was shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    pub(super) text: String,
    pub(super) x: f64,
    /// The height of the line it stands on.
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) size: f64,
}

/// A transformation of the plane, as PDF writes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This one first, then the other.
    pub(super) fn then(self, other: Self) -> Self {
        let (one, two) = (self.0, other.0);
        // Row times column, for each row of two numbers.
        let row = |at: usize| {
            let (x, y) = (one[at], one[at + 1]);
            (x.mul_add(two[0], y * two[2]), x.mul_add(two[1], y * two[3]))
        };
        let (first, second, shift) = (row(0), row(2), row(4));
        Self([
            first.0,
            first.1,
            second.0,
            second.1,
            shift.0 + two[4],
            shift.1 + two[5],
        ])
    }

    /// Where it puts the origin.
    pub(super) fn origin(self) -> (f64, f64) {
        (self.0[4], self.0[5])
    }

    /// How much it stretches along the line, and upright to it.
    pub(super) fn stretch(self) -> (f64, f64) {
        let [a, b, c, d, ..] = self.0;
        (a.hypot(b), c.hypot(d))
    }
}
