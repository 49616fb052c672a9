//! Pinyin without tones, and the sounds that northern speakers and input methods confuse.

use pinyin::ToPinyin;

/// The syllable of each character, without tone; a character that has no pinyin, in lower case.
#[must_use]
pub fn syllables(text: &str) -> Vec<String> {
    text.chars()
        .map(|c| match c.to_pinyin() {
            Some(pinyin) => pinyin.plain().replace('ü', "v"),
            None => c.to_lowercase().collect(),
        })
        .collect()
}

/// `syllable` with the initials and finals merged that northern speakers confuse
/// (n/l, z/zh, c/ch, s/sh, in/ing, en/eng).
#[must_use]
pub fn blur(syllable: &str) -> String {
    let (initial, rest) = match syllable.as_bytes() {
        [b'z' | b'c' | b's', b'h', ..] => (&syllable[..1], &syllable[2..]),
        [b'n', next, ..] if next.is_ascii_lowercase() => ("l", &syllable[1..]),
        _ => ("", syllable),
    };
    let rest = match rest {
        r if r.ends_with("ing") || r.ends_with("eng") => &r[..r.len() - 1],
        r => r,
    };
    format!("{initial}{rest}")
}

/// The syllables of `text`, blurred.
#[must_use]
pub fn blurred(text: &str) -> Vec<String> {
    syllables(text)
        .iter()
        .map(|syllable| blur(syllable))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn homophones_have_equal_syllables() {
        assert_eq!(syllables("六比访"), syllables("六必访"));
        assert_eq!(syllables("绿"), ["lv"]);
        assert_eq!(syllables("5A"), ["5", "a"]);
    }

    #[test]
    fn what_northern_speakers_mix_is_folded() {
        assert_eq!(blurred("女性"), blurred("吕信"));
        assert_eq!(blurred("山"), blurred("三"));
        assert_ne!(blurred("山"), blurred("商"));
    }
}
