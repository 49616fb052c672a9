//! The lines of a page, and the elements that contain them.

use crate::paragraph::Mark;

/// Percentage of the prose that the main element must hold.
const MOST: usize = 75;

/// A line of text.
pub(super) struct Line {
    pub(super) text: String,
    /// Bytes of `text` within links.
    pub(super) linked: usize,
    pub(super) element: usize,
    pub(super) mark: Mark,
    /// Line of the file.
    pub(super) line: u64,
    /// Where it stands in a table.
    pub(super) cell: Option<Place>,
    /// Why it is not shown: 划掉的, 隐藏的.
    pub(super) unseen: Option<&'static str>,
}

/// A cell: which table of the page, which row, which cell of the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) table: usize,
    pub(super) row: usize,
    pub(super) column: usize,
}

impl Line {
    /// Amount of prose, in chars.
    fn prose(&self) -> usize {
        let sentence = self
            .text
            .ends_with(['。', '！', '？', '：', '；', '”', '）', '.', ';']);
        if self.linked * 2 > self.text.len() || self.unseen.is_some() {
            0
        } else if sentence {
            self.text.chars().count()
        } else {
            self.text.chars().count() / 4
        }
    }
}

/// The element tree of a page; elements are indices.
#[derive(Default)]
pub(super) struct Elements {
    /// Parent of each element; the page itself is element 0.
    parents: Vec<usize>,
}

impl Elements {
    /// Adds an element within `parent`.
    pub(super) fn add(&mut self, parent: usize) -> usize {
        if self.parents.is_empty() {
            self.parents.push(0);
        }
        self.parents.push(parent);
        self.parents.len() - 1
    }

    /// The innermost element that holds most of the prose of `lines`.
    pub(super) fn main(&self, lines: &[Line]) -> usize {
        let mut prose = vec![0; self.parents.len().max(1)];
        for line in lines {
            prose[line.element] += line.prose();
        }
        // Children come after their parents.
        for element in (1..self.parents.len()).rev() {
            prose[self.parents[element]] += prose[element];
        }
        let total = prose[0];
        let holds = |element: &usize| total > 0 && prose[*element] * 100 >= total * MOST;
        (1..self.parents.len())
            .rev()
            .filter(holds)
            .max_by_key(|element| self.depth(*element))
            .unwrap_or(0)
    }

    fn depth(&self, mut element: usize) -> usize {
        let mut depth = 0;
        while element > 0 {
            element = self.parents[element];
            depth += 1;
        }
        depth
    }

    /// True if `element` is `outer` or a descendant of it.
    pub(super) fn is_within(&self, mut element: usize, outer: usize) -> bool {
        while element > outer {
            element = self.parents[element];
        }
        element == outer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, linked: usize, element: usize) -> Line {
        Line {
            text: text.to_owned(),
            linked,
            element,
            mark: Mark::default(),
            line: 1,
            cell: None,
            unseen: None,
        }
    }

    #[test]
    fn links_are_no_prose_and_a_line_without_an_end_is_little() {
        assert_eq!(line("坚持不懈，久久为功。", 0, 0).prose(), 10);
        assert_eq!(line("2023年工作回顾", 0, 0).prose(), 2);
        assert_eq!(line("政务公开。", 15, 0).prose(), 0);
    }

    #[test]
    fn the_main_element_is_the_innermost_that_holds_most_of_the_prose() {
        let mut elements = Elements::default();
        let body = elements.add(0);
        let menu = elements.add(body);
        let report = elements.add(body);
        let paragraph = elements.add(report);
        let lines = [
            line("关于本站。", 0, menu),
            line("坚持不懈，久久为功。坚持不懈，久久为功。", 0, paragraph),
            line("再接再厉，乘势而上。再接再厉，乘势而上。", 0, report),
        ];
        let main = elements.main(&lines);
        assert_eq!(main, report);
        assert!(elements.is_within(paragraph, main) && elements.is_within(main, main));
        assert!(!elements.is_within(menu, main) && !elements.is_within(body, main));
        assert_eq!(Elements::default().main(&[]), 0);
    }
}
