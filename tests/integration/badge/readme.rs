//! `bonafide badge --update`: badges in a README.

use super::{Desk, EXPIRED, GOOD, NOBODY, RETIRED, tone};
use crate::harness::{RECORD_PATH, Service};

const MARKERS: &str = "<!-- bonafide:certs -->\n<!-- /bonafide:certs -->\n";
const BADGE: &str = "[![Microsoft Certified: Azure Administrator Associate: valid until 2027-09-01, checked 2026-11-22](badges/20170dbc5ac04e38.svg)](https://learn.microsoft.com/api/credentials/share/en-us/buchheister/20170DBC5AC04E38)";

#[test]
fn one_command_leads_from_a_link_to_a_badge_in_a_readme() {
    let desk = Desk::new();
    let evidence = desk.evidence(GOOD);
    std::fs::write(desk.path("README.md"), "# My project\n\nText.\n").unwrap();
    let update = [
        "--evidence",
        &evidence,
        "--update",
        "README.md",
        "--add-marker",
    ];
    let ran = desk.badge(&update);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (0, "README.md: changed\n"),
        "{}",
        ran.stderr
    );
    let expected = format!(
        "# My project\n\n<!-- bonafide:certs -->\n{BADGE}\n<!-- /bonafide:certs -->\n\nText.\n"
    );
    assert_eq!(desk.read("README.md"), expected);
    assert_eq!(tone(&desk.path("badges/20170dbc5ac04e38.svg")), "good");

    let before = std::fs::metadata(desk.path("README.md"))
        .unwrap()
        .modified()
        .unwrap();
    let ran = desk.badge(&update);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (0, "README.md: unchanged\n")
    );
    let after = std::fs::metadata(desk.path("README.md"))
        .unwrap()
        .modified()
        .unwrap();
    assert_eq!(before, after, "an unchanged file is not written");
}

#[test]
fn a_list_of_credentials_keeps_its_order() {
    let desk = Desk::new();
    let one = desk.evidence(GOOD);
    let url = "https://learn.microsoft.com/api/credentials/90C4E7711BD2A86E";
    let two = desk.saved(url, "learn-credential", url, RETIRED);
    std::fs::create_dir(desk.path("docs")).unwrap();
    std::fs::write(desk.path("docs/README.md"), MARKERS).unwrap();
    let update = [
        "--update",
        "docs/README.md",
        "--dir",
        "img",
        "--theme",
        "auto",
    ];
    let ran = desk.badge(&[&["--evidence", &two, &one], &update[..]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let text = desk.read("docs/README.md");
    let images = ["../img/90c4e7711bd2a86e.svg", "../img/20170dbc5ac04e38.svg"];
    let places = images.map(|image| text.find(image).unwrap());
    assert!(places[0] < places[1], "{text}");
    assert!(
        text.contains("srcset=\"../img/90c4e7711bd2a86e-dark.svg\""),
        "{text}"
    );
    assert_eq!(text.lines().count(), 4, "{text}");
    // Twice the same is one badge.
    let ran = desk.badge(&[&["--evidence", &one, &one], &update[..]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(desk.read("docs/README.md").lines().count(), 3);
}

#[test]
fn nothing_but_the_place_is_touched() {
    let desk = Desk::new();
    let evidence = desk.evidence(GOOD);
    for (before, after) in [
        (
            "\u{feff}# A \r\n<!-- bonafide:certs -->\r\nold\r\n<!-- /bonafide:certs -->\r\n\ttail  \r\n\r\n",
            format!(
                "\u{feff}# A \r\n<!-- bonafide:certs -->\r\n{BADGE}\r\n<!-- /bonafide:certs -->\r\n\ttail  \r\n\r\n"
            ),
        ),
        (
            "no newline <!-- bonafide:certs --><!-- /bonafide:certs --> at the end",
            format!(
                "no newline <!-- bonafide:certs -->\n{BADGE}\n<!-- /bonafide:certs --> at the end"
            ),
        ),
    ] {
        std::fs::write(desk.path("README.md"), before).unwrap();
        let ran = desk.badge(&["--evidence", &evidence, "--update", "README.md"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert_eq!(desk.read("README.md"), after);
    }
}

#[test]
fn a_readme_without_its_markers_is_refused_before_anything_is_asked() {
    let service = Service::start();
    service.json(RECORD_PATH, GOOD);
    let (open, close) = ("<!-- bonafide:certs -->", "<!-- /bonafide:certs -->");
    for (text, says) in [
        ("# A\n".to_owned(), "found neither"),
        (format!("{open}\n"), "found only"),
        (format!("{open}\n{open}\n{close}\n"), "found it 2 times"),
        (format!("{close}\n{open}\n"), "found it after"),
        (format!("```\n{open}\n{close}\n```\n"), "found neither"),
    ] {
        let desk = Desk::new();
        std::fs::write(desk.path("README.md"), &text).unwrap();
        let ran = desk.badge_at(&service.url(), &["--update", "README.md"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{text}");
        assert!(
            ran.stderr.contains(says) && ran.stderr.contains("README.md"),
            "{}",
            ran.stderr
        );
        assert_eq!(desk.read("README.md"), text);
        assert!(!desk.path("badges").exists());
    }
    assert!(service.asked().is_empty());
    let desk = Desk::new();
    std::fs::write(desk.path("README.md"), b"\xff\xfe#\0").unwrap();
    let ran = desk.badge_at(&service.url(), &["--update", "README.md"]);
    assert!(
        ran.code == 2 && ran.stderr.contains("UTF-8"),
        "{}",
        ran.stderr
    );
}

#[test]
fn another_place_between_the_markers_is_never_lost() {
    let desk = Desk::new();
    let evidence = desk.evidence(GOOD);
    let text = "<!-- bonafide:certs -->\n<!-- bonafide:more -->\n<!-- /bonafide:certs -->\n<!-- /bonafide:more -->\n";
    std::fs::write(desk.path("README.md"), text).unwrap();
    let ran = desk.badge(&["--evidence", &evidence, "--update", "README.md"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("found <!-- bonafide:more --> there"),
        "{}",
        ran.stderr
    );
    assert_eq!(desk.read("README.md"), text);
}

#[test]
fn two_updates_at_once_lose_nothing() {
    let desk = Desk::new();
    let evidence = desk.evidence(GOOD);
    let names: Vec<_> = (0..6).map(|at| format!("place-{at}")).collect();
    let places = names
        .iter()
        .map(|name| format!("<!-- bonafide:{name} -->\n<!-- /bonafide:{name} -->\n"));
    let places = places.collect::<Vec<_>>().join("\n");
    std::fs::write(desk.path("README.md"), places).unwrap();
    std::thread::scope(|scope| {
        for name in &names {
            let update = ["--update", "README.md", "--marker", name];
            let given = [&["--evidence", &evidence], &update[..]].concat();
            let desk = &desk;
            scope.spawn(move || assert_eq!(desk.badge(&given).code, 0));
        }
    });
    let text = desk.read("README.md");
    assert_eq!(text.matches("20170dbc5ac04e38.svg").count(), 6, "{text}");
    let hidden = std::fs::read_dir(desk.0.path()).unwrap();
    let left = hidden.filter(|it| {
        let name = it.as_ref().unwrap().file_name();
        name.to_string_lossy().starts_with(".bonafide")
    });
    assert_eq!(left.count(), 0);
}

#[test]
fn a_picture_that_is_no_longer_listed_is_removed() {
    let desk = Desk::new();
    let one = desk.evidence(GOOD);
    let url = "https://learn.microsoft.com/api/credentials/90C4E7711BD2A86E";
    let two = desk.saved(url, "learn-credential", url, RETIRED);
    std::fs::write(desk.path("README.md"), MARKERS).unwrap();
    let update = ["--update", "README.md", "--theme", "auto"];
    desk.badge(&[&["--evidence", &one, &two], &update[..]].concat());
    std::fs::write(desk.path("badges/theirs.svg"), "<svg/>").unwrap();
    let ran = desk.badge(&[&["--evidence", &two], &update[..]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for name in ["20170dbc5ac04e38.svg", "20170dbc5ac04e38-dark.svg"] {
        assert!(!desk.path("badges").join(name).exists());
        assert!(
            ran.stderr.contains(&format!("{name}: removed")),
            "{}",
            ran.stderr
        );
    }
    for name in ["90c4e7711bd2a86e.svg", "theirs.svg"] {
        assert!(desk.path("badges").join(name).exists());
    }
}

#[test]
fn a_readme_is_updated_though_a_credential_failed() {
    let desk = Desk::new();
    let evidence = desk.evidence(EXPIRED);
    std::fs::write(desk.path("README.md"), MARKERS).unwrap();
    let ran = desk.badge(&["--evidence", &evidence, "--update", "README.md"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, "README.md: changed\n"));
    assert!(desk.read("README.md").contains("expired 2026-05-14"));
    assert_eq!(tone(&desk.path("badges/20170dbc5ac04e38.svg")), "bad");
}

#[test]
fn a_kept_badge_leaves_the_readme_as_it_was() {
    let desk = Desk::new();
    let evidence = desk.evidence(GOOD);
    std::fs::write(desk.path("README.md"), MARKERS).unwrap();
    desk.badge(&["--evidence", &evidence, "--update", "README.md"]);
    let before = desk.read("README.md");
    let ran = desk.badge_at(NOBODY, &["--update", "README.md", "--keep-on-error"]);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (3, "README.md: unchanged\n"),
        "{}",
        ran.stderr
    );
    assert_eq!(desk.read("README.md"), before);
    let ran = desk.badge_at(NOBODY, &["--update", "README.md"]);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (3, "README.md: changed\n"),
        "{}",
        ran.stderr
    );
    assert!(!desk.read("README.md").contains("valid until"));
    assert_eq!(
        tone(&desk.path("badges/20170dbc5ac04e38.svg")),
        "unverified"
    );
}

#[test]
fn other_markups_have_their_own_comments() {
    let desk = Desk::new();
    let evidence = desk.evidence(GOOD);
    for (file, begins) in [
        (
            "README.adoc",
            "= A\n\n// <!-- bonafide:certs -->\nimage:badges/20170dbc5ac04e38.svg[",
        ),
        (
            "README.rst",
            "= A\n\n.. <!-- bonafide:certs -->\n.. image:: badges/20170dbc5ac04e38.svg\n",
        ),
        ("README.html", "= A\n\n<!-- bonafide:certs -->\n<a href="),
    ] {
        std::fs::write(desk.path(file), "= A\n").unwrap();
        let update = ["--evidence", &evidence, "--update", file, "--add-marker"];
        let ran = desk.badge(&update);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(desk.read(file).starts_with(begins), "{}", desk.read(file));
        assert_eq!(desk.badge(&update).stdout, format!("{file}: unchanged\n"));
    }
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let evidence = desk.evidence(GOOD);
    let real = desk.path("REAL.md");
    std::fs::write(&real, MARKERS).unwrap();
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink(&real, desk.path("README.md")).unwrap();
    let ran = desk.badge(&["--evidence", &evidence, "--update", "README.md"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(desk.path("README.md").is_symlink());
    assert_eq!(
        std::fs::metadata(&real).unwrap().permissions().mode() & 0o777,
        0o640
    );
    assert!(
        std::fs::read_to_string(&real)
            .unwrap()
            .contains("20170dbc5ac04e38.svg")
    );
}
