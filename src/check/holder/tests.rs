//! The table of pairs.

use super::{Grade, Rule, compare};

const PAIRS: &str = include_str!("../../../fixtures/names/pairs.tsv");

struct Pair {
    expected: String,
    given: String,
    grade: &'static str,
    rule: &'static str,
    why: &'static str,
}

fn pairs() -> Vec<Pair> {
    let lines = PAIRS.lines().filter(|line| !line.starts_with('#'));
    lines.map(pair).collect()
}

fn pair(line: &'static str) -> Pair {
    let [expected, given, grade, rule, why] = line.split('\t').collect::<Vec<_>>()[..] else {
        panic!("five columns are wanted in {line:?}");
    };
    let (expected, given) = (unescape(expected), unescape(given));
    Pair {
        expected,
        given,
        grade,
        rule,
        why,
    }
}

/// Reads `\u{…}` as the character it names.
fn unescape(text: &str) -> String {
    let mut pieces = text.split("\\u{");
    let mut plain = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (digits, rest) = piece.split_once('}').unwrap();
        plain.push(
            u32::from_str_radix(digits, 16)
                .ok()
                .and_then(char::from_u32)
                .unwrap(),
        );
        plain.push_str(rest);
    }
    plain
}

fn word(rule: Option<Rule>) -> &'static str {
    rule.map_or("-", Rule::as_str)
}

#[test]
fn every_pair_of_the_table_has_its_grade_and_rule() {
    let mut wrong = Vec::new();
    for Pair {
        expected,
        given,
        grade,
        rule,
        why,
    } in pairs()
    {
        let found = compare(&expected, &given);
        if (found.grade().as_str(), word(found.rule())) != (grade, rule) {
            let found = format!("{} by {}", found.grade(), word(found.rule()));
            wrong.push(format!(
                "{expected:?} {given:?}: {found}, not {grade} by {rule} ({why})"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} pairs:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_table_is_large_and_uses_every_rule() {
    let pairs = pairs();
    assert!(pairs.len() >= 150);
    for rule in Rule::ALL.iter().filter(|&&rule| rule != Rule::UserName) {
        assert!(
            pairs.iter().any(|pair| pair.rule == rule.as_str()),
            "no pair for {rule}"
        );
    }
}

#[test]
fn who_asks_makes_no_difference() {
    for Pair {
        expected, given, ..
    } in pairs()
    {
        assert_eq!(
            compare(&expected, &given),
            compare(&given, &expected),
            "{expected} and {given}"
        );
    }
}

#[test]
fn every_name_of_the_table_is_itself() {
    for name in pairs()
        .into_iter()
        .flat_map(|pair| [pair.expected, pair.given])
    {
        let grade = compare(&name, &name).grade();
        let odd = name
            .chars()
            .any(|c| "\u{200B}\u{202E}\u{AD}\u{1B}\u{430}\u{435}".contains(c));
        let bare = !name.chars().any(char::is_alphabetic);
        assert!(grade == Grade::Exact || odd || bare, "{name}: {grade}");
    }
}
