//! What runs the reminders at set times.

#[cfg(unix)]
mod installed;

use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::harness::run;

fn printed(kind: &str) -> String {
    let ran = run(&["schedule", "--kind", kind]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout
}

#[test]
fn each_kind_is_printed_and_runs_this_program() {
    for kind in [
        "systemd-user",
        "systemd-system",
        "cron",
        "launchd",
        "windows-task",
    ] {
        let text = printed(kind);
        assert!(text.contains(env!("CARGO_BIN_EXE_bonafide")), "{text}");
        assert!(text.contains("remind"), "{text}");
    }
    assert!(printed("systemd-user").contains("OnCalendar=*-*-* 08:30:00\n"));
    assert!(printed("github").contains("60 days"));
}

#[test]
fn the_run_gets_the_files_that_were_named_as_whole_paths() {
    let text = run(&[
        "schedule",
        "--kind",
        "cron",
        "--config",
        "/dev/null",
        "--data-dir",
        "my data",
    ]);
    let here = std::env::current_dir().unwrap();
    let data = here.join("my data");
    let said = format!(
        "'--config' '/dev/null' '--data-dir' '{}' 'remind'",
        data.display()
    );
    assert!(text.stdout.contains(&said), "{}", text.stdout);
}

#[test]
fn a_wrong_time_is_refused() {
    for at in ["25:00", "8", "noon"] {
        let ran = run(&["schedule", "--at", at]);
        assert_eq!(ran.code, 2);
        assert!(
            ran.stderr.contains("expected a time of day such as 08:30"),
            "{}",
            ran.stderr
        );
    }
}

#[cfg(unix)]
mod with_tools {
    use quick_xml::events::Event;

    use super::*;
    use crate::harness::fixture;
    use crate::notify::python;

    /// The program under a path that every scheduler must quote, run from there.
    fn strange(folder: &Path) -> Command {
        under(folder, "100% it's $HOME \"here\" & there")
    }

    fn under(folder: &Path, name: &str) -> Command {
        let place = folder.join(name);
        std::fs::create_dir(&place).unwrap();
        let program = place.join("bonafide");
        std::fs::copy(env!("CARGO_BIN_EXE_bonafide"), &program).unwrap();
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("HOME", folder)
            .env("PATH", std::env::var_os("PATH").unwrap());
        command
    }

    fn there_is(tool: &str, installed_by: &str) -> bool {
        let found = Command::new(tool).arg("--version").output().is_ok();
        if !found {
            skipped(tool, installed_by);
        }
        found
    }

    #[expect(clippy::print_stderr, reason = "why a test did nothing must be said")]
    fn skipped(tool: &str, installed_by: &str) {
        eprintln!("SKIPPED: {tool} is not installed ({installed_by})");
    }

    #[test]
    fn systemd_takes_its_units() {
        if !there_is("systemd-analyze", "Debian: apt-get install systemd") {
            return;
        }
        let names = [
            "100% it's $HOME \"here\" & there",
            "100% of $HOME",
            "plain",
            "ü ; #",
        ];
        for (kind, user) in [("systemd-user", "--user"), ("systemd-system", "--system")] {
            for (every, name) in std::iter::zip(["hour", "day", "weekday", "week"], names) {
                let folder = TempDir::new().unwrap();
                let written = under(folder.path(), name)
                    .args(["schedule", "--kind", kind, "--every", every, "-q", "-o"])
                    .arg(folder.path())
                    .status()
                    .unwrap();
                assert!(written.success());
                let verified = Command::new("systemd-analyze")
                    .args(["verify", "--man=no", user])
                    .arg(folder.path().join("bonafide-remind.service"))
                    .arg(folder.path().join("bonafide-remind.timer"))
                    .env("XDG_RUNTIME_DIR", folder.path())
                    .output()
                    .unwrap();
                let said = String::from_utf8_lossy(&verified.stderr);
                let is_ours = said.lines().any(|line| line.contains("bonafide-remind"));
                assert!(!is_ours, "{kind} {every}: {said}");
                assert!(verified.status.success(), "{kind} {every}: {said}");
            }
        }
    }

    #[test]
    fn another_implementation_reads_the_agent() {
        let folder = TempDir::new().unwrap();
        let mut command = strange(folder.path());
        let program = command.get_program().to_str().unwrap().to_owned();
        let agent = command
            .args([
                "schedule", "--kind", "launchd", "--every", "weekday", "--at", "07:05",
            ])
            .output()
            .unwrap();
        let Some(mut python) = python("plistlib") else {
            return;
        };
        let mut child = python
            .arg(fixture("notify/read_plist.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), &agent.stdout).unwrap();
        let read = child.wait_with_output().unwrap().stdout;
        let read: serde_json::Value = serde_json::from_slice(&read).unwrap();
        assert_eq!(
            read["ProgramArguments"],
            serde_json::json!([program, "remind"])
        );
        let days = read["StartCalendarInterval"].as_array().unwrap();
        assert_eq!(days.len(), 5);
        assert_eq!(
            days[4],
            serde_json::json!({"Minute": 5, "Hour": 7, "Weekday": 5})
        );
    }

    #[test]
    fn a_task_is_as_the_schema_has_it() {
        for every in ["hour", "day", "weekday", "week"] {
            let folder = TempDir::new().unwrap();
            let mut command = strange(folder.path());
            let program = command.get_program().to_str().unwrap().to_owned();
            let written = command
                .args([
                    "schedule",
                    "--kind",
                    "windows-task",
                    "--every",
                    every,
                    "-q",
                    "-o",
                ])
                .arg(folder.path())
                .status()
                .unwrap();
            assert!(written.success());
            let file = folder.path().join("bonafide-remind.xml");
            let octets = std::fs::read(&file).unwrap();
            let (text, _, had_errors) = encoding_rs::UTF_16LE.decode(&octets);
            assert!(!had_errors);
            assert_eq!(command_of(&text), program);
            if !there_is("xmllint", "Debian: apt-get install libxml2-utils") {
                return;
            }
            let checked = Command::new("xmllint")
                .args(["--noout", "--schema"])
                .arg(fixture("notify/task.xsd"))
                .arg(&file)
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&checked.stderr);
            assert!(checked.status.success(), "{every}: {said}\n{text}");
        }
    }

    /// What stands in `<Command>`.
    fn command_of(task: &str) -> String {
        let mut reader = quick_xml::Reader::from_str(task);
        let mut command = String::new();
        let mut inside = false;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => inside = start.name().as_ref() == "Command",
                Event::Text(text) if inside => command += &text,
                Event::GeneralRef(name) if inside => {
                    command += quick_xml::escape::resolve_predefined_entity(&name).unwrap();
                }
                Event::End(_) => inside = false,
                Event::Eof => return command,
                _ => {}
            }
        }
    }
}
