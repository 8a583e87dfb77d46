//! The side that asks.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use tokio::sync::OnceCell;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

use super::{Errand, Errands, Said};
use crate::batch::book::Scope;
use crate::batch::journal::Key;
use crate::batch::key::Keys;
use crate::source::{Asked, Exchange, Request, Source};
use crate::verify;

/// Rows that are handed back at once: to wake the other side costs more than a row.
const TOGETHER: usize = 16;

/// Asks about rows as they come.
#[derive(Debug)]
pub struct Asker {
    keys: Keys,
    errands: UnboundedReceiver<Errands>,
    said: UnboundedSender<Vec<Said>>,
}

impl Asker {
    pub(super) fn new(
        keys: Keys,
        errands: UnboundedReceiver<Errands>,
        said: UnboundedSender<Vec<Said>>,
    ) -> Self {
        Self {
            keys,
            errands,
            said,
        }
    }

    /// Asks `source` until there is nothing left to ask about, or nobody listens any more.
    ///
    /// When `stop` comes, nothing new is begun, and what is under way may still take `grace`.
    pub async fn run<S: Source>(
        mut self,
        source: &S,
        grace: Duration,
        stop: impl Future<Output = ()>,
    ) {
        let desk = Desk {
            source,
            keys: self.keys,
            said: &self.said,
            under_way: RefCell::default(),
        };
        let mut rows = FuturesUnordered::new();
        let mut stop = std::pin::pin!(stop.fuse());
        let mut too_late = std::pin::pin!(futures_util::future::Fuse::terminated());
        let mut is_open = true;
        while is_open || !rows.is_empty() {
            tokio::select! {
                errands = self.errands.recv(), if is_open => match errands {
                    Some(errands) => {
                        desk.forget(&errands.entered);
                        rows.extend(errands.rows.into_iter().map(|row| desk.one(row)));
                    }
                    None => is_open = false,
                },
                Some(first) = rows.next() => {
                    let mut through = vec![first];
                    while through.len() < TOGETHER
                        && let Some(Some(next)) = rows.next().now_or_never()
                    {
                        through.push(next);
                    }
                    // Where nobody listens, `closed` ends this.
                    let _ = self.said.send(through);
                }
                () = &mut stop => {
                    is_open = false;
                    too_late.set(tokio::time::sleep(grace).fuse());
                }
                () = &mut too_late => return,
                () = self.said.closed() => return,
            }
        }
    }
}

/// What all rows of a run share.
struct Desk<'a, S> {
    source: &'a S,
    keys: Keys,
    said: &'a UnboundedSender<Vec<Said>>,
    /// Questions of several rows, from when they are asked until the book has the answer.
    under_way: RefCell<HashMap<Key, Rc<OnceCell<Exchange>>>>,
}

impl<S: Source> Desk<'_, S> {
    async fn one(&self, errand: Errand) -> Said {
        let Errand {
            number,
            link,
            scope,
            known,
        } = errand;
        let asking = AskingFor {
            desk: self,
            scope,
            known,
            own: RefCell::default(),
        };
        let gathered = verify::gather(link, &asking).await;
        Said::Through {
            number,
            own: asking.own.into_inner(),
            gathered,
        }
    }

    fn forget(&self, entered: &[Key]) {
        let mut under_way = self.under_way.borrow_mut();
        for key in entered {
            under_way.remove(key);
        }
    }
}

/// The source for one row: it asks once, however many rows a question is of.
struct AskingFor<'a, 'd, S> {
    desk: &'a Desk<'d, S>,
    scope: Scope,
    known: Vec<(Key, Exchange)>,
    own: RefCell<Vec<Key>>,
}

impl<S: Source> Source for AskingFor<'_, '_, S> {
    async fn fetch(&self, request: &Request) -> Exchange {
        let Desk { source, keys, .. } = self.desk;
        let address = source.address(request);
        let key = keys.of(request, &address);
        if let Some((_, exchange)) = self.known.iter().find(|(known, _)| *known == key) {
            return exchange.clone();
        }
        if let Scope::Row(_) = self.scope {
            self.own.borrow_mut().push(key);
            return source.fetch(request).await;
        }
        let under_way = &self.desk.under_way;
        let cell = Rc::clone(under_way.borrow_mut().entry(key).or_default());
        let asked_once = async || {
            let asked = Asked {
                kind: request.kind(),
                url: address.clone(),
                exchange: source.fetch(request).await,
            };
            let exchange = asked.exchange.clone();
            let _ = self.desk.said.send(vec![Said::Answered(key, asked)]);
            exchange
        };
        cell.get_or_init(asked_once).await.clone()
    }

    fn address(&self, request: &Request) -> String {
        self.desk.source.address(request)
    }
}
