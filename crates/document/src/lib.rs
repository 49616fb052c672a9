//! Documents: a government work report as sections, passages and glossary terms, and the Markdown files
//! that hold it.
//!
//! A corpus file, such as `corpus/tongwei/2024-work-report.md`, is Markdown that county staff can edit
//! by hand:
//!
//! ```text
//! ---
//! title: 2024年通渭县政府工作报告
//! place: 通渭县
//! year: 2024                     # the year planned for (今年)
//! review_year: 2023              # the year reviewed (去年)
//! issuer: 通渭县人民政府
//! speaker: 通渭县人民政府县长 宗学谦
//! delivered_on: 2024-01-21
//! source: …
//! kind: work-report
//! ---
//!
//! # 2024年通渭县政府工作报告
//!
//! ——2024年1月21日在通渭县第十九届人民代表大会第四次会议上
//!
//! ## 2023年工作回顾
//!
//! ### 一、乡村振兴在成果巩固中全面推进。
//!
//! 坚持把巩固拓展脱贫攻坚成果作为…
//!
//! ## 2024年重点工作
//!
//! ### 八、聚焦群众期盼，在增进民生福祉上加力提效。
//!
//! 从群众最关心、最直接、最现实的诉求出发…
//!
//! **加快健康通渭建设。**持续深化医药卫生体制改革…
//!
//! 各位代表！…集中精力办好群众可感可及的十件民生实事：
//!
//! - 一是硬化自然村组道路150公里…
//! - 二是实施城区供水管网改造提升工程。
//!
//! <!-- 接上段 -->
//! 我们将统筹资金资源…
//!
//! ## 有关用语说明：
//!
//! - **“三抓三促”行动**：抓学习促提升、抓执行促落实、抓效能促发展。 <!-- 又称：三抓 -->
//! ```
//!
//! A paragraph is one line. A heading that keeps its 。 runs into the paragraph below it; `**…**`
//! at the start of a paragraph is its lead sentence, which is indexed and cited as a heading;
//! a list of plain items is the livelihood list (民生实事) and continues the paragraph above it;
//! a paragraph after `<!-- 接上段 -->` continues the list; a list of bold names is the glossary.
//! `<!-- period: done 2023 -->` (or `planned 2024`, `assessment`, `undated`) above a paragraph or
//! at the end of a heading overrides the period implied by the wording.
//!
//! What is no report, such as a regulation, has `kind: document`: `place` and `year` are optional, no
//! heading tells a time, and the paragraphs and lists below the number of an article belong to it:
//!
//! ```text
//! ## 第二章 申请条件
//!
//! **第五条** 有下列情形之一的，可以申请：
//!
//! （一）重度残疾的；
//!
//! （二）家庭人均收入低于标准的。
//! ```
//!
//! A policy document (`kind: policy`) is written alike and says more of itself in its front matter; all keys
//! but the title are optional, and a list may be a single value:
//!
//! ```text
//! ---
//! kind: policy
//! title: 安和县高龄津贴发放办法
//! place: 安和县
//! issuer: 安和县人民政府办公室
//! doc_number: 安政办发〔2025〕15号
//! issued_on: 2025-03-20
//! effective_on: 2025-04-01
//! valid_years: 5                 # or expires_on: 2030-03-31
//! for_year: 2025                 # of a yearly plan
//! repeals: [安政办发〔2020〕8号]   # also replaces, extends, based_on
//! amends: [安政办发〔2024〕2号 第五条]
//! department: 安和县民政局
//! phone: 0000-1234567
//! also_called: [老人补贴, 高龄补贴]
//! ---
//! ```
//!
//! [`markdown::read`](markdown::read()) parses a file into blocks, [`report::build`] turns them into a
//! [`Document`]. Both report what is wrong in a file as [`Problem`]s.
//!
//! ```
//! use std::path::Path;
//! use wenzheng_document::{DocumentId, Period, markdown, report};
//!
//! // One line, since rustdoc reads a `#` at the start of a line as its own.
//! let text = "---\ntitle: 通渭县政府工作报告\nplace: 通渭县\nyear: 2024\n---\n\n## 2023年工作回顾\n\n增长7.1%。\n";
//! let (source, mut problems) = markdown::read(Path::new("2024.md"), text);
//! let id = DocumentId("tongwei-2024".to_owned());
//! let report = report::build(id, 1, Path::new("2024.md"), source.unwrap(), &mut problems);
//! assert_eq!(report.passages[0].period, Period::Done(2023));
//! assert_eq!(problems, []);
//! ```

mod facet;
pub mod markdown;
mod model;
mod place_names;
mod policy;
mod problem;
pub mod progress;
pub mod report;
pub mod tense;
mod term_of_office;

pub use self::{
    facet::{FACETS, Facet, bare_label},
    model::{
        Block, BlockKind, Cell, Document, DocumentId, DocumentKind, Meta, Passage, PassageId,
        PassageKind, Period, Progress, Section, Sentence, Term, TermPart, Years,
    },
    place_names::place_names,
    policy::{Amendment, Policy},
    problem::{Fault, Problem},
    term_of_office::spans_a_term,
};
