//! What happens when nobody reads on (`wenzheng eval … | head`): the program ends, and says nothing.

use std::{io, panic, process};

/// Makes `print!` end the program when its reader has gone, where it would panic.
pub(super) fn end_quietly() {
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        // The message of `print!`; rustc tells it by the same words.
        let is_closed = |told: &str| told.starts_with("failed printing to stdout: Broken pipe");
        if panic.payload_as_str().is_some_and(is_closed) {
            #[expect(clippy::disallowed_methods, reason = "there is no `main` to return to")]
            process::exit(0);
        }
        report(panic);
    }));
}

/// True when a command failed because nobody reads what it writes.
pub(super) fn caused(error: &anyhow::Error) -> bool {
    let error = error.downcast_ref::<io::Error>();
    error.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
