//! The candidates of a list, and where their records are.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;

/// How many rows lists have; `BONAFIDE_ROWS` sets it.
pub(crate) fn rows() -> u32 {
    std::env::var("BONAFIDE_ROWS").map_or(20_000, |rows| rows.parse().unwrap())
}

/// Turns of each pair: long lists need no more than one.
pub(crate) fn turns() -> usize {
    if rows() > 100_000 { 1 } else { 5 }
}

/// Writes the list as CSV.
pub(crate) fn write_list(to: &Path, rows: u32) {
    let mut text = "id,name,link\n".to_owned();
    for row in 0..rows {
        let id = number(row);
        writeln!(text, "{row},Ingrid Solvang-Reyes,https://learn.microsoft.com/api/credentials/share/en-us/user-{row}/{id}?sharingId=C72B4F60A795D7E4").unwrap();
    }
    std::fs::write(to, text).unwrap();
}

/// The address of a row's record.
pub(crate) fn address(service: SocketAddr, row: u32) -> String {
    format!("http://{service}/api/credentials/{}", number(row))
}

/// Sixteen hex digits, different for each row and in no order.
fn number(row: u32) -> String {
    let number = u64::from(row + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    format!("{number:016X}")
}
