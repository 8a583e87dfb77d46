//! Does a person's set of credentials have what a role asks for?
//!
//! A role names certifications that are all needed and groups of which one is enough. Each
//! is met by a credential whose own result is passed, missing, or open: an answer that
//! could not be had is never read as "has it not", and never as "has it".

mod file;
mod fit;
mod words;

#[cfg(test)]
mod tests;

pub use file::RolesError;

use std::collections::BTreeMap;

use super::{Outcome, Require, Wanted};
use crate::catalog::Catalog;
use crate::finding::{Code, Finding};
use crate::lifecycle::Standing;
use crate::record::Record;

/// The roles of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roles {
    by_name: BTreeMap<String, Role>,
}

/// What one role asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    name: String,
    title: Option<String>,
    description: Option<String>,
    requirements: Vec<Requirement>,
    min_days_left: u32,
    require: Require,
}

/// Certifications of which one is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Requirement(Vec<Wanted>);

/// One credential of a person, with its own result. That result is the one before any role:
/// what a role finds must not weigh in the next.
#[derive(Debug, Clone, Copy)]
pub struct Held<'h> {
    /// What the issuer says, where it says anything.
    pub record: Option<&'h Record>,
    /// What that means on the day.
    pub standing: &'h Standing<'h>,
    /// What it came to by itself.
    pub outcome: Outcome,
    /// What it is said to be, where the list says so.
    pub claimed: Option<&'h Wanted>,
    /// The row in which it stands.
    pub row: u64,
}

/// What a person has of a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleAnswer {
    /// The role's name.
    pub role: String,
    /// One for each requirement, in the role's order.
    pub requirements: Vec<Weighed>,
}

/// One requirement of a role, weighed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// The requirement in short, such as `AZ-305` or `AZ-104 or SC-300`.
    pub wanted: String,
    /// The same with the titles meant.
    pub in_full: String,
    /// What was found of it.
    pub found: Found,
}

/// What was found of a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It is met; by the credential that lasts longest.
    Met {
        /// The credential's title.
        title: String,
        /// Its row.
        row: u64,
    },
    /// A credential may meet it, but that could not be told.
    Open {
        /// Which, and why.
        near: Vec<Near>,
    },
    /// Nothing meets it.
    Missing {
        /// Credentials of the right certification that do not count, and why.
        near: Vec<Near>,
    },
}

/// A credential that comes near to a requirement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Near {
    /// The row in which it stands.
    pub row: u64,
    /// Why it does not count, such as `is expired`.
    pub why: String,
}

/// Whether a person meets a role: better first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RoleState {
    /// Everything is met.
    Met,
    /// Nothing is known to be missing, and not everything is known to be met.
    Undetermined,
    /// Something is missing.
    Unmet,
}

impl RoleState {
    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Undetermined => "undetermined",
            Self::Unmet => "unmet",
        }
    }
}

/// No role of the file has that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no role is called {name:?}: expected {}{}", words::or_list(.known), words::did_you_mean(.suggestion.as_deref()))]
pub struct UnknownRole {
    name: String,
    known: Vec<String>,
    suggestion: Option<String>,
}

impl UnknownRole {
    /// The role's name that looks like the one given.
    pub fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }

    /// What a row that names such a role is left with: open, as nothing was weighed.
    pub fn finding(&self) -> Finding {
        let mut message = self.to_string();
        message[..1].make_ascii_uppercase();
        Finding::new(Code::RoleUncertain, message + ".")
    }
}

impl Roles {
    /// Reads a file of roles.
    ///
    /// # Errors
    /// [`RolesError`], with the line, for what is no TOML, for unknown keys and
    /// certifications, and for roles that ask for nothing or for one thing twice.
    ///
    /// ```
    /// use bonafide::catalog::Catalog;
    /// use bonafide::check::role::Roles;
    ///
    /// let text = "
    ///     [role.cloud-architect]
    ///     all_of = ['AZ-305']
    ///     any_of = ['AZ-104', 'SC-300']
    ///     min_days_left = 90
    /// ";
    /// let roles = Roles::parse(text, Catalog::embedded()).unwrap();
    /// assert_eq!(roles.find("Cloud Architect").unwrap().name(), "cloud-architect");
    /// let error = Roles::parse(&text.replace("SC-300", "SC-309"), Catalog::embedded());
    /// assert!(error.unwrap_err().to_string().starts_with("line 4: "));
    /// ```
    pub fn parse(text: &str, catalog: &Catalog) -> Result<Self, RolesError> {
        file::read(text, catalog)
    }

    /// Finds a role by its name or title, in any case and with any of space, `-` and `_`
    /// between the words: names are typed into sheets by hand.
    ///
    /// # Errors
    /// [`UnknownRole`] for a name that none has.
    pub fn find(&self, name: &str) -> Result<&Role, UnknownRole> {
        let wanted = key(name);
        let is_it = |role: &&Role| role.keys().any(|key| key == wanted);
        self.by_name
            .values()
            .find(is_it)
            .ok_or_else(|| self.unknown(name, &wanted))
    }

    /// The names of all roles, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    fn unknown(&self, name: &str, wanted: &str) -> UnknownRole {
        let slips = |role: &Role| {
            let far = role
                .keys()
                .map(|key| strsim::damerau_levenshtein(&key, wanted));
            far.min().unwrap_or(usize::MAX)
        };
        let allowed = 1 + wanted.chars().count().min(30) / 4;
        let near = self.by_name.values().map(|role| (slips(role), &role.name));
        let nearest = near.filter(|(slips, _)| *slips <= allowed).min();
        UnknownRole {
            name: name.trim().chars().take(80).collect(),
            known: self.names().take(5).map(str::to_owned).collect(),
            suggestion: nearest.map(|(_, name)| name.clone()),
        }
    }
}

impl Role {
    /// Its name in the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its name for people, where the file gives one.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// What it is, where the file says so.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Whether what it asks for would mean something else by common knowledge.
    pub(crate) fn rests_on_own_rows(&self) -> bool {
        let mut wanted = self.requirements.iter().flat_map(|one| &one.0);
        wanted.any(|wanted| wanted.by_common_knowledge().is_some())
    }

    /// Weighs a person's credentials, taken together.
    pub fn weigh(&self, held: &[Held<'_>]) -> RoleAnswer {
        let weighed = |requirement: &Requirement| Weighed {
            wanted: requirement.in_short(),
            in_full: requirement.in_full(),
            found: fit::found(self, &requirement.0, held),
        };
        RoleAnswer {
            role: self.name.clone(),
            requirements: self.requirements.iter().map(weighed).collect(),
        }
    }

    /// The words it is found by, in their simplest spelling.
    fn keys(&self) -> impl Iterator<Item = String> {
        let names = [Some(self.name.as_str()), self.title.as_deref()];
        names.into_iter().flatten().map(key)
    }
}

impl Requirement {
    fn in_short(&self) -> String {
        let names: Vec<_> = self.0.iter().map(Wanted::named).collect();
        names.join(" or ")
    }

    fn in_full(&self) -> String {
        let names: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        names.join(" or ")
    }
}

impl RoleAnswer {
    /// What it comes to: as good as its worst requirement.
    pub fn state(&self) -> RoleState {
        let states = self.requirements.iter().map(|one| match one.found {
            Found::Met { .. } => RoleState::Met,
            Found::Open { .. } => RoleState::Undetermined,
            Found::Missing { .. } => RoleState::Unmet,
        });
        // A role without requirements is not read from a file.
        states.max().unwrap_or(RoleState::Undetermined)
    }

    /// What a reviewer should know; nothing where the role is met.
    pub fn finding(&self) -> Option<Finding> {
        let code = match self.state() {
            RoleState::Met => return None,
            RoleState::Undetermined => Code::RoleUncertain,
            RoleState::Unmet => Code::RoleUnmet,
        };
        Some(Finding::new(code, self.sentence()))
    }

    /// The whole answer in a sentence: what is missing, what is open, what is met.
    pub fn sentence(&self) -> String {
        words::sentence(self)
    }
}

/// A name in its simplest spelling.
fn key(name: &str) -> String {
    let parts = name.split(|c: char| c.is_whitespace() || c == '-' || c == '_');
    let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("-").to_lowercase()
}
