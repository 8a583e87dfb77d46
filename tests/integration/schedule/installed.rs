//! Installing and removing, through programs that note what they are asked.

use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

use crate::harness::{Ran, bonafide, finish};

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

const NO_BUS: &str = "#!/bin/sh\necho 'Failed to connect to bus: No medium found' >&2\nexit 1\n";

impl Fakes {
    /// With another program in the place of one.
    fn put(&self, name: &str, script: &str) {
        let path = self.folder.path().join("bin").join(name);
        std::fs::write(&path, script).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    }

    fn exists(&self, name: &str) -> bool {
        self.folder.path().join(name).symlink_metadata().is_ok()
    }
}

#[test]
fn what_was_installed_by_half_is_said_and_can_be_taken_back_without_a_bus() {
    let fakes = Fakes::new();
    fakes.put("systemctl", NO_BUS);
    let kind = ["--kind", "systemd-user"];
    let installed = fakes.run(&[&kind[..], &["--install"]].concat());
    assert_eq!(installed.code, 2, "{}", installed.stderr);
    for said in [
        "the files are written",
        "nothing is started",
        "--kind systemd-user --remove",
        "Failed to connect to bus",
    ] {
        assert!(
            installed.stderr.contains(said),
            "{said}: {}",
            installed.stderr
        );
    }
    assert!(
        installed.stderr.starts_with("wrote "),
        "{}",
        installed.stderr
    );
    let other = fakes.run(&[&kind[..], &["--status", "--at", "09:00"]].concat());
    assert!(
        other.stdout.contains("would and not started: systemctl"),
        "{}",
        other.stdout
    );
    let status = fakes.run(&[&kind[..], &["--status"]].concat());
    assert_eq!(status.code, 1, "{}", status.stderr);
    assert!(
        status.stdout.contains("installed and not started") && status.stdout.contains("bus"),
        "{}",
        status.stdout
    );
    // What `systemctl enable` makes, and cannot take away any more.
    let wants = fakes
        .folder
        .path()
        .join(".config/systemd/user/timers.target.wants");
    std::fs::create_dir(&wants).unwrap();
    std::os::unix::fs::symlink(
        wants.with_file_name("bonafide-remind.timer"),
        wants.join("bonafide-remind.timer"),
    )
    .unwrap();
    let removed = fakes.run(&[&kind[..], &["--remove"]].concat());
    assert_eq!(removed.code, 1, "{}", removed.stderr);
    for said in [
        "the scheduler could not be told",
        "bus",
        "until you log out",
    ] {
        assert!(removed.stderr.contains(said), "{said}: {}", removed.stderr);
    }
    for file in [
        "bonafide-remind.service",
        "bonafide-remind.timer",
        "timers.target.wants/bonafide-remind.timer",
    ] {
        assert!(
            !fakes.exists(&format!(".config/systemd/user/{file}")),
            "{file}"
        );
    }
    let again = fakes.run(&[&kind[..], &["--remove"]].concat());
    assert_eq!((again.code, &*again.stderr), (0, "nothing is installed\n"));
}

#[test]
fn a_service_without_its_timer_is_removed_without_asking_about_the_timer() {
    let fakes = Fakes::new();
    let units = fakes.folder.path().join(".config/systemd/user");
    std::fs::create_dir_all(&units).unwrap();
    std::fs::write(units.join("bonafide-remind.service"), "").unwrap();
    let removed = fakes.run(&["--kind", "systemd-user", "--remove"]);
    assert_eq!(removed.code, 0, "{}", removed.stderr);
    assert_eq!(fakes.text("asked"), "systemctl --user daemon-reload\n");
}

#[test]
fn an_agent_is_removed_whether_it_runs_or_not() {
    let agent = "Library/LaunchAgents/bonafide.remind.plist";
    for (launchctl, code, said) in [
        ("#!/bin/sh\nexit 0\n", 0, ""),
        (
            "#!/bin/sh\necho 'Boot-out failed: 3: No such process' >&2\nexit 3\n",
            0,
            "",
        ),
        (
            "#!/bin/sh\necho 'Boot-out failed: 125: Domain does not support specified action' >&2\nexit 125\n",
            1,
            "could not be told",
        ),
    ] {
        let fakes = Fakes::new();
        fakes.put("launchctl", launchctl);
        let folder = fakes.folder.path().join("Library/LaunchAgents");
        std::fs::create_dir_all(folder).unwrap();
        std::fs::write(fakes.folder.path().join(agent), "").unwrap();
        let removed = fakes.run(&["--kind", "launchd", "--remove"]);
        assert_eq!(removed.code, code, "{}", removed.stderr);
        assert!(removed.stderr.contains(said), "{}", removed.stderr);
        assert!(!fakes.exists(agent));
        let again = fakes.run(&["--kind", "launchd", "--remove"]);
        assert_eq!((again.code, &*again.stderr), (0, "nothing is installed\n"));
    }
}

#[test]
fn a_crontab_and_a_task_are_removed_once_and_then_are_not_there() {
    let fakes = Fakes::new();
    let home = fakes.folder.path().display().to_string();
    let ran = fakes.run(&["--kind", "cron", "--remove"]);
    assert_eq!((ran.code, &*ran.stderr), (0, "nothing is installed\n"));
    // A Task Scheduler that knows a task while its file is there.
    let schtasks = format!(
        "#!/bin/sh\nif [ ! -e '{home}/task' ]; then echo 'ERROR: The system cannot find the file specified.' >&2; \
         exit 1; fi\nif [ \"$1\" = /Delete ]; then rm '{home}/task'; fi\n"
    );
    fakes.put("schtasks", &schtasks);
    std::fs::write(fakes.folder.path().join("task"), "").unwrap();
    let ran = fakes.run(&["--kind", "windows-task", "--remove"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("removed the task") && !fakes.exists("task"));
    let again = fakes.run(&["--kind", "windows-task", "--remove"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(
        again
            .stderr
            .contains("nothing is installed, as far as is said"),
        "{}",
        again.stderr
    );
}
