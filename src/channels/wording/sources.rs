//! Lists of what is loaded: reports and glossary terms.

use std::collections::{BTreeMap, BTreeSet};

use crate::{answer::Sources, corpus::DocumentInfo};

/// `/term` without an argument, if the reports define no terms.
const NO_TERMS: &str = "目前收录的报告没有附用语说明。";

/// What answers are made from, by what people call it.
#[must_use]
pub const fn called(sources: Sources) -> &'static str {
    match sources {
        Sources::Reports => "报告",
        Sources::Others => "文件",
        Sources::Both => "报告和文件",
    }
}

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
    let mut list = vec![format!("目前收录了 {}：", counted(documents))];
    list.extend(documents.iter().map(|document| {
        let meta = &document.meta;
        let place = Some(meta.place.clone()).filter(|place| !place.is_empty());
        let year = meta.year.map(|year| format!("{year} 年"));
        let passages = format!("{} 段", document.passages);
        let about: Vec<String> = [place, year, Some(passages)]
            .into_iter()
            .flatten()
            .collect();
        format!("《{}》\n{}", meta.title, about.join(" · "))
    }));
    list.join("\n\n")
}

/// 3 份报告, 3 份报告和文件 when some are no reports, 3 份文件 when all are.
fn counted(documents: &[DocumentInfo]) -> String {
    let others = documents
        .iter()
        .filter(|document| document.meta.kind.is_titled())
        .count();
    let called = match others {
        0 => "报告",
        _ if others == documents.len() => "文件",
        _ => "报告和文件",
    };
    format!("{} 份{called}", documents.len())
}

fn sources_by_place(documents: &[DocumentInfo]) -> String {
    let mut places: BTreeMap<&str, (BTreeSet<i32>, usize)> = BTreeMap::new();
    for document in documents {
        let (years, others) = places.entry(&document.meta.place).or_default();
        match document.meta.years() {
            Some(report) => {
                years.insert(report.plan);
            }
            None => *others += 1,
        }
    }
    let lines = places
        .iter()
        .take(PLACES_LISTED)
        .map(|(place, (years, others))| {
            let years: Vec<String> = years.iter().map(ToString::to_string).collect();
            let years = Some(format!("{} 年", years.join("、"))).filter(|_| !years.is_empty());
            let others = (*others > 0).then(|| format!("文件 {others} 份"));
            let place = if place.is_empty() {
                "没有写地方"
            } else {
                place
            };
            let held: Vec<String> = [years, others].into_iter().flatten().collect();
            format!("{place}：{}", held.join("，"))
        });
    let mut list = vec![format!(
        "目前收录了 {} 个地方的 {}：",
        places.keys().filter(|place| !place.is_empty()).count(),
        counted(documents)
    )];
    list.extend(lines);
    if places.len() > PLACES_LISTED {
        list.push("……".to_owned());
    }
    list.push("提问时写明地方和年份，例如：定西市2023年粮食产量多少".to_owned());
    list.join("\n")
}
