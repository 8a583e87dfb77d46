//! Which genuine host does a foreign one imitate?
//!
//! Only names that no one meets by accident are accused: letters that look like others,
//! one slip of the finger in a whole name, a genuine name inside another's, and a brand
//! glued to the words of a credential. A foreign host that is not accused is refused all
//! the same, so doubt speaks for the host.

use strsim::damerau_levenshtein;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_security::skeleton;

use super::host::is_within;

const LEARN: &str = "learn.microsoft.com";
const CREDLY: &str = "www.credly.com";
const ACCLAIM: &str = "www.youracclaim.com";

/// Whole names that one slip must not reach, each with the host it stands for.
const NAMES: &[(&str, &str)] = &[
    (LEARN, LEARN),
    ("docs.microsoft.com", LEARN),
    ("mcp.microsoft.com", LEARN),
    ("www.microsoft.com", LEARN),
    ("microsoft.com", LEARN),
    (CREDLY, CREDLY),
    ("credly.com", CREDLY),
    ("api.credly.com", CREDLY),
    (ACCLAIM, ACCLAIM),
    ("youracclaim.com", ACCLAIM),
];

/// The names themselves, each with the host it stands for.
const BRANDS: &[(&str, &str)] = &[
    ("microsoft", LEARN),
    ("credly", CREDLY),
    ("youracclaim", ACCLAIM),
];

/// Words that make a brand's name into the name of its credential service.
const BAIT: &[&str] = &[
    "account",
    "api",
    "badge",
    "badges",
    "cert",
    "certificate",
    "certificates",
    "certification",
    "certifications",
    "certified",
    "certs",
    "com",
    "credential",
    "credentials",
    "docs",
    "id",
    "learn",
    "learning",
    "login",
    "mcp",
    "secure",
    "share",
    "signin",
    "training",
    "transcript",
    "transcripts",
    "validate",
    "verification",
    "verify",
    "www",
];

/// Sub-domains of Microsoft's that a misspelt `microsoft` is met with.
const SERVICES: &[&str] = &["learn", "docs", "mcp"];

/// Honest names that lie one slip from a brand, or carry others' names for a living.
const HONEST: &[&str] = &["macrosoft", "microloft", "microsort"];

/// Domains that put others' host names in front of their own, as a service.
const PROXIES: &[&str] = &["translate.goog"];

/// Names the genuine host that a foreign one imitates, if it does.
///
/// The host is in Unicode, in lower case, and known not to be Microsoft's or Credly's.
pub(super) fn imitated(host: &str) -> Option<&'static str> {
    if PROXIES.iter().any(|proxy| is_within(host, proxy)) {
        return None;
    }
    let labels: Vec<&str> = host.split('.').collect();
    let (top, names) = labels.split_last()?;
    one_slip_from_a_name(host)
        .or_else(|| names.iter().find_map(|label| disguised(label)))
        .or_else(|| name_inside(&labels))
        .or_else(|| service_of_a_brand(names))
        .or_else(|| other_top(names, top))
        .or_else(|| names.iter().find_map(|label| glued(label)))
}

/// Names the genuine host that another host of the same owner is one slip or one
/// disguised letter away from, such as `leаrn.microsoft.com` with a Cyrillic letter.
pub(super) fn passes_for(host: &str) -> Option<&'static str> {
    let is_near = |genuine: &&str| one_slip(&plain(host), genuine) || look(host) == look(genuine);
    [LEARN, CREDLY].into_iter().find(|genuine| is_near(genuine))
}

/// Names the genuine host whose brand stands in a text, however it is dressed.
pub(super) fn brand_in(text: &str) -> Option<&'static str> {
    let looks = look(&text.to_lowercase());
    let brand = BRANDS
        .iter()
        .find(|(brand, _)| looks.contains(&look(brand)));
    brand.map(|(_, genuine)| *genuine)
}

/// `learn.microsoft.co`, `credley.com`, `learnmicrosoft.com`.
fn one_slip_from_a_name(host: &str) -> Option<&'static str> {
    let plain = plain(host);
    if plain.split('.').any(|label| HONEST.contains(&label)) {
        return None;
    }
    let name = NAMES.iter().find(|(name, _)| one_slip(&plain, name));
    name.map(|(_, genuine)| *genuine)
}

/// `rnicrosoft`, `micr0soft`, `mісrоѕоft`, and `micosoft`; not the brand itself.
fn disguised(label: &str) -> Option<&'static str> {
    let look = look(label);
    let brand = BRANDS.iter().find(|(brand, _)| {
        let same = label != *brand && look == self::look(brand);
        same || (*brand != "credly" && is_misspelt(label, brand))
    });
    brand.map(|(_, genuine)| *genuine)
}

/// `learn.microsoft.com.evil.example`: a genuine name in front of another's.
fn name_inside(labels: &[&str]) -> Option<&'static str> {
    let pairs = labels.windows(2);
    pairs
        .rev()
        .find_map(|pair| match pair {
            [name, "com"] => BRANDS.iter().find(|(brand, _)| brand == name),
            _ => None,
        })
        .map(|(_, genuine)| *genuine)
}

/// `learn.microsoft.example` and `microsoft.learn.example`.
fn service_of_a_brand(names: &[&str]) -> Option<&'static str> {
    let is_service = |label: &str| SERVICES.iter().any(|service| look(label) == look(service));
    let found = names.windows(2).any(|pair| {
        (is_service(pair[0]) && pair[1] == "microsoft")
            || (pair[0] == "microsoft" && is_service(pair[1]))
    });
    found.then_some(LEARN)
}

/// `credly.example` and `www.credly.co.uk`; Microsoft itself holds many top domains.
fn other_top(names: &[&str], top: &str) -> Option<&'static str> {
    let names = match names {
        ["www" | "api", rest @ ..] => rest,
        all => all,
    };
    let name = match names {
        [name] => name,
        [name, "co" | "com" | "net" | "org"] if top.len() == 2 => name,
        _ => return None,
    };
    let brand = BRANDS.iter().find(|(brand, _)| brand == name)?;
    (brand.1 != LEARN).then_some(brand.1)
}

/// `learn-microsoft`, `microsoftlearn`, `www-credly`: a brand and nothing but bait.
fn glued(label: &str) -> Option<&'static str> {
    let looks = look(label);
    let brand = BRANDS.iter().find(|(brand, _)| {
        is_brand_with_bait(&looks, &look(brand)) || is_misspelt_with_bait(label, brand)
    });
    brand.map(|(_, genuine)| *genuine)
}

/// Whether a label has a brand and nothing else but bait, by their looks.
fn is_brand_with_bait(label: &str, brand: &str) -> bool {
    let bait = |part: &str| part.split('-').all(|word| word.is_empty() || is_bait(word));
    label.len() > brand.len()
        && label
            .match_indices(brand)
            .any(|(at, _)| bait(&label[..at]) && bait(&label[at + brand.len()..]))
}

/// `learn-micosoft`.
fn is_misspelt_with_bait(label: &str, brand: &str) -> bool {
    let words: Vec<&str> = label.split('-').collect();
    words.len() > 1
        && words.iter().any(|word| is_misspelt(word, brand))
        && words
            .iter()
            .all(|word| is_bait(&look(word)) || is_misspelt(word, brand))
}

fn is_bait(word: &str) -> bool {
    BAIT.iter().any(|bait| look(bait) == word)
}

fn is_misspelt(label: &str, brand: &str) -> bool {
    let plain = plain(label);
    !HONEST.contains(&plain.as_str()) && plain != brand && one_slip(&plain, brand)
}

fn one_slip(text: &str, name: &str) -> bool {
    text.len().abs_diff(name.len()) <= 4 && damerau_levenshtein(text, name) <= 1
}

/// The letters without their marks, each script's own.
fn plain(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// What the eye takes a label for: confusable letters of all scripts made one, digits
/// made letters, and pairs such as `rn` joined. For equality alone, since it brings
/// unlike words near to each other.
fn look(label: &str) -> String {
    let skeleton: String = skeleton(&plain(label)).collect();
    let skeleton = plain(&skeleton).to_lowercase();
    let letters: String = skeleton
        .chars()
        .map(|c| match c {
            '0' => 'o',
            '1' | 'i' | 'ı' => 'l',
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            '7' => 't',
            other => other,
        })
        .collect();
    letters.replace("rn", "m").replace("vv", "w")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eye_sees_one_word() {
        for label in [
            "microsoft",
            "rnicrosoft",
            "micr0soft",
            "mlcrosoft",
            "mícrösoft",
            "miсrosoft",
            "mıcrosoft",
        ] {
            assert_eq!(look(label), look("microsoft"), "{label}");
        }
        assert_ne!(look("credit"), look("credly"));
    }
}
