//! Answers, and what the bot says by itself.

use insta::assert_snapshot;

use super::shown;
use crate::{
    answer::{AnswerKind, Citation, Gap, Missing, Notice, Script, Smalltalk, Status},
    channels::{
        deployment::Deployment,
        fixtures::{answered, citation, deployment},
        telegram::{
            callback::ScriptChoice,
            render::{self, Rendered, lang, note, reasons},
            text::{LIMIT, units},
        },
    },
    corpus::{PassageId, PassageKind, Period},
    text::Span,
};

fn highlighted(mut citation: Citation, word: &str) -> Citation {
    let start = citation.quote.find(word).expect("the word is there");
    citation.highlights = vec![Span::new(start, start + word.len())];
    citation
}

#[test]
fn a_plan_says_so_in_its_first_line_with_the_year() {
    let plan = citation(Period::Planned(2024), "硬化自然村组道路150公里。");
    let mut answer = answered(vec![highlighted(plan, "道路")]);
    answer.related = vec![PassageId("p2".into())];
    answer.notices = vec![Notice::OlderReport {
        newest: true,
        year: 2024,
        review: 2023,
    }];
    assert_snapshot!(shown(&render::answer(&answer, &deployment())), @"
        <b>【2024年计划】</b>
        <blockquote>硬化自然村组<b>道路</b>150公里。</blockquote>
        —— 《2024年通渭县政府工作报告》2024年重点工作 › 加快健康通渭建设

        提示：目前最新的报告是 2024 年的，文中“今年”指 2024 年，“去年”指 2023 年。
        [查看整节 s:p1][更多相关 m:p1]
        [有用 u:p1][没用 d:p1]
    ");
}

#[test]
fn a_result_says_so_too_and_further_quotes_follow() {
    let done = citation(Period::Done(2023), "改造农网86.2公里。");
    let assessed = citation(Period::Assessment, "产业链条不长 & <短板> 较多。");
    let answer = answered(vec![done, assessed]);
    assert_snapshot!(shown(&render::answer(&answer, &deployment())), @"
        <b>【2023年已完成】</b>
        <blockquote>改造农网86.2公里。</blockquote>
        —— 《2024年通渭县政府工作报告》2024年重点工作 › 加快健康通渭建设

        <b>【报告指出的问题】</b>
        <blockquote>产业链条不长 &amp; &lt;短板&gt; 较多。</blockquote>
        —— 《2024年通渭县政府工作报告》2024年重点工作 › 加快健康通渭建设
        [查看整节 s:p1]
        [有用 u:p1][没用 d:p1]
    ");
}

#[test]
fn a_partial_answer_says_first_what_is_missing() {
    let done = citation(Period::Done(2023), "发放各类惠民补贴1.2亿元。");
    let mut answer = answered(vec![done]);
    answer.status = Status::Partial;
    answer.missing = Some(Missing {
        topic: "惠民补贴".into(),
        asked: Gap::Money,
        words: "每人每年多少钱".into(),
    });
    assert_snapshot!(shown(&render::answer(&answer, &deployment())), @"
        报告提到了“惠民补贴”（2023年已完成），但没有写“每人每年多少钱”。报告原文是：

        <blockquote>发放各类惠民补贴1.2亿元。</blockquote>
        —— 《2024年通渭县政府工作报告》2024年重点工作 › 加快健康通渭建设
        [查看整节 s:p1]
        [有用 u:p1][没用 d:p1]
    ");
}

#[test]
fn nothing_found_is_said_and_has_the_votes_alone() {
    let mut answer = answered(Vec::new());
    answer.status = Status::NotFound;
    answer.kind = AnswerKind::None;
    assert_snapshot!(shown(&render::answer(&answer, &deployment())), @"
        抱歉，报告里没有找到能回答这个问题的内容。可以换个说法再问，或拨打 12345 咨询。
        [有用 u:-][没用 d:-]
    ");
}

#[test]
fn a_definition_is_quoted_as_it_stands() {
    let mut entry = citation(
        Period::Undated,
        "“三抓三促”行动：抓学习促提升、抓执行促落实、抓效能促发展。",
    );
    entry.path = vec!["有关用语说明".into()];
    entry.passage_kind = PassageKind::Entry;
    let mut answer = answered(vec![entry]);
    answer.kind = AnswerKind::Definition;
    assert_snapshot!(shown(&render::answer(&answer, &deployment())), @"
        <blockquote>“三抓三促”行动：抓学习促提升、抓执行促落实、抓效能促发展。</blockquote>
        —— 《2024年通渭县政府工作报告》有关用语说明
        [查看整节 s:p1]
        [有用 u:p1][没用 d:p1]
    ");
}

#[test]
fn a_traditional_question_is_answered_in_traditional_script() {
    let plan = citation(Period::Planned(2024), "实施城区供水管网改造提升工程。");
    let mut answer = answered(vec![highlighted(plan, "供水管网")]);
    answer.script = Script::Traditional;
    answer.related = vec![PassageId("p2".into())];
    assert_snapshot!(shown(&render::answer(&answer, &deployment())), @"
        <b>【2024年計劃】</b>
        <blockquote>實施城區<b>供水管網</b>改造提升工程。</blockquote>
        —— 《2024年通渭縣政府工作報告》2024年重點工作 › 加快健康通渭建設
        [查看整節 s:p1:t][更多相關 m:p1:t]
        [有用 u:p1:t][沒用 d:p1:t]
    ");
}

#[test]
fn small_talk_is_answered_without_buttons() {
    let mut answer = answered(Vec::new());
    answer.status = Status::Smalltalk;
    answer.smalltalk = Some(Smalltalk::Thanks);
    assert_snapshot!(shown(&render::answer(&answer, &deployment())), @"不客气！还想了解什么，随时问我。");
}

#[test]
fn a_refusal_is_voted_on_without_a_passage() {
    let mut answer = answered(Vec::new());
    answer.status = Status::NotFound;
    let buttons = shown(&render::answer(&answer, &deployment()));
    assert!(buttons.ends_with("[有用 u:-][没用 d:-]"), "{buttons}");
}

#[test]
fn a_link_is_given_only_when_the_public_address_is_known() {
    let answer = answered(vec![citation(Period::Undated, "好。")]);
    let public = Deployment {
        public_url: Some("https://wz.example.cn".into()),
        ..deployment()
    };
    assert!(!shown(&render::answer(&answer, &deployment())).contains("http"));
    assert!(shown(&render::answer(&answer, &public)).contains("https://wz.example.cn/p/p1"));
}

#[test]
fn a_quote_that_is_too_long_is_cut_after_a_sentence_and_keeps_its_source() {
    let long = "新建改建农村公路56.1公里。".repeat(400);
    let answer = answered(vec![citation(Period::Done(2023), &long)]);
    let message = render::answer(&answer, &deployment());
    assert!(units(&message.html) <= LIMIT && units(&message.html) > LIMIT - 200);
    let (_, end) = message.html.split_at(message.html.len() - 240);
    assert!(
        message.html.starts_with("<b>【2023年已完成】</b>\n"),
        "{end}"
    );
    assert!(
        message.html.contains("公里。……</blockquote>\n（原文较长"),
        "{end}"
    );
    assert!(message.html.ends_with("› 加快健康通渭建设"), "{end}");
}

#[test]
fn a_list_that_is_too_long_ends_with_a_whole_line() {
    let message = note(&"《2024年通渭县政府工作报告》\n".repeat(400));
    assert!(units(&message.html) <= LIMIT);
    assert!(message.html.ends_with("报告》\n（内容较多，没有显示完。）"));
}

#[test]
fn the_button_for_slogans_stands_beside_the_link_and_above_the_votes() {
    let answer = answered(vec![citation(Period::Undated, "好。")]);
    let labels = |message: &Rendered| -> Vec<Vec<String>> {
        let rows = message.keyboard.iter();
        rows.map(|row| row.iter().map(|button| button.label.clone()).collect())
            .collect()
    };
    let mut message = render::answer(&answer, &deployment());
    message.offer_terms(&PassageId("p1".into()), Script::Simplified);
    let votes = ["有用", "没用"];
    assert_eq!(labels(&message), [&["查看整节"][..], &["相关用语"], &votes]);
    let public = Deployment {
        public_url: Some("https://wz.example.cn".into()),
        ..deployment()
    };
    let mut message = render::answer(&answer, &public);
    message.offer_terms(&PassageId("p1".into()), Script::Simplified);
    assert_eq!(
        labels(&message),
        [&["查看整节"][..], &["相关用语", "网页原文"], &votes]
    );
}

#[test]
fn the_reasons_fit_below_the_votes() {
    let rows = reasons(&PassageId("p1".into()), Script::Traditional);
    let keyboard = Rendered {
        html: String::new(),
        keyboard: rows,
    };
    assert_snapshot!(shown(&keyboard), @"
        [答非所問 r:p1:0:t][內容不全 r:p1:1:t]
        [看不懂 r:p1:2:t][內容過時 r:p1:3:t]
    ");
}

#[test]
fn the_script_is_chosen_with_buttons() {
    assert_snapshot!(shown(&lang(ScriptChoice::Auto, Script::Simplified)), @"
        这个聊天里的回答：自动，您用哪种字问，就用哪种字答。
        想改的话请点下面的按钮。
        [简体 lang:hans][繁體 lang:hant][自动 lang:auto]
    ");
    let traditional = ScriptChoice::Always(Script::Traditional);
    assert!(
        lang(traditional, Script::Traditional)
            .html
            .contains("繁體字")
    );
}
