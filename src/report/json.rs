//! JSON, version 1: the contract's own types, apart from the inner ones.
//!
//! Keys are only ever added within version 1. Instants are RFC 3339 in UTC, days
//! `YYYY-MM-DD`; what is unknown is null.

use schemars::JsonSchema;
use serde::Serialize;

use super::words::{rfc3339, rfc3339_second};
use super::{neutral, next_step};
use crate::check::Outcome;
use crate::lifecycle::Status;
use crate::link::Link;
use crate::verify::Verification;

/// The version of the documents written here.
pub const SCHEMA_VERSION: u8 = 1;

/// What `inspect --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct InspectDocument {
    /// Always 1.
    #[schemars(extend("const" = 1))]
    schema_version: u8,
    /// One for each text given, in order.
    links: Vec<LinkJson>,
}

/// A pasted text, judged.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LinkJson {
    /// What was given. Only members of this name may hold a sharingId.
    input: String,
    /// What it is.
    #[schemars(extend("enum" = ["credential-share", "credential-page", "credential-api", "owner-page",
        "certification-page", "credentials-list", "profile", "transcript", "transcript-private",
        "achievement", "legacy-transcript", "credly-badge", "open-badge", "shortened", "other", "none"]))]
    kind: &'static str,
    /// Whether the issuer can be asked about it.
    verifiable: bool,
    /// The link rebuilt from its parts.
    canonical: Option<String>,
    /// The user segment: never proof of the holder.
    user: Option<String>,
    /// The language tag.
    locale: Option<String>,
    /// The credential's number.
    credential_id: Option<String>,
    /// The shared transcript's number.
    transcript_id: Option<String>,
    /// The Credly badge's number.
    badge_id: Option<String>,
    /// The certification's name in addresses.
    slug: Option<String>,
    /// Whether the link carries a readable sharingId.
    sharing_id_present: bool,
    /// What a reviewer should know of it.
    findings: Vec<FindingJson>,
}

/// Something a reviewer should know.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FindingJson {
    /// The stable code.
    code: &'static str,
    /// How much it weighs.
    #[schemars(extend("enum" = ["info", "warning", "error"]))]
    severity: &'static str,
    /// A sentence for people.
    message: String,
    /// A fixed word that tells cases of one code apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'static str>,
}

/// What `verify --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ResultDocument {
    /// Always 1.
    #[schemars(extend("const" = 1))]
    schema_version: u8,
    /// The instant of judgement, in UTC.
    #[schemars(extend("format" = "date-time"))]
    as_of: String,
    /// One for each credential.
    results: Vec<ResultJson>,
    /// How many of what.
    summary: SummaryJson,
}

/// What was found out of one credential.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ResultJson {
    /// What was given. Only members of this name may hold a sharingId.
    input: String,
    /// The text given, judged.
    link: LinkJson,
    /// The headline.
    #[schemars(extend("enum" = ["active", "needs-renewal", "expired", "retired", "revoked", "undetermined"]))]
    status: &'static str,
    /// Whether it is in force; null when undetermined.
    valid: Option<bool>,
    /// What it comes to for the one who asked.
    #[schemars(extend("enum" = ["passed", "undetermined", "failed"]))]
    outcome: &'static str,
    /// What the issuer says.
    credential: CredentialJson,
    /// What the catalogue knows.
    certification: CertificationJson,
    /// Where the renewal window stands.
    renewal: RenewalJson,
    /// Whole days from as-of to expiry, rounded down; negative once expired.
    days_left: Option<i64>,
    /// How well the holder agrees with the expected name.
    holder_match: HolderMatchJson,
    /// What to do next.
    next_step: String,
    /// What a reviewer should know.
    findings: Vec<FindingJson>,
    /// Where the evidence comes from; null where there is none.
    source: Option<SourceJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct CredentialJson {
    /// Its number.
    id: Option<String>,
    /// Its title, as the issuer gives it.
    title: Option<String>,
    /// Its sort.
    #[schemars(extend("enum" = ["certification", "applied-skill", "exam", "badge", "unknown"]))]
    kind: &'static str,
    /// The holder as the issuer names them; may be a mere user name.
    holder: Option<String>,
    /// The number on transcripts.
    certification_number: Option<String>,
    /// When it was first earned.
    #[schemars(extend("format" = "date-time"))]
    earned_on: Option<String>,
    /// Its last instant; null where it does not end or none is given.
    #[schemars(extend("format" = "date-time"))]
    expires_on: Option<String>,
    /// The issuer's own word.
    issuer_status: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct CertificationJson {
    /// Its name in addresses.
    slug: Option<String>,
    /// The level or programme.
    level: Option<&'static str>,
    /// The exams that lead or led to it.
    exams: Vec<String>,
    /// Whether it can still be earned.
    #[schemars(extend("enum" = ["current", "retiring", "retired", "unknown"]))]
    state: &'static str,
    /// The last day on which it can or could be.
    #[schemars(extend("format" = "date"))]
    retires_on: Option<String>,
    /// The recommended successor's slug.
    replacement: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct RenewalJson {
    /// Where it stands.
    #[schemars(extend("enum" = ["not-open", "open", "closed", "not-required", "impossible", "unknown"]))]
    state: &'static str,
    /// The first day of the window, on or about.
    #[schemars(extend("format" = "date"))]
    opens_on: Option<String>,
    /// The last day to renew.
    #[schemars(extend("format" = "date"))]
    deadline: Option<String>,
    /// Where to renew.
    #[schemars(extend("format" = "uri"))]
    url: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct HolderMatchJson {
    /// How well the names agree.
    #[schemars(extend("enum" = ["exact", "normalised", "reordered", "compatible", "weak", "different", "not-compared"]))]
    grade: &'static str,
    /// The rule that decided.
    rule: Option<&'static str>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SourceJson {
    /// The service and format.
    #[schemars(extend("enum" = ["learn-credential", "learn-page", "learn-transcript", "credly-badge", "open-badge"]))]
    kind: &'static str,
    /// The address asked.
    url: String,
    /// By which way it reached this run.
    #[schemars(extend("enum" = ["network", "cache", "evidence", "demo"]))]
    from: &'static str,
    /// When it was received.
    #[schemars(extend("format" = "date-time"))]
    fetched_at: Option<String>,
    /// SHA-256 of what was received, in hex.
    sha256: String,
}

#[derive(Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) struct SummaryJson {
    /// All results.
    total: usize,
    /// By status.
    active: usize,
    /// By status.
    needs_renewal: usize,
    /// By status.
    expired: usize,
    /// By status.
    retired: usize,
    /// By status.
    revoked: usize,
    /// By status.
    undetermined: usize,
    /// By outcome.
    passed: usize,
    /// By outcome.
    failed: usize,
    /// By outcome: neither passed nor failed.
    not_determined: usize,
}

impl InspectDocument {
    /// Puts judged links into the contract's form.
    pub fn of(links: &[Link]) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            links: links.iter().map(link).collect(),
        }
    }
}

impl ResultDocument {
    /// Puts results into the contract's form.
    pub fn of(results: &[Verification<'_>], as_of: chrono::DateTime<chrono::Utc>) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            as_of: rfc3339_second(as_of),
            results: results.iter().map(result).collect(),
            summary: summary(results),
        }
    }
}

pub(super) fn link(link: &Link) -> LinkJson {
    let text = |part: Option<&str>| part.map(str::to_owned);
    LinkJson {
        input: link.input().to_owned(),
        kind: link.kind().as_str(),
        verifiable: link.is_verifiable(),
        canonical: text(link.canonical()),
        user: text(link.user()),
        locale: link.locale().map(ToString::to_string),
        credential_id: link.credential_id().map(ToString::to_string),
        transcript_id: link.share_id().map(ToString::to_string),
        badge_id: link.badge_id().map(ToString::to_string),
        slug: text(link.slug()),
        sharing_id_present: link.sharing_id().is_some(),
        findings: findings(link.findings()),
    }
}

pub(super) fn findings(findings: &[crate::finding::Finding]) -> Vec<FindingJson> {
    let json = |finding: &crate::finding::Finding| FindingJson {
        code: finding.code().as_str(),
        severity: finding.severity().as_str(),
        message: finding.message().to_owned(),
        detail: finding.detail(),
    };
    findings.iter().map(json).collect()
}

pub(super) fn result(one: &Verification<'_>) -> ResultJson {
    ResultJson {
        input: one.link.input().to_owned(),
        link: link(&one.link),
        status: one.standing.status.as_str(),
        valid: one.standing.status.is_valid(),
        outcome: one.outcome.as_str(),
        credential: credential(one),
        certification: certification(one),
        renewal: renewal(one),
        days_left: one.standing.days_left,
        holder_match: HolderMatchJson {
            grade: one.holder.grade().as_str(),
            rule: one.holder.rule().map(crate::check::holder::Rule::as_str),
        },
        next_step: next_step(one),
        findings: findings(&one.findings),
        source: one.provenance.as_ref().map(|provenance| SourceJson {
            kind: provenance.kind.as_str(),
            url: provenance.url.clone(),
            from: provenance.origin.as_str(),
            fetched_at: provenance.fetched_at.map(rfc3339_second),
            sha256: provenance.sha256.clone(),
        }),
    }
}

fn credential(one: &Verification<'_>) -> CredentialJson {
    let record = one.record.as_ref();
    let id = record
        .and_then(|record| record.credential_id.as_ref())
        .or_else(|| one.link.credential_id());
    CredentialJson {
        id: id.map(ToString::to_string),
        title: record.and_then(|record| record.title.clone()),
        kind: one.standing.kind.as_str(),
        holder: record
            .and_then(|record| record.holder.as_ref())
            .map(|holder| holder.name.clone()),
        certification_number: record.and_then(|record| record.certification_number.clone()),
        earned_on: record
            .and_then(|record| record.earned.instant())
            .map(rfc3339),
        expires_on: record
            .and_then(|record| record.expires.instant())
            .map(rfc3339),
        issuer_status: record
            .and_then(|record| record.status.as_ref())
            .map(|status| status.as_str().to_owned()),
    }
}

fn certification(one: &Verification<'_>) -> CertificationJson {
    let standing = &one.standing;
    let entry = standing.known.entry();
    CertificationJson {
        slug: entry
            .and_then(|entry| entry.slug())
            .or(one.link.slug())
            .map(str::to_owned),
        level: standing.known.level().map(crate::catalog::Level::as_str),
        exams: entry
            .map(|entry| entry.exams().to_vec())
            .unwrap_or_default(),
        state: standing.state.as_str(),
        retires_on: standing.state.retires_on().map(|day| day.to_string()),
        replacement: entry.and_then(|entry| entry.replacement().first().cloned()),
    }
}

fn renewal(one: &Verification<'_>) -> RenewalJson {
    let renewal = &one.standing.renewal;
    RenewalJson {
        state: renewal.state.as_str(),
        opens_on: renewal.opens_on.map(|day| day.to_string()),
        deadline: renewal.deadline.map(|day| day.to_string()),
        url: renewal.url.clone(),
    }
}

pub(super) fn summary(results: &[Verification<'_>]) -> SummaryJson {
    let with = |status| {
        results
            .iter()
            .filter(|one| one.standing.status == status)
            .count()
    };
    let came_to = |outcome| results.iter().filter(|one| one.outcome == outcome).count();
    SummaryJson {
        total: results.len(),
        active: with(Status::Active),
        needs_renewal: with(Status::NeedsRenewal),
        expired: with(Status::Expired),
        retired: with(Status::Retired),
        revoked: with(Status::Revoked),
        undetermined: with(Status::Undetermined),
        passed: came_to(Outcome::Passed),
        failed: came_to(Outcome::Failed),
        not_determined: came_to(Outcome::Undetermined),
    }
}

/// A document as indented JSON text with a line break at its end.
///
/// # Panics
/// Never: the documents here are made of strings, numbers and lists.
pub fn text(document: &impl Serialize) -> String {
    let mut text =
        serde_json::to_string_pretty(document).expect("strings, numbers and lists serialise");
    text.push('\n');
    neutral::json(&text)
}
