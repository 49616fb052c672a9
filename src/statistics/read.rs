//! The figures as the store has them.

use std::collections::BTreeMap;

use wenzheng_store::{DayCount, Span, Store, StoreError};

use super::{
    figures::{Chosen, Figures, Totals, Votes, natural},
    latency::Times,
    period::Period,
};

/// The most headings that are listed.
const TOPICS: i64 = 10;

/// The figures of what was chosen.
///
/// # Errors
/// [`StoreError`]
pub async fn read(store: &Store, chosen: &Chosen) -> Result<Figures, StoreError> {
    let period = chosen.period;
    let both = Span {
        from: period.before().first().to_string(),
        ..span(chosen, period)
    };
    let counts = store.day_counts(&both).await?;
    let mut figures = Figures::of_counts(chosen, &counts);
    let by_day = complete(store, chosen, period, &counts, &mut figures.total).await?;
    for day in &mut figures.days {
        let times = by_day.times.get(&day.day.to_string());
        day.times = times.cloned().unwrap_or_default();
    }
    if chosen.channel.is_empty() {
        for day in &mut figures.days {
            let people = by_day.people.get(&day.day.to_string()).copied();
            day.people = Some(natural(people.unwrap_or_default()));
        }
        let cited = store.cited(&span(chosen, period), TOPICS).await?;
        let cited = cited.into_iter();
        figures.topics = cited
            .map(|(section, number)| (section, natural(number)))
            .collect();
    }
    let before = period.before();
    complete(store, chosen, before, &counts, &mut figures.before).await?;
    Ok(figures)
}

/// What is not counted with the questions, by day.
#[derive(Default)]
struct ByDay {
    people: BTreeMap<String, i64>,
    times: BTreeMap<String, Times>,
}

/// Adds what is not counted with the questions: people, votes and latencies. Gives back what is known of each day.
async fn complete(
    store: &Store,
    chosen: &Chosen,
    period: Period,
    counts: &[DayCount],
    totals: &mut Totals,
) -> Result<ByDay, StoreError> {
    let span = span(chosen, period);
    let mut by_day = ByDay::default();
    if chosen.channel.is_empty() {
        let (days, people) = store.visitors(&span).await?;
        let seen = days.first().map(|(day, _)| day.as_str());
        let known = are_people_known(period, counts, seen);
        totals.people = known.then(|| natural(people));
        by_day.people = days.into_iter().collect();
    }
    if chosen.channel.is_empty() && chosen.place.is_empty() {
        let (from, until) = period.bounds();
        let (useful, useless) = store.vote_counts(from, until).await?;
        totals.votes = Some(Votes {
            useful: natural(useful),
            useless: natural(useless),
        });
        let mut all = Times::default();
        for (day, power, number) in store.latencies(&span).await? {
            all.add(power, number);
            by_day.times.entry(day).or_default().add(power, number);
        }
        totals.latency = all.latency();
    }
    Ok(by_day)
}

/// False when questions of the period are older than what is kept of people, or nobody can be told: the first of them,
/// seen on the day `seen`, asked more than a week after the first question. Their number would be too small.
fn are_people_known(period: Period, counts: &[DayCount], seen: Option<&str>) -> bool {
    const WEEK: usize = 7;
    let days: Vec<String> = period.days().map(|day| day.to_string()).collect();
    let place = |day: &str| days.iter().position(|own| own == day);
    let asked = counts.iter().filter_map(|count| place(&count.day)).min();
    match (asked, seen.and_then(place)) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(asked), Some(seen)) => seen <= asked + WEEK,
    }
}

fn span(chosen: &Chosen, period: Period) -> Span {
    Span {
        from: period.first().to_string(),
        until: period.last().to_string(),
        place: chosen.place.clone(),
        channel: chosen.channel.clone(),
    }
}

#[cfg(test)]
mod tests {
    use wenzheng_store::{Asked, Person, SecretKey, Voted};

    use super::*;

    const DAY: i64 = 86_400_000;
    const CHINA: i64 = 8 * 3_600_000;
    /// Noon in China on 30 November 2026.
    const NOON: i64 = 1_796_011_200_000;

    fn asked(at: i64, person: u8, place: &str, channel: &str, status: &str) -> Asked {
        Asked {
            at,
            channel: channel.into(),
            person: Some(Person([person; 16])),
            kind: "ask".into(),
            status: status.into(),
            place: place.into(),
            section: format!("{place}的交通"),
            took_us: 10_000,
            ..Asked::default()
        }
    }

    fn chosen(place: &str, channel: &str) -> Chosen {
        Chosen {
            period: Period::until_now(NOON, 7),
            place: place.into(),
            channel: channel.into(),
        }
    }

    #[test]
    fn people_are_not_told_where_they_are_no_longer_kept() {
        let period = Period::until_now(NOON, 365);
        let count = |day: &str| DayCount {
            day: day.into(),
            number: 1,
            ..DayCount::default()
        };
        let counts = [count("2026-01-05"), count("2026-11-20")];
        let known = |seen| are_people_known(period, &counts, seen);
        assert!(known(Some("2026-01-08")));
        assert!(!known(Some("2026-09-01")), "of 90 days, not of all");
        assert!(!known(None));
        assert!(are_people_known(period, &[], None), "nobody asked");
    }

    #[tokio::test]
    async fn figures_are_read_from_a_store_by_place_and_channel() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("store.db");
        let store = Store::open_file(&file, SecretKey::passing()).await;
        let store = store.expect("it opens");
        let questions = [
            asked(NOON, 1, "通渭县", "web", "answered"),
            asked(NOON, 1, "通渭县", "telegram", "not_found"),
            asked(NOON - DAY, 1, "通渭县", "web", "answered"),
            asked(NOON - DAY, 2, "陇西县", "web", "partial"),
            asked(NOON, 3, "", "web", "smalltalk"),
            asked(NOON - 8 * DAY, 2, "陇西县", "web", "answered"),
        ];
        let vote = Voted {
            at: NOON,
            vote: "useful".into(),
            ..Voted::default()
        };
        let written = store.add_asked(&questions, &[vote], CHINA).await;
        written.expect("it is written");

        let all = read(&store, &chosen("", "")).await.expect("it is read");
        assert_eq!(all.total.counts.asked(), 4);
        assert_eq!(all.total.counts.talk, 1);
        assert_eq!(all.total.people, Some(3));
        assert_eq!(all.days[6].people, Some(2));
        assert_eq!(all.days[0].people, Some(0));
        assert_eq!(all.total.votes.map(|votes| votes.useful), Some(1));
        let latency = all.total.latency.expect("there are answers");
        assert!((8.192..16.384).contains(&latency.p50_ms));
        let days: Vec<bool> = all
            .days
            .iter()
            .map(|day| day.times.latency().is_some())
            .collect();
        assert_eq!(days, [false, false, false, false, false, true, true]);
        assert_eq!(all.before.counts.asked(), 1);
        assert_eq!(all.topics[0], ("通渭县的交通".to_owned(), 3));

        let place = read(&store, &chosen("通渭县", "")).await;
        let place = place.expect("it is read");
        assert_eq!(place.total.counts.asked(), 3);
        assert_eq!(place.total.people, Some(1));
        assert_eq!(place.topics.len(), 1);
        assert_eq!(place.total.votes, None, "not counted by place");
        assert_eq!(place.total.latency, None, "not counted by place");
        assert_eq!(place.days[6].times, Times::default());

        let channel = read(&store, &chosen("", "telegram")).await;
        let channel = channel.expect("it is read");
        assert_eq!(channel.total.counts.asked(), 1);
        assert_eq!(channel.total.people, None, "not counted by channel");
        assert!(channel.topics.is_empty(), "not counted by channel");
        assert_eq!(channel.channels, [("telegram".to_owned(), 1)]);
    }
}
