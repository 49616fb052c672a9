//! The resolver itself, on small sources.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    graph::{rings, uses},
    source::Program,
    tokens::words_of_code,
};

/// The arrows of a program, as `from -> to`.
fn arrows(files: &[(&str, &str)]) -> Vec<String> {
    let files: BTreeMap<String, String> = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    let mut arrows = Vec::new();
    for (from, used) in uses(&Program::new(&files)) {
        arrows.extend(used.keys().map(|to| format!("{from} -> {to}")));
    }
    arrows
}

#[test]
fn a_name_leads_to_the_file_that_defines_it_through_any_re_export() {
    let found = arrows(&[
        ("src/lib.rs", "pub mod a; pub mod b;"),
        ("src/a/mod.rs", "mod deep; pub use self::deep::Thing;"),
        ("src/a/deep.rs", "pub struct Thing;"),
        (
            "src/b.rs",
            "use crate::a::{self, Thing}; fn f(_: Thing) -> a::Thing { loop {} }",
        ),
    ]);
    assert_eq!(found, ["src/b.rs -> src/a/deep.rs"]);
}

#[test]
fn a_module_line_and_a_re_export_are_no_arrows_but_use_of_the_name_is() {
    let front = "mod deep; pub use self::deep::Thing;";
    let deep = ("src/a/deep.rs", "pub struct Thing;");
    let lib = ("src/lib.rs", "mod a;");
    assert_eq!(
        arrows(&[lib, ("src/a/mod.rs", front), deep]),
        Vec::<String>::new()
    );
    let using = format!("{front} pub fn make() -> Thing {{ Thing }}");
    let found = arrows(&[lib, ("src/a/mod.rs", &using), deep]);
    assert_eq!(found, ["src/a/mod.rs -> src/a/deep.rs"]);
}

#[test]
fn paths_count_wherever_they_stand() {
    let lib = ("src/lib.rs", "mod a; mod b;");
    let b = (
        "src/b.rs",
        "pub fn f() {} pub struct S; pub enum E { V } pub const C: u8 = 1;",
    );
    for code in [
        "fn g() { crate::b::f() }",
        "fn g() { super::b::f() }",
        "fn g() { let x = vec![format!(\"{}\", crate::b::C)]; }",
        "fn g() { use crate::b::f; f() }",
        "use super::b; fn g() { b::f() }",
        "use super::b as other; impl Clone for other::S {}",
        "use super::*; fn g() -> b::E { b::E::V }",
        "use crate::b::E::V;",
        "mod inner { use super::super::b::S; }",
        "fn g() -> std::ops::Range<u8> { 0..crate::b::C }",
    ] {
        let found = arrows(&[lib, ("src/a.rs", code), b]);
        assert_eq!(found, ["src/a.rs -> src/b.rs"], "{code}");
    }
}

#[test]
fn what_only_looks_like_a_name_is_no_arrow() {
    let lib = ("src/lib.rs", "mod a; mod b;");
    let b = ("src/b.rs", "pub fn f() {}");
    for code in [
        "use super::b; fn g(x: S) { x.f(); x.b.c }",
        "struct S { b: u8 } fn g() { S { b: 1 }; }",
        "/// crate::b::f\nfn g() { let _ = \"crate::b::f\"; }",
        "use std::fmt; fn g(b: u8) { f(b) }",
        "use f::Other; fn g() -> f::Other { f::new() }",
        "#[cfg(test)] mod tests { use crate::b::f; }",
    ] {
        assert_eq!(
            arrows(&[lib, ("src/a.rs", code), b]),
            Vec::<String>::new(),
            "{code}"
        );
    }
}

#[test]
fn other_crates_of_the_workspace_are_part_of_the_program() {
    let found = arrows(&[
        ("src/lib.rs", "pub use wenzheng_text as text; mod a;"),
        (
            "src/a.rs",
            "use crate::text::Span; fn f() { gbk_repair::mend() }",
        ),
        ("crates/text/src/lib.rs", "mod span; pub use span::Span;"),
        ("crates/text/src/span.rs", "pub struct Span;"),
        ("crates/gbk-repair/src/lib.rs", "pub fn mend() {}"),
    ]);
    let expected = [
        "src/a.rs -> crates/gbk-repair/src/lib.rs",
        "src/a.rs -> crates/text/src/span.rs",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_function_may_be_called_like_a_crate() {
    let found = arrows(&[
        ("src/lib.rs", "mod a; mod b;"),
        (
            "src/a.rs",
            "use super::b::*; use regex::Regex; fn g() -> regex::Regex { loop {} }",
        ),
        ("src/b.rs", "pub fn regex() {}"),
    ]);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn imports_in_a_circle_end() {
    let found = arrows(&[
        ("src/lib.rs", "mod a; mod b;"),
        (
            "src/a.rs",
            "pub use super::b::*; pub use super::b::X; fn f() { X }",
        ),
        ("src/b.rs", "pub use super::a::*; pub use super::a::X;"),
    ]);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_ring_is_all_that_reach_one_another() {
    let edges = |pairs: &[(&str, &str)]| {
        let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (from, to) in pairs {
            edges
                .entry((*from).to_owned())
                .or_default()
                .insert((*to).to_owned());
        }
        edges
    };
    let found = rings(&edges(&[
        ("a", "b"),
        ("b", "c"),
        ("c", "a"),
        ("c", "d"),
        ("d", "e"),
        ("e", "d"),
        ("x", "a"),
    ]));
    let found: Vec<Vec<&str>> = found
        .iter()
        .map(|ring| ring.iter().map(String::as_str).collect())
        .collect();
    assert_eq!(found, [vec!["a", "b", "c"], vec!["d", "e"]]);
    assert_eq!(
        rings(&edges(&[("a", "b"), ("b", "c"), ("a", "c")])),
        Vec::<BTreeSet<String>>::new()
    );
}

#[test]
fn functions_are_measured_from_their_first_line_to_their_last() {
    let text = "fn one() {}\nimpl S {\n  fn three(\n  ) {\n  }\n}\ntrait T { fn none(); }\n";
    let files = [("src/lib.rs".to_owned(), text.to_owned())].into();
    let lengths: Vec<(String, usize)> = Program::new(&files)
        .functions
        .into_iter()
        .map(|(_, name, lines)| (name, lines))
        .collect();
    assert_eq!(lengths, [("one".to_owned(), 1), ("three".to_owned(), 3)]);
}

#[test]
fn words_of_code_are_neither_comments_nor_tests() {
    let words = words_of_code(
        "/// snapshot\nfn f() { x.other(\"admins\").snapshot() }\n#[cfg(test)] mod tests { use a::AskLimits; }",
    );
    assert!(words.contains("other") && words.contains(".snapshot()"));
    for word in [".other()", "admins", "AskLimits"] {
        assert!(!words.contains(word), "{word}");
    }
}
