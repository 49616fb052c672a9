//! Which commands there are and how they are written.

use crate::staff::Role;

/// What is wrong with a command: how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// An example of the right form.
    pub example: &'static str,
    /// What it does.
    pub what: &'static str,
}

/// A command as it is listed: name, Chinese name, least role, example, what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// After the slash.
    pub name: &'static str,
    /// After the slash, for those who type Chinese.
    pub chinese: &'static str,
    /// Who may use it at least.
    pub least: Role,
    /// How it is written.
    pub example: &'static str,
    /// What it does.
    pub what: &'static str,
}

const fn listed(
    name: &'static str,
    chinese: &'static str,
    least: Role,
    example: &'static str,
    what: &'static str,
) -> Listed {
    Listed {
        name,
        chinese,
        least,
        example,
        what,
    }
}

/// All commands, in the order in which help lists them.
pub const COMMANDS: [Listed; 42] = [
    listed(
        "corpus",
        "状态",
        Role::Viewer,
        "/corpus",
        "现在的版本、文件和段数",
    ),
    listed(
        "stats",
        "统计",
        Role::Viewer,
        "/stats 7d",
        "最近几天问了多少、答得怎么样，附图",
    ),
    listed(
        "editions",
        "版本",
        Role::Viewer,
        "/editions",
        "各版的作者、时间和内容",
    ),
    listed("diff", "比较", Role::Viewer, "/diff 3 5", "两版有什么不同"),
    listed("jobs", "进度", Role::Viewer, "/jobs", "正在做和做完的任务"),
    listed("drafts", "草稿", Role::Viewer, "/drafts", "等待确认的草稿"),
    listed(
        "pins",
        "固定问题",
        Role::Viewer,
        "/pins",
        "每一版都要答对的问题",
    ),
    listed(
        "notices",
        "公告列表",
        Role::Viewer,
        "/notices",
        "正在和将要显示的公告",
    ),
    listed(
        "console",
        "后台",
        Role::Viewer,
        "/console",
        "打开管理网页的一次性链接",
    ),
    listed(
        "unanswered",
        "没答好",
        Role::Viewer,
        "/unanswered",
        "没答好的问题，按事情归成组",
    ),
    listed(
        "topic",
        "问题组",
        Role::Viewer,
        "/topic 3",
        "看第 3 组问题；改状态写 /topic 3 处理中（或 已解决、不归我们、忽略、待处理）",
    ),
    listed(
        "texts",
        "文字",
        Role::Viewer,
        "/texts",
        "热线、办公时间、转人工说明和问候语",
    ),
    listed(
        "reload",
        "重新加载",
        Role::Editor,
        "/reload",
        "读入文件夹里的最新内容",
    ),
    listed("upload", "上传", Role::Editor, "/upload", "上传报告或文件"),
    listed(
        "rollback",
        "回退",
        Role::Editor,
        "/rollback 3",
        "回到第 3 版的内容；不写数字就是上一版",
    ),
    listed(
        "undo",
        "撤销",
        Role::Editor,
        "/undo 3",
        "只撤销第 3 版的改动，保留后来的",
    ),
    listed(
        "remove",
        "删除",
        Role::Editor,
        "/remove 2023年政府工作报告",
        "删去一份文件",
    ),
    listed(
        "synonym",
        "同义词",
        Role::Editor,
        "/synonym 看病 = 就医",
        "教一个口语词；删去写 /synonym 看病 =",
    ),
    listed(
        "alias",
        "简称",
        Role::Editor,
        "/alias 社零 = 社会消费品零售总额",
        "教一个简称，两边互相替换；删去写 /alias 社零 =",
    ),
    listed(
        "word",
        "词",
        Role::Editor,
        "/word 马营大桥",
        "教一个不要拆开的词；删去写 /word 马营大桥 =",
    ),
    listed(
        "faq",
        "问答",
        Role::Editor,
        "/faq 问题 = 回答",
        "加一条办公室自己的回答；删去写 /faq 问题 =",
    ),
    listed(
        "merge",
        "合并",
        Role::Editor,
        "/merge 3 5",
        "把第 5 组问题并入第 3 组",
    ),
    listed(
        "refer",
        "转告",
        Role::Editor,
        "/refer 3 = 请拨打 0932-5551234 问公安局户政科",
        "第 3 组问题不归我们：以后这样回答",
    ),
    listed(
        "tickets",
        "人工",
        Role::Editor,
        "/tickets",
        "请工作人员回答的问题",
    ),
    listed("ticket", "工单", Role::Editor, "/ticket 7", "看第 7 号问题"),
    listed(
        "reply",
        "回复",
        Role::Editor,
        "/reply 7 = 请带户口簿到县民政局办理",
        "回复第 7 号，提问的人会收到",
    ),
    listed(
        "keep",
        "留用",
        Role::Editor,
        "/keep 7",
        "把第 7 号的回复留作以后的回答",
    ),
    listed("close", "关闭", Role::Editor, "/close 7", "关闭第 7 号"),
    listed(
        "pin",
        "固定",
        Role::Editor,
        "/pin 低保标准是多少",
        "以后每一版都要像现在这样答出",
    ),
    listed(
        "unpin",
        "取消固定",
        Role::Editor,
        "/unpin 2",
        "不再固定第 2 个问题",
    ),
    listed(
        "notice",
        "公告",
        Role::Editor,
        "/notice 周六停机 从 2026-12-01 到 2026-12-03",
        "在所有渠道显示一条公告；撤下写 /notice 撤 2",
    ),
    listed(
        "text",
        "改文字",
        Role::Editor,
        "/text 热线 = 0932-5551234",
        "改一处文字，立即生效；改回设置里的写 /text 热线 =",
    ),
    listed(
        "draft",
        "查看草稿",
        Role::Editor,
        "/draft 4",
        "第 4 号草稿现在会改动什么",
    ),
    listed(
        "confirm",
        "确认",
        Role::Editor,
        "/confirm 4",
        "让第 4 号草稿生效",
    ),
    listed(
        "schedule",
        "定时",
        Role::Editor,
        "/schedule 4 2027-01-08 15:00",
        "到时候让第 4 号草稿自动生效",
    ),
    listed(
        "cancel",
        "取消",
        Role::Editor,
        "/cancel 4",
        "丢弃第 4 号草稿；停止任务写 /cancel 任务 7",
    ),
    listed(
        "grant",
        "授权",
        Role::Owner,
        "/grant 编辑 小李 通渭县",
        "生成一次性邀请码，对方用它成为编辑",
    ),
    listed(
        "revoke",
        "收回",
        Role::Owner,
        "/revoke 2",
        "收回第 2 个人的权限",
    ),
    listed("people", "人员", Role::Owner, "/people", "谁有什么权限"),
    listed(
        "audit",
        "记录",
        Role::Owner,
        "/audit",
        "谁做过什么；检查写 /audit 检查",
    ),
    listed(
        "token",
        "令牌",
        Role::Owner,
        "/token 编辑 门户网站 90",
        "生成接口令牌；收回写 /token 收回 编号",
    ),
    listed("tokens", "令牌列表", Role::Owner, "/tokens", "接口令牌"),
];
