//! The words of a mention of a person: which is given name, patronymic, surname, as far as lists and order tell.

use crate::dictionary::names::NameFlags;
use crate::document::{Document, TokenRange};
use crate::document::{Gap, LetterCase, TokenKind};
use crate::morph::NamePart;
use crate::resolve::given::Given;
use crate::words::WordId;

/// A word of a mention.
#[derive(Clone, Copy)]
pub(super) struct Word {
    pub(super) token: usize,
    pub(super) part: NamePart,
    pub(super) initial: bool,
    /// A hyphen joins it to the initial before it: «Ж.-К. Трише».
    pub(super) joined: bool,
}

/// Whether an initial is joined to the one before it by a hyphen: «К.» in «Ж.-К. Трише».
fn is_joined_initial(doc: &Document, token: usize) -> bool {
    let initial = |i: usize| doc.tokens[i].kind == TokenKind::Initial;
    token >= 2
        && initial(token)
        && initial(token - 2)
        && doc.tokens[token].gap == Gap::None
        && doc.tokens[token - 1].gap == Gap::None
        && doc.tokens[token - 1].span.slice(&doc.text) == "-"
}

/// What each word of a mention is, as far as lists and order tell.
pub(super) fn parts(given: &Given<'_>, doc: &Document, tokens: TokenRange) -> Vec<Word> {
    let mut words: Vec<Word> = tokens
        .range()
        .filter(|&i| given.known.words[i] != WordId::NONE)
        .map(|token| Word {
            token,
            part: NamePart::Unknown,
            initial: doc.tokens[token].kind == TokenKind::Initial
                || matches!(doc.tokens[token].case, LetterCase::Single),
            joined: is_joined_initial(doc, token) && token >= tokens.range().start + 2,
        })
        .collect();
    let flags = |w: &Word| given.known.at(w.token).name();
    let any_surname = NameFlags::SURNAME.bits() | NameFlags::KNOWN_SURNAME.bits();
    let surname = |w: &Word| flags(w).bits() & any_surname != 0;
    let patronymic = (0..words.len())
        .find(|&n| n > 0 && flags(&words[n]).any(NameFlags::PATRONYMIC) && words.len() > 1);
    // «Слободан Стефанович»: behind a name that no Russian bears it is a surname.
    let foreign = |n: usize| words.len() == 2 && n == 1 && !flags(&words[0]).any(NameFlags::GIVEN);
    if let Some(n) = patronymic.filter(|&n| !foreign(n)) {
        // With three words the patronymic may be a surname too: «Иван Петрович Павлович».
        words[n].part = NamePart::Patronymic;
        words[n - 1].part = NamePart::Given;
        for (i, word) in words.iter_mut().enumerate() {
            if i + 1 < n || i > n {
                word.part = NamePart::Surname;
            }
        }
        return words;
    }
    if words.iter().any(|w| w.initial) {
        for word in words.iter_mut().filter(|w| !w.initial) {
            word.part = NamePart::Surname;
        }
        return words;
    }
    match words.len() {
        0 => {}
        1 => {
            let given = flags(&words[0]).any(NameFlags::GIVEN) && !surname(&words[0]);
            words[0].part = if given {
                NamePart::Given
            } else {
                NamePart::Surname
            };
        }
        2 => {
            let given = |w: &Word| flags(w).any(NameFlags::GIVEN);
            let turned = given(&words[1]) && !given(&words[0]) && surname(&words[0]);
            let (first, second) = if turned {
                (NamePart::Surname, NamePart::Given)
            } else {
                (NamePart::Given, NamePart::Surname)
            };
            words[0].part = first;
            words[1].part = second;
        }
        n => {
            words[0].part = NamePart::Given;
            words[n - 1].part = NamePart::Surname;
        }
    }
    words
}

/// The last word that is no initial.
pub(super) fn last_word(given: &Given<'_>, doc: &Document, tokens: TokenRange) -> Option<usize> {
    tokens
        .range()
        .rev()
        .find(|&i| given.known.words[i] != WordId::NONE && doc.tokens[i].kind != TokenKind::Initial)
}
