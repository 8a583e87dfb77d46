//! A list whose runs are killed again and again.

use std::time::Instant;

use super::*;
use crate::kills::{Moments, kill_at, rounds, start};

const ROWS: usize = 60;
const AT_ONCE: usize = 8;
const ARGUMENTS: [&str; 6] = ["list.csv", "-o", "out.csv", "--concurrency", "8", "-q"];

/// The n-th list of as many others.
fn nth_list(nth: usize) -> String {
    let mut text = "name,link\n".to_owned();
    for number in numbers(nth) {
        writeln!(text, "{},{}", holder(&number), link(&number)).unwrap();
    }
    text
}

fn numbers(nth: usize) -> impl Iterator<Item = String> {
    (1..=ROWS).map(move |row| number(nth * 1_000 + row))
}

/// Holds the output to being whole: of the list under way, or of the one before.
fn whole(desk: &Desk, nth: usize) -> Option<usize> {
    let rows = csv(&std::fs::read_to_string(desk.path("out.csv")).ok()?);
    let of = |nth: usize| {
        let links = numbers(nth).map(|number| link(&number));
        links.eq(rows.iter().map(|row| row["link"].clone()))
    };
    let of = [nth, nth.wrapping_sub(1)].into_iter().find(|nth| of(*nth));
    assert!(
        of.is_some(),
        "neither list {nth} nor the one before: {rows:?}"
    );
    assert!(rows.iter().all(|row| row["status"] == "active"));
    of
}

/// How often the service was asked for what is in a list.
fn asked(desk: &Desk, nth: usize) -> usize {
    let asked = desk.records.asked();
    let paths = numbers(nth).map(|number| format!("/api/credentials/{number}"));
    paths
        .filter_map(|path| asked.get(&path))
        .map(|times| *times as usize)
        .sum()
}

#[test]
fn kills_leave_no_half_output_and_cost_no_answer_but_those_under_way() {
    let desk = Desk::new(Records::with(|_, _| Fate::Late(5)));
    desk.list("list.csv", &nth_list(0));
    let began = Instant::now();
    assert_eq!(desk.batch(&ARGUMENTS).code, 0);
    let mut moments = Moments::within(began.elapsed());
    let (mut nth, mut killed, mut kills, mut resumed) = (1, 0, 0, 0);
    desk.list("list.csv", &nth_list(nth));
    while killed < rounds() {
        let before = asked(&desk, nth);
        let began = Instant::now();
        let ended = kill_at(moments.next(), start(&desk.command(), &ARGUMENTS));
        let of = whole(&desk, nth);
        kills += usize::from(ended.is_none());
        killed += u32::from(ended.is_none());
        resumed += u32::from(ended.is_none() && before > 0 && before < ROWS);
        if let Some(ended) = ended {
            assert_eq!((ended.code(), of), (Some(0), Some(nth)));
            // As long as runs take now, so that most of them are killed at work.
            moments.of(began.elapsed());
        }
        let (asked, most) = (asked(&desk, nth), ROWS + kills * AT_ONCE);
        assert!(asked <= most, "{asked} questions, {kills} kills");
        // A run may be killed when all is done.
        if of == Some(nth) && desk.journals().is_empty() {
            (nth, kills) = (nth + 1, 0);
            desk.list("list.csv", &nth_list(nth));
        }
        assert!(
            ended.is_none() || kills == 0,
            "the journal of a run that ended is left"
        );
    }
    // A run without a kill ends what is left, and clears up once nobody can be writing it.
    let old = std::time::SystemTime::now() - std::time::Duration::from_mins(10);
    for part in parts(&desk) {
        let file = std::fs::File::options().append(true).open(part).unwrap();
        file.set_modified(old).unwrap();
    }
    let ran = desk.batch(&ARGUMENTS);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(whole(&desk, nth), Some(nth));
    assert_eq!((parts(&desk), desk.journals()), (Vec::new(), Vec::new()));
    // How many depends on the machine; that some went on with what was there does not.
    assert!(resumed > 0, "no run was killed that had begun");
}

/// What killed runs left beside the output.
fn parts(desk: &Desk) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(desk.folder.path()).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|end| end == "part"))
        .collect()
}

#[test]
fn two_lists_at_once_leave_one_of_the_two_outputs_whole() {
    let desk = Desk::new(Records::with(|_, _| Fate::Late(5)));
    desk.list("list.csv", &nth_list(1));
    desk.list("other.csv", &nth_list(0));
    for _ in 0..4 {
        let lists = ["list.csv", "other.csv"];
        let runs = lists.map(|list| start(&desk.command(), &[list, "-o", "out.csv", "-q"]));
        for mut run in runs {
            assert_eq!(run.wait().unwrap().code(), Some(0));
        }
        assert!(whole(&desk, 1).is_some());
    }
    assert_eq!(parts(&desk), Vec::<PathBuf>::new());
}
