//! Single charts, looked at.

use insta::assert_snapshot;

use super::{
    elements::{Element, elements},
    questions, times, topics,
};
use crate::{Chart, Kind, Series, Theme, svg};

/// Everything that is written in a page, title and tooltips apart.
fn written(chart: &Chart) -> Vec<String> {
    elements(&svg(chart, Theme::Page))
        .into_iter()
        .filter(|element| element.name == "text")
        .map(|element| element.text)
        .collect()
}

/// The bars and parts of bars, without the squares of the legend.
fn bars(chart: &Chart) -> Vec<Element> {
    elements(&svg(chart, Theme::Page))
        .into_iter()
        .filter(|element| element.name == "rect" && !element.group.is_empty())
        .filter(|element| !element.attributes.contains_key("rx"))
        .collect()
}

#[test]
fn questions_by_day() {
    assert_snapshot!(svg(&questions(), Theme::Page));
}

#[test]
fn topics_with_counts() {
    assert_snapshot!(svg(&topics(), Theme::Page));
}

#[test]
fn response_times_on_white() {
    assert_snapshot!(svg(&times(), Theme::Light));
}

#[test]
fn bars_are_as_high_as_their_values() {
    let chart = Chart {
        series: vec![Series::counts("提问", [8, 16, 40, 0, 4, 2, 80])],
        ..questions()
    };
    let heights: Vec<f64> = bars(&chart)
        .iter()
        .map(|bar| bar.number("height"))
        .collect();
    assert_eq!(heights, [17.0, 34.0, 85.0, 8.5, 4.25, 170.0]);
}

#[test]
fn a_row_is_as_long_as_its_count_and_the_first_as_long_as_there_is_room() {
    let widths: Vec<f64> = bars(&topics())
        .iter()
        .map(|bar| bar.number("width"))
        .collect();
    assert_eq!(widths, [376.0, 188.0, 47.0]);
}

#[test]
fn without_data_a_chart_says_so() {
    for kind in [Kind::StackedBars, Kind::HorizontalBars, Kind::Lines] {
        let nothing = Chart {
            title: "每天的提问".into(),
            kind,
            labels: Vec::new(),
            series: Vec::new(),
        };
        assert_eq!(written(&nothing), ["每天的提问", "没有数据"], "{kind:?}");
    }
}

#[test]
fn days_without_questions_are_zeros_on_an_axis() {
    let quiet = Chart {
        labels: vec!["11-29".into(), "11-30".into()],
        series: vec![Series::counts("提问", [0, 0])],
        ..questions()
    };
    assert_eq!(
        written(&quiet),
        ["每天的提问", "0", "1", "全部为 0", "11-30", "11-29"]
    );
    assert!(bars(&quiet).is_empty());
}

#[test]
fn one_bar_is_no_wall() {
    let one = Chart {
        labels: vec!["11-30".into()],
        series: vec![Series::counts("提问", [12])],
        ..questions()
    };
    let bars = bars(&one);
    assert_eq!(bars.len(), 1);
    assert_eq!(bars[0].number("width"), 40.0);
}

#[test]
fn a_point_without_neighbours_is_a_dot() {
    let mut values = vec![None; 90];
    values[40] = Some(12.5);
    let chart = Chart {
        labels: (1..=90).map(|day| format!("第{day}天")).collect(),
        series: vec![Series::measured("一半的问题快于", values)],
        ..times()
    };
    let elements = elements(&svg(&chart, Theme::Page));
    let drawn: Vec<_> = elements
        .iter()
        .filter(|element| element.group == "chart-series-1" && element.name != "title")
        .map(|element| element.name.as_str())
        .collect();
    assert_eq!(drawn, ["circle"]);
}

#[test]
fn of_many_days_the_last_is_always_written_and_none_overlap() {
    let chart = Chart {
        labels: (1..=30).map(|day| format!("11-{day:02}")).collect(),
        series: vec![Series::counts("提问", (1..=30).collect::<Vec<_>>())],
        ..questions()
    };
    let days: Vec<String> = written(&chart)
        .into_iter()
        .filter(|text| text.starts_with("11-"))
        .collect();
    assert_eq!(days[0], "11-30");
    assert_eq!(
        days,
        [
            "11-30", "11-26", "11-22", "11-18", "11-14", "11-10", "11-06", "11-02"
        ]
    );
}

#[test]
fn a_long_topic_is_cut_before_its_count() {
    let mut chart = topics();
    chart.labels[0] = "城乡居民基本医疗保险缴费标准和报销比例以及异地就医怎样办理".into();
    let texts = written(&chart);
    assert_eq!(texts[1], "城乡居民基本医疗保险缴费标准和报销比例以及异地…");
    assert_eq!(texts[2], "128");
}

#[test]
fn who_hears_a_chart_hears_its_values() {
    let told = |chart: &Chart| {
        let elements = elements(&svg(chart, Theme::Page));
        elements[2].text.clone()
    };
    assert_eq!(
        told(&times()),
        "折线图，从11-26到11-30，共5项。一半的问题快于：11-30为43，最高44（11-29）。\
         九成五快于：11-30为175，最高210（11-27）。"
    );
    assert_eq!(
        told(&topics()),
        "横条图，共3项。城乡居民基本医疗保险缴费标准和报销比例 128；农村危房改造 64；<黄芪> & 马铃薯 16。"
    );
}
