//! What an import recognised, restored and left out, for people to read.

use crate::corpus::{
    self, BlockKind, Period,
    import::{Certainty, Imported},
};

/// What the administrator should know, for people to read.
#[must_use]
pub fn report(imported: &Imported) -> String {
    let mut lines = recognised(imported);
    lines.push(String::new());
    lines.extend(doubts(imported));
    lines.extend(mends(imported));
    if !imported.left_out.is_empty() {
        lines.push(String::new());
        lines.push("没有收入的内容：".to_owned());
        let left_out = imported.left_out.iter();
        let unit = unit(imported.encoding);
        let shown = left_out.map(|l| format!("  原文第 {} {unit}：{}", l.line, l.text));
        lines.extend(first_of(shown));
    }
    lines.join("\n")
}

/// What the lines of a file are where it has none.
fn unit(format: &str) -> &'static str {
    match format {
        "PDF" => "页",
        "DOCX" => "段",
        _ => "行",
    }
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

fn recognised(imported: &Imported) -> Vec<String> {
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
    vec![
        format!("标题：{}", meta.title),
        format!("地方：{}　发布：{}", meta.place, meta.issuer),
        format!("年份：{}（回顾 {} 年）", meta.year, meta.review_year),
        format!("日期：{}", or_missing(date)),
        format!("报告人：{}", or_missing(meta.speaker.clone())),
        format!("来源：{}", or_missing(meta.source.clone())),
        format!("编码：{}", imported.encoding),
        format!(
            "部分 {parts} 个，章节 {sections} 个，带主题句的段落 {leads} 个，民生实事 {items} 件，用语 {entries} 条"
        ),
        format!("时期：{}", periods(imported)),
    ]
}

/// How many passages speak of which time.
fn periods(imported: &Imported) -> String {
    let Ok(loaded) = corpus::load_texts(&[("imported.md", &imported.text)]) else {
        return "没有正文".to_owned();
    };
    let mut counts: Vec<(Period, usize)> = Vec::new();
    for passage in loaded.corpus.documents.iter().flat_map(|d| &d.passages) {
        match counts
            .iter_mut()
            .find(|(period, _)| *period == passage.period)
        {
            Some((_, count)) => *count += 1,
            None => counts.push((passage.period, 1)),
        }
    }
    let name = |period: Period| match period {
        Period::Done(year) => format!("回顾 {year} 年"),
        Period::Planned(year) => format!("安排 {year} 年"),
        Period::Assessment => "困难和问题".to_owned(),
        Period::Undated => "不分时期".to_owned(),
    };
    let counts = counts
        .into_iter()
        .map(|(period, count)| format!("{} {count} 段", name(period)));
    counts.collect::<Vec<_>>().join("，")
}

/// What the administrator should look at in the front matter.
fn doubts(imported: &Imported) -> Vec<String> {
    let title = imported.wrong_title.iter().map(|title| {
        format!(
            "文件里的标题是“{title}”，与正文说的年份不符，已改为“{}”，请核对",
            imported.meta.title
        )
    });
    title.collect()
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
    use crate::corpus::import::{Options, import};

    #[test]
    fn the_report_tells_what_was_recognised_restored_and_left_out() {
        let raw = include_bytes!("../../../tests/fixtures/seed/raw.txt");
        let imported = import(raw, &Options::default()).expect("the text names place and year");
        insta::assert_snapshot!(report(&imported));
    }

    #[test]
    fn a_title_of_another_year_is_put_right_and_told() {
        let raw = "2022年某市政府工作报告\n——2022年12月13日在某市第五届人民代表大会第二次会议上\n各位代表：\n2022年工作回顾\n完成了任务。\n2023年重点任务\n加快建设。\n";
        let imported = import(raw.as_bytes(), &Options::default()).expect("both are named");
        assert_eq!(imported.meta.title, "2023年某市政府工作报告");
        assert!(report(&imported).contains("文件里的标题是“2022年某市政府工作报告”"));
    }
}
