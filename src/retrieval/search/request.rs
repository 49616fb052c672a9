//! What is searched for: a question as understood, with its vector or the reason why it has none.

use std::sync::Arc;

use crate::{
    retrieval::understand::Understanding,
    semantic::{EndpointError, Vector},
};

/// What kind of question a question is like, by the nearest example of either kind; cosines, 0
/// when there is none.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Resemblance {
    /// A question that a report may answer.
    pub on_topic: f32,
    /// A question that no report answers.
    pub off_topic: f32,
}

/// A question as the model sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionVector {
    pub(crate) vector: Vector,
    pub(crate) resemblance: Resemblance,
}

/// Why a question has no vector: it is searched for by words alone.
#[derive(Debug, Clone)]
pub enum NoVector {
    /// There is no model, or the sentences are not embedded yet.
    NoModel,
    /// Search by meaning is left out, to measure what it is worth.
    LeftOut,
    /// The embeddings service failed.
    Failed(Arc<EndpointError>),
}

/// A question's vector, or why it has none.
pub type Embedding = Result<QuestionVector, NoVector>;

/// A question, ready to be searched for.
#[derive(Debug, Clone)]
pub struct SearchRequest {
    question: Understanding,
    embedding: Embedding,
}

impl SearchRequest {
    /// Of a question and its embedding; those of the questions that it was made from will do for
    /// the cells of a comparison.
    #[must_use]
    pub const fn new(question: Understanding, embedding: Embedding) -> Self {
        Self {
            question,
            embedding,
        }
    }

    /// The question.
    #[must_use]
    pub const fn question(&self) -> &Understanding {
        &self.question
    }

    /// Its vector, or why it has none.
    pub const fn embedding(&self) -> &Embedding {
        &self.embedding
    }

    /// Its vector, when there is one.
    pub(crate) fn vector(&self) -> Option<&Vector> {
        let vector = self.embedding.as_ref().ok()?;
        Some(&vector.vector)
    }

    /// What kind of question it is like; nothing without a vector.
    pub(crate) fn resemblance(&self) -> Resemblance {
        let vector = self.embedding.as_ref().ok();
        vector.map_or(Resemblance::default(), |vector| vector.resemblance)
    }
}
