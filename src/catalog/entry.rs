//! One certification as the catalogue knows it, and what that means on a day.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

/// After so many days, knowledge of what may change is old.
pub const OLD_AFTER_DAYS: i64 = 180;

/// The level or programme of a certification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Level {
    /// Fundamentals.
    Fundamentals,
    /// Associate.
    Associate,
    /// Expert.
    Expert,
    /// Specialty.
    Specialty,
    /// Business.
    Business,
    /// GitHub's certifications.
    Github,
    /// Microsoft Office Specialist.
    Mos,
    /// Microsoft Technology Associate.
    Mta,
    /// Microsoft Certified Solutions Associate.
    Mcsa,
    /// Microsoft Certified Solutions Developer.
    Mcsd,
    /// Microsoft Certified Solutions Expert.
    Mcse,
    /// Microsoft Certified Educator.
    Mce,
    /// Older programmes.
    Legacy,
}

impl Level {
    /// Every level.
    pub const ALL: [Self; 13] = [
        Self::Fundamentals,
        Self::Associate,
        Self::Expert,
        Self::Specialty,
        Self::Business,
        Self::Github,
        Self::Mos,
        Self::Mta,
        Self::Mcsa,
        Self::Mcsd,
        Self::Mcse,
        Self::Mce,
        Self::Legacy,
    ];

    /// The word used in every output and in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fundamentals => "fundamentals",
            Self::Associate => "associate",
            Self::Expert => "expert",
            Self::Specialty => "specialty",
            Self::Business => "business",
            Self::Github => "github",
            Self::Mos => "mos",
            Self::Mta => "mta",
            Self::Mcsa => "mcsa",
            Self::Mcsd => "mcsd",
            Self::Mcse => "mcse",
            Self::Mce => "mce",
            Self::Legacy => "legacy",
        }
    }

    /// The level of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == word)
    }
}

/// Whether a credential of the certification ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expires {
    /// After so many months, and by renewal later.
    After {
        /// The first term in months.
        months: u32,
    },
    /// It does not.
    Never,
    /// It is believed not to; no official word was found.
    NeverUnconfirmed,
    /// Only if earned on that day or later.
    IfEarnedFrom {
        /// The first day of the rule.
        day: NaiveDate,
        /// The term in months.
        months: u32,
    },
    /// Nobody said.
    Unknown,
}

/// Where what is known of a certification comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowOrigin {
    /// The table that ships with the program.
    Shipped,
    /// Microsoft's public catalogue, asked later.
    Microsoft,
    /// A catalogue on another host.
    Elsewhere,
    /// The user's own file.
    Yours,
}

impl RowOrigin {
    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shipped => "shipped",
            Self::Microsoft => "microsoft",
            Self::Elsewhere => "elsewhere",
            Self::Yours => "yours",
        }
    }

    /// Whether everybody with this version of the program may know it too.
    pub const fn is_common(self) -> bool {
        matches!(self, Self::Shipped | Self::Microsoft)
    }
}

/// What is known of a renewal page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RenewalPage {
    /// It was seen.
    Seen,
    /// It was not there when last looked for, though the certification is current.
    Missing,
    /// Nothing is known.
    Unknown,
}

/// How the table states a certification's retirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stated {
    Active,
    Retiring,
    Retired,
    Replaced,
    Unknown,
}

/// Whether a certification can still be earned, on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It can, and no end is known.
    Current,
    /// It can, until a day that may not be known.
    Retiring(Option<NaiveDate>),
    /// It cannot, since the day after one that may not be known.
    Retired(Option<NaiveDate>),
    /// Not known.
    Unknown,
}

impl State {
    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Retiring(_) => "retiring",
            Self::Retired(_) => "retired",
            Self::Unknown => "unknown",
        }
    }

    /// The last day on which it can or could be earned and renewed.
    pub const fn retires_on(self) -> Option<NaiveDate> {
        match self {
            Self::Retiring(day) | Self::Retired(day) => day,
            Self::Current | Self::Unknown => None,
        }
    }
}

/// One certification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub(super) slug: Option<String>,
    pub(super) title: String,
    pub(super) former_titles: Vec<String>,
    pub(super) aliases: Vec<String>,
    pub(super) level: Level,
    pub(super) exams: Vec<String>,
    /// The last days of exams that leave before their certification does, or did.
    pub(super) exam_retirements: BTreeMap<String, NaiveDate>,
    pub(super) stated: Stated,
    pub(super) retires_on: Option<NaiveDate>,
    pub(super) retires_basis: RetiresBasis,
    pub(super) replacement: Vec<String>,
    pub(super) expires: Expires,
    pub(super) renewal_page: RenewalPage,
    pub(super) known_on: NaiveDate,
    pub(super) confidence: String,
    pub(super) note: Option<String>,
    pub(super) origin: RowOrigin,
}

/// What a retirement date rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetiresBasis {
    /// The certification's own date.
    Certification,
    /// Only its exam's date is known.
    Exam,
    /// No date.
    None,
}

impl Entry {
    /// Microsoft's name of it in addresses; `None` where only the title was ever seen.
    pub fn slug(&self) -> Option<&str> {
        self.slug.as_deref()
    }

    /// The current title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The titles it had earlier.
    pub fn former_titles(&self) -> &[String] {
        &self.former_titles
    }

    /// Other names of it in addresses.
    pub fn aliases(&self) -> &[String] {
        &self.aliases
    }

    /// The level or programme.
    pub fn level(&self) -> Level {
        self.level
    }

    /// Whether another certification carries it on under a new name.
    pub fn is_replaced(&self) -> bool {
        self.stated == Stated::Replaced
    }

    /// What the row rests on, in the table's word.
    pub fn confidence(&self) -> &str {
        &self.confidence
    }

    /// What else is to be known of the row, such as what is doubtful in it.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// Where the row, or what was last changed in it, comes from.
    pub fn origin(&self) -> RowOrigin {
        self.origin
    }

    /// Whether on `day` the row is too old to be relied on for what may have changed since.
    pub fn is_old_on(&self, day: NaiveDate) -> bool {
        (day - self.known_on).num_days() > OLD_AFTER_DAYS
    }

    /// Whether by `day` something new may be true of it, and the row is too old to know.
    pub fn may_have_changed_by(&self, day: NaiveDate) -> bool {
        let is_over = self.is_replaced() || matches!(self.state_on(day), State::Retired(_));
        !is_over && self.is_old_on(day)
    }

    /// The page where it is renewed, where that page was seen.
    ///
    /// The form of the address is known from a single source (2026-11-22).
    pub fn renewal_url(&self) -> Option<String> {
        let slug = self
            .slug()
            .filter(|_| self.renewal_page == RenewalPage::Seen)?;
        Some(format!(
            "https://learn.microsoft.com/credentials/certifications/{slug}/renew/"
        ))
    }

    /// The exams that lead or led to it, newest first.
    pub fn exams(&self) -> &[String] {
        &self.exams
    }

    /// The exams with a last day of their own, each with it. An exam's retirement is not the
    /// certification's.
    pub fn exam_retirements(&self) -> &BTreeMap<String, NaiveDate> {
        &self.exam_retirements
    }

    /// The exams that are not known to have retired by themselves before `day`, newest first.
    pub fn exams_left_on(&self, day: NaiveDate) -> impl Iterator<Item = &str> {
        let is_left = move |exam: &&String| {
            let last = self.exam_retirements.get(*exam);
            last.is_none_or(|last| day <= *last)
        };
        self.exams.iter().filter(is_left).map(String::as_str)
    }

    /// Whether exams are known that led to it, and none of them is left on `day`: then it
    /// cannot be earned, whatever is known of the certification itself.
    pub fn has_no_exam_left_on(&self, day: NaiveDate) -> bool {
        !self.exams.is_empty() && self.exams_left_on(day).next().is_none()
    }

    /// The slugs of its recommended successors.
    pub fn replacement(&self) -> &[String] {
        &self.replacement
    }

    /// Whether its credentials end.
    pub fn expires(&self) -> Expires {
        self.expires
    }

    /// What is known of its renewal page.
    pub fn renewal_page(&self) -> RenewalPage {
        self.renewal_page
    }

    /// What its retirement date rests on.
    pub fn retires_basis(&self) -> RetiresBasis {
        self.retires_basis
    }

    /// The day on which the row was last known to be true.
    pub fn known_on(&self) -> NaiveDate {
        self.known_on
    }

    /// Whether it can still be earned on `day` (UTC).
    ///
    /// The retirement date is inclusive: retired from the next day. (Official pages say
    /// 11:59 PM Central Standard Time of it; stored copies read 2026-11-22.)
    pub fn state_on(&self, day: NaiveDate) -> State {
        match (self.stated, self.retires_on) {
            (Stated::Active, None) => State::Current,
            (Stated::Active | Stated::Retiring | Stated::Retired, Some(last)) => {
                if day > last {
                    State::Retired(Some(last))
                } else {
                    State::Retiring(Some(last))
                }
            }
            (Stated::Retiring, None) => State::Retiring(None),
            // Retired on an unknown day before the row was written: nothing can be said of
            // a day before that.
            (Stated::Retired, None) if day >= self.known_on => State::Retired(None),
            (Stated::Retired | Stated::Replaced | Stated::Unknown, _) => State::Unknown,
        }
    }
}

/// Reads `2026-10-05`, or `2021-07` as the first day of that month.
pub(super) fn parse_day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .or_else(|_| NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d"))
        .ok()
        .filter(|day| day.year() >= 1990)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_are_read() {
        assert_eq!(
            parse_day("2026-10-05"),
            NaiveDate::from_ymd_opt(2026, 10, 5)
        );
        assert_eq!(parse_day("2021-07"), NaiveDate::from_ymd_opt(2021, 7, 1));
        assert_eq!(parse_day("soon"), None);
    }

    #[test]
    fn every_level_parses_from_its_own_word() {
        for level in Level::ALL {
            assert_eq!(Level::parse(level.as_str()), Some(level));
        }
    }
}
