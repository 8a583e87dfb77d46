//! What replaced what: the newest first, and beneath it what it stands for.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::super::neutral::terminal;
use super::super::page::Page;
use super::super::style::Look;
use super::super::words::count;
use super::StateWord;
use crate::catalog::{Catalog, Entry};

/// How deep a line goes: no certification has had as many names.
const DEEPEST: usize = 12;

/// Draws every line of certifications, or those that hold one of `only`.
pub fn tree(catalog: &Catalog, only: Option<&[&Entry]>, day: NaiveDate, look: Look) -> String {
    let lineage = Lineage::of(catalog);
    let mut page = Page::new(look);
    let mut drawn = BTreeSet::new();
    let mut lines = 0;
    for root in lineage.roots() {
        let all = lineage.below(root);
        drawn.extend(all.iter().copied());
        let is_asked = only.is_none_or(|only| {
            only.iter()
                .any(|entry| all.iter().any(|at| lineage.entries[*at] == *entry))
        });
        if is_asked {
            lines += 1;
            lineage.draw(&mut page, root, &mut Vec::new(), day);
        }
    }
    if lines == 0 {
        page.wrapped(
            "",
            "It replaced nothing, and nothing replaced it, as far as is known.",
        );
    } else {
        page.gap();
        let many = count(lines, "line", "lines");
        page.wrapped(
            "",
            &format!("{many} as known for {day}; beneath each what it replaced."),
        );
    }
    page.text
}

/// Who was replaced by whom.
struct Lineage<'a> {
    entries: Vec<&'a Entry>,
    /// What each one replaced.
    replaced: BTreeMap<usize, Vec<usize>>,
    /// Those that something replaced.
    is_over: BTreeSet<usize>,
}

impl<'a> Lineage<'a> {
    fn of(catalog: &'a Catalog) -> Self {
        let entries: Vec<&Entry> = catalog.entries().collect();
        let by_slug: BTreeMap<&str, usize> = entries
            .iter()
            .enumerate()
            .filter_map(|(at, entry)| Some((entry.slug()?, at)))
            .collect();
        let mut replaced: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut is_over = BTreeSet::new();
        for (old, entry) in entries.iter().enumerate() {
            let news = entry
                .replacement()
                .iter()
                .filter_map(|slug| by_slug.get(slug.as_str()));
            for new in news {
                replaced.entry(*new).or_default().push(old);
                is_over.insert(old);
            }
        }
        Self {
            entries,
            replaced,
            is_over,
        }
    }

    /// The newest of each line; of a circle, which has none, its first.
    fn roots(&self) -> Vec<usize> {
        let newest = self.replaced.keys().filter(|at| !self.is_over.contains(at));
        let mut roots: Vec<usize> = newest.copied().collect();
        let mut reached: BTreeSet<usize> = roots.iter().flat_map(|at| self.below(*at)).collect();
        for at in self.replaced.keys() {
            if !reached.contains(at) {
                roots.push(*at);
                reached.extend(self.below(*at));
            }
        }
        roots
    }

    /// A certification with everything beneath it.
    fn below(&self, root: usize) -> BTreeSet<usize> {
        let mut all = BTreeSet::new();
        let mut open = vec![root];
        while let Some(at) = open.pop() {
            if all.insert(at) {
                open.extend(self.replaced.get(&at).into_iter().flatten());
            }
        }
        all
    }

    fn draw(&self, page: &mut Page, at: usize, above: &mut Vec<usize>, day: NaiveDate) {
        let entry = self.entries[at];
        let indent = "  ".repeat(above.len());
        let start = if above.is_empty() { "" } else { "<- " };
        let is_circle = above.contains(&at);
        let circle = if is_circle { " (in a circle)" } else { "" };
        page.wrapped(
            &format!("{indent}{start}"),
            &format!("{}{}{circle}", terminal(entry.title()), beside(entry, day)),
        );
        if is_circle || above.len() >= DEEPEST {
            return;
        }
        above.push(at);
        for old in self.replaced.get(&at).into_iter().flatten() {
            self.draw(page, *old, above, day);
        }
        above.pop();
    }
}

/// Exams and state, in brackets.
fn beside(entry: &Entry, day: NaiveDate) -> String {
    let state = entry.state_on(day);
    let state = match state.retires_on() {
        _ if entry.is_replaced() => "renamed".to_owned(),
        Some(last) => format!("{} {last}", state.as_str()),
        None => StateWord::of(state).as_str().to_owned(),
    };
    let exams = match entry.exams() {
        [] => String::new(),
        exams => format!("{}; ", exams.join(", ")),
    };
    format!(" ({exams}{state})")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Yours;
    use crate::report::Colour;

    fn drawn(own: &str) -> String {
        let yours = Yours::parse(own).unwrap();
        let catalog = Catalog::with(None, Some(&yours)).unwrap();
        let look = Look {
            width: 120,
            colour: Colour::Off,
        };
        tree(&catalog, None, "2026-11-22".parse().unwrap(), look)
    }

    #[test]
    fn what_was_replaced_stands_beneath_what_replaced_it() {
        let tree = drawn("");
        let lines: Vec<_> = tree.lines().collect();
        let new =
            "Microsoft Certified: Azure AI Apps and Agents Developer Associate (AI-103; current)";
        let at = lines.iter().position(|line| *line == new).unwrap();
        assert!(
            lines[at + 1].starts_with(
                "  <- Microsoft Certified: Azure AI Engineer Associate (AI-102; retired 2026-06-30)"
            ),
            "{tree}"
        );
    }

    #[test]
    fn a_circle_is_drawn_once_and_said() {
        let row = |slug: &str, other: &str| {
            format!(
                "[certification.{slug}]\ntitle = \"Azure {slug} Expert\"\nlevel = \"expert\"\n\
                 replacement = \"{other}\"\nas_of = 2026-11-20\n"
            )
        };
        let circle = row("round", "about") + &row("about", "round");
        let tree = drawn(&circle);
        assert_eq!(tree.matches("(in a circle)").count(), 1, "{tree}");
        let with_tail = row("tail", "round") + &circle;
        assert!(drawn(&with_tail).contains("Azure tail Expert"));
    }
}
