//! Lists and outputs that are not what they should be.

use super::*;

#[test]
fn a_missing_link_column_lists_the_headers_and_asks_nobody() {
    let desk = Desk::new(Records::start());
    desk.list("list.csv", "who,where\nJane,https://learn.microsoft.com/\n");
    let ran = desk.batch(&["list.csv", "-o", "out.csv"]);
    assert_eq!(ran.code, 2);
    for word in ["list.csv", "#1 who", "#2 where", "--map link="] {
        assert!(ran.stderr.contains(word), "{word}: {}", ran.stderr);
    }
    let ran = desk.batch(&["list.csv", "-o", "out.csv", "--map", "link=where"]);
    assert_ne!(ran.code, 2, "{}", ran.stderr);
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let desk = Desk::new(Records::start());
    desk.list("empty.csv", "");
    std::fs::create_dir(desk.path("folder")).unwrap();
    for name in ["empty.csv", "folder", "nowhere.csv"] {
        let ran = desk.batch(&[name, "-o", "out.csv"]);
        assert_eq!(ran.code, 2, "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains(name), "{}", ran.stderr);
        assert!(!exists(&desk.path("out.csv")));
    }
}

#[test]
fn headers_alone_are_a_list_without_rows() {
    let desk = Desk::new(Records::start());
    desk.list("list.csv", "name,link\n");
    let ran = desk.batch(&["list.csv", "-o", "out.csv"]);
    assert_eq!(ran.code, 3, "no result is no success");
    assert!(desk.read("out.csv").starts_with("name,link,status,"));
}

#[test]
fn a_bad_row_is_a_result_and_not_the_end() {
    let desk = Desk::new(Records::start());
    let good = format!("{},{}", holder(&number(1)), link(&number(1)));
    let list = format!(
        "name,link\nDoe, Jane,{}\n{good}\nJoe,not a link\n",
        link(&number(2))
    );
    desk.list("list.csv", &list);
    let ran = desk.batch(&["list.csv", "-o", "out.csv"]);
    assert_ne!(ran.code, 2, "{}", ran.stderr);
    let rows = csv(&desk.read("out.csv"));
    assert_eq!(rows.len(), 3);
    assert!(
        rows[0]["findings"].contains("malformed-row"),
        "{:?}",
        rows[0]
    );
    assert_eq!(rows[1]["status"], "active");
    assert_eq!(rows[2]["status"], "undetermined");
}

#[test]
fn an_unknown_claim_leaves_its_row_open_and_suggests() {
    let desk = Desk::new(Records::start());
    let (one, two) = (number(1), number(2));
    let list = format!(
        "name,exam,link\n{},AZ-109,{}\n{},AZ-104,{}\n",
        holder(&one),
        link(&one),
        holder(&two),
        link(&two)
    );
    desk.list("list.csv", &list);
    let ran = desk.batch(&["list.csv", "--format", "jsonl"]);
    assert_eq!(ran.code, 3);
    assert!(ran.stdout.contains("did you mean AZ-104"), "{}", ran.stdout);
}

#[test]
fn an_output_that_cannot_be_written_is_said_before_anybody_is_asked() {
    let desk = Desk::new(Records::start());
    desk.list("list.csv", &candidates(1));
    let ran = desk.batch(&["list.csv", "-o", "no/such/folder/out.csv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("no/such/folder"), "{}", ran.stderr);
    let ran = desk.batch(&["list.csv", "-o", "out.doc"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("csv, jsonl, json, xlsx"),
        "{}",
        ran.stderr
    );
    assert!(desk.records.asked().is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_nothing_is_lost() {
    let desk = Desk::new(Records::start());
    desk.list("list.csv", &candidates(3));
    let ran = desk.batch(&["list.csv", "-o", "/dev/full", "--format", "csv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("/dev/full"), "{}", ran.stderr);
    assert!(ran.stderr.contains("No space left"), "{}", ran.stderr);
    let ran = desk.batch(&["list.csv", "-o", "out.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("3 answers are there already"),
        "{}",
        ran.stderr
    );
    assert_eq!(desk.records.asked().values().sum::<u32>(), 3);
}

#[test]
fn a_good_file_is_not_replaced_by_a_run_without_answers() {
    let desk = Desk::new(Records::start());
    desk.list("list.csv", &candidates(12));
    assert_eq!(desk.batch(&["list.csv", "-o", "out.csv"]).code, 0);
    let good = desk.read("out.csv");
    let down = |more: &[&str]| {
        let mut command = bonafide();
        // Nobody listens there.
        command
            .args([
                "batch",
                "list.csv",
                "-o",
                "out.csv",
                "--as-of",
                DAY,
                "--retries",
                "0",
            ])
            .args(["--learn-url", "http://127.0.0.1:9", "--data-dir", "data"])
            .args(more)
            .current_dir(desk.folder.path());
        finish(&mut command)
    };
    let ran = down(&[]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("out.csv was not replaced"),
        "{}",
        ran.stderr
    );
    assert_eq!(desk.read("out.csv"), good);
    let ran = down(&["--force"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert_ne!(desk.read("out.csv"), good);
}

#[test]
fn a_row_without_its_name_is_never_a_success_where_the_list_has_names() {
    let desk = Desk::new(Records::start());
    for name in ["", "-", "n/a", "k.A."] {
        desk.list(
            "list.csv",
            &format!("name,link\n{name},{}\n", link(&number(1))),
        );
        let ran = desk.batch(&["list.csv", "-o", "out.csv"]);
        assert_eq!(ran.code, 3, "{name}: {}", ran.stderr);
        assert!(desk.read("out.csv").contains("malformed-row"), "{name}");
        let ran = desk.batch(&["list.csv", "--expect-name", &holder(&number(1))]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
    }
}

#[test]
fn what_is_not_compared_for_want_of_a_column_is_said() {
    let desk = Desk::new(Records::start());
    desk.list(
        "list.csv",
        &format!("who,link\nJane Doe,{}\n", link(&number(1))),
    );
    let ran = desk.batch(&["list.csv"]);
    assert!(
        ran.stderr.contains("Columns read: link \"link\"."),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("No column is a name"), "{}", ran.stderr);
    let ran = desk.batch(&["list.csv", "--map", "name=who"]);
    assert!(
        !ran.stderr.contains("No column is a name"),
        "{}",
        ran.stderr
    );
    assert_eq!(ran.code, 1);
}

#[test]
fn the_receipt_of_an_open_row_is_open() {
    let desk = Desk::new(Records::start());
    let (number, name) = (number(1), holder(&number(1)));
    desk.list(
        "list.csv",
        &format!("name,exam,link\n{name},AZ-109,{}\n", link(&number)),
    );
    let ran = desk.batch(&["list.csv", "-o", "out.csv", "--receipt", "receipts"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    let ran = finish(
        bonafide()
            .args(["receipt", "check"])
            .arg(desk.path("receipts")),
    );
    assert_eq!(ran.code, 3, "{}", ran.stdout);
}

#[test]
fn an_earlier_output_that_cannot_be_read_is_said_before_anybody_is_asked() {
    let desk = Desk::new(Records::start());
    desk.list("list.csv", &candidates(2));
    desk.list("other.csv", "a,b\n1,2\n");
    for previous in ["nowhere.csv", "other.csv"] {
        let ran = desk.batch(&["list.csv", "-o", "out.csv", "--against", previous]);
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains(previous), "{}", ran.stderr);
    }
    assert!(desk.records.asked().is_empty());
}

#[test]
fn a_claim_of_several_certifications_leaves_its_row_open() {
    let desk = Desk::new(Records::start());
    let one = number(1);
    for claim in ["AZ-104, AZ-305", "AZ-104/AZ-305", "not AZ-104 but AZ-305"] {
        let list = format!(
            "name,exam,link\n{},\"{claim}\",{}\n",
            holder(&one),
            link(&one)
        );
        desk.list("list.csv", &list);
        let ran = desk.batch(&["list.csv", "--format", "jsonl"]);
        assert_eq!(ran.code, 3, "{claim}: {}", ran.stdout);
        assert!(
            ran.stdout.contains("certification-uncertain"),
            "{}",
            ran.stdout
        );
        let said = "names several certifications (AZ-104, AZ-305); say one.";
        assert!(ran.stdout.contains(said), "{}", ran.stdout);
    }
}

#[test]
fn links_to_two_credentials_in_one_cell_leave_the_row_open() {
    let desk = Desk::new(Records::start());
    let (one, two) = (number(1), number(2));
    for (other, code) in [
        (link(&two), 3),
        (link(&one), 0),
        ("https://www.linkedin.com/in/jane".to_owned(), 0),
    ] {
        for between in [" ", "\n", ", ", ";", " and ", " | ", " / ", "\t"] {
            let cell = format!("{}{between}{other}", link(&one));
            let list = format!("name,link\n{},\"{cell}\"\n", holder(&one));
            desk.list("list.csv", &list);
            let ran = desk.batch(&["list.csv", "--format", "jsonl"]);
            assert_eq!(ran.code, code, "{cell}: {}", ran.stdout);
            let said = ran
                .stdout
                .contains("The cell holds links to 2 credentials; the first was checked.");
            assert_eq!(said, code == 3, "{}", ran.stdout);
        }
    }
}
