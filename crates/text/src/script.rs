//! Converts to Simplified script a text that was itself converted from Simplified.
//!
//! Some tools convert to Traditional character by character (通渭縣, but 干部, 后, 里). The usual
//! table undoes that except for 著: the tool wrote 著 for 着 as well, so that 跟着 and 显著 end in the
//! same character. A list of words tells them apart.

use std::{collections::HashMap, sync::LazyLock};

use crate::{
    han::is_han,
    normalize::{to_simplified, to_traditional},
};

/// Words that are written with 著; everywhere else in modern print it stands for 着.
const ZHU: &[&str] = &[
    "著名", "著作", "著称", "著述", "著者", "著书", "著录", "著文", "著有", "显著", "卓著", "昭著",
    "彰著", "较著", "论著", "专著", "名著", "巨著", "编著", "合著", "译著", "原著", "遗著", "拙著",
    "新著", "土著",
];

/// `text` in Simplified script, with 着 where it belongs.
///
/// ```
/// use wenzheng_text::script::simplify;
/// assert_eq!(simplify("著力推動,成效顯著"), "着力推动,成效显著");
/// ```
#[must_use]
pub fn simplify(text: &str) -> String {
    mend_zhe(&to_simplified(text))
}

/// True if `texts`, taken together, are written in Traditional script: if more of their characters are
/// Traditional only (縣) than Simplified only (县).
///
/// Names keep rare characters that the table would fold although nobody folded them before (乾安县,
/// 濛江, 於潜, 文徵明), so that a Simplified text is to be left as it is.
///
/// ```
/// use wenzheng_text::script::is_traditional;
/// assert!(is_traditional(["通渭縣干部", "後續政策"]));
/// assert!(!is_traditional(["支持乾安县、濛江镇发展"]));
/// ```
pub fn is_traditional<'a>(texts: impl IntoIterator<Item = &'a str>) -> bool {
    let mut counts: HashMap<char, usize> = HashMap::new();
    for c in texts.into_iter().flat_map(str::chars) {
        if is_han(c) {
            *counts.entry(c).or_default() += 1;
        }
    }
    let (mut traditional, mut simplified) = (0, 0);
    for (c, count) in counts {
        let mut buffer = [0; 4];
        let alone: &str = c.encode_utf8(&mut buffer);
        if to_simplified(alone) != alone {
            traditional += count;
        } else if to_traditional(alone) != alone {
            simplified += count;
        }
    }
    traditional > simplified
}

/// `text` with 着 in place of every 著 outside [`ZHU`].
fn mend_zhe(text: &str) -> String {
    if !text.contains('著') {
        return text.to_owned();
    }
    static WORDS: LazyLock<Vec<(Vec<char>, usize)>> = LazyLock::new(|| {
        let with_place = |word: &&str| {
            let chars: Vec<char> = word.chars().collect();
            let place = chars.iter().position(|c| *c == '著').unwrap_or(0);
            (chars, place)
        };
        ZHU.iter().map(with_place).collect()
    });
    let chars: Vec<char> = text.chars().collect();
    let belongs = |at: usize| {
        WORDS.iter().any(|(word, place)| {
            at.checked_sub(*place)
                .is_some_and(|start| chars[start..].starts_with(word))
        })
    };
    let mend = |(at, c): (usize, &char)| {
        if *c == '著' && !belongs(at) {
            '着'
        } else {
            *c
        }
    };
    chars.iter().enumerate().map(mend).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zhe_and_zhu_are_told_apart() {
        for (traditional, simplified) in [
            ("堅持要素跟著項目走", "坚持要素跟着项目走"),
            ("沿著正確方向前進", "沿着正确方向前进"),
            ("著眼人民美好生活需要", "着眼人民美好生活需要"),
            ("成效更加顯著", "成效更加显著"),
            ("著名畫家", "著名画家"),
        ] {
            assert_eq!(simplify(traditional), simplified);
        }
    }

    #[test]
    fn simplified_text_stays() {
        let text = "显著提升，着力推动干部后备力量";
        assert_eq!(simplify(text), text);
    }
}
