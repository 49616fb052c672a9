//! `wenzheng import`: turns a report as it was found into a corpus file.

use std::{
    io::{Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use clap::Args;

mod folder;
mod folders;

use self::folders::Folders;
use crate::corpus::{
    self, BlockKind, DocumentKind, Period,
    import::{Certainty, Imported, Options, import},
};

/// Bytes read of one file; `import` refuses what is longer.
const MOST: u64 = 65 * 1024 * 1024;

/// Arguments of `wenzheng import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// 报告文件（TXT、Markdown、HTML、DOCX、PDF、JSONL）或文件夹；- 表示从标准输入读
    file: PathBuf,
    /// 地名，例如 通渭县（不写就从报告里认）
    #[arg(long)]
    place: Option<String>,
    /// 安排工作的年份，例如 2024（不写就从报告里认）
    #[arg(long)]
    year: Option<i32>,
    /// 文本的来源，例如网址
    #[arg(long)]
    source: Option<String>,
    /// 写到哪个文件或文件夹
    #[arg(long, default_value = "corpus", value_name = "FILE|DIR")]
    out: PathBuf,
    /// 覆盖已有的文件
    #[arg(long)]
    force: bool,
}

/// Imports one file, or every file of a folder, and prints what was recognised, restored and left
/// out.
///
/// # Errors
/// When the file cannot be read, names neither place nor year, or must not be overwritten. In a
/// folder such files are listed, and the others are imported.
#[expect(clippy::print_stdout, reason = "the command's output")]
pub fn run(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    if args.file.is_dir() {
        return folder::run(args);
    }
    let ready = recognise(args, &args.file, &args.file)?;
    let out = destination(&args.out, &ready, &mut Folders::below(&args.out));
    write(args, &out, &ready.text)?;
    println!("已写入 {}\n\n{}", out.display(), ready.report);
    Ok(ExitCode::SUCCESS)
}

/// A report that is ready to be written.
struct Ready {
    place: String,
    /// `2024-work-report.md`
    name: String,
    /// The corpus file.
    text: String,
    /// What the administrator should know.
    report: String,
}

/// Imports `file`, which `shown` names to the importer.
fn recognise(args: &ImportArgs, file: &Path, shown: &Path) -> anyhow::Result<Ready> {
    let bytes = read(file)?;
    let options = Options {
        place: args.place.clone(),
        year: args.year,
        source: args.source.clone(),
        file: Some(shown.to_owned()).filter(|file| file.as_os_str() != "-"),
    };
    let imported =
        import(&bytes, &options).with_context(|| format!("无法导入 {}", file.display()))?;
    let kind = match imported.meta.kind {
        DocumentKind::WorkReport => "work-report",
        DocumentKind::Faq => "faq",
    };
    Ok(Ready {
        name: format!("{}-{kind}.md", imported.meta.year),
        report: report(&imported),
        place: imported.meta.place,
        text: imported.text,
    })
}

/// Writes a corpus file that may be overwritten only by `--force`.
fn write(args: &ImportArgs, out: &Path, text: &str) -> anyhow::Result<()> {
    if !args.force && out.exists() {
        bail!("{} 已经存在，没有改动它；要覆盖请加 --force", out.display());
    }
    write_whole(out, text)
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = if file.as_os_str() == "-" {
        std::io::stdin().take(MOST).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(MOST).read_to_end(&mut bytes))
    };
    read.with_context(|| format!("读不了 {}", file.display()))?;
    Ok(bytes)
}

/// `out` itself when it names a `.md` file, else a file of its own below that folder:
/// `corpus/tongwei/2024-work-report.md`.
fn destination(out: &Path, ready: &Ready, folders: &mut Folders) -> PathBuf {
    if out.extension().is_some_and(|extension| extension == "md") && !out.is_dir() {
        return out.to_owned();
    }
    folders.of(&ready.place).join(&ready.name)
}

/// Writes a file beside its final place and renames it, so that nobody reads half a report.
fn write_whole(out: &Path, text: &str) -> anyhow::Result<()> {
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let context = || format!("写不了 {}", out.display());
    std::fs::create_dir_all(folder).with_context(context)?;
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    let part = folder.join(format!(".{name}.{}.part", std::process::id()));
    let written = std::fs::File::create(&part).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    let moved = written.and_then(|()| std::fs::rename(&part, out));
    if moved.is_err() {
        // The error that is told is the first one.
        let _ = std::fs::remove_file(&part);
    }
    moved.with_context(context)
}

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
        let shown = left_out.map(|l| format!("  原文第 {} 行：{}", l.line, l.text));
        lines.extend(first_of(shown));
    }
    lines.join("\n")
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

    #[test]
    fn the_report_tells_what_was_recognised_restored_and_left_out() {
        let raw = include_bytes!("../../tests/fixtures/seed/raw.txt");
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

    #[test]
    fn a_folder_gets_a_file_named_for_place_and_year() {
        let ready = Ready {
            place: "通渭县".to_owned(),
            name: "2025-work-report.md".to_owned(),
            text: String::new(),
            report: String::new(),
        };
        let destination = |out: &str| {
            let out = Path::new(out);
            destination(out, &ready, &mut Folders::below(out))
        };
        assert_eq!(
            destination("corpus"),
            Path::new("corpus/tongwei/2025-work-report.md")
        );
        assert_eq!(destination("a.md"), Path::new("a.md"));
    }
}
