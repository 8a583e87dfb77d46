//! The table of pairs, and what must hold for any names.

use proptest::prelude::*;

use super::{Grade, HolderMatch, Rule, compare, compare_user_name};

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

#[test]
fn an_enormous_name_is_answered_at_once() {
    let a = "Jane ".repeat(20_000);
    let b = "Jana ".repeat(20_000);
    assert_eq!(compare(&a, &b).rule(), Some(Rule::TooLong));
    assert_eq!(compare(&a, &a).grade(), Grade::Exact);
    assert_eq!(compare_user_name(&a, &b).grade(), Grade::NotCompared);
    let tied = "jane-".repeat(20_000);
    assert_eq!(compare(&tied, "Jane Doe").rule(), Some(Rule::TooLong));
}

/// Names of invented parts; `q` is kept for the part that is added to one.
fn name() -> impl Strategy<Value = String> {
    let listed = prop::sample::select(vec![
        "Jane",
        "Jan",
        "Jana",
        "Bob",
        "Robert",
        "Müller",
        "Mueller",
        "J.",
        "van",
        "der",
        "Kovács",
        "Anna-Lena",
        "García",
        "Dr.",
        "Doe,",
        "O'Brien",
        "Smith",
    ]);
    let part = prop_oneof![3 => listed.prop_map(str::to_owned), 1 => "[A-PR-Z][a-pr-zäöüłş]{1,7}"];
    prop::collection::vec(part, 1..5).prop_map(|parts| parts.join(" "))
}

proptest! {
    #[test]
    fn any_text_is_compared_without_panic(a in any::<String>(), b in any::<String>()) {
        compare(&a, &b);
        compare_user_name(&a, &b);
    }

    #[test]
    fn any_text_is_compared_the_same_both_ways(a in any::<String>(), b in name()) {
        prop_assert_eq!(compare(&a, &b), compare(&b, &a));
    }

    #[test]
    fn names_are_compared_the_same_both_ways(a in name(), b in name()) {
        prop_assert_eq!(compare(&a, &b), compare(&b, &a));
    }

    #[test]
    fn a_name_is_itself(a in name()) {
        prop_assert_eq!(compare(&a, &a).grade(), Grade::Exact);
        let shouted = compare(&a, &a.to_uppercase()).grade();
        prop_assert!(shouted <= Grade::Compatible, "{} {}", a, shouted);
    }

    #[test]
    fn another_surname_never_improves_a_grade(a in name(), b in name()) {
        let before = compare(&a, &b).grade();
        let (longer_a, longer_b) = (format!("{a} Quixwold"), format!("{b} Quixwold"));
        prop_assert!(compare(&a, &longer_b).grade() >= before);
        prop_assert!(compare(&longer_a, &b).grade() >= before);
    }

    #[test]
    fn a_word_of_mixed_scripts_is_never_above_weak(a in name(), b in name()) {
        let mixed = format!("{b} J\u{430}ne");
        prop_assert!(compare(&a, &mixed).grade() >= Grade::Weak);
        prop_assert!(compare(&mixed, &mixed).grade() >= Grade::Weak);
    }

    #[test]
    fn the_grade_is_the_grade_of_the_rule(a in name(), b in name()) {
        let found = compare(&a, &b);
        prop_assert_eq!(found.rule().map(Rule::grade), Some(found.grade()));
    }

    #[test]
    fn a_user_name_is_weak_or_says_nothing(a in any::<String>(), b in name()) {
        for found in [
            compare_user_name(&a, &b),
            compare_user_name(&b, &a),
            compare_user_name(&b, &b),
        ] {
            prop_assert!(found == Rule::UserName.into() || found == HolderMatch::NOTHING);
        }
    }
}
