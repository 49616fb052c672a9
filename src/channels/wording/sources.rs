//! Lists of what is loaded: reports and glossary terms.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::DocumentInfo;

/// `/term` without an argument, if the reports define no terms.
const NO_TERMS: &str = "目前收录的报告没有附用语说明。";

/// `/term` without an argument: the terms that can be looked up.
#[must_use]
pub fn terms<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        return NO_TERMS.to_owned();
    }
    format!(
        "报告解释了 {} 条用语。想看哪一条，请发送 /term 加上名称，例如：/term {}\n\n{}",
        names.len(),
        names[0],
        names.join("\n")
    )
}

/// Up to this number, reports are listed one by one; more are grouped by place.
const LISTED: usize = 12;
/// Maximum number of places listed.
const PLACES_LISTED: usize = 40;

/// `/sources`: the loaded reports.
#[must_use]
pub fn sources(documents: &[DocumentInfo]) -> String {
    if documents.len() > LISTED {
        return sources_by_place(documents);
    }
    let mut list = vec![format!("目前收录了 {} 份报告：", documents.len())];
    list.extend(documents.iter().map(|document| {
        let meta = &document.meta;
        let passages = document.passages;
        format!(
            "《{}》\n{} · {} 年 · {passages} 段",
            meta.title, meta.place, meta.year
        )
    }));
    list.join("\n\n")
}

fn sources_by_place(documents: &[DocumentInfo]) -> String {
    let mut places: BTreeMap<&str, BTreeSet<i32>> = BTreeMap::new();
    for document in documents {
        let years = places.entry(&document.meta.place).or_default();
        years.insert(document.meta.year);
    }
    let lines = places.iter().take(PLACES_LISTED).map(|(place, years)| {
        let years: Vec<String> = years.iter().map(ToString::to_string).collect();
        format!("{place}：{} 年", years.join("、"))
    });
    let mut list = vec![format!(
        "目前收录了 {} 个地方的 {} 份报告：",
        places.len(),
        documents.len()
    )];
    list.extend(lines);
    if places.len() > PLACES_LISTED {
        list.push("……".to_owned());
    }
    list.push("提问时写明地方和年份，例如：定西市2023年粮食产量多少".to_owned());
    list.join("\n")
}
