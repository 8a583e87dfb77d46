//! The files that the program leaves: whose they are, and where they stand.

mod links;
mod owners;
mod synced;

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use wiremock::matchers::{method, path};
use wiremock::{Mock, ResponseTemplate};

use crate::harness::{DAY, RECORD_PATH, Ran, SHARE_LINK, Service, bonafide, finish, text};

const CATALOGUE: &str = r#"{"modules":[],"certifications":[],
    "mergedCertifications":[{"uid":"certification.azure-wizard",
        "title":"Microsoft Certified: Azure Wizard Expert","renewal_frequency_in_days":365}],
    "exams":[]}"#;

/// A service, and a home with a data directory that is not there yet.
struct Home {
    service: Service,
}

impl Home {
    fn new() -> Self {
        let service = Service::start();
        let record = text("learn-credential/ai-engineer-retired.json");
        let record = ResponseTemplate::new(200)
            .insert_header("etag", "\"1\"")
            .set_body_raw(record, "application/json");
        service.answer(RECORD_PATH, record);
        service.json("/api/catalog/", CATALOGUE);
        let home = Self { service };
        let list = format!("link\n{SHARE_LINK}\n");
        std::fs::write(home.path("list.csv"), list).unwrap();
        let list = format!("link,name,email\n{SHARE_LINK},Jane Doe,jane@example.com\n");
        std::fs::write(home.path("watch.csv"), list).unwrap();
        std::fs::write(home.path("hook.txt"), home.service.url() + "/hook").unwrap();
        let config = "[channel.hook]\nkind = \"webhook\"\nurl = { file = \"hook.txt\" }\n\
            [remind]\nchannels = [\"hook\"]\n";
        std::fs::write(home.path("config.toml"), config).unwrap();
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.service.data.path().join(name)
    }

    fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// A command that asks the service where it asks at all.
    fn command(&self, arguments: &[&str]) -> assert_cmd::Command {
        let mut command = bonafide();
        command
            .current_dir(self.service.data.path())
            .env("BONAFIDE_LEARN_URL", self.service.url())
            .args(["--config", "config.toml", "--as-of", DAY, "--data-dir"])
            .arg(self.data())
            .args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        finish(&mut self.command(arguments))
    }

    /// The same under a umask, as a process of its own.
    fn under(&self, umask: &str, arguments: &[&str]) -> std::process::Command {
        let script = format!("umask {umask}; exec \"$0\" \"$@\"");
        self.within("sh", &["-c", &script], arguments)
    }

    /// The same as the last arguments of another program.
    fn within(&self, other: &str, first: &[&str], arguments: &[&str]) -> std::process::Command {
        let command = self.command(arguments);
        let envs = command.get_envs();
        let mut process = std::process::Command::new(other);
        process
            .args(first)
            .arg(command.get_program())
            .args(command.get_args())
            .envs(envs.filter_map(|(name, value)| Some((name, value?))))
            .current_dir(self.service.data.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        process
    }

    /// Kills a run once something was posted.
    fn killed_at_post(&self, umask: &str, arguments: &[&str]) {
        let slow = ResponseTemplate::new(204).set_delay(Duration::from_mins(1));
        self.service.mount(
            Mock::given(method("POST"))
                .and(path("/hook"))
                .respond_with(slow),
        );
        let mut run = self.under(umask, arguments).spawn().unwrap();
        while self.service.posted().is_empty() {
            assert_eq!(run.try_wait().unwrap(), None, "{arguments:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
        run.kill().unwrap();
        run.wait().unwrap();
    }
}

/// Where the answer of a run came from, which takes kept ones of any age.
fn from(home: &Home) -> String {
    let verify = ["verify", SHARE_LINK, "--max-age", "30d", "--format", "json"];
    let from = &home.run(&verify).json()["results"][0]["source"]["from"];
    from.as_str().unwrap().to_owned()
}

fn mode(path: &Path) -> u32 {
    path.symlink_metadata().unwrap().permissions().mode() & 0o777
}

/// Every file and folder below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(below(&path));
        }
        found.push(path);
    }
    found
}

#[test]
fn what_is_kept_is_its_owners_alone_whatever_the_umask() {
    let home = Home::new();
    for arguments in [
        &[
            "verify",
            SHARE_LINK,
            "--save-evidence",
            "evidence",
            "--receipt",
            "receipts",
        ][..],
        &["verify", SHARE_LINK, "--redact"],
        &["catalog", "update", "--yes"],
        &["catalog", "update", "--yes"],
        &["track", "import", "watch.csv"],
    ] {
        let code = home.under("0", arguments).status().unwrap().code();
        assert!(matches!(code, Some(0 | 1)), "{arguments:?} {code:?}");
    }
    // Killed, so that what stands beside the list while it is open stays for us to see.
    home.killed_at_post("0", &["remind"]);
    // Another list than the one of the cache, whose answer never comes.
    let other = "https://learn.microsoft.com/api/credentials/5D1E0C42A7B39F10";
    let never = ResponseTemplate::new(200).set_delay(Duration::from_mins(1));
    home.service
        .answer("/api/credentials/5D1E0C42A7B39F10", never);
    std::fs::write(home.path("list.csv"), format!("link\n{other}\n")).unwrap();
    let mut run = home.under("0", &["batch", "list.csv", "-o", "out.csv"]);
    let mut run = run.spawn().unwrap();
    let is_asked = || {
        home.service
            .asked()
            .iter()
            .any(|path| path.ends_with("9F10"))
    };
    while !is_asked() {
        assert_eq!(run.try_wait().unwrap(), None);
        std::thread::sleep(Duration::from_millis(10));
    }
    run.kill().unwrap();
    run.wait().unwrap();

    let mut seen = BTreeSet::new();
    for folder in ["data", "evidence", "receipts"] {
        let folder = home.path(folder);
        for path in below(&folder).into_iter().chain([folder]) {
            let expected = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(
                mode(&path),
                expected,
                "{:o} {}",
                mode(&path),
                path.display()
            );
            seen.insert(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    for name in [
        "cache",
        "journals",
        "catalog",
        "listing.json",
        "listing.previous.json",
        "redaction.key",
        "folders.json",
        "folders.lock",
        "retention.stamp",
        "watch.sqlite",
        "watch.sqlite-wal",
        "watch.sqlite-shm",
        "watch.lock",
    ] {
        assert!(seen.contains(name), "{name} in {seen:?}");
    }
    for end in [".jsonl", ".lock", ".receipt.json"] {
        assert!(
            seen.iter().any(|name| name.ends_with(end)),
            "{end} in {seen:?}"
        );
    }
}

#[test]
fn what_is_handed_on_has_the_permissions_of_any_new_file() {
    let home = Home::new();
    for (umask, expected) in [("0", 0o666), ("022", 0o644), ("027", 0o640), ("077", 0o600)] {
        for (name, arguments) in [
            ("out.csv", &["batch", "list.csv", "-o", "out.csv"][..]),
            ("badge.svg", &["badge", SHARE_LINK, "-o", "badge.svg"]),
            ("cal.ics", &["calendar", "-o", "cal.ics"]),
        ] {
            let file = home.path(name);
            let _ = std::fs::remove_file(&file);
            home.under(umask, arguments).status().unwrap();
            assert_eq!(mode(&file), expected, "{umask} {name} {:o}", mode(&file));
        }
    }
    // Who made it their own keeps it.
    let file = home.path("out.csv");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    std::fs::write(&file, "").unwrap();
    home.under("0", &["batch", "list.csv", "-o", "out.csv"])
        .status()
        .unwrap();
    assert_eq!(mode(&file), 0o640);
    assert!(std::fs::read(&file).unwrap().starts_with(b"link,status"));
}

#[test]
fn what_a_killed_run_was_writing_goes_with_the_rest() {
    let home = Home::new();
    assert_eq!(home.run(&["catalog", "update", "--yes"]).code, 0);
    let left = [home.data(), home.data().join("catalog")].map(|folder| folder.join(".new-abc.tmp"));
    for file in &left {
        std::fs::write(file, "what would have been a key").unwrap();
    }
    // Not at once: a run may be writing it.
    home.run(&["verify", SHARE_LINK]);
    assert!(left.iter().all(|file| file.exists()));
    let old = std::time::SystemTime::now() - Duration::from_hours(48);
    for file in left.iter().chain([&home.data().join("retention.stamp")]) {
        let file = std::fs::File::options().append(true).open(file).unwrap();
        file.set_modified(old).unwrap();
    }
    home.run(&["verify", SHARE_LINK]);
    for file in &left {
        assert!(!file.exists(), "{}", file.display());
        std::fs::write(file, "").unwrap();
    }
    assert_eq!(home.run(&["data", "purge", "--all"]).code, 0);
    assert!(left.iter().all(|file| !file.exists()));
}
