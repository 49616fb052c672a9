//! Who is signed in.

use wenzheng_store::Alert;

use super::trouble::Trouble;
use crate::{
    admin::SignedIn,
    staff::{Actor, Role},
};

/// Somebody who is signed in, with the token of their forms.
#[derive(Debug, Clone)]
pub(super) struct Who {
    pub(super) signed_in: SignedIn,
    /// What forms of this session carry.
    pub(super) token: String,
    /// What owners should hear of, of the last day; nothing for others.
    pub(super) alerts: Vec<Alert>,
}

impl Who {
    pub(super) const fn actor(&self) -> &Actor {
        &self.signed_in.actor
    }

    pub(super) fn role(&self) -> Role {
        self.signed_in.actor.grant.role
    }

    /// Fails unless they have at least this role.
    pub(super) fn needs(&self, role: Role) -> Result<(), Trouble> {
        match self.role() >= role {
            true => Ok(()),
            false => Err(Trouble::Needs(role)),
        }
    }

    /// The place that they asked for, if it is one of theirs: who has a role for some places sees one of them
    /// at a time. Empty for all.
    pub(super) fn place(&self, asked: &str) -> String {
        self.signed_in.actor.grant.place(asked)
    }
}
