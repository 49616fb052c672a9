//! Whole charts: how they look, and what holds for all of them.

mod all_charts;
mod drawings;
mod elements;
mod pictures;

use crate::{Chart, Kind, Series};

/// Questions by day: answered, answered in part, not found.
fn questions() -> Chart {
    Chart {
        title: "每天的提问".into(),
        kind: Kind::StackedBars,
        labels: (24..=30).map(|day| format!("11-{day}")).collect(),
        series: vec![
            Series::counts("已回答", [31, 44, 28, 52, 47, 12, 9]),
            Series::counts("只答一部分", [6, 9, 4, 11, 8, 0, 2]),
            Series::counts("未找到", [3, 5, 2, 7, 4, 1, 0]),
        ],
    }
}

/// What was asked about.
fn topics() -> Chart {
    Chart {
        title: "问得最多的事".into(),
        kind: Kind::HorizontalBars,
        labels: vec![
            "城乡居民基本医疗保险缴费标准和报销比例".into(),
            "农村危房改造".into(),
            "<黄芪> & 马铃薯".into(),
        ],
        series: vec![Series::counts("次数", [128, 64, 16])],
    }
}

/// How long answers took; on the third day nobody asked.
fn times() -> Chart {
    let values = |times: [f64; 5]| {
        times
            .into_iter()
            .map(|time| (time > 0.0).then_some(time))
            .collect::<Vec<_>>()
    };
    Chart {
        title: "响应时间（毫秒）".into(),
        kind: Kind::Lines,
        labels: (26..=30).map(|day| format!("11-{day}")).collect(),
        series: vec![
            Series::measured("一半的问题快于", values([42.0, 40.5, 0.0, 44.0, 43.0])),
            Series::measured("九成五快于", values([180.0, 210.0, 0.0, 160.0, 175.0])),
        ],
    }
}
