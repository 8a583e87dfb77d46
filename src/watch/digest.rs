//! What one person is told on one day, put together. No clock, no files.

use chrono::{DateTime, NaiveDate, Utc};

use super::store::{Claim, Recipient, Told, Watched};
use super::{Entry, MailAddress};
use crate::catalog::Catalog;
use crate::lifecycle::{Standing, Validity};
use crate::notify::{self, Digest, Item, Key, Occasion, Reader, Step};
use crate::publish::calendar::{Dates, Event, plan, revise};
use crate::report::request::Language;

/// One step for one person, with what there is to say of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) told: Told,
    pub(super) item: Item,
    role: Reader,
    language: Option<Language>,
    /// Whether its calendar entries are not yet those that the list holds.
    pub(super) has_news: bool,
    /// What makes the step this one and no other, whatever its entry's number.
    mark: String,
}

impl Piece {
    pub(super) fn new(
        watched: &Watched,
        told: Told,
        standing: Option<&Standing<'_>>,
        person: Option<&MailAddress>,
        (catalog, now): (&Catalog, DateTime<Utc>),
    ) -> Self {
        let entry = &watched.entry;
        let events = standing.map_or_else(Vec::new, |standing| {
            calendar(watched, standing, (catalog, now))
        });
        let mut item = item(watched, told.due.step, standing, (catalog, now));
        let has_news = events != watched.calendar;
        item.calendar = events;
        let is_own = person.is_some() && entry.details.owner.as_ref() == person;
        Self {
            mark: format!(
                "{} {} {} {}",
                entry.link, watched.key, told.due.scope, told.due.step
            ),
            item,
            has_news,
            role: if is_own {
                Reader::Holder
            } else {
                Reader::TeamLead
            },
            language: entry.details.language,
            told,
        }
    }
}

/// The calendar entries of a credential as they stand now; empty where no date is known.
pub fn calendar(
    watched: &Watched,
    standing: &Standing<'_>,
    (catalog, now): (&Catalog, DateTime<Utc>),
) -> Vec<Event> {
    let item = item(watched, Step::WindowOpen, Some(standing), (catalog, now));
    let is_over = matches!(
        standing.validity,
        Validity::Revoked | Validity::Expired { .. }
    );
    let is_known = !matches!(standing.validity, Validity::CannotTell(_));
    let dates = Dates {
        title: item.title,
        holder: item.holder,
        opens_on: item.opens_on,
        deadline: item.deadline,
        expires_on: item.expires_on,
        renewal_url: item.renewal_url,
        link: item.link,
        rest_on_own_rows: item.rests_on_own_rows,
        unverified_since: item.unverified_since,
        ..Dates::of(item.id)
    };
    match (is_known, is_over) {
        // What cannot be told changes nothing.
        (false, _) => watched.calendar.clone(),
        (true, true) if standing.validity != Validity::Revoked => watched.calendar.clone(),
        (true, true) => revise(&watched.calendar, Vec::new(), now),
        (true, false) => revise(&watched.calendar, plan(&dates), now),
    }
}

/// Everybody who is told of an entry: its owner and their lead, each once, or nobody in
/// particular.
pub(super) fn people(entry: &Entry) -> Vec<Option<&MailAddress>> {
    let (owner, lead) = (entry.details.owner.as_ref(), entry.details.lead.as_ref());
    let lead = lead.filter(|lead| owner != Some(*lead));
    let people: Vec<_> = owner.into_iter().chain(lead).map(Some).collect();
    if people.is_empty() {
        vec![None]
    } else {
        people
    }
}

/// A claim for pieces: its key follows from what is told to whom, and from nothing else.
pub(super) fn claim(
    to: &Recipient,
    instead_of: Option<&str>,
    part: u32,
    pieces: &[Piece],
) -> Claim {
    let mut marks: Vec<&str> = pieces.iter().map(|piece| piece.mark.as_str()).collect();
    marks.sort_unstable();
    let person = to.person.as_ref().map_or("", MailAddress::as_str);
    let parts: Vec<&str> = [person, &to.channel].into_iter().chain(marks).collect();
    Claim {
        key: Key::of(&parts),
        to: to.clone(),
        instead_of: instead_of.map(str::to_owned),
        part,
        told: pieces.iter().map(|piece| piece.told.clone()).collect(),
    }
}

/// The most urgent first.
pub(super) fn sort(pieces: &mut [Piece], day: NaiveDate) {
    pieces.sort_by_cached_key(|Piece { item, .. }| {
        (rank(item.step), item.days_left(day), item.title.clone())
    });
}

/// The message of a claim.
pub(super) fn digest(claim: &Claim, pieces: Vec<Piece>, usual: Language, day: NaiveDate) -> Digest {
    let is_own = pieces.iter().all(|piece| piece.role == Reader::Holder);
    let first = pieces.first().and_then(|piece| piece.language);
    let language = first.filter(|_| pieces.iter().all(|piece| piece.language == first));
    let mut pieces = pieces;
    sort(&mut pieces, day);
    let items: Vec<Item> = pieces.into_iter().map(|piece| piece.item).collect();
    let address = claim.to.person.as_ref().map(ToString::to_string);
    Digest {
        key: claim.key.clone(),
        recipient: notify::Recipient {
            name: items
                .first()
                .filter(|_| is_own)
                .and_then(|item| item.holder.clone()),
            addresses: address.into_iter().collect(),
        },
        reader: if is_own {
            Reader::Holder
        } else {
            Reader::TeamLead
        },
        language: language.unwrap_or(usual),
        day,
        occasion: Occasion::Due,
        items,
    }
}

/// The more urgent, the lower.
fn rank(step: Step) -> u32 {
    match step {
        Step::Revoked => 0,
        Step::LastDay => 1,
        Step::DaysLeft(days) => 2 + u32::from(days),
        Step::Expired => 1 << 17,
        Step::LastKnownEnd | Step::NotVerifiable => (1 << 17) + 1,
        Step::NeverRenewableAgain => (1 << 17) + 2,
        Step::Retired => (1 << 17) + 3,
        Step::RetirementAnnounced => (1 << 17) + 4,
        Step::WindowOpen => (1 << 17) + 5,
        Step::Renewed => (1 << 17) + 6,
    }
}

fn item(
    watched: &Watched,
    step: Step,
    standing: Option<&Standing<'_>>,
    (catalog, now): (&Catalog, DateTime<Utc>),
) -> Item {
    let facts = watched.facts.as_ref();
    let number = facts.and_then(|facts| facts.credential_id.clone());
    let number = number.or_else(|| facts.and_then(|facts| facts.certification_number.clone()));
    let id = number.unwrap_or_else(|| last_part(watched.entry.link.as_str()));
    let item = Item {
        holder: watched.entry.details.name.clone(),
        title: facts.and_then(|facts| facts.title.clone()),
        link: Some(watched.entry.link.to_string()),
        unverified_since: watched.history.lost_since(),
        expires_on: facts
            .and_then(|facts| facts.expires)
            .map(|at| at.date_naive()),
        ..Item::new(step, id)
    };
    let Some(standing) = standing else {
        return item;
    };
    let successor = standing.successors.first();
    let ends = match standing.validity {
        Validity::Valid { until } => until.map(|at| at.date_naive()),
        _ => item.expires_on,
    };
    Item {
        renewal: standing.renewal.state,
        opens_on: standing.renewal.opens_on,
        deadline: standing.renewal.deadline,
        expires_on: ends,
        retires_on: standing.state.retires_on(),
        renewal_url: standing.renewal.url.clone(),
        successor: successor.map(|one| one.entry.title().to_owned()),
        rests_on_own_rows: facts.is_some_and(|facts| facts.rest_on_own_rows(catalog, now)),
        ..item
    }
}

/// The number in a link.
fn last_part(link: &str) -> String {
    let path = link.split(['?', '#']).next().unwrap_or(link);
    path.trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or(path)
        .to_owned()
}
