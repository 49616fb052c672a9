//! Imports one file and prints the corpus file that comes of it; what was noticed goes to standard
//! error.
//!
//! ```text
//! cargo run -p wenzheng-import --example import_file -- report.docx 通渭县 2024
//! ```

use std::{env, error::Error, fs, path::PathBuf};

use wenzheng_import::{Options, import};

#[expect(clippy::print_stdout, reason = "the result of the example")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let file = PathBuf::from(arguments.next().ok_or("which file?")?);
    let options = Options {
        place: arguments.next(),
        year: arguments.next().map(|year| year.parse()).transpose()?,
        source: None,
        file: Some(file.clone()),
        kind: None,
    };
    let imported = import(&fs::read(&file)?, &options)?;
    print!("{}", imported.text);
    eprintln!("{}: {}", imported.meta.title, imported.encoding);
    for mend in &imported.mends {
        eprintln!(
            "line {}: {} → {} ({:?})",
            mend.line, mend.before, mend.after, mend.certainty
        );
    }
    for left_out in &imported.left_out {
        eprintln!("left out, line {}: {}", left_out.line, left_out.text);
    }
    Ok(())
}
