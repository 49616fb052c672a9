//! The texts of the web page, in plain, polite Simplified Chinese.

use serde::Serialize;
use time::Date;

use crate::{
    answer::Sources,
    assistant::Snapshot,
    channels::wording,
    corpus::{DocumentKind, Meta},
};

/// Name of the product.
pub(super) const NAME: &str = "问政";
/// What those are told for whom there is no place.
pub(super) const CROWDED: &str = "现在访问的人太多，请过一会儿再试。\n";
/// First link of every page, for keyboards and screen readers.
pub(super) const SKIP: &str = "跳到正文";
/// Heading of the empty chat, in the pieces it may be broken into.
pub(super) const WELCOME: [&str; 2] = ["政府今年要办什么，", "问一句就知道"];
/// Below it.
pub(super) const PROMISE: &str =
    "用自己的话问，回答都是政府工作报告的原文，注明出处，标清是已经完成的还是计划要做的。";
/// Label of the question field.
pub(super) const FIELD: &str = "您的问题";
/// In the empty question field.
pub(super) const PLACEHOLDER: &str = "说说您想了解的事";
/// Sends the question.
pub(super) const SEND: &str = "提问";
/// Above the example questions.
pub(super) const EXAMPLES: &str = "可以这样问";
/// Name of the region that holds the conversation.
pub(super) const CONVERSATION: &str = "问答记录";
/// Empties the conversation.
pub(super) const CLEAR: &str = "清空对话";
/// Before it: where the conversation is.
pub(super) const fn kept_here(days: Option<u32>) -> &'static str {
    match days {
        None => "对话只保存在您自己的浏览器里。",
        Some(_) => "显示的对话保存在您自己的浏览器里。",
    }
}
/// Below the question field: what else is kept.
pub(super) fn kept(days: u32) -> String {
    format!(
        "为了改进回答，您的问题去掉手机号、身份证号和银行卡号以后保存 {days} 天，不记录姓名和账号。"
    )
}
/// After it: by what, before the button.
pub(super) const KEPT_BY: &str =
    "您的问题只用这个浏览器随机生成的编号连在一起，可以随时查看、删除：";
/// Shows what is kept.
pub(super) const MINE: &str = "我的数据";
/// Erases it.
pub(super) const FORGET: &str = "删除我的数据";
/// Before it is erased.
pub(super) const FORGET_SURE: &str =
    "确定全部删除吗？保存的问题和评价，还有这个浏览器里的对话，都会删掉，不能恢复。";
/// Erases it after all.
pub(super) const FORGET_YES: &str = "全部删除";
/// Leaves it.
pub(super) const FORGET_NO: &str = "不删了";
/// Read by screen readers before the question.
pub(super) const ASKED: &str = "您问：";
/// Above a definition.
pub(super) const DEFINITION: &str = "报告里的解释";
/// Unfolds the sentence that a quote was cut out of.
pub(super) const WHOLE_SENTENCE: &str = "完整句子";
/// Link from a citation to its section.
pub(super) const SECTION: &str = "查看原文";
/// Copies quote and source.
pub(super) const COPY: &str = "复制引用";
/// Shares quote and source with another app.
pub(super) const SHARE: &str = "分享";
/// Says of a table what it is, to those who hear the page.
pub(super) const ROW: &str = "表里的一行";
/// After copying.
pub(super) const COPIED: &str = "已复制";
/// If the browser does not allow copying.
pub(super) const NOT_COPIED: &str = "没能复制，请选中文字手动复制";
/// Passages beyond the citations.
pub(super) const MORE: &str = "更多相关";
/// Before the two votes.
pub(super) const USEFUL_QUESTION: &str = "这个回答有用吗？";
/// A vote.
pub(super) const USEFUL: &str = "有用";
/// A vote.
pub(super) const USELESS: &str = "没用";
/// Before the reasons.
pub(super) const WHY_USELESS: &str = "谢谢您的反馈。哪里不好？";
/// Sends the question again after a failure.
pub(super) const RETRY: &str = "再问一次";
/// From a passage to the chat.
pub(super) const BACK: &str = "去提问";
/// Marks the passage that was cited.
pub(super) const CITED: &str = "引用的段落";
/// Name of the navigation between pages.
pub(super) const TABS: &str = "页面";
/// A page.
pub(super) const TAB_CHAT: &str = "提问";
/// A page.
pub(super) const TAB_REPORT: &str = "报告全文";
/// A page.
pub(super) const TAB_TERMS: &str = "用语解释";
/// Switches to large type.
pub(super) const LARGE: &str = "大字";
/// Switches to the dark theme.
pub(super) const DARK: &str = "深色";
/// Closes the panel, or the widget.
pub(super) const CLOSE: &str = "关闭";
/// Terms suggested while typing.
pub(super) const HINTS: &str = "您要查的用语";
/// Title of the panel that shows a section of the report.
pub(super) const ORIGINAL: &str = "原文";
/// Leads to the section that a condition stands in.
pub(super) fn original_of(section: &str) -> String {
    format!("原文：{section}")
}
/// No rules are about what was named.
pub(super) const NO_BENEFIT: &str = "没有这项待遇的规则，不能逐条核对。";
/// A request to judge that cannot be read.
pub(super) const BAD_ELIGIBILITY: &str =
    "请求应为 JSON：{\"about\": \"高龄津贴\", \"answers\": {\"age\": \"82岁\"}}，about 不能为空。";
/// Name of the answers to choose from.
pub(super) const CHOICES: &str = "选一个回答";
/// From the panel to the section's own page.
pub(super) const OWN_PAGE: &str = "单独打开";
/// Table of contents.
pub(super) const CONTENTS: &str = "目录";
/// Title of the glossary.
pub(super) const TERMS: &str = "用语解释";
/// When no report has a glossary.
pub(super) const NO_TERMS: &str = "收录的报告没有附用语说明。";
/// From the glossary to those of other reports.
pub(super) const OTHER_REPORTS: &str = "看其他报告的用语";
/// Label of the field that filters the glossary.
pub(super) const FILTER: &str = "查找用语";
/// In that field.
pub(super) const FILTER_HINT: &str = "输入汉字或拼音";
/// Heading of the passages that use a term.
pub(super) const USED_IN: &str = "报告里用到它的地方：";
/// Asks for the meaning of a term.
pub(super) const ASK_THIS: &str = "问问这个用语";
/// Neighbouring sections.
pub(super) const PREVIOUS: &str = "上一节";
/// Neighbouring sections.
pub(super) const NEXT: &str = "下一节";
/// Name of the navigation between sections.
pub(super) const NEIGHBOURS: &str = "前后章节";
/// Name of the heading path.
pub(super) const PATH: &str = "所在位置";
/// Opens of a report, before its first heading.
pub(super) const BEGINNING: &str = "开头";

/// The texts of the script, which has none of its own.
#[derive(Debug, Serialize)]
pub(super) struct ScriptWords {
    searching: &'static str,
    failed: &'static str,
    offline: &'static str,
    slow: &'static str,
    thanks: &'static str,
    cleared: &'static str,
    dark: &'static str,
    light: &'static str,
    none_found: &'static str,
    some_found: &'static str,
    call: &'static str,
    reading: &'static str,
    mine: &'static str,
    votes: &'static str,
    none_kept: &'static str,
    forgotten: &'static str,
}

/// The texts passed to the script.
pub(super) const SCRIPT: ScriptWords = ScriptWords {
    searching: "正在查报告…",
    failed: wording::FAILED,
    offline: "没有连上服务，请检查网络后再问一次。",
    slow: "等了太久没有结果，请稍后再问一次。",
    thanks: "谢谢您的反馈",
    cleared: "对话已清空，请提问。",
    dark: DARK,
    light: "浅色",
    none_found: "没有这个用语",
    some_found: "找到 # 个",
    call: "拨打 #",
    reading: "正在查看…",
    mine: "保存着的您最近的问题（最多显示 10 个）：",
    votes: "评价 # 次。",
    none_kept: "没有保存您的任何问题和评价。",
    forgotten: "已经全部删除。以后您再提问，会重新按说明保存。",
};

/// Questions that most work reports answer.
const EXAMPLE_QUESTIONS: [&str; 5] = [
    "今年修哪几条高速？",
    "高血压买药报销提高了多少？",
    "今年要办哪些民生实事？",
    "去年粮食产量是多少？",
    "今年在教育上有什么安排？",
];

/// Example questions: general ones, and one about the term that the newest report uses most.
pub(super) fn examples(snapshot: &Snapshot) -> Vec<String> {
    let newest = snapshot
        .library()
        .documents()
        .iter()
        .max_by_key(|document| document.meta.year);
    let slogan = newest
        .and_then(|document| {
            document
                .terms
                .iter()
                .rev()
                .max_by_key(|term| term.used_in.len())
        })
        .and_then(|term| {
            let names = term.aliases.iter();
            let whole = names.filter(|name| name.chars().count() >= 4);
            whole.min_by_key(|name| name.len()) // 三抓三促 rather than 三抓三促行动
        })
        .map(|alias| meaning_of(alias));
    EXAMPLE_QUESTIONS
        .into_iter()
        .map(str::to_owned)
        .chain(slogan)
        .collect()
}

/// The question for the meaning of a term.
pub(super) fn meaning_of(slogan: &str) -> String {
    format!("“{slogan}”是什么意思？")
}

/// 通渭县人民政府县长 宗学谦 · 2024年1月21日, 安和县民政局 · 安民发〔2026〕6号 · 2026年1月20日
pub(super) fn issued(meta: &Meta) -> String {
    let date = meta.delivered_on.or(meta.policy.issued_on).map(day);
    let number = Some(meta.policy.doc_number.clone());
    let speaker = [&meta.speaker, &meta.issuer];
    let speaker = speaker.into_iter().find(|name| !name.is_empty());
    let parts = [speaker.cloned(), number, date];
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" · ")
}

/// 2024年1月21日
fn day(date: Date) -> String {
    let (year, month, day) = date.to_calendar_date();
    format!("{year}年{}月{day}日", u8::from(month))
}

/// What answers are made from: the report, and the day it was delivered; of several, the newest. In
/// the pieces it may be broken into.
pub(super) fn basis(snapshot: &Snapshot) -> Option<[String; 2]> {
    let Meta {
        title,
        delivered_on,
        ..
    } = &*snapshot.leading()?.meta;
    let (comma, date) = match delivered_on {
        Some(date) => ("，", day(*date)),
        None => ("", String::new()),
    };
    let report = match snapshot.library().documents().len() {
        1 => format!("依据：《{title}》{comma}"),
        count => format!("依据：{count} 份文件，最新的是《{title}》{comma}"),
    };
    Some([report, date])
}

/// The link to a glossary with so many entries.
pub(super) fn terms_of(count: usize) -> String {
    format!("用语解释（{count} 条）")
}

/// Below the title of the glossary.
pub(super) fn glossary_of(report: &str, count: usize) -> String {
    format!("《{report}》附的 {count} 条用语说明，都是报告原文。")
}

/// Follows the linked uses of a term.
pub(super) fn and_more(count: usize) -> String {
    format!(" 等，另有 {count} 处")
}

/// 通渭县政府工作报告问答; without the place when reports of several places are loaded.
pub(super) fn subtitle(snapshot: &Snapshot) -> String {
    let mut places = snapshot.library().documents().iter().map(|d| &d.meta.place);
    let first = places.next().map_or("", String::as_str);
    let place = if places.all(|place| place == first) {
        first
    } else {
        ""
    };
    if has_others(snapshot) {
        format!("{place}政府报告和文件问答")
    } else {
        format!("{place}政府工作报告问答")
    }
}

/// Above the quotes: 报告原文, 文件原文.
pub(super) fn quotes(sources: Sources) -> String {
    format!("{}原文", wording::called(sources))
}

/// Title of the list of what is served.
pub(super) fn listed(snapshot: &Snapshot) -> &'static str {
    if has_others(snapshot) {
        "收录的报告和文件"
    } else {
        "收录的报告"
    }
}

/// Above the documents of a kind: 政策文件（11 份）
pub(super) fn of_kind(kind: DocumentKind, count: usize) -> String {
    format!("{}（{count} 份）", wording::kind(kind))
}

/// True when some documents are no reports.
fn has_others(snapshot: &Snapshot) -> bool {
    let mut documents = snapshot.library().documents().iter();
    documents.any(|document| document.meta.kind.is_titled())
}

/// Which reports are loaded: the newest three by name, the rest by number.
pub(super) fn loaded(snapshot: &Snapshot) -> String {
    let mut documents: Vec<_> = snapshot.library().documents().iter().collect();
    documents.sort_by_key(|document| std::cmp::Reverse(document.meta.year));
    let titles: Vec<String> = documents
        .iter()
        .take(3)
        .map(|document| format!("《{}》", document.meta.title))
        .collect();
    let rest = if documents.len() > titles.len() {
        format!("等 {} 份", documents.len())
    } else {
        String::new()
    };
    format!("已收录{}{rest}。", titles.concat())
}

/// The disclaimer, before the hotline.
pub(super) const DISCLAIMER: &str =
    "回答只引用原文，不能决定任何人能否享受某项政策。具体事项请向主管部门询问，或拨打 ";

/// Name of the hotline link.
pub(super) fn call(hotline: &str) -> String {
    format!("拨打 {hotline}")
}

/// Title and explanation of a page for `status`.
pub(super) fn failure(status: u16) -> (&'static str, &'static str) {
    match status {
        400 | 422 => ("请求有误", "没能看懂这个请求，请检查后再试。"),
        401 => (
            "需要令牌",
            "请在请求头里放有效的令牌：Authorization: Bearer 令牌。令牌由所有者用 /token 生成，过期或收回后就不能再用。",
        ),
        404 => ("没有找到", "没有这个页面。请检查链接，或者直接提问。"),
        405 => ("方法不对", "这个地址不支持这种请求方法。"),
        408 | 503 => ("超时", "处理时间过长，请稍后再试。"),
        413 => ("内容太长", "发送的内容太长，请缩短后再试。"),
        415 => (
            "格式不对",
            "请求内容应为 JSON，并注明 Content-Type: application/json。",
        ),
        429 => ("请稍等", wording::TOO_FAST),
        _ => ("出了点问题", wording::FAILED),
    }
}

/// The page on which files are put in.
pub(super) const TICKET_TITLE: &str = "请工作人员回答";
pub(super) const TICKET_WHAT: &str =
    "把问题留给工作人员。提交后会得到一个网址，用它查看回复；请保存好，别人没有它就看不到。";
pub(super) const TICKET_QUESTION: &str = "您的问题";
pub(super) const TICKET_AGREES: &str = "我在问题里写了电话，同意把它转给工作人员（不勾选就会去掉）";
pub(super) const TICKET_SEND: &str = "提交";
pub(super) const TICKET_WAITS: &str = "还没有回复，请过些时候再打开这个网址看。";
pub(super) const TICKET_KEEP: &str = "这个网址只有您知道，请收藏或保存下来。";
/// Below an answer that found nothing.
pub(super) const TICKET_LINK: &str = "请工作人员回答";

pub(super) fn ticket_number(number: i64) -> String {
    format!("第 {number} 号")
}

pub(super) const UPLOAD_TITLE: &str = "上传文件";
pub(super) const UPLOAD_WHAT: &str = "请选择政府工作报告、通知或办事指南（DOCX、XLSX、XLS、PDF、OFD、HTML、TXT、Markdown），每个不超过 20 MB，一次最多 2 个。上传后不会马上生效，要核对并确认。";
pub(super) const UPLOAD_FILES: &str = "要上传的文件";
pub(super) const UPLOAD_SEND: &str = "上传";
pub(super) const UPLOAD_AFTER: &str =
    "确认和取消请回到原来的聊天窗口。这个页面只能用一次；还要上传，请再发送 /upload。";
pub(super) const UPLOAD_GONE: &str =
    "这个上传页面已经用过或已过期。请回到聊天窗口，发送 /upload 取得新的页面。";

/// An empty question.
pub(super) const EMPTY_TITLE: &str = "没有收到问题";
/// An id that no passage has.
pub(super) const NO_PASSAGE: &str =
    "没有找到这段原文，报告可能已经更新。请回到首页重新提问，就能得到新的出处。";
/// An id that no document has.
pub(super) const NO_DOCUMENT: &str = "没有收录这份报告。";
/// A number of citations out of range.
pub(super) const BAD_ASK_LIMIT: &str = "limit 应为 1 至 10。";
/// A value of a button that no button has.
pub(super) const BAD_PICK: &str = "pick 最多 64 个字符，请原样送回 display.check 里的值。";
/// A malformed search.
pub(super) const BAD_SEARCH: &str = "请写明要查的内容，例如 ?q=高标准农田；limit 应为 1 至 50。";
/// A malformed request for suggestions.
pub(super) const BAD_SUGGEST: &str = "请写明已输入的内容，例如 ?q=三抓；limit 应为 1 至 20。";
/// A malformed page of a list.
pub(super) const BAD_PAGE: &str = "offset 应为 0 至 1000000，limit 应为 1 至 1000。";
/// A malformed session id.
pub(super) const BAD_SESSION: &str = "session 应为 1 至 64 个字母、数字、_ 或 -。";
/// An id of a person that is none.
pub(super) const BAD_PERSON: &str = "person 应为 32 位十六进制数字（0–9、a–f）。";
/// The store is away.
pub(super) const DATA_AWAY_TITLE: &str = "暂时办不了";
/// The store is away.
pub(super) const DATA_AWAY: &str = "现在看不了也删不了保存的数据，请稍后再试。";
/// Malformed JSON.
pub(super) const BAD_JSON: &str =
    "请求内容应为 JSON，例如 {\"question\": \"今年修哪几条高速？\"}。";
/// A malformed vote.
pub(super) const BAD_VOTE: &str = "请求内容应为 JSON，例如 {\"answer_id\": \"…\", \"passage_id\": \"…\", \"vote\": \"up\"}，vote 为 up 或 down。";
