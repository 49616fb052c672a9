//! Which questions two editions answer alike, told without asking them.

use super::snapshot::Snapshot;
use crate::{
    retrieval::{Message, Understanding},
    text::segment,
};

/// Two editions of the same documents, weights and vectors, which differ in synonyms and in words of the
/// segmenter at most.
#[derive(Debug)]
pub struct SameDocuments<'a> {
    one: &'a Snapshot,
    other: &'a Snapshot,
    /// The character pairs of the words that only one segmenter knows: texts with such a word fall into other
    /// words there, and may rank otherwise for questions that share a pair with it.
    pairs: Vec<String>,
}

impl<'a> SameDocuments<'a> {
    /// Of two editions that are known to be so.
    #[must_use]
    pub fn new(one: &'a Snapshot, other: &'a Snapshot) -> Self {
        let words = one.retriever.words_not_in(&other.retriever);
        let more = other.retriever.words_not_in(&one.retriever);
        let words = words.iter().chain(&more);
        let pairs = words.flat_map(|word| {
            let pairs = segment::bigrams(word);
            let pairs = pairs.iter().map(|pair| pair.of(word).to_owned());
            pairs.collect::<Vec<_>>()
        });
        Self {
            one,
            other,
            pairs: pairs.collect(),
        }
    }

    /// True when both surely give the same answer to `message`, as to all before it: they understand it as the
    /// same, and nothing that is looked for is cut otherwise.
    pub(super) fn understand_alike(&self, message: &Message) -> bool {
        let understood = |edition: &Snapshot| {
            let once = edition.retriever.understand_message(message, None);
            let again = edition.retriever.reread(&once);
            (once, again)
        };
        let (one, other) = (understood(self.one), understood(self.other));
        one == other && !self.is_cut_otherwise(&one)
    }

    /// True when what is looked for shares a character pair with a word that only one segmenter knows.
    fn is_cut_otherwise(&self, understood: &(Understanding, Option<Understanding>)) -> bool {
        if self.pairs.is_empty() {
            return false;
        }
        // Whatever of it holds the pair: words, official words, terms.
        let printed = format!("{understood:?}");
        self.pairs.iter().any(|pair| printed.contains(pair))
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, sync::Arc};

    use super::*;
    use crate::{
        answer::Question,
        assistant::{Assistant, Edition, Options},
        replay::shipped,
        retrieval::{Lexicon, Ranking},
    };

    fn edition(of: &Snapshot, list: &str) -> Snapshot {
        let lists = BTreeMap::from([("office/synonyms.txt".to_owned(), list.to_owned())]);
        let (lexicon, problems) = Lexicon::from_texts(&lists);
        assert_eq!(problems, []);
        let (library, ranking) = (Arc::clone(of.library()), Ranking::embedded());
        let edition = Edition::from_parts(library, lexicon, ranking, None, &Options::default());
        Snapshot::build(edition).expect("it is indexed in memory")
    }

    /// What is passed over would have been answered the same.
    #[test]
    fn questions_that_are_not_asked_again_are_answered_as_before() {
        let assistant = Assistant::open(Options::default()).expect("the report is in the program");
        let served = assistant.snapshot();
        let (mut alike, mut asked) = (0, 0);
        for list in [
            "看病 → 就医 ; 0.8",
            "低保 → 道路 ; 0.9",
            "通村路 → 公路 ; 0.8",
        ] {
            let other = edition(&served, list);
            let both = SameDocuments::new(&served, &other);
            for question in shipped() {
                let mut question = Question {
                    history: question.history,
                    ..Question::new(question.q)
                };
                question.today = None;
                if !assistant.answers_alike(&both, &question) {
                    asked += 1;
                    continue;
                }
                alike += 1;
                let answer = |edition| assistant.answer_alone(edition, &question);
                let (before, after) = (answer(&served), answer(&other));
                let (before, after) = (before.expect("searched"), after.expect("searched"));
                assert_eq!(
                    before.citations, after.citations,
                    "{list}: {}",
                    question.text
                );
                assert_eq!(before.status, after.status, "{list}: {}", question.text);
            }
        }
        assert!(
            alike > 10 * asked && asked > 3,
            "{alike} alike, {asked} asked"
        );
    }
}
