//! Runs at set times, in the form of each system's scheduler: pure rendering.
//!
//! A [`Job`] is what is run and when; [`Kind::files`] writes it for one scheduler, with
//! every argument quoted as that scheduler reads it. Nothing is installed here.
//!
//! ```
//! use bonafide::schedule::{Every, Job, Kind, Places};
//!
//! let arguments = vec!["remind".to_owned()];
//! let at = "08:30:00".parse().unwrap();
//! let job = Job::new("/opt/100% sure/bonafide", arguments, at, Every::Day).unwrap();
//! let files = Kind::Cron.files(&job, &Places::default()).unwrap();
//! assert!(files[0].text.contains(r"30 8 * * * '/opt/100\% sure/bonafide' 'remind'"));
//! ```

mod cron;
mod github;
mod launchd;
mod systemd;
mod when;
mod windows;

use std::path::{Path, PathBuf};

use chrono::NaiveTime;

use crate::report::neutral;

/// The name of everything that is installed.
pub const NAME: &str = "bonafide-remind";

/// Where units of the user are, below the configuration.
const USER_UNITS: &str = "systemd/user";

/// Where units of the machine are.
const SYSTEM_UNITS: &str = "/etc/systemd/system";

/// What is run, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    program: String,
    arguments: Vec<String>,
    at: NaiveTime,
    every: Every,
}

/// How often a job is run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Every {
    /// Once an hour, at the minute of its time.
    Hour,
    /// Once a day.
    #[default]
    Day,
    /// From Monday to Friday.
    Weekday,
    /// On Mondays.
    Week,
}

/// Schedulers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A timer of the user's systemd.
    SystemdUser,
    /// A timer of the machine's systemd.
    SystemdSystem,
    /// A line of the user's crontab.
    Cron,
    /// An agent of macOS.
    Launchd,
    /// A task of Windows.
    WindowsTask,
    /// A workflow of GitHub Actions.
    Github,
}

/// Where a scheduler's files belong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The user's home.
    pub home: PathBuf,
    /// The user's configuration, `~/.config` where nothing else is said.
    pub config: PathBuf,
}

/// A file of a scheduler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it belongs; only a name where the scheduler keeps it itself.
    pub path: PathBuf,
    /// What stands in it.
    pub text: String,
    /// How it is written.
    pub encoding: Encoding,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    Utf8,
    /// In UTF-16 with a byte order mark, as the Task Scheduler reads it. The first line of
    /// its text says UTF-8, and is changed with it.
    Utf16,
}

/// Why a job cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JobError {
    /// A line break or the like in a path, or a mark that shows it in another order.
    #[error(
        "expected a path that can stand on one line and is read as it is written, found {0:?}; \
         use another path"
    )]
    ControlCharacter(String),
    /// A relative program: schedulers start nowhere in particular.
    #[error("expected the whole path of the program, found {0:?}")]
    Relative(String),
    /// `%…%`, which the Task Scheduler replaces and which cannot be quoted there.
    #[error("expected no %…% in what a Windows task runs, found {0:?}; use another path")]
    Percent(String),
}

impl Job {
    /// A job that runs `program`.
    ///
    /// # Errors
    /// When the program's path is not whole, or something cannot stand on one line.
    pub fn new(
        program: impl Into<String>,
        arguments: Vec<String>,
        at: NaiveTime,
        every: Every,
    ) -> Result<Self, JobError> {
        let program = program.into();
        // The rule of either system, since tests write every form everywhere.
        let is_whole = program.starts_with('/') || program.get(1..3) == Some(":\\");
        if !is_whole && !program.starts_with("\\\\") {
            return Err(JobError::Relative(program));
        }
        let mut texts = std::iter::once(&program).chain(&arguments);
        // The last two are no characters at all, and in XML they may not stand.
        let is_none = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
        let misleads = |text: &str| text.contains(is_none) || neutral::data(text) != text;
        if let Some(text) = texts.find(|text| misleads(text)) {
            return Err(JobError::ControlCharacter(text.clone()));
        }
        Ok(Self {
            program,
            arguments,
            at,
            every,
        })
    }

    /// The program and its arguments.
    fn words(&self) -> impl Iterator<Item = &str> {
        let arguments = self.arguments.iter().map(String::as_str);
        std::iter::once(&*self.program).chain(arguments)
    }
}

impl Kind {
    /// Every scheduler.
    pub const ALL: &'static [Self] = &[
        Self::SystemdUser,
        Self::SystemdSystem,
        Self::Cron,
        Self::Launchd,
        Self::WindowsTask,
        Self::Github,
    ];

    /// Its name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SystemdUser => "systemd-user",
            Self::SystemdSystem => "systemd-system",
            Self::Cron => "cron",
            Self::Launchd => "launchd",
            Self::WindowsTask => "windows-task",
            Self::Github => "github",
        }
    }

    /// The one that this system has.
    pub const fn usual() -> Self {
        if cfg!(windows) {
            Self::WindowsTask
        } else if cfg!(target_os = "macos") {
            Self::Launchd
        } else if cfg!(target_os = "linux") {
            Self::SystemdUser
        } else {
            Self::Cron
        }
    }

    /// Writes a job for this scheduler.
    ///
    /// # Errors
    /// When an argument cannot be written for it.
    pub fn files(self, job: &Job, places: &Places) -> Result<Vec<File>, JobError> {
        let file = |folder: &Path, name: &str, text: String| File {
            path: folder.join(name),
            text,
            encoding: Encoding::Utf8,
        };
        let units = |folder: &Path, service| {
            vec![
                file(folder, &format!("{NAME}.service"), service),
                file(folder, &format!("{NAME}.timer"), systemd::timer(job)),
            ]
        };
        Ok(match self {
            Self::SystemdUser => units(&places.config.join(USER_UNITS), systemd::user_service(job)),
            Self::SystemdSystem => units(Path::new(SYSTEM_UNITS), systemd::system_service(job)),
            Self::Cron => vec![file(Path::new(""), "crontab", cron::lines(job))],
            Self::Launchd => {
                let log = places.home.join("Library/Logs/bonafide.log");
                let text = launchd::agent(job, &log.to_string_lossy());
                let folder = places.home.join("Library/LaunchAgents");
                vec![file(&folder, &format!("{}.plist", launchd::LABEL), text)]
            }
            Self::WindowsTask => vec![File {
                encoding: Encoding::Utf16,
                ..file(Path::new(""), &format!("{NAME}.xml"), windows::task(job)?)
            }],
            Self::Github => {
                let folder = Path::new(".github/workflows");
                vec![file(folder, &format!("{NAME}.yml"), github::workflow(job))]
            }
        })
    }
}

impl Kind {
    /// What the scheduler makes beside our files when it is told to start them, which stays
    /// where it cannot be told to stop.
    pub fn links(self, places: &Places) -> Vec<PathBuf> {
        let wanted = |folder: &Path| {
            let wants = folder.join("timers.target.wants");
            vec![wants.join(format!("{NAME}.timer"))]
        };
        match self {
            Self::SystemdUser => wanted(&places.config.join(USER_UNITS)),
            Self::SystemdSystem => wanted(Path::new(SYSTEM_UNITS)),
            Self::Launchd | Self::Cron | Self::WindowsTask | Self::Github => Vec::new(),
        }
    }

    /// The file that says when runs start; `None` where the scheduler keeps it itself.
    pub fn says_when(self, places: &Places) -> Option<PathBuf> {
        let timer = format!("{NAME}.timer");
        match self {
            Self::SystemdUser => Some(places.config.join(USER_UNITS).join(timer)),
            Self::SystemdSystem => Some(Path::new(SYSTEM_UNITS).join(timer)),
            Self::Launchd => {
                let folder = places.home.join("Library/LaunchAgents");
                Some(folder.join(format!("{}.plist", launchd::LABEL)))
            }
            Self::Cron | Self::WindowsTask | Self::Github => None,
        }
    }
}

impl File {
    /// Its octets, in its encoding.
    pub fn octets(&self) -> Vec<u8> {
        match self.encoding {
            Encoding::Utf8 => self.text.clone().into_bytes(),
            Encoding::Utf16 => {
                let text = self
                    .text
                    .replacen("encoding=\"UTF-8\"", "encoding=\"UTF-16\"", 1);
                let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
                units.flat_map(u16::to_le_bytes).collect()
            }
        }
    }
}

pub use cron::{added, own, removed};
pub use launchd::{LABEL as LAUNCHD_LABEL, is_unknown as is_unknown_to_launchd};
pub use when::Planned;

/// Text for XML.
fn xml(text: &str) -> std::borrow::Cow<'_, str> {
    quick_xml::escape::escape(text)
}

#[cfg(test)]
mod tests;
