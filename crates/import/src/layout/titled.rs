//! The layout of a document that is no report: its text, articles or questions, and its annexes.

use wenzheng_document::BlockKind;

use super::{
    annexes::{self, Part},
    articles::has_articles,
    questions,
    recognise::{Block, recognise, recognise_articles, recognise_questions},
};
use crate::paragraph::Paragraph;

/// Deepest level of a heading.
const DEEPEST: u8 = 3;

/// Returns the blocks of the text below the title of a document, and the indices of paragraphs left out.
/// An annex is a section below its own title.
pub(crate) fn recognise_titled(paragraphs: &[Paragraph]) -> (Vec<Block>, Vec<usize>) {
    let (mut blocks, mut left_out) = (Vec::new(), Vec::new());
    for part in annexes::parts(paragraphs) {
        let (body, below) = match part {
            Part::Contents(lines) => {
                blocks.extend(lines.map(|n| plain(paragraphs, n)));
                continue;
            }
            Part::Body(body) => (body, 0),
            Part::Annex(heading, body) => {
                let first = heading.start;
                blocks.push(heading_block(&paragraphs[heading], first));
                (body, 1)
            }
        };
        let from = body.start;
        let (own, out) = body_blocks(&paragraphs[body]);
        blocks.extend(own.into_iter().map(|block| lowered(block, from, below)));
        left_out.extend(out.into_iter().map(|n| n + from));
    }
    (blocks, left_out)
}

fn body_blocks(paragraphs: &[Paragraph]) -> (Vec<Block>, Vec<usize>) {
    if has_articles(paragraphs) {
        return (recognise_articles(paragraphs), Vec::new());
    }
    match questions::headings(paragraphs) {
        Some(headings) => (recognise_questions(paragraphs, &headings), Vec::new()),
        None => recognise(paragraphs, 0),
    }
}

/// A block of what begins at paragraph `from`, its headings so many levels below.
fn lowered(block: Block, from: usize, below: u8) -> Block {
    let kind = match block.kind {
        BlockKind::Heading {
            level,
            text,
            period,
        } => BlockKind::Heading {
            level: (level + below).min(DEEPEST),
            text,
            period,
        },
        kind => kind,
    };
    Block {
        kind,
        paragraph: block.paragraph + from,
    }
}

/// The heading of an annex: 附件1 发放标准表. A title of two lines is one.
fn heading_block(lines: &[Paragraph], paragraph: usize) -> Block {
    let mut text = String::new();
    for (n, line) in lines.iter().enumerate() {
        if n == 1 {
            text.push(' ');
        }
        text.push_str(line.text.trim());
    }
    Block {
        kind: BlockKind::Heading {
            level: 1,
            text,
            period: None,
        },
        paragraph,
    }
}

fn plain(paragraphs: &[Paragraph], n: usize) -> Block {
    Block {
        kind: BlockKind::Paragraph {
            text: paragraphs[n].text.clone(),
            lead: 0,
            continues: false,
            period: None,
        },
        paragraph: n,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::paragraph::{Mark, Row};

    /// Blocks, one a line; rows of a table begin with |.
    fn outline(lines: &[&str]) -> String {
        let paragraphs: Vec<Paragraph> = lines.iter().map(|line| line_of(line)).collect();
        let (blocks, left_out) = recognise_titled(&paragraphs);
        assert!(left_out.is_empty());
        let shown: Vec<String> = blocks.iter().map(shown).collect();
        shown.join("\n")
    }

    fn line_of(line: &str) -> Paragraph {
        let (row, text) = match line.strip_prefix('|') {
            Some(head) if head.starts_with('|') => (Row::Header, head.trim_start_matches('|')),
            Some(row) => (Row::Body, row),
            None => (Row::None, line),
        };
        let mark = Mark {
            row,
            ..Mark::default()
        };
        Paragraph {
            mark,
            ..Paragraph::plain(text)
        }
    }

    fn shown(block: &Block) -> String {
        match &block.kind {
            BlockKind::Heading { level, text, .. } => format!("{level} {text}"),
            BlockKind::Paragraph { text, .. } => text.clone(),
            BlockKind::TableRow { cells, .. } => format!("| {}", cells.join(" | ")),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_table_stands_below_the_title_of_its_annex() {
        insta::assert_snapshot!(outline(&[
            "各乡镇人民政府：",
            "一、发放对象",
            "具有本县户籍、年满80周岁的老年人。",
            "二、发放标准",
            "见附件1。",
            "附件：1.发放标准表",
            "2.申请流程",
            "安和县民政局",
            "2025年3月20日",
            "附件1",
            "安和县高龄津贴发放标准表",
            "单位：元/月",
            "||年龄\t标准",
            "|80周岁以上\t50",
            "注：从批准的次月起发放。",
            "附件2：申请流程",
            "一、申请",
            "带身份证到村民委员会填表，由村民委员会报乡镇人民政府审核。",
            "二、审批",
            "县民政局在15个工作日内审批。",
        ]), @r"
        各乡镇人民政府：
        1 一、发放对象
        具有本县户籍、年满80周岁的老年人。
        1 二、发放标准
        见附件1。
        附件：1.发放标准表
        2.申请流程
        安和县民政局
        2025年3月20日
        1 附件1 安和县高龄津贴发放标准表
        单位：元/月
        | 80周岁以上 | 50
        注：从批准的次月起发放。
        1 附件2：申请流程
        2 一、申请
        带身份证到村民委员会填表，由村民委员会报乡镇人民政府审核。
        2 二、审批
        县民政局在15个工作日内审批。
        ");
    }

    #[test]
    fn questions_are_headings_of_their_answers_in_an_annex_as_well() {
        insta::assert_snapshot!(outline(&[
            "现将问答印发给你们。",
            "附件：",
            "高龄津贴政策问答",
            "1.问：怎么申请？",
            "答：带以下材料到村民委员会：",
            "（1）身份证；",
            "（2）户口簿。",
            "2.问：我想知道标准。",
            "答：见下表。",
            "|80周岁以上\t50",
        ]), @r"
        现将问答印发给你们。
        1 附件： 高龄津贴政策问答
        2 1.问：怎么申请？
        答：带以下材料到村民委员会：
        （1）身份证；
        （2）户口簿。
        2 2.问：我想知道标准。
        答：见下表。
        | 80周岁以上 | 50
        ");
    }

    #[test]
    fn the_articles_of_an_annex_are_not_those_of_the_notice() {
        insta::assert_snapshot!(outline(&[
            "现将办法印发给你们。",
            "附件",
            "高龄津贴发放办法",
            "第一条 为了关爱老人，制定本办法。",
            "第二条 年满80周岁的，可以申请：",
            "（一）有本县户籍；",
            "第三条 每月50元。",
        ]), @r"
        现将办法印发给你们。
        1 附件 高龄津贴发放办法
        第一条 为了关爱老人，制定本办法。
        第二条 年满80周岁的，可以申请：
        （一）有本县户籍；
        第三条 每月50元。
        ");
    }

    const LINES: [&str; 24] = [
        "附件",
        "附件1",
        "附件2：标准表",
        "附件：1.标准表",
        "2.申请表",
        "附：",
        "安和县民政局",
        "2025年3月20日",
        "高龄津贴发放标准表",
        "问：怎么申请？",
        "问：怎么申请？答：去村里。",
        "答：去村里。",
        "Q1：几天？",
        "A1：5天。",
        "一、怎么申请？",
        "二、去哪办？带证去村里。",
        "三、标准",
        "（一）条件",
        "1.身份证；",
        "第一条 为了关爱老人。",
        "第二条 每月50元。",
        "第三条 自印发之日起施行。",
        "年满80周岁的老年人，可以向户籍所在地的村民委员会提出申请，由乡镇人民政府审核。",
        "咨询电话：0000-1234567",
    ];

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_reordered(
            picked in prop::collection::vec((0..LINES.len(), any::<bool>()), 0..16),
        ) {
            let paragraphs: Vec<Paragraph> = picked
                .iter()
                .map(|(n, bold)| {
                    let line = LINES[*n];
                    if *bold { Paragraph::marked(&format!("**{line}**")) } else { Paragraph::plain(line) }
                })
                .collect();
            let words = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            let source: String = paragraphs.iter().map(|p| words(&p.text)).collect();
            let (blocks, left_out) = recognise_titled(&paragraphs);
            prop_assert_eq!(left_out, Vec::<usize>::new());
            let kept: String = blocks
                .iter()
                .map(|block| match &block.kind {
                    BlockKind::Heading { text, .. } | BlockKind::Paragraph { text, .. } => words(text),
                    other => words(&format!("{other:?}")),
                })
                .collect();
            prop_assert_eq!(kept, source);
            let order: Vec<usize> = blocks.iter().map(|block| block.paragraph).collect();
            prop_assert!(order.is_sorted());
        }
    }
}
