//! Fits the weights of ranking, and the confidence that a hit answers, to questions with gold answers.
//!
//! The weights minimise the listwise softmax loss (ListNet's top-one form, Cao et al. 2007): the
//! negative logarithm of the share of exp(score) that falls on gold passages. A passage scores as
//! its best sentence under the current weights. A ridge holds the weights near those they start
//! from, so that few questions cannot move them far. Plain gradient descent: there are few
//! numbers.

use crate::retrieval::{ConfidenceFeature, ConfidenceFeatures, Feature, Features};

/// Number of [`Feature`]s.
pub(super) const FEATURES: usize = Feature::ALL.len();
/// Number of [`ConfidenceFeature`]s.
const TERMS: usize = ConfidenceFeature::ALL.len();

/// Folds of the cross-validation.
const FOLDS: usize = 5;
const STEPS: usize = 600;
const RATE: f32 = 0.05;

/// The candidates of one question.
#[derive(Debug, Clone)]
pub struct Example {
    /// Each candidate: gold or not, and what its sentences are judged by.
    pub candidates: Vec<(bool, Vec<[f32; FEATURES]>)>,
}

/// How well weights rank.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Share of questions with a gold passage first.
    pub hit1: f64,
    /// Mean reciprocal rank of the first gold passage.
    pub mrr: f64,
}

/// What tuning found.
#[derive(Debug, Clone)]
pub struct Tuned {
    /// Questions it was fitted to.
    pub examples: usize,
    /// The weights it started from, on all questions.
    pub before: Fit,
    /// New weights on questions they were not fitted to.
    pub held_out: Fit,
    /// New weights on the questions they were fitted to.
    pub after: Fit,
    /// Fitted to all questions.
    pub weights: Features,
}

/// Fits weights to `examples` with five-fold cross-validation; `free` tells which features may
/// move. Examples without a gold candidate teach nothing and are left out.
#[must_use]
pub fn tune(
    examples: &[Example],
    start: &Features,
    ridge: f32,
    free: impl Fn(&str) -> bool,
) -> Tuned {
    let rows = start.rows();
    let from = start.values();
    let moves = rows.map(|(name, _)| free(name));
    let usable: Vec<&Example> = examples
        .iter()
        .filter(|example| example.candidates.iter().any(|(gold, _)| *gold))
        .collect();
    let mut held_out = Vec::new();
    for fold in 0..FOLDS {
        let (apart, others) = split(&usable, fold);
        let weights = descend(&[others], &from, &moves, ridge);
        held_out.extend(apart.iter().map(|example| rank(example, &weights)));
    }
    let weights = descend(std::slice::from_ref(&usable), &from, &moves, ridge);
    let ranks = |weights: &[f32; FEATURES]| -> Vec<usize> {
        usable
            .iter()
            .map(|example| rank(example, weights))
            .collect()
    };
    Tuned {
        examples: usable.len(),
        before: fit(&ranks(&from)),
        held_out: fit(&held_out),
        after: fit(&ranks(&weights)),
        weights: Features::from_values(weights),
    }
}

/// The examples of a fold, and those of all others.
fn split<T: Copy>(examples: &[T], fold: usize) -> (Vec<T>, Vec<T>) {
    let part = |inside: bool| {
        let numbered = examples.iter().enumerate();
        let chosen = numbered.filter(|(n, _)| (n % FOLDS == fold) == inside);
        chosen.map(|(_, example)| *example).collect()
    };
    (part(true), part(false))
}

/// Fits weights to several sets of questions, each of which counts the same.
pub(super) fn descend(
    sets: &[Vec<&Example>],
    from: &[f32; FEATURES],
    moves: &[bool; FEATURES],
    ridge: f32,
) -> [f32; FEATURES] {
    let mut weights = *from;
    for _ in 0..STEPS {
        let mut slope = [0.0_f32; FEATURES];
        for examples in sets {
            let mut of_set = [0.0_f32; FEATURES];
            for example in examples {
                add_slope(example, &weights, &mut of_set);
            }
            let all = count(examples.len().max(1)) * count(sets.len());
            for n in 0..FEATURES {
                slope[n] += of_set[n] / all;
            }
        }
        for n in 0..FEATURES {
            if moves[n] {
                let pull = ridge * (weights[n] - from[n]);
                weights[n] -= RATE * (slope[n] + pull) * STEP_SCALE;
            }
        }
    }
    weights
}

/// Features lie between 0 and 1 and weights between 0 and 5, so a step may be longer than usual.
const STEP_SCALE: f32 = 4.0;

/// Adds the gradient of one question's loss.
fn add_slope(example: &Example, weights: &[f32; FEATURES], slope: &mut [f32; FEATURES]) {
    let scored: Vec<(bool, f32, &[f32; FEATURES])> = example
        .candidates
        .iter()
        .filter_map(|(gold, sentences)| {
            let (score, best) = best(sentences, weights)?;
            Some((*gold, score, best))
        })
        .collect();
    let highest = scored.iter().map(|s| s.1).fold(f32::MIN, f32::max);
    let mass = |only_gold: bool| -> f32 {
        let counted = scored.iter().filter(|s| s.0 || !only_gold);
        counted.map(|s| (s.1 - highest).exp()).sum()
    };
    let (all, gold) = (mass(false), mass(true).max(f32::MIN_POSITIVE));
    for (is_gold, score, features) in &scored {
        let share = (score - highest).exp();
        let wanted = if *is_gold { share / gold } else { 0.0 };
        for n in 0..FEATURES {
            slope[n] += (share / all - wanted) * features[n];
        }
    }
}

/// The best sentence and its score.
fn best<'a>(
    sentences: &'a [[f32; FEATURES]],
    weights: &[f32; FEATURES],
) -> Option<(f32, &'a [f32; FEATURES])> {
    let dot = |features: &[f32; FEATURES]| -> f32 {
        features.iter().zip(weights).map(|(f, w)| f * w).sum()
    };
    let scored = sentences.iter().map(|features| (dot(features), features));
    scored.max_by(|a, b| a.0.total_cmp(&b.0))
}

/// Rank of the first gold candidate, from 1; a tie counts against it.
pub(super) fn rank(example: &Example, weights: &[f32; FEATURES]) -> usize {
    let score =
        |sentences: &Vec<[f32; FEATURES]>| best(sentences, weights).map_or(f32::MIN, |b| b.0);
    let of = |gold: bool| {
        let those = example.candidates.iter().filter(move |(g, _)| *g == gold);
        those.map(|(_, sentences)| score(sentences))
    };
    let first = of(true).fold(f32::MIN, f32::max);
    1 + of(false).filter(|other| *other >= first).count()
}

pub(super) fn fit(ranks: &[usize]) -> Fit {
    #[expect(clippy::cast_precision_loss, reason = "counts of questions")]
    let mean = |value: &dyn Fn(usize) -> f64| {
        ranks.iter().map(|rank| value(*rank)).sum::<f64>() / ranks.len().max(1) as f64
    };
    #[expect(clippy::cast_precision_loss, reason = "ranks among candidates")]
    let reciprocal = |rank: usize| 1.0 / rank as f64;
    Fit {
        hit1: mean(&|rank| if rank == 1 { 1.0 } else { 0.0 }),
        mrr: mean(&reciprocal),
    }
}

/// Held near nothing rather than near the start: nine numbers, hundreds of questions.
const CONFIDENCE_RIDGE: f32 = 0.002;
const CONFIDENCE_STEPS: usize = 4000;
const CONFIDENCE_RATE: f32 = 0.5;

/// A fitted confidence with its thresholds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FittedConfidence {
    /// Coefficients, fitted to all questions.
    pub coefficients: ConfidenceFeatures,
    /// The confidence below which the share of good hits lies that may be lost.
    pub limit: f32,
    /// Share of the bad hits below `limit`, held out.
    pub caught: f32,
    /// Area under the ROC curve, held out.
    pub area: f32,
}

/// Fits a confidence to good best hits (`true`) and bad ones (`false`), with five-fold
/// cross-validation; the limit, below which `lost` of the good ones lie, is taken from those held
/// out.
#[must_use]
pub fn tune_confidence(examples: &[(ConfidenceFeatures, bool)], lost: f32) -> FittedConfidence {
    let mut held_out: Vec<(f32, bool)> = Vec::new();
    for fold in 0..FOLDS {
        let (apart, others) = split(examples, fold);
        let coefficients = regress(&others);
        let probability = |(evidence, answers): (ConfidenceFeatures, bool)| {
            (evidence.probability(&coefficients), answers)
        };
        held_out.extend(apart.into_iter().map(probability));
    }
    let of = |wanted: bool| -> Vec<f32> {
        let those = held_out.iter().filter(|(_, answers)| *answers == wanted);
        let mut probabilities: Vec<f32> = those.map(|(confidence, _)| *confidence).collect();
        probabilities.sort_by(f32::total_cmp);
        probabilities
    };
    let (good, bad) = (of(true), of(false));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an index into a short list"
    )]
    let at = (count(good.len()) * lost) as usize;
    let limit = good.get(at).copied().unwrap_or(0.0);
    let below = |limit: f32| bad.iter().filter(|confidence| **confidence < limit).count();
    let ordered: usize = good.iter().map(|confidence| below(*confidence)).sum();
    FittedConfidence {
        coefficients: regress(examples),
        limit,
        caught: count(below(limit)) / count(bad.len().max(1)),
        area: count(ordered) / count((good.len() * bad.len()).max(1)),
    }
}

/// Logistic regression; the two sides weigh the same however many questions they have.
///
/// Descends on evidence with mean 0 and deviation 1, or else a cosine, which hardly varies, would
/// be held near nothing by the ridge; the coefficients are those of evidence as it is.
fn regress(examples: &[(ConfidenceFeatures, bool)]) -> ConfidenceFeatures {
    let answered = examples.iter().filter(|(_, answers)| *answers).count();
    let side = |answers: bool| {
        let own = if answers {
            answered
        } else {
            examples.len() - answered
        };
        0.5 / count(own.max(1))
    };
    let spreads = spreads(examples);
    let even: Vec<(ConfidenceFeatures, bool)> = examples
        .iter()
        .map(|(evidence, answers)| {
            let mut values = evidence.values();
            for (value, (mean, deviation)) in values.iter_mut().zip(spreads) {
                *value = (*value - mean) / deviation;
            }
            (ConfidenceFeatures::from_values(values), *answers)
        })
        .collect();
    let mut by = [0.0_f32; TERMS];
    for _ in 0..CONFIDENCE_STEPS {
        let coefficients = ConfidenceFeatures::from_values(by);
        let mut slope = [0.0_f32; TERMS];
        for (evidence, answers) in &even {
            let wanted = if *answers { 1.0 } else { 0.0 };
            let error = (evidence.probability(&coefficients) - wanted) * side(*answers);
            for (slope, value) in slope.iter_mut().zip(evidence.values()) {
                *slope += error * value;
            }
        }
        for (by, slope) in by.iter_mut().zip(slope) {
            *by -= CONFIDENCE_RATE * (slope + CONFIDENCE_RIDGE * *by);
        }
    }
    for (n, (mean, deviation)) in spreads.into_iter().enumerate().skip(1) {
        by[n] /= deviation;
        by[BIAS] -= by[n] * mean;
    }
    ConfidenceFeatures::from_values(by)
}

/// Place of the bias among the terms.
const BIAS: usize = ConfidenceFeature::Bias as usize;

/// Mean and standard deviation of each term; 0 and 1 for the bias and for what never varies.
fn spreads(examples: &[(ConfidenceFeatures, bool)]) -> [(f32, f32); TERMS] {
    let mut spreads = [(0.0, 1.0); TERMS];
    let all = count(examples.len().max(1));
    for (n, spread) in spreads.iter_mut().enumerate().skip(1) {
        let values = || examples.iter().map(|(evidence, _)| evidence.values()[n]);
        let mean = values().sum::<f32>() / all;
        let variance = values().map(|value| (value - mean).powi(2)).sum::<f32>() / all;
        if variance.sqrt() > f32::EPSILON {
            *spread = (mean, variance.sqrt());
        }
    }
    spreads
}

#[expect(clippy::cast_precision_loss, reason = "counts of questions")]
const fn count(n: usize) -> f32 {
    n as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The gold passage has more of feature 1, the other more of feature 0.
    fn example(n: usize) -> Example {
        let mut gold = [0.0; FEATURES];
        let mut other = [0.0; FEATURES];
        gold[0] = 0.2;
        gold[1] = 0.9;
        other[0] = 0.8;
        other[1] = 0.3 + 0.01 * count(n);
        Example {
            candidates: vec![(false, vec![other]), (true, vec![[0.0; FEATURES], gold])],
        }
    }

    #[test]
    fn weights_move_to_the_feature_that_tells_and_others_stay() {
        let examples: Vec<Example> = (0..20).map(example).collect();
        let mut start = [0.0; FEATURES];
        start[0] = 1.0;
        start[2] = 0.7;
        let start = Features::from_values(start);
        let tuned = tune(&examples, &start, 0.01, |_| true);
        assert_eq!(tuned.examples, 20);
        assert!(tuned.before.hit1 < 0.01);
        assert!(tuned.held_out.hit1 > 0.99, "{tuned:?}");
        let values = tuned.weights.values();
        assert!(values[1] > values[0], "{values:?}");
        assert!((values[2] - 0.7).abs() < 1e-6, "nothing was said of it");
        let fixed = tune(&examples, &start, 0.01, |_| false);
        assert_eq!(fixed.weights, start);
    }

    #[test]
    fn confidence_follows_the_evidence_that_tells() {
        let example = |n: usize| {
            let answers = !n.is_multiple_of(3);
            let evidence = ConfidenceFeatures::of([
                (ConfidenceFeature::Bias, 1.0),
                (
                    ConfidenceFeature::Coverage,
                    if answers { 0.7 } else { 0.2 } + 0.001 * count(n),
                ),
                (ConfidenceFeature::Cosine, 0.5),
            ]);
            (evidence, answers)
        };
        let examples: Vec<(ConfidenceFeatures, bool)> = (0..60).map(example).collect();
        let fitted = tune_confidence(&examples, 0.02);
        assert!(fitted.area > 0.99, "{fitted:?}");
        assert!(fitted.caught > 0.99, "{fitted:?}");
        assert!((0.0..=1.0).contains(&fitted.limit), "{fitted:?}");
        assert!(
            fitted.coefficients[ConfidenceFeature::Coverage] > 1.0,
            "{fitted:?}"
        );
    }
}
