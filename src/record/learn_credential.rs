//! The record of one credential, `GET /api/credentials/{id}` on Microsoft Learn.
//!
//! `title` and `expiresOn` are confirmed (single, strong: read daily by a public program
//! from 2024-04 to 2026-02); the other names are likely, from Microsoft's own data export.
//! Read in the order below, each name standing in for the one before it.

use serde::Deserialize;

use super::date::{self, BareDay};
use super::field::Field;
use super::{
    Authority, CredentialKind, Holder, HolderBasis, IssuerStatus, Reading, Record, When,
    format_changed,
};
use crate::finding::{Code, Finding};
use crate::link::CredentialId;

/// The longest text kept of any member, in characters.
pub(super) const TEXT_LIMIT: usize = 500;

/// The members that are looked at. Benchmarks read into this same struct.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Answer<'a> {
    #[serde(borrow)]
    title: Field<'a>,
    #[serde(borrow)]
    name: Field<'a>,
    #[serde(borrow)]
    awarded_on: Field<'a>,
    #[serde(borrow)]
    earned_on: Field<'a>,
    #[serde(borrow)]
    date_earned: Field<'a>,
    #[serde(borrow)]
    issued_on: Field<'a>,
    #[serde(borrow)]
    expires_on: Field<'a>,
    #[serde(borrow)]
    expiration: Field<'a>,
    #[serde(borrow)]
    expiration_date: Field<'a>,
    #[serde(borrow)]
    credential_status: Field<'a>,
    #[serde(borrow)]
    status: Field<'a>,
    #[serde(borrow)]
    certification_number: Field<'a>,
    #[serde(borrow)]
    user_display_name: Field<'a>,
    #[serde(borrow)]
    display_name: Field<'a>,
    #[serde(borrow)]
    legal_name: Field<'a>,
    #[serde(borrow)]
    user_name: Field<'a>,
    #[serde(borrow)]
    credential_id: Field<'a>,
    #[serde(borrow)]
    source_uid: Field<'a>,
    #[serde(borrow)]
    source_type: Field<'a>,
}

pub(super) fn read(body: &[u8], asked: Option<&CredentialId>) -> Reading {
    let answer: Answer<'_> = match serde_json::from_slice(body) {
        Ok(answer) => answer,
        Err(error) => return format_changed("record", &error),
    };
    let Some(title) = answer
        .title
        .owned(TEXT_LIMIT)
        .or_else(|| answer.name.owned(TEXT_LIMIT))
    else {
        return format_changed("record", &"it has no title");
    };
    let credential_id = answer.credential_id.text().and_then(CredentialId::parse);
    if answer.credential_id != Field::Missing
        && let Some(asked) = asked
        && let Some(finding) = about_another(asked, credential_id.as_ref())
    {
        return Reading::nothing(finding);
    }
    let (kind, strange_type) = kind(&answer);
    let mut record = Record::blank(kind, Authority::Issuer);
    record.strange_type = strange_type;
    record.credential_id = credential_id;
    record.title = Some(title);
    record.holder = holder(&answer);
    record.certification_number = answer.certification_number.owned(TEXT_LIMIT);
    record.uid = answer.source_uid.owned(TEXT_LIMIT);
    record.status = agreed_status(&answer.credential_status, &answer.status);
    record.earned = agreed_date(
        [
            answer.awarded_on,
            answer.earned_on,
            answer.date_earned,
            answer.issued_on,
        ],
        BareDay::Starts,
    );
    record.expires = agreed_date(
        [answer.expires_on, answer.expiration, answer.expiration_date],
        BareDay::Ends,
    );
    Reading::one(record)
}

/// An answer that names a number is about that one; a number that cannot be read is not
/// the one asked for.
fn about_another(asked: &CredentialId, given: Option<&CredentialId>) -> Option<Finding> {
    let other = match given {
        Some(given) if asked.same_number(given) => return None,
        Some(given) => format!("about {given}"),
        None => "with a number that cannot be read".to_owned(),
    };
    let message = format!("Asked for credential {asked}, the service answered {other}.");
    Some(Finding::new(Code::UnexpectedContent, message).with_detail("other-credential"))
}

/// A status that is there but no text, or blank, is as unknown as a strange word.
pub(super) fn status(field: &Field<'_>) -> Option<IssuerStatus> {
    match field {
        Field::Missing => None,
        Field::Other => Some(IssuerStatus::Unknown("(not a text)".to_owned())),
        Field::Text(_) => Some(IssuerStatus::parse(
            &field.owned(TEXT_LIMIT).unwrap_or_default(),
        )),
    }
}

/// The status of two members that should say the same. Where they do not, a revocation
/// counts, and else neither.
fn agreed_status(one: &Field<'_>, other: &Field<'_>) -> Option<IssuerStatus> {
    match (status(one), status(other)) {
        (Some(one), Some(other)) if one == other => Some(one),
        (Some(revoked @ IssuerStatus::Revoked(_)), Some(_))
        | (Some(_), Some(revoked @ IssuerStatus::Revoked(_))) => Some(revoked),
        (Some(one), Some(other)) => {
            let both = format!("{} and {}", one.as_str(), other.as_str());
            Some(IssuerStatus::Unknown(both))
        }
        (one, other) => one.or(other),
    }
}

/// The date of members that should say the same; different ones cannot be read.
fn agreed_date<const N: usize>(fields: [Field<'_>; N], bare: BareDay) -> When {
    let present = fields.into_iter().filter(|field| *field != Field::Missing);
    let mut dates = present.map(|field| date::read(field, bare));
    let Some(first) = dates.next() else {
        return When::Missing;
    };
    if dates.all(|date| date == first) {
        first
    } else {
        When::Unreadable("given twice and differently".to_owned())
    }
}

/// The sort by the service's own words, and a word of it that is not known here. One that
/// is there but no text, or blank, is no known one.
fn kind(answer: &Answer<'_>) -> (CredentialKind, Option<String>) {
    let uid = answer.source_uid.text().and_then(|uid| uid.split_once('.'));
    let word = match &answer.source_type {
        Field::Missing => uid.map(|(word, _)| word),
        given => Some(given.text().unwrap_or("(not a text)")),
    };
    let Some(word) = word else {
        return (CredentialKind::Unknown, None);
    };
    let known = SORTS.iter().find(|(sort, _)| is_said_as(word, sort));
    match known {
        Some((_, kind)) => (*kind, None),
        None => (
            CredentialKind::Unknown,
            Some(word.chars().take(TEXT_LIMIT).collect()),
        ),
    }
}

/// The service's words for sorts, in small letters and without what joins their parts.
const SORTS: [(&str, CredentialKind); 7] = [
    ("certification", CredentialKind::Certification),
    ("certifications", CredentialKind::Certification),
    ("mergedcertification", CredentialKind::Certification),
    ("appliedskill", CredentialKind::AppliedSkill),
    ("appliedskills", CredentialKind::AppliedSkill),
    ("exam", CredentialKind::Exam),
    ("exams", CredentialKind::Exam),
];

fn is_said_as(word: &str, sort: &str) -> bool {
    let letters = word.bytes().filter(|byte| !b"-_ ".contains(byte));
    letters
        .map(|byte| byte.to_ascii_lowercase())
        .eq(sort.bytes())
}

fn holder(answer: &Answer<'_>) -> Option<Holder> {
    let named = answer
        .user_display_name
        .owned(TEXT_LIMIT)
        .or_else(|| answer.display_name.owned(TEXT_LIMIT))
        .or_else(|| answer.legal_name.owned(TEXT_LIMIT));
    named_holder(named, answer.user_name.owned(TEXT_LIMIT))
}

/// A name where there is one, else the user name.
pub(super) fn named_holder(name: Option<String>, user_name: Option<String>) -> Option<Holder> {
    let of = |basis| move |name| Holder { name, basis };
    name.map(of(HolderBasis::Name))
        .or_else(|| user_name.map(of(HolderBasis::UserName)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(body: &str) -> Record {
        let mut reading = read(body.as_bytes(), None);
        assert_eq!(reading.findings, []);
        reading.records.remove(0)
    }

    fn code(body: &str) -> Code {
        let reading = read(
            body.as_bytes(),
            CredentialId::parse("20170DBC5AC04E38").as_ref(),
        );
        assert_eq!(reading.records, []);
        reading.findings[0].code()
    }

    #[test]
    fn the_confirmed_members_are_read() {
        let record = only(
            r#"{"title":"Microsoft Certified: Azure AI Engineer Associate",
                "expiresOn":"2027-05-14T23:59:59.0000000+00:00"}"#,
        );
        assert_eq!(
            record.expires,
            When::At("2027-05-14T23:59:59Z".parse().unwrap())
        );
        assert_eq!(record.earned, When::Missing);
        assert_eq!(record.status, None);
        assert_eq!(record.holder, None);
    }

    #[test]
    fn each_later_name_stands_in_for_a_missing_one() {
        let record = only(
            r#"{"title":null,"name":"T","issuedOn":"2025-01-01","awardedOn":null,
                "expirationDate":"2026-01-01","status":"Active","userName":"Jo-1",
                "legalName":"Jo Doe","sourceUid":"applied-skill.x"}"#,
        );
        assert_eq!(record.title.as_deref(), Some("T"));
        assert_eq!(record.kind, CredentialKind::AppliedSkill);
        assert_eq!(
            record.earned,
            When::At("2025-01-01T00:00:00Z".parse().unwrap())
        );
        assert_eq!(
            record.expires,
            When::At("2026-01-01T23:59:59Z".parse().unwrap())
        );
        assert_eq!(record.status, Some(IssuerStatus::Active));
        let holder = record.holder.unwrap();
        assert_eq!(
            (holder.name.as_str(), holder.basis),
            ("Jo Doe", HolderBasis::Name)
        );
    }

    #[test]
    fn odd_members_cost_only_themselves() {
        let record = only(
            r#"{"title":"T","expiresOn":1810166399,"credentialStatus":7,"awardedOn":[1,[2]],
                "unknown":{"deep":[{}]},"userDisplayName":{"first":"Jo"}}"#,
        );
        assert!(matches!(record.expires, When::Unreadable(_)));
        assert!(matches!(record.status, Some(IssuerStatus::Unknown(_))));
        assert!(matches!(record.earned, When::Unreadable(_)));
        assert_eq!(record.holder, None);
    }

    #[test]
    fn members_that_contradict_each_other_fail_closed() {
        let record =
            only(r#"{"title":"T","expiresOn":"2027-01-01","expirationDate":"2020-01-01"}"#);
        assert!(matches!(record.expires, When::Unreadable(_)));
        let status = |text: &str| only(&format!(r#"{{"title":"T",{text}}}"#)).status.unwrap();
        assert_eq!(
            status(r#""status":"active","credentialStatus":"Active""#),
            IssuerStatus::Active
        );
        let revoked = status(r#""status":"Revoked","credentialStatus":"Active""#);
        assert!(matches!(revoked, IssuerStatus::Revoked(_)));
        let unclear = status(r#""status":"Active","credentialStatus":"Expired""#);
        assert!(matches!(unclear, IssuerStatus::Unknown(_)));
    }

    #[test]
    fn the_services_word_for_the_sort_is_taken_or_kept() {
        let sort = |word: &str| {
            let record = only(&format!(r#"{{"title":"T","sourceType":"{word}"}}"#));
            (record.kind, record.strange_type)
        };
        assert_eq!(sort("Certification"), (CredentialKind::Certification, None));
        assert_eq!(sort("applied-skill"), (CredentialKind::AppliedSkill, None));
        assert_eq!(sort("Exam"), (CredentialKind::Exam, None));
        assert_eq!(
            sort("quest"),
            (CredentialKind::Unknown, Some("quest".into()))
        );
        let record = only(r#"{"title":"T","sourceType":7,"sourceUid":"applied-skill.x"}"#);
        assert_eq!(record.kind, CredentialKind::Unknown);
        assert_eq!(record.strange_type.as_deref(), Some("(not a text)"));
    }

    #[test]
    fn another_shape_is_a_changed_format() {
        let deep = "[".repeat(100_000);
        for body in [
            "",
            "null",
            "[]",
            "7",
            "\"text\"",
            "{}",
            r#"{"expiresOn":"2027-05-14T23:59:59Z"}"#,
            r#"{"title":""}"#,
            r#"{"title":7}"#,
            r#"{"title":"a","title":"b"}"#,
            r#"{"title":"a""#,
            "{\"title\":\"\u{0}\"}",
            r#"{"data":{"title":"a"}}"#,
            r#"{"title":"a","status":1e999999}"#,
            deep.as_str(),
        ] {
            assert_eq!(code(body), Code::FormatChanged, "{body:.60}");
        }
        let reading = read(b"{\"title\":\"\xff\"}", None);
        assert_eq!(reading.findings[0].code(), Code::FormatChanged);
    }

    #[test]
    fn an_answer_about_another_credential_is_not_taken() {
        assert_eq!(
            code(r#"{"title":"a","credentialId":"AAAA"}"#),
            Code::UnexpectedContent
        );
        for unreadable in ["7", "\"\"", "\"5D1E0C42-A7B3\"", "[]"] {
            let body = format!(r#"{{"title":"a","credentialId":{unreadable}}}"#);
            assert_eq!(code(&body), Code::UnexpectedContent, "{unreadable}");
        }
        let same = r#"{"title":"a","credentialId":"020170dbc5ac04e38"}"#;
        assert_eq!(read(same.as_bytes(), None).findings, []);
    }
}
