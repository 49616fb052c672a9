//! What a repair gives back.

use std::ops::Range;

/// Stands for a character that could not be restored.
pub const LOST: char = '□';

/// How certain a [`Repair`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The bytes left no choice.
    Certain,
    /// A byte was lost; the likeliest of several characters was chosen.
    Chosen,
    /// Beyond repair, or several outcomes are about equally likely: `after` holds [`LOST`] marks.
    Lost,
}

/// A stretch of text that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Its bytes in the original text.
    pub span: Range<usize>,
    /// The original characters.
    pub before: String,
    /// What replaces them.
    pub after: String,
    /// How certain the replacement is.
    pub certainty: Certainty,
}

/// A repaired text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// The whole text; equal to the original when no damage was found.
    pub text: String,
    /// The changes, in order of their position.
    pub repairs: Vec<Repair>,
}

/// An upper bound on the work that repairs may take, counted in readings: characters tried in the
/// course of a search. It is drawn on by one repair after another.
///
/// A damaged spot takes about a million readings, some 100 ms. A clean report has a few spots that
/// need a look; a text made up of rare characters has one for every eight characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    left: Option<usize>,
}

impl Budget {
    /// The least that a spot draws, however quickly it is done with.
    const LEAST: usize = 1_000;

    /// A budget of so many readings.
    #[must_use]
    pub const fn readings(count: usize) -> Self {
        Self { left: Some(count) }
    }

    /// A budget that is never used up.
    #[must_use]
    pub const fn unlimited() -> Self {
        Self { left: None }
    }

    pub(crate) fn is_used_up(&self) -> bool {
        self.left == Some(0)
    }

    pub(crate) fn draw(&mut self, readings: usize) {
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(readings.max(Self::LEAST));
        }
    }
}
