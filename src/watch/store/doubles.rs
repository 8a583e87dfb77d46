//! Credentials that are tracked more than once, by different links.

use std::collections::HashMap;

use super::{Store, StoreError};
use crate::watch::EntryId;
use crate::watch::entry::number;

/// A watched credential: its entry, and what it is known by among those of its link.
pub type Place = (EntryId, String);

/// Which watched credentials are one and the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doubles {
    groups: Vec<Vec<Place>>,
    group_of: HashMap<Place, usize>,
}

impl Doubles {
    /// All places of a credential that is tracked more than once, the one asked about among
    /// them; none for one that is tracked once.
    pub fn of(&self, place: &Place) -> &[Place] {
        let group = self.group_of.get(place);
        group.map_or(&[], |group| &self.groups[*group])
    }

    /// The places of each credential that is tracked more than once, by entry.
    pub fn groups(&self) -> &[Vec<Place>] {
        &self.groups
    }
}

impl Store {
    /// The credentials that are tracked more than once: under links of their own that lead to
    /// the same, or by themselves and in a transcript.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn doubles(&self) -> Result<Doubles, StoreError> {
        let mut places: HashMap<String, Vec<Place>> = HashMap::new();
        self.read(|connection| {
            let sql = "SELECT entry, key, target, json_extract(facts, '$.credential_id')
                FROM credentials JOIN entries ON entries.id = entry ORDER BY entry, key";
            let mut statement = connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let place = (EntryId(row.get(0)?), row.get(1)?);
                let target: Option<String> = row.get(2)?;
                let id: Option<String> = row.get(3)?;
                // Without a number it is known by its link, and by its place in a transcript.
                let by_link = || Some(format!("{} {}", target?, place.1).trim_end().to_owned());
                if let Some(what) = id.as_deref().map(number).or_else(by_link) {
                    places.entry(what).or_default().push(place);
                }
            }
            Ok(())
        })?;
        let mut groups: Vec<_> = places.into_values().filter(|all| all.len() > 1).collect();
        groups.sort_unstable();
        let group_of = groups.iter().enumerate();
        let group_of = group_of.flat_map(|(at, all)| all.iter().map(move |one| (one.clone(), at)));
        let group_of = group_of.collect();
        Ok(Doubles { groups, group_of })
    }
}
