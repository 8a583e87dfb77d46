//! Puts own rows into the catalogue, if they fit to the others.

use std::collections::{BTreeMap, HashMap};

use super::super::entry::{Entry, Expires, RenewalPage, RetiresBasis, RowOrigin, Stated};
use super::super::title;
use super::{Correction, LastDay, Problem, YoursError};

/// What a row rests on where the user does not say.
const OWN_WORD: &str = "yours";

pub(super) fn merge(rows: &[Correction], entries: &mut Vec<Entry>) -> Result<(), YoursError> {
    let mut problems = Vec::new();
    for row in rows {
        let known = entries
            .iter_mut()
            .find(|entry| entry.slug() == Some(&row.slug));
        let whole = match known {
            Some(entry) => {
                correct(entry, row);
                Ok(())
            }
            None => added(row, entries).map(|entry| entries.push(entry)),
        };
        problems.extend(whole.err());
    }
    if problems.is_empty() {
        problems.extend(misfits(rows, entries));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(YoursError::of(problems))
    }
}

fn correct(entry: &mut Entry, row: &Correction) {
    fn set<T: Clone>(field: &mut T, said: Option<&T>) {
        if let Some(said) = said {
            field.clone_from(said);
        }
    }
    if let Some(title) = row.title.as_ref().filter(|title| **title != entry.title) {
        let former = std::mem::replace(&mut entry.title, title.clone());
        entry.former_titles.push(former);
    }
    set(&mut entry.former_titles, row.former_titles.as_ref());
    set(&mut entry.aliases, row.aliases.as_ref());
    set(&mut entry.level, row.level.as_ref());
    set(&mut entry.exams, row.exams.as_ref());
    set(&mut entry.exam_retirements, row.exam_retirements.as_ref());
    // An exam that the list of exams no longer has takes its last day with it.
    if row.exam_retirements.is_none() {
        let exams = &entry.exams;
        entry
            .exam_retirements
            .retain(|exam, _| exams.contains(exam));
    }
    // A day of retirement says what the state is.
    let by_day = match row.retires_on {
        Some(LastDay::On(day)) if day < row.known_on => Some(Stated::Retired),
        Some(LastDay::On(_)) => Some(Stated::Retiring),
        Some(LastDay::TakenBack) | None => None,
    };
    set(&mut entry.stated, row.stated.or(by_day).as_ref());
    match row.retires_on {
        Some(LastDay::On(day)) => entry.retires_on = Some(day),
        Some(LastDay::TakenBack) => entry.retires_on = None,
        None => {}
    }
    set(&mut entry.replacement, row.replacement.as_ref());
    set(&mut entry.expires, row.expires.as_ref());
    set(&mut entry.renewal_page, row.renewal_page.as_ref());
    if row.retires_on.is_some() || row.retires_basis.is_some() {
        // A day that is said without what it rests on is taken as the certification's own.
        let said = row.retires_basis.unwrap_or(RetiresBasis::Certification);
        entry.retires_basis = match entry.retires_on {
            Some(_) => said,
            None => RetiresBasis::None,
        };
    }
    entry.known_on = row.known_on;
    entry.confidence = row.source.clone().unwrap_or_else(|| OWN_WORD.to_owned());
    entry.note.clone_from(&row.note);
    entry.origin = RowOrigin::Yours;
}

/// A certification that was not known.
fn added(row: &Correction, entries: &[Entry]) -> Result<Entry, Problem> {
    let missing = |what: &str| Problem {
        line: Some(row.line),
        what: format!(
            "no certification is known by {}{}, and to add one takes {what}",
            row.slug,
            near(&row.slug, entries)
        ),
    };
    let (title, level) = match (&row.title, row.level) {
        (Some(title), Some(level)) => (title.clone(), level),
        (None, Some(_)) => return Err(missing("title")),
        (Some(_), None) => return Err(missing("level")),
        (None, None) => return Err(missing("title and level")),
    };
    let mut entry = Entry {
        slug: Some(row.slug.clone()),
        title,
        former_titles: Vec::new(),
        aliases: Vec::new(),
        level,
        exams: Vec::new(),
        exam_retirements: BTreeMap::new(),
        stated: Stated::Unknown,
        retires_on: None,
        retires_basis: RetiresBasis::None,
        replacement: Vec::new(),
        expires: Expires::Unknown,
        renewal_page: RenewalPage::Unknown,
        known_on: row.known_on,
        confidence: String::new(),
        note: None,
        origin: RowOrigin::Yours,
    };
    correct(&mut entry, row);
    Ok(entry)
}

fn near(slug: &str, entries: &[Entry]) -> String {
    let known = entries.iter().filter_map(|entry| {
        let names = entry
            .slug()
            .into_iter()
            .chain(entry.aliases().iter().map(String::as_str));
        let nearest = names
            .map(|name| strsim::damerau_levenshtein(slug, name))
            .min()?;
        Some((nearest, entry.slug()?))
    });
    let nearest = known
        .min()
        .filter(|(slips, _)| *slips <= 1 + slug.len().min(30) / 6);
    nearest.map_or_else(String::new, |(_, slug)| format!(" (did you mean {slug}?)"))
}

/// Every certification by its slug.
type Slugs<'e> = HashMap<&'e str, &'e Entry>;

/// What does not go together, seen from the user's rows.
fn misfits(rows: &[Correction], entries: &[Entry]) -> Vec<Problem> {
    let named = entries
        .iter()
        .filter_map(|entry| Some((entry.slug()?, entry)));
    let slugs: Slugs<'_> = named.collect();
    // Of two rows of one title, one carries the other on.
    let carrying = entries.iter().filter(|entry| !entry.is_replaced());
    let mut titles: HashMap<String, Vec<&Entry>> = HashMap::new();
    for entry in carrying {
        titles
            .entry(title::key(&entry.title))
            .or_default()
            .push(entry);
    }
    let mut problems = Vec::new();
    for row in rows {
        let Some(entry) = entries.iter().find(|entry| entry.slug() == Some(&row.slug)) else {
            continue;
        };
        let mut wrong = |what| {
            problems.push(Problem {
                line: Some(row.line),
                what: format!("{}: {what}", row.slug),
            });
        };
        dates(entry).into_iter().for_each(&mut wrong);
        exams(entry).into_iter().for_each(&mut wrong);
        goes_round(entry, &slugs).into_iter().for_each(&mut wrong);
        successors(entry, &slugs, entries)
            .into_iter()
            .for_each(&mut wrong);
        let other_of = |title: &str| {
            let same = titles.get(&title::key(title))?;
            same.iter().find(|other| other.slug() != entry.slug())
        };
        if let Some(other) = other_of(&entry.title).filter(|_| !entry.is_replaced()) {
            let other = other.slug().unwrap_or("another certification");
            wrong(format!("{:?} is the title of {other} already", entry.title));
        }
        for former in &entry.former_titles {
            if let Some(other) = other_of(former).filter(|_| row.former_titles.is_some()) {
                let other = other.slug().unwrap_or("another certification");
                wrong(format!("former_titles: {former:?} is the title of {other}"));
            }
        }
        for alias in row.aliases.iter().flatten() {
            if slugs.contains_key(alias.as_str()) {
                wrong(format!("aliases: {alias} is a certification of its own"));
            }
        }
    }
    problems
}

/// States and days that contradict each other.
fn dates(entry: &Entry) -> Option<String> {
    let day = entry.retires_on;
    match (entry.stated, day) {
        (Stated::Active, Some(day)) => Some(format!(
            "the state is active, and the row has retires_on = {day}; say state = \"retiring\" or \
             \"retired\", or take the day back with retires_on = \"\""
        )),
        (Stated::Retired, Some(day)) if day >= entry.known_on => Some(format!(
            "the state is retired on {}, and retires_on = {day} is not past on that day; say \
             state = \"retiring\"",
            entry.known_on
        )),
        (Stated::Retiring, Some(day)) if day < entry.known_on => Some(format!(
            "the state is retiring on {}, and retires_on = {day} is past on that day; say state = \
             \"retired\"",
            entry.known_on
        )),
        (Stated::Replaced, _) if entry.replacement.is_empty() => {
            Some("renamed means that replacement names the one that carries on".to_owned())
        }
        _ => None,
    }
}

fn exams(entry: &Entry) -> Option<String> {
    let mut named = entry.exam_retirements.keys();
    let stranger = named.find(|exam| !entry.exams.contains(exam))?;
    Some(format!(
        "exam_retirements: {stranger} is not among its exams; add it to exams"
    ))
}

/// What was renamed must end at one that was not.
fn goes_round(entry: &Entry, slugs: &Slugs<'_>) -> Option<String> {
    let mut at = entry;
    for _ in 0..=slugs.len() {
        let slug = at.replacement.first().filter(|_| at.is_replaced())?;
        at = slugs.get(slug.as_str())?;
    }
    Some(
        "what it was renamed to leads round in a circle; one of them must still be offered"
            .to_owned(),
    )
}

fn successors(entry: &Entry, slugs: &Slugs<'_>, entries: &[Entry]) -> Vec<String> {
    let wrong = |slug: &String| {
        if Some(slug.as_str()) == entry.slug() {
            Some("it cannot replace itself".to_owned())
        } else if slugs.contains_key(slug.as_str()) {
            None
        } else {
            Some(format!(
                "replacement: no certification is known by {slug}{}",
                near(slug, entries)
            ))
        }
    };
    entry.replacement.iter().filter_map(wrong).collect()
}
