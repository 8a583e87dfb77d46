//! Stand-in until names are compared.
/// Grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// e
    Exact,
    /// n
    Normalised,
    /// r
    Reordered,
    /// c
    Compatible,
    /// w
    Weak,
    /// d
    Different,
    /// n
    NotCompared,
}
impl Grade {
    /// word
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Normalised => "normalised",
            Self::Reordered => "reordered",
            Self::Compatible => "compatible",
            Self::Weak => "weak",
            Self::Different => "different",
            Self::NotCompared => "not-compared",
        }
    }
}
/// Rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// x
    Same,
}
impl Rule {
    /// word
    pub const fn as_str(self) -> &'static str {
        "same"
    }
    /// why
    pub const fn explain(self) -> &'static str {
        "the same"
    }
}
/// Match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HolderMatch {
    grade: Grade,
    rule: Option<Rule>,
}
impl HolderMatch {
    /// n
    pub const fn not_compared() -> Self {
        Self {
            grade: Grade::NotCompared,
            rule: None,
        }
    }
    /// g
    pub fn grade(&self) -> Grade {
        self.grade
    }
    /// r
    pub fn rule(&self) -> Option<Rule> {
        self.rule
    }
}
/// Compares.
pub fn compare(expected: &str, given: &str) -> HolderMatch {
    HolderMatch {
        grade: if expected == given {
            Grade::Exact
        } else {
            Grade::Different
        },
        rule: Some(Rule::Same),
    }
}
/// Compares.
pub fn compare_user_name(_expected: &str, _user_name: &str) -> HolderMatch {
    HolderMatch::not_compared()
}
