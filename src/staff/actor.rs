//! Whoever acts, and what is written of it.

use wenzheng_store::{Entry, Person};

use super::role::{Grant, Role};

/// Whoever acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// As the store knows them.
    pub person: Person,
    /// What the office calls them.
    pub name: String,
    /// What they may do.
    pub grant: Grant,
    /// The channel they use.
    pub origin: &'static str,
}

impl Actor {
    /// The program itself: at its start, by its clock.
    #[must_use]
    pub fn program(origin: &'static str) -> Self {
        Self {
            person: Person([0; 16]),
            name: "程序".to_owned(),
            grant: Grant::everywhere(Role::Owner),
            origin,
        }
    }

    /// Whoever sits at the machine itself, as `name`.
    #[must_use]
    pub fn at_the_machine(name: &str, origin: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::program(origin)
        }
    }

    /// The name with the short hash that tells people of one name apart.
    #[must_use]
    pub fn signed(&self) -> String {
        match self.person.0 == [0; 16] {
            true => self.name.clone(),
            false => format!("{}（{}）", self.name, self.person.short()),
        }
    }

    /// A row of the audit: what they did and how that ended.
    #[must_use]
    pub fn entry(&self, act: &str, outcome: &str, before: String, after: String) -> Entry {
        Entry {
            actor: self.signed(),
            role: self.grant.role.name().to_owned(),
            places: self.grant.places.join("、"),
            origin: self.origin.to_owned(),
            act: act.to_owned(),
            outcome: outcome.to_owned(),
            before,
            after,
        }
    }
}
