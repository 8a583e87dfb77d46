//! What a row says of a candidate.

use std::borrow::Cow;

use crate::link::{self, Kind};
use crate::report::neutral;

use super::columns::Columns;
use super::{Row, Target};

/// What a row says of a candidate, read from its columns.
///
/// A cell with nothing but white space is `None`; otherwise cells are as they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<'r> {
    /// The link to verify: what the cell shows, or where it leads to when what it shows is
    /// no address. Empty where there is none.
    pub link: &'r str,
    /// The name; first and last name are joined by a space.
    pub name: Option<Cow<'r, str>>,
    /// The certification that is claimed.
    pub certification: Option<&'r str>,
    /// The e-mail address.
    pub email: Option<&'r str>,
    /// What the list calls the candidate by.
    pub id: Option<&'r str>,
    /// The role.
    pub role: Option<&'r str>,
    /// What is wrong with the row, or with its link.
    pub flaw: Option<Cow<'r, str>>,
}

impl Columns {
    /// Reads a row.
    pub fn candidate<'r>(&self, row: &'r Row) -> Candidate<'r> {
        let (link, mismatch) = self.link(row);
        let flaw = match (&row.flaw, mismatch) {
            (Some(flaw), Some(mismatch)) => Some(Cow::Owned(format!("{flaw} {mismatch}"))),
            (Some(flaw), None) => Some(Cow::Borrowed(flaw.as_str())),
            (None, mismatch) => mismatch.map(Cow::Owned),
        };
        let filled = |place: Option<usize>| place.and_then(|place| filled(row, place));
        Candidate {
            link,
            name: self.full_name(row),
            certification: filled(self.certification),
            email: filled(self.email),
            id: filled(self.id),
            role: filled(self.role),
            flaw,
        }
    }

    fn full_name<'r>(&self, row: &'r Row) -> Option<Cow<'r, str>> {
        let parts: Vec<_> = self
            .name
            .iter()
            .filter_map(|&place| filled(row, place))
            .collect();
        match parts[..] {
            [] => None,
            [name] => Some(Cow::Borrowed(name)),
            _ => {
                let parts: Vec<_> = parts.iter().map(|part| part.trim()).collect();
                Some(Cow::Owned(parts.join(" ")))
            }
        }
    }

    fn link<'r>(&self, row: &'r Row) -> (&'r str, Option<String>) {
        let shown = filled(row, self.link).unwrap_or_default();
        let target = row.targets.iter().find(|target| target.column == self.link);
        let Some(Target { address, .. }) = target else {
            return (shown, None);
        };
        let text = link::judge(shown);
        if text.kind() == Kind::None {
            return (address, None);
        }
        if shown.trim() == address.trim() || is_same(&text, &link::judge(address)) {
            return (shown, None);
        }
        let header = self.headers.get(self.link).map_or("link", String::as_str);
        let mismatch = format!(
            "The cell in column {} shows one address and leads to another; the one it shows \
             was taken.",
            neutral::terminal(header)
        );
        (shown, Some(mismatch))
    }
}

/// Whether two addresses name the same thing, whatever their parameters are.
fn is_same(one: &link::Link, other: &link::Link) -> bool {
    one.canonical().is_some() && one.canonical() == other.canonical()
}

fn filled(row: &Row, place: usize) -> Option<&str> {
    let cell = row.cells.get(place)?;
    (!cell.trim().is_empty()).then_some(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARE: &str = "https://learn.microsoft.com/api/credentials/share/en-us/OturiDaZorama-8901/F41008EF3A8CBCE4";

    fn row(cells: &[&str], target: Option<&str>) -> Row {
        Row {
            number: 1,
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
            targets: target
                .map(|address| Target {
                    column: 0,
                    address: address.to_owned(),
                })
                .into_iter()
                .collect(),
            flaw: None,
        }
    }

    fn columns() -> Columns {
        let headers = ["Link", "First name", "Last name", "Exam"].map(str::to_owned);
        Columns::find(&headers, &[]).unwrap()
    }

    #[test]
    fn names_are_joined_and_blank_cells_are_nothing() {
        let row = row(&[SHARE, " Jane ", "Doe", "  "], None);
        let candidate = columns().candidate(&row);
        assert_eq!(candidate.name.as_deref(), Some("Jane Doe"));
        assert_eq!((candidate.link, candidate.certification), (SHARE, None));
    }

    #[test]
    fn where_a_cell_leads_counts_when_it_shows_no_address() {
        for shown in ["link", "", "Click here", "F41008EF3A8CBCE4"] {
            let row = row(&[shown], Some(SHARE));
            let candidate = columns().candidate(&row);
            assert_eq!((candidate.link, candidate.flaw), (SHARE, None), "{shown}");
        }
    }

    #[test]
    fn where_a_cell_shows_one_address_and_leads_to_another_both_are_not_believed() {
        let same = format!("{SHARE}?sharingId=E0A12B3C4D5E6F70");
        let other = SHARE.replace("F41008EF", "00000000");
        for (target, is_flawed) in [
            (SHARE, false),
            (&same, false),
            (&other, true),
            ("https://phish.example/", true),
        ] {
            let row = row(&[SHARE], Some(target));
            let candidate = columns().candidate(&row);
            assert_eq!(candidate.link, SHARE);
            assert_eq!(candidate.flaw.is_some(), is_flawed, "{target}");
        }
    }

    #[test]
    fn a_row_without_cells_is_a_candidate_without_a_link() {
        let row = row(&[], None);
        assert_eq!(columns().candidate(&row).link, "");
    }
}
