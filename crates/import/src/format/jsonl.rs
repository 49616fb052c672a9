//! Reads JSON lines: passages (`text`, with `heading` or `title`) or questions with curated answers
//! (`question`, `answer`, `source`).
//!
//! An answer becomes a paragraph below its question, within a part named after its source, and is cited
//! like any passage: 来源 › 问题. Order and grouping follow the file.

use serde::Deserialize;

use crate::{faq::Headings, paragraph::Mark, split::Split};

/// Maximum number of lines read.
const LINES: usize = 100_000;

/// One line. Other keys are ignored, since exports have many.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Record {
    #[serde(
        alias = "q",
        alias = "问题",
        alias = "title",
        alias = "heading",
        alias = "section"
    )]
    question: Heading,
    #[serde(
        alias = "a",
        alias = "答案",
        alias = "text",
        alias = "content",
        alias = "passage",
        alias = "正文"
    )]
    answer: Option<String>,
    #[serde(alias = "来源", alias = "url", alias = "document")]
    source: Option<String>,
}

/// A heading, or the path to it.
#[derive(Debug, Default, Deserialize)]
#[serde(untagged)]
enum Heading {
    #[default]
    None,
    One(String),
    Path(Vec<String>),
}

impl Heading {
    fn text(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::One(text) => text.clone(),
            Self::Path(path) => path.join(" › "),
        }
    }
}

/// True if the first line is a JSON object with an answer or a text.
pub(crate) fn is_jsonl(text: &str) -> bool {
    let first = text
        .trim_start_matches('\u{feff}')
        .lines()
        .find(|line| !line.trim().is_empty());
    first.is_some_and(|line| {
        line.trim_start().starts_with('{')
            && serde_json::from_str::<Record>(line).is_ok_and(|record| record.answer.is_some())
    })
}

/// Reads every line, each answer as a paragraph to be cleaned like any other text; invalid lines are
/// left out.
pub(crate) fn read(text: &str) -> Split {
    let mut split = Split::default();
    let mut all = Vec::new();
    let filled = |text: &String| !text.is_empty();
    for (n, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let record = serde_json::from_str::<Record>(line).unwrap_or_default();
        let answer = record.answer.as_deref().map(one_line).filter(filled);
        let Some(answer) = answer.filter(|_| n < LINES) else {
            if !line.trim().is_empty() {
                let shown: String = line.chars().take(60).collect();
                split.leave_out(n + 1, &shown);
            }
            continue;
        };
        let before = split.paragraphs.len();
        split.add(n + 1, &answer, Mark::default());
        if split.paragraphs.len() > before {
            let source = record.source.as_deref().map(one_line).filter(filled);
            let part = source.unwrap_or_else(|| "常见问题".to_owned());
            let section = one_line(&record.question.text());
            all.push(Headings { part, section });
        }
    }
    split.faq = Some(all);
    split
}

fn one_line(text: &str) -> String {
    text.split(['\n', '\r'])
        .map(str::trim)
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAQ: &str = "{\"question\":\"低保怎么申请？\",\"answer\":\"向户籍所在地乡镇\\n提出申请。\",\"source\":\"县民政局\"}\n\n坏行\n{\"question\":\"多少钱？\",\"answer\":\"每月500元。\",\"source\":\"县民政局\",\"id\":3}\n";

    #[test]
    fn an_answer_has_its_source_and_its_question_as_headings() {
        assert!(is_jsonl(FAQ));
        let answers = read(FAQ);
        let texts: Vec<&str> = answers.paragraphs.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(texts, ["向户籍所在地乡镇提出申请。", "每月500元。"]);
        let headings = answers.faq.expect("these are answers");
        assert_eq!(headings[1].part, "县民政局");
        assert_eq!(headings[1].section, "多少钱？");
        assert_eq!(answers.left_out[0].text, "坏行");
    }

    #[test]
    fn passages_have_a_heading_or_a_path_to_it() {
        let text = "{\"text\":\"修路。\",\"heading\":[\"交通\",\"道路\"]}\n{\"text\":\"供水。\",\"title\":\"水利\"}";
        let headings = read(text).faq.expect("these are passages");
        assert_eq!(headings[0].part, "常见问题");
        assert_eq!(headings[0].section, "交通 › 道路");
        assert_eq!(headings[1].section, "水利");
        assert!(!is_jsonl("{\"a_b\": 1}"));
        assert!(!is_jsonl("各位代表："));
    }
}
