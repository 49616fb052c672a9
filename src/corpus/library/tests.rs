//! Addresses, ids, and passages that are not in memory.

use std::{fs, path::Path};

use super::*;
use crate::corpus::{embedded, load_texts};

fn library() -> Library {
    Library::new(embedded().expect("the shipped corpus loads").corpus)
}

/// A library of one report with these paragraphs, its passages in a pack.
fn packed(folder: &Path, paragraphs: &[&str]) -> Library {
    let text = format!(
        "---\ntitle: 甲县报告\nplace: 甲县\nyear: 2024\n---\n## 2024年重点工作\n\n{}\n",
        paragraphs.join("\n\n")
    );
    let loaded = load_texts(&[("a.md", &text)]).expect("the text is a report");
    Library::packed_in(folder, &loaded.corpus)
}

fn texts(library: &Library) -> Vec<String> {
    let passages = library.all_passages();
    let texts = passages.map(|passage| passage.expect("it is read").text.clone());
    texts.collect()
}

#[test]
fn every_passage_is_found_by_its_id_and_by_its_address() {
    let library = library();
    let document = &library.documents()[0];
    assert_eq!(library.passage_count(), document.passages);
    for at in document.all() {
        let passage = library.passage(at).unwrap();
        assert_eq!(library.find(&passage.id).unwrap(), Some(at));
        let (of, same) = library.cited(at).unwrap();
        assert_eq!((of.index, same), (at.document, passage));
    }
}

#[test]
fn an_address_of_nothing_is_an_error_and_an_unknown_id_is_none() {
    let folder = tempfile::tempdir().unwrap();
    for library in [library(), packed(folder.path(), &["修路。", "架桥。"])] {
        let beyond = library.documents()[0].at(library.passage_count());
        let missing = library.passage(beyond);
        assert!(matches!(missing, Err(LibraryError::NoSuchPassage(at)) if at == beyond));
        assert_eq!(library.find(&PassageId("no".into())).unwrap(), None);
        let nowhere = PassageAt {
            document: 9,
            passage: 0,
        };
        assert!(library.folded(nowhere).is_err());
    }
}

#[test]
fn sections_together_are_all_passages_of_a_document() {
    let library = library();
    let document = &library.documents()[0];
    let sections = document.sections.iter();
    let sections = sections.flat_map(|section| {
        let range = section.first..section.end;
        library.passages(document, range).unwrap()
    });
    assert!(sections.eq(library.passages_of(document).unwrap()));
}

#[test]
fn passages_on_disk_are_those_in_memory_and_outlive_their_folder() {
    let folder = tempfile::tempdir().unwrap();
    let paragraphs = ["修路15公里。", "架桥3座，“三抓三促”。"];
    let library = packed(folder.path(), &paragraphs);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "no name");
    folder.close().unwrap();
    assert_eq!(texts(&library), paragraphs);
    let document = &library.documents()[0];
    let at = document.at(1);
    assert_eq!(library.passage(at).unwrap().text, paragraphs[1]);
    let id = &library.passage(at).unwrap().id;
    assert_eq!(library.find(id).unwrap(), Some(at));
    assert!(Arc::ptr_eq(
        &library.folded(at).unwrap(),
        &library.folded(at).unwrap()
    ));
    assert_eq!(library.folded(at).unwrap().whole(), "架桥3座,三抓三促。");
}

#[test]
fn a_damaged_record_is_an_error_and_no_text() {
    let passages = &embedded().unwrap().corpus.documents[0].passages[..3];
    let (good, offsets) = encode(passages).unwrap();
    assert_eq!(decode(&good, &offsets).as_deref(), Some(passages));
    for at in (0..good.len()).step_by(11) {
        let mut bytes = good.clone();
        bytes[at] ^= 4;
        assert_eq!(decode(&bytes, &offsets), None, "byte {at}");
        let folder = tempfile::tempdir().unwrap();
        let pack = Arc::new(Pack::create(folder.path()).unwrap());
        let packed = pack.add(&bytes, offsets.clone()).unwrap();
        let read = packed.read(0, 0..3);
        assert!(matches!(read, Err(LibraryError::Damaged(_))), "byte {at}");
    }
}

#[test]
fn what_was_used_last_is_kept_up_to_a_number_of_bytes() {
    let library = library();
    let passage = |passage| {
        let at = library.documents()[0].at(passage);
        ((0, passage), library.passage(at).unwrap())
    };
    let cache = PassageCache::new(10_000);
    let (first, text) = passage(0);
    let folded = Arc::new(FoldedPassage::new(&text));
    cache.keep(first, |entry| entry.passage = Some(text));
    cache.keep(first, |entry| entry.folded = Some(folded));
    let kept = cache.get(first);
    assert!(kept.passage.is_some() && kept.folded.is_some());
    for n in 1..40 {
        let (name, text) = passage(n);
        cache.keep(name, |entry| entry.passage = Some(text));
        assert!(cache.bytes() <= 10_000, "{}", cache.bytes());
        assert!(cache.get(name).passage.is_some());
    }
    let gone = cache.get(first);
    assert!(gone.passage.is_none() && gone.folded.is_none());
}

#[test]
fn libraries_are_compared_by_the_ids_of_their_passages() {
    let folder = tempfile::tempdir().unwrap();
    let old = packed(folder.path(), &["修路。", "架桥。"]);
    let new = packed(folder.path(), &["修路。", "供水。", "供电。"]);
    assert_eq!((new.missing_from(&old), old.missing_from(&new)), (2, 1));
    assert_eq!((old.id_count(), new.id_count()), (2, 3));
}
