//! Removing what was installed, as far as it was, and whoever can be told.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::install::{crontab, domain, run, set_crontab};
use crate::schedule::{self, File, Kind, LAUNCHD_LABEL, NAME, Places};

/// What was removed.
#[derive(Debug, Default)]
pub(super) struct Removed {
    /// What was done, line by line.
    pub(super) said: Vec<String>,
    /// What the scheduler could not be told, and why.
    pub(super) untold: Option<String>,
}

/// Removes what there is of an installation, whole or by half.
///
/// # Errors
/// When something that is there cannot be removed.
pub(super) fn remove(kind: Kind, files: &[File], places: &Places) -> anyhow::Result<Removed> {
    match kind {
        Kind::Cron => return from_crontab().map(Removed::of),
        Kind::WindowsTask => return task().map(Removed::of),
        _ => {}
    }
    let there: Vec<PathBuf> = files
        .iter()
        .map(|file| file.path.clone())
        .chain(kind.links(places))
        .filter(|path| is_there(path))
        .collect();
    if there.is_empty() {
        return Ok(Removed::of("nothing is installed".to_owned()));
    }
    let mut removed = Removed::default();
    removed.tell(stop(kind, &there));
    for path in &there {
        match fs::remove_file(path) {
            Ok(()) => removed.said.push(format!("removed {}", path.display())),
            // The scheduler took its own link away.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                return Err(error).with_context(|| format!("cannot remove {}", path.display()));
            }
        }
    }
    removed.tell(forget(kind));
    Ok(removed)
}

impl Removed {
    fn of(said: String) -> Self {
        Self {
            said: vec![said],
            untold: None,
        }
    }

    /// The first thing that could not be told says why; the next ones fail for the same reason.
    fn tell(&mut self, told: anyhow::Result<()>) {
        if let Err(error) = told {
            self.untold.get_or_insert_with(|| format!("{error:#}"));
        }
    }
}

/// Whether there is a file, or a link that leads nowhere any more.
fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Has the scheduler start nothing more.
fn stop(kind: Kind, there: &[PathBuf]) -> anyhow::Result<()> {
    let timer = format!("{NAME}.timer");
    // Without a timer there is nothing that it could know of.
    let has_timer = there.iter().any(|path| path.ends_with(&timer));
    match kind {
        Kind::SystemdUser if has_timer => {
            run("systemctl", &["--user", "disable", "--now", &timer])?
        }
        Kind::SystemdSystem if has_timer => run("systemctl", &["disable", "--now", &timer])?,
        Kind::Launchd => {
            let label = format!("{}/{LAUNCHD_LABEL}", domain()?);
            return match run("launchctl", &["bootout", &label]) {
                // Its file may be there without it running.
                Err(error) if schedule::is_unknown_to_launchd(&format!("{error:#}")) => Ok(()),
                told => told.map(drop),
            };
        }
        _ => String::new(),
    };
    Ok(())
}

/// Has the scheduler look at what files there are now.
fn forget(kind: Kind) -> anyhow::Result<()> {
    match kind {
        Kind::SystemdUser => run("systemctl", &["--user", "daemon-reload"])?,
        Kind::SystemdSystem => run("systemctl", &["daemon-reload"])?,
        _ => String::new(),
    };
    Ok(())
}

fn from_crontab() -> anyhow::Result<String> {
    let crontab = crontab()?;
    let rest = schedule::removed(&crontab);
    if rest == crontab {
        return Ok("nothing is installed".to_owned());
    }
    set_crontab(&rest)?;
    Ok("removed from your crontab".to_owned())
}

fn task() -> anyhow::Result<String> {
    // That there is none and that it may not be seen are told apart by the words alone.
    if let Err(error) = run("schtasks", &["/Query", "/TN", NAME]) {
        return if error.downcast_ref::<std::io::Error>().is_some() {
            Err(error)
        } else {
            Ok(format!(
                "nothing is installed, as far as is said: {error:#}"
            ))
        };
    }
    run("schtasks", &["/Delete", "/TN", NAME, "/F"])?;
    Ok(format!("removed the task {NAME}"))
}
