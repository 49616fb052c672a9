//! What is right, as questions with gold answers write it: substrings of the passage that answers, and
//! of the reply.
//!
//! Texts are compared folded (NFKC, Simplified, no quotes, no spaces); a span that starts with a digit
//! must not continue a number (1万 in 11万).

use crate::text::normalize::{fold, strip_quotes};

/// The passages that are right for a question.
#[derive(Debug, Clone)]
pub struct Gold(Vec<String>);

impl Gold {
    /// Passages that hold any of `substrings`.
    #[must_use]
    pub fn of(substrings: &[String]) -> Self {
        Self(substrings.iter().map(|gold| bare(gold)).collect())
    }

    /// True when `passage`, as stored, holds one of them.
    #[must_use]
    pub fn is_in(&self, passage: &str) -> bool {
        self.is_in_bare(&bare(passage))
    }

    /// As [`Self::is_in`], of a passage that is [`bare`] already.
    #[must_use]
    pub fn is_in_bare(&self, passage: &str) -> bool {
        self.0.iter().any(|gold| holds(passage, gold))
    }
}

/// Folded, without quotes and spaces.
#[must_use]
pub fn bare(text: &str) -> String {
    let folded = fold(&strip_quotes(text));
    folded.chars().filter(|c| !c.is_whitespace()).collect()
}

/// True when `text` holds `span`, both [`bare`]; one that starts with a digit must not continue a
/// number.
#[must_use]
pub fn holds(text: &str, span: &str) -> bool {
    let starts_with_digit = span.starts_with(|c: char| c.is_ascii_digit());
    text.match_indices(span).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !(starts_with_digit && before.is_some_and(|c| c.is_ascii_digit() || c == '.'))
    })
}

/// True when `text`, which is [`bare`], holds each of `spans`, which are as written.
#[must_use]
pub fn holds_all(text: &str, spans: &[String]) -> bool {
    spans.iter().all(|span| holds(text, &bare(span)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_spaces_width_and_script_do_not_matter() {
        let gold = Gold::of(&["“三抓三促” 行动".to_owned()]);
        assert!(gold.is_in("开展三抓三促行动。"));
        assert!(gold.is_in("開展「三抓三促」行動。"));
        assert!(!gold.is_in("开展三抓行动。"));
        assert!(!Gold::of(&[]).is_in("开展三抓三促行动。"));
    }

    #[test]
    fn a_number_is_not_found_within_another() {
        assert!(holds("改造11万亩", "11万亩") && !holds("改造11万亩", "1万亩"));
        assert!(!holds("增长7.5%", "5%"));
    }

    #[test]
    fn of_a_reply_every_span_is_wanted() {
        let spans = |of: &[&str]| -> Vec<String> { of.iter().map(ToString::to_string).collect() };
        assert!(holds_all(
            "硬化道路150公里",
            &spans(&["１５０公里", "硬化"])
        ));
        assert!(!holds_all("硬化道路150公里", &spans(&["150公里", "绿化"])));
        assert!(holds_all("", &[]));
    }
}
