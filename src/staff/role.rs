//! What people may do.

use serde::{Deserialize, Serialize};

/// The role of a caller; each may do what the one before may.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// May ask, read and vote.
    #[default]
    Resident,
    /// May see editions, counts and groups of questions, never single ones.
    Viewer,
    /// May change what answers, for their places.
    Editor,
    /// May grant roles, and insist on what was refused.
    Owner,
}

impl Role {
    /// The roles that are granted, highest first.
    pub const GRANTED: [Self; 3] = [Self::Owner, Self::Editor, Self::Viewer];

    /// Its name in the log, the settings and the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Owner => "owner",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn called(self) -> &'static str {
        match self {
            Self::Resident => "居民",
            Self::Viewer => "查看者",
            Self::Editor => "编辑",
            Self::Owner => "所有者",
        }
    }

    /// The granted role with this name, in English or Chinese.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let mut roles = Self::GRANTED.into_iter();
        roles.find(|role| name.eq_ignore_ascii_case(role.name()) || name == role.called())
    }
}

/// A role and where it holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Only for these places; empty for all.
    pub places: Vec<String>,
}

impl Grant {
    /// A role for all places.
    #[must_use]
    pub const fn everywhere(role: Role) -> Self {
        Self {
            role,
            places: Vec::new(),
        }
    }

    /// True when it holds for `place`.
    #[must_use]
    pub fn covers(&self, place: &str) -> bool {
        self.places.is_empty() || self.places.iter().any(|own| own == place)
    }

    /// The place that whoever has this sees when they ask for `asked`: who has a role for some places sees one
    /// of them at a time. Empty for all.
    #[must_use]
    pub fn place(&self, asked: &str) -> String {
        match self.places.first() {
            Some(first) if asked.is_empty() || !self.covers(asked) => first.clone(),
            _ => asked.to_owned(),
        }
    }

    /// True when whoever has this may give `other`: nobody grants above himself, nor beyond his places.
    #[must_use]
    pub fn may_give(&self, other: &Self) -> bool {
        let within = match (self.places.is_empty(), other.places.is_empty()) {
            (true, _) => true,
            (false, true) => false,
            (false, false) => other.places.iter().all(|place| self.covers(place)),
        };
        self.role == Role::Owner && other.role <= self.role && within
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(role: Role, places: &[&str]) -> Grant {
        Grant {
            role,
            places: places.iter().map(|place| (*place).to_owned()).collect(),
        }
    }

    #[test]
    fn nobody_grants_above_himself_or_beyond_his_places() {
        let owner = grant(Role::Owner, &[]);
        let local = grant(Role::Owner, &["通渭县"]);
        assert!(owner.may_give(&grant(Role::Owner, &[])));
        assert!(local.may_give(&grant(Role::Editor, &["通渭县"])));
        assert!(!local.may_give(&grant(Role::Viewer, &[])));
        assert!(!local.may_give(&grant(Role::Viewer, &["通渭县", "陇西县"])));
        assert!(!grant(Role::Editor, &[]).may_give(&grant(Role::Viewer, &[])));
    }

    #[test]
    fn a_role_is_read_by_either_name() {
        for role in Role::GRANTED {
            assert_eq!(Role::parse(role.name()), Some(role));
            assert_eq!(Role::parse(role.called()), Some(role));
        }
        assert_eq!(Role::parse("Editor"), Some(Role::Editor));
        assert_eq!(Role::parse("resident"), None, "it is not granted");
    }
}
