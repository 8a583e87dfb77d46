//! Wrong usage, the configuration and the output file.

use crate::harness::{DAY, RECORD_PATH, SHARE_LINK, Service, run, text};

#[test]
fn wrong_usage_exits_2_and_says_what_was_expected() {
    let cases: [(&[&str], &str); 9] = [
        (&["verify"], "LINK"),
        (
            &["verify", "x", "--as-of", "yesterday"],
            "expected a day such as 2026-11-22",
        ),
        (
            &["verify", "x", "--timeout", "20"],
            "expected a duration such as",
        ),
        (
            &["verify", "x", "--learn-url", "http://example.org"],
            "https",
        ),
        (
            &["verify", "x", "--expect-certification", "AZ-109"],
            "AZ-104",
        ),
        (&["verify", "x", "--rate", "fast"], "expected a rate"),
        (
            &["verify", "x", "--config", "/nonexistent/bonafide.toml"],
            "/nonexistent/bonafide.toml",
        ),
        (
            &["verify", "x", "--ca-file", "/nonexistent/ca.pem"],
            "/nonexistent/ca.pem",
        ),
        (&["verfy", "x"], "verify"),
    ];
    for (arguments, expected) in cases {
        let ran = run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stdout);
        assert!(
            ran.stderr.contains(expected),
            "{arguments:?}: {}",
            ran.stderr
        );
        assert_eq!(ran.stdout, "", "{arguments:?}");
    }
}

#[test]
fn a_configuration_gives_defaults_and_names_its_mistakes() {
    let service = Service::start();
    service.json(
        RECORD_PATH,
        &text("learn-credential/ai-engineer-retired.json"),
    );
    let config = service.data.path().join("config.toml");
    let path = config.to_str().unwrap();
    std::fs::write(
        &config,
        format!("learn-url = \"{}\"\ntimeout = \"5s\"\n", service.url()),
    )
    .unwrap();
    let ran = run(&[
        "verify",
        SHARE_LINK,
        "--no-cache",
        "--as-of",
        DAY,
        "--config",
        path,
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for (text, expected) in [
        ("timeot = \"5s\"", "timeot"),
        ("timeout = 5", "timeout"),
        ("timeout = \"5\"", "expected a duration"),
        ("learn-url = \"ftp://x\"", "learn-url"),
        ("= = =", "config.toml"),
    ] {
        std::fs::write(&config, text).unwrap();
        let ran = run(&["verify", SHARE_LINK, "--config", path]);
        assert_eq!(ran.code, 2, "{text}");
        assert!(
            ran.stderr.contains(expected) && ran.stderr.contains("config.toml"),
            "{text}: {}",
            ran.stderr
        );
    }
}

#[test]
fn the_document_can_go_to_a_file() {
    let service = Service::start();
    service.json(
        RECORD_PATH,
        &text("learn-credential/ai-engineer-retired.json"),
    );
    let file = service.data.path().join("result.json");
    let ran = service.verify(&[SHARE_LINK, "-o", file.to_str().unwrap()]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    assert!(
        std::fs::read_to_string(&file)
            .unwrap()
            .contains("\"retired\"")
    );
    let nowhere = service.data.path().join("no/such/folder/result.json");
    let ran = service.verify(&[SHARE_LINK, "-o", nowhere.to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("result.json"), "{}", ran.stderr);
}

/// As many a service's account has it.
#[cfg(unix)]
#[test]
fn a_home_that_is_no_folder_holds_no_configuration() {
    let service = Service::start();
    service.json(
        RECORD_PATH,
        &text("learn-credential/ai-engineer-retired.json"),
    );
    let mut command = crate::harness::bonafide();
    command
        .env("HOME", "/dev/null")
        .args(["verify", SHARE_LINK, "--as-of", DAY])
        .args(["--learn-url", &service.url()]);
    let ran = crate::harness::finish(&mut command);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}
