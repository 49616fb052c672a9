//! Questions of several parts: “开展多少场，争取资金多少？”

use std::sync::LazyLock;

use regex::Regex;

use super::{Answer, AnswerKind, Status, draft::Draft};
use crate::{retrieval::Query, text::han::is_han};

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
        .split(['，', ',', '、', '；', ';', '？', '?', '。', '\n'])
        .flat_map(split_at_spaces)
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect();
    let asking = pieces.iter().filter(|piece| asks(piece)).count();
    if asking < 2 {
        return vec![typed.to_owned()];
    }
    // What asks nothing introduces the part after it.
    let mut parts: Vec<String> = Vec::new();
    let mut opening = String::new();
    for piece in pieces {
        opening.push_str(piece);
        if asks(piece) {
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

/// True for what asks something by itself; 2024年呢 only opens what follows.
#[must_use]
pub fn asks(piece: &str) -> bool {
    let opens = piece.ends_with('呢') && piece.chars().count() <= 6;
    // 好几样 asks nothing.
    ASKS.is_match(&piece.replace("好几", "")) && !opens
}

/// People part questions by a space where they do not type punctuation; between two Han characters
/// only, because English has spaces everywhere.
fn split_at_spaces(piece: &str) -> Vec<&str> {
    let han = |c: Option<char>| c.is_some_and(|c| is_han(c) || c.is_ascii_digit());
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, _) in piece.match_indices(' ') {
        if han(piece[..at].chars().next_back()) && han(piece[at + 1..].chars().next()) {
            pieces.push(&piece[start..at]);
            start = at + 1;
        }
    }
    pieces.push(&piece[start..]);
    pieces
}

/// A part with no more characters of content than this has no topic of its own (还要加多少).
const NO_TOPIC: usize = 2;

/// Later parts take over the period of the first, and its topic when they name none.
pub fn share_context(queries: &mut [Query]) {
    let Some((first, rest)) = queries.split_first_mut() else {
        return;
    };
    for query in rest {
        if !query.period.is_named() {
            query.period = first.period;
        }
        let content = query
            .content
            .chars()
            .filter(|c| c.is_alphanumeric())
            .count();
        if query.bare || content <= NO_TOPIC {
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
