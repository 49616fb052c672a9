//! The thread that sorts the log into topics, and finds out which of them are answered by now.

use std::{
    sync::{Arc, Weak},
    thread,
    time::Duration,
};

use wenzheng_store::{StoreError, TopicFilter};

use super::office::Office;
use crate::{
    answer::{Question, Status},
    assistant::Snapshot,
    learning::{Log, Sorter},
    staff::Actor,
};

/// How often the log is looked at.
const PERIOD: Duration = Duration::from_secs(3);
/// The thread rests as long as it works, so that people who ask do not wait for it.
const REST: Duration = Duration::from_millis(50);
/// Topics that are asked again when another edition goes live, and questions of each.
const TOPICS: i64 = 300;
const QUESTIONS: i64 = 5;

/// Sorts the log as long as the office is there.
pub(super) fn start(office: &Arc<Office>) {
    let mut sorter = Sorter::default();
    let office: Weak<Office> = Arc::downgrade(office);
    let sort = move || {
        let (mut seen, mut failing) = (None, false);
        loop {
            thread::sleep(PERIOD);
            let Some(office) = office.upgrade() else {
                return;
            };
            if office.learning.take_change() {
                sorter.forget();
            }
            let done = sort(&office, &mut sorter).and_then(|()| office.settle_answered(&mut seen));
            if let Err(error) = &done
                && !failing
            {
                tracing::warn!(%error, "questions are not sorted into topics");
            }
            failing = done.is_err();
        }
    };
    let started = thread::Builder::new().name("topics".to_owned()).spawn(sort);
    if let Err(error) = started {
        tracing::error!(%error, "no thread for topics");
    }
}

fn sort(office: &Office, sorter: &mut Sorter) -> Result<(), StoreError> {
    let runtime = office.publisher.runtime();
    let log = Log {
        store: office.store(),
        runtime: &runtime,
        assistant: office.publisher.assistant(),
    };
    while sorter.round(log)? {
        thread::sleep(REST);
    }
    Ok(())
}

impl Office {
    /// Notes which open topics are answered since another edition than `seen` is live.
    fn settle_answered(&self, seen: &mut Option<i64>) -> Result<(), StoreError> {
        let snapshot = self.publisher.assistant().snapshot();
        let live = snapshot.number();
        if seen.replace(live).is_none_or(|seen| seen == live) {
            return Ok(());
        }
        let filter = TopicFilter::default();
        let topics = self
            .publisher
            .block_on(self.store().topics(&filter, TOPICS, 0))?;
        for topic in topics {
            let questions = self.store().topic_questions(topic.number, QUESTIONS);
            let questions = self.publisher.block_on(questions)?;
            let texts = questions.iter().map(|logged| logged.question.as_str());
            if !questions.is_empty() && self.answers_all(&snapshot, texts) {
                let by = Actor::program("topics");
                let note = format!("第 {live} 版能回答了");
                self.set_topics(&[topic.number], "answered", &note, &by)?;
            }
            thread::sleep(REST);
        }
        Ok(())
    }

    fn answers_all<'a>(
        &self,
        snapshot: &Snapshot,
        mut questions: impl Iterator<Item = &'a str>,
    ) -> bool {
        let assistant = self.publisher.assistant();
        questions.all(|text| {
            let answer = assistant.answer_alone(snapshot, &Question::new(text));
            answer.is_ok_and(|answer| answer.status == Status::Answered)
        })
    }
}
