//! What holds of every message.

use proptest::prelude::*;

use crate::{
    answer::{Script, Status},
    channels::{
        blocks::pages,
        fixtures::{answers, citations, deployment},
        telegram::{
            render::{self, ButtonKind, html::Html, inline},
            text::{LIMIT, escape, tests::plain, units},
        },
        wording::{self, in_script},
    },
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_answer_is_a_message_that_telegram_takes(answer in answers(100..400)) {
        let message = render::answer(&answer, &deployment());
        prop_assert!(units(&message.html) <= LIMIT, "{} units", units(&message.html));
        let plain = plain(&message.html).map_err(TestCaseError::fail)?;
        prop_assert!(!plain.trim().is_empty());
        if let Some(first) = answer.citations.first() {
            prop_assert!(plain.contains("—— 《"), "the source is lost");
            let words = wording::citation_label(first);
            let words = in_script(&words, answer.script);
            if answer.status == Status::Answered && !words.is_empty() {
                let line = plain.lines().next().unwrap_or_default();
                prop_assert!(line.contains(&*words), "{line}");
            }
        }
    }

    #[test]
    fn every_suggested_question_stands_whole_on_a_button_or_nowhere(
        mut answer in answers(1..4),
        questions in prop::collection::vec("[修路<&>多少钱？]{0,60}", 0..14),
    ) {
        answer.suggestions = questions;
        let message = render::answer(&answer, &deployment());
        let buttons = message.keyboard.iter().flatten();
        let mut asked: Vec<(String, String)> = Vec::new();
        for button in buttons {
            if let ButtonKind::Suggested(at) = button.kind {
                asked.push((at.encode(), button.label.clone()));
            }
        }
        for (n, (data, label)) in asked.iter().enumerate() {
            prop_assert_eq!(data, &format!("q:{n}"));
            let whole = |question: &String| in_script(question, answer.script) == *label;
            prop_assert!(!label.is_empty() && answer.suggestions.iter().any(whole));
        }
        let some = answer.suggestions.iter().any(|question| !question.is_empty());
        prop_assert_eq!(asked.is_empty(), !some);
    }

    #[test]
    fn the_reply_to_a_pressed_question_is_a_message_that_telegram_takes(
        answer in answers(100..400),
        question in "[修路<&>多少钱？]{1,300}",
    ) {
        let message = render::pressed_answer(&question, &answer, &deployment());
        prop_assert!(units(&message.html) <= LIMIT, "{} units", units(&message.html));
        let plain = plain(&message.html).map_err(TestCaseError::fail)?;
        prop_assert!(plain.starts_with("问：") || plain.starts_with("問："));
        // An answer as well, not the question alone.
        prop_assert!(plain.contains("\n\n"));
        if !answer.citations.is_empty() {
            prop_assert!(plain.contains("—— 《"), "the source is lost");
        }
    }

    #[test]
    fn every_card_is_one_that_telegram_takes(citation in citations(100..400), traditional in prop::bool::ANY) {
        let deployment = deployment();
        let script = if traditional { Script::Traditional } else { Script::Simplified };
        let style = inline::CardStyle { script, username: "b", deployment: &deployment };
        let card = inline::passage(&citation, &style);
        prop_assert!((1..=64).contains(&card.id.len()));
        prop_assert!((1..=256).contains(&units(&card.title)));
        prop_assert!((1..=LIMIT).contains(&units(&card.message.html)));
        plain(&card.message.html).map_err(TestCaseError::fail)?;
        // The bot cannot write where a card is sent, so nothing below it asks.
        let mut buttons = card.message.keyboard.iter().flatten();
        prop_assert!(buttons.all(|button| matches!(button.kind, ButtonKind::Open(_))));
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
