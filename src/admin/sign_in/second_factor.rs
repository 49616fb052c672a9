//! The second factor: codes of an authenticator, by time (RFC 6238).

use totp_rs::{Builder, Secret, Totp};
use wenzheng_store::{Login, Person, StoreError};

use crate::{
    admin::{office::Office, outcome::Outcome},
    staff::Actor,
};

/// Bytes of the secret, as RFC 4226 recommends for HMAC-SHA-1.
const BYTES: usize = 20;
/// What authenticators show beside the name.
const ISSUER: &str = "wenzheng";

/// A second factor that is not in force yet: whoever has it proves so by a code.
#[derive(Clone, PartialEq, Eq)]
pub struct NewSecondFactor {
    /// The secret as it is typed into an authenticator: letters and digits.
    pub typed: String,
    /// The address that authenticators read.
    pub address: String,
}

impl std::fmt::Debug for NewSecondFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewSecondFactor(…)")
    }
}

/// The codes of `secret`; `None` when it is none.
fn codes(name: &str, secret: &[u8]) -> Option<Totp> {
    let secret: Box<[u8]> = secret.into();
    let builder = Builder::new()
        .with_secret(Secret::new(secret))
        // A colon would end the name.
        .with_account_name(name.replace(':', "："))
        .with_issuer(Some(ISSUER));
    builder.build().ok()
}

/// The step of the clock to which `code` belongs; `None` when it is wrong.
fn step(secret: &[u8], code: &str) -> Option<i64> {
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let seconds = u64::try_from(wenzheng_store::now() / 1000).ok()?;
    let step = codes("", secret)
        .or_else(|| codes("wenzheng", secret))?
        .check(&code, seconds)?;
    i64::try_from(step).ok()
}

impl Office {
    /// A new second factor for whoever signs in by `name`; it is in force once a code of it was typed.
    ///
    /// # Errors
    /// [`StoreError::Disk`] without randomness of the system.
    pub fn new_second_factor(name: &str) -> Result<NewSecondFactor, StoreError> {
        let mut secret = [0; BYTES];
        getrandom::fill(&mut secret).map_err(|error| StoreError::Disk(error.to_string()))?;
        let damaged = || StoreError::Damaged("totp".to_owned());
        let codes = codes(name, &secret).ok_or_else(damaged)?;
        Ok(NewSecondFactor {
            typed: codes.secret().to_base32(),
            address: codes.to_url().map_err(|_| damaged())?,
        })
    }

    /// Puts a second factor into force, if `code` is one of its codes; `None` for `typed` takes it away.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn set_second_factor(
        &self,
        person: Person,
        typed: Option<&str>,
        code: &str,
        by: &Actor,
    ) -> Result<Outcome, StoreError> {
        let logins = self.publisher.block_on(self.store().logins())?;
        let Some(login) = logins.into_iter().find(|login| login.person == person) else {
            return Ok(Outcome::Nothing);
        };
        let (totp, totp_step) = match typed {
            Some(typed) => {
                let secret = Secret::try_from_base32(typed.trim());
                let secret = secret.map(|secret| secret.as_bytes().to_vec());
                let step = secret.as_ref().ok().and_then(|secret| step(secret, code));
                let (Ok(secret), Some(step)) = (secret, step) else {
                    return Ok(Outcome::NoCode);
                };
                (Some(secret), step)
            }
            None => (None, 0),
        };
        let before = second_factor(login.totp.is_some());
        let after = second_factor(totp.is_some());
        let login = Login {
            totp,
            totp_step,
            ..login
        };
        self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            act.set_login(self.store().key(), &login).await?;
            act.commit(&by.entry("second_factor", "done", before, after))
                .await
        })?;
        Ok(Outcome::Removed)
    }

    /// True when `code` is the one of this moment and was not used before.
    pub(super) fn is_second_factor(&self, login: &Login, code: &str) -> Result<bool, StoreError> {
        let step = login.totp.as_ref().and_then(|secret| step(secret, code));
        let Some(step) = step else { return Ok(false) };
        let used = self.store().use_totp_step(login.person, step);
        self.publisher.block_on(used)
    }
}

fn second_factor(is_set: bool) -> String {
    match is_set {
        true => "有动态码",
        false => "没有动态码",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_this_moment_is_taken_and_no_other() {
        let new = Office::new_second_factor("小李").expect("randomness");
        assert!(
            new.address.starts_with("otpauth://totp/"),
            "{}",
            new.address
        );
        let secret = Secret::try_from_base32(&new.typed).expect("its own form");
        let secret = secret.as_bytes();
        let seconds = u64::try_from(wenzheng_store::now() / 1000).expect("after 1970");
        let code = codes("小李", secret).expect("codes").generate(seconds);
        let code = code.to_string();
        assert!(step(secret, &code).is_some());
        assert!(step(secret, &format!("{} {}", &code[..3], &code[3..])).is_some());
        let wrong = if code == "000000" { "000001" } else { "000000" };
        assert_eq!(step(secret, wrong), None);
        assert_eq!(step(secret, ""), None);
        let long_ago = codes("小李", secret)
            .expect("codes")
            .generate(seconds - 600);
        assert_eq!(step(secret, &long_ago.to_string()), None);
    }
}
