//! What holds for any role and any credentials.

use proptest::prelude::*;

use super::*;

fn any_held() -> impl Strategy<Value = Owned> {
    const TITLES: [&str; 6] = [
        ARCHITECT,
        ADMINISTRATOR,
        IDENTITY,
        RETIRED,
        ENDLESS,
        STRANGE,
    ];
    const ENDS: [&str; 5] = ["", "2026-11-21", "2026-12-24", "2027-03-01", "2027-11-01"];
    let record = (
        prop::sample::select(&TITLES[..]),
        prop::sample::select(&ENDS[..]),
    )
        .prop_map(|(title, end)| Owned::of(title, end));
    let number = prop::option::of("A-[1-2]");
    let claim = prop::option::of(prop::sample::select(&["AZ-104", "AZ-305", "AI-102"]));
    let outcome = prop::sample::select(&[Outcome::Passed, Outcome::Undetermined, Outcome::Failed]);
    let some = prop_oneof![4 => record, 1 => Just(Owned::unanswered())];
    (some, number, claim, outcome, 1..4_u64).prop_map(|(one, number, claim, outcome, row)| {
        let one = claim.into_iter().fold(one, Owned::claimed);
        let one = number.iter().fold(one, |one, number| one.numbered(number));
        let outcome = outcome.max(one.outcome);
        one.came_to(outcome).row(row)
    })
}

fn any_role() -> impl Strategy<Value = Role> {
    let all = prop::sample::subsequence(vec!["'AZ-305'", "'AZ-900'"], 0..=2);
    let any = prop::sample::subsequence(vec!["'AZ-104'", "'SC-300'", "'AI-102'"], 1..=3);
    let require = prop::sample::select(&["valid", "active"]);
    (all, any, prop::sample::select(&[0, 30, 200]), require).prop_map(
        |(all, any, days, require)| {
            let all = if all.is_empty() {
                String::new()
            } else {
                format!("all_of = [{}]\n", all.join(","))
            };
            let any = any.join(",");
            role(&format!(
                "{all}any_of = [{any}]\nmin_days_left = {days}\nrequire = '{require}'"
            ))
        },
    )
}

/// Whether each requirement is as good or worse, and never better.
fn is_no_better(after: &RoleAnswer, before: &RoleAnswer) -> bool {
    let state = |one: &Weighed| match one.found {
        Found::Met { .. } => 0,
        Found::Open { .. } => 1,
        Found::Missing { .. } => 2,
    };
    let mut pairs = after.requirements.iter().zip(&before.requirements);
    pairs.all(|(after, before)| state(after) >= state(before))
}

proptest! {
    #[test]
    fn an_added_failed_credential_changes_nothing_but_its_own_number(
        role in any_role(),
        mut held in prop::collection::vec(any_held(), 0..5),
        added in any_held(),
    ) {
        let before = weigh(&role, &held);
        let added = added.came_to(Outcome::Failed);
        let number = |one: &Owned| one.record.as_ref().and_then(|one| one.certification_number.clone());
        let is_alone = number(&added).is_none()
            || held.iter().all(|one| number(one) != number(&added) || one.row != added.row);
        held.push(added);
        let after = weigh(&role, &held);
        prop_assert!(is_no_better(&after, &before));
        if is_alone {
            prop_assert!(is_no_better(&before, &after));
        }
    }

    #[test]
    fn a_worse_outcome_never_improves_the_answer(
        role in any_role(),
        held in prop::collection::vec(any_held(), 1..5),
        at in any::<prop::sample::Index>(),
        worse in prop::sample::select(&[Outcome::Undetermined, Outcome::Failed]),
    ) {
        let mut after = held.clone();
        let one = &mut after[at.index(held.len())];
        one.outcome = one.outcome.max(worse);
        // Of one number in one row only the worst counts, so a better one has no say.
        prop_assert!(is_no_better(&weigh(&role, &after), &weigh(&role, &held)));
    }

    #[test]
    fn what_is_met_is_met_by_a_passed_credential(
        role in any_role(),
        held in prop::collection::vec(any_held(), 0..6),
    ) {
        for one in weigh(&role, &held).requirements {
            if let Found::Met { row, title } = one.found {
                prop_assert!(held.iter().any(|held| held.row == row
                    && held.outcome == Outcome::Passed
                    && held.record.as_ref().and_then(|record| record.title.as_ref()) == Some(&title)));
            }
        }
    }

    #[test]
    fn the_order_of_rows_decides_nothing(
        role in any_role(),
        held in prop::collection::vec(any_held(), 0..6),
    ) {
        let mut turned = held.clone();
        turned.reverse();
        let (one, other) = (weigh(&role, &held), weigh(&role, &turned));
        prop_assert_eq!(one.state(), other.state());
        prop_assert!(is_no_better(&one, &other) && is_no_better(&other, &one));
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "(?s)(\\[role\\.[a-z]\\]\n)?(any_of|all_of|title)? ?=? ?.{0,60}") {
        let _ = roles(&text);
    }
}
