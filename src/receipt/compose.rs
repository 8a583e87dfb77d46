//! Makes a receipt of what a verification was judged on and what came of it.

use chrono::{DateTime, Utc};

use super::digest;
use super::format::{
    AsOfFrom, AskedAbout, Exchange, FindingEntry, Receipt, Requirement, ResultEntry, Service,
    VERSION,
};
use crate::check::Expectation;
use crate::finding::Finding;
use crate::link::{self, Link};
use crate::report::neutral;
use crate::source::{
    Answerer, Asked, EvidenceKind, Kept, Origin, without_sharing_id, without_this_sharing_id,
};
use crate::verify::{AsOf, Terms, Trip, Verification};

impl Receipt {
    /// Puts a verification into the form of a receipt, as of `now`.
    ///
    /// What is kept of each answer is reduced like in saved evidence: no mail address, no
    /// MCID, no training, no sharingId.
    pub fn of(trip: &Trip<'_>, asked: &[Asked], terms: &Terms<'_, '_>, now: DateTime<Utc>) -> Self {
        let link = &trip.link;
        Self {
            bonafide_receipt: VERSION,
            program: super::read::program(),
            made_at: now,
            service: service(asked),
            notice: notice(asked),
            link: asked_about(link),
            requirement: requirement(terms.as_of, terms.expected),
            catalogue_known_on: terms
                .catalog
                .entries()
                .map(crate::catalog::Entry::known_on)
                .max(),
            exchanges: asked.iter().map(|one| exchange(one, link, now)).collect(),
            results: trip.verifications.iter().map(result).collect(),
            digest: digest::BLANK.to_owned(),
        }
    }

    /// The receipt as the text of its file.
    #[expect(
        clippy::missing_panics_doc,
        reason = "strings, numbers and lists serialise"
    )]
    pub fn to_text(&self, link: &Link) -> String {
        let mut text =
            serde_json::to_string_pretty(self).expect("strings, numbers and lists serialise");
        text.push('\n');
        let text = neutral::json(&text);
        let text = match link.sharing_id() {
            // Whatever else repeats the holder's key, such as a name that was typed.
            Some(id) => {
                let public = link.canonical().unwrap_or_default();
                let clean = without_this_sharing_id(text.as_bytes(), id, public);
                String::from_utf8(clean).expect("ASCII is replaced by ASCII")
            }
            None => text,
        };
        digest::fill(&text)
    }

    /// Who was asked.
    pub fn service(&self) -> Service {
        self.service
    }
}

/// Who was asked, the least trusted of all.
pub(super) fn service(asked: &[Asked]) -> Service {
    let all = asked.iter().map(|one| match answerer(one) {
        _ if origin(one) == Some(Origin::Demo) => Service::Demo,
        Answerer::Issuer => match one.kind {
            EvidenceKind::CredlyBadge | EvidenceKind::OpenBadge => Service::Credly,
            _ => Service::Microsoft,
        },
        Answerer::Other(_) => Service::Other,
        Answerer::Unknown => Service::Unknown,
    });
    all.max().unwrap_or(Service::Nobody)
}

/// What must be known of where the evidence comes from.
pub(super) fn notice(asked: &[Asked]) -> Option<String> {
    let who = match service(asked) {
        Service::Nobody => "Nobody was asked: the link names nothing that can be asked for.",
        Service::Microsoft => "",
        Service::Credly => "Credly was asked and not Microsoft.",
        Service::Other => {
            let hosts = asked.iter().find_map(|one| match answerer(one) {
                Answerer::Other(host) => Some(host),
                _ => None,
            });
            return Some(with_saved(
                &format!(
                    "NOT MICROSOFT: {} was asked, and not Microsoft's own host. This proves \
                     nothing about what Microsoft says.",
                    hosts.unwrap_or_default()
                ),
                asked,
            ));
        }
        Service::Unknown => {
            "NOT MICROSOFT: nothing says who gave this answer. Anyone could have written it."
        }
        Service::Demo => "NOT MICROSOFT: a sample that ships inside the program.",
    };
    Some(with_saved(who, asked)).filter(|text| !text.is_empty())
}

/// Adds that the evidence was read from a file, where it was.
fn with_saved(who: &str, asked: &[Asked]) -> String {
    let saved = asked
        .iter()
        .any(|one| origin(one) == Some(Origin::Evidence));
    let saved = if saved {
        "It was judged from saved evidence: nobody was asked in this run, and who answered is \
         what the saved file says."
    } else {
        ""
    };
    [who, saved].join(" ").trim().to_owned()
}

fn answerer(asked: &Asked) -> Answerer {
    match &asked.exchange {
        Ok(evidence) => evidence.answerer.clone(),
        Err(_) => Answerer::at(&asked.url, asked.kind),
    }
}

fn origin(asked: &Asked) -> Option<Origin> {
    asked.exchange.as_ref().ok().map(|evidence| evidence.origin)
}

fn asked_about(link: &Link) -> AskedAbout {
    let again = link.canonical().map_or_else(Link::absent, link::judge);
    let is_new = |finding: &&Finding| {
        let mut known = again.findings().iter();
        known.all(|known| known.code() != finding.code())
    };
    AskedAbout {
        address: link.canonical().map(without_sharing_id),
        kind: link.kind().as_str().to_owned(),
        pasted: findings(link.findings().iter().filter(is_new)),
    }
}

fn requirement(as_of: AsOf, expected: &Expectation) -> Requirement {
    let wanted = expected.certification.as_ref();
    Requirement {
        as_of: as_of.instant(),
        as_of_from: match as_of {
            AsOf::Clock(_) => AsOfFrom::Clock,
            AsOf::Given(_) => AsOfFrom::Given,
        },
        name: expected.name.as_deref().map(without_sharing_id),
        certification: wanted.map(|wanted| wanted.named().to_owned()),
        certification_titles: wanted
            .map(|wanted| wanted.titles().to_vec())
            .unwrap_or_default(),
        require: expected.require.as_str().to_owned(),
        valid_until: expected.valid_until,
    }
}

fn exchange(asked: &Asked, link: &Link, now: DateTime<Utc>) -> Exchange {
    let mut asked = asked.clone();
    if let (Ok(evidence), Some(id)) = (&mut asked.exchange, link.sharing_id()) {
        // A record may repeat the holder's key under any name.
        evidence.body = without_this_sharing_id(&evidence.body, id, &evidence.url);
    }
    Exchange {
        from: origin(&asked).map(|origin| origin.as_str().to_owned()),
        kept: Kept::write(&asked, now),
    }
}

/// Puts a result into the words that are kept, and compared when it is judged again.
pub(super) fn result(one: &Verification<'_>) -> ResultEntry {
    let record = one.record.as_ref();
    let (standing, renewal) = (&one.standing, &one.standing.renewal);
    let id = record.and_then(|record| record.credential_id.as_ref());
    ResultEntry {
        outcome: one.outcome.as_str().to_owned(),
        status: standing.status.as_str().to_owned(),
        valid: standing.status.is_valid(),
        credential_id: id.or(one.link.credential_id()).map(ToString::to_string),
        title: record.and_then(|record| record.title.clone()),
        kind: standing.kind.as_str().to_owned(),
        holder: record.and_then(|record| Some(record.holder.as_ref()?.name.clone())),
        holder_grade: one.holder.grade().as_str().to_owned(),
        holder_rule: one.holder.rule().map(|rule| rule.as_str().to_owned()),
        certification_number: record.and_then(|record| record.certification_number.clone()),
        earned_on: record.and_then(|record| record.earned.instant()),
        expires_on: record.and_then(|record| record.expires.instant()),
        days_left: standing.days_left,
        issuer_status: record.and_then(|record| Some(record.status.as_ref()?.as_str().to_owned())),
        certification: standing
            .known
            .entry()
            .and_then(|entry| entry.slug())
            .map(str::to_owned),
        certification_state: standing.state.as_str().to_owned(),
        certification_retires_on: standing.state.retires_on(),
        renewal: renewal.state.as_str().to_owned(),
        renewal_opens_on: renewal.opens_on,
        renewal_deadline: renewal.deadline,
        findings: findings(one.findings.iter()),
        evidence_sha256: one.provenance.as_ref().map(|from| from.sha256.clone()),
    }
}

fn findings<'f>(findings: impl Iterator<Item = &'f Finding>) -> Vec<FindingEntry> {
    let entry = |finding: &Finding| FindingEntry {
        code: finding.code().as_str().to_owned(),
        severity: finding.severity().as_str().to_owned(),
        message: without_sharing_id(finding.message()),
    };
    findings.map(entry).collect()
}
