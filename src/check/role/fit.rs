//! Which of a person's credentials meets a requirement.

use super::super::{Outcome, Wanted, requirement};
use super::{Found, Held, Near, Role};
use crate::finding::Code;
use crate::lifecycle::{Status, Validity};

/// What one credential is for one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fit {
    /// It meets it.
    Meets,
    /// It may meet it.
    May(String),
    /// It is of the right certification and does not count.
    Short(String),
    /// It has nothing to do with it.
    Other,
}

impl Fit {
    /// Better first.
    fn rank(&self) -> u8 {
        match self {
            Self::Meets => 0,
            Self::May(_) => 1,
            Self::Short(_) => 2,
            Self::Other => 3,
        }
    }
}

/// Weighs every credential against certifications of which one is needed.
pub(super) fn found(role: &Role, wanted: &[Wanted], held: &[Held<'_>]) -> Found {
    let fits: Vec<_> = held
        .iter()
        .map(|one| {
            (
                one,
                best(wanted.iter().map(|wanted| fit(role, wanted, one))),
            )
        })
        .collect();
    let (mut meets, mut may, mut short) = (Vec::new(), Vec::new(), Vec::new());
    for (one, fit) in &fits {
        if is_overruled(one, fit, &fits) {
            continue;
        }
        let row = one.row;
        match fit.clone() {
            Fit::Meets => meets.push(one),
            Fit::May(why) => may.push(Near { row, why }),
            Fit::Short(why) => short.push(Near { row, why }),
            Fit::Other => {}
        }
    }
    if let Some(one) = meets.into_iter().min_by_key(|one| rank(one)) {
        let title = one.record.and_then(|record| record.title.as_deref());
        return Found::Met {
            title: title.unwrap_or("(no title)").to_owned(),
            row: one.row,
        };
    }
    if may.is_empty() {
        return Found::Missing { near: once(short) };
    }
    Found::Open { near: once(may) }
}

/// Whether the row lists the same certification number with a worse fit: entries of one
/// number are one credential, and the worst of them counts. One that names another
/// certification has a say only where it did not pass.
fn is_overruled(one: &Held<'_>, fit: &Fit, fits: &[(&Held<'_>, Fit)]) -> bool {
    let number = |one: &Held<'_>| one.record?.certification_number.clone();
    let Some(own) = number(one) else {
        return false;
    };
    fits.iter()
        .filter(|(other, _)| other.row == one.row && number(other).as_ref() == Some(&own))
        .any(|(other, worse)| {
            let has_a_say = *worse != Fit::Other || other.outcome != Outcome::Passed;
            has_a_say && worse.rank() > fit.rank()
        })
}

/// The best that a credential is for any of several certifications.
fn best(fits: impl Iterator<Item = Fit>) -> Fit {
    fits.min_by_key(Fit::rank).unwrap_or(Fit::Other)
}

/// In order of rows, each once: a transcript has many credentials in one row.
fn once(mut near: Vec<Near>) -> Vec<Near> {
    near.sort();
    near.dedup();
    near
}

/// Longest first, and of equals the first row.
fn rank(one: &Held<'_>) -> (std::cmp::Reverse<Option<i64>>, u64) {
    let days = match &one.standing.validity {
        Validity::Valid { until: None } => Some(i64::MAX),
        _ => one.standing.days_left,
    };
    (std::cmp::Reverse(days), one.row)
}

fn fit(role: &Role, wanted: &Wanted, one: &Held<'_>) -> Fit {
    let undetermined = || Fit::May("could not be determined".to_owned());
    match (is_right(wanted, one), one.outcome) {
        (Some(false), _) | (None, Outcome::Failed) => Fit::Other,
        (Some(true), Outcome::Failed) => Fit::Short(failure(one.standing.status).to_owned()),
        (is_right, outcome) => beyond_validity(role, one).unwrap_or_else(|| match is_right {
            Some(true) if outcome == Outcome::Passed => Fit::Meets,
            None if outcome == Outcome::Passed => {
                Fit::May("has a title that is not known here".to_owned())
            }
            _ => undetermined(),
        }),
    }
}

/// Whether a credential is of a certification; `None` where that cannot be told. One that
/// does not say so itself can only be what it is said to be: as anything else it fails.
fn is_right(wanted: &Wanted, one: &Held<'_>) -> Option<bool> {
    let by_record = wanted.is_met_by(one.record, one.standing);
    match by_record {
        Some(false) if one.standing.known.names_disagree() => None,
        Some(told) => Some(told),
        None => {
            let is_another = one.claimed.is_some_and(|claimed| !claimed.overlaps(wanted));
            is_another.then_some(false)
        }
    }
}

/// What a credential lacks of what the role asks beyond validity. `None` where it has all
/// of it, and where its validity is open already.
fn beyond_validity(role: &Role, one: &Held<'_>) -> Option<Fit> {
    let standing = one.standing;
    if standing.status.is_valid() != Some(true) {
        return None;
    }
    let required = requirement::check(standing, role.require);
    match required.map(|finding| (finding.code(), standing.status)) {
        Some((Code::RequirementUnmet, Status::Retired)) => {
            return Some(Fit::Short("is retired".to_owned()));
        }
        Some((Code::RequirementUnmet, _)) => {
            return Some(Fit::Short("is due for renewal".to_owned()));
        }
        Some(_) => return Some(Fit::May("may be retired".to_owned())),
        None => {}
    }
    let least = i64::from(role.min_days_left);
    match (&standing.validity, standing.days_left) {
        _ if least == 0 => None,
        (Validity::Valid { until: None }, _) => None,
        (_, Some(days)) if days >= least => None,
        (_, Some(days)) => Some(Fit::Short(format!("has {days} of {least} days left"))),
        (_, None) => Some(Fit::May("has an end that is not known".to_owned())),
    }
}

/// Why a credential that failed does not count.
fn failure(status: Status) -> &'static str {
    match status {
        Status::Expired => "is expired",
        Status::Revoked => "is revoked",
        _ => "did not pass",
    }
}
