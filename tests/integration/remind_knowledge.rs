//! What `bonafide remind` knows of certifications, and whose word that is.

use crate::harness::{DAY, RECORD_PATH, bonafide, finish};
use crate::remind::{CONFIG, Office, RECORD};
use crate::track::track;

#[test]
fn a_successor_that_has_retired_itself_is_recommended_to_nobody() {
    let office = Office::open(CONFIG);
    let title = "Microsoft Certified: Dynamics 365 Customer Insights (Journeys) Functional Consultant Associate";
    office.service.json(
        RECORD_PATH,
        &RECORD.replace("Microsoft Certified: Azure Administrator Associate", title),
    );
    let ran = office.remind(DAY, &[]);
    let said = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    // What followed it, the Customer Experience Analyst, retired on 2026-07-31.
    assert!(
        said.contains("Earn its successor by exam: Microsoft Certified: Dynamics 365 Sales AI Consultant Associate."),
        "{said}"
    );
}

#[test]
fn what_everybody_may_know_is_told_without_a_word_on_own_rows() {
    let office = Office::open(CONFIG);
    office.service.json(RECORD_PATH, RECORD);
    let own = office.service.data.path().join("own.toml");
    // A row of another certification makes no difference here.
    let row = "[certification.azure-ai-engineer]\nas_of = 2026-11-20\n";
    std::fs::write(&own, row).unwrap();
    let ran = office.remind(DAY, &["--catalog", own.to_str().unwrap()]);
    assert!(ran.stdout.contains("9 days left"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("own catalogue"), "{}", ran.stdout);
}

#[test]
fn what_is_tracked_says_where_own_rows_decide() {
    let office = Office::open(CONFIG);
    office.service.json(RECORD_PATH, RECORD);
    assert_eq!(office.remind(DAY, &[]).code, 0);
    let data = office.service.data.path();
    let own = data.join("own.toml");
    let row = "[certification.azure-administrator]\nas_of = 2026-11-20\nretires_on = 2026-11-25\n";
    std::fs::write(&own, row).unwrap();
    let own = own.to_str().unwrap();
    let list = ["list", "--as-of", DAY];
    let with = [&list[..], &["--catalog", own]].concat();
    let (with, without) = (track(data, &with), track(data, &list));
    assert!(
        with.stdout.contains("rests on your own catalogue"),
        "{}",
        with.stdout
    );
    assert!(!without.stdout.contains("own catalogue"));
    let json = track(
        data,
        &["list", "--as-of", DAY, "--format", "json", "--catalog", own],
    )
    .json();
    assert_eq!(json["entries"][0]["own_catalogue"], true);
    assert_eq!(json["entries"][0]["deadline"], "2026-11-25");
    let json = track(data, &["list", "--as-of", DAY, "--format", "json"]).json();
    assert_eq!(json["entries"][0]["own_catalogue"], false);

    let calendar = |arguments: &[&str]| {
        let mut command = bonafide();
        command
            .args(["calendar", "--as-of", DAY, "--data-dir"])
            .arg(data);
        finish(command.args(arguments)).stdout.replace("\r\n ", "")
    };
    let said = "This rests on an own catalogue\\, and is not common knowledge.";
    let with = calendar(&["--catalog", own]);
    assert!(
        with.contains(said) && with.contains("VALUE=DATE:20261125"),
        "{with}"
    );
    assert!(!calendar(&[]).contains("own catalogue"));
}

#[test]
fn what_its_owner_knows_of_a_retirement_is_told() {
    let office = Office::open(CONFIG);
    office.service.json(RECORD_PATH, RECORD);
    let own = office.service.data.path().join("own.toml");
    let row = "[certification.azure-administrator]\nas_of = 2026-11-20\nretires_on = 2026-11-01\n";
    std::fs::write(&own, row).unwrap();
    let ran = office.remind(DAY, &["--catalog", own.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("Retired"), "{}", ran.stdout);
    // Its reader cannot know that Microsoft never said so.
    let said = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("This rests on the sender's own catalogue, and is not common knowledge."),
        "{said}"
    );
    std::fs::write(&own, "certification = 1").unwrap();
    let ran = office.remind("2026-11-23", &["--catalog", own.to_str().unwrap()]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
}
