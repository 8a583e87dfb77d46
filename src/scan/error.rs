//! Why a document cannot be read, and what to do.

/// Why a document cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScanError {
    /// There is nothing in it.
    #[error("it is empty")]
    Empty,
    /// It has more bytes than any CV.
    #[error("it is larger than 64 MiB, which no CV is; save it without its pictures")]
    TooLarge,
    /// It unfolds into more than any CV holds.
    #[error(
        "it unfolds into more than any CV holds ({0}); ask the sender how it was made before \
         opening it"
    )]
    Bomb(&'static str),
    /// It is protected by a password.
    #[error("it is protected by a password; ask for a copy without one")]
    Encrypted,
    /// There are only pictures in it.
    #[error("it holds no text: it is a picture of a document; ask for the original file")]
    NoText,
    /// It is of a format that is not read here.
    #[error("it is {what}, which is not read here; {advice}")]
    Unsupported {
        /// What it is.
        what: &'static str,
        /// What to do.
        advice: &'static str,
        /// Whether it may be a CV.
        sort: Sort,
    },
    /// It is not what it begins as.
    #[error("it begins like {what} but is damaged or cut off ({reason}); ask for it again")]
    Damaged {
        /// What it begins as.
        what: &'static str,
        /// What is wrong.
        reason: String,
    },
}

/// Whether a file of an unread format may be a CV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A document of another program.
    Document,
    /// A picture, an archive, a program.
    Other,
}

impl ScanError {
    /// Whether the file is plainly no document, so that among others it may be left out.
    ///
    /// ```
    /// use bonafide::catalog::Catalog;
    ///
    /// let error = bonafide::scan::read("me.png", b"\x89PNG\r\n\x1a\n", Catalog::embedded()).unwrap_err();
    /// assert!(error.is_no_document());
    /// ```
    pub fn is_no_document(&self) -> bool {
        matches!(
            self,
            Self::Unsupported {
                sort: Sort::Other,
                ..
            }
        )
    }

    pub(super) fn damaged(what: &'static str, reason: impl std::fmt::Display) -> Self {
        let reason: String = reason.to_string().chars().take(120).collect();
        Self::Damaged { what, reason }
    }
}
