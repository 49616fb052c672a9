//! What may be wrong in a corpus that can be served, worded so that county staff can decide.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use time::Date;

use super::validity_doubt::ValidityDoubt;

/// Something doubtful in a corpus file: where it is, what it is, and what to do.
///
/// Displayed like a [`Problem`](crate::corpus::Problem): `file:line: what。advice`, in Chinese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file.
    pub file: PathBuf,
    /// Line, counted from 1; 0 for the whole file.
    pub line: usize,
    /// What is doubtful.
    pub doubt: Doubt,
}

impl Finding {
    /// A doubt about one line of a file.
    #[must_use]
    pub fn new(file: &Path, line: usize, doubt: Doubt) -> Self {
        Self {
            file: file.to_owned(),
            line,
            doubt,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, ": {}", self.doubt)
    }
}

/// Kinds of doubts; each message ends with what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// Another file holds the same sentences.
    #[error("全文与 {0} 相同，同一句话会引用两遍。请只留一份")]
    SameText(String),
    /// Most sentences stand in another file.
    #[error("{percent}% 的文字与 {other} 相同。如果是同一份报告，请只留一份")]
    NearlySameText {
        /// The other file.
        other: String,
        /// Of the shorter file's characters.
        percent: usize,
    },
    /// Two reports of a place plan for the same year.
    #[error(
        "提示：与 {other} 同是{place}{year}年的报告。如果是一份报告的两个版本，请只留一份；如果不是，请核对两份的 place 和 year"
    )]
    SamePlaceAndYear {
        /// The other file.
        other: String,
        /// The place of both.
        place: String,
        /// The year both plan for.
        year: i32,
    },
    /// Two files name one place differently.
    #[error("place 写作“{name}”，{other} 写作“{other_name}”，像是同一个地方。请统一写法")]
    SamePlace {
        /// The name in this file.
        name: String,
        /// The other file.
        other: String,
        /// The name in the other file.
        other_name: String,
    },
    /// Radicals in place of characters.
    #[error(
        "有 {count} 个部首符号（{shown}），看着像汉字，却搜不到。请改成汉字，或用 wenzheng import 重新导入原文"
    )]
    Radicals {
        /// How many there are.
        count: usize,
        /// Some of them with the characters they stand for: “⼯”应为“工”.
        shown: String,
    },
    /// Damaged text in the front matter.
    #[error("有损坏的文字“{0}”。请对照原文改正")]
    Damaged(String),
    /// Paragraphs that count as a review and hold intentions.
    #[error(
        "“{words}”算作{review}年的回顾，写的却像是打算（将、力争、确保）。请对照原文；如果是计划，{}",
        remedy(*.extent, ("planned", *.year, "工作安排"), (*.review, "工作回顾"))
    )]
    PlanAsReview {
        /// The heading of the part, or the start of the first paragraph.
        words: String,
        /// The year planned for.
        year: i32,
        /// The year reviewed.
        review: i32,
        /// How much of the part it is.
        extent: Extent,
    },
    /// Paragraphs that count as a plan and hold results.
    #[error(
        "“{words}”算作{year}年的计划，写的却像是成绩（完成、增长、达到）。请对照原文；如果是回顾，{}",
        remedy(*.extent, ("done", *.review, "工作回顾"), (*.year, "工作安排"))
    )]
    ReviewAsPlan {
        /// The heading of the part, or the start of the first paragraph.
        words: String,
        /// The year planned for.
        year: i32,
        /// The year reviewed.
        review: i32,
        /// How much of the part it is.
        extent: Extent,
    },
    /// Rows between `|` that are no table.
    #[error(
        "有 {0} 行像是表格，却当成了普通段落。请在表头下面加一行 | --- | --- |（一列一个 ---），每行首尾都写 |，行与行之间不要空行"
    )]
    UnreadRows(usize),
    /// Columns made of blanks.
    #[error(
        "有 {0} 行用空格或制表符分栏，像是表格，却当成了普通段落。请改写成 | 项目 | 标准 | 的样子，表头下面加一行 | --- | --- |"
    )]
    UnreadColumns(usize),
    /// A glossary term whose name is a number or the mark of a note.
    #[error("用语“{0}”只是序号或注释标记，没有人会这样问。请改成用语的名称，或删去这一条")]
    TermIsMark(String),
    /// The year reviewed is not before the year planned for.
    #[error("review_year（{review}）应早于 year（{year}），一般是前一年。请改正")]
    ReviewNotBefore {
        /// The year reviewed.
        review: i32,
        /// The year planned for.
        year: i32,
    },
    /// A title names another year.
    #[error("year 是 {year}，标题却写“{title}”。请核对报告是哪一年的，改正其中一处")]
    YearUnlikeTitle {
        /// The year planned for.
        year: i32,
        /// The title that names another.
        title: String,
    },
    /// It was delivered in another year.
    #[error("delivered_on 是 {date}，与 year（{year}）对不上。请核对作报告的日期和报告的年份")]
    DateUnlikeYear {
        /// When it was delivered.
        date: Date,
        /// The year planned for.
        year: i32,
    },
    /// The line about the session names a year that the report cannot be of.
    #[error("year 是 {year}，这一行却写“{session}”。请核对报告是哪一年的，改正其中一处")]
    SessionUnlikeYear {
        /// The year planned for.
        year: i32,
        /// The line.
        session: String,
    },
    /// The lines above the text name another place, and never this one.
    #[error(
        "place 是“{place}”，报告的标题或开头却写“{named}”。请核对是哪个地方的报告，改正其中一处"
    )]
    PlaceUnlikeText {
        /// The place in the front matter.
        place: String,
        /// The place that the text names.
        named: String,
    },
    /// How long a policy document holds.
    #[error(transparent)]
    Validity(ValidityDoubt),
}

impl Doubt {
    /// True for what may well be right: it is told, and the corpus passes the check.
    #[must_use]
    pub const fn is_hint(&self) -> bool {
        matches!(self, Self::SamePlaceAndYear { .. } | Self::Validity(_))
    }
}

/// How much of a part is of the other period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All that stands below its heading.
    Whole,
    /// What stands first below its heading.
    Start,
    /// What follows on a paragraph, or a part without a heading.
    From,
}

/// How to say that what is misfiled is of another period: what that is called in a comment, its year, and
/// its usual heading; of the rest of the part the same.
fn remedy(extent: Extent, own: (&str, i32, &str), rest: (i32, &str)) -> String {
    let (period, year, title) = own;
    let comment = format!("请在标题行末尾写 <!-- period: {period} {year} -->");
    match extent {
        Extent::Whole => comment,
        Extent::Start => {
            let (year, title) = rest;
            format!("{comment}，并在后一部分开始的地方补一行标题，例如 ## {year}年{title}")
        }
        Extent::From => format!("请在这一段上面补一行标题，例如 ## {year}年{title}"),
    }
}
