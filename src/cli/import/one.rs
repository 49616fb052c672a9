//! One report: read, recognised, written.

use std::{
    io::{Read, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};

use super::{args::ImportArgs, record::Record, wording};
use crate::{
    corpus::{
        DocumentKind,
        import::{Options, import},
    },
    intake::{self, Folders},
};

/// Bytes read of one file; `import` refuses what is longer.
const MOST: u64 = 65 * 1024 * 1024;

/// A report that is ready to be written.
pub(super) struct Ready {
    pub(super) place: String,
    /// Of the corpus file: `2024-work-report.md`.
    pub(super) name: String,
    /// The corpus file.
    pub(super) text: String,
    /// What the administrator should know.
    pub(super) told: Told,
}

/// What an import tells its administrator.
pub(super) struct Told {
    /// For people: without the line that names the files.
    pub(super) report: String,
    /// For programs.
    pub(super) record: Record,
}

impl Told {
    /// Adds a warning about the file among others.
    pub(super) fn warn(&mut self, warning: String) {
        self.report = format!("{}\n\n{warning}", self.report);
        self.record.warnings.push(warning);
    }
}

/// Imports `file`, which `shown` names to the importer.
pub(super) fn recognise(args: &ImportArgs, file: &Path, shown: &Path) -> anyhow::Result<Ready> {
    let bytes = read(file)?;
    let options = Options {
        place: args.place.clone(),
        year: args.year,
        source: args.source.clone(),
        file: Some(shown.to_owned()).filter(|file| file.as_os_str() != "-"),
        kind: args.kind.as_deref().and_then(DocumentKind::named),
    };
    let imported =
        import(&bytes, &options).with_context(|| format!("无法导入 {}", file.display()))?;
    let periods = intake::count(intake::read_back(&imported).as_ref());
    let warnings = intake::warnings(&imported, &periods);
    let warnings: Vec<String> = warnings.iter().map(wording::warning).collect();
    Ok(Ready {
        name: intake::file_name(&imported.meta),
        told: Told {
            report: intake::lines(&imported, &periods, &warnings).join("\n"),
            record: Record::new(file, &imported, &periods, warnings),
        },
        place: imported.meta.place,
        text: imported.text,
    })
}

/// Writes a corpus file that may be overwritten only by `--force`.
pub(super) fn write(args: &ImportArgs, out: &Path, text: &str) -> anyhow::Result<()> {
    if !args.force && out.exists() {
        bail!("{} 已经存在，没有改动它；要覆盖请加 --force", out.display());
    }
    write_whole(out, text)
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = if file.as_os_str() == "-" {
        std::io::stdin().take(MOST).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(MOST).read_to_end(&mut bytes))
    };
    read.with_context(|| format!("读不了 {}", file.display()))?;
    Ok(bytes)
}

/// `out` itself when it names a `.md` file, else a file of its own below that folder:
/// `corpus/tongwei/2024-work-report.md`.
pub(super) fn destination(out: &Path, ready: &Ready, folders: &mut Folders) -> PathBuf {
    if out.extension().is_some_and(|extension| extension == "md") && !out.is_dir() {
        return out.to_owned();
    }
    folders.of(&ready.place).join(&ready.name)
}

/// Writes a file beside its final place and renames it, so that nobody reads half a report.
fn write_whole(out: &Path, text: &str) -> anyhow::Result<()> {
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let context = || format!("写不了 {}", out.display());
    std::fs::create_dir_all(folder).with_context(context)?;
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    let part = folder.join(format!(".{name}.{}.part", std::process::id()));
    let written = std::fs::File::create(&part).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    let moved = written.and_then(|()| std::fs::rename(&part, out));
    if moved.is_err() {
        // The error that is told is the first one.
        let _ = std::fs::remove_file(&part);
    }
    moved.with_context(context)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gets_a_file_named_for_place_and_year() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let file = root.path().join("a.txt");
        let raw = "2025年通渭县政府工作报告\n各位代表：\n2025年重点工作\n今年要加快建设。\n";
        std::fs::write(&file, raw).expect("written");
        let args = ImportArgs {
            file: file.clone(),
            place: None,
            year: None,
            kind: None,
            source: None,
            out: "corpus".into(),
            force: false,
            json: false,
        };
        let ready = recognise(&args, &file, Path::new("a.txt")).expect("it is a report");
        let destination = |out: &str| {
            let out = Path::new(out);
            destination(out, &ready, &mut Folders::below(out))
        };
        assert_eq!(
            destination("corpus"),
            Path::new("corpus/tongwei/2025-work-report.md")
        );
        assert_eq!(destination("a.md"), Path::new("a.md"));
    }
}
