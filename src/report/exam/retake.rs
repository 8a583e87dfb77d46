//! When an exam may be taken again, and why.

mod notes;

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use super::super::json::SCHEMA_VERSION;
use super::super::page::Page;
use super::super::style::{self, Look};
use super::super::words::{count, instant, rfc3339};
use super::known::KnownExam;
use crate::catalog::{Catalog, State};
use crate::check::Outcome;
use crate::exam::code::Exam;
use crate::exam::moment::Said;
use crate::exam::retake::{Answer, History, PER_YEAR, Planned, Programme, Rule};

/// What `exam retake --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RetakeDocument {
    /// Always 1.
    #[schemars(extend("const" = 1))]
    schema_version: u8,
    /// The exam's code.
    exam: String,
    /// Whether the retake rules allow an attempt now. They know nothing of whether the exam
    /// is still there: `exam_state` says that.
    eligible: bool,
    /// The earliest instant that they allow, in the past where it has come; null where
    /// nothing was ever in the way, and where no instant is known.
    #[schemars(extend("format" = "date-time"))]
    next_eligible_at: Option<String>,
    /// Attempts in the 12 months that run; without a yearly limit all of them.
    attempts_used: usize,
    /// Attempts that are left in them; null without a yearly limit.
    attempts_left: Option<usize>,
    /// When these 12 months end; null where none run.
    #[schemars(extend("format" = "date-time"))]
    year_ends_at: Option<String>,
    /// The rule that decides; none where no rule is in the way any more.
    #[schemars(extend("enum" = ["first-retake-24h", "later-retake-14d", "later-retake-2d", "five-in-12-months", "already-passed", "no-attempt-yet", "none"]))]
    rule: &'static str,
    /// The same in words, and what did not count.
    explanation: String,
    /// Whether the exam itself can be taken; only where it is not simply current.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["retiring", "retired", "unknown"]))]
    exam_state: Option<&'static str>,
    /// The last day on which it can or could be; only where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date"))]
    exam_retires_on: Option<String>,
    /// The earliest instants of the next attempts, each failed in turn, as long as the exam is
    /// there; only where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<Vec<PlannedJson>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct PlannedJson {
    /// The earliest instant.
    #[schemars(extend("format" = "date-time"))]
    at: String,
    /// Which attempt of its 12 months it is; without a yearly limit, of all.
    attempt: usize,
    /// The rule that makes it wait.
    #[schemars(extend("enum" = ["first-retake-24h", "later-retake-14d", "later-retake-2d", "five-in-12-months", "already-passed", "no-attempt-yet", "none"]))]
    rule: &'static str,
}

/// A question about retakes with everything its answer is said from.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The exam.
    pub exam: &'a Exam,
    /// What was told.
    pub history: &'a History,
    /// What is known of certifications.
    pub catalog: &'a Catalog,
    /// The instant of judgement.
    pub as_of: DateTime<Utc>,
}

impl Asked<'_> {
    fn known(&self) -> KnownExam<'_> {
        KnownExam::on(self.as_of.date_naive(), self.exam, self.catalog)
    }

    /// Whether the exam is known to be retired: then the rules alone allow nothing.
    pub fn is_over(&self) -> bool {
        self.known().is_retired()
    }

    /// Whether the exam can be taken on a later day, as far as its end is known.
    pub fn lasts_until(&self, day: NaiveDate) -> bool {
        match self.known().state {
            State::Retired(_) => false,
            State::Retiring(Some(last)) => day <= last,
            State::Retiring(None) | State::Current | State::Unknown => true,
        }
    }

    /// The instant of the next attempt, where the exam is gone by then.
    fn comes_too_late(&self, answer: &Answer) -> Option<DateTime<Utc>> {
        let next = answer.next_eligible_at.filter(|_| !answer.eligible)?;
        (!self.is_over() && !self.lasts_until(next.date_naive())).then_some(next)
    }

    /// Why no attempt is possible, whatever the rules say.
    fn end(&self, answer: &Answer) -> Option<String> {
        let known = self.known();
        if known.is_retired() {
            return known.state_note();
        }
        let next = self.comes_too_late(answer)?;
        let last = known.state.retires_on()?;
        let (exam, with_what) = (self.exam, known.with_what());
        Some(format!(
            "The rules allow the next attempt from {} on, and {exam} retires{with_what} before that, on \
             {last}.{}",
            instant(next),
            known.instead()
        ))
    }
}

impl RetakeDocument {
    /// Puts an answer into the contract's form.
    pub fn of(asked: &Asked<'_>, answer: &Answer, plan: Option<&[Planned]>) -> Self {
        let known = asked.known();
        let state = known.state.as_str();
        let planned = |one: &Planned| PlannedJson {
            at: rfc3339(one.at),
            attempt: one.number,
            rule: one.rule.as_str(),
        };
        Self {
            schema_version: SCHEMA_VERSION,
            exam: asked.exam.to_string(),
            eligible: answer.eligible,
            next_eligible_at: answer.next_eligible_at.map(rfc3339),
            attempts_used: answer.used,
            attempts_left: answer.left,
            year_ends_at: answer.year_ends_at.map(rfc3339),
            rule: answer.rule.as_str(),
            explanation: std::iter::once(reason(asked, answer))
                .chain(notes::all(asked, answer))
                .collect::<Vec<_>>()
                .join(" "),
            exam_state: (known.state != State::Current).then_some(state),
            exam_retires_on: known.state.retires_on().map(|day| day.to_string()),
            plan: plan.map(|plan| plan.iter().map(planned).collect()),
        }
    }
}

/// Says an answer for people; ends with a line break.
pub fn human(asked: &Asked<'_>, answer: &Answer, plan: Option<&[Planned]>, look: Look) -> String {
    let mut page = Page::new(look);
    let end = asked.end(answer);
    let (word, outcome) = match (answer.eligible, answer.next_eligible_at) {
        _ if end.is_some() => ("NO", Outcome::Failed),
        (true, _) => ("YES", Outcome::Passed),
        (false, Some(_)) => ("NOT YET", Outcome::Failed),
        (false, None) => ("NO", Outcome::Failed),
    };
    let painted = page.look.paint(style::of_outcome(outcome), word);
    page.headline(word, &painted, &headline(asked, answer));
    // What ends the matter stands first: of a retired exam, that it was.
    let reason = reason(asked, answer);
    page.wrapped("  ", end.as_ref().unwrap_or(&reason));
    page.gap();
    if end.is_some() {
        page.field("By the rules", &reason);
    }
    page.field("Attempts", &attempts(answer));
    if let Some(last) = answer.last_attempt {
        let said = match last.said() {
            Said::AsDay => last.latest().date_naive().to_string(),
            Said::Exactly | Said::WithoutZone => instant(last.latest()),
        };
        page.field("Last attempt", &said);
    }
    page.field("Rule", answer.rule.as_str());
    // The first of them was said above where the exam ends the matter.
    let beside = notes::all(asked, answer);
    for note in beside.iter().skip(usize::from(end.is_some())) {
        let style = style::of_severity(crate::finding::Severity::Info);
        page.painted_field("note", style, note);
    }
    if let Some(plan) = plan {
        page.gap();
        planned(&mut page, plan, asked);
    }
    page.text
}

fn headline(asked: &Asked<'_>, answer: &Answer) -> String {
    let exam = asked.exam;
    match (answer.eligible, answer.next_eligible_at) {
        _ if asked.is_over() => format!("{exam} cannot be taken any more"),
        _ if asked.comes_too_late(answer).is_some() => format!("{exam} cannot be taken again"),
        (true, _) => format!("The retake rules allow an attempt at {exam} now"),
        (false, Some(at)) => format!(
            "{exam} may be taken again from {} on ({})",
            instant(at),
            ahead(at, asked.as_of)
        ),
        (false, None) => format!("{exam} cannot be taken again"),
    }
}

/// How far an instant lies ahead, in its two largest units.
fn ahead(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let minutes = ((at - now).num_seconds() + 59) / 60;
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let parts = [
        (days, "day", "days"),
        (hours, "hour", "hours"),
        (minutes, "minute", "minutes"),
    ];
    let said: Vec<_> = parts
        .into_iter()
        .skip_while(|(number, ..)| *number == 0)
        .take(2)
        .filter(|(number, ..)| *number > 0)
        .map(|(number, one, many)| count(number, one, many))
        .collect();
    format!("in {}", said.join(" and "))
}

fn attempts(answer: &Answer) -> String {
    let used = answer.used;
    match (answer.left, answer.year_ends_at) {
        (Some(left), Some(end)) => format!(
            "{used} used, {left} left in the 12 months that end on {}",
            instant(end)
        ),
        (Some(left), None) => {
            format!("{used} used, {left} left: the 12 months begin with the next attempt")
        }
        (None, _) => format!("{used}; there is no limit for a year"),
    }
}

fn planned(page: &mut Page, plan: &[Planned], asked: &Asked<'_>) {
    let last = asked.known().state.retires_on();
    if plan.is_empty() {
        let why = match last {
            Some(last) => format!("{} ends on {last}", asked.exam),
            None if asked.is_over() => format!("{} has ended", asked.exam),
            None => "the rules allow no further attempt".to_owned(),
        };
        page.wrapped("  ", &format!("There is nothing to plan: {why}."));
        return;
    }
    page.line("  The earliest instants, if each attempt fails:");
    for one in plan {
        let number = match asked.history.programme {
            Programme::Standard => format!("{} of {PER_YEAR}", one.number),
            Programme::OfficeSpecialist => format!("attempt {}", one.number),
        };
        page.field(
            &number,
            &format!("{} ({})", instant(one.at), waited(one.rule)),
        );
    }
    if let Some(last) = last {
        page.wrapped("  ", &format!("After {last} {} has ended.", asked.exam));
    }
}

/// What made a planned attempt wait.
const fn waited(rule: Rule) -> &'static str {
    match rule {
        Rule::FirstRetake => "24 hours after the first",
        Rule::LaterRetake => "14 days after the one before",
        Rule::LaterRetakeOfficeSpecialist => "2 days after the one before",
        Rule::FiveInTwelveMonths => "12 months after the first, so that a new year begins",
        Rule::AlreadyPassed => "once the certification has expired",
        Rule::NoAttemptYet | Rule::None => "now",
    }
}

/// The rule that decides, in a sentence.
fn reason(asked: &Asked<'_>, answer: &Answer) -> String {
    let from = answer.next_eligible_at.map(instant).unwrap_or_default();
    match (answer.rule, answer.next_eligible_at) {
        (Rule::FirstRetake, _) => {
            format!("24 hours must pass after the first failed attempt: until {from}.")
        }
        (Rule::LaterRetake, _) => {
            format!(
                "14 days must pass after the second and each later failed attempt: until {from}."
            )
        }
        (Rule::LaterRetakeOfficeSpecialist, _) => format!(
            "Two days must pass after the second and each later failed attempt at an Office Specialist \
             exam: until {from}."
        ),
        (Rule::FiveInTwelveMonths, _) => format!(
            "No more than five attempts are allowed in 12 months, counted from the first: these end on \
             {from}."
        ),
        (Rule::AlreadyPassed, Some(_)) => format!(
            "A passed exam can be taken again only once its certification has expired: from {from} on."
        ),
        (Rule::AlreadyPassed, None) => format!(
            "{} was passed, and a passed exam can be taken again only once its certification has \
             expired; if it has, say when with --certification-expired.",
            asked.exam
        ),
        (Rule::NoAttemptYet, _) => {
            "No attempt counts yet, so nothing has to be waited for.".to_owned()
        }
        (Rule::None, Some(_)) => format!("Nothing has to be waited for any more, since {from}."),
        (Rule::None, None) => "Nothing has to be waited for.".to_owned(),
    }
}
