//! Phrases of the texts that surround a damaged one.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::language::{is_han, is_mark, language};

/// Longest phrase taken from the surroundings, in chars.
const LONGEST_OWN: usize = 5;
/// Characters of other texts that the shares of phrases are diluted with.
const ELSEWHERE: usize = 50_000;

/// Phrases with their share of all characters, single characters included. They are looked up from
/// the last character backwards, so that a miss ends the search.
#[derive(Debug)]
pub(crate) struct Phrases {
    /// Node and character before it → node.
    steps: HashMap<u64, u32, FxBuildHasher>,
    /// The share of the phrase that begins at each node; 0 for a node inside longer phrases only.
    shares: Vec<f32>,
    /// Phrases of two characters, in the order they were met.
    pub(crate) pairs: Vec<(char, char)>,
}

impl Phrases {
    /// Where every phrase ends.
    pub(crate) const ROOT: u32 = 0;

    /// True when a phrase of two characters is known.
    pub(crate) fn has_pair(&self, first: char, second: char) -> bool {
        let phrase = self.share(Self::ROOT, second);
        let phrase = phrase.and_then(|(node, _)| self.share(node, first));
        phrase.is_some_and(|(_, share)| share > 0.0)
    }

    /// No phrase at all.
    pub(crate) fn none() -> Self {
        Self {
            steps: HashMap::default(),
            shares: vec![0.0],
            pairs: Vec::new(),
        }
    }

    /// Every run of up to [`LONGEST_OWN`] characters of `texts`. A text may repeat what it says once,
    /// but not as often as the share in so few characters suggests.
    pub(crate) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut phrases = Self::none();
        let mut total = 0;
        for text in texts {
            let text: Vec<char> = text.chars().map(|c| language().fold(c)).collect();
            total += text.len();
            for run in text.split(|c| !is_han(*c) && !is_mark(*c)) {
                for end in 1..=run.len() {
                    let mut node = Self::ROOT;
                    for length in 1..=LONGEST_OWN.min(end) {
                        let known = phrases.shares.len();
                        node = phrases.step(node, run[end - length]);
                        if length == 2 && phrases.shares.len() > known {
                            phrases.pairs.push((run[end - 2], run[end - 1]));
                        }
                        if length > 1 {
                            phrases.shares[node as usize] += 1.0;
                        }
                    }
                }
            }
        }
        let total = (total + ELSEWHERE) as f32;
        for share in &mut phrases.shares {
            *share /= total;
        }
        phrases
    }

    /// The node of `c` before `node`, made when there is none.
    fn step(&mut self, node: u32, c: char) -> u32 {
        let next = u32::try_from(self.shares.len()).unwrap_or(Self::ROOT);
        let node = *self.steps.entry(Self::key(node, c)).or_insert(next);
        if node == next {
            self.shares.push(0.0);
        }
        node
    }

    const fn key(node: u32, c: char) -> u64 {
        (node as u64) << 32 | c as u64
    }

    /// The node of the phrase that `c` begins before `node`, and its share; `None` when no phrase
    /// ends like this.
    pub(crate) fn share(&self, node: u32, c: char) -> Option<(u32, f32)> {
        let node = *self.steps.get(&Self::key(node, c))?;
        Some((node, self.shares[node as usize]))
    }
}
