//! What is said of a document: each link once, with its places and claims.

use std::collections::{HashMap, HashSet};

use super::claim::{self, Claim};
use super::near::Found;
use super::spot::Spot;
use super::text::Place;
use crate::finding::{Code, Finding};
use crate::link::{Kind, Link};

/// How many places of one link are kept.
const MOST_PLACES: usize = 100;

/// A link that a document holds, with all places where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    link: Link,
    visible: Option<String>,
    places: Vec<Place>,
    claims: Vec<Claim>,
}

/// A claim that no link stands beside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LooseClaim {
    /// What is claimed.
    pub claim: Claim,
    /// Where it stands first.
    pub place: Place,
}

impl Mention {
    pub(super) fn new(spot: &Spot, place: Place, claims: Vec<Claim>) -> Self {
        let mut mention = Self {
            link: spot.link.clone(),
            visible: spot.visible.clone(),
            places: vec![place],
            claims: Vec::new(),
        };
        mention.add_claims(claims);
        mention
    }

    /// Where it leads, judged; with a `text-target-mismatch` where the document shows
    /// another address for it.
    pub fn link(&self) -> &Link {
        &self.link
    }

    /// What the document shows for it, where that is not its address. May hold a sharingId.
    pub fn visible(&self) -> Option<&str> {
        self.visible.as_deref()
    }

    /// Where it stands, in order; of a link that stands everywhere the first 100 places.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The claims beside it.
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// What a reviewer should know of the link.
    pub fn findings(&self) -> &[Finding] {
        self.link.findings()
    }

    /// The one certification that the claims beside it come to, as a title or an exam that
    /// the catalogue knows. Of claims that contradict each other there is none.
    pub fn claimed(&self) -> Option<String> {
        claim::come_to(&self.claims)
    }

    /// The certifications to ask for one by one: of a transcript each that is claimed
    /// beside it, of any other link the one that the claims come to, if they do.
    pub fn asked_for(&self) -> Vec<String> {
        if self.link.kind() != Kind::Transcript || self.claimed().is_some() {
            return self.claimed().into_iter().collect();
        }
        let mut asked: Vec<String> = Vec::new();
        for claim in self
            .claims
            .iter()
            .filter(|claim| !claim.titles().is_empty())
        {
            let one = claim::come_to(std::slice::from_ref(claim));
            asked.extend(one.filter(|title| !asked.contains(title)));
        }
        asked
    }

    /// The claims beside it that it cannot be held to: exams that are not known, and claims
    /// that contradict each other.
    pub fn open_claims(&self) -> Vec<&Claim> {
        if self.claimed().is_some() {
            return Vec::new();
        }
        let is_each_held = self.link.kind() == Kind::Transcript;
        let is_open = |claim: &&Claim| !is_each_held || claim.titles().is_empty();
        self.claims.iter().filter(is_open).collect()
    }

    fn add_claims(&mut self, claims: Vec<Claim>) {
        for claim in claims {
            if !self.claims.contains(&claim) {
                self.claims.push(claim);
            }
        }
    }

    /// The same link at another place. What is wrong at one place is wrong.
    fn absorb(&mut self, other: Self) {
        let is_wrong = |link: &Link| {
            let mut findings = link.findings().iter();
            findings.any(|finding| finding.code() == Code::TextTargetMismatch)
        };
        let has_key = |link: &Link| link.sharing_id().is_some();
        let (own, its) = (
            (is_wrong(&self.link), has_key(&self.link)),
            (is_wrong(&other.link), has_key(&other.link)),
        );
        if its > own {
            self.link = other.link;
            self.visible = other.visible.or(self.visible.take());
        } else if self.visible.is_none() {
            self.visible = other.visible;
        }
        for place in other.places {
            if self.places.len() < MOST_PLACES && !self.places.contains(&place) {
                self.places.push(place);
            }
        }
        self.add_claims(other.claims);
    }
}

/// What makes two links one: what they name, however they are written.
fn identity(link: &Link) -> String {
    let number = link
        .credential_id()
        .map(|id| format!("credential {id}"))
        .or_else(|| link.share_id().map(|id| format!("transcript {id}")))
        .or_else(|| link.badge_id().map(|id| format!("badge {id}")));
    number
        .filter(|_| link.is_verifiable())
        .or_else(|| link.canonical().map(str::to_owned))
        .unwrap_or_else(|| link.input().trim().to_owned())
}

/// Puts the parts of a document together.
pub(super) fn merge(parts: Vec<Found>) -> (Vec<Mention>, Vec<LooseClaim>) {
    let mut mentions: Vec<Mention> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut loose: Vec<LooseClaim> = Vec::new();
    for part in parts {
        for mention in part.mentions {
            let identity = identity(&mention.link);
            if let Some(at) = known.get(&identity) {
                mentions[*at].absorb(mention);
            } else {
                known.insert(identity, mentions.len());
                mentions.push(mention);
            }
        }
        loose.extend(part.loose);
    }
    let mut known: HashSet<String> = HashSet::new();
    for claim in mentions.iter().flat_map(|mention| &mention.claims) {
        known.extend(names(claim).map(str::to_owned));
    }
    let mut is_new = |one: &LooseClaim| {
        let new = names(&one.claim).all(|name| !known.contains(name));
        known.extend(names(&one.claim).map(str::to_owned));
        new
    };
    loose.retain(&mut is_new);
    (mentions, loose)
}

/// What a claim may be known by already.
fn names(claim: &Claim) -> impl Iterator<Item = &str> {
    let titles = claim.titles().iter().map(String::as_str);
    std::iter::once(claim.text()).chain(titles)
}
