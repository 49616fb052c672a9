//! What several replies say alike.

use wenzheng_store::StoreError;

/// A list, a line each, of which at most ten are shown.
pub(super) fn bullets(items: &[String]) -> String {
    const SHOWN: usize = 10;
    let mut lines: Vec<String> = items
        .iter()
        .take(SHOWN)
        .map(|it| format!("· {it}"))
        .collect();
    if items.len() > SHOWN {
        lines.push(format!("……还有 {} 个", items.len() - SHOWN));
    }
    lines.join("\n")
}

/// A change that is beyond their places.
pub(super) fn not_theirs(place: &str) -> String {
    match place {
        "" => "这会影响所有地方，超出了您的权限。请由不限地方的编辑或所有者来做。".to_owned(),
        place => format!("这会影响{place}，超出了您的权限。请由管{place}的编辑或所有者来做。"),
    }
}

/// The store refuses, or somebody was faster.
pub(super) fn store(error: &StoreError) -> String {
    match error {
        StoreError::Outrun { .. } => format!("{error}。"),
        _ => format!("没有成功：{error}。什么都没有改动，回答问题不受影响。"),
    }
}
