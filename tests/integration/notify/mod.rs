//! Messages on their way to people.

mod calendar;
mod chat;
mod config;
mod secrets;
mod smtp;

use std::path::Path;
use std::process::{Command, Stdio};

use bonafide::lifecycle::RenewalState;
use bonafide::notify::channel::{self, Place, settings};
use bonafide::notify::{Channel, Digest, Item, Key, Occasion, Reader, Recipient, Step};
use bonafide::publish::calendar::{Dates, plan, revise};
use bonafide::report::request::Language;

/// A channel as a configuration has it.
fn channel(name: &str, toml: &str, folder: &Path) -> Box<dyn Channel> {
    let text = format!("[channel.{name}]\n{toml}\n");
    let mut table = toml::de::DeTable::parse(&text).unwrap();
    let channels = table.get_mut().remove("channel").unwrap();
    let settings = settings::read(channels).unwrap();
    let place = Place {
        folder: folder.to_owned(),
        ..Place::default()
    };
    channel::open(name, &settings[name], &place).unwrap()
}

/// Puts a secret into a file, and says how the configuration names it.
fn secret(folder: &Path, name: &str, value: &str) -> String {
    std::fs::write(folder.join(name), format!("{value}\n")).unwrap();
    format!("{{ file = \"{name}\" }}")
}

/// One credential that is due, told to one person.
fn digest(address: &str) -> Digest {
    let day = |text: &str| text.parse().ok();
    let title = "Microsoft 365 Certified: Administrator Expert";
    let dates = Dates {
        title: Some(title.to_owned()),
        opens_on: day("2026-11-14"),
        deadline: day("2026-11-30"),
        expires_on: day("2027-05-14"),
        ..Dates::of("E2F6B0935C4D718A")
    };
    let item = Item {
        holder: Some("Jane Doe".to_owned()),
        title: Some(title.to_owned()),
        link: Some("https://learn.microsoft.com/api/credentials/E2F6B0935C4D718A".to_owned()),
        renewal: RenewalState::Open,
        opens_on: dates.opens_on,
        deadline: dates.deadline,
        expires_on: dates.expires_on,
        renewal_url: Some("https://learn.microsoft.com/credentials/renew/".to_owned()),
        calendar: revise(&[], plan(&dates), "2026-11-22T08:00:00Z".parse().unwrap()),
        ..Item::new(Step::DaysLeft(14), "E2F6B0935C4D718A")
    };
    Digest {
        key: Key::of(&["example"]),
        recipient: Recipient {
            name: Some("Jörg Müller".to_owned()),
            addresses: vec![address.to_owned()],
        },
        reader: Reader::Holder,
        language: Language::German,
        day: "2026-11-22".parse().unwrap(),
        occasion: Occasion::Due,
        items: vec![item],
    }
}

/// Runs to its end what waits.
fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(future)
}

/// Python with a package, unless it is not here. Where it must be, its absence is a failure.
#[expect(clippy::print_stderr, reason = "why a test did nothing must be said")]
pub(crate) fn python(package: &str) -> Option<Command> {
    let program = std::env::var_os("BONAFIDE_TESTS_PYTHON");
    let needed = program.is_some();
    let program = program.unwrap_or_else(|| "python3".into());
    let found = Command::new(&program)
        .args(["-c", &format!("import {package}")])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    assert!(
        found || !needed,
        "Python's {package} is needed here and is not installed"
    );
    if !found {
        eprintln!("SKIPPED: Python's {package} is not installed (pip install {package})");
    }
    found.then(|| Command::new(program))
}
