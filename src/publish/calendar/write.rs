//! The calendar's file.

use chrono::NaiveDate;

use super::lines::Lines;
use super::words::Words;
use super::{Event, Kind};
use crate::report::neutral;
use crate::report::request::Language;

/// Writes events as a calendar that Outlook, Google and Apple take: lines end in CR LF and
/// are folded at 75 octets. The same events give the same bytes.
pub fn write(events: &[Event], language: Language) -> String {
    let words = Words::of(language);
    let mut lines = Lines::default();
    lines.plain("BEGIN", "VCALENDAR");
    lines.plain("VERSION", "2.0");
    // Without a version, so that a new one leaves the bytes as they were.
    lines.plain("PRODID", "-//bonafide//calendar//EN");
    lines.plain("CALSCALE", "GREGORIAN");
    lines.plain("METHOD", "PUBLISH");
    lines.text("X-WR-CALNAME", &words.name);
    for event in events {
        entry(&mut lines, event, words);
    }
    lines.plain("END", "VCALENDAR");
    lines.end()
}

fn entry(lines: &mut Lines, event: &Event, words: &Words) {
    let summary = summary(event, words);
    let stamp = event.changed_at.format("%Y%m%dT%H%M%SZ").to_string();
    lines.plain("BEGIN", "VEVENT");
    lines.plain("UID", event.uid());
    lines.plain("DTSTAMP", &stamp);
    lines.plain("LAST-MODIFIED", &stamp);
    lines.plain("SEQUENCE", &event.sequence.to_string());
    lines.plain("DTSTART;VALUE=DATE", &date(event.day()));
    lines.plain("DTEND;VALUE=DATE", &date(next(event.day())));
    lines.text("SUMMARY", &summary);
    lines.text("DESCRIPTION", &description(event, words));
    if let Some(url) = address(event) {
        lines.plain("URL", &url);
    }
    lines.plain(
        "STATUS",
        if event.cancelled {
            "CANCELLED"
        } else {
            "CONFIRMED"
        },
    );
    // A deadline makes nobody busy for a day.
    lines.plain("TRANSP", "TRANSPARENT");
    if !event.cancelled {
        for trigger in alarms(event.kind()) {
            alarm(lines, trigger, &summary);
        }
    }
    lines.plain("END", "VEVENT");
}

/// When people are reminded: at nine in the morning of the day itself, or 1, 7 and 30 days
/// before. An all-day event begins at midnight, so nine hours are taken off each.
const fn alarms(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::WindowOpens => &["PT9H"],
        Kind::Deadline => &["-P29DT15H", "-P6DT15H", "-PT15H"],
        Kind::Ends => &["-P29DT15H", "-PT15H"],
    }
}

fn alarm(lines: &mut Lines, trigger: &str, summary: &str) {
    lines.plain("BEGIN", "VALARM");
    lines.plain("ACTION", "DISPLAY");
    lines.text("DESCRIPTION", summary);
    lines.plain("TRIGGER", trigger);
    lines.plain("END", "VALARM");
}

fn date(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

fn next(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

fn summary(event: &Event, words: &Words) -> String {
    let title = event.planned.title.as_deref().map(neutral::terminal);
    let title = title.as_deref().unwrap_or(&words.untitled);
    let said = words
        .says(event.kind())
        .summary
        .as_str()
        .replace("{title}", title);
    match &event.planned.holder {
        Some(holder) => format!("{said} ({})", neutral::terminal(holder)),
        None => said,
    }
}

fn description(event: &Event, words: &Words) -> String {
    let planned = &event.planned;
    let until = planned
        .until
        .map_or_else(String::new, |day| day.to_string());
    let unverified = planned.unverified_since;
    let unverified = unverified.map(|day| words.unverified.replace("{since}", &day.to_string()));
    let says = words.says(event.kind()).text.replace("{until}", &until);
    let own = planned
        .rests_on_own_rows
        .then(|| words.own_catalogue.clone());
    let mut lines: Vec<String> = unverified.into_iter().chain([says]).chain(own).collect();
    let addresses = [
        (&words.renew_at, &planned.renewal_url),
        (&words.credential, &planned.link),
    ];
    for (label, address) in addresses {
        if let Some(address) = address {
            lines.push(format!("{label}: {}", neutral::terminal_line(address)));
        }
    }
    lines.join("\n")
}

/// The address that a calendar program opens; nothing but `https`.
fn address(event: &Event) -> Option<String> {
    let planned = &event.planned;
    let address = planned.renewal_url.as_ref().or(planned.link.as_ref())?;
    let url = url::Url::parse(address).ok()?;
    (url.scheme() == "https").then(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use icalendar::parser::{read_calendar, unfold};
    use icalendar::{Calendar, Component as _};
    use proptest::prelude::*;

    use super::super::{Dates, plan, revise};
    use super::*;

    fn events(title: &str) -> Vec<Event> {
        let dates = Dates {
            title: Some(title.to_owned()),
            holder: Some("Jane Doe".to_owned()),
            opens_on: "2026-11-14".parse().ok(),
            deadline: "2026-11-30".parse().ok(),
            expires_on: "2027-05-14".parse().ok(),
            renewal_url: Some("https://learn.microsoft.com/renew?a=b;c,d".to_owned()),
            link: Some("https://learn.microsoft.com/api/credentials/20170DBC5AC04E38".to_owned()),
            ..Dates::of("20170DBC5AC04E38")
        };
        revise(&[], plan(&dates), "2026-11-22T08:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_calendar_is_written_in_both_languages() {
        let events = events("Microsoft 365 Certified: Administrator Expert");
        insta::assert_snapshot!(
            "english",
            write(&events, Language::English).replace('\r', "")
        );
        insta::assert_snapshot!("german", write(&events, Language::German).replace('\r', ""));
    }

    #[test]
    fn a_name_of_an_event_tells_nothing() {
        let text = write(&events("Title"), Language::English).replace("\r\n ", "");
        let uids: Vec<_> = text
            .lines()
            .filter(|line| line.starts_with("UID:"))
            .collect();
        assert!(
            uids.iter()
                .all(|uid| !uid.contains("20170DBC5AC04E38") && !uid.contains("Jane"))
        );
        let distinct: std::collections::BTreeSet<_> = uids.iter().collect();
        assert_eq!(distinct.len(), uids.len(), "{text}");
    }

    #[test]
    fn a_day_of_what_cannot_be_verified_says_so_first() {
        let dates = Dates {
            deadline: "2026-11-30".parse().ok(),
            unverified_since: "2026-10-03".parse().ok(),
            ..Dates::of("20170DBC5AC04E38")
        };
        let events = revise(&[], plan(&dates), "2026-11-22T08:00:00Z".parse().unwrap());
        for (language, said) in [
            (
                Language::English,
                "DESCRIPTION:Not verifiable since 2026-10-03: ",
            ),
            (
                Language::German,
                "DESCRIPTION:Nicht prüfbar seit 2026-10-03: ",
            ),
        ] {
            let text = write(&events, language).replace("\r\n ", "");
            assert!(text.contains(said), "{text}");
        }
    }

    #[test]
    fn what_is_cancelled_rings_no_more() {
        let gone = revise(
            &events("Title"),
            vec![],
            "2026-11-23T08:00:00Z".parse().unwrap(),
        );
        let text = write(&gone, Language::English);
        assert_eq!(text.matches("STATUS:CANCELLED").count(), 3);
        assert_eq!(text.matches("SEQUENCE:1").count(), 3);
        assert!(!text.contains("VALARM"));
    }

    proptest! {
        #[test]
        fn any_title_is_read_back(title in "\\PC{1,150}|[\\x00-\\x1f,;:\\\\\"a\u{202e}\u{1f600}ä]{1,90}") {
            let text = write(&events(&title), Language::English);
            prop_assert!(text.lines().all(|line| line.trim_end_matches('\r').len() <= 75), "{}", text);
            prop_assert!(text.split("\r\n").all(|line| !line.contains(['\r', '\n'])));
            let unfolded = unfold(&text);
            let read: Calendar = read_calendar(&unfolded).unwrap().into();
            let summaries: Vec<_> = read.events().map(|event| event.get_summary().unwrap().to_owned()).collect();
            let shown = neutral::terminal(&title);
            prop_assert_eq!(summaries.len(), 3);
            for summary in summaries {
                prop_assert!(summary.contains(&shown), "{:?} in {:?}", shown, summary);
            }
        }
    }
}
