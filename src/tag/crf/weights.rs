//! The weights of the tagger: a file of rows of eight bits, read where they lie in the program.
//!
//! The form of a file: [`MAGIC`]; transitions from each label and from the start of a sentence to each label, 32 bits each; a row of
//! seven weights for each bucket. The files of `dictionaries/` are compiled in with a byte behind each row (`build.rs`).

use std::borrow::Cow;

use crate::document::Lang;
use crate::error::{Error, ErrorKind, Result};

use super::{BUCKETS, LABELS, NEVER, ROW, Scores, Short, add, legal};

/// First bytes of a weights file, with the version of its form.
const MAGIC: &[u8; 8] = b"glagoCR1";

/// The weights of one language.
#[derive(Default)]
pub struct Weights {
    /// A row of weights for each bucket, signed, with a byte to spare; empty for a model that marks nothing.
    rows: Cow<'static, [[u8; ROW]]>,
    /// From label (row) to label; row `LABELS` is the start of a sentence.
    transitions: [Scores; LABELS + 1],
}

/// Bytes at the beginning of a line of the processor's caches: no row of eight lies across two lines.
#[repr(align(64))]
struct Aligned<B: ?Sized>(B);

static RUSSIAN: &Aligned<[u8]> =
    &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/tagger.rows")));
static ENGLISH: &Aligned<[u8]> =
    &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/tagger_en.rows")));

/// What is wrong with a weights file that cannot be read.
fn of_another_version() -> Error {
    let reason = "the tagger's weights are of another version";
    Error::new(ErrorKind::Dictionary, reason).at("tagger.bin")
}

/// The transitions of a weights file, and its rows.
fn split(bytes: &[u8]) -> Result<([Scores; LABELS + 1], &[u8])> {
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(of_another_version)?;
    let (head, rows) = rest
        .split_at_checked(4 * LABELS * (LABELS + 1))
        .ok_or_else(of_another_version)?;
    let mut transitions = [[NEVER; ROW]; LABELS + 1];
    for (i, number) in head.as_chunks::<4>().0.iter().enumerate() {
        let (from, to) = (i / LABELS, i % LABELS);
        if legal((from < LABELS).then_some(from), to) {
            transitions[from][to] = i32::from_le_bytes(*number);
        }
    }
    Ok((transitions, rows))
}

impl Weights {
    /// Those that are compiled in, with rows that can be read where they lie.
    pub(super) fn compiled_in(lang: Lang) -> Result<Self> {
        let bytes = match lang {
            Lang::En => ENGLISH,
            _ => RUSSIAN,
        };
        let (transitions, rows) = split(&bytes.0)?;
        match rows.as_chunks() {
            (rows, []) if rows.len() == BUCKETS => Ok(Weights {
                rows: Cow::Borrowed(rows),
                transitions,
            }),
            _ => Err(of_another_version()),
        }
    }

    /// Those of a weights file; an empty one marks nothing.
    pub(super) fn load(bytes: &[u8]) -> Result<Self> {
        if bytes.is_empty() {
            return Ok(Weights::default());
        }
        let (transitions, rows) = split(bytes)?;
        let (rows, []) = rows.as_chunks::<LABELS>() else {
            return Err(of_another_version());
        };
        if rows.len() != BUCKETS {
            return Err(of_another_version());
        }
        let spread = rows.iter().map(|weights| {
            let mut row = [0; ROW];
            row[..LABELS].copy_from_slice(weights);
            row
        });
        Ok(Weights {
            rows: spread.collect(),
            transitions,
        })
    }

    /// The weights file of trained weights: real numbers, `BUCKETS` times `LABELS`, and transitions.
    pub fn save(weights: &[f32], transitions: &[[f32; LABELS]; LABELS + 1]) -> Vec<u8> {
        let largest = weights.iter().fold(1e-6f32, |m, w| m.max(w.abs()));
        // The few largest weights are cut, so that the many small ones keep their shades.
        let unit = (largest / 127.0).min(0.03);
        let mut out = MAGIC.to_vec();
        for row in transitions {
            for t in row {
                out.extend(((t / unit).round() as i32).to_le_bytes());
            }
        }
        out.extend(
            weights
                .iter()
                .map(|w| (w / unit).round().clamp(-127.0, 127.0) as i8 as u8),
        );
        out
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// From label (row) to label; row `LABELS` is the start of a sentence.
    pub(super) fn transitions(&self) -> &[Scores; LABELS + 1] {
        &self.transitions
    }

    /// Adds the weights of a feature, a number below [`BUCKETS`], to scores.
    pub(super) fn add(&self, feature: u32, scores: &mut Short) {
        add(
            scores,
            &self.rows[feature as usize].map(|weight| weight as i8),
        );
    }
}
