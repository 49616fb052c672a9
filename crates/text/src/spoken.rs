//! Numbers and words as people write them who speak them: 二零二三年, 十一万亩, 低 保, 啷个办.

use std::{iter::Peekable, str::Chars, sync::LazyLock};

use regex::{Regex, RegexSet};

use crate::{han::is_han, numerals};

/// Units after which a number in words is a figure: 一千二百户, but 十件民生实事 stays.
const UNITS: [&str; 16] = [
    "亩", "公里", "千米", "户", "元", "块", "吨", "平方", "平米", "人", "头", "只", "棵", "株",
    "千瓦", "座",
];
/// So many characters that stand alone are one word taken apart.
const APART: usize = 4;

/// Writes years, percentages and figures of a folded text with digits, as reports do:
/// 二零二三年 → 2023年, 百分之八十三 → 83%, 十一万亩 → 11万亩. Names (十件实事, 百千万工程) stay.
///
/// ```
/// use wenzheng_text::spoken::digits;
/// assert_eq!(digits("二零二三年种了十一万亩"), "2023年种了11万亩");
/// ```
#[must_use]
pub fn digits(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((number, length)) = percentage(rest).or_else(|| figure(rest)) {
            written.push_str(&number);
            rest = &rest[length..];
            continue;
        }
        // What is no figure is passed over as a whole: 一十百千万 holds none.
        let run = numeral_run(rest).len().max(c.len_utf8());
        written.push_str(&rest[..run]);
        rest = &rest[run..];
    }
    written
}

/// Words that ask in a dialect, with the standard ones.
const QUESTION_WORDS: &str = include_str!("spoken/question_words.txt");

/// One set that tells which patterns match, the patterns, and what is written instead.
static STANDARD: LazyLock<(RegexSet, Vec<(Regex, String)>)> = LazyLock::new(|| {
    let lines = QUESTION_WORDS.lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once(" = "));
    let pairs: Vec<(String, String)> = pairs.map(ending).collect();
    let set = RegexSet::new(pairs.iter().map(|(spoken, _)| spoken));
    let compile = |(spoken, standard): (String, String)| {
        (Regex::new(&spoken).expect("every line is tested"), standard)
    };
    (
        set.expect("every line is tested"),
        pairs.into_iter().map(compile).collect(),
    )
});

/// A pattern that ends with `$` holds before what ends a sentence, which stays.
fn ending((spoken, standard): (&str, &str)) -> (String, String) {
    match spoken.strip_suffix('$') {
        Some(spoken) if !spoken.ends_with('|') => (
            format!("(?:{spoken})(?P<end>[,。?!;]|$)"),
            format!("{standard}${{end}}"),
        ),
        _ => (spoken.to_owned(), standard.to_owned()),
    }
}

/// Writes what asks in a dialect with the standard word: 啷个办 → 怎么办, 修好没得 → 修好没有.
///
/// ```
/// use wenzheng_text::spoken::standard;
/// assert_eq!(standard("廉租房啷个申请,要好多钱"), "廉租房怎么申请,要多少钱");
/// ```
#[must_use]
pub fn standard(text: &str) -> String {
    let (set, patterns) = &*STANDARD;
    let mut written = text.to_owned();
    for n in set.matches(text) {
        let (spoken, standard) = &patterns[n];
        written = spoken.replace_all(&written, standard.as_str()).into_owned();
    }
    written
}

/// Joins characters that stand alone: 低 保 多 少 钱 → 低保多少钱.
#[must_use]
pub fn together(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let alone = |word: &str| {
        let mut chars = word.trim_end_matches(['?', '？', '。', '!', '！']).chars();
        chars
            .next()
            .is_some_and(|c| is_han(c) || c.is_ascii_digit())
            && chars.next().is_none()
    };
    let mut joined = String::with_capacity(text.len());
    let mut at = 0;
    while at < words.len() {
        let run = words[at..].iter().take_while(|word| alone(word)).count();
        let pieces = if run >= APART { run } else { 1 };
        if at > 0 {
            joined.push(' ');
        }
        joined.push_str(&words[at..at + pieces].concat());
        at += pieces;
    }
    joined
}

/// A percentage at the start of a text, and the bytes it takes.
fn percentage(text: &str) -> Option<(String, usize)> {
    let after = text.strip_prefix("百分之")?;
    let run = numeral_run(after);
    let (whole, point) = match after[run.len()..].strip_prefix('点') {
        Some(after) => (run, numeral_run(after)),
        None => (run, ""),
    };
    let mut number = if whole == "百" { 100 } else { value(whole)? }.to_string();
    let mut length = "百分之".len() + whole.len();
    if !point.is_empty() {
        number.push('.');
        for c in point.chars() {
            number.push_str(&numerals::parse_digits(c.encode_utf8(&mut [0; 4]))?.to_string());
        }
        length += "点".len() + point.len();
    }
    number.push('%');
    Some((number, length))
}

/// A year or figure at the start of a text, and the bytes it takes.
fn figure(text: &str) -> Option<(String, usize)> {
    let run = numeral_run(text);
    let after = &text[run.len()..];
    if run.chars().count() == 4 && after.starts_with('年') {
        return Some((numerals::parse_digits(run)?.to_string(), run.len()));
    }
    // 万 and 亿 stay as reports write them.
    let scaled = after.starts_with(['万', '亿']);
    let counted = UNITS.iter().any(|unit| after.starts_with(unit)) && run.chars().count() > 1;
    (scaled || counted)
        .then(|| value(run))
        .flatten()
        .map(|number| (number.to_string(), run.len()))
}

/// The characters of a number below ten thousand at the start of a text.
fn numeral_run(text: &str) -> &str {
    let is_numeral = |c: char| {
        numerals::digit(c).is_some() || matches!(c, '零' | '〇' | '两' | '十' | '百' | '千')
    };
    let end = text.find(|c| !is_numeral(c)).unwrap_or(text.len());
    &text[..end]
}

/// The value of a number below ten thousand in words; `None` when it is not written as one is.
fn value(words: &str) -> Option<usize> {
    let mut chars = words.chars().peekable();
    let mut total = 0;
    for (sign, unit) in [('千', 1000), ('百', 100), ('十', 10)] {
        total += place(&mut chars, sign, unit, total == 0)?;
    }
    let rest: String = chars.filter(|c| !matches!(c, '零' | '〇')).collect();
    let ones = match rest.as_str() {
        "" => 0,
        "两" => 2,
        rest => {
            let mut rest = rest.chars();
            let ones = numerals::digit(rest.next()?)?;
            if rest.next().is_some() {
                return None;
            }
            ones
        }
    };
    (total + ones > 0).then_some(total + ones)
}

/// The thousands, hundreds or tens at the front of `chars`; 十 alone, at the front, is one ten.
fn place(chars: &mut Peekable<Chars<'_>>, sign: char, unit: usize, first: bool) -> Option<usize> {
    let mut ahead = chars.clone();
    while ahead.next_if(|c| matches!(c, '零' | '〇')).is_some() {}
    let digit = match ahead.peek().copied() {
        Some('两') => 2,
        Some('十') if sign == '十' && first => {
            ahead.next();
            *chars = ahead;
            return Some(10);
        }
        Some(c) => match numerals::digit(c) {
            Some(digit) => digit,
            None if ahead.peek().is_some() && sign == '十' => return None,
            None => return Some(0),
        },
        None => return Some(0),
    };
    ahead.next();
    if ahead.next() == Some(sign) {
        *chars = ahead;
        return Some(digit * unit);
    }
    Some(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_asks_in_a_dialect_is_written_in_standard_words() {
        for (spoken, written) in [
            ("廉租房啷个申请", "廉租房怎么申请"),
            ("充电桩今年要修好多个", "充电桩今年要修多少个"),
            ("娃的补助有好多嘛?", "娃的补助有多少?"),
            ("要多钱", "要多少钱"),
            ("路修通了莫", "路修通了没有"),
            ("飞机场修好没得", "飞机场修好没有"),
            ("敬老院在阿达哩", "敬老院在哪里哩"),
            ("哪时候能飞,要几钱", "什么时候能飞,要多少钱"),
            ("医院几时开门", "医院什么时候开门"),
            ("年时修了几条路", "去年修了几条路"),
            ("成绩咋样", "成绩怎么样"),
            ("有没得安家费", "有没有安家费"),
        ] {
            assert_eq!(standard(spoken), written);
        }
    }

    #[test]
    fn what_only_looks_like_a_dialect_stays() {
        for text in [
            "重点解决什么",
            "重点样板工程",
            "周边度假村",
            "什么子女政策",
            "开了好多会议",
            "好多人没有工作",
            "用了两年时间",
            "哪年时候的事",
            "许多钱",
            "你好么",
            "2023年时修的",
        ] {
            assert_eq!(standard(text), text);
        }
    }

    #[test]
    fn years_percentages_and_figures_get_digits() {
        for (spoken, written) in [
            ("二零二三年", "2023年"),
            ("二〇二四年修路", "2024年修路"),
            ("十一万亩黄芪", "11万亩黄芪"),
            ("两千三百户", "2300户"),
            ("一千零五十人", "1050人"),
            ("三十五公里", "35公里"),
            ("两亿元", "2亿元"),
            ("百分之八十三", "83%"),
            ("百分之八点三", "8.3%"),
            ("百分之百", "100%"),
        ] {
            assert_eq!(digits(spoken), written, "{spoken}");
        }
    }

    #[test]
    fn names_and_small_counts_stay() {
        for name in [
            "十件民生实事",
            "一十百千万工程",
            "千万工程",
            "五横十六纵",
            "三抓三促",
            "百分之几",
            "一户一策",
        ] {
            assert_eq!(digits(name), name);
        }
    }

    #[test]
    fn characters_that_stand_alone_are_one_word() {
        assert_eq!(together("低 保 多 少 钱"), "低保多少钱");
        assert_eq!(together("今年 低 保 多 少 ？"), "今年 低保多少 ？");
        assert_eq!(together("修 路 吗"), "修 路 吗");
        assert_eq!(together("how many 村"), "how many 村");
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[一二两十百千万亿零〇年亩百分之点 a1]{0,24}") {
            let _ = together(&digits(&text));
        }

        #[test]
        fn what_has_digits_is_left_alone(text in "[0-9万亩年% 路]{0,24}") {
            prop_assert_eq!(digits(&text), text);
        }
    }
}
