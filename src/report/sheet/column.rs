//! The columns that are put behind the input's own, and what stands in them.

use std::borrow::Cow;
use std::collections::HashSet;

use super::super::json::link::FindingJson;
use super::{Heading, RoleJson, SheetRow};

/// A column of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Outcome,
    /// The outcome by the contract's word.
    OutcomeWord,
    Status,
    Valid,
    Title,
    Holder,
    HolderMatch,
    EarnedOn,
    ExpiresOn,
    DaysLeft,
    RenewalOpensOn,
    Findings,
    Explanation,
    NextStep,
    CheckedAt,
    /// Of the credential that was checked, which a cell that only shows "link" does not say.
    CredentialId,
    Role,
    RoleMet,
    RoleMetBy,
    RoleMissing,
    Change,
}

/// What stands in a cell of ours.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    /// Unknown, or there is none.
    Nothing,
    /// A word of ours.
    Word(&'static str),
    /// Text that may hold a stranger's.
    Text(Cow<'a, str>),
    /// RFC 3339, in UTC.
    Instant(&'a str),
    /// `YYYY-MM-DD`.
    Day(&'a str),
    Number(i64),
    Flag(bool),
}

/// The columns of the contract.
const CONTRACT: [Column; 12] = [
    Column::Status,
    Column::Valid,
    Column::Title,
    Column::Holder,
    Column::HolderMatch,
    Column::EarnedOn,
    Column::ExpiresOn,
    Column::DaysLeft,
    Column::RenewalOpensOn,
    Column::Findings,
    Column::NextStep,
    Column::CheckedAt,
];

impl Column {
    /// The contract's columns, and those that the heading asks for.
    pub(super) fn of_contract(heading: &Heading) -> Vec<Self> {
        let mut columns = CONTRACT.to_vec();
        if heading.has_roles {
            columns.extend([
                Self::Role,
                Self::RoleMet,
                Self::RoleMetBy,
                Self::RoleMissing,
            ]);
        }
        if heading.has_changes {
            columns.push(Self::Change);
        }
        columns
    }

    /// The same with the outcome at the end, which is what a row came to, whatever its
    /// status is, and what was checked.
    pub(super) fn for_programs(heading: &Heading) -> Vec<Self> {
        let mut columns = Self::of_contract(heading);
        columns.extend([Self::OutcomeWord, Self::CredentialId]);
        columns
    }

    /// The same with what the outcome is and why, for people.
    pub(super) fn for_people(heading: &Heading) -> Vec<Self> {
        let mut columns = Self::of_contract(heading);
        columns.insert(0, Self::Outcome);
        let behind = columns.iter().position(|one| *one == Self::Findings);
        columns.insert(behind.map_or(0, |at| at + 1), Self::Explanation);
        columns.push(Self::CredentialId);
        columns
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Outcome | Self::OutcomeWord => "outcome",
            Self::Status => "status",
            Self::Valid => "valid",
            Self::Title => "title",
            Self::Holder => "holder",
            Self::HolderMatch => "holder_match",
            Self::EarnedOn => "earned_on",
            Self::ExpiresOn => "expires_on",
            Self::DaysLeft => "days_left",
            Self::RenewalOpensOn => "renewal_opens_on",
            Self::Findings => "findings",
            Self::Explanation => "explanation",
            Self::NextStep => "next_step",
            Self::CheckedAt => "checked_at",
            Self::CredentialId => "credential_id",
            Self::Role => "role",
            Self::RoleMet => "role_met",
            Self::RoleMetBy => "role_met_by",
            Self::RoleMissing => "role_missing",
            Self::Change => "change",
        }
    }

    /// What stands there for a row: of its headline.
    pub(super) fn value<'a>(self, row: &SheetRow<'a>) -> Value<'a> {
        let one = row.headline();
        let credential = &one.credential;
        let text = |text: &'a Option<String>| match text {
            Some(text) => Value::Text(Cow::Borrowed(text)),
            None => Value::Nothing,
        };
        let instant =
            |text: &'a Option<String>| text.as_deref().map_or(Value::Nothing, Value::Instant);
        let source = one.source.as_ref();
        match self {
            Self::Outcome => Value::Word(one.verdict()),
            Self::OutcomeWord => Value::Word(one.outcome),
            Self::Status => Value::Word(one.status),
            Self::Valid => one.valid.map_or(Value::Nothing, Value::Flag),
            Self::Title => text(&credential.title),
            Self::Holder => text(&credential.holder),
            Self::HolderMatch => Value::Word(one.holder_match.grade),
            Self::EarnedOn => instant(&credential.earned_on),
            Self::ExpiresOn => instant(&credential.expires_on),
            Self::DaysLeft => one.days_left.map_or(Value::Nothing, Value::Number),
            Self::RenewalOpensOn => {
                let opens_on = one.renewal.opens_on.as_deref();
                opens_on.map_or(Value::Nothing, Value::Day)
            }
            Self::Findings => of_words(joined(one.findings.iter().map(|finding| finding.code))),
            Self::Explanation => of_words(explained(&one.findings)),
            Self::NextStep => Value::Text(Cow::Borrowed(&one.next_step)),
            Self::CheckedAt => source.map_or(Value::Nothing, |source| instant(&source.fetched_at)),
            Self::CredentialId => text(&credential.id),
            Self::Role | Self::RoleMet | Self::RoleMetBy | Self::RoleMissing => {
                row.role.map_or(Value::Nothing, |role| self.of_role(role))
            }
            Self::Change => row.change.map_or(Value::Nothing, |change| {
                of_words(match change.message.as_str() {
                    "" => change.kind.to_owned(),
                    message => format!("{}: {message}", change.kind),
                })
            }),
        }
    }

    fn of_role(self, role: &RoleJson) -> Value<'_> {
        match self {
            Self::Role => Value::Text(Cow::Borrowed(&role.name)),
            Self::RoleMet => Value::Word(role.state),
            Self::RoleMetBy => of_words(met_by(role)),
            _ => of_words(missing(role)),
        }
    }
}

fn of_words<'a>(text: String) -> Value<'a> {
    if text.is_empty() {
        Value::Nothing
    } else {
        Value::Text(Cow::Owned(text))
    }
}

fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for part in parts {
        if !text.is_empty() {
            text.push(';');
        }
        text.push_str(part);
    }
    text
}

/// Each finding with its severity, one a line.
fn explained(findings: &[FindingJson]) -> String {
    let line = |one: &FindingJson| format!("{}: {}", one.severity, one.message);
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What is met, by what, and in which row.
pub(super) fn met_by(role: &RoleJson) -> String {
    let one = |met: &super::MetJson| format!("{}: {} (row {})", met.wanted, met.title, met.row);
    role.met_by.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// What is missing, and what cannot be told.
pub(super) fn missing(role: &RoleJson) -> String {
    let open = role
        .open
        .iter()
        .map(|wanted| format!("{wanted} (not determined)"));
    let missing = role.missing.iter().cloned();
    missing.chain(open).collect::<Vec<_>>().join("; ")
}

/// The input's own headers, each once: one that is also a column of ours, in any case, comes
/// out as `input_NAME`, and what is still there twice with a number behind it.
pub(super) fn own_names(own: &[String], ours: &[Column]) -> Vec<String> {
    let clashes = |name: &str| {
        let name = name.trim();
        ours.iter()
            .any(|column| column.name().eq_ignore_ascii_case(name))
    };
    let kept = own.iter().filter(|name| !clashes(name));
    // A column that is called `input_status` already keeps its name.
    let reserved: HashSet<String> = kept.map(|name| name.to_lowercase()).collect();
    let mut taken = HashSet::new();
    let mut names = Vec::with_capacity(own.len());
    for name in own {
        let is_free = |name: &str, taken: &HashSet<String>| {
            !taken.contains(name) && !reserved.contains(&name.to_lowercase())
        };
        let (wanted, is_its_own) = if clashes(name) {
            (format!("input_{}", name.trim()), false)
        } else {
            (name.clone(), true)
        };
        let mut unique = wanted.clone();
        let mut number = 1;
        while !(is_free(&unique, &taken) || is_its_own && number == 1 && !taken.contains(&unique)) {
            number += 1;
            unique = format!("{wanted} ({number})");
        }
        taken.insert(unique.clone());
        names.push(unique);
    }
    names
}

/// The name of a column without what a workbook's header adds to it.
///
/// ```
/// use bonafide::report::sheet::plain_name;
///
/// assert_eq!(plain_name("expires_on (UTC)"), "expires_on");
/// ```
pub fn plain_name(header: &str) -> &str {
    header.strip_suffix(" (UTC)").unwrap_or(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_columns_never_share_a_name_with_ours() {
        for (own, expected) in [
            (&["name", "link"][..], &["name", "link"][..]),
            (&["status", "Title "], &["input_status", "input_Title"]),
            (
                &["status", "input_status"],
                &["input_status (2)", "input_status"],
            ),
            (
                &["Status", "status", "STATUS"],
                &["input_Status", "input_status", "input_STATUS"],
            ),
            (&["a", "a", "a (2)"], &["a", "a (3)", "a (2)"]),
            (&["Name", "name"], &["Name", "name"]),
            (&["", ""], &["", " (2)"]),
            (&["role", "outcome"], &["role", "outcome"]),
        ] {
            let own: Vec<_> = own.iter().map(ToString::to_string).collect();
            assert_eq!(own_names(&own, &CONTRACT), expected);
        }
    }

    #[test]
    fn a_role_is_ours_only_where_roles_are_asked_for() {
        let heading = |has_roles| Heading {
            columns: vec!["role".to_owned()],
            as_of: chrono::DateTime::UNIX_EPOCH,
            has_roles,
            has_changes: false,
        };
        for (has_roles, expected) in [(false, "role"), (true, "input_role")] {
            let heading = heading(has_roles);
            let ours = Column::of_contract(&heading);
            assert_eq!(own_names(&heading.columns, &ours), [expected]);
        }
    }
}
