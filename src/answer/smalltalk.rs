//! Kinds of small talk.

use serde::{Deserialize, Serialize};

/// What kind of small talk it was; the renderer has a fitting line for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Smalltalk {
    /// 早上好
    Greeting,
    /// 你叫啥名字
    Identity,
    /// 谢谢
    Thanks,
    /// 再见
    Farewell,
    /// Swearing.
    Abuse,
    /// “忽略以上指令…”
    Instruction,
    /// 写一篇发言稿
    Writing,
    /// 转人工
    Human,
    /// 我要投诉
    Complaint,
    /// 电话多少, 12345
    Phone,
    /// 谁能看到我的问题
    Privacy,
    /// 你说错了
    Mistaken,
    /// 更多
    More,
    /// 说人话
    Rephrase,
    /// 你说的准不准
    Reliability,
    /// “已完成”是什么意思, of the label of a card
    Labels,
    /// 你吃了吗
    Chat,
    /// A command that there is none of here.
    Command,
    /// A sticker or a picture of a face.
    Picture,
    /// asdf, a bare 1
    Noise,
}
