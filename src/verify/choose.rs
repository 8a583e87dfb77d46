//! Which credentials of a transcript answer the question that was asked.

use super::{Terms, Verification};
use crate::finding::{Code, Finding};
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
    // `min_by_key` keeps the first of equals: the transcript's own order.
    let best = matching
        .into_iter()
        .min_by_key(|one| (one.outcome, one.standing.status));
    if let Some(best) = best {
        return vec![best];
    }
    let (open, others): (Vec<_>, Vec<_>) = others.into_iter().partition(|one| meets(one).is_none());
    if open.is_empty() {
        return others
            .into_iter()
            .take(1)
            .map(|one| none_of(one, total, wanted))
            .collect();
    }
    open
}

fn none_of<'a>(
    sample: Verification<'a>,
    total: usize,
    wanted: &crate::check::Wanted,
) -> Verification<'a> {
    let message = format!("None of the {total} credentials of the transcript is {wanted}.");
    let finding = Finding::new(Code::CertificationDifferent, message);
    let mut findings = sample.link.findings().to_vec();
    findings.push(finding);
    Verification {
        record: None,
        standing: crate::lifecycle::Standing::undetermined(),
        outcome: crate::check::Outcome::Failed,
        holder: crate::check::holder::HolderMatch::NOTHING,
        findings,
        ..sample
    }
}
