//! The worked cases, each with its answer, and the table of the headline.

use chrono::{DateTime, Utc};

use super::*;
use crate::finding::Code;
use crate::record::{Authority, Listing, When};

const TODAY: &str = "2026-11-22T00:00:00Z";
const AI_ENGINEER: &str = "Microsoft Certified: Azure AI Engineer Associate";
const M365_EXPERT: &str = "Microsoft 365 Certified: Administrator Expert";
const ADMINISTRATOR: &str = "Microsoft Certified: Azure Administrator Associate";

fn at(text: &str) -> DateTime<Utc> {
    if text.len() == 10 {
        format!("{text}T00:00:00Z").parse().unwrap()
    } else {
        text.parse().unwrap()
    }
}

/// A credential that ends with the day, as the service's do.
fn held(title: &str, expires: &str) -> Record {
    let mut record = Record::blank(CredentialKind::Unknown, Authority::Issuer);
    record.title = Some(title.to_owned());
    if !expires.is_empty() {
        record.expires = When::At(format!("{expires}T23:59:59Z").parse().unwrap());
    }
    record
}

fn on(record: &Record, as_of: &str) -> Standing<'static> {
    judge(record, Catalog::embedded(), at(as_of))
}

fn codes(standing: &Standing<'_>) -> Vec<Code> {
    standing.findings.iter().map(Finding::code).collect()
}

/// The worked cases, each with its answer.
const CASES: &str = include_str!("../../fixtures/lifecycle/cases.tsv");

#[test]
fn every_worked_case_has_its_answer() {
    let cases: Vec<_> = CASES.lines().skip(1).collect();
    assert!(cases.len() >= 25);
    for case in cases {
        let [title, expires, as_of, expected @ ..] = &case.split('\t').collect::<Vec<_>>()[..]
        else {
            panic!("seven columns: {case}")
        };
        let standing = on(&held(title, expires), as_of);
        let date =
            |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
        let found = [
            standing.status.as_str().to_owned(),
            standing.renewal.state.as_str().to_owned(),
            date(standing.renewal.opens_on),
            date(standing.renewal.deadline),
        ];
        assert_eq!(found, expected, "{case}");
    }
}

#[test]
fn each_case_says_why() {
    let cases: [(Record, &str, &[Code]); 11] = [
        (
            held(AI_ENGINEER, "2027-01-11"),
            TODAY,
            &[Code::CertificationRetired],
        ),
        (
            held(AI_ENGINEER, "2027-01-11"),
            "2026-06-30",
            &[Code::CertificationRetiring, Code::NeverRenewableAgain],
        ),
        (
            held(M365_EXPERT, "2027-05-20"),
            TODAY,
            &[Code::CertificationRetiring, Code::LastChanceToRenew],
        ),
        (
            held(M365_EXPERT, "2027-06-30"),
            TODAY,
            &[Code::CertificationRetiring, Code::NeverRenewableAgain],
        ),
        (
            held(ADMINISTRATOR, "2027-05-22"),
            TODAY,
            &[Code::RenewalOpen],
        ),
        (held(ADMINISTRATOR, ""), TODAY, &[Code::ExpiryMissing]),
        (
            held("Azure Wizard", ""),
            TODAY,
            &[Code::UnknownCertification, Code::ExpiryMissing],
        ),
        (
            held("Microsoft Certified: Azure Fundamentals", ""),
            TODAY,
            &[],
        ),
        (
            held(
                "Microsoft Certified: Azure Cosmos DB Developer Specialty",
                "2027-09-01",
            ),
            TODAY,
            &[Code::CertificationRenamed],
        ),
        (
            held("Microsoft Certified: AI Business Professional", ""),
            TODAY,
            &[Code::ExpiryMissing, Code::OldCatalogue],
        ),
        (
            held(
                "Microsoft Certified: Windows Server Hybrid Administrator Associate",
                "2027-09-01",
            ),
            TODAY,
            &[Code::UnknownCertification],
        ),
    ];
    for (record, as_of, expected) in cases {
        assert_eq!(
            codes(&on(&record, as_of)),
            expected,
            "{:?} as of {as_of}",
            record.title
        );
    }
}

#[test]
fn both_names_of_one_certification_lead_to_it() {
    let before = on(
        &held(
            "Microsoft Certified: Azure Cosmos DB Developer Specialty",
            "",
        ),
        TODAY,
    );
    let after = on(
        &held(
            "Microsoft Certified: Azure Cosmos DB AI Developer Associate",
            "",
        ),
        TODAY,
    );
    assert_eq!(before.known.entry(), after.known.entry());
    assert_eq!(before.known.entry().unwrap().exams(), ["DP-420"]);
}

#[test]
fn the_issuers_word_counts_beside_the_dates() {
    // word, expires, status, finding
    let cases = [
        (
            "Active",
            "2026-11-21",
            Status::Expired,
            Some(Code::StatusDisagrees),
        ),
        ("Active", "2027-09-01", Status::Active, None),
        (
            "Expired",
            "2027-09-01",
            Status::Expired,
            Some(Code::StatusDisagrees),
        ),
        ("Expired", "", Status::Expired, None),
        (
            "Retired",
            "2027-09-01",
            Status::Retired,
            Some(Code::CertificationRetired),
        ),
        (
            "Retired",
            "2026-11-21",
            Status::Expired,
            Some(Code::CertificationRetired),
        ),
        ("Revoked", "2027-09-01", Status::Revoked, None),
        ("revoked", "2026-11-21", Status::Revoked, None),
        (
            "Suspended",
            "2027-09-01",
            Status::Undetermined,
            Some(Code::UnknownStatus),
        ),
        (
            "Suspended",
            "2026-11-21",
            Status::Expired,
            Some(Code::UnknownStatus),
        ),
        (
            "",
            "2027-09-01",
            Status::Undetermined,
            Some(Code::UnknownStatus),
        ),
    ];
    for (word, expires, status, code) in cases {
        let mut record = held(ADMINISTRATOR, expires);
        record.status = Some(IssuerStatus::parse(word));
        let standing = on(&record, TODAY);
        assert_eq!(standing.status, status, "{word} {expires}");
        assert_eq!(codes(&standing).first().copied(), code, "{word} {expires}");
    }
}

#[test]
fn the_issuers_word_is_held_against_the_day_it_was_said() {
    let on_the_day = |word: &str, said: &str, as_of: &str| {
        let mut record = held(ADMINISTRATOR, "2026-10-01");
        record.status = Some(IssuerStatus::parse(word));
        record.said_at = Some(at(said));
        let standing = on(&record, as_of);
        (
            standing.status,
            codes(&standing).contains(&Code::StatusDisagrees),
        )
    };
    // "Active", said while it was, is not wrong of a later day.
    assert_eq!(
        on_the_day("Active", "2026-09-01", "2026-11-22"),
        (Status::Expired, false)
    );
    assert_eq!(
        on_the_day("Active", "2026-11-01", "2026-11-22"),
        (Status::Expired, true)
    );
    // "Expired", said after the date, only repeats it, and tells nothing of an earlier day.
    assert_eq!(
        on_the_day("Expired", "2026-11-01", "2026-09-01"),
        (Status::NeedsRenewal, false)
    );
    assert_eq!(
        on_the_day("Expired", "2026-09-01", "2026-09-01"),
        (Status::Expired, true)
    );
}

#[test]
fn a_historical_entry_without_a_reason_is_not_taken_for_valid() {
    for status in [None, Some(IssuerStatus::Active)] {
        let mut record = held("Microsoft Certified: Azure Fundamentals", "");
        record.listing = Listing::Historical;
        record.status = status;
        let standing = on(&record, TODAY);
        assert_eq!(standing.status, Status::Undetermined);
        assert_eq!(codes(&standing), [Code::StatusDisagrees]);
    }
}

#[test]
fn dates_that_cannot_be_right_decide_nothing() {
    let mut record = held(ADMINISTRATOR, "2027-09-01");
    record.expires = When::Unreadable("soon".into());
    assert_eq!(on(&record, TODAY).status, Status::Undetermined);
    assert_eq!(codes(&on(&record, TODAY)), [Code::DateUnreadable]);

    let mut record = held(ADMINISTRATOR, "2027-09-01");
    record.earned = When::Unreadable("given twice and differently".into());
    assert_eq!(on(&record, TODAY).status, Status::Undetermined);
    assert_eq!(codes(&on(&record, TODAY)), [Code::DateUnreadable]);

    let mut record = held(ADMINISTRATOR, "2027-09-01");
    record.earned = When::At(at("2028-09-01"));
    assert_eq!(on(&record, TODAY).status, Status::Undetermined);
    assert_eq!(codes(&on(&record, TODAY)), [Code::ExpiryBeforeEarned]);

    record.earned = When::At(at("2026-11-23"));
    let standing = on(&record, TODAY);
    assert_eq!(standing.status, Status::Undetermined);
    assert_eq!(codes(&standing)[0], Code::EarnedInFuture);

    // Earned later on the very day that a date as-of names from its first second.
    record.earned = When::At(at("2026-11-22T10:00:00Z"));
    assert_eq!(on(&record, TODAY).status, Status::Active);
}

#[test]
fn terms_are_whole_years_give_or_take_a_day() {
    for (earned, expires, unusual) in [
        ("2021-03-05", "2027-03-05", false),
        ("2024-02-29", "2027-02-28", false),
        ("2024-02-29", "2027-03-01", false),
        ("2024-05-14", "2027-05-15", false),
        ("2024-05-14", "2027-05-16", true),
        ("2026-05-14", "2026-08-14", true),
        ("2019-02-08", "2022-08-08", true),
        ("2026-04-14", "2028-04-14", false),
    ] {
        let mut record = held(ADMINISTRATOR, expires);
        record.earned = When::At(at(earned));
        let found = codes(&on(&record, "2025-12-01")).contains(&Code::UnusualValidity)
            || codes(&on(&record, TODAY)).contains(&Code::UnusualValidity);
        assert_eq!(found, unusual, "{earned} to {expires}");
    }
}

#[test]
fn office_specialist_ends_only_if_earned_under_the_new_rule() {
    let title = "Microsoft Office Specialist: Excel Associate (Microsoft 365 Apps)";
    for (earned, status) in [
        ("2025-09-01", Status::Active),
        ("2025-09-02", Status::Undetermined),
        ("", Status::Undetermined),
    ] {
        let mut record = held(title, "");
        if !earned.is_empty() {
            record.earned = When::At(at(earned));
        }
        assert_eq!(on(&record, TODAY).status, status, "{earned}");
    }
}

#[test]
fn an_unlisted_title_of_an_ended_programme_is_retired_and_valid() {
    let mut record = held(
        "Microsoft Certified Solutions Developer: Web Applications",
        "",
    );
    record.status = Some(IssuerStatus::Active);
    assert_eq!(on(&record, TODAY).status, Status::Retired);
}

#[test]
fn days_left_are_rounded_down_and_never_clamped() {
    for (expires, as_of, days) in [
        ("2027-05-14", TODAY, 173),
        ("2026-11-22", TODAY, 0),
        ("2026-11-22", "2026-11-22T23:59:59Z", 0),
        ("2026-11-22", "2026-11-23", -1),
        ("2026-11-21", "2026-11-22T23:59:59Z", -1),
        ("2026-11-21", "2026-11-23", -2),
    ] {
        assert_eq!(
            on(&held(ADMINISTRATOR, expires), as_of).days_left,
            Some(days),
            "{expires} {as_of}"
        );
    }
    assert_eq!(on(&held(ADMINISTRATOR, ""), TODAY).days_left, None);
}

#[test]
fn the_headline_is_the_table() {
    let expired = Validity::Expired { since: None };
    let valid = Validity::Valid {
        until: Some(at("2027-01-01")),
    };
    let endless = Validity::Valid { until: None };
    let unknown = Validity::CannotTell(Doubt::NoRecord);
    let open = Renewal {
        is_due: true,
        ..Renewal::unknown()
    };
    let shut = Renewal::unknown();
    let (current, retiring, retired) =
        (State::Current, State::Retiring(None), State::Retired(None));
    for (validity, state, renewal, status) in [
        (&expired, current, &shut, Status::Expired),
        (&expired, retired, &open, Status::Expired),
        (&Validity::Revoked, current, &open, Status::Revoked),
        (&Validity::Revoked, retired, &shut, Status::Revoked),
        (&valid, retired, &open, Status::Retired),
        (&endless, retired, &shut, Status::Retired),
        (&valid, current, &open, Status::NeedsRenewal),
        (&valid, retiring, &open, Status::NeedsRenewal),
        (&valid, current, &shut, Status::Active),
        (&valid, retiring, &shut, Status::Active),
        (&endless, current, &shut, Status::Active),
        (&unknown, retired, &open, Status::Undetermined),
        (&unknown, current, &shut, Status::Undetermined),
    ] {
        assert_eq!(
            headline(validity, state, renewal),
            status,
            "{validity:?} {state:?}"
        );
    }
}
