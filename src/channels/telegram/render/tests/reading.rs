//! Sections, lists and cards.

use insta::assert_snapshot;

use super::shown;
use crate::{
    answer::Script,
    assistant::{Assistant, Options},
    channels::{
        fixtures::{citation, deployment, gone, ids, long_paragraphs, served},
        telegram::{
            render::{Rendered, has_terms, inline, related, section, terms},
            text::{LIMIT, escape, tests::plain, units},
        },
    },
    corpus::Period,
};

#[test]
fn a_section_shows_the_cited_passage_in_bold() {
    let served = served(&["今年修路15公里。", "今年架桥3座。", "今年种树<万株。"]);
    let (snapshot, id) = (&served.snapshot, &served.ids[1]);
    let message = section(snapshot, id, None, Script::Simplified)
        .expect("the corpus is in memory")
        .expect("it is served");
    assert_snapshot!(shown(&message), @"
        <b>【2024年计划】《2024年某县政府工作报告》2024年重点工作 › 一、修路架桥</b>

        今年修路15公里。

        <b>今年架桥3座。</b>

        今年种树&lt;万株。
    ");
    let message = section(snapshot, id, None, Script::Traditional)
        .expect("the corpus is in memory")
        .expect("it is served");
    assert!(message.html.contains("<b>今年架橋3座。</b>"));
}

#[test]
fn a_long_section_is_paged_and_opens_where_the_passage_stands() {
    let served = served(&long_paragraphs(12, 60));
    let (snapshot, id) = (&served.snapshot, &served.ids[6]);
    let page = |page| {
        section(snapshot, id, page, Script::Simplified)
            .expect("the corpus is in memory")
            .expect("it is served")
    };
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
    let served = served(&["今年修路15公里。", "今年架桥3座。"]);
    let (snapshot, mut ids) = (&served.snapshot, served.ids.clone());
    ids.push(gone());
    let message = related(snapshot, &ids, Script::Simplified)
        .expect("the corpus is in memory")
        .expect("two are served");
    assert_snapshot!(shown(&message), @"
        <b>1.【2024年计划】</b>
        今年修路15公里。
        —— 《2024年某县政府工作报告》2024年重点工作 › 一、修路架桥

        <b>2.【2024年计划】</b>
        今年架桥3座。
        —— 《2024年某县政府工作报告》2024年重点工作 › 一、修路架桥
        [查看整节 1 s:8b4d44b126ffa175][查看整节 2 s:d44d3f97202b4468]
    ");
    let none = related(snapshot, &ids[2..], Script::Simplified);
    assert_eq!(none.expect("the corpus is in memory"), None);
}

#[test]
fn slogans_are_offered_below_a_passage_that_uses_some() {
    let assistant = Assistant::open(Options::default()).expect("the corpus inside the program");
    let snapshot = assistant.snapshot();
    let (document, term) = snapshot
        .library()
        .terms()
        .find(|(_, term)| !term.used_in.is_empty())
        .expect("the report uses its slogans");
    let used = snapshot.passage_of(document, term.used_in[0]);
    let id = &used.expect("it is served").id;
    let has_terms = |id: &_| has_terms(&snapshot, id).expect("the corpus is in memory");
    let terms = |id: &_, script| terms(&snapshot, id, script).expect("the corpus is in memory");
    assert!(has_terms(id));
    let message = terms(id, Script::Simplified).expect("it uses one");
    assert!(
        message.html.contains(&escape(&term.definition)),
        "{}",
        message.html
    );
    assert!(message.html.ends_with("—— 《2024年通渭县政府工作报告》"));
    assert_eq!(message.keyboard[0][0].label, "查看整节 1");
    for id in ids(&snapshot) {
        let offered = terms(&id, Script::Traditional);
        assert_eq!(offered.is_some(), has_terms(&id));
        if let Some(message) = offered {
            assert!(units(&message.html) <= LIMIT, "{id}");
            plain(&message.html).expect("Telegram takes it");
        }
    }
    assert_eq!(terms(&gone(), Script::Simplified), None);
}

#[test]
fn a_card_says_what_it_is_and_leads_into_the_chat() {
    let plan = citation(Period::Planned(2024), "硬化自然村组道路150公里。");
    let deployment = deployment();
    let style = inline::CardStyle {
        script: Script::Simplified,
        username: "wenzheng_bot",
        deployment: &deployment,
    };
    let card = inline::passage(&plan, &style);
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
