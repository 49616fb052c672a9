//! Headings with their levels.

use super::{
    form::{self, Found},
    levels::Levels,
};
use crate::paragraph::Paragraph;

/// A heading, which may be all of a paragraph or only its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Heading {
    /// 1 to 3.
    pub(crate) level: u8,
    /// Length of the heading in bytes, from the start of the paragraph.
    pub(crate) length: usize,
}

/// Returns the heading of every paragraph that begins with one. `from` is the first paragraph of the
/// report proper.
pub(crate) fn outline(paragraphs: &[Paragraph], from: usize) -> Vec<Option<Heading>> {
    let found: Vec<Option<Found>> = (0..paragraphs.len())
        .map(|n| (n >= from).then(|| form::find(paragraphs, n)).flatten())
        .collect();
    let heads: Vec<(usize, Found)> = found
        .iter()
        .enumerate()
        .filter_map(|(n, found)| Some((n, (*found)?)))
        .collect();
    let mut out = vec![None; paragraphs.len()];
    let mut levels = Levels::of(&heads);
    for at in 0..heads.len() {
        let (n, head) = heads[at];
        if let Some(level) = levels.next(&heads, at) {
            out[n] = Some(Heading {
                level,
                length: head.length,
            });
        }
    }
    out
}
