//! What a result comes to, with its reason, in a line.

use crate::check::Outcome;
use crate::finding::{Code, Severity};
use crate::lifecycle::Status;
use crate::verify::Verification;

/// Says what a result comes to and why.
pub(super) fn of(one: &Verification<'_>) -> String {
    match one.outcome {
        Outcome::Passed => "passed: it is what was required".to_owned(),
        Outcome::Failed => format!("failed: {}", failed(one)),
        Outcome::Undetermined => format!("not determined: {}", open(one)),
    }
}

fn failed(one: &Verification<'_>) -> &'static str {
    match one.standing.status {
        Status::Expired => return "it has expired",
        Status::Revoked => return "the issuer took it back",
        _ => {}
    }
    let errors = one
        .findings
        .iter()
        .filter(|finding| finding.severity() == Severity::Error);
    errors
        .map(|finding| match finding.code() {
            Code::LookalikeHost => "the link is a look-alike",
            Code::ForeignHost => "the link is not the issuer's",
            Code::NotACertification => "it is no certification",
            Code::NotFound => "the service does not know it",
            Code::Gone => "the service says that it is gone",
            Code::HolderDifferent => "it is somebody else's",
            Code::CertificationDifferent => "it is another certification",
            Code::RequirementUnmet => "it is not active, as was required",
            Code::ExpiresTooSoon => "it ends too soon",
            _ => "it is not what was required",
        })
        .next()
        .unwrap_or("it is not what was required")
}

fn open(one: &Verification<'_>) -> &'static str {
    if one.standing.status == Status::Undetermined {
        return "whether it is valid cannot be told";
    }
    let reasons = one
        .findings
        .iter()
        .filter_map(|finding| match finding.code() {
            Code::HolderUncertain => Some("a person must compare the names"),
            Code::HolderNotNamed => Some("whose it is was not confirmed"),
            Code::CertificationUncertain => Some("a person must compare the titles"),
            Code::RequirementUncertain => Some("whether its certification is retired is not known"),
            Code::UnprovenEvidence => Some("anyone could have written this file"),
            _ => None,
        });
    reasons.into_iter().next().unwrap_or("a person must look")
}
