//! Finds passages: question → [`Understanding`] → [`SearchRequest`] → [`Retrieved`] → [`Hit`]s.
//!
//! [`Retriever::understand`] tells what a question asks for; [`Retriever::requests`] gives it its
//! vector; [`Retriever::retrieve`] asks the indexes, for all requests at once; [`Retriever::rank`]
//! scores the candidates by their best sentence, and [`Retriever::confidence`] tells how sure the
//! best of them is.
//!
//! Knows passages and scores, and nothing of people, wording or channels.

mod beside;
pub mod component;
mod confidence;
mod curated;
mod health;
mod loose;
mod matter;
mod phrase;
mod places;
mod relevance;
mod retriever;
mod search;
mod services;
mod setup;
mod subject;
mod tables;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod understand;

pub use curated::{CuratedIndex, CuratedMatch, DocumentNumber};
pub use places::without_approach;
pub use retriever::Retriever;
pub use search::{
    Boosts, Candidate, CandidateFeatures, Candidates, Coefficients, Confidence, ConfidenceFeature,
    ConfidenceFeatures, Decision, DenseIndex, Embedding, EmbeddingError, Feature, Features,
    Frequencies, Hit, IndexError, MEANS_THE_SAME, NoVector, PassageSimilarity, QuestionVector,
    Ranking, RankingError, RelevanceCoefficients, RelevanceFeature, RelevanceFeatures, Resemblance,
    Retrieved, SearchRequest, TextMatch, keys_of, texts_of,
};
pub use services::{Field, Part, Service, ServiceIndex, asked as asked_fields, fields_of};
pub use setup::Setup;
pub use tables::{Asked, Table, TableIndex, asked as asked_of_table, names_cell};
pub(crate) use understand::rarity;
pub use understand::{
    AnswerType, Catalog, Compared, Context, Correction, Examples, Expansion, FactKind, FollowUp,
    IntentList, Intents, Key, Level, Lexicon, LexiconProblem, Likeness, Message, PeriodConstraint,
    QueryTerm, SYNONYM_THRESHOLD, Scope, Suggestion, Suggestions, Synonym, TermMatch,
    Understanding, Undone, Years, asks_either, part_of_year, tells_part, undone,
};
