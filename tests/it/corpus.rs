//! The bundled corpus against the reference text, and what a broken corpus says of itself.

use std::{fmt::Write, fs};

use wenzheng::{
    assistant::{Assistant, OpenError, Options},
    corpus::{self, PassageKind, Period},
};

const REFERENCE: &str = include_str!("../fixtures/seed/reference.txt");

fn bundled() -> corpus::Document {
    corpus::embedded()
        .expect("the bundled corpus is valid")
        .corpus
        .documents
        .remove(0)
}

#[test]
fn the_bundled_report_equals_its_reference_paragraph_by_paragraph() {
    let text = bundled().plain_text();
    for (n, (ours, reference)) in text.lines().zip(REFERENCE.lines()).enumerate() {
        assert_eq!(ours, reference, "paragraph {}", n + 1);
    }
    assert_eq!(text.lines().count(), REFERENCE.trim_end().lines().count());
}

#[test]
fn the_bundled_report_has_its_livelihood_items_and_glossary() {
    let document = bundled();
    let items = document
        .passages
        .iter()
        .filter(|p| p.kind == PassageKind::LivelihoodItem);
    assert_eq!(items.count(), 10);
    assert_eq!(document.terms.len(), 14);
    assert_eq!(document.meta.year, Some(2024));
    assert_eq!(document.meta.review_year, Some(2023));
}

#[test]
fn periods_follow_the_part_and_the_wording() {
    let document = bundled();
    let period_of = |text: &str| {
        let passage = document
            .passages
            .iter()
            .find(|p| p.text.contains(text))
            .expect(text);
        let sentence = passage
            .sentences
            .iter()
            .find(|s| s.span.of(&passage.text).contains(text));
        sentence.map_or(passage.period, |sentence| sentence.period)
    };
    assert_eq!(period_of("通定高速正式通车"), Period::Done(2023));
    assert_eq!(period_of("新增城乡充电桩800个"), Period::Planned(2024));
    assert_eq!(period_of("锤炼绝对忠诚"), Period::Planned(2024));
    assert_eq!(period_of("经济总量小"), Period::Assessment);
    assert_eq!(period_of("现在，我代表县人民政府"), Period::Undated);
    assert_eq!(period_of("让我们更加紧密地团结"), Period::Undated);
    assert_eq!(period_of("抓学习促提升"), Period::Undated);
    assert_eq!(
        period_of("十件民生实事高质高效全面完成"),
        Period::Done(2023)
    );
}

#[test]
fn a_passage_is_at_most_one_paragraph_and_keeps_its_id_when_another_is_inserted() {
    let text = fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/corpus/tongwei/2024-work-report.md"
    ))
    .expect("the bundled file");
    let path = "tongwei/2024-work-report.md";
    let longer = text.replace(
        "**推进环境污染防治。**",
        "新加的一段。\n\n**推进环境污染防治。**",
    );
    assert_ne!(longer, text);
    let load = |text: &str| {
        let loaded = corpus::load_texts(&[(path, text)]).expect("valid");
        loaded.corpus.documents[0].passages.clone()
    };
    let (before, after) = (load(&text), load(&longer));
    assert_eq!(after.len(), before.len() + 1);
    for passage in &before {
        assert!(
            after.iter().any(|other| other.id == passage.id),
            "{}",
            passage.text
        );
        let one_paragraph = |piece: &str| REFERENCE.lines().any(|line| line.contains(piece));
        if passage.kind != PassageKind::Entry {
            assert!(
                passage.text.split('\n').all(one_paragraph),
                "{}",
                passage.text
            );
        }
        assert!((1..=40).contains(&passage.id.0.len()));
    }
}

#[test]
fn a_broken_corpus_names_file_and_line_and_the_old_one_keeps_serving() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("a/report.md");
    fs::create_dir_all(dir.path().join("a")).expect("a folder");
    let good =
        "---\ntitle: 甲县报告\nplace: 甲县\nyear: 2024\n---\n## 2024年重点工作\n新建村道30公里。\n";
    fs::write(&file, good).expect("written");
    let assistant = Assistant::open(Options {
        corpus_dir: Some(dir.path().to_owned()),
        ..Options::default()
    })
    .expect("a good corpus");
    fs::write(&file, good.replace("## ", "#### ")).expect("written");
    let error = assistant.reload().expect_err("a heading skips two levels");
    assert!(matches!(error, OpenError::Corpus(_)));
    assert!(
        error.to_string().contains("report.md:6: 标题跳级"),
        "{error}"
    );
    assert_eq!(assistant.snapshot().library().documents().len(), 1);
    fs::write(&file, good.replace("30公里", "40公里")).expect("written");
    let reloaded = assistant.reload().expect("mended");
    assert_eq!((reloaded.added, reloaded.removed), (1, 1));
}

/// Ids feed links, feedback and vectors: a change of the parser must not move one of them.
#[test]
fn the_bundled_report_keeps_its_passages_periods_and_terms() {
    let document = bundled();
    let mut out = String::new();
    for passage in &document.passages {
        let periods: Vec<String> = passage
            .sentences
            .iter()
            .filter(|sentence| sentence.period != passage.period)
            .map(|sentence| format!("{:?} {:?}", sentence.period, sentence.span))
            .collect();
        writeln!(
            out,
            "{} {:?} {:?} {:?} section {} heading {:?} {}",
            passage.id,
            passage.kind,
            passage.period,
            passage.path,
            passage.section,
            passage.heading,
            periods.join(", "),
        )
        .expect("a string takes what is written to it");
    }
    for term in &document.terms {
        writeln!(
            out,
            "{:?} {:?} passage {} parts {:?} used in {:?}",
            term.name, term.aliases, term.passage, term.parts, term.used_in
        )
        .expect("a string takes what is written to it");
    }
    insta::assert_snapshot!(out);
}
