//! The skill areas of an exam, and the order of study.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::json::SCHEMA_VERSION;
use super::super::neutral::{terminal, terminal_line};
use super::super::page::Page;
use super::super::style::{self, Look};
use super::known::KnownExam;
use crate::catalog::Catalog;
use crate::exam::code::Exam;
use crate::exam::skills::SkillSet;
use crate::exam::study::{Bar, Studied};

/// What `exam skills --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SkillsDocument {
    /// Always 1.
    #[schemars(extend("const" = 1))]
    schema_version: u8,
    /// The exam's code.
    exam: String,
    /// Whether its areas are known here; where not, the list is empty.
    known: bool,
    /// The exam's title.
    title: Option<String>,
    /// The day of the study guide.
    #[schemars(extend("format" = "date"))]
    as_of: Option<String>,
    /// Where the areas were read; where none are known, where to look.
    #[schemars(extend("format" = "uri"))]
    source: Option<String>,
    /// What must be known of the exam: that it retired or will.
    note: Option<String>,
    /// The areas: in the order of study with a report, else in the study guide's.
    areas: Vec<AreaJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct AreaJson {
    /// Its name.
    name: String,
    /// The least of the exam that it makes, in percent.
    percent_low: u8,
    /// The most of the exam that it makes, in percent.
    percent_high: u8,
    /// Its bar on the report; null where the report does not give it.
    #[schemars(extend("enum" = ["low", "mid", "high", null]))]
    bar: Option<&'static str>,
    /// Its share of the time to study, in percent; all make 100.
    share: u32,
    /// Where its modules are.
    #[schemars(extend("format" = "uri"))]
    modules: Option<String>,
}

/// An exam with what is known of it on a day.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The exam.
    pub exam: &'a Exam,
    /// What is known of certifications.
    pub catalog: &'a Catalog,
    /// The day of judgement.
    pub day: NaiveDate,
}

impl About<'_> {
    fn note(&self) -> Option<String> {
        let known = KnownExam::on(self.day, self.exam, self.catalog);
        let notes: Vec<_> = known.notes().collect();
        (!notes.is_empty()).then(|| notes.join(" "))
    }
}

impl SkillsDocument {
    /// Says the areas of an exam in an order.
    pub fn of(about: &About<'_>, skills: &SkillSet, areas: &[Studied<'_>]) -> Self {
        let area = |one: &Studied<'_>| AreaJson {
            name: one.area.name().to_owned(),
            percent_low: one.area.low(),
            percent_high: one.area.high(),
            bar: one.bar.map(Bar::as_str),
            share: one.share,
            modules: one.area.modules().map(str::to_owned),
        };
        Self {
            known: true,
            title: skills.title().map(str::to_owned),
            as_of: Some(skills.as_of().to_string()),
            source: skills.source().map(str::to_owned),
            areas: areas.iter().map(area).collect(),
            ..Self::unknown(about)
        }
    }

    /// Says that no areas are known.
    pub fn unknown(about: &About<'_>) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            exam: about.exam.to_string(),
            known: false,
            title: None,
            as_of: None,
            source: Some(about.exam.study_guide()),
            note: about.note(),
            areas: Vec::new(),
        }
    }
}

/// Says the areas and their ranges for people; ends with a line break.
pub fn human(about: &About<'_>, skills: &SkillSet, look: Look) -> String {
    let mut page = Page::new(look);
    heading(&mut page, about, skills);
    for area in skills.areas() {
        let range = format!("{} to {} %", area.low(), area.high());
        page.field(&range, &terminal(area.name()));
        if let Some(modules) = area.modules() {
            page.quiet_field("", &terminal_line(modules));
        }
    }
    page.gap();
    foot(&mut page, about, skills);
    page.field(
        "Next step",
        "With the bars of your score report: --report \"area=low|mid|high\" … gives an order of study.",
    );
    page.text
}

/// Says the order of study for people; ends with a line break.
pub fn study(about: &About<'_>, skills: &SkillSet, areas: &[Studied<'_>], look: Look) -> String {
    let mut page = Page::new(look);
    heading(&mut page, about, skills);
    page.wrapped(
        "  ",
        "Study in this order: the weakest areas first, of equally weak ones the heaviest. Each has its \
         share of your time.",
    );
    page.gap();
    for (place, one) in areas.iter().enumerate() {
        let label = format!("{}. {:>2} %", place + 1, one.share);
        let (low, high) = (one.area.low(), one.area.high());
        let bar = match one.bar {
            Some(bar) => format!("bar {}", bar.as_str()),
            None => "not in your report, taken as mid".to_owned(),
        };
        page.field(
            &label,
            &format!(
                "{} ({bar}; {low} to {high} % of the exam)",
                terminal(one.area.name())
            ),
        );
        if let Some(modules) = one.area.modules() {
            page.quiet_field("", &terminal_line(modules));
        }
    }
    page.gap();
    page.field(
        "Shares",
        "the middle of the area's range, three times for a low bar, twice for mid, once for high; the \
         bars themselves are no numbers",
    );
    foot(&mut page, about, skills);
    page.text
}

/// Says for people that no areas are known, and where to look.
pub fn unknown(about: &About<'_>, look: Look) -> String {
    let mut page = Page::new(look);
    let exam = about.exam;
    let painted = page.look.paint(
        style::of_outcome(crate::check::Outcome::Undetermined),
        "NOT KNOWN",
    );
    page.headline("NOT KNOWN", &painted, &format!("The skill areas of {exam}"));
    page.wrapped(
        "  ",
        &format!(
            "None ship with this program. Its study guide should be at {}",
            exam.study_guide()
        ),
    );
    page.gap();
    if let Some(note) = about.note() {
        page.field("note", &note);
    }
    page.field(
        "Next step",
        "Put the areas into a file (its form is in docs/exams.md), and give it: --skills-file FILE",
    );
    page.text
}

fn heading(page: &mut Page, about: &About<'_>, skills: &SkillSet) {
    let exam = about.exam.as_str();
    page.headline(
        exam,
        exam,
        &terminal(skills.title().unwrap_or("its skill areas")),
    );
    page.line(&format!("  skill areas as of {}", skills.as_of()));
    page.gap();
}

fn foot(page: &mut Page, about: &About<'_>, skills: &SkillSet) {
    if let Some(note) = about.note() {
        page.painted_field(
            "note",
            style::of_severity(crate::finding::Severity::Info),
            &note,
        );
    }
    if let Some(source) = skills.source() {
        page.quiet_field("Source", &terminal_line(source));
    }
}
