//! `bonafide track list`.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::catalog::Catalog;
use crate::cli::args::{Format, TrackList};
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::settings::Settings;
use crate::report::json;
use crate::report::neutral::terminal_line;
use crate::watch::{Doubles, RenewalPlan, Store, StoreError, Watched};

#[derive(Serialize)]
struct Document {
    schema_version: u8,
    as_of: DateTime<Utc>,
    entries: Vec<Line>,
}

/// A tracked credential.
#[derive(Serialize)]
struct Line {
    id: i64,
    link: String,
    name: Option<String>,
    owner: Option<String>,
    lead: Option<String>,
    labels: Vec<String>,
    language: Option<&'static str>,
    channels: Vec<String>,
    note: Option<String>,
    snoozed_until: Option<NaiveDate>,
    will_not_renew: bool,
    title: Option<String>,
    status: &'static str,
    opens_on: Option<NaiveDate>,
    deadline: Option<NaiveDate>,
    expires_on: Option<NaiveDate>,
    checked_at: Option<DateTime<Utc>>,
    /// Whether the standing rests on rows of the own catalogue.
    own_catalogue: bool,
    /// Since when it could not be verified, where that is so.
    failing_since: Option<NaiveDate>,
    /// Why, by the code of a finding.
    failing_with: Option<String>,
    /// Since when its link is taken for lost; the days are then those that were last known.
    not_verifiable_since: Option<NaiveDate>,
    /// The numbers of other entries that lead to the same credential.
    same_as: Vec<i64>,
}

pub(super) fn run(args: &TrackList, settings: &Settings) -> anyhow::Result<Exit> {
    let as_of = settings.as_of().instant();
    let catalog = settings.catalog()?;
    let mut entries = Vec::new();
    if let Some(store) = Store::open_to_read(&super::place(settings)?)? {
        let doubles = store.doubles()?;
        store.each(|watched| {
            let is_wanted = |label| watched.entry.details.labels.contains(label);
            if args.label.as_ref().is_none_or(is_wanted) {
                entries.push(line(watched, &doubles, catalog, as_of));
            }
            Ok::<_, StoreError>(())
        })?;
    }
    let document = Document {
        schema_version: json::SCHEMA_VERSION,
        as_of,
        entries,
    };
    let text = match args.output.format {
        Format::Json => json::text(&document),
        Format::Human => human(&document),
    };
    output::write(args.output.output.as_deref(), text.as_bytes())?;
    Ok(Exit::Success)
}

fn line(watched: Watched, doubles: &Doubles, catalog: &Catalog, as_of: DateTime<Utc>) -> Line {
    let standing = watched
        .facts
        .as_ref()
        .map(|facts| facts.standing(catalog, as_of));
    let standing = standing.as_ref();
    let failing = watched.history.failing();
    let status = watched.status(standing);
    let id = watched.entry.id;
    let same = doubles.of(&(id, watched.key.clone())).iter();
    let same_as = same
        .map(|(other, _)| other.0)
        .filter(|other| *other != id.0);
    let renewal = standing.map(|standing| &standing.renewal);
    let details = watched.entry.details;
    Line {
        id: id.0,
        same_as: same_as.collect(),
        not_verifiable_since: watched.history.lost_since(),
        link: watched.entry.link.to_string(),
        name: details.name,
        owner: details.owner.map(|owner| owner.to_string()),
        lead: details.lead.map(|lead| lead.to_string()),
        labels: details.labels.iter().map(ToString::to_string).collect(),
        language: details
            .language
            .map(crate::report::request::Language::as_str),
        channels: details.channels,
        note: details.note,
        snoozed_until: watched.entry.snoozed_until,
        will_not_renew: watched.entry.plan == RenewalPlan::LetEnd,
        status: status.as_str(),
        opens_on: renewal.and_then(|renewal| renewal.opens_on),
        deadline: renewal.and_then(|renewal| renewal.deadline),
        expires_on: watched
            .facts
            .as_ref()
            .and_then(|facts| facts.expires)
            .map(|at| at.date_naive()),
        own_catalogue: watched
            .facts
            .as_ref()
            .is_some_and(|facts| facts.rest_on_own_rows(catalog, as_of)),
        failing_since: failing.map(|failing| failing.since),
        failing_with: failing.map(|failing| failing.why.clone()),
        title: watched.facts.and_then(|facts| facts.title),
        checked_at: watched.checked_at,
    }
}

fn human(document: &Document) -> String {
    if document.entries.is_empty() {
        return "Nothing is tracked. Add a link: bonafide track add \"LINK\" --owner MAIL\n"
            .to_owned();
    }
    let mut text = String::new();
    for one in &document.entries {
        let title = one.title.as_deref().unwrap_or("not known yet");
        let day =
            |day: Option<NaiveDate>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let _ = writeln!(
            text,
            "{:>5}  {:<13} {}  {}",
            one.id,
            one.status,
            day(one.deadline.or(one.expires_on)),
            terminal_line(title)
        );
        for line in beside(one) {
            let _ = writeln!(text, "       {}", terminal_line(&line));
        }
    }
    let entries = document.entries.len();
    let noun = if entries == 1 {
        "credential"
    } else {
        "credentials"
    };
    let _ = writeln!(
        text,
        "\n{entries} {noun}; the day is the last one to renew, or the last one."
    );
    text
}

/// What else is to be known of a credential, line by line.
fn beside(one: &Line) -> Vec<String> {
    let people = [
        one.name.clone(),
        one.owner.clone(),
        one.lead.as_ref().map(|lead| format!("lead {lead}")),
    ];
    let people: Vec<String> = people.into_iter().flatten().collect();
    let labels = (!one.labels.is_empty()).then(|| format!("labels {}", one.labels.join(", ")));
    let same: Vec<_> = one.same_as.iter().map(ToString::to_string).collect();
    let same = format!(
        "the same credential as {}: people are told once; bonafide track remove takes one out",
        same.join(", ")
    );
    let is_told = one.owner.is_some() || one.lead.is_some();
    [
        (!people.is_empty()).then(|| people.join(", ")),
        (!is_told).then(|| "nobody is named who would be told".to_owned()),
        labels,
        one.snoozed_until
            .map(|day| format!("left alone until {day}")),
        one.will_not_renew.then(|| "will not be renewed".to_owned()),
        failing(one),
        (!one.same_as.is_empty()).then_some(same),
        one.own_catalogue
            .then(|| "rests on your own catalogue".to_owned()),
        one.note.clone(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// That its link came to nothing, and what follows.
fn failing(one: &Line) -> Option<String> {
    let with = one.failing_with.as_deref().unwrap_or_default();
    let Some(since) = one.not_verifiable_since else {
        let since = one.failing_since?;
        return Some(format!("could not be verified since {since} ({with})"));
    };
    let end = one.expires_on.map_or_else(String::new, |end| {
        format!("; last known end {end}, and it may have been renewed under a new number")
    });
    Some(format!(
        "not verifiable since {since} ({with}){end}: add the new link and remove this one"
    ))
}
