//! Word lists of the office's own: lines put into and taken out of a list.

/// The list of everyday words added here.
pub(super) const SYNONYMS: &str = "lexicon/office/synonyms.txt";

/// Of words that mean the same, see the head of `synonyms.txt`.
const WEIGHT: &str = "0.8";

/// `text` with the line that gives `everyday` these official words, in place of one it had.
pub(super) fn with(text: &str, everyday: &str, official: &[String]) -> String {
    let mut text = without(text, everyday).unwrap_or_else(|| text.to_owned());
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(&format!(
        "{everyday} → {} ; {WEIGHT}\n",
        official.join("、")
    ));
    text
}

/// `text` without the line of `everyday`; `None` when it has none.
pub(super) fn without(text: &str, everyday: &str) -> Option<String> {
    let is_its = |line: &&str| {
        let word = line.split(['→', '#']).next().unwrap_or_default();
        word.trim() == everyday
    };
    text.lines().any(|line| is_its(&line)).then(|| {
        let kept = text.lines().filter(|line| !is_its(line));
        kept.flat_map(|line| [line, "\n"]).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_line() {
        let official = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        let text = with("", "看病", &official(&["就医"]));
        let text = with(&text, "娃上学", &official(&["入学", "教育"]));
        let text = with(&text, "看病", &official(&["医疗"]));
        assert_eq!(text, "娃上学 → 入学、教育 ; 0.8\n看病 → 医疗 ; 0.8\n");
        assert_eq!(
            without(&text, "看病").as_deref(),
            Some("娃上学 → 入学、教育 ; 0.8\n")
        );
        assert_eq!(without(&text, "看"), None);
    }
}
