//! Document frequencies: how many passages hold a term.

use std::{collections::HashSet, io};

use tantivy::{
    DocId, DocSet as _, InvertedIndexReader, TERMINATED, Term,
    postings::SegmentPostings,
    schema::{Field, IndexRecordOption},
    termdict::TermMerger,
};

use super::{
    index::{IndexError, LARGE, PassageIndex},
    retrieved::Frequencies,
};
use crate::retrieval::understand::{
    CorpusTerms, QueryTerm, Understanding, code, keep_most_frequent,
};

/// The passages among which something is rare or frequent.
#[derive(Debug)]
struct Population {
    /// By segment, ascending; `None` for all.
    members: Option<Vec<Vec<DocId>>>,
    passages: u64,
}

/// The terms of all passages.
#[derive(Debug)]
pub(crate) struct Dictionary {
    /// The most frequent words with the number of passages that hold each, those of passages just deleted
    /// included; in no order.
    pub(crate) words: Vec<(String, u32)>,
    /// Every word and every character pair.
    pub(crate) terms: CorpusTerms,
}

impl PassageIndex {
    /// How many of the passages asked hold each term of `question`.
    ///
    /// # Errors
    /// [`IndexError`] when the index cannot be read.
    pub(crate) fn frequencies(&self, question: &Understanding) -> Result<Frequencies, IndexError> {
        let population = self.population(&question.scope().documents)?;
        let count = |field: Field, terms: &[QueryTerm]| -> Result<Vec<u64>, IndexError> {
            let terms = terms.iter();
            terms
                .map(|term| self.frequency(field, &term.text, &population))
                .collect()
        };
        Ok(Frequencies {
            bigrams: count(self.fields.bigrams, question.bigrams())?,
            words: count(self.fields.words, question.words())?,
            passages: population.passages,
        })
    }

    /// Every term of the passages, of the words the most frequent `limit`.
    ///
    /// # Errors
    /// [`IndexError`] when the index cannot be read.
    pub(crate) fn dictionary(&self, limit: usize) -> Result<Dictionary, IndexError> {
        let mut words = Vec::new();
        let mut codes = Vec::new();
        self.each_term(self.fields.words, |word, passages| {
            codes.push(code(word));
            words.push((word.to_owned(), passages));
            // Of a large corpus, most words are of no use, and the list of all takes many megabytes.
            if words.len() > limit.saturating_mul(2) {
                keep_most_frequent(&mut words, limit);
            }
        })?;
        keep_most_frequent(&mut words, limit);
        self.each_term(self.fields.bigrams, |pair, _| codes.push(code(pair)))?;
        Ok(Dictionary {
            words,
            terms: CorpusTerms::new(codes),
        })
    }

    /// True when `other` holds just the same terms: it was opened on the same commit, or on one that
    /// changed nothing but what it says of itself.
    pub(crate) fn has_terms_of(&self, other: &Self) -> bool {
        let segments = |index: &Self| {
            let searcher = index.reader.searcher();
            let segments = searcher.segment_readers().iter();
            let segments = segments.map(|segment| (segment.segment_id(), segment.num_docs()));
            segments.collect::<HashSet<_>>()
        };
        segments(self) == segments(other)
    }

    /// Calls `each` with every term of a field, ascending, and the number of passages that hold it.
    fn each_term(&self, field: Field, mut each: impl FnMut(&str, u32)) -> Result<(), IndexError> {
        let searcher = self.reader.searcher();
        let segments = searcher.segment_readers().iter();
        let inverted = segments.map(|segment| segment.inverted_index(field));
        let inverted = inverted.collect::<tantivy::Result<Vec<_>>>()?;
        let streams = inverted.iter().map(|segment| segment.terms().stream());
        let streams = streams.collect::<io::Result<Vec<_>>>();
        let mut terms = TermMerger::new(streams.map_err(tantivy::TantivyError::from)?);
        while terms.advance() {
            let held = terms.current_segment_ords_and_term_infos();
            let passages = held.fold(0, |sum: u32, (_, info)| sum.saturating_add(info.doc_freq));
            if let Ok(term) = std::str::from_utf8(terms.key()) {
                each(term, passages);
            }
        }
        Ok(())
    }

    /// The passages of these documents: what is rare among them does not depend on what else is
    /// loaded. All passages when no documents are given, or so many that it makes no difference.
    fn population(&self, documents: &[usize]) -> Result<Population, IndexError> {
        let searcher = self.reader.searcher();
        let own: usize = documents.iter().filter_map(|n| self.passages.get(*n)).sum();
        if documents.is_empty() || own > LARGE {
            return Ok(Population {
                members: None,
                passages: searcher.num_docs(),
            });
        }
        let mut members = Vec::with_capacity(searcher.segment_readers().len());
        let mut passages = 0;
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.document)?;
            let mut own: Vec<DocId> = Vec::new();
            for key in documents.iter().filter_map(|n| self.keys.get(*n)) {
                let term = Term::from_field_u64(self.fields.document, *key);
                let postings = postings(&inverted, &term)?;
                if let Some(mut postings) = postings {
                    while postings.doc() != TERMINATED {
                        own.push(postings.doc());
                        postings.advance();
                    }
                }
            }
            own.sort_unstable();
            passages += own.len() as u64;
            members.push(own);
        }
        Ok(Population {
            members: Some(members),
            passages,
        })
    }

    /// How many passages of `population` hold a term.
    fn frequency(
        &self,
        field: Field,
        text: &str,
        population: &Population,
    ) -> Result<u64, IndexError> {
        let term = Term::from_field_text(field, text);
        let searcher = self.reader.searcher();
        let Some(members) = &population.members else {
            return Ok(searcher.doc_freq(&term)?);
        };
        let mut count = 0;
        for (segment, members) in searcher.segment_readers().iter().zip(members) {
            let inverted = segment.inverted_index(field)?;
            let Some(mut postings) = postings(&inverted, &term)? else {
                continue;
            };
            for member in members {
                if postings.doc() < *member {
                    postings.seek(*member);
                }
                count += u64::from(postings.doc() == *member);
            }
        }
        Ok(count)
    }
}

fn postings(
    inverted: &InvertedIndexReader,
    term: &Term,
) -> Result<Option<SegmentPostings>, IndexError> {
    let read = inverted.read_postings(term, IndexRecordOption::Basic);
    Ok(read.map_err(tantivy::TantivyError::from)?)
}

#[cfg(test)]
mod tests;
