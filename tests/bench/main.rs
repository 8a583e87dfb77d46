//! Benchmarks of the pure stations, each beside its floor in the same run.
//!
//! `cargo bench` prints divan's table, then the ratios: those hold on a noisy machine,
//! since each pair is measured in turns.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot be set up should fail, and prints"
)]

mod ratios;
mod samples;

use bonafide::catalog::Catalog;
use bonafide::check::{self, Expectation};
use bonafide::lifecycle;
use bonafide::link;
use bonafide::record::{self, floor};
use divan::{Bencher, black_box};
use url::Url;

fn main() {
    divan::main();
    ratios::print();
}

#[divan::bench]
fn link_judge(bencher: Bencher<'_, '_>) {
    bencher.bench(|| link::judge(black_box(samples::LINK)));
}

#[divan::bench]
fn link_floor_url_parse(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Url::parse(black_box(samples::LINK)));
}

#[divan::bench]
fn record_read(bencher: Bencher<'_, '_>) {
    let evidence = samples::record();
    bencher.bench(|| record::read(black_box(&evidence), None));
}

#[divan::bench]
fn record_floor_serde_json(bencher: Bencher<'_, '_>) {
    let evidence = samples::record();
    bencher.bench(|| floor::credential(black_box(&evidence.body)));
}

#[divan::bench]
fn transcript_read(bencher: Bencher<'_, '_>) {
    let evidence = samples::transcript();
    bencher.bench(|| record::read(black_box(&evidence), None));
}

#[divan::bench]
fn transcript_floor_serde_json(bencher: Bencher<'_, '_>) {
    let evidence = samples::transcript();
    bencher.bench(|| floor::transcript(black_box(&evidence.body)));
}

#[divan::bench]
fn evaluate(bencher: Bencher<'_, '_>) {
    let record = record::read(&samples::record(), None).records.remove(0);
    let (catalog, expected) = (Catalog::embedded(), Expectation::default());
    bencher.bench(|| {
        let standing = lifecycle::judge(black_box(&record), catalog, samples::as_of());
        check::check(Some(&record), &standing, &expected)
    });
}

#[divan::bench]
fn list_read(bencher: Bencher<'_, '_>) {
    let list = samples::list();
    bencher
        .counter(divan::counter::ItemsCount::new(samples::ROWS))
        .bench(|| samples::rows_of_list(black_box(&list)));
}

#[divan::bench]
fn list_floor_csv(bencher: Bencher<'_, '_>) {
    let list = samples::list();
    bencher
        .counter(divan::counter::ItemsCount::new(samples::ROWS))
        .bench(|| samples::rows_of_csv(black_box(&list)));
}
