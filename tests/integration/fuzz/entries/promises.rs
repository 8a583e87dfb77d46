//! What holds of whatever came in.

use std::fmt::Display;
use std::path::PathBuf;

use bonafide::batch::input::{Columns, Mapping, Options, Source, open};
use bonafide::catalog::{Catalog, Expires, Listing};
use bonafide::check::{Expectation, Outcome};
use bonafide::lifecycle::{self, Status};
use bonafide::link::{self, Link};
use bonafide::receipt::{self, CheckDocument};
use bonafide::record::{self, Authority, CredentialKind, Record, When};
use bonafide::report::json::{InspectDocument, ResultDocument};
use bonafide::report::scan::{Scanned, ScannedFile, scanned};
use bonafide::report::scan_json::ScanDocument;
use bonafide::report::{Colour, Look, human, inspect, json, neutral};
use bonafide::scan::{self, ScanError};
use bonafide::source::{Answerer, Asked, Evidence, EvidenceKind, Origin};
use bonafide::verify::{AsOf, Terms, again};
use chrono::{DateTime, NaiveDate, Utc};

const LOOK: Look = Look {
    width: 80,
    colour: Colour::Off,
};

/// The moment of judgement.
pub(super) fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_305_600, 0).expect("2026-11-22")
}

/// Text for a terminal steers none.
fn is_quiet(text: &str) {
    let loud = text.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(loud, None, "a control character on the terminal: {text:?}");
    let turned = text
        .chars()
        .find(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    assert_eq!(turned, None, "text turned around: {text:?}");
}

/// A document is JSON, and steers no terminal.
fn is_json(text: &str) {
    is_quiet(text);
    serde_json::from_str::<serde_json::Value>(text).expect("output is JSON");
}

/// An error says something, and can be shown.
pub(super) fn of_a_message(error: &dyn Display) {
    let said = error.to_string();
    assert!(!said.trim().is_empty(), "an error says what is wrong");
    is_quiet(&neutral::terminal_lines(&said));
}

/// A link's own form means the same link, and only what has one can be asked about.
pub(super) fn of_a_link(link: &Link) {
    if let Some(canonical) = link.canonical() {
        let again = link::judge(canonical);
        assert_eq!(again.canonical(), Some(canonical));
        assert_eq!(again.kind(), link.kind());
        assert_eq!(again.credential_id(), link.credential_id());
        assert_eq!(again.share_id(), link.share_id());
        assert_eq!(again.badge_id(), link.badge_id());
        let is_bare =
            canonical.starts_with("https://") && !canonical.contains(['?', '#', '@', ' ']);
        assert!(is_bare, "{canonical}");
    } else {
        assert!(
            !link.is_verifiable(),
            "what has no address cannot be asked about"
        );
    }
    let mut codes: Vec<_> = link
        .findings()
        .iter()
        .map(bonafide::finding::Finding::code)
        .collect();
    codes.sort_unstable();
    let all = codes.len();
    codes.dedup();
    assert_eq!(codes.len(), all, "a code stands twice");
    let links = [link.clone()];
    is_quiet(&inspect::links(&links, LOOK));
    is_json(&json::text(&InspectDocument::of(&links)));
}

fn address(kind: EvidenceKind) -> (&'static str, &'static str) {
    match kind {
        EvidenceKind::LearnCredential | EvidenceKind::LearnPage => (
            "https://learn.microsoft.com/api/credentials/5D1E0C42A7B39F10",
            "https://learn.microsoft.com/api/credentials/5D1E0C42A7B39F10",
        ),
        EvidenceKind::LearnTranscript => (
            "https://learn.microsoft.com/en-us/users/jane/transcript/7abcdefghijklmn",
            "https://learn.microsoft.com/api/profiles/transcript/share/7abcdefghijklmn",
        ),
        _ => (
            "https://www.credly.com/badges/4b0f8a52-9d13-4c67-a2e8-51c7d0f3b964",
            "https://www.credly.com/badges/4b0f8a52-9d13-4c67-a2e8-51c7d0f3b964.json",
        ),
    }
}

/// An answer of the issuer's own host leaves records or says why not, and nothing is valid
/// that lacks what it takes.
pub(super) fn of_an_answer(kind: EvidenceKind, body: &[u8]) -> Vec<Record> {
    let (link, url) = address(kind);
    let evidence = Evidence {
        kind,
        url: url.to_owned(),
        answerer: Answerer::Issuer,
        status: 200,
        content_type: None,
        fetched_at: Some(now()),
        service_date: Some(now()),
        sha256: String::new(),
        received_bytes: None,
        body: body.to_vec(),
        origin: Origin::Network,
    };
    let reading = record::read(&evidence, None);
    assert!(
        !reading.records.is_empty() || !reading.findings.is_empty(),
        "an answer says something"
    );
    for record in &reading.records {
        of_a_record(record);
    }
    let asked = Asked {
        kind,
        url: url.to_owned(),
        exchange: Ok(evidence),
    };
    weighed(Some(link), &[asked]);
    reading.records
}

fn of_a_record(record: &Record) {
    let standing = lifecycle::judge(record, Catalog::embedded(), now());
    if standing.status.is_valid() != Some(true) {
        return;
    }
    assert_eq!(
        record.authority,
        Authority::Issuer,
        "only the issuer's word is valid"
    );
    match &record.expires {
        When::At(expiry) => assert!(*expiry >= now(), "past its end"),
        When::Unreadable(text) => panic!("valid with an expiry that cannot be read: {text}"),
        When::Missing => {
            let may_be_endless = match standing.known.expires() {
                None => standing.kind == CredentialKind::AppliedSkill,
                Some(expires) => !matches!(expires, Expires::After { .. } | Expires::Unknown),
            };
            assert!(may_be_endless, "valid without an expiry: {record:?}");
        }
    }
    let earned_later = record
        .earned
        .instant()
        .is_some_and(|earned| earned.date_naive() > now().date_naive());
    assert!(!earned_later, "valid before it was earned");
}

/// Judges answers for a link, and shows what comes of it.
fn weighed(link: Option<&str>, asked: &[Asked]) {
    let expected = Expectation {
        name: Some("Ingrid Solvang-Reyes".to_owned()),
        ..Expectation::default()
    };
    let terms = Terms {
        catalog: Catalog::embedded(),
        as_of: AsOf::Given(now()),
        expected: &expected,
    };
    let trip = again(link, asked, &terms);
    assert!(!trip.verifications.is_empty(), "every link has a result");
    let is_issuers = asked
        .iter()
        .any(|one| matches!(&one.exchange, Ok(evidence) if evidence.answerer == Answerer::Issuer));
    for one in &trip.verifications {
        if one.outcome == Outcome::Passed {
            assert!(is_issuers, "passed on the word of nobody");
            assert_eq!(one.standing.status.is_valid(), Some(true));
            assert!(one.holder.grade().passes(), "passed as somebody else");
        }
        if one.standing.status == Status::Undetermined {
            assert_ne!(one.outcome, Outcome::Passed, "undetermined is no success");
        }
    }
    is_quiet(&human::results(&trip.verifications, now(), LOOK));
    is_json(&json::text(&ResultDocument::of(&trip.verifications, now())));
}

/// Saved evidence passes for nobody who is not named in it as the issuer.
pub(super) fn of_evidence(link: Option<&str>, asked: &[Asked]) {
    assert!(
        !asked.is_empty() || link.is_some(),
        "evidence is of something"
    );
    weighed(link, asked);
}

/// A date that was read is what a parser of RFC 3339 or of days reads in it.
pub(super) fn of_a_date(text: &str, read: &When) {
    let Some(instant) = read.instant() else {
        return;
    };
    let text = text.trim();
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .and_then(|day| day.and_hms_opt(23, 59, 59));
    let moment = DateTime::parse_from_rfc3339(text).map(|moment| moment.to_utc());
    assert_eq!(
        Some(instant),
        moment.ok().or(day.map(|day| day.and_utc())),
        "{text}"
    );
}

/// Rows come in order, and every cell has a header.
pub(super) fn of_a_list(bytes: &[u8], maps: &[Mapping]) {
    let source = Source::Stream(Box::new(std::io::Cursor::new(bytes.to_vec())));
    let mut list = match open(source, &Options::default()) {
        Ok(list) => list,
        Err(error) => return of_a_message(&error),
    };
    let columns = Columns::find(list.headers(), maps);
    if let Ok(columns) = &columns {
        is_quiet(&columns.in_words(list.headers()));
    }
    let (mut number, mut widest) = (0, 0);
    while let Some(row) = list.next() {
        match row {
            Ok(row) => {
                number += 1;
                assert_eq!(row.number, number, "rows come in order");
                widest = widest.max(row.cells.len());
                if let Ok(columns) = &columns {
                    let candidate = columns.candidate(&row);
                    assert!(candidate.name.is_none_or(|name| !name.trim().is_empty()));
                }
            }
            Err(error) => {
                of_a_message(&error);
                assert!(list.next().is_none(), "behind an error there are no rows");
            }
        }
    }
    assert!(widest <= list.headers().len(), "every cell has a header");
}

/// A CV is read or refused with a reason, and what stands in it can be shown.
pub(super) fn of_a_document(name: &str, bytes: &[u8]) {
    let document = match scan::read(name, bytes, Catalog::embedded()) {
        Ok(document) => document,
        Err(error) => {
            if let ScanError::Damaged { reason, .. } = &error {
                assert_ne!(reason, "it cannot be taken apart", "a library stumbled");
            }
            return of_a_message(&error);
        }
    };
    for mention in document.mentions() {
        assert!(!mention.places().is_empty(), "a link stands somewhere");
        of_a_link(mention.link());
    }
    let files = [ScannedFile {
        name: name.to_owned(),
        document,
    }];
    let found = Scanned {
        files: &files,
        unread: &[],
        checked: None,
    };
    is_quiet(&scanned(found, LOOK));
    is_json(&json::text(&ScanDocument::of(found)));
}

/// A receipt that was altered passes nothing, and what was found can be shown.
pub(super) fn of_a_receipt(checked: receipt::Checked, is_intact: bool) {
    assert_eq!(
        checked.is_sound(),
        is_intact,
        "without a signature only the text counts"
    );
    if !is_intact {
        assert_eq!(checked.outcome(), Outcome::Failed);
    }
    let entries = [receipt::Entry {
        file: "receipt.json".to_owned(),
        checked: Ok(checked),
    }];
    is_quiet(&receipt::human(&entries, now(), LOOK));
    is_json(&json::text(&CheckDocument::of(&entries, now())));
}

/// A listing adds, and leaves what is known of expiry and retirement.
pub(super) fn of_a_listing(listing: &Listing) {
    let with = Catalog::with(Some(listing), None).expect("without own rows nothing can disagree");
    for entry in Catalog::embedded().entries() {
        let Some(slug) = entry.slug() else { continue };
        let found = with.find_slug(slug).expect("a shipped certification stays");
        let entry = Catalog::embedded().find_slug(slug).expect("shipped").entry;
        assert_eq!(found.entry.expires(), entry.expires());
        let today = now().date_naive();
        assert_eq!(found.entry.state_on(today), entry.state_on(today));
    }
    listing.added();
}

/// A file of this process that holds the bytes.
pub(super) fn scratch(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("bonafide-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for scratch files");
    let file = folder.join(name);
    std::fs::write(&file, bytes).expect("a scratch file");
    file
}
