//! `bonafide data`, and what is stored at all.

mod keeping;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;
use wiremock::ResponseTemplate;

use crate::harness::{PAGE_PATH, RECORD_PATH, Ran, SHARE_LINK, Service, bonafide, finish, text};

const TRANSCRIPT: &str = "https://learn.microsoft.com/en-us/users/av/transcript/d8yjmf3xqgzl2k1";
const BADGE: &str = "https://www.credly.com/badges/4b0f8a52-9d13-4c67-a2e8-51c7d0f3b964";
const ASSERTION: &str =
    "https://api.credly.com/v1/obi/v2/badge_assertions/4b0f8a52-9d13-4c67-a2e8-51c7d0f3b964";
const PAGE: &str = "https://learn.microsoft.com/api/credentials/share/en-us/jo-1/FF";

const JSON: &str = "application/json";

/// A service with a record, a transcript, a page and badges, all of which may be kept, and
/// a folder for evidence.
struct Office {
    service: Service,
    evidence: TempDir,
}

impl Office {
    fn open() -> Self {
        let service = Service::start();
        let kept = |at: &str, body: &str, kind: &str| {
            let answer = ResponseTemplate::new(200)
                .insert_header("etag", "\"1\"")
                .set_body_raw(body.to_owned(), kind);
            service.answer(at, answer);
        };
        let record = r#"{"title":"Microsoft Certified: Azure AI Engineer Associate","mcid":"9911223",
            "credentialId":"20170DBC5AC04E38","userDisplayName":"Johanna Buchheister",
            "contactEmail":"johanna@example.org","expiresOn":"2027-05-14T23:59:59Z"}"#;
        kept(RECORD_PATH, record, JSON);
        kept(
            "/api/profiles/transcript/share/d8yjmf3xqgzl2k1",
            &text("learn-transcript/full-active-and-historical.json"),
            JSON,
        );
        kept(
            "/badges/4b0f8a52-9d13-4c67-a2e8-51c7d0f3b964.json",
            &text("credly/badge.json"),
            JSON,
        );
        kept(
            "/v1/obi/v2/badge_assertions/4b0f8a52-9d13-4c67-a2e8-51c7d0f3b964",
            &text("credly/open-badge-assertion.json"),
            JSON,
        );
        service.answer("/api/credentials/FF", ResponseTemplate::new(500));
        let page = text("learn-page/share-page.html");
        kept("/api/credentials/share/en-us/jo-1/FF", &page, "text/html");
        kept(PAGE_PATH, &page, "text/html");
        Self {
            service,
            evidence: TempDir::new().unwrap(),
        }
    }

    fn data(&self) -> &Path {
        self.service.data.path()
    }

    /// Verifies, and saves the evidence.
    fn verify(&self, links: &[&str]) {
        let mut command = self.service.command();
        command
            .args(links)
            .arg("--save-evidence")
            .arg(self.evidence.path());
        let ran = finish(&mut command);
        assert_ne!(ran.code, 2, "{}", ran.stderr);
        assert_eq!(ran.stderr, "");
    }

    /// `bonafide data` on what is stored.
    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = bonafide();
        command.arg("data").args(arguments);
        finish(command.arg("--data-dir").arg(self.data()))
    }

    fn saved(&self) -> Vec<PathBuf> {
        files(self.evidence.path())
    }

    fn cached(&self) -> Vec<PathBuf> {
        files(&self.data().join("cache"))
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Makes a file look as if it was written some days ago.
fn age(path: &Path, days: u64) {
    let then = SystemTime::now() - Duration::from_hours(24 * days);
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(then).unwrap();
}

fn sorts(ran: &Ran) -> Vec<String> {
    let json = ran.json();
    let entries = json["entries"].as_array().unwrap();
    let mut sorts: Vec<_> = entries
        .iter()
        .map(|entry| format!("{} {}", entry["sort"], entry["certainty"]).replace('"', ""))
        .collect();
    sorts.sort();
    sorts
}

#[test]
fn what_is_stored_is_shown() {
    let office = Office::open();
    let empty = office.run(&["show", "--format", "json"]).json();
    assert_eq!(empty["retention"], "90d");
    assert_eq!(empty["holdings"][0]["files"], 0);
    office.verify(&[SHARE_LINK, TRANSCRIPT]);
    let json = office.run(&["show", "--format", "json"]).json();
    let holding = |sort: &str| {
        let holdings = json["holdings"].as_array().unwrap();
        holdings
            .iter()
            .find(|it| it["sort"] == sort)
            .unwrap()
            .clone()
    };
    assert_eq!(holding("cache")["files"], 2);
    assert!(holding("cache")["oldest_kept_until"].is_string());
    assert_eq!(holding("journal")["files"], 0);
    assert_eq!(holding("evidence")["files"], 2);
    assert!(holding("evidence")["oldest_kept_until"].is_null());
    assert_eq!(holding("receipt")["files"], 0);
    assert_eq!(json["redaction_key"], false);
    let human = office.run(&["show"]);
    assert_eq!(human.code, 0);
    assert!(human.stdout.contains("2 files"), "{}", human.stdout);
}

#[test]
fn everything_about_a_person_is_exported_and_nothing_else() {
    let office = Office::open();
    office.verify(&[SHARE_LINK, TRANSCRIPT]);
    for who in [
        "Johanna Buchheister",
        "buchheister, johanna",
        "20170DBC5AC04E38",
        "20170dbc5ac04e38",
        SHARE_LINK,
    ] {
        let ran = office.run(&["export", "--person", who]);
        assert_eq!(ran.code, 0, "{who}: {}", ran.stderr);
        assert_eq!(sorts(&ran), ["cache certain", "evidence certain"], "{who}");
        assert!(!ran.stdout.contains("Vandermeer"), "{who}");
        assert!(!ran.stdout.contains("C72B4F60A795D7E4"), "{who}");
    }
    for who in ["Aurelie Vandermeer", "AurelieVandermeer", "d8yjmf3xqgzl2k1"] {
        let ran = office.run(&["export", "--person", who]);
        assert_eq!(sorts(&ran), ["cache certain", "evidence certain"], "{who}");
        assert!(!ran.stdout.contains("uchheister"), "{who}");
    }
    let nobody = office.run(&["export", "--person", "Robin Nobody"]);
    assert_eq!((nobody.code, sorts(&nobody).len()), (0, 0));
    assert_eq!(office.run(&["export", "--person", "***"]).code, 2);
    assert_eq!(office.run(&["export"]).code, 2);
}

#[test]
fn a_name_that_agrees_in_part_is_left_to_a_person() {
    let office = Office::open();
    office.verify(&[SHARE_LINK]);
    let ran = office.run(&["export", "--person", "J. Buchheister"]);
    assert_eq!(ran.code, 3);
    assert_eq!(sorts(&ran), ["cache possible", "evidence possible"]);
    let ran = office.run(&["purge", "--person", "J. Buchheister"]);
    assert_eq!(ran.code, 3);
    assert!(ran.stdout.contains("--include-uncertain"), "{}", ran.stdout);
    assert_eq!(office.saved().len(), 1);
    let ran = office.run(&["purge", "--person", "J. Buchheister", "--include-uncertain"]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    assert_eq!((office.saved().len(), office.cached().len()), (0, 0));
}

#[test]
fn a_person_is_removed_and_others_stay() {
    let office = Office::open();
    office.verify(&[SHARE_LINK, TRANSCRIPT]);
    let before = files(office.evidence.path());
    let dry = office.run(&["purge", "--person", "Johanna Buchheister", "--dry-run"]);
    assert_eq!(dry.code, 0);
    assert_eq!(dry.stdout.matches("would go").count(), 2, "{}", dry.stdout);
    assert_eq!(office.saved(), before);
    let ran = office.run(&["purge", "--person", "Johanna Buchheister"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!((office.saved().len(), office.cached().len()), (1, 1));
    let again = office.run(&["export", "--person", "Johanna Buchheister"]);
    assert_eq!(sorts(&again).len(), 0);
}

#[test]
fn old_things_are_removed_and_young_ones_stay() {
    let office = Office::open();
    office.verify(&[SHARE_LINK, TRANSCRIPT]);
    age(&office.saved()[0], 40);
    age(&office.cached()[0], 20);
    let ran = office.run(&["purge", "--older-than", "30d", "--format", "json"]);
    assert_eq!(ran.json()["removed"], serde_json::json!({"evidence": 1}));
    assert_eq!((office.saved().len(), office.cached().len()), (1, 2));
}

#[test]
fn purging_all_leaves_nothing_and_touches_nothing_else() {
    let office = Office::open();
    office.verify(&[SHARE_LINK, "--redact"]);
    let own = office.evidence.path().join("notes.json");
    fs::write(&own, r#"{"my":"notes"}"#).unwrap();
    let by_hand = office.evidence.path().join("by-hand.json");
    fs::write(&by_hand, text("learn-credential/ai-engineer-retired.json")).unwrap();
    let ran = office.run(&["purge", "--all"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("the redaction key"), "{}", ran.stdout);
    assert_eq!(office.saved(), [by_hand, own]);
    assert!(files(office.data()).is_empty());
    assert_eq!(office.run(&["purge", "--all"]).code, 0);
}

#[test]
fn the_redaction_key_goes_by_itself() {
    let office = Office::open();
    office.verify(&[SHARE_LINK, "--redact"]);
    let key = office.data().join("redaction.key");
    assert!(key.exists());
    let dry = office.run(&["purge", "--redaction-key", "--dry-run"]);
    assert!(dry.stdout.contains("redaction key") && key.exists());
    assert_eq!(office.run(&["purge", "--redaction-key"]).code, 0);
    assert!(!key.exists());
    assert_eq!(office.cached().len(), 1);
}

#[test]
fn wrong_usage_of_purge_removes_nothing() {
    let office = Office::open();
    office.verify(&[SHARE_LINK]);
    for arguments in [
        &["purge"][..],
        &["purge", "--dry-run"],
        &["purge", "--all", "--person", "x"],
        &["purge", "--all", "--older-than", "1d"],
        &["purge", "--older-than", "soon"],
        &["purge", "--all", "--include-uncertain"],
    ] {
        assert_eq!(office.run(arguments).code, 2, "{arguments:?}");
    }
    assert_eq!((office.saved().len(), office.cached().len()), (1, 1));
}

#[test]
fn a_receipt_goes_with_its_signature() {
    let office = Office::open();
    office.verify(&[TRANSCRIPT]);
    let receipt = office.evidence.path().join("x.receipt.json");
    let signature = office.evidence.path().join("x.receipt.json.sig");
    fs::write(
        &receipt,
        r#"{"bonafide_receipt":1,"requirement":{"name":"Johanna Buchheister"},"results":[]}"#,
    )
    .unwrap();
    fs::write(&signature, "-----BEGIN SSH SIGNATURE-----\nAAAA\n").unwrap();
    let ran = office.run(&["export", "--person", "Johanna Buchheister"]);
    assert_eq!(sorts(&ran), ["receipt certain"]);
    assert_eq!(
        office
            .run(&["purge", "--person", "Johanna Buchheister"])
            .code,
        0
    );
    assert!(!receipt.exists() && !signature.exists());
    assert_eq!(office.saved().len(), 1);
}

#[test]
fn of_a_journal_one_persons_lines_go_and_the_rest_stays() {
    let office = Office::open();
    office.verify(&[SHARE_LINK, TRANSCRIPT]);
    let journals = office.data().join("journals");
    fs::create_dir(&journals).unwrap();
    let journal = journals.join("list.journal");
    let answer = |file: &Path| {
        let saved: serde_json::Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        serde_json::json!({"key": "00", "from": "network", "asked": saved["exchanges"][0]})
            .to_string()
    };
    let head = r#"{"bonafide_journal":1,"program":"bonafide","list":"x","salt":"00","begun":"2026-11-22T00:00:00Z"}"#;
    let lines: Vec<_> = office.saved().iter().map(|file| answer(file)).collect();
    let text = format!(
        "{head}\n{}\n{{\"rows\":\"AA==\"}}\n{}\n{{\"torn",
        lines[0], lines[1]
    );
    fs::write(&journal, &text).unwrap();
    let ran = office.run(&["export", "--person", "Johanna Buchheister"]);
    assert_eq!(
        sorts(&ran),
        ["cache certain", "evidence certain", "journal certain"]
    );
    let ran = office.run(&["purge", "--person", "Johanna Buchheister"]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    let left = fs::read_to_string(&journal).unwrap();
    assert!(
        !left.contains("uchheister") && left.contains("VANDERMEER"),
        "{left}"
    );
    assert!(left.starts_with(head) && left.ends_with("{\"torn") && left.contains("\"rows\""));
    assert_eq!(left.lines().count(), 4);
}

#[test]
fn a_damaged_file_is_said_and_never_passed_over() {
    let office = Office::open();
    office.verify(&[SHARE_LINK]);
    fs::write(&office.cached()[0], "{").unwrap();
    let ran = office.run(&["export", "--person", "Johanna Buchheister"]);
    assert_eq!(ran.code, 3);
    assert_eq!(ran.json()["unreadable"].as_array().unwrap().len(), 1);
    let ran = office.run(&["purge", "--person", "Johanna Buchheister"]);
    assert_eq!(ran.code, 3);
    assert!(ran.stdout.contains("could not be read"), "{}", ran.stdout);
}
