//! What a question reads like once everything that asks nothing is taken off.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::retrieval::Message;

/// What people say before they ask, the longest first where one begins another.
const COURTESY: [&str; 16] = [
    "麻烦问一下",
    "我想问一下",
    "我想问问",
    "我想问",
    "我想知道",
    "请问一下",
    "请问下",
    "请问",
    "想问一下",
    "想问问",
    "想问",
    "问一下",
    "问下",
    "你好",
    "您好",
    "那个",
];

/// Particles at the end of a clause.
const PARTICLES: [char; 14] = [
    '吗', '呢', '啊', '呀', '吧', '嘛', '哈', '么', '啦', '哩', '哦', '喔', '呐', '咧',
];

/// The same for questions that differ in nothing but punctuation, courtesy, particles, width, script,
/// case and markup. It depends on the text alone, and stays the same from one build to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct QuestionKey(u64);

impl QuestionKey {
    /// The key of a question as typed.
    #[must_use]
    pub fn of(typed: &str) -> Self {
        let digest = Sha256::digest(essence(Message::new(typed).folded()));
        let first = digest.first_chunk().expect("a digest has 32 bytes");
        Self(u64::from_be_bytes(*first))
    }
}

/// A folded question without what asks nothing, in one piece; all its letters when nothing else is left.
fn essence(folded: &str) -> String {
    let clauses = folded.split(|c: char| !c.is_alphanumeric() && c != '.' && c != '%');
    let clauses = clauses.map(|clause| clause.trim_matches('.'));
    let essence: String = clauses.clone().map(bare).collect();
    if essence.is_empty() {
        return clauses.collect();
    }
    essence
}

/// A clause without the courtesy that it begins with and the particles that it ends with.
fn bare(clause: &str) -> &str {
    let mut clause = clause.trim_end_matches(PARTICLES);
    while let Some(rest) = COURTESY.iter().find_map(|said| clause.strip_prefix(said)) {
        clause = rest;
    }
    clause
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_asks_nothing_makes_no_other_question() {
        let key = QuestionKey::of("医保报销比例是多少");
        for same in [
            "请问医保报销比例是多少呢？",
            "您好，我想问一下：医保报销比例是多少啊！",
            "醫保報銷比例是多少",
            "医保 报销比例，是多少",
            "**医保报销比例**是多少",
        ] {
            assert_eq!(QuestionKey::of(same), key, "{same}");
        }
        assert_eq!(
            QuestionKey::of("ＧＤＰ增長７％"),
            QuestionKey::of("gdp增长7%")
        );
    }

    #[test]
    fn figures_are_read_whole() {
        assert_ne!(QuestionKey::of("增长7.5%"), QuestionKey::of("增长75%"));
        assert_ne!(QuestionKey::of("2023年修路"), QuestionKey::of("2024年修路"));
    }

    #[test]
    fn a_question_of_courtesy_alone_is_not_that_of_nothing() {
        assert_ne!(QuestionKey::of("请问"), QuestionKey::of(""));
        assert_ne!(QuestionKey::of("请问"), QuestionKey::of("你好"));
    }
}
