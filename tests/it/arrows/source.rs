//! The sources as namespaces: which file defines which name, and which paths it mentions.
//!
//! What is compiled for tests alone is left out: a test may use whatever it likes.

use std::collections::{BTreeMap, HashMap};

use syn::{Attribute, Item, ItemMod, UseTree, Visibility};

use super::tokens::{self, Mentioned};

/// A path as written, split at `::`.
pub(super) type Path = Vec<String>;

/// The place of a [`Module`] in [`Program::modules`].
pub(super) type ModuleId = usize;

/// A module of Rust: a file, or a block `mod x { … }` in one.
#[derive(Debug)]
pub(super) struct Module {
    /// The file that holds it, from the root of the repository.
    pub(super) file: String,
    pub(super) parent: Option<ModuleId>,
    /// The root of its crate.
    pub(super) root: ModuleId,
    /// A name may stand for several things: a module and a function, say.
    pub(super) names: HashMap<String, Vec<Name>>,
    /// What stands before `::*`.
    pub(super) globs: Vec<Path>,
    /// Paths that its code mentions. A re-export mentions nothing, nor does `mod x;`.
    pub(super) mentions: Vec<Path>,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    /// A type or trait of this module.
    Type,
    /// A function or constant of this module: nothing can stand below it.
    Value,
    Module(ModuleId),
    /// Whatever this path leads to.
    Import(Path),
}

/// All crates of the repository.
#[derive(Debug, Default)]
pub(super) struct Program {
    pub(super) modules: Vec<Module>,
    /// The roots of crates by the names they have in code.
    pub(super) crates: HashMap<String, ModuleId>,
    /// The lengths of all functions: file, name, lines.
    pub(super) functions: Vec<(String, String, usize)>,
}

impl Program {
    /// Reads every crate of `files`, which are named from the root of the repository.
    pub(super) fn new(files: &BTreeMap<String, String>) -> Self {
        let mut program = Self::default();
        for file in files.keys() {
            let (folder, front) = file.rsplit_once('/').expect("a file in a folder");
            if !matches!(front, "lib.rs" | "main.rs") {
                continue;
            }
            let root = program.file(files, file, None);
            if front == "lib.rs" {
                let name = folder.trim_end_matches("src").trim_matches('/');
                let name = name.replace("crates/", "").replace('-', "_");
                // Our crates are called by their folder, with or without our name before it.
                for name in [format!("wenzheng_{name}"), name] {
                    program
                        .crates
                        .insert(name.trim_end_matches('_').to_owned(), root);
                }
            }
        }
        program
    }

    /// Reads one file and those of its modules.
    fn file(
        &mut self,
        files: &BTreeMap<String, String>,
        file: &str,
        parent: Option<ModuleId>,
    ) -> ModuleId {
        let text = &files[file];
        let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
        let stem = file.strip_suffix(".rs").expect("Rust");
        let front = ["/mod", "/lib", "/main"];
        let folder = front.iter().find_map(|name| stem.strip_suffix(name));
        let folder = folder.unwrap_or(stem);
        self.module(files, file, folder, parent, &parsed.items)
    }

    fn module(
        &mut self,
        files: &BTreeMap<String, String>,
        file: &str,
        folder: &str,
        parent: Option<ModuleId>,
        items: &[Item],
    ) -> ModuleId {
        let id = self.modules.len();
        self.modules.push(Module {
            file: file.to_owned(),
            parent,
            root: parent.map_or(id, |parent| self.modules[parent].root),
            names: HashMap::new(),
            globs: Vec::new(),
            mentions: Vec::new(),
        });
        for item in items.iter().filter(|item| !is_for_tests(attributes(item))) {
            match item {
                Item::Mod(module) => {
                    let child = self.child(files, file, folder, id, module);
                    self.name(id, &module.ident.to_string(), Name::Module(child));
                }
                Item::Use(item) => {
                    let is_reexport = !matches!(item.vis, Visibility::Inherited);
                    self.imports(id, &item.tree, is_reexport);
                }
                item => self.item(id, file, item),
            }
        }
        id
    }

    fn child(
        &mut self,
        files: &BTreeMap<String, String>,
        file: &str,
        folder: &str,
        parent: ModuleId,
        module: &ItemMod,
    ) -> ModuleId {
        let folder = format!("{folder}/{}", module.ident);
        if let Some((_, items)) = &module.content {
            return self.module(files, file, &folder, Some(parent), items);
        }
        let candidates = [format!("{folder}.rs"), format!("{folder}/mod.rs")];
        let found = candidates.iter().find(|name| files.contains_key(*name));
        let found = found.unwrap_or_else(|| panic!("{file}: no file for mod {}", module.ident));
        self.file(files, found, Some(parent))
    }

    fn item(&mut self, id: ModuleId, file: &str, item: &Item) {
        if let Some((name, what)) = definition(item) {
            self.name(id, &name, what);
        }
        let Mentioned {
            paths,
            imports,
            functions,
        } = tokens::mentioned(item);
        self.modules[id].mentions.extend(paths);
        for tree in imports {
            self.imports(id, &tree, false);
        }
        let functions = functions.into_iter();
        self.functions
            .extend(functions.map(|(name, lines)| (file.to_owned(), name, lines)));
    }

    /// Takes the names that a `use` brings.
    fn imports(&mut self, id: ModuleId, tree: &UseTree, is_reexport: bool) {
        for (path, name) in leaves(tree) {
            let module = &mut self.modules[id];
            match name {
                Some(name) => {
                    if !is_reexport {
                        module.mentions.push(path.clone());
                    }
                    let names = module.names.entry(name).or_default();
                    names.push(Name::Import(path));
                }
                None => module.globs.push(path),
            }
        }
    }

    fn name(&mut self, id: ModuleId, name: &str, what: Name) {
        let names = self.modules[id].names.entry(name.to_owned()).or_default();
        names.push(what);
    }
}

/// The paths of a `use` and the names they get here; no name for `*`.
fn leaves(tree: &UseTree) -> Vec<(Path, Option<String>)> {
    let under = |first: String, leaves: Vec<(Path, Option<String>)>| {
        let joined = leaves.into_iter().map(|(mut path, name)| {
            path.insert(0, first.clone());
            (path, name)
        });
        joined.collect()
    };
    match tree {
        UseTree::Path(path) => {
            let first = path.ident.to_string();
            // `use super::x::{self}` names x.
            let leaves = leaves(&path.tree).into_iter().map(|(path, name)| {
                if path == ["self"] {
                    let name = name.filter(|name| name != "self");
                    return (Vec::new(), Some(name.unwrap_or_else(|| first.clone())));
                }
                (path, name)
            });
            under(first.clone(), leaves.collect())
        }
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            vec![(vec![name.clone()], Some(name))]
        }
        UseTree::Rename(rename) => {
            vec![(
                vec![rename.ident.to_string()],
                Some(rename.rename.to_string()),
            )]
        }
        UseTree::Glob(_) => vec![(Vec::new(), None)],
        UseTree::Group(group) => group.items.iter().flat_map(leaves).collect(),
    }
}

/// True below `#[cfg(test)]`.
pub(super) fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let is_cfg = attribute.path().is_ident("cfg");
        let condition = attribute.meta.require_list();
        is_cfg
            && condition.is_ok_and(|list| {
                let condition = list.tokens.to_string();
                condition == "test" || condition.replace(' ', "").starts_with("all(test,")
            })
    })
}

/// What stands before an item in `#[…]`.
pub(super) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// What an item defines.
fn definition(item: &Item) -> Option<(String, Name)> {
    Some(match item {
        Item::Const(item) => (item.ident.to_string(), Name::Value),
        Item::Enum(item) => (item.ident.to_string(), Name::Type),
        Item::Fn(item) => (item.sig.ident.to_string(), Name::Value),
        Item::Static(item) => (item.ident.to_string(), Name::Value),
        Item::Struct(item) => (item.ident.to_string(), Name::Type),
        Item::Trait(item) => (item.ident.to_string(), Name::Type),
        Item::Type(item) => (item.ident.to_string(), Name::Type),
        _ => return None,
    })
}
