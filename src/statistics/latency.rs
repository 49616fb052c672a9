//! How long answers took.

use std::collections::BTreeMap;

/// How long answers took, in milliseconds.
///
/// The store keeps how many took from 2ⁿ up to 2ⁿ⁺¹ µs. Within such a bucket the logarithms of the times are
/// taken to be spread evenly: a quarter of the way through the answers of a bucket is 2ⁿ⁺⁰·²⁵ µs. A figure is
/// therefore at most a factor of two off, and mostly far less.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Latency {
    /// Half of the answers were as quick.
    pub p50_ms: f64,
    /// 95 % of the answers were as quick.
    pub p95_ms: f64,
}

impl Latency {
    /// From numbers of answers by the power of two of their microseconds, in order; `None` when there are none.
    #[must_use]
    pub fn of(buckets: &[(i64, i64)]) -> Option<Self> {
        Some(Self {
            p50_ms: quantile(buckets, 0.5)?,
            p95_ms: quantile(buckets, 0.95)?,
        })
    }
}

/// How many answers took how long, by the power of two of their microseconds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Times(BTreeMap<i64, i64>);

impl Times {
    /// Adds `number` answers that took from 2ⁿ up to 2ⁿ⁺¹ µs, where `power` is n.
    pub fn add(&mut self, power: i64, number: i64) {
        *self.0.entry(power).or_default() += number;
    }

    /// Adds those of `other`.
    pub fn join(&mut self, other: &Self) {
        for (power, number) in &other.0 {
            self.add(*power, *number);
        }
    }

    /// `None` when there are no answers.
    #[must_use]
    pub fn latency(&self) -> Option<Latency> {
        let buckets: Vec<(i64, i64)> = self.0.iter().map(|(n, number)| (*n, *number)).collect();
        Latency::of(&buckets)
    }
}

/// Milliseconds that `share` of all answers took at most.
fn quantile(buckets: &[(i64, i64)], share: f64) -> Option<f64> {
    let counted = || buckets.iter().filter(|(_, number)| *number > 0);
    let all: i64 = counted().map(|(_, number)| number).sum();
    let rank = all as f64 * share;
    let mut before = 0.0;
    let mut reached = None;
    for (power, number) in counted() {
        let number = *number as f64;
        reached = Some((*power, ((rank - before) / number).clamp(0.0, 1.0)));
        before += number;
        if before >= rank {
            break;
        }
    }
    let (power, within) = reached?;
    Some((power as f64 + within).exp2() / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) -> bool {
        (found / expected - 1.0).abs() < 1e-9
    }

    #[test]
    fn within_a_bucket_times_are_spread_by_their_logarithms() {
        // 100 answers of 8.192 to 16.384 ms: the middle one lies √2 above the lower end.
        let latency = Latency::of(&[(13, 100)]).expect("there are answers");
        assert!(close(latency.p50_ms, 8.192 * 2_f64.sqrt()));
        assert!(close(latency.p95_ms, 8.192 * 2_f64.powf(0.95)));
    }

    #[test]
    fn slow_answers_show_in_the_95th_percent_alone() {
        let latency = Latency::of(&[(10, 90), (13, 0), (20, 10)]).expect("there are answers");
        assert!((1.024..2.048).contains(&latency.p50_ms));
        assert!(close(latency.p95_ms, 1048.576 * 2_f64.sqrt()));
    }

    #[test]
    fn without_answers_there_is_no_latency() {
        assert_eq!(Latency::of(&[]), None);
        assert_eq!(Latency::of(&[(12, 0)]), None);
    }

    #[test]
    fn times_of_several_days_are_those_of_all_their_answers() {
        let (mut days, mut other) = (Times::default(), Times::default());
        assert_eq!(days.latency(), None);
        days.add(10, 90);
        other.add(20, 4);
        other.add(20, 6);
        days.join(&other);
        assert_eq!(days.latency(), Latency::of(&[(10, 90), (20, 10)]));
    }

    #[test]
    fn one_answer_is_within_its_bucket() {
        let latency = Latency::of(&[(0, 1)]).expect("there is one");
        assert!((0.001..=0.002).contains(&latency.p50_ms));
        assert!(latency.p50_ms <= latency.p95_ms);
    }
}
