//! What of an event goes to the store.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use wenzheng_store::{Asked, SecretKey, Voted, now};

use super::{
    event::{Event, EventStatus, Kind},
    request::Caller,
    vote::{Reason, VoteCast},
    words::Words,
};
use crate::records::Records;

/// Bytes of a ballot.
const BYTES: usize = 12;

/// The same for every vote of `caller` on one answer, and for nothing else; without the key nobody finds
/// the caller in it. A vote that names no answer is one on its passage; one that names neither has
/// none.
pub(super) fn ballot(key: &SecretKey, caller: &Caller, cast: &VoteCast) -> Option<String> {
    let on = match (&cast.answer, &cast.passage) {
        (Some(answer), _) => format!("answer {answer}"),
        (None, Some(passage)) => format!("passage {passage}"),
        (None, None) => return None,
    };
    let channel = caller.channel.name.as_bytes();
    let hash = key.hash(
        "ballot",
        &[channel, caller.account.for_digest(), on.as_bytes()],
    );
    Some(URL_SAFE_NO_PAD.encode(&hash.0[..BYTES]))
}

/// Hands over a question that was answered, or a vote.
pub(super) fn event(records: &Records, event: &Event, ballot: Option<String>) {
    if let Some(cast) = &event.vote {
        records.voted(Voted {
            ballot,
            at: now(),
            channel: event.channel.name.to_owned(),
            person: event.person,
            answer: cast.answer.as_ref().map(ToString::to_string),
            passage: cast.passage.as_ref().map(ToString::to_string),
            vote: cast.vote.name().to_owned(),
            reason: cast.reason.map(|reason| Reason::name(reason).to_owned()),
        });
        return;
    }
    let (Kind::Ask | Kind::Define, EventStatus::Answered(_)) = (event.kind, event.status) else {
        return;
    };
    let (edition, version) = event.edition.clone().unwrap_or_default();
    let text = event.words.as_ref().map(Words::for_store);
    let missing = event.subject.missing.as_ref().map(Words::for_store);
    records.asked(Asked {
        at: now(),
        channel: event.channel.name.to_owned(),
        person: event.person,
        answer: event
            .answer
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        kind: event.kind.name().to_owned(),
        status: event.status.name().to_owned(),
        question: text.unwrap_or_default().to_owned(),
        document: event.document.as_ref().map(ToString::to_string),
        passage: event.passage.as_ref().map(ToString::to_string),
        place: event.subject.place.clone(),
        section: event.subject.section.clone(),
        missing: missing.unwrap_or_default().to_owned(),
        edition,
        version,
        took_us: i64::try_from(event.took.as_micros()).unwrap_or(i64::MAX),
    });
}
