//! Jobs -> threads, and their results to the [`Outlet`]; or all of it on one thread.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::{Scratch, ScratchPool};

use super::gate::Gate;
use super::outlet::Outlet;
use super::{BatchOptions, Weighed, caught, guarded};

/// Bytes of jobs that go to a thread together, and come back together: handing over costs some microseconds, and what is made of
/// them should not fill a thread's caches before it is handed on.
const GROUP: usize = 16 << 10;

/// Jobs on their way to a thread.
struct Group<J> {
    jobs: Vec<J>,
    bytes: usize,
}

impl<J> Default for Group<J> {
    fn default() -> Self {
        Group {
            jobs: Vec::new(),
            bytes: 0,
        }
    }
}

/// [`super::ordered`] on the calling thread: one job after the other, so that one thread is what a run with one thread takes.
pub(super) fn alone<J, T>(
    pool: &ScratchPool,
    stop: &AtomicBool,
    produce: impl FnOnce(&mut dyn FnMut(J) -> ControlFlow<()>),
    work: impl Fn(&mut Scratch, J) -> T,
    mut take: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    let mut scratch = pool.take(1).pop().unwrap_or_default();
    let mut ended = Ok(());
    let mut give = |job: J| {
        if stop.load(Ordering::Relaxed) || ended.is_err() {
            return ControlFlow::Break(());
        }
        ended = caught(&mut scratch, |scratch| work(scratch, job)).and_then(&mut take);
        match ended {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    };
    let produced = guarded(|| produce(&mut give));
    pool.give_back([scratch]);
    ended.and(produced)
}

/// [`super::ordered`] on several threads.
///
/// Long because the threads share what stands on this one's stack: the gate, the outlet, the first fault.
pub(super) fn together<J, T>(
    pool: &ScratchPool,
    options: BatchOptions,
    stop: &AtomicBool,
    produce: impl FnOnce(&mut dyn FnMut(J) -> ControlFlow<()>),
    work: impl Fn(&mut Scratch, J) -> T + Sync,
    mut take: impl FnMut(T) -> Result<()> + Send,
) -> Result<()>
where
    J: Weighed + Send,
    T: Weighed + Send,
{
    let workers = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads)
        .stack_size(16 << 20)
        .thread_name(|i| format!("glagol-{i}"))
        .build()
        .map_err(|e| Error::new(ErrorKind::Limit, format!("no threads: {e}")))?;
    let threads = workers.current_num_threads();
    let scratches: Vec<Mutex<Scratch>> = pool.take(threads).into_iter().map(Mutex::new).collect();
    let gate = &Gate::new(options.budget);
    let outlet = Outlet::new(|(size, results): (usize, Vec<Result<T>>)| {
        let mut each = results.into_iter();
        let taken = guarded(|| each.try_for_each(|result| result.and_then(&mut take)));
        let taken = taken.flatten();
        gate.change(|flow| {
            flow.bytes = flow.bytes.saturating_sub(size);
            flow.is_closed |= taken.is_err();
        });
        taken
    });
    let (work, of_thread, handed) = (&work, &scratches, &outlet);
    workers.in_place_scope(|scope| {
        let mut next = 0u64;
        let mut send = |group: Group<J>| {
            let place = next;
            next += 1;
            gate.change(|flow| flow.groups += 1);
            scope.spawn(move |_| {
                gate.change(|flow| {
                    flow.waiting = flow.waiting.saturating_sub(group.bytes);
                    flow.groups -= 1;
                });
                let index = rayon::current_thread_index().unwrap_or(0);
                let mut scratch = of_thread[index]
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                let mut made = 0;
                let results: Vec<_> = group
                    .jobs
                    .into_iter()
                    .map(|job| {
                        let result = caught(&mut scratch, |scratch| work(scratch, job));
                        made += gate.share(result.weight());
                        result
                    })
                    .collect();
                drop(scratch);
                gate.change(|flow| {
                    flow.bytes = flow.bytes.saturating_sub(group.bytes).saturating_add(made);
                });
                handed.put(place, (made, results));
            });
        };
        let mut group = Group::default();
        let mut give = |job: J| {
            if stop.load(Ordering::Relaxed) {
                return ControlFlow::Break(());
            }
            let weight = gate.share(job.weight());
            if !group.jobs.is_empty() && group.bytes + weight > GROUP {
                send(std::mem::take(&mut group));
            }
            while !gate.try_enter(weight) {
                // What is not sent makes no room.
                if !group.jobs.is_empty() {
                    send(std::mem::take(&mut group));
                }
                gate.wait(weight);
            }
            group.bytes += weight;
            group.jobs.push(job);
            let flow = gate.lock();
            let (is_closed, groups) = (flow.is_closed, flow.groups);
            drop(flow);
            if is_closed {
                return ControlFlow::Break(());
            }
            // A group fills up only while all threads have something to do.
            if groups < threads {
                send(std::mem::take(&mut group));
            }
            ControlFlow::Continue(())
        };
        let produced = guarded(|| produce(&mut give));
        if !group.jobs.is_empty() {
            send(group);
        }
        if let Err(fault) = produced {
            handed.put(next, (0, vec![Err(fault)]));
        }
    });
    let ended = outlet.end();
    pool.give_back(
        scratches
            .into_iter()
            .map(|s| s.into_inner().unwrap_or_else(PoisonError::into_inner)),
    );
    ended
}
