//! Which file uses which: paths followed to the file that defines what they name.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::source::{ModuleId, Name, Path, Program};

/// Where a path leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Target {
    /// A module itself: naming it uses nothing of it.
    Module(ModuleId),
    /// A type that this module defines, or something below it.
    TypeOf(ModuleId),
    /// A function or constant that this module defines.
    ValueOf(ModuleId),
}

/// File to the files it uses, each with a path that does.
pub(super) type Uses = BTreeMap<String, BTreeMap<String, String>>;

/// Who uses whom.
pub(super) fn uses(program: &Program) -> Uses {
    let mut uses = Uses::new();
    for (id, module) in program.modules.iter().enumerate() {
        let used = uses.entry(module.file.clone()).or_default();
        for path in &module.mentions {
            for file in definers(program, id, path) {
                if file != module.file {
                    used.entry(file).or_insert_with(|| path.join("::"));
                }
            }
        }
    }
    uses
}

/// The files that define what `path` names in the module `from`; none for what is no part of the
/// program.
pub(super) fn definers(program: &Program, from: ModuleId, path: &Path) -> BTreeSet<String> {
    let targets = resolve(program, from, path, &mut HashSet::new());
    let files = targets.into_iter().filter_map(|target| match target {
        Target::TypeOf(module) | Target::ValueOf(module) => {
            Some(program.modules[module].file.clone())
        }
        Target::Module(_) => None,
    });
    files.collect()
}

/// `seen` keeps imports that lead in circles from being followed for ever.
fn resolve(
    program: &Program,
    from: ModuleId,
    path: &[String],
    seen: &mut HashSet<(ModuleId, Path)>,
) -> Vec<Target> {
    if !seen.insert((from, path.to_vec())) {
        return Vec::new();
    }
    let Some((first, rest)) = path.split_first() else {
        return vec![Target::Module(from)];
    };
    let module = &program.modules[from];
    let start = match first.as_str() {
        "crate" => vec![Target::Module(module.root)],
        "self" => vec![Target::Module(from)],
        "super" => module.parent.map(Target::Module).into_iter().collect(),
        name => {
            let mut found = named(program, from, name, seen);
            if !rest.is_empty() {
                // `regex::Regex` beside a function `regex`
                found.retain(|target| !matches!(target, Target::ValueOf(_)));
            }
            if found.is_empty() {
                let known = program.crates.get(name);
                known.copied().map(Target::Module).into_iter().collect()
            } else {
                found
            }
        }
    };
    follow(program, start, rest, seen)
}

/// Goes on from `targets` along `path`; what stands below a type belongs to it.
fn follow(
    program: &Program,
    mut targets: Vec<Target>,
    path: &[String],
    seen: &mut HashSet<(ModuleId, Path)>,
) -> Vec<Target> {
    for name in path {
        let next = targets.iter().flat_map(|target| match target {
            Target::Module(module) if name == "super" => {
                let parent = program.modules[*module].parent;
                parent.map(Target::Module).into_iter().collect()
            }
            Target::Module(module) => named(program, *module, name, seen),
            Target::TypeOf(module) => vec![Target::TypeOf(*module)],
            Target::ValueOf(_) => Vec::new(),
        });
        targets = next.collect();
    }
    targets
}

/// What `name` stands for in `module`.
fn named(
    program: &Program,
    module: ModuleId,
    name: &str,
    seen: &mut HashSet<(ModuleId, Path)>,
) -> Vec<Target> {
    let mut targets = Vec::new();
    if !seen.insert((module, vec!["*".to_owned(), name.to_owned()])) {
        return targets;
    }
    let names = program.modules[module].names.get(name);
    for name in names.into_iter().flatten() {
        match name {
            Name::Type => targets.push(Target::TypeOf(module)),
            Name::Value => targets.push(Target::ValueOf(module)),
            Name::Module(child) => targets.push(Target::Module(*child)),
            Name::Import(path) => targets.extend(resolve(program, module, path, seen)),
        }
    }
    if targets.is_empty() {
        for glob in &program.modules[module].globs {
            for target in resolve(program, module, glob, seen) {
                if let Target::Module(all) = target {
                    targets.extend(named(program, all, name, seen));
                }
            }
        }
    }
    targets
}

/// Rings: the largest sets of nodes that all reach one another, in order.
pub(super) fn rings(edges: &BTreeMap<String, BTreeSet<String>>) -> Vec<BTreeSet<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> = edges
        .keys()
        .map(|node| (node, reach(edges, node)))
        .collect();
    let mut rings = BTreeSet::new();
    for (node, reached_from) in &reached {
        if reached_from.contains(node) {
            let back =
                |other: &&&String| reached.get(**other).is_some_and(|from| from.contains(node));
            let ring: BTreeSet<String> = reached_from
                .iter()
                .filter(back)
                .map(|other| (*other).clone())
                .collect();
            rings.insert(ring);
        }
    }
    rings.into_iter().collect()
}

fn reach<'g>(edges: &'g BTreeMap<String, BTreeSet<String>>, from: &String) -> BTreeSet<&'g String> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&String> = edges.get(from).into_iter().flatten().collect();
    while let Some(node) = open.pop() {
        if reached.insert(node) {
            open.extend(edges.get(node).into_iter().flatten());
        }
    }
    reached
}
