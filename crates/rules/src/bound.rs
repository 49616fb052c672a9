//! Words around a number that say on which side of it the right one lies: 满80, 不到80, 八十多, 大概80.

use crate::number;

/// What words before or after a number say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// 80, 刚满80.
    Exact,
    /// 八十多, 十几.
    Some,
    /// 不到80.
    Below,
    /// 不超过80, 80以下.
    AtMost,
    /// 超过80.
    Above,
    /// 满80, 80以上.
    AtLeast,
    /// 大概80, 80左右, 快80, 虚岁80.
    Vague,
}

/// The words before a number, each before those that it ends with.
const BEFORE: [(Bound, &[&str]); 7] = [
    (Bound::Exact, &["刚满", "刚好", "正好", "等于"]),
    (
        Bound::Below,
        &[
            "不到", "没到", "未到", "不满", "未满", "没满", "没有", "低于", "少于", "小于", "不足",
        ],
    ),
    (
        Bound::AtMost,
        &["小于等于", "不超过", "不多于", "不高于", "最多", "至多"],
    ),
    (
        Bound::AtLeast,
        &[
            "大于等于",
            "不低于",
            "不少于",
            "不小于",
            "至少",
            "最少",
            "满",
            "刚过",
            "过",
        ],
    ),
    (Bound::Above, &["超过", "多于", "大于", "高于"]),
    (
        Bound::Vague,
        &[
            "大概",
            "大约",
            "差不多",
            "好像",
            "可能",
            "约",
            "快",
            "近",
            "马上",
            "就要",
            "奔",
            "虚岁",
            "虚",
            "毛岁",
            "差",
        ],
    ),
    (Bound::Exact, &[""]),
];

/// The words after a number and its unit.
const AFTER: [(Bound, &[&str]); 4] = [
    (
        Bound::AtLeast,
        &["及以上", "或以上", "以上", "往上", "+", "过"],
    ),
    (Bound::AtMost, &["及以下", "或以下", "以下", "以内", "之内"]),
    (Bound::Below, &["不到"]),
    (Bound::Vague, &["左右", "上下", "出头", "来"]),
];

/// What the words just before a number say: the longest of them counts.
pub(crate) fn before(text: &str) -> Bound {
    let text = text.trim_end().trim_end_matches('了');
    let all = BEFORE
        .iter()
        .flat_map(|(bound, words)| words.iter().map(move |word| (*bound, *word)));
    let found = all.filter(|(_, word)| text.ends_with(word));
    found
        .max_by_key(|(_, word)| word.len())
        .map_or(Bound::Exact, |(bound, _)| bound)
}

/// What the words say with which `text` begins, and what follows them; `None` if they say nothing. Of
/// 80不到90 they belong to the number that follows.
pub(crate) fn after(text: &str) -> Option<(Bound, &str)> {
    let mut all = AFTER
        .iter()
        .flat_map(|(bound, words)| words.iter().map(move |word| (*bound, *word)));
    all.find_map(|(bound, word)| {
        let rest = text.strip_prefix(word)?;
        let numbers = number::find(rest);
        let is_next = numbers.first().is_some_and(|number| number.span.start == 0);
        (!is_next).then_some((bound, rest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_before_a_number_counts() {
        for (text, bound) in [
            ("今年", Bound::Exact),
            ("满", Bound::AtLeast),
            ("刚满", Bound::Exact),
            ("还不满", Bound::Below),
            ("超过", Bound::Above),
            ("不超过", Bound::AtMost),
            ("刚过了", Bound::AtLeast),
            ("大于等于", Bound::AtLeast),
            ("虚岁", Bound::Vague),
        ] {
            assert_eq!(before(text), bound, "{text}");
        }
    }

    #[test]
    fn words_after_a_number_may_belong_to_the_next() {
        assert_eq!(after("不到，"), Some((Bound::Below, "，")));
        assert_eq!(after("不到90"), None);
        assert_eq!(after("岁"), None);
    }
}
