//! Pure functions on Chinese text: no files, no search index, no chats.
//!
//! ```
//! use wenzheng_text::{normalize, Span};
//! assert_eq!(normalize::fold("三個聚焦ＧＤＰ"), "三个聚焦gdp");
//! assert_eq!(Span::new(0, 6).of("森林覆盖率"), "森林");
//! ```
//!
//! Positions are byte offsets into UTF-8 everywhere ([`Span`]). Offsets in chars (jieba) or in UTF-16
//! units (Telegram) are converted where they come in and go out.

pub mod classifier;
pub mod figures;
pub mod han;
pub mod hex;
pub mod masking;
pub mod normalize;
pub mod numerals;
mod pattern;
pub mod pinyin;
pub mod script;
pub mod segment;
pub mod sentence;
mod span;
pub mod spoken;

pub use self::{pattern::Pattern, span::Span};
