//! Completes questions from what was asked before.

use crate::retrieval::{Message, Query, Retriever};

/// How much the words of the earlier question count in a follow-up.
const EARLIER_WEIGHT: f32 = 0.4;

/// The questions asked before in a conversation.
#[derive(Debug, Clone, Copy, Default)]
pub struct Conversation<'a> {
    /// Oldest first.
    questions: &'a [String],
}

impl<'a> Conversation<'a> {
    /// A conversation of these questions, oldest first.
    #[must_use]
    pub const fn new(questions: &'a [String]) -> Self {
        Self { questions }
    }
}

/// Completes a follow-up (那今年呢, 总产量呢) from the questions before it.
///
/// A question that stands on its own is left as it is.
///
/// `message` is what `query` was made of: it is understood again when the place or the year that an
/// earlier question named gives it another meaning (定西去年修了多少路, then 那今年呢).
#[must_use]
pub fn resolve(
    query: Query,
    message: &Message,
    conversation: Conversation<'_>,
    retriever: &Retriever,
) -> Query {
    if !is_follow_up(&query) {
        return query;
    }
    let questions = conversation.questions.iter().rev();
    let earlier: Vec<Query> = questions.map(|text| retriever.parse(text)).collect();
    let mut query = in_place_and_year(query, message, &earlier, retriever);
    // A chain of follow-ups (那今年呢 after 那去年呢) leans on the last question with content.
    let complete = earlier.iter().position(|earlier| !earlier.bare);
    let leans_on = complete.map_or(earlier.len(), |last| last + 1);
    for earlier in &earlier[..leans_on] {
        query.inherit(earlier, EARLIER_WEIGHT);
    }
    query
}

/// The follow-up with the place and the year of the questions `earlier`, the latest first, unless it
/// names its own.
fn in_place_and_year(
    query: Query,
    message: &Message,
    earlier: &[Query],
    retriever: &Retriever,
) -> Query {
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
    if !retriever.catalog().has_others() || !more {
        return query;
    }
    let year = match (year, word) {
        (Some(year), _) => format!(" {year}年"),
        (None, Some(word)) => format!(" {word}"),
        (None, None) => String::new(),
    };
    let scope = keeps_place.map(|earlier| &earlier.scope);
    retriever.parse_after(&format!("{}{year}", message.text()), scope)
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
