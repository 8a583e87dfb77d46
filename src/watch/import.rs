//! Entries from any list that `batch` reads.

use std::borrow::Cow;

use crate::batch::input::{ColumnError, Columns, Field, Mapping, Row, canonical};
use crate::link;
use crate::report::meant::meant;
use crate::report::neutral;
use crate::report::request::Language;
use crate::report::sheet::unguarded;
use crate::watch::table::HEADERS;
use crate::watch::{Details, Entry, EntryId, LabelError, RenewalPlan, TrackedLink};

/// A column that a list has beside those of `batch`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Own {
    Owner,
    Lead,
    Labels,
    Language,
    Channels,
    Note,
    SnoozedUntil,
    WillNotRenew,
}

/// Each with the headers that it is known by, of letters and digits alone.
const OWN: [(Own, &[&str]); 8] = [
    (Own::Owner, &["owner", "ownermail", "owneremail"]),
    (
        Own::Lead,
        &["lead", "leadmail", "leademail", "teamlead", "teamleitung"],
    ),
    (Own::Labels, &["labels", "label", "tags", "tag"]),
    (Own::Language, &["language", "lang", "sprache"]),
    (Own::Channels, &["channels", "channel", "kanal", "kanäle"]),
    (Own::Note, &["note", "notes", "notiz", "bemerkung"]),
    (Own::SnoozedUntil, &["snoozeduntil"]),
    (Own::WillNotRenew, &["willnotrenew"]),
];

/// A list whose columns cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// One of those that `batch` has.
    #[error(transparent)]
    Columns(#[from] ColumnError),
    /// Two columns are of one meaning.
    #[error("the columns {one} and {other} mean the same; leave one of them out")]
    Twice {
        /// The first.
        one: String,
        /// The second.
        other: String,
    },
}

/// A column that holds something and is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unused {
    /// Its header, made harmless.
    pub header: String,
    /// The column that may have been meant.
    pub meant: Option<&'static str>,
}

/// Reads entries from the rows of a list.
#[derive(Debug)]
pub struct Importer<'a> {
    headers: &'a [String],
    columns: Columns,
    places: Vec<(Own, usize)>,
}

impl<'a> Importer<'a> {
    /// For a list with these headers. `maps` say which column is which where the headers do not.
    ///
    /// # Errors
    /// When no column is the link, or several could be one.
    pub fn new(headers: &'a [String], maps: &[Mapping]) -> Result<Self, ImportError> {
        let columns = Columns::find(headers, maps)?;
        let mut places: Vec<(Own, usize)> = Vec::new();
        let own = columns.place(Field::Email).map(|place| (Own::Owner, place));
        let named = headers
            .iter()
            .enumerate()
            .filter_map(|(place, header)| Some((meaning(header)?, place)));
        for (own, place) in own.into_iter().chain(named) {
            if let Some((_, other)) = places.iter().find(|(known, _)| *known == own) {
                return Err(ImportError::Twice {
                    one: shown(&headers[*other]),
                    other: shown(&headers[place]),
                });
            }
            places.push((own, place));
        }
        Ok(Self {
            headers,
            columns,
            places,
        })
    }

    /// The columns that hold something in these rows and are not used.
    pub fn unused(&self, rows: &[Row]) -> Vec<Unused> {
        let is_used = |place: &usize| {
            self.columns.names().contains(place)
                || self.columns.place(Field::Link) == Some(*place)
                || self.places.iter().any(|(_, used)| used == place)
        };
        let is_filled = |place: &usize| {
            let filled = |row: &Row| {
                row.cells
                    .get(*place)
                    .is_some_and(|cell| !cell.trim().is_empty())
            };
            rows.iter().any(filled)
        };
        (0..self.headers.len())
            .filter(|place| !is_used(place) && is_filled(place))
            .map(|place| Unused {
                header: shown(&self.headers[place]),
                meant: meant(&self.headers[place].to_lowercase(), HEADERS),
            })
            .collect()
    }

    /// Reads a row. `channel` says what is wrong with the name of a channel.
    ///
    /// # Errors
    /// Everything that is wrong with it, in words.
    pub fn entry(
        &self,
        row: &Row,
        channel: impl Fn(&str) -> Result<(), String>,
    ) -> Result<Entry, Vec<String>> {
        let mut wrong = Vec::new();
        let candidate = self.columns.candidate(row);
        wrong.extend(candidate.flaw.map(Cow::into_owned));
        let link = noted(tracked(candidate.link), &mut wrong);
        let details = Details {
            name: candidate.name.map(|name| unguarded(name.trim()).to_owned()),
            owner: self.read(row, Own::Owner, &mut wrong, |mail| unguarded(mail).parse()),
            lead: self.read(row, Own::Lead, &mut wrong, |mail| unguarded(mail).parse()),
            labels: self
                .each(row, Own::Labels, &mut wrong, |word| {
                    let label: Result<_, LabelError> = word.parse();
                    label.map_err(|error| format!("{error}, found {word:?}"))
                })
                .into_iter()
                .collect(),
            language: self.read(row, Own::Language, &mut wrong, |tag| {
                Language::of_locale(tag).ok_or("expected a language such as en or de")
            }),
            channels: self.each(row, Own::Channels, &mut wrong, |name| {
                channel(name).map(|()| name.to_owned())
            }),
            note: self
                .cell(row, Own::Note)
                .map(|note| unguarded(note).to_owned()),
        };
        let snoozed_until = self.read(row, Own::SnoozedUntil, &mut wrong, |day| {
            let day = day.parse();
            day.map_err(|_| "expected a day such as 2026-11-22")
        });
        let plan = self.read(row, Own::WillNotRenew, &mut wrong, plan);
        match link {
            Some(link) if wrong.is_empty() => Ok(Entry {
                id: EntryId(0),
                link,
                details,
                snoozed_until,
                plan: plan.unwrap_or_default(),
            }),
            _ => Err(wrong),
        }
    }

    /// The name in a row, for people to find it by.
    pub fn name(&self, row: &Row) -> Option<String> {
        let name = self.columns.candidate(row).name;
        name.map(|name| neutral::terminal_line(name.trim()))
    }

    fn cell<'r>(&self, row: &'r Row, own: Own) -> Option<&'r str> {
        let (_, place) = self.places.iter().find(|(known, _)| *known == own)?;
        let cell = row.cells.get(*place)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    fn read<T, E: ToString>(
        &self,
        row: &Row,
        own: Own,
        wrong: &mut Vec<String>,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        let read = read(self.cell(row, own)?);
        noted(read.map_err(|error| self.of(own, &error)), wrong)
    }

    /// Reads a cell of several words.
    fn each<T, E: ToString>(
        &self,
        row: &Row,
        own: Own,
        wrong: &mut Vec<String>,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Vec<T> {
        let words = self.cell(row, own).unwrap_or_default().split([';', ',']);
        let words = words.map(str::trim).filter(|word| !word.is_empty());
        words
            .filter_map(|word| noted(read(word).map_err(|error| self.of(own, &error)), wrong))
            .collect()
    }

    /// What is wrong, with the column that it is wrong in.
    fn of(&self, own: Own, error: &impl ToString) -> String {
        let place = self.places.iter().find(|(known, _)| *known == own);
        let header = place.map_or_else(String::new, |(_, place)| shown(&self.headers[*place]));
        format!("{header}: {}", error.to_string())
    }
}

fn noted<T>(read: Result<T, String>, wrong: &mut Vec<String>) -> Option<T> {
    read.map_err(|why| wrong.push(why)).ok()
}

fn tracked(text: &str) -> Result<TrackedLink, String> {
    if text.trim().is_empty() {
        return Err("there is no link in it".to_owned());
    }
    let judged = link::judge(text);
    TrackedLink::of(&judged).ok_or_else(|| {
        let why = judged.findings().last();
        let why = why.map_or("it names no credential", |why| why.message());
        format!("its link cannot be tracked: {why}")
    })
}

fn plan(cell: &str) -> Result<RenewalPlan, &'static str> {
    let is_one_of = |words: &[&str]| words.iter().any(|word| cell.eq_ignore_ascii_case(word));
    if is_one_of(&["yes", "true", "1", "x", "ja"]) {
        Ok(RenewalPlan::LetEnd)
    } else if is_one_of(&["no", "false", "0", "nein", "-"]) {
        Ok(RenewalPlan::Renew)
    } else {
        Err("expected yes or no")
    }
}

fn meaning(header: &str) -> Option<Own> {
    let header = canonical(header);
    let known = OWN.iter().find(|(_, names)| names.contains(&&*header));
    known.map(|(own, _)| *own)
}

/// A header for people. An address among them may be a secret, and is no header.
fn shown(header: &str) -> String {
    if header.contains("://") {
        "(an address)".to_owned()
    } else {
        neutral::terminal(header.trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    fn row(cells: &[&str]) -> Row {
        Row {
            number: 1,
            cells: headers(cells),
            ..Row::default()
        }
    }

    #[test]
    fn every_column_of_an_export_is_known() {
        let headers = headers(&HEADERS);
        let importer = Importer::new(&headers, &[]).unwrap();
        assert_eq!(importer.unused(&[row(&["x"; HEADERS.len()])]), []);
    }

    #[test]
    fn columns_are_known_as_people_write_them() {
        let headers = headers(&[
            "Link",
            "Owner",
            "Team Lead",
            "Tags",
            "Kanal",
            "Will not renew",
        ]);
        let importer = Importer::new(&headers, &[]).unwrap();
        let link = "https://learn.microsoft.com/api/credentials/20170DBC5AC04E38";
        let row = row(&[
            link,
            "jane@example.com",
            "lead@example.com",
            "a, b",
            "mail",
            "Nein",
        ]);
        let entry = importer.entry(&row, |_| Ok(())).unwrap();
        assert_eq!(
            entry.details.owner,
            Some("jane@example.com".parse().unwrap())
        );
        assert_eq!(
            entry.details.lead,
            Some("lead@example.com".parse().unwrap())
        );
        assert_eq!(entry.details.labels.len(), 2);
        assert_eq!(entry.details.channels, ["mail"]);
        assert_eq!(entry.plan, RenewalPlan::Renew);
    }

    #[test]
    fn a_column_that_is_not_used_is_named_where_it_holds_something() {
        let headers = headers(&[
            "link",
            "chanels",
            "Department",
            "",
            "https://x.example/?key=1",
        ]);
        let importer = Importer::new(&headers, &[]).unwrap();
        let unused = importer.unused(&[row(&["x", "mail", "IT", " ", "y"])]);
        let unused: Vec<_> = unused
            .iter()
            .map(|unused| (&*unused.header, unused.meant))
            .collect();
        assert_eq!(
            unused,
            [
                ("chanels", Some("channels")),
                ("Department", None),
                ("(an address)", None)
            ]
        );
    }

    #[test]
    fn two_columns_of_one_meaning_are_refused() {
        for (one, other) in [("email", "Owner"), ("label", "tags")] {
            let headers = headers(&["link", one, other]);
            let error = Importer::new(&headers, &[]).unwrap_err();
            assert!(matches!(error, ImportError::Twice { .. }), "{error}");
            assert!(error.to_string().contains(other), "{error}");
        }
    }

    #[test]
    fn everything_that_is_wrong_with_a_row_is_said() {
        let headers = headers(&[
            "link",
            "email",
            "lead",
            "labels",
            "channels",
            "will_not_renew",
        ]);
        let importer = Importer::new(&headers, &[]).unwrap();
        let row = row(&["", "jane", "boss@", "a b;c", "mial", "maybe"]);
        let wrong = importer
            .entry(&row, |name| Err(format!("unknown channel {name}")))
            .unwrap_err();
        assert_eq!(wrong.len(), 6, "{wrong:?}");
        for (said, header) in std::iter::zip(&wrong[1..], &headers[1..]) {
            assert!(said.starts_with(&format!("{header}: ")), "{said}");
        }
    }
}
