//! Which column of a list is the link, the name and so on.

use crate::report::neutral;

use super::mapping::{Chosen, Mapping};
use super::names::{Field, Meaning, as_written, canonical, meaning};

/// The columns of a list that mean something, by their places from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    pub(super) headers: Vec<String>,
    pub(super) link: usize,
    /// One, or more whose cells are joined: first and last name.
    pub(super) name: Vec<usize>,
    pub(super) certification: Option<usize>,
    pub(super) email: Option<usize>,
    pub(super) id: Option<usize>,
    pub(super) role: Option<usize>,
}

/// Columns that cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ColumnError {
    /// No header is one of a link.
    #[error(
        "no column is known to hold the link; say which with --map link=HEADER or \
         --map link=#NUMBER. Headers found: {found}"
    )]
    NoLink {
        /// The headers, with their numbers.
        found: String,
    },
    /// Several headers are of one field.
    #[error("the columns {found} could each be the {field}; say which with --map {field}=#NUMBER")]
    Several {
        /// The field.
        field: Field,
        /// The headers, with their numbers.
        found: String,
    },
    /// A mapping names a header that is not there.
    #[error("--map {field}={header}: there is no such header. Headers found: {found}")]
    NoSuchHeader {
        /// The field.
        field: Field,
        /// The header asked for.
        header: String,
        /// The headers, with their numbers.
        found: String,
    },
    /// A mapping counts beyond the last column.
    #[error("--map {field}=#{position}: there is no such column. Headers found: {found}")]
    NoSuchPosition {
        /// The field.
        field: Field,
        /// The position asked for.
        position: usize,
        /// The headers, with their numbers.
        found: String,
    },
    /// A field is mapped more than once.
    #[error("--map {field}=… is given more than once; only the name may be, to be joined")]
    MappedTwice {
        /// The field.
        field: Field,
    },
}

impl Columns {
    /// Finds the columns by their headers. What is mapped is not looked for.
    ///
    /// # Errors
    /// When no column is the link, when several could be one field, or when a mapping names
    /// a column that is not there.
    pub fn find(headers: &[String], maps: &[Mapping]) -> Result<Self, ColumnError> {
        let find = Find { headers, maps };
        Ok(Self {
            headers: headers.to_vec(),
            link: find.one(Field::Link)?.ok_or_else(|| ColumnError::NoLink {
                found: find.listed(0..headers.len()),
            })?,
            name: find.name()?,
            certification: find.one(Field::Certification)?,
            email: find.one(Field::Email)?,
            id: find.one(Field::Id)?,
            role: find.one(Field::Role)?,
        })
    }

    /// Which column was taken for what, and what is not compared for want of one. `headers`
    /// are the list's.
    pub fn in_words(&self, headers: &[String]) -> String {
        let called = |place: &usize| {
            let name = headers.get(*place).map_or("", String::as_str);
            format!("{:?}", neutral::terminal(name))
        };
        let used: Vec<String> = Field::ALL
            .into_iter()
            .filter_map(|field| {
                let places = match field {
                    Field::Name => self.name.clone(),
                    field => self.place(field).into_iter().collect(),
                };
                let names: Vec<_> = places.iter().map(called).collect();
                (!names.is_empty()).then(|| format!("{field} {}", names.join(" with ")))
            })
            .collect();
        let mut text = format!("Columns read: {}.", used.join(", "));
        if self.name.is_empty() {
            text.push_str(" No column is a name: whose credentials they are is not checked.");
        }
        if self.certification.is_none() {
            text.push_str(" No column is a claim: which certifications they are is not checked.");
        }
        text
    }

    /// The columns whose cells together are the name.
    pub fn names(&self) -> &[usize] {
        &self.name
    }

    /// The column of a field; of a name in two columns, the first.
    pub fn place(&self, field: Field) -> Option<usize> {
        match field {
            Field::Link => Some(self.link),
            Field::Name => self.name.first().copied(),
            Field::Certification => self.certification,
            Field::Email => self.email,
            Field::Id => self.id,
            Field::Role => self.role,
        }
    }
}

struct Find<'a> {
    headers: &'a [String],
    maps: &'a [Mapping],
}

impl Find<'_> {
    fn one(&self, field: Field) -> Result<Option<usize>, ColumnError> {
        match &self.mapped(field)?[..] {
            [] => self.only(Meaning::Field(field), field),
            [place] => Ok(Some(*place)),
            _ => Err(ColumnError::MappedTwice { field }),
        }
    }

    /// The full name where there is one, or else first and last name. Beside a first name
    /// alone, `name` is the last name, as in German lists.
    fn name(&self) -> Result<Vec<usize>, ColumnError> {
        let mapped = self.mapped(Field::Name)?;
        if !mapped.is_empty() {
            return Ok(mapped);
        }
        let full = self.only(Meaning::Field(Field::Name), Field::Name)?;
        let last = || self.only(Meaning::LastName, Field::Name);
        let first = || self.only(Meaning::FirstName, Field::Name);
        Ok(match full {
            Some(name) => match (first()?, last()?) {
                (Some(first), None) => vec![first, name],
                _ => vec![name],
            },
            None => first()?.into_iter().chain(last()?).collect(),
        })
    }

    fn mapped(&self, field: Field) -> Result<Vec<usize>, ColumnError> {
        self.maps
            .iter()
            .filter(|map| map.field == field)
            .map(|map| self.chosen(field, &map.column))
            .collect()
    }

    fn chosen(&self, field: Field, column: &Chosen) -> Result<usize, ColumnError> {
        match column {
            Chosen::Position(position) if *position <= self.headers.len() => Ok(position - 1),
            Chosen::Position(position) => Err(ColumnError::NoSuchPosition {
                field,
                position: *position,
                found: self.listed(0..self.headers.len()),
            }),
            Chosen::Header(header) => self.headed(field, header),
        }
    }

    /// The column of a header as it was written, or else as headers are compared.
    fn headed(&self, field: Field, header: &str) -> Result<usize, ColumnError> {
        let exactly = self.places(|name| as_written(name).trim() == header);
        let places = if exactly.is_empty() {
            let header = canonical(header);
            self.places(|name| !header.is_empty() && canonical(name) == header)
        } else {
            exactly
        };
        match places[..] {
            [place] => Ok(place),
            [] => match self.places(|name| name == header)[..] {
                [place] => Ok(place),
                _ => Err(ColumnError::NoSuchHeader {
                    field,
                    header: neutral::terminal(header),
                    found: self.listed(0..self.headers.len()),
                }),
            },
            _ => Err(self.several(field, &places)),
        }
    }

    fn only(&self, sought: Meaning, field: Field) -> Result<Option<usize>, ColumnError> {
        match self.places(|name| meaning(name) == Some(sought))[..] {
            [] => Ok(None),
            [place] => Ok(Some(place)),
            ref places => Err(self.several(field, places)),
        }
    }

    fn places(&self, is_it: impl Fn(&str) -> bool) -> Vec<usize> {
        let headers = self.headers.iter().enumerate();
        headers
            .filter(|(_, name)| is_it(name))
            .map(|(place, _)| place)
            .collect()
    }

    fn several(&self, field: Field, places: &[usize]) -> ColumnError {
        ColumnError::Several {
            field,
            found: self.listed(places.iter().copied()),
        }
    }

    /// Headers with their numbers, as many as a person reads. An address among them may be
    /// a secret, and is no header.
    fn listed(&self, places: impl ExactSizeIterator<Item = usize>) -> String {
        const SHOWN: usize = 30;
        let more = places.len().saturating_sub(SHOWN);
        let mut listed: Vec<_> = places
            .take(SHOWN)
            .map(|place| {
                let name = as_written(&self.headers[place]);
                let name = if name.contains("://") {
                    "(an address)".to_owned()
                } else {
                    neutral::terminal(name.trim())
                };
                format!("#{} {name}", place + 1)
            })
            .collect();
        if more > 0 {
            listed.push(format!("and {more} more"));
        }
        listed.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(headers: &[&str], maps: &[&str]) -> Result<Columns, ColumnError> {
        let headers: Vec<_> = headers.iter().map(|name| (*name).to_owned()).collect();
        let maps: Vec<_> = maps.iter().map(|map| map.parse().unwrap()).collect();
        Columns::find(&headers, &maps)
    }

    #[test]
    fn columns_are_found_by_their_headers() {
        let found = find(
            &[
                "ID",
                "Candidate",
                "Notes",
                "Share link",
                "Exam",
                "E-mail",
                "Role",
            ],
            &[],
        )
        .unwrap();
        let places = Field::ALL.map(|field| found.place(field));
        assert_eq!(
            places,
            [Some(3), Some(1), Some(4), Some(5), Some(0), Some(6)]
        );
    }

    #[test]
    fn first_and_last_name_are_joined_in_that_order() {
        for (headers, name) in [
            (&["link", "Nachname", "Vorname"][..], &[2, 1][..]),
            (&["link", "Name", "Vorname"], &[2, 1]),
            (&["link", "Name", "First name", "Last name"], &[1]),
            (&["link", "Name", "Surname"], &[1]),
            (&["link", "Surname"], &[1]),
            (&["link"], &[]),
        ] {
            assert_eq!(find(headers, &[]).unwrap().name, name, "{headers:?}");
        }
    }

    #[test]
    fn a_mapping_wins_over_a_header() {
        let headers = ["link", "link (2)", "who", "Name", "x y"];
        let found = find(&headers, &["link=#2", "name=WHO", "id=X_Y"]).unwrap();
        assert_eq!((found.link, found.name, found.id), (1, vec![2], Some(4)));
        let joined = find(&headers, &["link=#1", "name=who", "name=Name"]).unwrap();
        assert_eq!(joined.name, [2, 3]);
        let numbered = find(&["a", "b (2)"], &["link=b (2)"]).unwrap();
        assert_eq!(numbered.link, 1);
    }

    #[test]
    fn columns_that_cannot_be_told_are_named() {
        for (headers, maps, message) in [
            (
                &["name", "https://a.example/?sharingId=1"][..],
                &[][..],
                "no column is known to hold the link; say which with --map link=HEADER or \
                 --map link=#NUMBER. Headers found: #1 name, #2 (an address)",
            ),
            (
                &["URL", "name", "link"],
                &[],
                "the columns #1 URL, #3 link could each be the link; say which with \
                 --map link=#NUMBER",
            ),
            (
                &["link", "link (2)"],
                &[],
                "the columns #1 link, #2 link could each be the link; say which with \
                 --map link=#NUMBER",
            ),
            (
                &["link", "link (2)"],
                &["link=link"],
                "the columns #1 link, #2 link could each be the link; say which with \
                 --map link=#NUMBER",
            ),
            (
                &["link", "name", "holder"],
                &[],
                "the columns #2 name, #3 holder could each be the name; say which with \
                 --map name=#NUMBER",
            ),
            (
                &["a"],
                &["link=b"],
                "--map link=b: there is no such header. Headers found: #1 a",
            ),
            (
                &["a"],
                &["link=#2"],
                "--map link=#2: there is no such column. Headers found: #1 a",
            ),
            (
                &["a", "b"],
                &["link=a", "link=b"],
                "--map link=… is given more than once; only the name may be, to be joined",
            ),
        ] {
            assert_eq!(find(headers, maps).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn other_headers_may_stand_twice() {
        assert!(find(&["link", "notes", "notes (2)"], &[]).is_ok());
    }
}
