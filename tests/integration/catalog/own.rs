//! Own rows and old knowledge: seen in every output, and never a quiet improvement.

use std::path::PathBuf;

use assert_cmd::Command;
use serde_json::Value;

use crate::harness::{
    DAY, RECORD_PATH, Ran, SHARE_LINK, Service, bonafide, codes, finish, run, text,
};

/// Nobody knows it, and it has no end.
const WIZARD: &str = r#"{"credentialId":"20170DBC5AC04E38","title":"Microsoft Certified: Azure Wizard Associate","awardedOn":"2025-01-11T10:00:00Z","credentialStatus":"Active"}"#;

/// A retirement taken back.
const UNRETIRED: &str = "[certification.azure-ai-engineer]\nas_of = 2026-11-20\nstate = \"active\"\nretires_on = \"\"\nsource = \"hearsay\"\n";

/// A certification that does not expire, as its holder would like it.
const ENDLESS: &str = "[certification.azure-wizard]\ntitle = \"Microsoft Certified: Azure Wizard Associate\"\nlevel = \"associate\"\nstate = \"active\"\nexpires = false\nas_of = 2026-11-20\n";

/// A service with one record, and a file of own rows.
struct Desk(Service);

impl Desk {
    fn with(record: &str, own: &str) -> Self {
        let service = Service::start();
        service.json(RECORD_PATH, record);
        std::fs::write(service.data.path().join("own.toml"), own).unwrap();
        Self(service)
    }

    /// With the AI Engineer of AI-102: retired, and valid until 2027-05-14.
    fn engineer(own: &str) -> Self {
        Self::with(&text("learn-credential/ai-engineer-retired.json"), own)
    }

    fn own(&self) -> PathBuf {
        self.0.data.path().join("own.toml")
    }

    fn command(&self) -> Command {
        let mut command = self.0.command();
        command.arg(SHARE_LINK).arg("--catalog").arg(self.own());
        command
    }

    fn verify(&self, arguments: &[&str]) -> Ran {
        finish(self.command().args(["--format", "json"]).args(arguments))
    }

    fn plainly(&self, arguments: &[&str]) -> Ran {
        self.0.verify(&[&[SHARE_LINK], arguments].concat())
    }
}

fn first(ran: &Ran) -> Value {
    ran.json()["results"][0].clone()
}

fn message(result: &Value, code: &str) -> String {
    let findings = result["findings"].as_array().unwrap();
    let found = findings.iter().find(|finding| finding["code"] == code);
    found.unwrap()["message"].as_str().unwrap().to_owned()
}

#[test]
fn a_verdict_by_own_rows_says_so_and_what_it_would_be() {
    // Its window would open on 2026-12-14.
    let record = text("learn-credential/ai-engineer-retired.json").replace("2027-05", "2027-06");
    let desk = Desk::with(&record, UNRETIRED);
    let without = desk.plainly(&["--require", "active"]);
    assert_eq!(
        (without.code, first(&without)["status"].clone()),
        (1, "retired".into())
    );
    let with = desk.verify(&["--require", "active"]);
    let result = first(&with);
    assert_eq!((with.code, result["status"].clone()), (0, "active".into()));
    assert_eq!(result["certification"]["origin"], "yours");
    assert_eq!(result["certification"]["known_on"], "2026-11-20");
    assert_eq!(
        message(&result, "own-catalogue"),
        "This rests on your own catalogue for Microsoft Certified: Azure AI Engineer Associate. \
         Without it the verdict is: failed, retired."
    );
}

#[test]
fn a_row_that_changes_nothing_is_said_too() {
    let desk = Desk::engineer(
        "[certification.azure-ai-engineer]\nas_of = 2026-11-20\nnote = \"checked\"\n",
    );
    let result = first(&desk.verify(&[]));
    assert!(message(&result, "own-catalogue").contains("the same: passed, retired."));
    // And rows of other certifications are not.
    let desk = Desk::engineer("[certification.azure-administrator]\nas_of = 2026-11-20\n");
    assert!(!codes(&first(&desk.verify(&[]))).contains(&"own-catalogue".to_owned()));
}

#[test]
fn a_row_that_works_through_another_one_is_said_too() {
    // The expected exam is led to the engineer by a row of another name.
    for own in [
        "[certification.detour]\ntitle = \"Azure Detour Expert\"\nlevel = \"expert\"\nexams = \"AZ-104\"\nstate = \"renamed\"\nreplacement = \"azure-ai-engineer\"\nas_of = 2026-11-20\n",
        "[certification.azure-administrator]\nstate = \"renamed\"\nreplacement = \"azure-ai-engineer\"\nas_of = 2026-11-20\n",
    ] {
        let desk = Desk::engineer(own);
        let expected = ["--expect-certification", "AZ-104"];
        assert_eq!(desk.plainly(&expected).code, 1);
        let with = desk.verify(&expected);
        assert_eq!(with.code, 0, "{}", with.stdout);
        let said = message(&first(&with), "own-catalogue");
        assert!(said.contains("failed, retired"), "{said}");
    }
}

#[test]
fn every_output_shows_that_own_rows_made_the_verdict() {
    let desk = Desk::with(WIZARD, ENDLESS);
    assert_eq!(desk.plainly(&[]).code, 3);
    assert_eq!(desk.verify(&[]).code, 0);
    let human = finish(&mut desk.command()).stdout;
    assert!(human.contains("[own-catalogue]"), "{human}");
    let human = human.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        human.contains("Without it the verdict is: undetermined, undetermined."),
        "{human}"
    );

    let folder = desk.0.data.path();
    std::fs::write(folder.join("list.csv"), format!("link\n{SHARE_LINK}\n")).unwrap();
    for format in ["csv", "jsonl", "json", "html", "markdown", "junit", "human"] {
        let mut batch = bonafide();
        batch.args(["batch", "list.csv", "--as-of", DAY, "--learn-url"]);
        batch
            .arg(desk.0.url())
            .arg("--data-dir")
            .arg(folder.join("data"));
        batch.args(["--catalog", "own.toml", "--format", format]);
        let ran = finish(batch.current_dir(folder));
        assert!(
            ran.stdout.contains("own-catalogue"),
            "{format}: {}",
            ran.stdout
        );
    }
}

#[test]
fn a_badge_by_own_rows_is_not_green() {
    let desk = Desk::with(WIZARD, ENDLESS);
    let mut badge = bonafide();
    badge.args(["badge", SHARE_LINK, "--as-of", DAY, "--learn-url"]);
    badge
        .arg(desk.0.url())
        .arg("--data-dir")
        .arg(desk.0.data.path());
    let ran = finish(badge.arg("--catalog").arg(desk.own()));
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(!ran.stdout.contains("data-tone=\"good\""), "{}", ran.stdout);
}

#[test]
fn a_receipt_by_own_rows_holds_the_finding_and_is_not_confirmed_by_them() {
    let desk = Desk::with(WIZARD, ENDLESS);
    let folder = desk.0.data.path().join("receipts");
    assert_eq!(
        desk.verify(&["--receipt", folder.to_str().unwrap()]).code,
        0
    );
    let file = std::fs::read_dir(&folder)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let receipt: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let findings = receipt["results"][0]["findings"].to_string();
    assert!(findings.contains("own-catalogue"), "{findings}");
    let file = file.to_str().unwrap();
    let own = desk.own();
    for arguments in [&[][..], &["--catalog", own.to_str().unwrap()]] {
        let check = ["receipt", "check", file, "--as-of", DAY];
        let ran = run(&[&check, arguments].concat());
        assert_eq!(ran.code, 3, "{}", ran.stdout);
        assert!(ran.stdout.contains("not confirmed"), "{}", ran.stdout);
    }
}

#[test]
fn a_role_that_own_rows_widen_says_so() {
    let desk = Desk::engineer(
        "[certification.azure-administrator]\nstate = \"renamed\"\nreplacement = \"azure-ai-engineer\"\nas_of = 2026-11-20\n",
    );
    let folder = desk.0.data.path();
    std::fs::write(
        folder.join("list.csv"),
        format!("name,link\nJo Doe,{SHARE_LINK}\n"),
    )
    .unwrap();
    std::fs::write(
        folder.join("roles.toml"),
        "[role.admin]\nall_of = [\"AZ-104\"]\n",
    )
    .unwrap();
    let mut batch = bonafide();
    batch.args(["batch", "list.csv", "--as-of", DAY, "--learn-url"]);
    batch
        .arg(desk.0.url())
        .arg("--data-dir")
        .arg(folder.join("data"));
    batch.args(["--catalog", "own.toml", "--format", "jsonl"]);
    batch.args(["--roles", "roles.toml", "--role", "admin"]);
    let ran = finish(batch.current_dir(folder));
    assert!(
        ran.stdout.contains("own-catalogue"),
        "{}{}",
        ran.stdout,
        ran.stderr
    );
}

#[test]
fn own_rows_are_taken_from_the_configuration_directory() {
    let home = tempfile::TempDir::new().unwrap();
    let folder = home.path().join("bonafide");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("catalog.toml"), ENDLESS).unwrap();
    let ran = finish(
        bonafide()
            .args(["catalog", "show", "azure-wizard", "--as-of", DAY])
            .env("XDG_CONFIG_HOME", home.path())
            .env("APPDATA", home.path()),
    );
    assert!(
        ran.stdout.contains("Rests on      your own catalogue"),
        "{}",
        ran.stderr
    );
    let named = home.path().join("bonafide/catalog.toml");
    let ran = finish(
        bonafide()
            .args(["catalog", "check", "--as-of", DAY])
            .env("BONAFIDE_CATALOG", named),
    );
    assert!(ran.stdout.contains("azure-wizard"), "{}", ran.stdout);
}

#[test]
fn a_file_of_own_rows_that_cannot_be_used_stops_the_run() {
    let folder = tempfile::TempDir::new().unwrap();
    let own = folder.path().join("own.toml");
    let tried = |text: &[u8], command: &[&str]| {
        std::fs::write(&own, text).unwrap();
        let arguments = [command, &["--catalog", own.to_str().unwrap()]].concat();
        let ran = run(&arguments);
        assert_eq!(ran.code, 2, "{}", ran.stdout);
        assert!(ran.stdout.is_empty());
        ran.stderr
    };
    let list = &["catalog", "list"][..];
    let titel = b"[certification.azure-administrator]\nas_of = 2026-11-20\ntitel = \"x\"\nlevel = \"exprt\"\n";
    let said = tried(titel, list);
    assert!(said.contains("own.toml"), "{said}");
    assert!(
        said.contains("line 3: \"titel\" is not known (did you mean title?)"),
        "{said}"
    );
    assert!(
        said.contains("line 4: level holds \"exprt\" (did you mean expert?)"),
        "{said}"
    );
    assert!(tried(titel, &["verify", SHARE_LINK]).contains("line 3"));
    assert!(tried(titel, &["catalog", "check"]).contains("line 3"));
    assert!(tried(b"slug,title\n", list).contains("line 1"));
    assert!(tried(b"\xff\xfe", list).contains("cannot read"));
    let hostile = "[certification.azure-administrator]\nas_of = 2026-11-20\n\"\\u001b[31m\" = 1\n";
    assert!(!tried(hostile.as_bytes(), list).contains('\u{1b}'));
    let ran = run(&["catalog", "list", "--catalog", "no-such-file.toml"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("no-such-file.toml"), "{}", ran.stderr);
    // What needs no catalogue goes on.
    std::fs::write(&own, "[").unwrap();
    assert_eq!(
        run(&["schema", "catalog", "--catalog", own.to_str().unwrap()]).code,
        0
    );
}

#[test]
fn a_file_that_nobody_wrote_by_hand_is_refused_at_once() {
    let folder = tempfile::TempDir::new().unwrap();
    let own = folder.path().join("own.toml");
    let tried = |text: String| {
        std::fs::write(&own, text).unwrap();
        let ran = run(&["catalog", "list", "--catalog", own.to_str().unwrap()]);
        assert_eq!(ran.code, 2, "{}", ran.stdout);
        ran.stderr
    };
    let head = "[certification.azure-administrator]\nas_of = 2026-11-20\n";
    let keys = (0..60_000).fold(String::new(), |keys, key| keys + &format!("k{key} = 1\n"));
    let said = tried(format!("{head}{keys}"));
    assert!(said.contains("line 3: \"k0\" is not known"), "{said}");
    assert!(said.ends_with("and 59980 more\n"), "{said}");
    let said = tried(format!("{head}{} = 1\n", "k".repeat(500_000)));
    assert!(said.len() < 2_000, "{}", said.len());
    let said = tried(format!("# {}", "x".repeat(10_000_000)));
    assert!(said.contains("larger than 1 MiB"), "{said}");
}

#[test]
fn old_knowledge_is_said_from_the_day_after_180_days() {
    let record = r#"{"title":"Microsoft Certified: Azure Administrator Associate","awardedOn":"2025-03-01T10:00:00Z","expiresOn":"2029-03-01T23:59:59Z","credentialStatus":"Active"}"#;
    let desk = Desk::with(record, "");
    let on = |day: &str| {
        let mut command = bonafide();
        command.args(["verify", SHARE_LINK, "--format", "json", "--as-of", day]);
        command.args(["--learn-url", &desk.0.url(), "--data-dir"]);
        finish(command.arg(desk.0.data.path()))
    };
    // Known on 2026-08-16; 180 days later is 2027-02-12.
    let is_said = |ran: &Ran| codes(&first(ran)).contains(&"old-catalogue".to_owned());
    let (before, after) = (on("2027-02-12"), on("2027-02-13"));
    assert!(!is_said(&before) && is_said(&after));
    assert_eq!((before.code, after.code), (0, 0));
    let said = message(&first(&after), "old-catalogue");
    assert!(
        said.contains("is of 2026-08-16, 181 days before this day"),
        "{said}"
    );
    // On a day of the past the same knowledge is not old.
    assert!(!is_said(&on("2026-08-01")));
}

#[test]
fn what_cannot_change_any_more_is_not_called_old() {
    let desk = Desk::engineer("");
    for (day, status) in [("2027-05-14", "retired"), ("2028-01-01", "expired")] {
        let mut command = bonafide();
        command.args(["verify", SHARE_LINK, "--format", "json", "--as-of", day]);
        command.args(["--learn-url", &desk.0.url(), "--data-dir"]);
        let ran = finish(command.arg(desk.0.data.path()));
        assert_eq!(first(&ran)["status"], status);
        assert!(!codes(&first(&ran)).contains(&"old-catalogue".to_owned()));
    }
}
