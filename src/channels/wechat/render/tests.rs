//! Claims about rendered pages; what real answers look like stands in tests/it/rendering.rs.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::Renderer;
use crate::{
    answer::{Script, Smalltalk, Status},
    channels::{
        deployment::Deployment,
        fixtures::{answered, answers, citation, deployment, gone, long_paragraphs, served},
        wechat::memory::Choice,
        wording::in_script,
    },
    corpus::{PassageId, Period},
};

const BYTES: usize = 2047;

fn renderer(public_url: Option<&str>) -> Renderer {
    let deployment = Deployment {
        public_url: public_url.map(str::to_owned),
        ..deployment()
    };
    Renderer::new(BYTES, deployment)
}

#[test]
fn an_answer_names_period_and_source_and_what_can_be_asked_next() {
    let mut answer = answered(vec![citation(
        Period::Planned(2024),
        "硬化自然村组道路150公里。",
    )]);
    answer.related = vec![PassageId("p2".into())];
    answer.suggestions = vec!["今年修哪几条高速".into()];
    let reading = renderer(Some("https://wz.example.cn")).answer(&answer);
    assert_snapshot!(reading.pages.join("\n=====\n"), @"
    【2024年计划】硬化自然村组道路150公里。
    —— 《2024年通渭县政府工作报告》2024年重点工作 › 加快健康通渭建设

    网页原文：https://wz.example.cn/p/p1#p-p1

    回复 1 看整节，回复 2 看相关内容
    相关问题（回复数字就行）：
    3 今年修哪几条高速
    ");
    assert_eq!(
        reading.choices,
        [
            Choice::Section(PassageId("p1".into())),
            Choice::Related(vec![PassageId("p2".into())]),
            Choice::Ask("今年修哪几条高速".into()),
        ]
    );
}

#[test]
fn everything_is_in_the_script_of_the_question() {
    let mut answer = answered(vec![citation(Period::Done(2023), "改造农网86.2公里。")]);
    answer.script = Script::Traditional;
    answer.related = vec![PassageId("p2".into())];
    let reading = renderer(None).answer(&answer);
    assert_snapshot!(reading.pages.join("\n=====\n"), @"
    【2023年已完成】改造農網86.2公里。
    —— 《2024年通渭縣政府工作報告》2024年重點工作 › 加快健康通渭建設

    回覆 1 看整節，回覆 2 看相關內容
    ");
}

#[test]
fn small_talk_is_one_line() {
    let mut answer = answered(Vec::new());
    answer.status = Status::Smalltalk;
    answer.smalltalk = Some(Smalltalk::Thanks);
    assert_eq!(
        renderer(None).answer(&answer).pages,
        ["不客气！还想了解什么，随时问我。"]
    );
}

#[test]
fn a_long_quote_is_cut_after_a_sentence_and_goes_on_with_its_source() {
    let long: String = (1..=120)
        .map(|n| format!("第{n}项，投资{n}.5亿元。"))
        .collect();
    let second = citation(Period::Planned(2024), "今年架桥3座。");
    let answer = answered(vec![citation(Period::Done(2023), &long), second]);
    let reading = renderer(Some("https://wz.example.cn")).answer(&answer);
    let [first, .., last] = reading.pages.as_slice() else {
        panic!("one page only");
    };
    assert!(first.starts_with("【2023年已完成】第1项"), "{first}");
    assert!(
        first.contains("亿元。……\n—— 《2024年通渭县政府工作报告》"),
        "{first}"
    );
    assert!(
        first.contains("回复“更多”看全文\n\n网页原文：https://wz.example.cn/p/p1"),
        "{first}"
    );
    assert!(reading.pages[1].starts_with("【2023年已完成】（接上）第"));
    assert!(
        last.contains("【2024年计划】今年架桥3座。\n—— 《2024年通渭县政府工作报告》"),
        "{last}"
    );
    assert!(
        last.ends_with(&format!("（{0}/{0}）", reading.pages.len())),
        "{last}"
    );
    for page in &reading.pages {
        assert!(page.len() <= BYTES);
        assert!(page.contains("—— 《2024年通渭县政府工作报告》2024年重点工作 › 加快健康通渭建设"));
    }
}

#[test]
fn quotes_from_one_place_share_its_citation() {
    let period = Period::Planned(2024);
    let mut answer = answered(vec![
        citation(period, "一是修路。"),
        citation(period, "二是架桥。"),
        citation(Period::Done(2023), "去年种树。"),
    ]);
    answer.script = Script::Traditional;
    let page = renderer(None).answer(&answer).pages.remove(0);
    assert_eq!(page.matches("【2024年計劃】").count(), 1, "{page}");
    assert!(
        page.starts_with("【2024年計劃】一是修路。\n二是架橋。\n—— 《2024年"),
        "{page}"
    );
    assert_eq!(page.matches("—— 《").count(), 2, "{page}");
}

#[test]
fn a_section_opens_where_the_passage_stands_and_turns_both_ways() {
    let served = served(&long_paragraphs(9, 20));
    let snapshot = &served.snapshot;
    let open = |id| renderer(None).section(snapshot, id, Script::Simplified);
    let open = |id| open(id).expect("the corpus is in memory");
    let section = open(&served.ids[4]);
    let section = section.expect("it is served");
    assert!(section.page().contains("▶ 第5段。"), "{}", section.page());
    assert!(
        section.page().contains("“上一页”看前面"),
        "{}",
        section.page()
    );
    let all = section.pages.concat();
    for (n, page) in section.pages.iter().enumerate() {
        assert!(page.len() <= BYTES && page.starts_with("《2024年某县政府工作报告》"));
        assert!(page.contains(&format!("（{}/{}）", n + 1, section.pages.len())));
    }
    assert!((1..=9).all(|n| all.contains(&format!("第{n}段。"))));
    assert_eq!(open(&gone()), None);
}

#[test]
fn related_passages_are_cited_and_numbered() {
    let served = served(&["今年修路15公里。", "今年架桥3座。"]);
    let mut ids = served.ids.clone();
    ids.push(gone());
    let list = |ids| renderer(None).related(&served.snapshot, ids, Script::Simplified);
    let list = |ids| list(ids).expect("the corpus is in memory");
    let related = list(&ids);
    let related = related.expect("two are served");
    assert_snapshot!(related.pages.join("\n=====\n"), @"
    1. 【2024年计划】今年修路15公里。
    —— 《2024年某县政府工作报告》2024年重点工作 › 一、修路架桥

    2. 【2024年计划】今年架桥3座。
    —— 《2024年某县政府工作报告》2024年重点工作 › 一、修路架桥

    回复数字看整节
    ");
    assert_eq!(related.choices.len(), 2);
    assert_eq!(list(&ids[2..]), None);
}

#[test]
fn a_long_list_is_paged_at_its_lines() {
    let list: Vec<String> = (1..=200).map(|n| format!("第{n}条用语")).collect();
    let reading = renderer(None).text(&list.join("\n"), Script::Simplified);
    assert!(reading.pages.len() > 1);
    for page in &reading.pages {
        assert!(page.len() <= BYTES);
        let (lines, _) = page.rsplit_once("\n\n").expect("a foot");
        assert!(
            lines
                .lines()
                .all(|line| line.starts_with('第') && line.ends_with("条用语"))
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_page_fits_and_no_word_of_a_quote_is_lost(answer in answers(50..200)) {
        let reading = renderer(Some("https://wz.example.cn")).answer(&answer);
        for page in &reading.pages {
            prop_assert!(page.len() <= BYTES, "{} bytes", page.len());
            prop_assert!(!page.trim().is_empty());
        }
        let all: String = reading.pages.concat();
        for citation in &answer.citations {
            let quote = in_script(&citation.quote, answer.script);
            for figure in quote.split(|c: char| !c.is_ascii_digit()).filter(|f| f.len() > 3) {
                prop_assert!(all.contains(figure), "{figure} is lost or split");
            }
        }
        if !answer.citations.is_empty() {
            prop_assert!(reading.pages[0].contains("—— 《"), "the source is lost");
        }
    }
}
