//! Counts that are kept as questions come.

use std::collections::BTreeMap;

use crate::{
    Asked, StoreError,
    database::{Transaction, values},
    time::day_of,
};

/// Day, place, channel, kind and status.
type Counted<'a> = (String, &'a str, &'a str, &'a str, &'a str);

/// Counts of questions that are written together.
#[derive(Default)]
pub(crate) struct Counts<'a> {
    days: BTreeMap<Counted<'a>, (i64, i64)>,
    latencies: BTreeMap<(String, i64), i64>,
    cited: BTreeMap<(String, &'a str, &'a str), i64>,
    visitors: BTreeMap<(String, &'a str, [u8; 16]), ()>,
}

impl<'a> Counts<'a> {
    /// Counts a question; its day begins `offset` milliseconds east of Greenwich.
    pub(crate) fn add(&mut self, asked: &'a Asked, offset: i64) {
        let day = day_of(asked.at, offset);
        let (place, channel) = (asked.place.as_str(), asked.channel.as_str());
        let key = (
            day.clone(),
            place,
            channel,
            asked.kind.as_str(),
            asked.status.as_str(),
        );
        let (number, took) = self.days.entry(key).or_default();
        (*number, *took) = (*number + 1, *took + asked.took_us);
        let bucket = i64::from(asked.took_us.max(1).ilog2());
        *self.latencies.entry((day.clone(), bucket)).or_default() += 1;
        if !asked.section.is_empty() {
            let cited = (day.clone(), place, asked.section.as_str());
            *self.cited.entry(cited).or_default() += 1;
        }
        if let Some(person) = asked.person {
            self.visitors.insert((day, place, person.0), ());
        }
    }

    /// Adds them to those that are kept.
    pub(crate) async fn write(self, transaction: &mut dyn Transaction) -> Result<(), StoreError> {
        for ((day, place, channel, kind, status), (number, took)) in self.days {
            let sql = "INSERT INTO counts (day, place, channel, kind, status, number, took_us) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7) \
                       ON CONFLICT (day, place, channel, kind, status) \
                       DO UPDATE SET number = counts.number + excluded.number, \
                       took_us = counts.took_us + excluded.took_us";
            let values = values![day, place, channel, kind, status, number, took];
            transaction.execute(sql, values).await?;
        }
        for ((day, bucket), number) in self.latencies {
            let sql = "INSERT INTO latencies (day, bucket, number) VALUES ($1, $2, $3) \
                       ON CONFLICT (day, bucket) \
                       DO UPDATE SET number = latencies.number + excluded.number";
            transaction
                .execute(sql, values![day, bucket, number])
                .await?;
        }
        for ((day, place, section), number) in self.cited {
            let sql = "INSERT INTO cited (day, place, section, number) VALUES ($1, $2, $3, $4) \
                       ON CONFLICT (day, place, section) \
                       DO UPDATE SET number = cited.number + excluded.number";
            let values = values![day, place, section, number];
            transaction.execute(sql, values).await?;
        }
        for (day, place, person) in self.visitors.into_keys() {
            let sql = "INSERT INTO visitors (day, place, person) VALUES ($1, $2, $3) \
                       ON CONFLICT (day, place, person) DO NOTHING";
            let values = values![day, place, person.as_slice()];
            transaction.execute(sql, values).await?;
        }
        Ok(())
    }
}
