//! What changed since an earlier run: of what is known for certain alone, so that a service
//! that was down for a day makes no news.

use chrono::{DateTime, SecondsFormat, Utc};

use super::words::PageWords;
use super::{Change, Entry, PageDocument, identifier};
use crate::publish::clean;

/// The most changes that are kept.
pub(super) const KEPT: usize = 200;

/// The most characters of a change.
const LONGEST: usize = 400;

/// Adds to an earlier run's changes those that `now` brings.
pub(super) fn note(
    earlier: &mut PageDocument,
    now: &[Entry],
    words: &PageWords,
    as_of: DateTime<Utc>,
) {
    let at = as_of.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut changes = Vec::new();
    for entry in now {
        let before = earlier.find(&entry.key);
        let was = before.and_then(|before| before.settled.as_ref());
        let is_news = entry.settled.is_some() && was != entry.settled.as_ref();
        if is_news && !entry.kept {
            let (kind, text) = match was {
                None => ("added", format!("{}, {}", words.feed.added, entry.message)),
                Some(_) => ("changed", entry.message.clone()),
            };
            changes.push((kind, text, entry));
        }
    }
    for before in &earlier.credentials {
        let is_gone = now.iter().all(|entry| entry.key != before.key);
        if is_gone && before.settled.is_some() {
            changes.push(("removed", words.feed.removed.clone(), before));
        }
    }
    let mut changes: Vec<_> = changes
        .into_iter()
        .map(|(kind, said, entry)| {
            let change = Change {
                id: String::new(),
                at: at.clone(),
                key: entry.key.clone(),
                kind: kind.to_owned(),
                text: text(&format!("{}: {said}", entry.title)),
                link: entry.link.clone(),
            };
            Change {
                id: id(&earlier.feed_id, &change),
                ..change
            }
        })
        .collect();
    changes.append(&mut earlier.changes);
    changes.truncate(KEPT);
    earlier.changes = changes;
}

/// What happened, as it is written.
pub(super) fn text(text: &str) -> String {
    clean::line_within(text, LONGEST)
}

/// The identifier of a change, which follows from all that it says.
pub(super) fn id(feed_id: &str, change: &Change) -> String {
    let Change {
        key,
        at,
        kind,
        text,
        ..
    } = change;
    identifier::of(&[feed_id, key, at, kind, text])
}
