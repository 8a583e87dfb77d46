//! Finds the certifications that somebody names.

use anyhow::bail;

use crate::catalog::{Catalog, Entry};
use crate::exam::code::Exam;

/// Every certification by a slug, an exam or a title.
///
/// # Errors
/// When none is known by the name; the message names near ones.
pub(super) fn named<'c>(name: &str, catalog: &'c Catalog) -> anyhow::Result<Vec<&'c Entry>> {
    let name = name.trim();
    let by_name = catalog.find_slug(name).or_else(|| catalog.find_title(name));
    if let Some(found) = by_name {
        return Ok(vec![found.entry]);
    }
    let found = by_exam(name, catalog);
    if !found.is_empty() {
        return Ok(found);
    }
    bail!(
        "no certification is known by {:?}: expected a slug such as azure-administrator, an exam \
         such as AZ-104, or a title{}",
        beginning(name),
        suggestion(name, catalog)
    )
}

/// The code of an exam, however it is written.
///
/// # Errors
/// When it leads to nothing.
pub(super) fn exam(code: &str, catalog: &Catalog) -> anyhow::Result<String> {
    let exam = of_form(code);
    if let Some(exam) = exam.filter(|exam| catalog.listing_exam(exam).next().is_some()) {
        return Ok(exam);
    }
    bail!(
        "--exam: no exam {:?} is known{}",
        beginning(code),
        suggestion(code, catalog)
    )
}

/// The certifications of an exam, however its code is written.
fn by_exam<'c>(name: &str, catalog: &'c Catalog) -> Vec<&'c Entry> {
    of_form(name).map_or_else(Vec::new, |code| catalog.find_exam(&code))
}

/// A text that is the code of an exam, in its usual form.
fn of_form(name: &str) -> Option<String> {
    Exam::of_form(name).map(|exam| exam.as_str().to_owned())
}

fn suggestion(name: &str, catalog: &Catalog) -> String {
    let near = catalog.near(&of_form(name).unwrap_or_else(|| name.to_owned()));
    if near.is_empty() {
        "; `bonafide catalog list --text WORDS` looks for words".to_owned()
    } else {
        format!("; did you mean {}?", near.join(" or "))
    }
}

fn beginning(typed: &str) -> String {
    typed.chars().take(80).collect()
}
