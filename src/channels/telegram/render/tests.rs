//! Claims about rendered messages; what they look like stands in the snapshots.

use std::fmt::Write as _;

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::{
    answer::{AnswerKind, Asked, Missing, Notice, Smalltalk, Status},
    assistant::{Assistant, Options},
    channels::{
        blocks::pages,
        fixtures::{answered, answers, citation, citations, deployment, served},
        telegram::text::tests::plain,
    },
    corpus::{PassageKind, Period},
};

/// A message as a person sees it: the HTML, then a line for each row of buttons.
fn shown(message: &Rendered) -> String {
    let mut shown = message.html.clone();
    for row in &message.keyboard {
        shown.push('\n');
        for button in row {
            let does = match &button.does {
                Does::Press(press) => press.encode(),
                Does::Choose(choice) => choice.encode().to_owned(),
                Does::Open(address) => address.clone(),
            };
            let _ = write!(shown, "[{} {does}]", button.label);
        }
    }
    shown
}

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
    assert_snapshot!(shown(&super::answer(&answer, &deployment())), @"
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
    assert_snapshot!(shown(&super::answer(&answer, &deployment())), @"
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
        asked: Asked::Money,
        words: "每人每年多少钱".into(),
    });
    assert_snapshot!(shown(&super::answer(&answer, &deployment())), @"
        报告提到了“惠民补贴”（2023年已完成），但没有写“每人每年多少钱”。报告原文是：

        <blockquote>发放各类惠民补贴1.2亿元。</blockquote>
        —— 《2024年通渭县政府工作报告》2024年重点工作 › 加快健康通渭建设
        [查看整节 s:p1]
        [有用 u:p1][没用 d:p1]
    ");
}

#[test]
fn nothing_found_is_said_and_has_no_buttons() {
    let mut answer = answered(Vec::new());
    answer.status = Status::NotFound;
    answer.kind = AnswerKind::None;
    answer.suggestions = vec!["今年修哪几条高速".into(), "三抓三促".into()];
    assert_snapshot!(shown(&super::answer(&answer, &deployment())), @"
        抱歉，报告里没有找到能回答这个问题的内容。可以换个说法再问，或拨打 12345 咨询。

        您还可以问：今年修哪几条高速；三抓三促
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
    assert_snapshot!(shown(&super::answer(&answer, &deployment())), @"
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
    assert_snapshot!(shown(&super::answer(&answer, &deployment())), @"
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
    assert_snapshot!(shown(&super::answer(&answer, &deployment())), @"不客气！还想了解什么，随时问我。");
}

#[test]
fn a_link_is_given_only_when_the_public_address_is_known() {
    let answer = answered(vec![citation(Period::Undated, "好。")]);
    let public = Deployment {
        public_url: Some("https://wz.example.cn".into()),
        ..deployment()
    };
    assert!(!shown(&super::answer(&answer, &deployment())).contains("http"));
    assert!(shown(&super::answer(&answer, &public)).contains("https://wz.example.cn/p/p1"));
}

#[test]
fn a_quote_that_is_too_long_is_cut_after_a_sentence_and_keeps_its_source() {
    let long = "新建改建农村公路56.1公里。".repeat(400);
    let answer = answered(vec![citation(Period::Done(2023), &long)]);
    let message = super::answer(&answer, &deployment());
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
fn a_section_shows_the_cited_passage_in_bold() {
    let paragraphs = ["今年修路15公里。", "今年架桥3座。", "今年种树<万株。"].map(String::from);
    let (_dir, assistant) = served(&paragraphs);
    let snapshot = assistant.snapshot();
    let id = &snapshot.corpus.documents[0].passages[1].id;
    let message = section(&snapshot, id, None, Script::Simplified).expect("it is served");
    assert_snapshot!(shown(&message), @"
        <b>【2024年计划】《2024年某县政府工作报告》2024年重点工作 › 一、修路架桥</b>

        今年修路15公里。

        <b>今年架桥3座。</b>

        今年种树&lt;万株。
    ");
    let message = section(&snapshot, id, None, Script::Traditional).expect("it is served");
    assert!(message.html.contains("<b>今年架橋3座。</b>"));
}

#[test]
fn a_long_section_is_paged_and_opens_where_the_passage_stands() {
    let paragraphs: Vec<String> = (1..=12)
        .map(|n| format!("第{n}段。{}", "新建改建农村公路56.1公里。".repeat(60)))
        .collect();
    let (_dir, assistant) = served(&paragraphs);
    let snapshot = assistant.snapshot();
    let id = &snapshot.corpus.documents[0].passages[6].id;
    let page = |page| section(&snapshot, id, page, Script::Simplified).expect("it is served");
    let opened = page(None);
    assert!(opened.html.contains("<b>第7段。"));
    let labels = |message: &Rendered| -> Vec<String> {
        let buttons = message.keyboard.iter().flatten();
        buttons.map(|button| button.label.clone()).collect()
    };
    assert_eq!(labels(&opened), ["◀ 上一页", "下一页 ▶"]);
    assert_eq!(labels(&page(Some(0))), ["下一页 ▶"]);
    let last = page(Some(9999));
    assert_eq!(labels(&last), ["◀ 上一页"]);
    assert!(last.html.contains("第12段。"));
    for n in 0..4 {
        let html = page(Some(n)).html;
        assert!(units(&html) <= LIMIT, "{}", units(&html));
        plain(&html).expect("Telegram takes it");
    }
}

#[test]
fn related_passages_are_short_and_lead_to_their_sections() {
    let paragraphs = ["今年修路15公里。", "今年架桥3座。"].map(String::from);
    let (_dir, assistant) = served(&paragraphs);
    let snapshot = assistant.snapshot();
    let passages = &snapshot.corpus.documents[0].passages;
    let mut ids: Vec<PassageId> = passages.iter().map(|p| p.id.clone()).collect();
    ids.push(PassageId("gone".into()));
    let message = related(&snapshot, &ids, Script::Simplified).expect("two are served");
    assert_snapshot!(shown(&message), @"
        <b>1.【2024年计划】</b>
        今年修路15公里。
        —— 《2024年某县政府工作报告》2024年重点工作 › 一、修路架桥

        <b>2.【2024年计划】</b>
        今年架桥3座。
        —— 《2024年某县政府工作报告》2024年重点工作 › 一、修路架桥
        [查看整节 1 s:8b4d44b126ffa175][查看整节 2 s:d44d3f97202b4468]
    ");
    assert_eq!(related(&snapshot, &ids[2..], Script::Simplified), None);
}

#[test]
fn slogans_are_offered_below_a_passage_that_uses_some() {
    let assistant = Assistant::open(Options::default()).expect("the corpus inside the program");
    let snapshot = assistant.snapshot();
    let (document, term) = snapshot
        .terms()
        .find(|(_, term)| !term.used_in.is_empty())
        .expect("the report uses its slogans");
    let id = &document.passages[term.used_in[0]].id;
    assert!(has_terms(&snapshot, id));
    let message = terms(&snapshot, id, Script::Simplified).expect("it uses one");
    assert!(
        message.html.contains(&escape(&term.definition)),
        "{}",
        message.html
    );
    assert!(message.html.ends_with("—— 《2024年通渭县政府工作报告》"));
    assert_eq!(message.keyboard[0][0].label, "查看整节 1");
    for (document, passage) in snapshot
        .corpus
        .documents
        .iter()
        .flat_map(|d| d.passages.iter().map(move |p| (d, p)))
    {
        let offered = terms(&snapshot, &passage.id, Script::Traditional);
        assert_eq!(offered.is_some(), has_terms(&snapshot, &passage.id));
        if let Some(message) = offered {
            assert!(units(&message.html) <= LIMIT, "{}", document.id);
            plain(&message.html).expect("Telegram takes it");
        }
    }
    assert_eq!(
        terms(&snapshot, &PassageId("gone".into()), Script::Simplified),
        None
    );
}

#[test]
fn the_button_for_slogans_stands_beside_the_link_and_above_the_votes() {
    let answer = answered(vec![citation(Period::Undated, "好。")]);
    let labels = |message: &Rendered| -> Vec<Vec<String>> {
        let rows = message.keyboard.iter();
        rows.map(|row| row.iter().map(|button| button.label.clone()).collect())
            .collect()
    };
    let mut message = super::answer(&answer, &deployment());
    message.offer_terms(&PassageId("p1".into()), Script::Simplified);
    let votes = ["有用", "没用"];
    assert_eq!(labels(&message), [&["查看整节"][..], &["相关用语"], &votes]);
    let public = Deployment {
        public_url: Some("https://wz.example.cn".into()),
        ..deployment()
    };
    let mut message = super::answer(&answer, &public);
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

#[test]
fn a_card_says_what_it_is_and_leads_into_the_chat() {
    let plan = citation(Period::Planned(2024), "硬化自然村组道路150公里。");
    let deployment = deployment();
    let looks = inline::Looks {
        script: Script::Simplified,
        username: "wenzheng_bot",
        deployment: &deployment,
    };
    let card = inline::passage(&plan, &looks);
    assert_snapshot!(format!("{}\n{}\n{}\n\n{}", card.id, card.title, card.description, shown(&card.message)), @"
        p1
        【2024年计划】加快健康通渭建设
        硬化自然村组道路150公里。

        <b>【2024年计划】</b>
        <blockquote>硬化自然村组道路150公里。</blockquote>
        —— 《2024年通渭县政府工作报告》2024年重点工作 › 加快健康通渭建设
        [在机器人里看整节 https://t.me/wenzheng_bot?start=s_p1]
    ");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_answer_is_a_message_that_telegram_takes(answer in answers(100..400)) {
        let message = super::answer(&answer, &deployment());
        prop_assert!(units(&message.html) <= LIMIT, "{} units", units(&message.html));
        let plain = plain(&message.html).map_err(TestCaseError::fail)?;
        prop_assert!(!plain.trim().is_empty());
        if let Some(first) = answer.citations.first() {
            prop_assert!(plain.contains("—— 《"), "the source is lost");
            let words = wording::period_label(first.period);
            let words = in_script(&words, answer.script);
            if answer.status == Status::Answered && !words.is_empty() {
                let line = plain.lines().next().unwrap_or_default();
                prop_assert!(line.contains(&*words), "{line}");
            }
        }
    }

    #[test]
    fn every_card_is_one_that_telegram_takes(citation in citations(100..400), traditional in prop::bool::ANY) {
        let deployment = deployment();
        let script = if traditional { Script::Traditional } else { Script::Simplified };
        let looks = inline::Looks { script, username: "b", deployment: &deployment };
        let card = inline::passage(&citation, &looks);
        prop_assert!((1..=64).contains(&card.id.len()));
        prop_assert!((1..=256).contains(&units(&card.title)));
        prop_assert!((1..=LIMIT).contains(&units(&card.message.html)));
        plain(&card.message.html).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn pages_lose_nothing_and_fit(
        texts in prop::collection::vec(("[修路架桥。，；0-9<&]{1,60}", 1_usize..60), 1..8),
        cited in 0_usize..8,
        room in 200_usize..4000,
    ) {
        let texts: Vec<String> = texts.iter().map(|(text, n)| text.repeat(*n)).collect();
        let marked = texts.iter().enumerate().map(|(n, text)| (text, n == cited));
        let html = Html { script: Script::Simplified };
        let (pages, first) = pages(marked, room, &html);
        prop_assert!(first < pages.len());
        for page in &pages {
            prop_assert!(units(page) <= room);
            plain(page).map_err(TestCaseError::fail)?;
        }
        let bare: String = pages.concat().replace("<b>", "").replace("</b>", "").replace('\n', "");
        prop_assert_eq!(bare, escape(&texts.concat()));
    }
}
