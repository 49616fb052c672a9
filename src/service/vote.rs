//! Votes on answers.

use serde::Deserialize;

use super::answer_id::AnswerId;
use crate::corpus::PassageId;

#[doc = concat!("Whether an answer helped.")] // not a plain comment: the API's description is fixed
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
pub enum Vote {
    /// 有用
    #[serde(rename = "up")]
    Useful,
    /// 没用
    #[serde(rename = "down")]
    Useless,
}

impl Vote {
    /// Returns its name in the log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Useful => "useful",
            Self::Useless => "useless",
        }
    }
}

/// Why an answer did not help: it missed the question, said too little, could not be understood, or
/// is out of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// 答非所问
    Beside,
    /// 内容不全
    Incomplete,
    /// 看不懂
    Unclear,
    /// 内容过时
    Outdated,
}

impl Reason {
    /// All reasons, in display order.
    pub const ALL: [Self; 4] = [
        Self::Beside,
        Self::Incomplete,
        Self::Unclear,
        Self::Outdated,
    ];

    /// Returns its name in the API and in the log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Beside => "beside",
            Self::Incomplete => "incomplete",
            Self::Unclear => "unclear",
            Self::Outdated => "outdated",
        }
    }
}

/// A vote on an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoteCast {
    /// The answer; `None` from buttons and programs of before answers had names.
    pub answer: Option<AnswerId>,
    /// The first passage that the answer cited; `None` for a reply that cited none.
    pub passage: Option<PassageId>,
    /// Whether the answer helped.
    pub vote: Vote,
    /// Why it did not help.
    pub reason: Option<Reason>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_api_reads_every_reason_by_its_name() {
        for reason in Reason::ALL {
            let read: Reason = serde_json::from_value(reason.name().into()).expect("a reason");
            assert_eq!(read, reason);
        }
    }
}
