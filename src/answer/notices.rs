//! Lines beside an answer.

use super::{AnswerKind, Citation, Notice, Sources};
use crate::retrieval::{Catalog, Message, Retriever, Understanding};

/// Other places that an answer names at most.
const PLACES_NAMED: usize = 3;
/// Older years that an answer names at most.
const YEARS_NAMED: usize = 5;

/// Says what was searched for in another spelling, and what year words were taken for, each once.
pub(super) fn how_it_was_read(queries: &[&Understanding]) -> Vec<Notice> {
    let mut notices: Vec<Notice> = Vec::new();
    for query in queries {
        let corrections = query.corrections().iter().cloned();
        let told = |notice: &Notice| matches!(notice, Notice::FollowUp(_));
        if !notices.iter().any(told) {
            notices.extend(query.follow_up().cloned().map(Notice::FollowUp));
        }
        notices.extend(corrections.map(Notice::Corrected));
        for (word, year) in query.resolved_years() {
            let year = *year;
            let word = word.clone();
            let notice = Notice::YearResolved { word, year };
            // The columns of a comparison name their years; without a report there are none.
            if year > 1 && query.scope().compared.is_empty() && !notices.contains(&notice) {
                notices.push(notice);
            }
        }
    }
    notices
}

/// Says what else is loaded to somebody who named neither place nor year.
pub(super) fn others_loaded(
    catalog: &Catalog,
    queries: &[&Understanding],
    kind: AnswerKind,
) -> Option<Notice> {
    let named = queries
        .iter()
        .any(|query| query.scope().place_named || query.scope().year_named);
    let asked = matches!(kind, AnswerKind::Passage | AnswerKind::None);
    if named || !asked || !catalog.has_others() || catalog.default_place().is_none() {
        return None;
    }
    Some(Notice::OthersLoaded {
        sources: Sources::of(catalog),
        places: catalog
            .other_places()
            .take(PLACES_NAMED)
            .map(str::to_owned)
            .collect(),
        count: catalog.other_places().count(),
        years: catalog.older_years().take(YEARS_NAMED).collect(),
    })
}

/// Says which years 今年 and 去年 are when the report that is cited first, or else the newest, is
/// older than the calendar year.
pub(super) fn age(
    retriever: &Retriever,
    message: &Message,
    kind: AnswerKind,
    citations: &[Citation],
    this_year: i32,
) -> Option<Notice> {
    let cited = citations.first();
    let cited =
        cited.and_then(|citation| retriever.library().document_by_id(&citation.document_id));
    // A curated answer is no report: 今年 in it is its own affair, and a regulation has none.
    if cited.is_some_and(|document| {
        document.meta.kind.is_titled() || retriever.curated().holds(document.index)
    }) {
        return None;
    }
    let cited = cited.and_then(|document| document.meta.years());
    let years = cited.unwrap_or_else(|| retriever.years());
    let named_in_figures = [years.review, years.plan]
        .iter()
        .any(|year| message.typed().contains(&year.to_string()));
    let undated = kind != AnswerKind::Passage;
    // Where nothing is quoted or no report is loaded there is no 今年 to explain.
    let unknown = citations.is_empty() || years.plan <= 1;
    if unknown || years.plan >= this_year || undated || named_in_figures {
        return None;
    }
    Some(Notice::OlderReport {
        newest: years == retriever.years(),
        year: years.plan,
        review: years.review,
    })
}

/// `notices` with the `age` of the report, which makes a line on each year word needless.
pub(super) fn with_age(notices: impl Iterator<Item = Notice>, age: Option<Notice>) -> Vec<Notice> {
    let dated = age.is_some();
    let needed = notices.filter(|notice| !dated || !matches!(notice, Notice::YearResolved { .. }));
    needed.chain(age).collect()
}
