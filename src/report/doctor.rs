//! What `doctor` found, for people and as JSON.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use super::neutral;
use super::words::{count, rfc3339_second};

/// What `doctor --format json` writes.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DoctorDocument {
    /// Always 1.
    #[schemars(extend("const" = 1))]
    schema_version: u8,
    /// When it was looked, in UTC.
    #[schemars(extend("format" = "date-time"))]
    as_of: String,
    /// Whether there is no problem.
    sound: bool,
    /// How many links are tracked; null where that cannot be told.
    pub tracked: Option<u64>,
    /// The numbers of entries that nobody at all would be told about.
    pub untold: Vec<i64>,
    /// The proxy through which the issuer is asked, without user and password; null for none.
    pub proxy: Option<String>,
    /// By how many seconds this machine's clock is before the service's; negative where it is
    /// behind, null where that cannot be told.
    pub clock_ahead_seconds: Option<i64>,
    /// When people were last looked after.
    pub last_run: Option<String>,
    /// When that last ended well.
    pub last_success: Option<String>,
    /// When the next run is due, by the schedule that is installed; null for none that is known.
    pub next_run: Option<String>,
    /// Everything that was looked at, in order.
    checks: Vec<CheckJson>,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CheckJson {
    /// What was looked at.
    pub check: Check,
    /// Which of several, such as the name of a channel.
    pub name: Option<String>,
    /// How it is.
    pub state: State,
    /// What was found, and what to do about it.
    pub message: String,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// The list of what is tracked.
    List,
    /// Who is told of what.
    Entries,
    /// What is known of certifications.
    Catalog,
    /// The way to the issuer.
    Network,
    /// This machine's clock.
    Clock,
    /// A channel.
    Channel,
    /// A sign of life.
    Ping,
    /// What starts runs.
    Schedule,
    /// The runs that there were.
    Runs,
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// As it should be.
    Fine,
    /// Worth knowing.
    Note,
    /// Somebody may not be reminded because of it.
    Problem,
}

impl Check {
    const fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Entries => "entries",
            Self::Catalog => "catalog",
            Self::Network => "network",
            Self::Clock => "clock",
            Self::Channel => "channel",
            Self::Ping => "ping",
            Self::Schedule => "schedule",
            Self::Runs => "runs",
        }
    }
}

impl DoctorDocument {
    /// Nothing was looked at yet.
    pub fn begin(as_of: DateTime<Utc>) -> Self {
        Self {
            schema_version: super::json::SCHEMA_VERSION,
            as_of: rfc3339_second(as_of),
            sound: true,
            tracked: None,
            untold: Vec::new(),
            proxy: None,
            clock_ahead_seconds: None,
            last_run: None,
            last_success: None,
            next_run: None,
            checks: Vec::new(),
        }
    }

    /// Notes what was found; strangers' words in it are made harmless.
    pub fn found(&mut self, check: Check, name: Option<&str>, state: State, message: &str) {
        self.sound &= state != State::Problem;
        self.checks.push(CheckJson {
            check,
            name: name.map(neutral::terminal),
            state,
            message: neutral::terminal_line(message),
        });
    }

    /// Whether there is no problem.
    pub fn is_sound(&self) -> bool {
        self.sound
    }

    /// What was found, for people.
    pub fn human(&self) -> String {
        let mut text = String::new();
        for one in &self.checks {
            let state = match one.state {
                State::Fine => "fine",
                State::Note => "note",
                State::Problem => "PROBLEM",
            };
            let name = one.name.as_ref();
            let name = name.map_or_else(String::new, |name| format!("{name}: "));
            let what = one.check.as_str();
            let _ = writeln!(text, "{state:<8} {what:<9} {name}{}", one.message);
        }
        let is_problem = |one: &&CheckJson| one.state == State::Problem;
        let problems = self.checks.iter().filter(is_problem).count();
        let end = match problems {
            0 if self.tracked == Some(0) => "No problem was found, but nothing is tracked: nobody \
                                             would be reminded of anything."
                .to_owned(),
            0 => "No problem was found.".to_owned(),
            some => {
                let some = i64::try_from(some).unwrap_or(i64::MAX);
                format!("{} found.", count(some, "problem was", "problems were"))
            }
        };
        let _ = writeln!(text, "\n{end}");
        text
    }
}

/// An instant for people, to the minute.
pub fn minute(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}

/// An instant as the documents write it.
pub fn written(at: DateTime<Utc>) -> String {
    rfc3339_second(at)
}
