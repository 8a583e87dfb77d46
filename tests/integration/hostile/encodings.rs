//! Compressed answers: bombs, damaged ones, and ones that are not what they say.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::table::{
    Behaviour, HEAD, TRANSCRIPT, active, answer, changed, good, hold, row, truncated, undetermined,
};
use crate::raw_server::{Step, send};
use crate::wire::{brotli, gzip};

#[test]
fn a_small_answer_that_unpacks_to_a_huge_one_is_dropped() {
    hold(bombs());
}

#[test]
fn a_packed_answer_is_taken_whole_or_not_at_all() {
    hold(packed());
}

const MIB: usize = 1024 * 1024;

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn encoded(status: &str, encoding: &str, body: &[u8]) -> Vec<Step> {
    let lines = format!("Content-Type: application/json\r\nContent-Encoding: {encoding}\r\n");
    answer(status, &lines, body)
}

fn bombs() -> Vec<Behaviour> {
    // Spaces stand before JSON without harm, so only the size can be wrong.
    let huge = vec![b' '; 64 * MIB];
    let small = gzip(&huge);
    assert!(small.len() < MIB / 8);
    let brotli_of_huge = brotli(&huge[..16 * MIB]);
    let too_large = || undetermined(&["too-large"]);
    let ok = |encoding, body: &[u8]| encoded("200 OK", encoding, body);
    // A block of deflate that is stored, not the last, and empty.
    let nothing = [&gzip(b"")[..10], &[0, 0, 0, 0xff, 0xff]].concat();
    let endless = vec![
        send(&format!("{HEAD}Content-Encoding: gzip\r\n\r\n")),
        Step::Send(nothing[..10].to_vec()),
        Step::Flood(nothing[10..].repeat(1000)),
    ];
    vec![
        row("gzip", ok("gzip", &small), too_large()),
        row("brotli", ok("br", &brotli_of_huge), too_large()),
        row("gzip of a transcript", ok("gzip", &small), too_large()).of(TRANSCRIPT),
        row(
            "gzip of a refusal",
            encoded("403 No", "gzip", &small),
            too_large(),
        ),
        // What is packed twice is unpacked once, or not at all.
        row("gzip in gzip", ok("gzip, gzip", &gzip(&small)), changed()),
        row(
            "gzip in gzip by two lines",
            ok("gzip\r\nContent-Encoding: gzip", &gzip(&small)),
            changed(),
        ),
        row("gzip in brotli", ok("br", &brotli(&small)), changed()),
        row(
            "blocks of nothing, without end",
            endless,
            undetermined(&["timed-out"]),
        )
        .timeout(2),
    ]
}

fn packed() -> Vec<Behaviour> {
    let good = good().into_bytes();
    let (gz, br) = (gzip(&good), brotli(&good));
    let ok = |encoding, body: &[u8]| encoded("200 OK", encoding, body);
    let flipped = |at: usize| {
        let mut bytes = gz.clone();
        bytes[at] ^= 1;
        bytes
    };
    vec![
        row("gzip", ok("gzip", &gz), active()),
        row("brotli", ok("br", &br), active()),
        row("gzip, cut", ok("gzip", &gz[..gz.len() - 4]), truncated()),
        row(
            "gzip, cut in the middle",
            ok("gzip", &gz[..gz.len() / 2]),
            truncated(),
        ),
        row("brotli, cut", ok("br", &br[..br.len() / 2]), truncated()),
        row(
            "gzip with a wrong sum",
            ok("gzip", &flipped(gz.len() - 8)),
            truncated(),
        ),
        row(
            "gzip with a wrong length",
            ok("gzip", &flipped(gz.len() - 1)),
            truncated(),
        ),
        row("no gzip at all", ok("gzip", &good), truncated()),
        row("no brotli at all", ok("br", &good), truncated()),
        row("gzip by the name of brotli", ok("br", &gz), truncated()),
        row(
            "zlib by the name of gzip",
            ok("gzip", &zlib(&good)),
            truncated(),
        ),
        row("gzip by no name", ok("identity", &gz), changed()),
        row(
            "deflate, which was not asked for",
            ok("deflate", &zlib(&good)),
            changed(),
        ),
        row("zstd by name", ok("zstd", b"\x28\xb5\x2f\xfd"), changed()),
    ]
}
