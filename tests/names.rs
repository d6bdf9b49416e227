//! Names: a table of people of many peoples, each in six cases.

use glagol::document::Sex;
use glagol::morph::{Case, Morphology, NamePart, NameWord, Standard, Transliterator, match_key};
use std::sync::LazyLock;

static MORPHOLOGY: LazyLock<Morphology> = LazyLock::new(|| Morphology::new().expect("loads"));
static LATIN: LazyLock<Transliterator> = LazyLock::new(|| Transliterator::new().expect("loads"));

fn nominative(text: &str) -> (String, Option<Sex>) {
    let words: Vec<NameWord<'_>> = text.split(' ').map(NameWord::new).collect();
    let name = MORPHOLOGY.nominative(&words, None);
    (name.joined(), name.sex)
}

/// Share of the table that has to be right.
const SHARE: f64 = 0.99;

#[test]
fn names_come_out_in_the_nominative() {
    let table = include_str!("data/names.csv");
    let (mut right, mut all) = (0, 0);
    let mut wrong = String::new();
    for line in table.lines().skip(1) {
        let mut fields = line.split(',');
        let name = fields.next().expect("nominative");
        let sex = fields.next().expect("sex");
        for form in std::iter::once(name).chain(fields) {
            let (found, found_sex) = nominative(form);
            // A form that does not change does not show the sex.
            let sex_fits = found_sex.is_none_or(|s| s.as_str() == sex);
            all += 1;
            if found == name && sex_fits {
                right += 1;
            } else {
                wrong += &format!("{form}: {found} {found_sex:?}, not {name} {sex}\n");
            }
        }
    }
    assert!(all >= 400);
    assert!(
        f64::from(right) >= SHARE * f64::from(all),
        "{right} of {all}\n{wrong}"
    );
}

proptest::proptest! {
    #[test]
    fn any_string_is_a_name(text in "\\PC*", lower in "[а-яёa-z'’. -]{0,24}") {
        for text in [text.as_str(), lower.as_str()] {
            let words: Vec<NameWord<'_>> = text.split(' ').map(NameWord::new).collect();
            let name = MORPHOLOGY.nominative(&words, None);
            assert_eq!(name.words.len(), words.len());
            let texts: Vec<&str> = text.split(' ').collect();
            assert_eq!(MORPHOLOGY.phrase_nominative_words(&texts).len(), texts.len());
            let _ = MORPHOLOGY.counted_noun(text);
            let _ = MORPHOLOGY.could_be_form_of(text, &lower, None);
            assert_eq!(match_key(text), match_key(text));
            for sex in [Sex::Male, Sex::Female] {
                let forms = MORPHOLOGY.name_forms(text, NamePart::Surname, sex);
                assert!(Case::ALL.iter().all(|c| forms.iter().any(|(case, _)| case == c)));
            }
            let _ = LATIN.to_cyrillic(&LATIN.to_latin(text, Standard::News));
        }
    }
}
