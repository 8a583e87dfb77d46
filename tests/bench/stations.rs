//! Each pure station's cost beside its floor.

use std::hint::black_box;

use bonafide::catalog::Catalog;
use bonafide::check::{self, Expectation};
use bonafide::record::{self, floor};
use bonafide::{lifecycle, link};
use url::Url;

use crate::samples;
use crate::table::{Aim, Table, in_turns, ratio};

/// Turns of each pair; the medians are compared.
const TURNS: usize = 201;

pub(crate) fn measure(table: &mut Table) {
    let (small, large) = (samples::record(), samples::transcript());
    let mut pair = |what: &str, peer: &str, aim, times, run: &dyn Fn(), least: &dyn Fn()| {
        let many = |run: &dyn Fn()| (0..times).for_each(|_| run());
        let (ours, theirs) = in_turns(TURNS, || many(run), || many(least));
        let each = |time: std::time::Duration| format!("{:?}", time / times);
        let ratio = ratio(ours, theirs);
        table.row((what, each(ours)), (peer, each(theirs)), ratio, aim);
    };
    pair(
        "link: judge",
        "Url::parse",
        Aim::AtMost(4.0),
        200,
        &|| drop(black_box(link::judge(black_box(samples::LINK)))),
        &|| drop(black_box(Url::parse(black_box(samples::LINK)))),
    );
    pair(
        "record: read",
        "serde_json, same struct",
        Aim::AtMost(1.3),
        200,
        &|| drop(black_box(record::read(&small, None))),
        &|| _ = black_box(floor::credential(&small.body)),
    );
    pair(
        "transcript of 600 KB: read",
        "serde_json, same struct",
        Aim::AtMost(1.3),
        1,
        &|| drop(black_box(record::read(&large, None))),
        &|| _ = black_box(floor::transcript(&large.body)),
    );
    let record = record::read(&small, None).records.remove(0);
    let (catalog, expected) = (Catalog::embedded(), Expectation::default());
    pair(
        "standing and checks",
        "reading the record",
        Aim::None,
        200,
        &|| {
            let standing = lifecycle::judge(black_box(&record), catalog, samples::as_of());
            drop(black_box(check::check(Some(&record), &standing, &expected)));
        },
        &|| drop(black_box(record::read(&small, None))),
    );
    let list = samples::list();
    pair(
        "list of 20,000 rows: read",
        "crate csv",
        Aim::None,
        1,
        &|| _ = black_box(samples::rows_of_list(&list)),
        &|| _ = black_box(samples::rows_of_csv(&list)),
    );
}
