//! Text of a block, and of the document around it -> its language.
//!
//! Letters and function words of our own ([`table`], `dictionaries/languages.csv`) settle what is plain: English by its commonest
//! words, Russian by its hard vowels, languages with letters that Russian has not. Where they do not, a library (whatlang) is
//! asked, and believed where it is sure of itself and nothing of our own speaks against it. What neither is sure of is Russian or
//! English by its script, or what the whole document is. Addresses, handles, hashtags and code do not count ([`sample`]).
//!
//! Invariant: a block of a document that is surely Russian or English is of another language only where it shows it by itself.

mod sample;
mod table;

use crate::bytes::count;
use crate::document::Lang;
use crate::error::Result;
use crate::tables::Tables;
use sample::{beginning, words_only};
use table::Table;

/// Bytes of a block that are looked at: enough to tell, and no more for long blocks.
const HORIZON: usize = 1500;

/// Bytes of a document that are looked at.
pub(super) const DOCUMENT_HORIZON: usize = 4000;

/// Share of letters foreign to Russian from which on a Cyrillic block is in another language.
const FOREIGN_LETTERS: f32 = 0.025;

/// Fewest letters of a text that the library is asked about, and of one about which it need not be quite sure.
const FEWEST: usize = 25;
const FEW: usize = 60;

/// Fewest letters of a text that the library alone may take for another language than Russian, and of a block for another one than the Russian
/// or English document around it.
const OF_ITS_OWN: usize = 400;

/// Words of running text from which on one without a single function word of English is not English.
const WITHOUT: usize = 14;

/// Scripts that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Cyrillic,
    Latin,
    Another,
}

/// What a text shows of its language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    /// The likeliest language.
    pub lang: Lang,
    /// Letters that were looked at.
    pub letters: usize,
    script: Script,
    /// Whether it is sure.
    sure: bool,
    /// Whether it rests on the library alone.
    by_library: bool,
}

impl Told {
    /// Language of a block in a document that shows `whole`.
    pub fn within(self, whole: Told) -> Lang {
        if self.script != whole.script || !whole.sure {
            return self.lang;
        }
        match whole.lang {
            Lang::Ru | Lang::En if self.by_library && self.letters < OF_ITS_OWN => whole.lang,
            Lang::Ru | Lang::En => self.lang,
            _ if self.sure => self.lang,
            other => other,
        }
    }
}

/// Tells languages apart.
pub(super) struct Languages(Table);

impl Languages {
    /// With the letters and words of `tables`.
    pub fn new(tables: &Tables) -> Result<Self> {
        Table::new(tables).map(Languages)
    }

    /// What the beginning of a block shows.
    pub fn of_block(&self, text: &str) -> Told {
        tell(&self.0, beginning(text, HORIZON))
    }

    /// What the beginning of a document shows.
    pub fn of_document(&self, text: &str) -> Told {
        tell(&self.0, beginning(text, DOCUMENT_HORIZON))
    }
}

/// What a text shows.
fn tell(table: &Table, text: &str) -> Told {
    let words = words_only(text);
    // Of a text that is nothing but addresses the script alone is known.
    let text = if has_letters(&words) { &*words } else { text };
    let bytes = text.as_bytes();
    // A letter beyond ASCII is told by its first byte.
    let cyrillic = count(bytes, |b| matches!(b, 0xD0..=0xD3));
    let latin = count(
        bytes,
        |b| matches!(b, b'a'..=b'z' | b'A'..=b'Z' | 0xC3..=0xC9),
    );
    let other = count(
        bytes,
        |b| matches!(b, 0xCD..=0xCF | 0xD4..=0xDF | 0xE0..=0xE1 | 0xE3..=0xED),
    );
    let mut told = Told {
        lang: Lang::Ru,
        letters: cyrillic + latin + other,
        script: Script::Cyrillic,
        sure: false,
        by_library: false,
    };
    if other > cyrillic + latin {
        told.script = Script::Another;
        told.lang = library(text, told).unwrap_or(Lang::Other);
        told.sure = true;
    } else if cyrillic * 2 >= latin {
        read_cyrillic(table, text, &mut told);
    } else {
        told.script = Script::Latin;
        told.lang = Lang::En;
        read_latin(table, text, &mut told);
    }
    told
}

/// Language of a Cyrillic text; Russian where nothing is shown.
fn read_cyrillic(table: &Table, text: &str, told: &mut Told) {
    let mut scores = table.scores();
    let foreign = has_foreign(text.as_bytes());
    let found = match foreign {
        true => table.count_letters(text, &mut scores),
        false => 0,
    };
    if found >= 1 && found as f32 >= FOREIGN_LETTERS * told.letters as f32 {
        // A language that lacks one of the letters has not written the text.
        table.count_words(text, &mut scores);
        if let Some(best) = table.best(&scores, Lang::Ru) {
            (told.lang, told.sure) = (best.lang, true);
            return;
        }
    }
    // Bulgarian, Serbian and Ukrainian have none of these; a name or a word of Russian in them may.
    let hard = text.matches(['ы', 'э', 'ё']).count();
    if hard * 300 >= told.letters && hard > 0 {
        told.sure = true;
        return;
    }
    let words = table.count_words(text, &mut scores);
    let russian = table.score(&scores, Lang::Ru);
    if !foreign
        && let Some(best) = table.best(&scores, Lang::Ru)
        && best.count * 6 >= words
        && best.count > russian
    {
        if told.letters >= FEW && best.count >= 4 {
            (told.lang, told.sure) = (best.lang, true);
            return;
        }
        if best.count >= 2
            && russian == 0
            && let Some(lang) = guess(text, *told).filter(|&lang| lang != Lang::Ru)
        {
            (told.lang, told.sure) = (lang, true);
            return;
        }
    }
    match library(text, *told) {
        Some(Lang::Ru) => told.sure = true,
        // Of a few sentences without letters and words of its own the library is no witness: it takes Russian ones for Bulgarian.
        Some(lang)
            if russian * 20 <= words
                && (told.letters >= OF_ITS_OWN || hard_sign_before_consonant(text)) =>
        {
            (told.lang, told.sure, told.by_library) = (lang, true, true);
        }
        _ => told.sure = russian >= 2,
    }
}

/// Whether a hard sign stands where Russian has none, before a consonant or at the end of a word: «министърът».
fn hard_sign_before_consonant(text: &str) -> bool {
    text.match_indices('ъ').any(|(at, sign)| {
        let next = text[at + sign.len()..].chars().next();
        !matches!(next, Some('е' | 'ё' | 'ю' | 'я'))
    })
}

/// Language of a Latin text; English where nothing is shown.
fn read_latin(table: &Table, text: &str, told: &mut Told) {
    let mut scores = table.scores();
    let words = table.count_words(text, &mut scores);
    let english = table.score(&scores, Lang::En);
    let (lang, count, shared) = table
        .best(&scores, Lang::En)
        .map_or((Lang::En, 0, 0), |best| {
            (best.lang, best.count, best.english)
        });
    if english >= 2 && english * 6 >= words && count <= english {
        told.sure = true;
        return;
    }
    let believed = library(text, *told);
    // Names hold foreign function words too («Rio de la Plata»); a text in another language has them everywhere.
    let ours = (count - shared) > 2 * (english - shared)
        && count * 8 >= words
        && (count >= 4
            || (count >= 3 && english == shared && count * 4 >= words)
            || (count >= 2 && guess(text, *told) == Some(lang)));
    if ours {
        let others = believed.filter(|&lang| lang != Lang::En);
        (told.lang, told.sure) = (others.unwrap_or(lang), true);
        return;
    }
    if believed != Some(Lang::En)
        && english * 10 <= words
        && told.letters >= FEWEST
        && Table::foreign_latin(text) * 40 >= told.letters
    {
        (told.lang, told.sure) = (guess(text, *told).unwrap_or(Lang::Other), true);
        return;
    }
    match believed {
        Some(Lang::En) => told.sure = true,
        // «Paris Saint-Germain beat Olympique de Marseille»: names make a text look foreign, but not its small words.
        Some(lang) if english * 10 <= words => {
            (told.lang, told.sure, told.by_library) = (lang, true, true);
        }
        // A language that neither knows (Basque, Somali): English does not go on for so long without a small word.
        None if english == 0 && words >= WITHOUT && is_prose(text) => {
            (told.lang, told.sure, told.by_library) = (Lang::Other, true, true);
        }
        _ => told.sure = english >= 2,
    }
}

/// Whether most words of a text have no capital: lists of names have no small words in any language.
fn is_prose(text: &str) -> bool {
    let (mut all, mut small) = (0usize, 0usize);
    for word in text.split_whitespace() {
        all += 1;
        small += usize::from(word.starts_with(char::is_lowercase));
    }
    small * 3 >= all * 2
}

/// What the library takes a text for, where it is sure of itself.
fn library(text: &str, told: Told) -> Option<Lang> {
    if told.letters < FEWEST && told.script != Script::Another {
        return None;
    }
    let info = whatlang::detect(text)?;
    let sure = info.confidence() > if told.letters < FEW { 0.99 } else { 0.9 };
    (sure && is_of(info.script(), told.script)).then(|| Lang::of_code(info.lang().code()))
}

/// What it takes a text for, sure or not.
fn guess(text: &str, told: Told) -> Option<Lang> {
    let info = whatlang::detect(text)?;
    is_of(info.script(), told.script).then(|| Lang::of_code(info.lang().code()))
}

fn is_of(found: whatlang::Script, script: Script) -> bool {
    match script {
        Script::Cyrillic => found == whatlang::Script::Cyrillic,
        Script::Latin => found == whatlang::Script::Latin,
        Script::Another => !matches!(found, whatlang::Script::Cyrillic | whatlang::Script::Latin),
    }
}

/// Whether there is a letter.
fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// Whether a Cyrillic letter that Russian has not is among the bytes of a text.
fn has_foreign(bytes: &[u8]) -> bool {
    let next = bytes.get(1..).unwrap_or_default();
    // А-Я, а-я, Ё and ё are Russian; the rest of these two rows and all of the next two is not.
    bytes.iter().zip(next).fold(false, |found, (&a, &b)| {
        let russian = match a {
            0xD0 => b == 0x81 || b >= 0x90,
            0xD1 => b <= 0x8F || b == 0x91,
            _ => !matches!(a, 0xD2 | 0xD3),
        };
        found | !russian
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        let languages = Languages::new(&Tables::default()).expect("loads");
        for (lang, text) in [
            (
                Lang::Ru,
                "Завод в Минске даст городу триста рабочих мест, сообщили в министерстве.",
            ),
            (Lang::Ru, "Президент провёл совещание"),
            (
                Lang::Ru,
                "Компания «Қазақтелеком» открыла новый офис в Алма-Ате, сообщает пресс-служба компании, которая принадлежит государству.",
            ),
            (Lang::Ru, "На карте от моря до гор"),
            (Lang::Ru, "BelTA: Минск принял гостей"),
            (
                Lang::En,
                "The plant will give the city three hundred jobs, the ministry said.",
            ),
            (Lang::En, "Minsk welcomes guests"),
            (
                Lang::En,
                "President visits Rio de Janeiro and Santa Cruz de la Sierra",
            ),
            (Lang::En, "Ministry of Foreign Affairs"),
            (
                Lang::Uk,
                "Завод дасть місту триста робочих місць, повідомили в міністерстві економіки.",
            ),
            (Lang::Uk, "Президент провів нараду з урядом"),
            (
                Lang::Be,
                "Завод дасць гораду трыста працоўных месцаў, паведамілі ў міністэрстве эканомікі.",
            ),
            (
                Lang::Kk,
                "Зауыт қалаға үш жүз жұмыс орнын береді, деп хабарлады министрлік.",
            ),
            (
                Lang::Ky,
                "Завод шаарга үч жүз жумуш ордун берет, деп билдирди министрлик өкүлү жана шаар мэри.",
            ),
            (
                Lang::Foreign("uz"),
                "Завод шаҳарга уч юзта иш ўрни беради, деб хабар қилди вазирлик.",
            ),
            (
                Lang::Foreign("uz"),
                "Zavod shaharga uch yuzta ish oʻrni beradi va bu haqda vazirlik xabar berdi, bu uchun yil oxirigacha ham pul ajratiladi.",
            ),
            (
                Lang::Foreign("de"),
                "Das Werk wird der Stadt dreihundert Arbeitsplätze geben, sagte die Ministerin auf der Konferenz.",
            ),
            (
                Lang::Foreign("bg"),
                "Заводът ще даде на града триста работни места, каза министърът, като това беше съобщено през деня и от кметството, което ще помага.",
            ),
            (Lang::Foreign("zh"), "北京今天下雨"),
            (Lang::Ru, ""),
        ] {
            assert_eq!(languages.of_block(text).lang, lang, "{text}");
        }
    }

    /// Whoever reads them names these languages; the library's own words for some of them differ.
    fn is_right(told: Lang, lang: &str) -> bool {
        told.as_str() == lang || (lang, told.as_str()) == ("sr", "hr")
    }

    #[test]
    fn posts_and_pages_of_many_languages_are_told_apart() {
        let languages = Languages::new(&Tables::default()).expect("loads");
        let texts = include_str!("../../../tests/data/languages.csv");
        // Of Russian and English: called so rightly, called so, are so.
        let mut figures = [(Lang::Ru, 0, 0, 0), (Lang::En, 0, 0, 0)];
        let (mut right, mut all) = (0, 0);
        for line in texts.lines().skip(2) {
            let (lang, text) = line.split_once('\t').expect("two columns");
            let told = languages.of_document(&text.replace("\\n", "\n")).lang;
            all += 1;
            right += usize::from(is_right(told, lang));
            if !is_right(told, lang) {
                println!("{lang} is called {}: {text}", told.as_str());
            }
            for (ours, hits, called, are) in &mut figures {
                *hits += usize::from(told == *ours && lang == ours.as_str());
                *called += usize::from(told == *ours);
                *are += usize::from(lang == ours.as_str());
            }
        }
        for (lang, hits, called, are) in figures {
            println!("{}: {hits} of {called} called so, of {are}", lang.as_str());
            assert!(
                hits * 100 >= called * 98 && hits * 100 >= are * 98,
                "{lang:?}"
            );
        }
        println!("{right} of {all} texts have the right code");
        assert!(right * 100 >= all * 95);
    }
}
