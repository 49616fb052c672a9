//! `wenzheng import`: turns a report as it was found into a corpus file.

mod args;
mod folder;
mod one;
mod record;
mod same_year;
mod wording;

use std::process::ExitCode;

pub use self::args::ImportArgs;

use self::one::{destination, recognise, write};
use crate::intake::Folders;

/// Imports one file, or every file of a folder, and prints what was recognised, restored and left
/// out.
///
/// # Errors
/// When the file cannot be read, names neither place nor year, or must not be overwritten. In a
/// folder such files are listed, and the others are imported.
#[expect(clippy::print_stdout, reason = "the command's output")]
pub fn run(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    if args.file.is_dir() {
        return folder::run(args);
    }
    let mut ready = recognise(args, &args.file, &args.file)?;
    let out = destination(&args.out, &ready, &mut Folders::below(&args.out));
    write(args, &out, &ready.text)?;
    if args.json {
        ready.told.record.out = out.display().to_string();
        println!("{}", record::line(&ready.told.record)?);
    } else {
        println!("已写入 {}\n\n{}", out.display(), ready.told.report);
    }
    Ok(ExitCode::SUCCESS)
}
