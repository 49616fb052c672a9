//! Blocks of an FAQ: each answer is a paragraph below its question, and questions are grouped by
//! source.

use wenzheng_document::{BlockKind, Period};

use crate::layout::Block;

/// The headings above an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Headings {
    /// Source of the answer; never empty.
    pub(crate) part: String,
    /// The question; empty when there is none.
    pub(crate) section: String,
}

/// Returns the blocks of the answers in `texts`, which must be clean text.
pub(crate) fn blocks<'a>(
    texts: impl Iterator<Item = &'a str>,
    headings: &[Headings],
) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (mut part, mut section) = ("", "");
    for (n, (text, headings)) in texts.zip(headings).enumerate() {
        let (source, question) = (headings.part.as_str(), headings.section.as_str());
        let mut heading = |level: u8, text: &str, period| {
            blocks.push(Block {
                kind: BlockKind::Heading {
                    level,
                    text: text.to_owned(),
                    period,
                },
                paragraph: n,
            });
        };
        if source != part || n == 0 {
            heading(1, source, Some(Period::Undated));
            section = "";
        }
        if !question.is_empty() && question != section {
            heading(2, question, None);
        }
        (part, section) = (source, question);
        blocks.push(Block {
            kind: BlockKind::Paragraph {
                text: text.to_owned(),
                lead: 0,
                continues: false,
                period: None,
            },
            paragraph: n,
        });
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(part: &str, section: &str) -> Headings {
        Headings {
            part: part.to_owned(),
            section: section.to_owned(),
        }
    }

    #[test]
    fn headings_are_not_repeated_from_one_answer_to_the_next() {
        let answers = [
            ("提出申请。", headings("县民政局", "低保怎么申请？")),
            ("带上户口簿。", headings("县民政局", "低保怎么申请？")),
            ("每月500元。", headings("县民政局", "多少钱？")),
            ("拨打12345。", headings("热线", "")),
        ];
        let (texts, headings): (Vec<&str>, Vec<Headings>) = answers.into_iter().unzip();
        let blocks = blocks(texts.into_iter(), &headings);
        let shown: Vec<String> = blocks
            .iter()
            .map(|block| match &block.kind {
                BlockKind::Heading { level, text, .. } => format!("{level} {text}"),
                BlockKind::Paragraph { text, .. } => text.clone(),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(
            shown,
            [
                "1 县民政局",
                "2 低保怎么申请？",
                "提出申请。",
                "带上户口簿。",
                "2 多少钱？",
                "每月500元。",
                "1 热线",
                "拨打12345。",
            ]
        );
        let paragraphs: Vec<usize> = blocks.iter().map(|block| block.paragraph).collect();
        assert_eq!(paragraphs, [0, 0, 0, 1, 2, 2, 3, 3]);
    }
}
