//! What is true in the simulation: credentials that are renewed, taken back or lost, and a
//! service that answers for them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::{DateTime, Days, Months, NaiveDate, Utc};

use crate::source::{Answerer, Evidence, EvidenceKind, Exchange, Failure, Origin, Request, Source};

/// A small generator of numbers that are the same in every run (`SplitMix64`).
#[derive(Debug, Clone)]
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.throw() % limit
    }

    pub(super) fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }
}

/// What the service says of one credential.
#[derive(Debug, Clone)]
pub(super) struct Credential {
    pub(super) title: &'static str,
    pub(super) expires: NaiveDate,
    pub(super) status: &'static str,
    renewed_on: Option<NaiveDate>,
    revoked_on: Option<NaiveDate>,
    /// From when to when the service does not know it.
    lost: Option<(NaiveDate, NaiveDate)>,
}

/// The service.
#[derive(Debug)]
pub(super) struct World {
    pub(super) credentials: RefCell<BTreeMap<String, Credential>>,
    pub(super) today: RefCell<NaiveDate>,
    /// Days on which the service does not answer.
    pub(super) is_down: RefCell<bool>,
}

const TITLES: [&str; 5] = [
    "Microsoft Certified: Azure Administrator Associate",
    "Microsoft Certified: Azure Developer Associate",
    // Retired on 2026-11-30, in the middle of the simulation.
    "Microsoft 365 Certified: Administrator Expert",
    // Retired before it.
    "Microsoft Certified: Azure AI Engineer Associate",
    "Contoso Certified: Something",
];

impl World {
    /// So many credentials, from a day on.
    pub(super) fn new(count: u64, first: NaiveDate, dice: &mut Dice) -> Self {
        let credentials = (1..=count).map(|number| {
            let id = format!("{:016X}", 0xA000_0000_0000_0000 + number);
            (id, credential(first, dice))
        });
        Self {
            credentials: RefCell::new(credentials.collect()),
            today: RefCell::new(first),
            is_down: RefCell::new(false),
        }
    }

    /// What happens on a day.
    pub(super) fn dawn(&self, today: NaiveDate) {
        self.today.replace(today);
        for one in self.credentials.borrow_mut().values_mut() {
            if one.renewed_on == Some(today) && one.status == "Active" && today <= one.expires {
                one.expires = one.expires + Months::new(12);
            }
            if one.revoked_on == Some(today) {
                one.status = "Revoked";
            }
        }
    }

    /// What is true of a credential now; `None` where the service does not know it.
    pub(super) fn truth(&self, id: &str) -> Option<Credential> {
        let today = *self.today.borrow();
        let one = self.credentials.borrow().get(id)?.clone();
        let is_lost = one
            .lost
            .is_some_and(|(from, to)| (from..to).contains(&today));
        (!is_lost).then_some(one)
    }
}

fn credential(first: NaiveDate, dice: &mut Dice) -> Credential {
    let day = |dice: &mut Dice, limit: u64| first + Days::new(dice.below(limit));
    let expires = first + Days::new(15 + dice.below(420));
    // Most are renewed within the half year before their end, some too late to be of use.
    let renewed_on = dice
        .percent(60)
        .then(|| expires - Days::new(dice.below(180)));
    let revoked_on = dice.percent(3).then(|| day(dice, 400));
    let lost = dice.percent(15).then(|| {
        let from = day(dice, 390);
        (from, from + Days::new(1 + dice.below(12)))
    });
    Credential {
        title: TITLES[usize::try_from(dice.below(TITLES.len() as u64)).unwrap()],
        expires,
        status: "Active",
        renewed_on,
        revoked_on,
        lost,
    }
}

impl Source for World {
    async fn fetch(&self, request: &Request) -> Exchange {
        let host = "learn.microsoft.com".to_owned();
        if *self.is_down.borrow() {
            let reason = "refused".to_owned();
            return Err(Failure::NotConnected { host, reason });
        }
        let url = self.address(request);
        let id = url.rsplit('/').next().unwrap_or_default().to_owned();
        let truth = self.truth(&id);
        let now: DateTime<Utc> = self.today.borrow().and_hms_opt(6, 0, 0).unwrap().and_utc();
        let body = truth.as_ref().map_or_else(String::new, |one| {
            format!(
                r#"{{"credentialId":"{id}","title":"{}","expiresOn":"{}T23:59:59Z","credentialStatus":"{}"}}"#,
                one.title, one.expires, one.status
            )
        });
        Ok(Evidence {
            kind: EvidenceKind::LearnCredential,
            url,
            answerer: Answerer::Issuer,
            status: if truth.is_some() { 200 } else { 404 },
            content_type: Some("application/json".to_owned()),
            fetched_at: Some(now),
            service_date: None,
            sha256: String::new(),
            received_bytes: None,
            body: body.into_bytes(),
            origin: Origin::Network,
        })
    }

    fn address(&self, request: &Request) -> String {
        format!("https://learn.microsoft.com{}", request.path())
    }
}
