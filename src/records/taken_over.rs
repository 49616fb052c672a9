//! Votes of the time before there was a store: lines of `votes.jsonl` and the full files beside it.

use std::{fs, path::Path};

use serde::Deserialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use wenzheng_store::{Store, StoreError, Voted};

/// Votes written at a time.
const BATCH: usize = 512;

#[derive(Deserialize)]
struct Line {
    at: String,
    channel: String,
    answer: Option<String>,
    passage: Option<String>,
    vote: String,
    reason: Option<String>,
    ballot: Option<String>,
}

impl Line {
    fn vote(self) -> Voted {
        let at = OffsetDateTime::parse(&self.at, &Rfc3339).ok();
        Voted {
            ballot: self.ballot,
            at: at.map_or(0, |at| at.unix_timestamp() * 1000),
            channel: self.channel,
            person: None,
            answer: self.answer,
            passage: self.passage,
            vote: self.vote,
            reason: self.reason,
        }
    }
}

/// Takes the votes of `folder` into `store`, and sets their files aside as `….taken-over`; a line that is
/// torn is left out. Gives the number of votes.
///
/// # Errors
/// [`StoreError`]; then the files stay, and the next start tries again.
pub async fn take_over_votes(folder: &Path, store: &Store) -> Result<usize, StoreError> {
    let mut taken = 0;
    // The oldest first: of two votes of one person the last counts.
    let old = (1..=4).rev().map(|number| format!("votes.{number}.jsonl"));
    for name in old.chain(["votes.jsonl".to_owned()]) {
        let file = folder.join(&name);
        let Ok(text) = fs::read_to_string(&file) else {
            continue;
        };
        let lines = text.lines();
        let votes = lines.filter_map(|line| serde_json::from_str::<Line>(line).ok());
        let votes: Vec<Voted> = votes.map(Line::vote).collect();
        for batch in votes.chunks(BATCH) {
            store.add_asked(&[], batch, 0).await?;
        }
        taken += votes.len();
        fs::rename(&file, folder.join(format!("{name}.taken-over")))?;
    }
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use wenzheng_store::SecretKey;

    use super::*;

    #[tokio::test]
    async fn votes_of_before_are_taken_over_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let line = |vote: &str| {
            format!(
                r#"{{"v":1,"at":"2026-01-02T03:04:05Z","channel":"web","answer":null,"passage":"p","vote":"{vote}","reason":null,"ballot":"b"}}"#
            )
        };
        let texts = [line("useful"), line("useless"), "{\"v\":1,".to_owned()];
        fs::write(folder.path().join("votes.jsonl"), texts.join("\n")).expect("written");
        let file = folder.path().join("store.db");
        let store = Store::open_file(&file, SecretKey::passing())
            .await
            .expect("it opens");
        assert_eq!(
            take_over_votes(folder.path(), &store).await.expect("taken"),
            2
        );
        assert_eq!(
            store.asked_and_voted().await.expect("it reads"),
            (0, 1),
            "one ballot"
        );
        assert_eq!(
            take_over_votes(folder.path(), &store)
                .await
                .expect("nothing"),
            0
        );
    }
}
