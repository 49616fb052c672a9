//! Who has which role: by the settings, or granted by an owner.

use std::{collections::HashMap, sync::Arc};

use arc_swap::ArcSwap;
use wenzheng_store::{Granted, Person, Store, StoreError};

use crate::staff::{Grant, Role};

/// Where a role comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantedBy {
    /// The settings: only who edits them takes it away.
    Settings,
    /// An owner.
    Owner,
}

/// A member of the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// As the store knows them.
    pub person: Person,
    /// What the office calls them.
    pub name: String,
    /// On which channel.
    pub channel: String,
    /// What they may do.
    pub grant: Grant,
    /// Where it comes from.
    pub by: GrantedBy,
}

/// Everybody with a role. Reading does not wait for the store.
#[derive(Debug)]
pub(super) struct People {
    settings: Vec<Member>,
    members: ArcSwap<HashMap<Person, Member>>,
}

impl People {
    /// Those of the settings, and those of the store.
    ///
    /// # Errors
    /// [`StoreError`]
    pub(super) async fn open(settings: Vec<Member>, store: &Store) -> Result<Self, StoreError> {
        let people = Self {
            settings,
            members: ArcSwap::default(),
        };
        people.refresh(store).await?;
        Ok(people)
    }

    /// Reads the store again.
    ///
    /// # Errors
    /// [`StoreError`]
    pub(super) async fn refresh(&self, store: &Store) -> Result<(), StoreError> {
        let granted = store.people().await?;
        let granted = granted.iter().filter_map(member);
        // What the settings say is so, whatever was granted.
        let all = granted.chain(self.settings.iter().cloned());
        let members = all.map(|member| (member.person, member)).collect();
        self.members.store(Arc::new(members));
        Ok(())
    }

    /// Somebody with a role.
    #[must_use]
    pub(super) fn find(&self, person: Person) -> Option<Member> {
        self.members.load().get(&person).cloned()
    }

    /// Everybody: of the settings first, then by name.
    #[must_use]
    pub(super) fn all(&self) -> Vec<Member> {
        let mut all: Vec<Member> = self.members.load().values().cloned().collect();
        let order = |member: &Member| (member.by == GrantedBy::Owner, member.name.clone());
        all.sort_by(|a, b| {
            let by_name = order(a).cmp(&order(b));
            by_name.then_with(|| a.person.cmp(&b.person))
        });
        all
    }
}

/// The member that a row of the store tells of; `None` for a role that this program does not know.
pub(super) fn member(granted: &Granted) -> Option<Member> {
    Some(Member {
        person: granted.person,
        name: granted.name.clone(),
        channel: granted.channel.clone(),
        grant: Grant {
            role: Role::parse(&granted.role)?,
            places: granted.places.clone(),
        },
        by: GrantedBy::Owner,
    })
}
