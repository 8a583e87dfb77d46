//! The station as its users meet it: text in, judged link out.

mod cleaning;
mod corpus;
mod hostile;
mod hosts;
mod properties;
mod routes;
mod wrappers;

use super::Link;

/// The path of a share link as holders paste it.
const SHARE: &str = "/api/credentials/share/en-us/NameSurname-1234/20170DBC5AC04E38";

/// The same on its host.
const CANONICAL: &str =
    "https://learn.microsoft.com/api/credentials/share/en-us/NameSurname-1234/20170DBC5AC04E38";

/// The codes of a link's findings, in their order.
fn codes(link: &Link) -> Vec<&'static str> {
    let findings = link.findings().iter();
    findings.map(|finding| finding.code().as_str()).collect()
}

/// Joins what went wrong, so that a table shows all of it at once.
fn assert_none(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
