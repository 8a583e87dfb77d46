//! Holding a run against an earlier output, and keeping a good one.

use super::*;

/// Every name that an output of some format may have, and the format where the name tells none.
const FORMATS: [(&str, Option<&str>); 10] = [
    ("out.csv", None),
    ("out.jsonl", None),
    ("out.json", None),
    ("out.xlsx", None),
    ("out.html", None),
    ("out.md", None),
    ("out.xml", None),
    ("out.txt", None),
    ("g.out", Some("html")),
    ("plain", Some("human")),
];

fn changes(desk: &Desk, name: &str) -> Vec<String> {
    let rows = csv(&desk.read(name));
    rows.iter().map(|row| row["change"].clone()).collect()
}

#[test]
fn an_output_of_every_sort_is_unchanged_against_itself() {
    let desk = Desk::new(Records::start());
    let mut list = "notes,expires_on,name,link\n".to_owned();
    for row in 1..=3 {
        let number = number(row);
        writeln!(list, "=1+1,soon,{},{}", holder(&number), link(&number)).unwrap();
    }
    desk.list("list.csv", &list);
    for name in ["out.csv", "out.jsonl", "out.json", "out.xlsx"] {
        let ran = desk.batch(&["list.csv", "-o", name]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
        let ran = desk.batch(&["list.csv", "-o", "again.csv", "--against", name]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
        let changes = changes(&desk, "again.csv");
        assert_eq!(changes, ["unchanged", "unchanged", "unchanged"], "{name}");
    }
}

#[test]
fn a_run_that_got_nothing_replaces_no_good_output_of_any_format() {
    let mut desk = Desk::new(Records::start());
    // Fewer than the shares tell anything of.
    desk.list("list.csv", &candidates(2));
    let run = |desk: &Desk, (name, format): (&str, Option<&str>), more: &[&str]| {
        let mut arguments = vec!["list.csv", "--no-cache", "--fresh", "-o", name];
        arguments.extend(format.iter().flat_map(|format| ["--format", *format]));
        arguments.extend(more);
        desk.batch(&arguments)
    };
    for output in FORMATS {
        let ran = run(&desk, output, &[]);
        assert_eq!(ran.code, 0, "{output:?}: {}", ran.stderr);
    }
    desk.records = Records::with(|_, _| Fate::Missing);
    for output in FORMATS {
        let good = std::fs::read(desk.path(output.0)).unwrap();
        let ran = run(&desk, output, &[]);
        assert_eq!(ran.code, 2, "{output:?}: {}", ran.stderr);
        let said = "the status of 2 of 2 rows is determined, in this run of only 0 of 2";
        assert!(ran.stderr.contains(said), "{output:?}: {}", ran.stderr);
        assert!(std::fs::read(desk.path(output.0)).unwrap() == good);
    }
    let ran = run(&desk, FORMATS[0], &["--force"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(desk.read("out.csv").contains("not-found"));
}

#[test]
fn the_list_is_never_overwritten_by_what_is_made_of_it() {
    let desk = Desk::new(Records::start());
    let list = candidates(1);
    desk.list("list.csv", &list);
    let there = desk.path("list.csv");
    for output in ["list.csv", "./list.csv", there.to_str().unwrap()] {
        let ran = desk.batch(&["list.csv", "-o", output, "--force"]);
        assert_eq!(ran.code, 2, "{output}");
        assert!(
            ran.stderr.contains("-o names the list itself"),
            "{}",
            ran.stderr
        );
    }
    assert_eq!(desk.read("list.csv"), list);
    assert!(desk.records.asked().is_empty());
    let ran = desk.batch(&["list.csv", "-o", "out.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = desk.batch(&["list.csv", "-o", "out.csv", "--against", "out.csv"]);
    assert_eq!(ran.code, 0, "the earlier output may be replaced");
}
