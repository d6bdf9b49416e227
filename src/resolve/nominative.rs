//! Noun phrases of the text -> their nominative: the head noun and the adjectives that agree with it; what depends on the head
//! stays as it is («Министерства обороны США» -> «Министерство обороны США»).

use crate::document::{Document, TokenRange};
use crate::lexicon::{Facts, WordId};
use crate::morph::{Case, Gender, NameType, Number, Pos, Reading, VerbForm};
use crate::pipeline::{Resources, Scratch};
use crate::segment::{LetterCase, TokenKind};

/// The nominative of the phrase that `tokens` hold, with the rest of its text as it is, but for outer marks.
pub fn phrase_nominative(scratch: &Scratch, doc: &Document, tokens: TokenRange) -> String {
    let range = tokens.range();
    if range.is_empty() {
        return String::new();
    }
    let start = doc.tokens[range.start].span.start();
    let end = doc.tokens[range.end - 1].span.end();
    let text = doc.text.get(start..end).unwrap_or("");
    let Some((head, case)) = head(scratch, doc, range.clone()) else {
        return squeezed(text);
    };
    if case == Case::Nominative {
        return squeezed(text);
    }
    let mut out = String::with_capacity(text.len() + 4);
    let mut at = start;
    let head_reading = reading_in(facts(scratch, head), case);
    for i in range.start..=head {
        let token = doc.tokens[i];
        let facts = facts(scratch, i);
        let form = if i == head {
            reading_in(facts, case).map(noun_nominative)
        } else {
            head_reading.and_then(|noun| {
                let adjective = reading_in(facts, case)?;
                Some(adjective_nominative(adjective, noun))
            })
        };
        if let Some(form) = form {
            out.push_str(doc.text.get(at..token.span.start()).unwrap_or(""));
            out.push_str(&with_case_of(
                token.span.slice(&doc.text),
                token.case,
                &form,
            ));
            at = token.span.end();
        }
    }
    out.push_str(doc.text.get(at..end).unwrap_or(""));
    squeezed(&out)
}

/// The position of mention `i` with what stands between it and its holder's name, in the nominative.
pub(super) fn role(_resources: &Resources, scratch: &Scratch, doc: &Document, i: usize) -> String {
    let mention = &doc.mentions[i];
    let mut tokens = mention.tokens;
    if let Some(holder) = mention.holder {
        let name = doc.mentions[holder as usize].tokens;
        if name.start >= tokens.end {
            tokens.end = name.start;
        }
    }
    while tokens.end > tokens.start + 1
        && !doc.tokens[tokens.end as usize - 1].is_wordlike()
        && !(doc.tokens[tokens.end as usize - 1].kind == TokenKind::Quote
            && doc.tokens[tokens.range()]
                .iter()
                .filter(|t| t.kind == TokenKind::Quote)
                .count()
                % 2
                == 0)
    {
        tokens.end -= 1;
    }
    let role = phrase_nominative(scratch, doc, tokens);
    // A capital that only begins the sentence is no part of the role.
    let first = doc.tokens[tokens.start as usize];
    match first.case {
        LetterCase::Capital => {
            let mut letters = role.chars();
            letters
                .next()
                .map_or_else(String::new, |c| c.to_lowercase().chain(letters).collect())
        }
        _ => role,
    }
}

fn facts(scratch: &Scratch, i: usize) -> &Facts {
    scratch.lexicon.facts(scratch.words[i])
}

/// The head noun and the case in which it and the adjectives before it agree, the likeliest where several do.
fn head(scratch: &Scratch, doc: &Document, range: std::ops::Range<usize>) -> Option<(usize, Case)> {
    let mut agreed: Option<Vec<(Case, f32)>> = None;
    for i in range {
        if doc.tokens[i].kind == TokenKind::Quote && agreed.is_none() {
            // A name in marks does not bend.
            return None;
        }
        if scratch.words[i] == WordId::NONE {
            continue;
        }
        let facts = facts(scratch, i);
        let first = facts.readings.first()?;
        let noun = facts
            .readings
            .iter()
            .any(|r| matches!(r.tag.pos, Pos::Noun | Pos::Name) && r.chance > 0.05);
        let adjective = is_adjective(first);
        if !noun && !adjective {
            return None;
        }
        let mut cases: Vec<(Case, f32)> = Vec::new();
        for r in facts.readings.iter().filter(|r| {
            if adjective && !noun {
                is_adjective(r)
            } else {
                matches!(r.tag.pos, Pos::Noun | Pos::Name) || adjective && is_adjective(r)
            }
        }) {
            match cases.iter_mut().find(|(c, _)| *c == r.tag.case) {
                Some((_, chance)) => *chance += r.chance,
                None => cases.push((r.tag.case, r.chance)),
            }
        }
        let common = match &agreed {
            None => cases,
            Some(before) => cases
                .into_iter()
                .filter_map(|(c, chance)| {
                    let (_, other) = before.iter().find(|(b, _)| *b == c)?;
                    Some((c, chance * other))
                })
                .collect(),
        };
        if noun && !adjective || noun && agreed.is_some() && !is_adjective(first) {
            let best = common
                .iter()
                .max_by(|a, b| a.1.total_cmp(&b.1).then((b.0).cmp(&a.0)))?;
            return Some((i, best.0));
        }
        agreed = Some(common);
    }
    None
}

fn is_adjective(r: &Reading) -> bool {
    (r.tag.pos == Pos::Adjective
        || r.tag.pos == Pos::Determiner
        || r.tag.pos == Pos::Numeral && r.tag.gender != Gender::None
        || r.tag.verb_form == VerbForm::Participle)
        && !r.tag.short
        && r.tag.name == NameType::None
}

fn reading_in(facts: &Facts, case: Case) -> Option<&Reading> {
    facts.readings.iter().find(|r| r.tag.case == case)
}

fn noun_nominative(r: &Reading) -> String {
    if r.tag.number != Number::Plural {
        return r.lemma.to_string();
    }
    let lemma = &*r.lemma;
    let (stem, last) = match lemma.char_indices().next_back() {
        Some((at, c)) => (&lemma[..at], c),
        None => return String::new(),
    };
    let hushing = |s: &str| s.ends_with(['к', 'г', 'х', 'ж', 'ш', 'ч', 'щ']);
    match last {
        'а' if hushing(stem) => format!("{stem}и"),
        'а' => format!("{stem}ы"),
        'я' | 'ь' | 'й' => format!("{stem}и"),
        'о' => format!("{stem}а"),
        'е' => format!("{stem}я"),
        _ if hushing(lemma) => format!("{lemma}и"),
        _ => format!("{lemma}ы"),
    }
}

/// The adjective in the nominative, in number and gender of its noun.
fn adjective_nominative(r: &Reading, noun: &Reading) -> String {
    let lemma = &*r.lemma;
    let Some(stem) = lemma
        .strip_suffix("ый")
        .or_else(|| lemma.strip_suffix("ой"))
        .or_else(|| lemma.strip_suffix("ий"))
    else {
        return lemma.to_owned();
    };
    let soft = lemma.ends_with("ний");
    let hushing = stem.ends_with(['ж', 'ш', 'ч', 'щ']);
    let back = stem.ends_with(['к', 'г', 'х']);
    let ending = match (noun.tag.number, noun.tag.gender) {
        (Number::Plural, _) if soft || hushing || back => "ие",
        (Number::Plural, _) => "ые",
        (_, Gender::Feminine) if soft => "яя",
        (_, Gender::Feminine) => "ая",
        (_, Gender::Neuter) if soft || hushing => "ее",
        (_, Gender::Neuter) => "ое",
        _ => return lemma.to_owned(),
    };
    format!("{stem}{ending}")
}

/// `lower` in the letter case of the text's word.
fn with_case_of(text: &str, case: LetterCase, lower: &str) -> String {
    match case {
        LetterCase::Upper => lower.to_uppercase(),
        LetterCase::Capital | LetterCase::Single | LetterCase::Mixed => {
            let mut halves = text.split('-');
            let mut out = String::with_capacity(lower.len());
            for (n, half) in lower.split('-').enumerate() {
                if n > 0 {
                    out.push('-');
                }
                let capital = halves
                    .next()
                    .is_some_and(|h| h.starts_with(char::is_uppercase));
                let mut letters = half.chars();
                if let (true, Some(first)) = (capital, letters.next()) {
                    out.extend(first.to_uppercase());
                    out.extend(letters);
                } else {
                    out.push_str(half);
                }
            }
            out
        }
        LetterCase::None | LetterCase::Lower => lower.to_owned(),
    }
}

/// White space as single spaces.
fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
