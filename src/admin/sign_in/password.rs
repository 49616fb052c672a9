//! Passwords: hashed with argon2id (RFC 9106), tried with delays.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use argon2::{
    Algorithm, Argon2, Block, Params, PasswordHasher as _, Version,
    password_hash::phc::PasswordHash,
};
use subtle::ConstantTimeEq as _;
use wenzheng_store::{Login, Person, StoreError};

use super::session::SignedIn;
use crate::{
    admin::{alerts::AlertKind, office::Office, outcome::Outcome, people::Member},
    staff::Actor,
};

/// Characters of the shortest password.
const SHORTEST: usize = 10;
/// Characters of the longest: hashing takes longer with each.
const LONGEST: usize = 200;
/// What is compared with when nobody has the name that was typed, so that this takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGhhcyB0aGlz$\
                      2vJc8h9d0XQ0bq0YH8k0e0T4b2m1p7m0oJ5cB3m0n3w";

/// Wrong passwords for one account after which owners hear of it.
const MANY: u32 = 5;

/// What is wrong with a new password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadPassword {
    /// Fewer characters than this.
    TooShort(usize),
    /// More characters than this.
    TooLong(usize),
    /// One character again and again, or the name.
    TooPlain,
}

/// What became of a try to sign in.
#[derive(Debug)]
pub enum PasswordTry {
    /// Signed in; what the browser keeps.
    In(String, Box<SignedIn>),
    /// Name, password or code are wrong; which of them is not told.
    Wrong,
    /// Too many were wrong: so long until the next try.
    Wait(Duration),
    /// The password is right, and a code of the second factor is needed as well.
    NeedsCode,
}

/// The hash of a new password, in PHC form. Takes 19 MB for a moment.
///
/// # Errors
/// [`BadPassword`]
pub fn hash_password(name: &str, password: &str) -> Result<String, BadPassword> {
    let chars = password.chars().count();
    if chars < SHORTEST {
        return Err(BadPassword::TooShort(SHORTEST));
    }
    if chars > LONGEST {
        return Err(BadPassword::TooLong(LONGEST));
    }
    let mut different: Vec<char> = password.chars().collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < 4 || password == name {
        return Err(BadPassword::TooPlain);
    }
    let hash: Result<PasswordHash, _> = Argon2::default().hash_password(password.as_bytes());
    // Only a password of gigabytes or a system without randomness is refused.
    hash.map(|hash| hash.to_string())
        .map_err(|_| BadPassword::TooLong(LONGEST))
}

/// What passwords are compared in: one at a time, in the same 19 MB. Given back after each, they would stay
/// with the thread that took them, and there are many.
static BLOCKS: Mutex<Vec<Block>> = Mutex::new(Vec::new());

/// True when `password` is the one that `hash` was made of.
fn is_password(password: &str, hash: &str) -> bool {
    let hash = if hash.is_empty() { NOBODY } else { hash };
    compared(password, hash).unwrap_or(false)
}

/// Whether the two fit; `None` for what is no hash of argon2id.
fn compared(password: &str, hash: &str) -> Option<bool> {
    let hash = PasswordHash::new(hash).ok()?;
    let (salt, expected) = (hash.salt.as_ref()?, hash.hash.as_ref()?);
    let algorithm = Algorithm::try_from(hash.algorithm.as_str()).ok()?;
    let params = Params::try_from(&hash).ok()?;
    let mut blocks = BLOCKS.lock().unwrap_or_else(PoisonError::into_inner);
    if blocks.len() < params.block_count() {
        blocks.resize(params.block_count(), Block::default());
    }
    let mut made = vec![0; expected.as_bytes().len()];
    Argon2::new(algorithm, Version::V0x13, params)
        .hash_password_into_with_memory(password.as_bytes(), salt, &mut made, &mut blocks[..])
        .ok()?;
    Some(made.ct_eq(expected.as_bytes()).into())
}

impl Office {
    /// How long the next try to sign in by `name` is to take: an account that somebody guesses at from
    /// many addresses becomes slow, and stays open to whoever knows the password. An error says how long
    /// `address` has to wait until it may try at all.
    ///
    /// # Errors
    /// The time to wait.
    pub fn sign_in_pause(&self, name: &str, address: &str) -> Result<Duration, Duration> {
        /// What a person may still wait for.
        const MOST: Duration = Duration::from_secs(5);
        let now = Instant::now();
        let left = self.signing.addresses.left(&address.to_owned(), now);
        if !left.is_zero() {
            return Err(left);
        }
        let account = name.trim().to_owned();
        Ok(self.signing.accounts.left(&account, now).min(MOST))
    }

    /// Tries to sign in by name and password, and `code` of the second factor. `address` is where the try
    /// comes from. Takes a moment and 19 MB: call it for two at a time at most.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn sign_in(
        &self,
        name: &str,
        password: &str,
        code: &str,
        address: &str,
        device: &str,
    ) -> Result<PasswordTry, StoreError> {
        let (name, now) = (name.trim(), Instant::now());
        let (from, account) = (address.to_owned(), name.to_owned());
        // Many may have passed the pause at once.
        let left = self.signing.addresses.left(&from, now);
        if !left.is_zero() {
            return Ok(PasswordTry::Wait(left));
        }
        let login = self.publisher.block_on(self.store().login(name))?;
        let hash = login.as_ref().map_or("", |login| login.password.as_str());
        let is_right = is_password(password.get(..4 * LONGEST).unwrap_or(password), hash);
        let login = login.filter(|login| is_right && !login.password.is_empty());
        let member = login
            .as_ref()
            .and_then(|login| self.people.find(login.person));
        let (Some(login), Some(_)) = (login, member) else {
            return self.sign_in_failed(from, account);
        };
        if login.totp.is_some() {
            if code.trim().is_empty() {
                return Ok(PasswordTry::NeedsCode);
            }
            if !self.is_second_factor(&login, code)? {
                return self.sign_in_failed(from, account);
            }
        }
        self.signing.addresses.succeeded(&from);
        self.signing.accounts.succeeded(&account);
        let by = self.actor(login.person, super::session::ORIGIN);
        let (secret, signed_in) = self.begin_session(&by, "password", device)?;
        Ok(PasswordTry::In(secret, Box::new(signed_in)))
    }

    fn sign_in_failed(&self, from: String, account: String) -> Result<PasswordTry, StoreError> {
        let now = Instant::now();
        let by = Actor {
            // What was typed may be a password.
            name: "未登录的人".to_owned(),
            ..Actor::program(super::session::ORIGIN)
        };
        let by = Actor {
            grant: Default::default(),
            ..by
        };
        let entry = by.entry("sign_in", "wrong", String::new(), String::new());
        self.publisher.block_on(self.store().record(&entry))?;
        self.signing.addresses.failed(from, now);
        if self.signing.accounts.failed(account, now) == MANY {
            self.alert(
                AlertKind::SignIn,
                "有人多次用错误的密码登录后台。如果不是您自己，请改用更长的密码并启用动态码。",
            );
        }
        Ok(PasswordTry::Wrong)
    }

    /// How somebody signs in; `None` where they have neither password nor second factor.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn login_of(&self, person: Person) -> Result<Option<Login>, StoreError> {
        let logins = self.publisher.block_on(self.store().logins())?;
        Ok(logins.into_iter().find(|login| login.person == person))
    }

    /// True when `typed` is the password of `person`, or they have none. As costly as [`Self::sign_in`].
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn knows_password(&self, person: Person, typed: &str) -> Result<bool, StoreError> {
        let account = person.short();
        let now = Instant::now();
        let login = self.login_of(person)?;
        let hash = login.map(|login| login.password).unwrap_or_default();
        if hash.is_empty() {
            return Ok(true);
        }
        // Whoever sits at a browser that is signed in does not guess either.
        let may = self.signing.accounts.left(&account, now).is_zero();
        let is_right = may && is_password(typed, &hash);
        match is_right {
            true => self.signing.accounts.succeeded(&account),
            false => {
                self.signing.accounts.failed(account, now);
            }
        }
        Ok(is_right)
    }

    /// Gives a member a name and a password to sign in with, as its hash; all their sessions end.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn set_password(
        &self,
        person: Person,
        hash: &str,
        by: &Actor,
    ) -> Result<Outcome, StoreError> {
        let Some(member) = self.people.find(person) else {
            return Ok(Outcome::Nothing);
        };
        let logins = self.publisher.block_on(self.store().logins())?;
        let is_taken = |name: &str| {
            let mut logins = logins.iter();
            logins.any(|login| login.name == name && login.person != person)
        };
        let own = logins.iter().find(|login| login.person == person);
        let name = match own {
            Some(own) => own.name.clone(),
            None if is_taken(&member.name) => format!("{}-{}", member.name, person.short()),
            None => member.name.clone(),
        };
        let login = Login {
            person,
            name: name.clone(),
            password: hash.to_owned(),
            totp: own.and_then(|own| own.totp.clone()),
            totp_step: own.map_or(0, |own| own.totp_step),
        };
        self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            act.set_login(self.store().key(), &login).await?;
            act.end_sessions(person).await?;
            let after = format!("{} 的登录密码", member.name);
            act.commit(&by.entry("password", "done", String::new(), after))
                .await
        })?;
        Ok(Outcome::PasswordSet(name))
    }

    /// The member of that name, or of that number in the list of people; an error names those who share it.
    pub(in crate::admin) fn member_called(&self, who: &str) -> Result<Member, Outcome> {
        let all = self.people.all();
        if let Ok(number) = who.parse::<usize>() {
            let member = number.checked_sub(1).and_then(|index| all.get(index));
            return member.cloned().ok_or(Outcome::Nothing);
        }
        let mut called = all.iter().filter(|member| member.name == who);
        match (called.next(), called.next()) {
            (Some(member), None) => Ok(member.clone()),
            (None, _) => Err(Outcome::Nothing),
            (Some(_), Some(_)) => {
                let numbered = all.iter().enumerate();
                let numbered = numbered.filter(|(_, member)| member.name == who);
                let numbered = numbered.map(|(at, member)| {
                    format!("{}. {}（{}）", at + 1, member.name, member.channel)
                });
                Err(Outcome::Several(numbered.collect()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_fits_its_hash() {
        let hash = hash_password("小李", "一县一策 2024年").expect("it is long enough");
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(is_password("一县一策 2024年", &hash));
        assert!(!is_password("一县一策 2025年", &hash));
        assert!(!is_password("", ""), "nobody signs in without a password");
        let again = hash_password("小李", "一县一策 2024年").expect("it is long enough");
        assert_ne!(hash, again);
    }

    #[test]
    fn a_password_that_is_guessed_at_once_is_refused() {
        for (password, why) in [
            ("123456789", BadPassword::TooShort(SHORTEST)),
            ("1111111111", BadPassword::TooPlain),
            ("通渭县人民政府办公室", BadPassword::TooPlain),
        ] {
            let refused = hash_password("通渭县人民政府办公室", password);
            assert_eq!(refused, Err(why), "{password}");
        }
    }

    #[test]
    fn whoever_types_an_unknown_name_waits_as_long_as_others() {
        assert!(argon2::password_hash::phc::PasswordHash::new(NOBODY).is_ok());
    }
}
