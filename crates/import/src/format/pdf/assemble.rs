//! Joins the lines of all pages into paragraphs.

use wenzheng_text::Pattern;

use std::collections::HashMap;

use crate::{
    line_join::{self, Line},
    paragraph::Mark,
    split::Split,
};

/// Page numbers: 3, — 3 —, 第3页, 3/20.
static PAGE_NUMBER: Pattern =
    Pattern::new(r"^[\s—–\-－·•~第]*\d{1,4}[\s—–\-－·•~页共/]*(?:\d{1,4}[\s页]*)?$");

/// Returns the paragraphs of all pages; running heads and page numbers are left out.
pub(super) fn assemble(pages: Vec<Vec<Line>>) -> Split {
    let mut split = Split::default();
    let mut repeated: HashMap<String, usize> = HashMap::new();
    for page in &pages {
        for line in edges(page) {
            *repeated.entry(without_figures(&line.text)).or_default() += 1;
        }
    }
    let many = (pages.len() / 3).max(3);
    let mut lines: Vec<(usize, Line)> = Vec::new();
    for (n, page) in pages.into_iter().enumerate() {
        let last = page.len();
        for (at, line) in page.into_iter().enumerate() {
            let edge = at < 2 || at + 2 >= last;
            let running = repeated
                .get(&without_figures(&line.text))
                .is_some_and(|times| *times >= many);
            if edge
                && (PAGE_NUMBER.is_match(&line.text) || (running && line.text.chars().count() < 40))
            {
                split.leave_out(n + 1, &line.text);
            } else {
                lines.push((n + 1, line));
            }
        }
    }
    for paragraph in line_join::join(&lines) {
        let (heading, bold) = (0, paragraph.bold);
        split.add_line(
            paragraph.line,
            &paragraph.text,
            Mark {
                heading,
                bold,
                ..Mark::default()
            },
        );
    }
    split
}

/// The first and last two lines of a page.
fn edges(page: &[Line]) -> impl Iterator<Item = &Line> {
    let last = page.len();
    page.iter()
        .enumerate()
        .filter(move |(n, _)| *n < 2 || n + 2 >= last)
        .map(|(_, line)| line)
}

fn without_figures(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_ascii_digit() && !c.is_whitespace())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(y: usize, text: &str) -> Line {
        Line {
            x: 72.0 + 0.01 * y as f32,
            end: 200.0,
            size: 16.0,
            bold: false,
            text: text.to_owned(),
        }
    }

    #[test]
    fn page_numbers_are_told_from_text() {
        for text in ["3", "— 3 —", "-12-", "第3页", "第 3 页 共 20 页", "3/20"] {
            assert!(PAGE_NUMBER.is_match(text), "{text}");
        }
        for text in ["2024年", "一、3", "增长3", "3.5%"] {
            assert!(!PAGE_NUMBER.is_match(text), "{text}");
        }
    }

    #[test]
    fn running_heads_and_page_numbers_are_left_out() {
        let topics = ["农业", "工业", "旅游", "民生"];
        let page = |n: usize| {
            let sentence = format!("在{}上坚持不懈，久久为功。", topics[n - 1]);
            ["某县政府工作报告", &sentence, "— 3 —"].map(|text| line(n, text))
        };
        let split = assemble((1..=4).map(|n| page(n).to_vec()).collect());
        assert!(
            split
                .paragraphs
                .iter()
                .all(|paragraph| paragraph.text.contains("久久为功"))
        );
        assert_eq!(split.left_out.len(), 8);
        assert_eq!(split.left_out[0].line, 1);
        // Two pages are too few for running heads.
        let split = assemble((1..=2).map(|n| page(n).to_vec()).collect());
        assert_eq!(split.left_out.len(), 2);
    }
}
