//! How far the thing that a question asks for has come: read from the statement of the quote that
//! holds most of the question, not from the section alone.

use std::cmp::Ordering;

use super::mention::folded;
use crate::{
    corpus::{Period, Progress, progress},
    retrieval::{TextMatch, Understanding},
    text::{Span, sentence},
};

/// A statement of a quote: a clause, or a piece of one that begins with a verb of its own.
struct Statement<'a> {
    sentence: &'a str,
    span: Span,
    folded: String,
}

/// The progress of the statement within `quote`, bytes of `text`, that answers `query`.
pub(super) fn of(period: Period, text: &str, quote: Span, query: &Understanding) -> Progress {
    let told = statements(text, quote);
    let Some(best) = answering(&told, query) else {
        return Progress::None;
    };
    // An attitude introduces what follows it in its sentence (围绕…，建成…).
    let sentence = told[best].sentence;
    told[best..]
        .iter()
        .take_while(|statement| statement.sentence == sentence)
        .map(|statement| progress::of(period, sentence, statement.span))
        .find(|progress| *progress != Progress::None)
        .unwrap_or(Progress::None)
}

/// The statements that `quote` holds of each sentence of `text`.
fn statements(text: &str, quote: Span) -> Vec<Statement<'_>> {
    let mut held = Vec::new();
    for place in sentence::split(text) {
        if place.end <= quote.start || quote.end <= place.start {
            continue;
        }
        let sentence = place.of(text);
        for span in progress::statements(sentence) {
            let (start, end) = (place.start + span.start, place.start + span.end);
            if start.max(quote.start) < end.min(quote.end) {
                let folded = folded(span.of(sentence));
                held.push(Statement {
                    sentence,
                    span,
                    folded,
                });
            }
        }
    }
    held
}

/// The statement that holds most of the question: its character pairs and what officials call its
/// everyday words, each worth the less the more statements hold it (项目, 建设); of equals, the first
/// that holds the fact asked for.
fn answering(told: &[Statement<'_>], query: &Understanding) -> Option<usize> {
    let mut shares = vec![0.0_f32; told.len()];
    let mut count = |worth: f32, holds: &dyn Fn(&str) -> bool| {
        let holding: Vec<usize> = (0..told.len())
            .filter(|n| holds(&told[*n].folded))
            .collect();
        for n in &holding {
            shares[*n] += worth / holding.len() as f32;
        }
    };
    for pair in query.bigrams() {
        count(pair.weight, &|text| text.contains(&pair.text));
    }
    for everyday in query.expansions() {
        for synonym in &everyday.synonyms {
            count(synonym.weight, &|text| {
                TextMatch::new(text).is_exact(&synonym.word)
            });
        }
    }
    let met = |n: usize| {
        let need = query.answer_type();
        need.is_some_and(|need| need.is_met_by(&told[n].folded))
    };
    // `max_by` keeps the last of equals.
    (0..told.len()).rev().max_by(|a, b| {
        let by_share = shares[*a].partial_cmp(&shares[*b]);
        by_share
            .unwrap_or(Ordering::Equal)
            .then_with(|| met(*a).cmp(&met(*b)))
    })
}

#[cfg(test)]
mod tests;
