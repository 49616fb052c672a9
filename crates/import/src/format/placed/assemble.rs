//! Joins the lines of all pages into paragraphs.

use wenzheng_text::Pattern;

use std::collections::HashMap;

use super::{
    continued,
    run::{Item, Table},
};
use crate::{
    line_join::{self, Line},
    paragraph::Mark,
    split::Split,
};

/// Page numbers: 3, — 3 —, 第3页, 3/20.
static PAGE_NUMBER: Pattern =
    Pattern::new(r"^[\s—–\-－·•~第]*\d{1,4}[\s—–\-－·•~页共/]*(?:\d{1,4}[\s页]*)?$");

/// What browsers print above and below a page: when, and from where.
static BROWSER: Pattern =
    Pattern::new(r"https?://|file:///|^\d{4}[/.-]\d{1,2}[/.-]\d{1,2},? ?[上下]?午? ?\d{1,2}:\d{2}");

/// A page as read.
pub(in super::super) struct PageText {
    pub(in super::super) items: Vec<Item>,
    /// Text that stands across the page.
    pub(in super::super) across: Vec<String>,
    /// True for a picture without text.
    pub(in super::super) scanned: bool,
}

/// Returns the paragraphs of all pages; running heads and page numbers are left out.
pub(in super::super) fn assemble(pages: Vec<PageText>) -> Split {
    let mut split = Split::default();
    let mut repeated: HashMap<String, usize> = HashMap::new();
    for page in &pages {
        for line in edges(&page.items) {
            *repeated.entry(without_figures(&line.text)).or_default() += 1;
        }
    }
    let many = (pages.len() / 3).max(3);
    let mut items: Vec<(usize, Item)> = Vec::new();
    for (n, page) in pages.into_iter().enumerate() {
        let last = page.items.len();
        if page.scanned {
            split.leave_out(n + 1, "（这一页是图片，没有文字，可能是扫描件）");
        }
        for text in page.across {
            split.leave_out(n + 1, &format!("（水印或斜排的文字）{text}"));
        }
        for (at, item) in page.items.into_iter().enumerate() {
            let edge = at < 2 || at + 2 >= last;
            match &item {
                Item::Line(line) if edge && is_running(line, &repeated, many) => {
                    split.leave_out(n + 1, &line.text);
                }
                Item::Line(_) | Item::Table(_) => items.push((n + 1, item)),
            }
        }
    }
    for (page, text) in continued::join(&mut items) {
        split.leave_out(page, &text);
    }
    add(items, &mut split);
    split
}

/// True for a line at the edge of a page that is none of the text.
fn is_running(line: &Line, repeated: &HashMap<String, usize>, many: usize) -> bool {
    let times = repeated.get(&without_figures(&line.text));
    let short = line.text.chars().count() < 40;
    PAGE_NUMBER.is_match(&line.text)
        || BROWSER.is_match(&line.text)
        || short && times.is_some_and(|times| *times >= many)
}

/// Joins the lines between tables, all with the margins of the whole text.
fn add(items: Vec<(usize, Item)>, split: &mut Split) {
    let mut pieces: Vec<Vec<(usize, Line)>> = vec![Vec::new()];
    let mut tables: Vec<(usize, Table)> = Vec::new();
    for (page, item) in items {
        match item {
            Item::Line(line) => pieces.last_mut().expect("never empty").push((page, line)),
            Item::Table(table) => {
                tables.push((page, table));
                pieces.push(Vec::new());
            }
        }
    }
    let margins = line_join::margins(&pieces.concat());
    let mut tables = tables.into_iter();
    for lines in pieces {
        for paragraph in line_join::join_within(&lines, margins) {
            let mark = Mark {
                bold: paragraph.bold,
                ..Mark::default()
            };
            split.add_line(paragraph.line, &paragraph.text, mark);
        }
        if let Some((page, table)) = tables.next() {
            for row in table.grid.pieces(false) {
                split.add_line(page, &row.text, row.mark);
            }
        }
    }
}

/// The lines among the first and last two items of a page.
fn edges(page: &[Item]) -> impl Iterator<Item = &Line> {
    let last = page.len();
    page.iter()
        .enumerate()
        .filter(move |(n, _)| *n < 2 || n + 2 >= last)
        .filter_map(|(_, item)| match item {
            Item::Line(line) => Some(line),
            Item::Table(_) => None,
        })
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

    fn pages(pages: impl Iterator<Item = Vec<Line>>) -> Vec<PageText> {
        let page = |lines: Vec<Line>| PageText {
            items: lines.into_iter().map(Item::Line).collect(),
            across: Vec::new(),
            scanned: false,
        };
        pages.map(page).collect()
    }

    #[test]
    fn what_browsers_print_around_a_page_and_scanned_pages_are_told() {
        let printed = [
            "2025/1/20 10:30 某县政府工作报告_某县人民政府",
            "坚持不懈，久久为功。",
            "https://www.example.gov.cn/art.html 1/2",
        ];
        let lines = printed.map(|text| line(1, text)).to_vec();
        let mut pages = pages([lines].into_iter());
        pages.push(PageText {
            items: Vec::new(),
            across: vec!["内部资料".to_owned()],
            scanned: true,
        });
        let split = assemble(pages);
        assert_eq!(split.paragraphs.len(), 1);
        let told: Vec<usize> = split.left_out.iter().map(|left| left.line).collect();
        assert_eq!(told, [1, 1, 2, 2]);
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
        let split = assemble(pages((1..=4).map(|n| page(n).to_vec())));
        assert!(
            split
                .paragraphs
                .iter()
                .all(|paragraph| paragraph.text.contains("久久为功"))
        );
        assert_eq!(split.left_out.len(), 8);
        assert_eq!(split.left_out[0].line, 1);
        // Two pages are too few for running heads.
        let split = assemble(pages((1..=2).map(|n| page(n).to_vec())));
        assert_eq!(split.left_out.len(), 2);
    }
}
