//! What an earlier badge says of itself, so that a later run knows what may stay.

use chrono::{NaiveDate, TimeDelta};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::publish::{Shown, Tone};

/// For so long a picture may stay that says no end.
const KEPT_WITHOUT_END: TimeDelta = TimeDelta::days(30);

/// A badge of this program's, read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Which link it was drawn for.
    pub key: String,
    /// What was asked, where it says so.
    pub question: Option<String>,
    /// How good the news was.
    pub tone: Tone,
    /// The day of the check.
    pub checked_on: NaiveDate,
    /// The last day of the credential, where it says one.
    pub until: Option<NaiveDate>,
    /// What it says to those who cannot see it.
    pub said: String,
}

impl Drawn {
    /// Reads a badge; `None` for any other file.
    pub fn read(svg: &str) -> Option<Self> {
        let mut reader = Reader::from_str(svg);
        let root = loop {
            match reader.read_event().ok()? {
                Event::Start(root) if root.name().as_ref() == "svg" => break root,
                Event::Decl(_) | Event::Comment(_) | Event::Text(_) => {}
                _ => return None,
            }
        };
        let value = |name: &str| {
            let attribute = root.try_get_attribute(name).ok().flatten()?;
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .ok()?;
            Some(value.into_owned())
        };
        (value("data-bonafide")? == "1").then_some(())?;
        let until = match value("data-until") {
            None => None,
            Some(day) => Some(day.parse().ok()?),
        };
        Some(Self {
            key: value("data-key")?,
            question: value("data-question"),
            tone: Tone::parse(&value("data-tone")?)?,
            checked_on: value("data-checked")?.parse().ok()?,
            until,
            said: value("aria-label")?,
        })
    }

    /// Whether it may stay though nothing newer was learnt on `day`: it answers the same
    /// question of the same link, and nothing that it shows has ended or is too old since.
    pub fn may_stay(&self, now: &Shown, day: NaiveDate) -> bool {
        let is_of_this = self.key == now.key && self.question == now.question;
        let is_past = self.checked_on <= day;
        let still_holds = match self.until {
            Some(until) => until >= day || !self.tone.is_valid(),
            None => day - self.checked_on <= KEPT_WITHOUT_END,
        };
        is_of_this && is_past && still_holds
    }

    /// The title of the credential, without what was said of it.
    pub fn title(&self) -> &str {
        self.said
            .rsplit_once(": ")
            .map_or(&self.said, |(title, _)| title)
    }
}
