//! What the book holds, as a source that asks nobody.

use std::cell::RefCell;

use futures_util::FutureExt;

use super::BatchError;
use super::book::{Book, Scope};
use super::journal::Key;
use crate::source::{Exchange, Failure, Request, Source};

/// A source that gives what the book holds.
pub(super) struct Held<'a, S> {
    book: &'a Book,
    /// Names the addresses that were asked.
    source: &'a S,
    scope: Scope,
    found: RefCell<Vec<(Key, Exchange)>>,
    broken: RefCell<Option<BatchError>>,
    lacks: RefCell<bool>,
}

/// What came of work with what the book holds.
pub(super) struct Worked<T> {
    /// What it came to.
    pub(super) result: T,
    /// What the book held for it.
    pub(super) found: Vec<(Key, Exchange)>,
    /// Whether it held everything.
    pub(super) is_whole: bool,
}

impl<'a, S: Source> Held<'a, S> {
    /// What the book holds for rows of `scope`.
    pub(super) fn new(book: &'a Book, source: &'a S, scope: Scope) -> Self {
        Self {
            book,
            source,
            scope,
            found: RefCell::default(),
            broken: RefCell::default(),
            lacks: RefCell::default(),
        }
    }

    /// Does some work with it, which never waits.
    pub(super) fn work<T>(
        self,
        work: impl AsyncFnOnce(&Self) -> T,
    ) -> Result<Worked<T>, BatchError> {
        let result = work(&self)
            .now_or_never()
            .expect("nothing that the book answers waits");
        let worked = Worked {
            result,
            found: self.found.into_inner(),
            is_whole: !self.lacks.into_inner(),
        };
        self.broken.into_inner().map_or(Ok(worked), Err)
    }

    fn lacking(&self, address: &str) -> Exchange {
        self.lacks.replace(true);
        let url = url::Url::parse(address).ok();
        let host = url.and_then(|url| url.host_str().map(str::to_owned));
        Err(Failure::NotAsked {
            host: host.unwrap_or_default(),
        })
    }
}

impl<S: Source> Source for Held<'_, S> {
    async fn fetch(&self, request: &Request) -> Exchange {
        let address = self.source.address(request);
        let key = self.book.keys().of(request, &address);
        match self.book.find(self.scope, &key) {
            Ok(Some(asked)) => {
                let found = (key, asked.exchange.clone());
                self.found.borrow_mut().push(found);
                asked.exchange
            }
            Ok(None) => self.lacking(&address),
            Err(error) => {
                self.broken.borrow_mut().get_or_insert(error);
                self.lacking(&address)
            }
        }
    }

    fn address(&self, request: &Request) -> String {
        self.source.address(request)
    }
}
