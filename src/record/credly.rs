//! Credly badges: `/badges/{uuid}.json`, and Open Badges 2.0 assertions.
//!
//! Microsoft stopped updating its certifications on Credly on 2023-06-30 (sure), so
//! whatever a badge says of one is a stale copy: it can name the holder and the title,
//! never the standing.

use serde::Deserialize;

use super::date::{self, BareDay};
use super::field::Field;
use super::learn_credential::{TEXT_LIMIT, named_holder};
use super::{Authority, CredentialKind, IssuerStatus, Reading, Record, format_changed};

#[derive(Deserialize)]
struct Badge<'a> {
    #[serde(borrow)]
    data: BadgeData<'a>,
}

#[derive(Deserialize)]
struct BadgeData<'a> {
    #[serde(borrow, default)]
    issued_to: Field<'a>,
    #[serde(borrow, default)]
    issued_at_date: Field<'a>,
    #[serde(borrow, default)]
    expires_at_date: Field<'a>,
    #[serde(borrow, default)]
    state: Field<'a>,
    #[serde(borrow)]
    badge_template: Template<'a>,
    #[serde(borrow, default)]
    issuer: Issuer<'a>,
}

#[derive(Deserialize, Default)]
struct Issuer<'a> {
    #[serde(borrow, default)]
    summary: Field<'a>,
}

#[derive(Deserialize)]
struct Template<'a> {
    #[serde(borrow, default)]
    name: Field<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assertion<'a> {
    #[serde(borrow)]
    verification: Option<Verification<'a>>,
    #[serde(borrow, default)]
    issued_on: Field<'a>,
    #[serde(borrow, default)]
    expires: Field<'a>,
    revoked: Option<bool>,
}

#[derive(Deserialize)]
struct Verification<'a> {
    #[serde(borrow, rename = "type", default)]
    kind: Field<'a>,
}

/// Reads `/badges/{uuid}.json`. The days are used, not the instants: those are local to
/// Credly and can fall a day earlier.
pub(super) fn read_badge(body: &[u8]) -> Reading {
    let data = match serde_json::from_slice::<Badge<'_>>(body) {
        Ok(badge) => badge.data,
        Err(error) => return format_changed("Credly badge", &error),
    };
    let Some(title) = data.badge_template.name.owned(TEXT_LIMIT) else {
        return format_changed("Credly badge", &"it has no title");
    };
    let mut record = Record::blank(kind(&data.issuer), Authority::StaleCopy);
    record.title = Some(title);
    record.holder = named_holder(data.issued_to.owned(TEXT_LIMIT), None);
    record.earned = date::read(data.issued_at_date, BareDay::Starts);
    record.expires = date::read(data.expires_at_date, BareDay::Ends);
    record.status = data
        .state
        .text()
        .filter(|state| *state == "revoked")
        .map(IssuerStatus::parse);
    Reading::one(record)
}

/// Credly holds badges of everyone; those of other issuers are no certifications of
/// Microsoft's. Its own may be either.
fn kind(issuer: &Issuer<'_>) -> CredentialKind {
    match issuer.summary.text() {
        None | Some("issued by Microsoft" | "issued by GitHub") => CredentialKind::Unknown,
        Some(_) => CredentialKind::Badge,
    }
}

/// Reads an Open Badges 2.0 assertion, which names neither title nor holder in clear.
pub(super) fn read_assertion(body: &[u8]) -> Reading {
    let assertion = match serde_json::from_slice::<Assertion<'_>>(body) {
        Ok(assertion) => assertion,
        Err(error) => return format_changed("Open Badges assertion", &error),
    };
    let hosted = assertion
        .verification
        .is_some_and(|verification| verification.kind.text().is_some());
    if !hosted && assertion.revoked.is_none() {
        return format_changed(
            "Open Badges assertion",
            &"it does not say how it is verified",
        );
    }
    let mut record = Record::blank(CredentialKind::Unknown, Authority::StaleCopy);
    record.earned = date::read(assertion.issued_on, BareDay::Starts);
    record.expires = date::read(assertion.expires, BareDay::Ends);
    record.status = (assertion.revoked == Some(true)).then(|| IssuerStatus::parse("revoked"));
    Reading::one(record)
}
