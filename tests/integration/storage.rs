//! The list of what is tracked where it cannot be written: somebody else's, or on a full disk.
#![cfg(unix)]

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;
use wiremock::matchers::method;
use wiremock::{Mock, ResponseTemplate};

use crate::harness::{DAY, Ran};
use crate::remind::Office;
use crate::track::track;

const NOBODY: &str = "65534";

/// How the program is run where it may write nothing: as nobody, for whom root's own modes are
/// no limit. None where that cannot be done, which is said.
fn powerless() -> Option<Vec<String>> {
    let id = Command::new("id").arg("-u").output().unwrap().stdout;
    let program = env!("CARGO_BIN_EXE_bonafide").to_owned();
    if id != b"0\n" {
        return Some(vec![program]);
    }
    let words = [
        "setpriv",
        "--reuid",
        NOBODY,
        "--regid",
        NOBODY,
        "--clear-groups",
    ];
    let words: Vec<_> = words
        .map(str::to_owned)
        .into_iter()
        .chain([program])
        .collect();
    let tried = Command::new(&words[0])
        .args(&words[1..])
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    if tried.is_ok_and(|status| status.success()) {
        return Some(words);
    }
    skipped("setpriv, or nobody may not start what is built here");
    None
}

#[expect(clippy::print_stderr, reason = "why a test did nothing must be said")]
fn skipped(lacking: &str) {
    eprintln!("SKIPPED: without {lacking}");
}

fn ran<W: AsRef<OsStr>>(words: &[W], arguments: &[&str]) -> Ran {
    let output = Command::new(&words[0])
        .args(&words[1..])
        .args(arguments)
        .env("HOME", "/nonexistent-for-nobody")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Lets everybody read what is in a folder, and nobody write.
fn frozen(folder: &Path) {
    for file in folder.read_dir().unwrap() {
        mode(&file.unwrap().path(), 0o444);
    }
    mode(folder, 0o555);
}

fn mode(path: &Path, mode: u32) {
    let mode = std::fs::Permissions::from_mode(mode);
    std::fs::set_permissions(path, mode).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let name = |file: std::io::Result<std::fs::DirEntry>| file.unwrap().file_name();
    let files = folder.read_dir().unwrap();
    let mut names: Vec<_> = files
        .map(|file| name(file).into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// An office whose people are told through a webhook that takes everything.
fn office(people: usize) -> Office {
    let mut list = "link,name,email\n".to_owned();
    for number in 0..people {
        let _ = writeln!(
            list,
            "https://learn.microsoft.com/api/credentials/20170DBC5AC04E{number:02},Person {number},p{number}@example.com"
        );
    }
    let office = Office::with("", &list);
    for number in 0..people {
        office.service.json(
            &format!("/api/credentials/20170DBC5AC04E{number:02}"),
            r#"{"title":"Microsoft Certified: Azure Administrator Associate","expiresOn":"2026-12-01T23:59:59Z"}"#,
        );
    }
    let taken = ResponseTemplate::new(204);
    office
        .service
        .mount(Mock::given(method("POST")).respond_with(taken));
    let url = format!("{}/hook", office.service.url());
    std::fs::write(office.service.data.path().join("hook.txt"), url).unwrap();
    let config = "[channel.hook]\nkind = \"webhook\"\nurl = { file = \"hook.txt\" }\n\
        [remind]\nchannels = [\"hook\"]\n";
    std::fs::write(office.config(), config).unwrap();
    office
}

#[test]
fn what_only_reads_works_where_nothing_may_be_written() {
    let Some(program) = powerless() else { return };
    let office = office(2);
    let folder = office.service.data.path();
    let whole = track(folder, &["export"]).stdout;
    frozen(folder);
    let before = names(folder);
    let data = ["--as-of", DAY, "--data-dir", folder.to_str().unwrap()];
    for (command, said) in [
        (&["track", "list"][..], "Person 1"),
        (&["track", "export"], &whole),
        (&["calendar"], "BEGIN:VCALENDAR"),
        (&["data", "show"], "1 file"),
        (
            &["data", "export", "--person", "20170DBC5AC04E01"],
            "Person 1",
        ),
    ] {
        let ran = ran(&program, &[command, &data[..]].concat());
        assert_eq!((ran.code, &*ran.stderr), (0, ""), "{command:?}");
        assert!(ran.stdout.contains(said), "{command:?}: {}", ran.stdout);
    }
    assert_eq!(names(folder), before);
    mode(folder, 0o755);
}

#[test]
fn what_stands_in_the_log_alone_is_read_where_nothing_may_be_written() {
    use bonafide::watch::{Details, Store, TrackedLink};
    let Some(program) = powerless() else { return };
    let (there, copy) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let store = Store::open(&there.path().join("watch.sqlite")).unwrap();
    let link =
        bonafide::link::judge("https://learn.microsoft.com/api/credentials/20170DBC5AC04E38");
    let link = TrackedLink::of(&link).unwrap();
    store.add(&link, Details::default()).unwrap();
    // As a copy or a crash leaves it: the log with all of it, and no index of the log.
    for name in ["watch.sqlite", "watch.sqlite-wal"] {
        std::fs::copy(there.path().join(name), copy.path().join(name)).unwrap();
    }
    frozen(copy.path());
    let ran = ran(
        &program,
        &[
            "track",
            "export",
            "--data-dir",
            copy.path().to_str().unwrap(),
        ],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("20170DBC5AC04E38"), "{}", ran.stdout);
    mode(copy.path(), 0o755);
}

#[test]
fn what_must_write_says_whose_fault_it_is_and_sends_nothing() {
    let Some(program) = powerless() else { return };
    let office = office(2);
    let folder = office.service.data.path();
    frozen(folder);
    let url = office.service.url();
    let config = office.config();
    let common = [
        "--as-of",
        DAY,
        "--data-dir",
        folder.to_str().unwrap(),
        "--config",
        config.to_str().unwrap(),
    ];
    let list = folder.join("list.csv");
    for command in [
        &["track", "import", list.to_str().unwrap()][..],
        &["track", "snooze", "1", "--will-not-renew"],
        &["track", "remove", "1"],
        &["remind", "--learn-url", &url],
    ] {
        let ran = ran(&program, &[command, &common[..]].concat());
        assert_eq!((ran.code, &*ran.stdout), (2, ""), "{command:?}");
        assert!(
            ran.stderr.contains("no permission for the list"),
            "{}",
            ran.stderr
        );
        assert!(!ran.stderr.contains("os error"), "{}", ran.stderr);
    }
    let doctor = ran(
        &program,
        &[&["doctor", "--learn-url", &url][..], &common].concat(),
    );
    assert_eq!(doctor.code, 1, "{}", doctor.stdout);
    for said in [
        "PROBLEM  list      no permission for the list",
        "fine     entries   somebody would be told",
    ] {
        assert!(doctor.stdout.contains(said), "{}", doctor.stdout);
    }
    // A trial needs no writing, and a calendar says what it could not note.
    let trial = ran(
        &program,
        &[&["remind", "--dry-run", "--learn-url", &url][..], &common].concat(),
    );
    assert_eq!(trial.code, 0, "{}", trial.stderr);
    assert!(trial.stdout.contains("9 days left"), "{}", trial.stdout);
    assert!(office.service.posted().is_empty());
    mode(folder, 0o755);
}

#[test]
fn a_calendar_that_could_not_be_noted_says_so() {
    let Some(program) = powerless() else { return };
    let office = office(1);
    let folder = office.service.data.path();
    office.service.reset();
    let expires = (chrono::Utc::now() + chrono::Days::new(300)).format("%Y-%m-%dT23:59:59Z");
    let record = format!(
        r#"{{"title":"Microsoft Certified: Azure Administrator Associate","expiresOn":"{expires}"}}"#
    );
    office
        .service
        .json("/api/credentials/20170DBC5AC04E00", &record);
    let looked = crate::harness::finish(&mut office.command("remind"));
    assert_eq!(looked.code, 0, "{}", looked.stderr);
    frozen(folder);
    let ran = ran(
        &program,
        &["calendar", "--data-dir", folder.to_str().unwrap()],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("BEGIN:VEVENT"), "{}", ran.stdout);
    assert!(ran.stderr.contains("was not noted in it"), "{}", ran.stderr);
    mode(folder, 0o755);
}

/// The program where no file may grow past so many bytes, which the system says by the same
/// way as a full disk.
fn limited(bytes: u64) -> Vec<String> {
    // Blocks of 512 bytes, or of 1024 in some shells: the sizes below allow for either.
    let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$@\"", bytes / 512);
    ["sh", "-c", &script, "sh", env!("CARGO_BIN_EXE_bonafide")]
        .map(str::to_owned)
        .to_vec()
}

#[test]
fn a_list_that_may_not_grow_is_a_sentence_and_takes_nothing_by_half() {
    let office = office(2);
    let folder = office.service.data.path();
    let more = folder.join("more.csv");
    let note = "long ".repeat(200);
    let rows = (0..300).map(|number| {
        format!("https://learn.microsoft.com/api/credentials/F41008EF3A8C{number:04},{note}\n")
    });
    std::fs::write(&more, format!("link,note\n{}", rows.collect::<String>())).unwrap();
    let import = ["track", "import", more.to_str().unwrap()];
    let data = ["--data-dir", folder.to_str().unwrap()];
    for bytes in [4 * 1024, 64 * 1024] {
        let ran = ran(&limited(bytes), &[&import[..], &data].concat());
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        for said in ["may not grow any more", "nothing was noted", "ulimit -f"] {
            assert!(ran.stderr.contains(said), "{bytes}: {}", ran.stderr);
        }
        let list = track(folder, &["list", "--format", "json"]).json();
        assert_eq!(list["entries"].as_array().unwrap().len(), 2, "{bytes}");
    }
    let ran = ran(
        &limited(4 * 1024),
        &[&["track", "list"][..], &data].concat(),
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("Person 1"), "{}", ran.stdout);
}

#[test]
fn a_run_that_can_note_no_more_sends_no_more_and_the_next_one_ends_it() {
    const PEOPLE: usize = 20;
    let office = office(PEOPLE);
    let folder = office.service.data.path();
    assert_eq!(office.remind("2026-01-01", &[]).code, 0);
    assert!(office.service.posted().is_empty());
    let (config, url) = (office.config(), office.service.url());
    let arguments = [
        "remind",
        "--as-of",
        DAY,
        "--learn-url",
        &url,
        "--rate",
        "none",
        "--data-dir",
        folder.to_str().unwrap(),
        "--config",
        config.to_str().unwrap(),
    ];
    let keys = || {
        let key = |request: &wiremock::Request| request.headers["webhook-id"].clone();
        office.service.posted().iter().map(key).collect::<Vec<_>>()
    };
    let mut stopped_between = 0;
    // Each run gets a little further into what it has to note.
    for kilobytes in (48..400).step_by(16) {
        let before = keys().len();
        let ran = ran(&limited(kilobytes * 1024), &arguments);
        if ran.code == 0 {
            break;
        }
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains("nothing was noted"), "{}", ran.stderr);
        stopped_between += usize::from(keys().len() > before);
    }
    assert_eq!(office.remind(DAY, &["--rate", "none"]).code, 0);
    let all = keys();
    let distinct: std::collections::BTreeSet<_> =
        all.iter().map(|key| key.to_str().unwrap()).collect();
    assert_eq!(distinct.len(), PEOPLE, "everybody was told once");
    assert!(
        all.len() <= PEOPLE + stopped_between,
        "only what was in flight came again"
    );
    assert!(office.remind(DAY, &[]).stderr.contains("0 messages sent"));
}

#[test]
fn a_full_disk_is_said_as_one() {
    let office = office(2);
    let folder = office.service.data.path();
    let script = "mount -t tmpfs -o size=192k tmpfs \"$1\" || exit 99
        cp \"$2\"/watch.sqlite \"$1\" && { cat /dev/zero > \"$1\"/fill; } 2>/dev/null
        \"$3\" track snooze 1 --will-not-renew --data-dir \"$1\"; echo \"snooze $?\"
        \"$3\" track list --data-dir \"$1\"; echo \"list $?\"
        rm \"$1\"/fill; \"$3\" track list --data-dir \"$1\"";
    let disk = TempDir::new().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_bonafide"));
    let tried = Command::new("unshare")
        .args(["-m", "sh", "-c", script, "sh"])
        .args([disk.path(), folder, program])
        .env("HOME", "/nonexistent-for-nobody")
        .output();
    let Some(output) = tried
        .ok()
        .filter(|output| output.stdout.starts_with(b"snooze"))
    else {
        skipped("leave to mount a small disk");
        return;
    };
    let (said, stderr) = (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    );
    assert!(said.starts_with("snooze 2\n"), "{said}\n{stderr}");
    assert!(
        said.contains("list 0\n") && said.contains("Person 1"),
        "{said}"
    );
    assert!(!said.contains("will not be renewed"), "{said}");
    for part in ["there is no space left for the list", "nothing was noted"] {
        assert!(stderr.contains(part), "{stderr}");
    }
}
