//! What was asked and how people voted. Whoever writes here has masked the text before.

use crate::{
    Asked, Person, Store, StoreError, Voted,
    counts::Counts,
    database::{Mode, Transaction, values},
    time::{DAY, day_of, now},
    topics,
};

/// What is kept of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mine {
    /// Questions, newest first: time and text.
    pub questions: Vec<(i64, String)>,
    /// How many votes.
    pub votes: i64,
    /// How many tickets.
    pub tickets: i64,
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
        let mut counts = Counts::default();
        for one in asked {
            add_question(&mut *transaction, one).await?;
            counts.add(one, offset);
        }
        counts.write(&mut *transaction).await?;
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
        let mut transaction = self.database.begin(Mode::Write).await?;
        let sql = "DELETE FROM questions WHERE at < $1";
        let gone = transaction.execute(sql, values![until]).await?;
        let sql = "UPDATE votes SET person = NULL WHERE at < $1 AND person IS NOT NULL";
        transaction.execute(sql, values![until]).await?;
        let sql = "DELETE FROM visitors WHERE day < $1";
        let day = day_of(until, 0);
        transaction.execute(sql, values![day]).await?;
        topics::mend(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(gone)
    }

    /// Who asked to be forgotten since a time, and when, in order; those of before `until` are dropped.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn forgotten(
        &self,
        since: i64,
        until: i64,
    ) -> Result<Vec<(Person, i64)>, StoreError> {
        let sql = "SELECT person, at FROM forgotten WHERE at >= $1 ORDER BY at";
        let rows = self.read(sql, values![since]).await?;
        let sql = "DELETE FROM forgotten WHERE at < $1";
        self.write(sql, values![until]).await?;
        let person = |row: &crate::database::Row| {
            let bytes: Vec<u8> = row.get(0)?;
            let person = Person::from_bytes(&bytes);
            let person = person.ok_or_else(|| StoreError::Damaged("person".into()))?;
            Ok((person, row.get(1)?))
        };
        rows.iter().map(person).collect()
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
        let sql = "SELECT count(*) FROM tickets WHERE person = $1";
        let rows = transaction.query(sql, values![person]).await?;
        let tickets = rows.first().map_or(Ok(0), |row| row.get(0))?;
        Ok(Mine {
            questions,
            votes,
            tickets,
        })
    }

    /// Erases what is kept of a person: questions, votes, conversations, choices and tickets. Counts stay. Gives
    /// the number of questions and votes erased.
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
            "DELETE FROM visitors WHERE person = $1",
            "DELETE FROM ticket_replies WHERE ticket IN \
             (SELECT number FROM tickets WHERE person = $1)",
            "DELETE FROM ticket_posts WHERE ticket IN \
             (SELECT number FROM tickets WHERE person = $1)",
            "DELETE FROM tickets WHERE person = $1",
        ] {
            transaction.execute(sql, values![id]).await?;
        }
        // Others that share the store may remember the conversation.
        let sql = "INSERT INTO forgotten (person, at) VALUES ($1, $2) \
                   ON CONFLICT (person) DO UPDATE SET at = excluded.at";
        transaction.execute(sql, values![id, now()]).await?;
        topics::mend(&mut *transaction).await?;
        transaction.commit().await?;
        Ok((questions, votes))
    }
}

async fn add_question(transaction: &mut dyn Transaction, one: &Asked) -> Result<(), StoreError> {
    let sql = "INSERT INTO questions (at, channel, person, answer, kind, status, question, document, \
               passage, edition, version, took_us, place, section, missing) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
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
        one.took_us,
        &one.place,
        &one.section,
        &one.missing
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
