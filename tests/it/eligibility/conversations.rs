//! What is asked, in which order, and what a reply makes of it.

use time::macros::date;
use wenzheng::answer::{CheckStep, Finding};

use super::{Talk, asked, check};

const AGE: &str = "老人今年满多少周岁？";
const HUKOU: &str = "老人的户口在安和县吗？";
const LIVED: &str = "老人在安和县连续住了几年？";
const TEKUN: &str = "老人现在是特困供养（五保）吗？";

fn finding(answer: &wenzheng::answer::Answer) -> Option<&Finding> {
    match &check(answer).step {
        CheckStep::Judged(result) => Some(&result.finding),
        _ => None,
    }
}

#[test]
fn a_question_that_names_a_benefit_by_any_of_its_names_begins_a_dialogue() {
    for question in [
        "我能领高龄津贴吗",
        "我妈82岁农村户口能领高龄补贴不",
        "我能享受高龄津贴吗",
        "我家老人能不能领高龄补助",
        "安和县高龄津贴发放办法我符合不",
        "我妈能领高龄老人补贴吗", // the document that it took the place of
        "我家种了12亩地能领种地补贴吗",
        "粮补我能领吗",
    ] {
        let answer = Talk::new().asks(question);
        assert!(!asked(&answer).is_empty(), "{question}");
    }
    for question in [
        "高龄津贴多少钱",
        "怎么申请高龄津贴",
        "谁能领高龄津贴",
        "公租房我能申请吗", // it has no rules
        "我能领低保吗",
        "高龄津贴能在网上查询吗",
        "今年修哪几条高速",
    ] {
        let answer = Talk::new().asks(question);
        assert!(answer.check.is_none(), "{question}");
    }
}

#[test]
fn a_question_that_names_nothing_follows_the_one_before() {
    let talk = Talk::new();
    assert!(talk.asks("我能领吗").check.is_none());
    assert!(talk.asks("高龄津贴多少钱").check.is_none());
    assert_eq!(asked(&talk.asks("那我能领吗")), AGE);
    let talk = Talk::new();
    talk.asks("公租房要什么材料");
    assert!(talk.asks("我家符合不").check.is_none(), "it has no rules");
}

#[test]
fn what_the_question_says_is_read_back_and_only_what_matters_is_asked() {
    let talk = Talk::new();
    let first = talk.asks("我妈82岁农村户口能领高龄补贴不");
    assert_eq!(check(&first).person.as_deref(), Some("我妈"));
    assert_eq!(check(&first).told, [("年龄".to_owned(), "82岁".to_owned())]);
    assert_eq!(asked(&first), HUKOU);
    // Whoever has the registration need not have lived there.
    let next = talk.asks("是");
    assert_eq!(asked(&next), TEKUN);
    let end = talk.asks("不是");
    assert_eq!(
        finding(&end),
        Some(&Finding::Met {
            checked: 3,
            left: 1
        })
    );

    let talk = Talk::new();
    talk.asks("我能领高龄津贴吗");
    let end = talk.asks("79");
    let failed = Finding::NotMet(vec![("年龄".into(), false)]);
    assert_eq!(finding(&end), Some(&failed), "one condition decides");
}

#[test]
fn numbers_and_letters_choose_where_there_are_no_buttons() {
    let talk = Talk::new();
    assert_eq!(asked(&talk.asks("我能领高龄津贴吗")), AGE);
    assert_eq!(asked(&talk.asks("b")), HUKOU); // 80–89岁
    assert_eq!(asked(&talk.asks("2")), LIVED);
    // Two years and not the second range, which would be enough.
    let failed = Finding::NotMet(vec![("户籍或居住".into(), false)]);
    assert_eq!(finding(&talk.asks("2")), Some(&failed));
}

#[test]
fn it_can_be_called_off_changed_and_left_at_any_step() {
    let talk = Talk::new();
    talk.asks("我能领高龄津贴吗");
    talk.asks("82");
    assert_eq!(asked(&talk.asks("改")), AGE);
    assert_eq!(asked(&talk.asks("82")), HUKOU);
    assert_eq!(asked(&talk.asks("是")), TEKUN);
    assert_eq!(asked(&talk.asks("改年龄")), AGE);
    assert_eq!(asked(&talk.asks("八十三")), TEKUN);
    assert_eq!(check(&talk.asks("停")).step, CheckStep::Stopped);
    assert!(talk.asks("是").check.is_none(), "it is over");

    let talk = Talk::new();
    talk.asks("我能领高龄津贴吗");
    let conditions = talk.asks("直接看条件");
    assert!(matches!(check(&conditions).step, CheckStep::Conditions(_)));

    // After the end the last answer can still be changed.
    let talk = Talk::new();
    talk.asks("我能领高龄津贴吗");
    talk.asks("79岁");
    assert_eq!(asked(&talk.asks("改")), AGE);
}

#[test]
fn a_question_that_is_something_else_leaves_the_dialogue() {
    for question in [
        "公租房要什么材料",
        "今年修哪几条高速",
        "高龄津贴一个月多少钱",
        "谢谢",
        "转人工",
        "你是谁",
    ] {
        let talk = Talk::new();
        talk.asks("我能领高龄津贴吗");
        assert!(talk.asks(question).check.is_none(), "{question}");
        assert!(talk.asks("82").check.is_none(), "{question}: it is over");
    }
    let talk = Talk::new();
    talk.asks("我能领高龄津贴吗");
    let other = talk.asks("我能领种地补贴吗");
    assert_eq!(check(&other).benefit, "耕地地力保护补贴");
}

#[test]
fn what_is_not_understood_is_asked_again_and_not_for_ever() {
    let talk = Talk::new();
    talk.asks("我能领高龄津贴吗");
    for _ in 0..2 {
        let again = talk.asks("大概80");
        assert_eq!(asked(&again), AGE);
        let CheckStep::Asks(question) = &check(&again).step else {
            panic!("a question")
        };
        assert!(question.unclear.is_some());
    }
    assert!(talk.asks("大概80").check.is_none());
}

#[test]
fn who_does_not_know_gets_no_conclusion() {
    let talk = Talk::new();
    talk.asks("我妈82岁能领高龄津贴吗");
    talk.asks("是");
    let end = talk.asks("不清楚");
    assert_eq!(finding(&end), Some(&Finding::Open));
}

#[test]
fn sums_are_worked_out_by_the_standard_with_its_cap() {
    let talk = Talk::new();
    let first = talk.asks("我家种了12亩地能领种地补贴吗");
    let next = talk.presses(&first, "是");
    let end = talk.presses(&next, "一直在种");
    let text = super::plain::render(&end, &super::deployment());
    assert!(
        text.contains("按文件标准计算：85元/亩 × 12亩 = 1020元"),
        "{text}"
    );

    let talk = Talk::new();
    talk.asks("我家种了80亩地能领种地补贴吗");
    talk.asks("是");
    let text = talk.says("一直在种");
    assert!(text.contains("= 4250元"), "{text}");
}

#[test]
fn rules_run_only_while_their_document_is_in_force_and_the_reply_says_why() {
    for (day, why) in [
        (date!(2030 - 04 - 01), "已于2030年3月31日过期"),
        (date!(2025 - 03 - 25), "尚未施行，自2025年4月1日起"),
    ] {
        let talk = Talk::on(day);
        let answer = talk.asks("我妈82岁能领高龄津贴吗");
        assert_eq!(check(&answer).step, CheckStep::NotInForce, "{day}");
        let text = super::plain::render(&answer, &super::deployment());
        assert!(text.contains(why), "{text}");
        assert!(talk.asks("是").check.is_none(), "nothing is asked");
    }
    // The plan of last year may ask for something else than this year's.
    let answer = Talk::on(date!(2027 - 02 - 01)).asks("我家能领种地补贴吗");
    assert_eq!(check(&answer).step, CheckStep::NotInForce);
}

#[test]
fn in_a_group_nobody_is_asked_what_is_nobody_elses_business() {
    let mut talk = Talk::new();
    talk.in_group = true;
    talk.asks("我妈82岁能领高龄津贴吗");
    let private = talk.asks("是");
    assert_eq!(check(&private).step, CheckStep::AsksInPrivate);
    let buttons = super::wording::buttons(check(&private));
    let pick = buttons
        .in_private
        .expect("a button leads to the private chat");
    assert!(
        pick.len() <= 62,
        "with its mark it fits into a button of Telegram"
    );
    talk.in_group = false;
    talk.conversation = "in private";
    let there = talk.does(super::Act::Pick(pick));
    assert_eq!(asked(&there), TEKUN);
    let end = talk.asks("不是");
    assert_eq!(
        finding(&end),
        Some(&Finding::Met {
            checked: 3,
            left: 1
        })
    );
}

#[test]
fn a_button_of_a_step_that_is_over_says_so() {
    let talk = Talk::new();
    let first = talk.asks("我妈82岁能领高龄津贴吗");
    let next = talk.presses(&first, "是");
    assert_eq!(asked(&next), TEKUN);
    assert_eq!(check(&talk.presses(&first, "是")).step, CheckStep::Over);
    let other = Talk::new();
    assert_eq!(check(&other.presses(&first, "是")).step, CheckStep::Over);
    let end = talk.presses(&next, "不是");
    assert_eq!(
        finding(&end),
        Some(&Finding::Met {
            checked: 3,
            left: 1
        })
    );
}

#[test]
fn all_benefits_in_force_are_asked_about_at_once() {
    let talk = Talk::new();
    let mut answer = talk.asks("我能享受哪些政策");
    let replies = [
        (AGE, "82岁"),
        (HUKOU, "是"),
        ("您家在安和县有承包的耕地吗？", "不是"),
        (TEKUN, "不是"),
    ];
    for _ in 0..replies.len() {
        let question = asked(&answer).to_owned();
        let reply = replies.iter().find(|(ask, _)| *ask == question);
        let (_, reply) = reply.unwrap_or_else(|| panic!("asked {question}"));
        answer = talk.asks(reply);
    }
    let CheckStep::Surveyed(survey) = &check(&answer).step else {
        panic!("{:?}", check(&answer).step)
    };
    let names = |found: &[wenzheng::answer::Surveyed]| {
        found
            .iter()
            .map(|one| one.benefit.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&survey.possible), ["高龄津贴"]);
    assert_eq!(names(&survey.open), [""; 0]);
    assert_eq!(names(&survey.not_met), ["耕地地力保护补贴"]);

    let talk = Talk::new();
    talk.asks("我家能享受哪些政策");
    let cut = talk.asks("停");
    let CheckStep::Surveyed(survey) = &check(&cut).step else {
        panic!("what is known so far")
    };
    assert!(survey.is_cut_short);
    assert_eq!(survey.open.len(), 2);
}

#[test]
fn every_quote_of_a_result_is_a_citation_and_stands_in_its_passage() {
    let talk = Talk::new();
    talk.asks("我妈82岁能领高龄津贴吗");
    talk.asks("是");
    let end = talk.asks("是");
    let CheckStep::Judged(result) = &check(&end).step else {
        panic!("a result")
    };
    let quotes = result.lines.iter().flat_map(|line| &line.quotes);
    for quote in quotes {
        let citation = &end.citations[quote.citation.expect("it is cited")];
        assert_eq!(citation.quote, quote.text);
        assert!(citation.passage.contains(&quote.text));
    }
}

#[test]
fn where_danger_is_told_somebody_to_call_comes_first() {
    let answer = Talk::new().asks("我妈82岁晕倒了，能领高龄津贴吗");
    assert!(answer.check.is_none());
}
