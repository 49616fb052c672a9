//! Problems in corpus files, worded so that county staff can fix them.

use std::{
    fmt,
    path::{Path, PathBuf},
};

/// A problem in a corpus file: where it is, what it is, and what to do.
///
/// Displayed as `file:line: what。advice`, in Chinese, for the people who edit these files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: PathBuf,
    /// Line, counted from 1; 0 for the whole file.
    pub line: usize,
    /// What is wrong.
    pub fault: Fault,
}

impl Problem {
    /// A problem at one line of a file.
    #[must_use]
    pub fn new(file: &Path, line: usize, fault: Fault) -> Self {
        Self {
            file: file.to_owned(),
            line,
            fault,
        }
    }

    /// The problems of a file, from its faults and their lines.
    pub(crate) fn all(file: &Path, faults: Vec<(usize, Fault)>) -> impl Iterator<Item = Self> {
        let problem = |(line, fault)| Self::new(file, line, fault);
        faults.into_iter().map(problem)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, ": {}", self.fault)
    }
}

/// Kinds of problems; each message ends with what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The file or folder cannot be read.
    #[error("读不了：{0}。请检查文件是否存在、权限是否正确")]
    Unreadable(String),
    /// Not UTF-8.
    #[error("不是 UTF-8 编码的文本。请用 wenzheng import 转换，或另存为 UTF-8")]
    NotUtf8,
    /// No document at all.
    #[error("文件夹里没有报告（*.md）。请先用 wenzheng import 导入一份")]
    NoDocuments,
    /// Two files have the same document id.
    #[error("与 {0} 重名（文档编号相同）。请改其中一个文件名")]
    SameId(String),
    /// No `---` block at the top.
    #[error("开头缺少两行 --- 之间的说明（title、place、year 等）。请补上，写法见 README")]
    NoFrontMatter,
    /// Something in the rules beside a document, which refuse themselves alone.
    #[error("{0}")]
    Rules(String),
    /// The YAML does not parse.
    #[error(
        "开头的说明有语法错误。每行应为“名称: 内容”，冒号用半角、后面空一格，名称只用规定的几个（{0}）"
    )]
    BadFrontMatter(String),
    /// A required key is missing or empty.
    #[error("开头的说明缺少 {0}。请补上这一行")]
    MissingKey(&'static str),
    /// The value of a key is invalid.
    #[error("{key} 的内容“{value}”不对。应为{expected}")]
    BadValue {
        /// The key.
        key: &'static str,
        /// As written.
        value: String,
        /// What it should be.
        expected: &'static str,
    },
    /// A key of policy documents in another document.
    #[error("只有政策文件（kind: policy）可以写 {0}。请删去这一行，或把 kind 改为 policy")]
    OnlyOfPolicies(&'static str),
    /// No passage at all.
    #[error("报告没有正文。请检查文件是否完整")]
    Empty,
    /// `###` without `##` before it, or `#####`.
    #[error("标题跳级：{0} 上面没有上一级标题。请补上一级标题，或减少 # 的个数")]
    HeadingSkips(String),
    /// A heading without words.
    #[error("标题没有文字。请补上文字，或删去这一行")]
    EmptyHeading,
    /// `**` opened but not closed.
    #[error("段首的 ** 没有配对。请在主题句末尾补上 **")]
    UnclosedLead,
    /// `- **术语** 释义` without ：, or an empty side.
    #[error("用语条目应写成“- **术语**：释义”。请补上冒号或释义")]
    BadEntry,
    /// The same glossary name twice.
    #[error("用语“{0}”重复出现。请合并成一条")]
    DuplicateEntry(String),
    /// An invalid `<!-- period: … -->`.
    #[error("时期注释“{0}”看不懂。应为 done 2023、planned 2024、assessment 或 undated")]
    BadPeriod(String),
    /// A list item before any paragraph.
    #[error("清单前面没有引出它的段落。请把段落写在清单上面")]
    ItemWithoutParagraph,
    /// Damaged text remains.
    #[error("有损坏的文字“{0}”。请对照原文改正")]
    Damaged(String),
    /// A part whose heading does not say whether it is a review or a plan.
    #[error(
        "看不出“{0}”是回顾还是计划。请在标题行末尾加 <!-- period: done 年份 --> 或 <!-- period: planned 年份 -->"
    )]
    UnknownPeriod(String),
}

impl Fault {
    /// True if the document can be served all the same.
    #[must_use]
    pub const fn is_warning(&self) -> bool {
        matches!(
            self,
            Self::Damaged(_)
                | Self::UnknownPeriod(_)
                | Self::DuplicateEntry(_)
                | Self::OnlyOfPolicies(_)
                | Self::Rules(_)
        )
    }
}
