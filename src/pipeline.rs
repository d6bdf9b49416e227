//! The whole way of one document, in one function: clean -> segment -> tag -> amounts -> resolve -> quotes.
//!
//! A [`Pipeline`] is read-only and shared between threads by reference; what a thread scribbles on while it works is its
//! [`Scratch`]. (Reading and decoding come before, exporting after: see [`crate::read`], [`crate::decode`], [`crate::export`].)

use std::sync::{Arc, Mutex, PoisonError};

use crate::dictionary::Dictionaries;
use crate::document::{Document, Lang, Source};
use crate::error::Result;
use crate::language::Packs;
use crate::language::pack::Language;
use crate::lexis::Languages;
use crate::morph::Morphology;
use crate::tables::Tables;
use crate::view::{Glossary, Known};
use crate::words::{Column, Lexicon, WordId, WordList};
use crate::{amounts, clean, quotes, resolve, segment, tag, view};

/// Languages that can be read. Others are told apart, and nothing is looked for in them.
pub const READABLE: [Lang; 2] = [Lang::Ru, Lang::En];

/// Everything that is loaded once and only read afterwards.
struct Resources {
    morphology: Morphology,
    languages: Languages,
    dictionaries: Dictionaries,
    cleaner: clean::Cleaner,
    segmenter: segment::Segmenter,
    tagger: tag::crf::Model,
    amounts: amounts::AmountFinder,
    spelling: resolve::Spelling,
    packs: Packs,
    /// Languages whose words are looked up.
    read: Vec<Lang>,
}

impl Resources {
    /// What is known of the words of a memory.
    fn glossary<'a>(&'a self, memory: &'a Memory) -> Glossary<'a> {
        Glossary {
            list: &memory.list,
            columns: &memory.known,
            morphology: &self.morphology,
            languages: &self.languages,
            dictionaries: &self.dictionaries,
        }
    }
}

/// The words that the threads of a pipeline have met, and what each stage knows of them. List and columns are begun anew together: the
/// numbers of words hold within one list only.
struct Memory {
    list: WordList,
    known: view::Columns,
    tagger: tag::crf::Columns,
    amounts: Column<amounts::WordFacts>,
}

impl Memory {
    fn new(generation: u32) -> Self {
        Memory {
            list: WordList::new(generation),
            known: view::Columns::default(),
            tagger: tag::crf::Columns::default(),
            amounts: Column::default(),
        }
    }
}

/// The memory that threads have together at present, and the one that comes after it when it is full.
struct SharedMemory(Mutex<Arc<Memory>>);

impl Default for SharedMemory {
    fn default() -> Self {
        SharedMemory(Mutex::new(Arc::new(Memory::new(1))))
    }
}

impl SharedMemory {
    /// The memory at present; a new one where it has grown too large.
    fn current(&self) -> Arc<Memory> {
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if memory.list.is_full() {
            *memory = Arc::new(Memory::new(memory.list.generation() + 1));
        }
        memory.clone()
    }
}

/// What one thread scribbles on; reused from document to document so that memory is asked for once.
pub struct Scratch {
    memory: Arc<Memory>,
    shared: Arc<SharedMemory>,
    /// Surface forms that the thread has met.
    lexicon: Lexicon,
    /// Word of each token of the document at hand; [`WordId::NONE`] where the token is no word.
    words: Vec<WordId>,
    /// What the tagger keeps between documents.
    tagger: tag::Work,
    /// Nominatives of people's names.
    names: resolve::NameCache,
}

impl Default for Scratch {
    fn default() -> Self {
        Scratch::sharing(Arc::default(), resolve::NameCache::default())
    }
}

impl Scratch {
    fn sharing(shared: Arc<SharedMemory>, names: resolve::NameCache) -> Self {
        Scratch {
            memory: shared.current(),
            shared,
            lexicon: Lexicon::default(),
            words: Vec::new(),
            tagger: tag::Work::default(),
            names,
        }
    }

    /// A fresh one, with the list of words that this one shares.
    pub(crate) fn renewed(&self) -> Self {
        Scratch::sharing(self.shared.clone(), resolve::NameCache::default())
    }

    /// Called between documents: takes up a new list where the one it has is full.
    fn trim(&mut self) {
        if self.memory.list.is_full() {
            self.memory = self.shared.current();
        }
        self.lexicon.trim(&self.memory.list);
    }
}

/// What threads of a pipeline scribbled on and left behind, for those who come after: with it, a second batch or text need not learn
/// the words of the first again.
#[derive(Default)]
pub struct ScratchPool {
    idle: Mutex<Vec<Scratch>>,
    /// What threads learn of words.
    words: Arc<SharedMemory>,
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
        taken.resize_with(threads, || {
            let names = match threads {
                1 => resolve::NameCache::default(),
                _ => resolve::NameCache::sharing(self.names.clone()),
            };
            Scratch::sharing(self.words.clone(), names)
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
        Self::with_data(&Tables::default())
    }

    /// With the dictionaries that are compiled in and a user's tables over them.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Dictionary`] with file, line and reason where the tables do not fit together.
    pub fn with_data(tables: &Tables) -> Result<Self> {
        // The entity dictionaries take the longest; the rest is loaded beside them.
        let (dictionaries, rest) = rayon::join(
            || Dictionaries::new(tables, segment::tokenize),
            || {
                Ok((
                    Morphology::with_tables(tables)?,
                    clean::Cleaner::new(tables)?,
                    segment::Segmenter::new(tables)?,
                    amounts::AmountFinder::new(tables)?,
                    resolve::Spelling::new(tables)?,
                    Languages::new(tables)?,
                    tag::crf::Model::compiled_in()?,
                ))
            },
        );
        let (morphology, cleaner, segmenter, amounts, spelling, languages, tagger) = rest?;
        Ok(Pipeline {
            resources: Resources {
                morphology,
                languages,
                dictionaries: dictionaries?,
                cleaner,
                segmenter,
                tagger,
                amounts,
                spelling,
                read: Packs::default().langs().collect(),
                packs: Packs::default(),
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
        self.resources.dictionaries.add(file, text)
    }

    /// Adds a language that quotations are found in; one of the same code gives way to it.
    #[doc(hidden)]
    pub fn add_language(&mut self, pack: Box<dyn Language>) {
        self.pool = ScratchPool::default();
        self.resources.packs.add(pack);
        self.resources.read = self.resources.packs.langs().collect();
    }

    /// Puts other weights into the trained tagger.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Dictionary`] where the file is of another version or size.
    pub fn set_model(&mut self, lang: Lang, bytes: &[u8]) -> Result<()> {
        self.pool = ScratchPool::default();
        self.resources.tagger.set(lang, bytes)
    }

    /// The dictionaries that names are looked up in.
    #[doc(hidden)]
    pub fn dictionaries(&self) -> &Dictionaries {
        &self.resources.dictionaries
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

    /// Finds everything in a document that has its text and metadata and nothing else, where it is in a language that has a pack:
    /// Russian, English.
    pub fn process_document(&self, doc: Document, scratch: &mut Scratch) -> Document {
        self.process_in(&self.resources.read, doc, scratch)
    }

    /// The same, of these languages only (see [`READABLE`]): a document in another has blocks, sentences and tokens, and nothing is
    /// found in it; a block in another has no amounts, dates and quotes.
    pub fn process_in(&self, langs: &[Lang], mut doc: Document, scratch: &mut Scratch) -> Document {
        for stage in Stage::ALL {
            let is_foreign = !langs.contains(&doc.lang);
            if is_foreign && !matches!(stage, Stage::Clean | Stage::Segment) {
                break;
            }
            self.work(stage, &mut doc, scratch);
        }
        if doc.blocks.iter().any(|block| !langs.contains(&block.lang)) {
            forget_foreign(langs, &mut doc);
        }
        doc
    }

    /// One stage's work on a document that those before it have done theirs on, with the same `scratch`.
    #[doc(hidden)]
    pub fn work(&self, stage: Stage, doc: &mut Document, scratch: &mut Scratch) {
        let resources = &self.resources;
        if stage == Stage::Clean {
            scratch.trim();
        }
        let memory = &*scratch.memory;
        let glossary = self.resources.glossary(memory);
        let words = &mut scratch.words;
        let lexicon = &mut scratch.lexicon;
        if stage == Stage::Segment {
            let list = (&memory.list, lexicon);
            segment::split(
                &resources.segmenter,
                &resources.morphology,
                list,
                &resources.read,
                doc,
                words,
            );
            return;
        }
        let known = Known {
            words,
            glossary: &glossary,
        };
        match stage {
            Stage::Clean => resources.cleaner.find_blocks(doc),
            Stage::Segment => {}
            Stage::Tag => {
                let model = (&resources.tagger, &memory.tagger);
                tag::find_mentions(known, model, lexicon, &mut scratch.tagger, doc);
            }
            Stage::Amounts => {
                let facts = (&memory.list, &memory.amounts);
                amounts::find_amounts(&resources.amounts, facts, words, doc);
            }
            Stage::Resolve => {
                let given = resolve::Given {
                    known,
                    spelling: &resources.spelling,
                    hits: &scratch.tagger.hits,
                    names: &scratch.tagger.names,
                };
                resolve::link_mentions(&given, &mut scratch.names, doc);
            }
            Stage::Quotes => quotes::find_quotes(known, &resources.packs, doc),
        }
    }
}

/// Takes out what was found in blocks of other languages by the signs and words of ours.
fn forget_foreign(langs: &[Lang], doc: &mut Document) {
    let blocks = std::mem::take(&mut doc.blocks);
    let is_ours = |at: usize| {
        let index = blocks.partition_point(|block| block.span.start() <= at);
        index == 0 || langs.contains(&blocks[index - 1].lang)
    };
    doc.amounts.retain(|amount| is_ours(amount.span.start()));
    doc.dates.retain(|date| is_ours(date.span.start()));
    doc.quotes
        .retain(|quote| quote.spans.first().is_none_or(|span| is_ours(span.start())));
    doc.blocks = blocks;
}

impl Pipeline {
    /// Hands the words of the document that `scratch` worked on last, as the tagger sees them, and the thread's lexicon to `look`.
    pub(crate) fn look<T>(
        &self,
        scratch: &mut Scratch,
        look: impl FnOnce(tag::crf::Words<'_>, &mut Lexicon) -> T,
    ) -> T {
        let memory = &*scratch.memory;
        let glossary = self.resources.glossary(memory);
        let words = tag::crf::Words {
            known: Known {
                words: &scratch.words,
                glossary: &glossary,
            },
            columns: &memory.tagger,
        };
        look(words, &mut scratch.lexicon)
    }
}

#[cfg(test)]
impl Pipeline {
    /// Hands what `resolve` reads of the document that `scratch` worked on last to `look`.
    pub(crate) fn given<T>(
        &self,
        scratch: &mut Scratch,
        look: impl FnOnce(&resolve::Given<'_>, &mut resolve::NameCache) -> T,
    ) -> T {
        let memory = &*scratch.memory;
        let given = resolve::Given {
            known: Known {
                words: &scratch.words,
                glossary: &self.resources.glossary(memory),
            },
            spelling: &self.resources.spelling,
            hits: &scratch.tagger.hits,
            names: &scratch.tagger.names,
        };
        look(&given, &mut scratch.names)
    }
}

/// The stages of the way of a document.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Text -> blocks.
    Clean,
    /// Blocks -> tokens and sentences.
    Segment,
    /// Tokens -> mentions.
    Tag,
    /// Tokens -> amounts and dates.
    Amounts,
    /// Mentions -> entities.
    Resolve,
    /// All of it -> quotes.
    Quotes,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Stage; 6] = [
        Stage::Clean,
        Stage::Segment,
        Stage::Tag,
        Stage::Amounts,
        Stage::Resolve,
        Stage::Quotes,
    ];
}
