//! The reply to a reload.

use crate::{
    assistant::{OpenError, Reloaded},
    corpus::Problem,
};

/// The reply to `/reload`.
#[must_use]
pub fn reload(outcome: &Result<Reloaded, OpenError>) -> String {
    match outcome {
        Ok(report) => reloaded(report),
        Err(error) => not_reloaded(error),
    }
}

/// After a successful `/reload`.
#[must_use]
fn reloaded(reloaded: &Reloaded) -> String {
    let Reloaded {
        before,
        version,
        documents,
        passages,
        added,
        removed,
        warnings,
    } = reloaded;
    let mut report = if before == version {
        format!("已重新加载，内容没有变化（版本 {version}）。")
    } else {
        format!("已重新加载：新增 {added} 段，删去 {removed} 段（版本 {before} → {version}）。")
    };
    report.push_str(&format!("\n现在共 {documents} 份报告，{passages} 段。"));
    if !warnings.is_empty() {
        report.push_str(&format!(
            "\n\n有 {} 处请留意（不影响使用）：\n{}",
            warnings.len(),
            lines(warnings)
        ));
    }
    report
}

/// After a failed `/reload`: every problem with file and line.
#[must_use]
fn not_reloaded(error: &OpenError) -> String {
    format!("没有加载，仍在使用原来的报告。请改正下面的问题，然后再加载一次：\n\n{error}")
}

fn lines(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}
