//! `bonafide remind`: the run.

use std::path::PathBuf;

use wiremock::ResponseTemplate;

use crate::harness::{DAY, RECORD_PATH, Ran, Service, bonafide, finish};
use crate::track::track;

pub(crate) const RECORD: &str = r#"{"title":"Microsoft Certified: Azure Administrator Associate",
    "credentialId":"20170DBC5AC04E38","expiresOn":"2026-12-01T23:59:59Z"}"#;

pub(crate) const CONFIG: &str =
    "[channel.out]\nkind = \"stdout\"\n\n[remind]\nchannels = [\"out\"]\n";

/// A tracked credential with nine days left, and a configuration.
pub(crate) struct Office {
    pub(crate) service: Service,
}

impl Office {
    pub(crate) fn open(config: &str) -> Self {
        Self::with(
            config,
            "link,name,email,lead\n\
            https://learn.microsoft.com/api/credentials/20170DBC5AC04E38,Jane Doe,jane@example.com,lead@example.com\n",
        )
    }

    /// With another list.
    pub(crate) fn with(config: &str, csv: &str) -> Self {
        let service = Service::start();
        let office = Self { service };
        std::fs::write(office.config(), config).unwrap();
        let list = office.service.data.path().join("list.csv");
        std::fs::write(&list, csv).unwrap();
        let config = office.config();
        let config = [
            "import",
            list.to_str().unwrap(),
            "--config",
            config.to_str().unwrap(),
        ];
        let ran = track(office.service.data.path(), &config);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        office
    }

    pub(crate) fn config(&self) -> PathBuf {
        self.service.data.path().join("config.toml")
    }

    pub(crate) fn remind(&self, day: &str, arguments: &[&str]) -> Ran {
        finish(
            self.command("remind")
                .args(["--retries", "0", "--as-of", day])
                .args(arguments),
        )
    }

    /// A command that asks the service and knows the list and the configuration.
    pub(crate) fn command(&self, name: &str) -> assert_cmd::Command {
        let mut command = bonafide();
        command
            .args([name, "--learn-url"])
            .arg(self.service.url())
            .arg("--data-dir")
            .arg(self.service.data.path())
            .arg("--config")
            .arg(self.config());
        command
    }
}

#[test]
fn a_step_is_told_once_to_the_person_and_their_lead() {
    let office = Office::open(CONFIG);
    office.service.json(RECORD_PATH, RECORD);
    let ran = office.remind(DAY, &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(
        ran.stdout.matches("9 days left: Microsoft").count(),
        4,
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains("Hello Jane Doe") && ran.stdout.contains("Held by Jane Doe"));
    assert!(ran.stderr.contains("2 messages sent"), "{}", ran.stderr);
    for day in [DAY, "2026-11-23", "2026-11-21"] {
        let again = office.remind(day, &[]);
        assert_eq!((again.code, again.stdout.as_str()), (0, ""), "{day}");
    }
    let next = office.remind("2026-11-25", &[]);
    assert!(next.stdout.contains("6 days left"), "{}", next.stdout);
}

#[test]
fn removing_a_lead_leaves_the_entries_of_the_people_they_were_told_of() {
    let office = Office::open(CONFIG);
    office.service.json(RECORD_PATH, RECORD);
    office.remind(DAY, &[]);
    let mut data = bonafide();
    data.arg("--data-dir").arg(office.service.data.path());
    let ran = finish(data.args(["data", "purge", "--person", "lead@example.com"]));
    assert_eq!(ran.code, 3, "{}", ran.stdout);
    let left = track(office.service.data.path(), &["export"]).stdout;
    assert!(left.contains("Jane Doe"), "{left}");
}

#[test]
fn an_option_that_is_not_carried_out_is_refused() {
    let office = Office::open(CONFIG);
    let ran = office.remind(DAY, &["--save-evidence", "evidence"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("verify --save-evidence"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_test_message_needs_somebody_where_the_channel_sends_to_people() {
    let mail = "[channel.mail]\nkind = \"smtp\"\nhost = \"localhost\"\nport = 9\ntls = \"none\"\n\
        from = \"certs@example.com\"\n";
    let office = Office::open(&format!("{CONFIG}{mail}"));
    let ran = office.remind(DAY, &["--test", "mail"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("with --to MAIL"), "{}", ran.stderr);
    // Nobody listens there, which is known only by trying.
    let ran = office.remind(DAY, &["--test", "mail", "--to", "jane@example.com"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let ran = office.remind(DAY, &["--test", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = office.remind(DAY, &["--test", "mial"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("did you mean mail?"), "{}", ran.stderr);
}

#[test]
fn a_dry_run_shows_what_would_go_to_whom_and_changes_nothing() {
    let office = Office::open(CONFIG);
    office.service.json(RECORD_PATH, RECORD);
    let trial = office.remind(DAY, &["--dry-run"]);
    assert_eq!(trial.code, 0, "{}", trial.stderr);
    assert!(
        trial
            .stdout
            .contains("== To jane@example.com through out =="),
        "{}",
        trial.stdout
    );
    assert!(
        trial
            .stderr
            .contains("Nothing was sent, and nothing noted.")
    );
    assert_eq!(office.remind(DAY, &["--dry-run"]).stdout, trial.stdout);
    let real = office.remind(DAY, &[]);
    assert!(real.stderr.contains("2 messages sent"), "{}", real.stderr);
}

#[test]
fn a_run_that_could_look_at_nothing_says_so_loudly() {
    let office = Office::open(CONFIG);
    office
        .service
        .answer(RECORD_PATH, ResponseTemplate::new(503));
    let ran = office.remind(DAY, &[]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("NOTHING COULD BE LOOKED AT"),
        "{}",
        ran.stderr
    );
}

#[test]
fn three_failed_days_make_a_link_that_cannot_be_verified() {
    let office = Office::open(CONFIG);
    office
        .service
        .answer(RECORD_PATH, ResponseTemplate::new(404));
    for day in ["2026-11-20", "2026-11-20", "2026-11-21"] {
        assert_eq!(office.remind(day, &[]).stdout, "", "{day}");
    }
    let ran = office.remind("2026-11-22", &[]);
    assert!(ran.stderr.contains("2 messages sent"), "{}", ran.stderr);
    assert_eq!(office.remind("2026-11-23", &[]).stdout, "");
}

#[test]
fn a_channel_that_fails_stops_no_other_and_is_tried_again() {
    let config = format!(
        "{CONFIG}[channel.broken]\nkind = \"command\"\ncommand = [\"{}\"]\n",
        env!("CARGO_MANIFEST_DIR").replace('\\', "/") + "/not-there"
    )
    .replace("channels = [\"out\"]", "channels = [\"broken\", \"out\"]");
    let office = Office::open(&config);
    office.service.json(RECORD_PATH, RECORD);
    for day in [DAY, "2026-11-23"] {
        let ran = office.remind(day, &[]);
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        assert!(
            ran.stderr
                .contains("broken took nothing for jane@example.com"),
            "{}",
            ran.stderr
        );
        assert_eq!(ran.stdout.is_empty(), day != DAY);
    }
    let config = std::fs::read_to_string(office.config()).unwrap();
    let config = config.replace(
        "[remind]",
        "[remind]\nfallback = \"out\"\nescalate-after = \"2d\"",
    );
    std::fs::write(office.config(), config).unwrap();
    let ran = office.remind("2026-11-24", &[]);
    assert!(ran.stdout.contains("7 days left"), "{}", ran.stdout);
}

#[test]
fn quiet_hours_hold_messages_back_and_lose_none() {
    let office = Office::open(&format!(
        "{CONFIG}quiet-hours = \"20:00-08:00\"\ntime-zone = \"Europe/Berlin\"\n"
    ));
    office.service.json(RECORD_PATH, RECORD);
    let ran = office.remind("2026-11-23T06:30:00Z", &[]);
    assert_eq!(ran.stdout, "");
    assert!(
        ran.stderr.contains("Quiet hours until 08:00"),
        "{}",
        ran.stderr
    );
    let ran = office.remind("2026-11-23T07:00:00Z", &[]);
    assert!(ran.stdout.contains("8 days left"), "{}", ran.stdout);
}

#[test]
fn a_configuration_that_is_wrong_is_said_with_its_line() {
    let office = Office::open(CONFIG);
    for (text, said) in [
        (
            "[remind]\nchanels = []\n",
            "line 2 (chanels): unknown field `chanels`",
        ),
        (
            "[channel.mail]\nkind = \"stdout\"\n[remind]\nchannels = [\"mial\"]\n",
            "line 4 (channels): unknown channel `mial`",
        ),
        (
            "[channel.mail]\nkind = \"stdout\"\n[remind]\nfallback = \"mial\"\n",
            "did you mean `mail`?",
        ),
        (
            "[remind]\ntime-zone = \"Europe/Berln\"\n",
            "did you mean Europe/Berlin?",
        ),
        (
            "[remind]\nquiet-hours = \"night\"\n",
            "expected quiet hours such as",
        ),
        ("[remind]\ndays = [30, 0]\n", "expected days from 1 to 730"),
    ] {
        std::fs::write(office.config(), text).unwrap();
        let ran = office.remind(DAY, &[]);
        assert_eq!(ran.code, 2, "{text}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{text}: {}", ran.stderr);
    }
}

#[test]
fn whoever_watches_the_watcher_has_counts_and_signs_of_life() {
    let office = Office::open(CONFIG);
    office.service.json(RECORD_PATH, RECORD);
    let ping = format!("{}/ping/secret-token", office.service.url());
    let file = office.service.data.path().join("ping.txt");
    std::fs::write(&file, ping).unwrap();
    let config = format!(
        "{CONFIG}\n[remind.ping]\nstart = {{ file = \"ping.txt\" }}\nfailure = {{ file = \"ping.txt\" }}\n"
    );
    std::fs::write(office.config(), config).unwrap();
    let metrics = office.service.data.path().join("metrics.prom");
    let ran = office.remind(DAY, &["--metrics", metrics.to_str().unwrap()]);
    // Nobody answers the sign of life there, which is said without its address.
    assert!(
        ran.stderr
            .contains("the sign of life (start) was not taken"),
        "{}",
        ran.stderr
    );
    assert!(!ran.stderr.contains("secret-token"), "{}", ran.stderr);
    assert!(
        office
            .service
            .asked()
            .contains(&"/ping/secret-token".to_owned())
    );
    let text = std::fs::read_to_string(metrics).unwrap();
    for line in [
        "bonafide_source_up 1",
        "bonafide_messages_sent 2",
        "bonafide_credentials{status=\"needs-renewal\"} 1",
        "bonafide_credentials_due{step=\"days-left\"} 1",
        "bonafide_expires_timestamp_seconds{entry=\"1\",credential=\"\"} 1796169599",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
    }
    assert!(!text.contains("jane") && !text.contains("Jane"));
}

#[cfg(unix)]
#[test]
fn a_list_that_cannot_be_written_sends_nothing() {
    use std::os::unix::fs::PermissionsExt as _;
    let office = Office::open(CONFIG);
    office.service.json(RECORD_PATH, RECORD);
    let file = office.service.data.path().join("watch.sqlite");
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o500)).unwrap();
    let ran = office.remind(DAY, &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
    assert!(ran.stderr.contains("cannot use the list"), "{}", ran.stderr);
}
