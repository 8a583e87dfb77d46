//! What was redacted names nobody.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::catalog::Catalog;
use crate::check::Expectation;
use crate::report::json::{self, ResultDocument};
use crate::report::{Colour, Look, human};
use crate::source::{Answerer, Asked, Evidence, EvidenceKind, Origin};
use crate::verify::{AsOf, Terms, Trip, again};

/// Where invented persons stand in the invented answers.
#[derive(Debug, Clone)]
struct Case {
    expected: String,
    holder: String,
    user: String,
    mail: String,
    sharing_id: String,
    share_id: String,
    kind: EvidenceKind,
    status: u16,
}

impl Case {
    /// What must not be left of it.
    fn secrets(&self) -> Vec<&str> {
        let mut secrets = vec![
            self.expected.as_str(),
            &self.holder,
            &self.user,
            &self.mail,
            &self.sharing_id,
        ];
        if self.kind == EvidenceKind::LearnTranscript {
            secrets.push(&self.share_id);
        }
        secrets
    }

    fn link(&self) -> String {
        let Self {
            user, sharing_id, ..
        } = self;
        let host = "https://learn.microsoft.com";
        match self.kind {
            EvidenceKind::LearnTranscript => {
                format!("{host}/en-us/users/{user}/transcript/{}", self.share_id)
            }
            EvidenceKind::LearnPage => {
                format!("{host}/users/{user}/credentials/20170DBC5AC04E38?sharingId={sharing_id}")
            }
            _ => format!(
                "{host}/api/credentials/share/en-us/{user}/20170DBC5AC04E38?sharingId={sharing_id}"
            ),
        }
    }

    fn asked(&self) -> Asked {
        let Self {
            user,
            share_id,
            kind,
            ..
        } = self;
        let url = match kind {
            EvidenceKind::LearnTranscript => {
                format!("/api/profiles/transcript/share/{share_id}?locale=en-us")
            }
            EvidenceKind::LearnPage => {
                format!("/api/credentials/share/en-us/{user}/20170DBC5AC04E38")
            }
            _ => "/api/credentials/20170DBC5AC04E38".to_owned(),
        };
        let url = format!("https://learn.microsoft.com{url}");
        Asked {
            kind: *kind,
            url: url.clone(),
            exchange: Ok(Evidence {
                received_bytes: None,
                kind: *kind,
                url,
                answerer: Answerer::Issuer,
                status: self.status,
                content_type: None,
                fetched_at: None,
                service_date: None,
                sha256: "0".repeat(64),
                body: self.body().into_bytes(),
                origin: Origin::Evidence,
            }),
        }
    }

    fn body(&self) -> String {
        // A page names no holder: whose name stands in its title cannot be known.
        let known = match self.kind {
            EvidenceKind::LearnPage => &self.expected,
            _ => &self.holder,
        };
        let title = format!("Of {known} ({})", self.mail);
        match self.kind {
            EvidenceKind::LearnTranscript => json!({
                "userName": self.user,
                "certificationData": {"legalName": self.holder, "totalActiveCertifications": 1,
                    "totalHistoricalCertifications": 0, "historicalCertifications": [],
                    "activeCertifications": [{"name": title, "certificationNumber": self.holder,
                        "status": self.expected, "dateEarned": "2026-01-01T00:00:00Z"}]}
            })
            .to_string(),
            EvidenceKind::LearnPage => {
                let title = title.replace('"', "&quot;");
                format!("<html><head><meta property=\"og:title\" content=\"{title}\"></head></html>")
            }
            _ => json!({"title": title, "userDisplayName": self.holder, "credentialStatus": self.user,
                "sourceType": self.mail, "credentialId": "20170DBC5AC04E38",
                "awardedOn": "2026-01-01T00:00:00Z", "expiresOn": "2027-01-01T00:00:00Z"})
            .to_string(),
        }
    }
}

fn cases() -> impl Strategy<Value = Case> {
    let name = || "[A-ZÄÉŁ][a-zäéßłø]{4,9} ([A-Z]\\. )?[A-ZÖÑ][a-zöñ'\"\u{200b}]{5,300}";
    let kinds = vec![
        EvidenceKind::LearnCredential,
        EvidenceKind::LearnPage,
        EvidenceKind::LearnTranscript,
    ];
    let ids = (
        "[G-Z][a-zA-Z]{8,12}-[0-9]{4}",
        "[A-F][0-9A-F]{15}",
        "[g-z][0-9a-z]{14}",
    );
    let mail = "[a-z]{5,9}\\.[a-z]{4,9}@[a-z]{5,9}\\.example";
    let status = prop::sample::select(vec![200, 200, 200, 403, 404, 410]);
    (
        name(),
        name(),
        ids,
        mail,
        prop::sample::select(kinds),
        status,
    )
        .prop_map(
            |(expected, holder, (user, sharing_id, share_id), mail, kind, status)| Case {
                expected,
                holder,
                user,
                mail,
                sharing_id,
                share_id,
                kind,
                status,
            },
        )
}

fn trip(case: &Case, expected: &Expectation) -> Trip<'static> {
    let terms = Terms {
        catalog: Catalog::embedded(),
        as_of: AsOf::day("2026-11-22".parse().unwrap()),
        expected,
    };
    again(Some(&case.link()), &[case.asked()], &terms)
}

/// Every output that there is, as one text in which nothing is wrapped or escaped.
fn outputs(case: &Case, redactor: Option<&Redactor>) -> Vec<String> {
    let expected = Expectation {
        name: Some(case.expected.clone()),
        ..Expectation::default()
    };
    let mut results = trip(case, &expected).verifications;
    let as_of = "2026-11-22T00:00:00Z".parse().unwrap();
    let mut document = ResultDocument::of(&results, as_of);
    if let Some(redactor) = redactor {
        document.redact(redactor, expected.name.as_deref());
        for one in &mut results {
            *one = redactor.verification(one, expected.name.as_deref());
        }
    }
    let look = Look {
        width: 1_000_000,
        colour: Colour::Off,
    };
    [
        strings(&serde_json::to_value(&document).unwrap()),
        strings(&serde_json::to_value(ResultDocument::of(&results, as_of)).unwrap()),
        human::results(&results, as_of, look),
    ]
    .into()
}

fn strings(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text}\n"),
        Value::Array(list) => list.iter().map(strings).collect(),
        Value::Object(members) => members.values().map(strings).collect(),
        _ => String::new(),
    }
}

proptest! {
    #[test]
    fn no_output_holds_a_name_a_mail_address_a_user_or_a_sharing_id(case in cases()) {
        for output in outputs(&case, Some(&Redactor::new([3; 32]))) {
            let output = output.to_lowercase();
            for secret in case.secrets() {
                // Messages cut what is long; so much of it would be enough.
                let secret: String = secret.to_lowercase().chars().take(20).collect();
                prop_assert!(!output.contains(&secret), "{secret} is in {output}");
            }
        }
    }

    #[test]
    fn without_redaction_the_names_are_there(case in cases()) {
        let case = Case { status: 200, ..case };
        let output = outputs(&case, None).concat();
        prop_assert!(output.contains(&case.user));
        prop_assert!(output.contains(&case.sharing_id) || case.kind == EvidenceKind::LearnTranscript);
    }

    #[test]
    fn a_pseudonym_depends_on_the_key_and_on_nothing_else(name in "[A-Z][a-z]{3,8} [A-Z][a-z]{3,8}") {
        let (one, other) = (Redactor::new([1; 32]), Redactor::new([2; 32]));
        prop_assert_eq!(one.name(&name), one.name(&name.to_uppercase()));
        prop_assert_ne!(one.name(&name), other.name(&name));
    }
}

#[test]
fn spellings_of_one_name_share_a_pseudonym_and_others_do_not() {
    let redactor = Redactor::new([1; 32]);
    for (a, b) in [
        ("José Núñez", "NUNEZ JOSE"),
        ("Doe, Jane", "jane doe"),
        ("Anna-Lena Schmidt", "Anna Lena Schmidt"),
    ] {
        assert_eq!(redactor.name(a), redactor.name(b), "{a} and {b}");
    }
    assert_ne!(redactor.name("Jane Doe"), redactor.name("Jana Doe"));
    assert_eq!(
        redactor.mail(" Jane@Example.org"),
        redactor.mail("jane@example.org")
    );
    assert_ne!(redactor.mail("jane"), redactor.name("jane"));
    for blank in ["", "  "] {
        assert_eq!(
            [
                redactor.name(blank),
                redactor.mail(blank),
                redactor.link(blank)
            ],
            [""; 3]
        );
    }
}

#[test]
fn a_links_column_keeps_the_credential_and_drops_the_rest() {
    let redactor = Redactor::new([1; 32]);
    let said = redactor.link(
        "Jane: https://learn.microsoft.com/api/credentials/share/en-us/JaneDoe-1/20170DBC5AC04E38?sharingId=C72B4F60A795D7E4",
    );
    assert!(said.ends_with("/20170DBC5AC04E38"), "{said}");
    assert!(!said.contains("Jane") && !said.contains("C72B"), "{said}");
    assert!(
        redactor
            .link("https://jane.example/cv")
            .starts_with("link-")
    );
}

#[test]
fn the_key_is_not_shown() {
    let redactor = Redactor::new(*b"0123456789abcdef0123456789abcdef");
    assert!(!format!("{redactor:?}").contains("0123"));
}

#[test]
fn a_redacted_document_is_still_of_version_1() {
    let case = Case {
        expected: "Jane Doe".into(),
        holder: "Robert Smith".into(),
        user: "RobertSmith-1".into(),
        mail: "r@example.org".into(),
        sharing_id: "C72B4F60A795D7E4".into(),
        share_id: "d8yjmf3xqgzl2k1".into(),
        kind: EvidenceKind::LearnCredential,
        status: 200,
    };
    let expected = Expectation {
        name: Some(case.expected.clone()),
        ..Expectation::default()
    };
    let results = trip(&case, &expected).verifications;
    let mut document = ResultDocument::of(&results, "2026-11-22T00:00:00Z".parse().unwrap());
    document.redact(&Redactor::new([1; 32]), Some("Jane Doe"));
    let value: Value = serde_json::from_str(&json::text(&document)).unwrap();
    let one = &value["results"][0];
    assert_eq!(one["credential"]["id"], "20170DBC5AC04E38");
    assert_eq!(one["holder_match"]["grade"], "different");
    let message = one["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["code"] == "holder-different")
        .unwrap()["message"]
        .as_str()
        .unwrap();
    assert!(message.starts_with("Expected person-"), "{message}");
}
