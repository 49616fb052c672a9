//! Dialogues on who qualifies: their buttons, in private and in groups.

use super::*;
use crate::channels::fixtures::policies;

/// The labels and the data of the buttons below a message, row by row.
fn rows(fields: &Value) -> Vec<Vec<(String, String)>> {
    let rows = fields["reply_markup"]["inline_keyboard"].as_array();
    let told = |button: &Value| {
        let data = button["callback_data"].as_str().or(button["url"].as_str());
        let label = button["text"].as_str().unwrap_or_default();
        (label.to_owned(), data.unwrap_or_default().to_owned())
    };
    let row = |row: &Value| row.as_array().into_iter().flatten().map(told).collect();
    rows.into_iter().flatten().map(row).collect()
}

fn labels(fields: &Value) -> Vec<Vec<String>> {
    let rows = rows(fields).into_iter();
    rows.map(|row| row.into_iter().map(|(label, _)| label).collect())
        .collect()
}

fn data(fields: &Value, label: &str) -> String {
    let mut all = rows(fields).into_iter().flatten();
    let found = all.find(|(own, _)| own == label);
    found.unwrap_or_else(|| panic!("no button {label}")).1
}

/// The bot's message with these fields, as Telegram sends it along with a press.
fn shown(chat: i64, fields: &Value) -> Message {
    let mut message = json!(message(chat, 1, 900, "好"));
    message["from"] = json!({"id": 1, "is_bot": true, "first_name": "问政"});
    message["reply_markup"] = fields["reply_markup"].clone();
    serde_json::from_value(message).expect("a message")
}

impl World {
    /// The last message that was sent, and the methods of all calls.
    fn last(&self) -> (Value, Vec<String>) {
        let calls = std::mem::take(&mut *self.calls.lock().expect("not poisoned"));
        let methods = calls.iter().map(|(method, _)| method.clone()).collect();
        let sent = calls
            .into_iter()
            .rev()
            .find(|(method, _)| method == "SendMessage");
        (sent.map(|(_, fields)| fields).unwrap_or_default(), methods)
    }
}

#[tokio::test]
async fn answers_are_buttons_and_each_question_is_answered_once() {
    let world = world_of(policies(), 20).await;
    world
        .says(&message(PRIVATE, 7, 1, "我妈82岁农村户口能领高龄补贴不"))
        .await;
    let (asked, _) = world.last();
    assert!(
        text(&asked).contains("您说的（我妈）：年龄：82岁。"),
        "{asked}"
    );
    let expected = [vec!["是", "不是", "不知道"], vec!["改", "停", "直接看条件"]];
    assert_eq!(labels(&asked), expected);
    let yes = data(&asked, "是");
    assert!(yes.starts_with("e:") && yes.len() <= 64);
    world.presses(&yes, &shown(PRIVATE, &asked)).await;
    let (next, methods) = world.last();
    assert_eq!(
        methods,
        [
            "AnswerCallbackQuery",
            "EditMessageReplyMarkup",
            "SendMessage"
        ]
    );
    assert!(text(&next).contains("特困供养（五保）吗"), "{next}");
    // The old button is over, and says so to whoever pressed alone.
    world.presses(&yes, &shown(PRIVATE, &asked)).await;
    assert_eq!(world.last().1, ["AnswerCallbackQuery"]);
    world
        .presses(&data(&next, "不是"), &shown(PRIVATE, &next))
        .await;
    let (end, _) = world.last();
    assert!(
        text(&end).starts_with("按您说的情况，符合已核对的3条"),
        "{end}"
    );
    assert_eq!(labels(&end), [["改"]]);
}

#[tokio::test]
async fn what_is_private_is_asked_in_the_private_chat() {
    let world = world_of(policies(), 20).await;
    let question = "@wenzheng_bot 我妈82岁能领高龄津贴吗";
    world.handlers.is_called(Some("wenzheng_bot"));
    world.says(&message(GROUP, 7, 1, question)).await;
    let (asked, _) = world.last();
    world
        .presses(&data(&asked, "是"), &shown(GROUP, &asked))
        .await;
    let (private, _) = world.last();
    assert!(text(&private).contains("私聊"), "{private}");
    let link = data(&private, "到私聊里继续");
    let payload = link.strip_prefix("https://t.me/wenzheng_bot?start=");
    let payload = payload.expect("a link to the bot");
    world
        .says(&message(PRIVATE, 7, 3, &format!("/start {payload}")))
        .await;
    let (there, _) = world.last();
    assert!(text(&there).contains("特困供养（五保）吗"), "{there}");
    // Nobody else gets there by the same link.
    world
        .says(&message(8, 8, 4, &format!("/start {payload}")))
        .await;
    assert!(text(&world.last().0).contains("这一步已经过去了"));
}

#[tokio::test]
async fn ranges_are_cut_by_the_thresholds_of_the_file() {
    let world = world_of(policies(), 20).await;
    world
        .says(&message(PRIVATE, 7, 1, "我能领高龄津贴吗"))
        .await;
    let (asked, _) = world.last();
    let choices = ["不满80岁", "80–89岁", "90–99岁", "100岁以上", "不知道"];
    let all: Vec<String> = labels(&asked).into_iter().flatten().collect();
    assert_eq!(all[..5], choices);
    world.says(&message(PRIVATE, 7, 2, "停")).await;
    assert!(text(&world.last().0).contains("不再问了"));
}
