//! Asks a running server, from another process.

use std::{
    fs,
    io::{self, BufRead as _, BufReader, Write as _},
    path::Path,
};

use super::{
    protocol::{Answer, Command, Request, VERSION},
    socket, wording,
};

/// Why there is no answer, in Chinese.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct AskError(String);

/// Asks the server whose data folder is `data`, and waits until it answers: a large corpus takes
/// minutes.
///
/// # Errors
/// [`AskError`] when there is none, or it does not answer.
pub fn ask(data: &Path, command: Command) -> Result<Answer, AskError> {
    let shown = fs::canonicalize(data).or_else(|_| std::path::absolute(data));
    let shown = shown.unwrap_or_else(|_| data.to_owned());
    let mut stream = socket::connect(data).map_err(|error| {
        AskError(match error.kind() {
            io::ErrorKind::PermissionDenied => wording::not_permitted(&shown),
            _ => wording::no_server(&shown),
        })
    })?;
    let broken = |_: io::Error| AskError(wording::BROKEN.to_owned());
    let request = Request {
        v: VERSION,
        command,
    };
    let mut line = serde_json::to_string(&request).unwrap_or_default();
    line.push('\n');
    stream.write_all(line.as_bytes()).map_err(broken)?;
    let mut answer = String::new();
    BufReader::new(stream)
        .read_line(&mut answer)
        .map_err(broken)?;
    serde_json::from_str(&answer).map_err(|_| AskError(wording::BROKEN.to_owned()))
}
