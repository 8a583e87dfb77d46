//! Where a credential can be checked by everyone.

use super::Transcript;
use crate::link::{Kind, Link};
use crate::verify::Verification;

/// The public address: rebuilt from the link's parts, so never with a sharingId.
pub(super) fn of(link: &Link, transcript: Transcript) -> Option<String> {
    let may_be_shown = match link.kind() {
        Kind::CredentialShare
        | Kind::CredentialPage
        | Kind::CredentialApi
        | Kind::CredlyBadge
        | Kind::OpenBadge => true,
        Kind::Transcript => transcript == Transcript::Linked,
        _ => false,
    };
    let address = link.canonical()?;
    (may_be_shown && link.is_verifiable()).then(|| address.to_owned())
}

/// The credential's number, as the record gives it or the link.
pub(super) fn credential_id(one: &Verification<'_>) -> Option<String> {
    let record = one.record.as_ref();
    let given = record.and_then(|record| record.credential_id.as_ref());
    let id = given.or_else(|| one.link.credential_id());
    id.map(ToString::to_string)
}
