//! Finds the certifications that somebody names.

use anyhow::bail;

use crate::catalog::{Catalog, Entry};

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

/// Refuses an exam that leads to nothing.
pub(super) fn exam(code: &str, catalog: &Catalog) -> anyhow::Result<()> {
    let known = |entry: &Entry| {
        entry
            .exams()
            .iter()
            .any(|exam| exam.eq_ignore_ascii_case(code))
    };
    if catalog.entries().any(known) {
        return Ok(());
    }
    bail!(
        "--exam: no exam {:?} is known{}",
        beginning(code),
        suggestion(code, catalog)
    )
}

/// The certifications of an exam, however its code is written.
fn by_exam<'c>(name: &str, catalog: &'c Catalog) -> Vec<&'c Entry> {
    match &Catalog::codes_in(name)[..] {
        [one] if one.range == (0..name.len()) => catalog.find_exam(&one.code),
        _ => Vec::new(),
    }
}

fn suggestion(name: &str, catalog: &Catalog) -> String {
    let near = catalog.near(name);
    if near.is_empty() {
        "; `bonafide catalog list --text WORDS` looks for words".to_owned()
    } else {
        format!("; did you mean {}?", near.join(" or "))
    }
}

fn beginning(typed: &str) -> String {
    typed.chars().take(80).collect()
}
