//! Bytes in flight, and a reader that waits while there are too many of them.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// What a job counts besides its bytes: queues and tables of its own.
const LEAST: usize = 4096;

/// What is in flight.
#[derive(Default)]
pub(super) struct Flow {
    /// Bytes of jobs and results that were read and not yet handed over.
    pub bytes: usize,
    /// Bytes of jobs that nobody works on yet.
    pub waiting: usize,
    /// Groups of jobs that nobody works on yet.
    pub groups: usize,
    /// Whether the reader waits.
    is_full: bool,
    /// Whether the batch has ended.
    pub is_closed: bool,
}

/// Lets the reader through while there is room.
pub(super) struct Gate {
    flow: Mutex<Flow>,
    changed: Condvar,
    budget: usize,
}

impl Gate {
    /// With a budget of so many bytes in flight.
    pub fn new(budget: usize) -> Self {
        Gate {
            flow: Mutex::default(),
            changed: Condvar::new(),
            budget,
        }
    }

    /// What a job or result of so many bytes counts.
    pub fn share(&self, weight: usize) -> usize {
        (weight + LEAST).min(self.budget / 2)
    }

    pub fn lock(&self) -> MutexGuard<'_, Flow> {
        self.flow.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far threads may be read ahead of: more would only lie in memory.
    fn ahead(&self) -> usize {
        self.budget / 8
    }

    fn has_room(&self, flow: &Flow, bytes: usize) -> bool {
        let fits = |used: usize, limit: usize| used == 0 || used.saturating_add(bytes) <= limit;
        flow.is_closed || (fits(flow.bytes, self.budget) && fits(flow.waiting, self.ahead()))
    }

    /// Lets a job through where there is room for it.
    pub fn try_enter(&self, bytes: usize) -> bool {
        let mut flow = self.lock();
        let has_room = self.has_room(&flow, bytes);
        if has_room {
            flow.bytes = flow.bytes.saturating_add(bytes);
            flow.waiting = flow.waiting.saturating_add(bytes);
        }
        has_room
    }

    /// Waits until a job has room.
    pub fn wait(&self, bytes: usize) {
        let mut flow = self.lock();
        while !self.has_room(&flow, bytes) {
            flow.is_full = true;
            flow = self
                .changed
                .wait(flow)
                .unwrap_or_else(PoisonError::into_inner);
        }
        flow.is_full = false;
    }

    /// Notes a change, and wakes the reader once there is room for more than one job: a reader that is woken for every job costs more
    /// than it reads.
    pub fn change(&self, note: impl FnOnce(&mut Flow)) {
        let mut flow = self.lock();
        note(&mut flow);
        let is_low = flow.bytes <= self.budget / 4 * 3 && flow.waiting <= self.ahead() / 2;
        if flow.is_full && (is_low || flow.waiting == 0 || flow.is_closed) {
            self.changed.notify_one();
        }
    }
}
