//! What administrators read, the same in every chat, at the console and from the HTTP endpoints.

mod charts;
mod digest;
mod editions;
mod figures;
mod lists;
mod phrases;
mod tickets;
mod topics;

pub use self::{
    charts::{chart, charts},
    digest::digest,
    figures::{as_csv, change, channel, figures, scope, seconds},
    lists::{cause, clock, draft_state, ended, job_state, origin},
    tickets::{ticket_post, ticket_state},
    topics::{asked_status, topic_label, topic_state},
};

use wenzheng_store::Verified;

use self::phrases::{bullets, not_theirs, store};
use crate::{
    admin::{BadPassword, COMMANDS, Outcome, Problem},
    staff::Role,
};

/// The reply to a command.
#[must_use]
pub fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::State(state) => lists::state(state),
        Outcome::Stats { figures, .. } => figures::figures(figures),
        Outcome::Editions(all) => lists::editions(all),
        Outcome::Published(published) => editions::published(published),
        Outcome::Unpublished(error) => editions::unpublished(error),
        Outcome::Kept => "好的，继续使用现在的版本；文件夹里下次再有改动时，会再提醒。".to_owned(),
        Outcome::Proposed(draft) => format!(
            "已提交为草稿 {draft}，要由另一位编辑或所有者确认后才生效：/confirm {draft}"
        ),
        Outcome::Differs(old, new, diff) => {
            let told = editions::diff(diff);
            format!("第 {old} 版到第 {new} 版：\n{told}")
        }
        Outcome::Drafted(draft, files) => format!(
            "草稿 {draft} 会改动：\n{}\n\n让它生效：/confirm {draft}\n丢弃：/cancel {draft}",
            bullets(files)
        ),
        Outcome::Previewed {
            draft,
            by_another,
            previews,
            refused,
        } => editions::previewed(*draft, *by_another, previews, refused),
        Outcome::NotConverted(refused) => editions::not_converted(refused),
        Outcome::Scheduled(draft, at) => format!(
            "草稿 {draft} 会在 {} 自动生效。改时间请再发送一次，取消请发送 /cancel {draft}。",
            lists::clock(*at)
        ),
        Outcome::Dropped(draft) => format!("草稿 {draft} 已丢弃。"),
        Outcome::Stopping(job) => format!("正在停止任务 {job}。"),
        Outcome::Started(job) => format!(
            "已开始（任务 {job}），发送 /进度 查看；要停止请发送 /取消 任务 {job}。在完成之前，仍用原来的内容回答。"
        ),
        Outcome::Drafts(drafts) => lists::drafts(drafts),
        Outcome::Jobs(jobs) => lists::jobs(jobs),
        Outcome::Interrupted => {
            "服务重新启动，这个任务没有做完，也不能接着做；什么都没有改动。需要时请重新发送一次。".to_owned()
        }
        Outcome::BroughtAgain => {
            "服务重新启动，这个任务中断了；文件会重新读取，结果见后面的任务。".to_owned()
        }
        Outcome::Pinned(number, from) => format!(
            "已固定为第 {number} 个问题：以后每一版都要像现在这样，用{from}里的原话回答。不再需要时发送 /unpin {number}。"
        ),
        Outcome::NotAnswered => {
            "这个问题现在答不出来，不能固定。请先让机器人能答对它，再固定。".to_owned()
        }
        Outcome::Pins(pins) => lists::pins(pins),
        Outcome::Noticed(number) => {
            format!("公告 {number} 已发布，会显示在所有渠道。撤下请发送 /notice 撤 {number}。")
        }
        Outcome::Notices(notices) => lists::notices(notices),
        Outcome::Tickets(all) => tickets::tickets(all),
        Outcome::Ticket(detail) => tickets::ticket(detail),
        Outcome::Replied(number) => format!(
            "第 {number} 号已回复，会转告提问的人。以后也这样回答的话，请发送 /keep {number}；办完了请发送 /close {number}。"
        ),
        Outcome::Topics(page) => topics::page(page),
        Outcome::Topic(detail) => topics::detail(detail),
        Outcome::TopicsSet(numbers, state) => topics::set(numbers, state),
        Outcome::Texts(texts) => lists::texts(texts),
        Outcome::TextBySettings(name) => format!(
            "{}写在服务器的设置里（{}），不能在这里改。请在设置文件或环境变量里改，再重启服务。",
            name.called(),
            name.setting()
        ),
        Outcome::Removed => "好的，已经取消。".to_owned(),
        Outcome::Nothing => "没有找到，请核对编号或名称。".to_owned(),
        Outcome::LastDocument => {
            "这是最后一份文件，删去就没有可以回答的内容了。请先上传新的，再删去它。".to_owned()
        }
        Outcome::Several(names) => {
            format!("有几个都符合，请写明是哪一个：\n{}", bullets(names))
        }
        Outcome::Invited {
            code,
            role,
            name,
            places,
            console,
        } => invited(code, *role, name, places, console.as_deref()),
        Outcome::Joined(role) => format!(
            "欢迎！您现在是{}。发送 /help 看可以做什么。",
            role.called()
        ),
        Outcome::NoCode => "邀请码不对、已经用过或已过期，请向所有者要一个新的。".to_owned(),
        Outcome::CodeVoid => {
            "邀请码在群里发出来，别人也看到了，已经作废。请所有者重新生成，然后私聊机器人使用。".to_owned()
        }
        Outcome::Mine(mine) => lists::mine(mine),
        Outcome::Forgotten(questions, votes) => format!(
            "已删除您的 {questions} 个问题和 {votes} 次评价，也忘记了刚才的对话。以后您再提问，会重新按说明保存。"
        ),
        Outcome::People(members) => lists::people(members),
        Outcome::Audit(rows) => lists::audit(rows),
        Outcome::Verified(verified) => self::verified(verified),
        Outcome::Token(secret) => format!(
            "令牌（只显示这一次，请立即保存到安全的地方）：\n{secret}\n调用接口时放在请求头里：Authorization: Bearer 令牌"
        ),
        Outcome::Exported(number, files) => {
            format!("第 {number} 版已写入，共 {files} 个文件。")
        }
        Outcome::Tokens(tokens) => lists::tokens(tokens),
        Outcome::ConsoleAt(url) => {
            format!("请在 10 分钟内打开下面的链接进入管理网页（只能用一次，不要转发）：\n{url}")
        }
        Outcome::PasswordSet(name) => format!(
            "登录密码已设置，原来的登录已全部退出。登录时的用户名是：{name}"
        ),
        Outcome::UploadAt(url) => {
            format!("请在 10 分钟内打开下面的页面上传（只能用一次）：\n{url}")
        }
        Outcome::UploadHere => "请把文件直接发到这里（每个不超过 20 MB，可以一次发几个）。".to_owned(),
        Outcome::NoAddress => {
            "还没有设置公网地址（http.public_url），不能打开网页。".to_owned()
        }
        Outcome::NeedsRole(role) => format!("这项操作要{}才能做。", at_least(*role)),
        Outcome::NotTheirs(place) => not_theirs(place),
        Outcome::BySettings => {
            "这个人的权限写在设置文件里，不能在这里收回。请在服务器上修改设置，再重启服务。".to_owned()
        }
        Outcome::LastOwner => "这是最后一位所有者，不能收回。请先授权另一位所有者。".to_owned(),
        Outcome::OwnProposal => "自己提交的草稿要由另一个人确认。".to_owned(),
        Outcome::Repeated => {
            "这条命令已经收到过，没有再执行一次。没有看到结果的话，请重新发送。".to_owned()
        }
        Outcome::Unclear(problem) => unclear(*problem),
        Outcome::Store(error) => store(error),
        Outcome::NoStore => {
            "现在没有可用的数据库（连不上，或者硬盘满了、不能写），不能修改，也不能查看记录；回答问题不受影响。恢复后会自动接上，不用重新启动；原因请看服务的日志。".to_owned()
        }
    }
}

/// What is wrong with a new password.
#[must_use]
pub fn bad_password(bad: BadPassword) -> String {
    match bad {
        BadPassword::TooShort(chars) => format!("密码太短，至少要 {chars} 个字符。没有改动。"),
        BadPassword::TooLong(chars) => format!("密码太长，最多 {chars} 个字符。没有改动。"),
        BadPassword::TooPlain => {
            "这个密码太容易猜到（和名字一样，或只有几个字符反复出现），请换一个。没有改动。"
                .to_owned()
        }
    }
}

/// What whoever began job `number` is told when it ends.
#[must_use]
pub fn job_ended(number: i64, how: &str) -> String {
    format!("任务 {number} 结束了。\n{how}")
}

/// The commands that somebody of this role may use, a line each; empty for residents.
#[must_use]
pub fn commands(role: Role) -> String {
    let theirs = COMMANDS.iter().filter(|listed| listed.least <= role);
    let lines: Vec<String> = theirs
        .map(|listed| format!("{}　{}", listed.example, listed.what))
        .collect();
    lines.join("\n")
}

fn at_least(role: Role) -> &'static str {
    match role {
        Role::Owner => "所有者",
        Role::Editor => "编辑或所有者",
        Role::Viewer => "管理人员",
        Role::Resident => "任何人",
    }
}

fn invited(code: &str, role: Role, name: &str, places: &[String], console: Option<&str>) -> String {
    let places = match places {
        [] => "所有地方".to_owned(),
        places => places.join("、"),
    };
    format!(
        "请{name}在 10 分钟内私聊机器人，发送：\n/join {code}\n之后就是{}（{places}）。邀请码只能用一次；不要发到群里，发到群里就作废。{}",
        role.called(),
        console.map_or_else(String::new, |console| format!(
            "\n也可以不用聊天软件，直接在浏览器里打开管理网页：\n{console}"
        ))
    )
}

fn verified(verified: &Verified) -> String {
    match verified {
        Verified::Whole { rows, head } => {
            let head = head.get(..16).unwrap_or(head);
            format!("记录完整：共 {rows} 条，都没有被改动过。末尾的校验码是 {head}。")
        }
        Verified::Broken { seq } => format!(
            "记录从第 {seq} 条起不完整：有人在数据库里改动、删去或插入过。请保留现场，联系负责信息安全的人。"
        ),
    }
}

fn unclear(problem: Problem) -> String {
    format!("请这样写：{}\n（{}）", problem.example, problem.what)
}
