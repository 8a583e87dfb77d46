//! Certifications for people: a table of many, and everything of a few.

use chrono::{DateTime, NaiveDate, Utc};

use super::super::neutral::{terminal, terminal_line};
use super::super::page::Page;
use super::super::style::{self, Look};
use super::super::words::count;
use super::row::RowJson;
use crate::catalog::{Catalog, Entry};

/// Columns of a list.
const STATE: usize = 21;
const LEVEL: usize = 12;
const EXAMS: usize = 16;

/// Certifications in a table, with how many they are.
pub fn list(entries: &[&Entry], catalog: &Catalog, as_of: DateTime<Utc>, look: Look) -> String {
    let mut page = Page::new(look);
    let day = as_of.date_naive();
    if entries.is_empty() {
        page.wrapped("", &format!("No certification is like that on {day}."));
        return page.text;
    }
    let header = format!(
        "{:<STATE$}{:<LEVEL$}{:<EXAMS$}title",
        "state", "level", "exams"
    );
    page.line(&look.paint(style::quiet(), &header));
    for entry in entries {
        let row = RowJson::of(entry, catalog, day);
        let title = terminal(&row.title);
        page.wrapped(
            &format!(
                "{:<STATE$}{:<LEVEL$}{:<EXAMS$}",
                state_in_short(&row),
                row.level,
                exams_in_short(&row)
            ),
            &format!("{title}{}", mark(&row)),
        );
    }
    page.gap();
    let number = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    let many = count(number, "certification", "certifications");
    let old = entries
        .iter()
        .filter(|entry| entry.may_have_changed_by(day))
        .count();
    let old = match old {
        0 => String::new(),
        1 => " 1 was last confirmed more than 180 days before, and may have changed.".to_owned(),
        old => {
            format!(" {old} were last confirmed more than 180 days before, and may have changed.")
        }
    };
    page.wrapped("", &format!("{many} as known for {day}.{old}"));
    page.text
}

fn state_in_short(row: &RowJson) -> String {
    match (&row.retires_on, &row.carried_on_by) {
        (_, Some(_)) => "renamed".to_owned(),
        (Some(day), _) => format!("{} {day}", row.state),
        (None, None) => row.state.to_owned(),
    }
}

fn exams_in_short(row: &RowJson) -> String {
    match &row.exams[..] {
        [] => "-".to_owned(),
        [one] => one.clone(),
        [one, two] => format!("{one} {two}"),
        [one, rest @ ..] => format!("{one} +{}", rest.len()),
    }
}

fn mark(row: &RowJson) -> &'static str {
    match row.origin {
        "yours" => " [yours]",
        "elsewhere" => " [another host's]",
        "microsoft" => " [updated]",
        _ => "",
    }
}

/// Everything that is known of certifications.
pub fn show(entries: &[&Entry], catalog: &Catalog, as_of: DateTime<Utc>, look: Look) -> String {
    let mut page = Page::new(look);
    let day = as_of.date_naive();
    for (at, entry) in entries.iter().enumerate() {
        if at > 0 {
            page.gap();
        }
        one(
            &mut page,
            &RowJson::of(entry, catalog, day),
            entry,
            (catalog, day),
        );
    }
    page.text
}

fn one(page: &mut Page, row: &RowJson, entry: &Entry, (catalog, day): (&Catalog, NaiveDate)) {
    let word = match row.carried_on_by {
        Some(_) => "RENAMED".to_owned(),
        None => row.state.to_uppercase(),
    };
    page.headline(&word, &word, &terminal(&row.title));
    page.field("Slug", row.slug.as_deref().unwrap_or("not known"));
    page.field("Level", row.level);
    page.field("Exams", &exams(row));
    page.field("State", &state(row, day));
    page.field("Validity", &validity(row));
    for slug in &row.replacement {
        let label = match row.carried_on_by {
            Some(_) => "Carried on by",
            None => "Successor",
        };
        let title = catalog
            .find_slug(slug)
            .map(|found| terminal(found.entry.title()));
        page.field(label, &format!("{} ({slug})", title.unwrap_or_default()));
    }
    let renewal = match row.renewal_page {
        "seen" => row.renewal_url.clone().unwrap_or_default(),
        "missing" => "no page was there when last looked for".to_owned(),
        _ => "no page known".to_owned(),
    };
    page.field("Renewal page", &renewal);
    for former in &row.former_titles {
        page.field("Earlier title", &terminal(former));
    }
    for given_up in &row.carries_on {
        let slug = given_up.slug.as_deref().unwrap_or_default();
        page.field(
            "Earlier name",
            &format!("{} ({slug})", terminal(&given_up.title)),
        );
    }
    if !row.aliases.is_empty() {
        page.field("Other slugs", &row.aliases.join(", "));
    }
    page.field("Known on", &known_on(row, entry, day));
    page.field("Rests on", &terminal_line(&rests_on(row)));
    for unconfirmed in &row.unconfirmed {
        page.painted_field(
            "unconfirmed",
            style::of_severity(crate::finding::Severity::Warning),
            unconfirmed,
        );
    }
    if let Some(note) = &row.note {
        page.field("Note", &terminal_line(note));
    }
}

/// The exams, each with its own last day where it has one.
fn exams(row: &RowJson) -> String {
    let said = row
        .exams
        .iter()
        .map(|exam| match row.exam_retirements.get(exam) {
            Some(last) => format!("{exam} (until {last})"),
            None => exam.clone(),
        });
    match &said.collect::<Vec<_>>()[..] {
        [] => "not known".to_owned(),
        exams => exams.join(", "),
    }
}

fn state(row: &RowJson, day: NaiveDate) -> String {
    if let Some(slug) = &row.carried_on_by {
        return format!("renamed or superseded; {slug} carries it on");
    }
    let basis = match row.retires_basis {
        Some("exam") => " (the day of its exam)",
        Some(_) => " (the certification's own date)",
        None => "",
    };
    match (row.state, &row.retires_on) {
        ("retired", Some(last)) => {
            format!("retired on {last}{basis}: it can be neither earned nor renewed")
        }
        ("retired", None) => "retired, on a day not known".to_owned(),
        ("retiring", Some(last)) => {
            let left = last
                .parse()
                .map_or(0, |last: NaiveDate| (last - day).num_days());
            let left = count(left, "day", "days");
            format!("can be earned and renewed until {last}{basis}, {left} from {day}")
        }
        ("retiring", None) => "to be retired, on a day not known".to_owned(),
        ("current", _) => "current: no end is known".to_owned(),
        _ => "not known".to_owned(),
    }
}

fn validity(row: &RowJson) -> String {
    let months = count(
        i64::from(row.validity_months.unwrap_or(0)),
        "month",
        "months",
    );
    match row.expires {
        "yes" => format!("{months}, longer by renewal; the issuer's date decides"),
        "no" => "does not expire".to_owned(),
        "no-unconfirmed" => "does not expire (unconfirmed)".to_owned(),
        "if-earned-from" => format!(
            "{months} if earned on {} or later, else it does not expire (unconfirmed)",
            row.expires_if_earned_from.as_deref().unwrap_or_default()
        ),
        _ => "not known".to_owned(),
    }
}

fn known_on(row: &RowJson, entry: &Entry, day: NaiveDate) -> String {
    let age = (day - entry.known_on()).num_days();
    let age = match age {
        ..0 => String::new(),
        _ if entry.may_have_changed_by(day) => format!(
            ", {} before {day}: old, it may have changed",
            count(age, "day", "days")
        ),
        _ => format!(", {} before {day}", count(age, "day", "days")),
    };
    format!("{}{age}", row.known_on)
}

fn rests_on(row: &RowJson) -> String {
    let source = match row.confidence.as_str() {
        "official-page" => "an official page".to_owned(),
        "official-repo-2021" => "Microsoft's own documents of 2021".to_owned(),
        "official-repo-2021+catalogue-copy-2026-03" => {
            "Microsoft's own documents of 2021 and a copy of its catalogue of March 2026".to_owned()
        }
        "catalogue-copy-2026-03" => "a copy of Microsoft's catalogue of March 2026".to_owned(),
        "transcript-data" => "published transcripts".to_owned(),
        "third-party" => "third parties".to_owned(),
        "catalogue" => "Microsoft's public catalogue".to_owned(),
        own => own.to_owned(),
    };
    match row.origin {
        "yours" if source == "yours" => "your own catalogue".to_owned(),
        "yours" => format!("your own catalogue: {source}"),
        "elsewhere" => "a catalogue of another host than Microsoft's".to_owned(),
        "microsoft" if row.confidence != "catalogue" => {
            format!("{source}, with names from Microsoft's public catalogue")
        }
        _ => source,
    }
}
