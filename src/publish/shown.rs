//! What may be shown in public of one credential.

mod address;
mod say;
#[cfg(test)]
pub(crate) mod tests;
mod tone;

use chrono::{DateTime, NaiveDate, Utc};

use super::clean::line_within;
use super::{Language, Words};
use crate::catalog::Level;
use crate::lifecycle::{RenewalState, Status, Validity};
use crate::link::Kind;
use crate::record::{CredentialKind, HolderBasis};
use crate::verify::Verification;
pub(super) use say::in_force;
pub use tone::{Tone, Unproven};

/// The most characters of a title, an identifier or a name that are shown anywhere.
const LONGEST: usize = 200;

/// Beginnings of titles that say no more than the issuer does.
const PROGRAMMES: [&str; 3] = [
    "Microsoft Certified: ",
    "Microsoft 365 Certified: ",
    "Microsoft Applied Skills: ",
];

/// What of it is to be shown: the default names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The language of the words.
    pub language: Language,
    /// Whether the holder is named.
    pub holder: Holder,
    /// Whether a shared transcript is linked, which shows more than one credential: the
    /// holder's legal name and everything they passed.
    pub transcript: Transcript,
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            language: Language::English,
            holder: Holder::LeftOut,
            transcript: Transcript::LeftOut,
        }
    }
}

/// Whether the holder is named.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Holder {
    /// No.
    #[default]
    LeftOut,
    /// By the name that the issuer gives, where it gives one.
    Named,
}

/// Whether a shared transcript is linked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Transcript {
    /// No.
    #[default]
    LeftOut,
    /// Yes.
    Linked,
}

/// What is shown of a renewal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Renewal {
    /// Where it stands.
    pub state: RenewalState,
    /// The first day of the window, on or about.
    pub opens_on: Option<NaiveDate>,
    /// The last day on which it can be renewed.
    pub deadline: Option<NaiveDate>,
}

/// What may be shown in public of one credential, its strangers' text cleaned by
/// [`line`](super::clean::line) and not yet escaped.
///
/// It can only be made from a [`Verification`], so that its tone follows from what was
/// found. Dates, numbers and the title of an unverified credential are shown as the answer
/// gave them; only [`Shown::tone`] and [`Shown::message`] say what they are worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    tone: Tone,
    unproven: Option<Unproven>,
    status: Status,
    message: String,
    /// The language of the words.
    pub language: Language,
    /// The title; words for one where the answer gives none.
    pub title: String,
    /// The sort of credential.
    pub kind: CredentialKind,
    /// The level or programme, where the catalogue knows it.
    pub level: Option<Level>,
    /// The exams that lead or led to it, newest first. With several it is not known which
    /// the holder passed.
    pub exams: Vec<String>,
    /// The catalogue's name of it in Microsoft's addresses.
    pub slug: Option<String>,
    /// The holder, only where that was asked for and the issuer gives a name.
    pub holder: Option<String>,
    /// When it was first earned.
    pub earned_on: Option<NaiveDate>,
    /// Its last day; `None` where it has no end or none is known.
    pub valid_until: Option<NaiveDate>,
    /// Its renewal.
    pub renewal: Renewal,
    /// The day on which the issuer said so, or was asked.
    pub checked_on: NaiveDate,
    /// Tells the link it was made of from others, on success and failure alike: the
    /// credential's number, or a hash where the link names none.
    pub key: String,
    /// A digest of everything that was asked, where whoever asks gives one: a picture made
    /// for another question is no answer to this one.
    pub question: Option<String>,
    /// Whether it was made of a transcript, which may list others as well.
    pub of_transcript: bool,
    /// The name of its files, without an extension: stable as long as the link is.
    pub stem: String,
    /// The credential's public address, without a sharingId.
    pub link: Option<String>,
    /// The credential's number.
    pub credential_id: Option<String>,
    /// The certification number on transcripts.
    pub certification_number: Option<String>,
}

impl Shown {
    /// Takes what may be shown from a result that was judged on `as_of`.
    ///
    /// The day of the check is that of the answer. Judged for a day before it, nothing is
    /// known: what the issuer would have said then was not asked.
    pub fn of(one: &Verification<'_>, as_of: DateTime<Utc>, asked: Asked) -> Self {
        let (tone, unproven) = tone::judge(one, as_of);
        let record = one.record.as_ref();
        let entry = one.standing.known.entry();
        let said_on = one.provenance.as_ref().and_then(|from| from.fetched_at);
        let checked_on = said_on.unwrap_or(as_of).date_naive();
        let text = |text: &str| Some(line_within(text, LONGEST)).filter(|text| !text.is_empty());
        let holder = record.and_then(|record| record.holder.as_ref());
        Self {
            tone,
            unproven,
            status: one.standing.status,
            message: say::message(one, tone, checked_on, Words::of(asked.language)),
            language: asked.language,
            title: record
                .and_then(|record| text(record.title.as_deref()?))
                .unwrap_or_else(|| Words::of(asked.language).untitled.clone()),
            kind: one.standing.kind,
            level: one.standing.known.level(),
            exams: entry
                .map(|entry| entry.exams().to_vec())
                .unwrap_or_default(),
            slug: entry.and_then(|entry| entry.slug()).map(str::to_owned),
            holder: holder
                .filter(|holder| asked.holder == Holder::Named && holder.basis == HolderBasis::Name)
                .and_then(|holder| text(&holder.name)),
            earned_on: record
                .and_then(|record| record.earned.instant())
                .map(|instant| instant.date_naive()),
            valid_until: until(one),
            renewal: Renewal {
                state: one.standing.renewal.state,
                opens_on: one.standing.renewal.opens_on,
                deadline: one.standing.renewal.deadline,
            },
            checked_on,
            key: address::key(one),
            question: None,
            of_transcript: one.link.kind() == Kind::Transcript,
            stem: address::stem(one),
            link: address::of(&one.link, asked.transcript),
            credential_id: address::credential_id(one),
            certification_number: record
                .and_then(|record| text(record.certification_number.as_deref()?)),
        }
    }

    /// A credential that an earlier run showed of the same link and this one did not: of it
    /// nothing is known but its title.
    #[must_use]
    pub fn lost(&self, title: &str) -> Self {
        Self {
            tone: Tone::Unverified,
            unproven: Some(match self.unproven {
                Some(why) => why,
                None => Unproven::NotKnownToIssuer,
            }),
            status: Status::Undetermined,
            message: self.words().unverified().to_owned(),
            title: line_within(title, LONGEST),
            kind: CredentialKind::Unknown,
            level: None,
            exams: Vec::new(),
            slug: None,
            holder: None,
            earned_on: None,
            valid_until: None,
            renewal: Renewal {
                state: RenewalState::Unknown,
                opens_on: None,
                deadline: None,
            },
            credential_id: None,
            certification_number: None,
            ..self.clone()
        }
    }

    /// Whether this only means that the service could not be asked, so that an earlier
    /// answer may still be true.
    pub fn is_for_want_of_an_answer(&self) -> bool {
        self.unproven == Some(Unproven::NoAnswer)
    }

    /// How good the news is.
    pub fn tone(&self) -> Tone {
        self.tone
    }

    /// Why it is unverified; `None` where it is not.
    pub fn unproven(&self) -> Option<Unproven> {
        self.unproven
    }

    /// The headline that the tone follows from.
    pub fn status(&self) -> Status {
        self.status
    }

    /// What is said of it in a few words, such as "valid until 2027-05-14".
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Why it is unverified, in a sentence.
    pub fn reason(&self) -> Option<&'static str> {
        self.unproven
            .map(|unproven| unproven.sentence(self.words()))
    }

    /// The words of its language.
    pub fn words(&self) -> &'static Words {
        Words::of(self.language)
    }

    /// "checked 2026-11-22".
    pub fn checked(&self) -> String {
        self.words().checked(self.checked_on)
    }

    /// The title without the programme's name in front.
    pub fn short_title(&self) -> &str {
        let start = PROGRAMMES.iter().find_map(|programme| {
            let start = self.title.get(..programme.len())?;
            start
                .eq_ignore_ascii_case(programme)
                .then(|| self.title[programme.len()..].trim_start())
        });
        start.filter(|rest| !rest.is_empty()).unwrap_or(&self.title)
    }

    /// The exam's code, where only one leads to the certification.
    pub fn exam(&self) -> Option<&str> {
        match &self.exams[..] {
            [one] => Some(one),
            _ => None,
        }
    }
}

fn until(one: &Verification<'_>) -> Option<NaiveDate> {
    let given = one
        .record
        .as_ref()
        .and_then(|record| record.expires.instant());
    let end = match one.standing.validity {
        Validity::Valid { until } => until,
        Validity::Expired { since } => since,
        Validity::Revoked | Validity::CannotTell(_) => given,
    };
    end.map(|end| end.date_naive())
}
