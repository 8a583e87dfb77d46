//! Renew, take it again, or go for the successor? What follows from a standing for its holder.

use crate::catalog::State;
use crate::lifecycle::{RenewalState, Standing, Status, Successor};

/// What a holder does next about a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Renew it: the window is open.
    Renew,
    /// Renew it later: the window opens before it ends.
    RenewLater,
    /// Earn it again by exam: it ended, and its certification lives.
    EarnAgain,
    /// Earn the successor: its certification has retired, or will before a renewal.
    EarnSuccessor,
    /// It counts as it is: it ends without a successor that is known, or not at all.
    Keep,
    /// Nothing.
    Nothing,
    /// Ask the issuer: it was taken back, or whether it can be renewed is not known.
    AskIssuer,
    /// Find out first what it is.
    FindOut,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 8] = [
        Self::Renew,
        Self::RenewLater,
        Self::EarnAgain,
        Self::EarnSuccessor,
        Self::Keep,
        Self::Nothing,
        Self::AskIssuer,
        Self::FindOut,
    ];

    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Renew => "renew",
            Self::RenewLater => "renew-later",
            Self::EarnAgain => "earn-again",
            Self::EarnSuccessor => "earn-successor",
            Self::Keep => "keep",
            Self::Nothing => "nothing",
            Self::AskIssuer => "ask-issuer",
            Self::FindOut => "find-out",
        }
    }
}

/// What follows from a standing.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan<'a> {
    /// What to do.
    pub action: Action,
    /// The certifications to earn: the same one again, or those that took over.
    pub targets: Vec<Successor<'a>>,
}

impl<'a> Plan<'a> {
    /// What follows from a standing.
    pub fn of(standing: &Standing<'a>) -> Self {
        match (standing.status, standing.renewal.state) {
            (Status::Undetermined, _) => Self::alone(Action::FindOut),
            (Status::NeedsRenewal, RenewalState::Open) => Self::alone(Action::Renew),
            (Status::Revoked | Status::NeedsRenewal, _) => Self::alone(Action::AskIssuer),
            (Status::Expired, _) if !is_over(standing) => Self::again(standing),
            (Status::Expired | Status::Retired, _) | (Status::Active, RenewalState::Impossible) => {
                Self::successor(standing)
            }
            (Status::Active, RenewalState::NotOpen) => Self::alone(Action::RenewLater),
            (Status::Active, _) => Self::alone(Action::Nothing),
        }
    }

    fn again(standing: &Standing<'a>) -> Self {
        let own = standing.own;
        Self {
            action: own.map_or(Action::FindOut, |_| Action::EarnAgain),
            targets: own.into_iter().collect(),
        }
    }

    fn successor(standing: &Standing<'a>) -> Self {
        let targets = standing.successors.clone();
        let action = if targets.is_empty() {
            Action::Keep
        } else {
            Action::EarnSuccessor
        };
        Self { action, targets }
    }

    const fn alone(action: Action) -> Self {
        Self {
            action,
            targets: Vec::new(),
        }
    }
}

/// Whether the certification can be earned no more: it has retired, or all its exams have.
fn is_over(standing: &Standing<'_>) -> bool {
    let has_no_exam = standing.own.is_some_and(|own| own.is_over());
    has_no_exam || matches!(standing.state, State::Retired(_))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::catalog::Catalog;
    use crate::lifecycle::judge;
    use crate::record;
    use crate::source::{Answerer, Evidence, EvidenceKind, Origin};

    type Case = (
        &'static str,
        &'static str,
        &'static str,
        &'static str,
        Action,
        &'static [&'static str],
    );

    /// A title, its expiry, the service's word, the day; the action, and the exams.
    const CASES: [Case; 17] = {
        const ADMIN: &str = "Microsoft Certified: Azure Administrator Associate";
        const ENGINEER: &str = "Microsoft Certified: Azure AI Engineer Associate";
        const EXPERT: &str = "Microsoft 365 Certified: Administrator Expert";
        const DEVELOPER: &str = "Microsoft Certified: Power Platform Developer Associate";
        const SERVER: &str = "Microsoft Certified: Windows Server Hybrid Administrator Associate";
        [
            (
                ADMIN,
                "2027-09-01",
                "Active",
                "2026-11-22",
                Action::RenewLater,
                &[],
            ),
            (
                ADMIN,
                "2027-03-01",
                "Active",
                "2026-11-22",
                Action::Renew,
                &[],
            ),
            (
                ADMIN,
                "2026-11-22",
                "Active",
                "2026-11-22",
                Action::Renew,
                &[],
            ),
            (
                ADMIN,
                "2026-11-21",
                "Active",
                "2026-11-22",
                Action::EarnAgain,
                &["AZ-104"],
            ),
            (
                ADMIN,
                "2027-09-01",
                "Revoked",
                "2026-11-22",
                Action::AskIssuer,
                &[],
            ),
            (ADMIN, "soon", "Active", "2026-11-22", Action::FindOut, &[]),
            (
                ENGINEER,
                "2027-01-11",
                "Active",
                "2026-11-22",
                Action::EarnSuccessor,
                &["AI-103"],
            ),
            (
                ENGINEER,
                "2027-01-11",
                "Active",
                "2026-06-30",
                Action::EarnSuccessor,
                &["AI-103"],
            ),
            (
                ENGINEER,
                "2026-11-01",
                "Active",
                "2026-11-22",
                Action::EarnSuccessor,
                &["AI-103"],
            ),
            (
                ENGINEER,
                "2026-06-01",
                "Active",
                "2026-06-15",
                Action::EarnAgain,
                &["AI-102"],
            ),
            // PL-400 is gone since 2026-10-30, and the certification is not.
            (
                DEVELOPER,
                "2026-11-01",
                "Active",
                "2026-11-22",
                Action::EarnAgain,
                &["AB-400"],
            ),
            // Whether it retired is not known; its exams have.
            (
                SERVER,
                "2026-11-01",
                "Active",
                "2026-11-22",
                Action::EarnSuccessor,
                &["AZ-802"],
            ),
            (
                SERVER,
                "2026-09-01",
                "Active",
                "2026-09-30",
                Action::EarnAgain,
                &["AZ-800"],
            ),
            (
                EXPERT,
                "2027-05-20",
                "Active",
                "2026-11-22",
                Action::Renew,
                &[],
            ),
            (
                "Microsoft Certified: Azure Fundamentals",
                "",
                "Active",
                "2026-11-22",
                Action::Nothing,
                &[],
            ),
            (
                "Microsoft Certified: Brand New Associate",
                "2026-11-21",
                "Active",
                "2026-11-22",
                Action::FindOut,
                &[],
            ),
            (
                "Microsoft Certified: Brand New Associate",
                "2027-02-01",
                "Active",
                "2026-11-22",
                Action::AskIssuer,
                &[],
            ),
        ]
    };

    fn standing(title: &str, expires: &str, status: &str, day: NaiveDate) -> Standing<'static> {
        let expires = match expires {
            "" => String::new(),
            "soon" => r#","expiresOn":"soon""#.to_owned(),
            day => format!(r#","expiresOn":"{day}T23:59:59Z""#),
        };
        let body = format!(r#"{{"title":"{title}","credentialStatus":"{status}"{expires}}}"#);
        let evidence = Evidence {
            kind: EvidenceKind::LearnCredential,
            url: String::new(),
            answerer: Answerer::Issuer,
            status: 200,
            content_type: None,
            fetched_at: None,
            service_date: None,
            sha256: String::new(),
            origin: Origin::Demo,
            received_bytes: None,
            body: body.into_bytes(),
        };
        let record = record::read(&evidence, None).records.remove(0);
        let instant = day.and_hms_opt(0, 0, 0).unwrap().and_utc();
        judge(&record, Catalog::embedded(), instant)
    }

    #[test]
    fn every_standing_has_its_action() {
        for (title, expires, status, day, action, exams) in CASES {
            let day = day.parse().unwrap();
            let standing = standing(title, expires, status, day);
            let plan = Plan::of(&standing);
            let found: Vec<_> = plan.targets.iter().filter_map(Successor::exam).collect();
            assert_eq!(
                (plan.action, &found[..]),
                (action, exams),
                "{title} {expires} {status} {day}"
            );
        }
    }

    #[test]
    fn every_action_stands_in_the_documents() {
        let document = include_str!("../../docs/exams.md");
        let (_, table) = document.split_once("| standing | `action` |").unwrap();
        for action in Action::ALL {
            let name = format!("`{}`", action.as_str());
            assert!(table.contains(&name), "{name}");
        }
    }
}
