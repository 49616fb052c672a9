//! A term that the report uses but does not define: its uses are quoted, the definition is missing.

use crate::{
    answer::{AnswerError, AnswerKind, Gap, Missing, PartAnswer, compose, context::Context},
    corpus::PassageKind,
    retrieval::{MEANS_THE_SAME, Understanding},
    text::{
        normalize::{fold, strip_quotes},
        numerals,
    },
};

/// Characters that a term has.
const TERM_CHARS: std::ops::RangeInclusive<usize> = 2..=12;
/// What a report puts around a term, folded.
const QUOTES: [(char, char); 2] = [('“', '”'), ('"', '"')];
/// What stands between a term and its explanation.
const EXPLAINS: [&str; 6] = [":", "即", "是指", "指", "—", "就是"];
/// Words with which a question asks what the term before them means.
const ASKS: [&str; 10] = [
    "是哪",
    "指哪",
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
        match terms.iter().find_map(|term| use_of(&text, term)) {
            Some(Use::Explained) => return Ok(None),
            Some(Use::Named(term)) if citations.len() < context.limit => {
                citations.push(compose::cite_use(
                    document, &passage, &term, hit.score, query,
                ));
                used.get_or_insert(term);
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
    let before = before.map_or("", |at| without_adverbs(&asked[..at]));
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

/// What stands before the words that ask without 具体, 分别 and the like at its end.
fn without_adverbs(before: &str) -> &str {
    const ADVERBS: [&str; 7] = ["具体", "分别", "到底", "究竟", "都", "各", "说的"];
    let mut before = before.trim();
    while let Some(rest) = ADVERBS
        .iter()
        .find_map(|adverb| before.strip_suffix(adverb))
    {
        before = rest.trim();
    }
    before
}

/// True when `term` counts things and shortens `quoted`: 六大园区 of 六大现代产业园区.
fn shortens(term: &str, quoted: &str) -> bool {
    let counts = |text: &str| text.chars().next().and_then(numerals::digit).is_some();
    let mut rest = quoted.chars();
    counts(term)
        && term.chars().next() == quoted.chars().next()
        && term.chars().last() == quoted.chars().last()
        && TERM_CHARS.contains(&quoted.chars().count())
        && term.chars().all(|wanted| rest.any(|found| found == wanted))
}

/// How a text uses a term.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Use {
    /// In quotes, by this name.
    Named(String),
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
            let (name, beyond) = if shortens(term, quoted) {
                (quoted, Some(""))
            } else {
                (term, term.strip_prefix(quoted))
            };
            let named = quoted.chars().count() >= *TERM_CHARS.start();
            if let Some(beyond) = beyond.filter(|_| named)
                && let Some(after) = after.strip_prefix(beyond)
            {
                let explained =
                    EXPLAINS.iter().any(|word| after.starts_with(word)) || is_listed(&text[..at]);
                return Some(if explained {
                    Use::Explained
                } else {
                    Use::Named(name.to_owned())
                });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests;
