//! `bonafide data show`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use super::places;
use crate::cli::args::{Format, Show};
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::settings::Settings;
use crate::report::json;
use crate::report::neutral::terminal_line;
use crate::store::{DataDir, Item, Keeping, Place, Retention, Sort};

#[derive(Serialize)]
struct Document {
    schema_version: u8,
    data_dir: String,
    /// How long the data directory keeps things; null for as long as nobody removes them.
    retention: Option<String>,
    redaction_key: bool,
    holdings: Vec<Holding>,
}

/// The things of one sort in one folder.
#[derive(Serialize)]
struct Holding {
    sort: &'static str,
    folder: String,
    /// Whether the folder can still be looked into.
    reachable: bool,
    files: u64,
    bytes: u64,
    oldest: Option<String>,
    newest: Option<String>,
    /// Until when the oldest is kept; null where it stays until it is purged.
    oldest_kept_until: Option<String>,
}

pub(super) fn run(args: &Show, data: &DataDir, settings: &Settings) -> anyhow::Result<Exit> {
    let retention = settings.retention();
    let document = Document {
        schema_version: json::SCHEMA_VERSION,
        data_dir: data.path().display().to_string(),
        retention: match retention {
            Retention::For(time) => Some(written(time)),
            Retention::Unlimited => None,
        },
        redaction_key: data.redaction_key().is_file(),
        holdings: places(data)?
            .iter()
            .flat_map(|place| holdings(place, retention))
            .collect(),
    };
    let text = match args.output.format {
        Format::Json => json::text(&document),
        Format::Human => human(&document),
    };
    output::write(args.output.output.as_deref(), text.as_bytes())?;
    Ok(Exit::Success)
}

/// A time as the options write it: whole days as `90d`.
fn written(time: Duration) -> String {
    const DAY: u64 = 24 * 60 * 60;
    let seconds = time.as_secs();
    if seconds > 0 && seconds.is_multiple_of(DAY) {
        format!("{}d", seconds / DAY)
    } else {
        humantime::format_duration(time).to_string()
    }
}

/// How much there is of one sort.
#[derive(Clone, Copy, Default)]
struct Tally {
    files: u64,
    bytes: u64,
    oldest: Option<DateTime<Utc>>,
    newest: Option<DateTime<Utc>>,
}

impl Tally {
    fn count(&mut self, item: &Item) {
        self.files += 1;
        self.bytes += item.bytes;
        if let Some(at) = item.written_at {
            self.oldest = Some(self.oldest.map_or(at, |oldest| oldest.min(at)));
            self.newest = self.newest.max(Some(at));
        }
    }
}

fn holdings(place: &Place, retention: Retention) -> Vec<Holding> {
    let mut tallies: BTreeMap<Sort, Tally> = BTreeMap::new();
    for item in place.items() {
        tallies.entry(item.sort).or_default().count(&item);
    }
    let instant = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let holding = |sort: &Sort| {
        let tally = tallies.get(sort).copied().unwrap_or_default();
        let until = |oldest| kept_until(place, retention, oldest);
        Holding {
            sort: sort.as_str(),
            folder: place.folder().display().to_string(),
            reachable: place.is_sound(),
            files: tally.files,
            bytes: tally.bytes,
            oldest: tally.oldest.map(instant),
            newest: tally.newest.map(instant),
            oldest_kept_until: tally.oldest.and_then(until).map(instant),
        }
    };
    place.sorts().iter().map(holding).collect()
}

fn kept_until(place: &Place, retention: Retention, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    match (place.keeping(), retention) {
        (Keeping::Retention, Retention::For(time)) => {
            at.checked_add_signed(chrono::TimeDelta::from_std(time).ok()?)
        }
        _ => None,
    }
}

fn human(document: &Document) -> String {
    let retention = document.retention.as_deref().map_or_else(
        || "until it is purged".to_owned(),
        |time| format!("for {time}"),
    );
    let key = if document.redaction_key {
        "there is one"
    } else {
        "none"
    };
    let mut text = format!(
        "Data directory  {}\nKept there      {retention} after it was last written\nRedaction key   {key}\n",
        terminal_line(&document.data_dir)
    );
    let mut folder = None;
    for holding in &document.holdings {
        if folder != Some(&holding.folder) {
            folder = Some(&holding.folder);
            let _ = write!(text, "\n{}\n", terminal_line(&holding.folder));
            if !holding.reachable && Path::new(&holding.folder).exists() {
                text.push_str("  leads somewhere else now, and is not looked into\n");
            }
        }
        let _ = writeln!(text, "  {:<10}{}", holding.sort, line(holding));
    }
    text
}

fn line(holding: &Holding) -> String {
    let (Some(oldest), Some(newest)) = (&holding.oldest, &holding.newest) else {
        return "none".to_owned();
    };
    let day = |instant: &str| instant.split('T').next().unwrap_or_default().to_owned();
    let files = if holding.files == 1 { "file" } else { "files" };
    let until = holding.oldest_kept_until.as_deref().map_or_else(
        || "kept until purged".to_owned(),
        |until| format!("the oldest kept until {}", day(until)),
    );
    format!(
        "{} {files}, {} bytes, written {} to {}, {until}",
        holding.files,
        holding.bytes,
        day(oldest),
        day(newest)
    )
}
