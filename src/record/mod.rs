//! What does the issuer say? Evidence in, records out; one file for each answer format.
//!
//! Reading is lenient in names and strict in meaning: a field that is missing is unknown,
//! a date that cannot be read is said to be so, and an answer whose shape no longer fits
//! is [`Code::FormatChanged`] and never a record. An answer that is a refusal, such as a
//! 404, is read here as well, so that saved evidence says the same as a live one.

mod credly;
mod date;
mod field;
#[doc(hidden)]
pub mod floor;
mod learn_credential;
mod learn_page;
mod learn_transcript;
mod refusal;

pub use date::When;

use chrono::{DateTime, Utc};

use crate::finding::{Code, Finding};
use crate::link::CredentialId;
use crate::source::{Evidence, EvidenceKind};

/// The sort of a credential, as far as the answer itself says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialKind {
    /// A certification.
    Certification,
    /// A Microsoft Applied Skills credential.
    AppliedSkill,
    /// A passed exam.
    Exam,
    /// Another badge.
    Badge,
    /// The answer does not say.
    Unknown,
}

impl CredentialKind {
    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Certification => "certification",
            Self::AppliedSkill => "applied-skill",
            Self::Exam => "exam",
            Self::Badge => "badge",
            Self::Unknown => "unknown",
        }
    }
}

/// The issuer's own word for where a credential stands, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IssuerStatus {
    /// In force.
    Active,
    /// Past its end.
    Expired,
    /// Of a certification that is no longer offered.
    Retired,
    /// Taken back; the issuer's word is kept.
    Revoked(String),
    /// A word that is not known here, kept as it was.
    Unknown(String),
}

impl IssuerStatus {
    /// Reads the issuer's word in any case. `Active`, `Expired` and `Retired` were seen;
    /// the words of taking back are from plain English (guess, 2026-11-22).
    pub fn parse(word: &str) -> Self {
        let is = |known: &str| word.trim().eq_ignore_ascii_case(known);
        if is("active") {
            Self::Active
        } else if is("expired") {
            Self::Expired
        } else if is("retired") {
            Self::Retired
        } else if TAKEN_BACK.into_iter().any(is) {
            Self::Revoked(word.to_owned())
        } else {
            Self::Unknown(word.to_owned())
        }
    }

    /// The issuer's word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Active => "Active",
            Self::Expired => "Expired",
            Self::Retired => "Retired",
            Self::Revoked(word) | Self::Unknown(word) => word,
        }
    }
}

/// Words for a credential that was taken back.
const TAKEN_BACK: [&str; 6] = [
    "revoked",
    "rescinded",
    "withdrawn",
    "invalidated",
    "cancelled",
    "canceled",
];

/// In which list of a transcript a credential stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// Not from a transcript, or among the active ones.
    Active,
    /// Among the historical ones.
    Historical,
}

/// What the name of a holder rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolderBasis {
    /// A display or legal name.
    Name,
    /// The user name, which its owner chooses freely: never proof.
    UserName,
}

/// The holder as the answer names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The name, as given.
    pub name: String,
    /// What it rests on.
    pub basis: HolderBasis,
}

/// How much a record can carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    /// The issuer's own record.
    Issuer,
    /// Only a title on the issuer's page.
    TitleOnly,
    /// Credly's copy, which Microsoft stopped updating on 2023-06-30 (sure).
    StaleCopy,
}

/// What the issuer says of one credential. Everything may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The title, as given.
    pub title: Option<String>,
    /// The sort, as far as the answer says.
    pub kind: CredentialKind,
    /// The holder, as far as the answer says.
    pub holder: Option<Holder>,
    /// The credential's number.
    pub credential_id: Option<CredentialId>,
    /// The certification number on transcripts.
    pub certification_number: Option<String>,
    /// When it was first earned. Renewal leaves it alone.
    pub earned: When,
    /// Until when it is valid, that instant included.
    pub expires: When,
    /// The issuer's status word.
    pub status: Option<IssuerStatus>,
    /// In which list it stands.
    pub listing: Listing,
    /// The service's identifier of the certification, such as `certification.azure-developer`.
    pub uid: Option<String>,
    /// The service's word for its sort, where that is not a known one.
    pub strange_type: Option<String>,
    /// How much the record can carry.
    pub authority: Authority,
    /// When the issuer said so, where that is known.
    pub said_at: Option<DateTime<Utc>>,
}

impl Record {
    /// Whether the issuer said "Expired" of a credential whose own date had not passed
    /// then. Said after that date, the word only repeats it, and tells nothing of a day
    /// before.
    pub fn is_said_to_have_expired(&self) -> bool {
        let repeats_the_date = match (self.expires.instant(), self.said_at) {
            (Some(expiry), Some(said_at)) => said_at > expiry,
            _ => false,
        };
        self.status == Some(IssuerStatus::Expired) && !repeats_the_date
    }

    /// A record that says nothing yet.
    pub(crate) fn blank(kind: CredentialKind, authority: Authority) -> Self {
        Self {
            title: None,
            kind,
            holder: None,
            credential_id: None,
            certification_number: None,
            earned: When::Missing,
            expires: When::Missing,
            status: None,
            listing: Listing::Active,
            uid: None,
            strange_type: None,
            authority,
            said_at: None,
        }
    }
}

/// Everything that one answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The credentials in it, in the answer's order.
    pub records: Vec<Record>,
    /// What the answer as a whole leaves to know. Empty records with no finding here do
    /// not occur.
    pub findings: Vec<Finding>,
}

impl Reading {
    fn nothing(finding: Finding) -> Self {
        Self {
            records: Vec::new(),
            findings: vec![finding],
        }
    }

    fn one(record: Record) -> Self {
        Self {
            records: vec![record],
            findings: Vec::new(),
        }
    }
}

/// Reads an answer by its kind. `asked` is the credential that was asked for, where it
/// was one: an answer about another is not taken.
pub fn read(evidence: &Evidence, asked: Option<&CredentialId>) -> Reading {
    if let Some(finding) = refusal::read(evidence) {
        return Reading::nothing(finding);
    }
    // Some programs put a byte order mark in front of what they save.
    let body = evidence
        .body
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(&evidence.body);
    let mut reading = match evidence.kind {
        EvidenceKind::LearnCredential => learn_credential::read(body, asked),
        EvidenceKind::LearnPage => learn_page::read(body),
        EvidenceKind::LearnTranscript => learn_transcript::read(body),
        EvidenceKind::CredlyBadge => credly::read_badge(body),
        EvidenceKind::OpenBadge => credly::read_assertion(body),
    };
    for record in &mut reading.records {
        record.said_at = evidence.fetched_at;
    }
    reading
}

/// An answer whose JSON does not have the known shape.
fn format_changed(what: &str, error: &dyn std::fmt::Display) -> Reading {
    Reading::nothing(Finding::new(
        Code::FormatChanged,
        format!("The service's {what} does not have the shape known here: {error}."),
    ))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::{Answerer, Origin};

    fn evidence(kind: EvidenceKind, status: u16, body: Vec<u8>) -> Evidence {
        Evidence {
            kind,
            url: String::new(),
            answerer: Answerer::Issuer,
            status,
            content_type: None,
            fetched_at: None,
            service_date: None,
            sha256: String::new(),
            received_bytes: None,
            body,
            origin: Origin::Network,
        }
    }

    /// JSON with the members that readers look for and values of every sort.
    fn answers() -> impl Strategy<Value = Vec<u8>> {
        let value = prop_oneof![
            Just("null".to_owned()),
            Just("{}".to_owned()),
            Just("[[{}]]".to_owned()),
            any::<f64>().prop_map(|number| format!("{number:?}")),
            any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
            "[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{0,9})?Z)?"
                .prop_map(|date| format!("\"{date}\"")),
        ];
        let member = prop::sample::select(vec![
            "title",
            "name",
            "expiresOn",
            "awardedOn",
            "status",
            "credentialId",
            "sourceUid",
            "certificationData",
            "activeCertifications",
            "historicalCertifications",
            "totalActiveCertifications",
            "data",
            "badge_template",
            "issuedOn",
            "revoked",
        ]);
        let object = prop::collection::btree_map(member, value, 0..8);
        object.prop_map(|members| {
            let members = members
                .iter()
                .map(|(name, value)| format!("\"{name}\":{value}"));
            format!("{{{}}}", members.collect::<Vec<_>>().join(",")).into_bytes()
        })
    }

    proptest! {
        #[test]
        fn no_answer_makes_a_reader_panic_or_say_nothing(
            kind in prop::sample::select(EvidenceKind::ALL),
            status in prop::sample::select(vec![200, 200, 200, 404, 418]),
            body in prop_oneof![any::<Vec<u8>>(), answers()],
        ) {
            let reading = read(&evidence(kind, status, body), None);
            prop_assert!(!reading.records.is_empty() || !reading.findings.is_empty());
            prop_assert!(status == 200 || reading.records.is_empty());
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_answer() {
        let body = b"\xef\xbb\xbf{\"title\":\"T\"}".to_vec();
        let reading = read(&evidence(EvidenceKind::LearnCredential, 200, body), None);
        assert_eq!(reading.records.len(), 1);
    }
}
