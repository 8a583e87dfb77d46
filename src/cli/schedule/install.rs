//! Installing what a scheduler runs, through the scheduler's own program.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, bail};

use crate::cli::output;
use crate::schedule::{self, File, Kind, LAUNCHD_LABEL, NAME, Places};

/// Whether something is installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Installed {
    /// As it would be now.
    Same,
    /// In another form; and why it is not at work, where its scheduler does not say that it is.
    Different(Option<String>),
    /// Its files are there, and its scheduler does not say that it is at work; why.
    Stopped(String),
    /// Not at all.
    Not,
}

/// Puts the files where they belong, and says what was done.
pub(super) fn install(kind: Kind, files: &[File]) -> anyhow::Result<Vec<String>> {
    match kind {
        Kind::Cron => {
            let crontab = schedule::added(&crontab()?, &files[0].text);
            set_crontab(&crontab)?;
            return Ok(vec!["added to your crontab".to_owned()]);
        }
        Kind::WindowsTask => return task(&files[0]),
        _ => {}
    }
    let mut said = Vec::new();
    for file in files {
        if let Some(folder) = file.path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        }
        output::write(Some(&file.path), &file.octets())?;
        said.push(format!("wrote {}", file.path.display()));
    }
    Ok(said)
}

/// Has the scheduler start what was put there.
///
/// # Errors
/// When it cannot be told, which leaves the files where they are.
pub(super) fn start(kind: Kind, files: &[File]) -> anyhow::Result<Vec<String>> {
    started(kind, files).with_context(|| {
        format!(
            "the files are written, and nothing is started; set this right and install again, or take \
             them back with `bonafide schedule --kind {} --remove`",
            kind.as_str()
        )
    })
}

fn started(kind: Kind, files: &[File]) -> anyhow::Result<Vec<String>> {
    let timer = format!("{NAME}.timer");
    Ok(match kind {
        Kind::SystemdUser => {
            run("systemctl", &["--user", "daemon-reload"])?;
            run("systemctl", &["--user", "enable", "--now", &timer])?;
            vec![
                "started; it runs while you are logged in, and always after: loginctl enable-linger"
                    .to_owned(),
            ]
        }
        Kind::SystemdSystem => {
            run("systemctl", &["daemon-reload"])?;
            run("systemctl", &["enable", "--now", &timer])?;
            vec!["started".to_owned()]
        }
        Kind::Launchd => {
            let domain = domain()?;
            let file = files[0].path.to_string_lossy();
            // An earlier one keeps the label; that there is none is no error.
            let _ = run(
                "launchctl",
                &["bootout", &format!("{domain}/{LAUNCHD_LABEL}")],
            );
            run("launchctl", &["bootstrap", &domain, &file])?;
            vec!["started".to_owned()]
        }
        Kind::Github => vec!["commit it, and give the repository its secrets".to_owned()],
        Kind::Cron | Kind::WindowsTask => Vec::new(),
    })
}

/// Whether it is installed, and what the scheduler says of it.
pub(super) fn status(kind: Kind, files: &[File]) -> anyhow::Result<(Installed, Vec<String>)> {
    let timer = format!("{NAME}.timer");
    let installed = match kind {
        Kind::Cron => {
            let crontab = crontab()?;
            if crontab.contains(&files[0].text) {
                Installed::Same
            } else if schedule::removed(&crontab) == crontab {
                Installed::Not
            } else {
                Installed::Different(None)
            }
        }
        Kind::WindowsTask => {
            return Ok(
                match run("schtasks", &["/Query", "/TN", NAME, "/V", "/FO", "LIST"]) {
                    Ok(said) => (Installed::Same, vec![said]),
                    Err(_) => (Installed::Not, Vec::new()),
                },
            );
        }
        _ => compared(files)?,
    };
    let installed = match installed {
        Installed::Same => stopped(kind).map_or(Installed::Same, Installed::Stopped),
        Installed::Different(_) => Installed::Different(stopped(kind)),
        other => other,
    };
    let asked = match kind {
        _ if !matches!(installed, Installed::Same) => return Ok((installed, Vec::new())),
        Kind::SystemdUser => run("systemctl", &["--user", "list-timers", "--all", &timer]),
        Kind::SystemdSystem => run("systemctl", &["list-timers", "--all", &timer]),
        Kind::Launchd => run("launchctl", &["list", LAUNCHD_LABEL]),
        Kind::Cron | Kind::Github | Kind::WindowsTask => Ok(String::new()),
    };
    Ok((installed, vec![asked?]))
}

/// The text that says when runs start, of what is installed whatever its options.
pub(super) fn found(kind: Kind, places: &Places) -> Option<String> {
    match kind {
        Kind::Cron => {
            let crontab = crontab().ok()?;
            schedule::own(&crontab).map(str::to_owned)
        }
        Kind::WindowsTask => run("schtasks", &["/Query", "/TN", NAME, "/XML"]).ok(),
        Kind::Github => None,
        _ => fs::read_to_string(kind.says_when(places)?).ok(),
    }
}

/// Why what is installed is not at work, where its scheduler can be asked.
pub(super) fn stopped(kind: Kind) -> Option<String> {
    let timer = format!("{NAME}.timer");
    let asked = match kind {
        Kind::SystemdUser => run("systemctl", &["--user", "is-active", &timer]),
        Kind::SystemdSystem => run("systemctl", &["is-active", &timer]),
        Kind::Launchd => run("launchctl", &["list", LAUNCHD_LABEL]),
        Kind::Cron | Kind::Github | Kind::WindowsTask => return None,
    };
    asked.err().map(|error| format!("{error:#}"))
}

fn compared(files: &[File]) -> anyhow::Result<Installed> {
    let mut same = 0;
    let mut there = 0;
    for file in files {
        match fs::read(&file.path) {
            Ok(octets) => {
                there += 1;
                same += usize::from(octets == file.octets());
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", file.path.display()));
            }
        }
    }
    Ok(match there {
        0 => Installed::Not,
        _ if same == files.len() => Installed::Same,
        _ => Installed::Different(None),
    })
}

/// Registers a Windows task from a file, which is not needed afterwards.
fn task(file: &File) -> anyhow::Result<Vec<String>> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let path = folder.path().join(&file.path);
    fs::write(&path, file.octets())?;
    let path = path.to_string_lossy();
    run("schtasks", &["/Create", "/TN", NAME, "/XML", &path, "/F"])?;
    Ok(vec![format!("registered the task {NAME}")])
}

/// The user's crontab; empty where there is none.
pub(super) fn crontab() -> anyhow::Result<String> {
    let output = started_with("crontab", &["-l"], Stdio::null())?.wait_with_output()?;
    if output.status.success() {
        return String::from_utf8(output.stdout).context("your crontab is not UTF-8");
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    // Only this is known to mean that there is none: anything else may hide one.
    if complaint.contains("no crontab for") {
        return Ok(String::new());
    }
    bail!("crontab -l {}", ended(&output))
}

pub(super) fn set_crontab(text: &str) -> anyhow::Result<()> {
    let mut child = started_with("crontab", &["-"], Stdio::piped())?;
    let mut stdin = child.stdin.take().expect("it was just piped");
    stdin.write_all(text.as_bytes())?;
    drop(stdin);
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("crontab - {}", ended(&output));
    }
    Ok(())
}

/// The launchd domain of who is logged in.
pub(super) fn domain() -> anyhow::Result<String> {
    Ok(format!("gui/{}", run("id", &["-u"])?.trim()))
}

/// Runs a scheduler's program to its end, and returns what it printed.
pub(super) fn run(program: &str, arguments: &[&str]) -> anyhow::Result<String> {
    let output = started_with(program, arguments, Stdio::null())?.wait_with_output()?;
    if !output.status.success() {
        bail!("{program} {} {}", arguments.join(" "), ended(&output));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn started_with(
    program: &str,
    arguments: &[&str],
    stdin: Stdio,
) -> anyhow::Result<std::process::Child> {
    Command::new(program)
        .args(arguments)
        .stdin(stdin)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| {
            format!("cannot start {program}; is this the right --kind for this system?")
        })
}

fn ended(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    let words = match complaint.trim() {
        "" => said.trim(),
        complaint => complaint,
    };
    format!("ended with {}: {words}", output.status)
}
