//! What to do next, in a sentence or two.

use crate::catalog::State;
use crate::exam::plan::{Action, Plan};
use crate::finding::{Code, Finding};
use crate::lifecycle::{RenewalState, Standing, Status, Successor};
use crate::verify::Verification;

/// Where a holder makes the link that can be verified.
const SHARE: &str = "Ask the holder for the credential's own share link: on Microsoft Learn under \
    Profile, Credentials, Share. It begins with https://learn.microsoft.com/api/credentials/share/.";

/// Says what to do about a result: about the first finding that stops it, in the order of
/// the trip, then about the standing itself.
pub fn next_step(verification: &Verification<'_>) -> String {
    let first = |codes: &[Code]| {
        verification
            .findings
            .iter()
            .find(|finding| codes.contains(&finding.code()))
    };
    if let Some(finding) = first(&STOPPERS) {
        return stopper(finding);
    }
    match verification.standing.status {
        Status::Expired | Status::Revoked => standing(verification),
        Status::Undetermined => undetermined(verification),
        _ => match first(&OPEN_CHECKS) {
            Some(finding) => open_check(finding.code()).to_owned(),
            None => standing(verification),
        },
    }
}

/// Findings that decide what to do whatever the standing is.
const STOPPERS: [Code; 8] = [
    Code::LookalikeHost,
    Code::ForeignHost,
    Code::NotACertification,
    Code::NotFound,
    Code::Gone,
    Code::HolderDifferent,
    Code::CertificationDifferent,
    Code::ExpiresTooSoon,
];

/// Checks of a valid credential that a person must settle; what is about this credential
/// comes before what is about the person's others.
const OPEN_CHECKS: [Code; 9] = [
    Code::MalformedRow,
    Code::DuplicateLink,
    Code::UnprovenEvidence,
    Code::HolderUncertain,
    Code::HolderNotNamed,
    Code::CertificationUncertain,
    Code::RequirementUncertain,
    Code::RoleUnmet,
    Code::RoleUncertain,
];

fn stopper(finding: &Finding) -> String {
    match finding.code() {
        Code::LookalikeHost => format!("Do not open the link: its host imitates a genuine one. {SHARE}"),
        Code::ForeignHost => format!("This is not the issuer's site and proves nothing. {SHARE}"),
        Code::NotACertification => {
            format!("This is no certification. If the holder claims one: {SHARE}")
        }
        Code::ExpiresTooSoon => {
            "Ask whether it will be renewed in time, and verify it again then.".to_owned()
        }
        Code::NotFound => format!(
            "Check that the link was copied whole; its holder may also have stopped sharing it. {SHARE}"
        ),
        Code::Gone => "Ask the holder what became of it; the issuer no longer stands behind it.".to_owned(),
        Code::HolderDifferent => {
            "Do not accept it for this person. Ask for the share link of their own credential; if they \
             changed their name, ask for a document that shows both."
                .to_owned()
        }
        _ => "Ask the holder for the share link of the certification that they claim.".to_owned(),
    }
}

fn open_check(code: Code) -> &'static str {
    match code {
        Code::MalformedRow => {
            "Look at the row in the list, and put right what malformed-row says of it."
        }
        Code::DuplicateLink => {
            "Ask each of the candidates who give this credential for a look at their own profile: at most one is \
             its holder."
        }
        Code::UnprovenEvidence => {
            "Anyone could have written this file. Ask the holder for the link, and verify that."
        }
        Code::HolderUncertain => {
            "Compare the two names yourself, or ask the holder about the difference."
        }
        Code::HolderNotNamed => {
            "Open the link you were sent in a browser and compare the name on the page with the person: the data names \
             no holder, and the user name in a link proves nothing."
        }
        Code::CertificationUncertain => {
            "Compare the title with the claimed certification yourself; the catalogue may be older than it."
        }
        Code::RoleUnmet => {
            "Ask the person for the share links of what the role still asks for, or whether they will earn it."
        }
        Code::RoleUncertain => {
            "Settle the person's rows that are named there first, then hold them against the role again."
        }
        _ => "Look the certification up on Microsoft Learn: the catalogue does not know its state.",
    }
}

fn undetermined(verification: &Verification<'_>) -> String {
    // What stopped the asking comes first: a better link alone would not help then.
    let (fetch, others): (Vec<_>, Vec<_>) = verification
        .findings
        .iter()
        .partition(|finding| is_of_the_fetch(finding.code()));
    fetch
        .into_iter()
        .chain(others)
        .find_map(|finding| explained(finding.code(), finding.detail()))
        .unwrap_or("Open the link you were sent in a browser and look at the credential yourself.")
        .to_owned()
}

fn is_of_the_fetch(code: Code) -> bool {
    matches!(
        code,
        Code::AccessDenied
            | Code::RateLimited
            | Code::ServiceError
            | Code::Unreachable
            | Code::TimedOut
            | Code::NotAsked
            | Code::TooLarge
            | Code::RedirectedAway
            | Code::UnexpectedContent
            | Code::FormatChanged
            | Code::ClockSkew
    )
}

fn explained(code: Code, detail: Option<&str>) -> Option<&'static str> {
    Some(match (code, detail) {
        (Code::OwnerOnlyLink | Code::NoCredentialId | Code::MalformedLink, _) => SHARE,
        (Code::PrivateTranscript, _) => {
            "Ask the holder to share the transcript: on Microsoft Learn under Profile, Transcript, Share \
             link; the address then ends in a code of 15 characters."
        }
        (Code::LegacyLink, _) => {
            "That service was switched off. Ask the holder for a share link from their Microsoft Learn \
             profile."
        }
        (Code::ShortenedLink, _) => {
            "A shortened link hides where it leads. Ask the holder for the full address."
        }
        (Code::StaleIssuerCopy, _) => {
            "Ask the holder for the credential's share link on Microsoft Learn, where Microsoft keeps it \
             up to date."
        }
        (Code::AccessDenied, _) => {
            "Ask the holder to make the credential public, or to send its share link again."
        }
        (Code::NotAsked, _) => "Run the same command again: it goes on where it was stopped.",
        (Code::RateLimited, _) => {
            "Wait some minutes and ask again; the service wants fewer requests."
        }
        (Code::Unreachable, Some("dns")) => {
            "Check that this computer is online, and its VPN or proxy on, then ask again."
        }
        (Code::Unreachable, Some("tls")) => {
            "The connection could not be trusted. If a proxy here inspects traffic, give its certificate \
             with --ca-file; else do not go on."
        }
        (Code::Unreachable | Code::TimedOut | Code::ServiceError, _) => {
            "Ask again later; if it lasts, check the network and proxy here."
        }
        (Code::UnexpectedContent, Some("html")) | (Code::RedirectedAway, _) => {
            "A sign-in page or a proxy of your network may have answered: open the link you were sent \
             in a browser. If the credential shows there, look for a newer version of this program."
        }
        (Code::TooLarge | Code::UnexpectedContent | Code::FormatChanged, _) => {
            "Open the link you were sent in a browser and look at the credential yourself; the service may have changed, \
             so look for a newer version of this program too."
        }
        (Code::ClockSkew, _) => {
            "Set this machine's clock, or say the day with --as-of, and ask again."
        }
        (Code::TitleOnly, _) => {
            "Open the link you were sent in a browser and read the dates and the name there; ask again later."
        }
        (Code::PartialAnswer, _) => {
            "Ask again later, or ask the holder for share links of the credentials claimed."
        }
        (
            Code::ExpiryMissing
            | Code::DateUnreadable
            | Code::UnknownStatus
            | Code::StatusDisagrees
            | Code::ExpiryBeforeEarned,
            _,
        ) => "Open the link you were sent in a browser and read the dates and the status there.",
        (Code::EarnedInFuture, _) => "Ask about a later day: on this one it had not been earned.",
        _ => return None,
    })
}

fn standing(verification: &Verification<'_>) -> String {
    let standing = &verification.standing;
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    let deadline = day(standing.renewal.deadline);
    match (standing.status, standing.renewal.state) {
        (Status::NeedsRenewal, RenewalState::Open) => {
            let place = standing.renewal.url.as_deref().unwrap_or("the holder's Microsoft Learn profile");
            format!("The holder should renew it by {deadline}, free and online: {place}")
        }
        (Status::NeedsRenewal, _) => {
            "It ends within six months, and whether it can be renewed is not known here: ask the issuer."
                .to_owned()
        }
        (Status::Retired, _) => retired(verification),
        (Status::Expired, _) => expired(standing),
        (Status::Revoked, _) => "Do not accept it. Ask the holder what became of it.".to_owned(),
        (Status::Active, RenewalState::Impossible) => format!(
            "Nothing now. It cannot be renewed again before its certification retires.{}",
            successor(standing)
        ),
        (Status::Active, RenewalState::NotOpen) => format!(
            "Nothing now. It can be renewed from about {} until {deadline}.",
            day(standing.renewal.opens_on)
        ),
        (Status::Active, _) if is_unknown(verification) => {
            "Look the title up on Microsoft Learn if it matters whether its certification is retired."
                .to_owned()
        }
        (Status::Active | Status::Undetermined, _) => "Nothing to do.".to_owned(),
    }
}

/// What is left of one that ended: its exam again, or what took over.
fn expired(standing: &Standing<'_>) -> String {
    let plan = Plan::of(standing);
    match (plan.action, &plan.targets[..]) {
        (Action::EarnAgain, [own]) => {
            let exam = own
                .exam()
                .map_or_else(String::new, |exam| format!(" {exam}"));
            let until = match own.state {
                State::Retiring(Some(last)) => {
                    format!(" That is possible until {last}.{}", successor(standing))
                }
                State::Unknown => format!(
                    " Whether that is still possible is not known here.{}",
                    successor(standing)
                ),
                _ => String::new(),
            };
            format!("It cannot be renewed any more; it must be earned again by exam{exam}.{until}")
        }
        (Action::EarnSuccessor | Action::Keep, _) => {
            let what = match standing.state {
                State::Retired(_) => "its certification has retired",
                _ => "the exams that led to it have retired",
            };
            format!(
                "It can be neither renewed nor earned again, for {what}.{}",
                successor(standing)
            )
        }
        _ => "It cannot be renewed any more; it must be earned again by exam.".to_owned(),
    }
}

fn is_unknown(verification: &Verification<'_>) -> bool {
    let mut findings = verification.findings.iter();
    findings.any(|finding| finding.code() == Code::UnknownCertification)
}

fn retired(verification: &Verification<'_>) -> String {
    let end = verification
        .record
        .as_ref()
        .and_then(|record| record.expires.instant());
    let until = match end {
        Some(end) => format!(
            "It counts until {} and cannot be renewed.",
            end.date_naive()
        ),
        None => "It stays valid without an end.".to_owned(),
    };
    format!("{until}{}", successor(&verification.standing))
}

/// The certification to earn instead, where one is known. Nothing converts.
fn successor(standing: &Standing<'_>) -> String {
    let named = |one: &Successor<'_>| match one.exam() {
        Some(exam) => format!("{} (exam {exam})", one.entry.title()),
        None => one.entry.title().to_owned(),
    };
    match &standing.successors[..] {
        [] => String::new(),
        [one] => format!(" Its successor must be earned anew: {}.", named(one)),
        several => {
            let all: Vec<_> = several.iter().map(named).collect();
            format!(" What took over must be earned anew: {}.", all.join("; "))
        }
    }
}
