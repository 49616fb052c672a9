//! The glossary answers when the question asks what a term means or names nothing else.

use crate::{
    answer::{AnswerError, AnswerKind, Citation, PartAnswer, compose, context::Context},
    corpus::Library,
    retrieval::{FactKind, Likeness, PeriodConstraint, TermMatch, Understanding},
    text::normalize::strip_quotes,
};

/// Score of a use of the term that is quoted beside its entry.
const USE_SCORE: f32 = 0.5;
/// Entries and uses quoted together at most, unless more entries are asked for.
const QUOTED: usize = 2;
/// Further uses for 更多相关 at most.
const RELATED: usize = 7;

/// The entries of the terms asked for that are recognised most surely, and where the report uses
/// them.
pub(super) fn answer(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    let (library, query, limit) = (context.library(), context.query, context.limit);
    let Some(first) = query.terms().first() else {
        return Ok(None);
    };
    let surest = query.terms().iter();
    let surest = surest.filter(|slogan| slogan.likeness == first.likeness);
    let named = surest.filter(|slogan| asks_for(library, query, slogan));
    let named: Vec<&TermMatch> = named.take(limit).collect();
    if named.is_empty() {
        return Ok(None);
    }
    let mut citations: Vec<Citation> = named
        .iter()
        .filter_map(|slogan| compose::define(library, slogan, query).transpose())
        .collect::<Result<_, _>>()?;
    let mut related = Vec::new();
    for slogan in &named {
        let Some((document, term)) = library.term(slogan.document, slogan.term) else {
            continue;
        };
        for used in &term.used_in {
            if citations.len() >= limit.min(QUOTED) && related.len() >= RELATED {
                break;
            }
            let passage = library.passage(document.at(*used))?;
            if citations.len() < limit.min(QUOTED) {
                let name = &slogan.name;
                let used = compose::cite_use(document, &passage, name, USE_SCORE, query);
                citations.push(used);
            } else {
                related.push(passage.id.clone());
            }
        }
    }
    Ok(Some(PartAnswer {
        related,
        ..PartAnswer::quoting(AnswerKind::Definition, citations, None)
    }))
}

/// True when what the question says beside the slogan is nothing, or stands in the definition.
fn asks_for(library: &Library, query: &Understanding, slogan: &TermMatch) -> bool {
    let Some((_, term)) = library.term(slogan.document, slogan.term) else {
        return false;
    };
    let said = query
        .terms()
        .iter()
        .map(|term| term.span.of(query.folded()));
    let entry = strip_quotes(&term.name) + &strip_quotes(&term.definition);
    let words = query.words().iter().map(|word| word.text.as_str());
    let beside: Vec<&str> = words
        .filter(|word| !said.clone().any(|said| said.contains(word)))
        .filter(|word| !slogan.name.contains(word))
        .collect();
    let told = beside.iter().filter(|word| entry.contains(**word)).count();
    if beside.is_empty() {
        return true;
    }
    // A slogan recognised only nearly must not swallow a real question.
    if slogan.likeness == Likeness::Near && beside.len() > 2 && !query.is_definitional() {
        return false;
    }
    // 一个目标要锁定在哪里: the slogan is what the question is about.
    let length = |text: &str| text.chars().count();
    let beside_chars: usize = beside.iter().map(|word| length(word)).sum();
    if query.period() == PeriodConstraint::Any
        && beside.len() == 1
        && beside_chars < length(&slogan.name)
        && asks_what_or_where(query)
    {
        return true;
    }
    let enough = if query.is_definitional() { 3 } else { 2 };
    told * enough >= beside.len() && query.period() == PeriodConstraint::Any
        || (query.is_definitional() && beside.len() <= 1)
}

/// True for a question that wants no figure.
fn asks_what_or_where(query: &Understanding) -> bool {
    query
        .answer_type()
        .is_none_or(|need| need.kind == FactKind::Where)
}

#[cfg(test)]
mod tests;
