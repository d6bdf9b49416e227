//! The registry of rules: every rule that makes a mark, or chooses a speaker, has its place here and nowhere else.
//!
//! A rule is added by a row of the table below and used by its variant; names, lists, `glagol rules` and the tests of examples
//! follow. A name is `stage.what`: `amount`, `date`, `entity` for what the stages of that name find; `direct`, `fragment`,
//! `indirect` for what makes words a quotation of that kind; `attribution` for where the source of words in marks was found;
//! `speaker` for what chose the speaker in the end.

use std::sync::Arc;

macro_rules! rules {
    ($($variant:ident $name:literal $settles:literal)+) => {
        /// A rule of the program.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = concat!("`", $name, "`: ", $settles)] $variant,)+
        }

        impl Rule {
            /// All rules, in the order of the registry.
            pub const ALL: &[Rule] = &[$(Rule::$variant),+];

            /// The name in tables and JSON: `stage.what`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Rule::$variant => $name,)+
                }
            }

            /// What it settles, in a line.
            pub const fn settles(self) -> &'static str {
                match self {
                    $(Rule::$variant => $settles,)+
                }
            }
        }
    };
}

rules! {
    EntityDictionary "entity.dictionary" "A part of a dictionary's name, whose row no longer covers it whole"
    EntityTagger "entity.tagger" "A name that the trained tagger marks and no dictionary has"
    EntityBracket "entity.bracket" "Another spelling or an abbreviation in brackets behind a name"
    EntityMarks "entity.marks" "A name in quotation marks behind a noun for an organisation"
    EntityPersonAgain "entity.person_again" "A surname that the text has elsewhere in a full name"
    EntityOrganisationAgain "entity.organisation_again" "A name that the text has elsewhere as an organisation's"
    EntityLatin "entity.latin" "An English name that ends in a word for organisations"

    AmountMoney "amount.money" "A sum of money with its currency in words or letters"
    AmountMoneySign "amount.money_sign" "A sum of money with a sign or code of its currency before it"
    AmountMoneyInferred "amount.money_inferred" "A sum of money whose currency is said beside it"
    AmountPercent "amount.percent" "Percent or percentage points"
    AmountMeasure "amount.measure" "A physical quantity with its unit"
    AmountCount "amount.count" "A number of people or things"
    AmountAdjective "amount.adjective" "A number that is part of an adjective"

    DateNumeric "date.numeric" "A day in figures"
    DateDay "date.day" "A day with the name of its month"
    DateMonth "date.month" "A month, with or without its year"
    DateYear "date.year" "A year"
    DateWeekday "date.weekday" "A day of the week, reckoned from the day of the text"
    DateRelative "date.relative" "A day, month or year that is told from the day of the text"

    DirectAttributionAfter "direct.attribution_after" "Words in marks that an attribution follows"
    DirectColon "direct.colon" "Words in marks behind a colon that a cue or a source leads up to"
    DirectColonNoCue "direct.colon_no_cue" "A clause in marks behind a colon without a cue"
    DirectCueBefore "direct.cue_before" "A clause in marks right behind a cue"
    DirectSentence "direct.sentence" "A sentence in marks that stands by itself"
    DirectClause "direct.clause" "A clause of its own in marks behind a cue and a conjunction"
    DirectDash "direct.dash" "A line of dialogue that opens with a dash"
    DirectTurn "direct.turn" "A turn of an interview behind a name or label"
    DirectBlock "direct.block" "A paragraph set apart behind words that introduce it"

    FragmentColon "fragment.colon" "Less than a clause in marks behind a cue and a colon"
    FragmentCue "fragment.cue" "Words in marks in a sentence that has a cue"
    FragmentLong "fragment.long" "Words in marks that are too many for a name or term, without a cue"
    FragmentSentenceCue "fragment.sentence_cue" "Words in marks at the start of a sentence whose cue comes later"

    IndirectThat "indirect.that" "A clause that a verb of speech and a conjunction introduce"
    IndirectColon "indirect.colon" "A clause behind a verb of speech and a colon"
    IndirectInfinitive "indirect.infinitive" "What somebody asks or promises to do"
    IndirectAfter "indirect.after" "A clause before or around the attribution that follows it"
    IndirectAsSaid "indirect.as_said" "A clause beside «как сообщил X»"
    IndirectAs "indirect.as" "A clause beside “as X said”"
    IndirectByWordsOf "indirect.by_words_of" "A clause beside «по словам X»"
    IndirectAccording "indirect.according" "A clause beside “according to X”"
    IndirectAboutThis "indirect.about_this" "A sentence that the next one says was told by somebody: «Об этом сообщил X»"
    IndirectClause "indirect.clause" "A clause behind an English verb of speech, with or without “that”"
    IndirectNoun "indirect.noun" "A clause behind an English noun of speech"
    IndirectAdjective "indirect.adjective" "A clause behind an English adjective of opinion"
    IndirectHeadline "indirect.headline" "A headline that opens with its source and a colon"
    IndirectHeadlineAfter "indirect.headline_after" "A headline that ends with its source"

    AttributionAfter "attribution.after" "A cue behind the words or between their parts"
    AttributionAfterDash "attribution.after_dash" "A verb that is no cue behind the words and a dash"
    AttributionAfterVerb "attribution.after_verb" "An English verb that is no cue behind the words"
    AttributionAround "attribution.around" "The nearest cue of the sentence around a fragment"
    AttributionBefore "attribution.before" "A cue before the words"
    AttributionBeforeVerb "attribution.before_verb" "An English verb that is no cue before the words"
    AttributionColon "attribution.colon" "A colon behind a source or a sentence about it"
    AttributionBehindColon "attribution.behind_colon" "A source behind a colon behind a headline's words"
    AttributionByWordsOf "attribution.by_words_of" "«По словам X» beside the words"
    AttributionAccording "attribution.according" "“According to X” beside the words"
    AttributionSignature "attribution.signature" "A name alone behind the words"

    SpeakerNamed "speaker.named" "The person or organisation that the source names"
    SpeakerFullName "speaker.full_name" "The full name that an English surname or short name has elsewhere in the text"
    SpeakerTitledName "speaker.titled_name" "A name behind a title that is no mention"
    SpeakerSeveral "speaker.several" "Several people or organisations that speak as one"
    SpeakerPronoun "speaker.pronoun" "Whom a pronoun stands for"
    SpeakerOffice "speaker.office" "The person who holds the office that the source names"
    SpeakerNoun "speaker.noun" "The person or source before that a noun for people stands for"
    SpeakerOrganisation "speaker.organisation" "The organisation that a common noun stands for"
    SpeakerIssuer "speaker.issuer" "Who issued the document that the source names"
    SpeakerInterlocutor "speaker.interlocutor" "The source that spoke last to an outlet"
    SpeakerGroup "speaker.group" "The group before that a plural stands for"
    SpeakerPhraseBefore "speaker.phrase_before" "A source before whose words are the same and more"
    SpeakerOwnWords "speaker.own_words" "The words of the source themselves: they mean nobody who is known"
    SpeakerGoesOn "speaker.goes_on" "The source that spoke last, taken up by a verb without a subject"
    SpeakerAround "speaker.around" "The speaker of the indirect quotation around a fragment"
    SpeakerQuoteBefore "speaker.quote_before" "The speaker of the quotation before, next to nothing between"
    SpeakerLabel "speaker.label" "The name or label before a turn"
    SpeakerBetween "speaker.between" "The name between two parts of a line of dialogue, beside a verb that is no cue"
    SpeakerGuest "speaker.guest" "The person whom the interview is with"
    SpeakerDialogue "speaker.dialogue" "Whoever has the turn in a dialogue"
    SpeakerSentenceBefore "speaker.sentence_before" "The person whom the sentence before a quotation is about"
    SpeakerParagraphBefore "speaker.paragraph_before" "Whose words the paragraph before gives or introduces"
    SpeakerMain "speaker.main" "In a headline, the person who says most of the text"
}

impl Rule {
    /// The rule of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Rule::ALL.iter().copied().find(|r| r.as_str() == name)
    }
}

/// What made a mention: a rule, or a row of a dictionary.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Maker {
    /// A rule of the registry.
    Rule(Rule),
    /// A row of a dictionary that is compiled in: `dictionary:ID`.
    Row(&'static str),
    /// A row of a user's dictionary: `dictionary:ID`.
    OwnRow(Arc<str>),
}

impl Maker {
    /// The name in tables and JSON.
    pub fn as_str(&self) -> &str {
        match self {
            Maker::Rule(rule) => rule.as_str(),
            Maker::Row(name) => name,
            Maker::OwnRow(name) => name,
        }
    }
}
