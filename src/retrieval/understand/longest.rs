//! What a row of characters or words is made of, the longest first where two things overlap.

use std::ops::Range;

/// From left to right the longest run of at most `longest` of `count` items for which `find` gives
/// something, with what it gives; the next run begins after it.
pub(super) fn runs<T>(
    count: usize,
    longest: usize,
    find: impl Fn(Range<usize>) -> Option<T>,
) -> Vec<T> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < count {
        let ends = start + 1..=count.min(start + longest);
        let hit = ends.rev().find_map(|end| Some((end, find(start..end)?)));
        start = hit.as_ref().map_or(start + 1, |(end, _)| *end);
        found.extend(hit.map(|(_, found)| found));
    }
    found
}

/// Where each character of `text` begins, and where the last one ends.
pub(super) fn bounds(text: &str) -> Vec<usize> {
    let starts = text.char_indices().map(|(at, _)| at);
    starts.chain([text.len()]).collect()
}
