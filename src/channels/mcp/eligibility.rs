//! What the tool `check_eligibility` says of names that it does not know.

use crate::assistant::Snapshot;

/// That nothing is called so, with what there is.
pub(super) fn unknown(snapshot: &Snapshot) -> String {
    let benefits = snapshot.rules().benefits().iter();
    let names: Vec<&str> = benefits.map(|benefit| benefit.rules.benefit()).collect();
    match names.as_slice() {
        [] => "收录的文件都没有写成规则，不能逐条核对。可以用 ask_policy 查文件写的条件".to_owned(),
        names => format!("没有这项待遇的规则。可以核对的有：{}", names.join("、")),
    }
}
