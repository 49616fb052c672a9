//! Passages for a query, and slogans for what is being typed: looking things up without asking.

use super::snapshot::Snapshot;
use crate::{
    answer::{AnswerError, Offer},
    corpus::{DocumentId, LibraryError, PassageId, Period},
    text::Span,
};

/// A passage that a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Which passage.
    pub passage: PassageId,
    /// Bytes of its text: the sentence that fits best.
    pub sentence: Span,
    /// Of that sentence.
    pub period: Period,
    /// Higher is better; comparable within one search only.
    pub score: f32,
}

/// A slogan that what was typed may become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermHint {
    /// The name that matched, without quotes.
    pub name: String,
    /// The glossary entry that explains it.
    pub passage: PassageId,
}

impl Snapshot {
    /// Ranks passages for what was typed, best first, at most `limit`; unlike an answer it does not
    /// decide whether they answer anything. `document` restricts it to one document.
    ///
    /// # Errors
    /// [`AnswerError`] when the corpus cannot be searched or read.
    pub fn search(
        &self,
        typed: &str,
        document: Option<&DocumentId>,
        limit: usize,
    ) -> Result<Vec<Found>, AnswerError> {
        let mut query = self.retriever.understand(typed, None);
        // A search that names no place and no year goes through everything.
        query = match document {
            Some(id) => match self.library().document_by_id(id) {
                Some(document) => query.within(vec![document.index]),
                None => return Ok(Vec::new()),
            },
            None if query.scope().place_named || query.scope().year_named => query,
            None => query.within(Vec::new()),
        };
        let request = self.retriever.request(query);
        let retrieved = self.retriever.retrieve_one(&request)?;
        let mut found = Vec::new();
        for hit in self.retriever.rank(&request, &retrieved, limit)? {
            let passage = self.library().passage(hit.at)?;
            let Some(sentence) = passage.sentences.get(hit.sentence) else {
                continue;
            };
            found.push(Found {
                passage: passage.id.clone(),
                sentence: sentence.span,
                period: hit.period,
                score: hit.score,
            });
        }
        Ok(found)
    }

    /// Slogans that what is being typed may become (a part of the name, its pinyin or the first
    /// letters of it), best first, at most `limit`; for nothing typed, those the reports use most.
    ///
    /// # Errors
    /// [`LibraryError`] when a glossary entry cannot be read.
    pub fn suggest(&self, typed: &str, limit: usize) -> Result<Vec<TermHint>, LibraryError> {
        let library = self.library();
        let mut hints = Vec::new();
        for suggestion in self.suggestions.find(typed, limit) {
            if let Some((document, term)) = library.term(suggestion.document, suggestion.term) {
                hints.push(TermHint {
                    name: suggestion.name.clone(),
                    passage: library.passage(document.at(term.passage))?.id.clone(),
                });
            }
        }
        Ok(hints)
    }

    /// Questions that the newest report answers about what is being typed (a part of the topic, its
    /// pinyin or the first letters of it), best first, at most `limit`; none for nothing typed.
    ///
    /// # Errors
    /// [`AnswerError`] when the corpus cannot be searched or read.
    pub fn suggest_questions(&self, typed: &str, limit: usize) -> Result<Vec<Offer>, AnswerError> {
        self.offers.complete(&self.retriever, typed, limit)
    }

    /// Every question made of a document that the corpus answers.
    ///
    /// # Errors
    /// [`AnswerError`] when the corpus cannot be searched or read.
    pub fn offers_of(&self, document: &DocumentId) -> Result<Vec<Offer>, AnswerError> {
        match self.library().document_by_id(document) {
            Some(document) => self.offers.all_of(&self.retriever, document),
            None => Ok(Vec::new()),
        }
    }
}
