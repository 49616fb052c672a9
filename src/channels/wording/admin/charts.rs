//! The figures as charts.

use time::Date;
use wenzheng_chart::{Chart, Kind, Series};

use super::figures::channel;
use crate::statistics::{Figures, Grouped, Grouping, Latency};

/// The most headings that a chart shows.
const TOPICS: usize = 10;

/// How many questions there were and how they ended, over time: the one chart that a chat gets.
#[must_use]
pub fn chart(figures: &Figures) -> Chart {
    let groups = figures.grouped();
    let counts = |of: fn(&Grouped) -> u64| groups.iter().map(of);
    Chart {
        title: format!("{}提问（次）", each(figures.grouping())),
        kind: Kind::StackedBars,
        labels: labels(figures.grouping(), &groups),
        series: vec![
            Series::counts("已回答", counts(|group| group.counts.answered)),
            Series::counts("部分回答", counts(|group| group.counts.partial)),
            Series::counts("没有找到", counts(|group| group.counts.not_found)),
        ],
    }
}

/// All charts: over time, response times, channels, headings. Those without anything to show are left out,
/// but for the first.
#[must_use]
pub fn charts(figures: &Figures) -> Vec<Chart> {
    let mut charts = vec![chart(figures)];
    if figures.total.counts.asked() > 0 {
        charts.push(times(figures));
    }
    let channels = figures.channels.iter();
    let channels: Vec<(&str, u64)> = channels
        .map(|(name, asked)| (channel(name), *asked))
        .collect();
    if channels.len() > 1 {
        charts.push(ranked("各渠道提问（次）", &channels));
    }
    let topics = figures.topics.iter().take(TOPICS);
    let topics: Vec<(&str, u64)> = topics
        .map(|(section, times)| (section.as_str(), *times))
        .collect();
    if !topics.is_empty() {
        charts.push(ranked("问得最多的章节（次）", &topics));
    }
    charts
}

/// Response times: what half and 95 % of the answers took at most; the mean where only that is kept, by place or
/// channel.
fn times(figures: &Figures) -> Chart {
    let groups = figures.grouped();
    let each = each(figures.grouping());
    let latencies: Vec<Option<Latency>> =
        groups.iter().map(|group| group.times.latency()).collect();
    let (title, series) = match latencies.iter().any(Option::is_some) {
        true => {
            let measured = |of: fn(Latency) -> f64| {
                let latencies = latencies.iter();
                latencies.map(move |latency| latency.map(of).map(tenths))
            };
            let series = vec![
                Series::measured("一半以内", measured(|latency| latency.p50_ms)),
                Series::measured("95% 以内", measured(|latency| latency.p95_ms)),
            ];
            (format!("{each}响应时间（毫秒）"), series)
        }
        false => {
            let means = groups
                .iter()
                .map(|group| group.counts.mean_ms().map(tenths));
            let series = vec![Series::measured("平均", means)];
            (format!("{each}平均响应时间（毫秒）"), series)
        }
    };
    Chart {
        title,
        kind: Kind::Lines,
        labels: labels(figures.grouping(), &groups),
        series,
    }
}

/// A tenth of a millisecond is as much as anybody reads.
fn tenths(ms: f64) -> f64 {
    (ms * 10.0).round() / 10.0
}

fn ranked(title: &str, counted: &[(&str, u64)]) -> Chart {
    Chart {
        title: title.to_owned(),
        kind: Kind::HorizontalBars,
        labels: counted.iter().map(|(name, _)| (*name).to_owned()).collect(),
        series: vec![Series::counts(
            "",
            counted.iter().map(|(_, number)| *number),
        )],
    }
}

const fn each(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::Days => "每天",
        Grouping::Weeks => "每 7 天",
        Grouping::Months => "每月",
    }
}

fn labels(grouping: Grouping, groups: &[Grouped]) -> Vec<String> {
    let label = |day: Date| match grouping {
        Grouping::Days | Grouping::Weeks => format!("{}-{}", u8::from(day.month()), day.day()),
        Grouping::Months => format!("{}年{}月", day.year() % 100, u8::from(day.month())),
    };
    groups.iter().map(|group| label(group.first)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channels::wording::admin::figures::tests::week;

    #[test]
    fn a_chat_gets_a_bar_a_day() {
        let chart = chart(&week());
        assert_eq!(chart.title, "每天提问（次）");
        assert_eq!(chart.labels.len(), 7);
        assert_eq!(chart.labels[6], "11-30");
        assert_eq!(chart.series[2].values[6], Some(11.0));
    }

    #[test]
    fn response_times_are_those_of_half_and_of_nearly_all_answers() {
        let mut figures = week();
        let chart = times(&figures);
        assert_eq!(chart.title, "每天响应时间（毫秒）");
        let last = |at: usize| chart.series[at].values[6];
        assert_eq!((last(0), last(1)), (Some(11.6), Some(15.8)));
        assert_eq!(chart.series[0].values[5], None, "nobody asked");
        for day in &mut figures.days {
            day.times = crate::statistics::Times::default();
        }
        let chart = times(&figures);
        assert_eq!(chart.title, "每天平均响应时间（毫秒）");
        assert_eq!(chart.series[0].values[6], Some(20.0));
    }

    #[test]
    fn a_page_gets_what_there_is_to_show() {
        assert_eq!(charts(&week()).len(), 4);
        let mut empty = week();
        empty.total.counts = crate::statistics::Counts::default();
        (empty.channels, empty.topics) = (Vec::new(), Vec::new());
        assert_eq!(charts(&empty).len(), 1);
    }
}
