//! What the administration socket says to people.

use std::path::Path;

use super::protocol::ErrorName;

pub(super) fn refused(error: ErrorName) -> &'static str {
    match error {
        ErrorName::NotAllowed => "只有启动服务的用户或 root 可以这样做，请换成那个用户再运行。",
        ErrorName::UnknownVersion | ErrorName::UnknownCommand => {
            "正在运行的服务和这个程序的版本不同，请用同一个版本，或重启服务。"
        }
        ErrorName::BadRequest => "请求的格式不对。",
        ErrorName::Failed | ErrorName::Other => "没有成功，请看服务的日志。",
    }
}

pub(super) fn no_server(data: &Path) -> String {
    format!(
        "没有找到正在运行的服务（数据文件夹 {}）。\n\
         如果服务没有启动，请运行 wenzheng serve；启动时会读入最新的报告，不必再加载。\n\
         如果服务正在运行，它用的是别的数据文件夹：请到启动服务的文件夹里运行，或用 --config 指定服务所用的设置文件。",
        data.display()
    )
}

pub(super) fn not_permitted(data: &Path) -> String {
    format!(
        "没有权限联系正在运行的服务（数据文件夹 {}）：服务由另一个用户启动。请换成那个用户再运行，例如 sudo -u 用户名 wenzheng reload。",
        data.display()
    )
}

pub(super) const BROKEN: &str = "服务没有答复就断开了，可能正在停止。请稍后再试，或看服务的日志。";

pub(super) const NO_SUCH_COMMAND: &str = "没有这个命令。运行 wenzheng admin 看有哪些命令。";
