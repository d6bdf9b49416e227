//! How far a run is: a bar on a terminal, a line every half minute in a pipe; both on standard error.

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use glagol::read::{self, Walked};
use glagol::run::{Monitor, RunOptions};
use indicatif::{ProgressBar, ProgressStyle};

use super::terminal::tell;

/// Shows it until the run is done.
pub fn show(monitor: &Monitor, options: &RunOptions, is_done: &Receiver<()>) {
    let total = AtomicU64::new(0);
    std::thread::scope(|scope| {
        // The inputs are counted beside the run, so that it begins at once.
        let counted = scope.spawn(|| count(monitor, options, &total));
        if std::io::stderr().is_terminal() {
            bar(monitor, &total, || counted.is_finished(), is_done);
        } else {
            lines(monitor, &total, || counted.is_finished(), is_done);
        }
    });
}

fn is_over(is_done: &Receiver<()>, wait: Duration) -> bool {
    is_done.recv_timeout(wait) != Err(RecvTimeoutError::Timeout)
}

fn bar(monitor: &Monitor, total: &AtomicU64, counted: impl Fn() -> bool, is_done: &Receiver<()>) {
    let bar = ProgressBar::new_spinner();
    let started = Instant::now();
    let mut has_total = false;
    while !is_over(is_done, Duration::from_millis(100)) {
        let consumed = monitor.reading.consumed.load(Ordering::Relaxed);
        let total = total.load(Ordering::Relaxed);
        if !has_total && counted() && total > 0 {
            has_total = true;
            bar.set_length(total);
            if let Ok(style) =
                ProgressStyle::with_template("{elapsed} [{wide_bar}] {percent}% {msg}, {eta} left")
            {
                bar.set_style(style.progress_chars("=> "));
            }
            // What an earlier run did says nothing about the time that is left.
            bar.set_position(consumed.min(total));
            bar.reset_eta();
        }
        bar.set_position(consumed.min(total));
        bar.set_message(so_far(monitor, started.elapsed()));
    }
    bar.finish_and_clear();
}

fn lines(monitor: &Monitor, total: &AtomicU64, counted: impl Fn() -> bool, is_done: &Receiver<()>) {
    let started = Instant::now();
    // When the total was known, and how far reading was then: what an earlier run did says nothing about the time that is left.
    let mut begun = None;
    for second in 1u64.. {
        if is_over(is_done, Duration::from_secs(1)) {
            return;
        }
        let consumed = monitor.reading.consumed.load(Ordering::Relaxed);
        if begun.is_none() && counted() {
            begun = Some((Instant::now(), consumed));
        }
        if second.is_multiple_of(30) {
            let mut line = so_far(monitor, started.elapsed());
            let total = total.load(Ordering::Relaxed);
            if let Some(left) =
                begun.and_then(|(at, from)| left(at.elapsed(), from, consumed, total))
            {
                let share = consumed as f64 / total as f64 * 100.0;
                line += &format!(", {share:.0}%, {} left", indicatif::HumanDuration(left));
            }
            tell(&line);
        }
    }
}

/// The time that is left, where so much of `total` was read in `elapsed` since `from`.
fn left(elapsed: Duration, from: u64, consumed: u64, total: u64) -> Option<Duration> {
    let read = consumed.checked_sub(from).filter(|&read| read > 0)?;
    let rest = total.checked_sub(consumed)?;
    Some(elapsed.mul_f64(rest as f64 / read as f64))
}

/// Documents in all, and the speed of this run alone.
fn so_far(monitor: &Monitor, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64().max(1e-3);
    let documents = monitor.documents.load(Ordering::Relaxed);
    let (done, bytes) = of_this_run(monitor);
    format!(
        "{}, {:.0}/s, {:.1} MB/s",
        super::terminal::count(documents, "document"),
        done as f64 / seconds,
        bytes as f64 / 1e6 / seconds
    )
}

/// Documents and bytes of text that were done since the program began.
pub fn of_this_run(monitor: &Monitor) -> (u64, u64) {
    let since = |all: &AtomicU64, before: &AtomicU64| {
        let before = before.load(Ordering::Relaxed);
        all.load(Ordering::Relaxed).saturating_sub(before)
    };
    (
        since(&monitor.documents, &monitor.resumed_documents),
        since(&monitor.bytes, &monitor.resumed_bytes),
    )
}

/// Adds up the sizes of all inputs.
fn count(monitor: &Monitor, options: &RunOptions, total: &AtomicU64) {
    let mut read = options.read.clone();
    read.leave_out = std::fs::canonicalize(&options.out).ok();
    for input in options.inputs.iter().filter(|i| i.as_os_str() != "-") {
        let _: ControlFlow<()> = read::walk(input, &read, &mut |found| {
            if let Walked::File { path, .. } = found {
                let size = std::fs::metadata(path).map_or(0, |m| m.len());
                total.fetch_add(size, Ordering::Relaxed);
            }
            match monitor.stop.load(Ordering::Relaxed) {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_told_by_what_this_run_read() {
        let ten = Duration::from_secs(10);
        assert_eq!(left(ten, 0, 50, 100), Some(ten));
        assert_eq!(left(ten, 40, 50, 100), Some(5 * ten));
        assert_eq!(left(ten, 0, 100, 100), Some(Duration::ZERO));
        // Nothing was read yet; a file grew.
        assert_eq!(left(ten, 50, 50, 100), None);
        assert_eq!(left(ten, 0, 120, 100), None);
    }
}
