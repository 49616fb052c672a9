//! What somebody typed.

use super::markup::without_markup;
use crate::text::{normalize, spoken};

/// A message, cleaned and folded once for everything that reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    typed: String,
    /// Bytes of `typed` that are read.
    read: usize,
    /// Characters that are read, when there are more.
    cut: Option<usize>,
    folded: String,
}

impl Message {
    /// A message that is read whole.
    #[must_use]
    pub fn new(typed: impl Into<String>) -> Self {
        Self::cut(typed, usize::MAX)
    }

    /// A message of which the first `limit` characters are read, as they are folded: one may stand for
    /// eighteen (U+FDFA).
    #[must_use]
    pub fn cut(typed: impl Into<String>, limit: usize) -> Self {
        let typed = typed.into();
        let end = end_of(&typed, limit);
        let read = end.unwrap_or(typed.len());
        Self {
            folded: fold(&without_markup(&typed[..read])),
            read,
            cut: end.map(|_| limit),
            typed,
        }
    }

    /// All of it, as typed.
    #[must_use]
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// What is read of it, as typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.typed[..self.read]
    }

    /// What is read of it without markup, folded.
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// How many characters are read, when there are more.
    #[must_use]
    pub const fn cut_at(&self) -> Option<usize> {
        self.cut
    }
}

/// Where the characters of `text` that fold to more than `limit` begin, in bytes.
fn end_of(text: &str, limit: usize) -> Option<usize> {
    let mut folded = 0_usize;
    text.char_indices().find_map(|(at, c)| {
        folded += match normalize::fold_char(c) {
            Some(_) => 1,
            None => normalize::fold(c.encode_utf8(&mut [0; 4])).chars().count(),
        };
        (folded > limit).then_some(at)
    })
}

/// Folded, figures with digits, words that were taken apart together, what asks in standard words.
fn fold(text: &str) -> String {
    spoken::standard(&spoken::digits(&spoken::together(&normalize::fold(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_folded_without_its_markup() {
        let message = Message::new("**今年**修[幾條](https://a.cn)高速？");
        assert_eq!(message.folded(), "今年 修 几条 高速?");
        assert_eq!(message.typed(), message.text());
        assert_eq!(message.cut_at(), None);
    }

    #[test]
    fn what_is_written_as_it_is_spoken_is_read() {
        let folded = |typed: &str| Message::new(typed).folded().to_owned();
        assert_eq!(folded("二零二三年種了十一萬畝"), "2023年种了11万亩");
        assert_eq!(folded("低 保 多 少 钱"), "低保多少钱");
    }

    #[test]
    fn only_the_first_characters_of_a_long_message_are_read() {
        let message = Message::cut("一二三", 2);
        assert_eq!((message.text(), message.folded()), ("一二", "一二"));
        assert_eq!((message.typed(), message.cut_at()), ("一二三", Some(2)));
        assert_eq!(Message::cut("一二三", 3).cut_at(), None);
    }

    #[test]
    fn a_message_is_no_longer_when_it_is_folded() {
        let message = Message::cut("\u{fdfa}".repeat(500), 500);
        assert_eq!(message.text().chars().count(), 27);
        assert!(message.folded().chars().count() <= 500);
        assert_eq!(message.cut_at(), Some(500));
    }
}
