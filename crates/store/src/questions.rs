//! What was asked and how people voted. Whoever writes here has masked the text before.

use std::collections::BTreeMap;

use crate::{
    Person, Store, StoreError,
    database::{Mode, Transaction, values},
    time::{DAY, day_of, now},
};

/// A question that was asked, and how that ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Milliseconds since 1970.
    pub at: i64,
    /// By which channel.
    pub channel: String,
    /// By whom; `None` where nobody can be told.
    pub person: Option<Person>,
    /// The id by which people vote on the answer.
    pub answer: String,
    /// Which kind of request.
    pub kind: String,
    /// How it ended.
    pub status: String,
    /// The question, masked; empty where it is not kept.
    pub question: String,
    /// The document that was cited first.
    pub document: Option<String>,
    /// The passage that was cited first.
    pub passage: Option<String>,
    /// The edition that answered.
    pub edition: i64,
    /// Its version.
    pub version: String,
    /// Microseconds.
    pub took_us: i64,
}

/// A vote on an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voted {
    /// The same for every vote of one person on one answer: the last one counts.
    pub ballot: Option<String>,
    /// Milliseconds since 1970.
    pub at: i64,
    /// By which channel.
    pub channel: String,
    /// By whom; `None` where nobody can be told.
    pub person: Option<Person>,
    /// The answer.
    pub answer: Option<String>,
    /// The passage that was cited first.
    pub passage: Option<String>,
    /// `useful` or `useless`.
    pub vote: String,
    /// Why.
    pub reason: Option<String>,
}

/// What is kept of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mine {
    /// Questions, newest first: time and text.
    pub questions: Vec<(i64, String)>,
    /// How many votes.
    pub votes: i64,
}

impl Store {
    /// Writes questions and votes, all or none; counts the questions by day, `offset` milliseconds east
    /// of Greenwich.
    ///
    /// # Errors
    /// [`StoreError`]; then none was written.
    pub async fn add_asked(
        &self,
        asked: &[Asked],
        votes: &[Voted],
        offset: i64,
    ) -> Result<(), StoreError> {
        let mut transaction = self.database.begin(Mode::Write).await?;
        let mut counts: BTreeMap<(String, &str, &str, &str), (i64, i64)> = BTreeMap::new();
        for one in asked {
            add_question(&mut *transaction, one).await?;
            let day = day_of(one.at, offset);
            let count = counts.entry((day, &one.channel, &one.kind, &one.status));
            let (number, took) = count.or_default();
            (*number, *took) = (*number + 1, *took + one.took_us);
        }
        for ((day, channel, kind, status), (number, took)) in counts {
            let sql = "INSERT INTO counts (day, channel, kind, status, number, took_us) \
                       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (day, channel, kind, status) \
                       DO UPDATE SET number = counts.number + excluded.number, \
                       took_us = counts.took_us + excluded.took_us";
            let values = values![day, channel, kind, status, number, took];
            transaction.execute(sql, values).await?;
        }
        for vote in votes {
            add_vote(&mut *transaction, vote).await?;
        }
        transaction.commit().await
    }

    /// How many questions and votes are kept.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn asked_and_voted(&self) -> Result<(i64, i64), StoreError> {
        let sql = "SELECT (SELECT count(*) FROM questions), (SELECT count(*) FROM votes)";
        let rows = self.read(sql, Vec::new()).await?;
        rows.first()
            .map_or(Ok((0, 0)), |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The text of questions asked more than `days` ago is no longer kept.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn prune_questions(&self, days: u32) -> Result<u64, StoreError> {
        let until = now() - i64::from(days) * DAY;
        let gone = self.write("DELETE FROM questions WHERE at < $1", values![until]);
        let gone = gone.await?;
        let sql = "UPDATE votes SET person = NULL WHERE at < $1 AND person IS NOT NULL";
        self.write(sql, values![until]).await?;
        Ok(gone)
    }

    /// What is kept of a person.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn mine(&self, person: Person, limit: usize) -> Result<Mine, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut transaction = self.database.begin(Mode::Read).await?;
        let person = person.0.as_slice();
        let sql = "SELECT at, question FROM questions WHERE person = $1 ORDER BY id DESC LIMIT $2";
        let rows = transaction.query(sql, values![person, limit]).await?;
        let questions = rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?)));
        let questions = questions.collect::<Result<_, StoreError>>()?;
        let sql = "SELECT count(*) FROM votes WHERE person = $1";
        let rows = transaction.query(sql, values![person]).await?;
        let votes = rows.first().map_or(Ok(0), |row| row.get(0))?;
        Ok(Mine { questions, votes })
    }

    /// Erases what is kept of a person: questions, votes, conversations and choices. Counts stay. Gives the number
    /// of questions and votes erased.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was erased.
    pub async fn forget(&self, person: Person) -> Result<(u64, u64), StoreError> {
        let mut transaction = self.database.begin(Mode::Write).await?;
        let id = person.0.as_slice();
        let sql = "DELETE FROM questions WHERE person = $1";
        let questions = transaction.execute(sql, values![id]).await?;
        let sql = "DELETE FROM votes WHERE person = $1";
        let votes = transaction.execute(sql, values![id]).await?;
        for sql in [
            "DELETE FROM turns WHERE person = $1",
            "DELETE FROM preferences WHERE person = $1",
        ] {
            transaction.execute(sql, values![id]).await?;
        }
        transaction.commit().await?;
        Ok((questions, votes))
    }
}

async fn add_question(transaction: &mut dyn Transaction, one: &Asked) -> Result<(), StoreError> {
    let sql = "INSERT INTO questions (at, channel, person, answer, kind, status, question, document, \
               passage, edition, version, took_us) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let values = values![
        one.at,
        &one.channel,
        one.person.map(|person| person.0.to_vec()),
        &one.answer,
        &one.kind,
        &one.status,
        &one.question,
        one.document.clone(),
        one.passage.clone(),
        one.edition,
        &one.version,
        one.took_us
    ];
    transaction.execute(sql, values).await?;
    Ok(())
}

async fn add_vote(transaction: &mut dyn Transaction, vote: &Voted) -> Result<(), StoreError> {
    let sql = "INSERT INTO votes (ballot, at, channel, person, answer, passage, vote, reason) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (ballot) DO UPDATE SET \
               at = excluded.at, person = excluded.person, vote = excluded.vote, \
               reason = excluded.reason";
    let values = values![
        vote.ballot.clone(),
        vote.at,
        &vote.channel,
        vote.person.map(|person| person.0.to_vec()),
        vote.answer.clone(),
        vote.passage.clone(),
        &vote.vote,
        vote.reason.clone()
    ];
    transaction.execute(sql, values).await?;
    Ok(())
}
