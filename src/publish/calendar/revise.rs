//! What became of a calendar's events.

use chrono::{DateTime, SubsecRound, Utc};

use super::{Event, Planned};

/// Holds what is planned against what stood in the calendar before, the same credentials
/// on both sides: what stood there and is not planned any more is cancelled.
///
/// `now` becomes the time of what changed, and of nothing else. The result is in the order
/// of days, and of names where the days are the same.
pub fn revise(before: &[Event], planned: Vec<Planned>, now: DateTime<Utc>) -> Vec<Event> {
    let now = now.trunc_subsecs(0);
    let gone = before
        .iter()
        .filter(|event| planned.iter().all(|plan| plan.uid != event.planned.uid))
        .map(|event| cancelled(event, now))
        .collect::<Vec<_>>();
    let mut events: Vec<_> = planned
        .into_iter()
        .map(|plan| {
            let earlier = before.iter().find(|event| event.planned.uid == plan.uid);
            revised(earlier, plan, now)
        })
        .chain(gone)
        .collect();
    events.sort_by(|one, other| (one.day(), one.uid()).cmp(&(other.day(), other.uid())));
    events.dedup_by(|one, other| one.uid() == other.uid());
    events
}

/// Events of several credentials as one calendar: in the order of days, and each once, the
/// latest where a credential stands behind two links.
pub fn merged(mut events: Vec<Event>) -> Vec<Event> {
    events.sort_by(|one, other| {
        let place = |event: &Event| (event.planned.uid.clone(), std::cmp::Reverse(event.sequence));
        place(one).cmp(&place(other))
    });
    events.dedup_by(|one, other| one.uid() == other.uid());
    events.sort_by(|one, other| (one.day(), one.uid()).cmp(&(other.day(), other.uid())));
    events
}

fn revised(earlier: Option<&Event>, planned: Planned, now: DateTime<Utc>) -> Event {
    match earlier {
        Some(event) if event.planned == planned && !event.cancelled => event.clone(),
        Some(event) => Event {
            planned,
            sequence: event.sequence.saturating_add(1),
            // A clock set back must not make a change look older than what it changed.
            changed_at: now.max(event.changed_at),
            cancelled: false,
        },
        None => Event {
            planned,
            sequence: 0,
            changed_at: now,
            cancelled: false,
        },
    }
}

fn cancelled(event: &Event, now: DateTime<Utc>) -> Event {
    if event.cancelled {
        return event.clone();
    }
    Event {
        planned: event.planned.clone(),
        sequence: event.sequence.saturating_add(1),
        changed_at: now.max(event.changed_at),
        cancelled: true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Dates, plan};
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn dates(opens: &str, deadline: &str, expires: &str) -> Dates {
        Dates {
            opens_on: opens.parse().ok(),
            deadline: deadline.parse().ok(),
            expires_on: expires.parse().ok(),
            ..Dates::of("20170DBC5AC04E38")
        }
    }

    #[test]
    fn only_what_changed_is_raised() {
        let first = revise(
            &[],
            plan(&dates("2026-11-14", "2027-05-14", "2027-05-14")),
            at("2026-11-22T08:00:00Z"),
        );
        assert_eq!(first.len(), 2);
        let renewed = plan(&dates("2026-11-14", "2028-05-14", "2028-05-14"));
        // `until` stands in both events, so both changed.
        let second = revise(&first, renewed.clone(), at("2026-12-01T08:00:00Z"));
        assert_eq!([second[0].sequence(), second[1].sequence()], [1, 1]);
        assert_eq!(revise(&second, renewed, at("2027-01-01T08:00:00Z")), second);
        let retitled = Dates {
            title: Some("New".to_owned()),
            ..dates("", "2028-05-14", "2028-05-14")
        };
        let third = revise(&second, plan(&retitled), at("2026-11-30T08:00:00Z"));
        assert!(third.iter().all(|event| event.sequence() == 2));
        assert_eq!(third.iter().filter(|event| event.is_cancelled()).count(), 1);
        assert!(
            third
                .iter()
                .all(|event| event.changed_at == at("2026-12-01T08:00:00Z"))
        );
    }

    #[test]
    fn what_was_cancelled_comes_back_under_its_name() {
        let planned = plan(&dates("", "2027-05-14", "2027-05-14"));
        let first = revise(&[], planned.clone(), at("2026-11-22T08:00:00Z"));
        let gone = revise(&first, vec![], at("2026-11-23T08:00:00Z"));
        assert_eq!(revise(&gone, vec![], at("2026-11-24T08:00:00Z")), gone);
        let back = revise(&gone, planned, at("2026-11-25T08:00:00Z"));
        assert_eq!(back[0].uid(), first[0].uid());
        assert_eq!((back[0].sequence(), back[0].is_cancelled()), (2, false));
    }

    #[test]
    fn a_credential_that_counts_on_has_a_deadline_and_an_end() {
        let cases = [
            (("2026-11-14", "2026-11-30", "2027-05-14"), 3),
            (("2026-11-14", "2027-05-14", "2027-05-14"), 2),
            (("2026-11-14", "", "2027-05-14"), 1),
            (("", "", ""), 0),
        ];
        for ((opens, deadline, expires), events) in cases {
            assert_eq!(
                plan(&dates(opens, deadline, expires)).len(),
                events,
                "{opens}"
            );
        }
    }

    #[test]
    fn a_stored_event_is_read_again() {
        let events = revise(
            &[],
            plan(&dates("", "2027-05-14", "")),
            at("2026-11-22T08:00:00.5Z"),
        );
        let text = serde_json::to_string(&events).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Event>>(&text).unwrap(), events);
        assert!(!text.contains("20170DBC5AC04E38"), "{text}");
    }
}
