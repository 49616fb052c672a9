//! Pushes and their replies.

use futures::future::join_all;

use super::*;
use crate::{
    assistant::Assistant,
    channels::fixtures::{deployment, policies, results_and_plans},
    service::ServiceSettings,
};

const ADMIN: &str = "oAdmin";
/// Pages, numbers and commands a minute and person.
const ACTIONS_PER_MINUTE: usize = 60;

struct World {
    handlers: Arc<Handlers>,
    _corpus: tempfile::TempDir,
}

fn world(questions_per_minute: u32) -> World {
    world_of(results_and_plans(), questions_per_minute)
}

fn world_of(
    (corpus, assistant): (tempfile::TempDir, Assistant),
    questions_per_minute: u32,
) -> World {
    let settings = ServiceSettings {
        questions_per_minute,
        today: Some(time::macros::date!(2026 - 11 - 30)),
        administrators: vec![Caller::new(Channel::WECHAT_OA, ADMIN)],
        ..ServiceSettings::default()
    };
    let service = Service::new(assistant, settings);
    World {
        handlers: Arc::new(Handlers::new(
            service,
            Channel::WECHAT_OA,
            2047,
            deployment(),
        )),
        _corpus: corpus,
    }
}

impl World {
    async fn pushed(&self, person: &str, kind: Kind) -> Option<String> {
        let push = Push {
            account: "gh_1".into(),
            person: person.into(),
            key: String::new(),
            kind,
        };
        Arc::clone(&self.handlers)
            .reply(push)
            .await
            .map(|text| text.to_string())
    }

    /// The reply to `person`; empty if there is none.
    async fn says(&self, person: &str, text: &str) -> String {
        let said = self.pushed(person, Kind::Text(text.into())).await;
        said.unwrap_or_default()
    }

    async fn does(&self, person: &str, name: &str, key: &str) -> Option<String> {
        let (name, key) = (name.into(), key.into());
        self.pushed(person, Kind::Event { name, key }).await
    }
}

#[tokio::test]
async fn a_follow_up_belongs_to_its_person() {
    let world = world(20);
    let plan = world.says("a", "今年新建村道多少公里").await;
    assert!(plan.starts_with("【2024年计划】新建村道30公里。"), "{plan}");
    assert!(world.says("a", "那去年呢").await.contains("12公里"));
    assert!(!world.says("b", "那去年呢").await.contains("12公里"));
}

#[tokio::test]
async fn ten_messages_at_once_keep_their_order() {
    let world = world(20);
    let topics = [
        ("新建村道多少公里", "12公里"),
        ("新建桥梁几座", "3座"),
        ("新增学位多少个", "450个"),
        ("新建养老院几所", "2所"),
        ("栽植苹果树多少万株", "7万株"),
    ];
    let questions: Vec<String> = topics
        .iter()
        .flat_map(|(topic, _)| [format!("今年{topic}"), "那去年呢".into()])
        .collect();
    let answers = join_all(questions.iter().map(|text| world.says("a", text))).await;
    for ((topic, result), answer) in topics.iter().zip(answers.iter().skip(1).step_by(2)) {
        assert!(answer.contains(result), "{topic}: {answer}");
        assert!(answer.starts_with("【2023年已完成】"), "{topic}: {answer}");
    }
}

#[tokio::test]
async fn who_asks_too_fast_is_told_once_and_may_still_turn_pages() {
    let world = world(1);
    assert!(
        world
            .says("a", "今年新建村道多少公里")
            .await
            .contains("30公里")
    );
    assert_eq!(world.says("a", "今年新建桥梁几座").await, wording::TOO_FAST);
    assert_eq!(world.says("a", "今年新建桥梁几座").await, "");
    assert!(world.says("a", "1").await.contains("▶ 新建村道30公里。"));
    assert!(world.says("b", "今年新建桥梁几座").await.contains("5座"));
}

#[tokio::test]
async fn numbers_and_commands_are_limited_together() {
    let world = world(20);
    for _ in 0..ACTIONS_PER_MINUTE {
        assert_eq!(world.says("a", "更多").await, words::NO_MORE);
    }
    assert_eq!(world.says("a", "/help").await, wording::TOO_FAST);
    assert_eq!(world.pushed("a", Kind::Other).await, None);
    assert!(world.says("a", "今年新建桥梁几座").await.contains("5座"));
}

#[tokio::test]
async fn only_administrators_reload_the_corpus() {
    let world = world(20);
    assert_eq!(world.says("a", "/reload").await, wording::NOT_ADMIN);
    let reloaded = world.says(ADMIN, "/reload").await;
    assert!(reloaded.contains("内容没有变化"), "{reloaded}");
    assert!(world.says(ADMIN, "/help").await.contains("/reload"));
    assert!(!world.says("a", "/help").await.contains("/reload"));
}

#[tokio::test]
async fn terms_are_defined_and_listed() {
    let world = world(20);
    let definition = world.says("a", "/term 三抓三促").await;
    assert!(definition.contains("抓学习促提升"), "{definition}");
    assert!(world.says("a", "/term").await.contains("三抓三促"));
    assert!(
        world
            .says("a", "/sources")
            .await
            .contains("《2024年某县政府工作报告》")
    );
    assert_eq!(world.says("a", "/weather").await, wording::UNKNOWN_COMMAND);
}

#[tokio::test]
async fn numbers_below_an_answer_lead_on_until_the_person_leaves() {
    let world = world(20);
    let answer = world.says("a", "今年新建村道多少公里").await;
    assert!(answer.contains("回复 1 看整节"), "{answer}");
    let section = world.says("a", "1").await;
    assert!(
        section.starts_with("《2024年某县政府工作报告》"),
        "{section}"
    );
    assert_eq!(world.says("b", "1").await, words::NO_CHOICE);
    assert_eq!(world.does("a", "unsubscribe", "").await, None);
    assert_eq!(world.says("a", "1").await, words::NO_CHOICE);
    assert!(!world.says("a", "那去年呢").await.contains("12公里"));
}

#[tokio::test]
async fn events_and_voices_are_answered_like_what_they_stand_for() {
    let world = world(20);
    let greeting = world.does("a", "subscribe", "").await;
    assert!(greeting.is_some_and(|text| text.contains("欢迎关注")));
    let pressed = world.does("a", "click", "今年新建桥梁几座").await;
    assert!(pressed.is_some_and(|text| text.contains("5座")));
    let bare = world.does("a", "scan", "qrscene_12").await;
    assert_eq!(bare.as_deref(), Some(words::BARE_KEY));
    assert_eq!(world.does("a", "view", "https://x").await, None);
    let spoken = Kind::Voice(Some("今年新建桥梁几座。".into()));
    let answer = world.pushed("a", spoken).await;
    assert!(answer.is_some_and(|text| text.contains("5座")));
    let unheard = world.pushed("a", Kind::Voice(None)).await;
    assert_eq!(unheard.as_deref(), Some(words::NOT_HEARD));
    let picture = world.pushed("a", Kind::Other).await;
    assert_eq!(picture.as_deref(), Some(wording::EMPTY));
    assert_eq!(world.says("a", " ").await, wording::EMPTY);
}

#[tokio::test]
async fn numbers_are_answers_while_somebody_is_asked_whether_they_qualify() {
    let world = world_of(policies(), 20);
    let asked = world.says("a", "我妈能领高龄津贴吗").await;
    assert!(asked.contains("A 不满80岁\nB 80–89岁"), "{asked}");
    let next = world.says("a", "82").await;
    assert!(
        next.contains("户口在安和县吗") && next.contains("1 是\n2 不是"),
        "{next}"
    );
    let next = world.says("a", "1").await;
    assert!(next.contains("特困供养"), "{next}");
    let end = world.says("a", "2").await;
    assert!(end.starts_with("按您说的情况，符合已核对的3条"), "{end}");
    assert!(end.len() <= 2047);
    // Numbers are choices again.
    assert!(world.says("a", "1").await.contains("发放对象"));
    assert_eq!(world.says("b", "1").await, words::NO_CHOICE);
}
