//! `bonafide doctor`: would everybody be reminded?

#[cfg(target_os = "linux")]
mod scheduled;

use std::path::Path;

use chrono::{Days, Utc};
use serde_json::Value;
use wiremock::matchers::method;
use wiremock::{Mock, ResponseTemplate};

use crate::harness::{DAY, RECORD_PATH, Ran, finish, run};
use crate::remind::Office;

const RECORD: &str = r#"{"title":"Microsoft Certified: Azure Administrator Associate",
    "credentialId":"20170DBC5AC04E38","expiresOn":"2026-12-01T23:59:59Z"}"#;

/// An office that tells people through a webhook at the service, and by writing.
fn office() -> Office {
    let office = Office::open("");
    let url = format!("{}/hook/secret-path", office.service.url());
    std::fs::write(office.service.data.path().join("hook.txt"), url).unwrap();
    std::fs::write(
        office.config(),
        "[channel.hook]\nkind = \"webhook\"\nurl = { file = \"hook.txt\" }\n\n\
         [channel.out]\nkind = \"stdout\"\n\n\
         [remind]\nchannels = [\"hook\"]\n\n\
         [remind.ping]\nstart = { file = \"hook.txt\" }\n",
    )
    .unwrap();
    office.service.json(RECORD_PATH, RECORD);
    let taken = ResponseTemplate::new(204);
    office
        .service
        .mount(Mock::given(method("POST")).respond_with(taken));
    office
}

/// Whatever schedulers this machine has are not asked.
fn doctor(office: &Office, day: &str, arguments: &[&str]) -> Ran {
    let mut command = office.command("doctor");
    command
        .env("PATH", "")
        .args(["--as-of", day])
        .args(arguments);
    finish(&mut command)
}

/// State and message of each check of a sort.
fn found(document: &Value, check: &str) -> Vec<(String, String)> {
    let checks = document["checks"].as_array().unwrap();
    let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
    checks
        .iter()
        .filter(|one| one["check"] == check)
        .map(|one| (text(one, "state"), text(one, "message")))
        .collect()
}

fn only(document: &Value, check: &str) -> (String, String) {
    let mut found = found(document, check);
    assert_eq!(found.len(), 1, "{check} in {document}");
    found.remove(0)
}

#[test]
fn where_everything_is_well_it_says_so_and_sends_nothing() {
    let office = office();
    assert_eq!(office.remind(DAY, &[]).code, 0);
    let posted = office.service.posted().len();
    let ran = doctor(&office, DAY, &[]);
    assert_eq!(ran.code, 0, "{}\n{}", ran.stdout, ran.stderr);
    assert!(
        ran.stdout.contains("No problem was found."),
        "{}",
        ran.stdout
    );
    assert_eq!(office.service.posted().len(), posted);
    let folder = office.service.data.path().to_str().unwrap();
    let place = office.service.url().replace("http://", "");
    let shown = ran
        .stdout
        .replace(folder, "DATA")
        .replace(&place, "SERVICE")
        .replace(bonafide::schedule::Kind::usual().as_str(), "KIND");
    insta::assert_snapshot!(shown);
    let json = doctor(&office, DAY, &["--format", "json"]).json();
    let schema = jsonschema::validator_for(&run(&["schema", "doctor"]).json()).unwrap();
    assert!(schema.is_valid(&json), "{json}");
    assert_eq!(json["sound"], true);
    assert_eq!(json["last_success"], "2026-11-22T00:00:00Z");
    assert_eq!(json["proxy"], Value::Null);
    assert!(json["clock_ahead_seconds"].as_i64().unwrap().abs() < 60);
}

#[test]
fn each_channel_is_proven_where_that_was_asked_for() {
    let office = office();
    office.remind(DAY, &[]);
    let posted = office.service.posted().len();
    let ran = doctor(&office, DAY, &["--send-test", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let (state, message) = found(&ran.json(), "channel").remove(0);
    assert_eq!(state, "fine");
    assert!(message.starts_with("took the test message"), "{message}");
    let all = office.service.posted();
    assert_eq!(all.len(), posted + 1);
    let body: Value = all[posted].body_json().unwrap();
    assert_eq!(body["occasion"], "test");
    // A test message is none of those that are told once.
    assert!(office.remind(DAY, &[]).stderr.contains("0 messages sent"));
    office.service.reset();
    let refused = ResponseTemplate::new(403).set_body_string("no /hook/secret-path here");
    office
        .service
        .mount(Mock::given(method("POST")).respond_with(refused));
    let ran = doctor(&office, DAY, &["--send-test"]);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    assert!(
        ran.stdout.contains("PROBLEM  channel   hook: "),
        "{}",
        ran.stdout
    );
    // The whole address is a secret; what the service says of it is its own.
    assert!(
        !ran.stdout
            .contains(&format!("{}/hook", office.service.url()))
    );
}

#[test]
fn mail_needs_to_know_for_whom_a_test_is() {
    let office = office();
    std::fs::write(
        office.config(),
        "[channel.mail]\nkind = \"smtp\"\nhost = \"localhost\"\nport = 9\ntls = \"none\"\n\
         from = \"certs@example.com\"\n[remind]\nchannels = [\"mail\"]\n",
    )
    .unwrap();
    let ran = doctor(&office, DAY, &["--send-test"]);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert!(ran.stderr.contains("with --to MAIL"), "{}", ran.stderr);
    for arguments in [&[][..], &["--send-test", "--to", "jane@example.com"]] {
        let ran = doctor(&office, DAY, arguments);
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        assert!(
            ran.stdout.contains("mail: cannot send through localhost"),
            "{}",
            ran.stdout
        );
    }
}

#[test]
fn what_cannot_work_is_said_before_it_is_needed() {
    let office = Office::with(
        "[channel.pigeon]\nkind = \"stdout\"\n",
        "link,email,channels\n\
         https://learn.microsoft.com/api/credentials/20170DBC5AC04E38,,\n\
         https://learn.microsoft.com/api/credentials/20170DBC5AC04E39,jane@example.com,\n\
         https://learn.microsoft.com/api/credentials/20170DBC5AC04E3A,jane@example.com,pigeon\n",
    );
    std::fs::write(
        office.config(),
        "[channel.mail]\nkind = \"smtp\"\nhost = \"localhost\"\nport = 9\ntls = \"none\"\n\
         from = \"certs@example.com\"\n\
         [channel.team]\nkind = \"teams\"\nurl = { env = \"NOT_SET\" }\n\
         [channel.own]\nkind = \"command\"\ncommand = [\"/nonexistent/tell\"]\n\
         [remind]\nchannels = [\"mail\"]\n",
    )
    .unwrap();
    let json = doctor(&office, DAY, &["--format", "json"]).json();
    assert_eq!(json["untold"], serde_json::json!([1, 3]));
    let entries = found(&json, "entries");
    for said in ["no channel pigeon", "nobody is named for entry 1"] {
        assert!(
            entries.iter().any(|(_, message)| message.contains(said)),
            "{entries:?}"
        );
    }
    let channels = found(&json, "channel");
    assert!(
        channels.iter().all(|(state, _)| state == "problem"),
        "{channels:?}"
    );
    for said in [
        "NOT_SET is not set",
        "/nonexistent/tell is no program",
        "cannot send through",
    ] {
        assert!(
            channels.iter().any(|(_, message)| message.contains(said)),
            "{channels:?}"
        );
    }
    let (state, message) = only(&json, "runs");
    assert_eq!(state, "problem");
    assert!(message.contains("bonafide schedule --install"), "{message}");
    std::fs::write(office.config(), "").unwrap();
    let json = doctor(&office, DAY, &["--format", "json"]).json();
    assert_eq!(json["untold"], serde_json::json!([1, 2, 3]));
    assert!(only(&json, "channel").1.contains("none is configured"));
}

#[test]
fn a_clock_that_is_wrong_and_a_proxy_are_said() {
    let office = office();
    let date = (Utc::now() + Days::new(2)).format("%a, %d %b %Y %H:%M:%S GMT");
    let answer = ResponseTemplate::new(404).insert_header("date", date.to_string());
    office
        .service
        .mount(Mock::given(method("HEAD")).respond_with(answer));
    let json = doctor(&office, DAY, &["--format", "json"]).json();
    let (state, message) = only(&json, "clock");
    assert_eq!(state, "problem");
    assert!(message.contains("behind that of 127.0.0.1"), "{message}");
    let seconds = json["clock_ahead_seconds"].as_i64().unwrap();
    assert!(
        (-172_800 - 60..=-172_800 + 60).contains(&seconds),
        "{seconds}"
    );
    // Nobody listens at that proxy, and nothing leaves this machine.
    let mut command = office.command("doctor");
    command
        .args(["--learn-url", "https://learn.example"])
        .env("PATH", "")
        .env("HTTPS_PROXY", "http://jane:marked-password@127.0.0.1:9");
    command.args(["--format", "json"]);
    let mut command = without_learn_url(&command);
    let ran = finish(&mut command);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(ran.json()["proxy"], "http://127.0.0.1:9");
    assert!(
        only(&ran.json(), "network")
            .1
            .contains("through the proxy http://127.0.0.1:9")
    );
    for text in [&ran.stdout, &ran.stderr] {
        assert!(
            !text.contains("marked-password") && !text.contains("jane:"),
            "{text}"
        );
    }
}

/// The same command, in which the first `--learn-url` is left out.
fn without_learn_url(command: &assert_cmd::Command) -> assert_cmd::Command {
    let arguments: Vec<_> = command.get_args().map(std::ffi::OsStr::to_owned).collect();
    let at = arguments
        .iter()
        .position(|one| one == "--learn-url")
        .unwrap();
    let mut other = crate::harness::bonafide();
    other.args(&arguments[..at]).args(&arguments[at + 2..]);
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            other.env(name, value);
        }
    }
    other
}

#[test]
fn a_list_that_cannot_be_used_is_said_and_the_rest_is_looked_at() {
    let office = office();
    let file = office.service.data.path().join("watch.sqlite");
    remove(&file);
    std::fs::write(
        &file,
        "not a database at all, and long enough to be looked at",
    )
    .unwrap();
    let ran = doctor(&office, DAY, &["--format", "json"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let json = ran.json();
    assert_eq!(only(&json, "list").0, "problem");
    assert_eq!(json["tracked"], Value::Null);
    assert_eq!(only(&json, "network").0, "fine");
    remove(&file);
    let json = doctor(&office, DAY, &["--format", "json"]).json();
    assert_eq!(only(&json, "list").0, "note");
    assert_eq!(json["tracked"], 0);
    assert!(!file.exists(), "to look leaves nothing behind");
}

fn remove(list: &Path) {
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", list.display()));
    }
}

#[test]
fn runs_that_went_wrong_or_are_long_ago_are_said() {
    let office = office();
    office.remind(DAY, &[]);
    let runs = |day: &str| only(&doctor(&office, day, &["--format", "json"]).json(), "runs");
    assert_eq!(runs("2026-11-23").0, "fine");
    let (state, message) = runs("2026-11-25");
    assert_eq!(state, "problem");
    assert!(message.contains("more than two days ago"), "{message}");
    office.service.reset();
    office.service.json(RECORD_PATH, RECORD);
    assert_eq!(office.remind("2026-11-25", &[]).code, 1);
    let (state, message) = runs("2026-11-25");
    assert_eq!(state, "problem");
    assert!(message.contains("somebody could not be told"), "{message}");
    assert!(message.contains("2026-11-22"), "{message}");
    office.service.reset();
    assert_eq!(office.remind("2026-11-27", &[]).code, 1);
}

#[test]
fn a_link_that_came_to_nothing_so_far_is_named() {
    let office = Office::open("[channel.out]\nkind = \"stdout\"\n[remind]\nchannels = [\"out\"]\n");
    office
        .service
        .answer(RECORD_PATH, ResponseTemplate::new(404));
    office.remind(DAY, &[]);
    let json = doctor(&office, DAY, &["--format", "json"]).json();
    let entries = found(&json, "entries");
    let note = entries.iter().find(|(state, _)| state == "note");
    let (_, message) = note.unwrap_or_else(|| panic!("{entries:?}"));
    assert!(
        message.contains("nothing is known yet of entry 1 (not-found)"),
        "{message}"
    );
}

#[test]
fn own_rows_that_cannot_be_read_stand_in_the_way_of_every_run() {
    let office = office();
    let own = office.service.data.path().join("own.toml");
    let own_rows = ["--format", "json", "--catalog", own.to_str().unwrap()];
    std::fs::write(
        &own,
        "[certification.azure-administrator]\nas_of = 2026-11-20\nretires_on = 2026-11-01\n",
    )
    .unwrap();
    let good = doctor(&office, DAY, &own_rows).json();
    assert_eq!(only(&good, "catalog").0, "fine");
    std::fs::write(
        &own,
        "[certification.azure-administrator]\nretire_on = 2026-11-01\n",
    )
    .unwrap();
    let bad = doctor(&office, DAY, &own_rows);
    let (state, message) = only(&bad.json(), "catalog");
    assert_eq!((bad.code, state.as_str()), (1, "problem"), "{message}");
    assert!(message.contains("line 2"), "{message}");
}
