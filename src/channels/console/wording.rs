//! What the console says, in Simplified Chinese.

use super::trouble::Trouble;
use crate::{service::Refusal, staff::Role};

pub(super) const SEAL: &str = "问政";
pub(super) const CONSOLE: &str = "问政后台";
pub(super) const SKIP: &str = "跳到正文";
pub(super) const MENU: &str = "菜单";
pub(super) const GROUP_ASKED: &str = "大家在问";
pub(super) const GROUP_CONTENT: &str = "内容";
pub(super) const GROUP_OFFICE: &str = "办公室";
pub(super) const OVERVIEW: &str = "概览";
pub(super) const QUESTIONS: &str = "没答好的问题";
pub(super) const TICKETS: &str = "人工回答";
pub(super) const NO_TICKETS: &str = "现在没有开通：要让大家能留下问题，请在设置里写 admin.tickets = true，或者设置工作群（admin.staff_group）。";
pub(super) const TRY: &str = "试一试";
pub(super) const DOCUMENTS: &str = "文件";
pub(super) const IMPORT: &str = "导入文件";
pub(super) const WORDS: &str = "词语和问答";
pub(super) const PINS: &str = "固定问题";
pub(super) const EDITIONS: &str = "版本";
pub(super) const TEXTS: &str = "办公室文字";
pub(super) const NOTICES: &str = "公告";
pub(super) const PEOPLE: &str = "人员和登录";
pub(super) const AUDIT: &str = "操作记录";
pub(super) const SETTINGS: &str = "全部设置";
pub(super) const ME: &str = "我的登录";
pub(super) const SIGN_IN: &str = "登录";
pub(super) const SIGN_OUT: &str = "退出";
pub(super) const ENTER: &str = "进入后台";
pub(super) const NAME: &str = "用户名";
pub(super) const PASSWORD: &str = "密码";
pub(super) const CODE: &str = "动态码";
pub(super) const OTHER_WAYS: &str = "没有密码？在 Telegram 里私聊机器人发送 /console，会收到一次性登录链接；\
                                     也可以请管理服务器的人运行 wenzheng admin password 姓名 设置密码。";
pub(super) const WRONG: &str = "用户名、密码或动态码不对。";
pub(super) const NEEDS_CODE: &str = "请再输入密码和动态码。";
pub(super) const GO_ON: &str = "继续";
pub(super) const LINK_GONE: &str =
    "这个链接不对、已经用过或已过期（10 分钟内有效，只能用一次）。请重新要一个。";
pub(super) const NOT_FROM_HERE: &str = "这里没有网页。";
pub(super) const NO_CONSOLE: &str =
    "这里没有网页。（后台要先有一位所有者：请在服务器上运行 wenzheng admin invite --role owner）";
pub(super) const NO_STORE: &str =
    "现在没有可用的数据库，后台打不开；回答问题不受影响。恢复后会自动接上，原因请看服务的日志。";
pub(super) const INSECURE: &str = "这样打开不安全：密码和登录信息在路上会被人看到。请用 https:// 的地址打开（设置 http.public_url，见安装说明），\
                                  或在服务器本机上打开；确实只在内部网络使用时，可以设置 admin.plain_http = true。";
pub(super) const PLAIN_HTTP: &str =
    "注意：现在没有加密，同一网络里的人可能看到您的密码和操作。请尽快改用 https。";
pub(super) const SAVED_AS_DRAFT: &str =
    "这次改动没有生效，已存为草稿。所有者可以写明理由让它生效：";
pub(super) const REASON: &str = "理由";
pub(super) const INSIST: &str = "仍然生效";
pub(super) const CONFIRM: &str = "确认生效";
pub(super) const DROP: &str = "丢弃";
pub(super) const BACK: &str = "返回";
pub(super) const NO_DAY: &str = "日期看不懂，请写成 2026-11-30 这样，或者在日历里选。";
pub(super) const DAYS_TURNED: &str = "开始的日期在结束的日期之后，请调换或改正。";
pub(super) const NO_CHANNEL: &str = "没有这个渠道，请在列表里选。";
pub(super) const NO_ROLE: &str = "没有这个角色，请在列表里选。";
pub(super) const NO_STATE: &str = "没有这个状态，请在列表里选。";
pub(super) const NO_PAGE: &str = "网址里的页码看不懂，请从第一页看起。";
pub(super) const NO_FILTER: &str = "网址里的筛选条件看不懂。请打开后台，从菜单进入这一页再选。";

/// Why a page is not shown.
pub(super) fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::NotFound => "没有这个页面，可能已经被删去。".to_owned(),
        Trouble::Needs(role) => format!("这一页要{}才能看或修改。", role.called()),
        Trouble::Forged => "这个请求不是从后台的页面发出的，或者页面打开得太久了。请返回、刷新页面后再试一次；什么都没有改动。".to_owned(),
        Trouble::Unreadable => "表单没有填完整，什么都没有改动。请返回检查后再提交。".to_owned(),
        Trouble::Unfiltered => NO_FILTER.to_owned(),
        Trouble::Refused(Refusal::Busy) => "现在请求太多，请过几秒再试。".to_owned(),
        Trouble::Refused(Refusal::TooFast { .. }) => "操作太快了，请过一会儿再试。".to_owned(),
        Trouble::Refused(_) => "没有做成：数据库没有回应。请稍后再试，原因请看服务的日志。".to_owned(),
        Trouble::NoStore => NO_STORE.to_owned(),
    }
}

/// How many things owners should hear of.
pub(super) fn alerts(number: usize) -> String {
    format!("{number} 条提醒")
}

pub(super) fn wait(seconds: u64) -> String {
    format!("错误的次数太多，请等 {seconds} 秒后再试。")
}

pub(super) fn sign_in_as(name: &str) -> String {
    format!("您将以“{name}”的身份进入后台。")
}

pub(super) fn join_as(name: &str, role: Role, places: &[String]) -> String {
    let places = match places {
        [] => "所有地方".to_owned(),
        places => places.join("、"),
    };
    format!(
        "您将成为{}“{name}”（{places}），并进入后台。请接着在“{ME}”里设置密码，下次就能用密码登录。",
        role.called()
    )
}
