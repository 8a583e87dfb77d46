//! Comparing: what is the same row, what differs, and what cannot be compared.

mod hostile;
mod properties;

use std::path::PathBuf;

use crate::report::sheet::unguarded;
use rust_xlsxwriter::Workbook;
use tempfile::TempDir;

use super::ChangeKind::{Changed, NewlyExpired, Renewed, Unchanged};
use super::*;

const OURS: &str = "status,valid,title,holder,holder_match,earned_on,expires_on,days_left,\
                    renewal_opens_on,findings,next_step,checked_at";
const LINK: &str = "https://learn.microsoft.com/api/credentials/share/en-us/jo-1/0A1B2C3D4E5F6071";
const OTHER: &str = "https://learn.microsoft.com/api/credentials/share/en-us/jo-1/0A1B2C3D4E5F6072";
const TITLE: &str = "Microsoft Certified: Azure Administrator Associate";

fn fixture(name: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.join("fixtures/outputs").join(name)
}

fn headers() -> Headers {
    let some = |name: &str| Some(name.to_owned());
    Headers {
        id: some("ID"),
        email: None,
        name: some("Name"),
        link: some("Link"),
        certification: some("claim"),
        pseudonyms: false,
    }
}

fn named() -> Headers {
    Headers {
        id: None,
        ..headers()
    }
}

fn person(name: &str, link: &str) -> Identity {
    Identity {
        name: Some(name.to_owned()),
        link: Some(link.to_owned()),
        ..Identity::default()
    }
}

fn facts(status: &str, expires_on: &str) -> Facts {
    Facts {
        status: status.to_owned(),
        valid: match status {
            "active" | "needs-renewal" | "retired" => Some(true),
            "undetermined" => None,
            _ => Some(false),
        },
        title: Some(TITLE.to_owned()),
        holder: Some("Jo Moss".to_owned()),
        holder_match: "exact".to_owned(),
        expires_on: Some(expires_on.to_owned()).filter(|end| !end.is_empty()),
        findings: Vec::new(),
    }
}

/// One row as the CSV output has it.
fn row(name: &str, link: &str, facts: &Facts) -> Vec<String> {
    let some = |text: &Option<String>| text.clone().unwrap_or_default();
    let valid = facts.valid.map(|valid| valid.to_string());
    [
        name.to_owned(),
        link.to_owned(),
        facts.status.clone(),
        valid.unwrap_or_default(),
        some(&facts.title),
        some(&facts.holder),
        facts.holder_match.clone(),
        String::new(),
        some(&facts.expires_on),
        String::new(),
        String::new(),
        facts.findings.join(";"),
        String::new(),
        "2026-11-22T00:00:00Z".to_owned(),
    ]
    .to_vec()
}

fn written(rows: &[Vec<String>]) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("before.csv");
    let mut writer = csv::Writer::from_path(&path).unwrap();
    let header = format!("name,link,{OURS}");
    writer.write_record(header.split(',')).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.flush().unwrap();
    (folder, path)
}

fn loaded(rows: &[Vec<String>]) -> Against {
    let (_folder, path) = written(rows);
    Against::load(&path, &named()).unwrap()
}

fn rows_of(path: &Path) -> Vec<PastRow> {
    let mut rows = Vec::new();
    let read = previous::each_row(path, |row| {
        rows.push(row);
        Ok::<_, ()>(())
    });
    read.unwrap();
    rows
}

/// Compares every row of one output with another output; gives the kinds and what is gone.
fn compared(now: &Path, before: &Path, headers: &Headers) -> (Vec<ChangeKind>, u64) {
    let mut against = Against::load(before, headers).unwrap();
    let rows = rows_of(now);
    let identity = |row: &PastRow| Identity::of_past(headers, &row.columns);
    for row in &rows {
        against.note(&identity(row)).unwrap();
    }
    let kind = |row: &PastRow| against.compare(&identity(row), &row.facts).unwrap().kind;
    let kinds = rows.iter().map(kind).collect();
    (kinds, against.gone(3).unwrap().total)
}

/// The CSV fixture as a workbook, with strings in its cells or in the shared table.
fn workbook(shared: bool) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("list.xlsx");
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Summary").unwrap();
    let sheet = if shared {
        book.add_worksheet()
    } else {
        book.add_worksheet_with_constant_memory().unwrap()
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(fixture("list.csv"))
        .unwrap();
    for (at, record) in reader.records().enumerate() {
        for (column, cell) in record.unwrap().iter().enumerate() {
            let (at, column) = (u32::try_from(at).unwrap(), u16::try_from(column).unwrap());
            // As the program writes it: what is a string in a workbook needs no guard.
            sheet.write_string(at, column, unguarded(cell)).unwrap();
        }
    }
    book.save(&path).unwrap();
    (folder, path)
}

#[test]
fn every_format_compared_with_every_format_is_unchanged() {
    let (_one, in_cells) = workbook(false);
    let (_other, in_table) = workbook(true);
    let files = [
        fixture("list.csv"),
        fixture("list.jsonl"),
        fixture("list.json"),
        in_cells,
        in_table,
    ];
    for headers in [headers(), named()] {
        for now in &files {
            for before in &files {
                let found = compared(now, before, &headers);
                let expected = (vec![Unchanged; 4], 0);
                assert_eq!(found, expected, "{} {}", now.display(), before.display());
            }
        }
    }
}

fn good() -> Facts {
    facts("active", "2027-10-01T23:59:59Z")
}

fn with(change: fn(&mut Facts)) -> Facts {
    let mut facts = good();
    change(&mut facts);
    facts
}

/// What was, what is, and what is said of it.
type Case = (Facts, Facts, ChangeKind, &'static str);

fn hold(cases: impl IntoIterator<Item = Case>) {
    for (before, now, kind, message) in cases {
        let mut against = loaded(&[row("Jo Moss", LINK, &before)]);
        let change = against.compare(&person("Jo Moss", LINK), &now).unwrap();
        assert_eq!((change.kind, change.message.as_str()), (kind, message));
    }
}

#[test]
fn a_change_of_status_or_end_has_its_kind_and_its_words() {
    hold([
        (good(), good(), Unchanged, ""),
        (facts("active", "2027-10-01"), good(), Unchanged, ""),
        (
            good(),
            with(|one| one.expires_on = Some("2027-10-01T23:59:59.5Z".into())),
            Unchanged,
            "",
        ),
        (
            facts("needs-renewal", "2026-11-01"),
            facts("expired", "2026-11-01"),
            NewlyExpired,
            "status: needs-renewal → expired; valid: yes → no.",
        ),
        (
            facts("retired", "2026-11-01"),
            facts("expired", "2026-11-01"),
            NewlyExpired,
            "status: retired → expired; valid: yes → no.",
        ),
        (
            facts("undetermined", ""),
            facts("expired", "2026-11-01"),
            Changed,
            "status: undetermined → expired; valid: unknown → no; ends: none → 2026-11-01.",
        ),
        (
            facts("needs-renewal", "2027-02-01"),
            facts("active", "2028-02-01"),
            Renewed,
            "status: needs-renewal → active; ends: 2027-02-01 → 2028-02-01.",
        ),
        (
            good(),
            with(|one| one.expires_on = Some("2028-10-01T23:59:59Z".into())),
            Renewed,
            "ends: 2027-10-01 → 2028-10-01.",
        ),
        (
            facts("expired", "2025-02-01"),
            facts("active", "2028-02-01"),
            Renewed,
            "status: expired → active; valid: no → yes; ends: 2025-02-01 → 2028-02-01.",
        ),
        (
            good(),
            facts("active", "2027-09-01"),
            Changed,
            "ends: 2027-10-01 → 2027-09-01.",
        ),
    ]);
}

#[test]
fn any_other_change_is_said_in_full() {
    hold([
        (
            good(),
            facts("revoked", "2027-10-01"),
            Changed,
            "status: active → revoked; valid: yes → no.",
        ),
        (
            good(),
            with(|one| {
                one.status = "undetermined".into();
                one.valid = None;
                one.findings = vec!["timed-out".into()];
            }),
            Changed,
            "status: active → undetermined; valid: yes → unknown; findings: new timed-out.",
        ),
        (
            good(),
            with(|one| {
                one.holder = Some("Jo Mills".into());
                one.holder_match = "different".into();
                one.expires_on = Some("2028-10-01".into());
            }),
            Changed,
            "ends: 2027-10-01 → 2028-10-01; holder: Jo Moss → Jo Mills; holder_match: exact → different.",
        ),
        (
            good(),
            with(|one| one.holder = Some("person-3fa9c1e04b27".into())),
            Unchanged,
            "",
        ),
        (
            good(),
            with(|one| one.title = None),
            Changed,
            "title: Microsoft Certified: Azure Administrator Associate → unknown.",
        ),
        (
            with(|one| one.findings = vec!["a".into(), "b".into()]),
            with(|one| one.findings = vec!["b".into(), "c".into()]),
            Changed,
            "findings: new c, no longer a.",
        ),
    ]);
}

#[test]
fn one_credential_is_found_however_its_link_and_its_holder_are_written() {
    let good = facts("active", "2027-10-01");
    for (name, link) in [
        ("jo  MOSS ", LINK),
        (
            "Jo Moss",
            "https://learn.microsoft.com/api/credentials/share/de-de/other/0a1b2c3d4e5f6071?sharingId=B2C3",
        ),
        (
            "Jo Moss",
            "<https://learn.microsoft.com/api/credentials/0A1B2C3D4E5F6071>",
        ),
    ] {
        let mut against = loaded(&[row("Jo Moss", LINK, &good)]);
        let change = against.compare(&person(name, link), &good).unwrap();
        assert_eq!(change.kind, Unchanged, "{name} {link}");
    }
    let text = "see example.com/x?sharingId=A1&y=2";
    let mut against = loaded(&[row("Jo Moss", text, &facts("undetermined", ""))]);
    let now = person("Jo Moss", "see example.com/x?sharingId=B2&y=2");
    let change = against.compare(&now, &facts("undetermined", "")).unwrap();
    assert_eq!(change.kind, Unchanged);
}

#[test]
fn another_link_for_the_same_certification_is_a_change() {
    let good = facts("active", "2027-10-01");
    let mut against = loaded(&[row("Jo Moss", LINK, &good)]);
    let change = against.compare(&person("Jo Moss", OTHER), &good).unwrap();
    assert_eq!(change.kind, Changed);
    assert_eq!(change.message, "another link for the same certification.");
    let again = against.compare(&person("Jo Moss", OTHER), &good).unwrap();
    assert_eq!(again.kind, ChangeKind::New);
    assert_eq!(against.gone(3).unwrap(), Gone::default());
}

#[test]
fn another_person_or_certification_is_new_and_the_old_one_gone() {
    let good = facts("active", "2027-10-01");
    let another = Facts {
        title: Some("Microsoft Certified: Azure Fundamentals".to_owned()),
        ..good.clone()
    };
    for (identity, now) in [
        (person("Jo Mills", LINK), &good),
        (person("Jo Moss", OTHER), &another),
    ] {
        let mut against = loaded(&[row("Jo Moss", LINK, &good)]);
        let change = against.compare(&identity, now).unwrap();
        assert_eq!(change.kind, ChangeKind::New);
        let gone = against.gone(3).unwrap();
        assert_eq!(gone.total, 1);
        assert_eq!(
            gone.first[0].to_string(),
            "row 1 of the earlier output: Jo Moss, \
             Microsoft Certified: Azure Administrator Associate (active)"
        );
    }
}

#[test]
fn a_new_link_takes_no_row_whose_own_link_is_still_in_the_list() {
    let good = facts("active", "2027-10-01");
    let mut against = loaded(&[row("Jo Moss", LINK, &good)]);
    let rows = [person("Jo Moss", OTHER), person("Jo Moss", LINK)];
    for identity in &rows {
        against.note(identity).unwrap();
    }
    let kinds = rows.map(|identity| against.compare(&identity, &good).unwrap().kind);
    assert_eq!(kinds, [ChangeKind::New, Unchanged]);
}

#[test]
fn of_many_gone_rows_some_are_named_and_all_counted() {
    let good = facts("active", "2027-10-01");
    let rows: Vec<_> = (0..9)
        .map(|at| row(&format!("Jo {at}"), LINK, &good))
        .collect();
    let gone = loaded(&rows).gone(2).unwrap();
    assert_eq!((gone.total, gone.first.len()), (9, 2));
}
