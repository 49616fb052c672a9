//! The `wenzheng` program: see the library's documentation.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

fn main() -> ExitCode {
    match wenzheng::cli::run() {
        Ok(code) => code,
        Err(error) => {
            // Not `eprintln!`, which panics where nobody can read it.
            let _ = writeln!(io::stderr(), "{error:#}");
            ExitCode::FAILURE
        }
    }
}
