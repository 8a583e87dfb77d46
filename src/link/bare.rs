//! Addresses that lack their scheme, and how they are told from prose.

use super::find::{OPENING, TRAILING, first_that_is_not};
use super::lookalike;

/// Services, beside Microsoft and Credly, whose links are taken out of a sentence.
const FAMILIAR: &[&str] = &["linkedin.", "lnkd.in", "aka.ms", "safelinks."];

/// Where an address without a scheme starts, in a text that has no other.
pub(super) fn first_address(text: &str) -> Option<usize> {
    let alone = text.split_whitespace().nth(1).is_none();
    let mut from = 0;
    for token in text.split_inclusive(char::is_whitespace) {
        let at = first_that_is_not(token, 0, OPENING);
        let address = token[at..].trim_end().trim_end_matches(TRAILING);
        if has_host(address) && (is_familiar(address) || (alone && has_path(address))) {
            return Some(from + at);
        }
        from += token.len();
    }
    None
}

/// Where a link without scheme starts that merely carries the `http` at `http`, as in
/// `learn.microsoft.com/…?ref=https://…`.
pub(super) fn carrier_of(text: &str, http: usize) -> Option<usize> {
    let before = &text[..http];
    let token = before
        .char_indices()
        .rfind(|(_, c)| c.is_whitespace())
        .map_or(0, |(at, c)| at + c.len_utf8());
    let at = first_that_is_not(text, token, OPENING);
    let carrier = text.get(at..http)?;
    (has_path(carrier) && has_host(carrier)).then_some(at)
}

/// Whether an address is worth finding in a sentence: a host people send links of, and
/// no mail address.
fn is_familiar(address: &str) -> bool {
    let lower = address.to_lowercase();
    let host = authority(&lower);
    let mail = host.contains('@') && !has_path(address);
    let familiar = FAMILIAR.iter().any(|name| host.contains(name));
    !mail && (familiar || lookalike::brand_in(host).is_some())
}

/// The part of a scheme-less address before its path.
pub(super) fn authority(address: &str) -> &str {
    let address = address.trim_start_matches(['/', '\\']);
    address
        .find(['/', '\\', '?', '#'])
        .map_or(address, |at| &address[..at])
}

/// Whether anything follows the host.
pub(super) fn has_path(address: &str) -> bool {
    authority(address).len() < address.trim_start_matches(['/', '\\']).len()
}

/// Whether a scheme-less address starts with something like `name.tld`.
fn has_host(address: &str) -> bool {
    let authority = authority(address);
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let labels: Vec<&str> = host.split(['.', '．', '。', '｡']).collect();
    let top = labels.last().copied().unwrap_or_default();
    labels.len() > 1
        && labels.iter().all(|label| !label.is_empty())
        && top.chars().count() > 1
        && (top.starts_with("xn--") || top.chars().all(char::is_alphabetic))
}
