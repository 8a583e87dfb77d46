//! What a comparison of two names found.

use super::{grade::Grade, rule::Rule};

/// What a comparison of two names found: a grade and the rule that decided.
///
/// There is no score on purpose: a number invites a threshold, and a threshold lets
/// borrowed credentials through.
///
/// ```
/// use bonafide::check::holder::{HolderMatch, Rule};
///
/// let found = HolderMatch::from(Rule::Initials);
/// assert!(found.grade().needs_a_look());
/// assert_eq!(found.rule(), Some(Rule::Initials));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HolderMatch {
    grade: Grade,
    rule: Option<Rule>,
}

impl HolderMatch {
    /// Nothing was there to compare.
    pub const NOTHING: Self = Self {
        grade: Grade::NotCompared,
        rule: None,
    };

    /// How well the names agree.
    pub const fn grade(&self) -> Grade {
        self.grade
    }

    /// The rule that decided; `None` where nothing was there to compare.
    pub const fn rule(&self) -> Option<Rule> {
        self.rule
    }
}

impl From<Rule> for HolderMatch {
    fn from(rule: Rule) -> Self {
        Self {
            grade: rule.grade(),
            rule: Some(rule),
        }
    }
}
