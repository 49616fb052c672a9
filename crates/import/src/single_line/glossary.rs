//! Splits the heading of a glossary from entries that follow on the same line.

use wenzheng_text::Pattern;

/// The heading of a glossary that runs into the first entry.
static HEADING: Pattern = Pattern::new(
    r"^((?:附件?[0-9一二三四]?[：:]?)?[^，。；：:0-9]{0,14}(?:名词|用语|术语|注释|词语)[^，。；：:0-9]{0,6}[：:])\s*(?:1[.．、]|①|[（(]1[）)]|[\[【]1[】\]]|一、).*[。；]",
);

/// Length in bytes of a glossary heading that opens `text` and runs into its first entry.
pub(crate) fn heading_end(text: &str) -> Option<usize> {
    Some(HEADING.captures(text)?.get(1)?.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_ends_before_the_first_number() {
        for (heading, entries) in [
            ("名词解释：", "1.三抓三促：抓学习。"),
            ("附件：有关用语说明：", "（1）一核：兰州；"),
        ] {
            let line = format!("{heading}{entries}");
            assert_eq!(heading_end(&line), Some(heading.len()), "{line}");
        }
        assert_eq!(heading_end("名词解释：见附件。"), None);
        assert_eq!(heading_end("办好实事：1.修路。"), None);
    }
}
