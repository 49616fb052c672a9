//! Noun phrases of a question, by the tags of the dictionary.

use super::understand::rarity;
use crate::text::{Span, segment::Segmenter};

/// What begins with one of them names nothing that is said to others (我妈, 不要钱, 没人管).
const NAMELESS: [char; 12] = [
    '我', '俺', '咱', '额', '你', '您', '他', '她', '它', '不', '没', '有',
];
/// Words that ask.
const ASKING: [&str; 9] = ["几", "多少", "好多", "哪", "啥", "什么", "怎", "咋", "谁"];
/// Who gives or governs, whatever is asked.
const GIVERS: [&str; 6] = ["国家", "政府", "公家", "上面", "报告", "时候"];
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
    if !is_word || asks(word) || word.starts_with(NAMELESS) || GIVERS.contains(&word) {
        return Role::Other;
    }
    let single = word.chars().nth(1).is_none();
    match tag.as_bytes() {
        _ if single && SUFFIXES.contains(word) => Role::Suffix,
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
        let verb = run.iter().find(|word| is(Role::Verb)(word))?;
        return Some(NounPhrase {
            text: verb.0.of(content),
            nouns: Vec::new(),
        });
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
