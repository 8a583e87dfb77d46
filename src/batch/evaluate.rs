//! Judges a row by what the book holds: no asking, no waiting.

use std::cell::RefCell;
use std::collections::HashMap;

use futures_util::FutureExt;

use super::across;
use super::input::Row;
use super::run::Held;
use super::scratch::Stored;
use super::subject::Subject;
use super::{BatchError, Book};
use crate::check::{Expectation, Wanted};
use crate::finding::{Code, Finding};
use crate::source::{Asked, Recording, Source};
use crate::verify::{self, Terms, Trip};

/// Claims that are remembered, so that a column of equal ones is read once.
const CLAIMS: usize = 1024;

/// Judges the rows of a book.
pub struct Evaluator<'a, S> {
    /// The rows and answers.
    book: &'a Book,
    /// Names the addresses that were asked.
    source: &'a S,
    /// What every row is held against, where it says nothing itself.
    terms: Terms<'a, 'a>,
    subject_of: &'a dyn Fn(&[String]) -> Subject<'_>,
    claims: RefCell<HashMap<String, Claim>>,
}

#[derive(Debug, Clone)]
enum Claim {
    Known(Wanted),
    Unknown(String),
}

/// A row, judged.
#[derive(Debug, Clone)]
pub struct Evaluated<'a> {
    /// The row as it was read.
    pub row: Row,
    /// What it was held against.
    pub expected: Expectation,
    /// What came of it.
    pub trip: Trip<'a>,
    /// What was asked for it.
    pub asked: Vec<Asked>,
}

impl<'a, S: Source> Evaluator<'a, S> {
    /// Judges by `book`, on `terms` where a row says nothing of its own.
    pub fn new(
        book: &'a Book,
        source: &'a S,
        terms: Terms<'a, 'a>,
        subject_of: &'a dyn Fn(&[String]) -> Subject<'_>,
    ) -> Self {
        Self {
            book,
            source,
            terms,
            subject_of,
            claims: RefCell::default(),
        }
    }

    /// Judges one row.
    ///
    /// # Errors
    /// When the books cannot be read.
    pub(super) fn row(&self, stored: Stored) -> Result<Evaluated<'a>, BatchError> {
        let subject = (self.subject_of)(&stored.row.cells);
        let claim = self.claim(&subject.certification);
        let expected = self.expected(&subject, claim.as_ref());
        let (mut trip, asked) = self.verify(&subject.link, &expected)?;
        for finding in self.beside(&stored, claim)? {
            for one in &mut trip.verifications {
                if across::concerns(&finding, one) {
                    one.note(finding.clone());
                }
            }
        }
        Ok(Evaluated {
            row: stored.row,
            expected,
            trip,
            asked,
        })
    }

    fn verify(
        &self,
        link: &str,
        expected: &Expectation,
    ) -> Result<(Trip<'a>, Vec<Asked>), BatchError> {
        let held = Held {
            book: self.book,
            source: self.source,
            broken: RefCell::default(),
        };
        let terms = Terms {
            catalog: self.terms.catalog,
            as_of: self.terms.as_of,
            expected,
        };
        let recording = Recording::new(&held);
        let trip = verify::verify(link, &recording, &terms)
            .now_or_never()
            .expect("the book answers without waiting");
        let asked = recording.into_asked();
        match held.broken.into_inner() {
            Some(error) => Err(error),
            None => Ok((trip, asked)),
        }
    }

    /// What the row says, and where it says nothing what the run says.
    fn expected(&self, subject: &Subject<'_>, claim: Option<&Claim>) -> Expectation {
        let own = self.terms.expected;
        let name = subject.name.trim();
        Expectation {
            name: if name.is_empty() {
                own.name.clone()
            } else {
                Some(name.to_owned())
            },
            certification: match claim {
                Some(Claim::Known(wanted)) => Some(wanted.clone()),
                Some(Claim::Unknown(_)) => None,
                None => own.certification.clone(),
            },
            require: own.require,
            valid_until: own.valid_until,
        }
    }

    fn claim(&self, text: &str) -> Option<Claim> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        if let Some(claim) = self.claims.borrow().get(text) {
            return Some(claim.clone());
        }
        let claim = match Wanted::parse(text, self.terms.catalog) {
            Ok(wanted) => Claim::Known(wanted),
            Err(error) => Claim::Unknown(format!("The claim cannot be compared: {error}.")),
        };
        let mut claims = self.claims.borrow_mut();
        if claims.len() == CLAIMS {
            claims.clear();
        }
        claims.insert(text.to_owned(), claim.clone());
        Some(claim)
    }

    /// What is to be known of the row beside its credential.
    fn beside(&self, stored: &Stored, claim: Option<Claim>) -> Result<Vec<Finding>, BatchError> {
        let flaw = stored.row.flaw.as_ref();
        let flaw = flaw.map(|flaw| Finding::new(Code::MalformedRow, flaw));
        let claim = match claim {
            Some(Claim::Unknown(why)) => Some(Finding::new(Code::CertificationUncertain, why)),
            _ => None,
        };
        let across = across::look(stored, &self.book.scratch)?;
        Ok(flaw.into_iter().chain(claim).chain(across).collect())
    }
}
