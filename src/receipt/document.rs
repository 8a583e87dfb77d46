//! What `receipt check --format json` writes, version 1. Keys are only ever added.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use super::check::Checked;
use super::compose;
use super::differ::Difference;
use super::format::ResultEntry;
use super::signature::Signed;
use crate::check::Outcome;

/// A receipt's file with what came of it.
#[derive(Debug)]
pub struct Entry {
    /// The file, as it was named.
    pub file: String,
    /// What was found, or why it cannot be read as a receipt.
    pub checked: Result<Checked, String>,
}

/// What `receipt check --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CheckDocument {
    /// Always 1.
    #[schemars(extend("const" = 1))]
    schema_version: u8,
    /// The program that checked, and its version.
    program: String,
    /// The instant taken as today.
    #[schemars(extend("format" = "date-time"))]
    today: String,
    /// One for each file, in order.
    receipts: Vec<ReceiptJson>,
    /// How many of what.
    summary: SummaryJson,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ReceiptJson {
    /// The file.
    file: String,
    /// Whether it can be read, was altered, or its signature is bad or missing where one is
    /// needed; `sound` where none of that is so.
    #[schemars(extend("enum" = ["sound", "altered", "bad-signature", "unsigned", "unreadable"]))]
    state: &'static str,
    /// Why it is not sound.
    why: Option<String>,
    /// What it comes to: the worse of what was recorded and what is said now; `failed` where
    /// it is not sound, null where it cannot be read.
    #[schemars(extend("enum" = ["passed", "undetermined", "failed", null]))]
    outcome: Option<&'static str>,
    /// Its signature; null where it cannot be read.
    signature: Option<SignatureJson>,
    /// What it says of itself; null where it was altered.
    receipt: Option<AboutJson>,
    /// The judgement made again; null where it was altered.
    again: Option<AgainJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SignatureJson {
    /// `unknown-signer`: good, but nobody said whose the key is, so it does not count.
    #[schemars(extend("enum" = ["none", "good", "unknown-signer", "bad"]))]
    state: &'static str,
    /// The fingerprint of the key.
    key: Option<String>,
    /// Who that is, as the list of signers has it.
    principals: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct AboutJson {
    /// The program that wrote it.
    program: String,
    /// When.
    #[schemars(extend("format" = "date-time"))]
    made_at: String,
    /// Who was asked.
    service: super::Service,
    /// What must be known of where the evidence comes from.
    notice: Option<String>,
    /// The link's address, without the sharingId.
    link: Option<String>,
    /// The instant of judgement.
    #[schemars(extend("format" = "date-time"))]
    as_of: String,
    /// Whose it was said to be.
    expected_name: Option<String>,
    /// Which certification it was said to be.
    expected_certification: Option<String>,
    /// How good its standing had to be.
    require: String,
    /// The day through which it had to last.
    valid_until: Option<NaiveDate>,
    /// What was recorded, one for each credential.
    results: Vec<SaidJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct AgainJson {
    /// Whether the same outcome came out for every result; null where it could not be
    /// judged again.
    confirmed: Option<bool>,
    /// Why it could not be judged again.
    why_not: Option<String>,
    /// All that is not as it was recorded.
    differences: Vec<Difference>,
    /// The same evidence, judged as of today.
    today: Vec<SaidJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SaidJson {
    /// The credential's number.
    credential_id: Option<String>,
    /// Its title.
    title: Option<String>,
    /// The headline.
    status: String,
    /// What it comes to.
    outcome: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SummaryJson {
    /// All files.
    total: usize,
    /// Neither altered nor badly signed.
    sound: usize,
    /// With a signature that counts.
    signed: usize,
    /// By outcome.
    passed: usize,
    /// By outcome; also what is not sound.
    failed: usize,
    /// By outcome: neither passed nor failed.
    not_determined: usize,
    /// Not readable as receipts.
    unreadable: usize,
}

impl CheckDocument {
    /// Puts what was found into the form of the document.
    pub fn of(entries: &[Entry], today: DateTime<Utc>) -> Self {
        Self {
            schema_version: 1,
            program: super::read::program(),
            today: instant(today),
            receipts: entries.iter().map(receipt).collect(),
            summary: summary(entries),
        }
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// The state of a receipt in a word, and why it is not sound.
pub(super) fn state(checked: &Checked) -> (&'static str, Option<String>) {
    match (&checked.contents, &checked.signed) {
        (Err(flaw), _) => ("altered", Some(flaw.clone())),
        (_, Signed::Bad { why, .. }) => ("bad-signature", Some(why.clone())),
        (_, Signed::Not) if checked.unsigned_is_failure => {
            ("unsigned", Some("it is not signed, and must be".to_owned()))
        }
        (_, Signed::ByUnknown { .. }) if checked.unsigned_is_failure => {
            let why = "nobody said whose signatures count: give --allowed-signers or --public-key";
            ("unsigned", Some(why.to_owned()))
        }
        _ => ("sound", None),
    }
}

fn receipt(entry: &Entry) -> ReceiptJson {
    let file = entry.file.clone();
    let checked = match &entry.checked {
        Ok(checked) => checked,
        Err(why) => {
            return ReceiptJson {
                file,
                state: "unreadable",
                why: Some(why.clone()),
                outcome: None,
                signature: None,
                receipt: None,
                again: None,
            };
        }
    };
    let (state, why) = state(checked);
    ReceiptJson {
        file,
        state,
        why,
        outcome: Some(checked.outcome().as_str()),
        signature: Some(signature(&checked.signed)),
        receipt: about(checked),
        again: again(checked),
    }
}

fn signature(signed: &Signed) -> SignatureJson {
    let json = |state, key: Option<&String>, principals: Option<&String>| SignatureJson {
        state,
        key: key.cloned(),
        principals: principals.cloned(),
    };
    match signed {
        Signed::Not => json("none", None, None),
        Signed::By { key, principals } => json("good", Some(key), principals.as_ref()),
        Signed::ByUnknown { key } => json("unknown-signer", Some(key), None),
        Signed::Bad { key, .. } => json("bad", key.as_ref(), None),
    }
}

fn about(checked: &Checked) -> Option<AboutJson> {
    let contents = checked.contents.as_ref().ok()?;
    let requirement = &contents.requirement;
    Some(AboutJson {
        program: contents.program.clone(),
        made_at: instant(contents.made_at),
        service: contents.service,
        notice: compose::notice(&contents.asked),
        link: contents.asked_about.address.clone(),
        as_of: instant(requirement.as_of),
        expected_name: requirement.name.clone(),
        expected_certification: requirement.certification.clone(),
        require: requirement.require.clone(),
        valid_until: requirement.valid_until,
        results: contents.results.iter().map(said).collect(),
    })
}

fn again(checked: &Checked) -> Option<AgainJson> {
    let again = checked.again.as_ref()?;
    Some(AgainJson {
        confirmed: again.now.is_ok().then(|| checked.is_confirmed()),
        why_not: again.now.as_ref().err().map(ToString::to_string),
        differences: again.differences.clone(),
        today: again.today.iter().map(said).collect(),
    })
}

fn said(result: &ResultEntry) -> SaidJson {
    SaidJson {
        credential_id: result.credential_id.clone(),
        title: result.title.clone(),
        status: result.status.clone(),
        outcome: result.outcome.clone(),
    }
}

fn summary(entries: &[Entry]) -> SummaryJson {
    let read = || {
        entries
            .iter()
            .filter_map(|entry| entry.checked.as_ref().ok())
    };
    let came_to = |outcome| read().filter(|one| one.outcome() == outcome).count();
    SummaryJson {
        total: entries.len(),
        sound: read().filter(|one| one.is_sound()).count(),
        signed: read().filter(|one| one.signed.counts()).count(),
        passed: came_to(Outcome::Passed),
        failed: came_to(Outcome::Failed),
        not_determined: came_to(Outcome::Undetermined),
        unreadable: entries.len() - read().count(),
    }
}
