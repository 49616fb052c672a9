//! More of what was answered: further sentences on the same subject.

use super::{
    AnswerError, AnswerKind, Citation, Notice, PartAnswer, compose, context::Context, mention,
    searches::Searches,
};
use crate::{
    corpus::PassageId,
    retrieval::{FollowUp, Hit, Retriever, Understanding},
};

/// At most `limit` sentences on the subject of `question` beyond those that `shown` cites, after the
/// first `skipped`; `None` when there are no more.
pub(super) fn answer(
    retriever: &Retriever,
    question: &Understanding,
    shown: &PartAnswer,
    skipped: usize,
    limit: usize,
) -> Result<Option<PartAnswer>, AnswerError> {
    let searches = Searches::new(retriever, vec![question.clone()]);
    let context = Context::new(&searches, 0, limit);
    let (library, query) = (context.library(), context.query);
    let subjects = matters(retriever, query);
    let is_shown = |id: &PassageId, text: &str| {
        let mut cited = shown.citations.iter().filter(|c| c.passage_id == *id);
        // A long sentence is cut to the clauses that matter.
        cited.any(|citation| citation.quote.contains(text) || text.contains(&*citation.quote))
    };
    let mut further: Vec<Hit> = Vec::new();
    for hit in context.hits()? {
        let passage = library.passage(hit.at)?;
        for (n, sentence) in passage.sentences.iter().enumerate() {
            let text = sentence.span.of(&passage.text);
            let folded = mention::folded(text);
            let mut subjects = subjects.iter();
            let on_subject = subjects.any(|name| mention::names(query, &folded, name));
            if on_subject && !is_shown(&passage.id, text) {
                further.push(Hit {
                    sentence: n,
                    period: sentence.period,
                    ..hit.clone()
                });
            }
        }
    }
    let cited = further.iter().skip(skipped).take(limit);
    let citations: Vec<Citation> = cited
        .map(|hit| compose::cite(library, hit, query, true))
        .collect::<Result<_, _>>()?;
    if citations.is_empty() {
        return Ok(None);
    }
    let subject = retriever.subject(query);
    let read = FollowUp {
        read: format!("{subject} 更多内容"),
        earlier: subject,
    };
    Ok(Some(PartAnswer {
        notices: vec![Notice::FollowUp(read)],
        ..PartAnswer::quoting(AnswerKind::Passage, citations, None)
    }))
}

/// What a sentence on the subject of `query` names: the words for matters, or else all of them.
fn matters<'a>(retriever: &Retriever, query: &'a Understanding) -> Vec<&'a str> {
    let subjects = retriever.subjects(query);
    let of_matters = |word: &&&str| word.chars().nth(1).is_some() && retriever.names_a_matter(word);
    let matters: Vec<&str> = subjects.iter().filter(of_matters).copied().collect();
    if matters.is_empty() {
        subjects
    } else {
        matters
    }
}
