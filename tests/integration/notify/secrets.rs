//! Secrets go to the service they are for, and nowhere else.

use tempfile::TempDir;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{channel, digest, wait};

const MARK: &str = "MARKED-SECRET";

#[test]
fn a_service_that_repeats_a_secret_is_not_quoted_with_it() {
    let shown = wait(async {
        let server = MockServer::start().await;
        let address = format!("{}/{MARK}-path?sig={MARK}-query", server.uri());
        let echo = ResponseTemplate::new(400)
            .set_body_string(format!("cannot POST {address} with {MARK}-token"));
        Mock::given(method("POST"))
            .respond_with(echo)
            .mount(&server)
            .await;
        let folder = TempDir::new().unwrap();
        let write = |name: &str, value: &str| {
            std::fs::write(folder.path().join(name), value).unwrap();
        };
        write("url", &address);
        write("token", &format!("{MARK}-token"));
        let (url, key) = ("{ file = \"url\" }", "{ file = \"token\" }");
        let mut shown = String::new();
        for toml in [
            format!("kind = \"teams\"\nurl = {url}"),
            format!("kind = \"slack\"\nurl = {url}"),
            format!("kind = \"webhook\"\nurl = {url}\nsecret = {key}"),
            format!(
                "kind = \"ntfy\"\nserver = \"{}\"\ntopic = {url}\ntoken = {key}",
                server.uri()
            ),
        ] {
            let room = channel("room", &toml, folder.path());
            let error = room.send(&digest("a@example.com")).await.unwrap_err();
            shown
                .push_str(&[format!("{room:?} {room:#?}"), format!("{error} {error:?} ")].concat());
        }
        shown
    });
    assert!(shown.contains("[secret]"), "{shown}");
    // The token alone is the other services' business; each leaves out its own.
    let own = shown.replace(&format!("with {MARK}-token"), "");
    assert!(!own.contains(MARK), "{shown}");
}

#[test]
fn a_secret_is_read_from_where_it_is_kept() {
    let cases = [
        ("{ file = \"none\" }", "cannot read the secret in"),
        ("{ file = \"empty\" }", "found nothing that is text"),
        (
            "{ env = \"BONAFIDE_TESTS_NO_SUCH_VARIABLE\" }",
            "the environment variable BONAFIDE_TESTS_NO_SUCH_VARIABLE is not set",
        ),
        (
            "{ command = [\"/nonexistent\", \"MARKED-SECRET\"] }",
            "cannot be started",
        ),
        #[cfg(unix)]
        (
            "{ command = [\"/bin/sh\", \"-c\", \"echo MARKED-SECRET; exit 3\"] }",
            "ended with",
        ),
    ];
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("empty"), "\n").unwrap();
    for (source, said) in cases {
        let slack = channel(
            "room",
            &format!("kind = \"slack\"\nurl = {source}"),
            folder.path(),
        );
        let error = wait(slack.send(&digest("a@example.com"))).unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
        assert!(!format!("{error} {slack:?}").contains(MARK), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn the_first_line_that_a_program_prints_is_a_secret() {
    let address = wait(async {
        let server = MockServer::start().await;
        let taken = ResponseTemplate::new(200).set_body_string("ok");
        Mock::given(method("POST"))
            .respond_with(taken)
            .mount(&server)
            .await;
        let folder = TempDir::new().unwrap();
        let script = format!("printf '{}/first\\\\nuser: jane\\\\n'", server.uri());
        let toml =
            format!("kind = \"slack\"\nurl = {{ command = [\"/bin/sh\", \"-c\", \"{script}\"] }}");
        let slack = channel("room", &toml, folder.path());
        slack.send(&digest("a@example.com")).await.unwrap();
        server.received_requests().await.unwrap()[0]
            .url
            .path()
            .to_owned()
    });
    assert_eq!(address, "/first");
}
