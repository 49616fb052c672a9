//! Completes questions from what was asked before.

use crate::retrieval::{Query, Retriever};

/// How much the words of the earlier question count in a follow-up.
const EARLIER_WEIGHT: f32 = 0.4;

/// Completes a follow-up (那今年呢, 总产量呢) from the questions before it, oldest first.
///
/// A question that stands on its own is left as it is.
///
/// `typed` is what `query` was made of: it is parsed again when the place or the year that an earlier
/// question named gives it another meaning (定西去年修了多少路, then 那今年呢).
pub fn resolve(query: &mut Query, typed: &str, history: &[String], retriever: &Retriever) {
    if !is_follow_up(query) {
        return;
    }
    let earlier: Vec<Query> = history.iter().rev().map(|q| retriever.parse(q)).collect();
    let place = earlier.iter().find(|earlier| earlier.scope.place_named);
    let keeps_place = place.filter(|_| !query.scope.place_named);
    let year = (!query.scope.year_named && query.resolved.is_empty())
        .then(|| {
            earlier
                .iter()
                .find(|earlier| earlier.scope.year_named)?
                .period
                .year()
        })
        .flatten();
    // 今年 is another year elsewhere: the word goes on, not what it stood for.
    let word = (query.scope.place_named && query.resolved.is_empty())
        .then(|| earlier.first()?.resolved.first().map(|(word, _)| word))
        .flatten();
    let more = keeps_place.is_some() || year.is_some() || word.is_some();
    if retriever.catalog().has_others() && more {
        let year = match (year, word) {
            (Some(year), _) => format!(" {year}年"),
            (None, Some(word)) => format!(" {word}"),
            (None, None) => String::new(),
        };
        let scope = keeps_place.map(|earlier| &earlier.scope);
        *query = retriever.parse_after(&format!("{typed}{year}"), scope);
    }
    // A chain of follow-ups (那今年呢 after 那去年呢) leans on the last question with content.
    for earlier in earlier {
        let complete = !earlier.bare;
        query.inherit(&earlier, EARLIER_WEIGHT);
        if complete {
            break;
        }
    }
}

fn is_follow_up(query: &Query) -> bool {
    // 六比访 after another question asks for the slogan.
    if !query.slogans.is_empty() {
        return false;
    }
    let text = query.folded.trim_end_matches(['?', '。', '!', ' ']);
    let opens = ["那", "还有", "另外", "再"]
        .iter()
        .any(|word| text.starts_with(word))
        || text.contains("年呢");
    let ends = text.ends_with('呢');
    let content = query
        .content
        .chars()
        .filter(|c| c.is_alphanumeric())
        .count();
    query.bare || ((opens || ends) && content <= 8) || content <= 3
}
