//! Signing in to the console: by a one-time link, or by name, password and, where one is set, a second
//! factor.

mod delays;
mod link;
mod password;
mod second_factor;
mod session;

pub(super) use self::delays::Delays;
pub use self::{
    link::Offered,
    password::{BadPassword, PasswordTry, hash_password},
    second_factor::NewSecondFactor,
    session::{IDLE, SignedIn, WHOLE},
};
