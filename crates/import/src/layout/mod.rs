//! Recognises the layout of a report: title, parts, sections, lead sentences, livelihood list,
//! glossary.
//!
//! | in the source | becomes |
//! |---|---|
//! | 2023年工作回顾 | part: a short line naming a period of work, `##` |
//! | 一、乡村振兴…推进。坚持… | numbered section that runs into its paragraph, `###` |
//! | （一）… | one level below the current 一、, or below the part |
//! | 加快健康通渭建设。持续深化… | a short first sentence without figures: lead sentence |
//! | …十件民生实事：一是…二是… | livelihood list |
//! | 有关用语说明： 1.飞地经济：… | glossary |
//! | 第五条 申请人应当… | of a regulation: a paragraph led by the number of the article |
//! | 问：怎么申请？ 答：… | of an FAQ: the question as heading above its answer |
//! | 附件1 发放标准表 | of a document: part `##`, with what stands in the annex below |
//!
//! `heading` finds headings and their levels, `livelihood` and `glossary` read the two kinds of lists;
//! `references` takes the marks that refer to the glossary out of the report; `table` reads rows;
//! `recognise` combines them. `titled` does so for what is no report, with `annexes`, `articles` and `questions`.

mod annexes;
mod articles;
mod glossary;
mod heading;
mod lead;
mod livelihood;
mod questions;
mod recognise;
mod references;
mod table;
mod titled;

pub(crate) use self::{
    articles::has_articles,
    recognise::{Block, recognise},
    titled::recognise_titled,
};

#[cfg(test)]
mod tests;
