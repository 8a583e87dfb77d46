//! One request's answer, read; and what several of them say together.

use super::Provenance;
use crate::catalog::Catalog;
use crate::finding::{Code, Finding};
use crate::lifecycle::Known;
use crate::link::Link;
use crate::record::{self, CredentialKind, Reading, Record};
use crate::source::{Answerer, Asked, Evidence, EvidenceKind, Failure};

/// A request with what came of it.
#[derive(Debug)]
pub(super) struct Answer {
    asked: Asked,
    reading: Reading,
}

impl Answer {
    pub(super) fn read(asked: Asked, link: &Link) -> Self {
        let reading = match &asked.exchange {
            Ok(evidence) => record::read(evidence, link.credential_id()),
            Err(failure) => Reading {
                records: Vec::new(),
                findings: vec![finding(failure)],
            },
        };
        Self { asked, reading }
    }

    /// What was asked, and what came of it.
    pub(super) fn asked(&self) -> &Asked {
        &self.asked
    }

    /// Whether the page may still show a title: the record was refused or not understood,
    /// but the service is there and has not said that the credential is gone.
    pub(super) fn page_may_help(&self) -> bool {
        let is_there = match &self.asked.exchange {
            Ok(evidence) => evidence.status != 410,
            Err(failure) => matches!(
                failure,
                Failure::ServiceError { .. }
                    | Failure::TooLarge { .. }
                    | Failure::Truncated { .. }
                    | Failure::RedirectedAway { .. }
            ),
        };
        self.reading.records.is_empty()
            && is_there
            && self.asked.kind == EvidenceKind::LearnCredential
    }

    pub(super) fn evidence(&self) -> Option<&Evidence> {
        self.asked.exchange.as_ref().ok()
    }

    /// Who answered, or was asked where there is no answer.
    pub(super) fn answerer(&self) -> Answerer {
        match self.evidence() {
            Some(evidence) => evidence.answerer.clone(),
            None => Answerer::at(&self.asked.url, self.asked.kind),
        }
    }

    pub(super) fn provenance(&self) -> Option<Provenance> {
        let evidence = self.evidence()?;
        Some(Provenance {
            kind: evidence.kind,
            url: evidence.url.clone(),
            origin: evidence.origin,
            fetched_at: evidence.fetched_at,
            service_date: evidence.service_date,
            sha256: evidence.sha256.clone(),
        })
    }

    /// Whether it is a page with the title of a credential, and not of the site.
    fn shows_a_credential(&self, catalog: &Catalog) -> bool {
        let kind = |record| Known::of(record, catalog).kind(record);
        let mut records = self.reading.records.iter();
        records.any(|record| kind(record) != CredentialKind::Unknown)
    }
}

/// What the answers to one link say together.
#[derive(Debug)]
pub(super) struct Said<'a> {
    /// The answer that counts.
    pub(super) from: Option<&'a Answer>,
    /// The credentials in it.
    pub(super) records: &'a [Record],
    /// What the fetching leaves to know of each of them.
    pub(super) beside: Vec<Finding>,
    /// What it leaves to know where records are missing; empty where none are.
    pub(super) missing: Vec<Finding>,
}

/// Puts the record's answer and the page's together. The record counts wherever it can be
/// read; a credential's title on the page is taken only for want of better. A page that
/// says nothing, or is not there, says nothing against a record that answered otherwise.
pub(super) fn combine<'a>(answers: &'a [Answer], catalog: &Catalog) -> Said<'a> {
    match (answers.first(), answers.get(1)) {
        (Some(first), Some(page)) if page.shows_a_credential(catalog) => Said {
            from: Some(page),
            records: &page.reading.records,
            beside: first.reading.findings.iter().map(beside_a_page).collect(),
            missing: Vec::new(),
        },
        (Some(first), _) => Said {
            from: Some(first),
            records: &first.reading.records,
            beside: Vec::new(),
            missing: first.reading.findings.clone(),
        },
        (None, _) => Said {
            from: None,
            records: &[],
            beside: Vec::new(),
            missing: Vec::new(),
        },
    }
}

/// Why there is only a title. A record that is not found though its page is there is the
/// service's contradiction, not the credential's absence.
fn beside_a_page(finding: &Finding) -> Finding {
    if finding.code() != Code::NotFound {
        return finding.clone();
    }
    let message = "The service has no record of it (status 404), though it shows its page.";
    Finding::new(Code::ServiceError, message)
}

fn finding(failure: &Failure) -> Finding {
    let (code, detail) = match failure {
        Failure::NameNotResolved { .. } => (Code::Unreachable, Some("dns")),
        Failure::NotConnected { .. } => (Code::Unreachable, Some("connection")),
        Failure::Tls { .. } => (Code::Unreachable, Some("tls")),
        Failure::TimedOut { .. } => (Code::TimedOut, None),
        Failure::RateLimited { .. } => (Code::RateLimited, None),
        Failure::ServiceError { .. } => (Code::ServiceError, None),
        Failure::TooLarge { .. } => (Code::TooLarge, None),
        Failure::Truncated { .. } => (Code::UnexpectedContent, Some("truncated")),
        Failure::RedirectedAway { .. } => (Code::RedirectedAway, None),
        Failure::NotAsked { .. } => (Code::NotAsked, None),
    };
    let finding = Finding::new(
        code,
        format!("No usable answer: {failure}. This says nothing about the credential."),
    );
    match detail {
        Some(detail) => finding.with_detail(detail),
        None => finding,
    }
}
