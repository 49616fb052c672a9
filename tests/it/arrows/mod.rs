//! Dependencies point down, as ARCHITECTURE.md draws them, and there is no ring of files.
//!
//! An arrow runs from a file to the one that defines what it names, whatever re-exports lie between;
//! `mod x;` and `pub use` are no arrows. Paths are read from the sources (`arrows/source`) and
//! followed (`arrows/graph`); tests may use what they like.

mod graph;
mod source;
mod tests;
mod tokens;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::LazyLock,
};

use self::{
    graph::{Uses, rings, uses},
    source::Program,
};

/// From the bottom up: crates and modules of the main crate. One may use those before it, and itself.
const LAYERS: &[&[&str]] = &[
    &[
        "crates/text",
        "crates/gbk-repair",
        "crates/encoder",
        "crates/store",
        "crates/chart",
    ],
    &["crates/document", "crates/rules"],
    &["crates/import"],
    &["storage", "staff", "line_queue", "gold"],
    &["corpus", "semantic"],
    &["intake"],
    &["upload"],
    &["retrieval"],
    &["answer", "dialogue"],
    &["eligibility"],
    &["assistant"],
    &["replay", "records", "statistics"],
    &["editions"],
    &["learning"],
    &["admin", "eval"],
    &["service"],
    &["channels", "config", "telemetry"],
    &["cli", "crates/xtask"],
    &["lib", "main"],
];

/// Whom no channel knows although it stands higher: search, settings and commands. It knows the service
/// and what that hands out; nor does it know another channel.
const UNKNOWN_TO_CHANNELS: &[&str] = &["src/retrieval", "src/config", "src/cli"];

/// Folders of `src/channels` that are no channel: all channels use them.
const OF_ALL_CHANNELS: &[&str] = &["wording"];

/// What the service owns and no channel has.
const OF_THE_SERVICE: &[&str] = &[
    "AskLimits",
    "Conversations",
    "spawn_blocking",
    ".snapshot()",
    "admins",
];

/// Rings that are still to be opened, by the folder they lie in and their number of files. This list
/// can only become shorter.
const RINGS: &[(&str, usize)] = &[];

/// Front doors that still define what their children use. This list can only become shorter.
const FRONT_DOORS: &[&str] = &[];

/// All sources, read once.
static SOURCES: LazyLock<Sources> = LazyLock::new(Sources::read);

struct Sources {
    /// By their names from the root of the repository.
    files: BTreeMap<String, String>,
    program: Program,
    uses: Uses,
}

impl Sources {
    fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = BTreeMap::new();
        read(root, &root.join("src"), &mut files);
        for folder in fs::read_dir(root.join("crates")).expect("crates is readable") {
            read(
                root,
                &folder.expect("an entry").path().join("src"),
                &mut files,
            );
        }
        let program = Program::new(&files);
        let uses = uses(&program);
        Self {
            files,
            program,
            uses,
        }
    }
}

fn read(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder)
        .expect("sources are readable")
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            read(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).expect("below the root");
            let text = fs::read_to_string(&path).expect("UTF-8");
            files.insert(name.to_string_lossy().replace('\\', "/"), text);
        }
    }
}

/// The crate, or the module of the main crate, that a file belongs to.
fn module_of(file: &str) -> &str {
    match file.strip_prefix("src/") {
        Some(below) => below
            .split('/')
            .next()
            .map_or(below, |first| first.trim_end_matches(".rs")),
        None => file.split("/src/").next().unwrap_or(file),
    }
}

/// The arrows between modules, each with the files it runs between.
fn between_modules(uses: &Uses) -> BTreeMap<(&str, &str), String> {
    let mut arrows = BTreeMap::new();
    for (file, used) in uses {
        for (other, path) in used {
            let ends = (module_of(file), module_of(other));
            if ends.0 != ends.1 {
                arrows
                    .entry(ends)
                    .or_insert_with(|| format!("{file} names {path} of {other}"));
            }
        }
    }
    arrows
}

#[test]
fn no_module_uses_one_above_it() {
    let uses = &SOURCES.uses;
    let layer = |module: &str| LAYERS.iter().position(|modules| modules.contains(&module));
    let unknown: BTreeSet<&str> = uses
        .keys()
        .map(|file| module_of(file))
        .filter(|module| layer(module).is_none())
        .collect();
    assert!(unknown.is_empty(), "on which floor are {unknown:?}?");
    let arrows = between_modules(uses);
    let up = arrows
        .iter()
        .filter(|((from, to), _)| layer(to) > layer(from));
    let up: Vec<&String> = up.map(|(_, arrow)| arrow).collect();
    assert!(up.is_empty(), "these point up: {up:#?}");
}

#[test]
fn there_is_no_ring_of_modules() {
    let uses = &SOURCES.uses;
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (from, to) in between_modules(uses).keys() {
        edges
            .entry((*from).to_owned())
            .or_default()
            .insert((*to).to_owned());
    }
    assert_eq!(rings(&edges), Vec::<BTreeSet<String>>::new());
}

#[test]
fn there_is_no_ring_of_files_within_a_module() {
    let uses = &SOURCES.uses;
    let edges = uses.iter().map(|(file, used)| {
        let own = used
            .keys()
            .filter(|other| module_of(other) == module_of(file));
        (file.clone(), own.cloned().collect())
    });
    let found = rings(&edges.collect());
    let mut tolerated: Vec<(&str, usize)> = RINGS.to_vec();
    let mut new = Vec::new();
    for ring in &found {
        let known = (common_folder(ring), ring.len());
        match tolerated.iter().position(|ring| *ring == known) {
            Some(at) => drop(tolerated.remove(at)),
            None => new.push(described(ring, uses)),
        }
    }
    assert!(new.is_empty(), "rings:\n{}", new.join("\n"));
    assert!(
        tolerated.is_empty(),
        "opened, take them off the list: {tolerated:#?}"
    );
}

/// The folder in which all files of a ring lie.
fn common_folder(ring: &BTreeSet<String>) -> &str {
    let (first, last) = (
        ring.first().expect("not empty"),
        ring.last().expect("not empty"),
    );
    let same = first
        .bytes()
        .zip(last.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    first[..same]
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder)
}

/// A ring with the arrows that make it.
fn described(ring: &BTreeSet<String>, uses: &Uses) -> String {
    let mut lines = vec![format!("{} files:", ring.len())];
    for file in ring {
        for (other, path) in uses[file].iter().filter(|(other, _)| ring.contains(*other)) {
            lines.push(format!("  {file} names {path} of {other}"));
        }
    }
    lines.join("\n")
}

#[test]
fn a_front_door_defines_nothing_that_its_children_use() {
    let uses = &SOURCES.uses;
    let mut found = BTreeMap::new();
    for (file, used) in uses {
        for (front, path) in used {
            let folder = front.trim_end_matches(".rs").trim_end_matches("/mod");
            let is_child = file.starts_with(&format!("{folder}/")) && front != file;
            if is_child {
                found
                    .entry(front.as_str())
                    .or_insert_with(|| format!("{file} names {path} of {front}"));
            }
        }
    }
    let new: Vec<&String> = found
        .iter()
        .filter(|(front, _)| !FRONT_DOORS.contains(front))
        .map(|(_, line)| line)
        .collect();
    assert!(new.is_empty(), "{new:#?}");
    let gone: Vec<_> = FRONT_DOORS
        .iter()
        .filter(|front| !found.contains_key(*front))
        .collect();
    assert!(gone.is_empty(), "take them off the list: {gone:#?}");
}

/// The channel that a path below `src/channels` belongs to.
fn channel_of(path: &str) -> Option<&str> {
    let (folder, _) = path.split_once('/')?;
    (!OF_ALL_CHANNELS.contains(&folder)).then_some(folder)
}

#[test]
fn channels_know_neither_one_another_nor_search_nor_settings() {
    let uses = &SOURCES.uses;
    let mut wrong = Vec::new();
    for (file, used) in uses.iter() {
        let Some(rest) = file.strip_prefix("src/channels/") else {
            continue;
        };
        let own = channel_of(rest);
        for (other, path) in used {
            let higher = UNKNOWN_TO_CHANNELS.iter().any(|s| other.starts_with(s));
            let channel = other.strip_prefix("src/channels/").and_then(channel_of);
            if higher || (channel.is_some() && channel != own) {
                wrong.push(format!("{file} names {path} of {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn channels_leave_to_the_service_what_it_owns() {
    let channels = SOURCES
        .files
        .iter()
        .filter(|(file, _)| file.starts_with("src/channels/"))
        // Files of tests are not in it.
        .filter(|(file, _)| SOURCES.uses.contains_key(*file));
    let words: Vec<(&String, BTreeSet<String>)> = channels
        .map(|(file, text)| (file, tokens::words_of_code(text)))
        .collect();
    for word in OF_THE_SERVICE {
        let found: Vec<&&String> = words
            .iter()
            .filter(|(_, words)| words.contains(*word))
            .map(|(file, _)| file)
            .collect();
        assert!(
            found.is_empty(),
            "{word} belongs to the service: {found:#?}"
        );
    }
}

#[test]
fn files_and_functions_are_short() {
    let functions = &SOURCES.program.functions;
    let long: Vec<_> = functions.iter().filter(|(.., lines)| *lines > 60).collect();
    assert!(
        long.len() * 200 < functions.len(),
        "of {} functions: {long:#?}",
        functions.len()
    );
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = SOURCES.files.clone();
    for folder in ["tests", "benches", "examples"] {
        if root.join(folder).is_dir() {
            read(root, &root.join(folder), &mut files);
        }
    }
    let lengths = files
        .iter()
        .map(|(file, text)| (text.lines().count(), file));
    let too_long: Vec<_> = lengths.clone().filter(|(lines, _)| *lines > 450).collect();
    assert!(too_long.is_empty(), "more than 450 lines: {too_long:#?}");
    let rather_long: Vec<_> = lengths.filter(|(lines, _)| *lines > 380).collect();
    let of = files.len();
    assert!(
        rather_long.len() * 10 <= of,
        "of {of} files have more than 380 lines: {rather_long:#?}"
    );
}
