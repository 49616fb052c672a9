//! Fits weights to several kinds of text at once, and tells for each how they do when it is left out.

use super::tune::{Example, FEATURES, Fit, descend, fit, rank};
use crate::retrieval::Features;

/// Questions over one kind of text.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Names it.
    pub name: String,
    /// Its questions; those without a gold candidate teach nothing.
    pub examples: Vec<Example>,
}

impl Kind {
    fn usable(&self) -> Vec<&Example> {
        let with_gold = |example: &&Example| example.candidates.iter().any(|(gold, _)| *gold);
        self.examples.iter().filter(with_gold).collect()
    }
}

/// How well weights rank the passages of one kind.
#[derive(Debug, Clone)]
pub struct KindFit {
    /// Names it.
    pub name: String,
    /// Questions with a gold candidate.
    pub examples: usize,
    /// The weights it started from.
    pub before: Fit,
    /// New weights, fitted to all other kinds.
    pub left_out: Fit,
    /// New weights, fitted to all kinds.
    pub after: Fit,
}

/// Fits weights to `kinds`, each of which counts the same however many questions it has.
#[must_use]
pub fn tune_kinds(kinds: &[Kind], start: &Features, ridge: f32) -> (Vec<KindFit>, Features) {
    let from = start.values();
    let sets: Vec<Vec<&Example>> = kinds.iter().map(Kind::usable).collect();
    let fitted = |sets: &[Vec<&Example>]| descend(sets, &from, &[true; FEATURES], ridge);
    let weights = fitted(&sets);
    let rows = kinds.iter().enumerate().map(|(n, kind)| {
        let mut others = sets.clone();
        let own = others.remove(n);
        let ranked = |weights: &[f32; FEATURES]| {
            let ranks: Vec<usize> = own.iter().map(|example| rank(example, weights)).collect();
            fit(&ranks)
        };
        KindFit {
            name: kind.name.clone(),
            examples: own.len(),
            before: ranked(&from),
            left_out: ranked(&fitted(&others)),
            after: ranked(&weights),
        }
    });
    (rows.collect(), Features::from_values(weights))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::retrieval::Feature;

    /// A question whose gold candidate has more of `feature` than the other one.
    fn told_by(feature: Feature) -> Example {
        let sentence = |value| vec![Features::of([(feature, value)]).values()];
        Example {
            candidates: vec![(true, sentence(1.0)), (false, sentence(0.0))],
        }
    }

    fn kind(name: &str, feature: Feature, questions: usize) -> Kind {
        Kind {
            name: name.to_owned(),
            examples: vec![told_by(feature); questions],
        }
    }

    #[test]
    fn each_kind_counts_the_same_and_is_left_out_in_turn() {
        let kinds = [
            kind("many", Feature::Coverage, 8),
            kind("few", Feature::Bm25, 2),
        ];
        let (rows, weights) = tune_kinds(&kinds, &Features::default(), 0.01);
        assert_eq!(rows.len(), 2);
        let [many, few] = [&rows[0], &rows[1]];
        assert_eq!((many.examples, few.examples), (8, 2));
        assert!((weights[Feature::Coverage] - weights[Feature::Bm25]).abs() < 1e-3);
        for row in [many, few] {
            assert!(row.before.hit1 < 0.5, "a tie counts against it");
            assert!(
                row.left_out.hit1 < 0.5,
                "the other kind teaches nothing of it"
            );
            assert!(row.after.hit1 > 0.5, "{}", row.name);
        }
    }
}
