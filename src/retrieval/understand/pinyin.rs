//! Reads questions typed in pinyin by the words of the corpus.

use super::{corpus_words::LONGEST, vocabulary::Vocabulary};
use crate::text::han::is_han;

/// Share of the letters of a pinyin question that must be understood.
const UNDERSTOOD: f32 = 0.85;

impl Vocabulary {
    /// Reads a question typed in pinyin; `None` when too little of it is understood, as in English.
    pub(crate) fn read_pinyin(&self, folded: &str) -> Option<String> {
        let letters: Vec<char> = folded
            .chars()
            .filter(|c| c.is_ascii_alphanumeric())
            .map(|c| if c == 'ü' { 'v' } else { c })
            .collect();
        if letters.len() < 4 || folded.chars().any(is_han) {
            return None;
        }
        // Longest understood stretch, then fewest words, then most frequent words.
        let mut best: Vec<(usize, i64, Vec<String>)> = vec![(0, 0, Vec::new())];
        for end in 1..=letters.len() {
            let (understood, cost, words) = best[end - 1].clone();
            let mut here = (understood, cost + 10, words);
            if letters[end - 1].is_ascii_digit() {
                here.0 += 1;
                here.2.push(letters[end - 1].to_string());
            }
            for start in end.saturating_sub(6 * LONGEST)..end {
                let piece: String = letters[start..end].iter().collect();
                let Some((word, count)) = self.by_letters(&piece) else {
                    continue;
                };
                let (before, cost, words) = &best[start];
                let understood = before + (end - start);
                // One character alone is a guess among many of its sound.
                let guess = if word.chars().nth(1).is_none() { 60 } else { 0 };
                let cost = cost + 100 + guess - i64::from((*count).min(50));
                if (understood, -cost) > (here.0, -here.1) {
                    let mut words = words.clone();
                    words.push(word.clone());
                    here = (understood, cost, words);
                }
            }
            best.push(here);
        }
        let (understood, _, words) = best.pop()?;
        #[expect(clippy::cast_precision_loss, reason = "lengths of questions")]
        let share = understood as f32 / letters.len() as f32;
        // English falls into syllables as well (can she), hardly ever into words.
        let has_word = words.iter().any(|word| word.chars().nth(1).is_some());
        (share >= UNDERSTOOD && has_word).then(|| words.concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pinyin_question_is_read() {
        let read = |text: &str| Vocabulary::of_a_report().read_pinyin(text);
        assert_eq!(read("senlin fugailv").as_deref(), Some("森林覆盖率"));
        assert_eq!(
            read("lv you shou ru mu biao").as_deref(),
            Some("旅游收入目标")
        );
        assert_eq!(read("xiu yizhan duoshao").as_deref(), Some("修驿站多少"));
        assert_eq!(
            read("lvyou shouru shi sha").as_deref(),
            Some("旅游收入是啥")
        );
        assert_eq!(read("shi xiu sha"), None, "no word is understood");
        assert_eq!(read("tourism revenue"), None);
        assert_eq!(read("森林"), None);
    }
}
