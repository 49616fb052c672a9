//! How rare a word is in reports of any place.
//!
//! What is rare in one report may be common in all others and the other way round: a word that
//! stands everywhere (补贴, 项目, 建设) does not show that two texts speak of the same.

use std::{collections::HashMap, sync::LazyLock};

/// Word and in how many of [`REFERENCE`] sentences it stands, a line; made by `cargo xtask frequencies`.
const FREQUENCIES: &str = include_str!("../../../../config/lexicon/frequencies.txt");

/// Sentences that the counts are of.
const REFERENCE: f32 = 10_000.0;
/// Added to every count: what is not listed stands in less than two sentences.
const UNSEEN: f32 = 0.5;

static COUNTS: LazyLock<HashMap<&str, f32>> = LazyLock::new(|| {
    let lines = FREQUENCIES.lines().filter(|line| !line.starts_with('#'));
    let counts = lines.filter_map(|line| {
        let (word, count) = line.split_once(' ')?;
        Some((word, count.parse().ok()?))
    });
    counts.collect()
});

/// Between 0 for a word in every sentence and 1 for one that many reports do not hold; `word` folded.
pub(crate) fn rarity(word: &str) -> f32 {
    let count = COUNTS.get(word).copied().unwrap_or(0.0);
    let rarest = (REFERENCE / UNSEEN).ln();
    (REFERENCE / (count + UNSEEN)).ln().max(0.0) / rarest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_everywhere_is_less_rare_than_what_names_a_matter() {
        for (common, rare) in [("建设", "补贴"), ("项目", "管网"), ("补贴", "孤儿")] {
            assert!(rarity(common) < rarity(rare), "{common} {rare}");
        }
        assert!(rarity("建设") < 0.25);
        assert!((rarity("没有这个词") - 1.0).abs() < 1e-6);
    }

    #[test]
    fn every_line_of_the_list_is_read() {
        let lines = FREQUENCIES.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), COUNTS.len());
    }
}
