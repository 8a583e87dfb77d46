//! Files and folders that are somebody else's.

use std::os::unix::fs::{chown, lchown, symlink};

use super::*;

/// Some other user.
const OTHER: u32 = 54_321;

/// Gives something away. Only root can; where the tests run as root it must work.
#[expect(clippy::print_stderr, reason = "why a test did nothing must be said")]
fn gave_away(path: &Path) -> bool {
    match lchown(path, Some(OTHER), None) {
        Ok(()) => true,
        Err(error) => {
            assert!(!rustix::process::geteuid().is_root(), "{error}");
            eprintln!("SKIPPED: only root can make files of other users");
            false
        }
    }
}

#[test]
fn answers_of_others_are_not_believed() {
    let home = Home::new();
    assert_eq!(from(&home), "network");
    let cache = home.data().join("cache");
    for path in below(&cache) {
        if !gave_away(&path) {
            return;
        }
    }
    assert_eq!(from(&home), "network");
    // It was replaced by one of our own.
    assert_eq!(from(&home), "cache");
    gave_away(&cache);
    assert_eq!(from(&home), "network");
}

#[test]
fn what_others_wrote_in_the_data_directory_stops_the_run() {
    for (name, arguments) in [
        ("watch.sqlite", &["track", "list"][..]),
        ("watch.sqlite", &["remind", "--dry-run"]),
        ("redaction.key", &["verify", SHARE_LINK, "--redact"]),
        ("catalog/listing.json", &["verify", SHARE_LINK]),
        ("journals", &["batch", "list.csv", "-o", "out.csv"]),
    ] {
        let home = Home::new();
        for prepare in [
            &["track", "import", "watch.csv"][..],
            &["verify", SHARE_LINK, "--redact"],
            &["catalog", "update", "--yes"],
            &["batch", "list.csv", "-o", "out.csv"],
        ] {
            assert_eq!(home.run(prepare).code, 0);
        }
        if !gave_away(&home.data().join(name)) {
            return;
        }
        let ran = home.run(arguments);
        assert_eq!(ran.code, 2, "{name}: {}{}", ran.stdout, ran.stderr);
        let said = format!("it belongs to user {OTHER}");
        assert!(ran.stderr.contains(&said), "{name}: {}", ran.stderr);
    }
}

#[test]
fn a_data_directory_that_others_can_change_is_said_and_is_a_problem_to_the_doctor() {
    let home = Home::new();
    assert_eq!(home.run(&["track", "import", "watch.csv"]).code, 0);
    let said = "everybody may write to the data directory";
    assert!(!home.run(&["verify", SHARE_LINK]).stderr.contains(said));
    std::fs::set_permissions(home.data(), std::fs::Permissions::from_mode(0o777)).unwrap();
    let ran = home.run(&["verify", SHARE_LINK]);
    assert_eq!(ran.stderr.matches(said).count(), 1, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("(mode 0777): chmod 700 it"),
        "{}",
        ran.stderr
    );
    let doctor = home.run(&["doctor"]);
    assert!(doctor.stdout.contains(said), "{}", doctor.stdout);
    std::fs::set_permissions(home.data(), std::fs::Permissions::from_mode(0o700)).unwrap();
    if gave_away(&home.data()) {
        let ran = home.run(&["verify", SHARE_LINK]);
        let said = format!("belongs to user {OTHER}, who can change what is in it");
        assert!(ran.stderr.contains(&said), "{}", ran.stderr);
    }
}

#[test]
fn an_output_is_not_written_through_a_link_of_others() {
    let home = Home::new();
    let (link, target) = (home.path("out.csv"), home.path("precious"));
    std::fs::write(&target, "precious").unwrap();
    symlink(&target, &link).unwrap();
    // One's own is followed.
    assert_eq!(
        home.run(&["batch", "list.csv", "-o", "out.csv", "--force"])
            .code,
        0
    );
    assert_ne!(std::fs::read(&target).unwrap(), b"precious");
    std::fs::write(&target, "precious").unwrap();
    if !gave_away(&link) {
        return;
    }
    let ran = home.run(&["batch", "list.csv", "-o", "out.csv", "--force"]);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    let said = format!("is a link that user {OTHER} made");
    assert!(ran.stderr.contains(&said), "{}", ran.stderr);
    assert_eq!(std::fs::read(&target).unwrap(), b"precious");
    assert!(link.is_symlink());
}

#[test]
fn root_leaves_a_file_that_it_replaces_to_its_owner() {
    use std::os::unix::fs::MetadataExt as _;
    let home = Home::new();
    let file = home.path("out.csv");
    std::fs::write(&file, "").unwrap();
    if !gave_away(&file) {
        return;
    }
    chown(&file, None, Some(OTHER)).unwrap();
    assert_eq!(home.run(&["batch", "list.csv", "-o", "out.csv"]).code, 0);
    let found = file.metadata().unwrap();
    assert!(found.len() > 0);
    assert_eq!((found.uid(), found.gid()), (OTHER, OTHER));
}
