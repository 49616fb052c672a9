//! What an amount asked for is of (利息是多少), and what is counted (多少个老师).

use std::sync::LazyLock;

use regex::Regex;

use super::lexicon::Lexicon;
use crate::text::{
    Span,
    figures::{NOUNS, UNITS},
    segment::Segmenter,
};

static ASKS_HOW_MUCH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        "(?:多少|多[大高长宽深重远]|几)(?:万|亿|千|百)?(?:({NOUNS})|{UNITS})?|(?:贵|便宜)(?:不|吗|么|嘛|没)"
    ))
    .expect("a test uses it")
});

/// What turns the word before it into an amount: 开户 费, 收购 价.
const SUFFIXES: [&str; 12] = [
    "费", "价", "率", "金", "额", "税", "租", "量", "数", "分", "龄", "期",
];

/// The word of at least two characters right before 多少 (利息 in 利息是多少), only question words
/// between: what the figure must be of. A suffix is taken together with the word before it.
///
/// `words` are the segments of `spoken`.
pub(super) fn attribute(
    spoken: &str,
    words: &[Span],
    lexicon: &Lexicon,
    segmenter: &Segmenter,
) -> Option<String> {
    let asks = ASKS_HOW_MUCH.find(spoken)?.start();
    let mut before = words
        .iter()
        .rev()
        .filter(|word| word.end <= asks)
        .skip_while(|word| lexicon.is_question_word(word.of(spoken)));
    let mut nearest = *before.next()?;
    let end = nearest.end;
    if SUFFIXES.contains(&nearest.of(spoken))
        && let Some(joined) = before.next().filter(|word| word.end == nearest.start)
    {
        nearest.start = joined.start;
    }
    let nearest = nearest.of(spoken);
    // 能多报 is what somebody may do, no name of an amount.
    let verbal = nearest.starts_with(['能', '要', '会', '可', '想', '再', '还', '多', '少']);
    let named = nearest.chars().count() >= 2 && !verbal && !lexicon.is_weak(nearest);
    // After 是 or 有 it can only be a noun (支出是多少).
    let is_subject = spoken[end..asks].contains(['是', '为', '有']);
    (named && (is_subject || segmenter.is_noun(nearest))).then(|| nearest.to_owned())
}

/// The word of at least two characters right after 多少 and its unit: what is counted (老师 in
/// 多少个老师).
///
/// `words` are the segments of `spoken`.
pub(super) fn counted(
    spoken: &str,
    words: &[Span],
    lexicon: &Lexicon,
    segmenter: &Segmenter,
) -> Option<String> {
    let asks = ASKS_HOW_MUCH.captures(spoken)?;
    let noun = asks.get(1).map(|noun| noun.start());
    let asks = noun.or_else(|| asks.get(0).map(|whole| whole.end()))?;
    let next = words.iter().find(|word| word.start >= asks)?;
    let text = next.of(spoken);
    let apart = next.start > asks || text.chars().count() < 2;
    let named = !apart && !lexicon.is_question_word(text) && !lexicon.is_weak(text);
    (named && segmenter.is_noun(text)).then(|| text.to_owned())
}
