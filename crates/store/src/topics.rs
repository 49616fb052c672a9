//! Topics: questions that were not answered well, grouped by what they are about.
//!
//! A question of the log belongs to one topic at most. Texts stand in the log alone: a topic points at one of
//! its questions, so that what is erased there is gone here as well.

use crate::{
    Store, StoreError,
    database::{Mode, Row, Transaction, Value, values},
};

/// A topic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Topic {
    /// Counted from 1.
    pub number: i64,
    /// Whose: the place that was asked about; empty where none can be told.
    pub place: String,
    /// What it is called.
    pub label: String,
    /// What the documents do not have; empty when that is not known.
    pub missing: String,
    /// The question that stands for it, masked.
    pub question: String,
    /// `open`, `in_hand`, `answered`, `not_ours` or `ignored`.
    pub state: String,
    /// Who has it in hand.
    pub person: String,
    /// What the office noted.
    pub note: String,
    /// Milliseconds since 1970.
    pub first_at: i64,
    /// Milliseconds since 1970.
    pub last_at: i64,
    /// How often it was asked.
    pub asked: i64,
    /// When it was settled, in milliseconds since 1970.
    pub settled_at: Option<i64>,
    /// How often it was asked anew after that.
    pub reopened: i64,
}

/// A question of the log that belongs to a topic or may.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Logged {
    /// Its row.
    pub id: i64,
    /// Milliseconds since 1970.
    pub at: i64,
    /// By which channel.
    pub channel: String,
    /// The place that was asked about.
    pub place: String,
    /// `not_found`, `partial`, or `useless` for an answer that was voted so.
    pub status: String,
    /// The question, masked.
    pub question: String,
    /// What the documents do not have.
    pub missing: String,
}

/// Which topics to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TopicFilter {
    /// Of this place; empty for all.
    pub place: String,
    /// In this state; empty for those that are open or in hand.
    pub state: String,
    /// Asked by this channel; empty for all.
    pub channel: String,
    /// Asked since, in milliseconds since 1970.
    pub since: Option<i64>,
    /// Asked before, in milliseconds since 1970.
    pub until: Option<i64>,
}

/// Topics of a place that were asked by a channel within some time. Its questions are looked at only where what the
/// topic itself tells leaves it open; those that are no longer kept count for no channel.
macro_rules! chosen {
    () => {
        "($1 = '' OR t.place = $1) AND t.last_at >= $3 AND t.first_at < $4 AND \
         (($2 = '' AND t.first_at >= $3 AND t.last_at < $4) OR EXISTS \
         (SELECT 1 FROM questions asked WHERE asked.topic = t.number AND asked.at >= $3 \
         AND asked.at < $4 AND ($2 = '' OR asked.channel = $2)))"
    };
}

impl TopicFilter {
    fn values(&self) -> Vec<Value> {
        let since = self.since.unwrap_or(i64::MIN);
        let until = self.until.unwrap_or(i64::MAX);
        values![&self.place, &self.channel, since, until]
    }
}

const STATES: [&str; 5] = ["open", "in_hand", "answered", "not_ours", "ignored"];

fn topic(row: &Row) -> Result<Topic, StoreError> {
    Ok(Topic {
        number: row.get(0)?,
        place: row.get(1)?,
        label: row.get(2)?,
        missing: row.get(3)?,
        question: row.get(4)?,
        state: row.get(5)?,
        person: row.get(6)?,
        note: row.get(7)?,
        first_at: row.get(8)?,
        last_at: row.get(9)?,
        asked: row.get(10)?,
        settled_at: row.get(11)?,
        reopened: row.get(12)?,
    })
}

fn logged(row: &Row) -> Result<Logged, StoreError> {
    Ok(Logged {
        id: row.get(0)?,
        at: row.get(1)?,
        channel: row.get(2)?,
        place: row.get(3)?,
        status: row.get(4)?,
        question: row.get(5)?,
        missing: row.get(6)?,
    })
}

impl Store {
    /// Topics, those asked most often first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn topics(
        &self,
        filter: &TopicFilter,
        limit: i64,
        offset: i64,
    ) -> Result<Vec<Topic>, StoreError> {
        let sql = concat!(
            "SELECT t.number, t.place, t.label, t.missing, q.question, t.state, t.person, t.note, \
             t.first_at, t.last_at, t.number_of, t.settled_at, t.reopened \
             FROM topics t JOIN questions q ON q.id = t.example WHERE ",
            chosen!(),
            " AND (t.state = $5 OR ($5 = '' AND t.state IN ('open', 'in_hand'))) \
             ORDER BY t.number_of DESC, t.last_at DESC, t.number LIMIT $6 OFFSET $7"
        );
        let mut values = filter.values();
        values.extend(values![&filter.state, limit, offset]);
        let rows = self.read(sql, values).await?;
        rows.iter().map(topic).collect()
    }

    /// A topic.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn topic(&self, number: i64) -> Result<Option<Topic>, StoreError> {
        let sql = "SELECT t.number, t.place, t.label, t.missing, q.question, t.state, t.person, t.note, \
                   t.first_at, t.last_at, t.number_of, t.settled_at, t.reopened \
                   FROM topics t JOIN questions q ON q.id = t.example WHERE t.number = $1";
        let rows = self.read(sql, values![number]).await?;
        rows.first().map(topic).transpose()
    }

    /// Topics in whatever state, the newest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn all_topics(&self, limit: i64) -> Result<Vec<Topic>, StoreError> {
        let sql = "SELECT t.number, t.place, t.label, t.missing, q.question, t.state, t.person, t.note, \
                   t.first_at, t.last_at, t.number_of, t.settled_at, t.reopened \
                   FROM topics t JOIN questions q ON q.id = t.example \
                   ORDER BY t.number DESC LIMIT $1";
        let rows = self.read(sql, values![limit]).await?;
        rows.iter().map(topic).collect()
    }

    /// The number that the next topic gets.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn next_topic(&self) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(number), 0) + 1 FROM topics";
        let rows = self.read(sql, Vec::new()).await?;
        rows.first().map_or(Ok(1), |row| row.get(0))
    }

    /// How many topics are in each state; the state of the filter does not matter.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn topic_states(
        &self,
        filter: &TopicFilter,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        let sql = concat!(
            "SELECT t.state, count(*) FROM topics t WHERE ",
            chosen!(),
            " GROUP BY t.state ORDER BY t.state"
        );
        let rows = self.read(sql, filter.values()).await?;
        rows.iter()
            .map(|row| Ok((row.get(0)?, row.get(1)?)))
            .collect()
    }

    /// How often a topic was asked in each month, and how that ended.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn topic_months(
        &self,
        number: i64,
    ) -> Result<Vec<(String, String, i64)>, StoreError> {
        let sql = "SELECT month, status, number FROM topic_months WHERE topic = $1 \
                   ORDER BY month, status";
        let rows = self.read(sql, values![number]).await?;
        let month = |row: &Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        rows.iter().map(month).collect()
    }

    /// How often topics were asked in the months since `month` (`2026-11`), by topic and month.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn recent_months(&self, month: &str) -> Result<Vec<(i64, String, i64)>, StoreError> {
        let sql = "SELECT topic, month, CAST(sum(number) AS BIGINT) FROM topic_months \
                   WHERE month >= $1 GROUP BY topic, month ORDER BY topic, month";
        let rows = self.read(sql, values![month]).await?;
        let month = |row: &Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        rows.iter().map(month).collect()
    }

    /// The newest questions of a topic.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn topic_questions(
        &self,
        number: i64,
        limit: i64,
    ) -> Result<Vec<Logged>, StoreError> {
        let sql = "SELECT id, at, channel, place, status, question, missing FROM questions \
                   WHERE topic = $1 ORDER BY id DESC LIMIT $2";
        let rows = self.read(sql, values![number, limit]).await?;
        rows.iter().map(logged).collect()
    }

    /// Questions of the log after row `after`, asked before `until`, that were not answered or only in
    /// part and belong to no topic, in order; and the row up to which that is all. `None` when there are no
    /// rows.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn unsorted(
        &self,
        after: i64,
        until: i64,
        limit: i64,
    ) -> Result<(Vec<Logged>, Option<i64>), StoreError> {
        let mut transaction = self.database.begin(Mode::Read).await?;
        let sql = "SELECT max(id) FROM (SELECT id FROM questions WHERE id > $1 AND at < $2 \
                   ORDER BY id LIMIT $3) AS next";
        let rows = transaction.query(sql, values![after, until, limit]).await?;
        let Some(last) = rows.first().map_or(Ok(None), |row| row.get(0))? else {
            return Ok((Vec::new(), None));
        };
        let sql = "SELECT id, at, channel, place, status, question, missing FROM questions \
                   WHERE id > $1 AND id <= $2 AND topic IS NULL AND question <> '' \
                   AND status IN ('not_found', 'partial') ORDER BY id";
        let rows = transaction.query(sql, values![after, last]).await?;
        let unsorted = rows.iter().map(logged).collect::<Result<_, _>>()?;
        Ok((unsorted, Some(last)))
    }

    /// Questions whose answers were voted useless from `since` until before `until` and that belong to no
    /// topic.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn voted_useless(&self, since: i64, until: i64) -> Result<Vec<Logged>, StoreError> {
        let sql = "SELECT DISTINCT q.id, q.at, q.channel, q.place, 'useless', q.question, q.missing \
                   FROM votes v JOIN questions q ON q.answer = v.answer \
                   WHERE v.at >= $1 AND v.at < $2 AND v.vote = 'useless' AND v.answer <> '' \
                   AND q.topic IS NULL AND q.question <> '' AND q.status = 'answered' ORDER BY q.id";
        let rows = self.read(sql, values![since, until]).await?;
        rows.iter().map(logged).collect()
    }

    /// Points topics whose example was erased at another of their questions; those that have none left are
    /// gone. Gives how many are gone.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn mend_topics(&self) -> Result<u64, StoreError> {
        let mut transaction = self.database.begin(Mode::Write).await?;
        let gone = mend(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(gone)
    }
}

/// See [`Store::mend_topics`].
pub(crate) async fn mend(transaction: &mut dyn Transaction) -> Result<u64, StoreError> {
    for sql in [
        "UPDATE topics SET example = \
         coalesce((SELECT max(id) FROM questions WHERE topic = topics.number), 0) \
         WHERE NOT EXISTS (SELECT 1 FROM questions WHERE id = topics.example)",
        "DELETE FROM topic_months WHERE topic IN (SELECT number FROM topics WHERE example = 0)",
    ] {
        transaction.execute(sql, Vec::new()).await?;
    }
    let sql = "DELETE FROM topics WHERE example = 0";
    transaction.execute(sql, Vec::new()).await
}

/// True for the state of a topic.
#[must_use]
pub fn is_topic_state(state: &str) -> bool {
    STATES.contains(&state)
}
