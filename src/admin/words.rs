//! Word lists of the office's own: lines put into and taken out of a list.

/// The list of everyday words added here.
pub(super) const SYNONYMS: &str = "lexicon/office/synonyms.txt";
/// The list of words that are not cut in two.
pub(super) const USER_WORDS: &str = "lexicon/office/user-words.txt";

/// Of words that mean the same, see the head of `synonyms.txt`.
const WEIGHT: &str = "0.8";

/// How the words of a line belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// Everyday words on the left lead to those on the right.
    Everyday,
    /// Either side stands for the other: a short form and the long one.
    Same,
}

/// A line of a list: words, and what they stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordLine {
    /// What people say.
    pub everyday: String,
    /// What the documents say.
    pub official: Vec<String>,
    /// How the two belong together.
    pub relation: Relation,
}

/// `text` with this line, in place of one that its everyday word had.
pub(super) fn with(text: &str, line: &WordLine) -> String {
    let everyday = &line.everyday;
    let mut text = without(text, everyday).unwrap_or_else(|| text.to_owned());
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    let sign = match line.relation {
        Relation::Everyday => '→',
        Relation::Same => '=',
    };
    text.push_str(&format!(
        "{everyday} {sign} {} ; {WEIGHT}\n",
        line.official.join("、")
    ));
    text
}

/// `text` without the line of `everyday`; `None` when it has none.
pub(super) fn without(text: &str, everyday: &str) -> Option<String> {
    let is_its = |line: &&str| {
        let word = line.split(['→', '=', '#']).next().unwrap_or_default();
        word.trim() == everyday
    };
    text.lines().any(|line| is_its(&line)).then(|| {
        let kept = text.lines().filter(|line| !is_its(line));
        kept.flat_map(|line| [line, "\n"]).collect()
    })
}

/// The lines of a list, in order; comments are left out.
pub(super) fn lines(text: &str) -> Vec<WordLine> {
    let read = |line: &str| {
        let line = line.split('#').next()?.split(';').next()?;
        let (everyday, relation, official) = match line.split_once('→') {
            Some((left, right)) => (left, Relation::Everyday, right),
            None => {
                let (left, right) = line.split_once('=')?;
                (left, Relation::Same, right)
            }
        };
        let official = official.split('、').map(|word| word.trim().to_owned());
        Some(WordLine {
            everyday: everyday.trim().to_owned(),
            official: official.filter(|word| !word.is_empty()).collect(),
            relation,
        })
    };
    text.lines().filter_map(read).collect()
}

/// The words of a plain list, in order.
pub(super) fn plain(text: &str) -> Vec<String> {
    let words = text.lines().map(str::trim);
    let words = words.filter(|word| !word.is_empty() && !word.starts_with('#'));
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(everyday: &str, relation: Relation, official: &[&str]) -> WordLine {
        WordLine {
            everyday: everyday.into(),
            official: official.iter().map(|word| (*word).to_owned()).collect(),
            relation,
        }
    }

    #[test]
    fn a_word_has_one_line() {
        let everyday = |word, official| line(word, Relation::Everyday, official);
        let text = with("", &everyday("看病", &["就医"]));
        let text = with(&text, &everyday("娃上学", &["入学", "教育"]));
        let text = with(&text, &everyday("看病", &["医疗"]));
        assert_eq!(text, "娃上学 → 入学、教育 ; 0.8\n看病 → 医疗 ; 0.8\n");
        assert_eq!(
            without(&text, "看病").as_deref(),
            Some("娃上学 → 入学、教育 ; 0.8\n")
        );
        assert_eq!(without(&text, "看"), None);
    }

    #[test]
    fn lines_are_read_as_they_are_written() {
        let written = [
            line("看病", Relation::Everyday, &["就医", "医疗"]),
            line("社零", Relation::Same, &["社会消费品零售总额"]),
        ];
        let text = written
            .iter()
            .fold(String::new(), |text, line| with(&text, line));
        assert_eq!(lines(&format!("# 说明\n{text}\n")), written);
        assert_eq!(
            without(&text, "社零").as_deref(),
            Some("看病 → 就医、医疗 ; 0.8\n")
        );
        assert_eq!(
            plain("# 说明\n马营大桥\n\n 定西宽粉 \n"),
            ["马营大桥", "定西宽粉"]
        );
    }
}
