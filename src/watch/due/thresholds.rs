//! How many days before a deadline people are told.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::super::Label;

/// The usual days before a deadline.
const USUAL: [u16; 7] = [90, 60, 30, 14, 7, 3, 1];

/// Days before a deadline, for all and for labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thresholds {
    usual: Vec<u16>,
    labelled: BTreeMap<Label, Vec<u16>>,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self::new(&USUAL, [])
    }
}

impl Thresholds {
    /// Days for all, and those of labels instead.
    pub fn new<'d>(usual: &[u16], labelled: impl IntoIterator<Item = (Label, &'d [u16])>) -> Self {
        let labelled = labelled.into_iter();
        Self {
            usual: sorted(usual),
            labelled: labelled
                .map(|(label, days)| (label, sorted(days)))
                .collect(),
        }
    }

    /// The same with days of labels.
    #[must_use]
    pub fn with<'d>(self, labelled: impl IntoIterator<Item = (Label, &'d [u16])>) -> Self {
        Self::new(&self.usual, labelled)
    }

    /// The days for an entry: those of its labels together, where any of them has some.
    pub fn of(&self, labels: &BTreeSet<Label>) -> Cow<'_, [u16]> {
        let mut own = labels.iter().filter_map(|label| self.labelled.get(label));
        match (own.next(), own.next()) {
            (None, _) => Cow::Borrowed(&self.usual),
            (Some(days), None) => Cow::Borrowed(days),
            (Some(days), Some(more)) => {
                let all = own.fold([&days[..], more].concat(), |all, more| {
                    [&all[..], more].concat()
                });
                Cow::Owned(sorted(&all))
            }
        }
    }
}

/// Each day once; the last day itself needs no threshold.
fn sorted(days: &[u16]) -> Vec<u16> {
    let days: BTreeSet<u16> = days.iter().copied().filter(|days| *days > 0).collect();
    days.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_of_labels_take_the_place_of_the_usual_ones() {
        let label = |text: &str| text.parse::<Label>().unwrap();
        let thresholds = Thresholds::new(
            &[30, 0, 90, 30],
            [(label("vip"), &[120, 5][..]), (label("lab"), &[2][..])],
        );
        for (labels, days) in [
            (&[][..], &[90, 30][..]),
            (&["other"], &[90, 30]),
            (&["vip", "other"], &[120, 5]),
            (&["vip", "lab"], &[120, 5, 2]),
        ] {
            let labels = labels.iter().map(|text| label(text)).collect();
            assert_eq!(&thresholds.of(&labels)[..], days, "{labels:?}");
        }
    }
}
