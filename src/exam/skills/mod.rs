//! What is in an exam? Its skill areas with their ranges, from a file.
//!
//! A file of skill areas ships inside the program; others are read in the same form:
//!
//! ```toml
//! [exam.AI-102]
//! title = "Designing and Implementing a Microsoft Azure AI Solution"
//! as_of = 2025-12-23
//! source = "https://learn.microsoft.com/credentials/certifications/resources/study-guides/ai-102"
//!
//! [[exam.AI-102.area]]
//! name = "Plan and manage an Azure AI solution"
//! aliases = ["planning"]      # may be left out
//! percent = [20, 25]
//! modules = "https://…"       # may be left out
//! ```

mod file;

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::code::Exam;
pub use file::SkillsError;

/// The skill areas of several exams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillSets {
    sets: Vec<SkillSet>,
}

/// The skill areas of an exam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillSet {
    exam: Exam,
    title: Option<String>,
    as_of: NaiveDate,
    source: Option<String>,
    areas: Vec<Area>,
}

/// A skill area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    name: String,
    aliases: Vec<String>,
    low: u8,
    high: u8,
    modules: Option<String>,
}

/// A name that is not the name of one area.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AreaError {
    /// No area is called so.
    #[error(
        "no area is called {typed:?}; {}",
        .suggestion.as_ref().map_or_else(
            || format!("the areas are: {}", .areas.join("; ")),
            |name| format!("did you mean {name:?}?"),
        )
    )]
    Unknown {
        /// The beginning of what was typed.
        typed: String,
        /// The area that looks most like it.
        suggestion: Option<String>,
        /// Every area.
        areas: Vec<String>,
    },
    /// Several areas could be meant.
    #[error("{typed:?} may be any of these areas: {}; say more of its name", .areas.join("; "))]
    Several {
        /// The beginning of what was typed.
        typed: String,
        /// Those areas.
        areas: Vec<String>,
    },
}

pub(super) fn did_you_mean(suggestion: Option<&str>) -> String {
    suggestion.map_or_else(String::new, |name| format!("; did you mean {name:?}?"))
}

impl SkillSets {
    /// What ships with the program.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<SkillSets> = LazyLock::new(|| {
            SkillSets::parse(include_str!("../skills.toml"))
                .expect("a test reads the embedded file")
        });
        &EMBEDDED
    }

    /// Reads a file of skill areas.
    ///
    /// # Errors
    /// [`SkillsError`] with the line of what is wrong.
    pub fn parse(text: &str) -> Result<Self, SkillsError> {
        file::read(text).map(|sets| Self { sets })
    }

    /// The areas of an exam, where they are known.
    pub fn find(&self, exam: &Exam) -> Option<&SkillSet> {
        self.sets.iter().find(|set| set.exam == *exam)
    }

    /// The exams whose areas are known.
    pub fn exams(&self) -> impl Iterator<Item = &Exam> {
        self.sets.iter().map(|set| &set.exam)
    }
}

impl SkillSet {
    /// The exam.
    pub fn exam(&self) -> &Exam {
        &self.exam
    }

    /// Its title, where the file gives it.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The day of the study guide.
    pub fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    /// Where the areas were read, where the file says so.
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// The areas, in the study guide's order.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// Finds an area by its name, by an alias, or by words that begin words of one name only;
    /// gives its place among the areas.
    ///
    /// # Errors
    /// [`AreaError`] where none or more than one could be meant.
    ///
    /// ```
    /// use bonafide::catalog::Catalog;
    /// use bonafide::exam::code::Exam;
    /// use bonafide::exam::skills::SkillSets;
    ///
    /// let exam = Exam::parse("AI-102", Catalog::embedded(), &[]).unwrap();
    /// let skills = SkillSets::embedded().find(&exam).unwrap();
    /// assert_eq!(skills.find("computer vision"), Ok(3));
    /// assert!(skills.find("solutions").is_err());
    /// ```
    pub fn find(&self, typed: &str) -> Result<usize, AreaError> {
        let wanted = words(typed);
        let whole = |area: &Area| area.names().any(|name| words(name) == wanted);
        if let Some(at) = self.areas.iter().position(whole) {
            return Ok(at);
        }
        let begins = |name: &str| {
            let name = words(name);
            let is_in = |word: &String| name.iter().any(|whole| whole.starts_with(word.as_str()));
            !wanted.is_empty() && wanted.iter().all(is_in)
        };
        let found: Vec<usize> = (0..self.areas.len())
            .filter(|at| self.areas[*at].names().any(begins))
            .collect();
        let typed: String = typed.trim().chars().take(80).collect();
        let names = |at: &[usize]| at.iter().map(|at| self.areas[*at].name.clone()).collect();
        match found[..] {
            [at] => Ok(at),
            [] => Err(AreaError::Unknown {
                suggestion: self.near(&wanted).map(|area| area.name.clone()),
                typed,
                areas: names(&(0..self.areas.len()).collect::<Vec<_>>()),
            }),
            _ => Err(AreaError::Several {
                typed,
                areas: names(&found),
            }),
        }
    }

    /// The area with the nearest word or name.
    fn near(&self, wanted: &[String]) -> Option<&Area> {
        let typed: String = wanted.join(" ").chars().take(80).collect();
        let slips = |area: &Area| {
            let single = area.names().flat_map(words);
            let all = single.chain(area.names().map(|name| words(name).join(" ")));
            all.map(|name| strsim::damerau_levenshtein(&name, &typed))
                .min()
        };
        let allowed = 1 + typed.chars().count() / 6;
        let near = self.areas.iter().map(|area| (slips(area), area));
        let near = near.filter(|(slips, _)| slips.is_some_and(|slips| slips <= allowed));
        near.min_by_key(|(slips, _)| *slips).map(|(_, area)| area)
    }
}

impl Area {
    /// Its name in the study guide.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The least of the exam that it makes, in percent.
    pub fn low(&self) -> u8 {
        self.low
    }

    /// The most of the exam that it makes, in percent.
    pub fn high(&self) -> u8 {
        self.high
    }

    /// Where its training modules are, where the file says so.
    pub fn modules(&self) -> Option<&str> {
        self.modules.as_deref()
    }

    /// Twice the middle of its range: a whole number.
    pub(super) fn twice_middle(&self) -> u32 {
        u32::from(self.low) + u32::from(self.high)
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

/// The words of a name, in lower case.
fn words(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
