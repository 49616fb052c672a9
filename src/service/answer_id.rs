//! The name of one answer, by which people vote on it.

use std::{
    fmt,
    hash::{BuildHasher as _, RandomState},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// Random bytes in an id: enough that two answers do not share one, and few enough for the 64 bytes
/// that Telegram allows a button, beside a passage.
const BYTES: usize = 8;
/// Characters of an id.
const CHARS: usize = 11;

/// Names an answer: 11 characters `[A-Za-z0-9_-]`, random, so that it tells nothing about who asked
/// or what.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AnswerId(String);

impl AnswerId {
    pub(super) fn new() -> Self {
        let mut bytes = [0; BYTES];
        if getrandom::fill(&mut bytes).is_err() {
            // Seeded by the system too, and never fails.
            bytes = RandomState::new().hash_one(0).to_be_bytes();
        }
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The id that `text` is; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        let fits = text.len() == CHARS && text.bytes().all(plain);
        fits.then(|| Self(text.to_owned()))
    }

    /// Its characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AnswerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_another_one_and_is_read_as_it_was_written() {
        let (one, other) = (AnswerId::new(), AnswerId::new());
        assert_ne!(one, other);
        assert_eq!(AnswerId::parse(one.as_str()), Some(one));
        for foreign in ["", "short", "elevenchar:", "twelve_chars", "十一个字符"] {
            assert_eq!(AnswerId::parse(foreign), None, "{foreign}");
        }
    }
}
