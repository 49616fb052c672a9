//! How many passages of an imported report speak of which time.

use crate::corpus::{Document, Period};

/// The periods in the order of the text with their passages; none if there is no text.
#[must_use]
pub fn count(document: Option<&Document>) -> Vec<(Period, usize)> {
    let mut counts: Vec<(Period, usize)> = Vec::new();
    for passage in document.iter().flat_map(|document| &document.passages) {
        let known = counts.iter_mut().find(|(of, _)| *of == passage.period);
        match known {
            Some((_, count)) => *count += 1,
            None => counts.push((passage.period, 1)),
        }
    }
    counts
}

/// 回顾 2023 年 16 段，安排 2024 年 54 段
pub(super) fn line(counts: &[(Period, usize)]) -> String {
    if counts.is_empty() {
        return "没有正文".to_owned();
    }
    let name = |period: Period| match period {
        Period::Done(year) => format!("回顾 {year} 年"),
        Period::Planned(year) => format!("安排 {year} 年"),
        Period::Assessment => "困难和问题".to_owned(),
        Period::Undated => "不分时期".to_owned(),
    };
    let counts = counts
        .iter()
        .map(|(period, count)| format!("{} {count} 段", name(*period)));
    counts.collect::<Vec<_>>().join("，")
}
