//! A pasted text and what was found of it, in the contract's form.

use schemars::JsonSchema;
use serde::Serialize;

use crate::finding::Finding;
use crate::link::Link;

/// A pasted text, judged.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::report) struct LinkJson {
    /// What was given. Only members of this name may hold a sharingId.
    pub(in crate::report) input: String,
    /// What it is.
    #[schemars(extend("enum" = ["credential-share", "credential-page", "credential-api", "owner-page",
        "certification-page", "credentials-list", "profile", "transcript", "transcript-private",
        "achievement", "legacy-transcript", "credly-badge", "open-badge", "shortened", "other", "none"]))]
    pub(in crate::report) kind: &'static str,
    /// Whether the issuer can be asked about it.
    pub(in crate::report) verifiable: bool,
    /// The link rebuilt from its parts.
    pub(in crate::report) canonical: Option<String>,
    /// The user segment: never proof of the holder.
    pub(in crate::report) user: Option<String>,
    /// The language tag.
    pub(in crate::report) locale: Option<String>,
    /// The credential's number.
    pub(in crate::report) credential_id: Option<String>,
    /// The shared transcript's number.
    pub(in crate::report) transcript_id: Option<String>,
    /// The Credly badge's number.
    pub(in crate::report) badge_id: Option<String>,
    /// The certification's name in addresses.
    pub(in crate::report) slug: Option<String>,
    /// Whether the link carries a readable sharingId.
    pub(in crate::report) sharing_id_present: bool,
    /// What a reviewer should know of it.
    pub(in crate::report) findings: Vec<FindingJson>,
}

/// Something a reviewer should know.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::report) struct FindingJson {
    /// The stable code.
    pub(in crate::report) code: &'static str,
    /// How much it weighs.
    #[schemars(extend("enum" = ["info", "warning", "error"]))]
    pub(in crate::report) severity: &'static str,
    /// A sentence for people.
    pub(in crate::report) message: String,
    /// A fixed word that tells cases of one code apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) detail: Option<&'static str>,
}

impl LinkJson {
    pub(in crate::report) fn of(link: &Link) -> Self {
        let text = |part: Option<&str>| part.map(str::to_owned);
        Self {
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
}

/// Findings in the contract's form.
pub(in crate::report) fn findings(findings: &[Finding]) -> Vec<FindingJson> {
    let json = |finding: &Finding| FindingJson {
        code: finding.code().as_str(),
        severity: finding.severity().as_str(),
        message: finding.message().to_owned(),
        detail: finding.detail(),
    };
    findings.iter().map(json).collect()
}
