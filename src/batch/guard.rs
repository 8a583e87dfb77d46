//! Whether a run got much less than the one whose output it would replace.
//!
//! A run without network must not take the place of a good file. The rule: a run that
//! determined nothing is much less than any that determined something. Where at least
//! [`FEWEST`] rows were determined before, a run is also much less if it determined fewer rows
//! than before *and* its share of determined rows is under half of the share before. A list
//! that only became shorter keeps its share and is not much less.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::previous::{self, Stop};
use crate::report::json::Totals;
use crate::report::sheet::mark;

/// With fewer determined rows than this, a file is too small to tell anything by its shares;
/// that nothing is left is told all the same.
pub const FEWEST: u64 = 5;

/// How many rows a run has, and of how many it told the status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All rows.
    pub rows: u64,
    /// Those whose status is not `undetermined`.
    pub determined: u64,
}

impl From<&Totals> for Counts {
    fn from(totals: &Totals) -> Self {
        Self {
            rows: totals.total,
            determined: totals.total.saturating_sub(totals.undetermined),
        }
    }
}

/// A run that got much less than the one before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{file} was not replaced: in it the status of {} of {} rows is determined, in this run of \
     only {} of {}; is the network down? Run it again, or give --force to replace the file",
    before.determined, before.rows, now.determined, now.rows
)]
pub struct MuchLess {
    /// The file that would be replaced.
    pub file: String,
    /// What it holds.
    pub before: Counts,
    /// What this run got.
    pub now: Counts,
}

/// Whether `now` is much less than `before`.
///
/// ```
/// use bonafide::batch::guard::{Counts, is_much_less};
///
/// let before = Counts { rows: 100, determined: 90 };
/// assert!(is_much_less(before, Counts { rows: 100, determined: 3 }));
/// assert!(!is_much_less(before, Counts { rows: 10, determined: 9 }));
/// let single = Counts { rows: 1, determined: 1 };
/// assert!(is_much_less(single, Counts { rows: 1, determined: 0 }));
/// ```
pub fn is_much_less(before: Counts, now: Counts) -> bool {
    let product = |one: u64, other: u64| u128::from(one) * u128::from(other);
    let has_half_the_share =
        2 * product(now.determined, before.rows) >= product(before.determined, now.rows);
    if now.determined == 0 {
        return before.determined > 0;
    }
    before.determined >= FEWEST && now.determined < before.determined && !has_half_the_share
}

/// Holds a finished run against the file that it would replace.
///
/// # Errors
/// [`MuchLess`] where the file is the better one.
pub fn guard(path: &Path, now: Counts) -> Result<(), MuchLess> {
    match counts_of(path) {
        Some(before) if is_much_less(before, now) => Err(MuchLess {
            file: path.display().to_string(),
            before,
            now,
        }),
        _ => Ok(()),
    }
}

/// The counts of an earlier output; `None` where there is no such file, or it is none of ours
/// or damaged, so that there is nothing to guard.
pub fn counts_of(path: &Path) -> Option<Counts> {
    counts_of_rows(path).or_else(|| {
        let (rows, determined) = mark::read(&end_of(path)?)?;
        Some(Counts { rows, determined })
    })
}

fn counts_of_rows(path: &Path) -> Option<Counts> {
    let mut counts = Counts::default();
    let read = previous::each_row(path, |row| {
        counts.rows += 1;
        counts.determined += u64::from(row.facts.is_determined());
        Ok::<_, std::convert::Infallible>(())
    });
    match read {
        Ok(()) => Some(counts),
        Err(Stop::Previous(_)) => None,
        Err(Stop::Taker(never)) => match never {},
    }
}

/// The last bytes of a file, where documents for people carry their counts.
fn end_of(path: &Path) -> Option<String> {
    const KEPT: u64 = 4096;
    let mut file = File::open(path).ok()?;
    let long = file.seek(SeekFrom::End(0)).ok()?;
    file.seek(SeekFrom::Start(long.saturating_sub(KEPT))).ok()?;
    let mut end = Vec::new();
    file.take(KEPT).read_to_end(&mut end).ok()?;
    Some(String::from_utf8_lossy(&end).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts((rows, determined): (u64, u64)) -> Counts {
        Counts { rows, determined }
    }

    #[test]
    fn much_less_is_less_than_half_the_share_and_less_at_all() {
        for (before, now, expected) in [
            ((100, 100), (100, 0), true),
            ((100, 100), (100, 49), true),
            ((100, 100), (100, 50), false),
            ((100, 100), (100, 100), false),
            ((100, 40), (100, 19), true),
            ((100, 40), (100, 20), false),
            // Too few to tell by shares, but nothing is nothing.
            ((100, 4), (100, 1), false),
            ((100, 4), (100, 0), true),
            ((1, 1), (1, 0), true),
            ((1, 1), (0, 0), true),
            ((1, 0), (1, 0), false),
            ((5, 5), (5, 0), true),
            // The list became shorter; its share stays.
            ((100, 100), (10, 10), false),
            ((100, 100), (10, 5), false),
            ((100, 100), (10, 4), true),
            ((100, 100), (0, 0), true),
            // The list became longer: more was determined than before.
            ((10, 10), (1000, 400), false),
            ((10, 10), (1000, 10), false),
            ((10, 10), (1000, 9), true),
            ((0, 0), (0, 0), false),
            ((u64::MAX, u64::MAX), (u64::MAX, 1), true),
        ] {
            assert_eq!(
                is_much_less(counts(before), counts(now)),
                expected,
                "{before:?} {now:?}"
            );
        }
    }

    #[test]
    fn counts_are_read_from_outputs_of_every_sort() {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/outputs");
        for name in ["list.csv", "list.jsonl", "list.json"] {
            assert_eq!(
                counts_of(&fixtures.join(name)),
                Some(counts((4, 3))),
                "{name}"
            );
        }
        let folder = tempfile::TempDir::new().unwrap();
        let totals = Totals {
            total: 8,
            undetermined: 2,
            ..Totals::default()
        };
        for name in ["a.html", "a.md", "a.xml", "a.out", "a"] {
            let path = folder.path().join(name);
            assert_eq!(counts_of(&path), None);
            let text = format!("{}{}\n", "é".repeat(5000), mark::comment(&totals));
            std::fs::write(&path, text).unwrap();
            assert_eq!(counts_of(&path), Some(counts((8, 6))), "{name}");
            let error = guard(&path, counts((8, 1))).unwrap_err().to_string();
            assert!(
                error.contains("6 of 8 rows is determined, in this run of only 1 of 8"),
                "{error}"
            );
            assert_eq!(guard(&path, counts((8, 6))), Ok(()));
        }
        let strange = folder.path().join("notes.csv");
        std::fs::write(&strange, "a,b\n1,2\n").unwrap();
        assert_eq!(guard(&strange, counts((8, 0))), Ok(()));
    }
}
