//! Reports of one place and year: each is kept, `2021-work-report.md` and `2021-2-work-report.md`; only
//! the same text twice is written once.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

/// Which files of a command were written where.
#[derive(Default)]
pub(super) struct Written {
    files: HashMap<PathBuf, (PathBuf, u64)>,
}

/// Where a report goes that is not the first of its place and year.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing stands there yet.
    First(PathBuf),
    /// `2021-2-work-report.md`, beside that of the file named.
    Further(PathBuf, PathBuf),
    /// The file named says the same.
    Same(PathBuf),
}

impl Written {
    /// Takes `out` or the next name beside it for `file` with the corpus file `text`.
    pub(super) fn place(&mut self, out: &Path, file: &Path, text: &str) -> Place {
        let content = content(text);
        let mut first: Option<PathBuf> = None;
        for n in 1.. {
            let out = numbered(out, n);
            match self.files.get(&out) {
                Some((other, same)) if *same == content => return Place::Same(other.clone()),
                Some((other, _)) => {
                    first.get_or_insert_with(|| other.clone());
                }
                None => {
                    self.files.insert(out.clone(), (file.to_owned(), content));
                    return match first {
                        Some(other) => Place::Further(out, other),
                        None => Place::First(out),
                    };
                }
            }
        }
        unreachable!("there is always a next number")
    }
}

/// What a corpus file says, whatever its front matter.
fn content(text: &str) -> u64 {
    let body = text.split_once("\n---\n").map_or(text, |(_, body)| body);
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    hasher.finish()
}

/// `2021-work-report.md` as `2021-2-work-report.md`.
fn numbered(out: &Path, n: usize) -> PathBuf {
    if n == 1 {
        return out.to_owned();
    }
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    let name = match name.split_once('-') {
        Some((year, kind)) => format!("{year}-{n}-{kind}"),
        None => format!("{n}-{name}"),
    };
    out.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_report_of_a_year_is_kept_beside_the_first() {
        let mut written = Written::default();
        let mut place = |file: &str, text: &str| {
            let out = PathBuf::from("c/anhe/2021-work-report.md");
            written.place(&out, Path::new(file), text)
        };
        let second = PathBuf::from("c/anhe/2021-2-work-report.md");
        assert_eq!(
            place("a.txt", "---\nplace: 安和县\n---\n甲"),
            Place::First("c/anhe/2021-work-report.md".into())
        );
        assert_eq!(
            place("b.txt", "---\n---\n乙"),
            Place::Further(second, "a.txt".into())
        );
        assert_eq!(place("c.txt", "---\n---\n甲"), Place::Same("a.txt".into()));
        assert_eq!(
            place("d.txt", "丙"),
            Place::Further("c/anhe/2021-3-work-report.md".into(), "a.txt".into())
        );
    }
}
