//! Lists of what is loaded: documents by kind, and glossary terms.

use std::collections::{BTreeMap, BTreeSet};

use time::Date;

use super::citation;
use crate::{
    answer::Sources,
    assistant::Snapshot,
    corpus::{DocumentInfo, DocumentKind, Inventory},
};

/// `/term` without an argument, if the reports define no terms.
const NO_TERMS: &str = "目前收录的报告没有附用语说明。";
/// What a list does not name the place or the department of.
const NO_PLACE: &str = "没有写地方";
const NO_DEPARTMENT: &str = "没有写部门";

/// What answers are made from, by what people call it.
#[must_use]
pub const fn called(sources: Sources) -> &'static str {
    match sources {
        Sources::Reports => "报告",
        Sources::Others => "文件",
        Sources::Both => "报告和文件",
    }
}

/// What a document of this kind is called in a list.
#[must_use]
pub const fn kind(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::WorkReport => "报告",
        DocumentKind::Policy => "政策文件",
        DocumentKind::Faq => "常见问题",
        DocumentKind::Document => "其他文件",
    }
}

/// The kinds of documents in the order of lists, each with those among `documents`, newest first; kinds without
/// any are left out.
#[must_use]
pub fn by_kind(documents: &[DocumentInfo]) -> Vec<(DocumentKind, Vec<&DocumentInfo>)> {
    let kinds = [
        DocumentKind::WorkReport,
        DocumentKind::Policy,
        DocumentKind::Faq,
        DocumentKind::Document,
    ];
    let of_kind = |kind| {
        let documents = documents.iter();
        let mut own: Vec<_> = documents.filter(|it| it.meta.kind == kind).collect();
        own.sort_by_key(|it| std::cmp::Reverse((it.meta.year, it.meta.policy.issued_on)));
        (kind, own)
    };
    let all = kinds.into_iter().map(of_kind);
    all.filter(|(_, own)| !own.is_empty()).collect()
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

/// Up to this number, documents of a kind are listed one by one; more are counted.
const LISTED: usize = 12;
/// Maximum number of places or departments listed.
const GROUPS_LISTED: usize = 40;

/// `/sources`: what is loaded, kind by kind; policy documents with how they stand on `today`.
#[must_use]
pub fn sources(snapshot: &Snapshot, today: Date) -> String {
    let documents = snapshot.library().documents();
    let kinds = by_kind(documents);
    let mut list = vec![head(documents)];
    for (kind, own) in &kinds {
        if kinds.len() > 1 {
            list.push(format!("{}（{} 份）", self::kind(*kind), own.len()));
        }
        if own.len() > LISTED {
            list.push(grouped(*kind, own));
        } else {
            let entries = own.iter().map(|document| match kind {
                DocumentKind::Policy => policy(snapshot, document, today),
                _ => listed(document),
            });
            list.extend(entries);
        }
    }
    list.join("\n\n")
}

/// 目前收录了 7 个地方的 13 份报告、2 份用语说明（45 条）：
fn head(documents: &[DocumentInfo]) -> String {
    let inventory = Inventory::of(documents);
    let places: BTreeSet<&str> = documents.iter().map(|it| it.meta.place.as_str()).collect();
    let places = places.iter().filter(|place| !place.is_empty()).count();
    let places = if documents.len() > LISTED && places > 1 {
        format!("{places} 个地方的 ")
    } else {
        String::new()
    };
    let glossaries = match inventory.glossaries {
        0 => String::new(),
        count => format!("、{count} 份用语说明（{} 条）", inventory.terms),
    };
    format!("目前收录了 {places}{}{glossaries}：", counted(&inventory))
}

/// 3 份报告、11 份政策文件: how many documents there are of each kind.
pub(super) fn counted(inventory: &Inventory) -> String {
    let counts = [
        (inventory.reports, DocumentKind::WorkReport),
        (inventory.policies, DocumentKind::Policy),
        (inventory.faqs, DocumentKind::Faq),
        (inventory.others, DocumentKind::Document),
    ];
    let any = inventory.documents() > 0;
    let counts = counts
        .into_iter()
        .filter(|(count, kind)| *count > 0 || !any && *kind == DocumentKind::WorkReport);
    let told: Vec<String> = counts
        .map(|(count, kind)| format!("{count} 份{}", self::kind(kind)))
        .collect();
    told.join("、")
}

/// A report, or another document that is no policy document.
fn listed(document: &DocumentInfo) -> String {
    let meta = &document.meta;
    let place = Some(meta.place.clone());
    let year = meta.year.map(|year| format!("{year} 年"));
    entry(
        &meta.title,
        [place, year, Some(format!("{} 段", document.passages))],
    )
}

/// A policy document with its number, and how it stands.
fn policy(snapshot: &Snapshot, document: &DocumentInfo, today: Date) -> String {
    let number = Some(document.meta.policy.doc_number.clone());
    let standing = snapshot.standing(document, today);
    let standing = standing.map(|standing| citation::standing(&standing));
    entry(&document.meta.title, [number, standing, None])
}

fn entry(title: &str, about: [Option<String>; 3]) -> String {
    let about: Vec<String> = about
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    format!("《{title}》\n{}", about.join(" · "))
}

/// A long list: reports by place with their years, others counted by place, and policy documents of one place by
/// department.
fn grouped(kind: DocumentKind, documents: &[&DocumentInfo]) -> String {
    let first = documents[0].meta.place.as_str();
    let of_one_place = documents.iter().all(|it| it.meta.place == first);
    let by_department = kind == DocumentKind::Policy && of_one_place;
    let mut groups: BTreeMap<&str, Vec<&DocumentInfo>> = BTreeMap::new();
    for document in documents {
        let name = if by_department {
            department(document)
        } else {
            named(&document.meta.place, NO_PLACE)
        };
        groups.entry(name).or_default().push(document);
    }
    let shown = groups.iter().take(GROUPS_LISTED);
    let mut lines: Vec<String> = shown
        .map(|(name, own)| format!("{name}：{}", held(kind, own)))
        .collect();
    if groups.len() > GROUPS_LISTED {
        lines.push("……".to_owned());
    }
    if kind == DocumentKind::WorkReport {
        lines.push("提问时写明地方和年份，例如：定西市2023年粮食产量多少".to_owned());
    }
    lines.join("\n")
}

/// Whose a policy document is: the department in charge, else the office that issued it.
fn department(document: &DocumentInfo) -> &str {
    let meta = &document.meta;
    let names = [meta.policy.department.as_str(), &meta.issuer];
    let name = names.into_iter().find(|name| !name.is_empty());
    name.unwrap_or(NO_DEPARTMENT)
}

fn named<'a>(name: &'a str, otherwise: &'a str) -> &'a str {
    if name.is_empty() { otherwise } else { name }
}

/// The years of reports, the number of other documents.
fn held(kind: DocumentKind, documents: &[&DocumentInfo]) -> String {
    if kind != DocumentKind::WorkReport {
        return format!("{} 份", documents.len());
    }
    let years: BTreeSet<i32> = documents.iter().filter_map(|it| it.meta.year).collect();
    let years: Vec<String> = years.iter().map(ToString::to_string).collect();
    format!("{} 年", years.join("、"))
}
