//! The side that has the book.

use std::collections::VecDeque;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

use super::{Errand, Errands, Said};
use crate::batch::book::{Book, Scope};
use crate::batch::held::Held;
use crate::batch::input::Columns;
use crate::batch::journal::Key;
use crate::batch::scratch::Stored;
use crate::batch::{BatchError, Rows};
use crate::link;
use crate::source::{Request, Source};
use crate::verify::{self, Gathered};

/// Rows that wait in memory behind one that takes long; those behind them wait in the book.
const HELD: usize = 1024;

/// The rows of a list, each with what was answered about it, in the order of the list.
#[derive(Debug)]
pub struct Answers<'b, S> {
    book: &'b Book,
    columns: &'b Columns,
    source: &'b S,
    rows: Rows<'b>,
    at_once: usize,
    /// Rows that were begun and not yet handed on.
    begun: VecDeque<Begun>,
    under_way: usize,
    entered: Vec<Key>,
    out: UnboundedSender<Errands>,
    heard: UnboundedReceiver<Vec<Said>>,
    /// Whether the other side has ended.
    is_over: bool,
}

#[derive(Debug)]
struct Begun {
    number: u64,
    state: State,
}

/// Boxed, since very many may wait behind one that takes long.
#[derive(Debug)]
enum State {
    UnderWay(Box<Stored>),
    Here(Box<(Stored, Gathered)>),
    InTheBook,
}

type Ends = (UnboundedSender<Errands>, UnboundedReceiver<Vec<Said>>);

impl<'b, S: Source> Answers<'b, S> {
    pub(super) fn new(
        book: &'b Book,
        columns: &'b Columns,
        source: &'b S,
        at_once: usize,
        (out, heard): Ends,
    ) -> Self {
        Self {
            book,
            columns,
            source,
            rows: Rows::new(book),
            at_once,
            begun: VecDeque::new(),
            under_way: 0,
            entered: Vec::new(),
            out,
            heard,
            is_over: false,
        }
    }

    /// The next row of the list. Waits until it is through, or nothing more is asked.
    /// Without answers in hand, what is known of it is in the book.
    pub(in crate::batch) fn next(
        &mut self,
    ) -> Result<Option<(Stored, Option<Gathered>)>, BatchError> {
        loop {
            // Whoever asks is never to wait for what can be judged later.
            while let Ok(heard) = self.heard.try_recv() {
                self.enter(heard)?;
            }
            self.begin_rows()?;
            let Some(first) = self.begun.front() else {
                return Ok(None);
            };
            if self.is_over || !matches!(first.state, State::UnderWay(_)) {
                let first = self.begun.pop_front().expect("it was there just now");
                return self.hand_on(first);
            }
            match self.heard.blocking_recv() {
                Some(heard) => self.enter(heard)?,
                None => self.is_over = true,
            }
        }
    }

    fn hand_on(&self, row: Begun) -> Result<Option<(Stored, Option<Gathered>)>, BatchError> {
        Ok(match row.state {
            State::UnderWay(stored) => Some((*stored, None)),
            State::Here(here) => {
                let (stored, gathered) = *here;
                Some((stored, Some(gathered)))
            }
            State::InTheBook => {
                let stored = self.book.scratch.row(row.number)?;
                stored.map(|stored| (stored, None))
            }
        })
    }

    /// Begins as many further rows as may be under way.
    fn begin_rows(&mut self) -> Result<(), BatchError> {
        if self.is_over {
            if self.begun.is_empty()
                && let Some(stored) = self.rows.next().transpose()?
            {
                self.push(stored.row.number, State::UnderWay(Box::new(stored)));
            }
            return Ok(());
        }
        let free = self.at_once - self.under_way;
        if free < self.at_once.div_ceil(4) {
            // Some at a time: to wake the other side costs more than a row.
            return Ok(());
        }
        let mut rows = Vec::new();
        while rows.len() < free && !self.has_enough() {
            let Some(stored) = self.rows.next().transpose()? else {
                break;
            };
            rows.extend(self.begin(stored)?);
        }
        if !rows.is_empty() {
            self.under_way += rows.len();
            let entered = std::mem::take(&mut self.entered);
            // Where nobody asks any more, `heard` says so.
            let _ = self.out.send(Errands { rows, entered });
        }
        Ok(())
    }

    /// Whether there is enough to hand on for now.
    fn has_enough(&self) -> bool {
        self.begun.len() >= HELD
            && !matches!(
                self.begun.front(),
                Some(Begun {
                    state: State::UnderWay(_),
                    ..
                })
            )
    }

    /// Begins a row: what the book does not hold has to be asked for.
    fn begin(&mut self, stored: Stored) -> Result<Option<Errand>, BatchError> {
        let number = stored.row.number;
        let scope = self.book.scope(&stored)?;
        let link = link::judge(self.columns.candidate(&stored.row).link);
        let may_be_held = scope == Scope::Shared || Request::for_link(&link).is_none();
        let known = if may_be_held {
            let held = Held::new(self.book, self.source, scope);
            let held = held.work(async |held| verify::gather(link.clone(), held).await)?;
            if held.is_whole {
                self.push(number, State::Here(Box::new((stored, held.result))));
                return Ok(None);
            }
            held.found
        } else {
            Vec::new()
        };
        self.push(number, State::UnderWay(Box::new(stored)));
        Ok(Some(Errand {
            number,
            link,
            scope,
            known,
        }))
    }

    fn push(&mut self, number: u64, state: State) {
        self.begun.push_back(Begun { number, state });
    }

    /// Enters what the other side has to say.
    fn enter(&mut self, heard: Vec<Said>) -> Result<(), BatchError> {
        for said in heard {
            match said {
                Said::Answered(key, asked) => {
                    self.book.enter(Scope::Shared, &key, &asked)?;
                    self.entered.push(key);
                }
                Said::Through {
                    number,
                    own,
                    gathered,
                } => {
                    for (key, asked) in own.iter().zip(gathered.asked()) {
                        self.book.enter(Scope::Row(number), key, asked)?;
                    }
                    self.under_way -= 1;
                    self.keep(number, gathered);
                }
            }
        }
        Ok(())
    }

    fn keep(&mut self, number: u64, gathered: Gathered) {
        let Ok(place) = self.begun.binary_search_by_key(&number, |row| row.number) else {
            return;
        };
        let state = &mut self.begun[place].state;
        if let State::UnderWay(stored) = std::mem::replace(state, State::InTheBook)
            && place < HELD
        {
            *state = State::Here(Box::new((*stored, gathered)));
        }
    }
}
