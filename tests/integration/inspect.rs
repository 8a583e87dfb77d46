//! `bonafide inspect`, through the binary.

use crate::harness::{SHARE_LINK, SHARING_ID, run};

#[test]
fn the_link_of_the_readme_is_verifiable() {
    let ran = run(&["inspect", "--format", "json", SHARE_LINK]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let json = ran.json();
    let link = &json["links"][0];
    assert_eq!(json["schema_version"], 1);
    assert_eq!(link["input"], SHARE_LINK);
    assert_eq!(link["kind"], "credential-share");
    assert_eq!(link["verifiable"], true);
    assert_eq!(
        link["canonical"],
        "https://learn.microsoft.com/api/credentials/share/en-us/buchheister/20170DBC5AC04E38"
    );
    assert_eq!(link["user"], "buchheister");
    assert_eq!(link["locale"], "en-us");
    assert_eq!(link["credential_id"], "20170DBC5AC04E38");
    assert!(link["transcript_id"].is_null() && link["slug"].is_null());
    assert_eq!(link["sharing_id_present"], true);
    assert_eq!(link["findings"], serde_json::json!([]));
}

#[test]
fn what_people_read_does_not_hold_the_sharing_id() {
    let wrapped = format!(
        "https://www.linkedin.com/safety/go/?url={}",
        SHARE_LINK.replace('=', "%3D")
    );
    let ran = run(&["inspect", SHARE_LINK, &wrapped]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    assert!(!ran.stdout.contains(SHARING_ID), "{}", ran.stdout);
}

#[test]
fn each_sort_of_link_reads_well() {
    let ran = run(&[
        "inspect",
        SHARE_LINK,
        "[Verify](http://learn.microsoft.com/en-us/users/jo-1/credentials/ecf6d3c0b14c505d?ref=x).",
        "https://learn-microsoft.com/api/credentials/share/en-us/jo-1/20170DBC5AC04E38",
        "https://leаrn.microsoft.com/api/credentials/20170DBC5AC04E38",
        "https://learn.microsoft.com/en-us/users/me/credentials/61E788A1F33B1849",
        "https://learn.microsoft.com/en-us/users/jo-1/transcript",
        "https://www.credly.com/badges/3ed06b52-2c42-4696-ae9f-3801940fe2b4/public_url",
        "https://lnkd.in/abc",
        "see my profile",
    ]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(ran.stdout);
}

#[test]
fn some_that_are_not_verifiable_exit_1() {
    assert_eq!(run(&["inspect", SHARE_LINK, "https://lnkd.in/x"]).code, 1);
    assert_eq!(run(&["inspect", ""]).code, 1);
    assert_eq!(run(&["inspect"]).code, 2);
}
