//! `bonafide remind`: that nothing is lost and nothing told twice, whatever goes wrong.

use chrono::{Days, Utc};
use wiremock::matchers::{method, path, path_regex};
use wiremock::{Mock, ResponseTemplate};

use crate::harness::{DAY, RECORD_PATH, text};
use crate::remind::Office;
use crate::track::track;

pub(crate) const OUT: &str = "[channel.out]\nkind = \"stdout\"\n\n[remind]\nchannels = [\"out\"]\n";

/// The configuration of an office that tells people through a webhook at the service.
pub(crate) fn hook(office: &Office, remind: &str) {
    let url = format!("{}/hook/secret-path", office.service.url());
    std::fs::write(office.service.data.path().join("hook.txt"), url).unwrap();
    let config = format!(
        "[channel.hook]\nkind = \"webhook\"\nurl = {{ file = \"hook.txt\" }}\n\n\
         [remind]\nchannels = [\"hook\"]\n{remind}"
    );
    std::fs::write(office.config(), config).unwrap();
}

/// What a message is: for whom, and its key in the header and the body.
pub(crate) fn message(request: &wiremock::Request) -> (String, String) {
    let body: serde_json::Value = request.body_json().unwrap();
    let key = body["key"].as_str().unwrap().to_owned();
    assert_eq!(request.headers["webhook-id"], key.as_str());
    let whom = body["recipient"]["addresses"][0].as_str().unwrap();
    (whom.to_owned(), key)
}

pub(crate) fn record(office: &Office, id: &str, expires: &str) {
    office.service.json(
        &format!("/api/credentials/{id}"),
        &format!(
            r#"{{"title":"Microsoft Certified: Azure Administrator Associate",
            "credentialId":"{id}","expiresOn":"{expires}"}}"#
        ),
    );
}

#[test]
fn a_page_with_200_is_no_yes_and_the_message_is_sent_again_under_its_key() {
    let office = Office::with(
        "",
        "link,email\nhttps://learn.microsoft.com/api/credentials/20170DBC5AC04E38,jane@example.com\n",
    );
    hook(&office, "");
    let answers = |answer: ResponseTemplate| {
        office.service.reset();
        record(&office, "20170DBC5AC04E38", "2026-12-01T23:59:59Z");
        office
            .service
            .mount(Mock::given(method("POST")).respond_with(answer));
    };
    let error_page = "<!doctype html><title>Sorry</title><p>Something went wrong";
    answers(ResponseTemplate::new(200).set_body_raw(error_page, "text/html"));
    let ran = office.remind(DAY, &[]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("200 with a page for people"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("0 messages sent"), "{}", ran.stderr);
    let first: Vec<_> = office.service.posted().iter().map(message).collect();
    assert_eq!(first.len(), 1);
    answers(ResponseTemplate::new(204));
    let ran = office.remind("2026-11-23", &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("1 message sent"), "{}", ran.stderr);
    let again: Vec<_> = office.service.posted().iter().map(message).collect();
    assert_eq!(again, first);
    let ran = office.remind("2026-11-23", &[]);
    assert!(ran.stderr.contains("0 messages sent"), "{}", ran.stderr);
    assert_eq!(office.service.posted().len(), 1);
}

#[test]
fn each_credential_of_a_transcript_is_told_of_by_itself() {
    let office = Office::with(
        OUT,
        "link,email\n\
         https://learn.microsoft.com/en-us/users/renata-9981/transcript/7571ybttzpehm40,renata@example.com\n",
    );
    office.service.json(
        "/api/profiles/transcript/share/7571ybttzpehm40",
        &text("learn-transcript/full-active-and-historical.json"),
    );
    let ran = office.remind("2027-03-01", &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(ran.stdout.matches("Hello").count(), 1, "{}", ran.stdout);
    // Those that end within half a year and those that were retired, each with its own dates;
    // none that ended long ago, has no end or is not yet to be renewed.
    let told: Vec<_> = ran
        .stdout
        .lines()
        .filter(|line| line.starts_with("* "))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    let next = office.remind("2027-03-02", &[]).stdout;
    let told: Vec<_> = next.lines().filter(|line| line.starts_with("* ")).collect();
    let due = "* 3 days left: Microsoft Certified: Azure AI Engineer Associate";
    assert_eq!(told, [due], "{next}");
    let list = track(office.service.data.path(), &["list", "--format", "json"]).json();
    assert!(list["entries"].as_array().unwrap().len() > 10, "{list}");
}

#[test]
fn a_clock_that_is_wrong_tells_nobody_anything() {
    let office = Office::open(OUT);
    hook(&office, "");
    // It ends between now and the now of the service.
    let now = Utc::now();
    let date = (now + Days::new(20)).format("%a, %d %b %Y %H:%M:%S GMT");
    let expires = (now + Days::new(10)).format("%Y-%m-%dT23:59:59Z");
    let record = format!(
        r#"{{"title":"Microsoft Certified: Azure Administrator Associate","expiresOn":"{expires}"}}"#
    );
    let answer = ResponseTemplate::new(200)
        .insert_header("date", date.to_string())
        .set_body_raw(record, "application/json");
    office
        .service
        .mount(Mock::given(path(RECORD_PATH)).respond_with(answer));
    let ran = crate::harness::finish(&mut office.command("remind"));
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("set the clock right"), "{}", ran.stderr);
    assert!(office.service.posted().is_empty());
}

#[test]
fn a_credential_without_an_end_is_watched_and_told_of_only_when_something_happens() {
    let office = Office::open(OUT);
    let record = r#"{"title":"Microsoft Certified: Azure Fundamentals"}"#;
    office.service.json(RECORD_PATH, record);
    for day in [DAY, "2027-11-22", "2030-01-01"] {
        let ran = office.remind(day, &[]);
        assert_eq!((ran.code, &*ran.stdout), (0, ""), "{day}: {}", ran.stderr);
    }
    office.service.reset();
    let revoked =
        r#"{"title":"Microsoft Certified: Azure Fundamentals","credentialStatus":"Revoked"}"#;
    office.service.json(RECORD_PATH, revoked);
    let ran = office.remind("2030-01-02", &[]);
    assert!(
        ran.stderr.contains("2 messages sent"),
        "{}\n{}",
        ran.stderr,
        ran.stdout
    );
}

#[test]
fn an_address_that_is_none_is_refused_before_it_is_kept() {
    let office = Office::open(OUT);
    let data = office.service.data.path();
    for address in [
        "jane",
        "jane@",
        "@example.com",
        "jane@example.com\nbcc: x@example.com",
    ] {
        let link = "https://learn.microsoft.com/api/credentials/20170DBC5AC04E39";
        let ran = track(data, &["add", link, "--owner", address]);
        assert_eq!(ran.code, 2, "{address}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("mail address"),
            "{address}: {}",
            ran.stderr
        );
    }
    let list = data.join("wrong.csv");
    std::fs::write(
        &list,
        "link,email\n\
         https://learn.microsoft.com/api/credentials/20170DBC5AC04E3A,jane at example\n\
         https://learn.microsoft.com/api/credentials/20170DBC5AC04E3B,joe@example.com\n",
    )
    .unwrap();
    let ran = track(data, &["import", list.to_str().unwrap()]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("mail address"), "{}", ran.stderr);
    // The row beside it was taken.
    let list = track(data, &["list", "--format", "json"]).json();
    assert_eq!(list["entries"].as_array().unwrap().len(), 2, "{list}");
}

#[cfg(unix)]
#[test]
fn a_program_gets_no_secret_of_another_channel() {
    let office = Office::open(OUT);
    office.service.mount(
        Mock::given(method("POST"))
            .and(path_regex("^/hook"))
            .respond_with(ResponseTemplate::new(204)),
    );
    record(&office, "20170DBC5AC04E38", "2026-12-01T23:59:59Z");
    let seen = office.service.data.path().join("seen");
    let config = format!(
        "[channel.hook]\nkind = \"webhook\"\nurl = {{ env = \"HOOK_URL\" }}\n\
         [channel.own]\nkind = \"command\"\ncommand = [\"sh\", \"-c\", \"env > '{}'\"]\n\
         [remind]\nchannels = [\"hook\", \"own\"]\n\
         [remind.ping]\nsuccess = {{ env = \"PING_URL\" }}\n",
        seen.display()
    );
    std::fs::write(office.config(), config).unwrap();
    let mut command = office.command("remind");
    command
        .args(["--as-of", DAY])
        .env("HOOK_URL", format!("{}/hook/marked", office.service.url()))
        .env(
            "PING_URL",
            format!("{}/hook/ping-marked", office.service.url()),
        )
        .env("TOKEN_OF_ITS_OWN", "kept");
    let ran = crate::harness::finish(&mut command);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let seen = std::fs::read_to_string(seen).unwrap();
    assert!(seen.contains("TOKEN_OF_ITS_OWN=kept"), "{seen}");
    assert!(!seen.contains("marked"), "{seen}");
}
