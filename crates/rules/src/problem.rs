//! What is wrong in a rule file, worded for the officials who write it.

use std::fmt;

/// A problem in a rule file. Displayed as `file:line: what。remedy`, in Chinese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, as the caller named it.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.fault)
    }
}

/// Everything that is wrong in one file, in the order of its lines; never empty. Displayed a line each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.0.iter().enumerate() {
            if at > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Kinds of problems; each message ends with what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not TOML.
    #[error("写法有错（{0}）。请检查引号、逗号和括号是否成对、是否为半角")]
    Syntax(String),
    /// A format of the future.
    #[error("format 应为 1。请写 format = 1")]
    Format,
    /// A required key is missing.
    #[error("缺少 {0}。请补上")]
    Missing(&'static str),
    /// A key that does not belong here.
    #[error("不认识的名称“{key}”。这里可以用：{known}")]
    UnknownKey {
        /// As written.
        key: String,
        /// What may stand here.
        known: String,
    },
    /// A value of the wrong kind.
    #[error("{key} 的内容不对。应为{expected}")]
    WrongValue {
        /// The key.
        key: String,
        /// What it should be.
        expected: String,
    },
    /// A name of a variable that is not ASCII.
    #[error("变量名“{0}”不能用。请只用小写字母、数字和下划线，以字母开头")]
    BadName(String),
    /// A test of a variable that nobody defines.
    #[error("没有变量“{0}”。请在 [variables] 里写明，或改用公共词表里的名称")]
    UnknownVariable(String),
    /// A variable that no rule uses.
    #[error("变量“{0}”没有用到。请补上用它的条件，或删去这个变量")]
    UnusedVariable(String),
    /// A variable that the shared vocabulary defines as another kind.
    #[error("变量“{0}”与公共词表里的同名变量类型不同。请改名，或照公共词表写")]
    ClashesWithVocabulary(String),
    /// A comparator that the kind of variable does not have.
    #[error("变量“{variable}”不能用“{comparator}”比较。可以用：{known}")]
    BadComparator {
        /// The variable.
        variable: String,
        /// As written.
        comparator: String,
        /// What may stand here.
        known: &'static str,
    },
    /// A value that is none of the variable's.
    #[error("变量“{variable}”没有“{value}”这个值。可以用：{known}")]
    NoSuchValue {
        /// The variable.
        variable: String,
        /// As written.
        value: String,
        /// Its values.
        known: String,
    },
    /// Two requirements of one id.
    #[error("id“{0}”用了两次。请改其中一个")]
    SameId(String),
    /// No condition and no exclusion.
    #[error("没有一条 condition 或 exclusion。请照文件逐条抄写")]
    NoRequirement,
    /// An amount with both or neither of `pays` and `rate`.
    #[error("标准要么写 pays，要么写 rate 和 of。请保留一种")]
    PaysOrRate,
    /// A rate that is no number for each unit of the variable.
    #[error("rate 写作“200元/{unit}”这样（金额/变量的单位），按比例的写作“70%”。请改正")]
    BadRate {
        /// The unit of the variable.
        unit: String,
    },
    /// A cap in no unit that fits.
    #[error("cap 应为一个数带单位，单位是“{money}”或“{quantity}”。请改正")]
    BadCap {
        /// The unit of the sum.
        money: String,
        /// The unit of the quantity.
        quantity: String,
    },
    /// A scenario that expects what cannot come out.
    #[error("expect 里的“{0}”不存在。请写条件的 id 或变量名")]
    UnknownExpectation(String),
    /// The number of the document differs.
    #[error("document 是“{written}”，这份文件的文号是“{actual}”。请核对是否配错了文件")]
    OtherDocument {
        /// As the rule file has it.
        written: String,
        /// As the document has it.
        actual: String,
    },
    /// Never signed.
    #[error("还没有签字。请核对后用 wenzheng factcheck --sign 签字")]
    NotSigned,
    /// Signed for another text.
    #[error("文件改过，请重新核对签字。逐条对照后用 wenzheng factcheck --sign 签字")]
    Changed,
    /// A quote that the document does not have.
    #[error("文件里没有“{0}”。请从文件里逐字照抄，标点也要一样")]
    NoSuchQuote(String),
    /// A quote that stands in the document more than once.
    #[error("“{0}”在文件里出现{1}次。请多抄几个字，让它只出现一次")]
    AmbiguousQuote(String, usize),
    /// An amount by the year whose quote speaks of months, or the like.
    #[error("标准写的是“{period}”，引文“{quote}”里却没有。请照引文改正")]
    OtherPeriod {
        /// 每年, 每月 and the like.
        period: String,
        /// The quote.
        quote: String,
    },
    /// A number that its quote does not have.
    #[error("“{number}”在引文“{quote}”里找不到。请核对数字，或换一段写有它的引文")]
    NumberNotQuoted {
        /// As it would be written in Arabic digits.
        number: String,
        /// The quote.
        quote: String,
    },
}

/// Collects the faults of one file with their lines.
#[derive(Debug)]
pub(crate) struct Faults {
    file: String,
    /// Where each line but the first begins, in bytes.
    starts: Vec<usize>,
    found: Vec<(usize, Fault)>,
}

impl Faults {
    pub(crate) fn of(file: &str, text: &str) -> Self {
        let newlines = text.match_indices('\n');
        Self {
            file: file.to_owned(),
            starts: newlines.map(|(at, _)| at + 1).collect(),
            found: Vec::new(),
        }
    }

    /// The line of a byte of the text, counted from 1.
    pub(crate) fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at) + 1
    }

    /// Notes a fault at a byte of the text.
    pub(crate) fn at(&mut self, at: usize, fault: Fault) {
        self.on(self.line(at), fault);
    }

    /// Notes a fault on a line.
    pub(crate) fn on(&mut self, line: usize, fault: Fault) {
        self.found.push((line, fault));
    }

    /// `Ok` if nothing was found, else everything in the order of lines.
    pub(crate) fn result(mut self) -> Result<(), Problems> {
        if self.found.is_empty() {
            return Ok(());
        }
        self.found.sort_by_key(|(line, _)| *line);
        self.found.dedup();
        let problem = |(line, fault)| Problem {
            file: self.file.clone(),
            line,
            fault,
        };
        Err(Problems(self.found.into_iter().map(problem).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_told_in_the_order_of_lines_with_file_line_and_remedy() {
        let mut faults = Faults::of("a.rules.toml", "一\n二\n");
        faults.at(7, Fault::NotSigned);
        faults.at(0, Fault::Format);
        let problems = faults.result().expect_err("two faults");
        assert_eq!(
            problems.to_string(),
            "a.rules.toml:1: format 应为 1。请写 format = 1\n\
             a.rules.toml:2: 还没有签字。请核对后用 wenzheng factcheck --sign 签字"
        );
    }
}
