//! Paragraph styles: headings and numbering.

use std::collections::HashMap;

use super::xml::{attribute, is_on, number, walk};
use crate::error::ImportError;

/// A paragraph style.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    /// Heading level, 1 to 6; 0 for text.
    pub(super) heading: u8,
    based_on: Option<String>,
    /// Id of the list that numbers the paragraphs, and the level if the style names it.
    pub(super) list: Option<(String, Option<usize>)>,
    /// True if the text is crossed out; `None` if the style leaves that to the one it is based on.
    pub(super) struck: Option<bool>,
    /// True if the text is hidden.
    pub(super) hidden: Option<bool>,
    /// True for a line of a table of contents.
    pub(super) contents: bool,
}

/// The paragraph styles of a document, by id.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

impl Styles {
    /// Reads styles.xml.
    pub(super) fn read(xml: &str) -> Result<Self, ImportError> {
        let mut styles = HashMap::new();
        let mut id = String::new();
        let mut style = Style::default();
        walk(xml, |tag, _| match tag {
            Some(("style", tag, true)) => {
                id = attribute(tag, "styleId").unwrap_or_default();
                style = Style::default();
            }
            Some(("style", _, false)) => {
                styles.insert(std::mem::take(&mut id), std::mem::take(&mut style));
            }
            Some(("name", tag, true)) => {
                let name = attribute(tag, "val").unwrap_or_default().to_lowercase();
                let level = name
                    .strip_prefix("heading ")
                    .or_else(|| name.strip_prefix("标题 "));
                if let Some(level) = level.and_then(|level| level.trim().parse::<u8>().ok()) {
                    style.heading = level.min(6);
                }
                style.contents = name.starts_with("toc ") || name.starts_with("目录 ");
            }
            Some(("outlineLvl", tag, true)) => {
                if let Some(level) = number(tag).filter(|level| *level < 6) {
                    style.heading = u8::try_from(level + 1).unwrap_or(0);
                }
            }
            Some(("basedOn", tag, true)) => style.based_on = attribute(tag, "val"),
            Some(("numId", tag, true)) => {
                let level = style.list.as_ref().and_then(|(_, level)| *level);
                style.list = attribute(tag, "val").map(|list| (list, level));
            }
            Some(("ilvl", tag, true)) => {
                let list = style.list.take().map_or_else(String::new, |(list, _)| list);
                style.list = Some((list, number(tag)));
            }
            Some(("strike" | "dstrike", tag, true)) => style.struck = Some(is_on(tag)),
            Some(("vanish", tag, true)) => style.hidden = Some(is_on(tag)),
            _ => {}
        })?;
        Ok(Self(styles))
    }

    /// Resolves heading level and list of a style along the styles it is based on.
    pub(super) fn get(&self, id: &str) -> Style {
        let mut out = Style::default();
        let mut next = Some(id.to_owned());
        // Styles may be based on each other cyclically.
        for _ in 0..10 {
            let Some(style) = next.take().and_then(|id| self.0.get(&id)) else {
                break;
            };
            if out.heading == 0 {
                out.heading = style.heading;
            }
            out.list = out.list.take().or_else(|| style.list.clone());
            out.struck = out.struck.or(style.struck);
            out.hidden = out.hidden.or(style.hidden);
            out.contents |= style.contents;
            next.clone_from(&style.based_on);
        }
        out
    }
}
