//! Whether a credential is of the expected certification.

use super::named::{self, Named};
use crate::catalog::{Catalog, Entry};
use crate::finding::{Code, Finding};
use crate::lifecycle::Standing;
use crate::record::{CredentialKind, Record};

/// The certification that a reviewer expects, however they named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What was typed.
    named: String,
    /// Titles of the certifications meant; of a title that the catalogue does not know,
    /// what was typed.
    titles: Vec<String>,
    /// The titles by common knowledge, where own rows make a difference.
    common: Option<Vec<String>>,
}

/// What was typed does not name one certification.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WantedError {
    /// It names none that is known.
    #[error(
        "no certification is known by {typed:?}: expected an exam such as AZ-104, a slug such as \
         azure-administrator, or a title{}",
        suggest(.suggestions)
    )]
    Unknown {
        /// The beginning of what was typed.
        typed: String,
        /// Names that look like it.
        suggestions: Vec<String>,
    },
    /// It names more than one, and which is meant cannot be told.
    #[error("{typed:?} names several certifications ({}); say one", .names.join(", "))]
    Several {
        /// The beginning of what was typed.
        typed: String,
        /// The exams and titles that it names.
        names: Vec<String>,
    },
}

impl WantedError {
    /// Exams, slugs and titles that look like what was typed, the nearest first.
    pub fn suggestions(&self) -> &[String] {
        match self {
            Self::Unknown { suggestions, .. } => suggestions,
            Self::Several { .. } => &[],
        }
    }
}

fn suggest(suggestions: &[String]) -> String {
    if suggestions.is_empty() {
        String::new()
    } else {
        format!("; did you mean {}?", suggestions.join(" or "))
    }
}

impl Wanted {
    /// Reads an exam, a slug or a title, current or former.
    ///
    /// A whole title, with its programme in front, that the catalogue does not know and that
    /// is not near one it knows, is taken as newer than the catalogue and compared as it is.
    ///
    /// # Errors
    /// [`WantedError`] for anything else that is not known, and for exams that lead to no
    /// one certification together.
    ///
    /// ```
    /// use bonafide::catalog::Catalog;
    /// use bonafide::check::Wanted;
    ///
    /// let catalog = Catalog::embedded();
    /// assert_eq!(Wanted::parse("az-104", catalog), Wanted::parse("AZ-104", catalog));
    /// let error = Wanted::parse("AZ-109", catalog).unwrap_err();
    /// assert_eq!(error.suggestions()[0], "AZ-104");
    /// ```
    pub fn parse(text: &str, catalog: &Catalog) -> Result<Self, WantedError> {
        let mut wanted = Self::read(text, catalog)?;
        if let Some(common) = catalog.common() {
            let titles = Self::read(text, common).map(|wanted| wanted.titles);
            let titles = titles.unwrap_or_default();
            wanted.common = (titles != wanted.titles).then_some(titles);
        }
        Ok(wanted)
    }

    /// The same by common knowledge, where own rows make a difference.
    pub(crate) fn by_common_knowledge(&self) -> Option<Self> {
        self.common.clone().map(|titles| Self {
            named: self.named.clone(),
            titles,
            common: None,
        })
    }

    fn read(text: &str, catalog: &Catalog) -> Result<Self, WantedError> {
        const MOST: usize = 5;
        let typed = text.trim();
        let beginning = || typed.chars().take(80).collect();
        let by_name = catalog
            .find_slug(typed)
            .or_else(|| catalog.find_title(typed));
        let found: Vec<&Entry> = match (by_name, named::by_exams(typed, catalog)) {
            (Some(found), _) => vec![found.entry],
            (None, Named::Nothing) => Vec::new(),
            (None, Named::One(found)) => found,
            (None, Named::Several(mut names)) => {
                names.truncate(MOST);
                return Err(WantedError::Several {
                    typed: beginning(),
                    names,
                });
            }
        };
        let titles = match &found[..] {
            [] if is_newer_title(typed, catalog) => vec![typed.to_owned()],
            [] => {
                return Err(WantedError::Unknown {
                    typed: beginning(),
                    suggestions: catalog.near(typed),
                });
            }
            found => found.iter().map(|entry| entry.title().to_owned()).collect(),
        };
        let is_exam = typed.len() < 12 && typed.contains(|c: char| c.is_ascii_digit());
        let named = if is_exam {
            typed.to_uppercase()
        } else {
            typed.to_owned()
        };
        Ok(Self {
            named,
            titles,
            common: None,
        })
    }

    /// What was typed, an exam in capitals: reading it again names the same certifications.
    pub fn named(&self) -> &str {
        &self.named
    }

    /// Whether one certification is meant by both.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.titles.iter().any(|title| other.means(title))
    }

    /// Whether both mean the same certifications.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let within = |one: &Self, other: &Self| one.titles.iter().all(|title| other.means(title));
        within(self, other) && within(other, self)
    }

    /// The titles of the certifications that are meant.
    pub fn titles(&self) -> &[String] {
        &self.titles
    }

    fn means(&self, title: &str) -> bool {
        self.titles
            .iter()
            .any(|wanted| Catalog::same_title(wanted, title))
    }

    /// Whether a standing is of this certification; `None` where that cannot be told.
    pub fn is_met_by(&self, record: Option<&Record>, standing: &Standing<'_>) -> Option<bool> {
        if standing.kind == CredentialKind::AppliedSkill {
            let title = record?.title.as_deref()?;
            return Some(self.means(title));
        }
        if let Some(entry) = standing.known.entry() {
            return Some(self.means(entry.title()));
        }
        // A title that the catalogue does not know may be a localised or newer one of the
        // very certification: only equality can be told.
        let title = record?.title.as_deref()?;
        self.means(title).then_some(true)
    }
}

impl std::fmt::Display for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.titles[..] {
            [only] if *only != self.named => write!(f, "{} ({only})", self.named),
            _ => f.write_str(&self.named),
        }
    }
}

pub(super) fn check(
    record: Option<&Record>,
    standing: &Standing<'_>,
    wanted: Option<&Wanted>,
) -> Option<Finding> {
    let wanted = wanted?;
    let title = record?.title.as_deref().unwrap_or("(no title)");
    match wanted.is_met_by(record, standing) {
        Some(true) => None,
        Some(false) => Some(Finding::new(
            Code::CertificationDifferent,
            format!("Expected {wanted}, but this is {title}."),
        )),
        None => Some(Finding::new(
            Code::CertificationUncertain,
            format!("Expected {wanted}; whether {title} is that is not known here."),
        )),
    }
}

/// Whether a text is the whole title of a certification, and near none that is known.
fn is_newer_title(typed: &str, catalog: &Catalog) -> bool {
    const PROGRAMMES: [&str; 5] = [
        "microsoft certified:",
        "microsoft 365 certified:",
        "microsoft applied skills:",
        "microsoft office specialist:",
        "github certified:",
    ];
    let lower = typed.to_lowercase();
    PROGRAMMES.iter().any(|start| lower.starts_with(start)) && catalog.near(typed).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exams_slugs_and_titles_name_the_same_certification() {
        let catalog = Catalog::embedded();
        let titles = |text| Wanted::parse(text, catalog).unwrap().titles;
        let expected = ["Microsoft Certified: Azure AI Engineer Associate"];
        for text in [
            "AI-102",
            " ai-102 ",
            "Exam AI-102",
            "Microsoft Certified: Azure AI Engineer Associate (AI-102)",
            "azure-ai-engineer",
            "Microsoft Certified: Azure AI Engineer Associate",
            "azure ai engineer associate",
        ] {
            assert_eq!(titles(text), expected, "{text}");
        }
    }

    #[test]
    fn an_unknown_word_is_an_error_with_near_ones() {
        let error = Wanted::parse("AZ-109", Catalog::embedded()).unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with("did you mean AZ-100 or AZ-101 or AZ-103?")
                || error.suggestions().contains(&"AZ-104".to_owned()),
            "{error}"
        );
        assert!(Wanted::parse("", Catalog::embedded()).is_err());
    }

    #[test]
    fn a_title_with_a_slip_is_an_error_with_the_right_one() {
        for typed in [
            "Azure Administrator",
            "azure admin",
            "azure administator",
            "Azure Administrator Asociate",
            "Microsoft Certified: Azure Administrator Asociate",
        ] {
            let error = Wanted::parse(typed, Catalog::embedded()).unwrap_err();
            let right = "Microsoft Certified: Azure Administrator Associate";
            let found = error.suggestions();
            assert!(
                found
                    .iter()
                    .any(|name| name == right || name == "azure-administrator"),
                "{typed}: {found:?}"
            );
        }
    }

    #[test]
    fn an_unknown_title_is_taken_as_it_is() {
        let wanted =
            Wanted::parse("Microsoft Certified: Azure Wizard", Catalog::embedded()).unwrap();
        assert!(wanted.means("microsoft certified azure wizard"));
    }

    #[test]
    fn a_text_that_names_several_certifications_is_an_error_that_lists_them() {
        for text in [
            "AZ-104, AZ-305",
            "AZ-104 and AZ-305",
            "AZ-104/AZ-305",
            "AZ-104/305",
            "AZ-104+AZ-305",
            "AZ-104_AZ-305",
            "AZ-104-AZ-305",
            "AZ-104 AZ305",
            "AZ-104 AZ\u{2011}305",
            "not AZ-104 but AZ-305",
            "AZ-104 (failed), AZ-305",
            "Azure Administrator Associate (AZ-104), AZ-305",
        ] {
            let error = Wanted::parse(text, Catalog::embedded()).unwrap_err();
            let end = "names several certifications (AZ-104, AZ-305); say one";
            assert!(error.to_string().ends_with(end), "{text}: {error}");
        }
        for text in [
            "AZ-104 + AZ-500",
            "AZ-104, AZ-999",
            "AZ-999 or AZ-104",
            "Azure Solutions Architect Expert (AZ-104)",
            "AZ-104, Azure Solutions Architect Expert",
        ] {
            let error = Wanted::parse(text, Catalog::embedded()).unwrap_err();
            assert!(matches!(error, WantedError::Several { .. }), "{text}");
        }
    }

    #[test]
    fn several_exams_of_one_certification_name_it() {
        for (text, title) in [
            (
                "AZ-800, AZ-801",
                "Windows Server Hybrid Administrator Associate",
            ),
            (
                "AZ-800/801",
                "Windows Server Hybrid Administrator Associate",
            ),
            ("AI-900 or AI-901", "Azure AI Fundamentals"),
            ("AZ-104 (exam az-104)", "Azure Administrator Associate"),
            (
                "AZ-104, ISO-270, passed 2024",
                "Azure Administrator Associate",
            ),
        ] {
            let wanted = Wanted::parse(text, Catalog::embedded()).unwrap();
            assert_eq!(wanted.titles.len(), 1, "{text}: {wanted:?}");
            assert!(wanted.titles[0].ends_with(title), "{text}: {wanted:?}");
        }
    }

    #[test]
    fn every_title_of_the_catalogue_with_its_exam_names_one_certification() {
        let catalog = Catalog::embedded();
        for entry in catalog.entries() {
            let title = entry.title();
            let short = title.split_once(": ").map_or(title, |(_, name)| name);
            assert!(Wanted::parse(title, catalog).is_ok(), "{title}");
            for exam in entry.exams() {
                for text in [format!("{title} ({exam})"), format!("{exam}: {short}")] {
                    let carried = catalog.find_exam(exam);
                    if carried.iter().any(|found| found.title() == title) {
                        let read = Wanted::parse(&text, catalog);
                        assert!(read.is_ok(), "{text}: {read:?}");
                    }
                }
            }
        }
    }
}
