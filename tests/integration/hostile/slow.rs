//! Services that take their time.

use std::time::Duration;

use super::table::{Behaviour, HEAD, SHARED, active, good, hold, row, undetermined};
use crate::raw_server::{Step, send};

#[test]
fn a_slow_answer_is_waited_for_as_long_as_was_said_and_no_longer() {
    hold(rows());
}

/// Sends the text in pieces of some bytes, with a pause before each.
fn drip(text: &str, size: usize, pause: Duration) -> impl Iterator<Item = Step> {
    let pieces: Vec<_> = text.as_bytes().chunks(size).map(<[u8]>::to_vec).collect();
    let dripped = pieces.into_iter();
    dripped.flat_map(move |piece| [Step::Wait(pause), Step::Send(piece)])
}

fn rows() -> Vec<Behaviour> {
    let timed_out = || undetermined(&["timed-out"]);
    let length = format!("Content-Length: {}\r\n\r\n", good().len());
    let quick = Duration::from_millis(5);
    let pause = Duration::from_millis(200);
    let never = Duration::from_mins(5);
    let head = format!("{HEAD}{length}");
    let in_pieces = |size, pause| drip(&format!("{head}{}", good()), size, pause).collect();
    let stalled = |start: &str| vec![send(start), Step::Wait(never)];
    let endless = || {
        let mut script = vec![send(&format!("{HEAD}Content-Length: 2000000\r\n\r\n"))];
        script.extend(drip(&" ".repeat(1000), 1, pause));
        script
    };
    vec![
        row("byte by byte, in time", in_pieces(1, quick), active()),
        row("in pieces, in time", in_pieces(40, pause), active()),
        row("byte by byte, too late", in_pieces(1, pause), timed_out()).timeout(2),
        row("a body that drips on", endless(), timed_out()).timeout(2),
        row("record and page that drip on", endless(), timed_out())
            .timeout(2)
            .of(SHARED),
        row("not a word", stalled(""), timed_out()).timeout(2),
        row("half a status line", stalled("HTTP/1.1 2"), timed_out()).timeout(2),
        row("half a head", stalled(HEAD), timed_out()).timeout(2),
        row("a head alone", stalled(&head), timed_out()).timeout(2),
        row(
            "half a body",
            stalled(&format!("{head}{}", &good()[..90])),
            timed_out(),
        )
        .timeout(2),
        row(
            "all but the last byte",
            stalled(&format!("{head}{}", &good()[..good().len() - 1])),
            timed_out(),
        )
        .timeout(2),
        row(
            "half a chunk",
            stalled(&format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n1")),
            timed_out(),
        )
        .timeout(2),
        // A service that can be tried again does not get more time for it.
        row("a retry that says nothing", vec![Step::Reset], timed_out())
            .then(vec![Step::Wait(never)])
            .timeout(5),
    ]
}
