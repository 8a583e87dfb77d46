//! Who is asked about, and whether a stored document is about them.

use std::collections::BTreeSet;

use super::traces::{Role, Trace};
use crate::check::holder::{self, Grade};
use crate::link::{self, BadgeId, CredentialId, Kind, ShareId};
use crate::watch::MailAddress;

/// The longest string that is held against a name.
const LONGEST_NAME: usize = 400;

/// Who is asked about: a name, a user name on Microsoft Learn, the number of a credential,
/// badge or transcript, or a link. A text that may be several of them is taken as each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Who {
    name: Option<String>,
    /// What the spellings of the name have in common.
    key: Option<String>,
    user: Option<String>,
    mail: Option<String>,
    numbers: BTreeSet<String>,
    /// Numbers of documents that only a user name led to.
    doubtful: BTreeSet<String>,
}

/// How sure it is that something is about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// It may be; a person must look.
    Possible,
    /// It is.
    Certain,
}

impl Certainty {
    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Possible => "possible",
        }
    }
}

/// What something was found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The mail address of a team lead: what it stands beside is somebody else's.
    TeamLead,
    /// A name that agrees in part only.
    LikeName,
    /// A number that a document led to which only the user name led to.
    SameUsersNumber,
    /// The name, in a place where somebody else may be the holder.
    Mention,
    /// The user name.
    User,
    /// Their mail address.
    Mail,
    /// The holder's name.
    Holder,
    /// A number: the one that was asked about, or one of a document that is about them.
    Number,
}

impl Basis {
    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TeamLead => "team-lead",
            Self::LikeName => "like-name",
            Self::SameUsersNumber => "same-users-number",
            Self::Mention => "mention",
            Self::User => "user-name",
            Self::Mail => "mail",
            Self::Holder => "holder",
            Self::Number => "number",
        }
    }

    /// How sure it makes.
    pub const fn certainty(self) -> Certainty {
        match self {
            Self::TeamLead | Self::LikeName | Self::SameUsersNumber => Certainty::Possible,
            Self::Mention | Self::User | Self::Mail | Self::Holder | Self::Number => {
                Certainty::Certain
            }
        }
    }
}

impl Who {
    /// Reads who is asked about; `None` for a text that can name nobody.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let link = link::judge(text);
        let is_address = text.contains('/') || !matches!(link.kind(), Kind::None | Kind::Other);
        let who = if is_address {
            Self {
                user: link.user().map(str::to_lowercase),
                numbers: [
                    link.credential_id().map(CredentialId::as_str),
                    link.share_id().map(ShareId::as_str),
                    link.badge_id().map(BadgeId::as_str),
                ]
                .into_iter()
                .flatten()
                .map(number)
                .collect(),
                ..Self::default()
            }
        } else {
            Self::of_words(text)
        };
        (who != Self::default()).then_some(who)
    }

    fn of_words(text: &str) -> Self {
        let is_word = !text.is_empty()
            && text.len() <= 64
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        let key = holder::key(text);
        Self {
            name: key.is_some().then(|| text.to_owned()),
            key,
            user: is_word.then(|| text.to_lowercase()),
            mail: text.parse().ok().map(|mail: MailAddress| mail.to_string()),
            numbers: is_number(text).then(|| number(text)).into_iter().collect(),
            doubtful: BTreeSet::new(),
        }
    }

    /// The strongest basis on which a document is about them, if any.
    pub(super) fn find(&self, traces: &[Trace]) -> Option<Basis> {
        traces.iter().filter_map(|trace| self.basis(trace)).max()
    }

    /// Takes the numbers of a document that is about them as theirs. Says whether any was
    /// new. A mere mention leads nowhere: the document may be about somebody else.
    pub(super) fn follow(&mut self, basis: Basis, traces: &[Trace]) -> bool {
        let numbers = match basis {
            Basis::Number | Basis::Holder | Basis::Mail => &mut self.numbers,
            Basis::User => &mut self.doubtful,
            Basis::Mention | Basis::LikeName | Basis::SameUsersNumber | Basis::TeamLead => {
                return false;
            }
        };
        let before = numbers.len();
        numbers.extend(
            traces
                .iter()
                .filter(|trace| trace.role == Role::Number)
                .map(|trace| number(&trace.text)),
        );
        numbers.len() > before
    }

    fn basis(&self, trace: &Trace) -> Option<Basis> {
        let text = trace.text.trim();
        if let Some(mail) = &self.mail
            && matches!(trace.role, Role::Mail | Role::Lead)
            && *mail == text.to_lowercase()
        {
            let is_lead = trace.role == Role::Lead;
            return Some(if is_lead {
                Basis::TeamLead
            } else {
                Basis::Mail
            });
        }
        let is_user = trace.role == Role::User;
        if is_user && self.user.as_deref() == Some(&text.to_lowercase()) {
            return Some(Basis::User);
        }
        if !is_user && text.len() <= 64 && self.numbers.contains(&number(text)) {
            return Some(Basis::Number);
        }
        if trace.role == Role::Number && self.doubtful.contains(&number(text)) {
            return Some(Basis::SameUsersNumber);
        }
        self.by_name(trace.role, text)
    }

    fn by_name(&self, role: Role, text: &str) -> Option<Basis> {
        let name = self.name.as_deref()?;
        if text.len() > LONGEST_NAME {
            return None;
        }
        let grade = match role {
            Role::User => holder::compare_user_name(name, text).grade(),
            // Most strings are no names: only those that are this one whole are looked at.
            Role::Text | Role::Number if holder::key(text) != self.key => return None,
            _ => holder::compare(name, text).grade(),
        };
        match (grade.passes(), role) {
            (true, Role::Holder) => Some(Basis::Holder),
            (true, _) => Some(Basis::Mention),
            (false, _) if matches!(grade, Grade::Compatible | Grade::Weak) => Some(Basis::LikeName),
            _ => None,
        }
    }
}

/// Whether a text has the shape of a credential's, transcript's, badge's or certification's
/// number.
fn is_number(text: &str) -> bool {
    let is_certification_number = || {
        let part = |part: &str| part.len() == 6 && part.bytes().all(|b| b.is_ascii_alphanumeric());
        text.split_once('-')
            .is_some_and(|(a, b)| part(a) && part(b))
    };
    CredentialId::parse(text).is_some()
        || ShareId::parse(text).is_some()
        || BadgeId::parse(text).is_some()
        || is_certification_number()
}

/// A number in one spelling.
fn number(text: &str) -> String {
    let text = text.to_lowercase();
    if CredentialId::parse(&text).is_some() {
        text.trim_start_matches('0').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basis(who: &str, role: Role, text: &str) -> Option<Basis> {
        let text = text.to_owned();
        Who::parse(who)?.find(&[Trace { role, text }])
    }

    #[test]
    fn a_person_is_found_by_what_they_are_asked_by() {
        const LINK: &str = "https://learn.microsoft.com/api/credentials/share/en-us/JaneDoe-1/ED953C6BB9A4D04?sharingId=A";
        for (who, role, text, expected) in [
            ("Jane Doe", Role::Holder, "DOE, JANE", Some(Basis::Holder)),
            ("Jane Doe", Role::Name, "jane doe", Some(Basis::Mention)),
            ("Jane Doe", Role::Text, "Jane Doe", Some(Basis::Mention)),
            ("Jane Doe", Role::Holder, "J. Doe", Some(Basis::LikeName)),
            ("Jane Doe", Role::User, "JaneDoe-1", Some(Basis::LikeName)),
            ("Jane Doe", Role::Holder, "John Doe", None),
            (
                "Jane Doe",
                Role::Name,
                "Microsoft Certified: Azure Administrator Associate",
                None,
            ),
            ("Jane Doe", Role::Text, "J. Doe", None),
            ("janedoe-1", Role::User, "JaneDoe-1", Some(Basis::User)),
            ("janedoe-1", Role::User, "JaneDoe-2", None),
            (
                "ed953c6bb9a4d04",
                Role::Number,
                "0ED953C6BB9A4D04",
                Some(Basis::Number),
            ),
            (
                "d8yjmf3xqgzl2k1",
                Role::Number,
                "d8yjmf3xqgzl2k1",
                Some(Basis::Number),
            ),
            (
                "A1B2C3-D4E5F6",
                Role::Text,
                "A1B2C3-D4E5F6",
                Some(Basis::Number),
            ),
            (LINK, Role::Number, "ED953C6BB9A4D04", Some(Basis::Number)),
            (LINK, Role::User, "janedoe-1", Some(Basis::User)),
            (LINK, Role::Holder, "Jane Doe", None),
        ] {
            assert_eq!(basis(who, role, text), expected, "{who} in {text}");
        }
        for nobody in ["", "  ", "***", "https://example.org/"] {
            assert_eq!(Who::parse(nobody), None, "{nobody}");
        }
    }

    #[test]
    fn a_mention_leads_to_nobody_elses_credential() {
        let traces = [
            Trace {
                role: Role::Name,
                text: "Jane Doe".to_owned(),
            },
            Trace {
                role: Role::Number,
                text: "ED953C6BB9A4D04".to_owned(),
            },
        ];
        let mut who = Who::parse("Jane Doe").unwrap();
        let basis = who.find(&traces).unwrap();
        assert_eq!(basis, Basis::Mention);
        assert!(!who.follow(basis, &traces));
        assert!(who.follow(Basis::Holder, &traces));
        assert_eq!(who.find(&traces[1..]), Some(Basis::Number));
    }
}
