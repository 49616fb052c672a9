//! The list of livelihood items (民生实事) is quoted whole when the question asks for the list itself.

use crate::{
    answer::{AnswerError, AnswerKind, Citation, PartAnswer, compose, context::Context},
    corpus::{LibraryError, Passage, PassageKind, Period},
    retrieval::PeriodConstraint,
    text::{Pattern, Span, numerals},
};

/// What a list of livelihood items is called, and what its words say of it.
const CALLED: [&str; 10] = [
    "实事", "好事", "民生", "百姓", "群众", "农民", "农村", "政府", "政策", "好处",
];
/// What people call what the list promises them.
const GOOD_POLICIES: [&str; 4] = ["好政策", "惠民政策", "利民政策", "好处"];
/// Things that are done for people and counted: 给老百姓办哪十件事.
static DONE_FOR_PEOPLE: Pattern =
    Pattern::new("[给为].{0,6}[办干做].{0,3}(哪|几|十|多少|些)[一二三四五六七八九十]?件");
/// Who asks how far the items have come does not ask which they are.
const HOW_FAR: [&str; 8] = [
    "完",
    "进展",
    "落实",
    "怎么样",
    "咋样",
    "如何",
    "兑现",
    "成了",
];

/// All items of the newest list among the documents asked.
pub(super) fn answer(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    let of_result = matches!(context.query.period(), PeriodConstraint::Done(_));
    if !asks_for_list(context) || of_result {
        return Ok(None);
    }
    let items = items(context)?;
    let listed = !items.is_empty();
    Ok(listed.then(|| PartAnswer::quoting(AnswerKind::Passage, items, None)))
}

/// The items of the newest report among those asked.
fn items(context: &Context<'_>) -> Result<Vec<Citation>, LibraryError> {
    let Some(newest) = context.newest() else {
        return Ok(Vec::new());
    };
    let (library, query) = (context.library(), context.query);
    let passages = library.passages_of(newest)?;
    let items = passages
        .iter()
        .filter(|passage| passage.kind == PassageKind::LivelihoodItem);
    let items: Vec<Citation> = items
        .map(|item| compose::cite_use(newest, item, "", 1.0, query))
        .collect();
    if !items.is_empty() {
        return Ok(items);
    }
    let counted = passages
        .iter()
        .map(|passage| (passage, counted_off(passage)));
    let most = counted.max_by_key(|(_, items)| items.len());
    Ok(most.map_or_else(Vec::new, |(passage, items)| {
        let cite = |span| compose::citation(newest, passage, span, passage.period, 1.0, query);
        items.into_iter().map(cite).collect()
    }))
}

/// The sentences of a plan that count off livelihood items within one paragraph (一是…。二是…。), after
/// the one that announces them; none where it announces nothing.
fn counted_off(passage: &Passage) -> Vec<Span> {
    let texts = passage.sentences.iter();
    let texts = texts.map(|sentence| (sentence.span, sentence.span.of(&passage.text)));
    let mut items: Vec<Span> = Vec::new();
    let mut announced = false;
    for (span, text) in texts {
        let number = text.split_once('是').map(|(number, _)| number);
        let is_next = number.and_then(numerals::parse) == Some(items.len() + 1);
        if announced && is_next {
            items.push(span);
        } else if items.is_empty() {
            announced = text.contains("实事") && matches!(passage.period, Period::Planned(_));
        }
    }
    if items.len() > 1 { items } else { Vec::new() }
}

/// True when 实事 or 办…好事 is asked for, and nothing particular of it.
fn asks_for_list(context: &Context<'_>) -> bool {
    let folded = context.query.folded();
    let named = folded.contains("实事")
        || (folded.contains('办') && folded.contains("好事"))
        || DONE_FOR_PEOPLE.is_match(folded)
        || GOOD_POLICIES.iter().any(|called| folded.contains(called));
    let mut words = context.query.words().iter().map(|word| word.text.as_str());
    // The dictionary finds 民办 (private) in 为民办.
    let for_people = |word: &str| word == "民办" && folded.contains("为民办");
    let of_list = |word: &str| {
        CALLED.iter().any(|called| word.contains(called))
            || word.contains('件')
            || word == "事"
            || for_people(word)
    };
    named
        && !HOW_FAR.iter().any(|word| folded.contains(word))
        && ordinal(folded).is_none()
        && !words.any(|word| !of_list(word) && context.retriever.names_a_matter(word))
}

/// The item that is asked for by its number: 民生实事第七件, or 第七件 after a question about the list.
pub(super) fn item(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    let query = context.query;
    let about = format!("{} {}", query.folded(), query.context());
    let (Some(nth), true) = (ordinal(query.folded()), about.contains("实事")) else {
        return Ok(None);
    };
    let mut items = items(context)?.into_iter();
    let item = nth.checked_sub(1).and_then(|before| items.nth(before));
    Ok(item.map(|item| PartAnswer::quoting(AnswerKind::Passage, vec![item], None)))
}

/// The number of an item asked for: 第七件, 第3项.
fn ordinal(folded: &str) -> Option<usize> {
    let (_, rest) = folded.split_once('第')?;
    let end = rest.find(['件', '项', '条', '个'])?;
    let number = rest[..end].trim();
    numerals::parse(number).or_else(|| number.parse().ok())
}

#[cfg(test)]
mod tests;
