//! Roles given and taken, and keys of the HTTP endpoints.

use wenzheng_store::{Code, Granted, Person, StoreError, Token, now};

use super::{
    alerts::AlertKind,
    office::Office,
    outcome::Outcome,
    people::{GrantedBy, Member},
    secrets::{random, read},
};
use crate::staff::{Actor, Grant, Role};

/// How long a code can be spent, in milliseconds.
const CODE_LIFE: i64 = 10 * 60 * 1000;
/// Characters of a typed code, 5 bits each. They are spent by whoever types them first, five tries a
/// person.
const CODE_CHARS: usize = 10;
/// Before a key of the HTTP endpoints, so that it is known for one where it leaks.
const TOKEN: &str = "wz_";
const DAY: i64 = 86_400_000;

impl Office {
    /// Makes a one-time code that gives a role.
    pub(super) fn invite(
        &self,
        role: Role,
        name: &str,
        places: &[String],
        by: &Actor,
    ) -> Result<Outcome, StoreError> {
        let grant = Grant {
            role,
            places: places.to_vec(),
        };
        if !by.grant.may_give(&grant) {
            return Ok(Outcome::NotTheirs(places.join("、")));
        }
        let secret = random(CODE_CHARS)?;
        let code = Code {
            purpose: "invite".to_owned(),
            role: role.name().to_owned(),
            places: places.to_vec(),
            made_by: by.signed(),
            expires_at: now() + CODE_LIFE,
            detail: name.to_owned(),
        };
        self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            act.add_code(self.store().key(), &secret, &code).await?;
            let after = format!("邀请 {name}：{} {}", role.name(), places.join("、"));
            act.commit(&by.entry("grant", "invited", String::new(), after))
                .await
        })?;
        Ok(Outcome::Invited {
            code: format!(
                "{}-{}",
                &secret[..CODE_CHARS / 2],
                &secret[CODE_CHARS / 2..]
            ),
            role,
            name: name.to_owned(),
            places: places.to_vec(),
            console: self
                .settings
                .console_url
                .as_ref()
                .map(|console| format!("{console}/admin/in/{secret}")),
        })
    }

    /// Spends a code: whoever types it has its role from now on, unless they have a higher one.
    pub(super) fn join(&self, typed: &str, by: &Actor) -> Result<Outcome, StoreError> {
        let secret = read(typed);
        if !self.tries.may(by.person) {
            return Ok(Outcome::NoCode);
        }
        let joined = self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            let code = act
                .spend_code(self.store().key(), "invite", &secret)
                .await?;
            let Some(code) = code else {
                return Ok(None);
            };
            let Some(role) = Role::parse(&code.role) else {
                return Ok(None);
            };
            let granted = Granted {
                person: by.person,
                channel: by.origin.to_owned(),
                name: code.detail.clone(),
                role: code.role.clone(),
                places: code.places.clone(),
                granted_by: code.made_by.clone(),
                granted_at: now(),
            };
            act.grant(&granted).await?;
            // What was open under another role is open no more.
            act.end_sessions(granted.person).await?;
            let by = Actor {
                name: code.detail,
                ..by.clone()
            };
            let after = format!("{} {}", code.role, code.places.join("、"));
            let before = by.grant.role.name().to_owned();
            act.commit(&by.entry("grant", "joined", before, after))
                .await?;
            Ok(Some(role))
        })?;
        let Some(role) = joined else {
            self.tries.failed(by.person);
            return Ok(Outcome::NoCode);
        };
        self.publisher.block_on(self.people.refresh(self.store()))?;
        let name = self.people.find(by.person).map(|member| member.name);
        self.alert_of_grant(&name.unwrap_or_default(), role);
        Ok(Outcome::Joined(role))
    }

    /// Notes where somebody who was given a role on a chat channel can be told something: `address` is their
    /// account there.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn note_address(&self, person: Person, address: &str) -> Result<(), StoreError> {
        self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            act.set_address(self.store().key(), person, address).await?;
            let by = Actor::program("join");
            act.commit(&by.entry("address", "done", String::new(), person.short()))
                .await
        })
    }

    /// Where owners who were given their role on `channel` can be told something.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn owner_addresses(&self, channel: &str) -> Result<Vec<String>, StoreError> {
        let addresses = self.store().addresses(channel, Role::Owner.name());
        self.publisher.block_on(addresses)
    }

    /// True when `person` has this account on `channel`.
    #[must_use]
    pub fn is_account_of(&self, person: Person, channel: &str, account: &str) -> bool {
        person == self.store().key().person(channel, account.as_bytes())
    }

    /// Tells owners who has a role from now on.
    pub(super) fn alert_of_grant(&self, name: &str, role: Role) {
        let told = format!(
            "{name} 现在是{}。如果不是您安排的，请立即收回（/people）。",
            role.called()
        );
        self.alert(AlertKind::Grant, &told);
    }

    /// Spends a code that others have read, for nothing.
    pub(super) fn void(&self, typed: &str, by: &Actor) -> Result<Outcome, StoreError> {
        let secret = read(typed);
        let void = self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            let code = act
                .spend_code(self.store().key(), "invite", &secret)
                .await?;
            if let Some(code) = &code {
                let before = format!("邀请 {}：{}", code.detail, code.role);
                act.commit(&by.entry("grant", "void", before, String::new()))
                    .await?;
            }
            Ok(code.is_some())
        })?;
        Ok(match void {
            true => Outcome::CodeVoid,
            false => Outcome::NoCode,
        })
    }

    /// Takes a role away, by its number in the list of people; the last owner stays.
    pub(super) fn revoke(&self, number: i64, by: &Actor) -> Result<Outcome, StoreError> {
        let all = self.people.all();
        let index = usize::try_from(number - 1).ok();
        let Some(member) = index.and_then(|index| all.get(index)) else {
            return Ok(Outcome::Nothing);
        };
        if member.by == GrantedBy::Settings {
            return Ok(Outcome::BySettings);
        }
        if !by.grant.may_give(&member.grant) {
            return Ok(Outcome::NotTheirs(member.grant.places.join("、")));
        }
        let revoked = self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            // As it is in this act: two owners may take away each other's role at once.
            let granted = act.people().await?;
            let others = granted.iter().filter(|other| other.person != member.person);
            let owner_left = others.clone().any(|other| other.role == Role::Owner.name());
            let by_settings = all
                .iter()
                .any(|m| m.by == GrantedBy::Settings && is_owner(m));
            if is_owner(member) && !owner_left && !by_settings {
                return Ok(Outcome::LastOwner);
            }
            if !act.revoke(member.person).await? {
                return Ok(Outcome::Nothing);
            }
            act.end_sessions(member.person).await?;
            act.remove_login(member.person).await?;
            let before = format!("{}：{}", member.name, member.grant.role.name());
            act.commit(&by.entry("revoke", "done", before, String::new()))
                .await?;
            Ok(Outcome::Removed)
        })?;
        self.publisher.block_on(self.people.refresh(self.store()))?;
        if matches!(revoked, Outcome::Removed) {
            let told = format!("{} 收回了 {} 的权限。", by.name, member.name);
            self.alert(AlertKind::Grant, &told);
        }
        Ok(revoked)
    }

    /// Makes a key of the HTTP endpoints, which is shown once.
    pub(super) fn add_token(
        &self,
        name: &str,
        role: Role,
        places: &[String],
        days: u16,
        by: &Actor,
    ) -> Result<Outcome, StoreError> {
        /// 130 bits.
        const CHARS: usize = 26;
        let grant = Grant {
            role,
            places: places.to_vec(),
        };
        if !by.grant.may_give(&grant) {
            return Ok(Outcome::NotTheirs(places.join("、")));
        }
        let secret = format!("{TOKEN}{}", random(CHARS)?);
        let token = Token {
            id: random(6)?,
            name: name.to_owned(),
            role: role.name().to_owned(),
            places: places.to_vec(),
            made_by: by.signed(),
            made_at: now(),
            expires_at: now() + i64::from(days) * DAY,
            used_at: None,
            revoked_at: None,
        };
        self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            act.add_token(self.store().key(), &secret, &token).await?;
            let after = format!("{} {name}：{}，{days} 天", token.id, role.name());
            act.commit(&by.entry("token", "made", String::new(), after))
                .await
        })?;
        Ok(Outcome::Token(secret))
    }

    /// Takes a key back.
    pub(super) fn revoke_token(&self, id: &str, by: &Actor) -> Result<Outcome, StoreError> {
        let id = id.to_ascii_uppercase();
        let revoked = self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            let revoked = act.revoke_token(&id).await?;
            if revoked {
                act.commit(&by.entry("token", "revoked", id.clone(), String::new()))
                    .await?;
            }
            Ok(revoked)
        })?;
        Ok(match revoked {
            true => Outcome::Removed,
            false => Outcome::Nothing,
        })
    }

    pub(super) fn tokens(&self) -> Result<Outcome, StoreError> {
        Ok(Outcome::Tokens(
            self.publisher.block_on(self.store().tokens())?,
        ))
    }

    /// Whoever has this key; `None` when it is none in force.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn bearer(&self, secret: &str) -> Result<Option<Actor>, StoreError> {
        let token = self.publisher.block_on(self.store().token(secret))?;
        Ok(token.and_then(|token| self.holder(token)))
    }

    /// Whoever has the key that this person stands for; `None` when it is none in force.
    pub(super) fn with_token(&self, person: Person) -> Result<Option<Actor>, StoreError> {
        let tokens = self.publisher.block_on(self.store().tokens())?;
        let in_force = |token: &Token| token.revoked_at.is_none() && token.expires_at > now();
        let mut holders = tokens
            .into_iter()
            .filter(in_force)
            .filter_map(|token| self.holder(token));
        Ok(holders.find(|holder| holder.person == person))
    }

    fn holder(&self, token: Token) -> Option<Actor> {
        let role = Role::parse(&token.role)?;
        Some(Actor {
            person: self.store().key().person("token", token.id.as_bytes()),
            name: token.name,
            grant: Grant {
                role,
                places: token.places,
            },
            origin: "http",
        })
    }
}

fn is_owner(member: &Member) -> bool {
    member.grant.role == Role::Owner
}
