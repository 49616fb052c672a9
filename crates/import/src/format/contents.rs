//! Recognises tables of contents, which repeat the headings with the numbers of pages.

use wenzheng_text::Pattern;

use crate::{
    paragraph::{Row, chars},
    split::Split,
};

/// 一、2024年工作回顾……1
static ENTRY: Pattern = Pattern::new(r"(?:…+|\.{3,}|·{3,}|-{3,}|_{3,})\s*[（(]?[0-9]{1,3}[）)]?$");
/// Longest line of a table of contents, in chars.
const LONGEST: usize = 80;
/// The heading stands among the first so many paragraphs.
const FIRST: usize = 60;

/// Leaves out the lines of a table of contents: those that end in the number of a page, and below a
/// line 目录 those that stand in the text once more.
pub(super) fn leave_out(split: &mut Split) {
    if split.faq.is_some() {
        return;
    }
    let texts: Vec<&str> = split.paragraphs.iter().map(|p| p.text.as_str()).collect();
    let heading = texts.iter().take(FIRST).position(|text| is_heading(text));
    let is_row = |at: usize| split.paragraphs[at].mark.row != Row::None;
    let entries: Vec<bool> = (0..texts.len())
        .map(|at| !is_row(at) && (is_entry(texts[at]) || is_aligned(&texts, at)))
        .collect();
    // One such line may be anything.
    let many = entries.iter().filter(|entry| **entry).count() >= 2;
    let mut drop = entries;
    if !many {
        drop.fill(false);
    }
    if let Some(heading) = heading {
        let mut at = heading + 1;
        while at < texts.len() && (drop[at] || is_repeated(&texts, at)) {
            drop[at] = true;
            at += 1;
        }
        drop[heading] = at > heading + 1;
    }
    if !drop.contains(&true) {
        return;
    }
    let paragraphs = std::mem::take(&mut split.paragraphs);
    for (paragraph, drop) in paragraphs.into_iter().zip(drop) {
        if drop {
            split.leave_out(paragraph.line, &paragraph.text);
        } else {
            split.paragraphs.push(paragraph);
        }
    }
}

fn is_heading(text: &str) -> bool {
    matches!(
        text.replace([' ', '\u{3000}', '\t'], "").as_str(),
        "目录" | "目錄"
    )
}

fn is_entry(text: &str) -> bool {
    chars(text) <= LONGEST && ENTRY.is_match(text) && !text.is_ascii()
}

/// True for a heading, a gap and a number: a row of figures is not said again.
fn is_aligned(texts: &[&str], at: usize) -> bool {
    let number = texts[at].rsplit('\t').next().unwrap_or_default();
    texts[at].contains('\t')
        && (1..=3).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && is_repeated(texts, at)
}

/// True for a short line that begins another paragraph further down.
fn is_repeated(texts: &[&str], at: usize) -> bool {
    let name = texts[at].trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    let again = |text: &&str| text.starts_with(name);
    (2..=LONGEST).contains(&chars(name)) && texts[at + 1..].iter().any(again)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paragraph::Mark;

    fn kept(lines: &[&str]) -> Vec<String> {
        let mut split = Split::default();
        for (n, line) in lines.iter().enumerate() {
            split.add(n + 1, line, Mark::default());
        }
        leave_out(&mut split);
        assert_eq!(split.paragraphs.len() + split.left_out.len(), lines.len());
        split.paragraphs.into_iter().map(|p| p.text).collect()
    }

    #[test]
    fn contents_are_left_out_and_headings_stay() {
        let report = [
            "一、2024年工作回顾",
            "完成了任务。",
            "二、2025年工作安排",
            "加快建设。",
        ];
        let mut lines = vec![
            "某县政府工作报告",
            "目 录",
            "一、2024年工作回顾\t1",
            "二、2025年工作安排……6",
        ];
        lines.extend(report);
        assert_eq!(kept(&lines)[1..], report);
        let mut lines = vec!["目录", "一、2024年工作回顾", "二、2025年工作安排"];
        lines.extend(report);
        assert_eq!(kept(&lines), report);
    }

    #[test]
    fn lines_that_only_end_in_a_figure_stay() {
        let lines = [
            "新建公路……120",
            "编入目录",
            "城市低保\t730元",
            "合计\t3",
            "津贴\t96",
        ];
        assert_eq!(kept(&lines[1..]).len(), 4);
        assert_eq!(kept(&lines[..3]).len(), 3);
    }
}
