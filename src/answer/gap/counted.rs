//! A thing that is called by its number, when the report has another number of it: 三治融合 where
//! only “五治”融合 is written.

use crate::text::{han::is_han, normalize::strip_quotes, numerals};

/// What follows the number must be so long, in characters, to be the same thing.
const SAME: usize = 3;

/// Words before a number that make it a place in a list: 第三件, 前五名.
const ORDINAL: [char; 4] = ['第', '前', '头', '后'];

/// The thing of `question` (folded) that is called by its number (九件民生实事), when `told` (folded)
/// has it by other numbers only.
pub(super) fn called_otherwise(question: &str, told: &str) -> Option<String> {
    let (question, told) = (strip_quotes(question), strip_quotes(told));
    let written = counted(&told);
    // 一座水厂要多少钱 asks about any of three.
    let mut named = counted(&question)
        .into_iter()
        .filter(|(count, _)| *count != "一");
    named.find_map(|(count, of)| {
        let same = |other: &str| common(of, other) >= SAME;
        let mut of_it = written.iter().filter(|(_, other)| same(other)).peekable();
        of_it.peek()?;
        let shared = of_it.clone().map(|(_, other)| common(of, other)).max()?;
        of_it.all(|(other, _)| *other != count).then(|| {
            let of: String = of.chars().take(shared).collect();
            format!("{count}{of}")
        })
    })
}

/// Each number of `text` in Chinese numerals, with what follows it.
fn counted(text: &str) -> Vec<(&str, &str)> {
    let is_numeral = |c: char| c == '两' || numerals::parse(c.encode_utf8(&mut [0; 4])).is_some();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_numeral).map(|start| at + start) {
        let rest = text[start..].trim_start_matches(is_numeral);
        let end = text.len() - rest.len();
        if !text[..start].ends_with(ORDINAL) {
            found.push((&text[start..end], rest));
        }
        at = end;
    }
    found
}

/// Number of Han characters that both begin with.
fn common(one: &str, other: &str) -> usize {
    let pairs = one.chars().zip(other.chars());
    pairs.take_while(|(a, b)| a == b && is_han(*a)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slogan_with_another_number_is_called_otherwise() {
        let told = "完善“五治”融合乡村治理体系";
        let called = called_otherwise("三治融合怎么搞", told);
        assert_eq!(called.as_deref(), Some("三治融合"));
        assert_eq!(called_otherwise("五治融合怎么搞", told), None);
    }

    #[test]
    fn an_item_of_a_list_is_not_the_list() {
        let told = "全力办好十件民生实事。";
        assert_eq!(called_otherwise("第七件民生实事", told), None);
        assert_eq!(called_otherwise("前三件民生实事", told), None);
        let called = called_otherwise("九件民生实事有哪些", told);
        assert_eq!(called.as_deref(), Some("九件民生实事"));
    }

    #[test]
    fn a_short_word_after_a_number_is_no_name() {
        assert_eq!(called_otherwise("两个水库", "建成三个水电站"), None);
        assert_eq!(called_otherwise("三年能修好吗", "力争五年建成"), None);
    }
}
