//! The grammatical tag of a word form: part of speech and grammemes as small enums, so that agreement is a comparison.

/// Part of speech, after Universal Dependencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
#[allow(missing_docs)]
pub enum Pos {
    Noun,
    Name,
    Adjective,
    Verb,
    Numeral,
    Pronoun,
    Determiner,
    Adverb,
    Preposition,
    Conjunction,
    Particle,
    Interjection,
    #[default]
    Other,
}

/// Form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
#[allow(missing_docs)]
pub enum VerbForm {
    #[default]
    None,
    Finite,
    Infinitive,
    Participle,
    Gerund,
}

/// Case. Partitive counts as genitive, the second locative as locative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Case {
    #[default]
    None,
    Nominative,
    Genitive,
    Dative,
    Accusative,
    Instrumental,
    Locative,
    Vocative,
}

impl Case {
    /// The six cases that names are inflected for, in the order of the school grammar.
    pub const ALL: [Case; 6] = [
        Case::Nominative,
        Case::Genitive,
        Case::Dative,
        Case::Accusative,
        Case::Instrumental,
        Case::Locative,
    ];
}

/// A set of cases.
#[derive(Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct CaseSet(u8);

impl CaseSet {
    /// No case.
    pub const EMPTY: CaseSet = CaseSet(0);

    /// Nominative to locative.
    pub const ALL: CaseSet = CaseSet(0b0111_1110);

    /// The set of one case.
    pub const fn of(case: Case) -> Self {
        CaseSet(1 << case as u8)
    }

    /// With the cases of another set.
    #[must_use]
    pub const fn with(self, other: CaseSet) -> Self {
        CaseSet(self.0 | other.0)
    }

    /// Cases that both sets have.
    #[must_use]
    pub const fn common(self, other: CaseSet) -> Self {
        CaseSet(self.0 & other.0)
    }

    /// Whether a case is in it.
    pub const fn has(self, case: Case) -> bool {
        self.0 & (1 << case as u8) != 0
    }

    /// Whether no case is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The cases, in the order of [`Case`].
    pub fn iter(self) -> impl Iterator<Item = Case> {
        Case::ALL.into_iter().filter(move |&c| self.has(c))
    }
}

impl std::fmt::Debug for CaseSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// Grammatical number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
#[allow(missing_docs)]
pub enum Number {
    #[default]
    None,
    Singular,
    Plural,
}

/// Grammatical gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
#[allow(missing_docs)]
pub enum Gender {
    #[default]
    None,
    Masculine,
    Feminine,
    Neuter,
}

/// Tense, or mood where there is no tense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
#[allow(missing_docs)]
pub enum Tense {
    #[default]
    None,
    Past,
    Present,
    Future,
    Imperative,
}

/// What sort of proper name a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
#[allow(missing_docs)]
pub enum NameType {
    #[default]
    None,
    Given,
    Patronymic,
    Surname,
    Place,
    Other,
}

/// All grammemes of one reading of a word form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct Tag {
    /// Part of speech.
    pub pos: Pos,
    /// Form of a verb.
    pub verb_form: VerbForm,
    /// Case.
    pub case: Case,
    /// Number.
    pub number: Number,
    /// Gender.
    pub gender: Gender,
    /// Tense.
    pub tense: Tense,
    /// Person of a verb or pronoun, 1 to 3; 0 for none.
    pub person: u8,
    /// Sort of name.
    pub name: NameType,
    /// Living being; none where the word does not say.
    pub animate: Option<bool>,
    /// Never changes its form.
    pub indeclinable: bool,
    /// Short form of an adjective or participle.
    pub short: bool,
    /// Passive voice (participles, finite verbs).
    pub passive: bool,
    /// Perfective aspect.
    pub perfective: bool,
}

impl Tag {
    /// Reads a tag from UD part of speech and features.
    pub(crate) fn from_ud<'a>(pos: &str, feats: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut tag = Tag {
            pos: match pos {
                "NOUN" => Pos::Noun,
                "PROPN" => Pos::Name,
                "ADJ" => Pos::Adjective,
                "VERB" | "AUX" => Pos::Verb,
                "NUM" => Pos::Numeral,
                "PRON" => Pos::Pronoun,
                "DET" => Pos::Determiner,
                "ADV" => Pos::Adverb,
                "ADP" => Pos::Preposition,
                "CCONJ" | "SCONJ" => Pos::Conjunction,
                "PART" => Pos::Particle,
                "INTJ" => Pos::Interjection,
                _ => Pos::Other,
            },
            ..Tag::default()
        };
        for (name, value) in feats {
            match (name, value) {
                ("Case", "Nom") => tag.case = Case::Nominative,
                ("Case", "Gen" | "Par") => tag.case = Case::Genitive,
                ("Case", "Dat") => tag.case = Case::Dative,
                ("Case", "Acc") => tag.case = Case::Accusative,
                ("Case", "Ins") => tag.case = Case::Instrumental,
                ("Case", "Loc") => tag.case = Case::Locative,
                ("Case", "Voc") => tag.case = Case::Vocative,
                ("Number", "Sing") => tag.number = Number::Singular,
                ("Number", "Plur") => tag.number = Number::Plural,
                ("Gender", "Masc") => tag.gender = Gender::Masculine,
                ("Gender", "Fem") => tag.gender = Gender::Feminine,
                ("Gender", "Neut") => tag.gender = Gender::Neuter,
                ("Tense", "Past") => tag.tense = Tense::Past,
                ("Tense", "Pres") => tag.tense = Tense::Present,
                ("Tense", "Fut") => tag.tense = Tense::Future,
                ("Mood", "Imp") => tag.tense = Tense::Imperative,
                ("Person", "1") => tag.person = 1,
                ("Person", "2") => tag.person = 2,
                ("Person", "3") => tag.person = 3,
                ("VerbForm", "Fin") => tag.verb_form = VerbForm::Finite,
                ("VerbForm", "Inf") => tag.verb_form = VerbForm::Infinitive,
                ("VerbForm", "Part") => tag.verb_form = VerbForm::Participle,
                ("VerbForm", "Conv") => tag.verb_form = VerbForm::Gerund,
                ("NameType", "Giv") => tag.name = NameType::Given,
                ("NameType", "Pat") => tag.name = NameType::Patronymic,
                ("NameType", "Sur") => tag.name = NameType::Surname,
                ("NameType", "Geo") => tag.name = NameType::Place,
                ("NameType", _) => tag.name = NameType::Other,
                ("Animacy", "Anim") => tag.animate = Some(true),
                ("Animacy", "Inan") => tag.animate = Some(false),
                ("InflClass", "Ind") => tag.indeclinable = true,
                ("Variant", "Short") => tag.short = true,
                ("Voice", "Pass") => tag.passive = true,
                ("Aspect", "Perf") => tag.perfective = true,
                _ => {}
            }
        }
        tag
    }
}
