use super::outline;
use crate::paragraph::Paragraph;

fn levels(lines: &[&str]) -> Vec<(u8, String)> {
    let paragraphs: Vec<Paragraph> = lines.iter().map(|line| Paragraph::marked(line)).collect();
    let outline = outline(&paragraphs, 0);
    let headings = paragraphs.iter().zip(outline);
    headings
        .filter_map(|(p, heading)| {
            let heading = heading?;
            Some((heading.level, p.text[..heading.length].to_owned()))
        })
        .collect()
}

fn outlined(lines: &[&str]) -> String {
    let levels = levels(lines);
    let lines = levels.iter().map(|(level, text)| format!("{level} {text}"));
    lines.collect::<Vec<_>>().join("\n")
}

const TEXT: &str =
    "坚持稳中求进工作总基调，全面贯彻新发展理念，推动经济社会发展取得新的成效，人民生活不断改善。";

#[test]
fn an_unnumbered_slogan_over_numbers_that_start_anew_is_a_part() {
    insta::assert_snapshot!(outlined(&[
        "**2022年工作回顾**",
        TEXT,
        "（一）聚力项目建设。坚持不懈。",
        "（二）紧盯产业培育。坚持不懈。",
        "**2023年重点任务**",
        TEXT,
        "（一）持续巩固成果。坚持不懈。",
        "（二）聚力推进建设。坚持不懈。",
        "加快建设实干政府",
        TEXT,
        "（一）锤炼政治品格。坚持不懈。",
    ]), @r"
    1 2022年工作回顾
    2 （一）聚力项目建设。
    2 （二）紧盯产业培育。
    1 2023年重点任务
    2 （一）持续巩固成果。
    2 （二）聚力推进建设。
    1 加快建设实干政府
    2 （一）锤炼政治品格。
    ");
}

#[test]
fn slogans_between_numbers_stay_below_them() {
    insta::assert_snapshot!(outlined(&[
        "一、2022年工作回顾",
        TEXT,
        "综合实力迈上新台阶",
        TEXT,
        "二、2023年重点工作",
        "（一）推动产业升级",
        "做强优势产业",
        TEXT,
        "（二）扩大有效投资",
        TEXT,
        "1.抓好项目谋划",
        TEXT,
        "三、加强政府自身建设",
        TEXT,
    ]), @r"
    1 一、2022年工作回顾
    2 综合实力迈上新台阶
    1 二、2023年重点工作
    2 （一）推动产业升级
    3 做强优势产业
    2 （二）扩大有效投资
    3 1.抓好项目谋划
    1 三、加强政府自身建设
    ");
}

#[test]
fn numbers_that_start_anew_in_each_part_are_sections() {
    insta::assert_snapshot!(outlined(&[
        "第一部分 2022年工作回顾",
        "一、经济稳中有进。坚持不懈。",
        "二、民生持续改善。坚持不懈。",
        "第二部分 2023年工作安排",
        "一、狠抓项目建设。坚持不懈。",
        "（一）谋划一批。坚持不懈。",
    ]), @r"
    1 第一部分 2022年工作回顾
    2 一、经济稳中有进。
    2 二、民生持续改善。
    1 第二部分 2023年工作安排
    2 一、狠抓项目建设。
    3 （一）谋划一批。
    ");
}

#[test]
fn what_is_listed_or_turns_to_the_hearers_is_no_heading() {
    assert_eq!(
        levels(&[
            "各位代表",
            "（一）修路；",
            "重点抓好八个方面的工作：",
            "1.5万人",
            TEXT
        ]),
        []
    );
}
