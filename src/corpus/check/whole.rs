//! All checks of a corpus, file by file and between files.

use time::Date;

use super::{
    characters, doubles,
    finding::{Doubt, Finding},
    front_matter, periods, places, tables, terms, validity,
};
use crate::corpus::{Corpus, Document};

/// What is doubtful in `corpus` on `today`, by file and line; `text_of` gives the text of a document's file.
#[must_use]
pub fn check(
    corpus: &Corpus,
    today: Date,
    text_of: impl Fn(&Document) -> Option<String>,
) -> Vec<Finding> {
    let documents = &corpus.documents;
    let mut findings: Vec<Finding> = Vec::new();
    for document in documents {
        let text = text_of(document).unwrap_or_default();
        let doubts = of_document(document, &text).into_iter();
        findings.extend(doubts.map(|(line, doubt)| Finding::new(&document.file, line, doubt)));
    }
    findings.extend(doubles::find(documents));
    let line_of = |document: &Document, key: &str| {
        let text = text_of(document).unwrap_or_default();
        front_matter::line_of(&front(&text), key)
    };
    findings.extend(places::find(documents, |document| {
        line_of(document, "place")
    }));
    findings.extend(validity::find(documents, today, line_of));
    findings.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    findings
}

/// What is doubtful in a file by itself, each with its line.
fn of_document(document: &Document, text: &str) -> Vec<(usize, Doubt)> {
    let front = front(text);
    let mut doubts = front_matter::contradictions(document, &front);
    doubts.extend(characters::damaged(&front));
    doubts.extend(characters::radicals(text));
    doubts.extend(periods::misfiled(document));
    doubts.extend(tables::unread(&document.blocks));
    doubts.extend(terms::marks(&document.blocks));
    doubts
}

/// The lines of the front matter, with the one that opens it.
fn front(text: &str) -> Vec<&str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines();
    let opening = lines.next().into_iter();
    let keys = lines.take_while(|line| line.trim_end() != "---");
    opening.chain(keys).collect()
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use time::macros::date;

    use super::*;
    use crate::corpus::{embedded, load_texts};

    const TODAY: Date = date!(2026 - 11 - 30);

    #[test]
    fn the_bundled_report_raises_no_doubt() {
        let corpus = embedded().expect("sound").corpus;
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"));
        let text_of = |document: &Document| fs::read_to_string(folder.join(&document.file)).ok();
        assert!(text_of(&corpus.documents[0]).is_some());
        assert_eq!(check(&corpus, TODAY, text_of), []);
    }

    #[test]
    fn doubts_are_told_in_the_order_of_files_and_lines() {
        let text = |place: &str, year: i32| {
            format!(
                "---\ntitle: {year}年{place}政府工作报告\nplace: {place}\nyear: {year}\n\
                 issuer: □县人民政府\n---\n\n## {year}年重点⼯作\n\n修路。\n\n\
                 ## 名词解释\n\n- **[^1]**：指兰州。\n"
            )
        };
        let files = [
            ("b.md", text("黔东南州", 2024)),
            ("a.md", text("黔东南苗族侗族自治州", 2025)),
        ];
        let borrowed = files.each_ref().map(|(name, text)| (*name, &**text));
        let corpus = load_texts(&borrowed).expect("sound").corpus;
        let text_of = |document: &Document| {
            let mut files = files.iter();
            let file = files.find(|(name, _)| Path::new(name) == document.file);
            file.map(|(_, text)| text.clone())
        };
        let told: Vec<String> = check(&corpus, TODAY, text_of)
            .iter()
            .map(|finding| finding.to_string().chars().take(16).collect())
            .collect();
        assert_eq!(
            told,
            [
                "a.md:5: 有损坏的文字“□",
                "a.md:8: 有 1 个部首符",
                "a.md:14: 用语“[^1]",
                "b.md:3: place 写作",
                "b.md:5: 有损坏的文字“□",
                "b.md:8: 有 1 个部首符",
                "b.md:14: 用语“[^1]",
            ]
        );
    }
}
