//! What is fuzzed: one function for each place where a stranger's bytes come in.
//!
//! Each takes any bytes and panics where a promise of the program does not hold. The fuzz
//! targets and the smoke run of `cargo test` share this file. Only the library's public
//! items are used.

mod members;
mod promises;
pub(crate) mod seeds;

use bonafide::batch::input::{self, Columns, Mapping};
use bonafide::catalog::{Catalog, Listing, ListingRead, Yours};
use bonafide::check::holder::{self, Grade, Rule};
use bonafide::check::role::Roles;
use bonafide::exam::skills::SkillSets;
use bonafide::link::judge_shown;
use bonafide::publish::page::Config;
use bonafide::receipt::{self, Signers, Trial};
use bonafide::record::When;
use bonafide::source::{EvidenceKind, Saved};

use promises::now;

/// A place where bytes come in: its name, its function, and what it is given to begin with.
pub(crate) type Entry = (&'static str, fn(&[u8]), fn() -> Vec<Vec<u8>>);

/// Every entry.
pub(crate) const ENTRIES: [Entry; 20] = [
    ("link", link, seeds::links),
    ("link_shown", link_shown, seeds::shown),
    ("learn_credential", learn_credential, seeds::credentials),
    ("learn_transcript", learn_transcript, seeds::transcripts),
    ("learn_page", learn_page, seeds::pages),
    ("credly_badge", credly_badge, seeds::badges),
    ("open_badge", open_badge, seeds::assertions),
    ("dates", dates, seeds::dates),
    ("list", list, seeds::lists),
    ("mapping", mapping, seeds::mappings),
    ("workbook", workbook, seeds::workbooks),
    ("pdf", pdf, seeds::pdfs),
    ("docx", docx, seeds::docx),
    ("pages_and_mail", pages_and_mail, seeds::texts),
    ("names", names, seeds::names),
    ("configuration", configuration, seeds::configurations),
    ("receipts", receipts, seeds::receipts),
    ("own_catalogue", own_catalogue, seeds::own_rows),
    ("listing", listing, seeds::listings),
    ("evidence", evidence, seeds::evidence),
];

/// Text pasted as a link: alone, in Markdown, in HTML.
pub(crate) fn link(bytes: &[u8]) {
    promises::of_a_link(&bonafide::link::judge(&String::from_utf8_lossy(bytes)));
}

/// The text that a document shows for a link, and on the next line where it leads.
pub(crate) fn link_shown(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (visible, target) = text.split_once('\n').unwrap_or(("", &text));
    let shown = judge_shown(visible, target);
    let alone = bonafide::link::judge(target);
    assert_eq!(
        shown.canonical(),
        alone.canonical(),
        "what is shown moves nothing"
    );
    assert!(shown.findings().len() >= alone.findings().len());
    promises::of_a_link(&shown);
}

/// A record of Microsoft Learn.
pub(crate) fn learn_credential(bytes: &[u8]) {
    promises::of_an_answer(EvidenceKind::LearnCredential, bytes);
}

/// A transcript of Microsoft Learn.
pub(crate) fn learn_transcript(bytes: &[u8]) {
    promises::of_an_answer(EvidenceKind::LearnTranscript, bytes);
}

/// A share page of Microsoft Learn.
pub(crate) fn learn_page(bytes: &[u8]) {
    promises::of_an_answer(EvidenceKind::LearnPage, bytes);
}

/// A badge of Credly.
pub(crate) fn credly_badge(bytes: &[u8]) {
    promises::of_an_answer(EvidenceKind::CredlyBadge, bytes);
}

/// An Open Badges assertion.
pub(crate) fn open_badge(bytes: &[u8]) {
    promises::of_an_answer(EvidenceKind::OpenBadge, bytes);
}

/// Dates: the first line as the expiry of a record, the second as the day it was earned.
pub(crate) fn dates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (expires, earned) = text.split_once('\n').unwrap_or((&text, "2026-01-05"));
    let record = serde_json::json!({
        "credentialId": seeds::CREDENTIAL,
        "title": "Microsoft Certified: Azure Administrator Associate",
        "awardedOn": earned, "expiresOn": expires, "credentialStatus": "Active",
    });
    let body = record.to_string();
    for one in promises::of_an_answer(EvidenceKind::LearnCredential, body.as_bytes()) {
        assert_ne!(
            one.expires,
            When::Missing,
            "a date that is there is not missing"
        );
        promises::of_a_date(expires, &one.expires);
    }
}

/// A list of candidates of any format, from a stream.
pub(crate) fn list(bytes: &[u8]) {
    promises::of_a_list(bytes, &[]);
}

/// `FIELD=HEADER` mappings up to the first empty line, and a list behind it.
pub(crate) fn mapping(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (maps, rows) = text.split_once("\n\n").unwrap_or((&text, "link\n"));
    let maps: Vec<Mapping> = maps.lines().filter_map(|line| line.parse().ok()).collect();
    promises::of_a_list(rows.as_bytes(), &maps);
    let headers: Vec<String> = rows
        .lines()
        .next()
        .unwrap_or_default()
        .split(',')
        .map(str::to_owned)
        .collect();
    if let Ok(columns) = Columns::find(&headers, &maps) {
        let place = columns
            .place(input::Field::Link)
            .expect("a link is always found");
        assert!(place < headers.len());
    }
}

/// A worksheet file, as the members of its archive.
pub(crate) fn workbook(bytes: &[u8]) {
    promises::of_a_list(&members::packed(bytes), &[]);
}

/// A CV as PDF.
pub(crate) fn pdf(bytes: &[u8]) {
    promises::of_a_document("cv.pdf", bytes);
}

/// A CV as DOCX, as the members of its archive.
pub(crate) fn docx(bytes: &[u8]) {
    promises::of_a_document("cv.docx", &members::packed(bytes));
}

/// A CV as mail, web page, Markdown and plain text.
pub(crate) fn pages_and_mail(bytes: &[u8]) {
    for name in ["cv.eml", "cv.html", "cv.md", "cv.txt"] {
        promises::of_a_document(name, bytes);
    }
}

/// Two names, one on each line.
pub(crate) fn names(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (one, other) = text.split_once('\n').unwrap_or((&text, "Jane Doe"));
    let found = holder::compare(one, other);
    assert_eq!(
        found,
        holder::compare(other, one),
        "who asks makes no difference"
    );
    let grade = found.rule().map(Rule::grade);
    assert_eq!(grade.unwrap_or(Grade::NotCompared), found.grade());
    if found.grade().passes() {
        assert!(
            holder::compare(one, one).grade().passes(),
            "who passes is themself"
        );
    }
    for found in [
        holder::compare_user_name(one, other),
        holder::compare_user_name(other, one),
    ] {
        assert!(!found.grade().passes(), "a user name proves nobody");
    }
}

/// Files that a user writes: roles, a page, skills, allowed signers.
pub(crate) fn configuration(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Roles::parse(&text, Catalog::embedded()) {
        Ok(roles) => {
            for name in roles.names() {
                assert_eq!(
                    roles.find(name).map(bonafide::check::role::Role::name),
                    Ok(name)
                );
            }
        }
        Err(error) => promises::of_a_message(&error),
    }
    match Config::parse(&text) {
        Ok(config) => assert!(!config.name.trim().is_empty()),
        Err(error) => promises::of_a_message(&error),
    }
    match SkillSets::parse(&text) {
        Ok(sets) => {
            for exam in sets.exams() {
                assert!(sets.find(exam).is_some());
            }
        }
        Err(error) => promises::of_a_message(&error),
    }
    if let Err(error) = Signers::parse(&text) {
        promises::of_a_message(&error);
    }
}

/// A receipt, as it is and with the digest that its text asks for.
pub(crate) fn receipts(bytes: &[u8]) {
    let trial = Trial {
        catalog: Catalog::embedded(),
        now: now(),
        clock: now(),
        signers: None,
        identity: None,
        require_signature: false,
    };
    let sealed = seeds::sealed(&String::from_utf8_lossy(bytes));
    for bytes in [bytes, sealed.as_bytes()] {
        let intact = receipt::is_intact(bytes, now());
        match receipt::check(bytes, None, &trial) {
            Ok(checked) => promises::of_a_receipt(checked, intact.is_ok()),
            Err(error) => promises::of_a_message(&error),
        }
    }
    let signed = receipt::check(seeds::receipt().as_bytes(), Some(bytes), &trial);
    assert!(
        !signed.expect("a receipt").signed.counts(),
        "nobody signed it"
    );
}

/// Rows of the user's own.
pub(crate) fn own_catalogue(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let yours = match Yours::parse(&text) {
        Ok(yours) => yours,
        Err(error) => return promises::of_a_message(&error),
    };
    match Catalog::with(None, Some(&yours)) {
        Ok(with) => {
            for slug in yours.slugs() {
                assert!(with.find_slug(slug).is_some(), "{slug} was taken in");
            }
            assert!(with.entries().count() >= Catalog::embedded().entries().count());
        }
        Err(error) => promises::of_a_message(&error),
    }
}

/// An answer of Microsoft's catalogue, and the file that is kept of one.
pub(crate) fn listing(bytes: &[u8]) {
    match ListingRead::from_json(bytes) {
        Ok(read) => {
            let listing = Listing::new(read, "learn.microsoft.com", String::new(), now());
            let kept = Listing::parse(&listing.to_text()).expect("what is kept can be read");
            assert_eq!(kept, listing);
            promises::of_a_listing(&listing);
        }
        Err(error) => promises::of_a_message(&error),
    }
    match Listing::parse(&String::from_utf8_lossy(bytes)) {
        Ok(listing) => promises::of_a_listing(&listing),
        Err(error) => promises::of_a_message(&error),
    }
}

/// A file of evidence, or an answer that someone saved.
pub(crate) fn evidence(bytes: &[u8]) {
    let file = promises::scratch("evidence.json", bytes);
    match Saved::load(&file) {
        Ok(saved) => promises::of_evidence(saved.link(), saved.asked()),
        Err(error) => promises::of_a_message(&error),
    }
}
