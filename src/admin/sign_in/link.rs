//! One-time links into the console: for somebody with a role, and for somebody who is to get one.

use wenzheng_store::{Code, Granted, Person, StoreError, now};

use super::session::{ORIGIN, SignedIn};
use crate::{
    admin::{
        office::Office,
        outcome::Outcome,
        secrets::{random, read},
    },
    staff::{Actor, Grant, Role},
};

/// Characters that name the account of somebody new, 5 bits each: 130 bits.
const ACCOUNT: usize = 26;
/// What links for somebody with a role are kept for.
const SIGN_IN: &str = "login";
/// What codes that give a role are kept for.
const INVITE: &str = "invite";

/// What a link would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offered {
    /// Sign somebody in.
    SignIn(String),
    /// Give a role to whoever uses it, and sign them in.
    Join {
        /// What the office calls them.
        name: String,
        /// The role.
        role: Role,
        /// For these places; empty for all.
        places: Vec<String>,
    },
}

impl Office {
    /// True once there is somebody who may sign in, or was invited to: until then there is no console.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn has_console(&self) -> Result<bool, StoreError> {
        let mut members = self.people.all().into_iter();
        if members.any(|member| member.grant.role == Role::Owner) {
            return Ok(true);
        }
        self.publisher.block_on(self.store().has_codes(INVITE))
    }

    /// A link by which whoever asks gets into the console.
    pub(in crate::admin) fn console_link(&self, by: &Actor) -> Result<Outcome, StoreError> {
        let Some(console) = &self.settings.console_url else {
            return Ok(Outcome::NoAddress);
        };
        if self.people.find(by.person).is_none() {
            // At the machine itself nobody is signed in: an invitation makes somebody.
            return Ok(Outcome::Nothing);
        }
        let entry = by.entry("console", "link", String::new(), String::new());
        let secret = self.once_for(by, SIGN_IN, &entry)?;
        Ok(Outcome::ConsoleAt(format!("{console}/admin/in/{secret}")))
    }

    /// What the link with this secret would do; spends nothing: chats fetch addresses to show what is
    /// behind them. `address` is where it is asked from.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn offered(&self, secret: &str, address: &str) -> Result<Option<Offered>, StoreError> {
        let tried = self.tries_of(address);
        if !self.tries.may(tried) {
            return Ok(None);
        }
        let secret = read(secret);
        let (sign_in, invite) = self.publisher.block_on(async {
            let sign_in = self.store().code(SIGN_IN, &secret).await?;
            let invite = self.store().code(INVITE, &secret).await?;
            Ok::<_, StoreError>((sign_in, invite))
        })?;
        let offered = match (sign_in, invite) {
            (Some(code), _) => Some(Offered::SignIn(code.made_by)),
            (None, Some(code)) => Role::parse(&code.role).map(|role| Offered::Join {
                name: code.detail,
                role,
                places: code.places,
            }),
            (None, None) => None,
        };
        if offered.is_none() {
            self.tries.failed(tried);
        }
        Ok(offered)
    }

    /// Spends a link: whoever has it is signed in, with what the browser keeps; `None` when it is none.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn sign_in_by_link(
        &self,
        secret: &str,
        address: &str,
        device: &str,
    ) -> Result<Option<(String, SignedIn)>, StoreError> {
        let tried = self.tries_of(address);
        if !self.tries.may(tried) {
            return Ok(None);
        }
        let secret = read(secret);
        let spent = self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            let key = self.store().key();
            if let Some(code) = act.spend_code(key, SIGN_IN, &secret).await? {
                let by = Actor::program(ORIGIN);
                act.commit(&by.entry("console", "spent", code.made_by.clone(), String::new()))
                    .await?;
                let person = serde_json::from_str(&code.detail).ok().map(Person);
                return Ok(person.map(|person| (person, false)));
            }
            let Some(code) = act.spend_code(key, INVITE, &secret).await? else {
                return Ok(None);
            };
            let granted = self.granted_by(&code)?;
            act.grant(&granted).await?;
            let by = joined(&granted);
            let after = format!("{} {}", code.role, code.places.join("、"));
            act.commit(&by.entry("grant", "joined", String::new(), after))
                .await?;
            Ok::<_, StoreError>(Some((granted.person, true)))
        })?;
        let Some((person, is_new)) = spent else {
            self.tries.failed(tried);
            return Ok(None);
        };
        self.publisher.block_on(self.people.refresh(self.store()))?;
        let by = self.actor(person, ORIGIN);
        if by.grant.role < Role::Viewer {
            return Ok(None);
        }
        if is_new {
            self.alert_of_grant(&by.name, by.grant.role);
        }
        self.begin_session(&by, "link", device).map(Some)
    }

    /// Somebody new, who is known by nothing but their sessions and their password.
    fn granted_by(&self, code: &Code) -> Result<Granted, StoreError> {
        let account = random(ACCOUNT)?;
        Ok(Granted {
            person: self.store().key().person(ORIGIN, account.as_bytes()),
            channel: ORIGIN.to_owned(),
            name: code.detail.clone(),
            role: code.role.clone(),
            places: code.places.clone(),
            granted_by: code.made_by.clone(),
            granted_at: now(),
        })
    }

    /// Whoever tries codes from `address`.
    fn tries_of(&self, address: &str) -> Person {
        self.store().key().person("address", address.as_bytes())
    }
}

fn joined(granted: &Granted) -> Actor {
    Actor {
        person: granted.person,
        name: granted.name.clone(),
        grant: Grant {
            role: Role::parse(&granted.role).unwrap_or_default(),
            places: granted.places.clone(),
        },
        origin: ORIGIN,
    }
}
