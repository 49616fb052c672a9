//! `wenzheng config`: the settings in force.

use std::process::ExitCode;

use crate::config::Sources;

#[expect(clippy::print_stdout, reason = "the command's output")]
pub(super) fn run(sources: &Sources) -> anyhow::Result<ExitCode> {
    let rows = sources.in_force()?;
    let width = rows.iter().map(|(key, ..)| key.len()).max().unwrap_or(0);
    for (key, value, origin) in rows {
        println!("{key:width$} = {value}  # {origin}");
    }
    // Mistakes are shown after the values they are among.
    sources.settings()?;
    Ok(ExitCode::SUCCESS)
}
