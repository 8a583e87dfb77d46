//! What is green, and what is said.

use proptest::prelude::*;

use super::*;
use crate::catalog::Catalog;
use crate::check::holder::HolderMatch;
use crate::check::{Expectation, Outcome};
use crate::finding::{Code, Finding};
use crate::link;
use crate::source::{Answerer, Asked as Request, Evidence, EvidenceKind, Origin};
use crate::verify::{AsOf, Terms, again};

pub(crate) const LINK: &str = "https://learn.microsoft.com/api/credentials/share/en-us/JoDoe-1/20170DBC5AC04E38?sharingId=C72B4F60A795D7E4";

/// A record as the issuer answers, judged on a day.
fn judged(body: &str, day: &str, answerer: Answerer) -> (Verification<'static>, DateTime<Utc>) {
    let as_of = AsOf::day(day.parse().unwrap());
    let asked = [Request {
        kind: EvidenceKind::LearnCredential,
        url: "https://learn.microsoft.com/api/credentials/20170DBC5AC04E38".to_owned(),
        exchange: Ok(Evidence {
            kind: EvidenceKind::LearnCredential,
            url: "https://learn.microsoft.com/api/credentials/20170DBC5AC04E38".to_owned(),
            answerer,
            status: 200,
            content_type: None,
            fetched_at: Some("2026-11-22T09:00:00Z".parse().unwrap()),
            service_date: None,
            sha256: String::new(),
            received_bytes: None,
            body: body.as_bytes().to_vec(),
            origin: Origin::Evidence,
        }),
    }];
    let terms = Terms {
        catalog: Catalog::embedded(),
        as_of,
        expected: &Expectation::default(),
    };
    let mut trip = again(Some(LINK), &asked, &terms);
    (trip.verifications.remove(0), as_of.instant())
}

pub(crate) fn shown(body: &str, day: &str) -> Shown {
    let (one, as_of) = judged(body, day, Answerer::Issuer);
    Shown::of(&one, as_of, Asked::default())
}

pub(crate) fn german(body: &str, day: &str) -> Shown {
    let (one, as_of) = judged(body, day, Answerer::Issuer);
    let asked = Asked {
        language: Language::German,
        ..Asked::default()
    };
    Shown::of(&one, as_of, asked)
}

/// With its holder named.
pub(crate) fn named(body: &str, day: &str) -> Shown {
    let (one, as_of) = judged(body, day, Answerer::Issuer);
    let asked = Asked {
        holder: Holder::Named,
        ..Asked::default()
    };
    Shown::of(&one, as_of, asked)
}

pub(crate) const RENEWING: &str = r#"{"title":"Microsoft Certified: Azure Administrator Associate","awardedOn":"2024-03-01","expiresOn":"2027-03-01"}"#;
pub(crate) const ADMINISTRATOR: &str = r#"{"title":"Microsoft Certified: Azure Administrator Associate","userDisplayName":"Jo Doe","awardedOn":"2024-09-01","expiresOn":"2027-09-01"}"#;
pub(crate) const MS_102: &str =
    r#"{"title":"Microsoft 365 Certified: Administrator Expert","expiresOn":"2027-05-20"}"#;
pub(crate) const AI_ENGINEER: &str =
    r#"{"title":"Microsoft Certified: Azure AI Engineer Associate","expiresOn":"2027-05-14"}"#;
pub(crate) const FUNDAMENTALS: &str = r#"{"title":"Microsoft Certified: Azure Fundamentals"}"#;
pub(crate) const REVOKED: &str =
    r#"{"title":"Microsoft Certified: Azure Fundamentals","status":"Revoked"}"#;
pub(crate) const EXPIRED: &str = r#"{"title":"Microsoft Certified: Azure Administrator Associate","awardedOn":"2024-05-14","expiresOn":"2026-05-14"}"#;
pub(crate) const NO_EXPIRY: &str =
    r#"{"title":"Microsoft Certified: Azure Administrator Associate"}"#;

#[test]
fn every_standing_has_its_words_and_its_tone() {
    for (body, day, tone, english, in_german) in [
        (
            ADMINISTRATOR,
            "2026-11-22",
            Tone::Good,
            "valid until 2027-09-01",
            "gültig bis 2027-09-01",
        ),
        (
            ADMINISTRATOR,
            "2027-04-01",
            Tone::Attention,
            "valid until 2027-09-01, renewal open, unconfirmed since 2026-11-22",
            "gültig bis 2027-09-01, Verlängerung offen, unbestätigt seit 2026-11-22",
        ),
        (
            ADMINISTRATOR,
            "2027-09-02",
            Tone::Bad,
            "expired 2027-09-01, unconfirmed since 2026-11-22",
            "abgelaufen 2027-09-01, unbestätigt seit 2026-11-22",
        ),
        (
            MS_102,
            "2026-11-22",
            Tone::Attention,
            "valid until 2027-05-20, renew by 2026-11-30",
            "gültig bis 2027-05-20, zu verlängern bis 2026-11-30",
        ),
        (
            AI_ENGINEER,
            "2026-11-22",
            Tone::Attention,
            "retired, valid until 2027-05-14",
            "eingestellt, gültig bis 2027-05-14",
        ),
        (
            FUNDAMENTALS,
            "2026-11-22",
            Tone::Good,
            "valid, no expiry",
            "gültig, läuft nicht ab",
        ),
        (REVOKED, "2026-11-22", Tone::Bad, "revoked", "widerrufen"),
        (
            NO_EXPIRY,
            "2026-11-22",
            Tone::Unverified,
            "unverified",
            "ungeprüft",
        ),
        (
            "{}",
            "2026-11-22",
            Tone::Unverified,
            "unverified",
            "ungeprüft",
        ),
    ] {
        let one = shown(body, day);
        assert_eq!((one.tone(), one.message()), (tone, english), "{body} {day}");
        assert_eq!(german(body, day).message(), in_german, "{body} {day}");
        assert_eq!(one.unproven().is_some(), tone == Tone::Unverified);
        assert_eq!(one.reason().is_some(), tone == Tone::Unverified);
    }
}

#[test]
fn what_is_shown_names_nobody_and_holds_no_secret_unless_asked() {
    let one = shown(ADMINISTRATOR, "2026-11-22");
    assert_eq!(one.holder, None);
    assert_eq!(one.short_title(), "Azure Administrator Associate");
    assert_eq!(one.exam(), Some("AZ-104"));
    assert_eq!(one.checked(), "checked 2026-11-22");
    assert_eq!(
        one.link.as_deref(),
        Some("https://learn.microsoft.com/api/credentials/share/en-us/JoDoe-1/20170DBC5AC04E38")
    );
    assert!(!format!("{one:?}").contains("C72B4F60A795D7E4"));
    let (judged, as_of) = judged(ADMINISTRATOR, "2026-11-22", Answerer::Issuer);
    let asked = Asked {
        holder: Holder::Named,
        ..Asked::default()
    };
    assert_eq!(
        Shown::of(&judged, as_of, asked).holder.as_deref(),
        Some("Jo Doe")
    );
}

#[test]
fn the_check_is_as_old_as_its_evidence() {
    for (day, checked) in [
        ("2026-11-22", "2026-11-22"),
        ("2026-12-24", "2026-11-22"),
        ("2026-11-01", "2026-11-22"),
    ] {
        assert_eq!(shown(ADMINISTRATOR, day).checked_on.to_string(), checked);
    }
}

#[test]
fn what_is_judged_for_a_day_before_its_answer_is_unverified() {
    for body in [ADMINISTRATOR, EXPIRED, REVOKED] {
        for day in ["2024-10-01", "2026-11-21"] {
            let one = shown(body, day);
            assert_eq!(one.tone(), Tone::Unverified, "{body} {day}");
            assert_eq!(one.unproven(), Some(Unproven::BeforeTheAnswer));
            assert_eq!(one.checked_on.to_string(), "2026-11-22");
            assert!(
                german(body, day)
                    .reason()
                    .unwrap()
                    .contains("vor der Antwort")
            );
        }
    }
    // The answer came at nine, and the day begins at midnight.
    assert_eq!(shown(ADMINISTRATOR, "2026-11-22").tone(), Tone::Good);
}

#[test]
fn a_run_that_began_before_midnight_still_has_its_answer() {
    let (mut one, _) = judged(ADMINISTRATOR, "2026-11-22", Answerer::Issuer);
    let from = one.provenance.as_mut().unwrap();
    from.fetched_at = Some("2026-11-22T00:00:10Z".parse().unwrap());
    let as_of: DateTime<Utc> = "2026-11-21T23:59:50Z".parse().unwrap();
    for (origin, tone) in [
        (Origin::Network, Tone::Good),
        (Origin::Evidence, Tone::Unverified),
    ] {
        one.provenance.as_mut().unwrap().origin = origin;
        assert_eq!(Shown::of(&one, as_of, Asked::default()).tone(), tone);
    }
}

#[test]
fn an_answer_of_which_the_day_is_in_doubt_is_unverified() {
    for (service_date, why) in [
        ("2026-11-22T10:00:00Z", None),
        ("2026-11-20T09:00:00Z", Some(Unproven::ClocksApart)),
        ("2028-01-01T09:00:00Z", Some(Unproven::ClocksApart)),
    ] {
        let (mut one, as_of) = judged(ADMINISTRATOR, "2026-11-22", Answerer::Issuer);
        one.provenance.as_mut().unwrap().service_date = Some(service_date.parse().unwrap());
        let one = Shown::of(&one, as_of, Asked::default());
        assert_eq!(one.unproven(), why, "{service_date}");
        assert_eq!(one.tone() == Tone::Unverified, why.is_some());
    }
}

#[test]
fn what_another_host_says_is_unverified() {
    for (answerer, why) in [
        (
            Answerer::Other("mirror.example".to_owned()),
            Unproven::NotTheIssuer,
        ),
        (Answerer::Unknown, Unproven::FileByHand),
    ] {
        for body in [ADMINISTRATOR, REVOKED] {
            let (one, as_of) = judged(body, "2026-11-22", answerer.clone());
            let one = Shown::of(&one, as_of, Asked::default());
            assert_eq!(one.tone(), Tone::Unverified);
            assert_eq!(one.message(), "unverified");
            assert_eq!(one.unproven(), Some(why));
        }
    }
}

#[test]
fn a_transcript_is_linked_only_if_that_was_asked_for() {
    let text = "https://learn.microsoft.com/en-us/users/jo-1/transcript/abcdefghij12345";
    let link = link::judge(text);
    assert!(link.is_verifiable());
    assert_eq!(address::of(&link, Transcript::LeftOut), None);
    assert!(address::of(&link, Transcript::Linked).is_some());
}

#[test]
fn a_strangers_text_is_cleaned_and_bounded() {
    let title = format!("\u{202e}</text><script>{}", "x".repeat(500));
    let body = serde_json::json!({"title": title, "expiresOn": "2027-09-01"}).to_string();
    let one = shown(&body, "2026-11-22");
    assert!(one.title.starts_with("</text><script>x"));
    assert_eq!(one.title.chars().count(), LONGEST);
    assert!(one.title.ends_with('…'));
}

fn any_code() -> impl Strategy<Value = Code> {
    prop::sample::select(Code::ALL)
}

proptest! {
    /// Whatever is put together, in however inconsistent a way.
    #[test]
    fn nothing_but_a_passed_and_valid_credential_is_green(
        status in prop::sample::select(&Status::ALL[..]),
        outcome in prop::sample::select(vec![Outcome::Passed, Outcome::Undetermined, Outcome::Failed]),
        codes in prop::collection::vec(any_code(), 0..4),
        cannot_tell in any::<bool>(),
        origin in prop::sample::select(vec![Origin::Network, Origin::Cache, Origin::Evidence, Origin::Demo]),
        has_provenance in any::<bool>(),
    ) {
        let (mut one, as_of) = judged(ADMINISTRATOR, "2026-11-22", Answerer::Issuer);
        one.standing.status = status;
        one.outcome = outcome;
        one.findings = codes.iter().map(|code| Finding::new(*code, "")).collect();
        one.holder = HolderMatch::NOTHING;
        if cannot_tell {
            one.standing.validity = Validity::CannotTell(crate::lifecycle::Doubt::NoRecord);
        }
        if let Some(from) = &mut one.provenance { from.origin = origin; }
        if !has_provenance { one.provenance = None; }
        let weighed = Outcome::of(status, &one.findings);
        let shown = Shown::of(&one, as_of, Asked::default());
        let doubted = codes.iter().any(|code| matches!(
            code,
            Code::NotTheIssuer | Code::UnprovenEvidence | Code::StaleIssuerCopy | Code::StaleEvidence
        ));
        if shown.tone() == Tone::Good {
            prop_assert_eq!(status, Status::Active);
            prop_assert_eq!(outcome, Outcome::Passed);
            prop_assert_eq!(weighed, Outcome::Passed);
            prop_assert!(has_provenance && origin != Origin::Demo && !cannot_tell && !doubted);
        }
        if status == Status::Undetermined || !has_provenance {
            prop_assert_eq!(shown.tone(), Tone::Unverified);
        }
        if shown.tone().is_valid() {
            prop_assert_eq!(status.is_valid(), Some(true));
            prop_assert_eq!(weighed, Outcome::Passed);
        }
        prop_assert_eq!(shown.tone() == Tone::Unverified, shown.message() == "unverified");
    }

    #[test]
    fn an_added_finding_never_makes_the_tone_better(
        codes in prop::collection::vec(any_code(), 0..4),
        added in any_code(),
    ) {
        let (mut one, as_of) = judged(ADMINISTRATOR, "2026-11-22", Answerer::Issuer);
        for code in codes {
            one.note(Finding::new(code, ""));
        }
        let before = Shown::of(&one, as_of, Asked::default()).tone();
        one.note(Finding::new(added, ""));
        let after = Shown::of(&one, as_of, Asked::default()).tone();
        // Bad and unverified are both no success; which of them it is may change.
        prop_assert!(after >= before || (!after.is_valid() && !before.is_valid()));
    }
}
