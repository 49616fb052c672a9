//! A term that the report uses but does not define: its uses are quoted, the definition is missing.

use crate::{
    answer::{AnswerError, AnswerKind, Gap, Missing, PartAnswer, compose, context::Context},
    corpus::PassageKind,
    retrieval::{MEANS_THE_SAME, Understanding},
    text::normalize::{fold, strip_quotes},
};

/// Characters that a term has.
const TERM_CHARS: std::ops::RangeInclusive<usize> = 2..=12;
/// What a report puts around a term, folded.
const QUOTES: [(char, char); 2] = [('“', '”'), ('"', '"')];
/// What stands between a term and its explanation.
const EXPLAINS: [&str; 6] = [":", "即", "是指", "指", "—", "就是"];
/// Words with which a question asks what the term before them means.
const ASKS: [&str; 9] = [
    "是哪",
    "是什么",
    "是啥",
    "是指",
    "指的",
    "指什么",
    "包括哪",
    "有哪",
    "都有",
];

/// The passages that use what the question wants explained, in quotes, and explain it nowhere.
pub(super) fn answer(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    let (library, query) = (context.library(), context.query);
    if !query.is_definitional() {
        return Ok(None);
    }
    let terms = terms(query);
    let mut used: Option<String> = None;
    let mut citations = Vec::new();
    for hit in context.hits()? {
        let (document, passage) = library.cited(hit.at)?;
        // What the glossary explains is explained, whatever its entry calls it.
        let is_term = |heading: &String| terms.contains(&fold(&strip_quotes(heading)));
        if passage.kind == PassageKind::Entry && passage.path.iter().any(is_term) {
            return Ok(None);
        }
        let text = fold(&passage.text);
        let found = terms
            .iter()
            .find_map(|term| Some((term, use_of(&text, term)?)));
        match found {
            Some((_, Use::Explained)) => return Ok(None),
            Some((term, Use::Named)) if citations.len() < context.limit => {
                citations.push(compose::cite_use(
                    document, &passage, term, hit.score, query,
                ));
                used.get_or_insert_with(|| term.clone());
            }
            _ => {}
        }
    }
    let Some(term) = used else { return Ok(None) };
    let missing = Missing::of(Gap::Definition, term);
    Ok(Some(PartAnswer::quoting(
        AnswerKind::Passage,
        citations,
        Some(missing),
    )))
}

/// What the question may want explained, folded: its topic, what stands before the words that ask,
/// and what officials call either.
fn terms(query: &Understanding) -> Vec<String> {
    let asked = strip_quotes(query.folded());
    let before = ASKS.iter().filter_map(|ask| asked.find(ask)).min();
    let before = before.map_or("", |at| asked[..at].trim());
    let topic = query.topic();
    let wanted = |typed: &str| typed == topic || before.ends_with(typed);
    let everyday = query.expansions().iter().filter(|it| wanted(&it.typed));
    let official = everyday.flat_map(|everyday| &everyday.synonyms);
    let official = official.filter(|synonym| synonym.weight >= MEANS_THE_SAME);
    let mut terms = vec![topic.clone(), before.to_owned()];
    terms.extend(official.map(|synonym| synonym.word.clone()));
    terms.retain(|term| !term.contains(' ') && TERM_CHARS.contains(&term.chars().count()));
    terms
}

/// How a text uses a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// In quotes.
    Named,
    /// In quotes, and what follows says what it is.
    Explained,
}

/// True for what stands before a term that it sums up: 厕所、垃圾、污水“三大革命”.
fn is_listed(before: &str) -> bool {
    let clause = before
        .rsplit(['，', ',', '。', ';', '；'])
        .next()
        .unwrap_or_default();
    clause.matches('、').count() >= 2
        || (clause.contains('、') && clause.chars().any(|c| c.is_ascii_digit()))
}

/// How a folded text uses `term`: quotes may end before it does (“五治”融合).
fn use_of(text: &str, term: &str) -> Option<Use> {
    for (open, close) in QUOTES {
        for (at, _) in text.match_indices(open) {
            let rest = &text[at + open.len_utf8()..];
            let Some(end) = rest.find(close) else {
                continue;
            };
            let (quoted, after) = (&rest[..end], &rest[end + close.len_utf8()..]);
            let beyond = term.strip_prefix(quoted);
            let named = quoted.chars().count() >= *TERM_CHARS.start();
            if let Some(beyond) = beyond.filter(|_| named)
                && let Some(after) = after.strip_prefix(beyond)
            {
                let explained =
                    EXPLAINS.iter().any(|word| after.starts_with(word)) || is_listed(&text[..at]);
                return Some(if explained {
                    Use::Explained
                } else {
                    Use::Named
                });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests;
