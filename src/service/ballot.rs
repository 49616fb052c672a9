//! One vote a caller: what tells votes of one caller on one answer apart from those of others, without
//! telling who that is.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

use super::{request::Caller, vote::VoteCast};
use crate::storage;

const FILE: &str = "votes.key";
/// Bytes of a digest that are kept.
const BYTES: usize = 12;

/// A secret of this deployment.
pub(super) struct BallotKey([u8; 32]);

impl BallotKey {
    /// The one in `folder`, made there when it is missing. Where it cannot be kept, votes cast before
    /// and after a restart cannot be told apart, and that is logged.
    pub(super) fn open(folder: &Path) -> Self {
        let file = folder.join(FILE);
        if let Some(key) = fs::read(&file).ok().and_then(|key| key.try_into().ok()) {
            return Self(key);
        }
        let mut key = [0; 32];
        let made = getrandom::fill(&mut key).map_err(io::Error::other);
        let kept = made.and_then(|()| storage::replace(&file, |file| file.write_all(&key)));
        if let Err(error) = kept {
            tracing::warn!(error = %error.kind(), "the key of votes is not kept");
        }
        Self(key)
    }

    /// The same for every vote of `caller` on one answer, and for nothing else; without the key nobody
    /// finds the caller in it, nor that two answers were voted on by one. A vote that names no answer
    /// is one on its passage; one that names neither has none.
    pub(super) fn ballot(&self, caller: &Caller, cast: &VoteCast) -> Option<String> {
        let on = match (&cast.answer, &cast.passage) {
            (Some(answer), _) => format!("answer {answer}"),
            (None, Some(passage)) => format!("passage {passage}"),
            (None, None) => return None,
        };
        let mut digest = Sha256::new_with_prefix(self.0);
        for part in [
            caller.channel.name.as_bytes(),
            caller.account.for_digest(),
            on.as_bytes(),
        ] {
            // With their lengths, so that no two lists of parts are one row of bytes.
            digest.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            digest.update(part);
        }
        Some(URL_SAFE_NO_PAD.encode(&digest.finalize()[..BYTES]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::{AnswerId, Channel, Vote};

    #[test]
    fn a_caller_has_one_ballot_an_answer_also_after_a_restart() {
        let folder = tempfile::tempdir().expect("a folder");
        let cast = |answer: &AnswerId, vote| VoteCast {
            answer: Some(answer.clone()),
            passage: None,
            vote,
            reason: None,
        };
        let (one, other) = (AnswerId::new(), AnswerId::new());
        let person = |name: &str| Caller::new(Channel::WEB, name);
        let key = BallotKey::open(folder.path());
        let first = key.ballot(&person("a"), &cast(&one, Vote::Useful));
        let again = BallotKey::open(folder.path());
        assert_eq!(
            first,
            again.ballot(&person("a"), &cast(&one, Vote::Useless))
        );
        for different in [
            key.ballot(&person("b"), &cast(&one, Vote::Useful)),
            key.ballot(&person("a"), &cast(&other, Vote::Useful)),
            key.ballot(
                &Caller::new(Channel::TELEGRAM, "a"),
                &cast(&one, Vote::Useful),
            ),
        ] {
            assert_ne!(first, different);
        }
    }
}
