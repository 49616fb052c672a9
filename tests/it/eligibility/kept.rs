//! What is kept of a dialogue: nothing.

use wenzheng::service::EventStatus;

use super::{COUNTY, TODAY, Talk};

#[test]
fn what_is_kept_of_the_question_does_not_tell_of_the_person() {
    let snapshot = COUNTY.snapshot();
    let question = "我妈82岁，本地户口，能领高龄津贴吗";
    let asked = snapshot.asked(question, &[], TODAY).expect("it asks so");
    assert_eq!(asked.without_what_is_told(), "我妈…，…，能领高龄津贴吗");
}

#[test]
fn replies_within_a_dialogue_are_events_without_words() {
    let talk = Talk::new();
    talk.asks("我妈82岁，本地户口，能领高龄津贴吗");
    talk.asks("不是");
    talk.asks("高龄津贴多少钱");
    let events = talk.events.lock().expect("sound");
    let words: Vec<String> = events
        .iter()
        .map(|event| format!("{:?}", event.words))
        .collect();
    assert!(events[1].words.is_none(), "{words:?}");
    assert_eq!(
        events[1].status,
        EventStatus::Done,
        "no record is made of it"
    );
    assert!(events[2].words.is_some());
}

#[test]
fn follow_ups_go_on_from_questions_and_not_from_what_was_said_of_a_person() {
    let talk = Talk::new();
    talk.asks("我妈82岁，本地户口，能领高龄津贴吗");
    talk.asks("不是");
    let answer = talk.asks("要带什么材料");
    let quotes: Vec<&str> = answer
        .citations
        .iter()
        .map(|it| it.quote.as_str())
        .collect();
    assert_eq!(quotes, ["居民身份证、户口簿或者居住证、社会保障卡。"]);
}
