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
//!
//! `heading` finds headings and their levels, `livelihood` and `glossary` read the two kinds of lists;
//! `references` takes the marks that refer to the glossary out of the report; `table` reads rows;
//! `recognise` combines them.

mod articles;
mod glossary;
mod heading;
mod lead;
mod livelihood;
mod recognise;
mod references;
mod table;

pub(crate) use self::{
    articles::has_articles,
    recognise::{Block, recognise, recognise_articles},
};

#[cfg(test)]
mod tests;
