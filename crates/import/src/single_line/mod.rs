//! Splits lines that hold several paragraphs.
//!
//! | in the file | split |
//! |---|---|
//! | `名词解释：1.三抓三促：…` | after the heading of the glossary |
//! | `…提出意見。 2023年工作回顾 2023年是…` | at the spaces left where paragraphs ended, not beside figures |
//! | `…审议。一、2019年工作回顾刚刚过去的一年，…` | at the numbers, if not even spaces are left |

mod numbers;
mod spaces;

use wenzheng_text::Pattern;

/// The heading of a glossary that runs into the first entry.
static HEADING: Pattern = Pattern::new(
    r"^((?:附件?[0-9一二三四]?[：:]?)?[^，。；：:0-9]{0,14}(?:名词|用语|术语|注释|词语)[^，。；：:0-9]{0,6}[：:])\s*(?:1[.．、]|①|[（(]1[）)]|[\[【]1[】\]]|一、).*[。；]",
);

/// Splits `text`, one line of a file, into paragraphs; `None` if it is a single paragraph.
pub(crate) fn split(text: &str) -> Option<Vec<String>> {
    if let Some(end) = glossary_heading_end(text) {
        let (heading, entries) = text.split_at(end);
        let mut pieces = vec![heading.to_owned()];
        pieces.extend(split(entries).unwrap_or_else(|| vec![entries.to_owned()]));
        return Some(pieces);
    }
    if spaces::runs_together(text) {
        let pieces = spaces::split(text);
        let pieces = pieces.iter().flat_map(|piece| numbers::split(piece));
        return Some(pieces.map(str::to_owned).collect());
    }
    if numbers::is_report(text) {
        let pieces = numbers::split(text).into_iter();
        return Some(pieces.map(str::to_owned).collect());
    }
    None
}

/// Length in bytes of a glossary heading that opens `text` and runs into its first entry.
fn glossary_heading_end(text: &str) -> Option<usize> {
    Some(HEADING.captures(text)?.get(1)?.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glossary_heading_ends_before_the_first_number() {
        for (heading, entries) in [
            ("名词解释：", "1.三抓三促：抓学习。"),
            ("附件：有关用语说明：", "（1）一核：兰州；"),
        ] {
            let line = format!("{heading}{entries}");
            assert_eq!(glossary_heading_end(&line), Some(heading.len()), "{line}");
        }
        assert_eq!(glossary_heading_end("名词解释：见附件。"), None);
        assert_eq!(glossary_heading_end("办好实事：1.修路。"), None);
    }
}
