//! Holds a row's person, with all their rows, against a role.

use std::cell::RefCell;
use std::collections::HashMap;

use super::BatchError;
use super::evaluate::{Evaluated, Evaluator};
use super::scratch::Stored;
use crate::check::role::{Held, Role, RoleAnswer, Roles, UnknownRole};
use crate::finding::{Code, Finding};
use crate::source::Source;

/// Rows of one person that are taken together; nobody has more credentials than that.
const MOST: u32 = 500;

/// Answers that are remembered: the rows of one person often stand together.
const REMEMBERED: usize = 1024;

/// What an answer rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rests {
    OnCommonKnowledge,
    /// On rows of the user's own catalogue.
    OnOwnRows,
}

/// The roles that rows are held against.
#[derive(Debug)]
pub struct Panel {
    roles: Roles,
    /// The role of every row; without one each row says its own.
    for_all: Option<String>,
    answers: RefCell<HashMap<(String, String), (RoleAnswer, Rests)>>,
}

impl Panel {
    /// Holds rows against `for_all`, or each against the role that it names.
    ///
    /// # Errors
    /// When no role is called `for_all`.
    pub fn new(roles: Roles, for_all: Option<&str>) -> Result<Self, UnknownRole> {
        if let Some(name) = for_all {
            roles.find(name)?;
        }
        Ok(Self {
            for_all: for_all.map(str::to_owned),
            roles,
            answers: RefCell::default(),
        })
    }

    /// Whether every row must say its own role.
    pub fn needs_a_column(&self) -> bool {
        self.for_all.is_none()
    }

    /// Says what a row's person has of their role, and notes it on the row.
    pub(super) fn weigh<S: Source>(
        &self,
        row: &mut Evaluated<'_>,
        named: Option<&str>,
        stored: &Stored,
        evaluator: &Evaluator<'_, S>,
    ) -> Result<(), BatchError> {
        let Some(name) = self.for_all.as_deref().or(named) else {
            let message = "The row names no role, so that nothing was weighed.";
            row.note(&Finding::new(Code::RoleUncertain, message));
            return Ok(());
        };
        let role = match self.roles.find(name) {
            Ok(role) => role,
            Err(unknown) => {
                row.note(&unknown.finding());
                return Ok(());
            }
        };
        let key = stored.person.key.clone();
        let key = key.map(|person| (person, role.name().to_owned()));
        let known = key
            .as_ref()
            .and_then(|key| self.answers.borrow().get(key).cloned());
        let (answer, rests) = if let Some(known) = known {
            known
        } else {
            let others = evaluator.others_of(stored, MOST)?;
            (role.weigh(&held(row, &others)), rests(role, row, &others))
        };
        if let Some(key) = key {
            let mut answers = self.answers.borrow_mut();
            if answers.len() == REMEMBERED {
                answers.clear();
            }
            answers.insert(key, (answer.clone(), rests));
        }
        if let Some(finding) = answer.finding() {
            row.note(&finding);
        }
        if rests == Rests::OnOwnRows {
            let message = "What the person has of the role rests on your own catalogue.";
            row.note(&Finding::new(Code::OwnCatalogue, message));
        }
        row.role = Some(answer);
        Ok(())
    }
}

fn rests(role: &Role, row: &Evaluated<'_>, others: &[Evaluated<'_>]) -> Rests {
    let mut all = std::iter::once(row)
        .chain(others)
        .flat_map(|row| &row.trip.verifications)
        .flat_map(|one| &one.findings);
    if role.rests_on_own_rows() || all.any(|finding| finding.code() == Code::OwnCatalogue) {
        Rests::OnOwnRows
    } else {
        Rests::OnCommonKnowledge
    }
}

/// Every credential of the rows.
fn held<'h>(row: &'h Evaluated<'_>, others: &'h [Evaluated<'_>]) -> Vec<Held<'h>> {
    let rows = std::iter::once(row).chain(others);
    rows.flat_map(|row| {
        let credentials = row.trip.verifications.iter();
        credentials.map(|one| Held {
            record: one.record.as_ref(),
            standing: &one.standing,
            outcome: one.outcome,
            claimed: row.expected.certification.as_ref(),
            row: row.row.number,
        })
    })
    .collect()
}
