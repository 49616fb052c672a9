//! What the program says whatever is asked.

use std::collections::{HashMap, HashSet};

use super::{
    opening::{OwnWords, form, sentences},
    reply::Reply,
    text::bare,
};

/// Words, suggestions and sentences that many replies share: they show nothing about one question.
#[derive(Default)]
pub(super) struct Stock {
    /// Pairs of characters in more than a fifth of the replies without a card.
    words: HashSet<String>,
    /// Suggestions under more than a fifth of the replies without a card.
    offers: HashSet<String>,
    /// Forms of sentences ([`form`]) in the openings of more than half of all replies.
    forms: HashSet<String>,
}

/// Pairs of characters that ask or refer, or name the place.
const GENERIC: &str = "今年 去年 明年 报告 多少 什么 怎么 怎样 政府 县上 我们 你们 他们 哪里 哪个 哪些 问题 内容 可以 咨询 回答 \
    这个 那个 一个 没有 有没 能不 不能 一下 拨打 换个 说法 再问 找到 通渭 渭县 全县 县里 茂名 名市 现在 时候 到底 咋办 有关 相关 \
    几个 个月";

impl Stock {
    /// From questions with their replies.
    pub(super) fn of(pairs: &[(&str, &Reply)]) -> Self {
        let replies = || pairs.iter().map(|(_, reply)| *reply);
        let refusals: Vec<&Reply> = replies().filter(|r| r.citations.is_empty()).collect();
        let many = |count: usize| count > 2 && 5 * count > refusals.len();
        let most = |count: usize| count > 4 && 2 * count > pairs.len();
        let words = refusals.iter().map(|reply| pairs_of(&bare(&reply.text)));
        let offers = refusals
            .iter()
            .map(|reply| reply.suggestions.iter().cloned().collect());
        let forms = pairs.iter().map(|(question, reply)| {
            let own = OwnWords::of(&reply.text, &reply.citations);
            sentences(&own.opening)
                .map(|sentence| form(sentence, question))
                .collect()
        });
        Self {
            words: frequent(words, many),
            offers: frequent(offers, many),
            forms: frequent(forms, most),
        }
    }

    /// `opening` without the sentences that most replies have.
    pub(super) fn without(&self, opening: &str, question: &str) -> String {
        sentences(opening)
            .filter(|sentence| !self.forms.contains(&form(sentence, question)))
            .collect()
    }

    /// True when `words`, bare, holds a pair of characters of the question that tells it from others.
    pub(super) fn names_the_matter(&self, words: &str, question: &str) -> bool {
        let generic: HashSet<&str> = GENERIC.split_whitespace().collect();
        pairs_of(&bare(question)).iter().any(|pair| {
            !generic.contains(pair.as_str()) && !self.words.contains(pair) && words.contains(pair)
        })
    }

    /// True when a suggestion is made for this reply.
    pub(super) fn leads_on(&self, reply: &Reply) -> bool {
        reply
            .suggestions
            .iter()
            .any(|offer| !self.offers.contains(offer))
    }
}

/// What stands in so many of the `sets`.
fn frequent(
    sets: impl Iterator<Item = HashSet<String>>,
    enough: impl Fn(usize) -> bool,
) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for item in sets.flatten() {
        *counts.entry(item).or_default() += 1;
    }
    counts.retain(|_, count| enough(*count));
    counts.into_keys().collect()
}

/// Every two Chinese characters or digits that stand side by side.
fn pairs_of(text: &str) -> HashSet<String> {
    let chars: Vec<char> = text.chars().collect();
    let chinese = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    chars
        .windows(2)
        .filter(|pair| pair.iter().all(chinese) || pair.iter().all(char::is_ascii_digit))
        .map(|pair| pair.iter().collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_that_is_the_same_for_all_names_nothing() {
        let reply = |text: &str| Reply {
            text: text.to_owned(),
            suggestions: vec!["修了哪些路".to_owned()],
            ..Reply::default()
        };
        let same = reply("报告没有写您问的事，可以咨询12345。");
        let named = reply("报告没有写公交车的发车时间。");
        let mut pairs = vec![("几点发车", &same); 7];
        pairs.push(("公交车几点发车", &named));
        let stock = Stock::of(&pairs);
        let words = |reply: &Reply| bare(&stock.without(&reply.text, "公交车几点发车"));
        assert_eq!(words(&same), "");
        assert!(stock.names_the_matter(&words(&named), "公交车几点发车"));
        assert!(!stock.leads_on(&same));
    }
}
