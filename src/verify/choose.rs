//! Which credentials of a transcript answer the question that was asked.

use super::{Terms, Verification};
use crate::check::holder::HolderMatch;
use crate::check::{Outcome, Wanted};
use crate::finding::{Code, Finding};
use crate::lifecycle::Standing;
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
    let total = all.len();
    let meets = |one: &Verification<'_>| wanted.is_met_by(one.record.as_ref(), &one.standing);
    let (matching, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|one| meets(one) == Some(true));
    if let Some(best) = best(matching) {
        let partial = others.iter().filter(|one| one.record.is_none());
        return vec![with_findings(best, partial.flat_map(|one| &one.findings))];
    }
    let open = others.iter().filter(|one| meets(one).is_none()).count();
    others
        .into_iter()
        .take(1)
        .map(|one| none_of(one, (total, open), wanted))
        .collect()
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
fn with_findings<'a, 'f>(
    mut one: Verification<'a>,
    more: impl Iterator<Item = &'f Finding>,
) -> Verification<'a> {
    for finding in more {
        if one
            .findings
            .iter()
            .all(|kept| kept.code() != finding.code())
        {
            one.findings.push(finding.clone());
        }
    }
    one
}

/// One result in place of many that are something else. `open` of the `total` credentials
/// have titles of which it cannot be told.
fn none_of<'a>(
    sample: Verification<'a>,
    (total, open): (usize, usize),
    wanted: &Wanted,
) -> Verification<'a> {
    let (code, outcome, message) = if open == 0 {
        let message = format!("None of the {total} credentials of the transcript is {wanted}.");
        (Code::CertificationDifferent, Outcome::Failed, message)
    } else {
        let message = format!(
            "{wanted} is not among the {total} credentials of the transcript as far as their \
             titles are known here; {open} of the titles are not."
        );
        (Code::CertificationUncertain, Outcome::Undetermined, message)
    };
    let mut findings = sample.findings;
    findings.retain(|finding| is_of_the_whole(finding.code()));
    findings.push(Finding::new(code, message));
    Verification {
        record: None,
        standing: Standing::undetermined(),
        holder: HolderMatch::NOTHING,
        outcome,
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
