//! What is said over the socket: one JSON object a line, a request and its answer.
//!
//! ```text
//! → {"v":1,"do":"reload"}
//! → {"v":1,"do":"command","text":"/rollback 3"}
//! → {"v":1,"do":"export","to":"/srv/copy"}
//! → {"v":1,"do":"password","who":"小李","hash":"$argon2id$…"}
//! ← {"v":1,"ok":true,"message":"已重新加载……"}
//! ← {"v":1,"ok":false,"error":"not_allowed","message":"……"}
//! ```
//!
//! A connection may send several requests, which are answered in turn. Fields that are not known are
//! ignored, so that fields may be added within a version. A server that does not know the version or
//! the command says so with a name of an error; `message` is for people.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// The version spoken here.
pub(super) const VERSION: u32 = 1;
/// Bytes of the longest request; one that is longer ends the connection.
pub(super) const LONGEST_REQUEST: usize = 65_536;

/// What can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Command {
    /// Read the corpus again and serve it.
    Reload,
    /// What an administrator types in a chat.
    Command {
        /// `/rollback 3`
        text: String,
    },
    /// Set the password with which a member signs in to the console.
    Password {
        /// Their name, or their number in the list of people.
        who: String,
        /// Its hash, in PHC form: the password itself never leaves the terminal.
        hash: String,
    },
    /// Write the live edition into a folder.
    Export {
        /// An absolute path.
        to: PathBuf,
    },
}

/// A request as it is written.
#[derive(Debug, Serialize)]
pub(super) struct Request {
    pub(super) v: u32,
    #[serde(flatten)]
    pub(super) command: Command,
}

/// A request as it is read: the version before anything else, since another one may mean anything.
#[derive(Debug, Deserialize)]
struct Received {
    v: u32,
    #[serde(rename = "do", default)]
    command: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    who: String,
    #[serde(default)]
    hash: String,
    #[serde(default)]
    to: PathBuf,
}

/// Names of errors, for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorName {
    /// The user is another one than the server's.
    NotAllowed,
    /// Not a request.
    BadRequest,
    /// A version that the server does not speak; `v` of the answer is the one it does.
    UnknownVersion,
    /// A command that the server does not know.
    UnknownCommand,
    /// It was tried, and failed as the message says.
    Failed,
    /// Of a newer server.
    #[serde(other)]
    Other,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub(super) v: u32,
    /// True when it was done.
    pub ok: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorName>,
    /// What happened, in Chinese.
    pub message: String,
}

impl Answer {
    /// It was done.
    pub(super) const fn done(message: String) -> Self {
        Self {
            v: VERSION,
            ok: true,
            error: None,
            message,
        }
    }

    /// It was not.
    pub(super) const fn not_done(error: ErrorName, message: String) -> Self {
        Self {
            v: VERSION,
            ok: false,
            error: Some(error),
            message,
        }
    }

    /// As a line.
    pub(super) fn line(&self) -> String {
        let mut line = serde_json::to_string(self).unwrap_or_default();
        line.push('\n');
        line
    }
}

/// Reads the line of a request.
///
/// # Errors
/// What is wrong with it.
pub(super) fn read(line: &[u8]) -> Result<Command, ErrorName> {
    let request: Received = serde_json::from_slice(line).map_err(|_| ErrorName::BadRequest)?;
    if request.v != VERSION {
        return Err(ErrorName::UnknownVersion);
    }
    match request.command.as_str() {
        "reload" => Ok(Command::Reload),
        "command" => Ok(Command::Command { text: request.text }),
        "password" if request.hash.starts_with("$argon2id$") => Ok(Command::Password {
            who: request.who,
            hash: request.hash,
        }),
        "password" => Err(ErrorName::BadRequest),
        "export" if request.to.is_absolute() => Ok(Command::Export { to: request.to }),
        "export" => Err(ErrorName::BadRequest),
        _ => Err(ErrorName::UnknownCommand),
    }
}
