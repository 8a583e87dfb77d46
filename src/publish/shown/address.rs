//! Where a credential can be checked by everyone, and what its files are called.

use sha2::{Digest, Sha256};

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

/// Hexadecimal digits of a hash that tell links apart.
const HASH: usize = 16;

/// The longest part of a file's name that is made of a title.
const NAME: usize = 60;

/// Which link it was made of. It does not depend on the answer, so that a failed refresh
/// finds what it must replace.
pub(super) fn key(one: &Verification<'_>) -> String {
    let named = match one.link.kind() {
        Kind::None => credential_id(one),
        _ => one.link.credential_id().map(ToString::to_string),
    };
    named.map_or_else(
        || {
            let address = one.link.canonical().unwrap_or_default();
            let digest = hex::encode(Sha256::digest(address));
            digest[..HASH].to_owned()
        },
        |id| id.to_lowercase(),
    )
}

/// The name of its files. A link to one credential has one name, whatever was answered; of
/// a transcript each credential has its own.
pub(super) fn stem(one: &Verification<'_>) -> String {
    let key = key(one);
    let Some(record) = one
        .record
        .as_ref()
        .filter(|_| one.link.credential_id().is_none())
    else {
        return key;
    };
    let own = match (&record.certification_number, &record.credential_id) {
        (Some(number), _) => number.clone(),
        (None, Some(id)) => id.to_string(),
        (None, None) => {
            let title = record.title.as_deref().unwrap_or_default();
            let earned = record.earned.instant();
            let day = earned.map(|earned| earned.date_naive().to_string());
            format!("{title} {}", day.unwrap_or_default())
        }
    };
    let plain = plain(&own);
    if plain.is_empty() { key } else { plain }
}

/// Lower-case ASCII letters and digits, with hyphens between.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in any_ascii::any_ascii(text).chars() {
        if c.is_ascii_alphanumeric() {
            plain.push(c.to_ascii_lowercase());
        } else if !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
        if plain.len() >= NAME {
            break;
        }
    }
    plain.trim_end_matches('-').to_owned()
}
