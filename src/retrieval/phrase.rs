//! Noun phrases of a question, by the tags of the dictionary.

use super::understand::rarity;
use crate::text::{Span, segment::Segmenter};

/// What begins with one of them names nothing that is said to others (我妈, 不要钱, 没人管).
const NAMELESS: [char; 12] = [
    '我', '俺', '咱', '额', '你', '您', '他', '她', '它', '不', '没', '有',
];
/// Words that ask.
const ASKING: [&str; 9] = ["几", "多少", "好多", "哪", "啥", "什么", "怎", "咋", "谁"];
/// Words that any question may hold, for who gives or governs, what is asked and when.
const SAID_ANYWHERE: [&str; 6] = ["国家", "政府", "公家", "上面", "报告", "时候"];
/// Characters between a number and what it counts (三大攻坚, 六个一).
const COUNTERS: &str = "大个项件条批";
/// Characters that end a noun though the dictionary does not say so (充电桩, 粉条厂).
const SUFFIXES: &str = "厂车桩站楼证费率园队户";

/// What a word can be in a noun phrase.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Noun,
    /// A verb of two characters that reports use: it stands before a noun or after one (报销比例,
    /// 厕所改造).
    Verb,
    /// Stands before nouns only (大型企业).
    Modifier,
    /// Likewise, and begins what it counts (一号文件, 奶牛 · 一头补贴).
    Number,
    /// One of [`SUFFIXES`].
    Suffix,
    Other,
}

/// A run of nouns of a question, with what belongs to them.
pub(super) struct NounPhrase<'a> {
    /// As it stands in the question.
    pub(super) text: &'a str,
    /// Its nouns, in order; empty for a verb alone (补助, 搬迁).
    pub(super) nouns: Vec<&'a str>,
}

/// The noun phrases of the folded `content` of a question, in order; verbs alone where reports use
/// them.
pub(super) fn noun_phrases<'a>(segmenter: &Segmenter, content: &'a str) -> Vec<NounPhrase<'a>> {
    let words: Vec<(Span, Role)> = segmenter
        .tagged(content)
        .into_iter()
        .map(|(span, tag)| (span, role(span.of(content), &tag)))
        .collect();
    let runs = words.split(|(_, role)| *role == Role::Other);
    let runs = runs.flat_map(|run| run.chunk_by(|_, (_, next)| *next != Role::Number));
    runs.filter_map(|run| phrase(run, content)).collect()
}

/// True for what holds a word that asks.
pub(super) fn asks(text: &str) -> bool {
    ASKING.iter().any(|asking| text.contains(asking))
}

fn role(word: &str, tag: &str) -> Role {
    let is_word = word.chars().all(char::is_alphanumeric);
    if !is_word || asks(word) || word.starts_with(NAMELESS) || SAID_ANYWHERE.contains(&word) {
        return Role::Other;
    }
    let single = word.chars().nth(1).is_none();
    match tag.as_bytes() {
        _ if single && SUFFIXES.contains(word) => Role::Suffix,
        _ if single && COUNTERS.contains(word) => Role::Modifier,
        // 人管 of 有没有人管.
        [] if word.starts_with('人') => Role::Other,
        [] | [b'n', ..] | b"vn" | b"an" | b"j" | b"l" | b"i" | b"eng" | b"x" => Role::Noun,
        [b'v', ..] if !single && rarity(word) < 1.0 => Role::Verb,
        b"m" => Role::Number,
        [b'b', ..] => Role::Modifier,
        [b'a', ..] if !single => Role::Modifier,
        _ => Role::Other,
    }
}

/// The phrase of a run of words without any other between them.
fn phrase<'a>(run: &[(Span, Role)], content: &'a str) -> Option<NounPhrase<'a>> {
    let is = |wanted: Role| move |(_, role): &(Span, Role)| *role == wanted;
    let Some(first) = run.iter().position(is(Role::Noun)) else {
        return verbs(run, content);
    };
    let noun = run[first].0.of(content);
    // 报销 of 报销比例 says of what the commoner word is; 申请 of 申请低保 does not.
    let belongs = |(span, role): &(Span, Role)| match role {
        Role::Modifier | Role::Number => true,
        Role::Verb => noun.chars().nth(1).is_none() || rarity(span.of(content)) > rarity(noun),
        _ => false,
    };
    let before = run[..first]
        .iter()
        .rev()
        .take_while(|word| belongs(word))
        .count();
    let ends = |(_, role): &(Span, Role)| !matches!(role, Role::Modifier | Role::Number);
    let last = run.iter().rposition(ends)?;
    let words = &run[first - before..=last];
    let span = Span::new(words.first()?.0.start, words.last()?.0.end);
    let nouns = words.iter().filter(|word| is(Role::Noun)(word));
    Some(NounPhrase {
        text: span.of(content),
        nouns: nouns.map(|(span, _)| span.of(content)).collect(),
    })
}

/// The verbs of a run without nouns, with what stands before them: 补助, 一般公共预算支出, 三大攻坚.
fn verbs<'a>(run: &[(Span, Role)], content: &'a str) -> Option<NounPhrase<'a>> {
    let is_verb = |(_, role): &(Span, Role)| *role == Role::Verb;
    let first = run.iter().position(is_verb)?;
    let others = run[first..].iter().take_while(|word| is_verb(word)).count();
    let belongs = |(_, role): &(Span, Role)| matches!(role, Role::Modifier | Role::Number);
    let before = run[..first]
        .iter()
        .rev()
        .take_while(|word| belongs(word))
        .count();
    let span = Span::new(run[first - before].0.start, run[first + others - 1].0.end);
    Some(NounPhrase {
        text: span.of(content),
        nouns: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(content: &str) -> Vec<&str> {
        let segmenter = Segmenter::with_words([]);
        let phrases = noun_phrases(&segmenter, content).into_iter();
        phrases.map(|phrase| phrase.text).collect()
    }

    #[test]
    fn nouns_stand_with_what_belongs_to_them() {
        assert_eq!(phrases("大病报销比例"), ["大病报销比例"]);
        assert_eq!(phrases("一号文件"), ["一号文件"]);
        assert_eq!(phrases("粉条厂"), ["粉条厂"]);
        assert_eq!(phrases("申请低保"), ["申请低保"]);
    }

    #[test]
    fn what_is_counted_begins_a_phrase_of_its_own() {
        assert_eq!(phrases("奶牛一头补贴"), ["奶牛", "一头补贴"]);
        assert_eq!(phrases("养牛一头补贴")[1], "一头补贴");
    }

    #[test]
    fn the_asker_and_what_asks_name_nothing() {
        assert_eq!(phrases("我妈七十 补助"), ["妈", "补助"]);
        assert_eq!(phrases("火车几点"), ["火车"]);
        assert!(phrases("没人管").is_empty());
        assert!(phrases("国家").is_empty());
    }

    #[test]
    fn verbs_of_reports_name_something_where_no_noun_does() {
        assert_eq!(phrases("一般公共预算支出"), ["一般公共预算支出"]);
        assert_eq!(phrases("三大攻坚"), ["三大攻坚"]);
    }
}
