//! Where the cells of a worksheet lead to.

use std::collections::HashMap;

use calamine::Hyperlink;

use crate::link::{self, Kind};

/// The most hyperlinks over several cells that are looked through for each cell.
const RANGES: usize = 100;

/// Where cells lead to that have a hyperlink.
#[derive(Debug, Default)]
pub(super) struct Targets {
    cells: HashMap<(u32, u32), String>,
    ranges: Vec<Hyperlink>,
}

impl Targets {
    /// Keeps the addresses of the web; places in the same file and mail are none.
    pub(super) fn of(hyperlinks: Vec<Hyperlink>) -> Self {
        let mut targets = Self::default();
        for mut hyperlink in hyperlinks {
            let Some(address) = address(&hyperlink) else {
                continue;
            };
            let range = hyperlink.range;
            if range.start == range.end {
                targets.cells.insert(range.start, address);
            } else if targets.ranges.len() < RANGES {
                hyperlink.target = Some(address);
                targets.ranges.push(hyperlink);
            }
        }
        targets
    }

    pub(super) fn at(&self, (row, column): (u32, u32)) -> Option<&str> {
        let single = self.cells.get(&(row, column)).map(String::as_str);
        single.or_else(|| {
            let range = self.ranges.iter().find(|link| link.contains(row, column));
            range.and_then(|link| link.target.as_deref())
        })
    }
}

/// The whole address: what stands behind its `#` is kept apart in a worksheet.
fn address(hyperlink: &Hyperlink) -> Option<String> {
    let target = hyperlink.target.as_deref()?;
    let address = match &hyperlink.location {
        Some(location) if !location.is_empty() => format!("{target}#{location}"),
        _ => target.to_owned(),
    };
    is_web(&address).then_some(address)
}

fn is_web(address: &str) -> bool {
    link::judge(address).kind() != Kind::None
}

/// The address in a formula such as `HYPERLINK("https://…","link")`, where it is given
/// as text.
pub(super) fn of_formula(formula: &str) -> Option<String> {
    let formula = formula.trim_start_matches(['=', ' ']);
    let name = formula.get(..9)?;
    let argument = formula[9..].trim_start().strip_prefix('(')?.trim_start();
    if !name.eq_ignore_ascii_case("HYPERLINK") {
        return None;
    }
    let mut address = String::new();
    let mut rest = argument.strip_prefix('"')?;
    loop {
        let (part, behind) = rest.split_once('"')?;
        address.push_str(part);
        match behind.strip_prefix('"') {
            Some(behind) => {
                address.push('"');
                rest = behind;
            }
            // Text that is joined to more is only a part of the address.
            None if behind.trim_start().starts_with([',', ';', ')']) => break,
            None => return None,
        }
    }
    is_web(&address).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_that_give_an_address_as_text_are_read() {
        for (formula, address) in [
            (
                "HYPERLINK(\"https://a.example/\",\"link\")",
                Some("https://a.example/"),
            ),
            (
                "=hyperlink( \"https://a.example/\" )",
                Some("https://a.example/"),
            ),
            (
                "HYPERLINK(\"https://a.example/\"\"b\";1)",
                Some("https://a.example/\"b"),
            ),
            ("HYPERLINK(\"https://a.example/\"&B2,\"link\")", None),
            ("HYPERLINK(B2,\"link\")", None),
            ("HYPERLINK(\"#Sheet2!A1\")", None),
            ("HYPERLINK(\"", None),
            ("SUM(A1:A3)", None),
            ("ÄÖÜÄÖÜ", None),
        ] {
            assert_eq!(of_formula(formula).as_deref(), address, "{formula}");
        }
    }
}
