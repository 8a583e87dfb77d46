//! Results for people, on a terminal or off it: status first, then until when, why, what
//! next, what was found, and the evidence. Readable without colour.

use chrono::{DateTime, Utc};

use super::neutral::{terminal, terminal_lines};
use super::style::{self, Look};
use super::{next_step, words};
use crate::check::Outcome;
use crate::check::holder::Grade;
use crate::finding::Finding;
use crate::lifecycle::Status;
use crate::record::HolderBasis;
use crate::source::Origin;
use crate::verify::{Provenance, Verification};

/// Columns of the labels.
const LABEL: usize = 15;

/// Says results and their summary for people; ends with a line break.
pub fn results(results: &[Verification<'_>], as_of: DateTime<Utc>, look: Look) -> String {
    let mut text = each(results, as_of, look);
    text.push_str(&summary(results, as_of, look));
    text
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

fn result(page: &mut Page, one: &Verification<'_>, as_of: DateTime<Utc>) {
    heading(page, one);
    page.gap();
    facts(page, one, as_of);
    page.field("Next step", &terminal_lines(&next_step(one)));
    if !one.findings.is_empty() {
        page.gap();
        findings(page, &one.findings);
    }
    page.gap();
    evidence(page, one);
}

fn heading(page: &mut Page, one: &Verification<'_>) {
    let status = one.standing.status;
    let word = status.as_str().replace('-', " ").to_uppercase();
    let title = one
        .record
        .as_ref()
        .and_then(|record| record.title.as_deref());
    let title = title.map_or_else(|| no_title(one), terminal);
    let painted = page.look.paint(style::of_status(status), &word);
    page.headline(&word, &painted, &title);
    let outcome = match one.outcome {
        Outcome::Passed => "passed: it is what was required",
        Outcome::Failed => "failed: it is not what was required",
        Outcome::Undetermined => "not determined: neither passed nor failed",
    };
    let painted = page.look.paint(style::of_outcome(one.outcome), outcome);
    page.line(&format!("  {painted}"));
}

/// What to call a result without a title: by its number, else by what the link is.
fn no_title(one: &Verification<'_>) -> String {
    match (one.link.credential_id(), one.link.canonical()) {
        (Some(id), _) => format!("credential {id}"),
        (None, Some(canonical)) => terminal(canonical),
        (None, None) => format!("link of kind {}", one.link.kind()),
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
    Some(format!("{name} ({}: {why})", grade.as_str()))
}

fn findings(page: &mut Page, findings: &[Finding]) {
    for finding in findings {
        let severity = finding.severity();
        let word = match severity {
            crate::finding::Severity::Info => "note",
            other => other.as_str(),
        };
        let message = format!("{} [{}]", terminal_lines(finding.message()), finding.code());
        page.painted_field(word, style::of_severity(severity), &message);
    }
}

fn evidence(page: &mut Page, one: &Verification<'_>) {
    match &one.provenance {
        Some(provenance) => {
            page.quiet_field("Evidence", &received(provenance));
            page.quiet_field("", &terminal_lines(&provenance.url));
            page.quiet_field("", &format!("sha256 {}", provenance.sha256));
        }
        None => page.quiet_field("Evidence", "none"),
    }
    if let Some(canonical) = one.link.canonical() {
        page.quiet_field("Link", &terminal_lines(canonical));
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
    let by_status = Status::ALL
        .into_iter()
        .filter_map(|status| {
            let number = results
                .iter()
                .filter(|one| one.standing.status == status)
                .count();
            (number > 0).then(|| format!("{number} {status}"))
        })
        .collect::<Vec<_>>()
        .join(", ");
    let by_outcome = [
        (Outcome::Passed, "passed"),
        (Outcome::Failed, "failed"),
        (Outcome::Undetermined, "not determined"),
    ]
    .into_iter()
    .filter_map(|(outcome, word)| {
        let number = results.iter().filter(|one| one.outcome == outcome).count();
        (number > 0).then(|| format!("{number} {word}"))
    })
    .collect::<Vec<_>>()
    .join(", ");
    format!(
        "{} as of {}: {by_status}. {by_outcome}.",
        words::count(total, "result", "results"),
        words::instant(as_of)
    )
}

/// Lines fitted to a width.
pub(super) struct Page {
    pub(super) look: Look,
    pub(super) text: String,
}

impl Page {
    pub(super) fn new(look: Look) -> Self {
        Self {
            look,
            text: String::new(),
        }
    }

    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub(super) fn gap(&mut self) {
        self.line("");
    }

    /// A word in colour, then a title that wraps under itself.
    pub(super) fn headline(&mut self, word: &str, painted: &str, title: &str) {
        let indent = word.chars().count() + 2;
        let wrapped = self.wrap(title, indent);
        self.line(&format!("{painted}  {}", wrapped.trim_start()));
    }

    pub(super) fn wrapped(&mut self, start: &str, text: &str) {
        let wrapped = self.wrap(text, start.chars().count());
        self.line(&format!("{start}{}", wrapped.trim_start()));
    }

    /// A label, then text that wraps in its own column.
    pub(super) fn field(&mut self, label: &str, text: &str) {
        let wrapped = self.wrap(text, LABEL + 2);
        self.line(&format!("  {label:<LABEL$}{}", wrapped.trim_start()));
    }

    pub(super) fn painted_field(&mut self, label: &str, style: anstyle::Style, text: &str) {
        let wrapped = self.wrap(text, LABEL + 2);
        let label = self.look.paint(style, &format!("{label:<LABEL$}"));
        self.line(&format!("  {label}{}", wrapped.trim_start()));
    }

    pub(super) fn quiet_field(&mut self, label: &str, text: &str) {
        let wrapped = self.wrap(text, LABEL + 2);
        let line = format!("{label:<LABEL$}{}", wrapped.trim_start());
        let painted = self.look.paint(style::quiet(), &line);
        self.line(&format!("  {painted}"));
    }

    fn wrap(&self, text: &str, indent: usize) -> String {
        let indent = " ".repeat(indent);
        let options = textwrap::Options::new(self.look.width.max(40))
            .initial_indent(&indent)
            .subsequent_indent(&indent)
            // Addresses and digests stay whole, so that they can be copied.
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .break_words(false);
        textwrap::fill(text, options)
    }
}
