//! What an answer lacks.

use crate::retrieval::fact::FactKind;

/// What a partial answer lacks: a fact of the kind asked for, or an answer to the very question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gap {
    /// 多少钱
    Money,
    /// 多少，几
    Number,
    /// 比例，百分之几
    Percentage,
    /// 什么时候，几月几号
    Date,
    /// 在哪
    Where,
    /// 谁
    Who,
    /// 我能不能领，符合什么条件
    Eligibility,
    /// 电话，怎么申请
    Procedure,
    /// What a slogan means that the report uses but does not define.
    Definition,
    /// Another place or year than those loaded.
    Elsewhere,
    /// A direct answer: the quotes only come near.
    Direct,
    /// The year asked for: the quotes are of another.
    Year,
}

impl From<FactKind> for Gap {
    fn from(kind: FactKind) -> Self {
        match kind {
            FactKind::Money => Self::Money,
            FactKind::Number => Self::Number,
            FactKind::Percentage => Self::Percentage,
            FactKind::Date => Self::Date,
            FactKind::Where => Self::Where,
            FactKind::Who => Self::Who,
            FactKind::Eligibility => Self::Eligibility,
            FactKind::Procedure => Self::Procedure,
        }
    }
}
