//! Which passages answer: candidates by words and by meaning, the features and the score of each of
//! their sentences, and how sure the best is.
//!
//! `index`, `frequency` and `similarity` read the indexes and give values (`retrieved`); `score` and
//! `confidence` are functions of these and of the passages.

mod checks;
mod commit;
mod confidence;
mod coverage;
mod dense;
mod features;
mod frequency;
mod index;
mod numbers;
mod ranking;
mod relevance;
mod request;
mod retrieved;
mod rhetoric;
mod schema;
mod score;
mod sentence_words;
mod signals;
mod similarity;
mod text_match;

pub(crate) use confidence::is_by_meaning;
pub use confidence::{Confidence, ConfidenceFeature, ConfidenceFeatures};
pub use dense::{DenseIndex, EmbeddingError, keys_of, texts_of};
pub use features::{Feature, Features};
pub(crate) use frequency::Dictionary;
pub use index::IndexError;
pub(crate) use index::PassageIndex;
pub use ranking::{
    Boosts, Candidates, Coefficients, Decision, Ranking, RankingError, RelevanceCoefficients,
};
pub(crate) use relevance::Relevance;
pub use relevance::{RelevanceFeature, RelevanceFeatures};
pub use request::{Embedding, NoVector, QuestionVector, Resemblance, SearchRequest};
pub use retrieved::{Candidate, Frequencies, PassageSimilarity, Retrieved};
pub use score::{CandidateFeatures, Hit};
pub(crate) use score::{LoadedCandidate, Scorer};
pub(crate) use sentence_words::SentenceWords;
pub use text_match::{MEANS_THE_SAME, TextMatch};
