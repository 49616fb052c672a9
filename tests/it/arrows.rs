//! Dependencies between modules point down, as ARCHITECTURE.md draws them.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// From the bottom up: a module may use those before it, and itself.
const LAYERS: [&[&str]; 8] = [
    &["text"],
    &["corpus", "semantic"],
    &["retrieval"],
    &["answer", "dialogue"],
    &["assistant"],
    &["eval", "service"],
    &["channels", "config", "telemetry"],
    &["cli"],
];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.contains(&module))
}

fn sources(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("src is readable").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The modules named in `use crate::…` lines, braces included.
fn used(text: &str) -> Vec<String> {
    let mut modules = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let names = match rest.strip_prefix('{') {
            // Names at the first level of the braces.
            Some(inner) => {
                let mut depth = 1;
                let mut name = String::new();
                let mut names = Vec::new();
                for c in inner.chars() {
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 1 => names.push(std::mem::take(&mut name)),
                        _ if depth == 1 => name.push(c),
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
                names.push(name);
                names
            }
            None => vec![rest.to_owned()],
        };
        for name in names {
            let name = name.trim();
            let end = name
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(name.len());
            modules.push(name[..end].to_owned());
        }
    }
    modules
}

#[test]
fn no_module_uses_one_above_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut wrong = Vec::new();
    for file in &files {
        let below = file.strip_prefix(&src).expect("a file below src");
        let own = below
            .iter()
            .next()
            .map(|first| first.to_string_lossy().replace(".rs", ""));
        let Some(own_layer) = own.as_deref().and_then(layer) else {
            continue;
        };
        let text = fs::read_to_string(file).expect("UTF-8");
        for module in used(&text) {
            if layer(&module).is_some_and(|used| used > own_layer) {
                wrong.push(format!("{} uses {module}", below.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
