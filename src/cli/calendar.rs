//! `bonafide calendar`: the days of everything that is tracked, as an iCalendar file.

use super::args::Calendar;
use super::exit::Exit;
use super::settings::Settings;
use super::{output, say, track};
use crate::publish::calendar::{self, Event};
use crate::watch::{self, EntryId, Store, StoreError, Watched};

pub(super) fn run(args: &Calendar, settings: &Settings) -> anyhow::Result<Exit> {
    let mut events: Vec<Event> = Vec::new();
    if let Some(store) = Store::open_to_read(&track::place(settings)?)? {
        let now = settings.as_of().instant();
        let catalog = settings.catalog()?;
        let withdrawn = store.withdrawn()?;
        let mut news = Vec::new();
        store.each(|watched| {
            if is_wanted(&watched, args) {
                let standing = watched.facts.as_ref();
                let standing = standing.map(|facts| facts.standing(catalog, now));
                // What was never answered has no day, and what it had stays.
                let is_now = standing.map_or_else(
                    || watched.calendar.clone(),
                    |standing| watch::calendar(&watched, &standing, (catalog, now)),
                );
                let is_now: Vec<_> = is_now
                    .into_iter()
                    .map(|event| following(event, &withdrawn))
                    .collect();
                events.extend(is_now.iter().cloned());
                if is_now != watched.calendar {
                    news.push((watched.entry.id, watched.key, is_now));
                }
            }
            Ok::<_, StoreError>(())
        })?;
        // Whose they were is not known any more, so a part of the calendar has none of them.
        if args.label.is_none() && args.owner.is_none() {
            let is_new = |event: &&Event| events.iter().all(|one| one.uid() != event.uid());
            let gone: Vec<_> = withdrawn.iter().filter(is_new).cloned().collect();
            events.extend(gone);
        }
        // A look at another day leaves no trace in what people have.
        if settings.given_as_of().is_none() {
            keep(&store, &news)?;
        }
    }
    let events = calendar::merged(events);
    let language = args.lang.unwrap_or(settings.remind().plan().language);
    let text = calendar::write(&events, language);
    output::write(args.output.as_deref(), text.as_bytes())?;
    Ok(Exit::Success)
}

/// Keeps what people have from now on.
fn keep(store: &Store, news: &[(EntryId, String, Vec<Event>)]) -> Result<(), StoreError> {
    if store.is_copy() && !news.is_empty() {
        say(
            "The list cannot be written, so that this calendar was not noted in it: programs that \
             take it may miss a later change of the same days. Make it where the list can be written.",
        );
        return Ok(());
    }
    for (id, key, events) in news {
        store.keep_calendar(*id, key, events)?;
    }
    Ok(())
}

/// What is tracked again goes on where it was withdrawn.
fn following(event: Event, withdrawn: &[Event]) -> Event {
    let earlier = withdrawn.iter().find(|one| one.uid() == event.uid());
    match earlier {
        Some(earlier) if earlier.sequence() >= event.sequence() => event.after(earlier),
        _ => event,
    }
}

fn is_wanted(watched: &Watched, args: &Calendar) -> bool {
    let details = &watched.entry.details;
    let label = args.label.as_ref();
    let owner = args.owner.as_ref();
    label.is_none_or(|label| details.labels.contains(label))
        && owner.is_none_or(|owner| details.owner.as_ref() == Some(owner))
}
