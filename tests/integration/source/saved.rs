//! Saved evidence: written once, read back the same, refused when changed.

use std::fs;
use std::path::{Path, PathBuf};

use bonafide::source::{
    Answerer, Asked, EvidenceKind, Origin, Recording, Saved, SavedError, Source as _, save,
};
use chrono::{DateTime, Utc};

use super::*;

const LINK: &str =
    "https://learn.microsoft.com/api/credentials/share/en-us/buchheister/20170DBC5AC04E38";

fn now() -> DateTime<Utc> {
    "2026-11-22T10:15:00Z".parse().unwrap()
}

/// A record, a refused page and a page that failed, as they were asked for.
async fn asked() -> Vec<Asked> {
    let good =
        server(json(200, RECORD).insert_header("date", "Sun, 22 Nov 2026 10:00:00 GMT")).await;
    let live = live(&good.uri());
    let recording = Recording::new(&live);
    recording.fetch(&record()).await.unwrap();
    let mut asked = recording.into_asked();

    let refusing = server(status(404).set_body_raw(&b"\xff not text"[..], "text/html")).await;
    let live = super::live(&refusing.uri());
    let recording = Recording::new(&live);
    recording.fetch(&page()).await.unwrap();
    asked.extend(recording.into_asked());

    let failing = server(status(501)).await;
    let live = super::live(&failing.uri());
    let recording = Recording::new(&live);
    recording.fetch(&page()).await.unwrap_err();
    asked.extend(recording.into_asked());
    asked
}

#[tokio::test]
async fn what_is_saved_is_read_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let asked = asked().await;
    let file = save(folder.path(), Some(LINK), &asked, now()).unwrap();
    let name = file.file_name().unwrap();
    assert_eq!(name, "2026-11-22T101500Z-20170DBC5AC04E38.json");

    let saved = Saved::load(&file).unwrap();
    assert_eq!(saved.link(), Some(LINK));
    assert_eq!(saved.path(), file);
    assert_eq!(saved.asked().len(), asked.len());
    for (read, was) in saved.asked().iter().zip(asked) {
        assert_eq!((read.kind, &read.url), (was.kind, &was.url));
        match was.exchange {
            Ok(mut evidence) => {
                evidence.origin = Origin::Evidence;
                assert_eq!(read.exchange, Ok(evidence));
            }
            failure => assert_eq!(read.exchange, failure),
        }
    }
}

#[tokio::test]
async fn a_file_is_never_overwritten_and_is_its_owners_alone() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("new/evidence");
    let asked = asked().await;
    let names: Vec<_> = (0..3)
        .map(|_| save(&folder, Some(LINK), &asked, now()).unwrap())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        names,
        [
            "2026-11-22T101500Z-20170DBC5AC04E38.json",
            "2026-11-22T101500Z-20170DBC5AC04E38-2.json",
            "2026-11-22T101500Z-20170DBC5AC04E38-3.json",
        ]
    );
    assert_eq!(
        files_below(&folder).len(),
        3,
        "and no temporary file is left"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&folder.join(&names[0])), 0o600);
    }
}

#[tokio::test]
async fn a_changed_file_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = save(folder.path(), Some(LINK), &asked().await, now()).unwrap();
    let good = fs::read_to_string(&file).unwrap();
    for (at, (from, to)) in [
        ("Azure AI Engineer", "Azure DevOps Engineer"),
        ("2027-05-14", "2029-05-14"),
        ("\"body_base64\": \"", "\"body_base64\": \"AA"),
        ("\"body\":", "\"other\":"),
        ("\"failure\": \"service-error\"", "\"failure\": \"other\""),
        ("learn-credential", "learn-other"),
        ("\"status\": 200", "\"status\": 999"),
        (
            "buchheister/20170DBC5AC04E38\",\n  \"exchanges\"",
            "mallory/AAAABBBBCCCCDDDD\",\n  \"exchanges\"",
        ),
        (
            "\"other\": \"127.0.0.1",
            "\"other\": \"learn.microsoft.com\", \"was\": \"127.0.0.1",
        ),
        ("\"fetched_at\": \"20", "\"fetched_at\": \"29"),
        ("\"exchanges\"", "\"others\""),
    ]
    .into_iter()
    .enumerate()
    {
        let changed = good.replace(from, to);
        assert_ne!(changed, good, "{at}");
        fs::write(&file, changed).unwrap();
        let error = Saved::load(&file).unwrap_err();
        assert!(matches!(error, SavedError::Altered { .. }), "{at}: {error}");
        let text = error.to_string();
        assert!(text.contains("20170DBC5AC04E38.json"), "{text}");
        assert!(
            text.contains("expected") && text.contains("found"),
            "{text}"
        );
    }
}

#[test]
fn files_of_other_forms_are_refused_with_what_was_expected() {
    let folder = tempfile::tempdir().unwrap();
    let write = |bytes: &[u8]| -> PathBuf {
        let path = folder.path().join("file.json");
        fs::write(&path, bytes).unwrap();
        path
    };
    let load = |bytes: &[u8]| Saved::load(&write(bytes)).unwrap_err();
    assert!(matches!(load(b"\xff\xfe"), SavedError::NotUtf8 { .. }));
    for text in ["", "[]", "{\"a\":", "{\"a\":1,\"a\":2}", "null"] {
        assert!(
            matches!(load(text.as_bytes()), SavedError::NotJson { .. }),
            "{text}"
        );
    }
    for text in [
        "{}",
        r#"{"title":"T"}"#,
        r#"{"data":[{"id":"x"}]}"#,
        r#"{"bonafide_cache":1}"#,
    ] {
        assert!(
            matches!(load(text.as_bytes()), SavedError::UnknownForm { .. }),
            "{text}"
        );
    }
    let later = load(br#"{"bonafide_evidence":2,"exchanges":[]}"#);
    assert!(matches!(later, SavedError::OtherVersion { .. }));
    let missing = Saved::load(&folder.path().join("none.json")).unwrap_err();
    assert!(matches!(missing, SavedError::Unreadable { .. }));
    let large = folder.path().join("large.json");
    fs::File::create(&large)
        .unwrap()
        .set_len(65 * 1024 * 1024)
        .unwrap();
    assert!(matches!(
        Saved::load(&large),
        Err(SavedError::TooLarge { .. })
    ));
}

/// Answers as the services serve them, saved with a browser.
#[test]
fn an_answer_saved_by_hand_is_taken_for_what_it_is() {
    let transcript_text = r#"{"totalModulesCompleted":0,"userName":"u","certificationData":{}}"#;
    let badge_text =
        r#"{"data":{"id":"4b0f8a52-9d13-4c67-a2e8-51c7d0f3b964","badge_template":{}}}"#;
    let assertion = r#"{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://api.credly.com/v1/obi/v2/badge_assertions/4b0f8a52-9d13-4c67-a2e8-51c7d0f3b964"}"#;
    let credly = "https://www.credly.com/badges/4b0f8a52-9d13-4c67-a2e8-51c7d0f3b964";
    let api =
        "https://api.credly.com/v1/obi/v2/badge_assertions/4b0f8a52-9d13-4c67-a2e8-51c7d0f3b964";
    let learn = "https://learn.microsoft.com/api/credentials/20170DBC5AC04E38";
    let unnamed = r#"{"title":"T","expiresOn":"2027-05-14T23:59:59Z"}"#;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("by hand.json");
    for (text, kind, link) in [
        (RECORD, EvidenceKind::LearnCredential, Some(learn)),
        (unnamed, EvidenceKind::LearnCredential, None),
        (transcript_text, EvidenceKind::LearnTranscript, None),
        (badge_text, EvidenceKind::CredlyBadge, Some(credly)),
        (assertion, EvidenceKind::OpenBadge, Some(api)),
    ] {
        fs::write(&file, text).unwrap();
        let saved = Saved::load(&file).unwrap();
        assert_eq!(saved.link(), link);
        let [asked] = saved.asked() else {
            panic!("{text}")
        };
        let evidence = asked.exchange.as_ref().unwrap();
        assert_eq!(evidence.kind, kind);
        assert_eq!(evidence.answerer, Answerer::Unknown);
        assert_eq!((evidence.fetched_at, evidence.service_date), (None, None));
        assert_eq!((evidence.status, evidence.origin), (200, Origin::Evidence));
        assert_eq!(evidence.body, text.as_bytes());
        assert_eq!(evidence.sha256, sha256(text.as_bytes()));
        if link.is_none() {
            assert_eq!(evidence.url, "file:by hand.json");
        }
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_reduced_is_saved_without_its_body() {
    let server = server(json(
        200,
        r#"{"email":"a@example.com","email":"b@example.com"}"#,
    ))
    .await;
    let live = live(&server.uri());
    let recording = Recording::new(&live);
    recording.fetch(&record()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = save(folder.path(), None, &recording.into_asked(), now()).unwrap();
    assert!(!fs::read_to_string(&file).unwrap().contains("example.com"));
    let saved = Saved::load(&file).unwrap();
    let evidence = saved.asked()[0].exchange.clone().unwrap();
    assert_eq!((evidence.status, evidence.body), (200, Vec::new()));
}

#[tokio::test]
async fn a_sharing_id_in_the_link_is_not_saved() {
    let folder = tempfile::tempdir().unwrap();
    let link = format!("{LINK}?sharingId={SHARING_ID}");
    let file = save(folder.path(), Some(&link), &[], now()).unwrap();
    assert!(!fs::read_to_string(&file).unwrap().contains(SHARING_ID));
}
