//! Links that somebody planted, in the data directory and beside an output.

use std::os::unix::fs::symlink;

use super::*;

/// What is there of somebody else's, and must stay as it is.
const THEIRS: &str = "somebody else's\n";

/// Where a link is planted, and what runs into it.
const PLANTED: [(&str, &[&str]); 9] = [
    ("cache", &["verify", SHARE_LINK]),
    ("journals", &["batch", "list.csv", "--fresh"]),
    ("catalog", &["catalog", "update", "--yes"]),
    ("watch.sqlite", &["track", "import", "watch.csv"]),
    ("watch.sqlite-wal", &["track", "import", "watch.csv"]),
    ("watch.lock", &["remind"]),
    ("redaction.key", &["verify", SHARE_LINK, "--redact"]),
    (
        "folders.json",
        &["verify", SHARE_LINK, "--save-evidence", "evidence"],
    ),
    (
        "folders.lock",
        &["verify", SHARE_LINK, "--save-evidence", "evidence"],
    ),
];

#[test]
fn no_link_in_the_data_directory_is_followed() {
    for (name, arguments) in PLANTED {
        let home = Home::new();
        let elsewhere = home.path("elsewhere");
        std::fs::create_dir_all(elsewhere.join("folder")).unwrap();
        std::fs::write(elsewhere.join("file"), THEIRS).unwrap();
        std::fs::create_dir(home.data()).unwrap();
        let is_folder = !name.contains('.');
        let to = if is_folder { "folder" } else { "file" };
        symlink(elsewhere.join(to), home.data().join(name)).unwrap();
        let ran = home.run(arguments);
        let said = format!("{name}: {} {}", ran.code, ran.stderr);
        assert!(
            ran.stderr.contains("link") || name.ends_with("wal"),
            "{said}"
        );
        assert_eq!(
            std::fs::read_to_string(elsewhere.join("file")).unwrap(),
            THEIRS,
            "{said}"
        );
        assert_eq!(
            below(&elsewhere.join("folder")),
            Vec::<PathBuf>::new(),
            "{said}"
        );
        // And where it leads to nothing, nothing is made there.
        let link = home.data().join(name);
        let _ = std::fs::remove_file(&link);
        symlink(elsewhere.join("absent"), &link).unwrap();
        home.run(arguments);
        assert!(!elsewhere.join("absent").exists(), "{said}");
    }
}

#[test]
fn a_list_that_is_a_link_is_read_by_nobody() {
    let home = Home::new();
    assert_eq!(home.run(&["track", "import", "watch.csv"]).code, 0);
    std::fs::rename(home.data().join("watch.sqlite"), home.path("list.sqlite")).unwrap();
    symlink(home.path("list.sqlite"), home.data().join("watch.sqlite")).unwrap();
    for arguments in [
        &["track", "list"][..],
        &["track", "export"],
        &["remind", "--dry-run"],
        &["calendar"],
        &["data", "show"],
    ] {
        let ran = home.run(arguments);
        assert!(!ran.stdout.contains("Jane"), "{arguments:?} {}", ran.stdout);
    }
}

#[test]
fn answers_are_not_taken_from_a_cache_that_is_a_link() {
    let home = Home::new();
    assert_eq!(from(&home), "network");
    assert_eq!(from(&home), "cache");
    let cache = home.data().join("cache");
    std::fs::rename(&cache, home.path("theirs")).unwrap();
    symlink(home.path("theirs"), &cache).unwrap();
    assert_eq!(from(&home), "network");
    // A file alone is no better.
    std::fs::remove_file(&cache).unwrap();
    std::fs::create_dir(&cache).unwrap();
    for file in below(&home.path("theirs")) {
        symlink(&file, cache.join(file.file_name().unwrap())).unwrap();
    }
    assert_eq!(from(&home), "network");
}

#[test]
fn the_data_directory_itself_may_be_a_link() {
    let home = Home::new();
    std::fs::create_dir(home.path("disk")).unwrap();
    symlink(home.path("disk"), home.data()).unwrap();
    for arguments in [
        &["verify", SHARE_LINK, "--redact"][..],
        &["batch", "list.csv", "-o", "out.csv"],
        &["catalog", "update", "--yes"],
        &["track", "import", "watch.csv"],
        &["track", "list"],
    ] {
        let ran = home.run(arguments);
        assert_eq!(
            (ran.code, ran.stderr.contains("link;")),
            (0, false),
            "{}",
            ran.stderr
        );
    }
    assert!(home.path("disk/watch.sqlite").is_file());
}

#[test]
fn fresh_empties_no_file_that_has_another_name_elsewhere() {
    let home = Home::new();
    // Once, to see what the journal is called.
    let never = ResponseTemplate::new(200).set_delay(Duration::from_mins(1));
    home.service.reset();
    home.service.answer(RECORD_PATH, never);
    let mut run = home
        .under("077", &["batch", "list.csv", "-o", "out.csv"])
        .spawn()
        .unwrap();
    while home.service.asked().is_empty() {
        std::thread::sleep(Duration::from_millis(10));
    }
    run.kill().unwrap();
    run.wait().unwrap();
    let journals = below(&home.data().join("journals"));
    let is_journal = |path: &&PathBuf| path.extension().is_some_and(|end| end == "jsonl");
    let journal = journals.iter().find(is_journal).unwrap();
    std::fs::remove_file(journal).unwrap();
    std::fs::write(home.path("theirs"), THEIRS).unwrap();
    std::fs::hard_link(home.path("theirs"), journal).unwrap();
    home.service.reset();
    let ran = home.run(&["batch", "list.csv", "-o", "out.csv"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    let ran = home.run(&["batch", "list.csv", "-o", "out.csv", "--fresh"]);
    assert_ne!(ran.code, 2, "{}", ran.stderr);
    assert_eq!(
        std::fs::read_to_string(home.path("theirs")).unwrap(),
        THEIRS
    );
}

#[test]
fn a_lock_beside_an_output_that_is_a_link_is_not_followed() {
    let home = Home::new();
    let readme = "# Project\n\n<!-- bonafide:certs -->\n<!-- /bonafide:certs -->\n";
    std::fs::write(home.path("README.md"), readme).unwrap();
    symlink(home.path("absent"), home.path(".bonafide-README.md.lock")).unwrap();
    let ran = home.run(&["badge", SHARE_LINK, "--update", "README.md"]);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert!(
        ran.stderr
            .contains(".bonafide-README.md.lock: it is a link"),
        "{}",
        ran.stderr
    );
    assert!(!home.path("absent").exists());
}
