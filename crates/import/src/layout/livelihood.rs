//! Recognises livelihood lists (民生实事), within a paragraph or with one item per line.

use wenzheng_text::{Pattern, numerals};

/// The sentence that opens a livelihood list. Projects are livelihood items only if they are counted.
static INTRO: Pattern = Pattern::new(
    "(?:实事|[0-9一二三四五六七八九十]{1,3}[件项大个][^，。；：]{0,6}(?:民生|惠民|利民|为民|便民)[^，。；：]{0,4}(?:工程|项目))[^。！？]{0,20}?[：:。]",
);
/// The number of items that a sentence announces.
static COUNT: Pattern = Pattern::new(
    "([0-9]{1,2}|[一两二三四五六七八九十]{1,3})(?:[件项]|个方面|大(?:民生|惠民|实事))",
);

/// A livelihood list within a paragraph.
pub(crate) struct Livelihood<'a> {
    /// Up to and including the ：.
    pub(crate) intro: &'a str,
    pub(crate) items: Vec<&'a str>,
    /// Text after the sentence of the last item.
    pub(crate) rest: &'a str,
}

/// A way to number items.
#[derive(Clone, Copy)]
struct Count {
    /// The marks of the n-th item; some files mix `1.` and `1．`.
    marks: fn(usize) -> Vec<String>,
    /// True if an item may follow a comma: …，二是….
    after_comma: bool,
}

/// Numbering of items: 一是, （1）, 1.
const COUNTS: [Count; 5] = [
    Count {
        marks: |n| vec![format!("{}是", numerals::write(n))],
        after_comma: true,
    },
    Count {
        marks: |n| vec![format!("（{n}）")],
        after_comma: true,
    },
    Count {
        marks: |n| vec![format!("{n}."), format!("{n}．"), format!("{n}、")],
        after_comma: false,
    },
    Count {
        marks: |n| circled(n).into_iter().collect(),
        after_comma: true,
    },
    Count {
        marks: |n| {
            let n = numerals::write(n);
            vec![format!("第{n}，"), format!("第{n}、"), format!("第{n}件")]
        },
        after_comma: false,
    },
];
/// Further numbering for one item per line, which sections use as well.
const HEADING_COUNTS: [Count; 2] = [
    Count {
        marks: |n| vec![format!("（{}）", numerals::write(n))],
        after_comma: false,
    },
    Count {
        marks: |n| vec![format!("{}、", numerals::write(n))],
        after_comma: false,
    },
];
/// Fewest items of a numbered list.
const LEAST: usize = 3;
/// Fewest items of a list without numbers.
const LEAST_UNCOUNTED: usize = 5;
/// Maximum number of items, one per line.
const MOST: usize = 40;
/// Most paragraphs of a list.
pub(crate) const MOST_LINES: usize = MOST * 2;
/// Most paragraphs that stand below an item as its explanation.
const BELOW: usize = 4;

impl Count {
    /// True if `text` begins with the mark of the n-th item, and not with a figure (1.5万).
    fn opens(self, text: &str, n: usize) -> bool {
        (self.marks)(n).iter().any(|mark| {
            text.strip_prefix(mark.as_str()).is_some_and(|rest| {
                !mark.ends_with('.') || !rest.starts_with(|c: char| c.is_ascii_digit())
            })
        })
    }

    /// Position after `from` where the n-th item opens a sentence or clause.
    fn next(self, text: &str, from: usize, n: usize) -> Option<usize> {
        let body = &text[from..];
        let fits = |at: &usize| {
            let before = body[..*at].trim_end();
            before.ends_with(['。', '；', '！'])
                || (self.after_comma && before.ends_with(['，', '、']))
        };
        let marks = (self.marks)(n);
        let first = |mark: &String| {
            let found = body.match_indices(mark.as_str()).map(|(at, _)| at);
            found.filter(|at| self.opens(&body[*at..], n)).find(fits)
        };
        marks.iter().filter_map(first).min().map(|at| from + at)
    }
}

/// ① to ⑳.
fn circled(n: usize) -> Option<String> {
    let mark = u32::try_from(n).ok().filter(|n| (1..=20).contains(n))?;
    char::from_u32(0x245f + mark).map(String::from)
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
    let first = text.len() - text[intro..].trim_start().len();
    let count = COUNTS.iter().find(|count| count.opens(&text[first..], 1))?;
    let mut starts = vec![first];
    while let Some(last) = starts.last()
        && let Some(next) = count.next(text, *last, starts.len() + 1)
    {
        starts.push(next);
    }
    if starts.len() < least(said(&text[..intro])) {
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
            .map(|(start, end)| text[*start..end].trim_end())
            .collect(),
        rest: text[end..].trim_start(),
    })
}

/// Fewest items of a numbered list that announces `said`.
fn least(said: Option<usize>) -> usize {
    said.map_or(LEAST, |said| said.clamp(2, LEAST))
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
    let n = count[1].replace('两', "二");
    n.parse().ok().or_else(|| numerals::parse(&n))
}

fn end_of_sentence(text: &str, from: usize) -> usize {
    text[from..]
        .find('。')
        .map_or(text.len(), |at| from + at + '。'.len_utf8())
}

/// A livelihood list with its items in paragraphs of their own.
#[derive(Debug, Default)]
pub(crate) struct Below {
    /// The items, each with the index of its first paragraph.
    pub(crate) items: Vec<(usize, String)>,
    /// Number of paragraphs of the list.
    pub(crate) length: usize,
}

/// Reads the list that `intro` opens from the paragraphs below it; empty if it opens none. What stands
/// below an item is part of it.
pub(crate) fn below(intro: &str, below: &[&str]) -> Below {
    let list = lines(intro, below.iter().copied());
    let mut items: Vec<(usize, String)> = Vec::new();
    for (n, (text, is_item)) in below.iter().zip(&list).enumerate() {
        match items.last_mut() {
            Some((_, item)) if !is_item => {
                if item.ends_with(char::is_alphanumeric) {
                    item.push(' ');
                }
                item.push_str(text);
            }
            _ => items.push((n, (*text).to_owned())),
        }
    }
    Below {
        items,
        length: list.len(),
    }
}

/// Finds the items, one a paragraph, of the list that `intro` opens: for every paragraph of the list,
/// whether it is an item or stands below one; empty if `intro` opens none.
fn lines<'a>(intro: &str, below: impl Iterator<Item = &'a str>) -> Vec<bool> {
    let opens = INTRO
        .find_iter(intro)
        .last()
        .is_some_and(|found| found.end() == intro.len());
    if !opens {
        return Vec::new();
    }
    let below: Vec<&str> = below.take(MOST_LINES).collect();
    let Some(first) = below.first() else {
        return Vec::new();
    };
    let said = said(intro);
    if let Some(count) = COUNTS.iter().find(|count| count.opens(first, 1)) {
        let nested = nested(*count, &below);
        if said == Some(items(&nested)) {
            return nested;
        }
        let length = in_a_row(*count, &below);
        return vec![true; if length >= least(said) { length } else { 0 }];
    }
    if let Some(count) = HEADING_COUNTS.iter().find(|count| count.opens(first, 1)) {
        let nested = nested(*count, &below);
        return if said == Some(items(&nested)) {
            nested
        } else {
            Vec::new()
        };
    }
    // Without numbers: clauses ending in ；up to one ending in 。
    let clauses = below.iter().take_while(|text| text.ends_with('；')).count();
    let closed = below.get(clauses).is_some_and(|text| text.ends_with('。'));
    let items = clauses + usize::from(closed);
    let all = clauses > 0 && said.is_none_or(|said| said == items) && items >= LEAST;
    vec![true; if all { items } else { 0 }]
}

fn items(list: &[bool]) -> usize {
    list.iter().filter(|item| **item).count()
}

/// The number of items that follow each other.
fn in_a_row(count: Count, below: &[&str]) -> usize {
    let numbered = below.iter().take(MOST).enumerate();
    numbered
        .take_while(|(n, text)| count.opens(text, n + 1))
        .count()
}

/// The paragraphs up to the last item, of which some may stand below an item; what stands below the
/// last one cannot be told from the text after the list.
fn nested(count: Count, below: &[&str]) -> Vec<bool> {
    let mut list = Vec::new();
    let (mut n, mut end) = (1, 0);
    for text in below {
        let item = n <= MOST && count.opens(text, n);
        if item {
            n += 1;
            end = list.len() + 1;
        } else if list.len() - end >= BELOW {
            break;
        }
        list.push(item);
    }
    list.truncate(end);
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items_within(text: &str) -> Vec<&str> {
        within(text).map_or_else(Vec::new, |list| list.items)
    }

    #[test]
    fn lists_count_in_many_ways() {
        for text in [
            "办好3件实事。1.新增就业1.5万人。2.新建幼儿园7所。3.供水。",
            "办好3件民生实事。（1）示范点50个。（2）供水。（3）修路。",
            "办好为民实事：①修路；②供水；③供气。",
            "办好3件民生实事：周转宿舍建设工程；“两癌”检查；体育中心建设。",
            "办好三件民生实事。一是新建学校5所，二是改造旧房800套，三是新增床位300张。",
            "再办“3件民生实事”，实现“三个全覆盖”：一是保险，二是物流，三是津贴。",
            "抓好民生三件实事。1.修路。2．供水5.6公里。3.供气。",
            "突出抓好三项民生工程：一是就业工程，解决6万人。二是扶贫工程。三是住房工程。",
            "办成三个方面实事。 一是修路。 二是供水。 三是供气。",
        ] {
            assert_eq!(items_within(text).len(), 3, "{text}");
        }
        assert!(items_within("办好10件民生实事：甲；乙；丙。").is_empty());
    }

    #[test]
    fn a_list_has_as_many_items_as_it_announces() {
        assert_eq!(items_within("办好两件实事：一是修路；二是供水。").len(), 2);
        assert_eq!(items_within("办好实事：一是修路；二是供水。").len(), 0);
        let twelve: Vec<String> = (1..=12).map(|n| format!("{n}.修路{n}公里；")).collect();
        let text = format!("办好12件民生实事：{}", twelve.concat());
        assert_eq!(items_within(&text).len(), 12);
    }

    #[test]
    fn an_item_may_have_paragraphs_of_its_own() {
        let intro = "办好三件民生实事：";
        let below = [
            "一是修路。",
            "新建农村公路。",
            "二是供水。",
            "三是供气。",
            "新建管网。",
        ];
        let list = lines(intro, below.into_iter());
        assert_eq!(list, [true, false, true, true]);
    }

    #[test]
    fn a_list_may_have_one_item_a_line() {
        let count = |intro: &str, below: &[&str]| items(&lines(intro, below.iter().copied()));
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
