//! The figures of some days, and how they are made from counts.

use std::{cmp::Reverse, collections::BTreeMap};

use time::{Date, Duration};
use wenzheng_store::DayCount;

use super::{
    latency::{Latency, Times},
    period::Period,
};

/// What figures are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Which days.
    pub period: Period,
    /// Of this place; empty for all.
    pub place: String,
    /// By this channel; empty for all.
    pub channel: String,
}

/// Numbers of questions by how they ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// They were answered.
    pub answered: u64,
    /// A part of them was answered.
    pub partial: u64,
    /// Nothing was found.
    pub not_found: u64,
    /// Greetings, thanks and requests for help: no questions, and in no other number.
    pub talk: u64,
    /// Microseconds that the questions took together.
    pub took_us: u64,
}

impl Counts {
    /// All questions.
    #[must_use]
    pub const fn asked(&self) -> u64 {
        self.answered + self.partial + self.not_found
    }

    /// Which share of the questions was answered, from 0 to 1; `None` without questions.
    #[must_use]
    pub fn share_answered(&self) -> Option<f64> {
        let asked = self.asked();
        (asked > 0).then(|| self.answered as f64 / asked as f64)
    }

    /// Milliseconds that a question took on average; `None` without questions.
    #[must_use]
    pub fn mean_ms(&self) -> Option<f64> {
        let asked = self.asked();
        (asked > 0).then(|| self.took_us as f64 / asked as f64 / 1000.0)
    }

    fn count(&mut self, count: &DayCount) {
        let number = natural(count.number);
        match count.status.as_str() {
            "answered" => self.answered += number,
            "partial" => self.partial += number,
            "not_found" => self.not_found += number,
            _ => {
                self.talk += number;
                return;
            }
        }
        self.took_us += natural(count.took_us);
    }

    fn add(&mut self, other: &Self) {
        self.answered += other.answered;
        self.partial += other.partial;
        self.not_found += other.not_found;
        self.talk += other.talk;
        self.took_us += other.took_us;
    }
}

/// Votes on answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Votes {
    /// It helped.
    pub useful: u64,
    /// It did not.
    pub useless: u64,
}

/// The figures of a period as a whole.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Totals {
    /// Questions.
    pub counts: Counts,
    /// How many people asked, as far as people can be told apart. `None` when a channel was chosen, since they are
    /// not counted by channel, and when who asked is no longer kept for all days.
    pub people: Option<u64>,
    /// `None` when a place or channel was chosen: they are counted by neither.
    pub votes: Option<Votes>,
    /// `None` without questions, and when a place or channel was chosen: it is kept by neither.
    pub latency: Option<Latency>,
}

/// A day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Which day.
    pub day: Date,
    /// Its questions.
    pub counts: Counts,
    /// See [`Totals::people`]; in a group of days whoever asked on two of them counts twice.
    pub people: Option<u64>,
    /// How long its answers took, greetings too; none when a place or channel was chosen: they are kept by neither.
    pub times: Times,
}

/// Figures of some days.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// What they are of.
    pub chosen: Chosen,
    /// Each day of the period, those without questions too.
    pub days: Vec<Day>,
    /// All days together.
    pub total: Totals,
    /// The period before, as long as this one.
    pub before: Totals,
    /// Questions by channel, most first.
    pub channels: Vec<(String, u64)>,
    /// The headings that answers cited first, most often first. Empty when a channel was chosen: they are not
    /// counted by channel.
    pub topics: Vec<(String, u64)>,
}

/// How days are put together where each alone would be too narrow to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// Each day alone: up to 31.
    Days,
    /// Seven days each, from the last one back: up to 120 days.
    Weeks,
    /// By the month.
    Months,
}

/// Some days together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouped {
    /// The first day.
    pub first: Date,
    /// Their questions.
    pub counts: Counts,
    /// See [`Day::times`].
    pub times: Times,
}

impl Figures {
    /// Figures without people, votes, latencies and topics, from counts of this period and the one before.
    pub(super) fn of_counts(chosen: &Chosen, counts: &[DayCount]) -> Self {
        let mut by_day: BTreeMap<&str, Counts> = BTreeMap::new();
        let mut by_channel: BTreeMap<&str, u64> = BTreeMap::new();
        let first = chosen.period.first().to_string();
        for count in counts {
            let of_day = by_day.entry(count.day.as_str()).or_default();
            let before = of_day.asked();
            of_day.count(count);
            let asked = of_day.asked() - before;
            if count.day >= first && asked > 0 {
                *by_channel.entry(count.channel.as_str()).or_default() += asked;
            }
        }
        let of = |day: Date| by_day.get(day.to_string().as_str()).copied();
        let days = chosen.period.days().map(|day| Day {
            day,
            counts: of(day).unwrap_or_default(),
            people: None,
            times: Times::default(),
        });
        let mut total = Counts::default();
        let days: Vec<Day> = days.inspect(|day| total.add(&day.counts)).collect();
        let mut before = Counts::default();
        for counts in chosen.period.before().days().filter_map(of) {
            before.add(&counts);
        }
        let mut channels: Vec<(String, u64)> = by_channel
            .into_iter()
            .map(|(channel, asked)| (channel.to_owned(), asked))
            .collect();
        channels.sort_by_key(|(_, asked)| Reverse(*asked));
        let totals = |counts| Totals {
            counts,
            ..Totals::default()
        };
        Self {
            chosen: chosen.clone(),
            days,
            total: totals(total),
            before: totals(before),
            channels,
            topics: Vec::new(),
        }
    }

    /// How the days are put together for a drawing.
    #[must_use]
    pub const fn grouping(&self) -> Grouping {
        match self.chosen.period.length() {
            0..=31 => Grouping::Days,
            32..=120 => Grouping::Weeks,
            _ => Grouping::Months,
        }
    }

    /// The days put together for a drawing, in order; the first group may be shorter than the others.
    #[must_use]
    pub fn grouped(&self) -> Vec<Grouped> {
        let last = self.chosen.period.last();
        let grouping = self.grouping();
        let key = |day: Date| match grouping {
            Grouping::Days => i64::from(day.to_julian_day()),
            Grouping::Weeks => -((last - day) / Duration::WEEK) as i64,
            Grouping::Months => i64::from(day.year()) * 12 + i64::from(u8::from(day.month())),
        };
        let mut groups: Vec<(i64, Grouped)> = Vec::new();
        for of_day in &self.days {
            let key = key(of_day.day);
            match groups.last_mut() {
                Some((last, group)) if *last == key => {
                    group.counts.add(&of_day.counts);
                    group.times.join(&of_day.times);
                }
                _ => {
                    let group = Grouped {
                        first: of_day.day,
                        counts: of_day.counts,
                        times: of_day.times.clone(),
                    };
                    groups.push((key, group));
                }
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }
}

/// A number that is never negative.
pub(super) fn natural(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn count(day: &str, channel: &str, status: &str, number: i64) -> DayCount {
        DayCount {
            day: day.into(),
            channel: channel.into(),
            kind: "ask".into(),
            status: status.into(),
            number,
            took_us: number * 20_000,
        }
    }

    fn chosen(length: u16) -> Chosen {
        Chosen {
            // Noon in China on 30 November 2026.
            period: Period::until_now(1_796_011_200_000, length),
            place: String::new(),
            channel: String::new(),
        }
    }

    #[test]
    fn every_day_is_there_and_small_talk_is_no_question() {
        let counts = [
            count("2026-11-23", "web", "answered", 4),
            count("2026-11-29", "web", "not_found", 1),
            count("2026-11-30", "telegram", "answered", 6),
            count("2026-11-30", "telegram", "smalltalk", 9),
            count("2026-11-30", "web", "help", 2),
            count("2026-11-30", "web", "partial", 1),
        ];
        let figures = Figures::of_counts(&chosen(7), &counts);
        assert_eq!(figures.days.len(), 7);
        assert_eq!(figures.days[0].counts, Counts::default());
        assert_eq!(figures.days[6].counts.asked(), 7);
        let total = figures.total.counts;
        assert_eq!((total.asked(), total.talk), (8, 11));
        assert_eq!(total.share_answered(), Some(0.75));
        assert_eq!(total.mean_ms(), Some(20.0), "of questions alone");
        assert_eq!(figures.before.counts.asked(), 4);
        assert_eq!(
            figures.channels,
            [("telegram".to_owned(), 6), ("web".to_owned(), 2)]
        );
    }

    #[test]
    fn without_questions_there_is_no_share() {
        let figures = Figures::of_counts(&chosen(1), &[]);
        assert_eq!(figures.total.counts.share_answered(), None);
        assert_eq!(figures.total.counts.mean_ms(), None);
        assert_eq!(figures.days.len(), 1);
    }

    #[test]
    fn many_days_are_put_together_for_a_drawing() {
        let counts = [
            count("2026-11-23", "web", "answered", 1),
            count("2026-11-24", "web", "answered", 2),
            count("2026-11-30", "web", "answered", 4),
        ];
        let of = |length| {
            let mut figures = Figures::of_counts(&chosen(length), &counts);
            for day in &mut figures.days {
                day.times.add(13, 1);
            }
            figures.grouped()
        };
        assert_eq!(of(31).len(), 31);
        let weeks = of(90);
        assert_eq!(weeks.len(), 13);
        let last = weeks.last().expect("there are some");
        assert_eq!(last.first, date!(2026 - 11 - 24), "seven days back");
        assert_eq!(last.counts.asked(), 6);
        let mut of_a_week = Times::default();
        of_a_week.add(13, 7);
        assert_eq!(last.times, of_a_week);
        let months = of(365);
        assert_eq!(months.len(), 12);
        let last = months.last().expect("there are some");
        assert_eq!(last.first, date!(2026 - 11 - 01));
        assert_eq!(last.counts.asked(), 7);
    }
}
