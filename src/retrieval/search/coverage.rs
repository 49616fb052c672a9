//! How much of a question a text covers, counted in inverse document frequency.

use super::{
    retrieved::Frequencies,
    text_match::{HELPS_TO_FIND, TextMatch},
};
use crate::retrieval::understand::{Expansion, QueryTerm, Synonym, Understanding};

/// One term of the question with what it weighs.
#[derive(Debug, Clone, Copy)]
struct WeightedTerm<'a> {
    text: &'a str,
    /// Its place among the terms of its kind.
    n: usize,
    /// Inverse document frequency × weight of the term.
    weight: f32,
    /// Index into [`Coverage::synonyms`].
    synonyms: Option<usize>,
}

/// Terms of one kind.
#[derive(Debug)]
struct Terms<'a> {
    terms: Vec<WeightedTerm<'a>>,
    /// Weight of all terms of the question, of those that are left out as well.
    total: f32,
}

/// A stretch of content in which a match may begin.
#[derive(Debug, Clone, Copy)]
struct Start<'a> {
    /// To the end of its stretch.
    rest: &'a str,
    /// Bytes of its first two characters.
    pair: usize,
}

/// The question's terms, ready to be looked for in many texts.
#[derive(Debug)]
pub(crate) struct Coverage<'a> {
    bigrams: Terms<'a>,
    words: Terms<'a>,
    /// Official words for each everyday word of the question.
    synonyms: Vec<Vec<&'a Synonym>>,
    /// Every pair of neighbours in the content.
    starts: Vec<Start<'a>>,
    /// Characters of the longest stretch of content.
    longest: usize,
}

impl<'a> Coverage<'a> {
    /// Of a question, with the document frequencies of its terms.
    pub(crate) fn new(question: &'a Understanding, frequencies: &Frequencies) -> Self {
        let expansions = question.expansions();
        let terms = |terms: &'a [QueryTerm],
                     idf: &dyn Fn(usize) -> f32,
                     stands_for: &dyn Fn(&Expansion, &str) -> bool| {
            let weighted = terms.iter().enumerate().map(|(n, term)| WeightedTerm {
                text: &term.text,
                n,
                weight: idf(n) * term.weight,
                synonyms: expansions.iter().position(|it| stands_for(it, &term.text)),
            });
            let terms: Vec<WeightedTerm<'a>> = weighted.collect();
            let total = terms.iter().map(|term| term.weight).sum();
            Terms { terms, total }
        };
        let content = question.content().split(|c: char| !c.is_alphanumeric());
        Self {
            bigrams: terms(
                question.bigrams(),
                &|n| frequencies.bigram_idf(n),
                &|everyday, pair| everyday.bigrams.iter().any(|own| own == pair),
            ),
            words: terms(
                question.words(),
                &|n| frequencies.word_idf(n),
                &|everyday, word| everyday.typed.contains(word),
            ),
            synonyms: expansions
                .iter()
                .map(|everyday| everyday.synonyms.iter().collect())
                .collect(),
            starts: content.clone().flat_map(starts).collect(),
            longest: content.map(|part| part.chars().count()).max().unwrap_or(0),
        }
    }

    /// The same with nothing but what `whole` holds; for parts of it, which hold no more, it tells the
    /// same in less time.
    pub(crate) fn within(&self, whole: &str) -> Self {
        let text = TextMatch::new(whole);
        let held = |synonym: &&Synonym| text.is_exact(&synonym.word);
        let synonyms = self.synonyms.iter();
        let synonyms: Vec<Vec<&Synonym>> = synonyms
            .map(|synonyms| synonyms.iter().copied().filter(held).collect())
            .collect();
        let terms = |all: &Terms<'a>| {
            let by_synonym = |n: usize| !synonyms[n].is_empty();
            let held = all
                .terms
                .iter()
                .filter(|term| term.synonyms.is_some_and(by_synonym) || text.is_exact(term.text));
            Terms {
                terms: held.copied().collect(),
                total: all.total,
            }
        };
        let starts = self.starts.iter();
        let starts = starts.filter(|start| text.is_exact(&start.rest[..start.pair]));
        Self {
            bigrams: terms(&self.bigrams),
            words: terms(&self.words),
            starts: starts.copied().collect(),
            longest: self.longest,
            synonyms,
        }
    }

    /// Share of the idf of the question's pairs that `text` holds, 0 to 1.
    pub(crate) fn of_pairs(&self, text: &str) -> f32 {
        self.share(&self.bigrams, text)
    }

    /// The same for its words.
    pub(crate) fn of_words(&self, text: &str) -> f32 {
        self.share(&self.words, text)
    }

    /// Share of the weight of `terms` that `text` holds; an official word in place of the everyday
    /// one counts by its weight.
    fn share(&self, terms: &Terms<'a>, text: &str) -> f32 {
        if terms.total <= 0.0 || terms.terms.is_empty() {
            return 0.0;
        }
        let text = TextMatch::new(text);
        let by_synonym: Vec<f32> = self
            .synonyms
            .iter()
            .map(|synonyms| text.best_synonym(synonyms.iter().copied()))
            .collect();
        let held = terms.terms.iter().map(|term| {
            let held = if text.is_exact(term.text) {
                1.0
            } else {
                term.synonyms.map_or(0.0, |n| by_synonym[n])
            };
            held * term.weight
        });
        held.sum::<f32>() / terms.total
    }

    /// Length in characters of the longest stretch of content that `text` holds, as a share of the
    /// longest stretch there is.
    pub(crate) fn longest_match(&self, text: &str) -> f32 {
        // One shared character says nothing.
        let mut best = 1;
        for Start { rest, .. } in &self.starts {
            let mut ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
            // The first end that would make it longer.
            let mut next = ends.nth(best);
            while let Some(end) = next
                && text.contains(&rest[..end])
            {
                best += 1;
                next = ends.next();
            }
        }
        if best < 2 {
            0.0
        } else {
            ratio(best, self.longest)
        }
    }

    /// Indices of the pairs that `text` holds, in themselves or by an official word.
    pub(crate) fn matched(&self, text: &str) -> Vec<usize> {
        let text = TextMatch::new(text);
        let by_synonym: Vec<bool> = self
            .synonyms
            .iter()
            .map(|synonyms| text.best_synonym(synonyms.iter().copied()) > HELPS_TO_FIND)
            .collect();
        let held = |term: &&WeightedTerm<'_>| {
            text.is_exact(term.text) || term.synonyms.is_some_and(|n| by_synonym[n])
        };
        let held = self.bigrams.terms.iter().filter(held);
        held.map(|term| term.n).collect()
    }
}

/// Where a match of two characters or more may begin in a stretch of content.
fn starts(stretch: &str) -> impl Iterator<Item = Start<'_>> {
    let neighbours = stretch.char_indices().zip(stretch.chars().skip(1));
    neighbours.map(|((at, first), second)| Start {
        rest: &stretch[at..],
        pair: first.len_utf8() + second.len_utf8(),
    })
}

#[expect(clippy::cast_precision_loss, reason = "lengths of questions")]
fn ratio(part: usize, whole: usize) -> f32 {
    if whole == 0 {
        0.0
    } else {
        part as f32 / whole as f32
    }
}

#[cfg(test)]
mod tests;
