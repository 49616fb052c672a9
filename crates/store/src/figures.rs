//! How much was asked, by day: read from counts that are kept as questions come, so that a million
//! questions cost no more than a thousand.

use crate::{
    Store, StoreError,
    database::{Mode, Row, values},
};

/// From so many visits on, people are counted by going through all of them in the order of people.
const MANY: i64 = 100_000;

/// Which days, of which place and channel; an empty text is all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    /// The first day, `2026-11-01`.
    pub from: String,
    /// The last day, inclusive.
    pub until: String,
    /// The place that was asked about.
    pub place: String,
    /// The channel.
    pub channel: String,
}

/// Questions of a day that came by the same channel and ended alike.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayCount {
    /// `2026-11-30`
    pub day: String,
    /// By which channel.
    pub channel: String,
    /// Which kind of request.
    pub kind: String,
    /// How they ended.
    pub status: String,
    /// How many.
    pub number: i64,
    /// Microseconds that they took together.
    pub took_us: i64,
}

impl Store {
    /// The questions of `span`, in the order of days.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn day_counts(&self, span: &Span) -> Result<Vec<DayCount>, StoreError> {
        let sql = "SELECT day, channel, kind, status, CAST(sum(number) AS BIGINT), CAST(sum(took_us) AS BIGINT) FROM counts \
                   WHERE day >= $1 AND day <= $2 AND ($3 = '' OR place = $3) \
                   AND ($4 = '' OR channel = $4) \
                   GROUP BY day, channel, kind, status ORDER BY day, channel, kind, status";
        let values = values![&span.from, &span.until, &span.place, &span.channel];
        let rows = self.read(sql, values).await?;
        let count = |row: &Row| {
            Ok(DayCount {
                day: row.get(0)?,
                channel: row.get(1)?,
                kind: row.get(2)?,
                status: row.get(3)?,
                number: row.get(4)?,
                took_us: row.get(5)?,
            })
        };
        rows.iter().map(count).collect()
    }

    /// How many people asked, where people can be told: on each day of `span`, and in all. The channel of
    /// the span does not matter.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn visitors(&self, span: &Span) -> Result<(Vec<(String, i64)>, i64), StoreError> {
        let mut transaction = self.database.begin(Mode::Read).await?;
        let sql = "SELECT day, count(*) FROM visitors WHERE day >= $1 AND day <= $2 \
                   AND ($3 = '' OR place = $3) GROUP BY day ORDER BY day";
        let values = values![&span.from, &span.until, &span.place];
        let rows = transaction.query(sql, values.clone()).await?;
        let days = rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?)));
        let days = days.collect::<Result<Vec<_>, StoreError>>()?;
        let visits: i64 = days.iter().map(|(_, people): &(_, i64)| people).sum();
        let sql = match visits {
            0 => return Ok((days, 0)),
            1..MANY => {
                "SELECT count(DISTINCT person) FROM visitors WHERE day >= $1 AND day <= $2 \
                 AND ($3 = '' OR place = $3)"
            }
            // Of the index by person, in its order: a table of a million people would be built otherwise.
            // `IS TRUE` keeps SQLite from going by days.
            _ => {
                "SELECT count(*) FROM (SELECT person FROM visitors \
                 WHERE (day BETWEEN $1 AND $2) IS TRUE AND ($3 = '' OR place = $3) \
                 GROUP BY person) AS people"
            }
        };
        let rows = transaction.query(sql, values).await?;
        let all = rows.first().map_or(Ok(0), |row| row.get(0))?;
        Ok((days, all))
    }

    /// How long answers took on each day of `span`: numbers by the power of two of their microseconds, in order, of all
    /// places and channels.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn latencies(&self, span: &Span) -> Result<Vec<(String, i64, i64)>, StoreError> {
        let sql = "SELECT day, bucket, number FROM latencies WHERE day >= $1 AND day <= $2 \
                   ORDER BY day, bucket";
        let rows = self.read(sql, values![&span.from, &span.until]).await?;
        let bucket = |row: &Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        rows.iter().map(bucket).collect()
    }

    /// The headings that answers of `span` cited first, most often first; of all channels.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn cited(&self, span: &Span, limit: i64) -> Result<Vec<(String, i64)>, StoreError> {
        let sql = "SELECT section, CAST(sum(number) AS BIGINT) AS cited_times FROM cited \
                   WHERE day >= $1 AND day <= $2 AND ($3 = '' OR place = $3) \
                   GROUP BY section ORDER BY cited_times DESC, section LIMIT $4";
        let values = values![&span.from, &span.until, &span.place, limit];
        let rows = self.read(sql, values).await?;
        let section = |row: &Row| Ok((row.get(0)?, row.get(1)?));
        rows.iter().map(section).collect()
    }

    /// Votes cast from `from` until before `until`, in milliseconds since 1970: useful and useless ones.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn vote_counts(&self, from: i64, until: i64) -> Result<(i64, i64), StoreError> {
        let sql = "SELECT vote, count(*) FROM votes WHERE at >= $1 AND at < $2 GROUP BY vote";
        let rows = self.read(sql, values![from, until]).await?;
        let (mut useful, mut useless) = (0, 0);
        for row in &rows {
            match row.get::<String>(0)?.as_str() {
                "useful" => useful = row.get(1)?,
                "useless" => useless = row.get(1)?,
                _ => {}
            }
        }
        Ok((useful, useless))
    }

    /// The places that were asked about, by name.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn asked_places(&self, span: &Span) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT DISTINCT place FROM counts WHERE day >= $1 AND day <= $2 \
                   AND place <> '' ORDER BY place";
        let rows = self.read(sql, values![&span.from, &span.until]).await?;
        rows.iter().map(|row| row.get(0)).collect()
    }
}
