//! What became of an edition, and what differs.

use super::phrases::{bullets, not_theirs, store};
use crate::{
    admin::{Previewed, Refused},
    editions::{Diff, Published, Unpublished},
    replay,
};

pub(super) fn published(published: &Published) -> String {
    let Published {
        number,
        before,
        version,
        documents,
        passages,
        ..
    } = published;
    let mut parts = vec![format!(
        "第 {number} 版已生效（版本 {version}）。现在共 {documents} 份文件，{passages} 段。"
    )];
    parts.push(diff(&published.diff));
    parts.extend(replay::changed(&published.verdict));
    parts.extend(replay::worse(&published.verdict));
    if !published.warnings.is_empty() {
        let warnings: Vec<String> = published.warnings.iter().map(ToString::to_string).collect();
        let count = warnings.len();
        parts.push(format!(
            "有 {count} 处请留意（不影响使用）：\n{}",
            bullets(&warnings)
        ));
    }
    if *before > 0 {
        parts.push(format!("要回到原来的内容，请发送 /rollback {before}。"));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

pub(super) fn diff(diff: &Diff) -> String {
    let titles = |what: &str, titles: &[String]| {
        let titled: Vec<String> = titles.iter().map(|title| format!("《{title}》")).collect();
        (!titles.is_empty()).then(|| format!("{what} {} 份：\n{}", titles.len(), bullets(&titled)))
    };
    let names = |what: &str, names: &[String]| {
        (!names.is_empty()).then(|| format!("{what}：{}", some(names)))
    };
    let passages = (diff.passages_added + diff.passages_removed > 0).then(|| {
        format!(
            "新增 {} 段，删去 {} 段",
            diff.passages_added, diff.passages_removed
        )
    });
    let parts = [
        titles("新增文件", &diff.added),
        titles("改动文件", &diff.changed),
        titles("删去文件", &diff.removed),
        passages,
        names("新增用语", &diff.terms_added),
        names("删去用语", &diff.terms_removed),
        names("改动词表和设置", &diff.lists),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match parts.as_slice() {
        [] => "内容没有不同。".to_owned(),
        parts => parts.join("\n"),
    }
}

/// Names in a line, of which at most ten are shown.
fn some(names: &[String]) -> String {
    const SHOWN: usize = 10;
    let shown = names
        .iter()
        .take(SHOWN)
        .cloned()
        .collect::<Vec<_>>()
        .join("、");
    match names.len() > SHOWN {
        true => format!("{shown}等 {} 个", names.len()),
        false => shown,
    }
}

pub(super) fn unpublished(error: &Unpublished) -> String {
    match error {
        Unpublished::Same => "内容没有变化，不用改。".to_owned(),
        Unpublished::Open(error) => {
            format!("没有采用，仍在使用原来的内容。请改正下面的问题，然后再试一次：\n\n{error}")
        }
        Unpublished::Worse { verdict, draft } => {
            let list = replay::worse(verdict).unwrap_or_default();
            format!(
                "没有采用，仍在使用原来的内容。{list}\n\n已保存为草稿 {draft}。请修改后再试；如果确实应当这样，所有者可以说明理由让它生效：/confirm {draft} 理由"
            )
        }
        Unpublished::Both {
            input,
            edition,
            conflicts,
        } => both(input, edition, conflicts),
        Unpublished::Conflicts(files) => format!(
            "没有改动：下面的文件后来又改过，要先决定用哪一个：\n{}",
            bullets(files)
        ),
        Unpublished::NoSuchEdition(number) if *number <= 0 => "没有更早的一版。".to_owned(),
        Unpublished::NoSuchEdition(number) => {
            format!("没有第 {number} 版，或它已经不再保存（保存最近 50 版）。发送 /editions 查看。")
        }
        Unpublished::Word(problem) => format!("没有采用，这个词写得不对：{problem}"),
        Unpublished::NotTheirs(place) => not_theirs(place),
        Unpublished::Store(error) => store(error),
        Unpublished::Stopped => "已停止，什么都没有改动。".to_owned(),
        Unpublished::Fails(_) => {
            "新的内容不能检索，没有采用；仍在使用原来的内容。请看服务的日志。".to_owned()
        }
    }
}

/// What came of files that were put in, before they are live.
pub(super) fn previewed(
    draft: i64,
    by_another: bool,
    previews: &[Previewed],
    refused: &[Refused],
) -> String {
    // First: a chat may cut a long message.
    let mut parts = vec![match by_another {
        true => format!(
            "收到了，还没有生效。请核对；无误就请另一位编辑或所有者发送 /confirm {draft} 让它生效，不要请发送 /cancel {draft}。"
        ),
        false => format!(
            "收到了，还没有生效。核对无误请发送 /confirm {draft}，不要请发送 /cancel {draft}。"
        ),
    }];
    parts.extend(previews.iter().map(preview));
    if !refused.is_empty() {
        parts.push(not_converted(refused));
    }
    parts.join("\n\n")
}

fn preview(previewed: &Previewed) -> String {
    const SHOWN: usize = 10;
    /// Characters of a passage.
    const LONG: usize = 60;
    let Previewed {
        file,
        questions,
        replaces,
    } = previewed;
    // Rules are no document and have no passages.
    let mut told = match file.passages {
        0 => file.title.clone(),
        passages => format!("《{}》，共 {passages} 段", file.title),
    };
    if *replaces {
        told.push_str("（会替换现有的这份文件）");
    }
    for line in &file.report {
        told.push_str(&format!("\n{line}"));
    }
    if !file.preview.is_empty() {
        told.push_str("\n\n部分内容：");
    }
    for shown in file.preview.iter().take(SHOWN) {
        let text: String = shown.text.chars().take(LONG).collect();
        told.push_str(&format!(
            "\n· {}　{text}",
            shown.path.last().map_or("", String::as_str)
        ));
    }
    if !questions.is_empty() {
        told.push_str(&format!(
            "\n\n生效后能回答的问题，例如：\n{}",
            bullets(questions)
        ));
    }
    told
}

/// Files that could not be converted, and why.
pub(super) fn not_converted(refused: &[Refused]) -> String {
    let lines: Vec<String> = refused
        .iter()
        .map(|file| format!("{}：{}", file.label, file.why))
        .collect();
    format!("没有导入：\n{}", bullets(&lines))
}

fn both(input: &[String], edition: &[String], conflicts: &[String]) -> String {
    let mut told = format!(
        "文件夹和机器人里都改过，没有自动合并，请您选择。\n\n文件夹里：\n{}\n\n机器人里（上传、同义词、回退等）：\n{}\n\n",
        bullets(input),
        bullets(edition)
    );
    told.push_str("/reload 文件夹　改用文件夹里的，机器人里的改动不要\n");
    told.push_str("/reload 保留　　保留机器人里的，文件夹里的这次不要");
    if conflicts.is_empty() {
        told.push_str("\n/reload 合并　　两边的改动都要（改的不是同一个文件）");
    } else {
        told.push_str(&format!(
            "\n\n两边都改了、不能合并的文件：\n{}",
            bullets(conflicts)
        ));
    }
    told
}
