//! Picking one of the choices.

use wenzheng_text::{Span, normalize, numerals};

use crate::{choice::Choice, variable::Cues};

/// The choice that `said`, a folded text, picks by its label, by its mark or as 第2个.
pub(super) fn choice<'c>(choices: &'c [Choice], said: &str) -> Option<&'c Choice> {
    let plain = |text: &str| normalize::fold(text).replace(['–', '—', '~'], "-");
    let said = plain(said);
    let labelled = choices.iter().find(|one| plain(&one.label) == said);
    let picked = said.strip_prefix('选').unwrap_or(&said);
    let marked = || {
        choices
            .iter()
            .find(|one| normalize::fold(&one.mark) == picked)
    };
    labelled.or_else(marked).or_else(|| {
        // 第2个, 选2
        let ordinal = picked
            .strip_prefix('第')
            .or_else(|| said.strip_prefix('选'))?;
        let number = ordinal.trim_end_matches(['个', '项', '种']);
        let number: usize = number.parse().ok().or_else(|| numerals::parse(number))?;
        choices.get(number.checked_sub(1)?)
    })
}

/// The choice that a sign from ① to ⑳ picks.
pub(super) fn circled<'c>(choices: &'c [Choice], reply: &str) -> Option<&'c Choice> {
    let mut chars = reply.trim().chars();
    let (sign, rest) = (chars.next()?, chars.next());
    let at = u32::from(sign).checked_sub(u32::from('①'))?;
    choices
        .get(usize::try_from(at).ok()?)
        .filter(|_| rest.is_none())
}

/// The one of `values` that says that none of the others is so (都不是, 没有残疾证), for a bare 不是 or 没有.
pub(super) fn none_of<'v>(values: &'v [String], said: &str) -> Option<&'v str> {
    const NONE: [&str; 4] = ["都不是", "没有", "不是", "无"];
    let is_none = |value: &&String| NONE.iter().any(|none| value.starts_with(none));
    let mut nones = values.iter().filter(is_none);
    let first = nones.next().filter(|_| nones.next().is_none())?;
    matches!(
        said,
        "不是" | "没有" | "都不是" | "都没有" | "不" | "没" | "无"
    )
    .then_some(first)
}

/// The one of `values` that `text` names, itself or by another word, with where; `None` if it names none,
/// several, or says that it is not so. 低保边缘 does not name 低保.
pub(crate) fn value_in<'v>(
    values: &'v [String],
    cues: &'v Cues,
    text: &str,
) -> Option<(&'v str, Span)> {
    let names = values.iter().map(|value| (value.as_str(), value.as_str()));
    let also = cues.also.iter();
    let names = names.chain(also.map(|(value, word)| (value.as_str(), word.as_str())));
    let mut found: Vec<(&str, Span)> = names
        .flat_map(|(value, word)| {
            let places = text.match_indices(word);
            places.map(move |(at, word)| (value, Span::new(at, at + word.len())))
        })
        .collect();
    let all: Vec<Span> = found.iter().map(|(_, span)| *span).collect();
    found.retain(|(_, span)| {
        !all.iter()
            .any(|other| other != span && other.contains(*span))
    });
    let (value, span) = *found.first()?;
    let is_same = found.iter().all(|(other, _)| *other == value);
    let before = text[..span.start].trim_end();
    let is_negated = ["不是", "不", "没有", "没", "非"]
        .iter()
        .any(|not| before.ends_with(not));
    (is_same && !is_negated).then_some((value, span))
}
