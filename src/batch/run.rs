//! Asks for everything that the list needs and the book does not hold yet.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use futures_util::{StreamExt, stream};
use tokio::sync::OnceCell;

use super::BatchError;
use super::book::Book;
use super::journal::Key;
use super::scratch::Stored;
use super::subject::Subject;
use crate::link;
use crate::source::{Asked, Exchange, Failure, Request, Source};
use crate::verify;

/// Rows read from the book at once.
const CHUNK: u32 = 256;

/// A row that is through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Its number.
    pub number: u64,
}

/// Asks, at most `at_once` rows at a time, until the list is through or `stop` comes; what
/// is under way then is finished. `subject_of` finds the link among a row's cells.
///
/// A question that several rows lead to is asked once.
///
/// # Errors
/// When the books cannot be written, such as on a full disk. What was written before stays.
pub async fn ask_all<S: Source>(
    book: &RefCell<Book>,
    source: &S,
    at_once: usize,
    subject_of: &dyn Fn(&[String]) -> Subject<'_>,
    stop: impl Future<Output = ()>,
    mut done: impl FnMut(Done),
) -> Result<(), BatchError> {
    let asking = Asking {
        book,
        source,
        under_way: RefCell::default(),
        broken: RefCell::default(),
    };
    let rows = stream::iter(Rows::new(book)).take_until(stop);
    let mut finished = std::pin::pin!(
        rows.map(|row| one(row, &asking, subject_of))
            .buffer_unordered(at_once)
    );
    while let Some(row) = finished.next().await {
        let number = row?;
        if let Some(error) = asking.broken.take() {
            return Err(error);
        }
        done(Done { number });
    }
    Ok(())
}

async fn one<S: Source>(
    row: Result<Stored, BatchError>,
    asking: &Asking<'_, S>,
    subject_of: &dyn Fn(&[String]) -> Subject<'_>,
) -> Result<u64, BatchError> {
    let row = row?.row;
    let link = link::judge(&subject_of(&row.cells).link);
    verify::gather(&link, asking).await;
    Ok(row.number)
}

/// The rows of a book, some at a time.
struct Rows<'a> {
    book: &'a RefCell<Book>,
    chunk: std::vec::IntoIter<Stored>,
    last: u64,
}

impl<'a> Rows<'a> {
    fn new(book: &'a RefCell<Book>) -> Self {
        Self {
            book,
            chunk: Vec::new().into_iter(),
            last: 0,
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Stored, BatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(row) = self.chunk.next() {
            self.last = row.row.number;
            return Some(Ok(row));
        }
        match self.book.borrow().scratch.rows_after(self.last, CHUNK) {
            Ok(rows) => self.chunk = rows.into_iter(),
            Err(error) => return Some(Err(error.into())),
        }
        let row = self.chunk.next()?;
        self.last = row.row.number;
        Some(Ok(row))
    }
}

/// A source that asks once, and enters what comes of it in the book.
struct Asking<'a, S> {
    book: &'a RefCell<Book>,
    source: &'a S,
    under_way: RefCell<HashMap<Key, Rc<OnceCell<Exchange>>>>,
    broken: RefCell<Option<BatchError>>,
}

impl<S: Source> Source for Asking<'_, S> {
    async fn fetch(&self, request: &Request) -> Exchange {
        let address = self.source.address(request);
        let key = self.book.borrow().key(request, &address);
        match self.book.borrow().find(&key) {
            Ok(Some(asked)) => return asked.exchange,
            Ok(None) => {}
            Err(error) => return self.stop(error, &address),
        }
        let cell = Rc::clone(self.under_way.borrow_mut().entry(key).or_default());
        let exchange = cell
            .get_or_init(async || {
                let asked = Asked {
                    kind: request.kind(),
                    url: address.clone(),
                    exchange: self.source.fetch(request).await,
                };
                match self.book.borrow_mut().enter(&key, &asked) {
                    Ok(()) => asked.exchange,
                    Err(error) => self.stop(error, &address),
                }
            })
            .await
            .clone();
        self.under_way.borrow_mut().remove(&key);
        exchange
    }

    fn address(&self, request: &Request) -> String {
        self.source.address(request)
    }
}

impl<S> Asking<'_, S> {
    /// Remembers why the run cannot go on; the exchange itself is of no use then.
    fn stop(&self, error: BatchError, address: &str) -> Exchange {
        self.broken.borrow_mut().get_or_insert(error);
        Err(not_asked(address))
    }
}

/// A source that gives what the book holds, and asks nobody.
pub(super) struct Held<'a, S> {
    pub(super) book: &'a Book,
    pub(super) source: &'a S,
    pub(super) broken: RefCell<Option<BatchError>>,
}

impl<S: Source> Source for Held<'_, S> {
    async fn fetch(&self, request: &Request) -> Exchange {
        let address = self.source.address(request);
        match self.book.find(&self.book.key(request, &address)) {
            Ok(Some(asked)) => asked.exchange,
            Ok(None) => Err(not_asked(&address)),
            Err(error) => {
                self.broken.borrow_mut().get_or_insert(error);
                Err(not_asked(&address))
            }
        }
    }

    fn address(&self, request: &Request) -> String {
        self.source.address(request)
    }
}

fn not_asked(address: &str) -> Failure {
    let host = url::Url::parse(address)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned));
    Failure::NotAsked {
        host: host.unwrap_or_default(),
    }
}
