//! Every form of link found in public text, held against what it is.

use super::codes;
use crate::link::{BadgeId, CredentialId, Link, Locale, ShareId, judge};

const CORPUS: &str = include_str!("../../../fixtures/links/links.tsv");

/// What a line says of a link, in the columns after the label.
fn row(link: &Link) -> Vec<String> {
    let yes_no = |is: bool| if is { "yes" } else { "no" }.to_owned();
    let text = |part: Option<&str>| part.unwrap_or_default().to_owned();
    vec![
        link.kind().to_string(),
        yes_no(link.is_verifiable()),
        text(link.credential_id().map(CredentialId::as_str)),
        text(link.share_id().map(ShareId::as_str)),
        text(link.badge_id().map(BadgeId::as_str)),
        text(link.slug()),
        text(link.user()),
        text(link.locale().map(Locale::as_str)),
        yes_no(link.sharing_id().is_some()),
        text(link.canonical()),
        codes(link).join(";"),
    ]
}

#[test]
fn every_form_found_in_public_text_is_what_it_is_known_to_be() {
    let mut lines = CORPUS
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>());
    let columns = lines.next().unwrap();
    let lines: Vec<_> = lines.collect();
    assert_eq!(lines.len(), 180);
    let mut wrong = Vec::new();
    for line in lines {
        let found = row(&judge(line[0]));
        assert_eq!(found.len() + 2, line.len(), "{}", line[0]);
        for ((column, expected), found) in columns[2..].iter().zip(&line[2..]).zip(&found) {
            if expected != found {
                wrong.push(format!(
                    "{}: {column} is {found:?}, not {expected:?}",
                    line[0]
                ));
            }
        }
    }
    super::assert_none(&wrong);
}

#[test]
fn the_input_is_echoed_byte_for_byte() {
    for line in CORPUS.lines().skip(1) {
        let input = line.split('\t').next().unwrap();
        assert_eq!(judge(input).input(), input);
    }
}
