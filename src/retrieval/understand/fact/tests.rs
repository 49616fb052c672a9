//! Which kind of fact a question asks for, and what meets it.

use super::*;

fn asked(question: &str) -> Option<FactKind> {
    answer_type(&Intents::default(), question).map(|answer| answer.kind)
}

fn met(question: &str, text: &str) -> bool {
    answer_type(&Intents::default(), question).is_some_and(|answer| answer.is_met_by(text))
}

#[test]
fn the_kind_of_fact_is_recognised() {
    let asked = |q: &str| {
        super::answer_type(&Intents::default(), q)
            .map(|answer| (answer.kind, answer.unit, answer.each))
    };
    assert_eq!(
        asked("特困供养一个人一年给多少"),
        Some((FactKind::Money, String::new(), true))
    );
    assert_eq!(
        asked("新建多少座淤地坝"),
        Some((FactKind::Number, "座".into(), false))
    );
    assert_eq!(
        asked("森林覆盖率要达到多少"),
        Some((FactKind::Percentage, String::new(), false))
    );
    assert_eq!(
        asked("艺术节几月几号开幕"),
        Some((FactKind::Date, String::new(), false))
    );
    assert_eq!(
        asked("我家能不能领低保").map(|a| a.0),
        Some(FactKind::Eligibility)
    );
    assert_eq!(
        asked("全县有多少人口"),
        Some((FactKind::Number, String::new(), false))
    );
    assert_eq!(asked("食堂饭菜贵不贵").map(|a| a.0), Some(FactKind::Money));
    assert_eq!(asked("垃圾分类怎么推进"), None);
    assert_eq!(asked("我爸好几样慢性病有人管没"), None);
    assert_eq!(
        asked("驿站建在哪几条街上").map(|a| a.0),
        Some(FactKind::Where)
    );
    assert_eq!(asked("存在哪些困难"), None);
}

#[test]
fn one_kind_goes_before_another() {
    assert_eq!(
        asked("在哪申请低保"),
        Some(FactKind::Procedure),
        "before 在哪"
    );
    assert_eq!(
        asked("我能多报多少"),
        Some(FactKind::Percentage),
        "what is paid back is a share"
    );
    assert_eq!(asked("养老院啥时候建成"), Some(FactKind::Date));
    assert_eq!(asked("艺术节啥时候办"), Some(FactKind::Date));
    assert_eq!(asked("今年经济涨几个点"), Some(FactKind::Percentage));
    assert_eq!(asked("县长是谁"), Some(FactKind::Who));
    assert_eq!(asked("收入增长多少"), Some(FactKind::Percentage));
    assert_eq!(
        asked("投资多少亩"),
        Some(FactKind::Number),
        "亩 is no money"
    );
    assert_eq!(asked("投资多少万元"), Some(FactKind::Money));
}

#[test]
fn only_a_completion_is_met_by_words_without_a_day() {
    let completion =
        answer_type(&Intents::default(), "养老院啥时候建成").map(|answer| answer.completion);
    assert_eq!(completion, Some(true));
    assert_eq!(
        answer_type(&Intents::default(), "几月几号开门").map(|answer| answer.completion),
        Some(false)
    );
    assert!(met("养老院啥时候建成", "养老院全面建成"));
    assert!(!met("养老院啥时候建成", "养老院开工"));
    assert!(!met("艺术节啥时候办", "举办艺术节3场"));
    assert!(met("几月几号开门", "12月5日开门"));
    assert!(!met("几月几号开门", "按时开门"));
}

#[test]
fn a_figure_must_be_of_the_kind_asked_for() {
    assert!(met("温泉门票多少钱", "门票50元"));
    assert!(!met("温泉门票多少钱", "温泉康养项目3个"));
    assert!(met("森林覆盖率是多少", "覆盖率达到15.6%"));
    assert!(!met("森林覆盖率是多少", "造林3万亩"));
    assert!(met("新建多少座淤地坝", "新建淤地坝6座"));
    assert!(met("新建多少座淤地坝", "新建淤地坝6处"), "of one family");
    assert!(!met("新建多少座淤地坝", "新建淤地坝6公里"));
    assert!(met("全县有多少人口", "总人口33万"));
    assert!(!met("全县有多少人口", "2024年12月"), "a date is no number");
    assert!(!met("水库能蓄多少水", "实施引洮一期供水改造"), "nor a rank");
}

#[test]
fn an_amount_for_each_must_be_given_for_each() {
    let question = "助学贷款一个学生最多能贷多少";
    assert!(!met(question, "助学贷款5000万元以上"));
    assert!(met(question, "每人最高贷款8000元"));
}

#[test]
fn a_report_meets_neither_procedures_nor_judgements_on_a_person() {
    assert!(!met("我家能不能领低保", "低保对象可以领"));
    assert!(!met("低保怎么申请", "到镇上申请,电话12345"));
}

#[test]
fn a_place_or_a_name_is_met_by_one() {
    assert!(met("养老院在哪", "位于城关"));
    assert!(met("养老院在哪", "建在北街"));
    assert!(!met("养老院在哪", "已经开工"));
    assert!(met("县长是谁", "宗学谦"));
    assert!(!met("县长是谁", "县长作了报告"), "a name and nothing else");
}

#[test]
fn a_distance_in_points_is_no_rate() {
    assert!(!met("失业率是百分之几", "失业率低于控制指标1.98个百分点"));
    assert!(met("失业率是百分之几", "失业率为3.5%"));
}

#[test]
fn how_many_is_asked_at_the_end_of_what_is_said() {
    assert_eq!(asked("全市考起好多 我家有个学生"), Some(FactKind::Number));
    assert_eq!(asked("考起要好多分"), Some(FactKind::Number));
    assert_eq!(asked("有好多人在那儿耍"), None);
}

#[test]
fn a_figure_may_stand_right_before_what_it_counts() {
    assert!(met("安置了多少人", "安置5万移民。"));
    assert!(!met("安置了多少人", "总投资5万元。"));
    assert!(met("建成几座水库", "建成水库2件。"));
}
