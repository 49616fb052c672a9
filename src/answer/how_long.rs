//! How long a policy holds, in the words of the documents that say so.

use super::{AnswerKind, PartAnswer, saying::sentences};
use crate::{
    corpus::{LibraryError, Validity},
    retrieval::{Retriever, Understanding},
    text::Pattern,
};

/// Asks how long a document holds.
static ASKS: Pattern = Pattern::new(
    "有效期|(?:管|用|执行|有效|作数)(?:到|得)?(?:几年|多少年|几时|啥时候|什么时候|哪天|哪年|哪一天|多久|多长时间|多会儿)|(?:还|还能)(?:管用|有效|作数|算数)|到期了?(?:没|吗)|过期了?(?:没|吗)",
);
/// Says how long one holds.
static SAYS: Pattern = Pattern::new("有效期|起施行|起执行|执行至|有效至");
/// Says that another does no longer.
static REPEALS: Pattern = Pattern::new("废止|停止执行");

/// True when a folded question asks how long something holds.
pub(super) fn asks(folded: &str) -> bool {
    ASKS.is_match(folded)
}

/// What a document and the one that extends or replaces it say of how long it holds; `None` when they do not.
///
/// # Errors
/// [`LibraryError`] when a passage cannot be read.
pub(super) fn answer(
    retriever: &Retriever,
    question: &Understanding,
    (document, validity): (usize, Option<Validity>),
) -> Result<Option<PartAnswer>, LibraryError> {
    // The newer document has the last word.
    let mut told = match validity {
        Some(Validity::Extended { by, .. }) => sentences(retriever, question, by, &SAYS)?,
        Some(Validity::Replaced { by }) => sentences(retriever, question, by, &REPEALS)?,
        _ => Vec::new(),
    };
    told.extend(sentences(retriever, question, document, &SAYS)?);
    Ok((!told.is_empty()).then(|| PartAnswer::quoting(AnswerKind::Passage, told, None)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_something_holds_is_asked_in_many_words() {
        for question in [
            "这个办法管几年",
            "这政策还能用到啥时候",
            "有效期到哪天",
            "这个文件还管用吗",
            "低保标准用到哪天为止",
        ] {
            assert!(asks(question), "{question}");
        }
        assert!(!asks("啥时候能发下来") && !asks("几年能批"));
    }
}
