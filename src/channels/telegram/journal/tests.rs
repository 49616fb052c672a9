//! Tests of the journal on a real disk.

use std::{fs, path::PathBuf};

use serde_json::{Value, json};
use teloxide::types::UpdateKind;
use tempfile::TempDir;

use super::*;

fn token() -> SecretString {
    SecretString::from("42:secret")
}

fn path(data: &TempDir) -> PathBuf {
    data.path().join("telegram").join("updates-42.jsonl")
}

fn open(data: &TempDir) -> Journal {
    Journal::open(data.path(), &token())
}

fn message(id: u32, text: &str) -> Value {
    let chat = json!({"id": 7, "type": "private", "first_name": "A"});
    let from = json!({"id": 7, "is_bot": false, "first_name": "A"});
    let message =
        json!({"message_id": 5, "date": 1_700_000_000, "chat": chat, "from": from, "text": text});
    json!({"update_id": id, "message": message})
}

fn update(id: u32) -> Update {
    read(&message(id, "今年修路吗"))
}

/// An update as the HTTP client reads it: teloxide takes the kind from text only, not from a `Value`.
fn read(raw: &Value) -> Update {
    serde_json::from_str(&raw.to_string()).expect("an update")
}

fn ids(updates: &[Update]) -> Vec<u32> {
    updates.iter().map(|update| update.id.0).collect()
}

#[tokio::test]
async fn what_was_not_handled_is_left_for_the_next_start() {
    let data = tempfile::tempdir().expect("a folder");
    let journal = open(&data);
    assert_eq!(ids(&journal.left_over()), [0_u32; 0]);
    let fresh = journal.take(vec![update(1), update(2), update(3)]).await;
    assert_eq!(ids(&fresh), [1, 2, 3]);
    journal.handled(2);
    journal.flush().await;

    // As after kill -9: the first one is still open.
    let next = open(&data);
    let left = next.left_over();
    assert_eq!(ids(&left), [1, 3]);
    assert_eq!(left, [update(1), update(3)]);
    assert_eq!(ids(&next.left_over()), [0_u32; 0]);
}

#[tokio::test]
async fn what_telegram_delivers_again_is_not_new_even_after_a_start() {
    let data = tempfile::tempdir().expect("a folder");
    let journal = open(&data);
    assert_eq!(ids(&journal.take(vec![update(1), update(2)]).await), [1, 2]);
    assert_eq!(ids(&journal.take(vec![update(2), update(3)]).await), [3]);
    journal.handled(1);
    journal.flush().await;
    let next = open(&data);
    assert_eq!(
        ids(&next.take(vec![update(1), update(2), update(4)]).await),
        [4]
    );
}

#[tokio::test]
async fn what_is_on_disk_is_confirmed_with_the_next_poll() {
    let data = tempfile::tempdir().expect("a folder");
    let journal = open(&data);
    assert_eq!(journal.offset(), None);
    journal.take(vec![update(8), update(9)]).await;
    assert_eq!(journal.first_unsettled(), None);
    assert_eq!(journal.offset(), Some(10));
    assert!(journal.settled(8, Duration::ZERO).await);
}

#[tokio::test]
async fn where_the_disk_refuses_only_what_was_handled_is_confirmed() {
    let data = tempfile::tempdir().expect("a folder");
    // A file where the folder should be.
    fs::write(data.path().join("telegram"), "").expect("there is room");
    let journal = open(&data);
    assert_eq!(ids(&journal.take(vec![update(8), update(9)]).await), [8, 9]);
    assert_eq!(journal.offset(), Some(8));
    assert!(!journal.settled(8, Duration::from_millis(10)).await);
    journal.handled(8);
    assert!(journal.settled(8, Duration::ZERO).await);
    assert_eq!(journal.offset(), Some(9));
    // The disk is well again.
    fs::remove_file(data.path().join("telegram")).expect("it is ours");
    journal.take(vec![update(9), update(10)]).await;
    assert_eq!(journal.offset(), Some(9));
    journal.handled(9);
    assert_eq!(journal.offset(), Some(11));
}

#[tokio::test]
async fn who_waits_for_an_update_is_woken_once_it_is_handled() {
    let data = tempfile::tempdir().expect("a folder");
    fs::write(data.path().join("telegram"), "").expect("there is room");
    let journal = std::sync::Arc::new(open(&data));
    journal.take(vec![update(8)]).await;
    let waiting = tokio::spawn({
        let journal = std::sync::Arc::clone(&journal);
        async move { journal.settled(8, Duration::from_mins(1)).await }
    });
    tokio::task::yield_now().await;
    journal.handled(8);
    assert!(waiting.await.expect("no panic"));
}

#[tokio::test]
async fn the_words_of_handled_messages_are_gone_at_the_end() {
    let data = tempfile::tempdir().expect("a folder");
    let journal = open(&data);
    journal.take(vec![update(1), update(2)]).await;
    journal.handled(1);
    journal.flush().await;
    let text = fs::read_to_string(path(&data)).expect("it is there");
    assert_eq!(text.matches("修路").count(), 1);
    assert_eq!(ids(&open(&data).left_over()), [2]);
}

#[tokio::test]
async fn an_update_that_a_hundred_runs_have_left_is_given_up() {
    let data = tempfile::tempdir().expect("a folder");
    open(&data).take(vec![update(1)]).await;
    for _ in 0..100 {
        assert_eq!(ids(&open(&data).left_over()), [1]);
    }
    assert_eq!(ids(&open(&data).left_over()), [0_u32; 0]);
    let journal = open(&data);
    assert_eq!(ids(&journal.left_over()), [0_u32; 0]);
    assert_eq!(ids(&journal.take(vec![update(1), update(2)]).await), [2]);
}

#[tokio::test]
async fn the_words_of_handled_messages_are_gone_after_a_quiet_moment() {
    let data = tempfile::tempdir().expect("a folder");
    let journal = open(&data);
    journal.take(vec![update(1), update(2)]).await;
    journal.handled(1);
    journal.handled(2);
    for _ in 0..100 {
        let text = fs::read_to_string(path(&data)).expect("it is there");
        if !text.contains("修路") {
            // And what was handled is still known.
            assert_eq!(text, "{\"handled\":[1,2]}\n");
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the words are still there");
}

#[tokio::test]
async fn half_a_line_spoils_neither_the_lines_before_nor_those_after() {
    let data = tempfile::tempdir().expect("a folder");
    let journal = open(&data);
    journal.take(vec![update(1)]).await;
    drop(journal);
    let half = &message(2, "半句话").to_string()[..40];
    let text = fs::read_to_string(path(&data)).expect("it is there");
    fs::write(path(&data), format!("{text}{half}")).expect("there is room");
    let journal = open(&data);
    assert_eq!(ids(&journal.left_over()), [1]);
    journal.take(vec![update(3)]).await;
    assert_eq!(ids(&open(&data).left_over()), [1, 3]);
}

#[test]
fn the_file_is_for_this_account_only_and_does_not_tell_the_token() {
    use std::os::unix::fs::PermissionsExt as _;
    let data = tempfile::tempdir().expect("a folder");
    let (mut file, _) = JournalFile::open(path(&data));
    file.append(vec![(1, message(1, "修路").to_string())], vec![])
        .expect("there is room");
    for (path, mode) in [(path(&data), 0o600), (data.path().join("telegram"), 0o700)] {
        let metadata = fs::metadata(path).expect("it is there");
        assert_eq!(metadata.permissions().mode() & 0o777, mode);
    }
    let odd = Journal::open(data.path(), &SecretString::from("secret"));
    drop(odd);
    assert!(!format!("{:?}", fs::read_dir(data.path().join("telegram"))).contains("secret"));
}

#[test]
fn an_update_is_the_same_after_a_stay_in_the_file() {
    let chat = json!({"id": -100, "type": "supergroup", "title": "G", "is_forum": true});
    let from = json!({"id": 7, "is_bot": false, "first_name": "A", "language_code": "zh"});
    let button = json!({"text": "有用", "callback_data": "v:1"});
    let bot = json!({"id": 1, "is_bot": true, "first_name": "问政", "username": "wenzheng_bot"});
    let answer = json!({"message_id": 4, "date": 1, "chat": chat, "from": bot, "text": "好",
        "reply_markup": {"inline_keyboard": [[button]]}});
    let mut group = message(1, "@wenzheng_bot 今年修路吗");
    group["message"]["chat"] = chat.clone();
    group["message"]["reply_to_message"] = answer.clone();
    group["message"]["message_thread_id"] = json!(3);
    group["message"]["is_topic_message"] = json!(true);
    let photo = json!([{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]);
    let mut picture = message(2, "");
    let fields = picture["message"].as_object_mut().expect("an object");
    fields.remove("text");
    fields.insert("photo".into(), photo);
    fields.insert("caption".into(), "这条路".into());
    fields.insert("media_group_id".into(), "9".into());
    let mut edit = message(3, "修桥吗");
    edit["message"]["edit_date"] = json!(1_700_000_009);
    let edited = json!({"update_id": 3, "edited_message": edit["message"]});
    let press = json!({"update_id": 4, "callback_query": {"id": "9", "from": from,
        "message": answer, "chat_instance": "1", "data": "v:1"}});
    let inline = json!({"update_id": 5, "inline_query": {"id": "9", "from": from,
        "query": "三抓", "offset": "20"}});
    for raw in [group, picture, edited, press, inline] {
        let update = read(&raw);
        assert!(!matches!(update.kind, UpdateKind::Error(_)), "{raw}");
        let (_, line) = line(&update).expect("it can be written");
        let again: Update = serde_json::from_str(&line).expect("an update");
        assert_eq!(again, update);
    }
}
