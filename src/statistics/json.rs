//! The figures for programs.

use serde_json::{Value, json};

use super::{
    figures::{Counts, Day, Figures, Totals},
    latency::Latency,
};

/// The figures as JSON. What is not counted for the choice is `null`; shares are from 0 to 1, times in
/// milliseconds.
#[must_use]
pub fn as_json(figures: &Figures) -> Value {
    let period = figures.chosen.period;
    let named = |named: &[(String, u64)], what: &str| -> Vec<Value> {
        let named = named.iter();
        named
            .map(|(name, number)| json!({what: name, "number": number}))
            .collect()
    };
    json!({
        "from": period.first().to_string(),
        "until": period.last().to_string(),
        "place": figures.chosen.place,
        "channel": figures.chosen.channel,
        "total": totals(&figures.total),
        "before": totals(&figures.before),
        "days": figures.days.iter().map(day).collect::<Vec<_>>(),
        "channels": named(&figures.channels, "channel"),
        "topics": named(&figures.topics, "section"),
    })
}

fn counts(counts: &Counts) -> Value {
    json!({
        "asked": counts.asked(),
        "answered": counts.answered,
        "partial": counts.partial,
        "not_found": counts.not_found,
        "small_talk": counts.talk,
        "mean_ms": counts.mean_ms(),
    })
}

fn totals(totals: &Totals) -> Value {
    let mut value = counts(&totals.counts);
    value["share_answered"] = json!(totals.counts.share_answered());
    value["people"] = json!(totals.people);
    value["useful"] = json!(totals.votes.map(|votes| votes.useful));
    value["useless"] = json!(totals.votes.map(|votes| votes.useless));
    took(&mut value, totals.latency);
    value
}

fn took(value: &mut Value, latency: Option<Latency>) {
    value["p50_ms"] = json!(latency.map(|latency| latency.p50_ms));
    value["p95_ms"] = json!(latency.map(|latency| latency.p95_ms));
}

fn day(day: &Day) -> Value {
    let mut value = counts(&day.counts);
    value["day"] = json!(day.day.to_string());
    value["people"] = json!(day.people);
    took(&mut value, day.times.latency());
    value
}
