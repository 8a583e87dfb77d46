//! Good answers of every format, and what may be done to them.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::json::Json;
use super::titles::{OTHERS, TITLES};
use crate::harness::text;

/// The formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Record,
    Transcript,
    Page,
    Badge,
    Assertion,
}

/// An answer of the service.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) format: Format,
    pub(super) body: Vec<u8>,
}

/// The number in the good records.
pub(super) const NUMBER: &str = "5D1E0C42A7B39F10";

const RECORDS: [&str; 3] = [
    r#"{"credentialId":"5D1E0C42A7B39F10","title":"Microsoft Certified: Azure Administrator Associate","userDisplayName":"Ingrid Solvang-Reyes","awardedOn":"2024-09-01T08:12:44.1203340+00:00","expiresOn":"2027-09-01T23:59:59+00:00","credentialStatus":"Active","sourceType":"Certification","sourceUid":"certification.azure-administrator"}"#,
    r#"{"credentialId":"5D1E0C42A7B39F10","title":"Microsoft Certified: Azure Fundamentals","awardedOn":"2024-09-01T08:12:44Z","status":"Active"}"#,
    r#"{"title":"Microsoft Applied Skills: Secure storage for Azure Files and Azure Blob Storage","awardedOn":"2024-09-01","sourceUid":"applied-skill.secure-storage"}"#,
];

const TRANSCRIPT: &str = r#"{"userName":"ingrid","certificationData":{"legalName":"Ingrid Solvang-Reyes","totalActiveCertifications":2,"totalHistoricalCertifications":2,"activeCertifications":[{"name":"Microsoft Certified: Azure Administrator Associate","certificationNumber":"A-1","status":"Active","dateEarned":"2024-09-01T08:12:44Z","expiration":"2027-09-01T23:59:59Z"},{"name":"Microsoft Certified: Azure Fundamentals","certificationNumber":"A-2","status":"Active","dateEarned":"2023-01-05T10:00:00Z"}],"historicalCertifications":[{"name":"Microsoft Certified: DevOps Engineer Expert","certificationNumber":"A-3","status":"Expired","dateEarned":"2021-03-01T10:00:00Z","expiration":"2023-03-01T23:59:59Z"},{"name":"MCSA: Cloud Platform","certificationNumber":"A-4","status":"Retired","dateEarned":"2017-03-01T10:00:00Z"}]},"appliedSkillsData":{"totalAppliedSkills":1,"appliedSkillsCredentials":[{"credentialId":"43B30C7704586780","title":"Microsoft Applied Skills: Secure storage for Azure Files and Azure Blob Storage","awardedOn":"2026-05-28T10:31:36+00:00"}]}}"#;

/// Good answers of a format.
fn good(format: Format) -> Vec<String> {
    match format {
        Format::Record => RECORDS.map(str::to_owned).to_vec(),
        Format::Transcript => vec![TRANSCRIPT.to_owned()],
        Format::Page => vec![text("learn-page/share-page.html")],
        Format::Badge => {
            vec![text("credly/badge.json").replace("The Microsoft Garage", "Microsoft")]
        }
        Format::Assertion => vec![text("credly/open-badge-assertion.json")],
    }
}

/// Every good answer.
pub(super) fn all_good() -> Vec<Answer> {
    let formats = [
        Format::Record,
        Format::Transcript,
        Format::Page,
        Format::Badge,
        Format::Assertion,
    ];
    let of = |format| good(format).into_iter().map(move |text| (format, text));
    let all = formats.into_iter().flat_map(of);
    all.map(|(format, text)| Answer {
        format,
        body: text.into_bytes(),
    })
    .collect()
}

/// Names that readers look for, and some that only look like them.
const NAMES: [&str; 30] = [
    "title",
    "name",
    "awardedOn",
    "earnedOn",
    "dateEarned",
    "issuedOn",
    "expiresOn",
    "expiration",
    "expirationDate",
    "credentialStatus",
    "status",
    "credentialId",
    "sourceUid",
    "sourceType",
    "certificationData",
    "activeCertifications",
    "historicalCertifications",
    "appliedSkillsData",
    "appliedSkillsCredentials",
    "totalActiveCertifications",
    "certificationNumber",
    "legalName",
    "expires",
    "revoked",
    "state",
    "expireson",
    "ExpiresOn",
    "expires_on",
    "Title",
    "x",
];

const DATES: [&str; 36] = [
    "2027-09-01T23:59:59Z",
    "2027-09-01T23:59:59.0000000+00:00",
    "2027-05-23T23:59:59Z",
    "2027-05-22T23:59:59Z",
    "2027-05-23T13:59:59+14:00",
    "2027-05-22T12:00:00-12:00",
    "2027-05-23T00:30:00+14:00",
    "2026-11-22",
    "2026-11-21",
    "2026-11-22T00:00:00Z",
    "2026-11-21T23:59:59Z",
    "2026-11-22T00:59:59+01:00",
    "2026-11-21T23:00:00-23:59",
    "2026-11-23",
    "2024-09-01",
    "2024-09-01T08:12:44Z",
    "2023-01-05T10:00:00+00:00",
    "2026-12-30T23:59:59Z",
    "2028-02-29T23:59:59Z",
    "2027-02-29T23:59:59Z",
    "2027-09-01T24:00:00Z",
    "2027-12-31T23:59:60Z",
    "2027-09-01t23:59:59z",
    "2027-09-01 23:59:59Z",
    "2027-09-01T23:59:59",
    "2027-09-01T23:59Z",
    "01.09.2027",
    "09/01/2027",
    "never",
    "null",
    "1819843199",
    "",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "\u{662}\u{660}\u{662}\u{667}-09-01",
    "2199-12-31T23:59:59Z",
];

const WORDS: [&str; 16] = [
    "Active",
    "active",
    " ACTIVE ",
    "Expired",
    "Retired",
    "Revoked",
    "rescinded",
    "Cancelled",
    "Suspended",
    "Inactive",
    "Not Active",
    "Activé",
    "",
    "true",
    "valid",
    "accepted",
];

const SORTS: [&str; 12] = [
    "Certification",
    "certifications",
    "Merged Certification",
    "Applied Skill",
    "applied-skills",
    "Exam",
    "exams",
    "Badge",
    "quest",
    "",
    " ",
    "appliedskillx",
];

const IDENTIFIERS: [&str; 10] = [
    "certification.azure-administrator",
    "certification.azure-fundamentals",
    "CERTIFICATION.AZURE-FUNDAMENTALS",
    "azure-fundamentals",
    "certification.azure-ai-engineer",
    "certification.nobody-knows",
    "applied-skill.secure-storage",
    "exam.az-104",
    "quest.y",
    "",
];

const NUMBERS: [&str; 8] = [
    NUMBER,
    "5d1e0c42a7b39f10",
    "05D1E0C42A7B39F1",
    "5D1E0C42A7B39F11",
    "AAAA",
    "",
    "no number",
    "5D1E0C42-A7B3-9F10",
];

fn texts(pool: &'static [&'static str]) -> impl Strategy<Value = Json> {
    select(pool).prop_map(Json::text)
}

fn titles() -> impl Strategy<Value = Json> {
    let known: Vec<&str> = TITLES.iter().map(|title| title.text).collect();
    let spelt = select(known).prop_flat_map(|title| {
        select(vec![
            title.to_owned(),
            title.to_uppercase(),
            format!(" {title}\u{a0}"),
            format!("{title}\u{0}"),
            title[..title.len() - 1].to_owned(),
            title.replace(':', ""),
        ])
    });
    prop_oneof![spelt.prop_map(Json::Text), texts(&OTHERS)]
}

/// Values of the wrong type.
fn odd() -> impl Strategy<Value = Json> {
    select(vec![
        Json::Null,
        Json::Bool(true),
        Json::Bool(false),
        Json::Number("7".to_owned()),
        Json::Number("1819843199000".to_owned()),
        Json::Number("-1.5".to_owned()),
        Json::List(Vec::new()),
        Json::List(vec![Json::text("Active")]),
        Json::Object(Vec::new()),
        Json::Object(vec![("date".to_owned(), Json::text("2027-09-01"))]),
    ])
}

/// A value for each sort of member, of which the one that fits is taken.
#[derive(Debug, Clone)]
pub(super) struct Fitting {
    date: Json,
    title: Json,
    word: Json,
    sort: Json,
    identifier: Json,
    number: Json,
}

fn fitting() -> impl Strategy<Value = Fitting> {
    let parts = (
        texts(&DATES),
        titles(),
        texts(&WORDS),
        texts(&SORTS),
        texts(&IDENTIFIERS),
        texts(&NUMBERS),
    );
    parts.prop_map(|(date, title, word, sort, identifier, number)| Fitting {
        date,
        title,
        word,
        sort,
        identifier,
        number,
    })
}

impl Fitting {
    fn of(&self, name: &str) -> Json {
        let name = name.to_ascii_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
        if has(&["status", "state", "revoked"]) {
            &self.word
        } else if has(&["title", "name"]) {
            &self.title
        } else if has(&["type"]) {
            &self.sort
        } else if has(&["uid"]) {
            &self.identifier
        } else if has(&["id"]) {
            &self.number
        } else {
            &self.date
        }
        .clone()
    }
}

/// One change to one member.
#[derive(Debug, Clone)]
pub(super) enum Change {
    Remove,
    Rename(&'static str),
    Fit(Fitting),
    Odd(Json),
    /// Gives it twice: the second time before or behind.
    Twice(Fitting, bool),
    Add(&'static str, Fitting),
    /// Swaps its value with that of another member beside it.
    Swap(Index),
    /// Gives the whole object once more, where it stands in a list, by way of its parent.
    Copy(Index),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        2 => Just(Change::Remove),
        2 => select(&NAMES[..]).prop_map(Change::Rename),
        6 => fitting().prop_map(Change::Fit),
        1 => odd().prop_map(Change::Odd),
        1 => (fitting(), any::<bool>()).prop_map(|(value, before)| Change::Twice(value, before)),
        2 => (select(&NAMES[..]), fitting()).prop_map(|(name, value)| Change::Add(name, value)),
        1 => any::<Index>().prop_map(Change::Swap),
        1 => any::<Index>().prop_map(Change::Copy),
    ]
}

fn apply(json: &mut Json, place: Index, change: &Change) {
    let count = json.count();
    if count == 0 {
        return;
    }
    json.at_member(place.index(count), &mut |members, at| {
        let name = members[at].0.clone();
        match change {
            Change::Remove => drop(members.remove(at)),
            Change::Rename(new) => (*new).clone_into(&mut members[at].0),
            Change::Fit(value) => fit(&mut members[at].1, &value.of(&name)),
            Change::Odd(value) => members[at].1 = value.clone(),
            Change::Twice(value, true) => members.insert(at, (name.clone(), value.of(&name))),
            Change::Twice(value, false) => members.push((name.clone(), value.of(&name))),
            Change::Add(name, value) => members.push(((*name).to_owned(), value.of(name))),
            Change::Swap(other) => {
                let other = other.index(members.len());
                let value = members[at].1.clone();
                let swapped = std::mem::replace(&mut members[other].1, value);
                members[at].1 = swapped;
            }
            Change::Copy(other) => {
                let other = other.index(members.len());
                members[at].1 = members[other].1.clone();
            }
        }
    });
}

/// A list or an object keeps its form, so that a transcript stays one.
fn fit(value: &mut Json, new: &Json) {
    if !matches!(value, Json::List(_) | Json::Object(_)) {
        *value = new.clone();
    }
}

/// An answer that was good, with up to four changes, and sometimes cut.
pub(super) fn spoiled() -> impl Strategy<Value = Answer> {
    let format = prop_oneof![
        8 => Just(Format::Record),
        8 => Just(Format::Transcript),
        1 => Just(Format::Page),
        1 => Just(Format::Badge),
        1 => Just(Format::Assertion),
    ];
    let changes = prop::collection::vec((any::<Index>(), change()), 0..5);
    let cut = prop::option::weighted(0.05, any::<Index>());
    (format, any::<Index>(), changes, cut, titles()).prop_map(
        |(format, which, changes, cut, title)| {
            let good = good(format);
            let text = &good[which.index(good.len())];
            let mut body = match Json::parse(text.as_bytes()) {
                Some(mut json) => {
                    for (place, change) in &changes {
                        apply(&mut json, *place, change);
                    }
                    json.to_string()
                }
                None => retitled(text, &title),
            }
            .into_bytes();
            if let Some(cut) = cut {
                body.truncate(cut.index(body.len()));
            }
            Answer { format, body }
        },
    )
}

fn retitled(page: &str, title: &Json) -> String {
    let Json::Text(title) = title else {
        return page.to_owned();
    };
    page.replace("Microsoft Certified: Azure AI Engineer Associate", title)
}
