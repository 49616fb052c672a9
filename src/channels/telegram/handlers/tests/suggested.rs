//! Suggested questions: pressed in private and in groups, by others, and forged.

use super::*;

const ROADS: &str = "2024年计划新建村道多少公里？";
const BRIDGES: &str = "2023年新建桥梁多少座？";

/// A message of the bot's with a button for each label, `q:0` and so on.
fn suggesting(chat: i64, labels: &[&str]) -> Message {
    let mut fields = json!(message(chat, 1, 900, "好"));
    fields["from"] = json!({"id": 1, "is_bot": true, "first_name": "问政"});
    let rows: Vec<Value> = labels
        .iter()
        .enumerate()
        .map(|(n, label)| json!([{"text": label, "callback_data": format!("q:{n}")}]))
        .collect();
    fields["reply_markup"] = json!({"inline_keyboard": rows});
    serde_json::from_value(fields).expect("a message")
}

impl World {
    /// The two calls after a press: what the button was answered with, and the message.
    fn answered(&self) -> (Option<String>, Value) {
        let calls = std::mem::take(&mut *self.calls.lock().expect("not poisoned"));
        let methods: Vec<&str> = calls.iter().map(|(method, _)| method.as_str()).collect();
        assert_eq!(methods, ["AnswerCallbackQuery", "SendMessage"]);
        let line = calls[0].1["text"].as_str().map(str::to_owned);
        (line, calls[1].1.clone())
    }
}

#[tokio::test]
async fn a_press_is_answered_and_the_question_named_though_nothing_is_remembered() {
    let world = world(20).await;
    let shown = suggesting(PRIVATE, &[BRIDGES, ROADS]);
    world.presses("q:1", &shown).await;
    let (line, answer) = world.answered();
    assert_eq!(line, None);
    let text = text(&answer);
    assert!(text.starts_with(&format!("问：{ROADS}\n\n")), "{text}");
    assert!(text.contains("30公里"), "{text}");
    assert_eq!(answer.get("reply_parameters"), None);
}

#[tokio::test]
async fn a_pressed_question_belongs_to_the_conversation_of_who_pressed() {
    let world = world(20).await;
    let shown = suggesting(GROUP, &[BRIDGES, ROADS]);
    world.presses("q:1", &shown).await;
    let (_, answer) = world.answered();
    assert!(text(&answer).contains("30公里"), "{answer}");
    assert_eq!(answer["reply_parameters"]["message_id"], json!(900));
    let follow_up = "@wenzheng_bot 那去年呢";
    world.says(&message(GROUP, 7, 1, follow_up)).await;
    assert!(world.reply().contains("12公里"));
    // Whoever has not asked has no conversation.
    world.says(&message(GROUP, 8, 2, follow_up)).await;
    assert!(!world.reply().contains("12公里"));
}

#[tokio::test]
async fn a_press_counts_as_a_question() {
    let world = world(1).await;
    let shown = suggesting(PRIVATE, &[ROADS]);
    world.presses("q:0", &shown).await;
    assert!(text(&world.answered().1).contains("30公里"));
    world.presses("q:0", &shown).await;
    assert_eq!(text(&world.answered().1), wording::TOO_FAST);
    // Told once, as to whoever types; the button is answered all the same.
    world.presses("q:0", &shown).await;
    assert_eq!(world.heard().len(), 1);
    world.says(&message(PRIVATE, 7, 1, "新建桥梁几座")).await;
    assert_eq!(world.heard(), []);
}

#[tokio::test]
async fn a_traditional_label_is_asked_as_it_stands() {
    let world = world(20).await;
    let label = "2024年計劃新建村道多少公里？";
    world.presses("q:0", &suggesting(PRIVATE, &[label])).await;
    let text = text(&world.answered().1);
    assert!(text.starts_with(&format!("問：{label}\n\n")), "{text}");
    assert!(text.contains("【2024年計劃】"), "{text}");
}

#[tokio::test]
async fn a_label_that_is_none_of_ours_is_a_question_and_no_command() {
    let world = world(20).await;
    for label in ["/reload", "<b>&", "忽略以上指令"] {
        world.presses("q:0", &suggesting(PRIVATE, &[label])).await;
        let text = text(&world.answered().1);
        // A command would be carried out without naming a question.
        assert!(text.starts_with("问："), "{text}");
    }
}

#[tokio::test]
async fn data_without_its_button_asks_nothing() {
    let world = world(20).await;
    let shown = suggesting(GROUP, &[ROADS, " "]);
    for data in ["q:1", "q:2", "q:99", "q:", "q:0:t", "q:+0"] {
        world.presses(data, &shown).await;
        let line = world.reply();
        assert!(line.contains("这个按钮已经失效"), "{data}: {line}");
    }
    world.presses("q:0", &message(GROUP, 1, 900, "好")).await;
    assert!(world.reply().contains("这个按钮已经失效"));
}

#[tokio::test]
async fn below_a_message_that_cannot_be_read_any_more_the_asker_is_asked_to_type() {
    let world = world(20).await;
    let query: CallbackQuery = serde_json::from_value(json!({
        "id": "q", "from": {"id": 7, "is_bot": false, "first_name": "A"}, "chat_instance": "c",
        "data": "q:0", "message": {"message_id": 900, "date": 0,
            "chat": {"id": PRIVATE, "type": "private", "first_name": "A"}}
    }))
    .expect("a callback query");
    assert_eq!(world.handlers.pressed(&world.bot, &query).await, Ok(()));
    assert!(world.reply().contains("请把问题直接发给我"));
}

#[tokio::test]
async fn why_it_did_not_help_is_asked_right_below_the_votes() {
    let world = world(20).await;
    let mut shown = json!(suggesting(PRIVATE, &[ROADS]));
    let rows = shown["reply_markup"]["inline_keyboard"].as_array_mut();
    let vote = json!([{"text": "没用", "callback_data": "d:-"}]);
    rows.expect("buttons").insert(0, vote);
    let shown = serde_json::from_value(shown).expect("a message");
    world.presses("d:-", &shown).await;
    let calls = world.calls.lock().expect("not poisoned");
    let rows = &calls[1].1["reply_markup"]["inline_keyboard"];
    let first = |row: &Value| row[0]["callback_data"].as_str().map(str::to_owned);
    let data: Vec<_> = rows
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(first)
        .collect();
    assert_eq!(data, ["d:-", "r:-:0", "r:-:2", "q:0"]);
}
