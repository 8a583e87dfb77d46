//! What runs the reminders at set times.

use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::harness::{Ran, bonafide, finish, run};

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
    use std::os::unix::fs::PermissionsExt;

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

    /// Schedulers' programs that note what they are asked, in the place of the real ones.
    struct Fakes {
        folder: TempDir,
    }

    impl Fakes {
        fn new() -> Self {
            let folder = TempDir::new().unwrap();
            let home = folder.path().display();
            let scripts = [
                (
                    "systemctl",
                    format!("#!/bin/sh\necho \"systemctl $*\" >> '{home}/asked'\n"),
                ),
                (
                    "crontab",
                    format!(
                        "#!/bin/sh\nif [ \"$1\" = -l ]; then\n  cat '{home}/crontab' 2>/dev/null || \
                         {{ echo 'no crontab for jo' >&2; exit 1; }}\nelse cat > '{home}/crontab'; fi\n"
                    ),
                ),
            ];
            let bin = folder.path().join("bin");
            std::fs::create_dir(&bin).unwrap();
            for (name, script) in scripts {
                let path = bin.join(name);
                std::fs::write(&path, script).unwrap();
                std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
            }
            Self { folder }
        }

        fn run(&self, arguments: &[&str]) -> Ran {
            let path = format!("{}/bin:/usr/bin:/bin", self.folder.path().display());
            finish(
                bonafide()
                    .arg("schedule")
                    .args(arguments)
                    .env("HOME", self.folder.path())
                    .env("PATH", path),
            )
        }

        fn text(&self, name: &str) -> String {
            std::fs::read_to_string(self.folder.path().join(name)).unwrap_or_default()
        }
    }

    #[test]
    fn a_timer_is_installed_told_of_and_removed() {
        let fakes = Fakes::new();
        let kind = ["--kind", "systemd-user"];
        let status = fakes.run(&[&kind[..], &["--status"]].concat());
        assert_eq!(status.code, 1, "{}", status.stderr);
        assert_eq!(
            status.stdout,
            "systemd-user: not installed; --install installs it\n"
        );
        let installed = fakes.run(&[&kind[..], &["--install"]].concat());
        assert_eq!(installed.code, 0, "{}", installed.stderr);
        assert!(
            fakes
                .text("asked")
                .ends_with("systemctl --user enable --now bonafide-remind.timer\n")
        );
        let timer = fakes.text(".config/systemd/user/bonafide-remind.timer");
        assert!(timer.contains("Persistent=true"), "{timer}");
        assert_eq!(fakes.run(&[&kind[..], &["--status"]].concat()).code, 0);
        let other = fakes.run(&[&kind[..], &["--status", "--at", "09:00"]].concat());
        assert!(
            other.stdout.contains("not as these options would"),
            "{}",
            other.stdout
        );
        assert_eq!(other.code, 1);
        let removed = fakes.run(&[&kind[..], &["--remove"]].concat());
        assert_eq!(removed.code, 0, "{}", removed.stderr);
        assert_eq!(fakes.text(".config/systemd/user/bonafide-remind.timer"), "");
        let again = fakes.run(&[&kind[..], &["--remove"]].concat());
        assert_eq!((again.code, &*again.stderr), (0, "nothing is installed\n"));
    }

    #[test]
    fn a_crontab_keeps_what_others_wrote() {
        let fakes = Fakes::new();
        let others = "MAILTO=jo\n5 4 * * * backup\n";
        std::fs::write(fakes.folder.path().join("crontab"), others).unwrap();
        for at in ["08:30", "09:15"] {
            assert_eq!(
                fakes.run(&["--kind", "cron", "--install", "--at", at]).code,
                0
            );
        }
        let crontab = fakes.text("crontab");
        assert!(crontab.starts_with(others), "{crontab}");
        assert_eq!(crontab.matches("'remind'").count(), 1);
        assert!(crontab.contains("\n15 9 * * * "), "{crontab}");
        assert_eq!(
            fakes
                .run(&["--kind", "cron", "--status", "--at", "09:15"])
                .code,
            0
        );
        assert_eq!(fakes.run(&["--kind", "cron", "--remove"]).code, 0);
        assert_eq!(fakes.text("crontab"), others);
    }

    #[test]
    fn a_crontab_that_cannot_be_read_is_not_replaced() {
        let fakes = Fakes::new();
        let broken = "#!/bin/sh\necho 'crontab: permission denied' >&2\nexit 1\n";
        std::fs::write(fakes.folder.path().join("bin/crontab"), broken).unwrap();
        let ran = fakes.run(&["--kind", "cron", "--install"]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("permission denied"), "{}", ran.stderr);
    }

    #[test]
    fn a_scheduler_that_is_not_there_is_named() {
        let fakes = Fakes::new();
        let ran = fakes.run(&["--kind", "windows-task", "--install"]);
        assert_eq!(ran.code, 2);
        assert!(
            ran.stderr.contains("cannot start schtasks"),
            "{}",
            ran.stderr
        );
    }
}
