//! What a page is not written for, and what it leaves alone.

#[cfg(target_os = "linux")]
use serde_json::json;

use super::{DAY, Desk, OWNER, administrator, fundamentals};
use crate::harness::finish;

#[test]
fn an_owner_who_is_not_understood_is_told_what_and_where() {
    for (owner, said) in [
        (
            "name = \"Jane Doe\"\nheadlin = \"x\"\n",
            "line 2: headlin is no key here; did you mean headline?",
        ),
        (
            "nam = \"Jane Doe\"\n",
            "line 1: nam is no key here; did you mean name?",
        ),
        ("name = \"007\"\n", "line 1: name holds no letter"),
        ("name = \".\"\n", "line 1: name holds no letter"),
        ("name = \"\u{1f389}\"\n", "line 1: name holds no letter"),
        ("name = \"\\u200b\"\n", "line 1: name is blank"),
        (
            "name = \"Jane Doe\"\nlinks = [\"javascript:alert(1)\"]\n",
            "line 2: the link cannot be verified: This is not a web link",
        ),
        (
            "name = \"Jane Doe\"\n",
            "names nothing to show; expected links, a transcript, or --evidence FILE",
        ),
        (
            "name = \"Jane Doe\"\nlinks = [\"https://learn-microsoft.com/api/credentials/20170DBC5AC04E38\"]\n",
            "line 2: the link cannot be verified: The link leads to learn-microsoft.com",
        ),
    ] {
        let desk = Desk::new(owner);
        let ran = finish(&mut desk.command("2026-11-22"));
        assert_eq!(ran.code, 2, "{owner}");
        assert!(ran.stderr.contains(said), "{owner}: {}", ran.stderr);
        assert!(ran.stderr.contains("page.toml"), "{}", ran.stderr);
        assert!(!desk.site("").exists(), "{owner}");
    }
}

#[test]
fn a_file_of_the_owner_that_is_not_there_is_shown_how_it_begins() {
    let desk = Desk::new(OWNER);
    std::fs::remove_file(desk.path().join("page.toml")).unwrap();
    let ran = finish(&mut desk.command("2026-11-22"));
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("there is no page.toml"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr
            .contains("links = [\"https://learn.microsoft.com/"),
        "{}",
        ran.stderr
    );
}

#[test]
fn files_that_are_not_the_pages_are_neither_replaced_nor_removed() {
    for name in ["index.html", "feed.xml", "favicon.svg", "credentials.json"] {
        let desk = Desk::with(OWNER, &[administrator()]);
        std::fs::create_dir(desk.site("")).unwrap();
        std::fs::write(desk.site(name), "{\"mine\": true}").unwrap();
        let ran = desk.run();
        assert_eq!(ran.code, 2, "{name}");
        assert!(ran.stderr.contains(name), "{}", ran.stderr);
        assert_eq!(desk.read(name), "{\"mine\": true}");
        let files: Vec<_> = std::fs::read_dir(desk.site("")).unwrap().collect();
        assert_eq!(files.len(), 1, "{files:?}");
    }
    let desk = Desk::with(OWNER, &[administrator()]);
    desk.run();
    std::fs::write(desk.site("about.html"), "mine").unwrap();
    std::fs::write(desk.site("badges/other.svg"), "mine").unwrap();
    assert_eq!(desk.run().code, 0);
    assert_eq!(desk.read("about.html"), "mine");
    assert_eq!(desk.read("badges/other.svg"), "mine");
}

#[test]
fn a_badge_of_a_credential_that_is_gone_goes_if_it_is_ours() {
    let mut desk = Desk::with(OWNER, &[administrator(), fundamentals(), fundamentals()]);
    desk.run();
    // Somebody put another picture in the place of one of them.
    std::fs::write(desk.site("badges/5D1E0C42A7B39F02.svg"), "<svg/>").unwrap();
    desk.put(&[administrator()]);
    assert_eq!(desk.run().code, 0);
    assert!(desk.site("badges/5D1E0C42A7B39F00.svg").exists());
    assert!(!desk.site("badges/5D1E0C42A7B39F01.svg").exists());
    assert!(!desk.site("badges/5D1E0C42A7B39F01-dark.svg").exists());
    assert_eq!(desk.read("badges/5D1E0C42A7B39F02.svg"), "<svg/>");
}

#[test]
fn an_earlier_page_cannot_name_files_elsewhere() {
    let desk = Desk::with(OWNER, &[administrator()]);
    desk.run();
    let outside = desk.path().join("precious.svg");
    std::fs::copy(desk.site("badges/5D1E0C42A7B39F00.svg"), &outside).unwrap();
    let changed = desk
        .read("credentials.json")
        .replace("badges/5D1E0C42A7B39F00.svg", "../precious.svg");
    std::fs::write(
        desk.site("credentials.json"),
        changed.replace("\"key\": \"5D1E0C42A7B39F00\"", "\"key\": \"X\""),
    )
    .unwrap();
    assert_eq!(desk.run().code, 0);
    assert!(outside.exists());
}

#[test]
fn standard_output_and_a_file_are_no_folder() {
    let desk = Desk::with(OWNER, &[administrator()]);
    for (output, said) in [
        ("-", "a page is a folder"),
        ("page.toml", "expected a folder"),
    ] {
        let mut command = desk.command("2026-11-22");
        // The last of the two counts for nobody: it is given once.
        let ran = finish(
            command
                .args(["-o", output, "--evidence"])
                .args(&desk.evidence),
        );
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains(said) || ran.stderr.contains("cannot be used multiple times"));
    }
}

#[test]
fn the_folder_of_another_persons_page_is_refused() {
    let desk = Desk::with(OWNER, &[administrator()]);
    desk.run();
    let before = desk.files();
    let owner = |name: &str| {
        std::fs::write(
            desk.path().join("page.toml"),
            format!("name = \"{name}\"\n"),
        )
        .unwrap();
        desk.run()
    };
    let ran = owner("John Smith");
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("site is the page of Jane Doe"),
        "{}",
        ran.stderr
    );
    assert_eq!(desk.files(), before);
    assert_eq!(owner("JANE DOE").code, 0);
}

/// A folder in which nobody can write, not even an administrator.
#[cfg(target_os = "linux")]
#[test]
fn a_badge_that_cannot_be_written_leaves_no_page_green() {
    let mut desk = Desk::with(OWNER, &[administrator()]);
    desk.run();
    assert!(desk.read("index.html").contains("class=\"good\""));
    std::fs::remove_dir_all(desk.site("badges")).unwrap();
    std::os::unix::fs::symlink("/proc", desk.site("badges")).unwrap();
    let mut revoked = administrator();
    revoked["credentialStatus"] = json!("Revoked");
    desk.put(&[revoked]);
    let ran = desk.run();
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("5D1E0C42A7B39F00.svg"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("not every file of site is up to date"),
        "{}",
        ran.stderr
    );
    assert!(!desk.read("index.html").contains("class=\"good\""));
    assert_eq!(desk.each("shown_as"), ["bad"]);
}

#[test]
fn what_rests_on_own_catalogue_rows_is_not_shown_as_known() {
    let desk = Desk::with(OWNER, &[administrator()]);
    let row = "[certification.azure-administrator]\nas_of = 2026-11-20\nexpires = true\nvalidity_months = 24\n";
    std::fs::write(desk.path().join("own.toml"), row).unwrap();
    let mut command = desk.command(DAY);
    command.args(["--catalog", "own.toml", "--evidence"]);
    let ran = finish(command.args(&desk.evidence));
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert_eq!(desk.each("shown_as"), ["unverified"]);
}
