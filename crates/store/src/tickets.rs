//! Tickets: questions that people want a person to answer, and the replies.

use crate::{
    Act, Hash, Person, Store, StoreError,
    database::{Mode, Row, values},
    time::{DAY, now},
};

/// How long the address of an open ticket is kept, in days.
const ADDRESS_DAYS: i64 = 7;
/// What addresses and unmasked questions are sealed for.
const ADDRESS: &str = "ticket address";
const UNMASKED: &str = "ticket question";

/// A question for a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewTicket<'a> {
    /// By which channel.
    pub channel: &'a str,
    /// By whom; `None` where nobody can be told.
    pub person: Option<Person>,
    /// What a visitor of the web shows to read the reply; `None` elsewhere.
    pub code: Option<&'a str>,
    /// Where the reply goes; `None` on the web.
    pub address: Option<&'a str>,
    /// Which place it is about.
    pub place: &'a str,
    /// The question, masked.
    pub question: &'a str,
    /// The question with its telephone number, if the asker agreed to pass it on.
    pub unmasked: Option<&'a str>,
    /// What was searched, and what the documents said.
    pub searched: &'a str,
}

/// A ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ticket {
    /// Counted from 1.
    pub number: i64,
    /// By which channel.
    pub channel: String,
    /// By whom; `None` where nobody can be told.
    pub person: Option<Person>,
    /// Where the reply goes, while that is kept.
    pub address: Option<String>,
    /// Which place it is about.
    pub place: String,
    /// The question: masked unless the asker agreed to pass more on.
    pub question: String,
    /// What was searched.
    pub searched: String,
    /// `open`, `answered` or `closed`.
    pub state: String,
    /// Who has it in hand.
    pub assigned: String,
    /// Milliseconds since 1970.
    pub opened_at: i64,
    /// Milliseconds since 1970.
    pub closed_at: Option<i64>,
}

/// A reply to a ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TicketReply {
    /// Its row.
    pub id: i64,
    /// The ticket.
    pub ticket: i64,
    /// Milliseconds since 1970.
    pub at: i64,
    /// Who wrote it.
    pub author: String,
    /// What it says.
    pub text: String,
    /// When it reached the asker.
    pub delivered_at: Option<i64>,
}

impl Store {
    fn ticket_of(&self, row: &Row) -> Result<Ticket, StoreError> {
        let text = |purpose: &str, sealed: Option<Vec<u8>>| {
            let plain = self.key.unseal(purpose, &sealed?)?;
            String::from_utf8(plain).ok()
        };
        let masked: String = row.get(5)?;
        let person: Option<Vec<u8>> = row.get(2)?;
        Ok(Ticket {
            number: row.get(0)?,
            channel: row.get(1)?,
            person: person.and_then(|bytes| Person::from_bytes(&bytes)),
            address: text(ADDRESS, row.get(3)?),
            place: row.get(4)?,
            question: text(UNMASKED, row.get(6)?).unwrap_or(masked),
            searched: row.get(7)?,
            state: row.get(8)?,
            assigned: row.get(9)?,
            opened_at: row.get(10)?,
            closed_at: row.get(11)?,
        })
    }

    /// Opens a ticket. Gives its number.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn open_ticket(&self, ticket: &NewTicket<'_>) -> Result<i64, StoreError> {
        let seal = |purpose: &str, plain: Option<&str>| {
            let sealed = plain.map(|plain| self.key.seal(purpose, plain.as_bytes()));
            sealed.transpose()
        };
        let code = ticket.code.map(|code| self.key.spent("ticket", code));
        let mut transaction = self.database.begin(Mode::Act).await?;
        let sql = "SELECT coalesce(max(number), 0) + 1 FROM tickets";
        let rows = transaction.query(sql, Vec::new()).await?;
        let number: i64 = rows.first().map_or(Ok(1), |row| row.get(0))?;
        let sql = "INSERT INTO tickets (number, code, channel, person, address, place, question, \
                   unmasked, searched, state, assigned, opened_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', '', $10)";
        let values = values![
            number,
            code.map(|code| code.0.to_vec()),
            ticket.channel,
            ticket.person.map(|person| person.0.to_vec()),
            seal(ADDRESS, ticket.address)?,
            ticket.place,
            ticket.question,
            seal(UNMASKED, ticket.unmasked)?,
            ticket.searched,
            now()
        ];
        transaction.execute(sql, values).await?;
        transaction.commit().await?;
        Ok(number)
    }

    /// A ticket.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn ticket(&self, number: i64) -> Result<Option<Ticket>, StoreError> {
        let sql = "SELECT number, channel, person, address, place, question, unmasked, searched, \
                   state, assigned, opened_at, closed_at FROM tickets WHERE number = $1";
        let rows = self.read(sql, values![number]).await?;
        rows.first().map(|row| self.ticket_of(row)).transpose()
    }

    /// The ticket that a visitor of the web opened and got this code for.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn ticket_by_code(&self, code: &str) -> Result<Option<Ticket>, StoreError> {
        let code = self.key.spent("ticket", code);
        let sql = "SELECT number, channel, person, address, place, question, unmasked, searched, \
                   state, assigned, opened_at, closed_at FROM tickets WHERE code = $1";
        let rows = self.read(sql, values![code.0.as_slice()]).await?;
        rows.first().map(|row| self.ticket_of(row)).transpose()
    }

    /// Tickets of a place or of all, newest first: those in `state`, or all that are not closed.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn tickets(
        &self,
        place: &str,
        state: &str,
        limit: i64,
    ) -> Result<Vec<Ticket>, StoreError> {
        let sql = "SELECT number, channel, person, address, place, question, unmasked, searched, \
                   state, assigned, opened_at, closed_at FROM tickets \
                   WHERE ($1 = '' OR place = $1) \
                   AND (state = $2 OR ($2 = '' AND state <> 'closed')) \
                   ORDER BY number DESC LIMIT $3";
        let rows = self.read(sql, values![place, state, limit]).await?;
        rows.iter().map(|row| self.ticket_of(row)).collect()
    }

    /// How many tickets of a place or of all wait for a reply.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn open_tickets(&self, place: &str) -> Result<i64, StoreError> {
        let sql = "SELECT count(*) FROM tickets WHERE state = 'open' AND ($1 = '' OR place = $1)";
        let rows = self.read(sql, values![place]).await?;
        rows.first().map_or(Ok(0), |row| row.get(0))
    }

    /// How many tickets somebody has open.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn open_tickets_of(&self, person: Person) -> Result<i64, StoreError> {
        let sql = "SELECT count(*) FROM tickets WHERE state = 'open' AND person = $1";
        let rows = self.read(sql, values![person.0.as_slice()]).await?;
        rows.first().map_or(Ok(0), |row| row.get(0))
    }

    /// The replies to a ticket, oldest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn ticket_replies(&self, ticket: i64) -> Result<Vec<TicketReply>, StoreError> {
        let sql = "SELECT id, ticket, at, author, text, delivered_at FROM ticket_replies \
                   WHERE ticket = $1 ORDER BY id";
        let rows = self.read(sql, values![ticket]).await?;
        rows.iter().map(reply).collect()
    }

    /// The replies that somebody has not been given yet, oldest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn undelivered(&self, person: Person) -> Result<Vec<TicketReply>, StoreError> {
        let sql = "SELECT r.id, r.ticket, r.at, r.author, r.text, r.delivered_at \
                   FROM tickets t JOIN ticket_replies r ON r.ticket = t.number \
                   WHERE t.person = $1 AND r.delivered_at IS NULL ORDER BY r.id";
        let rows = self.read(sql, values![person.0.as_slice()]).await?;
        rows.iter().map(reply).collect()
    }

    /// The replies that people who asked by `channel` have not been given yet, with where they are reached.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn undelivered_on(
        &self,
        channel: &str,
    ) -> Result<Vec<(String, TicketReply)>, StoreError> {
        let sql = "SELECT r.id, r.ticket, r.at, r.author, r.text, r.delivered_at, t.address \
                   FROM tickets t JOIN ticket_replies r ON r.ticket = t.number \
                   WHERE t.channel = $1 AND t.address IS NOT NULL AND r.delivered_at IS NULL \
                   ORDER BY r.id LIMIT 500";
        let rows = self.read(sql, values![channel]).await?;
        let waiting = rows.iter().map(|row| {
            let sealed: Vec<u8> = row.get(6)?;
            let address = self.key.unseal(ADDRESS, &sealed);
            let address = address.and_then(|plain| String::from_utf8(plain).ok());
            Ok(address.zip(Some(reply(row)?)))
        });
        let waiting: Result<Vec<_>, StoreError> = waiting.collect();
        Ok(waiting?.into_iter().flatten().collect())
    }

    /// Notes that a reply reached the asker; false when that was noted before.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn delivered(&self, reply: i64) -> Result<bool, StoreError> {
        let sql = "UPDATE ticket_replies SET delivered_at = $2 \
                   WHERE id = $1 AND delivered_at IS NULL";
        Ok(self.write(sql, values![reply, now()]).await? > 0)
    }

    /// Notes that a message in a chat of the staff speaks of a ticket.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn add_ticket_post(&self, post: Hash, ticket: i64) -> Result<(), StoreError> {
        let sql = "INSERT INTO ticket_posts (post, ticket) VALUES ($1, $2) \
                   ON CONFLICT (post) DO UPDATE SET ticket = excluded.ticket";
        self.write(sql, values![post.0.as_slice(), ticket]).await?;
        Ok(())
    }

    /// The ticket that a message in a chat of the staff speaks of.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn ticket_of_post(&self, post: Hash) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT ticket FROM ticket_posts WHERE post = $1";
        let rows = self.read(sql, values![post.0.as_slice()]).await?;
        rows.first().map(|row| row.get(0)).transpose()
    }

    /// Drops the addresses of tickets that are closed or a week old, and closed tickets of more than `days`
    /// days ago with their replies.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn prune_tickets(&self, days: u32) -> Result<(), StoreError> {
        let mut transaction = self.database.begin(Mode::Write).await?;
        let sql = "UPDATE tickets SET address = NULL, unmasked = NULL \
                   WHERE (address IS NOT NULL OR unmasked IS NOT NULL) \
                   AND (state = 'closed' OR opened_at < $1)";
        let week = now() - ADDRESS_DAYS * DAY;
        transaction.execute(sql, values![week]).await?;
        let until = now() - i64::from(days) * DAY;
        for sql in [
            "DELETE FROM ticket_replies WHERE ticket IN \
             (SELECT number FROM tickets WHERE opened_at < $1)",
            "DELETE FROM ticket_posts WHERE ticket IN \
             (SELECT number FROM tickets WHERE opened_at < $1)",
            "DELETE FROM tickets WHERE opened_at < $1",
        ] {
            transaction.execute(sql, values![until]).await?;
        }
        transaction.commit().await
    }
}

fn reply(row: &Row) -> Result<TicketReply, StoreError> {
    Ok(TicketReply {
        id: row.get(0)?,
        ticket: row.get(1)?,
        at: row.get(2)?,
        author: row.get(3)?,
        text: row.get(4)?,
        delivered_at: row.get(5)?,
    })
}

impl Act {
    /// Adds a reply to a ticket, which is answered then. Gives the row; `None` when there is no such
    /// ticket, or it is closed.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn reply_to_ticket(
        &mut self,
        number: i64,
        author: &str,
        text: &str,
    ) -> Result<Option<i64>, StoreError> {
        let sql = "UPDATE tickets SET state = 'answered', assigned = $2 \
                   WHERE number = $1 AND state <> 'closed'";
        if self.execute(sql, values![number, author]).await? == 0 {
            return Ok(None);
        }
        let sql = "INSERT INTO ticket_replies (ticket, at, author, text) \
                   VALUES ($1, $2, $3, $4) RETURNING id";
        let rows = self
            .query(sql, values![number, now(), author, text])
            .await?;
        rows.first().map(|row| row.get(0)).transpose()
    }

    /// Closes a ticket, of which the address is gone from then on; false when it was closed or there is none.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn close_ticket(&mut self, number: i64) -> Result<bool, StoreError> {
        let sql = "UPDATE tickets SET state = 'closed', closed_at = $2, unmasked = NULL, \
                   address = NULL WHERE number = $1 AND state <> 'closed'";
        Ok(self.execute(sql, values![number, now()]).await? > 0)
    }
}
