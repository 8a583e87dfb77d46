//! What a holder does next about a credential.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use super::super::human;
use super::super::json::SCHEMA_VERSION;
use super::super::json::link::{FindingJson, findings};
use super::super::neutral::{terminal, terminal_line};
use super::super::next_step;
use super::super::page::Page;
use super::super::style::{self, Look};
use super::super::words::{rfc3339, rfc3339_second};
use super::super::{verdict, words};
use crate::exam::plan::{Action, Plan};
use crate::finding::{Finding, Severity};
use crate::lifecycle::Successor;
use crate::verify::Verification;

/// What `exam plan --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlanDocument {
    /// Always 1.
    #[schemars(extend("const" = 1))]
    schema_version: u8,
    /// The instant of judgement, in UTC.
    #[schemars(extend("format" = "date-time"))]
    as_of: String,
    /// One for each credential.
    plans: Vec<PlanJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct PlanJson {
    /// The credential's number.
    credential_id: Option<String>,
    /// Its title, as the issuer gives it.
    title: Option<String>,
    /// The headline of its verification.
    #[schemars(extend("enum" = ["active", "needs-renewal", "expired", "retired", "revoked", "undetermined"]))]
    status: &'static str,
    /// What its verification came to.
    #[schemars(extend("enum" = ["passed", "undetermined", "failed"]))]
    outcome: &'static str,
    /// Its last instant.
    #[schemars(extend("format" = "date-time"))]
    expires_on: Option<String>,
    /// What its holder does next.
    #[schemars(extend("enum" = ["renew", "renew-later", "earn-again", "earn-successor", "keep", "nothing", "ask-issuer", "find-out"]))]
    action: &'static str,
    /// The first day of the renewal window, on or about.
    #[schemars(extend("format" = "date"))]
    renewal_opens_on: Option<String>,
    /// The last day to renew.
    #[schemars(extend("format" = "date"))]
    renewal_deadline: Option<String>,
    /// Where to renew.
    #[schemars(extend("format" = "uri"))]
    renewal_url: Option<String>,
    /// The certifications to earn; several are a choice.
    targets: Vec<TargetJson>,
    /// The same in words; `verify` says this too.
    next_step: String,
    /// What a reviewer should know of the verdict that this follows from, as `verify` says it.
    findings: Vec<FindingJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct TargetJson {
    /// Its name in addresses.
    slug: Option<String>,
    /// Its title.
    title: String,
    /// The exam to take, where one is known.
    exam: Option<String>,
    /// Whether it can be earned.
    #[schemars(extend("enum" = ["current", "retiring", "unknown"]))]
    state: &'static str,
    /// The last day on which it can.
    #[schemars(extend("format" = "date"))]
    retires_on: Option<String>,
}

impl PlanDocument {
    /// Says what follows from verifications.
    pub fn of(results: &[Verification<'_>], as_of: DateTime<Utc>) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            as_of: rfc3339_second(as_of),
            plans: results.iter().map(PlanJson::of).collect(),
        }
    }
}

impl PlanJson {
    fn of(one: &Verification<'_>) -> Self {
        let plan = Plan::of(&one.standing);
        let renewal = &one.standing.renewal;
        let record = one.record.as_ref();
        let id = record
            .and_then(|record| record.credential_id.as_ref())
            .or_else(|| one.link.credential_id());
        Self {
            credential_id: id.map(ToString::to_string),
            title: record.and_then(|record| record.title.clone()),
            status: one.standing.status.as_str(),
            outcome: one.outcome.as_str(),
            expires_on: record
                .and_then(|record| record.expires.instant())
                .map(rfc3339),
            action: plan.action.as_str(),
            renewal_opens_on: renewal.opens_on.map(|day| day.to_string()),
            renewal_deadline: renewal.deadline.map(|day| day.to_string()),
            renewal_url: renewal.url.clone(),
            targets: plan.targets.iter().map(TargetJson::of).collect(),
            next_step: next_step(one),
            findings: findings(&one.findings),
        }
    }
}

impl TargetJson {
    fn of(target: &Successor<'_>) -> Self {
        Self {
            slug: target.entry.slug().map(str::to_owned),
            title: target.entry.title().to_owned(),
            exam: target.exam().map(str::to_owned),
            state: target.state.as_str(),
            retires_on: target.state.retires_on().map(|day| day.to_string()),
        }
    }
}

/// Says what follows from verifications for people; ends with a line break.
pub fn human(results: &[Verification<'_>], as_of: DateTime<Utc>, look: Look) -> String {
    let mut page = Page::new(look);
    for (place, one) in results.iter().enumerate() {
        if place > 0 {
            page.gap();
        }
        result(&mut page, one, as_of);
    }
    page.text
}

fn result(page: &mut Page, one: &Verification<'_>, as_of: DateTime<Utc>) {
    let plan = Plan::of(&one.standing);
    let word = plan.action.as_str().replace('-', " ").to_uppercase();
    let painted = page
        .look
        .paint(style::of_status(one.standing.status), &word);
    let record = one.record.as_ref();
    let title = record.and_then(|record| record.title.as_deref());
    page.headline(
        &word,
        &painted,
        &terminal(title.unwrap_or("no credential was read")),
    );
    page.line(&format!("  {}", verdict::of(one)));
    page.gap();
    page.field("Next step", &terminal_line(&next_step(one)));
    if record.is_some() {
        let standing = &one.standing;
        let validity = words::validity(standing, as_of);
        page.field("Standing", &format!("{}, {validity}", standing.status));
    }
    for target in &plan.targets {
        take(page, plan.action, target);
    }
    let weighs = |finding: &&Finding| finding.severity() != Severity::Info;
    let mut weighty = one.findings.iter().filter(weighs).peekable();
    if weighty.peek().is_some() {
        page.gap();
        human::findings(page, weighty);
    }
}

/// The exam to take, and how to get ready for it.
fn take(page: &mut Page, action: Action, target: &Successor<'_>) {
    let Some(exam) = target.exam() else {
        page.field("Exam", "which one leads there is not known here");
        return;
    };
    let again = match action {
        Action::EarnAgain => "; a pass of the ended certification does not stand in the way",
        _ => "",
    };
    let until = match target.state.retires_on() {
        Some(last) => format!(", until {last}"),
        None => String::new(),
    };
    page.field("Exam", &format!("{exam}{until}{again}"));
    page.quiet_field(
        "Retakes",
        &format!("bonafide exam retake --exam {exam} --attempt TIME"),
    );
}
