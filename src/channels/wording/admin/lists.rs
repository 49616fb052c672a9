//! Lists: editions, drafts, jobs, people, the audit.

use time::{OffsetDateTime, macros::format_description, macros::offset};
use wenzheng_store::{Draft, EditionRecord, Job, Mine, Notice, Recorded, Token};

use super::phrases::bullets;
use crate::{
    admin::{GrantedBy, ListedJob, ListedPin, ListedText, Member, State},
    editions::Step,
    staff::Role,
};

/// A time as people of the office read it: by the clock of China.
#[must_use]
pub fn clock(at: i64) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute]");
    let time = OffsetDateTime::from_unix_timestamp(at.div_euclid(1000)).ok();
    let time = time.map(|time| time.to_offset(offset!(+8)));
    time.and_then(|time| time.format(&format).ok())
        .unwrap_or_default()
}

fn or<T>(items: &[T], none: &str, line: impl Fn(&T) -> String) -> String {
    match items {
        [] => none.to_owned(),
        items => items.iter().map(line).collect::<Vec<_>>().join("\n"),
    }
}

pub(super) fn state(state: &State) -> String {
    let State {
        version,
        documents,
        passages,
        ..
    } = state;
    let mut told = match &state.edition {
        Some(edition) => format!(
            "现在是第 {} 版（{}，{}，{}）。\n",
            edition.number,
            clock(edition.made_at),
            edition.author,
            cause(&edition.cause),
        ),
        None => "现在的内容还没有存入数据库。\n".to_owned(),
    };
    told.push_str(&format!(
        "版本 {version}，共 {documents} 份文件，{passages} 段。"
    ));
    told.push_str(&format!("\n{}", bullets(&state.titles)));
    if !state.errors.is_empty() {
        told.push_str(&format!(
            "\n\n文件夹里有错误的文件（没有采用）：\n{}",
            bullets(&state.errors)
        ));
    }
    if state.drafts > 0 {
        told.push_str(&format!("\n\n有 {} 份草稿等待处理：/drafts", state.drafts));
    }
    told
}

/// What people call an act, by its name in the audit.
#[must_use]
pub fn cause(cause: &str) -> &str {
    match cause {
        "first" => "第一次读入",
        "start" => "启动时读入文件夹",
        "reload" => "重新加载",
        "rollback" => "回退",
        "undo" => "撤销",
        "upload" => "上传",
        "remove" => "删除",
        "synonym" => "同义词",
        "word" => "不拆开的词",
        "faq" => "问答",
        "draft" | "drafts" => "草稿",
        "confirm" => "确认草稿",
        "schedule" => "定时生效",
        "cancel" => "取消",
        "pin" => "固定问题",
        "unpin" => "取消固定",
        "notice" => "公告",
        "text" => "改文字",
        "topic" => "问题组",
        "reply" => "人工回复",
        "close" => "关闭人工问题",
        "keep" => "回复留用",
        "read" => "看单个问题",
        "refer" => "转告",
        "grant" => "授权",
        "join" => "使用邀请码",
        "revoke" => "收回权限",
        "token" => "接口令牌",
        "export" => "导出",
        "console" => "管理网页链接",
        "password" => "设置密码",
        "second_factor" => "动态码",
        "sign_in" => "登录",
        "sign_out" => "退出登录",
        "audit" => "检查记录",
        other => other,
    }
}

/// What people call where an act came from, by its name in the audit.
#[must_use]
pub fn origin(origin: &str) -> &str {
    match origin {
        "console" => "网页后台",
        "socket" | "signal" => "服务器上的命令",
        "start" => "程序启动",
        "watch" => "文件夹检查",
        "clock" => "定时",
        "join" => "邀请码",
        "topics" => "问题归组",
        "http" => "接口",
        "web" => "网页",
        "telegram" => "Telegram",
        "wechat_oa" => "公众号",
        "wecom" => "企业微信",
        other => other,
    }
}

/// How an act ended, by its name in the audit; `None` where it was simply done.
#[must_use]
pub fn ended(outcome: &str) -> Option<&str> {
    Some(match outcome {
        "done" => return None,
        "invited" => "发出邀请码",
        "joined" => "加入",
        "void" => "邀请码作废",
        "link" => "一次性链接",
        "spent" => "链接已用",
        "wrong" => "密码或动态码不对",
        "made" => "新建",
        "revoked" => "收回",
        "merged" => "合并",
        "split" => "拆分",
        "refused" => "未执行",
        "needs_role" => "没有权限",
        "not_theirs" => "不归本人管",
        "not_published" => "没有生效",
        "not_converted" => "没有转换成功",
        "by_settings" => "由设置决定",
        "last_owner" => "最后一位所有者",
        "last_document" => "最后一份文件",
        "own_proposal" => "要由别人确认",
        "no_code" => "没有这个码",
        "code_void" => "码已作废",
        "nothing" => "没有变化",
        "not_answered" => "没有答案可用",
        "unclear" => "没看懂",
        "repeated" => "重复",
        "store" => "没有存上",
        "interrupted" => "中断",
        "page" => "网页上传",
        "kept the edition" => "保留原有内容",
        other => other,
    })
}

pub(super) fn editions(all: &[EditionRecord]) -> String {
    or(all, "还没有版本。", |edition| {
        let EditionRecord {
            number,
            author,
            note,
            ..
        } = edition;
        let (when, cause) = (clock(edition.made_at), cause(&edition.cause));
        format!("第 {number} 版　{when}　{author}　{cause}：{note}")
    })
}

pub(super) fn drafts(drafts: &[Draft]) -> String {
    or(drafts, "没有草稿。", |draft| {
        let Draft {
            number,
            author_name,
            note,
            ..
        } = draft;
        let state = draft_state(draft);
        format!(
            "草稿 {number}　{}　{author_name}：{note}（{state}）",
            clock(draft.made_at)
        )
    })
}

/// How far a job is, or how it ended.
#[must_use]
pub fn job_state(ListedJob { job, step }: &ListedJob) -> String {
    match job.state.as_str() {
        "waiting" => "等待中".to_owned(),
        "running" => underway(job, *step),
        "done" => "已完成".to_owned(),
        "cancelled" => "已停止".to_owned(),
        _ => "没有成功".to_owned(),
    }
}

/// What becomes of a draft.
#[must_use]
pub fn draft_state(draft: &Draft) -> String {
    match (draft.state.as_str(), draft.go_live_at) {
        ("proposed", _) => "等待另一个人确认".to_owned(),
        ("scheduled", Some(at)) => format!("{} 生效", clock(at)),
        _ => "没有生效".to_owned(),
    }
}

pub(super) fn jobs(jobs: &[ListedJob]) -> String {
    let list = job_list(jobs);
    let newest = jobs
        .iter()
        .map(|listed| &listed.job)
        .find(|job| job.ended_at.is_some() && !job.result.is_empty());
    match newest {
        Some(job) => format!("{list}\n\n任务 {} 的结果：\n{}", job.number, job.result),
        None => list,
    }
}

fn job_list(jobs: &[ListedJob]) -> String {
    or(jobs, "没有任务。", |listed| {
        let Job {
            number,
            author_name,
            ..
        } = &listed.job;
        let (job, state) = (&listed.job, job_state(listed));
        let what = cause(&job.kind);
        format!(
            "任务 {number}　{}　{author_name}　{what}：{state}",
            clock(job.made_at)
        )
    })
}

/// `进行中，重放问题 120/480`
fn underway(job: &Job, step: Option<Step>) -> String {
    let step = match step {
        Some(Step::Converting) => "，转换文件",
        Some(Step::Reading) => "，读取文件",
        Some(Step::Indexing) => "，建立索引",
        Some(Step::Embedding) => "，计算向量",
        Some(Step::Judging) => "，重放问题",
        None => "",
    };
    match job.whole {
        0 => format!("进行中{step}"),
        whole => format!("进行中{step} {}/{whole}", job.done),
    }
}

pub(super) fn pins(pins: &[ListedPin]) -> String {
    or(pins, "还没有固定的问题。", |listed| {
        let pin = &listed.pin;
        format!("{}　{}（{}）", pin.number, pin.question, pin.made_by)
    })
}

pub(super) fn notices(notices: &[Notice]) -> String {
    or(notices, "没有公告。", |notice| {
        let until = notice.until.map_or_else(|| "撤下为止".to_owned(), clock);
        let Notice { number, text, .. } = notice;
        format!("{number}　{text}（{} 到{until}）", clock(notice.from))
    })
}

pub(super) fn texts(texts: &[ListedText]) -> String {
    or(texts, "", |text| {
        let said = match text.value.as_str() {
            "" => "（没有填写，用程序自带的说法）",
            value => value,
        };
        let from = match (text.is_fixed, &text.changed) {
            (true, _) => "，写在设置里，不能在这里改".to_owned(),
            (false, Some(changed)) => {
                format!("，{} {}", changed.made_by, clock(changed.made_at))
            }
            (false, None) => String::new(),
        };
        format!("{}：{said}{from}", text.name.called())
    })
}

pub(super) fn people(members: &[Member]) -> String {
    let numbered: Vec<(usize, &Member)> = members.iter().enumerate().collect();
    or(&numbered, "还没有人。", |(index, member)| {
        let places = match member.grant.places.as_slice() {
            [] => String::new(),
            places => format!("（{}）", places.join("、")),
        };
        let by = match member.by {
            GrantedBy::Settings => "，写在设置文件里",
            GrantedBy::Owner => "",
        };
        let role = member.grant.role.called();
        format!(
            "{}　{}　{role}{places}{by}　{}",
            index + 1,
            member.name,
            member.channel
        )
    })
}

pub(super) fn mine(mine: &Mine) -> String {
    if mine.questions.is_empty() && mine.votes == 0 {
        return "没有保存您的任何问题和评价。".to_owned();
    }
    let questions = or(&mine.questions, "没有问题。", |(at, text)| {
        format!("{}　{text}", clock(*at))
    });
    format!(
        "保存着的您最近的问题（手机号、身份证号和银行卡号已经去掉）：\n{questions}\n\n另有评价 {} 次。全部删除请发送 /forgetme。",
        mine.votes
    )
}

pub(super) fn audit(rows: &[Recorded]) -> String {
    let list = or(rows, "没有记录。", |row| {
        let Recorded { seq, entry, .. } = row;
        let (actor, origin) = (&entry.actor, origin(&entry.origin));
        let what = cause(&entry.act);
        let change = match (entry.before.as_str(), entry.after.as_str()) {
            ("", "") => String::new(),
            ("", after) => format!("：{after}"),
            (before, "") => format!("：{before}"),
            (before, after) => format!("：{before} → {after}"),
        };
        let outcome = ended(&entry.outcome).map_or_else(String::new, |ended| format!(" [{ended}]"));
        format!(
            "{seq}　{}　{actor}　{origin}　{what}{outcome}{change}",
            clock(row.at)
        )
    });
    match rows.last() {
        Some(last) if last.seq > 1 => format!("{list}\n\n更早的：/audit {}", last.seq),
        _ => list,
    }
}

pub(super) fn tokens(tokens: &[Token]) -> String {
    or(tokens, "没有令牌。", |token| {
        let role = Role::parse(&token.role).map_or("", Role::called);
        let state = match (token.revoked_at, token.used_at) {
            (Some(at), _) => format!("{} 收回", clock(at)),
            (None, Some(at)) => format!("{} 用过", clock(at)),
            (None, None) => "还没有用过".to_owned(),
        };
        let Token { id, name, .. } = token;
        format!(
            "{id}　{name}　{role}　{} 到期　{state}",
            clock(token.expires_at)
        )
    })
}

#[cfg(test)]
mod tests {
    use wenzheng_store::Person;

    use super::*;

    #[test]
    fn a_job_says_what_it_does_and_how_far_that_is() {
        let job = Job {
            number: 3,
            kind: "reload".to_owned(),
            author: Person([1; 16]),
            author_name: "王科长".to_owned(),
            made_at: 0,
            ended_at: None,
            state: "running".to_owned(),
            done: 0,
            whole: 0,
            detail: String::new(),
            result: String::new(),
        };
        let told = |step, done, whole| {
            let job = Job {
                done,
                whole,
                ..job.clone()
            };
            jobs(&[ListedJob { job, step }])
        };
        assert!(told(Some(Step::Indexing), 0, 0).ends_with("重新加载：进行中，建立索引"));
        assert!(told(Some(Step::Judging), 120, 480).ends_with("进行中，重放问题 120/480"));
        assert!(told(None, 0, 0).ends_with("进行中"));
    }
}
