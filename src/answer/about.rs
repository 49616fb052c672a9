//! Answers about the reports themselves, from their front matter and headings.

use time::Date;

use super::{
    AnswerError, AnswerKind, Citation, PartAnswer, compose,
    mention::is_loaded,
    report_head::{AboutReports, ReportHead, ReportTopic},
};
use crate::{
    corpus::{DocumentInfo, DocumentKind, Inventory},
    retrieval::{IntentList, Message, Retriever, Understanding},
};

/// Reports that are named at most.
const NAMED: usize = 3;
/// The head of a report stands in its first passages.
const HEAD: usize = 8;
/// What the head of a report tells; both may be asked at once.
const HEAD_TOPICS: [(IntentList, ReportTopic); 2] = [
    (IntentList::Speaker, ReportTopic::Speaker),
    (IntentList::DeliveredOn, ReportTopic::DeliveredOn),
];
/// Offices whose holders deliver reports.
const OFFICES: [&str; 5] = ["县长", "市长", "区长", "州长", "旗长"];

/// What is answered to `message`, which asks for `topic`; `None` when no report loaded tells it.
///
/// # Errors
/// [`AnswerError`] when a passage cannot be read.
pub(super) fn answer(
    retriever: &Retriever,
    message: &Message,
    topic: ReportTopic,
) -> Result<Option<(PartAnswer, AboutReports)>, AnswerError> {
    let query = retriever.understand_message(message, None);
    let reports = reports(retriever, &query);
    let missing_year = query.other_years().first().copied();
    let cites = matches!(topic, ReportTopic::Speaker | ReportTopic::DeliveredOn);
    let (part, named) = if cites {
        if missing_year.is_some() || names_other_place(retriever, &query) {
            return Ok(None);
        }
        let Some(newest) = reports.first() else {
            return Ok(None);
        };
        let mut citations = Vec::new();
        for (list, told) in HEAD_TOPICS {
            if told == topic || retriever.intents().matches(list, query.folded()) {
                citations.extend(from_head(retriever, newest, told, query.folded())?);
            }
        }
        if citations.is_empty() {
            return Ok(None);
        }
        let part = PartAnswer::quoting(AnswerKind::Passage, citations, None);
        (part, 1)
    } else {
        (PartAnswer::smalltalk(), NAMED)
    };
    let heads = reports.iter().take(named);
    let about = AboutReports {
        topic,
        reports: heads
            .map(|document| match topic {
                ReportTopic::Outline => ReportHead::with_headings(document),
                _ => ReportHead::of(document),
            })
            .collect(),
        inventory: Inventory::of(retriever.library().documents()),
        missing_year,
    };
    Ok(Some((part, about)))
}

/// The work reports that a question is about, newest first; all documents when none is a work report.
fn reports<'a>(retriever: &'a Retriever, query: &Understanding) -> Vec<&'a DocumentInfo> {
    let documents = retriever.library().documents().iter();
    let mut asked: Vec<&DocumentInfo> = documents
        .filter(|document| query.scope().holds(document.index))
        .collect();
    if asked
        .iter()
        .any(|d| d.meta.kind == DocumentKind::WorkReport)
    {
        asked.retain(|document| document.meta.kind == DocumentKind::WorkReport);
    }
    asked.sort_by_key(|document| std::cmp::Reverse(document.meta.year));
    asked
}

/// True for a question that names a place of which nothing is loaded.
fn names_other_place(retriever: &Retriever, query: &Understanding) -> bool {
    let mut places = retriever.places(query.folded()).into_iter();
    places.any(|place| !is_loaded(retriever.library(), &place))
}

/// Who delivered a report, or when, as its head says; `None` when that is not known, or the question
/// names another office.
fn from_head(
    retriever: &Retriever,
    document: &DocumentInfo,
    topic: ReportTopic,
    folded: &str,
) -> Result<Option<Citation>, AnswerError> {
    let meta = &document.meta;
    let library = retriever.library();
    let head = library.passages(document, 0..document.passages.min(HEAD))?;
    let holding = |words: &str| head.iter().find(|passage| passage.text.contains(words));
    let cited = match topic {
        ReportTopic::Speaker => {
            let mut offices = OFFICES.iter().filter(|office| folded.contains(**office));
            let other = offices.any(|office| !meta.speaker.contains(office));
            let name = meta.speaker.split_whitespace().last().filter(|_| !other);
            // The front matter joins office and name, which the report has on two lines.
            name.and_then(|name| holding(name).or(head.first()))
                .map(|passage| (passage, meta.speaker.clone()))
        }
        _ => {
            let date = meta.delivered_on.map(in_words);
            date.and_then(|date| holding(&date))
                .map(|passage| (passage, passage.text.clone()))
        }
    };
    Ok(cited.map(|(passage, words)| compose::cite_words(document, passage, words)))
}

/// 2024年1月21日
pub(super) fn in_words(date: Date) -> String {
    let (year, month, day) = date.to_calendar_date();
    format!("{year}年{}月{day}日", u8::from(month))
}

#[cfg(test)]
mod tests;
