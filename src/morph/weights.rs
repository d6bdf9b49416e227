//! What the lists of names and the morphological dictionary weigh for a candidate nominative.
//!
//! Input: a nominative, its sex and the part of the name that it is; output: natural logarithms to be added. Invariant: what no list
//! knows weighs nothing.

use super::endings::Part;
use super::lists::{GivenName, NameCounts};
use super::name::NamePart;
use super::reading::Reading;
use super::tag::{Case, Gender, NameType, Number, Pos};
use crate::document::Sex;

/// What it weighs that a given name has so many bearers.
pub(super) fn known(count: u32) -> f32 {
    if count == 0 {
        0.0
    } else {
        1.0 + 0.45 * (count as f32).ln_1p()
    }
}

/// What it weighs that the list of surnames has the word as a nominative.
pub(super) fn weigh_surname(
    counts: &NameCounts,
    nominative: &str,
    part: NamePart,
    paradigm: Part,
) -> f32 {
    let fits = matches!(part, NamePart::Surname | NamePart::Unknown)
        && matches!(paradigm, Part::Surname | Part::Any);
    if !fits {
        return 0.0;
    }
    let known = counts.surname_nominative(nominative).or_else(|| {
        // The list has men's surnames: Мозговая beside Мозговой.
        let stem = nominative.strip_suffix("ая")?;
        ["ой", "ый"]
            .iter()
            .find_map(|end| counts.surname_nominative(&format!("{stem}{end}")))
    });
    match known {
        None => 0.0,
        Some(count) => (0.35 * (count as f32).ln_1p() - 0.2).max(0.1),
    }
}

/// What it weighs that the list of given names has the word as a nominative.
pub(super) fn weigh_given(
    bearers: Option<GivenName>,
    sex: Sex,
    part: NamePart,
    paradigm: Part,
) -> f32 {
    if part == NamePart::Patronymic || paradigm == Part::Patronymic {
        return 0.0;
    }
    let Some(name) = bearers else {
        return 0.0;
    };
    let weight = match name.count(sex) {
        0 => -1.5,
        n => known(n),
    };
    match part {
        NamePart::Surname => weight.clamp(0.0, 0.3),
        _ if paradigm == Part::Surname => 0.0,
        _ => weight,
    }
}

/// What it weighs that the morphological dictionary reads the word as this case of this nominative.
pub(super) fn weigh_readings(
    readings: &[Reading],
    nominative: &str,
    sex: Sex,
    case: Case,
    part: NamePart,
) -> f32 {
    let gender = match sex {
        Sex::Male => Gender::Masculine,
        Sex::Female => Gender::Feminine,
    };
    readings
        .iter()
        .filter(|r| !r.guessed && r.tag.case == case && same(&r.lemma, nominative))
        .map(|r| {
            let tag = &r.tag;
            let same_sex = tag.gender == gender
                || tag.gender == Gender::None
                || (tag.indeclinable && tag.name == NameType::Surname);
            match (tag.name, part) {
                (NameType::Given, NamePart::Given | NamePart::Unknown) if same_sex => 1.5,
                (NameType::Surname, NamePart::Surname | NamePart::Unknown) if same_sex => 2.0,
                (NameType::Patronymic, NamePart::Patronymic | NamePart::Unknown) if same_sex => 2.0,
                (NameType::Given | NameType::Surname | NameType::Patronymic, _) if same_sex => 0.7,
                (NameType::Given | NameType::Patronymic, _) => -0.5,
                (NameType::Place, _) => 0.3,
                (NameType::None | NameType::Other, _)
                    if matches!(tag.pos, Pos::Noun | Pos::Name) && tag.number != Number::Plural =>
                {
                    0.8
                }
                _ => 0.0,
            }
        })
        .fold(
            0.0_f32,
            |a: f32, b: f32| if b.abs() > a.abs() { b } else { a },
        )
}

/// Whether two words are the same but for ё.
pub(super) fn same(a: &str, b: &str) -> bool {
    let fold = |c: char| if c == 'ё' { 'е' } else { c };
    a.chars().map(fold).eq(b.chars().map(fold))
}
