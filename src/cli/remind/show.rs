//! What a run says of itself.

use std::cell::RefCell;
use std::fmt;
use std::fmt::Write as _;
use std::rc::Rc;

use crate::cli::say;
use crate::notify::{Channel, Digest, Receipt, Sending, preview};
use crate::report::neutral::terminal_lines;
use crate::watch::{Failed, Gate, Looked, Outcome, Recipient};

/// A channel of a trial: it shows what it would take.
pub(super) struct Showing {
    name: String,
    shown: Rc<RefCell<String>>,
}

impl Showing {
    pub(super) fn boxed(name: &str, shown: &Rc<RefCell<String>>) -> Box<dyn Channel> {
        Box::new(Self {
            name: name.to_owned(),
            shown: Rc::clone(shown),
        })
    }
}

impl fmt::Debug for Showing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Showing({})", self.name)
    }
}

impl Channel for Showing {
    fn name(&self) -> &str {
        &self.name
    }

    fn send<'a>(&'a self, digest: &'a Digest) -> Sending<'a> {
        Box::pin(async move {
            let who = digest.recipient.addresses.join(", ");
            let who = if who.is_empty() {
                "nobody in particular"
            } else {
                &who
            };
            let text = preview(digest, &self.name);
            let _ = writeln!(
                self.shown.borrow_mut(),
                "== To {who} through {} ==\n\n{}",
                self.name,
                terminal_lines(&text)
            );
            Ok(Receipt {
                answer: String::new(),
            })
        })
    }
}

/// Says how a run ended, on standard error.
pub(super) fn ended(looked: Looked, outcome: &Outcome, is_quiet: bool) {
    blindness(looked);
    for failed in &outcome.failed {
        say(&not_sent(failed));
    }
    for (channel, entries) in &outcome.unknown_channels {
        let entries: Vec<_> = entries.iter().map(ToString::to_string).collect();
        say(&format!(
            "not sent: there is no channel {channel}, which these entries name: {}",
            entries.join(", ")
        ));
    }
    if !outcome.untold.is_empty() {
        let entries: Vec<_> = outcome.untold.iter().map(ToString::to_string).collect();
        say(&format!(
            "not sent: no channel is named for these entries, nor in [remind] of the configuration: {}",
            entries.join(", ")
        ));
    }
    if looked.left > 0 || !outcome.left.is_empty() {
        say(&left(looked, outcome));
    }
    match outcome.held {
        Some(Gate::Quiet { until }) => say(&format!(
            "Quiet hours until {}: nothing is sent now. Something is due for {}.",
            until.format("%H:%M"),
            people(outcome.waiting)
        )),
        Some(Gate::Weekend) => say(&format!(
            "It is the weekend: nothing is sent now. Something is due for {}.",
            people(outcome.waiting)
        )),
        _ if outcome.waiting > 0 && !is_quiet => say(&format!(
            "Something more is due for {}, who had their message of the day.",
            people(outcome.waiting)
        )),
        _ => {}
    }
    if !is_quiet {
        say(&summary(looked, outcome));
    }
}

fn not_sent(failed: &Failed) -> String {
    let Failed { taken, of, why, .. } = failed;
    let who = who(&failed.to);
    let channel = &failed.to.channel;
    let since = failed.since.format("%Y-%m-%d %H:%M UTC");
    if *taken == 0 {
        return format!("not sent: {channel} took nothing{who}, since {since}: {why}");
    }
    format!(
        "not sent in full: {channel} took {taken} of {of} messages{who}, and the next run goes on \
         with the rest; not all since {since}: {why}"
    )
}

/// What a run that was asked to end leaves to the next one.
fn left(looked: Looked, outcome: &Outcome) -> String {
    let mut left = Vec::new();
    if looked.left > 0 {
        left.push(format!("{} not looked at", links(looked.left)));
    }
    if !outcome.left.is_empty() {
        let people = people(outcome.left.len() as u64);
        left.push(format!("{people} not told everything"));
    }
    format!(
        "ENDED BEFORE IT WAS DONE: {}. Nothing is lost; the next run goes on here.",
        left.join(", ")
    )
}

fn blindness(looked: Looked) {
    if looked.clock_is_wrong {
        say(
            "CLOCK: this machine's clock and the service's give different answers. Nobody was told anything: set the clock right.",
        );
    } else if looked.is_blind() {
        say(&format!(
            "NOTHING COULD BE LOOKED AT: no answer about any of {}. Reminders rest on what was known before.",
            links(looked.old)
        ));
    } else if looked.unanswered > 0 {
        say(&format!(
            "No answer about {}; they are asked about again next time.",
            links(looked.unanswered)
        ));
    }
}

fn summary(looked: Looked, outcome: &Outcome) -> String {
    let messages = outcome.sent.len();
    let noun = if messages == 1 { "message" } else { "messages" };
    let watched: u64 = outcome.statuses.values().sum();
    let credentials = if watched == 1 {
        "credential"
    } else {
        "credentials"
    };
    format!(
        "Looked at {} of {}; {watched} {credentials} watched; {messages} {noun} sent.",
        looked.answered,
        links(looked.old)
    )
}

fn who(to: &Recipient) -> String {
    to.person
        .as_ref()
        .map_or_else(String::new, |person| format!(" for {person}"))
}

fn people(count: u64) -> String {
    match count {
        0 => "nobody".to_owned(),
        1 => "one recipient".to_owned(),
        more => format!("{more} recipients"),
    }
}

fn links(count: u64) -> String {
    if count == 1 {
        "1 link".to_owned()
    } else {
        format!("{count} links")
    }
}
