//! From an [`Answer`](crate::answer::Answer) to pages of text within the platform's limit, and the choices that numbers
//! below them stand for.
//!
//! ```text
//! 【2024年计划】硬化自然村组道路150公里。
//! —— 《2024年通渭县政府工作报告》2024年重点工作 › 八、… › 十件民生实事
//!
//! 回复“更多”看全文
//! 网页原文：https://wz.example.gov.cn/p/5f0c…?at=12-80#quote
//!
//! 回复 1 看整节，回复 2 看相关内容
//! ```
//!
//! The first page follows [`blocks`](crate::channels::blocks); what does not fit follows on further
//! pages, complete and in order.

mod answer;
mod check;
mod medium;
mod paging;
mod reading;
#[cfg(test)]
mod tests;

pub(super) use self::paging::Renderer;
