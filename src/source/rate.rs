//! How often the service is asked.

use std::num::NonZeroU32;
use std::str::FromStr;

use governor::Quota;

/// A number of requests per second or minute, written `5/s` or `30/m`.
///
/// ```
/// use bonafide::source::Rate;
///
/// assert_eq!(Rate::parse("5/s").unwrap(), Rate::default());
/// assert!(Rate::parse("0/s").is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    count: NonZeroU32,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Second,
    Minute,
}

/// The text is not a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a rate of at least 1 such as 5/s or 30/m")]
pub struct RateError;

impl Rate {
    /// So many requests per second.
    pub const fn per_second(count: NonZeroU32) -> Self {
        Self {
            count,
            unit: Unit::Second,
        }
    }

    /// Reads `5/s` or `30/m`.
    ///
    /// # Errors
    /// When it is anything else, or zero.
    pub fn parse(text: &str) -> Result<Self, RateError> {
        let (count, unit) = text.trim().split_once('/').ok_or(RateError)?;
        let count = count.parse().map_err(|_| RateError)?;
        let unit = match unit {
            "s" => Unit::Second,
            "m" => Unit::Minute,
            _ => return Err(RateError),
        };
        Ok(Self { count, unit })
    }

    /// The quota that lets a first `burst` pass at once.
    pub(super) fn quota(self, burst: NonZeroU32) -> Quota {
        let quota = match self.unit {
            Unit::Second => Quota::per_second(self.count),
            Unit::Minute => Quota::per_minute(self.count),
        };
        quota.allow_burst(match self.unit {
            Unit::Second => burst.max(self.count),
            Unit::Minute => burst,
        })
    }
}

impl Default for Rate {
    /// Five per second.
    fn default() -> Self {
        Self::per_second(NonZeroU32::new(5).expect("five is not zero"))
    }
}

impl FromStr for Rate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, RateError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_written_with_their_unit() {
        assert!(Rate::parse("1/s").is_ok());
        assert!(Rate::parse("30/m").is_ok());
        for bad in ["", "5", "/s", "-1/s", "0/s", "1.5/s", "5/h", "5/", "none"] {
            assert_eq!(Rate::parse(bad), Err(RateError), "{bad}");
        }
    }
}
