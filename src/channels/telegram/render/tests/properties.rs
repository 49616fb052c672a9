//! What holds of every message.

use proptest::prelude::*;

use crate::{
    answer::{Script, Status},
    channels::{
        blocks::pages,
        fixtures::{answers, citations, deployment},
        telegram::{
            render::{self, html::Html, inline},
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
    fn every_card_is_one_that_telegram_takes(citation in citations(100..400), traditional in prop::bool::ANY) {
        let deployment = deployment();
        let script = if traditional { Script::Traditional } else { Script::Simplified };
        let style = inline::CardStyle { script, username: "b", deployment: &deployment };
        let card = inline::passage(&citation, &style);
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
