//! The marks of a corpus file, and the problems reported about wrong ones.

use std::path::Path;

use super::read;
use crate::model::{BlockKind, Period};

const HEAD: &str = "---\ntitle: 某县报告\nplace: 某县\nyear: 2024\n---\n";

fn problems(text: &str) -> Vec<String> {
    let (_, problems) = read(Path::new("a.md"), text);
    problems.iter().map(ToString::to_string).collect()
}

fn blocks(body: &str) -> Vec<BlockKind> {
    let (source, problems) = read(Path::new("a.md"), &format!("{HEAD}{body}"));
    assert_eq!(problems, []);
    source
        .expect("front matter is valid")
        .blocks
        .into_iter()
        .map(|b| b.kind)
        .collect()
}

#[test]
fn a_bold_opening_is_the_lead_sentence() {
    assert_eq!(
        blocks("**加快健康通渭建设。**持续深化改革。"),
        [BlockKind::Paragraph {
            text: "加快健康通渭建设。持续深化改革。".into(),
            lead: "加快健康通渭建设。".len(),
            continues: false,
            period: None,
        }]
    );
}

#[test]
fn an_entry_takes_its_aliases_from_the_comment() {
    assert_eq!(
        blocks("## 有关用语说明：\n- **“三抓三促”行动**：抓学习促提升。 <!-- 又称：三抓、三促 -->")
            [1],
        BlockKind::Entry {
            name: "“三抓三促”行动".into(),
            definition: "抓学习促提升。".into(),
            aliases: vec!["三抓".into(), "三促".into()],
        }
    );
}

#[test]
fn a_comment_overrides_the_period() {
    let kinds = blocks("## 一年来 <!-- period: done 2023 -->\n<!-- period: undated -->\n完了。");
    assert!(matches!(
        kinds[0],
        BlockKind::Heading {
            period: Some(Period::Done(2023)),
            ..
        }
    ));
    assert!(matches!(
        kinds[1],
        BlockKind::Paragraph {
            period: Some(Period::Undated),
            ..
        }
    ));
}

#[test]
fn every_problem_is_named_with_its_line_and_what_to_do() {
    insta::assert_snapshot!(
        problems(&format!("{HEAD}- 一是修路。\n#### 跳级\n**没完\n- **词** 释义\n##\n加□；\n<!-- period: soon -->")).join("\n"),
        @r"
    a.md:6: 清单前面没有引出它的段落。请把段落写在清单上面
    a.md:7: 标题跳级：跳级 上面没有上一级标题。请补上一级标题，或减少 # 的个数
    a.md:8: 段首的 ** 没有配对。请在主题句末尾补上 **
    a.md:9: 用语条目应写成“- **术语**：释义”。请补上冒号或释义
    a.md:10: 标题没有文字。请补上文字，或删去这一行
    a.md:11: 有损坏的文字“加□；”。请对照原文改正
    a.md:12: 时期注释“soon”看不懂。应为 done 2023、planned 2024、assessment 或 undated
    "
    );
}

#[test]
fn missing_and_bad_front_matter_is_named() {
    assert_eq!(
        problems("正文"),
        ["a.md:1: 开头缺少两行 --- 之间的说明（title、place、year 等）。请补上，写法见 README"]
    );
    let text = problems("---\ntitle: 甲\nyear: 24\n---\n正文").join("\n");
    assert!(text.contains("a.md:1: 开头的说明缺少 place"), "{text}");
    assert!(text.contains("a.md:3: year 的内容“24”不对"), "{text}");
    let text = problems("---\ntitle: 甲\nplace: 乙\nyear: 二零\n---\n正文").join("\n");
    assert!(text.starts_with("a.md:4: 开头的说明有语法错误"), "{text}");
    // The parser counts lines from below the first ---.
    assert!(!text.contains("line"), "{text}");
}

#[test]
fn a_table_has_a_head_and_rows() {
    let kinds = blocks(
        "低保标准：\n\n| 项目 | 标准 |\n| --- | --- |\n| 城市低保 | 730元 |\n| 农村低保 |  |\n\n| 一行 |",
    );
    let row = |cells: [&str; 2]| BlockKind::TableRow {
        header: vec!["项目".into(), "标准".into()],
        cells: cells.map(str::to_owned).to_vec(),
    };
    assert_eq!(
        kinds[1..3],
        [row(["城市低保", "730元"]), row(["农村低保", ""])]
    );
    // Without the line below it, a row is a paragraph.
    assert!(matches!(&kinds[3], BlockKind::Paragraph { text, .. } if text == "| 一行 |"));
}

const POLICY: &str = "---\nkind: policy\ntitle: 安和县高龄津贴发放办法\nplace: 安和县\n";

fn policy(keys: &str) -> (Option<crate::Policy>, Vec<String>) {
    let text = format!("{POLICY}{keys}---\n\n## 一、对象\n\n老年人。\n");
    let (source, problems) = read(Path::new("a.md"), &text);
    let problems = problems.iter().map(ToString::to_string).collect();
    (source.map(|source| source.meta.policy), problems)
}

#[test]
fn a_policy_document_says_what_it_repeals_and_how_long_it_holds() {
    let (read, problems) = policy(
        "doc_number: 安政办发〔2025〕15号\neffective_on: 2025-04-01\nvalid_years: 5\n\
         repeals: 安政办发〔2020〕8号\namends: [安政发〔2024〕2号 第五条]\nphone: 12345\n",
    );
    assert_eq!(problems, [] as [&str; 0]);
    let read = read.expect("the keys are in order");
    assert_eq!(read.repeals, ["安政办发〔2020〕8号"]);
    assert_eq!(read.amends[0].article, "第五条");
    assert_eq!(read.phone, "12345");
    assert_eq!(
        read.ends_on().map(|day| day.to_string()).as_deref(),
        Some("2030-03-31")
    );
}

#[test]
fn what_does_not_fit_is_told_at_its_line() {
    let (_, problems) = policy("effective_on: 2025-04-01\nexpires_on: 2024-04-01\n");
    assert_eq!(
        problems,
        ["a.md:6: expires_on 的内容“2024-04-01”不对。应为施行日期以后的日期"]
    );
    let (_, problems) = policy("issued_on: 三月\nvalid_years: 0\n");
    assert_eq!(problems.len(), 2, "{problems:?}");
    let report = "---\ntitle: 某县报告\nplace: 某县\nyear: 2024\nvalid_years: 5\n---\n";
    assert_eq!(
        super::tests::problems(report),
        [
            "a.md:5: 只有政策文件（kind: policy）可以写 valid_years。请删去这一行，或把 kind 改为 policy"
        ]
    );
}
