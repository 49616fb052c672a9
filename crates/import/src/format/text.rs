//! Reads plain text and Markdown.

use std::{borrow::Cow, collections::HashSet};

use regex::Captures;
use wenzheng_text::Pattern;

use super::grid::{Cell, Grid};
use crate::{line_join, paragraph::Mark, split::Split};

/// Reads a text file into paragraphs.
pub(crate) fn read(text: &str) -> Split {
    let mut split = Split::default();
    let body = front_matter(&mut split, text);
    if let Some(lines) = line_join::printed(text).filter(|_| body == 0) {
        for paragraph in line_join::join(&lines) {
            split.add_line(paragraph.line, &paragraph.text, Mark::default());
        }
        return split;
    }
    let lines: Vec<&str> = text.lines().collect();
    let notes = notes(&lines);
    let lines: Vec<Cow<'_, str>> = lines
        .iter()
        .map(|line| without_references(line, &notes))
        .collect();
    let lines: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
    let mut at = body;
    while at < lines.len() {
        let rows = table_rows(&lines[at..]);
        if rows == 0 {
            add_line(&mut split, at + 1, lines[at]);
        } else {
            for piece in table(&lines[at..at + rows]).pieces(false) {
                split.add_line(at + 1, &piece.text, piece.mark);
            }
        }
        at += rows.max(1);
    }
    split
}

/// A reference to a note (`[^1]`), and a note (`[^1]: …`).
static REFERENCE: Pattern = Pattern::new(r"\[\^([^\[\]\s]{1,20})\]");
static NOTE: Pattern = Pattern::new(r"^\s*\[\^([^\[\]\s]{1,20})\]\s*[:：]");

/// The labels of the notes of a file.
fn notes<'a>(lines: &[&'a str]) -> HashSet<&'a str> {
    let label = |line: &&'a str| Some(NOTE.captures(line)?.get(1)?.as_str());
    lines.iter().filter_map(label).collect()
}

/// A line without references to the notes of the file; the label of a note stays.
fn without_references<'a>(line: &'a str, notes: &HashSet<&str>) -> Cow<'a, str> {
    if notes.is_empty() || !line.contains("[^") {
        return Cow::Borrowed(line);
    }
    let label = NOTE.find(line).map_or(0, |label| label.end());
    let known = |found: &Captures<'_>| {
        let known = notes.contains(&found[1]);
        if known {
            String::new()
        } else {
            found[0].to_owned()
        }
    };
    let text = REFERENCE.replace_all(&line[label..], known);
    Cow::Owned(format!("{}{text}", &line[..label]))
}

/// Number of lines of the table that `lines` begin with: a row, a line of dashes, rows.
fn table_rows(lines: &[&str]) -> usize {
    let is_row = |line: &&str| line.trim().starts_with('|') && line.trim().len() > 2;
    match lines {
        [head, rule, ..] if is_row(head) && is_rule(rule.trim()) => {
            lines.iter().take_while(|line| is_row(line)).count()
        }
        _ => 0,
    }
}

fn is_rule(line: &str) -> bool {
    line.contains("--") && line.starts_with('|') && line.chars().all(|c| "|-: ".contains(c))
}

/// The cells of a table; the second line only parts its head from its rows.
fn table(lines: &[&str]) -> Grid {
    let row = |line: &&str| -> Vec<Cell> {
        let line = line.trim().trim_start_matches('|');
        let line = line.strip_suffix('|').unwrap_or(line);
        let cells = line.split('|').map(|cell| Cell::of(&unmark(cell.trim()).0));
        cells.collect()
    };
    let rows: Vec<Vec<Cell>> = lines
        .iter()
        .enumerate()
        .filter(|(n, _)| *n != 1)
        .map(|(_, line)| row(line))
        .collect();
    let named = rows[0].iter().any(|cell| !cell.pieces.is_empty());
    Grid {
        headers: usize::from(named),
        rows,
    }
}

/// Reads title and source from front matter; returns its number of lines.
fn front_matter(split: &mut Split, text: &str) -> usize {
    let mut lines = text.lines();
    if lines.next().map(str::trim_end) != Some("---") {
        return 0;
    }
    let Some(length) = lines.clone().position(|line| line.trim_end() == "---") else {
        return 0;
    };
    for line in lines.take(length) {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim().trim_matches(['"', '\'']).to_owned();
        match key.trim() {
            "title" => split.title = Some(value),
            "source" => split.source = Some(value),
            _ => {}
        }
    }
    length + 2
}

/// Adds a line, stripped of Markdown; comments are left out.
fn add_line(split: &mut Split, line: usize, text: &str) {
    let text = text.trim();
    if text.starts_with("<!--") && text.ends_with("-->") {
        split.leave_out(line, text);
        return;
    }
    let (text, mark) = unmark(text);
    split.add_line(line, &text, mark);
}

/// HTML tags used in Markdown, images, escapes, and link targets.
static TAGS: Pattern = Pattern::new(
    r"</?(?:b|strong|center|p|u|i|em|font|span|div|sup|sub|br|h[1-6]|B|STRONG|CENTER|P|U|FONT|SPAN|DIV|BR)(?:\s[^<>]{0,200})?/?>|!\[[^\]]*\]\([^)]*\)|\\([.*_#()\[\]!+\-])|\[([^\]]{1,80})\]\((?:https?:|/|#|\./)[^)]*\)",
);
static BOLD_TAG: Pattern = Pattern::new("</?(?:b|strong|B|STRONG)>");

/// Strips the Markdown of a line and returns its formatting. Comment openers are replaced, since
/// corpus files have comments of their own.
fn unmark(line: &str) -> (String, Mark) {
    let hashes = line.len() - line.trim_start_matches('#').len();
    let bare = &line[hashes..];
    let is_heading = hashes > 1 || (hashes == 1 && bare.starts_with([' ', '\u{3000}']));
    let heading = if is_heading {
        u8::try_from(hashes).unwrap_or(6)
    } else {
        0
    };
    let line = if is_heading { bare.trim_start() } else { line };
    let line = line
        .strip_prefix("- ")
        .or_else(|| line.strip_prefix("* "))
        .unwrap_or(line);
    let line = line.strip_prefix("> ").unwrap_or(line);
    let line = if line.contains(['<', '[', '\\']) {
        let bold = BOLD_TAG.replace_all(line, "**");
        TAGS.replace_all(&bold, "$1$2").into_owned()
    } else {
        line.to_owned()
    };
    let line = cells(line.trim());
    let line = line.trim();
    let bold = bold_chars(line);
    let text = line
        .replace("**", "")
        .replace("__", "")
        .replace("<!--", "〈!--");
    (
        text,
        Mark {
            heading,
            bold,
            ..Mark::default()
        },
    )
}

/// Converts a table row into cells separated by tabs.
fn cells(line: &str) -> String {
    let row = line.len() > 2 && line.starts_with('|') && line.ends_with('|');
    if !row {
        return line.to_owned();
    }
    let cells = line.trim_matches('|').split('|').map(str::trim);
    let cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
    if cells
        .iter()
        .all(|cell| cell.chars().all(|c| matches!(c, '-' | ':')))
    {
        return String::new();
    }
    cells.join("\t")
}

/// Length in chars of the bold opening of a line, adjacent `**…**` runs counted together.
fn bold_chars(line: &str) -> usize {
    let mut rest = line;
    let mut bold = 0;
    while let Some(inside) = rest.strip_prefix("**")
        && let Some((inside, after)) = inside.split_once("**")
    {
        bold += inside.chars().count();
        rest = after;
    }
    bold
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let paragraphs = read(text).paragraphs;
        paragraphs.into_iter().map(|p| p.text).collect()
    }

    #[test]
    fn a_line_that_runs_on_is_split_at_spaces() {
        let long = "深入贯彻落实党的二十大精神。".repeat(30);
        let text = format!("报告 县长 王 伟 各位代表: {long} 2023年工作回顾 {long} |");
        let paragraphs = texts(&text);
        assert_eq!(paragraphs[..4], ["报告", "县长", "王伟", "各位代表:"]);
        assert_eq!(paragraphs.len(), 7);
        assert_eq!(read(&text).left_out[0].text, "|");
    }

    #[test]
    fn references_to_notes_are_marks_of_markdown() {
        let text = "# 1964年政府工作报告[^1]\n实施“三抓三促”[^b]行动[^9]。\n[^1]: 刊印，另见[^b]。\n[^b]：抓学习。";
        assert_eq!(
            texts(text),
            [
                "1964年政府工作报告",
                "实施“三抓三促”行动[^9]。",
                "[^1]: 刊印，另见。",
                "[^b]：抓学习。"
            ]
        );
    }

    #[test]
    fn an_ordinary_line_is_a_paragraph() {
        assert_eq!(
            texts("---\ntitle: 甲\n---\n\n**一、回顾**\n\n白银市市长 张旭晨\n<!-- 编者 -->\n"),
            ["一、回顾", "白银市市长 张旭晨"]
        );
    }

    #[test]
    fn markdown_is_stripped_and_its_formatting_kept() {
        for (line, text, heading, bold) in [
            ("## 2023年工作回顾", "2023年工作回顾", 2, 0),
            ("#标签", "#标签", 0, 0),
            ("- **修路。**供水。", "修路。供水。", 0, 3),
            ("> **修**<b>路</b>", "修路", 0, 2),
            ("见[公告](https://a.cn)![图](b.png)", "见公告", 0, 0),
            ("一\\.修路 <!-- 注", "一.修路 〈!-- 注", 0, 0),
            ("| 1 | 修路 |  |", "1\t修路", 0, 0),
            ("|---|:--|", "", 0, 0),
        ] {
            let (stripped, mark) = unmark(line);
            assert_eq!(stripped, text, "{line}");
            assert_eq!((mark.heading, mark.bold), (heading, bold), "{line}");
        }
    }

    #[test]
    fn a_table_keeps_its_head_and_its_empty_cells() {
        let text = "低保标准：\n\n| 项目 | 标准 |\n|---|:--|\n| **城市低保** | 730元 |\n| 农村低保 | |\n\n以上。\n";
        assert_eq!(
            texts(text),
            [
                "低保标准：",
                "项目\t标准",
                "城市低保\t730元",
                "农村低保\t",
                "以上。"
            ]
        );
    }

    #[test]
    fn front_matter_gives_title_and_source() {
        let split =
            read("---\ntitle: \"某县报告\"\nsource: https://a.cn/1\nlayout: x\n---\n修路。\n");
        assert_eq!(split.title.as_deref(), Some("某县报告"));
        assert_eq!(split.source.as_deref(), Some("https://a.cn/1"));
        assert_eq!(split.paragraphs[0].line, 6);
        // Without an end it is text.
        assert_eq!(texts("---\ntitle: 甲\n修路。"), ["title: 甲", "修路。"]);
    }
}
