//! The QR code of an address.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// Modules that must stay free around a code (ISO/IEC 18004).
const QUIET: usize = 4;

/// A code as a path of unit squares.
pub(super) struct Code {
    /// Its side in modules, the quiet zone included.
    pub(super) side: usize,
    pub(super) path: String,
}

/// Encodes an address; `None` for one that is longer than any code.
pub(super) fn encode(address: &str) -> Option<Code> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        for run in modules.chunk_by(|one, next| one == next) {
            if run[0] == Color::Dark {
                let (x, y, length) = (column + QUIET, row + QUIET, run.len());
                let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
            }
            column += run.len();
        }
    }
    Some(Code {
        side: width + 2 * QUIET,
        path,
    })
}
