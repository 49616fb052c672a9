//! What a reply says in its own words.

use std::ops::Range;

use super::{
    patterns::{LEAD_OVER, QUOTED, SKIP, SOURCE},
    reply::Card,
    text::{bare, plain},
};

/// Characters by which a quote is known that is cut or broken over lines.
const KNOWN_BY: usize = 12;

/// A reply's own words, [`plain`].
pub(super) struct OwnWords {
    /// All before the first quote, without what leads over to it; the whole where no quote is shown.
    pub(super) opening: String,
    /// All that is neither a quote nor a line with a source.
    pub(super) everywhere: String,
}

impl OwnWords {
    /// Finds the quotes of `cards` in the text of a reply.
    pub(super) fn of(text: &str, cards: &[Card]) -> Self {
        let text = plain(text);
        let compared = Compared::new(&text);
        let quotes: Vec<Range<usize>> = cards
            .iter()
            .filter_map(|card| compared.find(&bare(&card.quote)))
            .collect();
        let end = match quotes.iter().map(|quote| quote.start).min() {
            Some(start) => start,
            None if cards.is_empty() => text.len(),
            None => before_source(&text),
        };
        let quoted = |at: usize| quotes.iter().any(|quote| quote.contains(&at));
        let unquoted: String = text
            .char_indices()
            .map(|(at, c)| if quoted(at) { '\n' } else { c })
            .collect();
        let lines = unquoted
            .split('\n')
            .filter(|line| !line.trim_start().starts_with("——"));
        Self {
            opening: LEAD_OVER.removed(&text[..end]),
            everywhere: lines.collect::<Vec<_>>().join("\n"),
        }
    }
}

/// Where the block of the first source begins.
fn before_source(text: &str) -> usize {
    SOURCE.find(text).map_or(text.len(), |source| {
        text[..source.start()].rfind("\n\n").unwrap_or(0)
    })
}

/// A text as it is compared, with the places of its characters.
struct Compared<'t> {
    text: &'t str,
    chars: Vec<char>,
    /// Bytes of `text`, one for each of `chars`.
    at: Vec<usize>,
}

impl<'t> Compared<'t> {
    fn new(text: &'t str) -> Self {
        let skipped: Vec<Range<usize>> = SKIP.find_all(text).map(|m| m.start()..m.end()).collect();
        let kept = text
            .char_indices()
            .filter(|(at, _)| !skipped.iter().any(|skipped| skipped.contains(at)));
        let (at, kept): (Vec<usize>, String) = kept.unzip();
        let mut chars: Vec<char> = kept.to_lowercase().chars().collect();
        if chars.len() != at.len() {
            chars = kept.chars().collect();
        }
        Self { text, chars, at }
    }

    /// The bytes of a quote; of one that is only begun, to the end of its line.
    fn find(&self, quote: &str) -> Option<Range<usize>> {
        let quote: Vec<char> = quote.chars().collect();
        let place = |words: &[char]| self.chars.windows(words.len()).position(|w| w == words);
        if quote.is_empty() {
            return None;
        }
        if let Some(first) = place(&quote) {
            // To just behind the beginning of the last character: only beginnings are looked up.
            let last = self.at[first + quote.len() - 1];
            return Some(self.at[first]..last + 1);
        }
        let start = self.at[place(quote.get(..KNOWN_BY)?)?];
        let line = self.text[start..].find('\n');
        Some(start..line.map_or(self.text.len(), |length| start + length))
    }
}

/// `opening` without what it puts between quotation marks: there no denial is looked for.
pub(super) fn said(opening: &str) -> String {
    let said = QUOTED.removed(opening);
    said.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The sentences of an opening, ends included.
pub(super) fn sentences(opening: &str) -> impl Iterator<Item = &str> {
    opening
        .split_inclusive(['。', '!', '?', '！', '？', '\n', ':', '：'])
        .filter(|sentence| !bare(sentence).is_empty())
}

/// A sentence without what it puts between quotation marks and without the longest piece, of two
/// characters or more, that it takes from the question.
pub(super) fn form(sentence: &str, question: &str) -> String {
    let sentence = bare(&QUOTED.removed(sentence));
    let question: Vec<char> = bare(question).chars().collect();
    let longest = question.len().min(sentence.chars().count());
    let mut pieces = (2..=longest)
        .rev()
        .flat_map(|length| question.windows(length))
        .map(|piece| piece.iter().collect::<String>());
    match pieces.find(|piece| sentence.contains(piece)) {
        Some(piece) => sentence.replace(&piece, ""),
        None => sentence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, quotes: &[&str]) -> OwnWords {
        let card = |quote: &&str| Card {
            quote: (*quote).to_owned(),
            ..Card::default()
        };
        OwnWords::of(text, &quotes.iter().map(card).collect::<Vec<_>>())
    }

    #[test]
    fn the_opening_ends_before_the_label_of_the_first_quote() {
        let text = "报告没有写金额，相近的原文是：\n\n【2024年计划】发放贷款<b>2000万</b>元。\n—— 《报告》\n\n可拨打12345。";
        let reply = words(text, &["发放贷款2000万元。"]);
        assert_eq!(reply.opening, "报告没有写金额,相近的原文是:");
        assert!(!reply.everywhere.contains("2000") && !reply.everywhere.contains("《报告》"));
        assert!(reply.everywhere.contains("可拨打12345。"));
    }

    #[test]
    fn a_quote_that_is_cut_is_known_by_its_first_words() {
        let quote = "坚持教育优先发展，西川学校建成招生，新增学位3000个。";
        let reply = words(
            "先说这句\n\n坚持教育优先发展，西川学校建成……\n此外无它",
            &[quote],
        );
        assert_eq!(reply.opening, "先说这句");
        assert!(reply.everywhere.contains("此外无它") && !reply.everywhere.contains("西川"));
    }

    #[test]
    fn without_a_quote_the_opening_is_all_or_ends_before_the_block_of_a_source() {
        assert_eq!(words("你好。\n\n再见", &[]).opening, "你好。\n\n再见");
        let text = "开头。\n\n别的话\n—— 《报告》第一部分";
        assert_eq!(words(text, &["不在其中"]).opening, "开头。");
    }

    #[test]
    fn a_form_keeps_what_does_not_come_from_the_question() {
        assert_eq!(
            form("没有写公交车的发车时间。", "公交车几点发车"),
            "没有写的发车时间。"
        );
        assert_eq!(form("关于“低保”：", "低保"), "关于:");
    }
}
