//! What only shows when rows are seen together.

use super::*;

fn codes(row: &std::collections::HashMap<String, String>) -> Vec<&str> {
    row["findings"].split(';').collect()
}

#[test]
fn a_link_that_stands_many_times_is_asked_once() {
    let desk = Desk::new(Records::start());
    let one = link(&number(1));
    let other = one.replace("en-us/user", "de-de/another");
    desk.list("list.txt", &format!("{one}\n{other}\n<{one}>\n{one}\n"));
    let ran = desk.batch(&["list.txt", "-o", "out.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(desk.records.asked().values().sum::<u32>(), 1);
    assert_eq!(csv(&desk.read("out.csv")).len(), 4);
}

#[test]
fn one_credential_of_two_candidates_is_said_to_the_one_whose_name_does_not_fit() {
    let desk = Desk::new(Records::start());
    let (number, true_holder) = (number(1), holder(&number(1)));
    let link = link(&number);
    desk.list(
        "list.csv",
        &format!("name,link\n{true_holder},{link}\nJane Doe,{link}\n"),
    );
    let ran = desk.batch(&["list.csv", "-o", "out.csv"]);
    assert_eq!(ran.code, 1);
    let rows = csv(&desk.read("out.csv"));
    assert!(!codes(&rows[0]).contains(&"duplicate-link"), "{rows:?}");
    assert!(codes(&rows[1]).contains(&"duplicate-link"), "{rows:?}");
    assert!(codes(&rows[1]).contains(&"holder-different"), "{rows:?}");
}

#[test]
fn two_spellings_of_one_person_are_said_and_are_no_fault() {
    let desk = Desk::new(Records::start());
    let (first, second) = (number(1), number(2));
    let list = format!(
        "id,name,link\n7,{},{}\n7,{},{}\n",
        holder(&first),
        link(&first),
        holder(&second).to_lowercase(),
        link(&second)
    );
    desk.list("list.csv", &list);
    let ran = desk.batch(&["list.csv", "-o", "out.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for row in csv(&desk.read("out.csv")) {
        assert!(codes(&row).contains(&"name-spelt-two-ways"), "{row:?}");
    }
}

#[test]
fn the_same_candidate_twice_is_no_duplicate() {
    let desk = Desk::new(Records::start());
    let row = format!("{},{}\n", holder(&number(1)), link(&number(1)));
    desk.list("list.csv", &format!("name,link\n{row}{row}"));
    let ran = desk.batch(&["list.csv", "-o", "out.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!desk.read("out.csv").contains("duplicate-link"));
}

const ROLES: &str = "[role.administrator]\nall_of = [\"AZ-104\"]\nmin_days_left = 90\n\
    [role.architect]\nall_of = [\"AZ-305\"]\nany_of = [\"AZ-104\", \"SC-300\"]\n";

#[test]
fn a_role_says_what_is_met_by_which_credential_and_what_is_missing() {
    let desk = Desk::new(Records::start());
    desk.list("roles.toml", ROLES);
    desk.list("list.csv", &candidates(1));
    let met = desk.batch(&[
        "list.csv",
        "-o",
        "met.csv",
        "--roles",
        "roles.toml",
        "--role",
        "administrator",
    ]);
    assert_eq!(met.code, 0, "{}", met.stderr);
    let rows = csv(&desk.read("met.csv"));
    assert_eq!(rows[0]["role_met"], "met");
    let unmet = desk.batch(&[
        "list.csv",
        "-o",
        "unmet.csv",
        "--roles",
        "roles.toml",
        "--role",
        "architect",
    ]);
    assert_eq!(unmet.code, 1);
    let rows = csv(&desk.read("unmet.csv"));
    assert_eq!(rows[0]["role_met"], "unmet");
    assert_eq!(rows[0]["role_missing"], "AZ-305");
    assert!(codes(&rows[0]).contains(&"role-unmet"));
}

#[test]
fn the_rows_of_a_person_are_taken_together_for_the_role_that_their_row_names() {
    let desk = Desk::new(Records::start());
    desk.list("roles.toml", ROLES);
    let (one, two) = (number(1), number(2));
    let list = format!(
        "id,role,link\n7,administrator,https://learn.microsoft.com/api/credentials/none\n7,administrator,{}\n8,architect,{}\n9,,{}\n10,pilot,{}\n",
        link(&one),
        link(&two),
        link(&number(3)),
        link(&number(4)),
    );
    desk.list("list.csv", &list);
    let ran = desk.batch(&["list.csv", "-o", "out.csv", "--roles", "roles.toml"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let rows = csv(&desk.read("out.csv"));
    let met: Vec<_> = rows.iter().map(|row| row["role_met"].as_str()).collect();
    assert_eq!(met, ["met", "met", "unmet", "", ""]);
    assert!(rows[0]["role_met_by"].contains("row 2"), "{rows:?}");
    assert!(
        codes(&rows[3]).contains(&"role-uncertain"),
        "no role is none that is met"
    );
    assert!(codes(&rows[4]).contains(&"role-uncertain"));
}

#[test]
fn a_role_that_is_not_known_is_an_error_with_a_suggestion() {
    let desk = Desk::new(Records::start());
    desk.list("roles.toml", ROLES);
    desk.list("list.csv", &candidates(1));
    let ran = desk.batch(&["list.csv", "--roles", "roles.toml", "--role", "architekt"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("did you mean architect?"),
        "{}",
        ran.stderr
    );
    desk.list("roles.toml", "[role.x]\nall_of = [\"AZ-109\"]\n");
    let ran = desk.batch(&["list.csv", "--roles", "roles.toml"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("did you mean AZ-104"), "{}", ran.stderr);
    let ran = desk.batch(&["list.csv", "--role", "architect"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--roles FILE"), "{}", ran.stderr);
    desk.list("roles.toml", ROLES);
    let ran = desk.batch(&["list.csv", "--roles", "roles.toml"]);
    assert_eq!(ran.code, 2, "nobody says which role");
    assert!(
        ran.stderr.contains("Headers found: name, link"),
        "{}",
        ran.stderr
    );
    assert!(desk.records.asked().is_empty(), "nothing is asked before");
}

#[test]
fn an_earlier_output_tells_what_changed() {
    let desk = Desk::new(Records::start());
    desk.list("list.csv", &candidates(4));
    let ran = desk.batch(&["list.csv", "-o", "before.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    desk.list(
        "later.csv",
        &candidates(5).replace(
            &format!("{},{}\n", holder(&number(1)), link(&number(1))),
            "",
        ),
    );
    let ran = desk.batch(&["later.csv", "-o", "after.csv", "--against", "before.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let rows = csv(&desk.read("after.csv"));
    let changes: Vec<_> = rows
        .iter()
        .map(|row| row["change"].split(':').next().unwrap())
        .collect();
    assert_eq!(changes, ["unchanged", "unchanged", "unchanged", "new"]);
    assert!(
        ran.stderr.contains("3 unchanged, 1 new, 1 gone"),
        "{}",
        ran.stderr
    );
}

#[test]
fn one_other_candidate_among_many_equal_rows_is_found() {
    let desk = Desk::new(Records::start());
    let link = link(&number(1));
    let of_the_first = format!("1,{link}\n").repeat(60);
    desk.list("list.csv", &format!("id,link\n{of_the_first}2,{link}\n"));
    let ran = desk.batch(&["list.csv", "-o", "out.csv"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert_eq!(desk.read("out.csv").matches("duplicate-link").count(), 61);
}
