//! Takes secrets out of what a stranger said, who may repeat what was sent.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use secrecy::{ExposeSecret as _, SecretString};

/// What stands where a secret stood.
const MARK: &str = "[secret]";

/// The shortest part of an address that is taken for a secret by itself.
const SHORTEST: usize = 5;

/// The shortest Base64 that is taken for a part of a secret: less stands in words by chance.
const SHORTEST_BASE64: usize = 8;

/// A text without secrets: the whole, and of an address each part that is not its host, as in
/// "cannot POST /path"; in capital or small letters, percent-encoded, in hex, and in Base64
/// together with whatever else.
pub(super) fn scrubbed(text: &str, secrets: &[&SecretString]) -> String {
    let secrets = secrets.iter().map(|secret| secret.expose_secret());
    let mut written: Vec<String> = secrets
        .flat_map(parts)
        .flat_map(|part| forms(&part))
        .collect();
    // The longer first: what is left of one must not keep another from being found.
    written.sort_unstable_by_key(|form| std::cmp::Reverse(form.len()));
    written.dedup();
    written
        .iter()
        .fold(text.to_owned(), |text, form| without(&text, form))
}

/// A secret, and of an address what is secret in it.
fn parts(secret: &str) -> Vec<String> {
    let mut parts = vec![secret.to_owned()];
    if let Ok(url) = url::Url::parse(secret.trim()) {
        let after_host = &url[url::Position::BeforePath..];
        parts.extend([after_host, url.path()].map(str::to_owned));
        let segments = url.path_segments().into_iter().flatten();
        let queries = url
            .query()
            .into_iter()
            .flat_map(|query| query.split(['&', '=']));
        let each = segments.chain(queries).chain(url.password());
        for part in each.filter(|part| part.len() >= SHORTEST) {
            let plain = percent_decode_str(part).decode_utf8_lossy();
            parts.extend([part.to_owned(), plain.into_owned()]);
        }
    }
    parts.retain(|part| part.len() >= 2);
    parts
}

/// The ways in which a part may be written.
fn forms(part: &str) -> Vec<String> {
    let mut forms = vec![
        part.to_owned(),
        utf8_percent_encode(part, NON_ALPHANUMERIC).to_string(),
        STANDARD.encode(part),
    ];
    if part.len() >= SHORTEST {
        forms.push(hex::encode(part));
        forms.push(
            part.bytes()
                .flat_map(|byte| ['%'.to_string(), hex::encode([byte])])
                .collect(),
        );
        forms.extend(
            (0..3)
                .map(|before| inside(part, before))
                .filter(|form| form.len() >= SHORTEST_BASE64),
        );
    }
    forms
}

/// The Base64 of a part that stands behind so many others: the letters that it alone decides.
fn inside(part: &str, before: usize) -> String {
    let whole = [vec![0_u8; before].as_slice(), part.as_bytes()].concat();
    let start = (before * 8).div_ceil(6);
    let end = whole.len() * 8 / 6;
    STANDARD.encode(whole)[start..end].to_owned()
}

/// A text without another, in whatever case.
fn without(text: &str, form: &str) -> String {
    let (lower, form) = (text.to_ascii_lowercase(), form.to_ascii_lowercase());
    let mut shown = String::with_capacity(text.len());
    let mut end = 0;
    for (at, _) in lower.match_indices(&form) {
        shown.push_str(&text[end..at]);
        shown.push_str(MARK);
        end = at + form.len();
    }
    shown + &text[end..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_secret_address_comes_back_but_its_host() {
        let address = "https://hooks.example.com/services/T0SECRET/B1SECRET?sig=S3CR3TSIG&v=1";
        let secret = SecretString::from(address);
        for said in [
            address,
            "cannot POST /services/T0SECRET/B1SECRET",
            "no /services/T0SECRET/B1SECRET?sig=S3CR3TSIG&v=1 here",
            "B1SECRET is unknown, sig S3CR3TSIG is wrong",
        ] {
            let shown = scrubbed(said, &[&secret]);
            assert!(
                !shown.contains("SECRET") && !shown.contains("S3CR3T"),
                "{shown}"
            );
        }
        assert_eq!(
            scrubbed("hooks.example.com is busy", &[&secret]),
            "hooks.example.com is busy"
        );
        for said in [
            "/SERVICES/T0SECRET/B1SECRET",
            "%2Fservices%2FT0SECRET%2FB1SECRET",
        ] {
            assert_eq!(scrubbed(said, &[&secret]), "[secret]");
        }
        let password = SecretString::from("correct horse");
        assert_eq!(scrubbed("no: correct horse", &[&password]), "no: [secret]");
        for before in ["", "\0", "\0j", "\0jo\0"] {
            let packed = STANDARD.encode(format!("{before}correct horse"));
            let shown = scrubbed(&packed, &[&password]);
            assert!(
                shown.contains("[secret]") && shown.len() < before.len() + 16,
                "{shown}"
            );
        }
        assert_eq!(
            scrubbed(&hex::encode("correct horse"), &[&password]),
            "[secret]"
        );
    }
}
