use super::*;

/// Imports `lines` as a report of 2024 and gives the periods of the paragraphs that hold `words`.
fn period_of(lines: &[&str], words: &str) -> Vec<Period> {
    let options = crate::Options {
        place: Some("青禾市".to_owned()),
        year: Some(2024),
        ..crate::Options::default()
    };
    let imported = crate::import(lines.join("\n").as_bytes(), &options).expect("it is text");
    let path = std::path::Path::new("a.md");
    let (source, mut problems) = wenzheng_document::markdown::read(path, &imported.text);
    let id = wenzheng_document::DocumentId("a".to_owned());
    let source = source.expect("it reads back");
    let report = wenzheng_document::report::build(id, 1, path, source, &mut problems);
    let passages = report
        .passages
        .iter()
        .filter(|passage| passage.text.contains(words));
    passages.map(|passage| passage.period).collect()
}

const DONE: &str = "一年来，全市地区生产总值达到500亿元，增长6.1%，城镇新增就业2.3万人，建成了学校12所，获评全国文明城市。";
const AIMED: &str = "今年全市经济社会发展的主要预期目标是：地区生产总值增长6%左右。加快建设产业园区，大力发展特色农业，确保粮食产量稳定。";

#[test]
fn the_year_in_a_heading_tells_review_from_plan() {
    for (review, plan) in [
        ("一、2023年的主要工作", "二、2024年工作安排"),
        ("一、2023年所做的工作", "二、2024年的工作"),
        ("一、2023年工作的简要情况", "二、2024年目标任务"),
        ("一、“十三五”目标任务胜利完成", "二、2024年工作安排"),
        ("一、“十三五”时期回顾和2023年重点工作", "二、2024年工作安排"),
        (
            "一、砥砺前行，经济社会发展取得新成绩",
            "二、奋勇争先，开创高质量发展新局面",
        ),
    ] {
        let lines = ["各位代表：", review, DONE, plan, AIMED];
        assert_eq!(
            period_of(&lines, "500亿元"),
            [Period::Done(2023)],
            "{review}"
        );
        assert_eq!(
            period_of(&lines, "6%左右"),
            [Period::Planned(2024)],
            "{plan}"
        );
    }
}

#[test]
fn two_reviews_stand_before_the_plan() {
    let lines = [
        "各位代表：",
        "一、2023年工作回顾",
        DONE,
        "二、过去五年的工作",
        "五年来，我们建成了高速公路3条，获评全国卫生城市，贫困村全部摘帽，城乡面貌明显改善。",
        "三、今后五年的目标任务",
        "今后五年，要努力打造全国一流营商环境，力争生产总值突破1000亿元。",
        "四、2024年重点工作",
        AIMED,
    ];
    assert_eq!(period_of(&lines, "500亿元"), [Period::Done(2023)]);
    assert_eq!(period_of(&lines, "高速公路3条"), [Period::Done(2023)]);
    assert_eq!(period_of(&lines, "1000亿元"), [Period::Planned(2024)]);
    assert_eq!(period_of(&lines, "6%左右"), [Period::Planned(2024)]);
}

#[test]
fn a_part_about_shortcomings_is_an_assessment_wherever_it_stands() {
    for order in [[0, 1, 2], [0, 2, 1]] {
        let parts = [
            ["一、2023年工作回顾", DONE],
            [
                "二、存在的困难和问题",
                "产业基础仍然薄弱，财政收支矛盾突出。",
            ],
            ["三、2024年重点工作", AIMED],
        ];
        let mut lines = vec!["各位代表："];
        lines.extend(order.iter().flat_map(|n| parts[*n]));
        assert_eq!(period_of(&lines, "收支矛盾"), [Period::Assessment]);
        assert_eq!(period_of(&lines, "500亿元"), [Period::Done(2023)]);
        assert_eq!(period_of(&lines, "6%左右"), [Period::Planned(2024)]);
    }
}

#[test]
fn a_plan_may_begin_below_the_last_heading_of_the_review() {
    let done = "全市建成了一批项目，生产总值增长6.1%，获评全国文明城市，成效明显。";
    let aimed = "要加快建设产业园区，大力发展特色农业，确保粮食产量稳定，力争新增就业2万人以上。";
    let lines = [
        "各位代表：",
        "一、综合实力跃上台阶",
        done,
        done,
        "二、社会大局和谐稳定",
        done,
        done,
        done,
        "今年是实施规划的关键之年。今年全市的总体要求是：加快发展，确保稳定。",
        aimed,
        aimed,
        aimed,
        "三、大力推进经济建设",
        aimed,
        aimed,
    ];
    assert!(
        period_of(&lines, "成效明显")
            .iter()
            .all(|period| *period == Period::Done(2023))
    );
    assert!(
        period_of(&lines, "确保")
            .iter()
            .all(|period| *period == Period::Planned(2024))
    );
    assert_eq!(period_of(&lines, "成效明显").len(), 5);
}

#[test]
fn a_report_without_a_plan_is_given_none() {
    let lines = [
        "各位代表：",
        "一、2023年工作回顾",
        DONE,
        "全年新建农村公路120公里，改造了老旧小区30个，群众满意度明显提高。",
        "城镇登记失业率下降0.3个百分点，连续五年获评全省优秀。",
    ];
    assert_eq!(period_of(&lines, "500亿元"), [Period::Done(2023)]);
    assert_eq!(period_of(&lines, "满意度"), [Period::Done(2023)]);
}

#[test]
fn the_turn_parts_results_from_intentions() {
    assert_eq!(turn(&[0.5, 0.6, -0.2, -0.9]), 2);
    assert_eq!(turn(&[0.5, -0.1, 0.6, -0.9]), 3);
    assert_eq!(turn(&[]), 0);
    assert_eq!(turn(&[-1.0]), 0);
    assert_eq!(turn(&[1.0]), 1);
}

#[test]
fn a_list_in_the_glossary_is_of_the_year_it_names() {
    let lines = [
        "各位代表：",
        "一、2023年工作回顾",
        DONE,
        "二、2024年工作安排",
        AIMED,
        "名词解释",
        "1.“两通”：乡镇和建制村全面实现通硬化路、通客车。",
        "2.2023年市定3件民生实事：",
        "（1）建成幼儿园3所。",
        "（2）改造旧房800套。",
        "（3）新增床位300张。",
        "3.2024年市定3件民生实事：",
        "（1）建设三贤路。",
        "（2）整治莲花路。",
        "（3）改造公厕11座。",
    ];
    assert_eq!(period_of(&lines, "幼儿园"), [Period::Done(2023)]);
    assert_eq!(period_of(&lines, "三贤路"), [Period::Planned(2024)]);
}
