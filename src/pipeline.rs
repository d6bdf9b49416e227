//! The whole way of one document, in one function: clean -> segment -> tag -> amounts -> resolve -> quotes.
//!
//! A [`Pipeline`] is read-only and shared between threads by reference; what a thread scribbles on while it works is its
//! [`Scratch`]. (Reading and decoding come before, exporting after: see [`crate::read`], [`crate::decode`], [`crate::export`].)

use std::sync::{Arc, Mutex, PoisonError};

use crate::dictionary::gazetteer;
use crate::document::{Document, Lang, Source};
use crate::error::Result;
use crate::language::Languages;
use crate::morph::Morphology;
use crate::words::{Lexicon, SharedWords, WordId};
use crate::{amounts, clean, quotes, resolve, segment, tag};

/// Everything that is loaded once and only read afterwards.
pub struct Resources {
    /// Russian morphology.
    pub morphology: Morphology,
    /// Phrases of web pages.
    pub cleaner: clean::Cleaner,
    /// Abbreviations for the sentence splitter.
    pub segmenter: segment::Segmenter,
    /// Dictionaries, grammar and tagger of entities.
    pub tagger: tag::Tagger,
    /// Number words, currencies, units.
    pub amounts: amounts::AmountFinder,
    /// Spellings of names.
    pub spelling: resolve::Spelling,
    /// Cues of speech.
    pub language: Languages,
}

/// What one thread scribbles on; reused from document to document so that memory is asked for once.
#[derive(Default)]
pub struct Scratch {
    /// Facts about words.
    pub lexicon: Lexicon,
    /// Word of each token of the document at hand; [`WordId::NONE`] where the token is no word.
    pub words: Vec<WordId>,
    /// What the dictionary look-up keeps between documents.
    pub gazetteer: gazetteer::Cache,
    /// What the trained tagger keeps between documents.
    pub tagger: tag::crf::Cache,
    /// What the steps of the entity stages hand to each other.
    pub entities: tag::Work,
    /// Nominatives of people's names.
    pub names: resolve::NameCache,
}

impl Scratch {
    /// A fresh one, with the list of words that this one shares.
    pub(crate) fn renewed(&self) -> Self {
        Scratch {
            lexicon: self.lexicon.renewed(),
            ..Scratch::default()
        }
    }
}

/// What threads of a pipeline scribbled on and left behind, for those who come after: with it, a second batch or text need not learn
/// the words of the first again.
#[derive(Default)]
pub struct ScratchPool {
    idle: Mutex<Vec<Scratch>>,
    /// What threads learn of words.
    words: Arc<SharedWords>,
    /// What they work out of names.
    names: Arc<resolve::SharedNames>,
}

impl ScratchPool {
    /// One for each of so many threads.
    pub(crate) fn take(&self, threads: usize) -> Vec<Scratch> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let left = idle.len().saturating_sub(threads);
        let mut taken = idle.split_off(left);
        drop(idle);
        taken.resize_with(threads, || Scratch {
            lexicon: Lexicon::sharing(self.words.clone()),
            names: match threads {
                1 => resolve::NameCache::default(),
                _ => resolve::NameCache::sharing(self.names.clone()),
            },
            ..Scratch::default()
        });
        taken
    }

    /// Takes them back.
    pub(crate) fn give_back(&self, scratches: impl IntoIterator<Item = Scratch>) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.extend(scratches);
    }
}

/// The whole machine, ready to work.
///
/// ```
/// let glagol = glagol::Pipeline::new()?;
/// let doc = glagol.process("Завод даст 300 мест, сообщили в Минске.");
/// assert_eq!(doc.sentences.len(), 1);
/// # Ok::<(), glagol::Error>(())
/// ```
pub struct Pipeline {
    resources: Resources,
    pool: ScratchPool,
}

impl Pipeline {
    /// With the dictionaries that are compiled in.
    ///
    /// # Errors
    /// Only where compiled-in data is damaged.
    pub fn new() -> Result<Self> {
        // The entity dictionaries take the longest; the rest is loaded beside them.
        let (tagger, rest) = rayon::join(tag::Tagger::new, || {
            Ok((
                Morphology::new()?,
                clean::Cleaner::new()?,
                segment::Segmenter::new()?,
                amounts::AmountFinder::new()?,
                resolve::Spelling::new()?,
                Languages::new()?,
            ))
        });
        let (morphology, cleaner, segmenter, amounts, spelling, language) = rest?;
        Ok(Pipeline {
            resources: Resources {
                morphology,
                cleaner,
                segmenter,
                tagger: tagger?,
                amounts,
                spelling,
                language,
            },
            pool: ScratchPool::default(),
        })
    }

    /// Adds a dictionary of the user's own: rows of the same columns as ours, which win over them. `file` is its name in errors.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Dictionary`] with file, line and reason at the first broken row.
    pub fn add_dictionary(&mut self, file: &str, text: &str) -> Result<()> {
        // What was learnt of words holds for the old dictionaries.
        self.pool = ScratchPool::default();
        self.resources.tagger.add_dictionary(file, text)
    }

    /// Puts other weights into the trained tagger.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Dictionary`] where the file is of another version or size.
    pub fn set_model(&mut self, lang: Lang, bytes: &[u8]) -> Result<()> {
        self.pool = ScratchPool::default();
        self.resources.tagger.set_model(lang, bytes)
    }

    /// What the stages read.
    pub fn resources(&self) -> &Resources {
        &self.resources
    }

    /// What threads scribble on, to be reused.
    pub fn pool(&self) -> &ScratchPool {
        &self.pool
    }

    /// Finds everything in `text`.
    pub fn process(&self, text: &str) -> Document {
        let mut scratch = self.pool.take(1).pop().unwrap_or_default();
        let doc = Document::new(Source::default(), text.to_owned());
        let doc = self.process_document(doc, &mut scratch);
        self.pool.give_back([scratch]);
        doc
    }

    /// Finds everything in a document that has its text and metadata and nothing else.
    pub fn process_document(&self, mut doc: Document, scratch: &mut Scratch) -> Document {
        let resources = &self.resources;
        scratch.lexicon.trim();
        resources.cleaner.find_blocks(&mut doc);
        segment::split(resources, scratch, &mut doc);
        tag::find_mentions(resources, scratch, &mut doc);
        amounts::find_amounts(resources, scratch, &mut doc);
        resolve::link_mentions(resources, scratch, &mut doc);
        quotes::find_quotes(resources, scratch, &mut doc);
        doc
    }
}
