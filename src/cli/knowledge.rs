//! What is known of certifications in this run: the shipped table, what was fetched, and
//! the user's own rows.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::catalog::{Catalog, Listing, Yours};
use crate::source::private;
use crate::store::DataDir;

/// The largest file that is fetched or checked: many times what one can hold.
pub(super) const LARGEST: u64 = 8 * 1024 * 1024;

/// The largest file of own rows, which people write by hand.
const LARGEST_OWN: u64 = 1024 * 1024;

/// Where own rows are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OwnFile {
    /// In a file that was named, which must be there.
    Named(PathBuf),
    /// In the usual place, where the system has one and if something is there.
    Usual(Option<PathBuf>),
}

impl OwnFile {
    /// The file, whether it is there or not.
    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::Named(path) => Some(path),
            Self::Usual(path) => path.as_deref(),
        }
    }

    fn load(&self) -> anyhow::Result<Option<Own>> {
        let Some(path) = self.path() else {
            return Ok(None);
        };
        let text = match (read(path, LARGEST_OWN), self) {
            (Err(error), Self::Usual(_)) if private::is_absent(&error) => {
                return Ok(None);
            }
            (text, _) => {
                text.with_context(|| format!("cannot read the own catalogue {}", path.display()))?
            }
        };
        let rows = Yours::parse(&text).with_context(|| in_own(path))?;
        Ok(Some(Own {
            path: path.to_owned(),
            rows,
        }))
    }
}

fn in_own(path: &Path) -> String {
    format!("in the own catalogue {}", path.display())
}

/// The user's own rows, and where they stand.
#[derive(Debug)]
pub(super) struct Own {
    pub(super) path: PathBuf,
    pub(super) rows: Yours,
}

/// Everything that is known, with its parts.
#[derive(Debug)]
pub(super) struct Knowledge {
    /// What was fetched, and taken over.
    pub(super) listing: Option<Listing>,
    pub(super) own: Option<Own>,
    /// All of it together; `None` for the shipped table alone.
    together: Option<Catalog>,
}

impl Knowledge {
    /// Reads what there is.
    ///
    /// # Errors
    /// When a file is there and cannot be used: to judge without it would be to judge
    /// otherwise than its owner thinks.
    pub(super) fn load(own: &OwnFile, data: Option<&DataDir>) -> anyhow::Result<Self> {
        let own = own.load()?;
        let listing = match data {
            Some(data) => kept(&listing_file(data))?,
            None => None,
        };
        let together = match (&listing, &own) {
            (None, None) => None,
            (listing, own) => {
                let rows = own.as_ref().map(|own| &own.rows);
                let catalog = Catalog::with(listing.as_ref(), rows);
                let place = own.as_ref().map(|own| in_own(&own.path));
                Some(catalog.with_context(|| place.unwrap_or_default())?)
            }
        };
        Ok(Self {
            listing,
            own,
            together,
        })
    }

    /// All of it together.
    pub(super) fn catalog(&self) -> &Catalog {
        self.together
            .as_ref()
            .unwrap_or_else(|| Catalog::embedded())
    }
}

/// What was fetched and taken over.
pub(super) fn listing_file(data: &DataDir) -> PathBuf {
    data.catalog().join("listing.json")
}

/// What was there before that.
pub(super) fn previous_file(data: &DataDir) -> PathBuf {
    data.catalog().join("listing.previous.json")
}

/// Reads a listing that was kept, where there is one.
pub(super) fn kept(path: &Path) -> anyhow::Result<Option<Listing>> {
    let text = match read_kept(path) {
        Err(error) if private::is_absent(&error) => return Ok(None),
        text => text.with_context(|| format!("cannot read {}", path.display()))?,
    };
    let listing = Listing::parse(&text).with_context(|| {
        format!(
            "{} cannot be used; go back with `bonafide catalog update --revert`, or remove it",
            path.display()
        )
    })?;
    Ok(Some(listing))
}

fn read(path: &Path, largest: u64) -> io::Result<String> {
    text(private::read_bounded(path, largest), largest)
}

/// Reads a file of the data directory.
fn read_kept(path: &Path) -> io::Result<String> {
    text(private::read_own(path, LARGEST), LARGEST)
}

fn text(read: io::Result<Vec<u8>>, largest: u64) -> io::Result<String> {
    match read {
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            let mebibytes = largest / (1024 * 1024);
            Err(io::Error::other(format!(
                "it is larger than {mebibytes} MiB; is it the right file?"
            )))
        }
        read => String::from_utf8(read?)
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8 text")),
    }
}

/// Reads a table to check.
pub(super) fn table(path: &Path) -> anyhow::Result<String> {
    let text =
        read(path, LARGEST).with_context(|| format!("cannot read the table {}", path.display()))?;
    if text.trim().is_empty() {
        bail!("the table {} is empty", path.display());
    }
    Ok(text)
}
