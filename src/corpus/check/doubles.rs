//! Reports that are loaded twice: the same text in two files, or two texts for one place and year.
//!
//! Texts are compared by their sentences, so that neither the breaks between paragraphs nor a headline
//! more make a difference. Two reports of neighbouring years, or of two places, share fewer than one
//! sentence in ten.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use super::finding::{Doubt, Finding};
use crate::{
    corpus::{Document, DocumentKind},
    text::normalize::fold,
};

/// Shortest sentence that is compared, in characters: 各位代表 stands in every report.
const SENTENCE: usize = 12;
/// Shortest text that is compared, in characters of such sentences.
const TEXT: usize = 60;
/// Share of the shorter text, in per cent, from which two texts are nearly the same.
const NEARLY: usize = 70;
/// Share from which they are the same but for a few characters.
const SAME: usize = 99;
/// A sentence of more documents than this is a formula that tells nothing.
const DOCUMENTS: usize = 32;

/// What is loaded twice, at the later of the two files.
pub(super) fn find(documents: &[Document]) -> Vec<Finding> {
    let twins = twins(documents);
    let mut findings = Vec::new();
    for (n, document) in documents.iter().enumerate() {
        let twin = twins.get(&n).map(|(_, doubt)| doubt.clone());
        let doubt = twin.or_else(|| of_same_year(&documents[..n], document));
        findings.extend(doubt.map(|doubt| Finding::new(&document.file, 0, doubt)));
    }
    findings
}

/// For each document that an earlier one nearly equals, how nearly in per cent, and the doubt.
fn twins(documents: &[Document]) -> HashMap<usize, (usize, Doubt)> {
    let texts: Vec<Sentences> = documents.iter().map(Sentences::of).collect();
    let mut pairs: Vec<_> = shared(&texts).into_iter().collect();
    pairs.sort_unstable();
    let mut twins: HashMap<usize, (usize, Doubt)> = HashMap::new();
    // Curated answers may well quote the report.
    let kind = |n: usize| documents[n].meta.kind;
    pairs.retain(|((first, second), _)| kind(*first) == kind(*second));
    // This year's plan is worded like last year's.
    let year = |n: usize| documents[n].meta.policy.for_year;
    let of_other_years = |(first, second): (usize, usize)| {
        year(first).is_some() && year(second).is_some() && year(first) != year(second)
    };
    pairs.retain(|(pair, _)| !of_other_years(*pair));
    for ((first, second), same) in pairs {
        let (a, b) = (texts[first].chars, texts[second].chars);
        let percent = (same * 100).checked_div(a.min(b)).unwrap_or_default();
        let known = twins
            .get(&second)
            .map_or(NEARLY - 1, |(percent, _)| *percent);
        if percent <= known {
            continue;
        }
        let other = documents[first].file.display().to_string();
        let doubt = if same * 100 >= a.max(b) * SAME {
            Doubt::SameText(other)
        } else {
            Doubt::NearlySameText { other, percent }
        };
        twins.insert(second, (percent, doubt));
    }
    twins
}

/// That one of the `others` is a report of the same place and year.
fn of_same_year(others: &[Document], document: &Document) -> Option<Doubt> {
    let is_report = |document: &Document| document.meta.kind == DocumentKind::WorkReport;
    let key = |document: &Document| (document.meta.place.clone(), document.meta.year);
    let mut others = others.iter().filter(|_| is_report(document));
    let other = others.find(|other| is_report(other) && key(other) == key(document))?;
    let (place, year) = key(document);
    Some(Doubt::SamePlaceAndYear {
        other: other.file.display().to_string(),
        place,
        year: year?,
    })
}

/// The sentences of a text as hashes, with the characters of each.
struct Sentences {
    lengths: HashMap<u64, usize>,
    /// Characters of all of them.
    chars: usize,
}

impl Sentences {
    fn of(document: &Document) -> Self {
        let mut lengths = HashMap::new();
        for passage in &document.passages {
            for sentence in &passage.sentences {
                let text = fold(sentence.span.of(&passage.text));
                let text: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
                let length = text.chars().count();
                if length >= SENTENCE {
                    let mut hasher = DefaultHasher::new();
                    text.hash(&mut hasher);
                    lengths.insert(hasher.finish(), length);
                }
            }
        }
        let chars = lengths.values().sum();
        if chars < TEXT {
            lengths.clear();
        }
        Self { lengths, chars }
    }
}

/// Characters of the sentences that two texts share, for every pair that shares any; the first of a pair
/// is the lower.
fn shared(texts: &[Sentences]) -> HashMap<(usize, usize), usize> {
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    for (n, text) in texts.iter().enumerate() {
        for hash in text.lengths.keys() {
            holders.entry(*hash).or_default().push(n);
        }
    }
    let mut shared = HashMap::new();
    for (hash, holders) in holders {
        if holders.len() > DOCUMENTS {
            continue;
        }
        for (at, second) in holders.iter().enumerate() {
            for first in &holders[..at] {
                let length = texts[*first].lengths[&hash];
                *shared.entry((*first, *second)).or_default() += length;
            }
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::load_texts;

    const DONE: &str = "新建农村公路三十公里，硬化村组道路十二公里。完成危房改造一百二十户，发放补助四百八十万元。";
    const PLANNED: &str =
        "计划新建农村公路五十公里，惠及群众三万余人。新建社区养老服务站六个，改造老旧小区九个。";

    fn report(place: &str, year: i32, done: &str, planned: &str) -> String {
        let review = year - 1;
        format!(
            "---\ntitle: {year}年{place}政府工作报告\nplace: {place}\nyear: {year}\n---\n\n\
             ## {review}年工作回顾\n\n{done}\n\n## {year}年重点工作\n\n{planned}\n"
        )
    }

    fn doubts(files: &[(&str, String)]) -> Vec<String> {
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, &**text)).collect();
        let loaded = load_texts(&files).expect("sound");
        let findings = find(&loaded.corpus.documents);
        findings.iter().map(Finding::to_string).collect()
    }

    #[test]
    fn a_report_in_two_files_is_told_once() {
        let report = report("安和县", 2025, DONE, PLANNED);
        let files = [
            ("anhe/2025 (1).md", report.clone()),
            ("anhe/2025.md", report),
        ];
        assert_eq!(
            doubts(&files),
            ["anhe/2025 (1).md: 全文与 anhe/2025.md 相同，同一句话会引用两遍。请只留一份"]
        );
    }

    #[test]
    fn neither_place_nor_year_nor_breaks_nor_marks_hide_it() {
        let broken = DONE.replace("。完成", "。\n\n完成").replace('，', ",");
        let files = [
            ("a.md", report("黔东南州", 2025, DONE, PLANNED)),
            (
                "b.md",
                report("黔东南苗族侗族自治州", 2024, &broken, PLANNED),
            ),
        ];
        assert_eq!(
            doubts(&files),
            ["b.md: 全文与 a.md 相同，同一句话会引用两遍。请只留一份"]
        );
    }

    #[test]
    fn a_text_with_a_few_changes_is_nearly_the_same() {
        let changed = PLANNED.replace("九个", "十个");
        let files = [
            ("a.md", report("安和县", 2025, DONE, PLANNED)),
            ("b.md", report("安和县", 2025, DONE, &changed)),
        ];
        assert_eq!(
            doubts(&files),
            ["b.md: 76% 的文字与 a.md 相同。如果是同一份报告，请只留一份"]
        );
    }

    #[test]
    fn the_plans_of_two_years_may_be_worded_alike() {
        let plan = |year: i32| {
            format!(
                "---\ntitle: 安和县{year}年补贴方案\nplace: 安和县\nkind: policy\nfor_year: {year}\n---\n\n\
                 ## 标准\n\n{DONE}\n\n{PLANNED}\n"
            )
        };
        let two = [("a.md", plan(2025)), ("b.md", plan(2026))];
        assert_eq!(doubts(&two), [""; 0]);
        let same = [("a.md", plan(2025)), ("b.md", plan(2025))];
        assert_eq!(doubts(&same).len(), 1);
    }

    #[test]
    fn answers_may_quote_the_report() {
        let answers = format!(
            "---\ntitle: 常见问题\nplace: 安和县\nyear: 2025\nkind: faq\n---\n\n\
             ## 修路\n\n{DONE}\n\n{PLANNED}\n"
        );
        let files = [
            ("a.md", report("安和县", 2025, DONE, PLANNED)),
            ("faq.md", answers),
        ];
        assert_eq!(doubts(&files), [""; 0]);
    }

    #[test]
    fn two_reports_of_a_place_and_year_are_a_hint() {
        let files = [
            ("a.md", report("邢台市", 2021, "修路。", "架桥。")),
            ("b.md", report("邢台市", 2021, "植树。", "种草。")),
            ("c.md", report("邢台市", 2022, "植树。", "种草。")),
        ];
        assert_eq!(
            doubts(&files),
            [
                "b.md: 提示：与 a.md 同是邢台市2021年的报告。如果是一份报告的两个版本，请只留一份；\
              如果不是，请核对两份的 place 和 year"
            ]
        );
    }
}
