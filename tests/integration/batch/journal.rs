//! Runs that end before their time, and those that go on.

use std::process::{Child, Stdio};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::*;

/// Fails once for some of the numbers, in every way that passes.
fn faulty(path: &str, nth: u32) -> Fate {
    let seed: u32 = path.bytes().fold(7, |seed: u32, byte| {
        seed.wrapping_mul(31).wrapping_add(byte.into())
    });
    match (nth, seed % 1000) {
        (1, 0) => Fate::TooMany(1),
        (1, 1..=20) => Fate::Broken,
        (1, 21..=40) => Fate::Reset,
        (1, 41..=60) => Fate::Slow,
        _ => Fate::Record,
    }
}

fn start(desk: &Desk, arguments: &[&str]) -> Child {
    let command = desk.command();
    let mut process = std::process::Command::new(command.get_program());
    process
        .args(command.get_args())
        .args(arguments)
        .env_clear()
        .current_dir(desk.folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    process.spawn().unwrap()
}

/// A run of `list.csv` that is killed once so many answers are in its journal.
fn killed_after(desk: &Desk, answers: usize) {
    let mut child = start(desk, &["list.csv", "-o", "out.csv"]);
    let answered = || {
        let journal = desk.journals().pop()?;
        let text = std::fs::read_to_string(journal).ok()?;
        Some(text.matches("\"key\":").count())
    };
    while answered().is_none_or(|answered| answered < answers) {
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_run_that_is_killed_again_and_again_ends_with_every_row_right() {
    const ROWS: usize = 5_000;
    const AT_ONCE: usize = 64;
    let desk = Desk::new(Records::with(faulty));
    desk.list("list.csv", &candidates(ROWS));
    let arguments = ["list.csv", "-o", "out.csv", "--concurrency", "64", "-q"];
    let mut kills = 0;
    let code = loop {
        let mut child = start(&desk, &arguments);
        // Longer each time, so that the test ends on a slow machine too.
        let patience = Duration::from_millis(700 + 150 * kills as u64);
        let until = std::time::Instant::now() + patience;
        let ended = loop {
            if let Some(ended) = child.try_wait().unwrap() {
                break Some(ended);
            }
            if std::time::Instant::now() > until {
                break None;
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        if let Some(ended) = ended {
            break ended.code();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
        assert!(
            !exists(&desk.path("out.csv")),
            "nothing is shown before its end"
        );
    };
    assert_eq!(code, Some(0));
    assert!(kills > 0, "the run must have been killed at least once");
    let rows = csv(&desk.read("out.csv"));
    assert_eq!(rows.len(), ROWS);
    for (row, at) in rows.iter().zip(1..) {
        assert_eq!(row["link"], link(&number(at)));
        assert_eq!(row["status"], "active", "{row:?}");
        assert_eq!(row["holder"], holder(&number(at)));
    }
    let answers: u32 = desk.records.answered().values().sum();
    let most = ROWS + kills * AT_ONCE;
    assert!(answers as usize <= most, "{answers} answers, {kills} kills");
    assert_eq!(desk.journals(), Vec::<PathBuf>::new());
}

#[test]
fn what_was_answered_before_a_kill_is_not_asked_again() {
    let desk = Desk::new(Records::with(|path, _| {
        if path.ends_with(&number(40)) {
            Fate::Late(60_000)
        } else {
            Fate::Record
        }
    }));
    desk.list("list.csv", &candidates(40));
    killed_after(&desk, 39);
    let before = desk.records.asked();
    let ran = desk.batch(&[
        "list.csv",
        "-o",
        "out.csv",
        "--timeout",
        "1s",
        "--retries",
        "0",
    ]);
    assert!(
        ran.stderr.contains("Going on with the run begun on"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("39 answers are there already"),
        "{}",
        ran.stderr
    );
    assert_eq!(ran.code, 3);
    let mut after = desk.records.asked();
    let late = after.remove(&format!("/api/credentials/{}", number(40)));
    assert_eq!(late, Some(2), "what had no answer is asked again");
    for (path, times) in after {
        assert_eq!(Some(&times), before.get(&path), "{path}");
    }
}

#[test]
fn a_torn_last_line_costs_that_line_alone() {
    let desk = Desk::new(Records::with(|path, nth| {
        if nth == 1 && path.ends_with(&number(3)) {
            Fate::Late(60_000)
        } else {
            Fate::Record
        }
    }));
    desk.list("list.csv", &candidates(3));
    killed_after(&desk, 2);
    let journal = desk.journals().pop().unwrap();
    let mut text = std::fs::read(&journal).unwrap();
    text.truncate(text.len() - 20);
    std::fs::write(&journal, text).unwrap();
    let ran = desk.batch(&["list.csv", "-o", "out.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("1 answer is there already"),
        "{}",
        ran.stderr
    );
    assert_eq!(csv(&desk.read("out.csv")).len(), 3);
}

#[test]
fn a_journal_of_another_list_is_named_and_kept() {
    let desk = Desk::new(Records::with(|path, _| {
        if path.ends_with(&number(3)) {
            Fate::Late(60_000)
        } else {
            Fate::Record
        }
    }));
    desk.list("list.csv", &candidates(3));
    killed_after(&desk, 2);
    let other = candidates(3).replace(&holder(&number(2)), "Jane Doe");
    desk.list("list.csv", &other);
    let ran = desk.batch(&["list.csv", "-o", "out.csv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("row 2"), "{}", ran.stderr);
    assert!(ran.stderr.contains("--fresh"), "{}", ran.stderr);
    assert_eq!(desk.journals().len(), 1);
    desk.list("list.csv", &candidates(2));
    let ran = desk.batch(&["list.csv", "-o", "out.csv"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("it had 3 rows, this one has 2"),
        "{}",
        ran.stderr
    );
}

#[test]
fn two_runs_of_one_list_do_not_meet() {
    let desk = Desk::new(Records::with(|_, _| Fate::Late(5_000)));
    desk.list("list.csv", &candidates(1));
    let mut child = start(&desk, &["list.csv", "-o", "out.csv"]);
    while desk.records.asked().is_empty() {
        std::thread::sleep(Duration::from_millis(10));
    }
    let ran = desk.batch(&["list.csv", "-o", "other.csv"]);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("another run of this list is under way"),
        "{}",
        ran.stderr
    );
}

#[cfg(unix)]
#[test]
fn ctrl_c_finishes_what_is_under_way_and_writes_what_is_done() {
    let desk = Desk::new(Records::with(|path, _| {
        if path.ends_with(&number(1)) {
            Fate::Late(700)
        } else {
            Fate::Record
        }
    }));
    desk.list("list.csv", &candidates(30));
    let mut child = start(&desk, &["list.csv", "-o", "out.csv", "--concurrency", "1"]);
    while desk.records.asked().is_empty() {
        std::thread::sleep(Duration::from_millis(10));
    }
    let sent = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
    let ended = child.wait().unwrap();
    let mut said = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut said).unwrap();
    assert_eq!(ended.code(), Some(3), "{said}");
    assert!(said.contains("goes on from"), "{said}");
    let rows = csv(&desk.read("out.csv"));
    assert_eq!(rows.len(), 30, "every row comes out");
    assert_eq!(rows[0]["status"], "active");
    assert!(rows[29]["findings"].contains("not-asked"));
    let before = desk.records.asked();
    let ran = desk.batch(&["list.csv", "-o", "out.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for path in before.keys() {
        assert_eq!(desk.records.asked()[path], 1, "{path}");
    }
}

#[test]
fn a_run_waits_as_long_as_the_service_asks() {
    let desk = Desk::new(Records::with(|path, nth| {
        if nth == 1 && path.ends_with(&number(2)) {
            Fate::TooMany(3)
        } else {
            Fate::Record
        }
    }));
    desk.list("list.csv", &candidates(8));
    let start = std::time::Instant::now();
    // A single request has no time for such a wait; a list has.
    let ran = desk.batch(&[
        "list.csv",
        "-o",
        "out.csv",
        "--timeout",
        "1s",
        "--retries",
        "1",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(start.elapsed() >= Duration::from_secs(3));
    assert_eq!(
        desk.records.asked()[&format!("/api/credentials/{}", number(2))],
        2
    );
}

#[test]
fn the_journal_holds_neither_names_nor_links_nor_secrets_of_the_list() {
    let desk = Desk::new(Records::with(|path, _| {
        if path.ends_with(&number(2)) {
            Fate::Late(60_000)
        } else {
            Fate::Record
        }
    }));
    let list = format!(
        "name,email,link\nJane Doe,jane@doe.example,{}\nJohn Roe,john@roe.example,{}\n",
        link(&number(1)),
        link(&number(2))
    );
    desk.list("list.csv", &list);
    killed_after(&desk, 1);
    let mut journal = std::fs::read_to_string(desk.journals().pop().unwrap()).unwrap();
    assert!(journal.contains(&number(1)), "the answer is there");
    // What is known of the rows stands there in Base64.
    let packed: Vec<Vec<u8>> = journal
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter_map(|line| STANDARD.decode(line["rows"].as_str()?).ok())
        .collect();
    assert!(!packed.is_empty(), "{journal}");
    for rows in packed {
        journal.push_str(&String::from_utf8_lossy(&rows));
    }
    for word in [
        "C72B4F60A795D7E4",
        "Jane",
        "Roe",
        "doe.example",
        "en-us/user",
    ] {
        assert!(!journal.contains(word), "{word}");
    }
}

/// A journal of three rows, two of them answered.
fn two_of_three() -> (Desk, PathBuf) {
    let desk = Desk::new(Records::with(|path, nth| {
        if nth == 1 && path.ends_with(&number(3)) {
            Fate::Late(60_000)
        } else {
            Fate::Record
        }
    }));
    desk.list("list.csv", &candidates(3));
    killed_after(&desk, 2);
    let journal = desk.journals().pop().unwrap();
    (desk, journal)
}

#[test]
fn an_answer_of_another_day_is_asked_for_again() {
    let (desk, journal) = two_of_three();
    let text = std::fs::read_to_string(&journal).unwrap();
    let year = format!("\"fetched_at\":\"{}", chrono::Utc::now().format("%Y"));
    assert!(text.contains(&year));
    std::fs::write(&journal, text.replace(&year, "\"fetched_at\":\"2001")).unwrap();
    let ran = desk.batch(&["list.csv", "-o", "out.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!ran.stderr.contains("Going on"), "{}", ran.stderr);
    assert_eq!(desk.records.answered().values().sum::<u32>(), 5);
}

#[test]
fn a_damaged_answer_is_asked_for_again() {
    let (desk, journal) = two_of_three();
    let text = std::fs::read_to_string(&journal).unwrap();
    std::fs::write(&journal, text.replacen("Administrator", "Administrat0r", 1)).unwrap();
    let ran = desk.batch(&["list.csv", "-o", "out.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(csv(&desk.read("out.csv")).len(), 3);
    assert_eq!(desk.records.answered().values().sum::<u32>(), 4);
}

#[test]
fn a_service_that_wants_too_long_a_wait_is_not_waited_for() {
    let desk = Desk::new(Records::with(|_, _| Fate::TooMany(7_200)));
    desk.list("list.csv", &candidates(9));
    let start = std::time::Instant::now();
    let ran = desk.batch(&["list.csv", "-o", "out.csv"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(start.elapsed() < Duration::from_secs(30));
    assert_eq!(desk.read("out.csv").matches("rate-limited").count(), 9);
}

#[test]
fn lists_from_standard_input_have_journals_of_their_own() {
    let desk = Desk::new(Records::with(|path, _| {
        if path.ends_with(&number(1)) {
            Fate::Late(5_000)
        } else {
            Fate::Record
        }
    }));
    let list = desk.list("first.csv", &candidates(1));
    let command = desk.command();
    let mut first = std::process::Command::new(command.get_program())
        .args(command.get_args())
        .arg("-")
        .stdin(std::fs::File::open(list).unwrap())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while desk.records.asked().is_empty() {
        std::thread::sleep(Duration::from_millis(10));
    }
    let other = format!("name,link\n{},{}\n", holder(&number(2)), link(&number(2)));
    let ran = finish(desk.command().arg("-").write_stdin(other));
    first.kill().unwrap();
    first.wait().unwrap();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}
