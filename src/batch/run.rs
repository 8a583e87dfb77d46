//! Asks for everything that the list needs and the book does not hold yet.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use futures_util::{FutureExt, StreamExt, stream};
use tokio::sync::OnceCell;

use super::BatchError;
use super::book::{Book, Scope};
use super::input::Columns;
use super::journal::Key;
use super::scratch::Stored;
use crate::link;
use crate::source::{Asked, Exchange, Failure, Request, Source};
use crate::verify;

/// Rows read from the book at once.
const CHUNK: u32 = 256;

/// How a run goes about asking.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// Rows under way at once.
    pub at_once: usize,
    /// How long what is under way may still take when the run is to stop.
    pub grace: Duration,
}

/// Asks until the list is through or `stop` comes; what is under way then is finished.
/// `columns` find the link among a row's cells.
///
/// A question that several rows lead to is asked once. `done` hears the number of each row
/// that is through.
///
/// # Errors
/// When the books cannot be written, such as on a full disk. What was written before stays.
pub async fn ask_all<S: Source>(
    book: &RefCell<Book>,
    source: &S,
    manner: Manner,
    columns: &Columns,
    stop: impl Future<Output = ()>,
    mut done: impl FnMut(u64),
) -> Result<(), BatchError> {
    let asking = Asking {
        book,
        source,
        under_way: RefCell::default(),
        broken: RefCell::default(),
    };
    let stop = stop.shared();
    let rows = stream::iter(Rows::new(book)).take_until(stop.clone());
    let mut finished = std::pin::pin!(
        rows.map(|row| one(row, &asking, columns))
            .buffer_unordered(manner.at_once)
    );
    let mut too_late = std::pin::pin!(async {
        stop.await;
        tokio::time::sleep(manner.grace).await;
    });
    loop {
        let row = tokio::select! {
            row = finished.next() => row,
            () = &mut too_late => return Ok(()),
        };
        let Some(number) = row.transpose()? else {
            return Ok(());
        };
        if let Some(error) = asking.broken.take() {
            return Err(error);
        }
        done(number);
    }
}

async fn one<S: Source>(
    row: Result<Stored, BatchError>,
    asking: &Asking<'_, S>,
    columns: &Columns,
) -> Result<u64, BatchError> {
    let stored = row?;
    let scope = asking.book.borrow().scope(&stored)?;
    let link = link::judge(columns.candidate(&stored.row).link);
    verify::gather(&link, &AskingFor { asking, scope }).await;
    Ok(stored.row.number)
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

/// What all rows of a run share.
struct Asking<'a, S> {
    book: &'a RefCell<Book>,
    source: &'a S,
    under_way: RefCell<HashMap<Key, Rc<OnceCell<Exchange>>>>,
    broken: RefCell<Option<BatchError>>,
}

/// A source that asks once, and enters what comes of it in the book.
struct AskingFor<'a, 'b, S> {
    asking: &'a Asking<'b, S>,
    scope: Scope,
}

impl<S: Source> Source for AskingFor<'_, '_, S> {
    async fn fetch(&self, request: &Request) -> Exchange {
        let Asking { book, source, .. } = self.asking;
        let address = source.address(request);
        let key = book.borrow().key(request, &address);
        match book.borrow().find(self.scope, &key) {
            Ok(Some(asked)) => return asked.exchange,
            Ok(None) => {}
            Err(error) => return self.asking.stop(error, &address),
        }
        let asked_once = async || {
            let asked = Asked {
                kind: request.kind(),
                url: address.clone(),
                exchange: source.fetch(request).await,
            };
            match book.borrow_mut().enter(self.scope, &key, &asked) {
                Ok(()) => asked.exchange,
                Err(error) => self.asking.stop(error, &address),
            }
        };
        if let Scope::Row(_) = self.scope {
            return asked_once().await;
        }
        let under_way = &self.asking.under_way;
        let cell = Rc::clone(under_way.borrow_mut().entry(key).or_default());
        let exchange = cell.get_or_init(asked_once).await.clone();
        under_way.borrow_mut().remove(&key);
        exchange
    }

    fn address(&self, request: &Request) -> String {
        self.asking.source.address(request)
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
    pub(super) scope: Scope,
    pub(super) broken: RefCell<Option<BatchError>>,
}

impl<S> Held<'_, S> {
    /// The result of work with this source, if the books could be read.
    pub(super) fn unbroken<T>(self, result: T) -> Result<T, BatchError> {
        self.broken.into_inner().map_or(Ok(result), Err)
    }
}

impl<S: Source> Source for Held<'_, S> {
    async fn fetch(&self, request: &Request) -> Exchange {
        let address = self.source.address(request);
        match self
            .book
            .find(self.scope, &self.book.key(request, &address))
        {
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
