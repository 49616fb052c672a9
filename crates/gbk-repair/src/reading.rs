//! Readings of a damaged stretch, kept so that many may share their beginning.

use crate::likelihood::Tail;

/// Text restored so far from one start, with half a character in hand.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    /// The last character, in the [`Trail`].
    pub(crate) node: usize,
    pub(crate) tail: Tail,
    pub(crate) penalty: f32,
    pub(crate) pending: u8,
    /// True when the pending byte is not in the text.
    pub(crate) half: bool,
}

impl Reading {
    pub(crate) fn cost(&self) -> f32 {
        self.tail.cost() + self.penalty
    }
}

/// The characters of all readings; each knows the one before it.
pub(crate) struct Trail(Vec<Step>);

/// A character of a reading.
struct Step {
    before: usize,
    c: char,
    /// True when one of its bytes is not in the text.
    guessed: bool,
}

impl Default for Trail {
    fn default() -> Self {
        Self(vec![Step {
            before: Self::ROOT,
            c: '\0',
            guessed: false,
        }])
    }
}

impl Trail {
    /// The node before a reading's first character.
    pub(crate) const ROOT: usize = 0;

    /// The node of `c` after the node `before`.
    pub(crate) fn push(&mut self, before: usize, c: char, guessed: bool) -> usize {
        self.0.push(Step { before, c, guessed });
        self.0.len() - 1
    }

    /// The characters of a reading, and which of them are guesses.
    pub(crate) fn text_of(&self, mut node: usize) -> (Vec<char>, Vec<bool>) {
        let mut steps = Vec::new();
        while node != Self::ROOT {
            let step = &self.0[node];
            steps.push((step.c, step.guessed));
            node = step.before;
        }
        steps.into_iter().rev().unzip()
    }
}

/// The cheapest `count` readings, cheapest first.
pub(crate) fn best(mut readings: Vec<Reading>, count: usize) -> Vec<Reading> {
    if readings.len() > count {
        readings.select_nth_unstable_by(count, |a, b| a.cost().total_cmp(&b.cost()));
        readings.truncate(count);
    }
    readings.sort_by(|a, b| a.cost().total_cmp(&b.cost()));
    readings
}
