//! How old the knowledge is, and what is wrong with a table.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use super::super::json::SCHEMA_VERSION;
use super::super::neutral::{terminal, terminal_line};
use super::super::page::Page;
use super::super::style::Look;
use super::super::words::{count, rfc3339_second};
use crate::catalog::{Catalog, Entry, Flaw, Listing, OLD_AFTER_DAYS, RowOrigin, Yours};

/// Everything that the knowledge is made of.
#[derive(Debug, Clone)]
pub struct Parts<'a> {
    /// All of it together.
    pub catalog: &'a Catalog,
    /// What was taken over from a public catalogue.
    pub listing: Option<&'a Listing>,
    /// The own rows, and their file.
    pub own: Option<(String, &'a Yours)>,
    /// Where own rows are looked for.
    pub own_place: Option<String>,
}

/// What `catalog check --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CheckDocument {
    /// Always 1.
    #[schemars(extend("const" = 1))]
    schema_version: u8,
    /// The instant that ages are counted to; null for a table.
    #[schemars(extend("format" = "date-time"))]
    as_of: Option<String>,
    /// The knowledge; null for a table.
    knowledge: Option<KnowledgeJson>,
    /// The table that was checked; null for the knowledge.
    table: Option<TableJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct KnowledgeJson {
    /// How many certifications are known.
    certifications: u64,
    /// The newest day on which something was known to be true.
    #[schemars(extend("format" = "date"))]
    newest: Option<String>,
    /// Days from that to the day asked for; negative where it lies later.
    age_days: Option<i64>,
    /// Whether even the newest is more than 180 days old.
    is_old: bool,
    /// Certifications that may have changed since, and were last confirmed more than 180
    /// days before.
    old: Vec<OldJson>,
    /// What was taken over from a public catalogue; null where nothing was.
    update: Option<UpdateJson>,
    /// The own file; null where there is none.
    yours: Option<YoursJson>,
    /// Where own rows are looked for.
    yours_place: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct OldJson {
    slug: Option<String>,
    title: String,
    #[schemars(extend("format" = "date"))]
    known_on: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct UpdateJson {
    /// Who answered.
    host: String,
    /// Whether that is Microsoft's own host.
    is_microsofts: bool,
    #[schemars(extend("format" = "date-time"))]
    fetched_at: String,
    /// How many certifications it lists.
    certifications: u64,
    /// How many things of it are new beside the shipped table.
    new: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
struct YoursJson {
    file: String,
    slugs: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct TableJson {
    file: String,
    /// What breaks a rule.
    flaws: Vec<FlawJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct FlawJson {
    line: u64,
    what: String,
}

impl CheckDocument {
    /// Says how old the knowledge is on a day.
    pub fn of(parts: &Parts<'_>, as_of: DateTime<Utc>) -> Self {
        let day = as_of.date_naive();
        // Own rows say nothing of how old the common knowledge is.
        let common = parts.catalog.common().unwrap_or(parts.catalog);
        let stated = common.entries().filter(|entry| {
            entry.origin() == RowOrigin::Shipped || entry.confidence() != "catalogue"
        });
        let newest = stated.map(Entry::known_on).max();
        let age_days = newest.map(|newest| (day - newest).num_days());
        let old = parts
            .catalog
            .entries()
            .filter(|entry| entry.may_have_changed_by(day));
        let knowledge = KnowledgeJson {
            certifications: number(parts.catalog.entries().count()),
            newest: newest.map(|day| day.to_string()),
            age_days,
            is_old: age_days.is_none_or(|age| age > OLD_AFTER_DAYS),
            old: old
                .map(|entry| OldJson {
                    slug: entry.slug().map(str::to_owned),
                    title: entry.title().to_owned(),
                    known_on: entry.known_on().to_string(),
                })
                .collect(),
            update: parts.listing.map(|listing| UpdateJson {
                host: listing.host().to_owned(),
                is_microsofts: listing.is_microsofts(),
                fetched_at: rfc3339_second(listing.fetched_at()),
                certifications: number(listing.len()),
                new: number(listing.added().len()),
            }),
            yours: parts.own.as_ref().map(|(file, rows)| YoursJson {
                file: file.clone(),
                slugs: rows.slugs().map(str::to_owned).collect(),
            }),
            yours_place: parts.own_place.clone(),
        };
        Self {
            schema_version: SCHEMA_VERSION,
            as_of: Some(rfc3339_second(as_of)),
            knowledge: Some(knowledge),
            table: None,
        }
    }

    /// Says what is wrong with a table.
    pub fn of_table(file: &str, flaws: &[Flaw]) -> Self {
        let flaw = |flaw: &Flaw| FlawJson {
            line: flaw.line,
            what: flaw.what.clone(),
        };
        Self {
            schema_version: SCHEMA_VERSION,
            as_of: None,
            knowledge: None,
            table: Some(TableJson {
                file: file.to_owned(),
                flaws: flaws.iter().map(flaw).collect(),
            }),
        }
    }

    /// Whether even the newest knowledge is old.
    pub fn is_old(&self) -> bool {
        self.knowledge
            .as_ref()
            .is_some_and(|knowledge| knowledge.is_old)
    }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn many(number: u64, one: &str, many: &str) -> String {
    count(i64::try_from(number).unwrap_or(i64::MAX), one, many)
}

/// The knowledge for people.
pub fn checked(document: &CheckDocument, look: Look) -> String {
    let mut page = Page::new(look);
    let Some(knowledge) = &document.knowledge else {
        return page.text;
    };
    let word = if knowledge.is_old { "OLD" } else { "GOOD" };
    let known = many(
        knowledge.certifications,
        "certification is",
        "certifications are",
    );
    page.headline(word, word, &format!("{known} known."));
    let newest = knowledge.newest.as_deref().unwrap_or("never");
    let age = knowledge.age_days.unwrap_or(0).max(0);
    page.field(
        "Newest",
        &format!("{newest}, {} old", count(age, "day", "days")),
    );
    page.field("Updated", &update(knowledge.update.as_ref()));
    page.field("Yours", &yours(knowledge));
    if !knowledge.old.is_empty() {
        page.gap();
        let old = many(
            number(knowledge.old.len()),
            "certification was",
            "certifications were",
        );
        let sentence = format!(
            "{old} last confirmed more than {OLD_AFTER_DAYS} days before, and may have changed; a \
             verdict that rests on one says so:"
        );
        page.wrapped("", &sentence);
        for old in &knowledge.old {
            page.wrapped(&format!("  {}  ", old.known_on), &terminal(&old.title));
        }
    }
    if knowledge.is_old {
        page.gap();
        page.wrapped("", "Look for a newer version of this program.");
    }
    page.text
}

fn update(update: Option<&UpdateJson>) -> String {
    let Some(update) = update else {
        return "never; `bonafide catalog update` asks Microsoft's catalogue for new names"
            .to_owned();
    };
    let whose = if update.is_microsofts {
        String::new()
    } else {
        " (NOT MICROSOFT)".to_owned()
    };
    format!(
        "{} from {}{whose}: {}, {}",
        update.fetched_at.get(..10).unwrap_or_default(),
        terminal_line(&update.host),
        many(update.certifications, "certification", "certifications"),
        many(update.new, "new thing", "new things")
    )
}

fn yours(knowledge: &KnowledgeJson) -> String {
    match (&knowledge.yours, &knowledge.yours_place) {
        (Some(yours), _) => format!(
            "{} in {}: {}",
            many(number(yours.slugs.len()), "row", "rows"),
            terminal_line(&yours.file),
            yours.slugs.join(", ")
        ),
        (None, Some(place)) => format!("none; own rows go into {}", terminal_line(place)),
        (None, None) => "none; --catalog FILE names a file of own rows".to_owned(),
    }
}

/// What is wrong with a table, for people.
pub fn table_checked(document: &CheckDocument, look: Look) -> String {
    let mut page = Page::new(look);
    let Some(table) = &document.table else {
        return page.text;
    };
    let file = terminal_line(&table.file);
    for flaw in &table.flaws {
        page.wrapped(
            "",
            &format!("{file}:{}: {}", flaw.line, terminal_line(&flaw.what)),
        );
    }
    let sum = match table.flaws.len() {
        0 => format!("{file} keeps every rule."),
        flaws => format!(
            "{file} breaks the rules in {}.",
            many(number(flaws), "place", "places")
        ),
    };
    page.wrapped("", &sum);
    page.text
}
