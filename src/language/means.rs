//! Whom a noun phrase means, before anybody is looked for: what its language reads off its words.

use crate::document::Sex;
use crate::words::WordId;

/// Whom a source means that does not say its full name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// The likeliest person of that sex before it: “she”.
    Person(Sex),
    /// The group or organisation that spoke last: “they”.
    Group,
    /// Whoever has the name that it is a part of: “Marsh”.
    Name,
    /// The person of that sex before it, whose document speaks: “his report”.
    Owner(Sex),
    /// Who spoke last: “the statement”.
    LastSpeaker,
    /// What a noun stands for; `definite` where it has been spoken of, `body` where the noun is one for media or companies.
    Noun {
        /// “the ministry”, not “a ministry”.
        definite: bool,
        /// “the company”, “the newspaper”.
        body: bool,
    },
    /// Nobody whom the text names.
    Nobody,
}

/// A name of several words that a shorter one stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FullName {
    /// That of an entity of the document.
    Entity(u32),
    /// Tokens from one to before another.
    Tokens(usize, usize),
}

/// Names of several words in a text, by their last word.
#[derive(Default)]
pub struct FullNames {
    /// Last word, first token, one past the last token; ordered by word, then by place.
    names: Vec<(WordId, u32, u32)>,
}

impl FullNames {
    /// Of names as last word, first token, and one past the last token.
    pub fn new(mut names: Vec<(WordId, u32, u32)>) -> Self {
        names.sort_unstable();
        FullNames { names }
    }

    /// The first name of several words that ends with `word`: its tokens.
    pub fn find(&self, word: WordId) -> Option<(usize, usize)> {
        let first = self.names.partition_point(|n| n.0 < word);
        self.names
            .get(first)
            .filter(|n| n.0 == word)
            .map(|n| (n.1 as usize, n.2 as usize))
    }
}
