//! Questions of several parts: “开展多少场，争取资金多少？”

use super::{AnswerKind, Citation, Gap, PartAnswer, Status, repeated};
use crate::{
    corpus::PassageId,
    retrieval::{Context, IntentList, Intents, Retriever, Understanding},
    text::han::is_han,
};

/// Parts that are answered at most.
const PARTS: usize = 3;

/// Cuts a question at its punctuation into parts that ask something, at most three; one part when
/// fewer than two of them do.
pub(super) fn split(intents: &Intents, typed: &str) -> Vec<String> {
    let pieces: Vec<&str> = typed
        .split(['，', ',', '、', '；', ';', '？', '?', '。', '\n'])
        .flat_map(split_at_spaces)
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect();
    let asking = pieces.iter().filter(|piece| asks(intents, piece)).count();
    if asking < 2 {
        return vec![typed.to_owned()];
    }
    // What asks nothing introduces the part after it.
    let mut parts: Vec<String> = Vec::new();
    let mut opening = String::new();
    for piece in pieces {
        opening.push_str(piece);
        if asks(intents, piece) {
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
pub(super) fn asks(intents: &Intents, piece: &str) -> bool {
    let opens = piece.ends_with('呢') && piece.chars().count() <= 6;
    // 好几样 asks nothing.
    intents.matches(IntentList::Asking, &piece.replace("好几", "")) && !opens
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

/// A part with no more characters of content than this has no topic of its own (还加多少).
const NO_TOPIC: usize = 2;

/// A later part as it follows on the first: about the same place and year unless it names its own,
/// and about the same topic when it names none.
pub(super) fn after_first(
    part: &Understanding,
    first: &Understanding,
    retriever: &Retriever,
) -> Understanding {
    let (own, of_first) = (part.scope(), first.scope());
    let keeps_year = of_first.year_named && !own.year_named && !own.place_named;
    let content = part.content().chars().filter(|c| c.is_alphanumeric());
    // 还要恢复多少 names nothing of its own.
    let has_topic = !part.is_bare() && content.count() > NO_TOPIC && retriever.has_matter(part);
    part.in_context(&Context {
        scope: keeps_year.then_some(of_first),
        period: Some(first.period()),
        follows: if has_topic {
            Vec::new()
        } else {
            vec![(first, 1.0)]
        },
    })
}

/// The answers to the parts put together; one that lacks something makes the whole partial.
pub(super) fn join(answers: Vec<PartAnswer>, limit: usize) -> PartAnswer {
    let several = answers.len() > 1;
    let mut joined = PartAnswer::not_found();
    for part in answers {
        if joined.status == Status::NotFound {
            joined.status = part.status;
            joined.kind = part.kind;
        }
        if several && part.status != Status::Answered && joined.status == Status::Answered {
            joined.status = Status::Partial;
        }
        if joined.missing.is_none() {
            joined.missing = part.missing;
        }
        for citation in part.citations {
            let mut earlier = joined.citations.iter();
            // Cells of two rows may say the same.
            let elsewhere = |earlier: &Citation| {
                !several
                    && earlier.document_id == citation.document_id
                    && earlier.path != citation.path
            };
            let known =
                earlier.any(|earlier| repeated::repeats(&citation, earlier) && !elsewhere(earlier));
            // One part keeps what it has: a list that was asked for may be longer than the limit.
            if !known && (!several || joined.citations.len() < limit.max(PARTS)) {
                joined.citations.push(citation);
            }
        }
        joined.notices.extend(part.notices);
        joined.related.extend(part.related);
    }
    // That a field is not written is an answer.
    let told = joined
        .missing
        .as_ref()
        .is_some_and(|m| m.asked == Gap::Field);
    if joined.citations.is_empty() && !told {
        joined.status = Status::NotFound;
        joined.kind = AnswerKind::None;
    }
    let cited = |id: &PassageId| joined.citations.iter().any(|c| c.passage_id == *id);
    joined.related.retain(|id| !cited(id));
    joined
}

#[cfg(test)]
mod tests;
