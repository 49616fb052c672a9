//! What a reload writes, and what a start serves while files have errors.

use std::sync::Arc;

use super::*;

/// Writes the report of a place.
fn write(folder: &Path, place: &str, paragraph: &str) {
    let text = format!(
        "---\ntitle: {place}报告\nplace: {place}\nyear: 2024\n---\n## 2024年重点工作\n\n{paragraph}\n"
    );
    fs::write(folder.join(format!("{place}.md")), text).expect("there is room");
}

/// The library of `folder` with all passages on disk.
fn on_disk(folder: &Path, before: Option<&Library>) -> Library {
    let cache = folder.join(".cache");
    let (library, _) = open(folder, &cache, before, 0).expect("these are reports");
    library
}

fn texts(library: &Library) -> Vec<String> {
    let passages = library.all_passages();
    let texts = passages.map(|passage| passage.expect("it is read").text.clone());
    texts.collect()
}

#[test]
fn only_documents_that_changed_are_written_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let long = "修路15公里。".repeat(40);
    write(folder.path(), "甲县", &long);
    write(folder.path(), "乙县", "架桥3座。");
    let before = on_disk(folder.path(), None);
    let pack = before.pack().expect("it is on disk");
    let written = pack.bytes();

    let same = on_disk(folder.path(), Some(&before));
    assert_eq!(pack.bytes(), written, "nothing changed");
    assert_eq!(texts(&same), texts(&before));

    write(folder.path(), "乙县", "架桥5座。");
    let after = on_disk(folder.path(), Some(&before));
    assert!(after.pack().is_some_and(|after| Arc::ptr_eq(after, pack)));
    assert!(pack.bytes() > written && pack.bytes() < 2 * written);
    assert!(texts(&after).contains(&"架桥5座。".to_owned()));
    assert!(texts(&after).contains(&long));
    assert!(texts(&before).contains(&"架桥3座。".to_owned()));
}

/// True when both list the document of a place as one.
fn share(one: &Library, other: &Library, place: &str) -> bool {
    let of = |library: &Library| {
        let id = crate::corpus::DocumentId(place.to_owned());
        library.document_by_id(&id).expect("it is there").clone()
    };
    let (one, other) = (of(one), of(other));
    Arc::ptr_eq(&one.sections, &other.sections) && Arc::ptr_eq(&one.meta, &other.meta)
}

#[test]
fn documents_that_have_not_changed_are_shared_and_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let cache = folder.path().join(".cache");
    for (small, kept) in [(0, "on disk"), (SMALL, "in memory")] {
        write(folder.path(), "甲县", "修路15公里。□");
        write(folder.path(), "乙县", "架桥3座。");
        write(folder.path(), "丙县", "植树9亩。");
        let opened =
            |before| open(folder.path(), &cache, before, small).expect("these are reports");
        let (before, told) = opened(None);
        assert_eq!(told.len(), 1, "{told:?}");
        // As good as absent, if it was read.
        for file in fs::read_dir(&cache).expect("it is there").flatten() {
            fs::write(file.path(), "damaged").expect("there is room");
        }
        write(folder.path(), "乙县", "架桥5座。");
        fs::remove_file(folder.path().join("丙县.md")).expect("it is there");
        let (after, told_again) = opened(Some(&before));
        assert_eq!(told_again, told, "of a document that stays as it is");
        assert!(share(&before, &after, "甲县"), "{kept}");
        assert!(!share(&before, &after, "乙县"), "{kept}");
        assert_eq!(texts(&after), ["架桥5座。", "修路15公里。□"]);
        for passage in after.all_passages() {
            let passage = passage.expect("it is read");
            let at = after.find(&passage.id).expect("ids are read");
            let found = at.map(|at| after.passage(at).expect("it is read"));
            assert_eq!(
                found.map(|found| found.text.clone()),
                Some(passage.text.clone())
            );
        }
        assert_eq!(
            (after.missing_from(&before), before.missing_from(&after)),
            (1, 2)
        );
        fs::remove_dir_all(&cache).expect("it is ours");
    }
}

#[test]
fn what_is_not_kept_for_the_next_start_is_parsed_again_and_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let cache = folder.path().join(".cache");
    write(folder.path(), "甲县", "修路15公里。");
    let before = on_disk(folder.path(), None);
    let kept = || fs::read_dir(&cache).map_or(0, |files| files.flatten().count());
    let files = kept();
    fs::remove_dir_all(&cache).expect("it is ours");
    let after = on_disk(folder.path(), Some(&before));
    assert_eq!((kept(), texts(&after)), (files, texts(&before)));
}

#[test]
fn passages_that_go_elsewhere_leave_their_document_shared() {
    let folder = tempfile::tempdir().expect("a folder");
    let cache = folder.path().join(".cache");
    write(folder.path(), "甲县", "修路15公里。");
    let opened = |before, small| {
        let (library, _) = open(folder.path(), &cache, before, small).expect("this is a report");
        library
    };
    let on_disk = opened(None, 0);
    let in_memory = opened(Some(&on_disk), SMALL);
    let again = opened(Some(&in_memory), 0);
    for (library, packed) in [(&on_disk, true), (&in_memory, false), (&again, true)] {
        assert_eq!(library.pack().is_some(), packed);
        assert_eq!(texts(library), ["修路15公里。"]);
        assert!(share(&on_disk, library, "甲县"));
    }
}

#[test]
fn a_file_half_of_old_documents_is_begun_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "甲县", &"修路15公里。".repeat(40));
    let first = on_disk(folder.path(), None);
    write(folder.path(), "甲县", &"修路16公里。".repeat(40));
    let second = on_disk(folder.path(), Some(&first));
    assert!(second.pack().is_none(), "half of it is of no use");
    let third = on_disk(folder.path(), Some(&second));
    let (old, new) = (first.pack().is_none(), third.pack().is_some());
    assert!(old && new, "written to a file of its own");
    assert_eq!(texts(&third), texts(&second));
}

/// What a start serves of `folder`.
fn start(folder: &Path) -> (Library, Option<Degraded>) {
    at_start(folder, &folder.join(".cache"), SMALL).expect("there is something to serve")
}

#[test]
fn a_start_with_errors_serves_what_was_served_last_and_no_edit_since() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "甲县", "修路15公里。");
    write(folder.path(), "乙县", "架桥3座。");
    let (whole, degraded) = start(folder.path());
    assert_eq!(degraded, None);
    write(folder.path(), "甲县", "修路16公里。");
    fs::write(folder.path().join("乙县.md"), "无").expect("there is room");
    for _ in 0..2 {
        let (served, degraded) = start(folder.path());
        assert_eq!(served.version(), whole.version());
        assert_eq!(texts(&served), texts(&whole));
        let serves = Serves::LastWhole;
        let files = vec!["乙县.md".into()];
        assert_eq!(degraded, Some(Degraded { serves, files }));
    }
    // A reload refuses the same.
    let refused = open_dir(folder.path(), &folder.path().join(".cache"), Some(&whole));
    assert!(refused.is_err());
    write(folder.path(), "乙县", "架桥4座。");
    let (served, degraded) = start(folder.path());
    assert_eq!(degraded, None);
    assert_eq!(texts(&served), ["架桥4座。", "修路16公里。"]);
}

#[test]
fn without_a_whole_the_files_without_error_are_served() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "甲县", "修路15公里。");
    fs::write(folder.path().join("乙县.md"), "无").expect("there is room");
    let (served, degraded) = start(folder.path());
    assert_eq!(texts(&served), ["修路15公里。"]);
    assert_eq!(degraded.map(|d| d.serves), Some(Serves::SoundFiles));
    fs::remove_file(folder.path().join("甲县.md")).expect("it is there");
    let cache = folder.path().join(".cache");
    assert!(at_start(folder.path(), &cache, SMALL).is_err());
}

#[test]
fn an_edit_that_keeps_size_and_time_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("甲县.md");
    let modified = || fs::metadata(&file).and_then(|file| file.modified());
    write(folder.path(), "甲县", "修路15公里。");
    let time = modified().expect("it is there");
    start(folder.path());
    write(folder.path(), "甲县", "修路16公里。");
    let opened = fs::File::options().write(true).open(&file);
    let kept = opened.and_then(|file| file.set_modified(time));
    kept.expect("it is ours");
    assert_eq!(texts(&start(folder.path()).0), ["修路16公里。"]);
}
