use wenzheng_document::BlockKind;

use super::recognise;
use crate::paragraph::Paragraph;

fn kinds(lines: &[&str]) -> Vec<BlockKind> {
    let paragraphs: Vec<Paragraph> = lines.iter().map(|line| Paragraph::marked(line)).collect();
    let (blocks, _) = recognise(&paragraphs, 0);
    blocks.into_iter().map(|b| b.kind).collect()
}

fn heading(level: u8, text: &str) -> BlockKind {
    BlockKind::Heading {
        level,
        text: text.to_owned(),
        period: None,
    }
}

fn paragraph(text: &str, lead: &str) -> BlockKind {
    BlockKind::Paragraph {
        text: text.to_owned(),
        lead: lead.len(),
        continues: false,
        period: None,
    }
}

fn item(text: &str) -> BlockKind {
    BlockKind::LivelihoodItem {
        text: text.to_owned(),
    }
}

fn entry(name: &str, definition: &str) -> BlockKind {
    BlockKind::Entry {
        name: name.to_owned(),
        definition: definition.to_owned(),
        aliases: Vec::new(),
    }
}

#[test]
fn a_section_runs_into_its_paragraph() {
    assert_eq!(
        kinds(&[
            "2023年工作回顾",
            "一、乡村振兴全面推进。坚持巩固。持续提升。"
        ]),
        [
            heading(1, "2023年工作回顾"),
            heading(2, "一、乡村振兴全面推进。"),
            paragraph("坚持巩固。持续提升。", ""),
        ]
    );
}

#[test]
fn without_parts_a_numbered_line_is_the_part() {
    assert_eq!(
        kinds(&[
            "一、2019年工作回顾",
            "**（一）脱贫攻坚取得进展。**全年投入207亿元。"
        ]),
        [
            heading(1, "一、2019年工作回顾"),
            heading(2, "（一）脱贫攻坚取得进展。"),
            paragraph("全年投入207亿元。", ""),
        ]
    );
}

#[test]
fn a_short_first_sentence_leads() {
    for (text, lead) in [
        ("加快健康通渭建设。持续深化改革。", "加快健康通渭建设。"),
        (
            "过去一年，我们逆势而进稳增长，经济大盘稳健向好。对标要求。",
            "过去一年，我们逆势而进稳增长，经济大盘稳健向好。",
        ),
        ("2023年是全面贯彻党的二十大精神的开局之年。一年来。", ""),
        ("刚刚过去的一年，是极不平凡的一年。习近平总书记。", ""),
        ("各位代表！艰难方显勇毅，磨砺始得玉成。过去一年。", ""),
        ("新增城镇就业2085人。支持就业。", ""),
        ("重点抓好八个方面的工作：", ""),
        ("1.加快产业升级。坚持不懈。", "1.加快产业升级。"),
    ] {
        assert_eq!(kinds(&[text]), [paragraph(text, lead)]);
    }
    assert_eq!(
        kinds(&["**新增就业2085人，**支持就业。"]),
        [paragraph("新增就业2085人，支持就业。", "新增就业2085人，")]
    );
}

#[test]
fn livelihood_items_stand_alone() {
    let kinds = kinds(&[
        "办好十件民生实事：一是修路10公里。二是供水。三是供气；增加2.5万户。我们将努力。",
        "办好三件实事：",
        "1.修路；",
        "2.供水；",
        "3.供气。",
    ]);
    let rest = BlockKind::Paragraph {
        text: "我们将努力。".to_owned(),
        lead: 0,
        continues: true,
        period: None,
    };
    assert_eq!(
        kinds,
        [
            paragraph("办好十件民生实事：", ""),
            item("一是修路10公里。"),
            item("二是供水。"),
            item("三是供气；增加2.5万户。"),
            rest,
            paragraph("办好三件实事：", ""),
            item("1.修路；"),
            item("2.供水；"),
            item("3.供气。"),
        ]
    );
}

#[test]
fn a_list_of_troubles_is_no_livelihood_list() {
    let text = "还存在不少问题：一是实力不强。二是体系不全。三是支撑不牢。";
    assert_eq!(kinds(&[text]), [paragraph(text, "")]);
}

#[test]
fn glossary_entries_lose_their_number() {
    assert_eq!(
        kinds(&[
            "有关用语说明：",
            "1.“三抓三促”行动：抓学习。",
            "2.“一核”：即兰州。",
            "附件：2024年任务",
            "一、修路。",
        ]),
        [
            heading(1, "有关用语说明："),
            entry("“三抓三促”行动", "抓学习。"),
            entry("“一核”", "即兰州。"),
            heading(1, "附件：2024年任务"),
            paragraph("一、修路。", ""),
        ]
    );
}

#[test]
fn a_glossary_may_come_without_a_heading() {
    let kinds = kinds(&[
        "各位代表！让我们团结起来。",
        "1.“三抓三促”行动：抓学习。",
        "2.“一核”：即兰州。",
        "3.“一带”：即河西。",
    ]);
    assert_eq!(kinds[1], heading(1, "名词解释"));
    assert_eq!(kinds[4], entry("“一带”", "即河西。"));
}

#[test]
fn notes_may_stand_before_a_glossary_without_a_heading() {
    let kinds = kinds(&[
        "各位代表！让我们团结起来。",
        "谢谢大家！",
        "注：文中部分数据为初步统计数",
        "三抓三促 指抓学习，抓执行。",
        "“一核” 即兰州，全省的中心。",
        "“一带” 即河西走廊，五市相连。",
    ]);
    assert_eq!(kinds[3], heading(1, "名词解释"));
    assert_eq!(kinds[4], entry("三抓三促", "指抓学习，抓执行。"));
    assert_eq!(kinds[6], entry("“一带”", "即河西走廊，五市相连。"));
}

#[test]
fn footnotes_need_neither_heading_nor_closing_words() {
    let kinds = kinds(&[
        "实施“三抓三促”[^1]行动，加快建设产业园区。",
        "[^1]: “三抓三促”行动：抓学习。",
        "[^2]：“一核”：即兰州。",
        "[^3]:“一带”：即河西。",
    ]);
    assert_eq!(kinds[1], heading(1, "名词解释"));
    assert_eq!(kinds[2], entry("“三抓三促”行动", "抓学习。"));
    assert_eq!(kinds[4], entry("“一带”", "即河西。"));
}

#[test]
fn sections_that_count_on_are_no_glossary() {
    let kinds = kinds(&[
        "（二）疫情防控慎终如初。坚持联防联控、群防群控。",
        "各位代表！同疫情作斗争，是生与死的较量。",
        "（三）生态环境显著改善。实施国土绿化行动，完成造林43.95万亩。",
        "（四）项目建设高效推进。坚持以项目补短板、增后劲。",
        "（五）产业发展加快转型。推动工业消费提质增效。",
    ]);
    assert!(
        kinds
            .iter()
            .all(|kind| !matches!(kind, BlockKind::Entry { .. })),
        "{kinds:?}"
    );
}

#[test]
fn thanks_and_a_date_are_no_glossary() {
    let lines = [
        "各位代表！让我们团结起来。",
        "谢谢大家！",
        "青禾市人民政府",
        "2024年1月10日",
    ];
    assert!(
        kinds(&lines)
            .iter()
            .all(|kind| !matches!(kind, BlockKind::Entry { .. }))
    );
}
