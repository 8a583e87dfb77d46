//! Two runs of one page at once.

#![cfg(unix)]

use std::process::{Child, Stdio};

use super::*;

fn start(desk: &Desk, day: &str) -> Child {
    let prepared = desk.command(day);
    std::process::Command::new(prepared.get_program())
        .args(prepared.get_args())
        .arg("--evidence")
        .args(&desk.evidence)
        .current_dir(desk.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Whether a process has a file open.
#[cfg(target_os = "linux")]
fn has_open(child: &Child, name: &str) -> bool {
    let Ok(open) = std::fs::read_dir(format!("/proc/{}/fd", child.id())) else {
        return false;
    };
    let leads = open.filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok());
    leads.into_iter().any(|path| path.ends_with(name))
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_goes_on_from_what_another_left_while_it_waited() {
    let desk = Desk::with(OWNER, &[administrator()]);
    let first = desk.run_on(DAY);
    assert_eq!(first.code, 0, "{}", first.stderr);
    let lock = desk.site(".bonafide-credentials.json.lock");
    let held = std::fs::File::create(&lock).unwrap();
    held.try_lock().unwrap();
    let mut waiting = start(&desk, "2026-11-24");
    while !has_open(&waiting, ".bonafide-credentials.json.lock") {
        assert_eq!(waiting.try_wait().unwrap(), None, "it waits for its turn");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    // It has read what was there. What another run leaves meanwhile has one more to tell of.
    let other = Desk::with(OWNER, &[administrator(), fundamentals()]);
    assert_eq!(other.run_on("2026-11-23").code, 0);
    for (name, bytes) in other.files() {
        std::fs::write(desk.site(&name), bytes).unwrap();
    }
    drop(held);
    assert_eq!(waiting.wait().unwrap().code(), Some(0));
    assert!(!lock.exists());
    let gone = id(1).to_lowercase();
    let badge = desk.site("badges").join(format!("{gone}.svg"));
    assert!(
        !badge.exists(),
        "what the other run left is this run's to clear up"
    );
}

#[test]
fn runs_at_once_leave_the_page_of_one_of_them() {
    let desk = Desk::with(OWNER, &[administrator(), fundamentals()]);
    let days = ["2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25"];
    let runs = days.map(|day| start(&desk, day));
    for mut run in runs {
        assert_eq!(run.wait().unwrap().code(), Some(0));
    }
    let data = desk.data();
    assert!(days.contains(&&data["as_of"].as_str().unwrap()[..10]));
    assert!(desk.read("index.html").contains("Azure Fundamentals"));
    for (name, _) in desk.files() {
        assert!(!name.starts_with(".bonafide"), "{name}");
    }
}
