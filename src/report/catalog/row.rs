//! One certification in the contract's form: what every output of the catalogue is made of.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use super::super::json::SCHEMA_VERSION;
use super::super::words::rfc3339_second;
use crate::catalog::{Catalog, Entry, Expires, RenewalPage, RetiresBasis, State};

/// What `catalog list` and `catalog show --format json` write.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CatalogDocument {
    /// Always 1.
    #[schemars(extend("const" = 1))]
    schema_version: u8,
    /// The instant for which the states hold, in UTC.
    #[schemars(extend("format" = "date-time"))]
    as_of: String,
    /// One for each certification, in the catalogue's order.
    certifications: Vec<RowJson>,
}

/// What is known of one certification.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RowJson {
    /// Its name in addresses; null where only the title was ever seen.
    pub(super) slug: Option<String>,
    /// Its current title.
    pub(super) title: String,
    /// Titles it had earlier.
    pub(super) former_titles: Vec<String>,
    /// Other names of it in addresses.
    pub(super) aliases: Vec<String>,
    /// The level or programme.
    pub(super) level: &'static str,
    /// The exams that lead or led to it.
    pub(super) exams: Vec<String>,
    /// The last days of exams that leave before it does, or did, by exam.
    pub(super) exam_retirements: BTreeMap<String, String>,
    /// Whether it can be earned on that day.
    #[schemars(extend("enum" = ["current", "retiring", "retired", "unknown"]))]
    pub(super) state: &'static str,
    /// The last day on which it can or could be.
    #[schemars(extend("format" = "date"))]
    pub(super) retires_on: Option<String>,
    /// What that day rests on: its own date, or only that of its exam.
    #[schemars(extend("enum" = ["certification", "exam", null]))]
    pub(super) retires_basis: Option<&'static str>,
    /// The slugs of its successors.
    pub(super) replacement: Vec<String>,
    /// The slug of the one that carries it on under a new name.
    pub(super) carried_on_by: Option<String>,
    /// Names that were given up for it, which are rows of their own.
    pub(super) carries_on: Vec<GivenUpJson>,
    /// Whether its credentials end.
    #[schemars(extend("enum" = ["yes", "no", "no-unconfirmed", "if-earned-from", "unknown"]))]
    pub(super) expires: &'static str,
    /// After so many months at first.
    pub(super) validity_months: Option<u32>,
    /// Only if earned on this day or later.
    #[schemars(extend("format" = "date"))]
    pub(super) expires_if_earned_from: Option<String>,
    /// The page where it is renewed, where that page was seen.
    #[schemars(extend("format" = "uri"))]
    pub(super) renewal_url: Option<String>,
    /// What is known of that page.
    #[schemars(extend("enum" = ["seen", "missing", "unknown"]))]
    pub(super) renewal_page: &'static str,
    /// The day on which all this was last known to be true.
    #[schemars(extend("format" = "date"))]
    pub(super) known_on: String,
    /// Whether that is more than 180 days before the day asked for.
    pub(super) is_old: bool,
    /// What it rests on.
    pub(super) confidence: String,
    /// Where the row comes from.
    #[schemars(extend("enum" = ["shipped", "microsoft", "elsewhere", "yours"]))]
    pub(super) origin: &'static str,
    /// What of it is not confirmed, each a sentence.
    pub(super) unconfirmed: Vec<String>,
    /// What else is to be known.
    pub(super) note: Option<String>,
}

/// A name that was given up.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GivenUpJson {
    /// The name in addresses.
    pub(super) slug: Option<String>,
    /// The title.
    pub(super) title: String,
}

impl CatalogDocument {
    /// Puts certifications into the contract's form.
    pub fn of(entries: &[&Entry], catalog: &Catalog, as_of: DateTime<Utc>) -> Self {
        let day = as_of.date_naive();
        let rows = entries.iter().map(|entry| RowJson::of(entry, catalog, day));
        Self {
            schema_version: SCHEMA_VERSION,
            as_of: rfc3339_second(as_of),
            certifications: rows.collect(),
        }
    }
}

impl RowJson {
    pub(super) fn of(entry: &Entry, catalog: &Catalog, day: NaiveDate) -> Self {
        let state = entry.state_on(day);
        let (expires, months, from) = expiry(entry.expires());
        let texts = |texts: &[String]| texts.to_vec();
        Self {
            slug: entry.slug().map(str::to_owned),
            title: entry.title().to_owned(),
            former_titles: texts(entry.former_titles()),
            aliases: texts(entry.aliases()),
            level: entry.level().as_str(),
            exams: texts(entry.exams()),
            exam_retirements: entry
                .exam_retirements()
                .iter()
                .map(|(exam, last)| (exam.clone(), last.to_string()))
                .collect(),
            state: state.as_str(),
            retires_on: state.retires_on().map(|day| day.to_string()),
            retires_basis: state.retires_on().and(match entry.retires_basis() {
                RetiresBasis::Certification => Some("certification"),
                RetiresBasis::Exam => Some("exam"),
                RetiresBasis::None => None,
            }),
            replacement: texts(entry.replacement()),
            carried_on_by: carried_on_by(entry, catalog),
            carries_on: catalog.carried_on_by(entry).map(given_up).collect(),
            expires,
            validity_months: months,
            expires_if_earned_from: from.map(|day| day.to_string()),
            renewal_url: entry.renewal_url(),
            renewal_page: match entry.renewal_page() {
                RenewalPage::Seen => "seen",
                RenewalPage::Missing => "missing",
                RenewalPage::Unknown => "unknown",
            },
            known_on: entry.known_on().to_string(),
            is_old: entry.is_old_on(day),
            confidence: entry.confidence().to_owned(),
            origin: entry.origin().as_str(),
            unconfirmed: unconfirmed(entry, state),
            note: entry.note().map(str::to_owned),
        }
    }
}

fn given_up(entry: &Entry) -> GivenUpJson {
    GivenUpJson {
        slug: entry.slug().map(str::to_owned),
        title: entry.title().to_owned(),
    }
}

fn carried_on_by(entry: &Entry, catalog: &Catalog) -> Option<String> {
    let slug = entry.slug().filter(|_| entry.is_replaced())?;
    let found = catalog.find_slug(slug)?.entry;
    found.slug().map(str::to_owned)
}

fn expiry(expires: Expires) -> (&'static str, Option<u32>, Option<NaiveDate>) {
    match expires {
        Expires::After { months } => ("yes", Some(months), None),
        Expires::Never => ("no", None, None),
        Expires::NeverUnconfirmed => ("no-unconfirmed", None, None),
        Expires::IfEarnedFrom { day, months } => ("if-earned-from", Some(months), Some(day)),
        Expires::Unknown => ("unknown", None, None),
    }
}

/// What of a row is weaker than it looks.
fn unconfirmed(entry: &Entry, state: State) -> Vec<String> {
    let by_exam = state.retires_on().is_some() && entry.retires_basis() == RetiresBasis::Exam;
    let by_whom = match entry.confidence() {
        "third-party" => Some("All of it rests on third parties; no official page was read."),
        "catalogue" => Some("Microsoft's catalogue lists it; that says nothing of its state."),
        "transcript-data" => Some("It is known from transcripts that their holders published."),
        _ => None,
    };
    let said = [
        by_exam.then_some(
            "The day of retirement is that of its exam; the certification's own was not found.",
        ),
        (state == State::Unknown && !entry.is_replaced())
            .then_some("Whether it is retired is not known."),
        (state.retires_on().is_none() && matches!(state, State::Retiring(_) | State::Retired(_)))
            .then_some("The day of retirement is not known."),
        (entry.expires() == Expires::NeverUnconfirmed)
            .then_some("That it does not expire is unconfirmed."),
        matches!(entry.expires(), Expires::IfEarnedFrom { .. })
            .then_some("The rule of its expiry rests on third parties."),
        (entry.expires() == Expires::Unknown).then_some("Whether it expires is not known."),
        (entry.renewal_page() == RenewalPage::Missing)
            .then_some("Its renewal page was not there when last looked for."),
        by_whom,
    ];
    said.into_iter().flatten().map(str::to_owned).collect()
}
