//! What does a record mean on a day? Record, catalogue and as-of in, standing out.
//!
//! Three facts are found, each on its own: the [`Validity`] of the credential, the
//! [`State`] of its certification, and its [`Renewal`]. The headline [`Status`] follows
//! from them by one table. Whatever cannot be told is [`Status::Undetermined`]: nothing
//! here fills a gap with a guess, and a missing expiry is never read as "no expiry".

mod findings;
mod known;
mod renewal;
mod successor;
mod validity;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod table;

use chrono::{DateTime, Utc};

pub use known::Known;
pub use renewal::{Renewal, RenewalState};
pub use successor::{Successor, successors};
pub use validity::{Doubt, Validity};

use crate::catalog::{Catalog, State};
use crate::finding::Finding;
use crate::record::{CredentialKind, IssuerStatus, Record};

/// The headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Valid, nothing to do now.
    Active,
    /// Valid, and the renewal window is open.
    NeedsRenewal,
    /// Valid until its own end, of a certification that is no longer offered.
    Retired,
    /// Past its end.
    Expired,
    /// Taken back by the issuer.
    Revoked,
    /// Cannot be told.
    Undetermined,
}

impl Status {
    /// Every status, best first.
    pub const ALL: [Self; 6] = [
        Self::Active,
        Self::NeedsRenewal,
        Self::Retired,
        Self::Expired,
        Self::Revoked,
        Self::Undetermined,
    ];

    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::NeedsRenewal => "needs-renewal",
            Self::Retired => "retired",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::Undetermined => "undetermined",
        }
    }

    /// Whether the credential is in force; `None` where that cannot be told.
    pub const fn is_valid(self) -> Option<bool> {
        match self {
            Self::Active | Self::NeedsRenewal | Self::Retired => Some(true),
            Self::Expired | Self::Revoked => Some(false),
            Self::Undetermined => None,
        }
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a record means on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing<'a> {
    /// The headline.
    pub status: Status,
    /// Whether the credential is in force, and until when.
    pub validity: Validity,
    /// The sort of credential, by the answer or by the catalogue.
    pub kind: CredentialKind,
    /// What the catalogue knows of the certification.
    pub known: Known<'a>,
    /// Whether the certification can still be earned on that day.
    pub state: State,
    /// The certification as it can be earned on that day; `None` where it is not known.
    pub own: Option<Successor<'a>>,
    /// What took over from the certification, where it is not simply current.
    pub successors: Vec<Successor<'a>>,
    /// Where the renewal window stands.
    pub renewal: Renewal,
    /// Whole days from as-of to expiry, rounded down; negative once expired.
    pub days_left: Option<i64>,
    /// What a reviewer should know of all this.
    pub findings: Vec<Finding>,
}

impl Standing<'_> {
    /// The standing of what could not be read at all.
    pub fn undetermined() -> Self {
        Self {
            status: Status::Undetermined,
            validity: Validity::CannotTell(Doubt::NoRecord),
            kind: CredentialKind::Unknown,
            known: Known::nothing(),
            state: State::Unknown,
            own: None,
            successors: Vec::new(),
            renewal: Renewal::unknown(),
            days_left: None,
            findings: Vec::new(),
        }
    }

    /// The same standing once something outside the record makes it doubtful.
    #[must_use]
    pub fn in_doubt(self, doubt: Doubt) -> Self {
        Self {
            status: Status::Undetermined,
            validity: Validity::CannotTell(doubt),
            renewal: Renewal::unknown(),
            ..self
        }
    }
}

/// Judges a record on a day. `as_of` is an instant in UTC: expiries are instants too.
///
/// ```
/// use bonafide::catalog::Catalog;
/// use bonafide::lifecycle::{Status, judge};
/// # use bonafide::record;
/// # use bonafide::source::{Answerer, Evidence, EvidenceKind, Origin};
/// # let evidence = Evidence {
/// #     kind: EvidenceKind::LearnCredential, url: String::new(), answerer: Answerer::Issuer,
/// #     status: 200, content_type: None, fetched_at: None, service_date: None,
/// #     sha256: String::new(), origin: Origin::Demo,
/// #     received_bytes: None,
/// #     body: br#"{"title":"Microsoft Certified: Azure AI Engineer Associate",
/// #                "expiresOn":"2027-01-11T23:59:59Z"}"#.to_vec(),
/// # };
/// // AI-102 was retired on 2026-06-30; this holder's credential lasts until January.
/// let record = record::read(&evidence, None).records.remove(0);
/// let standing = judge(&record, Catalog::embedded(), "2026-11-22T00:00:00Z".parse().unwrap());
/// assert_eq!(standing.status, Status::Retired);
/// assert_eq!(standing.status.is_valid(), Some(true));
/// ```
pub fn judge<'a>(record: &Record, catalog: &'a Catalog, as_of: DateTime<Utc>) -> Standing<'a> {
    let known = Known::of(record, catalog);
    let kind = known.kind(record);
    let validity = validity::judge(record, &known, kind, as_of);
    let state = state(record, &known, kind, as_of);
    let renewal = renewal::judge(&validity, state, &known, as_of);
    let status = headline(&validity, state, &renewal);
    let day = as_of.date_naive();
    let findings = findings::gather(&findings::Facts {
        record,
        known: &known,
        kind,
        validity: &validity,
        state,
        renewal: &renewal,
        as_of,
    });
    Standing {
        status,
        kind,
        state,
        own: known
            .entry()
            .map(|entry| Successor::on(day, entry).in_state(state)),
        days_left: days_left(record, as_of),
        successors: successors(known.entry(), state, catalog, day),
        validity,
        known,
        renewal,
        findings,
    }
}

/// The table of `docs/lifecycle.md`, row by row.
fn headline(validity: &Validity, state: State, renewal: &Renewal) -> Status {
    match validity {
        Validity::CannotTell(_) => Status::Undetermined,
        Validity::Revoked => Status::Revoked,
        Validity::Expired { .. } => Status::Expired,
        Validity::Valid { .. } if matches!(state, State::Retired(_)) => Status::Retired,
        Validity::Valid { .. } if renewal.is_due => Status::NeedsRenewal,
        Validity::Valid { .. } => Status::Active,
    }
}

/// The certification's state: retired also where the issuer's own word says so.
fn state(record: &Record, known: &Known<'_>, kind: CredentialKind, as_of: DateTime<Utc>) -> State {
    let by_table = known.state_on(as_of.date_naive());
    let says_retired = record.status == Some(IssuerStatus::Retired);
    match by_table {
        State::Retired(_) => by_table,
        _ if says_retired && kind != CredentialKind::Badge => State::Retired(None),
        _ => by_table,
    }
}

fn days_left(record: &Record, as_of: DateTime<Utc>) -> Option<i64> {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let expiry = record.expires.instant()?;
    Some((expiry - as_of).num_milliseconds().div_euclid(DAY))
}
