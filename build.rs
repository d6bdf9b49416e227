//! Digests the dictionaries: notes their SHA-256 for `run.json`, checks every row of the entity dictionaries, and writes rows, keys
//! and tables of names in the layout of `src/dictionary/digest.rs` and `src/morph/counts.rs`, and the tagger's weights row by row, so that nothing has to be parsed
//! when the program starts.
//!
//! A broken row stops the build with file, line and reason.

use std::collections::HashMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest, Sha256};

#[path = "src/hash.rs"]
#[allow(dead_code)]
mod hash;
#[path = "src/letters.rs"]
#[allow(dead_code)]
mod letters;
#[path = "src/dictionary/row.rs"]
#[allow(dead_code)]
mod row;
#[path = "src/words/stem.rs"]
#[allow(dead_code)]
mod stem;
#[path = "src/tables"]
#[allow(dead_code)]
mod tables {
    pub mod check;
    pub mod kinds;
    pub mod rows;
}

use tables::check::Whose;
use tables::kinds::{self, Readers};
use tables::rows;

/// What the table of names says of a word.
const GIVEN_MALE: u8 = 1;
const GIVEN_FEMALE: u8 = 2;
const SURNAME: u8 = 4;
const KNOWN_SURNAME: u8 = 8;
const CONTEXT: u8 = 16;
const ENGLISH: u8 = 32;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=dictionaries");
    println!("cargo::rerun-if-changed=build.rs");
    for shared in [
        "hash",
        "letters",
        "dictionary/row",
        "tables/check",
        "tables/kinds",
        "tables/rows",
        "words/stem",
    ] {
        println!("cargo::rerun-if-changed=src/{shared}.rs");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    check_tables()?;
    fs::write(out.join("texts.rs"), texts())?;
    fs::write(out.join("dictionaries.rs"), hashes()?)?;
    let mut names = Names::default();
    digest_entities(&out, &mut names)?;
    names.add_lists()?;
    fs::write(out.join("digest_names.bin"), names.table())?;
    fs::write(out.join("digest_counts.bin"), count_table()?)?;
    for tagger in ["tagger", "tagger_en"] {
        let weights = fs::read(format!("dictionaries/{tagger}.bin"))?;
        fs::write(out.join(format!("{tagger}.rows")), spread(&weights))?;
    }
    let probe = "глагол";
    let key = stem::key(probe);
    fs::write(
        out.join("digest.rs"),
        format!("/// A word and its key.\nconst PROBE: (&str, u64) = ({probe:?}, {key});\n"),
    )
}

/// Holds every table against its description; a table that is not described is refused too.
fn check_tables() -> io::Result<()> {
    for entry in fs::read_dir("dictionaries")? {
        let path = entry?.path();
        if path.extension().is_none_or(|e| e != "csv") {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let Some((table, _)) = kinds::of_file(&name) else {
            let reason = "src/tables/kinds.rs does not describe this table";
            return Err(io::Error::other(format!("{}: {reason}", path.display())));
        };
        tables::check::check(table, Whose::Ours, &fs::read_to_string(&path)?).map_err(
            |(line, reason)| io::Error::other(format!("{}:{line}: {reason}", path.display())),
        )?;
    }
    Ok(())
}

/// The tables that the program holds as texts, by name, as a slice in Rust: all that it reads but the entity dictionaries, and of those the
/// countries, which the amounts read too.
fn texts() -> String {
    let mut list = String::from("&[\n");
    for table in kinds::TABLES {
        for file in table.files {
            let digested = table.readers == Readers::Entities && *file != "countries.csv";
            if digested || table.readers == Readers::Tests {
                continue;
            }
            let _ = writeln!(
                list,
                "    ({file:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/dictionaries/{file}\"))),"
            );
        }
    }
    list.push(']');
    list
}

/// The files of the entity dictionaries.
fn entities() -> impl Iterator<Item = &'static str> {
    let tables = kinds::TABLES.iter();
    let entities = tables.filter(|table| table.readers == Readers::Entities);
    entities.flat_map(|table| table.files).copied()
}

/// A weights file of the tagger (see `src/tag/crf/weights.rs`) with a byte behind each row of seven weights: rows of eight can be read where
/// they lie.
fn spread(weights: &[u8]) -> Vec<u8> {
    const LABELS: usize = 7;
    const HEAD: usize = 8 + 4 * LABELS * (LABELS + 1);
    let (head, rows) = weights.split_at(HEAD.min(weights.len()));
    let mut spread = head.to_vec();
    for row in rows.chunks(LABELS) {
        spread.extend_from_slice(row);
        spread.push(0);
    }
    spread
}

/// The names of all dictionaries with their SHA-256, as a slice in Rust.
fn hashes() -> io::Result<String> {
    let mut files: Vec<PathBuf> = fs::read_dir("dictionaries")?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<io::Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == "csv" || e == "bin"));
    files.sort();
    let mut list = String::from("&[\n");
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let hash: String = Sha256::digest(fs::read(&path)?)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        let _ = writeln!(list, "    ({name:?}, {hash:?}),");
    }
    list.push(']');
    Ok(list)
}

/// Hands the named columns of every row of a dictionary to `take`, whose error is the reason why the row is broken.
fn each_row<const N: usize>(
    file: &str,
    columns: [&str; N],
    take: impl FnMut([&str; N]) -> Result<(), String>,
) -> io::Result<()> {
    let text = fs::read_to_string(Path::new("dictionaries").join(file))?;
    let header = text.lines().next().unwrap_or("");
    let lacks = columns
        .iter()
        .find(|c| !header.split(',').any(|h| h == **c));
    match lacks {
        Some(column) => Err((1, format!("there is no column {column}"))),
        None => rows::each_row(&text, columns, take),
    }
    .map_err(|(line, reason)| io::Error::other(format!("dictionaries/{file}:{line}: {reason}")))
}

/// All text of the digest, every string once.
#[derive(Default)]
struct Text {
    text: String,
    known: HashMap<String, u32>,
}

impl Text {
    /// Appends the place of a string to a row: offset and length.
    fn put(&mut self, string: &str, row: &mut Vec<u8>) -> Result<(), String> {
        let length = u16::try_from(string.len()).map_err(|_| "a field is too long".to_owned())?;
        let at = match self.known.get(string) {
            Some(&at) => at,
            None => {
                let at = self.text.len() as u32;
                self.text.push_str(string);
                self.known.insert(string.to_owned(), at);
                at
            }
        };
        row.extend(at.to_le_bytes());
        row.extend(length.to_le_bytes());
        Ok(())
    }
}

/// Writes the rows of the entity dictionaries and the keys of their names.
fn digest_entities(out: &Path, names: &mut Names) -> io::Result<()> {
    let mut text = Text::default();
    let (mut rows, mut fleeting) = (Vec::new(), Vec::new());
    let mut types: HashMap<String, u8> = HashMap::new();
    let mut index = 0u32;
    let mut lower = String::new();
    let mut files = String::from(
        "/// Files of the entity dictionaries and their first rows.\npub(crate) const FILES: &[(&str, usize)] = &[\n",
    );
    for file in entities() {
        let _ = writeln!(files, "    ({file:?}, {index}),");
        let before = index;
        each_row(file, row::COLUMNS, |fields| {
            let row = row::Row::check(fields)?;
            let known = types.entry(row.id.to_owned()).or_insert(row.r#type);
            if *known != row.r#type {
                let [here, before] = [row.r#type, *known].map(|t| kinds::TYPES[usize::from(t)]);
                return Err(format!("id {} is {here} here and {before} before", row.id));
            }
            text.put(row.name, &mut rows)?;
            text.put(&format!("dictionary:{}", row.id), &mut rows)?;
            for field in [row.class, row.country, row.role] {
                text.put(field, &mut rows)?;
            }
            rows.extend([row.r#type, row.lang, row.kind, row.sex, row.matching]);
            // Letters, hyphens and spaces need no tokeniser, and most names are made of nothing else.
            let plain = letters::is_plain(row.name);
            rows.extend([u8::from(!plain), 0, 0, 0, 0]);
            let mut keys = [0u64; 2];
            if plain {
                let words = row.name.split(' ').filter(|w| w.bytes().any(|b| b != b'-'));
                for (place, word) in words.take(2).enumerate() {
                    lower.clear();
                    letters::push_lower(word.trim_matches('-'), &mut lower);
                    keys[place] = stem::key(&lower);
                    if let Some(key) = stem::fleeting_key(&lower) {
                        fleeting.extend(index.to_le_bytes());
                        fleeting.extend((place as u32).to_le_bytes());
                        fleeting.extend(key.to_le_bytes());
                    }
                }
            }
            for key in keys {
                rows.extend(key.to_le_bytes());
            }
            if row.r#type == 0
                && let Some((_, last)) = row.name.rsplit_once(' ')
            {
                names.add(last, KNOWN_SURNAME);
            }
            index += 1;
            Ok(())
        })?;
        // The line of a row is worked out from its number.
        let lines = fs::read_to_string(Path::new("dictionaries").join(file))?;
        if lines.lines().count() as u32 != index - before + 1 {
            let reason = "a row is not on one line";
            return Err(io::Error::other(format!("dictionaries/{file}: {reason}")));
        }
    }
    files.push_str("];\n");
    fs::write(out.join("digest_files.rs"), files)?;
    fs::write(out.join("digest.txt"), text.text)?;
    fs::write(out.join("digest_rows.bin"), rows)?;
    fs::write(out.join("digest_fleeting.bin"), fleeting)
}

/// Words of names by their hash, with what is known of them.
#[derive(Default)]
struct Names {
    bits: HashMap<u64, u8>,
    lower: String,
}

impl Names {
    fn add(&mut self, word: &str, bits: u8) {
        self.lower.clear();
        letters::push_lower(word, &mut self.lower);
        *self.bits.entry(hash::word(&self.lower) >> 8).or_default() |= bits;
    }

    fn add_lists(&mut self) -> io::Result<()> {
        let context = |matching: &str| match matching {
            "" => Ok(0),
            "context" => Ok(CONTEXT),
            other => Err(format!("match is {other:?}, not context or empty")),
        };
        each_row(
            "given_names.csv",
            ["name", "sex", "match"],
            |[name, sex, matching]| {
                if sex.is_empty() || sex.contains(|c| c != 'm' && c != 'f') {
                    return Err(format!("sex is {sex:?}, not m, f or mf"));
                }
                let male = GIVEN_MALE * u8::from(sex.contains('m'));
                let female = GIVEN_FEMALE * u8::from(sex.contains('f'));
                self.add(name, male | female | context(matching)?);
                Ok(())
            },
        )?;
        each_row("surnames.csv", ["name", "match"], |[name, matching]| {
            self.add(name, SURNAME | context(matching)?);
            Ok(())
        })?;
        each_row("english_words.csv", ["word"], |[word]| {
            self.add(word, ENGLISH);
            Ok(())
        })
    }

    /// An open-addressed table of eight bytes a slot: the hash without its lowest byte, and the bits in its place.
    fn table(&self) -> Vec<u8> {
        let slots = (self.bits.len() * 3 / 2).next_power_of_two();
        let mut table = vec![0u64; slots];
        let mut bits: Vec<(u64, u8)> = self
            .bits
            .iter()
            .map(|(hash, bits)| (*hash, *bits))
            .collect();
        bits.sort_unstable();
        for (hash, bits) in bits {
            let mut slot = hash::slot(hash << 8) & (slots - 1);
            while table[slot] != 0 {
                slot = (slot + 1) & (slots - 1);
            }
            table[slot] = hash << 8 | u64::from(bits);
        }
        table.iter().flat_map(|slot| slot.to_le_bytes()).collect()
    }
}

/// Bearers of given names (men, women) and of surnames, by hash: an open-addressed table of twenty bytes a slot.
fn count_table() -> io::Result<Vec<u8>> {
    let mut counts: HashMap<String, [u32; 3]> = HashMap::new();
    let number = |count: &str| {
        count
            .parse::<u32>()
            .map_err(|_| format!("count is {count:?}, which is no number"))
    };
    let lower = |name: &str| match name == name.to_lowercase() {
        true => Ok(name.to_owned()),
        false => Err(format!("{name} is not in lower case")),
    };
    each_row(
        "given_name_counts.csv",
        ["name", "sex", "count"],
        |[name, sex, count]| {
            let place = match sex {
                "m" => 0,
                "f" => 1,
                other => return Err(format!("sex is {other:?}, not m or f")),
            };
            counts.entry(lower(name)?).or_default()[place] = number(count)?;
            Ok(())
        },
    )?;
    each_row(
        "surname_nominatives.csv",
        ["name", "count"],
        |[name, count]| {
            counts.entry(lower(name)?).or_default()[2] = number(count)?;
            Ok(())
        },
    )?;
    let slots = (counts.len() * 3 / 2).next_power_of_two();
    let mut table = vec![(0u64, [0u32; 3]); slots];
    let mut counts: Vec<(u64, [u32; 3])> = counts
        .iter()
        .map(|(name, counts)| (hash::exact(name), *counts))
        .collect();
    counts.sort_unstable();
    if counts.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err(io::Error::other("two names have one hash"));
    }
    for (hash, counts) in counts {
        let mut slot = hash::slot(hash) & (slots - 1);
        while table[slot].0 != 0 {
            slot = (slot + 1) & (slots - 1);
        }
        table[slot] = (hash, counts);
    }
    Ok(table
        .iter()
        .flat_map(|(hash, counts)| {
            let counts = counts.iter().flat_map(|n| n.to_le_bytes());
            hash.to_le_bytes().into_iter().chain(counts)
        })
        .collect())
}
