//! What is done with topics: by the program, which sorts questions in, and by the office.

use std::collections::BTreeMap;

use crate::{
    Act, Logged, Store, StoreError,
    database::{Mode, Transaction, values},
    time::{day_of, now},
};

/// How far the log was sorted into topics.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sorted {
    /// The last row of the log that was looked at.
    pub row: i64,
    /// Until when votes were looked at, in milliseconds since 1970.
    pub votes: i64,
}

/// A question with the topic that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The question.
    pub logged: Logged,
    /// The topic: a number, or one of the new ones by its index in the list that goes with them.
    pub topic: Result<i64, usize>,
}

/// A topic to be made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewTopic {
    /// See [`Topic`](crate::Topic).
    pub place: String,
    /// See [`Topic`](crate::Topic).
    pub label: String,
    /// See [`Topic`](crate::Topic).
    pub missing: String,
}

/// The fact that tells how far the log was sorted.
const SORTED: &str = "topics.sorted";

pub(crate) async fn sorted(transaction: &mut dyn Transaction) -> Result<Sorted, StoreError> {
    let sql = "SELECT value FROM facts WHERE name = $1";
    let rows = transaction.query(sql, values![SORTED]).await?;
    let Some(row) = rows.first() else {
        return Ok(Sorted::default());
    };
    let text: String = row.get(0)?;
    let read = text.split_once(' ');
    let read = read.and_then(|(row, votes)| Some((row.parse().ok()?, votes.parse().ok()?)));
    let (row, votes) = read.ok_or_else(|| StoreError::Damaged(SORTED.to_owned()))?;
    Ok(Sorted { row, votes })
}

pub(crate) async fn set_sorted(
    transaction: &mut dyn Transaction,
    sorted: Sorted,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO facts (name, value) VALUES ($1, $2) \
               ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    let told = format!("{} {}", sorted.row, sorted.votes);
    transaction.execute(sql, values![SORTED, told]).await?;
    Ok(())
}

impl Store {
    /// How far the log was sorted into topics.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn sorted(&self) -> Result<Sorted, StoreError> {
        let mut transaction = self.database.begin(Mode::Read).await?;
        sorted(&mut *transaction).await
    }

    /// Sorts questions into topics and notes how far that is, unless another program did so since `from`:
    /// then nothing is changed. A settled topic that is asked anew is open again. Months begin `offset`
    /// milliseconds east of Greenwich. Gives the numbers of the new topics; `None` when another was faster.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn sort(
        &self,
        placed: &[Placed],
        new: &[NewTopic],
        from: Sorted,
        until: Sorted,
        offset: i64,
    ) -> Result<Option<Vec<i64>>, StoreError> {
        let mut transaction = self.database.begin(Mode::Act).await?;
        if sorted(&mut *transaction).await? != from {
            return Ok(None);
        }
        let mut numbers = Vec::new();
        for (index, topic) in new.iter().enumerate() {
            let first = placed.iter().find(|one| one.topic == Err(index));
            let Some(first) = first else { continue };
            numbers.push(add_topic(&mut *transaction, topic, &first.logged).await?);
        }
        let mut months: BTreeMap<(i64, String, &str), i64> = BTreeMap::new();
        for one in placed {
            let topic = match one.topic {
                Ok(number) => Some(number),
                Err(index) => numbers.get(index).copied(),
            };
            let Some(topic) = topic else { continue };
            put(&mut *transaction, &one.logged, topic).await?;
            let month = day_of(one.logged.at, offset)[..7].to_owned();
            let status = one.logged.status.as_str();
            *months.entry((topic, month, status)).or_default() += 1;
        }
        for ((topic, month, status), number) in months {
            count(&mut *transaction, topic, &month, status, number).await?;
        }
        set_sorted(&mut *transaction, until).await?;
        transaction.commit().await?;
        Ok(Some(numbers))
    }
}

async fn add_topic(
    transaction: &mut dyn Transaction,
    topic: &NewTopic,
    example: &Logged,
) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce(max(number), 0) + 1 FROM topics";
    let rows = transaction.query(sql, Vec::new()).await?;
    let number: i64 = rows.first().map_or(Ok(1), |row| row.get(0))?;
    let sql = "INSERT INTO topics (number, place, label, missing, example, state, person, note, \
               first_at, last_at, number_of, settled_at, reopened) \
               VALUES ($1, $2, $3, $4, $5, 'open', '', '', $6, $6, 0, NULL, 0)";
    let values = values![
        number,
        &topic.place,
        &topic.label,
        &topic.missing,
        example.id,
        example.at
    ];
    transaction.execute(sql, values).await?;
    Ok(number)
}

/// Puts a question into a topic; one that was settled and is asked anew is open again.
async fn put(
    transaction: &mut dyn Transaction,
    logged: &Logged,
    topic: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE questions SET topic = $1 WHERE id = $2";
    transaction.execute(sql, values![topic, logged.id]).await?;
    let sql = "UPDATE topics SET number_of = number_of + 1, \
               first_at = CASE WHEN first_at < $2 THEN first_at ELSE $2 END, \
               last_at = CASE WHEN last_at > $2 THEN last_at ELSE $2 END, \
               reopened = CASE WHEN state = 'answered' AND settled_at < $2 \
               THEN reopened + 1 ELSE reopened END, \
               state = CASE WHEN state = 'answered' AND settled_at < $2 THEN 'open' ELSE state END \
               WHERE number = $1";
    transaction.execute(sql, values![topic, logged.at]).await?;
    Ok(())
}

async fn count(
    transaction: &mut dyn Transaction,
    topic: i64,
    month: &str,
    status: &str,
    number: i64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO topic_months (topic, month, status, number) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (topic, month, status) \
               DO UPDATE SET number = topic_months.number + excluded.number";
    let values = values![topic, month, status, number];
    transaction.execute(sql, values).await?;
    Ok(())
}

impl Act {
    /// Notes what becomes of a topic; false when there is none.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_topic(
        &mut self,
        number: i64,
        state: &str,
        person: &str,
        note: &str,
    ) -> Result<bool, StoreError> {
        let settled = matches!(state, "answered" | "not_ours" | "ignored").then(now);
        let sql = "UPDATE topics SET state = $2, person = $3, note = $4, settled_at = $5 \
                   WHERE number = $1";
        let values = values![number, state, person, note, settled];
        Ok(self.execute(sql, values).await? > 0)
    }

    /// Makes the questions of topic `other` questions of topic `number`; false when one is missing.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn merge_topics(&mut self, number: i64, other: i64) -> Result<bool, StoreError> {
        let sql = "SELECT count(*) FROM topics WHERE number IN ($1, $2)";
        let rows = self.query(sql, values![number, other]).await?;
        if rows.first().map_or(Ok(0), |row| row.get::<i64>(0))? < 2 {
            return Ok(false);
        }
        for sql in [
            "UPDATE questions SET topic = $1 WHERE topic = $2",
            "UPDATE topics SET number_of = number_of + \
             (SELECT o.number_of FROM topics o WHERE o.number = $2), \
             first_at = (SELECT min(o.first_at) FROM topics o WHERE o.number IN ($1, $2)), \
             last_at = (SELECT max(o.last_at) FROM topics o WHERE o.number IN ($1, $2)) \
             WHERE number = $1",
            "INSERT INTO topic_months (topic, month, status, number) \
             SELECT $1, m.month, m.status, m.number FROM topic_months m WHERE m.topic = $2 \
             ON CONFLICT (topic, month, status) \
             DO UPDATE SET number = topic_months.number + excluded.number",
        ] {
            self.execute(sql, values![number, other]).await?;
        }
        for sql in [
            "DELETE FROM topic_months WHERE topic = $1",
            "DELETE FROM topics WHERE number = $1",
        ] {
            self.execute(sql, values![other]).await?;
        }
        Ok(true)
    }

    /// Makes a topic of its own of one question of topic `number`, and of those that say the same; months
    /// begin `offset` milliseconds east of Greenwich. Gives its number; `None` when there is no such
    /// question, or no other one.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn split_topic(
        &mut self,
        number: i64,
        question: i64,
        offset: i64,
    ) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT q.id, q.at, q.status FROM questions q WHERE q.topic = $1 AND q.question = \
                   (SELECT o.question FROM questions o WHERE o.id = $2 AND o.topic = $1) ORDER BY q.id";
        let same = self.query(sql, values![number, question]).await?;
        let sql = "SELECT place, number_of FROM topics WHERE number = $1";
        let whole = self.query(sql, values![number]).await?;
        let (Some(first), Some(whole)) = (same.first(), whole.first()) else {
            return Ok(None);
        };
        let moved = i64::try_from(same.len()).unwrap_or(i64::MAX);
        if whole.get::<i64>(1)? <= moved {
            return Ok(None);
        }
        let sql = "SELECT question FROM questions WHERE id = $1";
        let text = self.query(sql, values![question]).await?;
        let label: String = text.first().map_or(Ok(String::new()), |row| row.get(0))?;
        let topic = NewTopic {
            place: whole.get(0)?,
            label,
            missing: String::new(),
        };
        let example = Logged {
            id: first.get(0)?,
            at: first.get(1)?,
            ..Logged::default()
        };
        let made = add_topic(&mut *self.transaction, &topic, &example).await?;
        for row in &same {
            let (id, at): (i64, i64) = (row.get(0)?, row.get(1)?);
            let (status, month): (String, String) = (row.get(2)?, day_of(at, offset)[..7].into());
            let logged = Logged {
                id,
                at,
                ..Logged::default()
            };
            put(&mut *self.transaction, &logged, made).await?;
            // As it was counted: an answer that was voted useless was counted so.
            let status = if status == "answered" {
                "useless"
            } else {
                &status
            };
            count(&mut *self.transaction, made, &month, status, 1).await?;
            count(&mut *self.transaction, number, &month, status, -1).await?;
        }
        let sql = "UPDATE topics SET number_of = number_of - $2 WHERE number = $1";
        self.execute(sql, values![number, moved]).await?;
        let sql = "UPDATE topics SET example = (SELECT max(id) FROM questions WHERE topic = $1) \
                   WHERE number = $1 AND EXISTS (SELECT 1 FROM questions WHERE topic = $1)";
        self.execute(sql, values![number]).await?;
        Ok(Some(made))
    }
}
