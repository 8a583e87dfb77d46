//! One result in the contract's form: what every output for programs is made of.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::next_step;
use super::super::words::{rfc3339, rfc3339_second};
use super::link::{FindingJson, LinkJson, findings};
use crate::check::holder::Rule;
use crate::verify::Verification;

/// What was found out of one credential.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ResultJson {
    /// What was given. Only members of this name may hold a sharingId.
    pub(in crate::report) input: String,
    /// The text given, judged.
    pub(in crate::report) link: LinkJson,
    /// The headline.
    #[schemars(extend("enum" = ["active", "needs-renewal", "expired", "retired", "revoked", "undetermined"]))]
    pub(in crate::report) status: &'static str,
    /// Whether it is in force; null when undetermined.
    pub(in crate::report) valid: Option<bool>,
    /// What it comes to for the one who asked.
    #[schemars(extend("enum" = ["passed", "undetermined", "failed"]))]
    pub(in crate::report) outcome: &'static str,
    /// What the issuer says.
    pub(in crate::report) credential: CredentialJson,
    /// What the catalogue knows.
    pub(in crate::report) certification: CertificationJson,
    /// Where the renewal window stands.
    pub(in crate::report) renewal: RenewalJson,
    /// Whole days from as-of to expiry, rounded down; negative once expired.
    pub(in crate::report) days_left: Option<i64>,
    /// How well the holder agrees with the expected name.
    pub(in crate::report) holder_match: HolderMatchJson,
    /// What to do next.
    pub(in crate::report) next_step: String,
    /// What a reviewer should know.
    pub(in crate::report) findings: Vec<FindingJson>,
    /// Where the evidence comes from; null where there is none.
    pub(in crate::report) source: Option<SourceJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::report) struct CredentialJson {
    /// Its number.
    pub(in crate::report) id: Option<String>,
    /// Its title, as the issuer gives it.
    pub(in crate::report) title: Option<String>,
    /// Its sort.
    #[schemars(extend("enum" = ["certification", "applied-skill", "exam", "badge", "unknown"]))]
    pub(in crate::report) kind: &'static str,
    /// The holder as the issuer names them; may be a mere user name.
    pub(in crate::report) holder: Option<String>,
    /// The number on transcripts.
    pub(in crate::report) certification_number: Option<String>,
    /// When it was first earned.
    #[schemars(extend("format" = "date-time"))]
    pub(in crate::report) earned_on: Option<String>,
    /// Its last instant; null where it does not end or none is given.
    #[schemars(extend("format" = "date-time"))]
    pub(in crate::report) expires_on: Option<String>,
    /// The issuer's own word.
    pub(in crate::report) issuer_status: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::report) struct CertificationJson {
    /// Its name in addresses.
    pub(in crate::report) slug: Option<String>,
    /// The level or programme.
    pub(in crate::report) level: Option<&'static str>,
    /// The exams that lead or led to it.
    pub(in crate::report) exams: Vec<String>,
    /// Whether it can still be earned.
    #[schemars(extend("enum" = ["current", "retiring", "retired", "unknown"]))]
    pub(in crate::report) state: &'static str,
    /// The last day on which it can or could be.
    #[schemars(extend("format" = "date"))]
    pub(in crate::report) retires_on: Option<String>,
    /// The recommended successor's slug.
    pub(in crate::report) replacement: Option<String>,
    /// The day on which all this was last known to be true; null where nothing is known.
    #[schemars(extend("format" = "date"))]
    pub(in crate::report) known_on: Option<String>,
    /// Where what is known comes from: `yours` is the user's own file, `elsewhere` another
    /// host than Microsoft's.
    #[schemars(extend("enum" = ["shipped", "microsoft", "elsewhere", "yours", null]))]
    pub(in crate::report) origin: Option<&'static str>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::report) struct RenewalJson {
    /// Where it stands.
    #[schemars(extend("enum" = ["not-open", "open", "closed", "not-required", "impossible", "unknown"]))]
    pub(in crate::report) state: &'static str,
    /// The first day of the window, on or about.
    #[schemars(extend("format" = "date"))]
    pub(in crate::report) opens_on: Option<String>,
    /// The last day to renew.
    #[schemars(extend("format" = "date"))]
    pub(in crate::report) deadline: Option<String>,
    /// Where to renew.
    #[schemars(extend("format" = "uri"))]
    pub(in crate::report) url: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::report) struct HolderMatchJson {
    /// How well the names agree.
    #[schemars(extend("enum" = ["exact", "normalised", "reordered", "compatible", "weak", "different", "not-compared"]))]
    pub(in crate::report) grade: &'static str,
    /// The rule that decided.
    pub(in crate::report) rule: Option<&'static str>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::report) struct SourceJson {
    /// The service and format.
    #[schemars(extend("enum" = ["learn-credential", "learn-page", "learn-transcript", "credly-badge", "open-badge"]))]
    pub(in crate::report) kind: &'static str,
    /// The address asked.
    pub(in crate::report) url: String,
    /// By which way it reached this run.
    #[schemars(extend("enum" = ["network", "cache", "evidence", "demo"]))]
    pub(in crate::report) from: &'static str,
    /// When it was received.
    #[schemars(extend("format" = "date-time"))]
    pub(in crate::report) fetched_at: Option<String>,
    /// SHA-256 of what was received, in hex.
    sha256: String,
}

impl ResultJson {
    /// Puts what was found out of one credential into the contract's form.
    pub fn of(one: &Verification<'_>) -> Self {
        Self {
            input: one.link.input().to_owned(),
            link: LinkJson::of(&one.link),
            status: one.standing.status.as_str(),
            valid: one.standing.status.is_valid(),
            outcome: one.outcome.as_str(),
            credential: credential(one),
            certification: certification(one),
            renewal: renewal(one),
            days_left: one.standing.days_left,
            holder_match: HolderMatchJson {
                grade: one.holder.grade().as_str(),
                rule: one.holder.rule().map(Rule::as_str),
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
        known_on: entry.map(|entry| entry.known_on().to_string()),
        origin: standing
            .known
            .origin()
            .map(crate::catalog::RowOrigin::as_str),
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
