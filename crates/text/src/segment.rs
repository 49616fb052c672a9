//! Word segmentation: jieba plus the words of the corpus.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    thread::{self, JoinHandle},
};

use jieba_rs::Jieba;

use crate::Span;

/// A dictionary that is being read for the next segmenter.
static AHEAD: Mutex<Option<JoinHandle<Jieba>>> = Mutex::new(None);

/// Splits folded text into words. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Segmenter {
    jieba: Arc<Jieba>,
    /// See [`Self::added`].
    added: Arc<[String]>,
}

impl Segmenter {
    /// A segmenter that also knows `words` (slogans, place names), folded.
    ///
    /// Takes about an eighth of a second and 33 MB, most of them for jieba's own dictionary. Sharing
    /// that between reloads would save the time, but the copy to add words to would cost 25 MB.
    pub fn with_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let ahead = AHEAD.lock().unwrap_or_else(PoisonError::into_inner).take();
        let ahead = ahead.and_then(|reading| reading.join().ok());
        let mut jieba = ahead.unwrap_or_default();
        let mut added = Vec::new();
        for word in words {
            if word.chars().count() >= 2 && !jieba.has_word(word) {
                jieba.add_word(word, None, None);
                added.push(word.to_owned());
            }
        }
        added.sort_unstable();
        // No question means 增多|少 or 有多|少.
        jieba.add_word("多少", Some(1_000_000), None);
        Self {
            jieba: Arc::new(jieba),
            added: added.into(),
        }
    }

    /// Itself, if [`Self::with_words`] of `words` makes one that cuts alike.
    #[must_use]
    pub fn that_knows_just<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let words: HashSet<&str> = words.into_iter().collect();
        let is_known = |word: &&str| word.chars().count() < 2 || self.knows(word);
        let forgets_none = self.added.iter().all(|word| words.contains(word.as_str()));
        (forgets_none && words.iter().all(is_known)).then(|| self.clone())
    }

    /// The words that it knows beside jieba's own, sorted. Two segmenters cut a text alike that holds
    /// none of the words that only one of them has.
    #[must_use]
    pub fn added(&self) -> &[String] {
        &self.added
    }

    /// Begins to read jieba's dictionary in a thread of its own, for the next segmenter: whoever reads
    /// other things first saves most of the time it takes.
    pub fn read_ahead() {
        let mut ahead = AHEAD.lock().unwrap_or_else(PoisonError::into_inner);
        if ahead.is_none() {
            let thread = thread::Builder::new().name("dictionary".into());
            *ahead = thread.spawn(Jieba::new).ok();
        }
    }

    /// Drops a dictionary that was read ahead, as it is not needed: 33 MB.
    pub fn forget_ahead() {
        // One that is being read goes when its thread ends.
        AHEAD.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// The words of `text` that contain a letter, digit or Han character, in order; spans in bytes.
    #[must_use]
    pub fn words(&self, text: &str) -> Vec<Span> {
        self.jieba
            .cut(text, true)
            .into_iter()
            .filter(|token| token.word.chars().any(char::is_alphanumeric))
            .map(|token| Span::new(token.byte_start, token.byte_end))
            .collect()
    }

    /// The place names of `text` as the dictionary tags them, in order.
    #[must_use]
    pub fn places(&self, text: &str) -> Vec<String> {
        let tagged = self.jieba.tag(text, false);
        tagged
            .into_iter()
            // 陇 of 陇漳高速 names no place by itself.
            .filter(|word| word.tag.starts_with("ns") && word.word.chars().nth(1).is_some())
            .map(|word| word.word.to_owned())
            .collect()
    }

    /// The words of `text` that the dictionary knows, single characters for what it does not, in order:
    /// the span in bytes and the tag of each (`n` noun, `v` verb, `t` time …; empty for words added).
    #[must_use]
    pub fn tagged(&self, text: &str) -> Vec<(Span, String)> {
        let mut start = 0;
        let words = self.jieba.tag(text, false).into_iter().map(|word| {
            let span = Span::new(start, start + word.word.len());
            start = span.end;
            (span, word.tag.to_owned())
        });
        words.collect()
    }

    /// True when the dictionary tags `word` as a noun, or does not know it.
    #[must_use]
    pub fn is_noun(&self, word: &str) -> bool {
        let tagged = self.jieba.tag(word, false);
        let last = tagged.last().map(|word| word.tag);
        last.is_none_or(|tag| tag.starts_with('n') || matches!(tag, "vn" | "x" | "j" | "l"))
    }

    /// True when the dictionary, the corpus' words included, holds `word`.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.jieba.has_word(word)
    }
}

/// Pairs of adjacent alphanumeric characters, as spans in bytes: 森林2024 gives 森林, 林2024.
///
/// A run of ASCII letters and digits counts as one character. A character with no neighbour is
/// returned alone.
#[must_use]
pub fn bigrams(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut run: Vec<Span> = Vec::new();
    for unit in units(text).into_iter().map(Some).chain([None]) {
        let joined =
            matches!((run.last(), unit), (Some(last), Some(next)) if last.end == next.start);
        if !joined {
            close_run(&mut run, &mut spans);
        }
        run.extend(unit);
    }
    close_run(&mut run, &mut spans);
    spans
}

fn close_run(run: &mut Vec<Span>, spans: &mut Vec<Span>) {
    match run.as_slice() {
        [] => {}
        [only] => spans.push(*only),
        units => spans.extend(
            units
                .windows(2)
                .map(|pair| Span::new(pair[0].start, pair[1].end)),
        ),
    }
    run.clear();
}

/// Single Han characters and whole runs of ASCII; `12.5` and `68.5%` stay together.
fn units(text: &str) -> Vec<Span> {
    let mut units: Vec<Span> = Vec::new();
    let mut in_ascii = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next_is_digit = chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        let ascii =
            c.is_ascii_alphanumeric() || (in_ascii && (c == '%' || (c == '.' && next_is_digit)));
        if ascii && in_ascii {
            if let Some(last) = units.last_mut() {
                last.end = end;
            }
        } else if ascii || c.is_alphanumeric() {
            units.push(Span::new(at, end));
        }
        in_ascii = ascii;
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts<'a>(text: &'a str, spans: &[Span]) -> Vec<&'a str> {
        spans.iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn a_corpus_word_is_kept_whole() {
        let text = "一总六分是什么";
        let plain = Segmenter::with_words([]);
        let own = Segmenter::with_words(["一总六分"]);
        assert_ne!(texts(text, &plain.words(text))[0], "一总六分");
        assert_eq!(texts(text, &own.words(text))[0], "一总六分");
    }

    #[test]
    fn it_tells_the_words_that_jieba_has_not() {
        let own = Segmenter::with_words(["四好农村路", "一总六分", "道路", "一总六分", "路"]);
        assert_eq!(own.added(), ["一总六分", "四好农村路"]);
        let same = |words: &[&str]| own.that_knows_just(words.iter().copied()).is_some();
        assert!(same(&["一总六分", "四好农村路", "医院", "路"]));
        assert!(!same(&["一总六分", "四好农村路", "六盘水产"]), "one more");
        assert!(!same(&["一总六分"]), "one less");
    }

    #[test]
    fn a_dictionary_read_ahead_is_the_same() {
        let text = "今年要硬化自然村组道路多少公里";
        let plain = Segmenter::with_words([]);
        Segmenter::read_ahead();
        Segmenter::read_ahead();
        let ahead = Segmenter::with_words([]);
        assert_eq!(ahead.words(text), plain.words(text));
    }

    #[test]
    fn bigrams_keep_numbers_whole_and_stop_at_punctuation() {
        let text = "森林,覆盖率68.5%以上";
        assert_eq!(
            texts(text, &bigrams(text)),
            ["森林", "覆盖", "盖率", "率68.5%", "68.5%以", "以上"]
        );
    }
}
