//! On which day the issuer said so, and what follows where that is in doubt.

use super::{Desk, EXPIRED, GOOD, attribute};
use crate::harness::{DAY, bonafide, finish};

#[test]
fn what_is_judged_for_a_day_before_its_answer_is_never_green() {
    for (record, day) in [(EXPIRED, "2025-10-01"), (GOOD, "2026-11-21")] {
        let desk = Desk::new();
        let evidence = desk.evidence(record);
        let at = |form: &[&str]| {
            let mut command = bonafide();
            command
                .args(["badge", "--as-of", day, "--evidence", &evidence])
                .args(form)
                .current_dir(desk.0.path());
            finish(&mut command)
        };
        let ran = at(&[]);
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        assert_eq!(attribute(&ran.stdout, "data-tone").unwrap(), "unverified");
        assert_eq!(attribute(&ran.stdout, "data-checked").unwrap(), DAY);
        assert!(
            ran.stderr.contains("for a day before the issuer's answer"),
            "{}",
            ran.stderr
        );
        assert_eq!(at(&["--format", "shields"]).json()["isError"], true);
        assert_eq!(at(&["--linkedin"]).stdout, "");
        let resume = at(&["--json-resume"]).json();
        assert_eq!(resume, serde_json::json!({"certificates": []}));
        let linked = at(&["--json-ld"]).json();
        assert_eq!(linked["creativeWorkStatus"], "unverified");
        assert_eq!(linked["sdDatePublished"], DAY);
        assert!(linked.get("expires").is_none());
    }
}

#[test]
fn evidence_with_clocks_far_apart_is_never_green() {
    let desk = Desk::new();
    let evidence = desk.evidence(GOOD);
    let text = desk.read(&evidence).replace(
        "\"service_date\":\"2026-11-22",
        "\"service_date\":\"2027-11-22",
    );
    std::fs::write(desk.path(&evidence), text).unwrap();
    let ran = desk.badge(&["--evidence", &evidence]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("more than a day apart"),
        "{}",
        ran.stderr
    );
}
