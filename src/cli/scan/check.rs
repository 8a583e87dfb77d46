//! Checks the links that were found, each against what stands beside it.

use super::super::args::Scan;
use super::super::asking::{self, Question};
use super::super::keep::Folders;
use super::super::settings::Settings;
use super::files::Read;
use crate::catalog::Catalog;
use crate::check::{Expectation, Wanted};
use crate::finding::{Code, Finding};
use crate::report::scan::CheckedLink;
use crate::scan::Mention;
use crate::verify::{AsOf, Terms};

/// One check of one link.
struct Planned {
    file: usize,
    mention: usize,
    expected: Expectation,
    /// What leaves it open whether the link proves what is claimed beside it.
    open: Option<Finding>,
}

/// Asks about every link once, also where it stands in several files.
pub(super) fn run<'a>(
    read: &Read,
    args: &Scan,
    settings: &'a Settings,
    (as_of, given): (AsOf, &Expectation),
) -> anyhow::Result<Vec<CheckedLink<'a>>> {
    let catalog = settings.catalog()?;
    let planned = plan(read, given, catalog);
    let mut questions: Vec<Question<'_, '_>> = Vec::new();
    let mut places: Vec<(usize, usize)> = Vec::new();
    for one in &planned {
        let link = read.files[one.file].document.mentions()[one.mention].link();
        let terms = Terms {
            catalog,
            as_of,
            expected: &one.expected,
        };
        let known = questions.iter().position(|question| question.link == *link);
        let at = known.unwrap_or_else(|| {
            questions.push(Question {
                link: link.clone(),
                terms: Vec::new(),
            });
            questions.len() - 1
        });
        places.push((at, questions[at].terms.len()));
        questions[at].terms.push(terms);
    }
    if questions.is_empty() {
        return Ok(Vec::new());
    }
    let keep = Folders::of(Some(&args.fetch), &args.keep, settings)?;
    let trips = asking::ask(&questions, &args.fetch, keep, settings)?;
    let results = planned.iter().zip(places).flat_map(|(one, (at, term))| {
        let verifications = trips[at][term].verifications.clone().into_iter();
        verifications.map(|mut verification| {
            if let Some(open) = &one.open {
                verification.note(open.clone());
            }
            CheckedLink {
                file: one.file,
                mention: one.mention,
                expected_name: one.expected.name.clone(),
                expected_certification: one
                    .expected
                    .certification
                    .as_ref()
                    .map(ToString::to_string),
                verification,
            }
        })
    });
    Ok(results.collect())
}

/// The checks of every link: one, or of a transcript one for each certification claimed.
fn plan(read: &Read, given: &Expectation, catalog: &Catalog) -> Vec<Planned> {
    let mut planned = Vec::new();
    for (file, scanned) in read.files.iter().enumerate() {
        let own = scanned.document.name().as_str().map(str::to_owned);
        let name = given.name.clone().or(own);
        for (mention, found) in scanned.document.mentions().iter().enumerate() {
            let expected = |certification| Expectation {
                name: name.clone(),
                certification,
                ..given.clone()
            };
            let open = match &given.certification {
                Some(_) => None,
                None => open(found),
            };
            let claimed = found.asked_for();
            let claimed = claimed
                .iter()
                .filter_map(|text| Wanted::parse(text, catalog).ok());
            let mut wanted: Vec<Option<Wanted>> = match &given.certification {
                Some(certification) => vec![Some(certification.clone())],
                None => claimed.map(Some).collect(),
            };
            if wanted.is_empty() {
                wanted.push(None);
            }
            planned.extend(wanted.into_iter().map(|certification| Planned {
                file,
                mention,
                expected: expected(certification),
                open: open.clone(),
            }));
        }
    }
    planned
}

/// What is to be said of claims that a link cannot be held to: it may be meant as the proof
/// of one that it does not prove.
fn open(mention: &Mention) -> Option<Finding> {
    const MOST: usize = 5;
    let claims = mention.open_claims();
    let first = claims.first()?;
    let names: Vec<&str> = claims.iter().take(MOST).map(|claim| claim.text()).collect();
    let names = names.join(", ");
    let unknown = claims.iter().all(|claim| claim.titles().is_empty());
    let message = match (unknown, claims.len()) {
        (true, 1) => format!(
            "{} is claimed beside the link, and no certification is known by it.",
            first.text()
        ),
        (true, _) => {
            format!("{names} are claimed beside the link, and no certification is known by them.")
        }
        (false, _) => format!(
            "Several certifications are claimed beside the link ({names}); which of them it \
             stands for cannot be told."
        ),
    };
    Some(Finding::new(Code::CertificationUncertain, message))
}
