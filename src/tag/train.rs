//! Training of the tagger: documents with marked entities -> a weights file (see [`super::crf`]).
//!
//! Input are JSON lines `{"id", "text", "entities": [{"start", "end", "type"} | {"form", "type"}]}` with offsets in code
//! points; entities that have a form and no offsets are looked for in the text, the longest first. An organisation that is
//! followed by a place with one space between («Министерство обороны» «США») is learnt as one organisation, which is this
//! project's convention.
//!
//! The field is trained by stochastic gradient steps (AdaGrad) on the log-likelihood of sentences. The order of sentences and
//! everything drawn by chance comes from a fixed seed: the same data gives the same bytes.

use serde::Deserialize;

use super::crf::{self, BUCKETS, LABELS, Model, Weights, legal};
use crate::document::{Document, Source};
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::{Pipeline, Scratch};
use crate::span::Span;

#[derive(Deserialize)]
pub(super) struct GoldDocument {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) entities: Vec<GoldEntity>,
}

#[derive(Deserialize)]
#[serde(from = "EntityForm")]
pub(super) struct GoldEntity {
    pub(super) start: Option<usize>,
    pub(super) end: Option<usize>,
    form: Option<String>,
    pub(super) kind: String,
}

/// The two ways of writing an entity: an object, or start, end and type in a row.
#[derive(Deserialize)]
#[serde(untagged)]
enum EntityForm {
    Row(usize, usize, String),
    Object {
        start: Option<usize>,
        end: Option<usize>,
        form: Option<String>,
        #[serde(rename = "type")]
        kind: String,
    },
}

impl From<EntityForm> for GoldEntity {
    fn from(entity: EntityForm) -> Self {
        match entity {
            EntityForm::Row(start, end, kind) => GoldEntity {
                start: Some(start),
                end: Some(end),
                form: None,
                kind,
            },
            EntityForm::Object {
                start,
                end,
                form,
                kind,
            } => GoldEntity {
                start,
                end,
                form,
                kind,
            },
        }
    }
}

/// Joins entities that stand apart from their texts (JSON lines `{"id", "set", "entities"}`) with the texts (JSON lines
/// `{"id", "text", ...}`): gives JSON lines that [`TrainingSet::add`] and [`evaluate`] read, those of one set, in the order
/// of the entities' file.
///
/// # Errors
/// [`ErrorKind::Format`] with file and line where a line does not read, or where a text is missing.
pub fn join_texts(
    (entity_file, entities): (&str, &str),
    (text_file, texts): (&str, &str),
    set: &str,
) -> Result<String> {
    let object = |file: &str, n: usize, line: &str| {
        serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(line).map_err(|e| {
            Error::new(ErrorKind::Format, e.to_string())
                .at(file)
                .on_line(n as u64 + 1)
        })
    };
    let mut by_id = hashbrown::HashMap::new();
    for (n, line) in texts.lines().enumerate() {
        let mut row = object(text_file, n, line)?;
        if let (Some(serde_json::Value::String(id)), Some(text)) =
            (row.remove("id"), row.remove("text"))
        {
            by_id.insert(id, text);
        }
    }
    let mut out = String::new();
    for (n, line) in entities.lines().enumerate() {
        let mut row = object(entity_file, n, line)?;
        if row.get("set").and_then(|s| s.as_str()) != Some(set) {
            continue;
        }
        let id = row.get("id").and_then(|id| id.as_str()).unwrap_or_default();
        let text = by_id.get(id).cloned().ok_or_else(|| {
            Error::new(ErrorKind::Format, format!("no text has the id {id:?}"))
                .at(entity_file)
                .on_line(n as u64 + 1)
        })?;
        row.insert("text".to_string(), text);
        out.push_str(&serde_json::Value::Object(row).to_string());
        out.push('\n');
    }
    Ok(out)
}

/// One sentence: features of each token, with the flags of [`crf::document_features`], and labels.
struct Example {
    features: Vec<Vec<u32>>,
    labels: Vec<u8>,
}

/// How the training goes.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Passes over the data.
    pub epochs: usize,
    /// First step length.
    pub rate: f32,
    /// Strength of the pull of every touched weight towards zero.
    pub decay: f32,
    /// Share of sentences whose dictionary features are left out, so that the model does not lean on lists alone.
    pub dropout: f32,
    /// Share of sentences whose names are taken for words never seen, so that the model does not learn them by heart.
    pub blind: f32,
    /// Rounds of training whose weights are averaged.
    pub rounds: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            epochs: 14,
            rate: 0.1,
            decay: 2e-5,
            dropout: 0.15,
            blind: 0.0,
            rounds: 4,
        }
    }
}

/// Documents of one file, ready to learn from.
#[derive(Default)]
pub struct TrainingSet {
    examples: Vec<Example>,
}

/// How many entities are in the gold, were found, and were found rightly (span and type).
#[derive(Clone, Copy, Debug, Default)]
pub struct Agreement {
    /// In the gold.
    pub gold: usize,
    /// Found.
    pub found: usize,
    /// Found with the very span and type.
    pub right: usize,
}

impl Agreement {
    /// Adds the counts of another part.
    pub fn add(&mut self, other: Agreement) {
        self.gold += other.gold;
        self.found += other.found;
        self.right += other.right;
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.gold + self.found).max(1) as f64
    }
}

/// Compares what a weights file finds with the gold of a JSON lines text, by type (people, organisations, places) in the
/// project's own convention, on the documents for which `keep` says yes to their number.
///
/// # Errors
/// As [`TrainingSet::add`]; and where the weights file does not load.
pub fn evaluate(
    pipeline: &Pipeline,
    weights: &[u8],
    file: &str,
    text: &str,
    keep: impl Fn(usize) -> bool,
) -> Result<[Agreement; 3]> {
    let mut sums = [Agreement::default(); 3];
    compare(
        pipeline,
        weights,
        file,
        text,
        keep,
        |_, _, wanted, found| {
            for &(_, _, kind) in wanted {
                sums[kind].gold += 1;
            }
            for stretch in found {
                sums[stretch.2].found += 1;
                sums[stretch.2].right += usize::from(wanted.contains(stretch));
            }
        },
    )?;
    Ok(sums)
}

/// Gives the gold and the found stretches of every document that `keep` lets through.
fn compare(
    pipeline: &Pipeline,
    weights: &[u8],
    file: &str,
    text: &str,
    keep: impl Fn(usize) -> bool,
    mut each: impl FnMut(&Document, &str, &[Stretch], &[Stretch]),
) -> Result<()> {
    let model = Model::load(weights, weights)?;
    let resources = pipeline.resources();
    let mut scratch = Scratch::default();
    let (mut hits, mut marks, mut tagged) = (Vec::new(), Vec::new(), Vec::new());
    for (n, line) in text.lines().enumerate() {
        if !keep(n) {
            continue;
        }
        let gold = read_line(file, n, line)?;
        let spans = gold_spans(&gold);
        let mut doc = Document::new(Source::default(), gold.text);
        resources.cleaner.find_blocks(&mut doc);
        crate::segment::split(resources, &mut scratch, &mut doc);
        super::find_hits(resources, &mut scratch, &doc, &mut hits);
        crf::mark_hits(resources.tagger.entries(), &doc, &hits, &mut marks);
        scratch.tagger = crf::Cache::default();
        model.tag(&doc, &mut scratch, &marks, &mut tagged);
        let found: Vec<Stretch> = tagged
            .iter()
            .map(|t| {
                let kind = crf::TYPES.iter().position(|k| *k == t.kind).unwrap_or(0);
                (t.tokens.start as usize, t.tokens.end as usize, kind)
            })
            .collect();
        each(&doc, &gold.id, &stretches(&labels(&doc, &spans)), &found);
    }
    Ok(())
}

/// First token, end, number of the type.
type Stretch = (usize, usize, usize);

/// What a weights file finds otherwise than the gold says: lines of id, `-` (missed) or `+` (too much), type, name.
///
/// # Errors
/// As [`evaluate`].
pub fn differences(
    pipeline: &Pipeline,
    weights: &[u8],
    file: &str,
    text: &str,
) -> Result<Vec<String>> {
    let mut out = Vec::new();
    compare(
        pipeline,
        weights,
        file,
        text,
        |_| true,
        |doc, id, wanted, found| {
            let line = |sign: char, &(start, end, kind): &(usize, usize, usize)| {
                let first = doc.tokens[start].span.start as usize;
                let last = doc.tokens[end - 1].span.end as usize;
                format!(
                    "{id} {sign} {} {}",
                    crf::TYPES[kind].as_str(),
                    &doc.text[first..last]
                )
            };
            out.extend(
                wanted
                    .iter()
                    .filter(|w| !found.contains(w))
                    .map(|w| line('-', w)),
            );
            out.extend(
                found
                    .iter()
                    .filter(|f| !wanted.contains(f))
                    .map(|f| line('+', f)),
            );
        },
    )?;
    Ok(out)
}

/// Labels -> (first token, end, type).
fn stretches(labels: &[u8]) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    for (i, &label) in labels.iter().enumerate() {
        let label = usize::from(label);
        match out.last_mut() {
            Some(last) if label != 0 && label % 2 == 0 && last.1 == i => last.1 = i + 1,
            _ if label != 0 => out.push((i, i + 1, (label - 1) / 2)),
            _ => {}
        }
    }
    out
}

pub(super) fn read_line(file: &str, n: usize, line: &str) -> Result<GoldDocument> {
    serde_json::from_str(line).map_err(|e| {
        Error::new(ErrorKind::Format, e.to_string())
            .at(file)
            .on_line(n as u64 + 1)
    })
}

impl TrainingSet {
    /// Adds the documents of a JSON lines text for which `keep` says yes to the id.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] with file and line where a line is no such document.
    pub fn add(
        &mut self,
        pipeline: &Pipeline,
        file: &str,
        text: &str,
        keep: impl Fn(usize, &str) -> bool,
    ) -> Result<()> {
        let mut scratch = Scratch::default();
        for (n, line) in text.lines().enumerate() {
            let gold = read_line(file, n, line)?;
            if keep(n, &gold.id) {
                self.add_document(pipeline, &mut scratch, gold);
            }
        }
        Ok(())
    }

    fn add_document(&mut self, pipeline: &Pipeline, scratch: &mut Scratch, gold: GoldDocument) {
        let resources = pipeline.resources();
        let spans = gold_spans(&gold);
        let mut doc = Document::new(Source::default(), gold.text);
        resources.cleaner.find_blocks(&mut doc);
        crate::segment::split(resources, scratch, &mut doc);
        let (mut hits, mut marks) = (Vec::new(), Vec::new());
        super::find_hits(resources, scratch, &doc, &mut hits);
        crf::mark_hits(resources.tagger.entries(), &doc, &hits, &mut marks);
        let with = crf::document_features(&doc, scratch, &marks);
        let labels = labels(&doc, &spans);
        for sentence in &doc.sentences {
            let range = sentence.tokens.range();
            let mut labels = labels[range.clone()].to_vec();
            make_legal(&mut labels);
            self.examples.push(Example {
                features: with[range].to_vec(),
                labels,
            });
        }
    }

    /// Number of sentences.
    pub fn len(&self) -> usize {
        self.examples.len()
    }

    /// Whether it holds no sentence.
    pub fn is_empty(&self) -> bool {
        self.examples.is_empty()
    }
}

/// Gold entities in bytes with the number of their type, joined where an organisation and its country stand side by side.
fn gold_spans(gold: &GoldDocument) -> Vec<(Span, usize)> {
    let bytes: Vec<usize> = gold
        .text
        .char_indices()
        .map(|(i, _)| i)
        .chain([gold.text.len()])
        .collect();
    let kind_of = |name: &str| ["PER", "ORG", "LOC"].iter().position(|k| *k == name);
    let mut spans: Vec<(Span, usize)> = Vec::new();
    let mut forms: Vec<(&str, usize)> = Vec::new();
    for entity in &gold.entities {
        let Some(kind) = kind_of(&entity.kind) else {
            continue;
        };
        match (entity.start, entity.end, &entity.form) {
            (Some(start), Some(end), _) => {
                if let (Some(&a), Some(&b)) = (bytes.get(start), bytes.get(end)) {
                    spans.push((Span::new(a, b.max(a)), kind));
                }
            }
            (_, _, Some(form)) => forms.push((form, kind)),
            _ => {}
        }
    }
    // A form that is a bare number or a word in lower case would mark ordinary text all over.
    forms.retain(|(form, _)| form.chars().any(char::is_uppercase));
    forms.sort_by_key(|(form, kind)| (std::cmp::Reverse(form.len()), *form, *kind));
    for (form, kind) in forms {
        for (at, _) in gold.text.match_indices(form) {
            let span = Span::new(at, at + form.len());
            let whole = !gold.text[..at].ends_with(char::is_alphanumeric)
                && !gold.text[span.end()..].starts_with(char::is_alphanumeric);
            if whole && !spans.iter().any(|(s, _)| s.overlaps(span)) {
                spans.push((span, kind));
            }
        }
    }
    spans.sort();
    let mut joined: Vec<(Span, usize)> = Vec::new();
    for (span, kind) in spans {
        if let Some((last, 1)) = joined.last_mut()
            && kind == 2
            && last.end() + 1 == span.start()
            && gold.text.as_bytes()[last.end()] == b' '
        {
            last.end = span.end;
            continue;
        }
        joined.push((span, kind));
    }
    joined
}

fn labels(doc: &Document, spans: &[(Span, usize)]) -> Vec<u8> {
    let mut labels = vec![0u8; doc.tokens.len()];
    for &(span, kind) in spans {
        let mut first = true;
        for (i, token) in doc.tokens.iter().enumerate() {
            // Marks at the ends of a gold span do not belong to the name.
            let mark = token.kind == crate::segment::TokenKind::Quote;
            let edge = token.span.start <= span.start || token.span.end >= span.end;
            if token.span.overlaps(span) && labels[i] == 0 && !(mark && edge) {
                labels[i] = (1 + 2 * kind + usize::from(!first)) as u8;
                first = false;
            }
        }
    }
    labels
}

/// A continuation without its beginning (the sentence or the marks cut it off) becomes a beginning.
fn make_legal(labels: &mut [u8]) {
    let mut before = None;
    for label in labels {
        let from = before.or(Some(0));
        if !legal(from, usize::from(*label)) {
            *label -= 1;
        }
        before = Some(usize::from(*label));
    }
}

/// A small generator of numbers by chance, the same on every machine.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new() -> Self {
        Chance::of_round(0)
    }

    /// Another sequence for every round.
    fn of_round(round: usize) -> Self {
        Chance(0x9E37_79B9_7F4A_7C15_u64.wrapping_add((round as u64).wrapping_mul(0x1234_5677)))
    }

    /// A number from 0 to below 1.
    pub(super) fn unit(&mut self) -> f32 {
        (self.next() % 1000) as f32 / 1000.0
    }

    /// Yes, in this share of draws.
    pub(super) fn share(&mut self, share: f32) -> bool {
        self.unit() < share
    }

    /// One of several, all as likely; there must be one.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[(self.next() % from.len() as u64) as usize]
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

struct Trainer {
    weights: Vec<f32>,
    squares: Vec<f32>,
    transitions: [[f32; LABELS]; LABELS + 1],
    transition_squares: [[f32; LABELS]; LABELS + 1],
    settings: Settings,
}

/// Trains on the set; gives the weights file. The weights are the mean of several rounds, which differ in the order of sentences and
/// in what is left out.
pub fn train(set: &TrainingSet, settings: Settings, mut report: impl FnMut(usize, f64)) -> Vec<u8> {
    let rounds = settings.rounds.max(1);
    let mut weights = vec![0.0f32; BUCKETS * LABELS];
    let mut transitions = [[0.0f32; LABELS]; LABELS + 1];
    for round in 0..rounds {
        let (sum, transition_sum) = learn(set, settings, Chance::of_round(round), &mut report);
        for (w, s) in weights.iter_mut().zip(sum) {
            *w += s / rounds as f32;
        }
        let sums = transition_sum.iter().flatten();
        for (t, s) in transitions.iter_mut().flatten().zip(sums) {
            *t += s / rounds as f32;
        }
    }
    Weights::save(&weights, &transitions)
}

type Transitions = [[f32; LABELS]; LABELS + 1];

/// One round of training: the mean weights of its later passes.
fn learn(
    set: &TrainingSet,
    settings: Settings,
    mut chance: Chance,
    report: &mut impl FnMut(usize, f64),
) -> (Vec<f32>, Transitions) {
    let mut trainer = Trainer {
        weights: vec![0.0; BUCKETS * LABELS],
        squares: vec![1e-4; BUCKETS * LABELS],
        transitions: [[0.0; LABELS]; LABELS + 1],
        transition_squares: [[1e-4; LABELS]; LABELS + 1],
        settings,
    };
    let mut order: Vec<usize> = (0..set.examples.len()).collect();
    let mut sum = vec![0.0f32; BUCKETS * LABELS];
    let mut transition_sum = [[0.0f32; LABELS]; LABELS + 1];
    let kept = settings.epochs.div_ceil(2).max(1);
    for epoch in 0..settings.epochs {
        for i in (1..order.len()).rev() {
            order.swap(i, (chance.next() % (i as u64 + 1)) as usize);
        }
        let mut loss = 0.0;
        for &i in &order {
            let mut leave_out = 0;
            for (flag, share) in [
                (crf::DICTIONARY, settings.dropout),
                (crf::LEXICAL, settings.blind),
            ] {
                if share > 0.0 && chance.share(share) {
                    leave_out |= flag;
                }
            }
            loss += trainer.step(&set.examples[i], leave_out);
        }
        report(epoch, loss / order.len().max(1) as f64);
        if epoch + kept >= settings.epochs {
            for (s, w) in sum.iter_mut().zip(&trainer.weights) {
                *s += w / kept as f32;
            }
            for (s, w) in transition_sum
                .iter_mut()
                .flatten()
                .zip(trainer.transitions.iter().flatten())
            {
                *s += w / kept as f32;
            }
        }
    }
    (sum, transition_sum)
}

impl Trainer {
    /// One gradient step on one sentence; gives its negative log-likelihood.
    fn step(&mut self, example: &Example, leave_out: u32) -> f64 {
        let n = example.labels.len();
        if n == 0 {
            return 0.0;
        }
        let features: Vec<Vec<u32>> = example
            .features
            .iter()
            .map(|features| {
                let used = features.iter().filter(|&f| f & leave_out == 0);
                used.map(|f| f & !(crf::DICTIONARY | crf::LEXICAL))
                    .collect()
            })
            .collect();
        let emissions: Vec<[f32; LABELS]> = features
            .iter()
            .map(|features| {
                let mut scores = [0.0f32; LABELS];
                for &f in features {
                    let at = f as usize * LABELS;
                    for (s, w) in scores.iter_mut().zip(&self.weights[at..at + LABELS]) {
                        *s += w;
                    }
                }
                scores
            })
            .collect();
        // Forward and backward in probabilities scaled by the largest emission of each token.
        let mut forward = vec![[0.0f64; LABELS]; n];
        let mut backward = vec![[0.0f64; LABELS]; n];
        let mut potentials = vec![[0.0f64; LABELS]; n];
        let mut log_z = 0.0f64;
        for (p, e) in potentials.iter_mut().zip(&emissions) {
            let top = e.iter().copied().fold(f32::MIN, f32::max);
            for (p, e) in p.iter_mut().zip(e) {
                *p = f64::from(e - top).exp();
            }
            log_z += f64::from(top);
        }
        let mut moves = [[0.0f64; LABELS]; LABELS + 1];
        for (from, row) in moves.iter_mut().enumerate() {
            for (to, m) in row.iter_mut().enumerate() {
                let before = (from < LABELS).then_some(from);
                if legal(before, to) {
                    *m = f64::from(self.transitions[from][to]).exp();
                }
            }
        }
        for i in 0..n {
            let mut total = 0.0;
            for to in 0..LABELS {
                let reach = if i == 0 {
                    moves[LABELS][to]
                } else {
                    (0..LABELS)
                        .map(|from| forward[i - 1][from] * moves[from][to])
                        .sum()
                };
                forward[i][to] = reach * potentials[i][to];
                total += forward[i][to];
            }
            for f in &mut forward[i] {
                *f /= total;
            }
            log_z += total.ln();
        }
        backward[n - 1] = [1.0; LABELS];
        for i in (0..n - 1).rev() {
            let mut total = 0.0;
            for from in 0..LABELS {
                backward[i][from] = (0..LABELS)
                    .map(|to| moves[from][to] * potentials[i + 1][to] * backward[i + 1][to])
                    .sum();
                total += backward[i][from];
            }
            for b in &mut backward[i] {
                *b /= total;
            }
        }
        let mut gold = 0.0f64;
        let mut transition_gradient = [[0.0f64; LABELS]; LABELS + 1];
        for i in 0..n {
            let label = usize::from(example.labels[i]);
            let before = if i == 0 {
                LABELS
            } else {
                usize::from(example.labels[i - 1])
            };
            gold += f64::from(emissions[i][label]) + f64::from(self.transitions[before][label]);
            transition_gradient[before][label] -= 1.0;
            let mut marginal = [0.0f64; LABELS];
            let mut total = 0.0;
            for (m, (f, b)) in marginal.iter_mut().zip(forward[i].iter().zip(&backward[i])) {
                *m = f * b;
                total += *m;
            }
            let mut gradient = [0.0f32; LABELS];
            for (to, (g, m)) in gradient.iter_mut().zip(&marginal).enumerate() {
                *g = (m / total) as f32 - f32::from(u8::from(to == label));
            }
            self.update(&features[i], &gradient);
            if i == 0 {
                for (g, m) in transition_gradient[LABELS].iter_mut().zip(&marginal) {
                    *g += m / total;
                }
            } else {
                let mut pairs = [[0.0f64; LABELS]; LABELS];
                let mut total = 0.0;
                for from in 0..LABELS {
                    for to in 0..LABELS {
                        pairs[from][to] = forward[i - 1][from]
                            * moves[from][to]
                            * potentials[i][to]
                            * backward[i][to];
                        total += pairs[from][to];
                    }
                }
                for (row, pairs) in transition_gradient.iter_mut().zip(&pairs) {
                    for (g, p) in row.iter_mut().zip(pairs) {
                        *g += p / total;
                    }
                }
            }
        }
        for (row, gradients) in transition_gradient.iter().enumerate() {
            for (to, &g) in gradients.iter().enumerate() {
                let square = &mut self.transition_squares[row][to];
                *square += (g * g) as f32;
                self.transitions[row][to] -= self.settings.rate * g as f32 / square.sqrt();
            }
        }
        log_z - gold
    }

    fn update(&mut self, features: &[u32], gradient: &[f32; LABELS]) {
        let Settings { rate, decay, .. } = self.settings;
        if gradient.iter().all(|g| g.abs() < 1e-4) {
            return;
        }
        for &f in features {
            let at = f as usize * LABELS;
            let weights = &mut self.weights[at..at + LABELS];
            let squares = &mut self.squares[at..at + LABELS];
            for ((w, s), g) in weights.iter_mut().zip(squares).zip(gradient) {
                let g = g + decay * *w;
                *s += g * g;
                *w -= rate * g / s.sqrt();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_entities_with_their_texts() {
        let entities = r#"{"id": "b", "set": "train", "entities": [[0, 4, "PER"]]}
{"id": "a", "set": "dev", "entities": []}"#;
        let texts = r#"{"id": "a", "text": "Nobody.", "quotes": []}
{"id": "b", "text": "Anna left."}"#;
        let joined = join_texts(("e", entities), ("t", texts), "train").unwrap();
        let gold = read_line("e", 0, &joined).unwrap();
        assert_eq!((&*gold.id, &*gold.text), ("b", "Anna left."));
        assert_eq!(gold.entities[0].end, Some(4));
        assert_eq!(joined.lines().count(), 1);
        let error = join_texts(("e", entities), ("t", ""), "dev").unwrap_err();
        assert!(error.to_string().contains('a'));
    }
}
