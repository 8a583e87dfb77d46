//! Each station's cost as a multiple of its floor, measured in turns.

use std::time::{Duration, Instant};

use bonafide::catalog::Catalog;
use bonafide::check::{self, Expectation};
use bonafide::record::{self, floor};
use bonafide::{lifecycle, link};
use divan::black_box;
use url::Url;

use crate::samples;

/// Turns of each pair; the medians are compared.
const TURNS: usize = 201;

pub(crate) fn print() {
    let (small, large) = (samples::record(), samples::transcript());
    let record = record::read(&small, None).records.remove(0);
    let (catalog, expected) = (Catalog::embedded(), Expectation::default());
    println!("\nratio  station                  floor");
    pair(
        "link: judge",
        "Url::parse",
        200,
        || link::judge(black_box(samples::LINK)),
        || Url::parse(black_box(samples::LINK)),
    );
    pair(
        "record: read",
        "serde_json, same struct",
        200,
        || record::read(&small, None),
        || floor::credential(&small.body),
    );
    pair(
        "transcript: read, 600 KB",
        "serde_json, same struct",
        1,
        || record::read(&large, None),
        || floor::transcript(&large.body),
    );
    pair(
        "evaluate: judge, check",
        "reading the record",
        200,
        || {
            let standing = lifecycle::judge(black_box(&record), catalog, samples::as_of());
            check::check(Some(&record), &standing, &expected)
        },
        || record::read(&small, None),
    );
}

fn pair<A, B>(station: &str, floor: &str, times: u32, run: impl Fn() -> A, least: impl Fn() -> B) {
    let (mut mine, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        mine.push(time(times, &run));
        theirs.push(time(times, &least));
    }
    let (mine, theirs) = (median(mine), median(theirs));
    let ratio = mine.as_secs_f64() / theirs.as_secs_f64();
    println!(
        "{ratio:>5.2}  {station:<24} {floor} ({:?} beside {:?})",
        mine / times,
        theirs / times
    );
}

fn time<T>(times: u32, run: impl Fn() -> T) -> Duration {
    let start = Instant::now();
    for _ in 0..times {
        black_box(run());
    }
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
