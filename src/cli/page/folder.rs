//! The folder of a page: only files of the page are replaced or removed, each as a whole.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::cli::output;
use crate::publish::page::{File, Page, PageDocument, is_ours};

/// The largest file of a page that is read.
const LIMIT: u64 = 16 * 1024 * 1024;

/// The largest data of an earlier run, and the largest badge, that are read.
const DATA: u64 = 4 * 1024 * 1024;
const BADGE: u64 = 256 * 1024;

/// The file that says what an earlier run left.
const STATE: &str = "credentials.json";

/// The folder of a page, and what an earlier run left in it.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    earlier: Option<PageDocument>,
}

impl Folder {
    /// Looks at the folder; it need not be there yet.
    ///
    /// # Errors
    /// When it is no folder, or what an earlier run left cannot be read or is something else.
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        if path == Path::new("-") {
            bail!("-o -: a page is a folder of files; name one, such as site");
        }
        if path.exists() && !path.is_dir() {
            bail!("-o {} is a file; expected a folder", path.display());
        }
        let state = path.join(STATE);
        let earlier = match read_bounded(&state, DATA) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            read => {
                let named = state.display();
                let bytes = read.with_context(|| format!("cannot read {named}"))?;
                let read = PageDocument::read(&bytes);
                Some(read.with_context(|| format!("{named} stands where the page's own would; move it away or name another folder"))?)
            }
        };
        Ok(Self {
            path: path.to_owned(),
            earlier,
        })
    }

    /// Makes the folder, and waits until no other run writes it.
    ///
    /// # Errors
    /// When it cannot be made, or another run writes it for too long.
    pub(super) fn turn(&self) -> anyhow::Result<Option<output::Turn>> {
        make_folder(&self.path)?;
        output::turn(&self.path.join(STATE))
    }

    /// What an earlier run left.
    pub(super) fn earlier(&self) -> Option<&PageDocument> {
        self.earlier.as_ref()
    }

    /// A badge that an earlier run left, as its text.
    pub(super) fn badge(&self, name: &str) -> Option<String> {
        let bytes = read_bounded(&self.place(name), BADGE).ok()?;
        String::from_utf8(bytes).ok()
    }

    /// Writes every file as a whole: the page and its data first, so that they are true even
    /// where a badge cannot be written. Gives back what could not be done.
    ///
    /// # Errors
    /// When one of the page's names is taken by a file of somebody else's, before anything is
    /// written; or when there can be no folder.
    pub(super) fn write(&self, page: &Page<'_>) -> anyhow::Result<Vec<anyhow::Error>> {
        let (pages, badges) = (page.files(), page.badges());
        for file in pages.iter().chain(&badges) {
            self.refuse_strangers(&file.name)?;
        }
        let mut failed: Vec<_> = self.put(&pages).collect();
        failed.extend(make_folder(&self.path.join("badges")).err());
        failed.extend(
            page.gone()
                .iter()
                .filter_map(|name| self.remove(name).err()),
        );
        failed.extend(self.put(&badges));
        Ok(failed)
    }

    /// Writes files, and gives back what could not be written.
    fn put<'f>(&'f self, files: &'f [File]) -> impl Iterator<Item = anyhow::Error> + 'f {
        let written = files
            .iter()
            .map(|File { name, text }| output::write(Some(&self.place(name)), text.as_bytes()));
        written.filter_map(Result::err)
    }

    fn refuse_strangers(&self, name: &str) -> anyhow::Result<()> {
        let path = self.place(name);
        match read_bounded(&path, LIMIT) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Ok(bytes) if is_ours(name, &String::from_utf8_lossy(&bytes)) => Ok(()),
            Ok(_) => bail!(
                "{} is not the page's; move it away or name another folder",
                path.display()
            ),
            // Writing will tell; the other files must not wait for this one.
            Err(_) if name.starts_with("badges/") => Ok(()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// Removes a badge whose credential is gone, if it is still ours.
    fn remove(&self, name: &str) -> anyhow::Result<()> {
        let path = self.place(name);
        let is_ours = read_bounded(&path, LIMIT)
            .is_ok_and(|bytes| is_ours(name, &String::from_utf8_lossy(&bytes)));
        if is_ours {
            std::fs::remove_file(&path)
                .with_context(|| format!("cannot remove {}", path.display()))?;
        }
        Ok(())
    }

    fn place(&self, name: &str) -> PathBuf {
        name.split('/')
            .fold(self.path.clone(), |path, part| path.join(part))
    }
}

fn make_folder(path: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(path)
        .with_context(|| format!("cannot make the folder {}", path.display()))
}

/// Reads a file, and refuses one that is larger.
pub(super) fn read_bounded(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut file = std::fs::File::open(path)?;
    file.by_ref().take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        let message = format!("expected at most {limit} bytes, found more");
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    Ok(bytes)
}
