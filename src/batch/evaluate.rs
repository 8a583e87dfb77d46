//! Judges a row by what the book holds: no asking, no waiting.

use std::cell::RefCell;
use std::collections::HashMap;

use super::across;
use super::book::Scope;
use super::held::Held;
use super::input::{Candidate, Columns, Row};
use super::panel::Panel;
use super::scratch::Stored;
use super::{BatchError, Book, several};
use crate::catalog::Catalog;
use crate::check::role::RoleAnswer;
use crate::check::{Expectation, Wanted};
use crate::finding::{Code, Finding};
use crate::source::{Asked, Recording, Source};
use crate::verify::{self, Gathered, Terms, Trip};

/// Claims that are remembered, so that a column of equal ones is read once.
const CLAIMS: usize = 1024;

/// Judges the rows of a book.
#[derive(Debug)]
pub struct Evaluator<'a, S> {
    /// The rows and answers.
    book: &'a Book,
    /// Names the addresses that were asked.
    source: &'a S,
    /// What every row is held against, where it says nothing itself.
    terms: Terms<'a, 'a>,
    /// Which cell is what.
    columns: &'a Columns,
    panel: Option<&'a Panel>,
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
    /// What its person has of the role that they are held against.
    pub role: Option<RoleAnswer>,
    /// Who needs its answers.
    scope: Scope,
}

impl Evaluated<'_> {
    /// A transcript holds many credentials, and a row that claims none of them in particular
    /// asks a question that has no answer yet.
    fn note_what_is_not_asked(&mut self) {
        let count = self.trip.verifications.len();
        if count > 1 && self.expected.certification.is_none() {
            let message = format!(
                "The transcript lists {count} credentials, and the row does not say which one is \
                 claimed: name it in a certification column."
            );
            self.note(&Finding::new(Code::CertificationUncertain, message));
        }
    }

    /// Adds what is to be known of the row to each of its results that it concerns.
    pub(super) fn note(&mut self, finding: &Finding) {
        for one in &mut self.trip.verifications {
            if across::concerns(finding, one) {
                one.note(finding.clone());
            }
        }
    }
}

impl<'a, S: Source> Evaluator<'a, S> {
    /// Judges by `book`, on `terms` where a row says nothing of its own.
    pub fn new(book: &'a Book, source: &'a S, terms: Terms<'a, 'a>, columns: &'a Columns) -> Self {
        Self {
            book,
            source,
            terms,
            columns,
            panel: None,
            claims: RefCell::default(),
        }
    }

    /// Holds each person against a role as well.
    #[must_use]
    pub fn with_panel(mut self, panel: Option<&'a Panel>) -> Self {
        self.panel = panel;
        self
    }

    /// Judges one row, and its person against their role. What was `gathered` for it is
    /// taken from the book where it is not in hand.
    ///
    /// # Errors
    /// When the books cannot be read.
    pub(super) fn row(
        &self,
        stored: &Stored,
        gathered: Option<Gathered>,
    ) -> Result<Evaluated<'a>, BatchError> {
        let mut row = self.alone(stored, gathered)?;
        if let Some(panel) = self.panel {
            let role = self.columns.candidate(&stored.row).role;
            panel.weigh(&mut row, role, stored, self)?;
        }
        if row.role.is_none() {
            row.note_what_is_not_asked();
        }
        Ok(row)
    }

    /// Judges the other rows of a row's person, at most so many, each by itself.
    pub(super) fn others_of(
        &self,
        stored: &Stored,
        most: u32,
    ) -> Result<Vec<Evaluated<'a>>, BatchError> {
        let others = self.book.scratch.rows_of_person(stored, most)?;
        let rows = others.iter().map(|other| {
            let row = self.book.scratch.row(other.number)?;
            row.map(|row| self.alone(&row, None)).transpose()
        });
        rows.filter_map(Result::transpose).collect()
    }

    /// The rows and answers that it judges by.
    pub(super) fn book(&self) -> &'a Book {
        self.book
    }

    /// Whether a row can only be judged when all others are through.
    pub(super) fn looks_at_others(&self) -> bool {
        self.panel.is_some()
    }

    /// Judges one row by itself.
    ///
    /// # Errors
    /// When the books cannot be read.
    pub(super) fn alone(
        &self,
        stored: &Stored,
        gathered: Option<Gathered>,
    ) -> Result<Evaluated<'a>, BatchError> {
        let candidate = self.columns.candidate(&stored.row);
        let own = self.own(&candidate);
        let scope = self.book.scope(stored)?;
        let terms = self.terms_of(&own.expected);
        let trip = if let Some(gathered) = gathered {
            gathered.weigh(&terms)
        } else {
            let held = Held::new(self.book, self.source, scope);
            held.work(async |held| verify::verify(candidate.link, held, &terms).await)?
                .result
        };
        let mut row = Evaluated {
            row: stored.row.clone(),
            expected: own.expected,
            trip,
            role: None,
            scope,
        };
        let across = across::look(stored, &self.book.scratch)?;
        for finding in own.findings.iter().chain(&across) {
            row.note(finding);
        }
        Ok(row)
    }

    /// What the row's link came to by itself, without the other rows, with everything that
    /// was asked for it: what a receipt holds.
    ///
    /// # Errors
    /// When the books cannot be read.
    pub fn by_itself(&self, row: &Evaluated<'_>) -> Result<(Trip<'a>, Vec<Asked>), BatchError> {
        let candidate = self.columns.candidate(&row.row);
        let terms = self.terms_of(&row.expected);
        let held = Held::new(self.book, self.source, row.scope);
        let worked = held.work(async |held| {
            let recording = Recording::new(held);
            let trip = verify::verify(candidate.link, &recording, &terms).await;
            (trip, recording.into_asked())
        })?;
        let (mut trip, asked) = worked.result;
        for finding in self.own(&candidate).findings {
            for one in &mut trip.verifications {
                one.note(finding.clone());
            }
        }
        Ok((trip, asked))
    }

    fn terms_of<'e>(&self, expected: &'e Expectation) -> Terms<'a, 'e> {
        Terms {
            catalog: self.terms.catalog,
            as_of: self.terms.as_of,
            expected,
        }
    }

    /// What the row says, and where it says nothing what the run says.
    fn own(&self, candidate: &Candidate<'_>) -> Own {
        let run = self.terms.expected;
        let name = candidate.name.as_deref().map(str::trim);
        let name = name.filter(|name| !is_blank(name)).map(str::to_owned);
        let claim = candidate.certification.map(str::trim);
        let claim = claim.filter(|claim| !is_blank(claim));
        let lacks_name = name.is_none() && run.name.is_none() && !self.columns.names().is_empty();
        let mut findings = Vec::new();
        if let Some(flaw) = flaw(candidate, lacks_name, self.terms.catalog) {
            findings.push(Finding::new(Code::MalformedRow, flaw));
        }
        let certification = match claim.map(|claim| self.claim(claim)) {
            Some(Claim::Known(wanted)) => Some(wanted),
            Some(Claim::Unknown(why)) => {
                findings.push(Finding::new(Code::CertificationUncertain, why));
                None
            }
            None => run.certification.clone(),
        };
        Own {
            expected: Expectation {
                name: name.or_else(|| run.name.clone()),
                certification,
                require: run.require,
                valid_until: run.valid_until,
            },
            findings,
        }
    }

    fn claim(&self, text: &str) -> Claim {
        if let Some(claim) = self.claims.borrow().get(text) {
            return claim.clone();
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
        claim
    }
}

/// What a row by itself asks for, and what is wrong with it.
struct Own {
    expected: Expectation,
    findings: Vec<Finding>,
}

/// Whether a cell says that it says nothing.
fn is_blank(text: &str) -> bool {
    let text = text.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '.' | '?' | '_'));
    let text = text.trim().to_lowercase();
    matches!(
        text.as_str(),
        "" | "n/a" | "na" | "n.a" | "k.a" | "none" | "null" | "#n/a"
    )
}

const NO_NAME: &str = "The list gives no name here: whose credential it is was not checked.";

/// What is wrong with the row, one sentence after the other.
fn flaw(candidate: &Candidate<'_>, lacks_name: bool, catalog: &Catalog) -> Option<String> {
    let several = match several::credentials(candidate.link, catalog) {
        0 | 1 => None,
        count => Some(format!(
            "The cell holds links to {count} credentials; the first was checked. Give each a \
             row of its own."
        )),
    };
    let flaws: Vec<&str> = candidate
        .flaw
        .iter()
        .map(AsRef::as_ref)
        .chain(several.as_deref())
        .chain(lacks_name.then_some(NO_NAME))
        .collect();
    (!flaws.is_empty()).then(|| flaws.join(" "))
}
