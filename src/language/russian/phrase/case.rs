//! The case that a phrase is looked for in, and whether words can stand in it.

use crate::lexis::cues::{Function, Grammar};
use crate::morph::Case;
use crate::view::View;

/// Case that a phrase is looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Subjects.
    Nominative,
    /// After «по словам».
    Genitive,
    /// After «согласно».
    Dative,
    /// Object of «цитирует».
    Accusative,
    /// «в ведомстве», «на сайте».
    Locative,
}

impl Wanted {
    pub(super) const fn case(self) -> Case {
        match self {
            Wanted::Nominative => Case::Nominative,
            Wanted::Genitive => Case::Genitive,
            Wanted::Dative => Case::Dative,
            Wanted::Accusative => Case::Accusative,
            Wanted::Locative => Case::Locative,
        }
    }

    pub(super) const fn noun(self) -> Grammar {
        match self {
            Wanted::Nominative => Grammar::NOM,
            Wanted::Genitive => Grammar::GEN,
            Wanted::Dative => Grammar::DAT,
            Wanted::Accusative => Grammar::ACC,
            Wanted::Locative => Grammar::LOC,
        }
    }

    pub(super) const fn adjective(self) -> Grammar {
        match self {
            Wanted::Nominative => Grammar::ADJ_NOM,
            Wanted::Genitive => Grammar::ADJ_GEN,
            Wanted::Dative => Grammar::ADJ_DAT,
            Wanted::Accusative => Grammar::ADJ_ACC,
            Wanted::Locative => Grammar::ADJ_LOC,
        }
    }
}

/// Whether the words of a name can all stand in the wanted case.
pub(super) fn names_in(view: &View<'_>, start: usize, end: usize, wanted: Wanted) -> bool {
    (start..end).all(|i| in_case(view, i, wanted))
}

/// Whether a word has the wanted case, or no case at all.
pub(super) fn in_case(view: &View<'_>, i: usize, wanted: Wanted) -> bool {
    let grammar = view.facts(i).grammar;
    !grammar.any(Grammar::ANY_NOUN.or(Grammar::ANY_ADJECTIVE))
        || grammar.any(wanted.noun().or(wanted.adjective()))
        || wanted == Wanted::Nominative && view.nominative_name(i)
}

/// Whether the name after a noun of relation is its complement: it can stand in the genitive.
pub(super) fn complement(
    view: &View<'_>,
    head: usize,
    start: usize,
    end: usize,
    wanted: Wanted,
) -> bool {
    // «по словам адвоката Анны Юровой»: a full name is the lawyer's own.
    if wanted != Wanted::Nominative && end >= start + 2 {
        return false;
    }
    view.function(head, Function::RELATION)
        && start == head + 1
        && (start..end)
            .all(|i| in_case(view, i, Wanted::Genitive) || view.grammar(i, Grammar::UNKNOWN))
}
