//! Automatic numbering of paragraphs.

use std::collections::HashMap;

use super::{
    numbers::written,
    xml::{attribute, number, walk},
};
use crate::error::ImportError;

/// Numbering of one list level.
#[derive(Debug, Clone, Default)]
struct Numbering {
    /// decimal, chineseCountingThousand, …
    format: String,
    /// `%1、`
    text: String,
    start: usize,
    /// The style whose paragraphs have this level.
    style: Option<String>,
}

/// List definitions of numbering.xml, with their current counts.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Levels by abstract list.
    levels: HashMap<String, Vec<Numbering>>,
    /// Abstract list by list.
    lists: HashMap<String, String>,
    /// Levels of a list that count anew, and from where.
    restarts: HashMap<(String, usize), usize>,
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
            Some(("lvlOverride", tag, true)) => {
                let of = attribute(tag, "ilvl").and_then(|level| level.parse().ok());
                level = of.unwrap_or(0).min(8);
            }
            Some(("startOverride", tag, true)) => {
                let start = number(tag).unwrap_or(1);
                lists.restarts.insert((list.clone(), level), start);
            }
            Some(("num", _, false)) => list.clear(),
            // A level that a list defines for itself is left as it is: its numbers look the same.
            Some(("lvl", _, true)) if !list.is_empty() => level = usize::MAX,
            Some(("lvl", tag, true)) => {
                let of = attribute(tag, "ilvl").and_then(|level| level.parse().ok());
                level = of.unwrap_or(0).min(8);
                let levels = lists.levels.entry(abstract_list.clone()).or_default();
                if levels.len() <= level {
                    levels.resize(level + 1, Numbering::default());
                }
                levels[level].start = 1;
            }
            Some((name @ ("start" | "numFmt" | "lvlText" | "pStyle"), tag, true)) => {
                let levels = lists.levels.entry(abstract_list.clone()).or_default();
                if let Some(numbering) = levels.get_mut(level) {
                    match name {
                        "start" => numbering.start = number(tag).unwrap_or(1),
                        "numFmt" => numbering.format = attribute(tag, "val").unwrap_or_default(),
                        "pStyle" => numbering.style = attribute(tag, "val"),
                        _ => numbering.text = attribute(tag, "val").unwrap_or_default(),
                    }
                }
            }
            _ => {}
        })?;
        Ok(lists)
    }

    /// The level of a list whose paragraphs have this style.
    pub(super) fn level_of_style(&self, list: &str, style: &str) -> Option<usize> {
        let levels = self.levels.get(self.lists.get(list)?)?;
        levels
            .iter()
            .position(|level| level.style.as_deref() == Some(style))
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
        let restart = self.restarts.remove(&(list.to_owned(), level));
        counts[level] = match (restart, counts[level]) {
            (Some(start), _) => start,
            (None, 0) => numbering.start.max(1),
            (None, count) => count.saturating_add(1),
        };
        // A level that has not been counted yet stands at its beginning.
        for (n, count) in counts.iter_mut().enumerate() {
            if *count == 0 {
                *count = levels.get(n).map_or(1, |level| level.start.max(1));
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn a_list_that_restarts_counts_from_there_once() {
        let xml = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:pStyle w:val="9"/><w:numFmt w:val="ideographTraditional"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>"#;
        let mut lists = Lists::read(xml).expect("sound");
        let shown = ["1", "1", "2", "2"].map(|list| lists.next(list, 0).unwrap_or_default());
        assert_eq!(shown, ["甲、", "乙、", "甲、", "乙、"]);
        assert_eq!(lists.level_of_style("2", "9"), Some(0));
        assert_eq!(lists.level_of_style("2", "8"), None);
    }
}
