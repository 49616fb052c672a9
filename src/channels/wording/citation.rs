//! Labels and sources of quotes.

use crate::{
    answer::Citation,
    corpus::{DocumentInfo, Period},
};

/// 2024年计划, 2023年已完成 or 报告指出的问题; empty if undated.
#[must_use]
pub fn period_label(period: Period) -> String {
    match period {
        Period::Done(year) => format!("{year}年已完成"),
        Period::Planned(year) => format!("{year}年计划"),
        Period::Assessment => "报告指出的问题".to_owned(),
        Period::Undated => String::new(),
    }
}

/// 【2024年计划】, the label of a quote; `None` if undated.
#[must_use]
pub fn bracketed(period: Period) -> Option<String> {
    let label = period_label(period);
    (!label.is_empty()).then(|| format!("【{label}】"))
}

/// 《2024年通渭县政府工作报告》2024年重点工作 › 八、… › 加快健康通渭建设
#[must_use]
pub fn source_line(citation: &Citation) -> String {
    let Citation {
        document_title,
        place,
        year,
        path,
        ..
    } = citation;
    format!(
        "{}{}",
        titled(document_title, place, *year),
        path.join(" › ")
    )
}

/// Like [`source_line`], for a path in a document.
#[must_use]
pub fn source(document: &DocumentInfo, path: &[String]) -> String {
    let meta = &document.meta;
    let title = titled(&meta.title, &meta.place, meta.year);
    format!("{title}{}", path.join(" › "))
}

/// 《2024年通渭县政府工作报告》; with place and year if the title lacks them: 定西市《政府工作报告》（2023年）.
fn titled(title: &str, place: &str, year: i32) -> String {
    // 甘南州 suffices for 甘南藏族自治州.
    let short: String = place.chars().take(2).collect();
    let before = if title.contains(&short) || title.contains("答") {
        ""
    } else {
        place
    };
    let after = if year == 0 || title.contains(&year.to_string()) {
        String::new()
    } else {
        format!("（{year}年）")
    };
    format!("{before}《{title}》{after}")
}

/// 〔1〕, the number of a quote.
#[must_use]
pub fn number(n: usize) -> String {
    format!("〔{}〕", n + 1)
}

/// 定西市2023年目标 or 定西市2023年结果, the title of a cell of a comparison.
#[must_use]
pub fn column(citation: &Citation) -> String {
    let place = &citation.place;
    match citation.period {
        Period::Done(year) => format!("{place}{year}年结果"),
        Period::Planned(year) => format!("{place}{year}年目标"),
        Period::Assessment | Period::Undated => place.clone(),
    }
}
