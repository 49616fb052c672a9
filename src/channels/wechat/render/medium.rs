//! Plain text, counted in bytes.

use crate::channels::{
    blocks::{Medium, Quote},
    cut::{ELLIPSIS, shortened},
    wechat::wording as words,
};

/// Budget of a source line, in bytes.
pub(super) const SOURCE: usize = 480;

/// Plain text, counted in bytes of UTF-8.
pub(super) struct Bytes;

impl Medium for Bytes {
    fn cost(&self, c: char) -> usize {
        c.len_utf8()
    }

    fn measure(&self, written: &str) -> usize {
        written.len()
    }

    fn quote(&self, quote: &Quote<'_>, kept: &str, cut: bool) -> String {
        let label = quote.label.as_deref().unwrap_or_default();
        let more = if cut { ELLIPSIS } else { "" };
        let source = short(&quote.source, SOURCE);
        let kept = kept.trim_end();
        format!("{label}{kept}{more}\n—— {source}")
    }

    fn paragraph(&self, text: &str, cited: bool) -> String {
        let mark = if cited { words::CITED } else { "" };
        format!("{mark}{text}")
    }
}

/// `text`, cut to `bytes`.
pub(super) fn short(text: &str, bytes: usize) -> String {
    shortened(text, bytes, char::len_utf8)
}
