//! The folder of a page: only files of the page are replaced or removed, each as a whole.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::cli::output;
use crate::publish::page::{File, Page, PageDocument, is_ours};

/// The largest file of a page that is read.
const LIMIT: u64 = 16 * 1024 * 1024;

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
        let state = path.join("credentials.json");
        let earlier = match read_bounded(&state, LIMIT) {
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

    /// What an earlier run left.
    pub(super) fn earlier(&self) -> Option<&PageDocument> {
        self.earlier.as_ref()
    }

    /// Writes every file as a whole: badges first, since those are looked at from elsewhere,
    /// and what the next run reads last.
    ///
    /// # Errors
    /// When one of the page's names is taken by a file of somebody else's, before anything is
    /// written; or when a file cannot be written.
    pub(super) fn write(&self, page: &Page<'_>) -> anyhow::Result<()> {
        let mut files = page.badges();
        files.extend(page.files().into_iter().rev());
        for file in &files {
            self.refuse_strangers(&file.name)?;
        }
        let badges = self.path.join("badges");
        std::fs::create_dir_all(&badges)
            .with_context(|| format!("cannot make the folder {}", badges.display()))?;
        for name in page.gone() {
            self.remove(name)?;
        }
        for File { name, text } in &files {
            output::write(Some(&self.place(name)), text.as_bytes())?;
        }
        Ok(())
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
