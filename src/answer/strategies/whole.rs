//! Questions about the report as a whole: the headings of a year's work, the problems it names.

use crate::{
    answer::{AnswerError, AnswerKind, Citation, PartAnswer, compose, context::Context},
    corpus::{DocumentInfo, Period},
    retrieval::{IntentList, PeriodConstraint, Understanding},
    text::numerals,
};

/// Words that say no more than that the whole is asked for.
const OF_THE_WHOLE: [&str; 40] = [
    "工作", "重点", "主要", "任务", "安排", "方面", "总结", "概括", "归纳", "梳理", "报告", "政府",
    "介绍", "内容", "问题", "短板", "不足", "困难", "挑战", "差距", "存在", "面临", "指出", "目前",
    "当前", "全县", "全市", "全省", "我县", "我市", "我省", "县里", "市里", "发展", "打算", "计划",
    "新", "县", "市", "省",
];

/// The headings of the plan, or of the review when the year before is asked for.
pub(super) fn priorities(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    let query = context.query;
    if !asks(context, IntentList::Priorities) {
        return Ok(None);
    }
    let Some(newest) = newest(context) else {
        return Ok(None);
    };
    let wants_result = matches!(
        query.period(),
        PeriodConstraint::Done(_) | PeriodConstraint::LeansDone
    );
    let of_part = |period: Period| match period {
        Period::Done(_) => wants_result,
        Period::Planned(_) => !wants_result,
        Period::Assessment | Period::Undated => false,
    };
    let passages = context.library().passages_of(newest)?;
    let mut headings: Vec<(String, Citation)> = Vec::new();
    for passage in passages.iter().filter(|passage| of_part(passage.period)) {
        let Some(heading) = passage.path.get(1).filter(|heading| is_numbered(heading)) else {
            continue;
        };
        if headings.iter().all(|(known, _)| known != heading) {
            let citation = compose::heading(newest, passage, heading, query);
            headings.push((heading.clone(), citation));
        }
    }
    let citations: Vec<Citation> = headings.into_iter().map(|(_, citation)| citation).collect();
    Ok(listed(citations))
}

/// The problems that the report names, a sentence each.
pub(super) fn problems(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    if !asks(context, IntentList::Problems) {
        return Ok(None);
    }
    let Some(newest) = newest(context) else {
        return Ok(None);
    };
    let mut citations = Vec::new();
    for passage in context.library().passages_of(newest)? {
        let sentences = passage.sentences.iter();
        for sentence in sentences.filter(|sentence| sentence.period == Period::Assessment) {
            let span = sentence.span;
            citations.push(compose::cite_span(
                newest,
                &passage,
                span,
                sentence.period,
                context.query,
            ));
        }
    }
    Ok(listed(citations))
}

fn listed(citations: Vec<Citation>) -> Option<PartAnswer> {
    (citations.len() > 1).then(|| PartAnswer::quoting(AnswerKind::Passage, citations, None))
}

/// True when the question asks for what is in `list`, and names no matter of its own.
fn asks(context: &Context<'_>, list: IntentList) -> bool {
    let (retriever, query) = (context.retriever, context.query);
    retriever.intents().matches(list, query.folded()) && !names_a_matter(context, query)
}

fn names_a_matter(context: &Context<'_>, query: &Understanding) -> bool {
    let mut documents = context.library().documents().iter();
    let is_place = |word: &str| documents.any(|document| document.meta.place.contains(word));
    let mut words = query.words().iter().map(|word| word.text.as_str());
    let general = |word: &str| OF_THE_WHOLE.contains(&word) || numerals::parse(word).is_some();
    let counted = |word: &str| word.ends_with('个') || word.chars().count() < 2;
    let mut is_place = is_place;
    words.any(|word| !general(word) && !counted(word) && !is_place(word))
}

/// The newest report among those asked.
fn newest<'a>(context: &Context<'a>) -> Option<&'a DocumentInfo> {
    let documents = context.library().documents().iter();
    let asked = documents.filter(|document| context.query.scope().holds(document.index));
    asked.max_by_key(|document| document.meta.year)
}

/// True for a heading that counts off a part: 一、, (二).
fn is_numbered(heading: &str) -> bool {
    let number = heading.trim_start_matches(['（', '(', '第']);
    let end = number.find(['、', '）', ')', '.', '是']);
    end.is_some_and(|end| numerals::parse(&number[..end]).is_some())
}

#[cfg(test)]
mod tests;
