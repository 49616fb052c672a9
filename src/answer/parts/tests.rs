//! Questions of several parts.

use super::*;
use crate::{
    answer::{Citation, Gap, Missing, Notice},
    retrieval::PeriodConstraint,
    town::{Quotes as _, Report, Town},
};

fn split(typed: &str) -> Vec<String> {
    super::split(&Intents::default(), typed)
}

fn asks(piece: &str) -> bool {
    super::asks(&Intents::default(), piece)
}

#[test]
fn a_question_is_cut_where_more_than_one_thing_is_asked() {
    assert_eq!(
        split("开展多少场，争取资金多少？"),
        ["开展多少场", "争取资金多少"]
    );
    assert_eq!(
        split("修路多少公里 花了多少钱"),
        ["修路多少公里", "花了多少钱"]
    );
    assert_eq!(split("在哪;谁管"), ["在哪", "谁管"]);
}

#[test]
fn a_question_that_asks_one_thing_stays_whole() {
    assert_eq!(
        split("去年，村道修了多少公里？"),
        ["去年，村道修了多少公里？"]
    );
    assert_eq!(split("修路、架桥、通水"), ["修路、架桥、通水"]);
}

#[test]
fn what_asks_nothing_introduces_the_part_after_it() {
    assert_eq!(
        split("关于村道，修了多少公里，花了多少钱"),
        ["关于村道，修了多少公里", "花了多少钱"]
    );
    assert_eq!(
        split("修了多少公里，花了多少钱，谢谢"),
        ["修了多少公里", "花了多少钱，谢谢"]
    );
}

#[test]
fn three_parts_are_answered_at_most() {
    assert_eq!(
        split("多少场，多少人，多少钱，多少天"),
        ["多少场", "多少人", "多少钱"]
    );
}

#[test]
fn spaces_part_questions_between_han_characters_or_figures_only() {
    assert_eq!(split("GDP 是多少 how much is it").len(), 1);
    assert_eq!(split_at_spaces("甲 乙"), ["甲", "乙"]);
    assert_eq!(split_at_spaces("2024 年"), ["2024", "年"]);
    assert_eq!(split_at_spaces("a 乙"), ["a 乙"]);
    assert_eq!(split_at_spaces("甲 b"), ["甲 b"]);
}

#[test]
fn what_asks_is_told_by_its_words() {
    for piece in [
        "多少钱",
        "修路吗",
        "谁管",
        "how many",
        "路修好没",
        "村里的路呢怎么修",
    ] {
        assert!(asks(piece), "{piece}");
    }
    for piece in ["我家在村里", "2024年呢", "好几样", "修路"] {
        assert!(!asks(piece), "{piece}");
    }
}

fn town() -> Town {
    Town::of(&[Report::new("石门县", 2024)
        .done("新建村道12公里，投入资金300万元。")
        .planned("计划新建村道30公里。")])
}

/// `part` as it follows on `first`.
fn following(first: &str, part: &str) -> Understanding {
    let town = town();
    after_first(&town.query(part), &town.query(first), &town.retriever)
}

#[test]
fn a_later_part_takes_over_the_period_of_the_first() {
    let period = |part: &str| following("去年村道多少公里", part).period();
    assert_eq!(period("水渠多少公里"), PeriodConstraint::Done(2023));
    assert_eq!(period("今年水渠多少公里"), PeriodConstraint::Planned(2024));
}

#[test]
fn a_part_without_a_topic_takes_over_that_of_the_first_at_full_weight() {
    let inherited = |part: &str| {
        let part = following("去年村道多少公里", part);
        let mut pairs = part.bigrams().iter();
        pairs
            .find(|pair| pair.text == "村道")
            .map(|pair| pair.weight)
    };
    assert_eq!(inherited("多少钱"), Some(1.0));
    assert_eq!(inherited("还加多少"), Some(1.0));
    assert_eq!(inherited("还要加多少"), Some(1.0), "it names no matter");
    assert_eq!(inherited("水渠改造多少公里"), None);
}

/// The answer to a part with these quotes.
fn part(status: Status, quotes: &[&str]) -> PartAnswer {
    let citation = town().part("去年村道多少公里").citations.remove(0);
    let citations: Vec<Citation> = quotes
        .iter()
        .map(|quote| Citation {
            quote: (*quote).to_owned(),
            ..citation.clone()
        })
        .collect();
    PartAnswer {
        status,
        kind: if citations.is_empty() {
            AnswerKind::None
        } else {
            AnswerKind::Passage
        },
        citations,
        missing: (status == Status::Partial).then(|| Missing {
            topic: quotes.concat(),
            asked: Gap::Direct,
            words: String::new(),
        }),
        notices: Vec::new(),
        related: Vec::new(),
    }
}

#[test]
fn one_part_alone_is_the_answer() {
    let answer = join(vec![part(Status::Answered, &["甲", "乙"])], 1);
    assert_eq!(
        (answer.status, answer.kind),
        (Status::Answered, AnswerKind::Passage)
    );
    // A list that was asked for may be longer than the limit.
    assert_eq!(answer.quotes(), ["甲", "乙"]);
}

#[test]
fn a_part_that_lacks_something_makes_the_whole_partial() {
    let (full, lacking) = (
        part(Status::Answered, &["甲"]),
        part(Status::Partial, &["乙"]),
    );
    let none = part(Status::NotFound, &[]);
    assert_eq!(
        join(vec![full.clone(), full.clone()], 3).status,
        Status::Answered
    );
    for parts in [
        vec![full.clone(), lacking.clone()],
        vec![lacking, full.clone()],
        vec![full.clone(), none.clone()],
    ] {
        assert_eq!(join(parts, 3).status, Status::Partial);
    }
    // What was not found before the first answer is passed over.
    assert_eq!(join(vec![none.clone(), full], 3).status, Status::Answered);
    assert_eq!(join(vec![none.clone(), none], 3).status, Status::NotFound);
}

#[test]
fn the_first_thing_missing_is_told() {
    let answer = join(
        vec![
            part(Status::Answered, &["甲"]),
            part(Status::Partial, &["乙"]),
            part(Status::Partial, &["丙"]),
        ],
        3,
    );
    assert_eq!(
        answer.missing.map(|missing| missing.topic),
        Some("乙".into())
    );
}

#[test]
fn a_quote_is_shown_once_and_at_most_as_many_as_the_limit_or_three() {
    let answered = |quotes: &[&str]| part(Status::Answered, quotes);
    let answer = join(vec![answered(&["甲"]), answered(&["甲", "乙"])], 3);
    assert_eq!(answer.quotes(), ["甲", "乙"]);
    let answer = join(vec![answered(&["甲", "乙"]), answered(&["丙", "丁"])], 1);
    assert_eq!(answer.quotes(), ["甲", "乙", "丙"]);
    let answer = join(vec![answered(&["甲", "乙"]), answered(&["丙", "丁"])], 4);
    assert_eq!(answer.quotes(), ["甲", "乙", "丙", "丁"]);
}

#[test]
fn an_answer_without_a_quote_is_none() {
    let nothing = PartAnswer {
        status: Status::Answered,
        ..part(Status::NotFound, &[])
    };
    let answer = join(vec![nothing], 3);
    assert_eq!(
        (answer.status, answer.kind),
        (Status::NotFound, AnswerKind::None)
    );
}

#[test]
fn notices_and_related_passages_add_up_without_what_is_cited() {
    let note = |what: &str| Notice::NotLoaded { what: what.into() };
    let with = |mut answer: PartAnswer, what: &str| {
        answer.notices = vec![note(what)];
        answer.related = vec![
            crate::corpus::PassageId(what.into()),
            answer.citations[0].passage_id.clone(),
        ];
        answer
    };
    let one = with(part(Status::Answered, &["甲"]), "a");
    let two = with(part(Status::Answered, &["乙"]), "b");
    let answer = join(vec![one, two], 3);
    assert_eq!(answer.notices, [note("a"), note("b")]);
    let related: Vec<&str> = answer.related.iter().map(|id| id.0.as_str()).collect();
    assert_eq!(related, ["a", "b"]);
}
