//! Counts what reports have in common, for `src/text/repair/phrases.txt`:
//!
//! ```text
//! cargo run --release --example idiom -- REPORT.md … > src/text/repair/phrases.txt
//! ```

use wenzheng::text::repair::Idiom;

#[expect(clippy::print_stdout, reason = "it is a command")]
fn main() -> std::io::Result<()> {
    let paths = std::env::args_os().skip(1);
    let texts: Vec<String> = paths
        .map(std::fs::read_to_string)
        .collect::<Result<_, _>>()?;
    print!("{}", Idiom::of(texts.iter().map(String::as_str)));
    Ok(())
}
