//! Completes questions from what was asked before.

use crate::retrieval::{Context, Message, Retriever, Understanding};

/// How much the words of the earlier question count in a follow-up.
const EARLIER_WEIGHT: f32 = 0.4;

/// Completes a follow-up (那今年呢, 总产量呢) from the questions before it, `history`, oldest first.
///
/// A question that stands on its own is left as it is.
///
/// `message` is what `query` was made of: it is understood again when the place or the year that an
/// earlier question named gives it another meaning (定西去年修了多少路, then 那今年呢).
#[must_use]
pub fn resolve(
    query: Understanding,
    message: &Message,
    history: &[String],
    retriever: &Retriever,
) -> Understanding {
    if !is_follow_up(&query) {
        return query;
    }
    let questions = history.iter().rev();
    let earlier: Vec<Understanding> = questions
        .map(|text| retriever.understand(text, None))
        .collect();
    let again = in_place_and_year(&query, message, &earlier, retriever);
    // A chain of follow-ups (那今年呢 after 那去年呢) leans on the last question with content.
    let complete = earlier.iter().position(|earlier| !earlier.is_bare());
    let leans_on = complete.map_or(earlier.len(), |last| last + 1);
    let follows = earlier[..leans_on].iter();
    again.unwrap_or(query).in_context(&Context {
        follows: follows.map(|earlier| (earlier, EARLIER_WEIGHT)).collect(),
        ..Context::default()
    })
}

/// The follow-up in the place and the year of the questions `earlier`, the latest first, unless it
/// names its own; `None` when they make no difference.
fn in_place_and_year(
    query: &Understanding,
    message: &Message,
    earlier: &[Understanding],
    retriever: &Retriever,
) -> Option<Understanding> {
    let names_place = query.scope().place_named;
    let names_year = query.scope().year_named || !query.resolved_years().is_empty();
    let place = earlier.iter().find(|earlier| earlier.scope().place_named);
    let place = place.filter(|_| !names_place);
    let year = earlier.iter().find(|earlier| earlier.scope().year_named);
    let year = year.filter(|_| !names_year);
    let year = year.and_then(|earlier| earlier.period().year());
    // 今年 is another year elsewhere: the word goes on, not what it stood for.
    let keeps_word = names_place && query.resolved_years().is_empty();
    let word = earlier.first().filter(|_| keeps_word);
    let word = word.and_then(|earlier| earlier.resolved_years().first());
    let more = place.is_some() || year.is_some() || word.is_some();
    if !retriever.catalog().has_others() || !more {
        return None;
    }
    let year = match (year, word) {
        (Some(year), _) => format!(" {year}年"),
        (None, Some((word, _))) => format!(" {word}"),
        (None, None) => String::new(),
    };
    let scope = place.map(Understanding::scope);
    Some(retriever.understand(&format!("{}{year}", message.text()), scope))
}

fn is_follow_up(query: &Understanding) -> bool {
    // 六比访 after another question asks for the slogan.
    if !query.terms().is_empty() {
        return false;
    }
    let text = query.folded().trim_end_matches(['?', '。', '!', ' ']);
    let opens = ["那", "还有", "另外", "再"]
        .iter()
        .any(|word| text.starts_with(word))
        || text.contains("年呢");
    let ends = text.ends_with('呢');
    let content = query
        .content()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .count();
    query.is_bare() || ((opens || ends) && content <= 8) || content <= 3
}

#[cfg(test)]
mod follow_up_tests;
