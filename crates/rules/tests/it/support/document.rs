//! A document with its rules, cut into passages as simply as can be.

use wenzheng_rules::{Answers, Policy, Problems, Rules, Use, Vocabulary, load, read_reply};

const EXAMPLE: &str = include_str!("../../fixtures/anhe-gaoling.md");
const EXAMPLE_RULES: &str = include_str!("../../fixtures/anhe-gaoling.rules.toml");

/// A document with its rules.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) text: String,
    pub(crate) rules: String,
    pub(crate) vocabulary: String,
}

/// The worked example.
pub(crate) fn example() -> Document {
    Document {
        text: EXAMPLE.to_owned(),
        rules: EXAMPLE_RULES.to_owned(),
        vocabulary: "format = 1".to_owned(),
    }
}

impl Document {
    /// One passage, which is also its section of conditions, with the rest of a rule file after its head.
    pub(crate) fn with(text: &str, rules: &str) -> Self {
        let head = "format = 1\ndocument = \"甲\"\nbenefit = \"补贴\"\nperson = \"老人\"\n";
        Self {
            text: text.to_owned(),
            rules: format!("{head}{rules}"),
            vocabulary: "format = 1".to_owned(),
        }
    }

    /// Its rules, with variables of this vocabulary.
    pub(crate) fn sharing(mut self, vocabulary: &str) -> Self {
        self.vocabulary = vocabulary.to_owned();
        self
    }

    /// Loads the rules.
    pub(crate) fn load(&self, purpose: Use) -> Result<Rules, Problems> {
        let vocabulary = Vocabulary::read("variables.toml", &self.vocabulary)?;
        let body = self.text.rsplit("---\n").next().unwrap_or_default();
        let lines = body.lines().filter(|line| !line.is_empty());
        let passages: Vec<&str> = lines
            .clone()
            .filter(|line| !line.starts_with('#'))
            .collect();
        let mut restricting = Vec::new();
        let mut is_restricting = !body.contains("## ");
        for line in lines {
            if line.starts_with("## ") {
                is_restricting = ["对象", "条件", "不予"]
                    .iter()
                    .any(|part| line.contains(part));
            } else if is_restricting {
                restricting.push(line);
            }
        }
        let policy = Policy {
            number: None,
            text: &self.text,
            passages: &passages,
            restricting: &restricting,
        };
        load("a.rules.toml", &self.rules, &vocabulary, policy, purpose)
    }

    /// The rules, which are right.
    pub(crate) fn rules(&self) -> Rules {
        self.load(Use::Review).expect("the rules are right")
    }

    /// Each problem as it is told.
    pub(crate) fn problems(&self, purpose: Use) -> Vec<String> {
        let problems = self.load(purpose).err().map(|problems| problems.0);
        let problems = problems.unwrap_or_default().into_iter();
        problems.map(|problem| problem.to_string()).collect()
    }
}

/// Replies to the questions of a dialogue, in order: the questions asked, and the answers.
pub(crate) fn talk(rules: &Rules, replies: &[&str]) -> (Vec<String>, Answers) {
    let mut answers = Answers::new();
    let mut asked = Vec::new();
    for reply in replies {
        let question = rules.next_question(&answers).expect("a question");
        let answer = read_reply(&question, reply).expect("it is clear");
        asked.push(question.ask);
        answers.give(question.variable.id, answer);
    }
    (asked, answers)
}
