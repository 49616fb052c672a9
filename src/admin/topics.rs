//! Topics: what the office does about questions that were not answered well.

use std::collections::BTreeMap;

use wenzheng_store::{StoreError, Topic, TopicFilter, day_of, is_topic_state, now};

use super::{
    listed::{ListedTopic, TopicDetail, TopicPage},
    office::Office,
    outcome::Outcome,
};
use crate::{
    editions::Watch,
    learning::CHINA,
    staff::{Actor, Role},
};

/// Topics on a page.
pub const TOPICS_SHOWN: usize = 50;
/// Questions of a topic that are shown.
const EXAMPLES: i64 = 30;
/// Milliseconds of a month of 30 days.
const MONTH: i64 = 30 * 86_400_000;

impl Office {
    /// The topics of `filter` that `by` may see, from the `offset`th on.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn topic_page(
        &self,
        filter: &TopicFilter,
        offset: usize,
        by: &Actor,
    ) -> Result<TopicPage, StoreError> {
        let filter = TopicFilter {
            place: by.grant.place(&filter.place),
            ..filter.clone()
        };
        let (limit, offset) = (count(TOPICS_SHOWN), count(offset));
        let since = day_of(now() - 2 * MONTH, CHINA)[..7].to_owned();
        let (topics, states, months) = self.publisher.block_on(async {
            let topics = self.store().topics(&filter, limit, offset).await?;
            let states = self.store().topic_states(&filter).await?;
            let months = self.store().recent_months(&since).await?;
            Ok::<_, StoreError>((topics, states, months))
        })?;
        let mut of_topic: BTreeMap<i64, Vec<(String, i64)>> = BTreeMap::new();
        for (topic, month, number) in months {
            of_topic.entry(topic).or_default().push((month, number));
        }
        let listed = topics.into_iter().map(|topic| ListedTopic {
            months: of_topic.remove(&topic.number).unwrap_or_default(),
            topic: shown_to(topic, by),
        });
        Ok(TopicPage {
            topics: listed.collect(),
            states,
        })
    }

    pub(super) fn unanswered(&self, by: &Actor) -> Result<Outcome, StoreError> {
        let page = self.topic_page(&TopicFilter::default(), 0, by)?;
        Ok(Outcome::Topics(Box::new(page)))
    }

    /// A topic; that single questions were read stands in the audit.
    pub(super) fn show_topic(&self, number: i64, by: &Actor) -> Result<Outcome, StoreError> {
        let Some(topic) = self.own_topic(number, by)? else {
            return Ok(Outcome::Nothing);
        };
        let may_read = by.grant.role >= Role::Editor;
        let (months, questions) = self.publisher.block_on(async {
            let months = self.store().topic_months(number).await?;
            let questions = match may_read {
                true => self.store().topic_questions(number, EXAMPLES).await?,
                false => Vec::new(),
            };
            if may_read {
                let entry = by.entry("read", "done", String::new(), format!("第 {number} 组问题"));
                self.store().record(&entry).await?;
            }
            Ok::<_, StoreError>((months, questions))
        })?;
        Ok(Outcome::Topic(Box::new(TopicDetail {
            topic: shown_to(topic, by),
            months,
            questions,
        })))
    }

    /// Notes what becomes of topics; all or none.
    pub(super) fn set_topics(
        &self,
        numbers: &[i64],
        state: &str,
        note: &str,
        by: &Actor,
    ) -> Result<Outcome, StoreError> {
        if !is_topic_state(state) {
            return Ok(Outcome::Nothing);
        }
        for number in numbers {
            if self.own_topic(*number, by)?.is_none() {
                return Ok(Outcome::Nothing);
            }
        }
        self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            for number in numbers {
                act.set_topic(*number, state, &by.name, note).await?;
            }
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            let after = format!("第 {} 组问题：{state} {note}", numbers.join("、"));
            act.commit(&by.entry("topic", "done", String::new(), after))
                .await
        })?;
        Ok(Outcome::TopicsSet(numbers.to_vec(), state.to_owned()))
    }

    /// Makes the questions of `other` questions of `number`.
    pub(super) fn merge_topics(
        &self,
        number: i64,
        other: i64,
        by: &Actor,
    ) -> Result<Outcome, StoreError> {
        let both = (self.own_topic(number, by)?, self.own_topic(other, by)?);
        let (Some(one), Some(two)) = both else {
            return Ok(Outcome::Nothing);
        };
        if number == other || one.place != two.place {
            return Ok(Outcome::Nothing);
        }
        let merged = self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            if !act.merge_topics(number, other).await? {
                return Ok(false);
            }
            let (before, after) = (format!("第 {other} 组问题"), format!("第 {number} 组问题"));
            act.commit(&by.entry("topic", "merged", before, after))
                .await?;
            Ok::<_, StoreError>(true)
        })?;
        self.learning.changed();
        Ok(match merged {
            true => Outcome::TopicsSet(vec![number], "merged".to_owned()),
            false => Outcome::Nothing,
        })
    }

    /// Makes a topic of its own of one question of topic `number`.
    pub(super) fn split_topic(
        &self,
        number: i64,
        question: i64,
        by: &Actor,
    ) -> Result<Outcome, StoreError> {
        if self.own_topic(number, by)?.is_none() {
            return Ok(Outcome::Nothing);
        }
        let split = self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            let Some(made) = act.split_topic(number, question, CHINA).await? else {
                return Ok(None);
            };
            let (before, after) = (format!("第 {number} 组问题"), format!("第 {made} 组问题"));
            act.commit(&by.entry("topic", "split", before, after))
                .await?;
            Ok::<_, StoreError>(Some(made))
        })?;
        self.learning.changed();
        Ok(match split {
            Some(made) => Outcome::TopicsSet(vec![made], "split".to_owned()),
            None => Outcome::Nothing,
        })
    }

    /// Tells whoever asks a topic's question whom to ask instead; then the topic is not ours.
    pub(super) fn refer(
        &self,
        number: i64,
        answer: &str,
        by: &Actor,
        watch: &dyn Watch,
    ) -> Outcome {
        let topic = match self.own_topic(number, by) {
            Ok(Some(topic)) => topic,
            Ok(None) => return Outcome::Nothing,
            Err(error) => return Outcome::Store(error),
        };
        let place = Some(topic.place.as_str()).filter(|place| !place.is_empty());
        let proposal = match self.faq(&topic.question, answer, place) {
            Ok(proposal) => proposal,
            Err(outcome) => return *outcome,
        };
        let outcome = self.propose(&proposal, by, watch);
        if outcome.went_well()
            && let Err(error) = self.set_topics(&[number], "not_ours", answer, by)
        {
            return Outcome::Store(error);
        }
        outcome
    }

    /// A topic of a place that `by` may see.
    pub(super) fn own_topic(&self, number: i64, by: &Actor) -> Result<Option<Topic>, StoreError> {
        let topic = self.publisher.block_on(self.store().topic(number))?;
        Ok(topic.filter(|topic| by.grant.covers(&topic.place)))
    }
}

/// What `by` may see of a topic: a viewer reads no single question.
fn shown_to(topic: Topic, by: &Actor) -> Topic {
    if by.grant.role >= Role::Editor {
        return topic;
    }
    let label = match topic.label == topic.question {
        true => String::new(),
        false => topic.label,
    };
    Topic {
        label,
        question: String::new(),
        ..topic
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
