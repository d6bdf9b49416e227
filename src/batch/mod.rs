//! Many documents at once: rayon's threads work on them, and results come out in the order of the input.
//!
//! Memory is bounded by a budget of bytes in flight, not by a number of documents: what was read and not yet handed to the
//! caller counts, first with its size as input, then with the size of its result. Of what nobody works on yet, no more than an
//! eighth of the budget is read ahead. No document counts for more than half of the budget, so that a huge one keeps one thread busy
//! while the others go on; three of them may be in memory at a time. Each thread keeps one [`Scratch`] for the whole batch.

mod gate;

use std::any::Any;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};

use crate::document::Document;
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::{Pipeline, Scratch, ScratchPool};

use gate::Gate;

/// How a batch runs.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct BatchOptions {
    /// Threads that work; 0 for as many as there are cores. With one, the calling thread does all by itself, reading included; with
    /// more, one thread reads beside them and the calling thread takes the results.
    pub threads: usize,
    /// Bytes in flight after which no more is read.
    pub budget: usize,
}

impl Default for BatchOptions {
    fn default() -> Self {
        BatchOptions {
            threads: 0,
            budget: 8 << 20,
        }
    }
}

/// A job or a result with its size in bytes.
pub trait Weighed {
    /// Size in bytes, roughly.
    fn weight(&self) -> usize;
}

impl Weighed for Document {
    fn weight(&self) -> usize {
        self.text.len()
    }
}

/// Processes a batch; results stand in the order of `documents`. A document that the pipeline fails on is an error of kind
/// [`ErrorKind::Bug`] in its place.
pub fn process_all(
    pipeline: &Pipeline,
    options: BatchOptions,
    documents: Vec<Document>,
) -> Vec<Result<Document>> {
    let mut done = Vec::with_capacity(documents.len());
    let ran = process_each(pipeline, options, documents, |doc| {
        done.push(doc);
        Ok(())
    });
    if let Err(error) = ran {
        done.push(Err(error));
    }
    done
}

/// Processes documents as they come from an iterator and hands the results to `take`, in order, on the calling thread.
///
/// ```
/// use glagol::batch::{self, BatchOptions};
/// use glagol::document::{Document, Source};
/// let glagol = glagol::Pipeline::new()?;
/// let pages = ["Дождь.", "Снег пошёл."].map(|text| Document::new(Source::default(), text.into()));
/// let mut lengths = Vec::new();
/// batch::process_each(&glagol, BatchOptions::default(), pages, |doc| {
///     lengths.push(doc?.text.len());
///     Ok(())
/// })?;
/// assert_eq!(lengths, [11, 20]);
/// # Ok::<(), glagol::Error>(())
/// ```
///
/// # Errors
/// Those of `take`, which end the batch; and where no threads can be had.
pub fn process_each<D>(
    pipeline: &Pipeline,
    options: BatchOptions,
    documents: D,
    take: impl FnMut(Result<Document>) -> Result<()>,
) -> Result<()>
where
    D: IntoIterator<Item = Document>,
    D::IntoIter: Send,
{
    let documents = documents.into_iter();
    ordered(
        pipeline.pool(),
        options,
        &AtomicBool::new(false),
        |give| {
            for doc in documents {
                if give(doc).is_break() {
                    return;
                }
            }
        },
        |scratch, doc| caught(scratch, |scratch| pipeline.process_document(doc, scratch)),
        take,
    )
}

impl<T: Weighed> Weighed for Result<T> {
    fn weight(&self) -> usize {
        self.as_ref().map_or(0, Weighed::weight)
    }
}

/// Runs `work`, and where it panics gives an error of kind [`ErrorKind::Bug`] and a fresh scratch.
///
/// # Errors
/// Only where `work` panics.
pub fn caught<T>(scratch: &mut Scratch, work: impl FnOnce(&mut Scratch) -> T) -> Result<T> {
    catch_unwind(AssertUnwindSafe(|| work(scratch))).map_err(|panic| {
        *scratch = Scratch::default();
        fault(&*panic)
    })
}

/// What a panic is to users.
fn fault(panic: &(dyn Any + Send)) -> Error {
    Error::new(
        ErrorKind::Bug,
        format!("a fault of glagol, please report it: {}", message(panic)),
    )
}

fn message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

/// Bytes of jobs that go to a thread together, and come back together: handing over costs some microseconds.
const GROUP: usize = 64 << 10;

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

/// Runs `work` on every job that `produce` gives, on several threads, and hands the results to `take` in the order of the
/// jobs, on the calling thread. The threads scribble on `scratches`, which they leave warm. `produce` runs on a thread of its own,
/// unless one thread is to do everything, and should return when it is told to break off: after
/// an error of `take`, or when `stop` becomes true. What was given before then is still worked on and handed over.
///
/// # Errors
/// Those of `take`, which end the batch; where no threads can be had; and a panic of `produce` or `work` as
/// [`ErrorKind::Bug`] (use [`caught`] in `work` to lose one job only).
pub fn ordered<J, T>(
    scratches: &ScratchPool,
    options: BatchOptions,
    stop: &AtomicBool,
    produce: impl FnOnce(&mut dyn FnMut(J) -> ControlFlow<()>) + Send,
    work: impl Fn(&mut Scratch, J) -> T + Sync,
    take: impl FnMut(T) -> Result<()>,
) -> Result<()>
where
    J: Weighed + Send,
    T: Weighed + Send,
{
    let threads = match options.threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    if threads == 1 {
        alone(scratches, stop, produce, work, take)
    } else {
        together(
            scratches,
            BatchOptions { threads, ..options },
            stop,
            produce,
            work,
            take,
        )
    }
}

/// [`ordered`] on the calling thread: one job after the other, so that one thread is what a run with one thread takes.
fn alone<J, T>(
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
    let produced = catch_unwind(AssertUnwindSafe(|| produce(&mut give)));
    pool.give_back([scratch]);
    ended.and(produced.map_err(|panic| fault(&*panic)))
}

/// [`ordered`] on several threads.
fn together<J, T>(
    scratches: &ScratchPool,
    options: BatchOptions,
    stop: &AtomicBool,
    produce: impl FnOnce(&mut dyn FnMut(J) -> ControlFlow<()>) + Send,
    work: impl Fn(&mut Scratch, J) -> T + Sync,
    mut take: impl FnMut(T) -> Result<()>,
) -> Result<()>
where
    J: Weighed + Send,
    T: Weighed + Send,
{
    let no_threads =
        |e: &dyn std::fmt::Display| Error::new(ErrorKind::Limit, format!("no threads: {e}"));
    let workers = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads)
        .stack_size(16 << 20)
        .thread_name(|i| format!("glagol-{i}"))
        .build()
        .map_err(|e| no_threads(&e))?;
    let threads = workers.current_num_threads();
    let pool = scratches;
    let scratches: Vec<Mutex<Scratch>> = pool.take(threads).into_iter().map(Mutex::new).collect();
    let gate = Gate::new(options.budget);
    let (sender, receiver) = mpsc::channel::<(u64, Vec<(usize, Result<T>)>)>();
    let (gate, work, of_thread) = (&gate, &work, &scratches);
    let run_reader = move || {
        workers.in_place_scope(|scope| {
            let mut next = 0u64;
            let mut send = |group: Group<J>| {
                let place = next;
                next += 1;
                gate.change(|flow| flow.groups += 1);
                let sender = sender.clone();
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
                            let size = gate.share(result.weight());
                            made += size;
                            (size, result)
                        })
                        .collect();
                    drop(scratch);
                    gate.change(|flow| {
                        flow.bytes = flow.bytes.saturating_sub(group.bytes).saturating_add(made);
                    });
                    // The receiver lives until every sender is gone.
                    let _ = sender.send((place, results));
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
                // No thread waits for a group to fill up.
                if groups < threads {
                    send(std::mem::take(&mut group));
                }
                ControlFlow::Continue(())
            };
            let produced = catch_unwind(AssertUnwindSafe(|| produce(&mut give)));
            if !group.jobs.is_empty() {
                send(group);
            }
            if let Err(panic) = produced {
                let _ = sender.send((next, vec![(0, Err(fault(&*panic)))]));
            }
        });
    };
    let ended = std::thread::scope(|scope| {
        std::thread::Builder::new()
            .name("glagol-read".into())
            .spawn_scoped(scope, run_reader)
            .map_err(|e| no_threads(&e))?;
        let mut ended = Ok(());
        let mut early = BTreeMap::new();
        let mut next = 0u64;
        for (place, results) in receiver {
            early.insert(place, results);
            while let Some(results) = early.remove(&next) {
                next += 1;
                for (size, result) in results {
                    if ended.is_ok() {
                        ended = result.and_then(&mut take);
                    }
                    gate.change(|flow| {
                        flow.bytes = flow.bytes.saturating_sub(size);
                        flow.is_closed |= ended.is_err();
                    });
                }
            }
        }
        ended
    });
    pool.give_back(
        scratches
            .into_iter()
            .map(|s| s.into_inner().unwrap_or_else(PoisonError::into_inner)),
    );
    ended
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Weighed for usize {
        fn weight(&self) -> usize {
            *self
        }
    }

    fn run(threads: usize, budget: usize, jobs: usize) -> Vec<usize> {
        let mut out = Vec::new();
        ordered(
            &ScratchPool::default(),
            BatchOptions { threads, budget },
            &AtomicBool::new(false),
            |give| {
                for job in 0..jobs {
                    if give(job).is_break() {
                        return;
                    }
                }
            },
            |_, job: usize| {
                if job.is_multiple_of(7) {
                    std::thread::sleep(std::time::Duration::from_micros(200));
                }
                job
            },
            |job| {
                out.push(job);
                Ok(())
            },
        )
        .expect("no error");
        out
    }

    #[test]
    fn results_come_in_order_whatever_the_threads_and_budget() {
        let expected: Vec<usize> = (0..500).collect();
        for (threads, budget) in [(1, 1), (2, 1), (2, 10_000), (4, 1 << 30)] {
            assert_eq!(run(threads, budget, 500), expected, "{threads} {budget}");
        }
    }

    fn threads(threads: usize) -> BatchOptions {
        BatchOptions {
            threads,
            ..BatchOptions::default()
        }
    }

    #[test]
    fn an_error_of_the_taker_ends_the_batch() {
        for options in [threads(1), threads(2)] {
            let mut seen = 0;
            let ended = ordered(
                &ScratchPool::default(),
                options,
                &AtomicBool::new(false),
                |give| while give(1usize).is_continue() {},
                |_, job| job,
                |_| {
                    seen += 1;
                    if seen == 3 {
                        return Err(Error::new(ErrorKind::Write, "full"));
                    }
                    Ok(())
                },
            );
            assert_eq!(
                (ended.map_err(|e| e.kind()), seen),
                (Err(ErrorKind::Write), 3)
            );
        }
    }

    #[test]
    fn stopping_ends_it_without_error() {
        for options in [threads(1), threads(2)] {
            let stop = AtomicBool::new(false);
            let mut seen = 0;
            ordered(
                &ScratchPool::default(),
                options,
                &stop,
                |give| while give(1usize).is_continue() {},
                |_, job| job,
                |_| {
                    seen += 1;
                    stop.store(true, Ordering::Relaxed);
                    Ok(())
                },
            )
            .expect("no error");
            assert!(seen >= 1);
        }
    }

    #[test]
    fn one_thread_is_the_calling_one() {
        let caller = std::thread::current().id();
        let mut places = Vec::new();
        let read = Mutex::new(None);
        ordered(
            &ScratchPool::default(),
            threads(1),
            &AtomicBool::new(false),
            |give| {
                *read.lock().expect("whole") = Some(std::thread::current().id());
                let _ = give(1usize);
            },
            |_, _| 0usize,
            |_| {
                places.push(std::thread::current().id());
                Ok(())
            },
        )
        .expect("no error");
        assert_eq!(places, [caller]);
        assert_eq!(*read.lock().expect("whole"), Some(caller));
    }

    #[test]
    fn a_panic_is_caught_and_told() {
        for options in [threads(1), threads(2)] {
            let mut kinds = Vec::new();
            ordered(
                &ScratchPool::default(),
                options,
                &AtomicBool::new(false),
                |give| {
                    for job in 0..3usize {
                        let _ = give(job);
                    }
                },
                |scratch, job| {
                    caught(scratch, |_| {
                        assert!(job != 1, "job {job} is bad");
                        job
                    })
                },
                |result| {
                    kinds.push(result.map_err(|e| e.to_string()));
                    Ok(())
                },
            )
            .expect("no error");
            assert_eq!(kinds[0], Ok(0));
            assert!(kinds[1].as_ref().is_err_and(|e| e.contains("job 1 is bad")));
            assert_eq!(kinds[2], Ok(2));
        }
    }

    #[test]
    fn a_panic_of_the_reader_is_told() {
        for options in [threads(1), threads(2)] {
            let ended = ordered(
                &ScratchPool::default(),
                options,
                &AtomicBool::new(false),
                |give| {
                    let _ = give(1usize);
                    panic!("no more");
                },
                |_, job: usize| job,
                |_| Ok(()),
            );
            assert_eq!(ended.map_err(|e| e.kind()), Err(ErrorKind::Bug));
        }
    }
}
