//! What to study first? The bars of a score report, and the order that follows.
//!
//! A report's bars say how well each area went; they are no numbers and cannot be summed. So
//! three lengths are told apart, and the order is plain: the weakest areas first, of equally
//! weak ones the one that makes more of the exam. Time is shared by the middle of an area's
//! range, taken three, two or one times for a low, middling or high bar, and normalised;
//! three, two and one are this program's choice.

use serde::Deserialize;
use toml::Spanned;

use super::skills::{Area, AreaError, SkillSet, did_you_mean};

/// How long an area's bar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bar {
    /// Short: weak.
    Low,
    /// In between.
    Mid,
    /// Long: strong.
    High,
}

impl Bar {
    /// Every length, the weakest first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Mid, Self::High];

    /// The word used everywhere.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Mid => "mid",
            Self::High => "high",
        }
    }

    /// How often an area's weight counts.
    const fn need(self) -> u32 {
        match self {
            Self::Low => 3,
            Self::Mid => 2,
            Self::High => 1,
        }
    }

    fn parse(word: &str) -> Option<Self> {
        let word = word.trim();
        Self::ALL
            .into_iter()
            .find(|bar| bar.as_str().eq_ignore_ascii_case(word))
    }
}

/// A score report that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{problem}", line.map_or_else(String::new, |line| format!("line {line}: ")))]
pub struct ReportError {
    line: Option<usize>,
    problem: Problem,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum Problem {
    #[error("{0}")]
    Toml(String),
    #[error("the file names no area: expected lines such as \"area name\" = \"low\"")]
    Empty,
    #[error("expected an area and its bar, such as \"computer vision=low\", found {0:?}")]
    NoBar(String),
    #[error("{area}: expected low, mid or high, found {found:?}{}", did_you_mean(.suggestion.as_deref()))]
    NotABar {
        area: String,
        found: String,
        suggestion: Option<String>,
    },
    #[error("{0}")]
    Area(AreaError),
    #[error("{0} is there twice")]
    Twice(String),
}

impl From<Problem> for ReportError {
    fn from(problem: Problem) -> Self {
        Self {
            line: None,
            problem,
        }
    }
}

/// The bars of a score report, each with the place of its area.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    bars: Vec<(usize, Bar)>,
}

impl Report {
    /// Reads one `area=low|mid|high` and adds it.
    ///
    /// # Errors
    /// [`ReportError`] for anything else, and for an area that is there already.
    pub fn add(&mut self, text: &str, skills: &SkillSet) -> Result<(), ReportError> {
        let Some((area, bar)) = text.rsplit_once('=') else {
            return Err(Problem::NoBar(text.chars().take(80).collect()).into());
        };
        Ok(self.put(area, bar, skills)?)
    }

    /// Reads a TOML file of lines such as `"computer vision" = "low"`.
    ///
    /// # Errors
    /// [`ReportError`] with the line of what is wrong.
    pub fn parse(text: &str, skills: &SkillSet) -> Result<Self, ReportError> {
        let at = |at: usize| {
            let before = text.as_bytes().iter().take(at);
            Some(before.filter(|byte| **byte == b'\n').count() + 1)
        };
        let Lines(lines) = toml::from_str(text).map_err(|error| ReportError {
            line: error.span().and_then(|span| at(span.start)),
            problem: Problem::Toml(error.message().trim().replace('\n', ", ")),
        })?;
        let mut report = Self::default();
        let mut lines: Vec<_> = lines.into_iter().collect();
        lines.sort_by_key(|(_, bar)| bar.span().start);
        for (area, bar) in lines {
            let line = at(bar.span().start);
            let put = report.put(&area, bar.get_ref(), skills);
            put.map_err(|problem| ReportError { line, problem })?;
        }
        if report.bars.is_empty() {
            return Err(Problem::Empty.into());
        }
        Ok(report)
    }

    fn put(&mut self, area: &str, bar: &str, skills: &SkillSet) -> Result<(), Problem> {
        let at = skills.find(area).map_err(Problem::Area)?;
        let name = || skills.areas()[at].name().to_owned();
        let bar = Bar::parse(bar).ok_or_else(|| Problem::NotABar {
            area: name(),
            suggestion: near_bar(bar).map(str::to_owned),
            found: bar.chars().take(40).collect(),
        })?;
        if self.bars.iter().any(|(other, _)| *other == at) {
            return Err(Problem::Twice(name()));
        }
        self.bars.push((at, bar));
        Ok(())
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.bars.is_empty()
    }
}

fn near_bar(typed: &str) -> Option<&'static str> {
    let typed = typed.trim().to_lowercase();
    let begins = |bar: &&str| bar.len() > 1 && typed.starts_with(*bar);
    let words = Bar::ALL.map(Bar::as_str);
    words.into_iter().find(begins).or_else(|| match &*typed {
        "weak" | "short" | "red" => Some("low"),
        "average" | "ok" | "yellow" => Some("mid"),
        "strong" | "long" | "green" => Some("high"),
        _ => words
            .into_iter()
            .find(|bar| strsim::damerau_levenshtein(bar, &typed) == 1),
    })
}

#[derive(Deserialize)]
struct Lines(std::collections::BTreeMap<String, Spanned<String>>);

/// An area with its place in the order of study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Studied<'a> {
    /// The area.
    pub area: &'a Area,
    /// Its bar; `None` where the report does not give it, which counts as middling.
    pub bar: Option<Bar>,
    /// Its share of the time, in percent; all make 100 together.
    pub share: u32,
}

/// The order of study that follows from a report: the weakest and heaviest first. Without a
/// report the heaviest come first.
pub fn order<'a>(skills: &'a SkillSet, report: &Report) -> Vec<Studied<'a>> {
    let bar_of = |at: usize| {
        let mut bars = report.bars.iter();
        bars.find(|(area, _)| *area == at).map(|(_, bar)| *bar)
    };
    let mut areas: Vec<(&Area, Option<Bar>)> = skills
        .areas()
        .iter()
        .zip(0..)
        .map(|(area, at)| (area, bar_of(at)))
        .collect();
    areas.sort_by_key(|(area, bar)| {
        let bar = bar.unwrap_or(Bar::Mid);
        (bar, std::cmp::Reverse(area.twice_middle()))
    });
    let weights: Vec<u32> = areas
        .iter()
        .map(|(area, bar)| area.twice_middle() * bar.unwrap_or(Bar::Mid).need())
        .collect();
    areas
        .into_iter()
        .zip(percents(&weights))
        .map(|((area, bar), share)| Studied { area, bar, share })
        .collect()
}

/// Whole percents that make 100: what rounding leaves over goes to the largest rests.
fn percents(weights: &[u32]) -> Vec<u32> {
    let sum: u32 = weights.iter().sum::<u32>().max(1);
    let mut percents: Vec<u32> = weights.iter().map(|weight| weight * 100 / sum).collect();
    let mut rests: Vec<usize> = (0..weights.len()).collect();
    rests.sort_by_key(|at| std::cmp::Reverse(weights[*at] * 100 % sum));
    let left = 100 - percents.iter().sum::<u32>();
    for at in rests.into_iter().take(left as usize) {
        percents[at] += 1;
    }
    percents
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::code::Exam;
    use super::super::skills::SkillSets;
    use super::*;

    fn ai_102() -> &'static SkillSet {
        let exam = Exam::of_form("AI-102").unwrap();
        SkillSets::embedded().find(&exam).unwrap()
    }

    fn report(lines: &[&str]) -> Result<Report, ReportError> {
        let mut report = Report::default();
        for line in lines {
            report.add(line, ai_102())?;
        }
        Ok(report)
    }

    fn said(report: &Report) -> Vec<(&'static str, &'static str, u32)> {
        let short = |name: &'static str| name.split(' ').nth(1).unwrap();
        order(ai_102(), report)
            .into_iter()
            .map(|one| {
                (
                    short(one.area.name()),
                    one.bar.map_or("-", Bar::as_str),
                    one.share,
                )
            })
            .collect()
    }

    #[test]
    fn without_a_report_time_is_shared_by_the_middles_of_the_ranges() {
        // 22.5, 17.5, 17.5, 17.5, 12.5 and 7.5 of 95.
        let expected = [
            ("and", "-", 24),
            ("generative", "-", 19),
            ("natural", "-", 18),
            ("knowledge", "-", 18),
            ("computer", "-", 13),
            ("an", "-", 8),
        ];
        assert_eq!(said(&Report::default()), expected);
    }

    #[test]
    fn the_weakest_and_heaviest_come_first() {
        let report = report(&[
            "plan=high",
            "generative=mid",
            "agentic=low",
            "vision=low",
            "nlp=mid",
            "mining=high",
        ]);
        // 12.5 and 7.5 three times, 17.5 twice each, 22.5 and 17.5 once: of 170.
        let expected = [
            ("computer", "low", 22),
            ("an", "low", 13),
            ("generative", "mid", 21),
            ("natural", "mid", 21),
            ("and", "high", 13),
            ("knowledge", "high", 10),
        ];
        assert_eq!(said(&report.unwrap()), expected);
    }

    #[test]
    fn an_area_that_the_report_leaves_out_counts_as_middling() {
        let order = said(&report(&["plan=high", "agentic=low"]).unwrap());
        assert_eq!(order.first().unwrap().0, "an");
        assert_eq!(order.last().unwrap().0, "and");
        assert_eq!(order[1].1, "-");
    }

    #[test]
    fn what_is_wrong_with_a_report_is_said() {
        for (lines, said) in [
            (&["vision"][..], "\"computer vision=low\""),
            (&["vision=weak"], "did you mean \"low\"?"),
            (&["vision=medium"], "expected low, mid or high"),
            (&["vision=hgih"], "did you mean \"high\"?"),
            (&["visoin=low"], "did you mean \"Implement computer vision"),
            (&["vision=low", "computer vision=high"], "there twice"),
            (&["=low"], "no area"),
        ] {
            let error = report(lines).unwrap_err().to_string();
            assert!(error.contains(said), "{lines:?}: {error}");
        }
    }

    #[test]
    fn a_report_is_read_from_a_file_too() {
        let text = "# my report\n\"computer vision\" = \"low\"\nplan = \"HIGH\"\n";
        let lines = report(&["vision=low", "plan=high"]).unwrap();
        assert_eq!(Report::parse(text, ai_102()).unwrap(), lines);
        for (text, said) in [
            ("plan = \"low\"\nvison = \"low\"", "line 2: no area"),
            ("plan = \"low\"\n\"plan and\" = \"mid\"", "line 2: Plan and"),
            ("plan = 3", "line 1: "),
            ("plan", "line 1: "),
            ("", "names no area"),
        ] {
            let error = Report::parse(text, ai_102()).unwrap_err().to_string();
            assert!(error.contains(said), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn shares_make_a_hundred(bars in proptest::collection::vec(0usize..4, 6)) {
            let bars = bars.iter().zip(0..).filter(|(bar, _)| **bar < 3);
            let report = Report { bars: bars.map(|(bar, at)| (at, Bar::ALL[*bar])).collect() };
            let order = order(ai_102(), &report);
            prop_assert_eq!(order.iter().map(|one| one.share).sum::<u32>(), 100);
            prop_assert_eq!(order.len(), 6);
            let bars: Vec<_> = order.iter().map(|one| one.bar.unwrap_or(Bar::Mid)).collect();
            prop_assert!(bars.is_sorted());
        }

        #[test]
        fn no_text_makes_reading_panic(text in ".{0,80}") {
            let _ = Report::parse(&text, ai_102());
            let _ = Report::default().add(&text, ai_102());
        }
    }
}
