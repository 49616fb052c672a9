//! Glossary terms that nobody can ask for by their name.

use super::finding::Doubt;
use crate::{
    corpus::{Block, BlockKind},
    text::Pattern,
};

/// `[^1]`, `[2]`, （3）, ④, 注5, 6., Ⅶ: the mark of a note, or its number. 12345 in quotes is a name.
static MARK: Pattern = Pattern::new(
    r"^(?:注释?)?[\[［(（【〔]?(?:\^?[0-9０-９]{1,3}|[①-⓿❶-➓㈠-㈩Ⅰ-ⅿ]|[一二三四五六七八九]|[二三]?十[一二三四五六七八九]?)[\]］)）】〕]?[.．、：:]?$",
);

/// Terms whose names are marks, each with its line.
pub(super) fn marks(blocks: &[Block]) -> impl Iterator<Item = (usize, Doubt)> + '_ {
    blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Entry { name, .. } if is_mark(name) => {
            Some((block.line, Doubt::TermIsMark(name.clone())))
        }
        BlockKind::Entry { .. }
        | BlockKind::Title(_)
        | BlockKind::Heading { .. }
        | BlockKind::Paragraph { .. }
        | BlockKind::LivelihoodItem { .. }
        | BlockKind::TableRow { .. } => None,
    })
}

fn is_mark(name: &str) -> bool {
    MARK.is_match(name.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_no_name_of_a_term() {
        for mark in [
            "[^1]",
            "[12]",
            "3",
            "（4）",
            "⑤",
            "注6",
            "注释7",
            "十一、",
            "８．",
        ] {
            assert!(is_mark(mark), "{mark}");
        }
        for name in [
            "“12345”热线",
            "“331”",
            "12345",
            "5G",
            "1+1+8",
            "三区三线",
            "“十四五”",
            "十三五",
            "一核",
            "注册制",
        ] {
            assert!(!is_mark(name), "{name}");
        }
    }
}
