//! When people were last looked after, and when they will be.

use chrono::{DateTime, Local, NaiveDateTime, TimeDelta, TimeZone as _, Utc};

use crate::cli::schedule;
use crate::cli::settings::Settings;
use crate::report::doctor::{Check, DoctorDocument, State, minute, written};
use crate::schedule::{Kind, Planned};
use crate::watch::{Run, RunOutcome, Store};

/// Without a schedule that is known, a run this long ago is too long ago.
const TOO_LONG: TimeDelta = TimeDelta::days(2);

/// A run may start this much later than planned.
const LATE: TimeDelta = TimeDelta::hours(1);

pub(super) fn look(
    document: &mut DoctorDocument,
    store: Option<&Store>,
    found: &[schedule::Found],
    settings: &Settings,
) -> anyhow::Result<()> {
    let now = settings.as_of().instant();
    let planned = schedules(document, found, now);
    let (last, success) = match store {
        Some(store) => store.last_runs()?,
        None => (None, None),
    };
    document.last_run = last.map(|run| written(run.at));
    document.last_success = success.map(|run| written(run.at));
    let is_awaited = document.tracked.is_some_and(|tracked| tracked > 0);
    let (state, message) = match last {
        Some(run) => judged(run, success, planned, now),
        None if is_awaited && found.is_empty() => (
            State::Problem,
            "there was none, and nothing is installed that would start one; bonafide schedule \
             --install"
                .to_owned(),
        ),
        None => (State::Note, "there was none yet".to_owned()),
    };
    document.found(Check::Runs, None, state, &message);
    Ok(())
}

/// Says what is installed, and returns when it runs, where that is understood.
fn schedules(
    document: &mut DoctorDocument,
    found: &[schedule::Found],
    now: DateTime<Utc>,
) -> Option<Planned> {
    let mut next: Option<(DateTime<Utc>, Planned)> = None;
    for one in found {
        let planned = Planned::read(one.kind, &one.text);
        let soon = planned.and_then(|planned| Some((next_run(planned, now)?, planned)));
        let when = soon.map_or_else(
            || "installed; when it runs next is not understood".to_owned(),
            |(at, _)| format!("installed; runs next on {}", minute(at)),
        );
        let (state, message) = match &one.stopped {
            None => (State::Fine, when),
            Some(why) => (
                State::Problem,
                format!("installed and not started: {why}; bonafide schedule --install"),
            ),
        };
        document.found(Check::Schedule, Some(one.kind.as_str()), state, &message);
        if one.stopped.is_none()
            && let Some(soon) = soon
            && next.is_none_or(|(at, _)| soon.0 < at)
        {
            next = Some(soon);
        }
    }
    if found.is_empty() {
        let kind = Kind::usual().as_str();
        let message = format!(
            "nothing of bonafide schedule is installed here (this system's would be {kind})"
        );
        document.found(Check::Schedule, None, State::Note, &message);
    }
    document.next_run = next.map(|(at, _)| written(at));
    next.map(|(_, planned)| planned)
}

fn next_run(planned: Planned, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    in_utc(planned.next(now.with_timezone(&Local).naive_local())?)
}

/// A time of this machine's clock. One that a change of the clock leaves out is the same
/// time an hour later.
fn in_utc(local: NaiveDateTime) -> Option<DateTime<Utc>> {
    let found = Local.from_local_datetime(&local).earliest();
    let later = || {
        Local
            .from_local_datetime(&(local + TimeDelta::hours(1)))
            .earliest()
    };
    Some(found.or_else(later)?.with_timezone(&Utc))
}

fn judged(
    run: Run,
    success: Option<Run>,
    planned: Option<Planned>,
    now: DateTime<Utc>,
) -> (State, String) {
    let at = minute(run.at);
    let good = success.map_or_else(
        || "none ended well so far".to_owned(),
        |good| format!("the last that ended well was on {}", minute(good.at)),
    );
    let (missed, so_much) = missed(run.at, planned, now);
    match run.outcome {
        _ if missed == State::Problem => {
            (State::Problem, format!("the last was on {at}, {so_much}"))
        }
        RunOutcome::Whole if missed == State::Note => {
            (State::Note, format!("the last was on {at}, {so_much}"))
        }
        RunOutcome::Whole => (State::Fine, format!("the last was on {at}, and ended well")),
        RunOutcome::Failed => (
            State::Problem,
            format!(
                "in the last, on {at}, somebody could not be told; {good}; bonafide remind says why"
            ),
        ),
        RunOutcome::Blind => (
            State::Problem,
            format!("the last, on {at}, could look at nothing; {good}; bonafide remind says why"),
        ),
    }
}

/// Whether runs were missed since.
fn missed(last: DateTime<Utc>, planned: Option<Planned>, now: DateTime<Utc>) -> (State, String) {
    let Some(planned) = planned else {
        return if now - last > TOO_LONG {
            let message = "which is more than two days ago, and what starts them is not known";
            (State::Problem, message.to_owned())
        } else {
            (State::Fine, String::new())
        };
    };
    let before = (now - LATE).with_timezone(&Local).naive_local();
    let due = planned.previous(before);
    let earlier = due.and_then(|due| planned.previous(due));
    let is_missed =
        |due: Option<NaiveDateTime>| due.and_then(in_utc).is_some_and(|due| last + LATE < due);
    if is_missed(earlier) {
        (
            State::Problem,
            "and at least two were missed since; is the scheduler at work?".to_owned(),
        )
    } else if is_missed(due) {
        (State::Note, "and one was missed since".to_owned())
    } else {
        (State::Fine, String::new())
    }
}
