//! When an exam may be taken again, and why.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use super::super::json::SCHEMA_VERSION;
use super::super::page::Page;
use super::super::style::{self, Look};
use super::super::words::{count, instant, rfc3339};
use super::{own_note, state_note};
use crate::catalog::{Catalog, Level, State};
use crate::check::Outcome;
use crate::exam::code::{Exam, state_on};
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
    /// Whether the retake rules allow an attempt now. Whether the exam is still there is
    /// said in the explanation.
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
    /// The earliest instants of the next attempts, each failed in turn; only where asked for.
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
    /// Whether the exam is known to be retired: then the rules alone allow nothing.
    pub fn is_over(&self) -> bool {
        let state = state_on(self.exam, self.catalog, self.as_of.date_naive());
        matches!(state, State::Retired(_))
    }
}

impl RetakeDocument {
    /// Puts an answer into the contract's form.
    pub fn of(asked: &Asked<'_>, answer: &Answer, plan: Option<&[Planned]>) -> Self {
        let notes = notes(asked, answer);
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
                .chain(notes)
                .collect::<Vec<_>>()
                .join(" "),
            plan: plan.map(|plan| plan.iter().map(planned).collect()),
        }
    }
}

/// Says an answer for people; ends with a line break.
pub fn human(asked: &Asked<'_>, answer: &Answer, plan: Option<&[Planned]>, look: Look) -> String {
    let mut page = Page::new(look);
    let (word, outcome) = match (answer.eligible, answer.next_eligible_at) {
        _ if asked.is_over() => ("NO", Outcome::Failed),
        (true, _) => ("YES", Outcome::Passed),
        (false, Some(_)) => ("NOT YET", Outcome::Failed),
        (false, None) => ("NO", Outcome::Failed),
    };
    let painted = page.look.paint(style::of_outcome(outcome), word);
    page.headline(word, &painted, &headline(asked, answer));
    let notes = notes(asked, answer);
    let reason = reason(asked, answer);
    // What ends the matter stands first: of a retired exam, that it was.
    let (first, notes) = match &notes[..] {
        [state, notes @ ..] if asked.is_over() => (state, notes),
        notes => (&reason, notes),
    };
    page.wrapped("  ", first);
    page.gap();
    if asked.is_over() {
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
    for note in notes {
        let style = style::of_severity(crate::finding::Severity::Info);
        page.painted_field("note", style, note);
    }
    if let Some(plan) = plan {
        page.gap();
        planned(&mut page, plan, asked.history.programme);
    }
    page.text
}

fn headline(asked: &Asked<'_>, answer: &Answer) -> String {
    let exam = asked.exam;
    match (answer.eligible, answer.next_eligible_at) {
        _ if asked.is_over() => format!("{exam} cannot be taken any more"),
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

fn planned(page: &mut Page, plan: &[Planned], programme: Programme) {
    if plan.is_empty() {
        page.line("  There is nothing to plan: the rules allow no further attempt.");
        return;
    }
    page.line("  The earliest instants, if each attempt fails:");
    for one in plan {
        let number = match programme {
            Programme::Standard => format!("{} of {PER_YEAR}", one.number),
            Programme::OfficeSpecialist => format!("attempt {}", one.number),
        };
        page.field(
            &number,
            &format!("{} ({})", instant(one.at), waited(one.rule)),
        );
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

/// What else must be known: about the exam first, then about what was told.
fn notes(asked: &Asked<'_>, answer: &Answer) -> Vec<String> {
    let told = asked.history;
    let moments = || {
        let others = told.passed.iter().chain(&told.certification_expired);
        told.attempts.iter().chain(others)
    };
    let said = |how: Said| moments().filter(|one| one.said() == how).count();
    let some = |number: usize| i64::try_from(number).ok().filter(|number| *number > 0);
    let left_out = answer.left_out;
    let notes = [
        state_note(asked.exam, asked.catalog, asked.as_of.date_naive()),
        own_note(asked.exam, asked.catalog),
        programme_note(asked),
        (answer.began_anew && answer.rule == Rule::FirstRetake).then(|| {
            "The earlier attempts lie before the 12 months that run. Whether the short wait applies \
             again then, the policy does not say; it is taken so here."
                .to_owned()
        }),
        (answer.used > PER_YEAR && answer.left.is_some()).then(|| {
            "More attempts were given for 12 months than the rules allow: check their dates.".to_owned()
        }),
        some(left_out.future).map(|number| {
            let lie = count(number, "attempt lies", "attempts lie");
            format!("{lie} after the day of judgement and did not count.")
        }),
        some(left_out.doubled).map(|number| {
            let were = count(number, "attempt was", "attempts were");
            format!("{were} given twice and counted once.")
        }),
        some(said(Said::WithoutZone)).map(|number| {
            let came = count(number, "time came", "times came");
            format!("{came} without a zone and counted as UTC.")
        }),
        some(said(Said::AsDay)).map(|number| {
            let came = count(number, "day came", "days came");
            format!("{came} without a time and counted to the last second in UTC.")
        }),
    ];
    notes.into_iter().flatten().collect()
}

/// Where the exam is not of the programme whose rules were applied.
fn programme_note(asked: &Asked<'_>) -> Option<String> {
    let levels: Vec<Level> = asked
        .exam
        .certifications(asked.catalog)
        .iter()
        .map(|entry| entry.level())
        .collect();
    let is_all = |level| !levels.is_empty() && levels.iter().all(|one| *one == level);
    match asked.history.programme {
        Programme::Standard if is_all(Level::Github) => Some(
            "The rules are Microsoft's; whether they hold for GitHub's exams is not known here."
                .to_owned(),
        ),
        Programme::Standard if is_all(Level::Mos) => Some(
            "This is an Office Specialist exam, which has rules of its own: \
             --programme office-specialist."
                .to_owned(),
        ),
        Programme::OfficeSpecialist if !levels.is_empty() && !levels.contains(&Level::Mos) => Some(
            "The rules of Office Specialist were applied, as asked; the catalogue lists this exam \
             elsewhere."
                .to_owned(),
        ),
        _ => None,
    }
}
