//! Counts what reports have in common, for `crates/gbk-repair/data/phrases.txt`.

use gbk_repair::Idiom;

/// Prints the idiom of `reports`.
#[expect(clippy::print_stdout, reason = "it is a command")]
pub(crate) fn print(reports: &[String]) {
    print!("{}", Idiom::of(reports.iter().map(String::as_str)));
}
