//! A reply as it is judged.

use serde::Deserialize;

/// What is judged of a line that `ask --batch` prints.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Reply {
    /// That of the question.
    pub id: String,
    /// `answered`, `partial`, `not_found`, `smalltalk` or `help`.
    pub status: String,
    /// The reply that a person reads.
    pub text: String,
    /// Questions or slogans offered.
    pub suggestions: Vec<String>,
    /// The cards, best first.
    pub citations: Vec<Card>,
}

/// A quote of a reply.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Card {
    /// What is shown.
    pub quote: String,
    /// The paragraph it comes from.
    pub passage: String,
    /// The paragraph's headings.
    pub path: Vec<String>,
    /// The time it speaks of.
    pub period: CardPeriod,
    /// How far the thing is, where that is told apart from the period.
    pub progress: Option<String>,
}

/// The time that a card speaks of.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CardPeriod {
    /// `done`, `planned`, `assessment` or `undated`.
    pub kind: String,
    /// As in [`Card::progress`].
    pub progress: Option<String>,
}
