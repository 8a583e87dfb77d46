//! Which credentials of a transcript answer the question that was asked.

use super::{Terms, Verification};
use crate::check::holder::HolderMatch;
use crate::check::{Outcome, Wanted};
use crate::finding::{Code, Finding};
use crate::lifecycle::{Standing, Status};
use crate::source::EvidenceKind;

/// With an expected certification, a transcript is asked "is it among these?": only the
/// best of the matching credentials is reported, or what is known instead of one.
/// Without one, and for any other link, everything is.
pub(super) fn expected<'a>(
    all: Vec<Verification<'a>>,
    terms: &Terms<'a, '_>,
) -> Vec<Verification<'a>> {
    let Some(wanted) = &terms.expected.certification else {
        return all;
    };
    let is_transcript = |one: &Verification<'_>| {
        let from = one.provenance.as_ref();
        from.is_some_and(|from| from.kind == EvidenceKind::LearnTranscript)
    };
    if all.len() < 2 || !all.iter().all(is_transcript) {
        return all;
    }
    // A result without a record stands for what the transcript counts and does not list.
    let (listed, missing): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.record.is_some());
    let of_the_answer: Vec<Finding> = missing
        .iter()
        .flat_map(|one| one.findings.clone())
        .collect();
    let meets = |one: &Verification<'_>| wanted.is_met_by(one.record.as_ref(), &one.standing);
    let total = listed.len();
    let open = listed.iter().filter(|one| meets(one).is_none()).count();
    let (matching, others): (Vec<_>, Vec<_>) =
        listed.into_iter().partition(|one| meets(one) == Some(true));
    let answer = best(matching).or_else(|| {
        let sample = others.into_iter().chain(missing).next()?;
        Some(none_of(
            sample,
            &absence(wanted, total, open, of_the_answer.is_empty()),
        ))
    });
    let answer = answer.into_iter();
    answer
        .map(|one| with_findings(one, &of_the_answer))
        .collect()
}

/// What the absence of an expected certification is: told where every title is known and
/// the list is whole.
fn absence(wanted: &Wanted, total: usize, open: usize, is_whole: bool) -> Finding {
    let credentials = if total == 1 {
        "credential"
    } else {
        "credentials"
    };
    let listed =
        format!("{wanted} is not among the {total} {credentials} that the transcript lists");
    match (open, is_whole) {
        (0, true) => Finding::new(Code::CertificationDifferent, format!("{listed}.")),
        (0, false) => {
            let message = format!("{listed}, but it does not list them all.");
            Finding::new(Code::CertificationUncertain, message)
        }
        (1, _) => {
            let message = format!("{listed}, as far as told: one of the titles is not known here.");
            Finding::new(Code::CertificationUncertain, message)
        }
        (many, _) => {
            let message =
                format!("{listed}, as far as told: {many} of the titles are not known here.");
            Finding::new(Code::CertificationUncertain, message)
        }
    }
}

/// The best of several credentials of one certification. Entries of one certification
/// number are one credential: of those the worst counts.
fn best<'a>(matching: Vec<Verification<'a>>) -> Option<Verification<'a>> {
    let number = |one: &Verification<'_>| one.record.as_ref()?.certification_number.clone();
    let rank = |one: &Verification<'_>| (one.outcome, one.standing.status);
    let mut credentials: Vec<Verification<'a>> = Vec::new();
    for one in matching {
        let same = credentials
            .iter_mut()
            .find(|other| number(&one).is_some() && number(other) == number(&one));
        match same {
            Some(other) if rank(&one) > rank(other) => *other = one,
            Some(_) => {}
            None => credentials.push(one),
        }
    }
    // `min_by_key` keeps the first of equals: the transcript's own order.
    credentials.into_iter().min_by_key(rank)
}

/// The result with what is to be known of the whole answer beside it.
fn with_findings<'a>(mut one: Verification<'a>, more: &[Finding]) -> Verification<'a> {
    one.findings = super::each_once(one.findings.iter().chain(more));
    one
}

/// One result in place of many that are something else: of `sample`, only what is about
/// the answer as a whole is kept.
fn none_of<'a>(sample: Verification<'a>, absence: &Finding) -> Verification<'a> {
    let mut findings = sample.findings;
    findings.retain(|finding| is_of_the_whole(finding.code()));
    findings.push(absence.clone());
    Verification {
        record: None,
        standing: Standing::undetermined(),
        holder: HolderMatch::NOTHING,
        outcome: Outcome::of(Status::Undetermined, &findings),
        findings,
        ..sample
    }
}

/// Findings that are about the answer or its link, not about one credential in it.
fn is_of_the_whole(code: Code) -> bool {
    matches!(
        code,
        Code::LinkCleaned
            | Code::LinkWrapped
            | Code::InsecureScheme
            | Code::UserinfoInLink
            | Code::PortInLink
            | Code::PartialAnswer
            | Code::NotTheIssuer
            | Code::UnprovenEvidence
            | Code::StaleEvidence
            | Code::ClockSkew
    )
}
