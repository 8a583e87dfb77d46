//! Is it what was expected? Holds a standing against what the reviewer asked for.
//!
//! Checks only ever add findings, and none takes one away, so an added check never makes
//! a result better. A check that cannot be made is said to be open, never passed.

mod certification;
pub mod holder;
mod named;
mod requirement;
pub mod role;

pub use certification::{Wanted, WantedError};
pub use requirement::Require;

use chrono::NaiveDate;
use holder::{Grade, HolderMatch};

use crate::finding::{Code, Finding};
use crate::lifecycle::{Standing, Status};
use crate::record::{Holder, HolderBasis, Record};

/// What a reviewer expects of a credential. The default expects it to be valid.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expectation {
    /// Whose it is said to be.
    pub name: Option<String>,
    /// Which certification it is said to be.
    pub certification: Option<Wanted>,
    /// How good its standing must be.
    pub require: Require,
    /// The day through which it must last.
    pub valid_until: Option<NaiveDate>,
}

/// What the checks found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// How well the holder agrees with the expected name.
    pub holder: HolderMatch,
    /// What a reviewer should know of it.
    pub findings: Vec<Finding>,
}

/// What a result comes to for the one who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// It is what was required.
    Passed,
    /// It could not be determined, or a person must decide.
    Undetermined,
    /// It is not what was required.
    Failed,
}

impl Outcome {
    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Undetermined => "undetermined",
            Self::Failed => "failed",
        }
    }

    /// Weighs a status and everything found beside it.
    ///
    /// ```
    /// use bonafide::check::Outcome;
    /// use bonafide::finding::{Code, Finding};
    /// use bonafide::lifecycle::Status;
    ///
    /// let lookalike = [Finding::new(Code::LookalikeHost, "learn-microsoft.com")];
    /// assert_eq!(Outcome::of(Status::Undetermined, &lookalike), Outcome::Failed);
    /// assert_eq!(Outcome::of(Status::Undetermined, &[]), Outcome::Undetermined);
    /// assert_eq!(Outcome::of(Status::Active, &[]), Outcome::Passed);
    /// ```
    pub fn of(status: Status, findings: &[Finding]) -> Self {
        use crate::finding::Severity;
        let fails = findings
            .iter()
            .any(|finding| finding.severity() == Severity::Error);
        let is_open = findings.iter().any(|finding| leaves_open(finding.code()));
        match status.is_valid() {
            _ if fails => Self::Failed,
            Some(false) => Self::Failed,
            None => Self::Undetermined,
            Some(true) if is_open => Self::Undetermined,
            Some(true) => Self::Passed,
        }
    }
}

/// Findings after which a person must decide, however good the standing is.
fn leaves_open(code: Code) -> bool {
    matches!(
        code,
        Code::HolderUncertain
            | Code::HolderNotNamed
            | Code::CertificationUncertain
            | Code::RequirementUncertain
            | Code::RoleUncertain
            | Code::UnprovenEvidence
            | Code::DuplicateLink
            | Code::MalformedRow
    )
}

/// Makes every check that the expectation asks for.
pub fn check(record: Option<&Record>, standing: &Standing<'_>, expected: &Expectation) -> Checked {
    let holder = compare_holder(record, expected);
    let findings = [
        holder_finding(holder, record, expected),
        certification::check(record, standing, expected.certification.as_ref()),
        requirement::check(standing, expected.require),
        requirement::check_end(standing, expected.valid_until),
    ];
    Checked {
        holder,
        findings: findings.into_iter().flatten().collect(),
    }
}

fn compare_holder(record: Option<&Record>, expected: &Expectation) -> HolderMatch {
    let given = record.and_then(|record| record.holder.as_ref());
    match (&expected.name, given) {
        (Some(expected), Some(Holder { name, basis })) => match basis {
            HolderBasis::Name => holder::compare(expected, name),
            HolderBasis::UserName => holder::compare_user_name(expected, name),
        },
        _ => HolderMatch::NOTHING,
    }
}

fn holder_finding(
    compared: HolderMatch,
    record: Option<&Record>,
    expected: &Expectation,
) -> Option<Finding> {
    let expected = expected.name.as_deref()?;
    let given = record?.holder.as_ref().map(|holder| holder.name.as_str());
    let why = compared.rule().map_or("", |rule| rule.explain());
    let (code, message) = match (compared.grade(), given) {
        (Grade::Exact | Grade::Normalised | Grade::Reordered, _) => return None,
        (Grade::Compatible | Grade::Weak, Some(given)) => (
            Code::HolderUncertain,
            format!("Expected {expected}, the service names {given}. {why} Please look."),
        ),
        (Grade::Different, Some(given)) => (
            Code::HolderDifferent,
            format!("Expected {expected}, the service names {given}. {why}"),
        ),
        (_, Some(given)) => (
            Code::HolderNotNamed,
            format!(
                "The service gives only {given:?}, which cannot be compared with {expected}. {why}"
            ),
        ),
        (_, None) => (
            Code::HolderNotNamed,
            format!("The service names no holder, so that it is {expected}'s is not confirmed."),
        ),
    };
    Some(Finding::new(code, message.trim_end()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_code() -> impl Strategy<Value = Code> {
        prop::sample::select(Code::ALL)
    }

    proptest! {
        #[test]
        fn an_added_finding_never_improves_the_outcome(
            status in prop::sample::select(&Status::ALL[..]),
            codes in prop::collection::vec(any_code(), 0..6),
            added in any_code(),
        ) {
            let mut findings: Vec<_> = codes.iter().map(|code| Finding::new(*code, "")).collect();
            let before = Outcome::of(status, &findings);
            findings.push(Finding::new(added, ""));
            prop_assert!(Outcome::of(status, &findings) >= before);
        }
    }

    #[test]
    fn undetermined_is_never_a_success() {
        assert_eq!(
            Outcome::of(Status::Undetermined, &[]),
            Outcome::Undetermined
        );
    }
}
