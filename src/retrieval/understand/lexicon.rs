//! The word lists of `config/lexicon/`: plain text that county staff can edit.
//!
//! Each file explains itself in its head. A line that cannot be read is reported with file and
//! line, and skipped; everything else counts.

use std::{
    collections::{HashMap, HashSet},
    fmt, fs,
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

use crate::text::{Span, hex, normalize::fold};

/// How much an official word counts beside the everyday word it stands in for, unless its line
/// says otherwise.
const DEFAULT_WEIGHT: f32 = 0.6;
/// Official words of at least this weight mean the same as the everyday word; those below only
/// help to find (门票 → 景区: a scenic area is no ticket price).
pub const SYNONYM_THRESHOLD: f32 = 0.6;
/// Everyday words are at most this long, in characters.
const LONGEST: usize = 12;
/// Characters that question words are made of and hardly any other word.
const ASKING: [char; 8] = ['谁', '啥', '哪', '咋', '吗', '呢', '么', '几'];
/// English phrases are at most this long, in words.
const LONGEST_ENGLISH: usize = 5;

/// The lists by file name, as they ship inside the program.
const EMBEDDED: [(&str, &str); 9] = [
    (
        "courtesy.txt",
        include_str!("../../../config/lexicon/courtesy.txt"),
    ),
    (
        "question-words.txt",
        include_str!("../../../config/lexicon/question-words.txt"),
    ),
    (
        "synonyms.txt",
        include_str!("../../../config/lexicon/synonyms.txt"),
    ),
    (
        "abbreviations.txt",
        include_str!("../../../config/lexicon/abbreviations.txt"),
    ),
    (
        "user-words.txt",
        include_str!("../../../config/lexicon/user-words.txt"),
    ),
    (
        "weak-words.txt",
        include_str!("../../../config/lexicon/weak-words.txt"),
    ),
    (
        "english.txt",
        include_str!("../../../config/lexicon/english.txt"),
    ),
    (
        "on-topic.txt",
        include_str!("../../../config/lexicon/on-topic.txt"),
    ),
    (
        "off-topic.txt",
        include_str!("../../../config/lexicon/off-topic.txt"),
    ),
];

/// A line of a list that was skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconProblem {
    /// The file.
    pub file: PathBuf,
    /// Line, counted from 1; 0 when the whole file is meant.
    pub line: usize,
    /// What is wrong and what to do, for county staff.
    pub what: String,
}

impl fmt::Display for LexiconProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file.display(), self.line, self.what)
    }
}

/// An official word that stands in for an everyday one.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Folded.
    pub word: String,
    /// Above 0, at most 1: how much it counts beside the word that was typed.
    pub weight: f32,
}

/// An everyday word found in a text, with what officials call it.
#[derive(Debug, Clone, PartialEq)]
pub struct Expansion<'a> {
    /// Bytes of the text.
    pub span: Span,
    /// At least one.
    pub alternatives: &'a [Alternative],
}

/// All lists; everything folded.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Removed wherever they occur, longest first.
    courtesy: Vec<String>,
    /// Removed when words of their own.
    question_words: HashSet<String>,
    /// Searched for, but with little weight.
    weak_words: HashSet<String>,
    /// Everyday word → official words.
    synonyms: HashMap<String, Vec<Alternative>>,
    /// For the segmenter.
    user_words: Vec<String>,
    /// English phrase → Chinese words.
    english: HashMap<String, Vec<String>>,
    examples: Examples,
}

/// Examples of questions, for search by meaning to know more of either kind.
#[derive(Debug, Clone, Default)]
pub struct Examples {
    /// Such as a report may answer; folded.
    pub on_topic: Vec<String>,
    /// Such as no report answers; folded.
    pub off_topic: Vec<String>,
}

impl Examples {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let all = self.on_topic.iter().chain(&self.off_topic);
        all.map(String::as_str)
    }
}

impl Lexicon {
    /// The lists inside the program.
    #[must_use]
    pub fn embedded() -> Self {
        let mut lexicon = Self::default();
        for (name, text) in EMBEDDED {
            lexicon.read(Path::new(name), text, &mut Vec::new());
        }
        lexicon.finish()
    }

    /// The lists in `dir`; a file that is missing there is taken from inside the program.
    #[must_use]
    pub fn from_dir(dir: &Path) -> (Self, Vec<LexiconProblem>) {
        let mut lexicon = Self::default();
        let mut problems = Vec::new();
        for (name, built_in) in EMBEDDED {
            let file = dir.join(name);
            match fs::read_to_string(&file) {
                Ok(text) => {
                    lexicon.read(&file, &text, &mut problems);
                    // With examples of one kind only, every question would be like that kind.
                    if lexicon.lacks_examples(name) {
                        problems.push(LexiconProblem {
                            file,
                            line: 0,
                            what: "没有一行例子，改用程序自带的".into(),
                        });
                        lexicon.read(Path::new(name), built_in, &mut Vec::new());
                    }
                }
                Err(error) => {
                    if error.kind() != std::io::ErrorKind::NotFound {
                        problems.push(LexiconProblem {
                            file: file.clone(),
                            line: 0,
                            what: format!("读不了（{error}），改用程序自带的词表"),
                        });
                    }
                    lexicon.read(&file, built_in, &mut Vec::new());
                }
            }
        }
        (lexicon.finish(), problems)
    }

    /// True for a list of examples that holds none.
    fn lacks_examples(&self, list: &str) -> bool {
        match list {
            "on-topic.txt" => self.examples.on_topic.is_empty(),
            "off-topic.txt" => self.examples.off_topic.is_empty(),
            _ => false,
        }
    }

    /// From now on, gives these folded words little weight.
    pub fn weaken<'a>(&mut self, words: impl IntoIterator<Item = &'a str>) {
        self.weak_words.extend(words.into_iter().map(str::to_owned));
    }

    /// Twelve hexadecimal digits over the words that the segmenter learns; equal words give equal
    /// digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut words: Vec<&str> = self.words().collect();
        words.sort_unstable();
        let digest = Sha256::digest(words.join("\n"));
        hex::encode(&digest[..6])
    }

    fn read(&mut self, file: &Path, text: &str, problems: &mut Vec<LexiconProblem>) {
        let name = file
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Err(what) = self.entry(name, line) {
                problems.push(LexiconProblem {
                    file: file.to_owned(),
                    line: n + 1,
                    what,
                });
            }
        }
    }

    fn entry(&mut self, list: &str, line: &str) -> Result<(), String> {
        match list {
            "courtesy.txt" => self.courtesy.push(fold(line)),
            "user-words.txt" => {
                if line.contains(char::is_whitespace) {
                    return Err(format!("“{line}”中间有空格。一行只写一个词"));
                }
                self.user_words.push(fold(line));
            }
            "question-words.txt" => {
                self.question_words.insert(fold(line));
            }
            "weak-words.txt" => {
                self.weak_words.insert(fold(line));
            }
            "on-topic.txt" => self.examples.on_topic.push(fold(line)),
            "off-topic.txt" => self.examples.off_topic.push(fold(line)),
            "english.txt" => {
                let (phrase, words) = sides(line, "→")?;
                for phrase in phrase {
                    self.english
                        .entry(phrase)
                        .or_default()
                        .extend(words.iter().cloned());
                }
            }
            _ => self.synonym(line)?,
        }
        Ok(())
    }

    /// `左、左 → 右、右 ; 0.4`, or `=` for both directions.
    fn synonym(&mut self, line: &str) -> Result<(), String> {
        let (words, weight) = match line.split_once([';', '；']) {
            None => (line, DEFAULT_WEIGHT),
            Some((words, weight)) => {
                let weight: f32 = weight.trim().parse().map_err(|_| {
                    format!(
                        "权重“{}”不是数字。应在 0 和 1 之间，例如 0.4",
                        weight.trim()
                    )
                })?;
                if !(weight > 0.0 && weight <= 1.0) {
                    return Err(format!("权重 {weight} 不在 0 和 1 之间"));
                }
                (words, weight)
            }
        };
        let arrow = if words.contains('→') { "→" } else { "=" };
        let (left, right) = sides(words, arrow)?;
        self.add(&left, &right, weight);
        if arrow == "=" {
            self.add(&right, &left, weight);
        }
        Ok(())
    }

    fn add(&mut self, from: &[String], to: &[String], weight: f32) {
        for word in from {
            let alternatives = self.synonyms.entry(word.clone()).or_default();
            for other in to {
                if other != word && alternatives.iter().all(|known| known.word != *other) {
                    alternatives.push(Alternative {
                        word: other.clone(),
                        weight,
                    });
                }
            }
        }
    }

    fn finish(mut self) -> Self {
        self.courtesy
            .sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        self.courtesy.dedup();
        self
    }

    /// Words for the segmenter: the user's, and short everyday words, so that they are found whole.
    ///
    /// A phrase (充电的地方) is none of them, nor what holds a question word (谁是县长): it would hide
    /// the topic and the question word alike.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let everyday = self.synonyms.keys().map(String::as_str);
        let short =
            everyday.filter(|word| word.chars().count() <= 4 && !word.contains(ASKING.as_slice()));
        self.user_words.iter().map(String::as_str).chain(short)
    }

    /// Words that say how something is asked, in no order.
    pub fn question_words(&self) -> impl Iterator<Item = &str> {
        self.question_words.iter().map(String::as_str)
    }

    /// Examples of questions that a report may answer, and of such that none does.
    #[must_use]
    pub const fn examples(&self) -> &Examples {
        &self.examples
    }

    /// The everyday words of a folded text with what officials call them; the longest first where
    /// they overlap, in order of the text.
    #[must_use]
    pub fn expansions(&self, text: &str) -> Vec<Expansion<'_>> {
        let starts: Vec<usize> = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .collect();
        let mut found = Vec::new();
        let mut n = 0;
        while n + 1 < starts.len() {
            let longest = LONGEST.min(starts.len() - 1 - n);
            let hit = (1..=longest).rev().find_map(|len| {
                let span = Span::new(starts[n], starts[n + len]);
                let alternatives = self.synonyms.get(span.of(text))?;
                Some((len, Expansion { span, alternatives }))
            });
            match hit {
                Some((len, expansion)) => {
                    found.push(expansion);
                    n += len;
                }
                None => n += 1,
            }
        }
        found
    }

    /// A folded English question in Chinese words, unknown words left as they are; `None` when no
    /// word is known.
    #[must_use]
    pub fn translate(&self, folded: &str) -> Option<String> {
        let words: Vec<&str> = folded
            .split(|c: char| !c.is_alphanumeric() && c != '.' && c != '%' && c != '\'')
            .filter(|word| !word.is_empty())
            .collect();
        let mut chinese = Vec::new();
        let mut known = false;
        let mut n = 0;
        while n < words.len() {
            let longest = LONGEST_ENGLISH.min(words.len() - n);
            let hit = (1..=longest)
                .rev()
                .find_map(|len| Some((len, self.english(&words[n..n + len].join(" "))?)));
            if let Some((len, meaning)) = hit {
                known = true;
                chinese.push(meaning.join(" "));
                n += len;
            } else {
                chinese.push(words[n].to_owned());
                n += 1;
            }
        }
        known.then(|| chinese.join(" "))
    }

    /// A phrase as listed, or in the singular.
    fn english(&self, phrase: &str) -> Option<&Vec<String>> {
        self.english
            .get(phrase)
            .or_else(|| self.english.get(phrase.strip_suffix('s')?))
            .or_else(|| self.english.get(phrase.strip_suffix("es")?))
    }

    /// `text` with courtesy phrases replaced by spaces.
    #[must_use]
    pub fn without_courtesy(&self, text: &str) -> String {
        blank_phrases(text, &self.courtesy)
    }

    /// True for words that say how something is asked, not what.
    #[must_use]
    pub fn is_question_word(&self, word: &str) -> bool {
        self.question_words.contains(word)
    }

    /// True for words that stand everywhere and tell little.
    #[must_use]
    pub fn is_weak(&self, word: &str) -> bool {
        self.weak_words.contains(word)
    }

    /// `text` with question words replaced by as many blanks as they have bytes.
    ///
    /// A question word must begin and end where a word of `words` (the segments of `text`) does:
    /// 目前 asks nothing in 项目前期.
    #[must_use]
    pub fn without_question_words(&self, text: &str, words: &[Span]) -> String {
        let mut blanked = text.to_owned();
        let mut n = 0;
        while n < words.len() {
            let longest = (n + 1..=words.len().min(n + LONGEST)).rev().find(|end| {
                let joined = words[n..*end]
                    .windows(2)
                    .all(|pair| pair[0].end == pair[1].start);
                let whole = Span::new(words[n].start, words[end - 1].end);
                joined && self.question_words.contains(whole.of(text))
            });
            if let Some(end) = longest {
                let whole = Span::new(words[n].start, words[end - 1].end);
                blanked.replace_range(whole.start..whole.end, &" ".repeat(whole.len()));
                n = end;
            } else {
                n += 1;
            }
        }
        blanked
    }
}

/// The words on both sides of `arrow`, folded; neither side may be empty.
fn sides(line: &str, arrow: &str) -> Result<(Vec<String>, Vec<String>), String> {
    let Some((left, right)) = line.split_once(arrow) else {
        return Err(format!("“{line}”里没有 → 或 =。应写成“口语词 → 报告用词”"));
    };
    let words = |side: &str| -> Vec<String> {
        side.split('、')
            .map(fold)
            .map(|word| word.trim().to_owned())
            .filter(|word| !word.is_empty())
            .collect()
    };
    let (left, right) = (words(left), words(right));
    if left.is_empty() || right.is_empty() {
        return Err(format!("“{line}”有一边是空的。应写成“口语词 → 报告用词”"));
    }
    Ok((left, right))
}

/// Replaces each phrase by as many spaces as it has bytes, so that positions stay the same.
fn blank_phrases(text: &str, phrases: &[String]) -> String {
    let mut text = text.to_owned();
    for phrase in phrases {
        if text.contains(phrase.as_str()) {
            text = text.replace(phrase.as_str(), &" ".repeat(phrase.len()));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(synonyms: &str) -> (Lexicon, Vec<String>) {
        let mut lexicon = Lexicon::default();
        let mut problems = Vec::new();
        lexicon.read(Path::new("synonyms.txt"), synonyms, &mut problems);
        (
            lexicon.finish(),
            problems.iter().map(ToString::to_string).collect(),
        )
    }

    #[test]
    fn a_list_of_examples_without_any_is_reported_and_not_used() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("on-topic.txt"), "# 都删了\n").unwrap();
        fs::write(folder.path().join("off-topic.txt"), "讲个笑话\n").unwrap();
        let (lexicon, problems) = Lexicon::from_dir(folder.path());
        assert_eq!(problems.len(), 1);
        assert!(problems[0].file.ends_with("on-topic.txt"));
        let ours = Lexicon::embedded();
        assert_eq!(lexicon.examples().on_topic, ours.examples().on_topic);
        assert_eq!(lexicon.examples().off_topic, ["讲个笑话"]);
    }

    #[test]
    fn an_everyday_word_stands_for_official_ones() {
        let (lexicon, problems) = lexicon("逛街、买东西 → 消费、商业综合体 ; 0.4\n医保 = 医疗保险");
        assert!(problems.is_empty());
        let words = |text: &str| -> Vec<(String, f32)> {
            let found = lexicon.expansions(text);
            found
                .iter()
                .flat_map(|e| e.alternatives)
                .map(|a| (a.word.clone(), a.weight))
                .collect()
        };
        assert_eq!(
            words("去哪逛街"),
            [("消费".into(), 0.4), ("商业综合体".into(), 0.4)]
        );
        assert_eq!(words("医疗保险"), [("医保".into(), 0.6)]);
        assert_eq!(words("医保"), [("医疗保险".into(), 0.6)]);
    }

    #[test]
    fn a_wrong_line_is_reported_and_skipped() {
        let (lexicon, problems) =
            lexicon("# 说明\n大夫 医生\n大夫 → 医生 ; 很多\n → 医生\n大夫 → 医生");
        assert_eq!(lexicon.expansions("大夫").len(), 1);
        assert_eq!(
            problems,
            [
                "synonyms.txt:2: “大夫 医生”里没有 → 或 =。应写成“口语词 → 报告用词”",
                "synonyms.txt:3: 权重“很多”不是数字。应在 0 和 1 之间，例如 0.4",
                "synonyms.txt:4: “→ 医生”有一边是空的。应写成“口语词 → 报告用词”",
            ]
        );
    }

    #[test]
    fn the_lists_inside_the_program_are_without_mistakes() {
        for (name, text) in EMBEDDED {
            let mut problems = Vec::new();
            Lexicon::default().read(Path::new(name), text, &mut problems);
            assert_eq!(problems, [], "{name}");
        }
    }
}
