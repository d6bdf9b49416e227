//! Results -> their taker, in order, on the threads that make them.
//!
//! A thread that has the results whose turn it is hands them over itself, while they are still in its caches, and those of other
//! threads that wait for them. Where another thread is at it, it leaves its own and goes on working. Invariant: the taker sees every
//! result once, in the order of places, one at a time; after an error nothing more.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use crate::error::Result;

/// Hands results over.
pub(super) struct Outlet<R, F> {
    waiting: Mutex<Waiting<R>>,
    taker: Mutex<Taker<F>>,
}

/// Results whose turn has not come.
struct Waiting<R> {
    next: u64,
    early: BTreeMap<u64, R>,
}

struct Taker<F> {
    take: F,
    ended: Result<()>,
}

impl<R, F> Outlet<R, F>
where
    F: FnMut(R) -> Result<()>,
{
    /// For results from place 0 on.
    pub fn new(take: F) -> Self {
        Outlet {
            waiting: Mutex::new(Waiting {
                next: 0,
                early: BTreeMap::new(),
            }),
            taker: Mutex::new(Taker {
                take,
                ended: Ok(()),
            }),
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting<R>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The results whose turn it is, if they are there.
    fn next(&self) -> Option<R> {
        let mut waiting = self.waiting();
        let next = waiting.next;
        let results = waiting.early.remove(&next)?;
        waiting.next += 1;
        Some(results)
    }

    fn is_ready(&self) -> bool {
        let waiting = self.waiting();
        waiting.early.contains_key(&waiting.next)
    }

    /// Takes the results of a place, and hands over all whose turn has come.
    pub fn put(&self, place: u64, results: R) {
        self.waiting().early.insert(place, results);
        // Another thread may leave results when the last were looked for and the taker is not free yet.
        while self.is_ready() {
            let mut taker = match self.taker.try_lock() {
                Ok(taker) => taker,
                Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => return,
            };
            while let Some(results) = self.next() {
                if taker.ended.is_ok() {
                    taker.ended = (taker.take)(results);
                }
            }
        }
    }

    /// How it went.
    pub fn end(self) -> Result<()> {
        let taker = self
            .taker
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        taker.ended
    }
}
