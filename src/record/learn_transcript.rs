//! A shared transcript, `GET /api/profiles/transcript/share/{id}` on Microsoft Learn.
//!
//! The shape is sure (several samples). The lists of modules and learning paths can be
//! 600 KB: they are skipped while parsing and never built. `contactEmail` and `mcid` are
//! skipped too: no check needs them.

use serde::Deserialize;

use super::date::{self, BareDay};
use super::field::{Field, List};
use super::learn_credential::{TEXT_LIMIT, named_holder, status};
use super::{Authority, CredentialKind, Holder, Listing, Reading, Record, format_changed};
use crate::finding::{Code, Finding};
use crate::link::CredentialId;

/// The members that are looked at. Benchmarks read into this same struct.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer<'a> {
    #[serde(borrow, default)]
    user_name: Field<'a>,
    #[serde(borrow)]
    certification_data: CertificationData<'a>,
    #[serde(borrow, default)]
    applied_skills_data: Option<AppliedSkills<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CertificationData<'a> {
    #[serde(borrow, default)]
    legal_name: Field<'a>,
    total_active_certifications: Option<u64>,
    total_historical_certifications: Option<u64>,
    #[serde(borrow)]
    active_certifications: Option<List<Certification<'a>>>,
    #[serde(borrow)]
    historical_certifications: Option<List<Certification<'a>>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Certification<'a> {
    #[serde(borrow, default)]
    name: Field<'a>,
    #[serde(borrow, default, rename = "certificationNumber")]
    number: Field<'a>,
    #[serde(borrow, default)]
    status: Field<'a>,
    #[serde(borrow, default)]
    date_earned: Field<'a>,
    #[serde(borrow, default)]
    expiration: Field<'a>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AppliedSkills<'a> {
    total_applied_skills: Option<u64>,
    #[serde(borrow, default)]
    applied_skills_credentials: List<AppliedSkill<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AppliedSkill<'a> {
    #[serde(borrow, default)]
    credential_id: Field<'a>,
    #[serde(borrow, default)]
    title: Field<'a>,
    #[serde(borrow, default)]
    awarded_on: Field<'a>,
}

pub(super) fn read(body: &[u8]) -> Reading {
    let answer: Answer<'_> = match serde_json::from_slice(body) {
        Ok(answer) => answer,
        Err(error) => return format_changed("transcript", &error),
    };
    let findings = totals(&answer).into_iter().collect();
    let certifications = answer.certification_data;
    let lists = (
        &certifications.active_certifications,
        &certifications.historical_certifications,
    );
    if matches!(lists, (None, None)) {
        return format_changed("transcript", &"it has no list of certifications");
    }
    let holder = named_holder(
        certifications.legal_name.owned(TEXT_LIMIT),
        answer.user_name.owned(TEXT_LIMIT),
    );
    let active = certifications.active_certifications.into_iter().flatten();
    let historical = certifications
        .historical_certifications
        .into_iter()
        .flatten();
    let skills = answer
        .applied_skills_data
        .map(|data| data.applied_skills_credentials);
    let records: Vec<Record> = active
        .map(|entry| certification(entry, Listing::Active, holder.as_ref()))
        .chain(historical.map(|entry| certification(entry, Listing::Historical, holder.as_ref())))
        .chain(
            skills
                .unwrap_or_default()
                .into_iter()
                .map(|entry| applied_skill(entry, holder.as_ref())),
        )
        .collect();
    if records.iter().any(|record| record.title.is_none()) {
        return format_changed("transcript", &"an entry has no title");
    }
    finish(records, findings)
}

fn finish(records: Vec<Record>, mut findings: Vec<Finding>) -> Reading {
    if records.is_empty() && findings.is_empty() {
        findings.push(Finding::new(
            Code::NoCredentialId,
            "The transcript lists no certification and no applied skill.",
        ));
    }
    Reading { records, findings }
}

/// Totals equal the lengths of the lists; a difference means that something is missing.
fn totals(answer: &Answer<'_>) -> Option<Finding> {
    let data = &answer.certification_data;
    let skills = answer.applied_skills_data.as_ref();
    let differs =
        |total: Option<u64>, listed: usize| total.is_some_and(|total| total != listed as u64);
    let lists = [
        (
            "active certifications",
            data.total_active_certifications,
            data.active_certifications.as_ref().map_or(0, List::len),
        ),
        (
            "historical certifications",
            data.total_historical_certifications,
            data.historical_certifications.as_ref().map_or(0, List::len),
        ),
        (
            "applied skills",
            skills.and_then(|skills| skills.total_applied_skills),
            skills.map_or(0, |skills| skills.applied_skills_credentials.len()),
        ),
    ];
    let wrong: Vec<String> = lists
        .into_iter()
        .filter(|(_, total, listed)| differs(*total, *listed))
        .map(|(what, total, listed)| format!("{} {what} but lists {listed}", total.unwrap_or(0)))
        .collect();
    (!wrong.is_empty()).then(|| {
        Finding::new(
            Code::PartialAnswer,
            format!(
                "The transcript counts {}: a credential may be missing.",
                wrong.join(", ")
            ),
        )
    })
}

fn certification(entry: Certification<'_>, listing: Listing, holder: Option<&Holder>) -> Record {
    let mut record = Record::blank(CredentialKind::Certification, Authority::Issuer);
    record.title = entry.name.owned(TEXT_LIMIT);
    record.holder = holder.cloned();
    record.certification_number = entry.number.owned(TEXT_LIMIT);
    record.status = status(&entry.status);
    record.earned = date::read(entry.date_earned, BareDay::Starts);
    record.expires = date::read(entry.expiration, BareDay::Ends);
    record.listing = listing;
    record
}

fn applied_skill(entry: AppliedSkill<'_>, holder: Option<&Holder>) -> Record {
    let mut record = Record::blank(CredentialKind::AppliedSkill, Authority::Issuer);
    record.title = entry.title.owned(TEXT_LIMIT);
    record.holder = holder.cloned();
    record.credential_id = entry.credential_id.text().and_then(CredentialId::parse);
    record.earned = date::read(entry.awarded_on, BareDay::Starts);
    record
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{HolderBasis, IssuerStatus, When};

    fn with(certification_data: &str) -> Reading {
        let body = format!(r#"{{"userName":"jo-1","certificationData":{certification_data}}}"#);
        read(body.as_bytes())
    }

    #[test]
    fn lists_become_records_in_their_order() {
        let reading = with(
            r#"{"legalName":"Jo Doe","totalActiveCertifications":1,"totalHistoricalCertifications":1,
                "activeCertifications":[{"name":"A","status":"Active","dateEarned":"2024-01-01T00:00:00Z"}],
                "historicalCertifications":[{"name":"B","status":"Expired","expiration":"2023-01-01"}]}"#,
        );
        assert_eq!(reading.findings, []);
        let [a, b] = &reading.records[..] else {
            panic!("two records")
        };
        assert_eq!(
            (a.listing, b.listing),
            (Listing::Active, Listing::Historical)
        );
        assert_eq!(a.expires, When::Missing);
        assert_eq!(b.status, Some(IssuerStatus::Expired));
        assert_eq!(a.holder.as_ref().unwrap().basis, HolderBasis::Name);
    }

    #[test]
    fn totals_that_disagree_make_a_partial_answer() {
        let reading =
            with(r#"{"totalActiveCertifications":2,"activeCertifications":[{"name":"A"}]}"#);
        assert_eq!(reading.records.len(), 1);
        assert_eq!(reading.findings[0].code(), Code::PartialAnswer);
        let reading = with(r#"{"totalHistoricalCertifications":3,"activeCertifications":[]}"#);
        assert_eq!(reading.findings[0].code(), Code::PartialAnswer);
    }

    #[test]
    fn another_shape_is_a_changed_format() {
        for body in [
            "{}",
            r#"{"certificationData":{"current":[]}}"#,
            r#"{"certificationData":null}"#,
            r#"{"certificationData":[]}"#,
            r#"{"certificationData":{"activeCertifications":[{"status":"Active"}]}}"#,
            r#"{"certificationData":{"activeCertifications":{}}}"#,
            r#"{"certificationData":{},"certificationData":{}}"#,
        ] {
            let reading = read(body.as_bytes());
            assert_eq!(reading.records, [], "{body}");
            assert_eq!(reading.findings[0].code(), Code::FormatChanged, "{body}");
        }
    }

    #[test]
    fn a_list_is_read_up_to_what_anyone_can_have() {
        for list in ["activeCertifications", "historicalCertifications"] {
            let entries = |count| vec![r#"{"name":"A"}"#; count].join(",");
            let of = |count| with(&format!(r#"{{"{list}":[{}]}}"#, entries(count)));
            assert_eq!(of(1000).records.len(), 1000);
            assert_eq!(of(1001).records, []);
            let message = of(1001).findings[0].message().to_owned();
            assert!(message.contains("at most 1000 entries"), "{message}");
        }
    }

    #[test]
    fn an_empty_transcript_is_said_to_be_empty() {
        let reading = with(r#"{"activeCertifications":[]}"#);
        assert_eq!(reading.findings[0].code(), Code::NoCredentialId);
    }
}
