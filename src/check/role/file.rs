//! Reads a file of roles.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::{Spanned, Value};

use super::super::{Require, Wanted, WantedError};
use super::{Requirement, Role, Roles, key};
use crate::catalog::Catalog;

/// A file of roles that cannot be used, with the line of what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{problem}", place(*line))]
pub struct RolesError {
    line: Option<usize>,
    problem: Problem,
}

fn place(line: Option<usize>) -> String {
    line.map_or_else(String::new, |line| format!("line {line}: "))
}

/// What is wrong with a file of roles.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum Problem {
    #[error("{0}")]
    Toml(String),
    #[error("the file holds no role: expected a table such as [role.cloud-architect]")]
    NoRole,
    #[error("a role has no name")]
    NoName,
    #[error("role {0}: it asks for nothing; expected all_of, any_of or both")]
    AsksNothing(String),
    #[error(
        "role {role}: {other} is taken for the same name; names and titles differ by more than \
         case, spaces, - and _"
    )]
    SameName { role: String, other: String },
    #[error("role {role}: {key} is empty; expected exams, slugs or titles, or leave it out")]
    Empty { role: String, key: &'static str },
    #[error("role {role}: {key}: {cause}")]
    Unknown {
        role: String,
        key: &'static str,
        cause: WantedError,
    },
    #[error("role {role}: {key} asks for {second} again, which {first} stands for already")]
    Twice {
        role: String,
        key: &'static str,
        first: String,
        second: String,
    },
    #[error(
        "role {role}: any_of names {second}, which all_of asks for already as {first}, so that \
         the choice would always be met"
    )]
    AlwaysMet {
        role: String,
        first: String,
        second: String,
    },
    #[error("role {role}: {key} holds {found}; expected {expected}")]
    NotText {
        role: String,
        key: &'static str,
        found: String,
        expected: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    role: BTreeMap<String, Spanned<Table>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    title: Option<String>,
    description: Option<String>,
    all_of: Option<Spanned<Vec<Spanned<Value>>>>,
    any_of: Option<Spanned<Vec<Spanned<Value>>>>,
    #[serde(default)]
    min_days_left: u32,
    #[serde(default)]
    require: Word,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    #[default]
    Valid,
    Active,
}

pub(super) fn read(text: &str, catalog: &Catalog) -> Result<Roles, RolesError> {
    let line = |span: Range<usize>| Some(line_of(text, span.start));
    let file: File = toml::from_str(text).map_err(|error| RolesError {
        line: error.span().and_then(line),
        problem: Problem::Toml(error.message().trim().replace('\n', ", ")),
    })?;
    let mut by_name: BTreeMap<String, Role> = BTreeMap::new();
    // In the file's order, so that of two the later one is said to be wrong.
    let mut tables: Vec<_> = file.role.into_iter().collect();
    tables.sort_by_key(|(_, table)| table.span().start);
    for (name, table) in tables {
        let at = table.span();
        let role = Reader {
            role: &name,
            catalog,
            line: &line,
        }
        .role(table)?;
        if let Some(other) = by_name.values().find(|other| share_a_name(other, &role)) {
            let other = other.name.clone();
            return Err(RolesError {
                line: line(at),
                problem: Problem::SameName { role: name, other },
            });
        }
        by_name.insert(name, role);
    }
    if by_name.is_empty() {
        return Err(RolesError {
            line: None,
            problem: Problem::NoRole,
        });
    }
    Ok(Roles { by_name })
}

fn share_a_name(one: &Role, other: &Role) -> bool {
    one.keys().any(|key| other.keys().any(|its| its == key))
}

fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().iter().take(at);
    before.filter(|byte| **byte == b'\n').count() + 1
}

/// Reads one role.
struct Reader<'r> {
    role: &'r str,
    catalog: &'r Catalog,
    line: &'r dyn Fn(Range<usize>) -> Option<usize>,
}

impl Reader<'_> {
    fn role(&self, table: Spanned<Table>) -> Result<Role, RolesError> {
        let at = table.span();
        let table = table.into_inner();
        if key(self.role).is_empty() {
            return Err(self.error(at, Problem::NoName));
        }
        let all_of = table.all_of.map(|all| self.all_of(all)).transpose()?;
        let any_of = table.any_of.map(|any| self.any_of(any)).transpose()?;
        let all_of = all_of.unwrap_or_default();
        let any_of = any_of.unwrap_or_default();
        if all_of.is_empty() && any_of.is_empty() {
            return Err(self.error(at, Problem::AsksNothing(self.name())));
        }
        self.no_choice_is_met_already(&all_of, &any_of)?;
        let alone = all_of.into_iter().map(|(wanted, _)| vec![wanted]);
        let choices = any_of
            .into_iter()
            .map(|group| group.into_iter().map(|(wanted, _)| wanted).collect());
        Ok(Role {
            name: self.name(),
            title: table.title,
            description: table.description,
            requirements: alone.chain(choices).map(Requirement).collect(),
            min_days_left: table.min_days_left,
            require: match table.require {
                Word::Valid => Require::Valid,
                Word::Active => Require::Active,
            },
        })
    }

    fn all_of(&self, list: Spanned<Vec<Spanned<Value>>>) -> Result<Vec<Placed>, RolesError> {
        let at = list.span();
        let items = list.into_inner();
        let texts = items
            .into_iter()
            .map(|item| (item.span(), item.into_inner()));
        self.group("all_of", at, texts.collect(), "a list of texts")
    }

    /// One list is one choice; a list of lists is a choice for each.
    fn any_of(&self, list: Spanned<Vec<Spanned<Value>>>) -> Result<Vec<Vec<Placed>>, RolesError> {
        const EXPECTED: &str = "a list of texts, or a list of such lists";
        let at = list.span();
        let items = list.into_inner();
        let is_of_lists = items.first().is_some_and(|first| first.as_ref().is_array());
        if !is_of_lists {
            let texts = items
                .into_iter()
                .map(|item| (item.span(), item.into_inner()));
            return Ok(vec![self.group("any_of", at, texts.collect(), EXPECTED)?]);
        }
        let each = items.into_iter().map(|item| {
            let at = item.span();
            match item.into_inner() {
                Value::Array(texts) => {
                    let texts = texts.into_iter().map(|text| (at.clone(), text)).collect();
                    self.group("any_of", at, texts, EXPECTED)
                }
                other => Err(self.not_text("any_of", at, &other, EXPECTED)),
            }
        });
        each.collect()
    }

    fn group(
        &self,
        key: &'static str,
        at: Range<usize>,
        items: Vec<(Range<usize>, Value)>,
        expected: &'static str,
    ) -> Result<Vec<Placed>, RolesError> {
        if items.is_empty() {
            let role = self.name();
            return Err(self.error(at, Problem::Empty { role, key }));
        }
        let mut group: Vec<Placed> = Vec::new();
        for (at, item) in items {
            let Value::String(text) = item else {
                return Err(self.not_text(key, at, &item, expected));
            };
            let wanted = self.wanted(key, &at, &text)?;
            if let Some((first, _)) = group.iter().find(|(first, _)| first.is_same(&wanted)) {
                let problem = Problem::Twice {
                    role: self.name(),
                    key,
                    first: first.to_string(),
                    second: wanted.named().to_owned(),
                };
                return Err(self.error(at, problem));
            }
            group.push((wanted, at));
        }
        Ok(group)
    }

    fn wanted(
        &self,
        key: &'static str,
        at: &Range<usize>,
        text: &str,
    ) -> Result<Wanted, RolesError> {
        Wanted::parse(text, self.catalog).map_err(|cause| {
            let role = self.name();
            self.error(at.clone(), Problem::Unknown { role, key, cause })
        })
    }

    fn no_choice_is_met_already(
        &self,
        all_of: &[Placed],
        any_of: &[Vec<Placed>],
    ) -> Result<(), RolesError> {
        for (second, at) in any_of.iter().flatten() {
            if let Some((first, _)) = all_of.iter().find(|(first, _)| first.is_same(second)) {
                let problem = Problem::AlwaysMet {
                    role: self.name(),
                    first: first.named().to_owned(),
                    second: second.named().to_owned(),
                };
                return Err(self.error(at.clone(), problem));
            }
        }
        Ok(())
    }

    fn not_text(
        &self,
        key: &'static str,
        at: Range<usize>,
        found: &Value,
        expected: &'static str,
    ) -> RolesError {
        let problem = Problem::NotText {
            role: self.name(),
            key,
            found: shown(found),
            expected,
        };
        self.error(at, problem)
    }

    fn name(&self) -> String {
        self.role.to_owned()
    }

    fn error(&self, at: Range<usize>, problem: Problem) -> RolesError {
        RolesError {
            line: (self.line)(at),
            problem,
        }
    }
}

/// A value and its type, the value shortened.
fn shown(value: &Value) -> String {
    let text: String = value.to_string().chars().take(40).collect();
    format!("{text} ({})", value.type_str())
}

/// A certification and where in the file it is asked for.
type Placed = (Wanted, Range<usize>);
