//! Which links are meant as proof, and which claims they stand beside.
//!
//! A claim stands beside a link when it is in the text shown for the link; else on the same
//! line or row, where several links share the claims in their order; else on the line just
//! above, or the nearest of three where only dates and numbers lie between. It is not looked
//! for past another link, a heading, a page, or out of another item of a list: a claim put to
//! the wrong link would fail an honest candidate.

use std::collections::HashSet;
use std::ops::Range;

use super::ScanError;
use super::claim::{self, Claim};
use super::mention::{LooseClaim, Mention};
use super::spot::{self, Shape, Spot};
use super::text::{Flow, Line, LineSort, Text};
use crate::catalog::Catalog;
use crate::finding::Code;
use crate::link::Kind;

/// How many lines above a link a claim is looked for.
const LINES_ABOVE: usize = 3;

/// How many gaps between paragraphs may lie between a claim and its link.
const GAPS: u32 = 2;

/// The most links to credentials, and claims, of one part of a document.
const MOST_LINKS: usize = 2_000;
const MOST_CLAIMS: usize = 20_000;

/// How many bytes may lie between a claim and what is offered as its proof.
const CLOSE: usize = 24;

/// The claims of one line.
type LineClaims = Vec<(Range<usize>, Claim)>;

/// What one part of a document holds.
pub(super) struct Found {
    pub(super) mentions: Vec<Mention>,
    pub(super) loose: Vec<LooseClaim>,
}

pub(super) fn assemble(text: &Text, catalog: &Catalog) -> Result<Found, ScanError> {
    let lines = &text.lines;
    let spots = spot::all(lines)?;
    let claims = claims(lines, &spots, catalog);
    let spots: Vec<Spot> = spots
        .into_iter()
        .filter(|spot| is_proof(spot, lines, &claims))
        .collect();
    if spots.len() > MOST_LINKS || claims.iter().map(Vec::len).sum::<usize>() > MOST_CLAIMS {
        return Err(ScanError::Bomb(
            "more than 2,000 links to credentials or 20,000 claims",
        ));
    }
    let here = beside(lines, &spots, &claims);
    let mut used: Vec<Vec<bool>> = claims.iter().map(|all| vec![false; all.len()]).collect();
    let linked = here_lines(&spots);
    let mut mentions = Vec::new();
    for (at, spot) in spots.iter().enumerate() {
        let mut own = here[at].clone();
        if own.is_empty() {
            own = above(lines, &linked, &claims, spot);
        }
        for (line, claim) in &own {
            used[*line][*claim] = true;
        }
        let own = own
            .iter()
            .map(|(line, claim)| claims[*line][*claim].1.clone());
        let place = lines[spot.line].place.clone();
        mentions.push(Mention::new(spot, place, own.collect()));
    }
    let loose = claims
        .into_iter()
        .zip(used)
        .enumerate()
        .flat_map(|(line, (all, used))| {
            let place = lines[line].place.clone();
            let unused = all.into_iter().zip(used).filter(|(_, used)| !used);
            unused.map(move |((_, claim), _)| LooseClaim {
                claim,
                place: place.clone(),
            })
        });
    Ok(Found {
        mentions,
        loose: loose.collect(),
    })
}

/// The claims of every line. What stands in an address is none.
fn claims(lines: &[Line], spots: &[Spot], catalog: &Catalog) -> Vec<LineClaims> {
    let mut addresses: Vec<Vec<Range<usize>>> = vec![Vec::new(); lines.len()];
    for spot in spots.iter().filter(|spot| spot.shape == Shape::Address) {
        let last = spot.last.map_or(spot.line, |(last, _)| last);
        for line in spot.line..=last {
            addresses[line].extend(spot.on(line, lines[line].text.len()));
        }
    }
    let mut claims: Vec<LineClaims> = Vec::with_capacity(lines.len());
    let mut from = 0;
    for (at, line) in lines.iter().enumerate() {
        let mut left_out = std::mem::take(&mut addresses[at]);
        left_out.push(0..from);
        left_out.sort_by_key(|range| (range.start, range.end));
        let mut own = claim::find(&line.text, &left_out, catalog);
        from = 0;
        // A title may be broken over two lines as well.
        let next = lines
            .get(at + 1)
            .filter(|next| line.flow == Flow::MayGoOn && next.block == line.block);
        if let Some(next) = next {
            let length = line.text.len();
            let both = format!("{} {}", line.text, next.text);
            let across = claim::find(&both, &left_out, catalog).into_iter();
            let across = across.filter(|(range, _)| range.start < length && range.end > length + 1);
            for (range, claim) in across {
                own.retain(|(other, _)| other.end <= range.start);
                from = range.end - length - 1;
                own.push((range.start..length, claim));
            }
        }
        claims.push(own);
    }
    claims
}

/// Whether a link is one of credentials, or is shown or offered as one.
fn is_proof(spot: &Spot, lines: &[Line], claims: &[LineClaims]) -> bool {
    let link = &spot.link;
    let has = |code| link.findings().iter().any(|finding| finding.code() == code);
    match link.kind() {
        _ if has(Code::LookalikeHost) || has(Code::TextTargetMismatch) => true,
        Kind::None => false,
        Kind::Other | Kind::Shortened => is_offered(spot, &lines[spot.line], &claims[spot.line]),
        _ => true,
    }
}

/// Whether a link to anywhere is offered as the proof of a claim: it is shown as one, or
/// stands right behind one and a mark such as a colon. CVs are full of other links, and
/// none of them may be held against their owner.
fn is_offered(spot: &Spot, line: &Line, claims: &LineClaims) -> bool {
    const MARKS: &[char] = &[':', '(', '[', '→', '–', '—', '-', '>', '='];
    const PARTING: &[char] = &['|', '•', '·', ';', '\t'];
    let Range { start, end } = spot.range.clone();
    if spot.shape == Shape::Words {
        let first = claims.partition_point(|(range, _)| range.start < start);
        return claims.get(first).is_some_and(|(range, _)| range.end <= end);
    }
    let before = claims.partition_point(|(range, _)| range.end <= start);
    let Some((claim, _)) = before.checked_sub(1).map(|at| &claims[at]) else {
        return false;
    };
    let between = &line.text[claim.end..start];
    let close = between.len() <= CLOSE && !between.contains(PARTING);
    let address = &line.text[spot.range.clone()];
    let marked = between.trim_end().ends_with(MARKS) || address.starts_with(['(', '[', '<']);
    let plain = address.contains("://") || address.contains("www.");
    plain && close && marked
}

/// A claim by its line and its place in it.
type At = (usize, usize);

/// The claims on the lines of each link.
fn beside(lines: &[Line], spots: &[Spot], claims: &[LineClaims]) -> Vec<Vec<At>> {
    let mut beside: Vec<Vec<At>> = vec![Vec::new(); spots.len()];
    let mut from = 0;
    for (line, own) in claims.iter().enumerate() {
        while spots
            .get(from)
            .is_some_and(|spot| spot.last.map_or(spot.line, |last| last.0) < line)
        {
            from += 1;
        }
        let length = lines[line].text.len();
        let near = spots[from..].iter().take_while(|spot| spot.line <= line);
        let here: Vec<(usize, Range<usize>)> = near
            .enumerate()
            .filter_map(|(at, spot)| Some((from + at, spot.on(line, length)?)))
            .collect();
        let (Some(first), Some(last)) = (here.first(), here.last()) else {
            continue;
        };
        let lead = own.iter().any(|(range, _)| range.end <= first.1.start);
        for (at, (range, _)) in own.iter().enumerate() {
            let within = here
                .iter()
                .find(|(_, on)| range.start < on.end && on.start < range.end);
            let next = || {
                here.iter()
                    .find(|(_, on)| on.start >= range.end)
                    .or(Some(last))
            };
            let before = || {
                here.iter()
                    .rev()
                    .find(|(_, on)| on.end <= range.start)
                    .or(Some(first))
            };
            let to = within.or_else(|| if lead { next() } else { before() });
            beside[to.map_or(first.0, |to| to.0)].push((line, at));
        }
    }
    beside
}

/// The lines that links stand on.
fn here_lines(spots: &[Spot]) -> HashSet<usize> {
    let last = |spot: &Spot| spot.last.map_or(spot.line, |last| last.0);
    spots
        .iter()
        .flat_map(|spot| spot.line..=last(spot))
        .collect()
}

/// Whether a line between a claim and its link may be a detail of the claim: when it was
/// issued, its number, an invitation to verify.
fn is_detail(text: &str) -> bool {
    const WORDS: [&str; 9] = [
        "issued",
        "issuer",
        "credential",
        "verify",
        "link",
        "proof",
        "nachweis",
        "ausgestellt",
        "gültig",
    ];
    let lower = text.to_lowercase();
    let short = text.chars().count() <= 80;
    short
        && (lower.contains(|c: char| c.is_ascii_digit())
            || WORDS.iter().any(|word| lower.contains(word)))
}

/// The claims above a link.
fn above(lines: &[Line], linked: &HashSet<usize>, claims: &[LineClaims], spot: &Spot) -> Vec<At> {
    let line = &lines[spot.line];
    for up in (spot.line.saturating_sub(LINES_ABOVE)..spot.line).rev() {
        let higher = &lines[up];
        let apart = line.block != higher.block;
        let far = line.block.abs_diff(higher.block) > GAPS
            || line.place.part != higher.place.part
            || line.place.page != higher.place.page;
        let other_item = higher.sort == LineSort::Item && (apart || line.sort == LineSort::Item);
        if far || other_item || linked.contains(&up) {
            return Vec::new();
        }
        if !claims[up].is_empty() {
            return (0..claims[up].len()).map(|at| (up, at)).collect();
        }
        if higher.sort == LineSort::Heading || !is_detail(&higher.text) {
            return Vec::new();
        }
    }
    Vec::new()
}
