//! From an [`Answer`](crate::answer::Answer) to a message as data, HTML and buttons, without
//! talking to Telegram.
//!
//! ```text
//! 【2024年计划】
//! > 硬化自然村组道路150公里。
//! —— 《2024年通渭县政府工作报告》2024年重点工作 › 八、… › 十件民生实事
//!
//! [查看整节] [更多相关]
//! [有用] [没用]
//! [2023年硬化自然村组道路多少公里？]
//! ```
//!
//! The reply to a suggested question begins with it (`问：…`), in groups and in private: nobody has
//! typed it, so without that line nothing in the chat would say what is answered.
//!
//! A message must not exceed [`LIMIT`](crate::channels::telegram::text::LIMIT). To make it fit,
//! notices are bounded, then the second and third quote are left out (更多相关 still
//! has them), and only then is the first quote cut, at the end of a sentence; its label and source
//! are always kept.

mod answer;
mod check;
mod html;
pub(super) mod inline;
mod lists;
mod message;
mod note;
mod section;
mod suggested;
#[cfg(test)]
mod tests;

pub(super) use self::{
    answer::{answer, pressed_answer},
    lists::{has_terms, related, terms},
    message::{Button, ButtonKind, Rendered, name_answer, reasons},
    note::{lang, note},
    section::section,
};
