//! The chart in words, for those who hear it rather than see it.

use crate::{Chart, Kind, Series, scale};

/// The most topics that are read aloud.
const TOPICS: usize = 20;

/// What the chart shows, in plain Simplified Chinese.
pub(crate) fn of(chart: &Chart) -> String {
    let kind = match chart.kind {
        Kind::StackedBars => "柱状图",
        Kind::HorizontalBars => "横条图",
        Kind::Lines => "折线图",
    };
    if let Some(emptiness) = chart.emptiness() {
        return format!("{kind}：{emptiness}。");
    }
    let told = match chart.kind {
        Kind::HorizontalBars => topics(chart),
        Kind::StackedBars | Kind::Lines => chart
            .series
            .iter()
            .filter_map(|series| course(chart, series))
            .collect(),
    };
    format!("{kind}，{}。{told}", extent(chart))
}

/// How many labels there are, and which is the first and the last.
fn extent(chart: &Chart) -> String {
    match (chart.kind, chart.labels.as_slice()) {
        (Kind::StackedBars | Kind::Lines, [first, .., last]) => {
            format!("从{first}到{last}，共{}项", chart.labels.len())
        }
        (_, labels) => format!("共{}项", labels.len()),
    }
}

/// Every topic with its total.
fn topics(chart: &Chart) -> String {
    let told: Vec<String> = (0..chart.labels.len().min(TOPICS))
        .map(|at| match chart.total(at) {
            Some(total) => format!("{} {}", chart.labels[at], scale::number(total)),
            None => format!("{} 无数据", chart.labels[at]),
        })
        .collect();
    let end = if chart.labels.len() > TOPICS {
        "等。"
    } else {
        "。"
    };
    told.join("；") + end
}

/// The sum of a series that is stacked, or the last value of a line, and the highest value of either;
/// `None` when the series has no values.
fn course(chart: &Chart, series: &Series) -> Option<String> {
    let measured: Vec<(usize, f64)> = (0..chart.labels.len())
        .filter_map(|at| Some((at, series.at(at)?)))
        .collect();
    let &(last, latest) = measured.last()?;
    let &(peak, highest) = measured
        .iter()
        .reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    let (name, labels) = (&series.name, &chart.labels);
    let first = match chart.kind {
        Kind::Lines => format!("{}为{}", labels[last], scale::number(latest)),
        Kind::StackedBars | Kind::HorizontalBars => {
            let sum = measured.iter().map(|(_, value)| value).sum();
            format!("合计{}", scale::number(sum))
        }
    };
    let highest = scale::number(highest);
    Some(format!(
        "{name}：{first}，最高{highest}（{}）。",
        labels[peak]
    ))
}
