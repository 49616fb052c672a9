//! Reads the lists.

use std::{collections::BTreeMap, fs, io, path::Path};

use super::{
    intent_list::IntentList,
    intents::Intents,
    list::{FILES, List, ListFile, OFFICE},
    problem::LexiconProblem,
    words::{Lexicon, Synonym},
};
use crate::text::normalize::fold;

/// How much an official word counts beside the everyday word it stands in for, unless its line
/// says otherwise.
const DEFAULT_WEIGHT: f32 = 0.6;

impl Lexicon {
    /// The lists inside the program.
    #[must_use]
    pub fn embedded() -> Self {
        let mut lexicon = Self::default();
        for file in FILES {
            lexicon.read_built_in(&file);
        }
        lexicon.finish()
    }

    /// The lists in `dir`, named as [`Self::from_texts`] says; a file that is missing there is taken from
    /// inside the program.
    #[must_use]
    pub fn from_dir(dir: &Path) -> (Self, Vec<LexiconProblem>) {
        let mut problems = Vec::new();
        let mut texts = BTreeMap::new();
        for name in names() {
            let file = dir.join(&name);
            match fs::read_to_string(&file) {
                Ok(text) => drop(texts.insert(name, text)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => {
                    let what = format!("读不了（{error}），改用程序自带的词表");
                    problems.push(LexiconProblem {
                        file,
                        line: 0,
                        what,
                    });
                }
            }
        }
        (Self::read_texts(dir, &texts, &mut problems), problems)
    }

    /// The lists in `texts`, by their names below the folder of the lists (`synonyms.txt`,
    /// `intents/abuse.txt`); one that is missing is taken from inside the program, and other names are
    /// passed over. Problems name the lists so too.
    ///
    /// What an office adds stands in lists of its own, `office/synonyms.txt` and
    /// `office/user-words.txt`: they count beside the lists of the same name, whichever those are, and
    /// where both give a pair of words a weight, the office's is taken.
    #[must_use]
    pub fn from_texts(texts: &BTreeMap<String, String>) -> (Self, Vec<LexiconProblem>) {
        let mut problems = Vec::new();
        let lexicon = Self::read_texts(Path::new(""), texts, &mut problems);
        (lexicon, problems)
    }

    /// As [`Self::from_texts`], of the lists in `dir`.
    fn read_texts(
        dir: &Path,
        texts: &BTreeMap<String, String>,
        problems: &mut Vec<LexiconProblem>,
    ) -> Self {
        let mut lexicon = Self::default();
        // The first weight that a pair of words gets is the one it keeps.
        for (list, name) in OFFICE {
            if let Some(text) = texts.get(name) {
                lexicon.read(list, &dir.join(name), text, problems);
            }
        }
        for built_in in FILES {
            if let Some(text) = texts.get(built_in.name) {
                let file = dir.join(built_in.name);
                lexicon.read(built_in.list, &file, text, problems);
                // With examples of one kind only, every question would be like that kind.
                if !lexicon.lacks_examples(built_in.list) {
                    continue;
                }
                problems.push(LexiconProblem {
                    file,
                    line: 0,
                    what: "没有一行例子，改用程序自带的".to_owned(),
                });
            }
            lexicon.read_built_in(&built_in);
        }
        lexicon.intents = Intents::from_texts(dir, texts, problems);
        lexicon.finish()
    }

    /// True for a list of examples that holds none.
    const fn lacks_examples(&self, list: List) -> bool {
        match list {
            List::OnTopic => self.examples.on_topic.is_empty(),
            List::OffTopic => self.examples.off_topic.is_empty(),
            _ => false,
        }
    }

    /// Reads a list inside the program, which is without mistakes: that is tested.
    fn read_built_in(&mut self, file: &ListFile) {
        let name = Path::new(file.name);
        self.read(file.list, name, file.built_in, &mut Vec::new());
    }

    fn read(&mut self, list: List, file: &Path, text: &str, problems: &mut Vec<LexiconProblem>) {
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Err(what) = self.entry(list, line) {
                problems.push(LexiconProblem {
                    file: file.to_owned(),
                    line: n + 1,
                    what,
                });
            }
        }
    }

    fn entry(&mut self, list: List, line: &str) -> Result<(), String> {
        match list {
            List::Courtesy => self.courtesy.push(fold(line)),
            List::UserWords => {
                if line.contains(char::is_whitespace) {
                    return Err(format!("“{line}”中间有空格。一行只写一个词"));
                }
                self.user_words.push(fold(line));
            }
            List::QuestionWords => {
                self.question_words.insert(fold(line));
            }
            List::WeakWords => {
                self.weak_words.insert(fold(line));
            }
            List::LeaningWords => {
                self.leaning_words.insert(fold(line));
            }
            List::Places => self.places.extend(line.split_whitespace().map(fold)),
            List::OnTopic => self.examples.on_topic.push(fold(line)),
            List::OffTopic => self.examples.off_topic.push(fold(line)),
            List::English => {
                let (phrase, words) = sides(line, "→")?;
                for phrase in phrase {
                    self.english
                        .entry(phrase)
                        .or_default()
                        .extend(words.iter().cloned());
                }
            }
            List::Synonyms | List::Abbreviations => self.synonym(line)?,
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
            let synonyms = self.synonyms.entry(word.clone()).or_default();
            for other in to {
                if other != word && synonyms.iter().all(|known| known.word != *other) {
                    synonyms.push(Synonym {
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
}

/// Where lists may stand, below the folder of all of them.
fn names() -> impl Iterator<Item = String> {
    let files = FILES.iter().map(|file| file.name.to_owned());
    let office = OFFICE.iter().map(|(_, name)| (*name).to_owned());
    files
        .chain(office)
        .chain(IntentList::ALL.iter().map(|list| list.name()))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(synonyms: &str) -> (Lexicon, Vec<String>) {
        let mut lexicon = Lexicon::default();
        let mut problems = Vec::new();
        lexicon.read(
            List::Synonyms,
            Path::new("synonyms.txt"),
            synonyms,
            &mut problems,
        );
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

    fn texts(of: &[(&str, &str)]) -> BTreeMap<String, String> {
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        of.iter().map(owned).collect()
    }

    fn weight_of(lexicon: &Lexicon, word: &str, official: &str) -> Option<f32> {
        let synonyms = lexicon.synonyms.get(word)?;
        let found = synonyms.iter().find(|synonym| synonym.word == official);
        found.map(|synonym| synonym.weight)
    }

    #[test]
    fn texts_are_read_as_the_files_of_a_folder_are() {
        let of = [
            ("synonyms.txt", "大夫 → 医生\n大夫 医生"),
            ("intents/abuse.txt", "坏蛋"),
            ("office/synonyms.txt", "娃 → 医生 ; 多"),
        ];
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in of {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let (by_folder, problems) = Lexicon::from_dir(folder.path());
        let (by_texts, told) = Lexicon::from_texts(&texts(&of));
        assert_eq!(by_folder.synonyms, by_texts.synonyms);
        assert_eq!(by_folder.user_words, by_texts.user_words);
        let below = |problem: &LexiconProblem| {
            let file = problem.file.strip_prefix(folder.path()).unwrap();
            (file.to_owned(), problem.line, problem.what.clone())
        };
        let as_told = |problem: &LexiconProblem| {
            let LexiconProblem { file, line, what } = problem;
            (file.clone(), *line, what.clone())
        };
        assert_eq!(
            problems.iter().map(below).collect::<Vec<_>>(),
            told.iter().map(as_told).collect::<Vec<_>>()
        );
        let told: Vec<String> = told.iter().map(ToString::to_string).collect();
        assert!(told[0].starts_with("office/synonyms.txt:1: "), "{told:?}");
        assert!(told[1].starts_with("synonyms.txt:2: "), "{told:?}");
        assert!(told[2].starts_with("intents/abuse.txt:1: "), "{told:?}");
        assert_eq!(told.len(), 3);
    }

    #[test]
    fn what_an_office_adds_counts_beside_the_lists_and_before_them() {
        let of = texts(&[
            ("office/synonyms.txt", "低保 → 道路\n洋芋 → 马铃薯 ; 0.3"),
            ("office/user-words.txt", "马营大桥"),
        ]);
        let (lexicon, problems) = Lexicon::from_texts(&of);
        assert_eq!(problems, []);
        let ours = Lexicon::embedded();
        assert_eq!(weight_of(&lexicon, "低保", "道路"), Some(DEFAULT_WEIGHT));
        assert_eq!(weight_of(&ours, "洋芋", "马铃薯"), Some(0.9));
        assert_eq!(weight_of(&lexicon, "洋芋", "马铃薯"), Some(0.3));
        assert!(
            ours.synonyms
                .keys()
                .all(|word| lexicon.synonyms.contains_key(word))
        );
        assert_eq!(lexicon.user_words.len(), ours.user_words.len() + 1);
    }

    #[test]
    fn without_texts_it_is_the_lexicon_inside_the_program() {
        let (lexicon, problems) = Lexicon::from_texts(&BTreeMap::new());
        assert_eq!(problems, []);
        let ours = Lexicon::embedded();
        assert_eq!(lexicon.synonyms, ours.synonyms);
        assert_eq!(lexicon.user_words, ours.user_words);
    }

    #[test]
    fn an_everyday_word_stands_for_official_ones() {
        let (lexicon, problems) = lexicon("逛街、买东西 → 消费、商业综合体 ; 0.4\n医保 = 医疗保险");
        assert!(problems.is_empty());
        let words = |text: &str| -> Vec<(String, f32)> {
            let found = lexicon.everyday_words(text);
            found
                .iter()
                .flat_map(|word| word.synonyms)
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
        assert_eq!(lexicon.everyday_words("大夫").len(), 1);
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
        for file in FILES {
            let mut problems = Vec::new();
            let name = Path::new(file.name);
            Lexicon::default().read(file.list, name, file.built_in, &mut problems);
            assert_eq!(problems, [], "{}", file.name);
        }
    }
}
