//! The trip of a pasted text, start to end.
//!
//! Text becomes a link, a link evidence, evidence records, a record a standing, and a
//! standing is checked. What comes out says for each credential what it is on a day, what
//! a reviewer should know, and what it comes to. Saying it is the report's work.

mod answer;
mod choose;
mod circumstance;
mod own;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::catalog::Catalog;
use crate::check::holder::HolderMatch;
use crate::check::{self, Expectation, Outcome};
use crate::finding::Finding;
use crate::lifecycle::{self, Doubt, Standing};
use crate::link::{self, Link};
use crate::record::Record;
use crate::source::{Asked, EvidenceKind, Origin, Request, Source};
use answer::Answer;

/// The day of judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// Now, by this machine's clock: doubtful where the clock is.
    Clock(DateTime<Utc>),
    /// A day or an instant that was asked for.
    Given(DateTime<Utc>),
}

impl AsOf {
    /// The instant, in UTC.
    pub const fn instant(self) -> DateTime<Utc> {
        match self {
            Self::Clock(instant) | Self::Given(instant) => instant,
        }
    }

    /// The first second of a day, in UTC.
    pub fn day(day: NaiveDate) -> Self {
        Self::Given(day.and_time(NaiveTime::MIN).and_utc())
    }
}

/// What a verification is held against.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a, 'e> {
    /// What is known of certifications.
    pub catalog: &'a Catalog,
    /// The day of judgement.
    pub as_of: AsOf,
    /// What the reviewer expects.
    pub expected: &'e Expectation,
}

/// Where a result's evidence comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// The service and format.
    pub kind: EvidenceKind,
    /// The address asked, without a sharingId.
    pub url: String,
    /// By which way it reached this run.
    pub origin: Origin,
    /// When it was received, where that is known.
    pub fetched_at: Option<DateTime<Utc>>,
    /// The day and hour by the service's clock, where it said so.
    pub service_date: Option<DateTime<Utc>>,
    /// SHA-256 of what was received, in hex.
    pub sha256: String,
}

/// What was found out of one credential.
#[derive(Debug, Clone, PartialEq)]
pub struct Verification<'a> {
    /// The pasted text, judged.
    pub link: Link,
    /// What the issuer says, where it says anything.
    pub record: Option<Record>,
    /// What that means on the day.
    pub standing: Standing<'a>,
    /// How well the holder agrees with the expected name.
    pub holder: HolderMatch,
    /// Everything a reviewer should know, in the order of the trip, each code once.
    pub findings: Vec<Finding>,
    /// What it comes to.
    pub outcome: Outcome,
    /// Where the evidence comes from; `None` where there is none.
    pub provenance: Option<Provenance>,
}

impl Verification<'_> {
    /// Adds what else a reviewer should know, and weighs everything again.
    pub fn note(&mut self, finding: Finding) {
        if self
            .findings
            .iter()
            .all(|known| known.code() != finding.code())
        {
            self.findings.push(finding);
            self.outcome = Outcome::of(self.standing.status, &self.findings);
        }
    }
}

/// Everything that came of one pasted text.
#[derive(Debug, Clone, PartialEq)]
pub struct Trip<'a> {
    /// The pasted text, judged.
    pub link: Link,
    /// One for each credential, and at least one.
    pub verifications: Vec<Verification<'a>>,
}

/// Verifies one pasted text.
pub async fn verify<'a>(text: &str, source: &impl Source, terms: &Terms<'a, '_>) -> Trip<'a> {
    gather(link::judge(text), source).await.weigh(terms)
}

/// Verifies one judged link for several reviewers: asked is once, and weighed for each.
pub async fn verify_each<'a>(
    link: &Link,
    source: &impl Source,
    terms: &[Terms<'a, '_>],
) -> Vec<Trip<'a>> {
    let answers = ask(link, source).await;
    let weighed = terms.iter().map(|terms| Trip {
        verifications: weigh(link, &answers, terms),
        link: link.clone(),
    });
    weighed.collect()
}

/// Judges saved evidence again, for the link it was saved for where that is known.
pub fn again<'a>(link: Option<&str>, asked: &[Asked], terms: &Terms<'a, '_>) -> Trip<'a> {
    recalled(link.map_or_else(Link::absent, link::judge), asked, terms)
}

/// Judges kept answers again for a link of an earlier run.
pub(crate) fn recalled<'a>(link: Link, asked: &[Asked], terms: &Terms<'a, '_>) -> Trip<'a> {
    let answers: Vec<_> = asked
        .iter()
        .map(|asked| Answer::read(asked.clone(), &link))
        .collect();
    Trip {
        verifications: weigh(&link, &answers, terms),
        link,
    }
}

/// A link with everything that verifying it takes, read and not yet judged.
#[derive(Debug)]
pub struct Gathered {
    link: Link,
    answers: Vec<Answer>,
}

/// Asks everything that verifying a link takes.
pub async fn gather(link: Link, source: &impl Source) -> Gathered {
    let answers = ask(&link, source).await;
    Gathered { link, answers }
}

impl Gathered {
    /// What was asked, in its order, and what came of it.
    pub fn asked(&self) -> impl ExactSizeIterator<Item = &Asked> {
        self.answers.iter().map(Answer::asked)
    }

    /// Judges it: pure, so that the same answers give the same result on any day.
    pub fn weigh<'a>(self, terms: &Terms<'a, '_>) -> Trip<'a> {
        Trip {
            verifications: weigh(&self.link, &self.answers, terms),
            link: self.link,
        }
    }
}

/// Asks for the record, and for the page where the record cannot be had.
async fn ask(link: &Link, source: &impl Source) -> Vec<Answer> {
    let mut answers = Vec::new();
    if let Some(request) = Request::for_link(link) {
        answers.push(Answer::read(fetch(&request, source).await, link));
    }
    if answers.last().is_some_and(Answer::page_may_help)
        && let Some(request) = Request::page_for(link)
    {
        answers.push(Answer::read(fetch(&request, source).await, link));
    }
    answers
}

async fn fetch(request: &Request, source: &impl Source) -> Asked {
    Asked {
        kind: request.kind(),
        url: source.address(request),
        exchange: source.fetch(request).await,
    }
}

/// Judges what was answered: pure, so that saved answers give the same result.
fn weigh<'a>(link: &Link, answers: &[Answer], terms: &Terms<'a, '_>) -> Vec<Verification<'a>> {
    own::beside_common(terms, |terms| weigh_by(link, answers, terms))
}

fn weigh_by<'a>(link: &Link, answers: &[Answer], terms: &Terms<'a, '_>) -> Vec<Verification<'a>> {
    let said = answer::combine(answers, terms.catalog);
    let provenance = said.from.and_then(Answer::provenance);
    let around = said
        .from
        .map(|answer| circumstance::look(answer, terms.as_of));
    let context = Context {
        link,
        provenance: provenance.as_ref(),
        findings: around.iter().flat_map(|around| &around.findings).collect(),
        service_now: around.as_ref().and_then(|around| around.service_now),
        terms,
    };
    let mut verifications: Vec<_> = said
        .records
        .iter()
        .map(|record| judge(&context, Some(record), &said.beside))
        .collect();
    if said.records.is_empty() || !said.missing.is_empty() {
        verifications.push(judge(&context, None, &said.missing));
    }
    choose::expected(verifications, terms)
}

/// What every credential of one answer shares.
struct Context<'c, 'a> {
    link: &'c Link,
    provenance: Option<&'c Provenance>,
    findings: Vec<&'c Finding>,
    service_now: Option<DateTime<Utc>>,
    terms: &'c Terms<'a, 'c>,
}

fn judge<'a>(
    context: &Context<'_, 'a>,
    record: Option<&Record>,
    fetched: &[Finding],
) -> Verification<'a> {
    let Terms {
        catalog,
        as_of,
        expected,
    } = *context.terms;
    let on = |instant| {
        record.map_or_else(Standing::undetermined, |record| {
            lifecycle::judge(record, catalog, instant)
        })
    };
    let standing = on(as_of.instant());
    // Two clocks that give two answers give none.
    let standing = match context.service_now.map(on) {
        Some(other) if other.status != standing.status => standing.in_doubt(Doubt::ClockWrong),
        _ => standing,
    };
    let checked = check::check(record, &standing, expected);
    let findings = each_once(
        context
            .link
            .findings()
            .iter()
            .chain(fetched)
            .chain(context.findings.iter().copied())
            .chain(&standing.findings)
            .chain(&checked.findings),
    );
    Verification {
        outcome: Outcome::of(standing.status, &findings),
        link: context.link.clone(),
        record: record.cloned(),
        standing,
        holder: checked.holder,
        findings,
        provenance: context.provenance.cloned(),
    }
}

fn each_once<'f>(findings: impl Iterator<Item = &'f Finding>) -> Vec<Finding> {
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings {
        if kept.iter().all(|kept| kept.code() != finding.code()) {
            kept.push(finding.clone());
        }
    }
    kept
}
