use std::sync::{Arc, Mutex};

use futures::future::join_all;
use time::macros::date;

use super::*;
use crate::{
    answer::Status,
    assistant::Options,
    corpus::{DocumentId, PassageId},
    staff::Role,
};

const REPORT: &str = "---\ntitle: 2024年某县政府工作报告\nplace: 某县\nyear: 2024\nreview_year: 2023\n\
    issuer: 某县人民政府\nsource: 虚构\nkind: work-report\n---\n\n# 2024年某县政府工作报告\n\n\
    ## 一、2023年工作回顾\n\n去年新建村道12公里。\n\n## 二、2024年重点工作\n\n今年新建村道30公里。\n";

/// A service of one report, and everything it recorded.
struct Town {
    service: Service,
    events: Arc<Mutex<Vec<Event>>>,
    folder: tempfile::TempDir,
}

impl Town {
    fn open(questions_per_minute: u32) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let report = folder.path().join("report.md");
        std::fs::write(report, REPORT).expect("written");
        let options = Options {
            corpus_dir: Some(folder.path().to_owned()),
            ..Options::default()
        };
        let assistant = Assistant::open(options).expect("a sound corpus");
        let settings = ServiceSettings {
            questions_per_minute,
            administrators: vec![Caller::new(Channel::TELEGRAM, "1")],
            today: Some(date!(2024 - 06 - 01)),
            ..ServiceSettings::default()
        };
        let events = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&events);
        let record = move |event: &Event| heard.lock().expect("sound").push(event.clone());
        Self {
            service: Service::recorded(assistant, settings, record),
            events,
            folder,
        }
    }

    async fn does(&self, caller: &Caller, act: Act) -> Result<Reply, Refusal> {
        self.service.handle(Request::new(caller.clone(), act)).await
    }

    /// Asks within the conversation `key`; the future has its turn already.
    fn asks(&self, key: &str, question: &str) -> impl Future<Output = String> + use<> {
        let conversation = Conversation::Remembered(key.into());
        let request = Request::new(resident(), Act::ask(question)).within(conversation);
        let reply = self.service.handle(request);
        async {
            let (answer, _) = reply.await.and_then(Reply::answer).expect("an answer");
            let first = answer.citations.first();
            first.map_or_else(String::new, |citation| citation.quote.clone())
        }
    }

    fn passage(&self) -> PassageId {
        let snapshot = self.service.state().snapshot;
        let first = snapshot.library().all_passages().next();
        let passage = first.expect("a passage").expect("it is read");
        passage.id.clone()
    }

    fn events(&self) -> Vec<Event> {
        self.events.lock().expect("sound").clone()
    }
}

fn resident() -> Caller {
    Caller::new(Channel::TELEGRAM, "7")
}

#[tokio::test]
async fn a_question_is_answered_from_the_snapshot_that_the_reply_carries() {
    let town = Town::open(20);
    let asked = town.does(&resident(), Act::ask("今年修多少公里村道")).await;
    let (answer, snapshot) = asked.and_then(Reply::answer).expect("an answer");
    assert_eq!(answer.status, Status::Answered);
    // Another corpus is served before the answer is rendered.
    let changed = REPORT.replace("30公里", "40公里");
    std::fs::write(town.folder.path().join("report.md"), changed).expect("written");
    let administrator = Caller::new(Channel::TELEGRAM, "1");
    let reload = town.does(&administrator, Act::Command(Command::Reload));
    let reload = reload.await.expect("allowed");
    assert!(matches!(reload.outcome, Outcome::Reloaded(Ok(_))));
    assert_ne!(reload.snapshot.library().version(), answer.corpus_version);
    assert_eq!(snapshot.library().version(), answer.corpus_version);
    let cited = snapshot.passage(&answer.citations[0].passage_id);
    let cited = cited.expect("the corpus is in memory");
    assert!(cited.is_some_and(|(_, passage)| passage.text.contains("30公里")));
}

#[tokio::test]
async fn turns_keep_the_order_of_arrival_when_ten_messages_come_at_once() {
    let town = Town::open(20);
    let mut replies: Vec<_> = (0..10)
        .map(|n| match n % 2 {
            0 => town.asks("chat", "去年修多少公里村道"),
            _ => town.asks("chat", "那今年呢"),
        })
        .collect();
    // The last one is worked on first; each still follows the question that arrived before it.
    replies.reverse();
    for (n, quote) in join_all(replies).await.into_iter().enumerate() {
        let expected = ["今年新建村道30公里。", "去年新建村道12公里。"][n % 2];
        assert_eq!(quote, expected);
    }
}

#[tokio::test]
async fn what_was_asked_elsewhere_completes_no_question() {
    let town = Town::open(20);
    let _ = town.asks("one chat", "去年修多少公里村道").await;
    assert_eq!(town.asks("another chat", "那今年呢").await, "");
    town.service.forget(Channel::TELEGRAM, "one chat");
    assert_eq!(town.asks("one chat", "那今年呢").await, "");
}

#[tokio::test]
async fn what_is_too_fast_is_refused_and_takes_no_turn() {
    let town = Town::open(1);
    let _ = town.asks("chat", "去年修多少公里村道").await;
    let again = async || town.does(&resident(), Act::ask("修桥")).await;
    let first = |refused: Result<Reply, Refusal>| match refused {
        Err(Refusal::TooFast { first, .. }) => Some(first),
        _ => None,
    };
    assert_eq!(first(again().await), Some(true));
    assert_eq!(first(again().await), Some(false));
    let act = Act::List(List::Documents);
    assert!(town.does(&resident(), act).await.is_ok());
}

#[tokio::test]
async fn commands_of_administrators_are_refused_to_everybody_else() {
    let town = Town::open(20);
    let elsewhere = Caller::new(Channel::WECOM, "1");
    for command in [Command::Corpus, Command::Reload] {
        for caller in [resident(), elsewhere.clone()] {
            let refused = town.does(&caller, Act::Command(command.clone())).await;
            assert_eq!(refused.err(), Some(Refusal::NotAllowed));
        }
    }
    let own = |caller| town.does(caller, Act::Command(Command::Own));
    let role = async |caller| own(caller).await.expect("allowed").role;
    let administrator = Caller::new(Channel::TELEGRAM, "1");
    assert_eq!(role(&administrator).await, Role::Owner);
    assert_eq!(role(&elsewhere).await, Role::Resident);
}

#[tokio::test]
async fn each_act_is_one_event_and_none_shows_what_was_typed() {
    let town = Town::open(20);
    let vote = |passage| {
        Act::Vote(VoteCast {
            answer: None,
            passage: Some(passage),
            vote: Vote::Useless,
            reason: Some(Reason::Unclear),
        })
    };
    let gone = PassageId("gone".into());
    let _ = town.does(&resident(), Act::ask("今年修多少公里村道")).await;
    let _ = town.does(&resident(), vote(town.passage())).await;
    let refused = town.does(&resident(), vote(gone)).await;
    assert_eq!(refused.err(), Some(Refusal::UnknownPassage));

    let events = town.events();
    let names: Vec<_> = events
        .iter()
        .map(|event| (event.channel.name, event.kind, event.status.name()))
        .collect();
    let expected = [
        ("telegram", Kind::Ask, "answered"),
        ("telegram", Kind::Vote, "done"),
        ("telegram", Kind::Vote, "unknown_passage"),
    ];
    assert_eq!(names, expected);
    let report = Some(DocumentId("report".into()));
    assert_eq!(events[0].document, report);
    assert_eq!(events[1].document, report);
    let reason = events[1].vote.as_ref().and_then(|vote| vote.reason);
    assert_eq!(reason, Some(Reason::Unclear));
    assert!(events[0].words.is_some());
    assert!(!format!("{events:?}").contains("村道"));
}

#[tokio::test]
async fn what_is_not_served_is_refused() {
    let town = Town::open(20);
    let document = || DocumentId("gone".into());
    let search = Act::Search {
        query: "村道".into(),
        document: Some(document()),
        limit: 5,
    };
    let passage = Act::Read(Read::Passage(PassageId("gone".into())));
    for (act, refusal) in [
        (search, Refusal::UnknownDocument),
        (
            Act::Read(Read::Document(document())),
            Refusal::UnknownDocument,
        ),
        (
            Act::List(List::Terms(Some(document()))),
            Refusal::UnknownDocument,
        ),
        (passage, Refusal::UnknownPassage),
    ] {
        assert_eq!(town.does(&resident(), act).await.err(), Some(refusal));
    }
}

#[tokio::test]
async fn what_is_similar_to_a_passage_does_not_hold_the_passage() {
    let town = Town::open(20);
    let read = Act::Read(Read::Similar(town.passage()));
    let reply = town.does(&resident(), read).await.expect("it is served");
    let Outcome::Similar(passages) = reply.outcome else {
        panic!("similar passages");
    };
    assert!(!passages.contains(&town.passage()));
}
