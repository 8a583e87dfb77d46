//! `bonafide remind`: digests that a channel takes in parts.

use std::collections::BTreeMap;

use wiremock::matchers::method;
use wiremock::{Mock, ResponseTemplate};

use crate::harness::DAY;
use crate::remind::Office;
use crate::remind_proof::record;

const CREDENTIALS: usize = 12;

fn office() -> Office {
    let rows = (0..CREDENTIALS).map(|number| {
        format!("https://learn.microsoft.com/api/credentials/20170DBC5AC04E{number:02},Holder {number:02},lead@example.com\n")
    });
    let office = Office::with("", &format!("link,name,lead\n{}", rows.collect::<String>()));
    let folder = office.service.data.path();
    std::fs::write(folder.join("topic.txt"), "secret-topic").unwrap();
    let config = format!(
        "[channel.phone]\nkind = \"ntfy\"\nserver = \"{}\"\ntopic = {{ file = \"topic.txt\" }}\n\n\
         [remind]\nchannels = [\"phone\"]\n",
        office.service.url()
    );
    std::fs::write(office.config(), config).unwrap();
    office
}

/// The service takes so many pushes, and is busy then.
fn taking(office: &Office, pushes: u64) {
    office.service.reset();
    for number in 0..CREDENTIALS {
        let id = format!("20170DBC5AC04E{number:02}");
        record(office, &id, "2026-12-01T23:59:59Z");
    }
    let taken = ResponseTemplate::new(200).set_body_string(r#"{"id":"Xt4a","event":"message"}"#);
    let post = || Mock::given(method("POST"));
    office
        .service
        .mount(post().respond_with(taken).up_to_n_times(pushes));
    let busy = ResponseTemplate::new(429).set_body_string("limit reached");
    office.service.mount(post().respond_with(busy));
}

/// How often each push was made, by its id and what it says.
fn pushed(office: &Office, pushes: usize, all: &mut BTreeMap<(String, String), u32>) {
    for request in office.service.posted().iter().take(pushes) {
        let body: serde_json::Value = request.body_json().unwrap();
        let word = |key: &str| body[key].as_str().unwrap().to_owned();
        assert_eq!(word("topic"), "secret-topic");
        *all.entry((word("sequence_id"), word("message")))
            .or_default() += 1;
    }
}

#[test]
fn what_a_busy_server_did_not_take_goes_in_the_next_run_and_nothing_goes_twice() {
    let office = office();
    let mut all = BTreeMap::new();
    taking(&office, 5);
    let ran = office.remind(DAY, &["--rate", "none"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("phone took 5 of 12 messages for lead@example.com"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("5 messages sent"), "{}", ran.stderr);
    // The sixth was refused, and the others were not tried.
    assert_eq!(office.service.posted().len(), 6);
    pushed(&office, 5, &mut all);
    taking(&office, 60);
    let ran = office.remind(DAY, &["--rate", "none"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("7 messages sent"), "{}", ran.stderr);
    pushed(&office, 60, &mut all);
    taking(&office, 60);
    office.remind(DAY, &["--rate", "none"]);
    assert_eq!(office.service.posted().len(), 0);
    // One push for each credential, each once and under an id of its own.
    assert_eq!(all.len(), CREDENTIALS);
    assert!(all.values().all(|times| *times == 1), "{all:?}");
    for number in 0..CREDENTIALS {
        let holder = format!("Held by Holder {number:02}");
        let of = all.keys().filter(|(_, said)| said.contains(&holder));
        assert_eq!(of.count(), 1, "{holder}");
    }
}
