//! Roles: what their file may say, and what is met by what.

mod file;
mod properties;

use chrono::{DateTime, Utc};

use super::*;
use crate::lifecycle::{Doubt, judge};
use crate::record::{Authority, CredentialKind, When};

const ARCHITECT: &str = "Microsoft Certified: Azure Solutions Architect Expert";
const ADMINISTRATOR: &str = "Microsoft Certified: Azure Administrator Associate";
const IDENTITY: &str = "Microsoft Certified: Identity and Access Administrator Associate";
const RETIRED: &str = "Microsoft Certified: Azure AI Engineer Associate";
const ENDLESS: &str = "Microsoft Certified: Azure Fundamentals";
const STRANGE: &str = "Zertifiziert: Azure-Zauberer";

fn today() -> DateTime<Utc> {
    "2026-11-22T00:00:00Z".parse().unwrap()
}

fn roles(text: &str) -> Result<Roles, RolesError> {
    Roles::parse(text, Catalog::embedded())
}

fn role(keys: &str) -> Role {
    let roles = roles(&format!("[role.r]\n{keys}")).unwrap();
    roles.find("r").unwrap().clone()
}

fn wanted(text: &str) -> Wanted {
    Wanted::parse(text, Catalog::embedded()).unwrap()
}

/// A credential with all that `Held` points to.
#[derive(Debug, Clone)]
struct Owned {
    record: Option<Record>,
    standing: Standing<'static>,
    outcome: Outcome,
    claimed: Option<Wanted>,
    row: u64,
}

impl Owned {
    fn of(title: &str, expires: &str) -> Self {
        let mut record = Record::blank(CredentialKind::Unknown, Authority::Issuer);
        record.title = Some(title.to_owned());
        if !expires.is_empty() {
            record.expires = When::At(format!("{expires}T23:59:59Z").parse().unwrap());
        }
        let standing = judge(&record, Catalog::embedded(), today());
        Self {
            outcome: Outcome::of(standing.status, &standing.findings),
            standing,
            record: Some(record),
            claimed: None,
            row: 1,
        }
    }

    fn unanswered() -> Self {
        Self {
            record: None,
            standing: Standing::undetermined(),
            outcome: Outcome::Undetermined,
            claimed: None,
            row: 1,
        }
    }

    fn claimed(self, text: &str) -> Self {
        let claimed = Some(wanted(text));
        Self { claimed, ..self }
    }

    fn came_to(self, outcome: Outcome) -> Self {
        Self { outcome, ..self }
    }

    fn row(self, row: u64) -> Self {
        Self { row, ..self }
    }

    fn numbered(mut self, number: &str) -> Self {
        if let Some(record) = &mut self.record {
            record.certification_number = Some(number.to_owned());
        }
        self
    }
}

fn weigh(role: &Role, held: &[Owned]) -> RoleAnswer {
    let held: Vec<_> = held
        .iter()
        .map(|one| Held {
            record: one.record.as_ref(),
            standing: &one.standing,
            outcome: one.outcome,
            claimed: one.claimed.as_ref(),
            row: one.row,
        })
        .collect();
    role.weigh(&held)
}

/// What one credential is worth to a role that asks for AZ-104.
#[test]
fn each_credential_is_weighed_by_the_table() {
    use Outcome::{Failed, Undetermined};
    use RoleState::{Met, Undetermined as Open, Unmet};
    let good = || Owned::of(ADMINISTRATOR, "2027-10-01");
    let mut in_doubt = good().came_to(Undetermined);
    in_doubt.standing = in_doubt.standing.in_doubt(Doubt::ClockWrong);
    for (what, keys, held, expected) in [
        ("good", "", good(), Met),
        ("failed", "", good().came_to(Failed), Unmet),
        ("holder uncertain", "", good().came_to(Undetermined), Open),
        ("expired", "", Owned::of(ADMINISTRATOR, "2026-01-01"), Unmet),
        ("another", "", Owned::of(IDENTITY, "2027-10-01"), Unmet),
        (
            "another, open",
            "",
            Owned::of(IDENTITY, "2027-10-01").came_to(Undetermined),
            Unmet,
        ),
        ("unknown title", "", Owned::of(STRANGE, "2027-10-01"), Open),
        (
            "unknown title, failed",
            "",
            Owned::of(STRANGE, "2027-10-01").came_to(Failed),
            Unmet,
        ),
        (
            "unknown title, said to be it",
            "",
            Owned::of(STRANGE, "2027-10-01").claimed("AZ-104"),
            Open,
        ),
        (
            "unknown title, said to be another",
            "",
            Owned::of(STRANGE, "2027-10-01").claimed("SC-300"),
            Unmet,
        ),
        ("no answer", "", Owned::unanswered(), Open),
        (
            "no answer, said to be it",
            "",
            Owned::unanswered().claimed("azure-administrator"),
            Open,
        ),
        (
            "no answer, said to be another",
            "",
            Owned::unanswered().claimed("SC-300"),
            Unmet,
        ),
        (
            "failed without a record",
            "",
            Owned::unanswered().came_to(Failed),
            Unmet,
        ),
        (
            "last day but one",
            "min_days_left = 90",
            Owned::of(ADMINISTRATOR, "2027-02-19"),
            Unmet,
        ),
        (
            "long enough",
            "min_days_left = 90",
            Owned::of(ADMINISTRATOR, "2027-02-20"),
            Met,
        ),
        (
            "too short and open",
            "min_days_left = 90",
            Owned::of(ADMINISTRATOR, "2027-02-19").came_to(Undetermined),
            Unmet,
        ),
        (
            "long enough by a wrong clock",
            "min_days_left = 90",
            in_doubt,
            Open,
        ),
        (
            "due for renewal",
            "require = 'active'",
            Owned::of(ADMINISTRATOR, "2027-05-01"),
            Unmet,
        ),
        ("active", "require = 'active'", good(), Met),
    ] {
        let role = role(&format!("all_of = ['AZ-104']\n{keys}"));
        let answer = weigh(&role, &[held]);
        assert_eq!(answer.state(), expected, "{what}: {answer:?}");
        assert_eq!(answer.finding().is_none(), expected == Met, "{what}");
    }
}

#[test]
fn what_does_not_end_lasts_long_enough() {
    let role = role("all_of = ['AZ-900']\nmin_days_left = 4000");
    assert_eq!(
        weigh(&role, &[Owned::of(ENDLESS, "")]).state(),
        RoleState::Met
    );
}

#[test]
fn a_retired_one_is_enough_unless_active_is_asked_for() {
    let held = [Owned::of(RETIRED, "2027-10-01")];
    let answer = |keys: &str| weigh(&role(&format!("all_of = ['AI-102']\n{keys}")), &held);
    assert_eq!(answer("").state(), RoleState::Met);
    assert_eq!(
        answer("require = 'active'").sentence(),
        "r: AI-102 (Microsoft Certified: Azure AI Engineer Associate) is missing (row 1 is retired)."
    );
}

#[test]
fn the_one_that_lasts_longest_is_named() {
    let role = role("any_of = ['AZ-104', 'SC-300']");
    let held = [
        Owned::of(ADMINISTRATOR, "2027-10-01").row(4),
        Owned::of(IDENTITY, "2027-11-01").row(7),
        Owned::of(IDENTITY, "2027-11-01").row(9),
    ];
    let answer = weigh(&role, &held);
    assert_eq!(
        answer.requirements[0].found,
        Found::Met {
            title: IDENTITY.to_owned(),
            row: 7
        }
    );
    assert_eq!(answer.sentence(), "r: AZ-104 or SC-300 is met by row 7.");
}

#[test]
fn of_one_certification_number_in_a_row_the_worse_entry_counts() {
    let role = role("all_of = ['AZ-104']");
    let good = Owned::of(ADMINISTRATOR, "2027-10-01");
    let ended = Owned::of(ADMINISTRATOR, "2025-10-01");
    let both = |number: &str| [good.clone().numbered("A-1"), ended.clone().numbered(number)];
    assert_eq!(weigh(&role, &both("A-1")).state(), RoleState::Unmet);
    assert_eq!(weigh(&role, &both("A-2")).state(), RoleState::Met);
}

#[test]
fn an_entry_that_is_less_sure_does_not_outdo_one_of_its_number_that_falls_short() {
    let role = role("all_of = ['AZ-104']\nrequire = 'active'");
    let due = Owned::of(ADMINISTRATOR, "2026-12-24").numbered("A-1");
    let good = Owned::of(ADMINISTRATOR, "2027-11-01").numbered("A-1");
    let unsure = good.clone().came_to(Outcome::Undetermined);
    assert_eq!(weigh(&role, &[due.clone(), good]).state(), RoleState::Unmet);
    assert_eq!(weigh(&role, &[due, unsure]).state(), RoleState::Unmet);
}

#[test]
fn the_sentence_names_what_is_missing_first() {
    let role = role("all_of = ['AZ-305', 'SC-300']\nany_of = [['AZ-104', 'AI-102'], ['AZ-900']]");
    let held = [
        Owned::of(ADMINISTRATOR, "2027-10-01").row(3),
        Owned::of(IDENTITY, "2027-10-01")
            .came_to(Outcome::Undetermined)
            .row(5),
        Owned::of(ARCHITECT, "2026-10-01").row(8),
    ];
    let answer = weigh(&role, &held);
    assert_eq!(
        answer.finding().unwrap().message(),
        "r: AZ-305 (Microsoft Certified: Azure Solutions Architect Expert) is missing (row 8 is expired); \
         AZ-900 (Microsoft Certified: Azure Fundamentals) is missing; \
         whether SC-300 (Microsoft Certified: Identity and Access Administrator Associate) is met is open \
         (row 5 could not be determined); AZ-104 or AI-102 is met by row 3."
    );
}

#[test]
fn without_credentials_everything_is_missing() {
    let answer = weigh(
        &role("all_of = ['AZ-305']\nany_of = ['AZ-104', 'SC-300']"),
        &[],
    );
    assert_eq!(answer.state(), RoleState::Unmet);
}
