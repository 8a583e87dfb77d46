//! Which part of one name goes with which of another, in order.

use super::parts::Part;
use super::relation::{Relation, relate};
use super::sequence::Reading;

/// Two lists of parts laid beside each other.
#[derive(Debug)]
pub(super) struct Alignment {
    /// Parts that belong together: place in the first list, place in the second, how.
    pub(super) pairs: Vec<(usize, usize, Relation)>,
    /// Places of the first list without a partner.
    pub(super) alone_a: Vec<usize>,
    /// Places of the second list without a partner.
    pub(super) alone_b: Vec<usize>,
}

/// Lays the lists beside each other so that the closest parts pair up, keeping the order.
///
/// Plain dynamic programming, so the work grows with the product of the lengths.
pub(super) fn align(a: &[Part], b: &[Part], reading: Reading) -> Alignment {
    let relations: Vec<Vec<Option<Relation>>> = a
        .iter()
        .map(|a| b.iter().map(|b| relate(a, b, reading)).collect())
        .collect();
    let best = best_worths(&relations, a.len(), b.len());
    trace(&relations, &best, a.len(), b.len())
}

/// The worth of the best alignment of what is left from each pair of places on.
fn best_worths(relations: &[Vec<Option<Relation>>], a: usize, b: usize) -> Vec<Vec<u32>> {
    let mut best = vec![vec![0; b + 1]; a + 1];
    for i in (0..a).rev() {
        for j in (0..b).rev() {
            let paired = relations[i][j].map_or(0, |relation| worth(relation) + best[i + 1][j + 1]);
            best[i][j] = paired.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    best
}

/// Walks the best way; of equal ways, the one that pairs earliest.
fn trace(relations: &[Vec<Option<Relation>>], best: &[Vec<u32>], a: usize, b: usize) -> Alignment {
    let (mut i, mut j) = (0, 0);
    let mut found = Alignment {
        pairs: Vec::new(),
        alone_a: Vec::new(),
        alone_b: Vec::new(),
    };
    while i < a && j < b {
        match relations[i][j] {
            Some(relation) if worth(relation) + best[i + 1][j + 1] == best[i][j] => {
                found.pairs.push((i, j, relation));
                i += 1;
                j += 1;
            }
            _ if best[i + 1][j] == best[i][j] => {
                found.alone_a.push(i);
                i += 1;
            }
            _ => {
                found.alone_b.push(j);
                j += 1;
            }
        }
    }
    found.alone_a.extend(i..a);
    found.alone_b.extend(j..b);
    found
}

/// How much a pair counts; these order alignments and never leave this file.
fn worth(relation: Relation) -> u32 {
    match relation {
        Relation::Same(_) => 1000,
        Relation::Near(_) => 800,
        Relation::Forms => 700,
        Relation::Initial => 500,
        Relation::Slip => 300,
    }
}
