use std::cell::Cell;
use std::time::Duration;

use chrono::Utc;
use tokio::sync::Notify;

use super::part;
use crate::batch::book::Scope;
use crate::batch::held::Held;
use crate::batch::input::{Columns, Row};
use crate::batch::{Book, Journal, Person};
use crate::link;
use crate::source::{Exchange, Failure, Request, Source};
use crate::verify;

/// A service that answers the row of `slow` only when so many others were answered.
#[derive(Default)]
struct Service {
    slow: Option<&'static str>,
    after: usize,
    asked: Cell<usize>,
    enough: Notify,
}

impl Source for Service {
    async fn fetch(&self, request: &Request) -> Exchange {
        let is_slow = self.slow.is_some_and(|id| request.path().contains(id));
        self.asked.set(self.asked.get() + 1);
        if self.asked.get() > self.after {
            self.enough.notify_one();
        }
        if is_slow {
            self.enough.notified().await;
        }
        Err(Failure::TooLarge {
            host: request.path(),
            limit: 1,
        })
    }
}

fn list(links: impl Iterator<Item = String>) -> (tempfile::TempDir, Book, Columns) {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(&folder.path().join("journal"), Utc::now(), false).unwrap();
    let mut book = Book::open(journal).unwrap();
    let headers = ["link".to_owned()];
    for (number, link) in (1..).zip(links) {
        let judged = link::judge(&link);
        let row = Row {
            number,
            cells: vec![link],
            flaw: None,
            targets: Vec::new(),
        };
        book.add(row, &judged, Person::default()).unwrap();
    }
    book.close_list(&headers).unwrap();
    let columns = Columns::find(&headers, &[]).unwrap();
    (folder, book, columns)
}

fn record(number: usize) -> String {
    format!("https://learn.microsoft.com/api/credentials/{number:016X}")
}

/// The numbers of the rows as they are handed on, and whether the answer was in hand.
fn handed_on(book: &Book, columns: &Columns, service: Service) -> (Vec<(u64, bool)>, usize) {
    let names = Service::default();
    let (mut answers, asker) = part(book, columns, &names, 8);
    let asking = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        let grace = Duration::from_secs(1);
        runtime.block_on(asker.run(&service, grace, std::future::pending()));
        service.asked.get()
    });
    let mut rows = Vec::new();
    while let Some((stored, gathered)) = answers.next().unwrap() {
        rows.push((stored.row.number, gathered.is_some()));
    }
    drop(answers);
    (rows, asking.join().unwrap())
}

#[test]
fn rows_keep_their_order_however_many_wait_behind_a_slow_one() {
    const ROWS: usize = 3000;
    let (_folder, book, columns) = list((0..ROWS).map(record));
    let service = Service {
        slow: Some("0000000000000000"),
        after: ROWS - 1,
        ..Service::default()
    };
    let (rows, asked) = handed_on(&book, &columns, service);
    assert_eq!(asked, ROWS);
    let numbers = rows.iter().map(|(number, _)| *number);
    assert!(numbers.eq(1..=ROWS as u64));
    let in_hand = rows.iter().filter(|(_, in_hand)| *in_hand).count();
    assert!((1000..2000).contains(&in_hand), "{in_hand} of {ROWS}");
    for (number, _) in rows.iter().filter(|(_, in_hand)| !in_hand) {
        let names = Service::default();
        let held = Held::new(&book, &names, Scope::Row(*number));
        let link = link::judge(&record(usize::try_from(*number).unwrap() - 1));
        let worked = held.work(async |held| verify::gather(link, held).await);
        assert!(worked.unwrap().is_whole, "row {number} is in the book");
    }
}

#[test]
fn a_question_of_several_rows_is_asked_once() {
    let links = (0..300).map(|row| record(row % 3));
    let (_folder, book, columns) = list(links);
    let (rows, asked) = handed_on(&book, &columns, Service::default());
    assert_eq!((rows.len(), asked), (300, 3));
    assert!(rows.iter().all(|(_, in_hand)| *in_hand));
}

#[test]
fn what_is_no_link_is_not_asked_about() {
    let (_folder, book, columns) = list((0..40).map(|_| "none".to_owned()));
    let (rows, asked) = handed_on(&book, &columns, Service::default());
    assert_eq!((rows.len(), asked), (40, 0));
}

#[test]
fn a_run_whose_asking_ends_hands_every_row_on() {
    let (_folder, book, columns) = list((0..40).map(record));
    let names = Service::default();
    let (mut answers, asker) = part(&book, &columns, &names, 8);
    drop(asker);
    let mut rows = 0;
    while let Some((_, gathered)) = answers.next().unwrap() {
        assert!(gathered.is_none());
        rows += 1;
    }
    assert_eq!(rows, 40);
}
