//! Repairs a text and lists what was changed:
//!
//! ```text
//! cargo run --release --example repair -- FILE
//! ```
//!
//! Without a file it repairs a sentence of its own.

use std::{env, fs, io};

const DAMAGED: &str = "構筑了縣域經濟大框架?!巴ㄎ键S芪”“通渭粉條”獲得";

#[expect(clippy::print_stdout, reason = "it is a command")]
fn main() -> io::Result<()> {
    let text = match env::args_os().nth(1) {
        Some(file) => fs::read_to_string(file)?,
        None => DAMAGED.to_owned(),
    };
    let repaired = gbk_repair::repair(&text);
    println!("{}", repaired.text);
    for repair in &repaired.repairs {
        let (before, after) = (&repair.before, &repair.after);
        println!(
            "byte {}: {before} → {after} ({:?})",
            repair.span.start, repair.certainty
        );
    }
    Ok(())
}
