//! The headers of a list: one for each column, each once.

use std::collections::HashMap;

/// The most columns that are read; a worksheet of Excel has no more.
pub(super) const COLUMN_LIMIT: usize = 16_384;

/// The headers known so far. They only grow, and a header keeps its place.
#[derive(Debug, Default)]
pub(super) struct Headers {
    names: Vec<String>,
    places: HashMap<String, usize>,
    /// How many columns there are so far of a name that stands more than once.
    repeated: HashMap<String, usize>,
}

impl Headers {
    /// The headers of a header line: as written, a repeated one numbered, a blank one named
    /// after its place.
    pub(super) fn of(names: impl IntoIterator<Item = String>) -> Self {
        let mut headers = Self::default();
        for name in names {
            headers.add(name);
        }
        headers
    }

    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// Adds a column at the end and gives its place.
    pub(super) fn add(&mut self, name: String) -> usize {
        let place = self.names.len();
        let name = if name.trim().is_empty() {
            format!("column {}", place + 1)
        } else {
            name
        };
        let name = self.unique(&name);
        self.places.insert(name.clone(), place);
        self.names.push(name);
        place
    }

    /// Adds columns until a row of so many cells has a header for each.
    pub(super) fn widen(&mut self, cells: usize) {
        while self.names.len() < cells {
            self.add(String::new());
        }
    }

    fn unique(&mut self, name: &str) -> String {
        let mut candidate = name.to_owned();
        while self.places.contains_key(&candidate) {
            // Counted on from the last time, so that many equal names take no longer each.
            let times = self.repeated.entry(name.to_owned()).or_insert(1);
            *times += 1;
            candidate = format!("{name} ({times})");
        }
        candidate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_header_is_there_once_and_in_its_place() {
        let given = [
            "link",
            "Notes",
            "",
            "Notes",
            "Notes (2)",
            "Notes",
            "column 3",
        ];
        let mut headers = Headers::of(given.map(str::to_owned));
        headers.widen(8);
        assert_eq!(
            headers.names(),
            [
                "link",
                "Notes",
                "column 3",
                "Notes (2)",
                "Notes (2) (2)",
                "Notes (3)",
                "column 3 (2)",
                "column 8"
            ]
        );
        assert_eq!(headers.place("Notes (3)"), Some(5));
    }
}
