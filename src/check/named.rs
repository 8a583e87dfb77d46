//! Which certifications a text names by exams.

use crate::catalog::{Catalog, Entry, Written};

/// What a text names by exams.
pub(super) enum Named<'a> {
    /// No exam that is known.
    Nothing,
    /// The certifications that all of its exams lead to: of one exam all it leads to.
    One(Vec<&'a Entry>),
    /// More than one certification, each as it is written there.
    Several(Vec<String>),
}

/// The certifications of the exams that a text is, or that it names: `Exam AZ-104`, or a
/// title with its exam in brackets. A title beside them must be of the same certification.
pub(super) fn by_exams<'a>(text: &str, catalog: &'a Catalog) -> Named<'a> {
    let mut names: Vec<String> = Vec::new();
    let mut groups: Vec<Vec<&Entry>> = Vec::new();
    for found in Catalog::codes_in(text) {
        let entries = catalog.find_exam(&found.code);
        let newer = found.written == Written::Whole && catalog.may_be_newer_exam(&found.code);
        if (!entries.is_empty() || newer) && !names.contains(&found.code) {
            names.push(found.code);
            groups.push(entries);
        }
    }
    if groups.iter().all(Vec::is_empty) {
        return Named::Nothing;
    }
    let within = |title: &Entry| groups.iter().flatten().any(|entry| holds(entry, title));
    let others = catalog.titles_in(text).into_iter();
    let others: Vec<_> = others.filter(|(_, entry)| !within(entry)).collect();
    let mut shared = groups[0].clone();
    shared.retain(|entry| groups.iter().all(|group| group.contains(entry)));
    if shared.is_empty() || !others.is_empty() {
        let others = others.into_iter().map(|(range, _)| text[range].to_owned());
        names.extend(others);
        return Named::Several(names);
    }
    Named::One(shared)
}

/// Whether the words of one title are all in another: a title may hold that of another
/// certification, and is not taken for it.
fn holds(entry: &Entry, other: &Entry) -> bool {
    let words = |entry: &Entry| -> Vec<String> {
        let title = entry.title().to_lowercase();
        let words = title.split(|c: char| !c.is_alphanumeric());
        words.map(str::to_owned).collect()
    };
    let own = words(entry);
    words(other).iter().all(|word| own.contains(word))
}
