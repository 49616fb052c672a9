//! Questions of several parts: “开展多少场，争取资金多少？”

use std::sync::LazyLock;

use regex::Regex;

use super::{Answer, AnswerKind, Status, draft::Draft};
use crate::retrieval::Query;

/// Parts that are answered at most.
const PARTS: usize = 3;

static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("多少|几|什么|啥|哪|谁|怎么|咋|如何|[吗不没呢]$|what|how|when|where|which|who")
        .expect("the pattern is tested")
});

/// Cuts a question at its punctuation into parts that ask something, at most three; one part when
/// fewer than two of them do.
#[must_use]
pub fn split(typed: &str) -> Vec<String> {
    let pieces: Vec<&str> = typed
        .split(['，', ',', '；', ';', '？', '?', '。', '\n'])
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect();
    let asking = pieces.iter().filter(|piece| ASKS.is_match(piece)).count();
    if asking < 2 {
        return vec![typed.to_owned()];
    }
    // What asks nothing introduces the part after it.
    let mut parts: Vec<String> = Vec::new();
    let mut opening = String::new();
    for piece in pieces {
        opening.push_str(piece);
        if ASKS.is_match(piece) {
            parts.push(std::mem::take(&mut opening));
        } else {
            opening.push('，');
        }
    }
    if let Some(last) = parts.last_mut()
        && !opening.is_empty()
    {
        last.push('，');
        last.push_str(opening.trim_end_matches('，'));
    }
    parts.truncate(PARTS);
    parts
}

/// Later parts take over the period of the first, and its topic when they name none.
pub fn share_context(queries: &mut [Query]) {
    let Some((first, rest)) = queries.split_first_mut() else {
        return;
    };
    for query in rest {
        if !query.period.is_named() {
            query.period = first.period;
        }
        if query.bare {
            query.inherit(first, 1.0);
        }
    }
}

/// Puts the answers to the parts together in `answer`.
pub fn join(drafts: Vec<Draft>, limit: usize, answer: &mut Answer) {
    let several = drafts.len() > 1;
    for draft in drafts {
        if answer.status == Status::NotFound {
            answer.status = draft.status;
            answer.kind = draft.kind;
        }
        // One part that lacks something makes the whole partial.
        if several && draft.status != Status::Answered && answer.status == Status::Answered {
            answer.status = Status::Partial;
        }
        if answer.missing.is_none() {
            answer.missing = draft.missing;
        }
        for citation in draft.citations {
            let known = answer.citations.iter().any(|other| {
                other.passage_id == citation.passage_id && other.quote == citation.quote
            });
            // One part keeps what it has: a list that was asked for may be longer than the limit.
            if !known && (!several || answer.citations.len() < limit.max(PARTS)) {
                answer.citations.push(citation);
            }
        }
        answer.notices.extend(draft.notices);
        answer.related.extend(draft.related);
        answer.suggestions.extend(draft.suggestions);
    }
    if answer.citations.is_empty() {
        answer.status = Status::NotFound;
        answer.kind = AnswerKind::None;
    }
    let cited: Vec<_> = answer
        .citations
        .iter()
        .map(|c| c.passage_id.clone())
        .collect();
    answer.related.retain(|id| !cited.contains(id));
}
