//! The whole way of one document, in one function: clean -> segment -> tag -> amounts -> resolve -> quotes.
//!
//! A [`Pipeline`] is read-only and shared between threads by reference; what a thread scribbles on while it works is its
//! [`Scratch`]. (Reading and decoding come before, exporting after: see [`crate::read`], [`crate::decode`], [`crate::export`].)

use std::sync::Arc;

use crate::document::{Document, Lang, Source};
use crate::error::Result;
use crate::lexicon::{Lexicon, SharedFacts, WordId};
use crate::morph::Morphology;
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
    /// Cues of speech.
    pub quotes: quotes::QuoteFinder,
}

/// What one thread scribbles on; reused from document to document so that memory is asked for once.
#[derive(Default)]
pub struct Scratch {
    /// Facts about words.
    pub lexicon: Lexicon,
    /// Word of each token of the document at hand; [`WordId::NONE`] where the token is no word.
    pub words: Vec<WordId>,
    /// What the dictionary look-up keeps between documents.
    pub gazetteer: tag::gazetteer::Cache,
    /// What the trained tagger keeps between documents.
    pub tagger: tag::crf::Cache,
    /// What the steps of the entity stages hand to each other.
    pub entities: tag::Work,
    /// Nominatives of people's names.
    pub names: resolve::NameCache,
}

impl Scratch {
    /// One for a thread of several that work with the same pipeline: what one learns of a word, all know.
    pub fn sharing(facts: Arc<SharedFacts>) -> Self {
        Scratch {
            lexicon: Lexicon::sharing(facts),
            ..Scratch::default()
        }
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
                quotes::QuoteFinder::new()?,
            ))
        });
        let (morphology, cleaner, segmenter, amounts, quotes) = rest?;
        Ok(Pipeline {
            resources: Resources {
                morphology,
                cleaner,
                segmenter,
                tagger: tagger?,
                amounts,
                quotes,
            },
        })
    }

    /// Adds a dictionary of the user's own: rows of the same columns as ours, which win over them. `file` is its name in errors.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Dictionary`] with file, line and reason at the first broken row.
    pub fn add_dictionary(&mut self, file: &str, text: &str) -> Result<()> {
        self.resources.tagger.add_dictionary(file, text)
    }

    /// Puts other weights into the trained tagger.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Dictionary`] where the file is of another version or size.
    pub fn set_model(&mut self, lang: Lang, bytes: &[u8]) -> Result<()> {
        self.resources.tagger.set_model(lang, bytes)
    }

    /// What the stages read.
    pub fn resources(&self) -> &Resources {
        &self.resources
    }

    /// Finds everything in `text`.
    pub fn process(&self, text: &str) -> Document {
        self.process_document(
            Document::new(Source::default(), text.to_owned()),
            &mut Scratch::default(),
        )
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
