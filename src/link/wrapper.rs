//! Opens other services' redirect links by reading them, never by going there.

use percent_encoding::percent_decode_str;

use super::address::Address;
use super::host::is_within;

/// What a redirect link holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wrapped {
    /// The text of the link inside.
    Link(String),
    /// The link inside is missing.
    Nothing,
}

/// Opens a redirect link; `None` for every other address.
///
/// Known are LinkedIn's, Outlook's Safe Links and Google's, as seen in public text read
/// on 2026-11-22, and those of Proofpoint's mail gateway.
pub(super) fn open(address: &Address) -> Option<Wrapped> {
    if [
        "urldefense.com",
        "urldefense.us",
        "urldefense.proofpoint.com",
    ]
    .contains(&address.host())
    {
        return Some(proofpoint(address));
    }
    let names = parameters_of(address)?;
    let values = names.iter().flat_map(|name| address.parameters(name));
    let mut values: Vec<String> = values.filter(|value| !value.trim().is_empty()).collect();
    // Google's `q` may be the words of a search, with the link in `url`.
    values.sort_by_key(|value| !value.trim_start().to_ascii_lowercase().starts_with("http"));
    Some(
        values
            .into_iter()
            .next()
            .map_or(Wrapped::Nothing, Wrapped::Link),
    )
}

/// The parameters in which a service puts the link.
fn parameters_of(address: &Address) -> Option<&'static [&'static str]> {
    const LINKEDIN: [&str; 3] = ["redir/redirect", "redir/suspicious-page", "safety/go"];
    let host = address.host();
    let path = || address.segments().join("/").to_ascii_lowercase();
    if is_within(host, "safelinks.protection.outlook.com") {
        Some(&["url"])
    } else if is_within(host, "linkedin.com") {
        LINKEDIN.contains(&path().as_str()).then_some(&["url"])
    } else if is_google(host) {
        (path() == "url").then_some(&["q", "url"])
    } else {
        None
    }
}

/// `/v3/__{link}__;…`, with the link as it was, or `/v2/url?u={link}`, where `-` stands for
/// `%` and `_` for `/` (common knowledge of the gateway's public decoders).
fn proofpoint(address: &Address) -> Wrapped {
    let v3 = address.path_and_query();
    let inner = v3
        .strip_prefix("/v3/__")
        .and_then(|rest| rest.split_once("__;"));
    if let Some((link, _)) = inner {
        return Wrapped::Link(link.to_owned());
    }
    let v2 = address.parameters("u").next();
    let link = v2.map(|value| value.replace('-', "%").replace('_', "/"));
    link.filter(|link| !link.trim().is_empty())
        .map_or(Wrapped::Nothing, |link| {
            Wrapped::Link(percent_decode_str(&link).decode_utf8_lossy().into_owned())
        })
}

/// `google.com`, `www.google.de`, `google.co.uk`, `www.google.com.br`.
fn is_google(host: &str) -> bool {
    let host = host.strip_prefix("www.").unwrap_or(host);
    if !host.starts_with("google.") {
        return false;
    }
    let country = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_lowercase());
    match host.split('.').collect::<Vec<_>>()[..] {
        ["google", "com" | "cat"] => true,
        ["google", top] | ["google", "co" | "com", top] => country(top),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_redirects_of_known_services_are_opened() {
        let open = |text: &str| Address::parse(text).ok().and_then(|address| open(&address));
        let link = || Some(Wrapped::Link("https://a.example/".to_owned()));
        for text in [
            "https://www.linkedin.com/redir/redirect/?url=https%3A%2F%2Fa.example%2F",
            "https://de.linkedin.com/safety/go?url=https://a.example/",
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2F&data=05",
            "https://www.google.co.uk/url?sa=t&q=words&url=https://a.example/",
            "https://google.com/url?q=https://a.example/&sa=D",
        ] {
            assert_eq!(open(text), link(), "{text}");
        }
        assert_eq!(
            open("https://www.linkedin.com/safety/go"),
            Some(Wrapped::Nothing)
        );
        for text in [
            "https://www.linkedin.com/in/someone?url=https://a.example/",
            "https://linkedin.com.example/safety/go?url=https://a.example/",
            "https://google.evil.com/url?q=https://a.example/",
            "https://google.com/search?q=https://a.example/",
        ] {
            assert_eq!(open(text), None, "{text}");
        }
    }
}
