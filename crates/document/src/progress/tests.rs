use proptest::prelude::*;

use super::*;

const REVIEW: Period = Period::Done(2023);
const PLAN: Period = Period::Planned(2024);

/// The progress of the statement of `sentence` that holds `words`.
fn told(period: Period, sentence: &str, words: &str) -> Progress {
    let statements = statements(sentence).into_iter();
    let mut holding = statements.filter(|span| span.of(sentence).contains(words));
    let statement = holding.next().expect("the words stand in a statement");
    of(period, sentence, statement)
}

#[test]
fn each_clause_of_a_sentence_has_its_own_progress() {
    let projects = "重大项目建设提速增效，通定高速正式通车，寺子10万千瓦风电建成并网，第二批10万千瓦集中式风电开工建设，\
        抽水蓄能电站项目签约推进，非遗文化展示中心等项目主体完工，S565线襄常公路等项目加快推进。";
    for (words, progress) in [
        ("通定", Progress::Done),
        ("寺子", Progress::Done),
        ("第二批", Progress::Ongoing),
        ("抽水", Progress::Ongoing),
        ("非遗", Progress::Ongoing),
        ("襄常", Progress::Ongoing),
    ] {
        assert_eq!(told(REVIEW, projects, words), progress, "{words}");
    }
}

#[test]
fn a_new_verb_after_a_comma_of_lists_begins_a_statement() {
    let sentence = "建成县医院传染楼、开工建设中医院，新建“停车场、开工路”5个、公厕3座。";
    let pieces: Vec<&str> = statements(sentence)
        .into_iter()
        .map(|span| span.of(sentence))
        .collect();
    assert_eq!(
        pieces,
        [
            "建成县医院传染楼、",
            "开工建设中医院，",
            "新建“停车场、开工路”5个、公厕3座。"
        ]
    );
    assert_eq!(told(REVIEW, sentence, "传染楼"), Progress::Done);
    assert_eq!(told(REVIEW, sentence, "中医院"), Progress::Ongoing);
}

#[test]
fn what_is_expected_governs_its_list_until_a_verb_of_completion() {
    let figures = "预计地区生产总值增长7%，跨上70亿元台阶，固定资产投资56.1亿元、增长7.4%，\
        农村居民人均收入突破万元大关，实现了质的有效提升，交出了一份答卷。";
    for (words, progress) in [
        ("生产总值", Progress::Expected),
        ("台阶", Progress::Expected),
        ("固定资产", Progress::Expected),
        ("农村居民", Progress::Expected),
        ("质的", Progress::Done),
        ("答卷", Progress::Done),
    ] {
        assert_eq!(told(REVIEW, figures, words), progress, "{words}");
    }
}

#[test]
fn the_last_verb_decides() {
    for (clause, progress) in [
        ("东方希望养殖项目当年开工、当年建成", Progress::Done),
        ("启动建设的游客中心建成开放", Progress::Done),
        ("推进新型城镇化建设取得新进展", Progress::Done),
        ("获批建设的产业园加快推进", Progress::Ongoing),
        ("完成水库项目前期工作", Progress::Ongoing),
        ("历史文化街区即将建成", Progress::Ongoing),
        ("定临高速主体工程基本建成", Progress::Ongoing),
        ("新开续建2个棚户区改造项目", Progress::Ongoing),
        ("十座桥美化亮化基本完成", Progress::Done),
        ("实施棚户区改造3.45万户", Progress::Done),
        ("李店乡获评“两山”实践创新基地", Progress::Done),
    ] {
        assert_eq!(told(REVIEW, clause, ""), progress, "{clause}");
    }
}

#[test]
fn words_that_only_look_like_a_stage_are_none() {
    for clause in [
        "招商引资签约金额突破万亿",
        "第一时间启动应急响应",
        "规上企业开工率达到95%",
        "市场主体增加到187万户",
        "“加快发展年”活动取得实效",
    ] {
        assert_eq!(told(REVIEW, clause, ""), Progress::Done, "{clause}");
    }
}

#[test]
fn attitudes_lessons_and_the_names_of_years_stand_outside_of_time() {
    for sentence in [
        "坚持以政治建设为统领。",
        "我们深切体会到，必须加快建成小康社会。",
        "2023年是全面贯彻党的二十大精神的开局之年。",
        "一年来，",
    ] {
        for statement in statements(sentence) {
            assert_eq!(
                of(REVIEW, sentence, statement),
                Progress::None,
                "{sentence}"
            );
        }
    }
}

#[test]
fn a_shortcoming_is_no_result_and_what_was_mended_is_one() {
    let lacks = "教育、医疗等方面与群众期盼还有差距。";
    assert_eq!(told(REVIEW, lacks, "差距"), Progress::Assessment);
    let mended = "彻底解决供热能力不足。";
    assert_eq!(told(REVIEW, mended, "供热"), Progress::Done);
}

#[test]
fn in_a_plan_background_is_no_plan_and_what_exists_is_done() {
    for (clause, progress) in [
        (
            "2024年是实现“十四五”规划目标任务的关键一年，",
            Progress::None,
        ),
        ("当前，", Progress::None),
        ("实施农网改造提升工程121.5公里。", Progress::Planned),
        ("加快建设滨河路农贸交易市场，", Progress::Planned),
        ("已建成的养老院投入使用，", Progress::Planned),
        ("县城至高铁站的道路已建成通车，", Progress::Done),
        ("水库项目已开工建设，", Progress::Ongoing),
    ] {
        assert_eq!(told(PLAN, clause, ""), progress, "{clause}");
    }
}

#[test]
fn what_has_no_time_has_no_progress() {
    assert_eq!(told(Period::Undated, "建成公厕3座。", ""), Progress::None);
    assert_eq!(
        told(Period::Assessment, "建成公厕3座。", ""),
        Progress::Assessment
    );
}

#[test]
fn a_whole_text_has_the_progress_that_its_statements_share() {
    assert_eq!(
        of_whole(REVIEW, "坚持为民。建成公厕3座，新增床位9张。"),
        Some(Progress::Done)
    );
    assert_eq!(of_whole(REVIEW, "建成公厕3座，水库开工建设。"), None);
    assert_eq!(
        of_whole(Period::Undated, "建成公厕3座。"),
        Some(Progress::None)
    );
}

/// `source | part | progress/progress | sentence with the ⟦clause⟧`.
fn labelled(lines: &'static str) -> impl Iterator<Item = (Period, &'static str, String, Span)> {
    let lines = lines.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let fields: Vec<&str> = line.splitn(4, " | ").collect();
        let period = if fields[1] == "done" { REVIEW } else { PLAN };
        let (before, rest) = fields[3].split_once('⟦').expect("a clause is marked");
        let (clause, after) = rest.split_once('⟧').expect("a clause is marked");
        let span = Span::new(before.len(), before.len() + clause.len());
        (period, fields[2], format!("{before}{clause}{after}"), span)
    })
}

/// The share of `lines` that is read as labelled.
fn precision(lines: &'static str) -> f32 {
    let (mut right, mut all) = (0.0, 0.0);
    for (period, labels, sentence, span) in labelled(lines) {
        let progress = of(period, &sentence, span).name();
        all += 1.0;
        if labels.split('/').any(|label| label == progress) {
            right += 1.0;
        } else {
            eprintln!("{progress} for {labels}: {}", span.of(&sentence));
        }
    }
    right / all
}

#[test]
fn clauses_of_seven_reports_are_read_as_people_read_them() {
    let precision = precision(include_str!("labelled.txt"));
    assert!(precision >= 0.95, "{precision}");
}

#[test]
fn clauses_of_reports_that_the_rules_had_not_read_are_read_too() {
    let precision = precision(include_str!("held_out.txt"));
    assert!(precision >= 0.9, "{precision}");
}

proptest! {
    #[test]
    fn any_statement_of_any_sentence_has_a_progress(
        sentence in "[预计建成开工推进、，；。“”《》2亿 a]{0,40}",
        plan in prop::bool::ANY,
    ) {
        let period = if plan { PLAN } else { REVIEW };
        let mut end = 0;
        for statement in statements(&sentence) {
            prop_assert!(statement.start >= end);
            end = statement.end;
            let _ = of(period, &sentence, statement);
        }
        let _ = of_whole(period, &sentence);
    }
}
