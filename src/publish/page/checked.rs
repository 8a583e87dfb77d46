//! One credential of a page, as this run found it.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::state::{Entry, Settled};
use super::words::PageWords;
use crate::finding::{Code, Finding};
use crate::link::Kind;
use crate::publish::{Asked, Holder, Language, Shown, Tone, Transcript, Unproven};
use crate::record::{HolderBasis, Record};
use crate::verify::Verification;

/// What the issuer's data says of the holder, held against the page's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HolderSaid {
    /// It names the same.
    Confirmed,
    /// It names nobody, or there is no data.
    NotNamed,
    /// It names somebody who may be the same.
    Uncertain,
    /// It gives a name that cannot be compared.
    NotCompared,
    /// It names somebody else.
    Different,
}

/// One credential, as this run found it.
#[derive(Debug, Clone)]
pub struct Checked {
    pub(super) shown: Shown,
    pub(super) holder: HolderSaid,
    pub(super) findings: Vec<Code>,
    /// What the program says of it, in the program's own language.
    pub(super) said: String,
    pub(super) from_transcript: bool,
    pub(super) has_record: bool,
    pub(super) key: String,
}

impl Checked {
    /// Takes a result that was held against the page's name, and the same without: where
    /// the issuer names nobody there is nothing to hold against it, and the standing
    /// counts by itself. Where it names somebody else, that is said and counts.
    pub fn of(
        named: &Verification<'_>,
        unnamed: &Verification<'_>,
        as_of: DateTime<Utc>,
        language: Language,
    ) -> Self {
        let asked = Asked {
            language,
            holder: Holder::LeftOut,
            transcript: Transcript::Linked,
        };
        let holder = holder(named);
        let one = match holder {
            HolderSaid::NotNamed => unnamed,
            _ => named,
        };
        let shown = Shown::of(one, as_of, asked);
        let english = Asked {
            language: Language::English,
            ..asked
        };
        let said = said(&Shown::of(one, as_of, english), one, holder);
        Self {
            said,
            key: key(one, &shown),
            holder,
            findings: one.findings.iter().map(Finding::code).collect(),
            from_transcript: one.link.kind() == Kind::Transcript,
            has_record: one.record.is_some(),
            shown,
        }
    }

    /// Whether the issuer names a holder.
    pub fn is_named(&self) -> bool {
        self.holder != HolderSaid::NotNamed
    }

    /// How it is shown.
    pub fn tone(&self) -> Tone {
        self.shown.tone()
    }

    /// Whether the service was asked and gave no answer: it may in an hour.
    pub(super) fn had_no_answer(&self) -> bool {
        self.shown.is_for_want_of_an_answer()
    }

    pub(super) fn entry(&self) -> Entry {
        let shown = &self.shown;
        let tone = shown.tone();
        Entry {
            key: self.key.clone(),
            title: shown.title.clone(),
            kind: shown.kind.as_str().to_owned(),
            status: shown.status().as_str().to_owned(),
            shown_as: tone.as_str().to_owned(),
            valid: match tone {
                Tone::Good | Tone::Attention => Some(true),
                Tone::Bad => shown.status().is_valid(),
                Tone::Unverified => None,
            },
            message: shown.message().to_owned(),
            reason: reason(shown, &self.findings),
            holder: self.holder,
            earned_on: shown.earned_on,
            valid_until: shown.valid_until,
            renewal: shown.renewal.state.as_str().to_owned(),
            renewal_opens_on: shown.renewal.opens_on,
            renewal_deadline: shown.renewal.deadline,
            exam: shown.exam().map(str::to_owned),
            checked_on: shown.checked_on,
            kept: false,
            link: shown.link.clone(),
            badge: badge(&self.key),
            findings: self.findings.iter().map(ToString::to_string).collect(),
            from_transcript: self.from_transcript,
            settled: settled(shown),
        }
    }
}

/// Where a credential's badge lies.
pub(super) fn badge(key: &str) -> String {
    format!("badges/{key}.svg")
}

fn settled(shown: &Shown) -> Option<Settled> {
    let status = match shown.tone() {
        Tone::Unverified => return None,
        Tone::Bad if shown.status().is_valid() == Some(true) => "not-as-required",
        _ => shown.status().as_str(),
    };
    Some(Settled {
        status: status.to_owned(),
        valid_until: shown.valid_until,
    })
}

fn holder(one: &Verification<'_>) -> HolderSaid {
    let has = |code| one.findings.iter().any(|finding| finding.code() == code);
    match () {
        () if has(Code::HolderDifferent) => HolderSaid::Different,
        () if has(Code::HolderUncertain) => HolderSaid::Uncertain,
        () if one.record.is_none() => HolderSaid::NotNamed,
        () if has(Code::HolderNotNamed) => match one.record.as_ref().map(names_somebody) {
            Some(true) => HolderSaid::NotCompared,
            _ => HolderSaid::NotNamed,
        },
        () => HolderSaid::Confirmed,
    }
}

/// A user name is chosen freely: one that is another than the name says nothing.
fn names_somebody(record: &Record) -> bool {
    let holder = record.holder.as_ref();
    holder.is_some_and(|holder| holder.basis == HolderBasis::Name)
}

/// Why it is unverified, in a sentence of its language.
fn reason(shown: &Shown, findings: &[Code]) -> Option<String> {
    let has_no_end = findings.contains(&Code::ExpiryMissing);
    match shown.unproven() {
        Some(Unproven::CannotBeTold) if has_no_end => {
            Some(PageWords::of(shown.language).note.no_end.clone())
        }
        _ => shown.reason().map(str::to_owned),
    }
}

fn said(shown: &Shown, one: &Verification<'_>, holder: HolderSaid) -> String {
    let codes: Vec<_> = one.findings.iter().map(Finding::code).collect();
    let why = match holder {
        HolderSaid::Different => " The issuer names another holder than the page.".to_owned(),
        HolderSaid::Uncertain => " The issuer writes the holder's name otherwise.".to_owned(),
        HolderSaid::NotCompared => {
            " The issuer gives a name that cannot be compared with the page's.".to_owned()
        }
        _ => reason(shown, &codes).map_or_else(String::new, |why| format!(" {why}")),
    };
    format!("{}.{why}", shown.message())
}

/// What a credential is known by from run to run: its number, which its link shows anyway.
/// Where it has none, a hash of what tells it from the others of its transcript, since the
/// certification number is nobody's business here.
fn key(one: &Verification<'_>, shown: &Shown) -> String {
    if let Some(id) = &shown.credential_id {
        return id.clone();
    }
    let told_by = [
        shown.certification_number.clone(),
        shown
            .certification_number
            .is_none()
            .then(|| format!("{} {:?}", shown.title, shown.earned_on)),
        one.link.canonical().map(str::to_owned),
    ];
    let mut hash = Sha256::new();
    for part in told_by {
        hash.update(part.unwrap_or_default());
        hash.update([0]);
    }
    format!("t-{}", hex::encode(&hash.finalize()[..8]))
}
