//! Statuses that are no record, and waits that are asked for.

use super::table::{
    Behaviour, RECORD, SHARED, TRANSCRIPT, active, answer, good, headed, hold, row, undetermined,
};
use crate::raw_server::Step;

#[test]
fn no_status_but_200_carries_a_record() {
    hold(statuses());
}

#[test]
fn a_wait_of_any_length_is_kept_or_told_and_harms_nothing() {
    hold(waits());
}

fn with_record(status: &str) -> Vec<Step> {
    answer(
        status,
        "Content-Type: application/json\r\n",
        good().as_bytes(),
    )
}

fn statuses() -> Vec<Behaviour> {
    let error = undetermined(&["service-error"]);
    let others = [
        "201 Made",
        "202 Later",
        "203 Changed",
        "204 Nothing",
        "205 Reset",
        "206 Part",
        "226 IM",
        "299 Odd",
        "304 Not Modified",
        "305 Proxy",
        "400 Bad",
        "402 Pay",
        "418 Teapot",
        "451 Law",
        "500 Error",
        "501 No",
        "502 Gateway",
        "503 Busy",
        "504 Late",
        "511 Portal",
        "599 Odd",
        "600 Odd",
        "999 Odd",
    ];
    let mut rows: Vec<_> = [RECORD, SHARED, TRANSCRIPT]
        .into_iter()
        .flat_map(|link| others.iter().map(move |status| (link, status)))
        // Each kind of answer is read by its own reader; a few show that they share this.
        .filter(|(link, status)| *link == RECORD || status.starts_with("20"))
        .map(|(link, status)| {
            row(
                &format!("{status} of {link}"),
                with_record(status),
                error.clone(),
            )
            .of(link)
        })
        .collect();
    rows.push(
        row(
            "a storm, then the answer",
            with_record("503 Busy"),
            active(),
        )
        .then(headed("")),
    );
    rows
}

fn waits() -> Vec<Behaviour> {
    let limited = || undetermined(&["rate-limited"]);
    let asking = |status: &str, wait: &str| {
        answer(
            status,
            &format!("Retry-After: {wait}\r\nDate: Sun, 22 Nov 2026 10:00:00 GMT\r\n"),
            b"",
        )
    };
    let waits = [
        "0",
        "3600",
        "-5",
        "1.5",
        "soon",
        "",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "9223372036854775807",
        "18446744073709551615",
        "99999999999999999999999999999999",
        "0, 3600",
    ];
    let mut rows = Vec::new();
    for wait in waits {
        rows.push(row(
            &format!("429, {wait:?}"),
            asking("429 Slow", wait),
            limited(),
        ));
        let error = undetermined(&["service-error"]);
        rows.push(row(
            &format!("503, {wait:?}"),
            asking("503 Busy", wait),
            error,
        ));
    }
    for wait in ["0", "1", "-5", "soon"] {
        let first = asking("429 Slow", wait);
        rows.push(
            row(&format!("429, {wait:?}, then the answer"), first, active()).then(headed("")),
        );
    }
    rows
}
