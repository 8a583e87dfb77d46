//! Every place that a stranger's text goes to, against every payload.
//!
//! Each place is a row of a table. Its document is made twice: once with words that mean
//! nothing anywhere, and once with the payloads in their stead. Both are read by a parser of
//! the document's own format. The frame (elements, attributes, addresses, cells, headers,
//! properties, keys) must be the same in both; and what is said must be the same but for the
//! payloads, each as the place shows it, where the words stood.

mod compare;
mod coverage;
mod made;
mod payloads;
mod post;
mod read;
mod table;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

pub(crate) use coverage::leaves;
pub(crate) use read::Reading;
use table::{PLACES, Place};
use world::{Kind, World};

#[test]
fn a_strangers_text_is_only_text_in_every_place() {
    let (next, faults) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(place) = PLACES.get(next.fetch_add(1, Ordering::Relaxed)) {
            let held = catch_unwind(AssertUnwindSafe(|| hold(place)));
            if let Err(fault) = held {
                let said = fault.downcast_ref::<String>().cloned();
                let said = said.or_else(|| fault.downcast_ref::<&str>().map(|it| (*it).to_owned()));
                let said = said.unwrap_or_default();
                faults
                    .lock()
                    .unwrap()
                    .push(format!("== {}\n{said}", place.name));
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        scope.spawn(work);
    });
    let faults = faults.into_inner().unwrap();
    assert!(
        faults.is_empty(),
        "{} places:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

fn hold(place: &Place) {
    let document = |kind| {
        let world = World::new(kind);
        let documents = (place.make)(&world);
        let mut whole = Reading::default();
        for document in &documents {
            whole.add(world.masked((place.read)(document)));
        }
        whole
    };
    compare::hold(place, &document(Kind::Plain), &document(Kind::Hostile));
}
