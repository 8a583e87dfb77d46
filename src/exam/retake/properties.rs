//! What holds of every history.

use chrono::{DateTime, Duration, Utc};
use proptest::prelude::*;

use super::*;

fn start() -> DateTime<Utc> {
    "2023-06-01T00:00:00Z".parse().unwrap()
}

fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0i64..3 * 366 * 24 * 60).prop_map(|minutes| start() + Duration::minutes(minutes))
}

fn moment() -> impl Strategy<Value = Moment> {
    prop_oneof![
        4 => instant().prop_map(Moment::exactly),
        1 => instant().prop_map(|at| Moment::parse(&at.date_naive().to_string()).unwrap()),
    ]
}

fn programme() -> impl Strategy<Value = Programme> {
    prop_oneof![Just(Programme::Standard), Just(Programme::OfficeSpecialist)]
}

prop_compose! {
    fn history()(
        programme in programme(),
        attempts in proptest::collection::vec(moment(), 0..9),
        passed in proptest::option::weighted(0.2, moment()),
        certification_expired in proptest::option::weighted(0.2, moment()),
    ) -> History {
        History { programme, attempts, passed, certification_expired }
    }
}

/// A history whose attempts were allowed: made by planning them.
fn allowed() -> impl Strategy<Value = History> {
    (programme(), 0usize..12, instant()).prop_map(|(programme, count, from)| {
        let mut history = History::of(programme);
        let planned = plan(&history, from, count);
        history.attempts = planned.iter().map(|one| Moment::exactly(one.at)).collect();
        history
    })
}

proptest! {
    #[test]
    fn nobody_may_book_before_the_instant_that_is_named(history in history(), now in instant()) {
        let answer = judge(&history, now);
        match answer.next_eligible_at {
            Some(at) => prop_assert_eq!(answer.eligible, now >= at),
            None => prop_assert!(answer.eligible == (answer.rule != Rule::AlreadyPassed)),
        }
        let nothing_waits = matches!(answer.rule, Rule::None | Rule::NoAttemptYet);
        prop_assert_eq!(answer.eligible, nothing_waits);
    }

    #[test]
    fn the_order_and_the_doubling_of_attempts_do_not_matter(
        history in history(), now in instant(), seed in 0usize..100
    ) {
        let mut other = history.clone();
        other.attempts.reverse();
        if !other.attempts.is_empty() {
            let by = seed % other.attempts.len();
            other.attempts.rotate_left(by);
            other.attempts.push(other.attempts[0]);
        }
        let (one, other) = (judge(&history, now), judge(&other, now));
        prop_assert_eq!(Answer { left_out: one.left_out, ..other }, one);
    }

    #[test]
    fn what_comes_later_changes_nothing_before(history in history(), now in instant(), later in instant()) {
        let before = judge(&history, now);
        let mut more = history;
        more.attempts.push(Moment::exactly(now + (later - start()) + Duration::seconds(1)));
        let after = judge(&more, now);
        prop_assert_eq!(Answer { left_out: before.left_out, ..after }, before);
    }

    #[test]
    fn another_failed_attempt_never_lets_one_book_earlier(
        history in history(), gap in 1i64..700_000, since in 0i64..700_000
    ) {
        // Behind all the others, so that the years stay as they are.
        let history = History { passed: None, ..history };
        let last = history.attempts.iter().map(|one| one.latest()).max().unwrap_or_else(start);
        let at = last + Duration::minutes(gap);
        let now = at + Duration::minutes(since);
        let mut more = history.clone();
        more.attempts.push(Moment::exactly(at));
        let (before, after) = (judge(&history, now), judge(&more, now));
        if let Some(before) = before.next_eligible_at.filter(|before| *before > now) {
            prop_assert!(after.next_eligible_at.unwrap() >= before);
        }
        prop_assert!(before.eligible || !after.eligible);
    }

    #[test]
    fn planned_instants_keep_every_rule(history in history(), now in instant(), count in 0usize..12) {
        let planned = plan(&history, now, count);
        let mut told = history.until(now);
        for (at, one) in planned.iter().enumerate() {
            prop_assert!(judge(&told, one.at).eligible);
            let before = one.at - Duration::seconds(1);
            prop_assert!(one.at == now || !judge(&told, before).eligible);
            if at > 0 {
                let gap = one.at - planned[at - 1].at;
                prop_assert!(gap >= Duration::hours(24));
                if one.number > 2 && history.programme == Programme::Standard {
                    prop_assert!(gap >= Duration::days(14));
                }
            }
            told.attempts.push(Moment::exactly(one.at));
        }
        if !planned.is_empty() {
            prop_assert_eq!(planned.len(), count);
        }
    }

    #[test]
    fn no_more_than_five_fit_into_a_year(history in allowed(), now in instant()) {
        let answer = judge(&history, now);
        if history.programme == Programme::Standard {
            prop_assert!(answer.used <= PER_YEAR);
            prop_assert_eq!(answer.left, Some(PER_YEAR - answer.used));
            prop_assert_eq!(answer.year_ends_at.is_some(), answer.used > 0);
        } else {
            prop_assert_eq!((answer.left, answer.year_ends_at), (None, None));
        }
    }
}
