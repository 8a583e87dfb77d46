//! The format of a receipt, word for word. Keys are only ever added within a version.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Kept;

/// The version that is written and read.
pub(super) const VERSION: u32 = 1;

/// What a verification of one pasted link leaves behind.
#[derive(Debug, Serialize, JsonSchema)]
#[expect(
    clippy::struct_field_names,
    reason = "the name of the format and its version"
)]
pub struct Receipt {
    /// The version of this format: always 1.
    #[schemars(extend("const" = 1))]
    pub(super) bonafide_receipt: u32,
    /// The program that judged, and its version.
    pub(super) program: String,
    /// When this was written, by the clock of the machine.
    pub(super) made_at: DateTime<Utc>,
    /// Who was asked, the least trusted of all.
    pub(super) service: Service,
    /// What must be known of where the evidence comes from; null for Microsoft's own host,
    /// asked in this run.
    pub(super) notice: Option<String>,
    /// What was pasted, without the sharingId.
    pub(super) link: AskedAbout,
    /// Under which requirement it was judged, and as of when.
    pub(super) requirement: Requirement,
    /// The newest day on which something was learned of a certification.
    pub(super) catalogue_known_on: Option<NaiveDate>,
    /// What was asked and received, in order; empty where nothing could be asked.
    pub(super) exchanges: Vec<Exchange>,
    /// What came of it, one for each credential.
    pub(super) results: Vec<ResultEntry>,
    /// SHA-256 of this whole file with 64 zeros in the place of this value. It shows damage
    /// and no forgery: whoever can write the file can write this too.
    pub(super) digest: String,
}

/// Who was asked.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// Nobody: the link names nothing that can be asked for.
    Nobody,
    /// Microsoft's own host.
    Microsoft,
    /// Credly's own host, for a badge.
    Credly,
    /// Another host that the run was pointed at.
    Other,
    /// Nothing says who: an answer that someone saved by hand.
    Unknown,
    /// Samples that ship inside the program.
    Demo,
}

impl Service {
    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Microsoft => "microsoft",
            Self::Credly => "credly",
            Self::Other => "other",
            Self::Unknown => "unknown",
            Self::Demo => "demo",
        }
    }
}

/// What was pasted, as far as it may be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(super) struct AskedAbout {
    /// The link rebuilt from its parts, without the sharingId; null where there is no
    /// genuine address in it.
    pub(super) address: Option<String>,
    /// What the text is.
    pub(super) kind: String,
    /// What was found of the text as it was pasted. The text itself is not kept, so this
    /// cannot be judged again.
    pub(super) pasted: Vec<FindingEntry>,
}

/// Under which requirement a credential was judged. A key that this version does not know
/// is refused and never ignored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Requirement {
    /// The instant of judgement.
    pub(super) as_of: DateTime<Utc>,
    /// Where that instant comes from.
    pub(super) as_of_from: AsOfFrom,
    /// Whose it was said to be.
    pub(super) name: Option<String>,
    /// Which certification it was said to be, as it was asked.
    pub(super) certification: Option<String>,
    /// The titles that this meant.
    pub(super) certification_titles: Vec<String>,
    /// How good its standing had to be.
    #[schemars(extend("enum" = ["valid", "active"]))]
    pub(super) require: String,
    /// The day through which it had to last.
    pub(super) valid_until: Option<NaiveDate>,
}

/// Where the instant of judgement comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum AsOfFrom {
    /// The clock of the machine.
    Clock,
    /// It was asked for.
    Given,
}

/// One thing asked, with what came of it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Exchange {
    /// By which way it reached the run; null where there is no answer.
    #[schemars(extend("enum" = ["network", "cache", "evidence", "demo", null]))]
    pub(super) from: Option<String>,
    #[serde(flatten)]
    pub(super) kept: Kept,
}

/// What was found out of one credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(super) struct ResultEntry {
    /// What it comes to for the one who asked.
    #[schemars(extend("enum" = ["passed", "undetermined", "failed"]))]
    pub(super) outcome: String,
    /// The headline.
    #[schemars(extend("enum" = ["active", "needs-renewal", "expired", "retired", "revoked", "undetermined"]))]
    pub(super) status: String,
    /// Whether it is in force; null when undetermined.
    pub(super) valid: Option<bool>,
    /// Its number.
    pub(super) credential_id: Option<String>,
    /// Its title, as the issuer gives it.
    pub(super) title: Option<String>,
    /// Its sort.
    pub(super) kind: String,
    /// The holder as the issuer names them; may be a mere user name.
    pub(super) holder: Option<String>,
    /// How well the holder agrees with the expected name.
    pub(super) holder_grade: String,
    /// The rule that decided that.
    pub(super) holder_rule: Option<String>,
    /// The number on transcripts.
    pub(super) certification_number: Option<String>,
    /// When it was first earned.
    pub(super) earned_on: Option<DateTime<Utc>>,
    /// Its last instant.
    pub(super) expires_on: Option<DateTime<Utc>>,
    /// Whole days from as-of to that.
    pub(super) days_left: Option<i64>,
    /// The issuer's own word.
    pub(super) issuer_status: Option<String>,
    /// The certification's name in addresses, where the catalogue knows it.
    pub(super) certification: Option<String>,
    /// Whether it can still be earned.
    pub(super) certification_state: String,
    /// The last day on which it can or could be.
    pub(super) certification_retires_on: Option<NaiveDate>,
    /// Where the renewal window stands.
    pub(super) renewal: String,
    /// The first day of the window, on or about.
    pub(super) renewal_opens_on: Option<NaiveDate>,
    /// The last day to renew.
    pub(super) renewal_deadline: Option<NaiveDate>,
    /// What a reviewer should know.
    pub(super) findings: Vec<FindingEntry>,
    /// SHA-256 of what was received and counted; null where nothing did.
    pub(super) evidence_sha256: Option<String>,
}

/// Something a reviewer should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(super) struct FindingEntry {
    /// The stable code.
    pub(super) code: String,
    /// How much it weighs.
    #[schemars(extend("enum" = ["info", "warning", "error"]))]
    pub(super) severity: String,
    /// A sentence for people, in the words of the version that wrote it.
    pub(super) message: String,
}
