//! What stands in CVs, as JSON, version 1.

use schemars::JsonSchema;
use serde::Serialize;

use super::json::{LinkJson, ResultJson, SCHEMA_VERSION, Totals};
use super::scan::{CheckedLink, Scanned, ScannedFile, is_good};
use super::words::rfc3339_second;
use crate::scan::{Basis, Claim, Mention, Place};
use crate::source::without_sharing_id;

/// What `scan --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ScanDocument {
    /// Always 1.
    #[schemars(extend("const" = 1))]
    schema_version: u8,
    /// The instant of judgement, in UTC; null where nothing was checked.
    #[schemars(extend("format" = "date-time"))]
    as_of: Option<String>,
    /// One for each file that was read.
    files: Vec<FileJson>,
    /// One for each file that could not be read.
    unread: Vec<UnreadJson>,
    /// How many of what.
    summary: ScanTotals,
    /// One for each credential that was checked; null without `--verify`.
    results: Option<Vec<CheckedJson>>,
    /// How many results are what; null without `--verify`.
    results_summary: Option<Totals>,
}

/// A file and what stands in it.
#[derive(Debug, Serialize, JsonSchema)]
struct FileJson {
    /// What it is called.
    file: String,
    /// What sort of file it is, by its content.
    #[schemars(extend("enum" = ["pdf", "docx", "html", "markdown", "text", "mail"]))]
    format: &'static str,
    /// Whose CV it is; null where that cannot be told.
    name: Option<NameJson>,
    /// Why the name cannot be told.
    name_unknown: Option<&'static str>,
    /// The links to credentials, each once.
    links: Vec<MentionJson>,
    /// Claims of certifications with no link beside them.
    claims_without_link: Vec<LooseJson>,
    /// Parts that could not be read, such as attachments.
    unread_parts: Vec<UnreadJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct NameJson {
    /// The name.
    name: String,
    /// By what it was told.
    #[schemars(extend("enum" = ["name-field", "top-line", "mail-sender"]))]
    basis: &'static str,
}

/// A link and where it stands.
#[derive(Debug, Serialize, JsonSchema)]
struct MentionJson {
    /// Its target, judged.
    link: LinkJson,
    /// What is shown for it, where that is not its address; without a sharingId.
    visible_text: Option<String>,
    /// Where it stands.
    places: Vec<PlaceJson>,
    /// The claims beside it.
    claims: Vec<ClaimJson>,
    /// The certifications to expect of it: empty where the claims come to none.
    expected_certifications: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct PlaceJson {
    /// The part of the document, such as an attachment's name.
    part: Option<String>,
    /// The page, from 1.
    page: Option<u32>,
    /// The line or paragraph, from 1.
    line: Option<u32>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ClaimJson {
    /// The exam's code, or the title as it is written there.
    text: String,
    /// By what the certification is named.
    #[schemars(extend("enum" = ["exam", "title"]))]
    kind: &'static str,
    /// The titles of the certifications meant; empty for a code that is not known.
    titles: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct LooseJson {
    /// What is claimed.
    #[serde(flatten)]
    claim: ClaimJson,
    /// Where it stands first.
    place: PlaceJson,
}

#[derive(Debug, Serialize, JsonSchema)]
struct UnreadJson {
    /// What it is called.
    file: String,
    /// Why it was not read, and what to do.
    reason: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ScanTotals {
    /// Files that were read.
    files: usize,
    /// Files that were not.
    unread: usize,
    /// Links to credentials, each once a file.
    links: usize,
    /// Of these, those that can be verified and that nothing speaks against.
    verifiable: usize,
    /// The others.
    not_verifiable: usize,
    /// Claims with no link beside them.
    claims_without_link: usize,
    /// Files without any link to a credential.
    files_without_link: usize,
}

/// A result with where its link stands.
#[derive(Debug, Serialize, JsonSchema)]
struct CheckedJson {
    /// The file.
    file: String,
    /// Where the link stands in it.
    places: Vec<PlaceJson>,
    /// Whose it was expected to be.
    expected_name: Option<String>,
    /// Which certification it was expected to be.
    expected_certification: Option<String>,
    /// The result, as `verify` gives it.
    #[serde(flatten)]
    result: ResultJson,
}

impl ScanDocument {
    /// Puts what was found into the contract's form.
    pub fn of(scanned: Scanned<'_, '_>) -> Self {
        let checked = scanned.checked.map(|(results, _)| results);
        let verifications = |results: &[CheckedLink<'_>]| {
            let mut totals = Totals::default();
            for one in results {
                let one = &one.verification;
                totals.count(one.standing.status, one.outcome);
            }
            totals
        };
        Self {
            schema_version: SCHEMA_VERSION,
            as_of: scanned.checked.map(|(_, as_of)| rfc3339_second(as_of)),
            files: scanned.files.iter().map(file).collect(),
            unread: scanned
                .unread
                .iter()
                .map(|one| unread(&one.name, &one.reason))
                .collect(),
            summary: summary(scanned),
            results_summary: checked.map(verifications),
            results: checked.map(|results| {
                let each = results.iter().filter_map(|one| result(scanned.files, one));
                each.collect()
            }),
        }
    }
}

fn file(file: &ScannedFile) -> FileJson {
    let document = &file.document;
    let name = document.name();
    let loose = document.loose_claims().iter().map(|one| LooseJson {
        claim: claim(&one.claim),
        place: place(&one.place),
    });
    FileJson {
        file: file.name.clone(),
        format: document.format().as_str(),
        name: name.as_str().map(|text| NameJson {
            name: text.to_owned(),
            basis: name.basis().map_or("", Basis::as_str),
        }),
        name_unknown: name.why_not(),
        links: document.mentions().iter().map(mention).collect(),
        claims_without_link: loose.collect(),
        unread_parts: document
            .unread()
            .iter()
            .map(|part| unread(&part.part, &part.reason.to_string()))
            .collect(),
    }
}

fn unread(file: &str, reason: &str) -> UnreadJson {
    UnreadJson {
        file: file.to_owned(),
        reason: reason.to_owned(),
    }
}

fn mention(mention: &Mention) -> MentionJson {
    MentionJson {
        link: LinkJson::of(mention.link()),
        visible_text: mention.visible().map(without_sharing_id),
        places: mention.places().iter().map(place).collect(),
        claims: mention.claims().iter().map(claim).collect(),
        expected_certifications: mention.asked_for(),
    }
}

fn place(place: &Place) -> PlaceJson {
    PlaceJson {
        part: place.part.clone(),
        page: place.page,
        line: place.line,
    }
}

fn claim(claim: &Claim) -> ClaimJson {
    ClaimJson {
        text: claim.text().to_owned(),
        kind: claim.sort().as_str(),
        titles: claim.titles().to_vec(),
    }
}

fn result(files: &[ScannedFile], one: &CheckedLink<'_>) -> Option<CheckedJson> {
    let file = files.get(one.file)?;
    let mention = file.document.mentions().get(one.mention)?;
    Some(CheckedJson {
        file: file.name.clone(),
        places: mention.places().iter().map(place).collect(),
        expected_name: one.expected_name.clone(),
        expected_certification: one.expected_certification.clone(),
        result: ResultJson::of(&one.verification),
    })
}

fn summary(scanned: Scanned<'_, '_>) -> ScanTotals {
    let links = scanned.mentions().count();
    let verifiable = scanned.mentions().filter(|one| is_good(one)).count();
    let documents = || scanned.files.iter().map(|file| &file.document);
    ScanTotals {
        files: scanned.files.len(),
        unread: scanned.unread.len(),
        links,
        verifiable,
        not_verifiable: links - verifiable,
        claims_without_link: documents().map(|one| one.loose_claims().len()).sum(),
        files_without_link: documents().filter(|one| one.mentions().is_empty()).count(),
    }
}
