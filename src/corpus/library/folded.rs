//! Passages as search reads them: folded, sentence by sentence.

use crate::{corpus::Passage, text::normalize};

/// A passage, folded, without quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldedPassage {
    /// All sentences in a row.
    text: String,
    /// Where each sentence ends.
    ends: Vec<usize>,
    /// Headings.
    path: String,
}

impl FoldedPassage {
    /// Folds `passage`.
    #[must_use]
    pub fn new(passage: &Passage) -> Self {
        let fold = |text: &str| normalize::fold(&normalize::strip_quotes(text));
        let mut text = String::with_capacity(passage.text.len());
        let mut ends = Vec::with_capacity(passage.sentences.len());
        for sentence in &passage.sentences {
            text.push_str(&fold(sentence.span.of(&passage.text)));
            ends.push(text.len());
        }
        text.shrink_to_fit();
        Self {
            text,
            ends,
            path: fold(&passage.path.join("\n")),
        }
    }

    /// One sentence; empty when there is no such sentence.
    #[must_use]
    pub fn sentence(&self, n: usize) -> &str {
        let end = |n: usize| self.ends.get(n).copied();
        let start = n.checked_sub(1).map_or(Some(0), end);
        let span = start.zip(end(n));
        span.and_then(|(start, end)| self.text.get(start..end))
            .unwrap_or_default()
    }

    /// Headings, one a line.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// All sentences in a row.
    #[must_use]
    pub fn whole(&self) -> &str {
        &self.text
    }

    /// About as many bytes as it takes in memory.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>()
            + self.text.capacity()
            + self.path.capacity()
            + self.ends.capacity() * size_of::<usize>()
    }
}
