//! One way to restore a damaged stretch.

use crate::language::language;

/// Which slips to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slips {
    /// Those that leave a trace where they begin: a folded mark, half a space.
    Traced,
    /// A byte lost anywhere.
    Untraced,
}

/// One way to restore a stretch.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    /// First damaged char.
    pub(crate) start: usize,
    /// One past the last damaged char.
    pub(crate) end: usize,
    /// What belongs there.
    pub(crate) text: Vec<char>,
    /// How much likelier the text becomes, in nats.
    pub(crate) gain: f32,
    /// Which of its characters have a byte that had to be guessed.
    pub(crate) guesses: Vec<bool>,
    /// The kind of slip that was undone.
    pub(crate) slips: Slips,
}

impl Candidate {
    /// True when every character of it is one of the few thousand that make up print.
    pub(crate) fn is_common(&self) -> bool {
        self.text.iter().all(|c| language().is_everyday(*c))
    }

    /// `from..to` of the text with this candidate in place, folded for comparison.
    pub(crate) fn in_context(&self, text: &[char], from: usize, to: usize) -> Vec<char> {
        let before = &text[from.min(self.start)..self.start];
        let after = &text[self.end..to.max(self.end)];
        let all = before.iter().chain(&self.text).chain(after);
        all.map(|c| language().fold(*c)).collect()
    }
}
