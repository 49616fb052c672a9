//! Finds who gives the report: office and name, on one line or on two.

use wenzheng_text::{Pattern, han::is_han};

use crate::{paragraph::chars, titles::is_title};

/// 通渭县人民政府县长, 市长黎子流, 国务院副总理兼财政部长 李先念. The office, then the name.
static OFFICE: Pattern = Pattern::new(
    "^([^，。：《》“”]{0,20}(?:省长|市长|县长|区长|州长|旗长|盟长|镇长|乡长|专员|主席|总理|部长|主任))[ \u{3000}]*([^，。：、]{0,16})$",
);
/// 市  长
static SPACED: Pattern = Pattern::new("([省市县区州旗盟镇乡])[ \u{3000}]+长");
/// Longest line, in chars.
const LINE: usize = 36;
/// Short lines of a first page that are no names.
const NO_NAMES: [&str; 10] = [
    "目录", "全文", "正文", "前言", "附件", "附录", "附注", "注释", "报告", "印发",
];

/// Office and name as the lines before the address give them; empty if they do not.
pub(crate) fn find(preamble: &[&str]) -> String {
    // 市  长   王小明
    let lines = preamble
        .iter()
        .map(|line| SPACED.replace_all(bare(line), "$1长"));
    let lines: Vec<_> = lines.collect();
    let lines: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
    for (n, line) in lines.iter().enumerate() {
        let Some((office, name)) = office_and_name(line) else {
            continue;
        };
        if !name.is_empty() {
            let space = if line.contains(char::is_whitespace) {
                " "
            } else {
                ""
            };
            return format!("{office}{space}{}", joined(name));
        }
        if let Some(name) = lines.get(n + 1).filter(|next| is_name(next)) {
            return format!("{office} {}", joined(name));
        }
    }
    let names = lines.iter().filter(|line| is_plain_name(line));
    names.map(|name| joined(name)).next().unwrap_or_default()
}

/// True for a line that names the speaker's office, with or without the name: 市长黎子流.
pub(crate) fn is_office(line: &str) -> bool {
    office_and_name(bare(line)).is_some()
}

/// True for a line that may be the name below an office: 王小明, 袁 周, 司马义·铁力瓦尔地.
pub(crate) fn is_name(line: &str) -> bool {
    let name = joined(bare(line));
    let length = if name.contains('·') { 3..=16 } else { 2..=4 };
    length.contains(&chars(&name))
        && name.chars().all(|c| is_han(c) || c == '·')
        && !NO_NAMES.contains(&name.as_str())
}

/// True for a name that needs no office above it; four characters may be a heading (工作回顾).
fn is_plain_name(line: &str) -> bool {
    is_name(line) && !OFFICE.is_match(line) && (line.contains('·') || chars(&joined(line)) <= 3)
}

fn bare(line: &str) -> &str {
    line.trim_matches(['（', '）', '(', ')', '—', '―', '-', ' ', '\u{3000}'])
}

/// 袁 周 as 袁周.
fn joined(name: &str) -> String {
    name.split_whitespace().collect()
}

fn office_and_name(line: &str) -> Option<(&str, &str)> {
    if chars(line) > LINE || is_title(line) || line.contains("作政府工作报告") {
        return None;
    }
    let found = OFFICE.captures(line)?;
    let (office, name) = (found.get(1)?.as_str(), found.get(2)?.as_str());
    (name.is_empty() || is_name(name)).then_some((office, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn office_and_name_stand_on_one_line_or_on_two() {
        for (lines, speaker) in [
            (&["青禾市市长 王小明"][..], "青禾市市长 王小明"),
            (&["青禾市市长", "王小明"], "青禾市市长 王小明"),
            (&["市长", "袁　周"], "市长 袁周"),
            (&["市长黎子流"], "市长黎子流"),
            (&["市  长   王 明"], "市长 王明"),
            (&["市委副书记、市长 王小明"], "市委副书记、市长 王小明"),
            (&["——2021年12月7日在定西市会议上", "汪尚学"], "汪尚学"),
            (
                &["自治区主席 司马义·铁力瓦尔地"],
                "自治区主席 司马义·铁力瓦尔地",
            ),
            (
                &["西安市人民政府", "此件公开发布", "西安市市长 叶某某"],
                "西安市市长 叶某某",
            ),
            (
                &["做强做大 更快更好", "青禾市市长 王小明"],
                "青禾市市长 王小明",
            ),
        ] {
            assert_eq!(find(lines), speaker);
        }
    }

    #[test]
    fn captions_and_contents_are_no_speakers() {
        for lines in [
            &["市长王小明作政府工作报告"][..],
            &["目录", "工作回顾", "重点工作"],
            &["市长"],
            &["青禾市人民政府"],
        ] {
            assert_eq!(find(lines), "", "{lines:?}");
        }
    }
}
