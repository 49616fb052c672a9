//! Answers and reports for tests.

use std::{ops::Range, sync::Arc};

use proptest::prelude::*;

use super::deployment::Deployment;
use crate::{
    answer::{Answer, AnswerKind, Citation, Gap, Missing, Notice, Script, Sources, Status},
    assistant::{Assistant, Options, Snapshot},
    corpus::{DocumentId, PassageId, PassageKind, Period, Progress},
    text::Span,
};

/// A deployment without a public URL, so that there are no links.
pub(super) fn deployment() -> Deployment {
    Deployment {
        texts: crate::staff::OfficeTexts::with_hotline("12345"),
        ..Deployment::default()
    }
}

/// A citation that quotes a whole passage.
pub(super) fn citation(period: Period, quote: &str) -> Citation {
    Citation {
        passage_id: PassageId("p1".into()),
        document_id: DocumentId("tongwei-2024-work-report".into()),
        document_title: "2024年通渭县政府工作报告".into(),
        path: vec!["2024年重点工作".into(), "加快健康通渭建设".into()],
        passage_kind: PassageKind::Paragraph,
        period,
        progress: match period {
            Period::Done(_) => Progress::Done,
            Period::Planned(_) => Progress::Planned,
            Period::Assessment => Progress::Assessment,
            Period::Undated => Progress::None,
        },
        quote: quote.into(),
        highlights: Vec::new(),
        cell: Span::new(0, 0),
        place: String::new(),
        year: None,
        passage: quote.into(),
        row: Vec::new(),
        cut_from: None,
        standing: None,
        score: 1.0,
    }
}

/// An answer that consists of these quotes.
pub(super) fn answered(citations: Vec<Citation>) -> Answer {
    Answer {
        question: "问".into(),
        status: Status::Answered,
        kind: AnswerKind::Passage,
        sources: Sources::Reports,
        script: Script::Simplified,
        citations,
        missing: None,
        smalltalk: None,
        referral: None,
        about: None,
        notices: Vec::new(),
        suggestions: Vec::new(),
        related: Vec::new(),
        check: None,
        corpus_version: "v".into(),
    }
}

/// What is served of a corpus, and the ids of its passages in order.
pub(super) struct Served {
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) ids: Vec<PassageId>,
    _corpus: tempfile::TempDir,
}

/// A corpus with one section that contains these paragraphs.
pub(super) fn served(paragraphs: &[impl AsRef<str>]) -> Served {
    let mut parts = "## 2024年重点工作\n\n### 一、修路架桥".to_owned();
    for paragraph in paragraphs {
        parts.push_str("\n\n");
        parts.push_str(paragraph.as_ref());
    }
    let (corpus, assistant) = reported(&parts);
    let snapshot = assistant.snapshot();
    Served {
        ids: ids(&snapshot),
        snapshot,
        _corpus: corpus,
    }
}

/// The ids of all passages, in order.
pub(super) fn ids(snapshot: &Snapshot) -> Vec<PassageId> {
    let passages = snapshot.library().all_passages();
    let ids = passages.map(|passage| passage.expect("it is in memory").id.clone());
    ids.collect()
}

/// So many paragraphs, each with its number and a sentence that is repeated.
pub(super) fn long_paragraphs(count: usize, repeated: usize) -> Vec<String> {
    let sentence = "新建改建农村公路56.1公里。";
    let paragraph = |n| format!("第{n}段。{}", sentence.repeat(repeated));
    (1..=count).map(paragraph).collect()
}

/// The id of no passage.
pub(super) fn gone() -> PassageId {
    PassageId("gone".into())
}

/// A corpus of one report that consists of these parts.
pub(super) fn reported(parts: &str) -> (tempfile::TempDir, Assistant) {
    let dir = tempfile::tempdir().expect("a folder");
    let front = "---\ntitle: 2024年某县政府工作报告\nplace: 某县\nyear: 2024\nreview_year: 2023\n\
        issuer: 某县人民政府\nsource: 虚构\nkind: work-report\n---\n\n# 2024年某县政府工作报告\n\n";
    std::fs::write(dir.path().join("report.md"), format!("{front}{parts}\n")).expect("written");
    let assistant = Assistant::open(Options {
        corpus_dir: Some(dir.path().to_owned()),
        ..Options::default()
    })
    .expect("a sound corpus");
    (dir, assistant)
}

/// The policy documents of the invented county, two of them with rules.
pub(super) fn policies() -> (tempfile::TempDir, Assistant) {
    let examples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/examples");
    let assistant = Assistant::open(Options {
        corpus_dir: Some(examples),
        ..Options::default()
    });
    let nothing = tempfile::tempdir().expect("a folder");
    (nothing, assistant.expect("a sound corpus"))
}

/// A corpus with a result of 2023 and a plan for 2024 on each of five topics, and a term.
pub(super) fn results_and_plans() -> (tempfile::TempDir, Assistant) {
    reported(
        "## 2023年工作回顾\n\n### 一、基础设施\n\n新建村道12公里。\n\n新建桥梁3座。\n\n\
         ### 二、民生事业\n\n新增学位450个。\n\n新建养老院2所。\n\n栽植苹果树7万株。\n\n\
         ## 2024年重点工作\n\n### 一、基础设施\n\n新建村道30公里。\n\n新建桥梁5座。\n\n\
         ### 二、民生事业\n\n新增学位900个。\n\n新建养老院4所。\n\n栽植苹果树8万株。\n\n\
         深入开展“三抓三促”行动。\n\n\
         ## 有关用语说明\n\n- **“三抓三促”行动**：抓学习促提升、抓执行促落实、抓效能促发展。",
    )
}

fn progresses() -> impl Strategy<Value = Progress> {
    prop_oneof![
        Just(Progress::Done),
        Just(Progress::Planned),
        Just(Progress::Ongoing),
        Just(Progress::Expected),
        Just(Progress::Assessment),
        Just(Progress::None),
    ]
}

fn periods() -> impl Strategy<Value = Period> {
    prop_oneof![
        (1990..2100).prop_map(Period::Done),
        (1990..2100).prop_map(Period::Planned),
        Just(Period::Assessment),
        Just(Period::Undated),
    ]
}

/// Arbitrary citations; one in five repeats its text `often`.
pub(super) fn citations(often: Range<usize>) -> impl Strategy<Value = Citation> {
    let words = "[修路桥。，<>&😀0-9.%公里繁]{0,40}";
    // Reports have titles.
    let title = "[修路桥。，<>&😀0-9.%公里繁]{1,40}";
    let repeats = prop_oneof![4 => 1_usize..3, 1 => often];
    (
        (periods(), progresses()),
        words,
        repeats,
        title,
        prop::collection::vec(words, 0..9),
        prop::collection::vec((0_usize..9000, 0_usize..30), 0..60),
    )
        .prop_map(
            |((period, progress), quote, repeats, title, path, marks)| Citation {
                progress,
                document_title: title,
                path,
                highlights: marks
                    .into_iter()
                    .map(|(start, length)| Span::new(start, start + length))
                    .collect(),
                ..citation(period, &quote.repeat(repeats))
            },
        )
}

/// Arbitrary answers with [`citations`].
pub(super) fn answers(often: Range<usize>) -> impl Strategy<Value = Answer> {
    let statuses = prop_oneof![
        3 => Just(Status::Answered),
        1 => Just(Status::Partial),
        1 => Just(Status::NotFound),
        1 => Just(Status::Smalltalk),
        1 => Just(Status::Help),
    ];
    let words = "[修路<&>\"多少钱]{0,300}";
    let missing = (words, words).prop_map(|(topic, words)| Missing {
        topic,
        asked: Gap::Money,
        words,
    });
    (
        statuses,
        prop::bool::ANY,
        prop::collection::vec(citations(often), 0..6),
        prop::option::of(missing),
        prop::collection::vec(
            words.prop_map(|term| Notice::NotLoaded { what: term }),
            0..5,
        ),
        prop::collection::vec(words, 0..4),
    )
        .prop_map(
            |(status, traditional, citations, missing, notices, suggestions)| Answer {
                status,
                script: if traditional {
                    Script::Traditional
                } else {
                    Script::Simplified
                },
                missing,
                notices,
                suggestions,
                related: vec![PassageId("p2".into())],
                ..answered(citations)
            },
        )
}
