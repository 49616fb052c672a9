//! Automatic numbering of paragraphs.

use std::collections::HashMap;

use wenzheng_text::numerals;

use super::xml::{attribute, number, walk};
use crate::error::ImportError;

/// Numbering of one list level.
#[derive(Debug, Clone, Default)]
struct Numbering {
    /// decimal, chineseCountingThousand, …
    format: String,
    /// `%1、`
    text: String,
    start: usize,
}

/// List definitions of numbering.xml, with their current counts.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Levels by abstract list.
    levels: HashMap<String, Vec<Numbering>>,
    /// Abstract list by list.
    lists: HashMap<String, String>,
    counts: HashMap<String, Vec<usize>>,
}

impl Lists {
    /// Reads numbering.xml.
    pub(super) fn read(xml: &str) -> Result<Self, ImportError> {
        let mut lists = Self::default();
        let (mut abstract_list, mut list) = (String::new(), String::new());
        let mut level = 0;
        walk(xml, |tag, _| match tag {
            Some(("abstractNum", tag, true)) => {
                abstract_list = attribute(tag, "abstractNumId").unwrap_or_default();
            }
            Some(("num", tag, true)) => list = attribute(tag, "numId").unwrap_or_default(),
            Some(("abstractNumId", tag, true)) => {
                let of = attribute(tag, "val").unwrap_or_default();
                lists.lists.insert(list.clone(), of);
            }
            Some(("lvl", tag, true)) => {
                let of = attribute(tag, "ilvl").and_then(|level| level.parse().ok());
                level = of.unwrap_or(0).min(8);
                let levels = lists.levels.entry(abstract_list.clone()).or_default();
                if levels.len() <= level {
                    levels.resize(level + 1, Numbering::default());
                }
                levels[level].start = 1;
            }
            Some((name @ ("start" | "numFmt" | "lvlText"), tag, true)) => {
                let levels = lists.levels.entry(abstract_list.clone()).or_default();
                if let Some(numbering) = levels.get_mut(level) {
                    match name {
                        "start" => numbering.start = number(tag).unwrap_or(1),
                        "numFmt" => numbering.format = attribute(tag, "val").unwrap_or_default(),
                        _ => numbering.text = attribute(tag, "val").unwrap_or_default(),
                    }
                }
            }
            _ => {}
        })?;
        Ok(lists)
    }

    /// Returns the number of the next paragraph of a list, as Word displays it.
    pub(super) fn next(&mut self, list: &str, level: usize) -> Option<String> {
        let of = self.lists.get(list)?;
        let levels = self.levels.get(of)?;
        let numbering = levels.get(level)?;
        let counts = self.counts.entry(of.clone()).or_default();
        if counts.len() <= level {
            counts.resize(level + 1, 0);
        }
        counts.truncate(level + 1);
        counts[level] = if counts[level] == 0 {
            numbering.start.max(1)
        } else {
            counts[level].saturating_add(1)
        };
        if numbering.format == "bullet" || numbering.format == "none" {
            return None;
        }
        let mut text = numbering.text.clone();
        for (n, count) in counts.iter().enumerate() {
            let format = levels
                .get(n)
                .map_or("decimal", |level| level.format.as_str());
            text = text.replace(&format!("%{}", n + 1), &written(*count, format));
        }
        Some(text)
    }
}

/// Formats a count.
fn written(count: usize, format: &str) -> String {
    let chinese =
        format.contains("chinese") || format.contains("japanese") || format.contains("ideograph");
    if chinese && count < 100 {
        numerals::write(count)
    } else if format.contains("EnclosedCircle") && (1..=20).contains(&count) {
        let mark = u32::try_from(count)
            .ok()
            .and_then(|n| char::from_u32(0x245f + n));
        mark.map_or_else(|| count.to_string(), String::from)
    } else {
        count.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_written_as_word_shows_them() {
        for (count, format, shown) in [
            (12, "chineseCountingThousand", "十二"),
            (12, "decimal", "12"),
            (2, "decimalEnclosedCircle", "②"),
            (21, "decimalEnclosedCircle", "21"),
            (100, "japaneseCounting", "100"),
        ] {
            assert_eq!(written(count, format), shown, "{count} {format}");
        }
    }

    #[test]
    fn a_deeper_level_counts_afresh_below_each_number() {
        let xml = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl><w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#;
        let mut lists = Lists::read(xml).expect("sound");
        let mut next = |level| lists.next("1", level);
        let shown = [next(0), next(1), next(1), next(0), next(1), next(2)];
        let expected = ["1.", "1.1", "1.2", "2.", "2.1"].map(|n| Some(n.to_owned()));
        assert_eq!(shown[..5], expected);
        assert_eq!(shown[5], None);
        assert_eq!(lists.next("2", 0), None);
    }
}
