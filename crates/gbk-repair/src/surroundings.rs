//! What the texts around a damaged one say.

use crate::{
    damage::damages,
    idiom::Idiom,
    language::{is_han, language},
    likelihood::Likelihood,
    phrases::Phrases,
};

/// Phrases of the texts around a damaged one, in which proper names and slogans are repeated.
#[derive(Debug)]
pub struct Surroundings(pub(crate) Phrases);

impl Surroundings {
    /// The phrases of those `texts` that do not look damaged.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let judge = Likelihood::alone(Idiom::shipped());
        let is_clean = |text: &&str| {
            let text: Vec<char> = text.chars().collect();
            damages(&judge, &text).all(|damage| damage.alarm.is_none())
        };
        let mut phrases = Phrases::of(texts.into_iter().filter(is_clean));
        phrases.pairs.retain(|(first, second)| {
            is_han(*first) && language().is_common(*first) && !judge.knows_word(*first, *second)
        });
        Self(phrases)
    }
}
