//! What a question asks for: which documents, which period, which kind of fact, and the words to
//! look for.
//!
//! Knows the lists of `config/lexicon`, and of the corpus its places, years, glossaries and words;
//! nothing of passages or scores.

mod amount;
mod corpus_terms;
mod corpus_words;
mod fact;
mod glossary;
mod language;
mod lexicon;
mod longest;
mod markup;
mod message;
mod parser;
mod part_of_year;
mod period;
mod pinyin;
mod scope;
mod spelling;
mod story;
mod suggest;
mod understanding;
mod undone;
mod vocabulary;

pub(crate) use corpus_terms::{CorpusTerms, code};
#[cfg(test)]
pub(crate) use fact::answer_type;
pub use fact::{AnswerType, FactKind};
pub use glossary::{Likeness, TermMatch};
pub(crate) use language::{Language, VOCABULARY, keep_most_frequent};
pub(crate) use lexicon::rarity;
pub use lexicon::{
    Examples, IntentList, Intents, Lexicon, LexiconProblem, SYNONYM_THRESHOLD, Synonym,
};
pub use message::Message;
pub(crate) use parser::Parser;
pub use part_of_year::{part_of_year, tells_part};
pub use period::{PeriodConstraint, Years};
pub use scope::{Catalog, Compared, Level, Scope};
pub use spelling::Correction;
pub use story::asks_either;
pub use suggest::{Key, Suggestion, Suggestions};
#[cfg(test)]
pub(crate) use understanding::Reading;
pub use understanding::{Context, Expansion, FollowUp, QueryTerm, Understanding};
pub use undone::{Undone, undone};
