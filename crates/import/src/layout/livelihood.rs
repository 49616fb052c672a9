//! Recognises livelihood lists (民生实事), within a paragraph or with one item per line.

use wenzheng_text::{Pattern, numerals};

/// The sentence that opens a livelihood list.
static INTRO: Pattern = Pattern::new("实事[^。！？]{0,20}?[：:。]");
/// The number of items that a sentence announces.
static COUNT: Pattern = Pattern::new("([0-9]{1,2}|[一二三四五六七八九十]{1,3})[件项]");

/// A livelihood list within a paragraph.
pub(crate) struct Livelihood<'a> {
    /// Up to and including the ：.
    pub(crate) intro: &'a str,
    pub(crate) items: Vec<&'a str>,
    /// Text after the sentence of the last item.
    pub(crate) rest: &'a str,
}

/// Numbering of items: 一是, （1）, 1.
const COUNTS: [fn(usize) -> String; 7] = [
    |n| format!("{}是", numerals::write(n)),
    |n| format!("（{n}）"),
    |n| format!("{n}."),
    |n| format!("{n}．"),
    |n| format!("{n}、"),
    circled,
    |n| format!("第{}，", numerals::write(n)),
];
/// Further numbering for one item per line, which sections use as well.
const HEADING_COUNTS: [fn(usize) -> String; 2] = [
    |n| format!("（{}）", numerals::write(n)),
    |n| format!("{}、", numerals::write(n)),
];
/// Fewest items of a numbered list.
const LEAST: usize = 3;
/// Fewest items of a list without numbers.
const LEAST_UNCOUNTED: usize = 5;
/// Maximum number of items, one per line.
const MOST: usize = 40;

/// ① to ⑳; beyond that a character that never occurs.
fn circled(n: usize) -> String {
    let mark = u32::try_from(n).ok().filter(|n| (1..=20).contains(n));
    let mark = mark.and_then(|n| char::from_u32(0x245f + n));
    mark.map_or_else(|| "\u{0}".to_owned(), String::from)
}

/// Longest paragraph searched for a list, in bytes.
const LONGEST: usize = 60_000;
/// Maximum number of sentences tried as the opening of a list.
const INTROS: usize = 20;

/// Finds the livelihood list within a paragraph.
pub(crate) fn within(text: &str) -> Option<Livelihood<'_>> {
    let text = Some(text).filter(|text| text.len() <= LONGEST)?;
    INTRO.find_iter(text).take(INTROS).find_map(|intro| {
        let at = intro.end();
        counted(text, at).or_else(|| uncounted(text, at))
    })
}

fn counted(text: &str, intro: usize) -> Option<Livelihood<'_>> {
    let count = COUNTS
        .iter()
        .find(|count| text[intro..].starts_with(&count(1)))?;
    let mut starts = vec![intro];
    while let Some(last) = starts.last()
        && let Some(next) = next_item(text, *last, &count(starts.len() + 1))
    {
        starts.push(next);
    }
    if starts.len() < LEAST {
        return None;
    }
    let last = *starts.last()?;
    let end = end_of_sentence(text, last);
    let ends = starts[1..].iter().copied().chain([end]);
    Some(Livelihood {
        intro: &text[..intro],
        items: starts
            .iter()
            .zip(ends)
            .map(|(start, end)| &text[*start..end])
            .collect(),
        rest: &text[end..],
    })
}

/// A list divided by ；only: it must have the announced number of items or, if none is announced, many.
fn uncounted(text: &str, intro: usize) -> Option<Livelihood<'_>> {
    if !text[..intro].ends_with(['：', ':']) {
        return None;
    }
    let said = said(&text[..intro]);
    let end = end_of_sentence(text, intro);
    let items: Vec<&str> = text[intro..end].split_inclusive('；').collect();
    let many = if said.is_some() {
        LEAST
    } else {
        LEAST_UNCOUNTED
    };
    let all = said.is_none_or(|said| said == items.len());
    (all && items.len() >= many).then(|| Livelihood {
        intro: &text[..intro],
        items,
        rest: &text[end..],
    })
}

/// The last number of items that the last sentence of `intro` announces.
fn said(intro: &str) -> Option<usize> {
    let sentence = intro.trim_end_matches(['。', '：', ':']);
    let sentence = sentence.rsplit('。').next().unwrap_or(sentence);
    let count = COUNT.captures_iter(sentence).last()?;
    count[1].parse().ok().or_else(|| numerals::parse(&count[1]))
}

fn end_of_sentence(text: &str, from: usize) -> usize {
    text[from..]
        .find('。')
        .map_or(text.len(), |at| from + at + '。'.len_utf8())
}

/// Position after `from` where `mark` opens a sentence or clause.
fn next_item(text: &str, from: usize, mark: &str) -> Option<usize> {
    let body = &text[from..];
    body.match_indices(mark)
        .find(|(at, _)| body[..*at].ends_with(['。', '；', '！']))
        .map(|(at, _)| from + at)
}

/// Counts the paragraphs after `intro` that are items of the list it opens; 0 if it opens none.
pub(crate) fn lines<'a>(intro: &str, below: impl Iterator<Item = &'a str>) -> usize {
    let opens = INTRO
        .find_iter(intro)
        .last()
        .is_some_and(|found| found.end() == intro.len());
    if !opens {
        return 0;
    }
    let below: Vec<&str> = below.take(MOST).collect();
    let Some(first) = below.first() else { return 0 };
    let said = said(intro);
    let length = |count: &fn(usize) -> String| {
        let matching = below
            .iter()
            .enumerate()
            .take_while(|(n, text)| text.starts_with(&count(n + 1)));
        matching.count()
    };
    if let Some(count) = COUNTS.iter().find(|count| first.starts_with(&count(1))) {
        return Some(length(count)).filter(|n| *n >= LEAST).unwrap_or(0);
    }
    if let Some(count) = HEADING_COUNTS
        .iter()
        .find(|count| first.starts_with(&count(1)))
    {
        return Some(length(count))
            .filter(|n| Some(*n) == said)
            .unwrap_or(0);
    }
    // Without numbers: clauses ending in ；up to one ending in 。
    let clauses = below.iter().take_while(|text| text.ends_with('；')).count();
    let closed = below.get(clauses).is_some_and(|text| text.ends_with('。'));
    let items = clauses + usize::from(closed);
    if clauses > 0 && said.is_none_or(|said| said == items) && items >= LEAST {
        items
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str) -> Vec<&str> {
        within(text).map_or_else(Vec::new, |list| list.items)
    }

    #[test]
    fn lists_count_in_many_ways() {
        for text in [
            "办好3件实事。1.新增就业1.5万人。2.新建幼儿园7所。3.供水。",
            "办好3件民生实事。（1）示范点50个。（2）供水。（3）修路。",
            "办好为民实事：①修路；②供水；③供气。",
            "办好3件民生实事：周转宿舍建设工程；“两癌”检查；体育中心建设。",
        ] {
            assert_eq!(items(text).len(), 3, "{text}");
        }
        assert!(items("办好10件民生实事：甲；乙；丙。").is_empty());
    }

    #[test]
    fn a_list_may_have_one_item_a_line() {
        let count = |intro: &str, below: &[&str]| lines(intro, below.iter().copied());
        let intro = "今年办好三件民生实事：";
        assert_eq!(count(intro, &["1.修路。", "2.供水。", "3.供气。", "四"]), 3);
        assert_eq!(count(intro, &["修路；", "供水；", "供气。", "又"]), 3);
        assert_eq!(
            count(intro, &["（一）修路。", "（二）供水。", "（三）供气。"]),
            3
        );
        assert_eq!(count(intro, &["（一）修路。", "（二）供水。"]), 0);
        assert_eq!(
            count("抓好工作：", &["1.修路。", "2.供水。", "3.供气。"]),
            0
        );
    }
}
