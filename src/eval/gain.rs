//! Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002), as trec_eval computes it:
//! gain / log2(rank + 1), cut at rank 10.

/// Ranks looked at.
const DEPTH: usize = 10;

/// nDCG@10 of a ranking with these gains, best first; `ideal` holds the gains of all relevant
/// documents in any order. 0 when nothing is relevant.
#[must_use]
pub(super) fn ndcg(gains: &[f64], ideal: &[f64]) -> f64 {
    let mut best = ideal.to_vec();
    best.sort_by(|a, b| b.total_cmp(a));
    let most = dcg(&best);
    if most > 0.0 { dcg(gains) / most } else { 0.0 }
}

fn dcg(gains: &[f64]) -> f64 {
    let mut discount = 1.0_f64;
    let mut sum = 0.0;
    for gain in gains.iter().take(DEPTH) {
        discount += 1.0;
        sum += gain / discount.log2();
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_order_has_one_and_a_later_rank_less() {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(near(ndcg(&[1.0, 0.0], &[1.0]), 1.0));
        assert!(near(ndcg(&[0.0, 1.0], &[1.0]), 1.0 / 3f64.log2()));
        assert!(near(ndcg(&[2.0, 1.0], &[1.0, 2.0]), 1.0));
        assert!(near(ndcg(&[0.0; 12], &[1.0]), 0.0));
        assert!(near(ndcg(&[1.0], &[]), 0.0));
        let beyond = [[0.0; 10].as_slice(), &[1.0]].concat();
        assert!(near(ndcg(&beyond, &[1.0]), 0.0));
    }
}
