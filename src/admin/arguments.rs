//! What stands behind the name of a command: numbers, days, words.

use crate::text::normalize;

/// The text without blanks around it; `None` when nothing is left.
pub(super) fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The first word, and the rest.
pub(super) fn first(text: &str) -> (&str, &str) {
    let text = text.trim();
    let end = text.find(|c: char| c.is_whitespace()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    (word, rest.trim())
}

/// A positive number, in digits of any width.
pub(super) fn number(text: &str) -> Option<i64> {
    let text = normalize::narrow_digits(text.trim());
    let number = text
        .trim_start_matches(['#', '第'])
        .trim_end_matches(['版', '号', '个']);
    number.trim().parse().ok().filter(|number| *number > 0)
}

/// Both sides of the first equals sign.
pub(super) fn sides(rest: &str) -> Option<(&str, &str)> {
    let (left, right) = rest.split_once(['=', '＝'])?;
    let (left, right) = (left.trim(), right.trim());
    (!left.is_empty()).then_some((left, right))
}

/// A word without blanks, of 20 characters at most.
pub(super) fn one_word(text: &str) -> Option<String> {
    let word = some(text)?;
    let fits = !word.contains(char::is_whitespace) && word.chars().count() <= 20;
    fits.then_some(word)
}

/// Midnight of a day in China (`2026-11-30`), in milliseconds since 1970; `None` when it is none.
#[must_use]
pub fn day_at(text: &str) -> Option<i64> {
    let format = time::macros::format_description!("[year]-[month]-[day]");
    let day = time::Date::parse(text, format).ok()?;
    let midnight = day.midnight().assume_offset(time::macros::offset!(+8));
    Some(midnight.unix_timestamp() * 1000)
}

/// A day of China with a time, or its beginning, in milliseconds since 1970.
pub(super) fn moment(text: &str) -> Option<i64> {
    let (day, time) = first(text);
    let day = day_at(day)?;
    if time.is_empty() {
        return Some(day);
    }
    let time = normalize::narrow_digits(time);
    let (hour, minute) = time.split_once([':', '：'])?;
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    let within = (0..24).contains(&hour) && (0..60).contains(&minute);
    within.then_some(day + (hour * 60 + minute) * 60_000)
}

/// The state of a topic, as it is typed.
pub(super) fn topic_state(word: &str) -> Option<&'static str> {
    Some(match word {
        "待处理" | "open" => "open",
        "处理中" | "in_hand" => "in_hand",
        "已解决" | "answered" => "answered",
        "不归我们" | "not_ours" => "not_ours",
        "忽略" | "ignored" => "ignored",
        _ => return None,
    })
}
