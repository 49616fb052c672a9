//! The `wenzheng` program: see the library's documentation.

use std::process::ExitCode;

fn main() -> ExitCode {
    match wenzheng::cli::run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
