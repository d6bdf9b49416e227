//! Many documents at once: rayon's threads work on them, and results come out in the order of the input.
//!
//! Memory is bounded by a budget of bytes in flight, not by a number of documents: what was read and not yet handed to the
//! caller counts, first with its size as input, then with the size of its result. Of what nobody works on yet, no more than an
//! eighth of the budget is read ahead. No document counts for more than half of the budget, so that a huge one keeps one thread busy
//! while the others go on; three of them may be in memory at a time. Each thread keeps one [`Scratch`] for the whole batch.

mod gate;
mod outlet;
mod threads;

use std::any::Any;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::AtomicBool;

use crate::document::Document;
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::{Pipeline, Scratch, ScratchPool};

/// How a batch runs.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct BatchOptions {
    /// Threads that work; 0 for as many as there are cores. With one, the calling thread does all by itself; with more, it reads, and
    /// they hand over what they made as well.
    pub threads: usize,
    /// Bytes in flight after which no more is read.
    pub budget: usize,
}

impl Default for BatchOptions {
    fn default() -> Self {
        BatchOptions {
            threads: 0,
            budget: 4 << 20,
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

/// Processes documents as they come from an iterator and hands the results to `take`, in order and one after the other, on
/// whichever thread has the next one.
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
    take: impl FnMut(Result<Document>) -> Result<()> + Send,
) -> Result<()>
where
    D: IntoIterator<Item = Document>,
{
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
    guarded(|| work(scratch)).inspect_err(|_| *scratch = scratch.renewed())
}

/// What `work` gives, or its panic as an error of kind [`ErrorKind::Bug`].
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| fault(&*panic))
}

/// What a panic is to users.
fn fault(panic: &(dyn Any + Send)) -> Error {
    Error::new(
        ErrorKind::Bug,
        format!("a fault of glagol, please report it: {}", message(panic)),
    )
}

/// What a panic says.
pub(crate) fn message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

/// Runs `work` on every job that `produce` gives, on several threads, and hands the results to `take` in the order of the
/// jobs, one after the other, on whichever thread has the next ones. The threads scribble on `scratches`, which they leave warm.
/// `produce` runs on the calling thread, and should return when it is told to break off: after
/// an error of `take`, or when `stop` becomes true. What was given before then is still worked on and handed over. `work` must not wait
/// for rayon itself: a thread that waits may begin another job, which needs the same scratch.
///
/// # Errors
/// Those of `take`, which end the batch; where no threads can be had; and a panic of `produce`, `work` or `take` as
/// [`ErrorKind::Bug`] (use [`caught`] in `work` to lose one job only).
pub fn ordered<J, T>(
    scratches: &ScratchPool,
    options: BatchOptions,
    stop: &AtomicBool,
    produce: impl FnOnce(&mut dyn FnMut(J) -> ControlFlow<()>),
    work: impl Fn(&mut Scratch, J) -> T + Sync,
    take: impl FnMut(T) -> Result<()> + Send,
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
        threads::alone(scratches, stop, produce, work, take)
    } else {
        threads::together(
            scratches,
            BatchOptions { threads, ..options },
            stop,
            produce,
            work,
            take,
        )
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::Ordering;

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
