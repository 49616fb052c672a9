//! Conversations that go on, and messages that were seen.

use wenzheng_store::{Hash, Store, Turn, now};

use super::person;

/// Of a conversation of `account`, by its person where one is told.
fn turn(store: &Store, account: &str, is_told: bool, at: i64, question: &str) -> Turn {
    Turn {
        conversation: person(store, &format!("{account}:chat")),
        person: is_told.then(|| person(store, account)),
        at,
        question: question.to_owned(),
    }
}

/// The questions that are kept since a time.
async fn questions(store: &Store, since: i64, limit: usize) -> Vec<String> {
    let turns = store.turns(since, limit).await.expect("listed");
    turns.into_iter().map(|turn| turn.question).collect()
}

pub(super) async fn they_are_kept_until_they_are_old_or_forgotten(store: &Store) {
    let turns = [
        turn(store, "1", true, 1_000, "低保"),
        turn(store, "2", true, 2_000, "医保"),
        turn(store, "1", true, 9_000, "那去年呢"),
        turn(store, "3", false, 9_500, "修路"),
    ];
    store.add_turns(&turns, &[]).await.expect("kept");
    assert_eq!(store.turns(0, 9).await.expect("listed"), turns);
    assert_eq!(questions(store, 5_000, 9).await, ["那去年呢", "修路"]);
    assert_eq!(questions(store, 0, 2).await, ["那去年呢", "修路"]);

    assert_eq!(store.prune_turns(1_500).await.expect("pruned"), 1);
    assert_eq!(questions(store, 0, 9).await, ["医保", "那去年呢", "修路"]);

    // What comes after somebody was forgotten stays.
    let new = [turn(store, "1", true, 9_900, "医院")];
    let (one, third) = (person(store, "1"), turns[3].conversation);
    store.add_turns(&new, &[one, third]).await.expect("kept");
    assert_eq!(questions(store, 0, 9).await, ["医保", "医院"]);
    store.forget(one).await.expect("forgotten");
    assert_eq!(questions(store, 0, 9).await, ["医保"]);
}

pub(super) async fn a_message_is_seen_first_once(store: &Store) {
    let message = Hash::of(b"1");
    assert!(store.first_seen(message, 0).await.expect("noted"));
    assert!(!store.first_seen(message, 0).await.expect("noted"));
    let later = now() + 60_000;
    let other = store.first_seen(Hash::of(b"2"), later).await;
    assert!(other.expect("noted"));
    assert!(store.first_seen(message, 0).await.expect("it was dropped"));
}
