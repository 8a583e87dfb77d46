//! Whatever the order of days and answers: nothing is told twice.

use proptest::prelude::*;

use super::cases::{ADMINISTRATOR, DAYS, facts};
use super::*;
use crate::catalog::Catalog;
use crate::watch::{Facts, Sighting};

proptest! {
    /// However the days on which it is looked are spread, and whichever way the clock runs,
    /// nothing is told twice, and what is told last is what is due.
    #[test]
    fn nothing_is_told_twice_in_any_order_of_days(
        expires in 20u32..400,
        looks in prop::collection::vec(0u32..420, 1..60),
    ) {
        let first = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let end = first + chrono::Days::new(expires.into());
        let facts = facts(ADMINISTRATOR, &end.to_string());
        let history = History::default();
        let mut told: Vec<Due> = Vec::new();
        for look in looks {
            let at = (first + chrono::Days::new(look.into())).and_hms_opt(12, 0, 0).unwrap().and_utc();
            let standing = facts.standing(Catalog::embedded(), at);
            let situation = Situation {
                standing: Some(&standing), history: &history, plan: RenewalPlan::Renew, days: &DAYS,
            };
            for due in due(&situation, Day::of(at)) {
                if !told.iter().any(|done| due.is_covered_by(done)) {
                    prop_assert!(!told.contains(&due));
                    told.push(due.clone());
                }
                prop_assert!(told.iter().any(|done| due.is_covered_by(done)));
            }
        }
    }
}

proptest! {
    /// However the answers flap between ends, and are lost in between: nothing is told twice.
    #[test]
    fn an_answer_that_flaps_tells_nothing_twice(
        answers in prop::collection::vec((1u32..700, prop::option::of(0u32..6)), 1..80),
    ) {
        let first = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let mut history = History::default();
        let mut last: Option<Facts> = None;
        let mut told: Vec<Due> = Vec::new();
        for (day, end) in answers {
            let day = first + chrono::Days::new(day.into());
            let at = day.and_hms_opt(12, 0, 0).unwrap().and_utc();
            match end {
                Some(end) => {
                    let end = first + chrono::Days::new(u64::from(end) * 130 + 20);
                    let facts = facts(ADMINISTRATOR, &end.to_string());
                    let sighting = if last.is_none() { Sighting::First } else { Sighting::Later };
                    history.saw(&facts, at, sighting);
                    last = Some(facts);
                }
                None => history.missed("not-found", day),
            }
            let standing = last.as_ref().map(|facts| facts.standing(Catalog::embedded(), at));
            let situation = Situation {
                standing: standing.as_ref(),
                history: &history,
                plan: RenewalPlan::Renew,
                days: &DAYS,
            };
            for due in due(&situation, Day::of(at)) {
                if !told.iter().any(|done| due.is_covered_by(done)) {
                    prop_assert!(!told.contains(&due));
                    told.push(due);
                }
            }
        }
        // One good piece of news for each end at most, whatever flapped.
        let news = told.iter().filter(|due| due.step == Step::Renewed).count();
        prop_assert!(news <= 5, "{:?}", told);
    }
}
