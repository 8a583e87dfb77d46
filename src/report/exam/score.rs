//! Whether a score passes, and what it means.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::json::SCHEMA_VERSION;
use super::super::page::Page;
use super::super::style::{self, Look};
use super::super::words::count;
use crate::check::Outcome;
use crate::exam::score::{PASSING, Score};

/// What `exam score --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ScoreDocument {
    /// Always 1.
    #[schemars(extend("const" = 1))]
    schema_version: u8,
    /// The score.
    #[schemars(range(min = 1, max = 1000))]
    score: u16,
    /// Whether it passes.
    passed: bool,
    /// The lowest score that does.
    #[schemars(extend("const" = 700))]
    passing_score: u16,
    /// How many points it lacks; 0 for a pass.
    points_missing: u16,
    /// What it does and does not mean.
    explanation: String,
}

impl ScoreDocument {
    /// Says a score.
    pub fn of(score: Score) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            score: score.get(),
            passed: score.is_pass(),
            passing_score: PASSING,
            points_missing: score.missing(),
            explanation: format!("{} {}", result(score), meaning().join(" ")),
        }
    }
}

/// Says a score for people; ends with a line break.
pub fn human(score: Score, look: Look) -> String {
    let mut page = Page::new(look);
    let (word, outcome) = if score.is_pass() {
        ("PASSED", Outcome::Passed)
    } else {
        ("NOT PASSED", Outcome::Failed)
    };
    let painted = page.look.paint(style::of_outcome(outcome), word);
    page.headline(word, &painted, &format!("{score} of 1000"));
    page.wrapped("  ", &result(score));
    page.gap();
    let labels = ["Scale", "Items", "Bars"];
    for (label, sentence) in labels.into_iter().zip(meaning()) {
        page.field(label, sentence);
    }
    if !score.is_pass() {
        page.field(
            "Next step",
            "When you may try again: bonafide exam retake --exam CODE --attempt TIME",
        );
    }
    page.text
}

fn result(score: Score) -> String {
    match score.missing() {
        0 => format!("{PASSING} or more passes."),
        missing => format!(
            "{PASSING} or more passes: {} missing.",
            count(
                i64::from(missing),
                "point of the scale is",
                "points of the scale are"
            )
        ),
    }
}

/// What a score does and does not mean.
fn meaning() -> [&'static str; 3] {
    [
        "Scores are scaled from 1 to 1,000. 700 is not 70 %: how many right answers make it depends on \
         how hard the questions were.",
        "A wrong answer costs nothing, some items do not count, and one of several parts gives credit \
         for each part: points cannot be turned into a number of questions.",
        "The bars of the skill areas on the report say which area was weaker. They cannot be summed, \
         and say nothing of how far the score is from another one.",
    ]
}
