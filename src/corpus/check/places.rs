//! Places that have two names in the corpus: 黔东南州 in one file, 黔东南苗族侗族自治州 in another.
//!
//! Readers see both; of names that are not in the lists here, each would have half of the reports.

use std::collections::BTreeMap;

use super::finding::{Doubt, Finding};
use crate::corpus::{Document, import::place::in_one_name, place_names};

/// Names of one place, each pair once: at the first file of the rarer name.
pub(super) fn find(documents: &[Document], line: impl Fn(&Document) -> usize) -> Vec<Finding> {
    let mut by_name: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
    // A regulation need not name a place.
    for document in documents.iter().filter(|d| !d.meta.place.is_empty()) {
        let name = document.meta.place.as_str();
        by_name.entry(name).or_default().push(document);
    }
    let names: Vec<(&str, Vec<&Document>)> = by_name.into_iter().collect();
    let mut findings = Vec::new();
    for (n, (name, of_name)) in names.iter().enumerate() {
        for (other, of_other) in &names[..n] {
            if !is_same(name, other) {
                continue;
            }
            // Of names that are as frequent the longer one stays.
            let worth = |name: &str, of: &[&Document]| (of.len(), name.len());
            let rarer_first = worth(name, of_name) < worth(other, of_other);
            let (rare, common) = if rarer_first {
                (of_name, of_other)
            } else {
                (of_other, of_name)
            };
            let doubt = Doubt::SamePlace {
                name: rare[0].meta.place.clone(),
                other: common[0].file.display().to_string(),
                other_name: common[0].meta.place.clone(),
            };
            findings.push(Finding::new(&rare[0].file, line(rare[0]), doubt));
        }
    }
    findings
}

/// True for two names of one place: the full one and a short one, or the same with and without what
/// stands above it (定西市通渭县), but not 南京市鼓楼区 and 福州市鼓楼区.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let (full, others) = (in_one_name(one), in_one_name(other));
    if full == others {
        let (above, others) = (one.strip_suffix(&*full), other.strip_suffix(&*full));
        let (above, others) = (above.unwrap_or_default(), others.unwrap_or_default());
        return above.ends_with(others) || others.ends_with(above);
    }
    place_names(&full).contains(&others) || place_names(&others).contains(&full)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::load_texts;

    #[test]
    fn a_place_has_one_name() {
        for (one, other) in [
            ("黔东南州", "黔东南苗族侗族自治州"),
            ("甘肃", "甘肃省"),
            ("通渭", "通渭县"),
            ("甘肃省定西市通渭县", "通渭县"),
            ("积石山县", "积石山保安族东乡族撒拉族自治县"),
            ("新疆自治区", "新疆维吾尔自治区"),
        ] {
            assert!(is_same(one, other) && is_same(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("吉林省", "吉林市"),
            ("海南省", "海南藏族自治州"),
            ("南京市鼓楼区", "福州市鼓楼区"),
            ("通渭县", "陇西县"),
            ("朝阳市", "朝阳区"),
        ] {
            assert!(!is_same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn the_rarer_name_is_told_with_the_one_to_keep() {
        let report = |place: &str, year: i32| {
            format!(
                "---\ntitle: 政府工作报告\nplace: {place}\nyear: {year}\n---\n\n\
                 ## {year}年重点工作\n\n修路。\n"
            )
        };
        let (long, short) = ("黔东南苗族侗族自治州", "黔东南州");
        let texts = [report(long, 2022), report(long, 2023), report(short, 2024)];
        let files = [
            ("a.md", &*texts[0]),
            ("b.md", &*texts[1]),
            ("c.md", &*texts[2]),
        ];
        let documents = load_texts(&files).expect("sound").corpus.documents;
        let found = find(&documents, |_| 3);
        let told: Vec<String> = found.iter().map(Finding::to_string).collect();
        assert_eq!(
            told,
            [
                "c.md:3: place 写作“黔东南州”，a.md 写作“黔东南苗族侗族自治州”，像是同一个地方。请统一写法"
            ]
        );
        assert_eq!(find(&documents[..2], |_| 3), []);
    }
}
