//! Features and labels of sentences -> weights.
//!
//! The field is trained by stochastic gradient steps (AdaGrad) on the log-likelihood of sentences, several rounds in other orders; the
//! weights are their mean.

use super::chance::Chance;
use super::{Example, Settings, TrainingSet};
use crate::tag::crf::{self, BUCKETS, LABELS, Weights, legal};

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
pub(super) fn learn(
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
    ///
    /// Long because the chances forwards, backwards and of pairs are one formula over the same tables.
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
