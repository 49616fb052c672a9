//! Sessions of the console.

use wenzheng_store::{Session, StoreError, now};

use crate::{
    admin::{office::Office, outcome::Outcome, secrets::random},
    staff::{Actor, Role},
};

/// How long a session may be idle, in milliseconds.
pub const IDLE: i64 = 30 * 60 * 1000;
/// How long a session lasts at most, in milliseconds.
pub const WHOLE: i64 = 12 * 60 * 60 * 1000;
/// Where acts in the console come from.
pub(in crate::admin) const ORIGIN: &str = "console";
/// Characters of what a browser keeps, 5 bits each: 260 bits.
const SECRET: usize = 52;
/// Characters of a browser's own words about itself that are kept.
const DEVICE: usize = 60;

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Who, with the role of this moment.
    pub actor: Actor,
    /// The session.
    pub session: Session,
}

impl Office {
    /// Begins a session of `by`; gives what the browser keeps.
    pub(super) fn begin_session(
        &self,
        by: &Actor,
        how: &str,
        device: &str,
    ) -> Result<(String, SignedIn), StoreError> {
        let secret = random(SECRET)?;
        let session = Session {
            id: random(6)?,
            person: by.person,
            name: by.name.clone(),
            device: device.chars().take(DEVICE).collect(),
            made_at: now(),
            used_at: now(),
            expires_at: now() + WHOLE,
        };
        self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            act.add_session(self.store().key(), &secret, &session)
                .await?;
            let after = format!("会话 {}（{how}）", session.id);
            act.commit(&by.entry("sign_in", "done", String::new(), after))
                .await
        })?;
        let signed_in = SignedIn {
            actor: by.clone(),
            session,
        };
        Ok((secret, signed_in))
    }

    /// Whoever has the session of this secret; `None` when it is over, or they have no role any more.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn signed_in(&self, secret: &str) -> Result<Option<SignedIn>, StoreError> {
        let session = self
            .publisher
            .block_on(self.store().session(secret, IDLE))?;
        Ok(session.and_then(|session| {
            let actor = self.actor(session.person, ORIGIN);
            (actor.grant.role >= Role::Viewer).then_some(SignedIn { actor, session })
        }))
    }

    /// What forms of the session with this secret carry, so that no other site can send them.
    #[must_use]
    pub fn form_token(&self, secret: &str) -> String {
        let hash = self.store().key().hash("form", &[secret.as_bytes()]);
        hash.hex()
    }

    /// The sessions that are not over: of everybody for an owner, of oneself for others.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn sessions(&self, by: &Actor) -> Result<Vec<Session>, StoreError> {
        let mut sessions = self.publisher.block_on(self.store().sessions(IDLE))?;
        sessions.retain(|session| by.grant.role == Role::Owner || session.person == by.person);
        Ok(sessions)
    }

    /// Ends a session; one of somebody else takes an owner.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn end_session(&self, id: &str, by: &Actor) -> Result<Outcome, StoreError> {
        let sessions = self.sessions(by)?;
        let Some(session) = sessions.iter().find(|session| session.id == id) else {
            return Ok(Outcome::Nothing);
        };
        self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            act.end_session(id).await?;
            let before = format!("会话 {id}（{}）", session.name);
            act.commit(&by.entry("sign_out", "done", before, String::new()))
                .await
        })?;
        Ok(Outcome::Removed)
    }
}
