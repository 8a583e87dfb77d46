//! `bonafide remind`: a run that is asked to end before it is done.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use wiremock::matchers::{method, path_regex};
use wiremock::{Mock, ResponseTemplate};

use crate::harness::DAY;
use crate::remind::Office;
use crate::remind_kills::messages;
use crate::remind_proof::{hook, record};

const OWNERS: usize = 6;

fn id(number: usize) -> String {
    format!("20170DBC5AC04E{number:02}")
}

/// An office in which everybody has something to be told, through a webhook.
fn office() -> Office {
    let rows = (0..OWNERS).map(|number| {
        let id = id(number);
        format!("https://learn.microsoft.com/api/credentials/{id},owner{number}@example.com\n")
    });
    let office = Office::with("", &format!("link,email\n{}", rows.collect::<String>()));
    hook(&office, "");
    office
}

fn records(office: &Office) {
    for number in 0..OWNERS {
        record(office, &id(number), "2026-12-01T23:59:59Z");
    }
}

fn taking(office: &Office, after: Duration) {
    let answer = ResponseTemplate::new(204).set_delay(after);
    let mock = Mock::given(method("POST")).respond_with(answer);
    office.service.mount(mock);
}

/// A run that goes on beside the test.
struct Running {
    child: Child,
    said: BufReader<std::process::ChildStderr>,
}

impl Running {
    fn start(office: &Office) -> Self {
        let prepared = office.command("remind");
        let mut child = Command::new(prepared.get_program())
            .args(prepared.get_args())
            .args(["--rate", "none", "--retries", "0", "--as-of", DAY])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stderr.take().unwrap());
        Self { child, said }
    }

    fn ask_to_end(&self) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits until it says a line that begins so.
    fn hear(&mut self, beginning: &str) {
        let mut line = String::new();
        while !line.starts_with(beginning) {
            line.clear();
            let read = self.said.read_line(&mut line).unwrap();
            assert!(read > 0, "it ended without saying {beginning}");
        }
    }

    /// Its exit code, and what it said last.
    fn end(mut self) -> (i32, String) {
        let mut said = String::new();
        std::io::Read::read_to_string(&mut self.said, &mut said).unwrap();
        (self.child.wait().unwrap().code().unwrap(), said)
    }
}

fn wait_until(is_so: impl Fn() -> bool) {
    while !is_so() {
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_run_that_is_asked_to_end_lets_the_message_in_flight_arrive_and_begins_no_other() {
    let office = office();
    records(&office);
    taking(&office, Duration::from_millis(700));
    let running = Running::start(&office);
    wait_until(|| !office.service.posted().is_empty());
    running.ask_to_end();
    let (code, said) = running.end();
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("ENDED BEFORE IT WAS DONE: 5 recipients not told everything."),
        "{said}"
    );
    assert!(said.contains("1 message sent"), "{said}");
    assert_eq!(office.service.posted().len(), 1);
    office.service.reset();
    records(&office);
    taking(&office, Duration::ZERO);
    let ran = office.remind(DAY, &["--rate", "none"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let told: BTreeSet<_> = messages(&office)
        .into_iter()
        .map(|(whom, _)| whom)
        .collect();
    assert_eq!((told.len(), office.service.posted().len()), (5, 5));
}

#[test]
fn a_run_that_is_asked_twice_leaves_the_message_in_flight_to_the_next() {
    let office = office();
    records(&office);
    taking(&office, Duration::from_mins(5));
    let mut running = Running::start(&office);
    wait_until(|| !office.service.posted().is_empty());
    running.ask_to_end();
    running.hear("Ending: ");
    running.ask_to_end();
    let (code, said) = running.end();
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("6 recipients not told everything"), "{said}");
    assert!(said.contains("0 messages sent"), "{said}");
    let in_flight = messages(&office);
    office.service.reset();
    records(&office);
    taking(&office, Duration::ZERO);
    let ran = office.remind(DAY, &["--rate", "none"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let told = messages(&office);
    assert_eq!(told.len(), OWNERS);
    // The one that may have arrived comes under its key.
    assert_eq!(told.iter().filter(|one| in_flight.contains(one)).count(), 1);
}

#[test]
fn a_run_that_is_asked_to_end_while_it_looks_tells_nobody_anything() {
    let office = office();
    let slow = ResponseTemplate::new(503).set_delay(Duration::from_mins(5));
    let looked_at = Mock::given(method("GET")).and(path_regex("/api/credentials/"));
    office.service.mount(looked_at.respond_with(slow));
    let mut running = Running::start(&office);
    wait_until(|| !office.service.asked().is_empty());
    running.ask_to_end();
    running.hear("Ending: ");
    running.ask_to_end();
    let (code, said) = running.end();
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("6 links not looked at"), "{said}");
    assert!(!said.contains("NOTHING COULD BE LOOKED AT"), "{said}");
}
