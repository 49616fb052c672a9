//! What an import recognised, restored and left out, for people to read.

use super::{at::At, periods};
use crate::corpus::{
    BlockKind, Period,
    import::{Certainty, Imported},
};

/// What was recognised, then `warnings`, what was restored and what was left out; empty lines between them.
#[must_use]
pub fn lines(imported: &Imported, periods: &[(Period, usize)], warnings: &[String]) -> Vec<String> {
    let mut lines = recognised(imported, periods);
    lines.push(String::new());
    lines.extend_from_slice(warnings);
    lines.extend(mends(imported));
    if !imported.left_out.is_empty() {
        lines.push(String::new());
        lines.push("没有收入的内容：".to_owned());
        let left_out = imported.left_out.iter();
        let shown = left_out.map(|left_out| {
            let at = At::of(left_out.line, imported.encoding).told();
            format!("  原文{at}：{}", left_out.text)
        });
        lines.extend(first_of(shown));
    }
    lines
}

/// Lines of one kind that a report shows.
const SHOWN: usize = 200;

/// The first of `lines`, and how many there are besides.
fn first_of(mut lines: impl ExactSizeIterator<Item = String>) -> Vec<String> {
    let mut shown: Vec<String> = lines.by_ref().take(SHOWN).collect();
    if lines.len() > 0 {
        shown.push(format!("  ……另有 {} 处，没有列出", lines.len()));
    }
    shown
}

fn recognised(imported: &Imported, periods: &[(Period, usize)]) -> Vec<String> {
    let meta = &imported.meta;
    let or_missing = |value: String| {
        if value.is_empty() {
            "没有认出".to_owned()
        } else {
            value
        }
    };
    let date = meta
        .delivered_on
        .map(|date| date.to_string())
        .unwrap_or_default();
    let count =
        |wanted: fn(&BlockKind) -> bool| imported.blocks.iter().filter(|b| wanted(b)).count();
    let parts = count(|block| matches!(block, BlockKind::Heading { level: 1, .. }));
    let sections = count(|block| matches!(block, BlockKind::Heading { level: 2.., .. }));
    let leads = count(|block| matches!(block, BlockKind::Paragraph { lead: 1.., .. }));
    let items = count(|block| matches!(block, BlockKind::LivelihoodItem { .. }));
    let entries = count(|block| matches!(block, BlockKind::Entry { .. }));
    let year = meta.year.map(|year| year.to_string());
    let mut lines = vec![format!("标题：{}", meta.title)];
    lines.extend(match meta.years() {
        Some(years) => vec![
            format!("地方：{}　发布：{}", meta.place, meta.issuer),
            format!("年份：{}（回顾 {} 年）", years.plan, years.review),
            format!("日期：{}", or_missing(date)),
            format!("报告人：{}", or_missing(meta.speaker.clone())),
        ],
        None => vec![
            "种类：文件（不是政府工作报告，不分回顾和计划）".to_owned(),
            format!("地方：{}", or_missing(meta.place.clone())),
            format!("年份：{}", or_missing(year.unwrap_or_default())),
        ],
    });
    lines.extend([
        format!("来源：{}", or_missing(meta.source.clone())),
        format!("编码：{}", imported.encoding),
        format!(
            "部分 {parts} 个，章节 {sections} 个，带主题句的段落 {leads} 个，民生实事 {items} 件，用语 {entries} 条"
        ),
        format!("时期：{}", periods::line(periods)),
    ]);
    lines
}

fn mends(imported: &Imported) -> Vec<String> {
    let of = |wanted: Certainty| {
        let mends = imported
            .mends
            .iter()
            .filter(move |mend| mend.certainty == wanted);
        mends.map(|mend| {
            format!(
                "  第 {} 行（原文第 {} 行）：…{}【{} → {}】",
                mend.line, mend.source_line, mend.context, mend.before, mend.after
            )
        })
    };
    let mut lines = Vec::new();
    for (certainty, heading) in [
        (
            Certainty::Lost,
            "无法确定的乱码，已用 □ 标出，请对照原件补上",
        ),
        (Certainty::Chosen, "按词典修复的乱码，请核对"),
        (Certainty::Certain, "按字节修复的乱码"),
    ] {
        let of = of(certainty).collect::<Vec<_>>();
        if !of.is_empty() {
            lines.push(format!("{heading}（{} 处）", of.len()));
            lines.extend(first_of(of.into_iter()));
        }
    }
    if lines.is_empty() {
        lines.push("没有发现乱码".to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::import::{Options, import},
        intake::{count, read_back},
    };

    #[test]
    fn the_report_tells_what_was_recognised_restored_and_left_out() {
        let raw = include_bytes!("../../tests/fixtures/seed/raw.txt");
        let imported = import(raw, &Options::default()).expect("the text names place and year");
        let periods = count(read_back(&imported).as_ref());
        insta::assert_snapshot!(lines(&imported, &periods, &[]).join("\n"));
    }
}
