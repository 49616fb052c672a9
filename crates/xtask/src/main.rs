//! Commands for whoever works on wenzheng; people who run it need none of them.
//!
//! ```text
//! cargo xtask frequencies REPORT.md … > config/lexicon/frequencies.txt
//! cargo xtask messages > config/lexicon/messages.model
//! cargo xtask phrases REPORT.md … > crates/gbk-repair/data/phrases.txt
//! cargo xtask repair REPORT.md …
//! ```

mod frequencies;
mod messages;
mod phrases;
mod repair;

use std::{env, fs, io, process::ExitCode};

const USAGE: &str = "\
usage: cargo xtask frequencies REPORT.md …  prints in how many sentences each word stands
       cargo xtask messages              prints the classifier of messages, fitted to the examples
       cargo xtask phrases REPORT.md …   prints the phrases that the reports share
       cargo xtask repair REPORT.md …    measures repair on sentences damaged at random";

#[expect(clippy::print_stderr, reason = "it is a command")]
fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let command = arguments.next().unwrap_or_default();
    let texts = arguments
        .map(fs::read_to_string)
        .collect::<Result<Vec<_>, _>>();
    let outcome: io::Result<()> = texts.and_then(|texts| match command.to_str() {
        Some("frequencies") => {
            frequencies::print(&texts);
            Ok(())
        }
        Some("messages") => messages::print(),
        Some("phrases") => {
            phrases::print(&texts);
            Ok(())
        }
        Some("repair") => repair::measure(&texts),
        _ => Err(io::Error::other(USAGE)),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
