//! Results for people, on a terminal or off it: status first, then until when, why, what
//! next, what was found, and the evidence. Readable without colour.

use chrono::{DateTime, Utc};

use super::neutral::{terminal, terminal_line};
use super::page::Page;
use super::style::{self, Look};
use super::{next_step, verdict, words};
use crate::check::Outcome;
use crate::check::holder::Grade;
use crate::finding::Finding;
use crate::lifecycle::Status;
use crate::link::Kind;
use crate::record::HolderBasis;
use crate::source::Origin;
use crate::verify::{Provenance, Verification};

/// More results than this are listed first, and only those that did not pass in full.
const FEW: usize = 3;

/// Says results and their summary for people; ends with a line break.
pub fn results(results: &[Verification<'_>], as_of: DateTime<Utc>, look: Look) -> String {
    if results.len() <= FEW {
        return each(results, as_of, look) + &summary(results, as_of, look);
    }
    let mut page = Page::new(look);
    for one in results {
        overview(&mut page, one, as_of);
    }
    page.gap();
    let open: Vec<_> = results
        .iter()
        .filter(|one| one.outcome != Outcome::Passed)
        .collect();
    for one in open {
        result(&mut page, one, as_of);
        page.gap();
    }
    page.text + &summary(results, as_of, look)
}

/// Says results alone, each with an empty line behind it.
pub fn each(results: &[Verification<'_>], as_of: DateTime<Utc>, look: Look) -> String {
    let mut page = Page::new(look);
    for one in results {
        result(&mut page, one, as_of);
        page.gap();
    }
    page.text
}

/// Says how many results are what, in a sentence with a line break.
pub fn summary(results: &[Verification<'_>], as_of: DateTime<Utc>, look: Look) -> String {
    let mut page = Page::new(look);
    page.wrapped("", &summed_up(results, as_of));
    page.text
}

/// A result in a line: its status, what it comes to, its title and until when.
fn overview(page: &mut Page, one: &Verification<'_>, as_of: DateTime<Utc>) {
    let outcome = match one.outcome {
        Outcome::Passed => "passed",
        Outcome::Failed => "FAILED",
        Outcome::Undetermined => "not determined",
    };
    let until = match &one.record {
        Some(_) => format!(", {}", words::validity(&one.standing, as_of)),
        None => String::new(),
    };
    let status = one.standing.status;
    let text = format!("{outcome}: {}{until}", title(one));
    page.painted_field(status.as_str(), style::of_status(status), &text);
}

fn result(page: &mut Page, one: &Verification<'_>, as_of: DateTime<Utc>) {
    heading(page, one);
    page.gap();
    facts(page, one, as_of);
    page.field("Next step", &terminal_line(&next_step(one)));
    if !one.findings.is_empty() {
        page.gap();
        findings(page, one.findings.iter());
    }
    page.gap();
    evidence(page, one);
}

fn heading(page: &mut Page, one: &Verification<'_>) {
    let status = one.standing.status;
    let word = status.as_str().replace('-', " ").to_uppercase();
    let painted = page.look.paint(style::of_status(status), &word);
    page.headline(&word, &painted, &title(one));
    let verdict = verdict::of(one);
    let painted = page.look.paint(style::of_outcome(one.outcome), &verdict);
    page.line(&format!("  {painted}"));
}

/// The title; of a result without one its number, else what the link is.
fn title(one: &Verification<'_>) -> String {
    let record = one.record.as_ref();
    let title = record.and_then(|record| record.title.as_deref());
    match (title, one.link.credential_id(), one.link.canonical()) {
        (Some(title), _, _) => terminal(title),
        (None, Some(id), _) => format!("credential {id}"),
        (None, None, Some(canonical)) => terminal(canonical),
        (None, None, None) if one.link.kind() == Kind::None => "no link in the text".to_owned(),
        (None, None, None) => "not a credential's link".to_owned(),
    }
}

fn facts(page: &mut Page, one: &Verification<'_>, as_of: DateTime<Utc>) {
    let standing = &one.standing;
    if let Some(record) = &one.record {
        page.field("Valid", &words::validity(standing, as_of));
        if let Some(certification) = words::certification(standing) {
            page.field("Certification", &terminal(&certification));
        }
        if !matches!(standing.status, Status::Revoked | Status::Undetermined) {
            page.field("Renewal", &words::renewal(standing));
        }
        if let Some(earned) = record.earned.instant() {
            page.field("Earned", &earned.date_naive().to_string());
        }
    }
    if let Some(holder) = holder(one) {
        page.field("Holder", &holder);
    }
}

fn holder(one: &Verification<'_>) -> Option<String> {
    let record = one.record.as_ref()?;
    let name = match &record.holder {
        None => "not named by the service".to_owned(),
        Some(holder) if holder.basis == HolderBasis::UserName => {
            format!(
                "user name {} (no proof of the holder)",
                terminal(&holder.name)
            )
        }
        Some(holder) => terminal(&holder.name),
    };
    let grade = one.holder.grade();
    if grade == Grade::NotCompared {
        return Some(name);
    }
    let why = one
        .holder
        .rule()
        .map_or("", |rule| rule.explain().trim_end_matches('.'));
    let mut letters = why.chars();
    let why: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_lowercase)
        .chain(letters)
        .collect();
    Some(format!("{name} ({}: {why})", grade.as_str()))
}

/// Findings, each with its severity in front and its code behind.
pub(super) fn findings<'f>(page: &mut Page, findings: impl Iterator<Item = &'f Finding>) {
    for finding in findings {
        let severity = finding.severity();
        let word = match severity {
            crate::finding::Severity::Info => "note",
            other => other.as_str(),
        };
        let message = format!("{} [{}]", terminal_line(finding.message()), finding.code());
        page.painted_field(word, style::of_severity(severity), &message);
    }
}

fn evidence(page: &mut Page, one: &Verification<'_>) {
    match &one.provenance {
        Some(provenance) => {
            page.quiet_field("Evidence", &received(provenance));
            page.quiet_field("Asked", &terminal_line(&provenance.url));
            page.quiet_field("SHA-256", &provenance.sha256);
        }
        None => page.quiet_field("Evidence", "none"),
    }
    if let Some(canonical) = one.link.canonical() {
        page.quiet_field("Link", &terminal_line(canonical));
    }
}

fn received(provenance: &Provenance) -> String {
    let kind = provenance.kind.as_str();
    match (provenance.origin, provenance.fetched_at) {
        (Origin::Demo, _) => format!("{kind}, a sample that ships with the program"),
        (from, Some(at)) => format!("{kind}, from {}, {}", from.as_str(), words::instant(at)),
        (from, None) => format!(
            "{kind}, from {}, received at an unknown time",
            from.as_str()
        ),
    }
}

fn summed_up(results: &[Verification<'_>], as_of: DateTime<Utc>) -> String {
    let total = i64::try_from(results.len()).unwrap_or(i64::MAX);
    let outcomes = [
        (Outcome::Passed, "passed"),
        (Outcome::Failed, "failed"),
        (Outcome::Undetermined, "not determined"),
    ];
    let with_outcome = |outcome| results.iter().filter(|one| one.outcome == outcome).count();
    let with_status = |status| {
        results
            .iter()
            .filter(|one| one.standing.status == status)
            .count()
    };
    format!(
        "{} as of {}: {}. Statuses: {}.",
        words::count(total, "result", "results"),
        words::instant(as_of),
        listed(outcomes.map(|(outcome, word)| (with_outcome(outcome), word))),
        listed(Status::ALL.map(|status| (with_status(status), status.as_str()))),
    )
}

/// Numbers with their words, those that are zero left out.
fn listed<const N: usize>(counts: [(usize, &str); N]) -> String {
    let present = counts.iter().filter(|(number, _)| *number > 0);
    let texts: Vec<_> = present
        .map(|(number, word)| format!("{number} {word}"))
        .collect();
    texts.join(", ")
}
