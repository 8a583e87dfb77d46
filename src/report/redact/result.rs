//! Finished results that name nobody.

use super::search::{self, Needle};
use super::{Redactor, Sort};
use crate::finding::Finding;
use crate::link::{self, Link, Part};
use crate::record::{Holder, IssuerStatus, Record};
use crate::report::json::ResultJson;
use crate::verify::{Provenance, Verification};

/// Everything in a result that names its holder, and what stands for it.
struct Known<'r> {
    redactor: &'r Redactor,
    user: Option<String>,
    needles: Vec<Needle>,
}

impl Redactor {
    /// A verification that names nobody: what any report makes of it does not either.
    ///
    /// `expected` is the name that the holder was held against. The numbers of credentials
    /// and badges stay; so does the SHA-256 of the evidence.
    #[must_use]
    pub fn verification<'a>(
        &self,
        one: &Verification<'a>,
        expected: Option<&str>,
    ) -> Verification<'a> {
        let holder = one
            .record
            .as_ref()
            .and_then(|record| record.holder.as_ref());
        let names = [expected, holder.map(|holder| holder.name.as_str())];
        let known = self.known(&one.link, &names);
        Verification {
            link: one
                .link
                .in_other_words(&self.pasted(&one.link), |part, text| known.part(part, text)),
            record: one.record.as_ref().map(|record| known.record(record)),
            standing: one.standing.clone(),
            holder: one.holder,
            findings: one.findings.iter().map(|it| known.finding(it)).collect(),
            outcome: one.outcome,
            provenance: one.provenance.as_ref().map(|it| known.provenance(it)),
        }
    }

    /// The same for a result that is already in the form of the documents.
    pub fn result(&self, one: &mut ResultJson, expected: Option<&str>) {
        let link = link::judge(&one.input);
        let names = [expected, one.credential.holder.as_deref()];
        let known = self.known(&link, &names);
        let each = |texts: &mut [&mut Option<String>]| {
            for text in texts.iter_mut().filter_map(|text| text.as_mut()) {
                *text = known.text(text);
            }
        };
        one.input = self.pasted(&link);
        one.link.input.clone_from(&one.input);
        one.link.user = one.link.user.as_deref().map(|user| self.user(user));
        one.link.canonical = one.link.canonical.as_deref().map(|it| known.address(it));
        one.link.transcript_id = None;
        one.credential.holder = one.credential.holder.as_deref().map(|it| self.name(it));
        each(&mut [
            &mut one.link.slug,
            &mut one.credential.title,
            &mut one.credential.certification_number,
            &mut one.credential.issuer_status,
            &mut one.certification.slug,
        ]);
        one.next_step = known.text(&one.next_step);
        for finding in one.findings.iter_mut().chain(&mut one.link.findings) {
            finding.message = known.text(&finding.message);
        }
        if let Some(source) = &mut one.source {
            source.url = known.address(&source.url);
        }
    }

    fn known(&self, link: &Link, names: &[Option<&str>]) -> Known<'_> {
        let names = names.iter().flatten();
        let mut needles: Vec<Needle> = names.flat_map(|name| self.needles_of_name(name)).collect();
        needles.extend(self.needles_of_link(link));
        Known {
            redactor: self,
            user: link.user().map(str::to_owned),
            needles: search::sorted(needles),
        }
    }

    pub(super) fn needles_of_link(&self, link: &Link) -> Vec<Needle> {
        let mut needles = Vec::new();
        if let Some(user) = link.user() {
            needles.extend(Needle::new(user, &self.user(user)));
        }
        if let Some(id) = link.share_id() {
            let pseudonym = self.pseudonym(Sort::Transcript, id.as_str(), id.as_str());
            needles.extend(Needle::new(id.as_str(), &pseudonym));
        }
        let own = link.credential_id().map(link::CredentialId::as_str);
        let sharing = link.sharing_id().map(link::SharingId::reveal);
        if let Some(secret) = sharing.filter(|secret| Some(*secret) != own) {
            needles.extend(Needle::new(secret, "redacted"));
        }
        needles
    }
}

impl Known<'_> {
    fn text(&self, text: &str) -> String {
        self.redactor.replaced(text, &self.needles)
    }

    fn address(&self, address: &str) -> String {
        self.redactor.address(address, self.user.as_deref())
    }

    fn part(&self, part: Part, text: &str) -> String {
        match part {
            Part::User => self.redactor.user(text),
            Part::Address => self.address(text),
            Part::Text => self.text(text),
        }
    }

    fn finding(&self, finding: &Finding) -> Finding {
        finding.reworded(|text| self.text(text))
    }

    fn record(&self, record: &Record) -> Record {
        let text = |text: &Option<String>| text.as_deref().map(|text| self.text(text));
        Record {
            title: text(&record.title),
            holder: record.holder.as_ref().map(|holder| Holder {
                name: self.redactor.name(&holder.name),
                basis: holder.basis,
            }),
            certification_number: text(&record.certification_number),
            status: record.status.as_ref().map(|status| match status {
                IssuerStatus::Revoked(word) => IssuerStatus::Revoked(self.text(word)),
                IssuerStatus::Unknown(word) => IssuerStatus::Unknown(self.text(word)),
                known => known.clone(),
            }),
            uid: text(&record.uid),
            strange_type: text(&record.strange_type),
            ..record.clone()
        }
    }

    fn provenance(&self, provenance: &Provenance) -> Provenance {
        Provenance {
            url: self.address(&provenance.url),
            ..provenance.clone()
        }
    }
}
