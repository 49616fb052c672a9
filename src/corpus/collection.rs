//! A document made of loose passages, for measuring retrieval on public collections that are no
//! reports.

use std::path::PathBuf;

use super::{
    Document, DocumentId, DocumentKind, Meta, Passage, PassageId, PassageKind, Period, Policy,
};
use super::{Section, Sentence};
use crate::text::{Span, sentence};

/// One passage of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoosePassage {
    /// As the collection names it.
    pub id: String,
    /// Title; may be empty.
    pub title: String,
    /// Text; may be empty.
    pub text: String,
}

/// A document of loose passages, each with its title as heading and outside of time.
#[must_use]
pub fn collection(name: &str, passages: Vec<LoosePassage>) -> Document {
    let count = passages.len();
    let passages = passages.into_iter().enumerate().map(passage).collect();
    Document {
        id: DocumentId(name.to_owned()),
        key: 0,
        file: PathBuf::new(),
        meta: Meta {
            title: name.to_owned(),
            place: String::new(),
            year: None,
            review_year: None,
            issuer: String::new(),
            speaker: String::new(),
            delivered_on: None,
            source: String::new(),
            kind: DocumentKind::Faq,
            policy: Policy::default(),
        },
        blocks: Vec::new(),
        sections: vec![Section {
            path: Vec::new(),
            first: 0,
            end: count,
        }],
        passages,
        terms: Vec::new(),
    }
}

fn passage((n, loose): (usize, LoosePassage)) -> Passage {
    let sentences = sentence::split(&loose.text);
    let path = Some(loose.title).filter(|title| !title.is_empty());
    Passage {
        id: PassageId(loose.id),
        kind: PassageKind::Paragraph,
        path: path.into_iter().collect(),
        section: 0,
        heading: Span::new(0, 0),
        period: Period::Undated,
        sentences: sentences
            .into_iter()
            .map(|span| Sentence {
                span,
                period: Period::Undated,
            })
            .collect(),
        text: loose.text,
        line: n + 1,
        cells: Vec::new(),
    }
}
