//! Fields of policy documents: 办理地点：县政务大厅, as a line of text or as the row of a table with two columns.

use wenzheng_text::Pattern;

use crate::{
    facet::{Facet, bare_label},
    model::BlockKind,
};

/// A label at the start of a line, with its colon.
static LABEL: Pattern = Pattern::new(
    "^(?:(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）、.．]|[①-⑳])\\s*)?(?:【[^】：:]{2,16}】[：:]?|[\\p{Han}（）()、/]{2,16}\\s*[：:])",
);
/// What introduces the text below it and labels nothing, or addresses somebody.
static INTRODUCES: Pattern = Pattern::new(
    "(?:如下|下列|以下|包括|各位|通知|规定|决定|明确|有关事项|注|备注|说明|附|附件|附表|问|答|主送|抄送|单位|政府|局|委员会|办公室|同志|指出|要求|强调|表示)[：:]$",
);
/// The number of a line.
static NUMBER: Pattern = Pattern::new(
    "^(?:([0-9]{1,3}[、.．])|([（(][0-9]{1,3}[)）])|([一二三四五六七八九十]{1,3}[、.．])|([（(][一二三四五六七八九十]{1,3}[)）])|([①-⑳])|([0-9]{1,3}[)）]))",
);
/// Names of columns that only say that labels and their values follow.
const HEADS: [&str; 16] = [
    "项目",
    "事项",
    "栏目",
    "名称",
    "内容",
    "要素",
    "字段",
    "类别",
    "说明",
    "具体内容",
    "内容说明",
    "要求",
    "办事要素",
    "信息项",
    "指南要素",
    "详细内容",
];
/// A table of fields has labels that are known in so many of its rows.
const KNOWN: f32 = 0.5;

/// How a line is numbered; 0 without a number.
pub(super) type Style = usize;

/// The style of the number that `text` begins with.
pub(super) fn style(text: &str) -> Style {
    let Some(found) = NUMBER.captures(text) else {
        return 0;
    };
    let groups = (1..=6).filter(|n| found.get(*n).is_some());
    groups.into_iter().next().unwrap_or(0)
}

/// Length in bytes of the label that `text` begins with, its colon included; 0 for none.
pub(super) fn length(text: &str) -> usize {
    let Some(found) = LABEL.find_iter(text).next() else {
        return 0;
    };
    let label = found.as_str();
    let known = Facet::of_label(label).is_some();
    if !known && INTRODUCES.is_match(label) {
        return 0;
    }
    found.end()
}

/// What a label is called where it is cited: 办理材料 of （二）办理材料：.
pub(super) fn name(label: &str) -> String {
    bare_label(label)
}

/// True for the table of two columns that `rows`, all of its rows, are: labels and their values.
pub(super) fn is_table_of_fields(rows: &[&BlockKind]) -> bool {
    let (mut known, mut all) = (0.0_f32, 0.0_f32);
    for row in rows {
        let BlockKind::TableRow { header, cells } = row else {
            return false;
        };
        if header.len() != 2 {
            return false;
        }
        all += 1.0;
        known += f32::from(u8::from(Facet::of_label(&cells[0]).is_some()));
    }
    all > 0.0 && known / all >= KNOWN
}

/// True for a head that is itself a label and its value.
pub(super) fn is_field(header: &[String]) -> bool {
    let [label, value] = header else { return false };
    let (label, value) = (bare_label(label), bare_label(value));
    !value.is_empty() && !HEADS.contains(&label.as_str()) && Facet::of_label(&label).is_some()
        || (label == "名称" || label == "事项" || label == "项目")
            && !value.is_empty()
            && !HEADS.contains(&value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_ends_at_its_colon() {
        for (text, label) in [
            ("办理地点：县政务大厅", "办理地点："),
            ("3.办理时限: 5个工作日", "3.办理时限:"),
            ("（二）申请材料：身份证", "（二）申请材料："),
            ("【咨询电话】0000-1234567", "【咨询电话】"),
            ("主管部门（咨询）：县民政局", "主管部门（咨询）："),
        ] {
            assert_eq!(&text[..length(text)], label, "{text}");
        }
        for text in [
            "现将有关事项通知如下：",
            "各乡镇人民政府：",
            "注：以上标准自1月1日起执行。",
            "县民政局负责，电话：0000-1234567",
            "2025年1月1日：开始",
        ] {
            assert_eq!(length(text), 0, "{text}");
        }
    }

    #[test]
    fn numbers_have_a_style() {
        let styles = [
            "1.甲",
            "（1）甲",
            "一、甲",
            "（一）甲",
            "①甲",
            "1）甲",
            "甲",
        ]
        .map(style);
        assert_eq!(styles, [1, 2, 3, 4, 5, 6, 0]);
    }

    #[test]
    fn a_table_of_labels_is_told_from_a_table_of_data() {
        let row = |header: [&str; 2], cells: [&str; 2]| BlockKind::TableRow {
            header: header.map(str::to_owned).to_vec(),
            cells: cells.map(str::to_owned).to_vec(),
        };
        let fields = [
            row(["事项名称", "残疾人证办理"], ["办理地点", "政务大厅"]),
            row(["事项名称", "残疾人证办理"], ["咨询电话", "0000-1234567"]),
            row(["事项名称", "残疾人证办理"], ["备注", "周末不办"]),
        ];
        assert!(is_table_of_fields(&fields.iter().collect::<Vec<_>>()));
        let data = [
            row(["类别", "标准"], ["城市低保", "730元"]),
            row(["类别", "标准"], ["农村低保", "5500元"]),
        ];
        assert!(!is_table_of_fields(&data.iter().collect::<Vec<_>>()));
        let head = |label: &str, value: &str| is_field(&[label.to_owned(), value.to_owned()]);
        assert!(head("事项名称", "残疾人证办理") && head("名称", "残疾人证办理"));
        assert!(!head("项目", "内容") && !head("", ""));
    }
}
