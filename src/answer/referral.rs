//! Whom a message is referred to.

use serde::{Deserialize, Serialize};

/// What a message tells of that somebody else than the report has to deal with; for each, channels
/// know the numbers to call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// 老公打我，孩子丢了
    Crime,
    /// 房子着火了
    Fire,
    /// 我妈喝农药了
    Medical,
    /// 我不想活了
    Despair,
    /// 我被骗了
    Fraud,
    /// 村干部贪污
    Corruption,
    /// 老板不给工钱
    Wages,
    /// 停电两天了
    PowerCut,
    /// 红绿灯不亮了
    TrafficLight,
    /// 山上塌下来把路埋了
    Hazard,
    /// 路灯坏了
    Fault,
}

impl Concern {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Crime,
        Self::Fire,
        Self::Medical,
        Self::Despair,
        Self::Fraud,
        Self::Corruption,
        Self::Wages,
        Self::PowerCut,
        Self::TrafficLight,
        Self::Hazard,
        Self::Fault,
    ];

    /// True where a minute may count.
    #[must_use]
    pub const fn is_urgent(self) -> bool {
        matches!(
            self,
            Self::Crime | Self::Fire | Self::Medical | Self::Despair | Self::Fraud
        )
    }

    /// True for what is broken, missing or badly kept: the hotline passes it on.
    #[must_use]
    pub const fn is_fault(self) -> bool {
        matches!(
            self,
            Self::PowerCut | Self::TrafficLight | Self::Hazard | Self::Fault
        )
    }
}

/// Whom a message is referred to, before anything else is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    /// What it tells of.
    pub concern: Concern,
    /// The thing that is broken or missing, in the asker's words, Simplified script; empty where
    /// nothing is.
    pub matter: String,
}
