//! The lists of `config/lexicon/intents/`: patterns that say what a message is for, and
//! what a question asks.
//!
//! One pattern a line, with a text that it matches and, where it could be mistaken, one that the list
//! must not match:
//!
//! ```text
//! before = ^(
//! after = )+$
//!
//! 你好 = 你好 ≠ 你好，请问今年修路吗
//! ```

use std::{collections::BTreeMap, path::Path, sync::LazyLock};

use regex::Regex;

use super::{intent_list::IntentList, problem::LexiconProblem};
use crate::text::normalize::fold;

/// All lists, each as one pattern.
#[derive(Debug, Clone)]
pub struct Intents([Regex; IntentList::ALL.len()]);

/// Compiled once: the lists inside the program serve most of the time.
static BUILT_IN: LazyLock<Intents> = LazyLock::new(|| {
    Intents(IntentList::ALL.map(|list| {
        let parsed = Parsed::read(list.file().1);
        Regex::new(&parsed.pattern()).expect("the lists inside the program are tested")
    }))
});

impl Default for Intents {
    fn default() -> Self {
        BUILT_IN.clone()
    }
}

impl Intents {
    /// The lists in `texts`, by their names below `dir`; one that is missing there or holds a bad line
    /// is taken from inside the program.
    pub(super) fn from_texts(
        dir: &Path,
        texts: &BTreeMap<String, String>,
        problems: &mut Vec<LexiconProblem>,
    ) -> Self {
        let mut intents = Self::default();
        for (n, list) in IntentList::ALL.into_iter().enumerate() {
            let name = list.name();
            // What is inside the program is tested, and compiled already.
            let Some(text) = texts.get(&name).filter(|text| *text != list.file().1) else {
                continue;
            };
            match Parsed::read(text).checked(list) {
                Ok(pattern) => intents.0[n] = pattern,
                Err(bad) => problems.extend(bad.into_iter().map(|(line, what)| LexiconProblem {
                    file: dir.join(&name),
                    line,
                    what: format!("{what}。整张表改用程序自带的"),
                })),
            }
        }
        intents
    }

    /// The list as one pattern, for folded texts.
    #[must_use]
    pub const fn pattern(&self, list: IntentList) -> &Regex {
        // The order of `ALL` is that of the variants, which a test checks.
        &self.0[list as usize]
    }

    /// True when a folded text matches a pattern of the list. Of a list that
    /// [is compared without punctuation](IntentList::is_bare), the text is given without it.
    #[must_use]
    pub fn matches(&self, list: IntentList, text: &str) -> bool {
        self.pattern(list).is_match(text)
    }
}

/// A list as it stands in its file.
#[derive(Debug, Default)]
struct Parsed<'a> {
    before: &'a str,
    after: &'a str,
    lines: Vec<Line<'a>>,
    /// Lines that are not of the form described above.
    bad: Vec<(usize, String)>,
}

#[derive(Debug)]
struct Line<'a> {
    number: usize,
    pattern: &'a str,
    matches: &'a str,
    not: Option<&'a str>,
}

impl<'a> Parsed<'a> {
    fn read(text: &'a str) -> Self {
        let mut parsed = Self::default();
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match line.split_once(" = ") {
                Some(("before", before)) => parsed.before = before,
                Some(("after", after)) => parsed.after = after,
                Some((pattern, texts)) => {
                    let (matches, not) = match texts.split_once(" ≠ ") {
                        Some((matches, not)) => (matches, Some(not)),
                        None => (texts, None),
                    };
                    parsed.lines.push(Line {
                        number: n + 1,
                        pattern,
                        matches,
                        not,
                    });
                }
                None => parsed.bad.push((
                    n + 1,
                    format!("“{line}”里没有“ = ”。应写成“正则表达式 = 一句它认得的话”"),
                )),
            }
        }
        parsed
    }

    fn pattern(&self) -> String {
        let alternatives: Vec<&str> = self.lines.iter().map(|line| line.pattern).collect();
        self.wrapped(&alternatives.join("|"))
    }

    fn wrapped(&self, pattern: &str) -> String {
        format!("{}{pattern}{}", self.before, self.after)
    }

    /// The list as one pattern, when every line does what it says.
    fn checked(mut self, list: IntentList) -> Result<Regex, Vec<(usize, String)>> {
        let as_compared = |text: &str| -> String {
            let folded = fold(text);
            let kept = |c: &char| !list.is_bare() || c.is_alphanumeric();
            folded.chars().filter(kept).collect()
        };
        let mut bad = std::mem::take(&mut self.bad);
        for line in &self.lines {
            match Regex::new(&self.wrapped(line.pattern)) {
                Ok(pattern) if pattern.is_match(&as_compared(line.matches)) => {}
                Ok(_) => bad.push((line.number, format!("它不认得“{}”", line.matches))),
                Err(_) => bad.push((line.number, format!("“{}”不是正则表达式", line.pattern))),
            }
        }
        let whole = match Regex::new(&self.pattern()) {
            Ok(whole) if !self.lines.is_empty() => whole,
            _ => {
                if bad.is_empty() {
                    bad.push((0, "没有一行可用".to_owned()));
                }
                return Err(bad);
            }
        };
        for line in &self.lines {
            if let Some(not) = line.not
                && whole.is_match(&as_compared(not))
            {
                bad.push((line.number, format!("这张表认得了不该认的“{not}”")));
            }
        }
        if bad.is_empty() { Ok(whole) } else { Err(bad) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_inside_the_program_does_what_it_says() {
        for (n, list) in IntentList::ALL.into_iter().enumerate() {
            assert_eq!(list as usize, n, "{list:?}");
            let checked = Parsed::read(list.file().1).checked(list);
            assert_eq!(checked.err(), None, "{}", list.file().0);
        }
    }

    fn read(text: &str) -> (Intents, Vec<String>) {
        let texts = BTreeMap::from([("intents/abuse.txt".to_owned(), text.to_owned())]);
        let mut problems = Vec::new();
        let intents = Intents::from_texts(Path::new(""), &texts, &mut problems);
        let shown = |problem: &LexiconProblem| {
            let name = problem.file.file_name().unwrap_or_default();
            format!("{}:{}: {}", name.display(), problem.line, problem.what)
        };
        (intents, problems.iter().map(shown).collect())
    }

    #[test]
    fn a_list_is_what_its_file_says_and_others_are_those_inside_the_program() {
        let (intents, problems) =
            read("# 说明\nbefore = ^(\nafter = )$\n\n坏蛋|坏人 = 坏蛋 ≠ 坏人坏事\n");
        assert_eq!(problems, [""; 0]);
        assert!(intents.matches(IntentList::Abuse, "坏人"));
        assert!(!intents.matches(IntentList::Abuse, "坏人坏事"));
        assert!(!intents.matches(IntentList::Abuse, "笨蛋"));
        assert!(intents.matches(IntentList::Greeting, "你好"));
    }

    #[test]
    fn a_bad_line_is_reported_and_the_list_inside_the_program_serves() {
        for (text, problem) in [
            (
                "坏蛋",
                "abuse.txt:1: “坏蛋”里没有“ = ”。应写成“正则表达式 = 一句它认得的话”",
            ),
            ("坏蛋 = 好人", "abuse.txt:1: 它不认得“好人”"),
            ("坏(蛋 = 坏蛋", "abuse.txt:1: “坏(蛋”不是正则表达式"),
            (
                "\n坏 = 坏蛋 ≠ 修坏的路",
                "abuse.txt:2: 这张表认得了不该认的“修坏的路”",
            ),
            ("# 都删了\n", "abuse.txt:0: 没有一行可用"),
        ] {
            let (intents, problems) = read(text);
            assert_eq!(problems, [format!("{problem}。整张表改用程序自带的")]);
            assert!(intents.matches(IntentList::Abuse, "笨蛋"), "{text}");
            assert!(!intents.matches(IntentList::Abuse, "坏蛋"), "{text}");
        }
    }
}
