//! `bonafide page`: a folder of files about one person's credentials.

mod hostile;
mod recalled;
mod refresh;
mod refused;
mod transcripts;
mod turns;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{DAY, Ran, bonafide, finish};
use crate::issuer::{certification, record};

const OWNER: &str = "name = \"Jane Doe\"\nheadline = \"Azure consultant\"\n\
    base_url = \"https://jane.example/certs/\"\n";

/// A folder with a page in the making.
struct Desk {
    folder: TempDir,
    evidence: Vec<PathBuf>,
}

impl Desk {
    fn new(owner: &str) -> Self {
        let folder = TempDir::new().unwrap();
        std::fs::write(folder.path().join("page.toml"), owner).unwrap();
        Self {
            folder,
            evidence: Vec::new(),
        }
    }

    /// With credentials whose numbers end in 00, 01 and so on.
    fn with(owner: &str, records: &[Value]) -> Self {
        let mut desk = Self::new(owner);
        desk.put(records);
        desk
    }

    fn put(&mut self, records: &[Value]) {
        let one = |(at, one)| record(self.path(), &id(at), one);
        self.evidence = records.iter().enumerate().map(one).collect();
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn site(&self, name: &str) -> PathBuf {
        self.path().join("site").join(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.site(name)).unwrap()
    }

    fn data(&self) -> Value {
        serde_json::from_str(&self.read("credentials.json")).unwrap()
    }

    /// One word of each credential.
    fn each(&self, word: &str) -> Vec<Value> {
        let data = self.data();
        let credentials = data["credentials"].as_array().unwrap();
        credentials.iter().map(|one| one[word].clone()).collect()
    }

    /// Runs on saved evidence.
    fn run_on(&self, day: &str) -> Ran {
        let mut command = self.command(day);
        finish(command.arg("--evidence").args(&self.evidence))
    }

    fn run(&self) -> Ran {
        self.run_on(DAY)
    }

    fn command(&self, day: &str) -> assert_cmd::Command {
        let mut command = bonafide();
        command.current_dir(self.path());
        command.args(["page", "page.toml", "-o", "site", "--as-of", day]);
        command
    }

    /// Every file of the page.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        for folder in ["", "badges"] {
            for entry in std::fs::read_dir(self.site(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    let name = path.strip_prefix(self.site("")).unwrap();
                    let name = name.to_string_lossy().replace('\\', "/");
                    files.push((name, std::fs::read(&path).unwrap()));
                }
            }
        }
        files.sort();
        files
    }
}

fn id(at: usize) -> String {
    format!("5D1E0C42A7B39F{at:02}")
}

fn administrator() -> Value {
    certification(
        "Azure Administrator Associate",
        "2024-09-01",
        Some("2027-09-01"),
    )
}

/// A record whose holder's name holds nothing that could be compared.
fn nameless(name: &str) -> Value {
    let mut record = administrator();
    record["userDisplayName"] = json!(name);
    record
}

fn fundamentals() -> Value {
    certification("Azure Fundamentals", "2021-02-02", None)
}

#[test]
fn a_page_is_a_folder_of_files_and_says_what_is_on_it() {
    let desk = Desk::with(OWNER, &[administrator(), fundamentals()]);
    let ran = desk.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(ran.stdout, "");
    let index = Path::new("site").join("index.html");
    assert_eq!(
        ran.stderr,
        format!("2 valid. Written to {}.\n", index.display())
    );
    let names: Vec<_> = desk.files().into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "badges/5D1E0C42A7B39F00-dark.svg",
            "badges/5D1E0C42A7B39F00.svg",
            "badges/5D1E0C42A7B39F01-dark.svg",
            "badges/5D1E0C42A7B39F01.svg",
            "credentials.json",
            "favicon.svg",
            "feed.xml",
            "index.html",
        ]
    );
    let page = desk.read("index.html");
    for said in [
        "<html lang=\"en\">",
        "<h1><bdi>Jane Doe</bdi></h1>",
        "Checked with Microsoft on 22 November 2026",
        "<time datetime=\"2027-09-01\">1 September 2027</time>",
        "no expiry date",
        "from about 1 March 2027",
        "href=\"https://learn.microsoft.com/api/credentials/share/en-us/JaneDoe-1/5D1E0C42A7B39F00\"",
        "<meta property=\"og:title\" content=\"Jane Doe: Microsoft certifications\">",
        "<meta property=\"og:url\" content=\"https://jane.example/certs/\">",
        "data-until=\"2027-09-01\"",
        "default-src &#39;none&#39;; style-src &#39;sha256-",
    ] {
        assert!(page.contains(said), "{said}\n{page}");
    }
}

#[test]
fn the_page_of_the_guide_is_made_by_its_command() {
    let guide =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide.md"))
            .unwrap();
    let rest = guide
        .split("## A page of your own credentials")
        .nth(1)
        .unwrap();
    let block = |language: &str| {
        let start = rest.split(&format!("```{language}\n")).nth(1).unwrap();
        start.split("```").next().unwrap()
    };
    let desk = Desk::with(block("toml"), &[administrator()]);
    let words = block("sh").trim().strip_prefix("bonafide ").unwrap();
    let mut command = bonafide();
    command.current_dir(desk.path()).args(words.split(' '));
    let ran = finish(
        command
            .args(["--as-of", DAY, "--evidence"])
            .args(&desk.evidence),
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.starts_with("1 valid."), "{}", ran.stderr);
    assert!(desk.read("index.html").contains("Hamburg"));
}

#[test]
fn the_same_input_gives_the_same_files_and_no_news() {
    let desk = Desk::with(OWNER, &[administrator(), fundamentals()]);
    desk.run();
    let first = desk.files();
    desk.run();
    assert_eq!(first, desk.files());
}

#[test]
fn german_is_german_throughout() {
    let owner = "name = \"Jane Doe\"\nlanguage = \"de\"\n";
    let desk = Desk::with(owner, &[administrator(), fundamentals()]);
    assert_eq!(desk.run().code, 0);
    let page = desk.read("index.html");
    for said in [
        "<html lang=\"de\">",
        "1. September 2027",
        "Gültig bis",
        "Bei Microsoft prüfen",
    ] {
        assert!(page.contains(said), "{said}");
    }
    for english in ["Valid", "Checked", "Earned", "Renewal", "Check at"] {
        assert!(!page.contains(english), "{english}");
    }
    assert!(
        desk.read("badges/5D1E0C42A7B39F00.svg")
            .contains("gültig bis 2027-09-01")
    );
    assert!(desk.read("feed.xml").contains("xml:lang=\"de\""));
}

#[test]
fn every_standing_is_shown_as_what_it_is() {
    let mut other = administrator();
    other["userDisplayName"] = json!("John Smith");
    let mut alike = administrator();
    alike["userDisplayName"] = json!("J. Doe");
    let mut unnamed = administrator();
    unnamed["userDisplayName"] = Value::Null;
    let mut revoked = administrator();
    revoked["credentialStatus"] = json!("Revoked");
    for (record, code, shown_as, pill) in [
        (administrator(), 0, "good", "Valid"),
        (unnamed, 0, "good", "Valid"),
        (
            certification(
                "Azure Administrator Associate",
                "2024-03-01",
                Some("2027-03-01"),
            ),
            0,
            "attention",
            "Valid, renewal open",
        ),
        (
            certification(
                "Azure AI Engineer Associate",
                "2024-05-14",
                Some("2027-05-14"),
            ),
            0,
            "attention",
            "Valid, retired",
        ),
        (other, 1, "bad", "Another holder"),
        (alike, 3, "unverified", "Unverified"),
        (
            nameless("007"),
            3,
            "unverified",
            "Unverified</span><span class=\"gone\" hidden>Past its date</span></p>\n<p class=\"note\"><bdi>A name is given that cannot be compared.",
        ),
        (nameless("\u{1f389}"), 3, "unverified", "Unverified"),
        (revoked, 1, "bad", "Revoked"),
        (
            certification("Azure Administrator Associate", "2024-09-01", None),
            3,
            "unverified",
            "Unverified",
        ),
        (
            certification(
                "Azure Administrator Associate",
                "2022-09-01",
                Some("2025-09-01"),
            ),
            1,
            "bad",
            "Expired",
        ),
    ] {
        let desk = Desk::with(OWNER, std::slice::from_ref(&record));
        let ran = desk.run();
        assert_eq!(ran.code, code, "{record}: {}", ran.stderr);
        assert_eq!(desk.each("shown_as"), [json!(shown_as)], "{record}");
        let page = desk.read("index.html");
        let is_green = page.contains("<article class=\"good\"");
        assert_eq!(is_green, shown_as == "good", "{record}");
        assert!(page.contains(&format!(">{pill}")), "{record}: {pill}");
        let badge = desk.read("badges/5D1E0C42A7B39F00.svg");
        assert!(
            badge.contains(&format!("data-tone=\"{shown_as}\"")),
            "{badge}"
        );
    }
}

#[test]
fn evidence_of_no_known_origin_is_never_green() {
    let mut desk = Desk::new(OWNER);
    let file = desk.path().join("by-hand.json");
    std::fs::write(&file, administrator().to_string()).unwrap();
    desk.evidence = vec![file];
    assert_eq!(desk.run().code, 3);
    assert_eq!(desk.each("shown_as"), ["unverified"]);
    assert!(!desk.read("index.html").contains("class=\"good\""));
}

#[test]
fn no_file_of_a_page_holds_a_sharing_id() {
    const SECRET: &str = "C72B4F60A795D7E4";
    let service = crate::harness::Service::start();
    let path = format!("/api/credentials/{}", id(0));
    service.json(&path, &administrator().to_string());
    let link = format!(
        "https://learn.microsoft.com/api/credentials/share/en-us/JaneDoe-1/{}?sharingId={SECRET}",
        id(0)
    );
    let desk = Desk::new(&format!("name = \"Jane Doe\"\nlinks = [\"{link}\"]\n"));
    let mut command = desk.command(DAY);
    command.args([
        "--learn-url",
        &service.url(),
        "--no-cache",
        "--retries",
        "0",
        "-vv",
    ]);
    let ran = finish(&mut command);
    // Another service than Microsoft's was asked: said, and never green.
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert_eq!(desk.each("shown_as"), ["unverified"]);
    assert!(!ran.stderr.contains(SECRET), "{}", ran.stderr);
    for (name, bytes) in desk.files() {
        assert!(!String::from_utf8_lossy(&bytes).contains(SECRET), "{name}");
    }
}

#[test]
fn the_data_is_what_its_schema_says() {
    let schema: Value =
        serde_json::from_str(&crate::harness::run(&["schema", "page"]).stdout).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let desk = Desk::with(OWNER, &[administrator(), fundamentals()]);
    desk.run();
    let mut data = desk.data();
    let errors: Vec<_> = schema
        .iter_errors(&data)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    data["credentials"][0]["shown_as"] = json!("green");
    assert!(!schema.is_valid(&data));
}

#[test]
fn an_accent_that_could_not_be_read_becomes_darker_and_that_is_said() {
    let owner = format!("{OWNER}[colours]\naccent = \"#ffcc00\"\n");
    let desk = Desk::with(&owner, &[administrator()]);
    let ran = desk.run();
    assert!(
        ran.stderr
            .starts_with("The accent would be hard to read on white"),
        "{}",
        ran.stderr
    );
    assert!(!desk.read("index.html").contains("--accent-light:#ffcc00"));
    let owner = format!("{OWNER}[colours]\naccent = \"#0b57a4\"\n");
    let desk = Desk::with(&owner, &[administrator()]);
    assert!(desk.run().stderr.starts_with("1 valid."));
    assert!(desk.read("index.html").contains("--accent-light:#0b57a4"));
}
