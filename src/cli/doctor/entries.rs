//! Who would be told of what is tracked.

use std::collections::{BTreeMap, BTreeSet};

use crate::cli::settings::Settings;
use crate::notify::channel;
use crate::report::doctor::{Check, DoctorDocument, State};
use crate::watch::{Entry, EntryId, Store, StoreError};

/// So many entries are named to people.
const NAMED: usize = 10;

pub(super) fn look(document: &mut DoctorDocument, entries: &[Entry], settings: &Settings) {
    let usual = settings.remind().plan().channels;
    let lacking = Lacking::of(entries, &usual, settings.channel_settings());
    document.untold = lacking.untold.iter().map(|id| id.0).collect();
    let problems = lacking.said();
    for message in &problems {
        document.found(Check::Entries, None, State::Problem, message);
    }
    if problems.is_empty() && !entries.is_empty() {
        let message = "somebody would be told about each of them";
        document.found(Check::Entries, None, State::Fine, message);
    }
}

/// Says which links came to nothing so far: nobody can be reminded of a deadline of theirs.
pub(super) fn never_seen(document: &mut DoctorDocument, store: &Store) -> Result<(), StoreError> {
    let mut unseen: BTreeMap<String, BTreeSet<EntryId>> = BTreeMap::new();
    store.each(|watched| {
        let failing = watched.history.failing();
        if let Some(failing) = failing.filter(|_| watched.facts.is_none()) {
            let of_it = unseen.entry(failing.why.clone()).or_default();
            of_it.insert(watched.entry.id);
        }
        Ok::<_, StoreError>(())
    })?;
    for (why, ids) in &unseen {
        let message = format!(
            "nothing is known yet of {} ({why}), so nobody can be reminded of a deadline; is the \
             link right?",
            named(ids)
        );
        document.found(Check::Entries, None, State::Note, &message);
    }
    Ok(())
}

/// Why people would not be told of entries.
#[derive(Debug, Default, PartialEq, Eq)]
struct Lacking {
    /// Nobody at all would be.
    untold: BTreeSet<EntryId>,
    /// Neither they nor the configuration name a channel.
    no_channel: BTreeSet<EntryId>,
    /// They name a channel that there is not.
    unknown: BTreeMap<String, BTreeSet<EntryId>>,
    /// A channel needs the address of somebody, and they name nobody.
    nobody: BTreeMap<String, BTreeSet<EntryId>>,
}

impl Lacking {
    fn of(
        entries: &[Entry],
        usual: &[String],
        known: &BTreeMap<String, channel::Settings>,
    ) -> Self {
        let mut lacking = Self::default();
        for entry in entries {
            let own = &entry.details.channels;
            let channels = if own.is_empty() { usual } else { own };
            let has_person = entry.details.owner.is_some() || entry.details.lead.is_some();
            if channels.is_empty() {
                lacking.no_channel.insert(entry.id);
            }
            let mut is_told = false;
            for name in channels {
                let short = match known.get(name) {
                    None => &mut lacking.unknown,
                    Some(settings) if settings.needs_address() && !has_person => {
                        &mut lacking.nobody
                    }
                    Some(_) => {
                        is_told = true;
                        continue;
                    }
                };
                short.entry(name.clone()).or_default().insert(entry.id);
            }
            if !is_told {
                lacking.untold.insert(entry.id);
            }
        }
        lacking
    }

    fn said(&self) -> Vec<String> {
        let mut said = Vec::new();
        if !self.no_channel.is_empty() {
            said.push(format!(
                "no channel is named for {}; name one with channels in [remind] of the \
                 configuration, or with track add --channel",
                named(&self.no_channel)
            ));
        }
        for (name, ids) in &self.unknown {
            said.push(format!(
                "there is no channel {name}, which is named for {}",
                named(ids)
            ));
        }
        for (name, ids) in &self.nobody {
            said.push(format!(
                "{name} sends to people, and nobody is named for {}; track add \"LINK\" --owner MAIL",
                named(ids)
            ));
        }
        said
    }
}

fn named(ids: &BTreeSet<EntryId>) -> String {
    let first: Vec<_> = ids.iter().take(NAMED).map(ToString::to_string).collect();
    let noun = if ids.len() == 1 { "entry" } else { "entries" };
    let more = match ids.len() - first.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{noun} {}{more}", first.join(", "))
}
