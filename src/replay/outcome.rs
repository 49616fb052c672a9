//! What became of a question that was replayed.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::question::ReplayQuestion;
use crate::{
    answer::{Answer, Citation, Status},
    corpus::{DocumentId, PassageId},
    gold::{bare, holds_all},
    text::hex,
};

/// Citations looked at.
const LOOKED_AT: usize = 3;
/// Characters kept of a quote.
const QUOTE_CHARS: usize = 60;

/// A passage that a reply cites, so described that people know it again when it is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// The passage.
    pub passage: PassageId,
    /// Its document.
    pub document: DocumentId,
    /// That document's title.
    pub title: String,
    /// Its headings from the outside in, ` › ` between them, without the document's title.
    pub heading: String,
    /// The first 60 characters of what is quoted, and … when there are more.
    pub quote: String,
}

impl Cited {
    fn of(citation: &Citation) -> Self {
        let headings = match citation.path.as_slice() {
            [title, below @ ..] if *title == citation.document_title => below,
            path => path,
        };
        let mut quote: String = citation.quote.chars().take(QUOTE_CHARS).collect();
        if quote.len() < citation.quote.len() {
            quote.push('…');
        }
        Self {
            passage: citation.passage_id.clone(),
            document: citation.document_id.clone(),
            title: citation.document_title.clone(),
            heading: headings.join(" › "),
            quote,
        }
    }
}

/// What became of a question. Those of the live edition can be kept: see [`super`] for how long they hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// [`ReplayQuestion::key`]
    pub question: String,
    /// The status of the reply.
    pub status: Status,
    /// The passages cited, best first; at most three.
    pub cited: Vec<Cited>,
    /// Index in `cited` of the first passage that is right; `None` when none is, or the question does
    /// not say.
    pub gold: Option<usize>,
    /// All strings that the question wants stand in the reply.
    pub told: bool,
    /// Sixteen hexadecimal digits over what a person reads first: status, what is missing, and every
    /// quote with its period and document. Neither notices nor further questions count.
    pub reply: String,
}

impl Outcome {
    /// Of `question`, to which this is the `answer`.
    #[must_use]
    pub fn of(question: &ReplayQuestion, answer: &Answer) -> Self {
        let first = answer.citations.iter().take(LOOKED_AT);
        let gold = question.wanted_passage().and_then(|gold| {
            first
                .clone()
                .position(|citation| gold.is_in(&citation.passage))
        });
        Self {
            question: question.key(),
            status: answer.status,
            cited: first.map(Cited::of).collect(),
            gold,
            told: holds_all(&bare(&text(answer)), &question.wanted_strings()),
            reply: reply(answer),
        }
    }

    /// True when this is as the question says that it should be.
    #[must_use]
    pub fn is_right(&self, question: &ReplayQuestion) -> bool {
        let passage = self.gold.is_some() || question.wanted_passage().is_none();
        passage && self.told && question.expects(self.status)
    }

    /// The passage to be shown for it: the right one, else the first cited.
    #[must_use]
    pub fn shown(&self) -> Option<&Cited> {
        self.cited.get(self.gold.unwrap_or_default())
    }
}

/// What a reply says in the documents' words: quotes and where they stand.
fn text(answer: &Answer) -> String {
    let pieces = answer.citations.iter().flat_map(|citation| {
        let Citation {
            document_title,
            path,
            quote,
            ..
        } = citation;
        let title = std::iter::once(document_title);
        title.chain(path).chain([quote])
    });
    let pieces: Vec<&str> = pieces.map(String::as_str).collect();
    // No figure may go on in the next piece.
    pieces.join("|")
}

fn reply(answer: &Answer) -> String {
    let Answer {
        status,
        kind,
        missing,
        smalltalk,
        referral,
        about,
        ..
    } = answer;
    let quotes: Vec<_> = answer
        .citations
        .iter()
        .map(|it| (&it.document_title, it.period, it.progress, &it.quote))
        .collect();
    // Equal values are printed the same by one program, which is as long as outcomes hold.
    let read = format!("{status:?}{kind:?}{missing:?}{smalltalk:?}{referral:?}{about:?}{quotes:?}");
    hex::encode(&Sha256::digest(read)[..8])
}
