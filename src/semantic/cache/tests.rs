//! What the cache promises.

use proptest::prelude::*;

use wenzheng_encoder::Vector;

use super::{record::MAGIC, *};

const MODEL: &str = "small-1";

fn vector(seed: u8) -> Rounded {
    let numbers = (0..8).map(|i| f32::from(seed.wrapping_mul(31).wrapping_add(i * 7)) - 99.5);
    Rounded::new(&Vector::unit(numbers.collect()))
}

fn texts(count: u8) -> Vec<String> {
    (0..count).map(|i| format!("第{i}句。")).collect()
}

fn open(folder: &Path) -> VectorCache {
    VectorCache::open(folder, MODEL, &[])
}

/// A folder with a cache of `count` texts.
fn filled(count: u8) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut cache = open(folder.path());
    for (i, text) in (0..).zip(texts(count)) {
        cache.add(&[(text.as_str(), vector(i))]).unwrap();
    }
    folder
}

fn file(folder: &Path) -> PathBuf {
    folder.join("small-1.vectors")
}

#[test]
fn what_is_kept_comes_back_equal() {
    let folder = filled(5);
    let cache = open(folder.path());
    assert_eq!(cache.len(), 5);
    for (i, text) in (0..).zip(texts(5)) {
        assert_eq!(cache.get(&text), Some(vector(i)));
    }
    assert_eq!(cache.get("别的"), None);
}

#[test]
fn a_text_is_stored_once() {
    let folder = filled(2);
    let size = fs::metadata(file(folder.path())).unwrap().len();
    let mut cache = open(folder.path());
    cache.add(&[("第0句。", vector(0))]).unwrap();
    assert_eq!(fs::metadata(file(folder.path())).unwrap().len(), size);
}

#[test]
fn a_file_of_another_model_is_begun_anew() {
    let folder = filled(2);
    let other = folder.path().join("other.vectors");
    fs::rename(file(folder.path()), &other).unwrap();
    let mut cache = VectorCache::open(folder.path(), "other", &[]);
    assert!(cache.is_empty());
    cache.add(&[("路", vector(9))]).unwrap();
    assert_eq!(VectorCache::open(folder.path(), "other", &[]).len(), 1);
}

#[test]
fn vectors_of_another_width_replace_all() {
    let folder = filled(2);
    let mut cache = open(folder.path());
    let wide = Rounded::new(&Vector::unit(vec![1.0; 9]));
    cache.add(&[("路", wide.clone())]).unwrap();
    let cache = open(folder.path());
    assert_eq!((cache.len(), cache.get("路")), (1, Some(wide)));
}

#[test]
fn a_bundle_is_a_layer_below() {
    let folder = filled(3);
    let texts = texts(2);
    let bundle = open(folder.path()).bundle(texts.iter().map(String::as_str));
    let elsewhere = tempfile::tempdir().unwrap();
    let mut cache = VectorCache::open(elsewhere.path(), MODEL, &bundle);
    assert_eq!(cache.get("第1句。"), Some(vector(1)));
    cache.add(&[("路", vector(9))]).unwrap();
    assert_eq!(cache.len(), 3);
    assert_eq!(open(elsewhere.path()).len(), 1, "the bundle is not copied");
    assert!(VectorCache::open(elsewhere.path(), "other", &bundle).is_empty());
}

#[test]
fn texts_out_of_use_are_forgotten_when_they_are_most() {
    let folder = filled(10);
    let mut cache = open(folder.path());
    assert!(
        !cache
            .keep_only(texts(5).iter().map(String::as_str))
            .unwrap()
    );
    assert!(
        cache
            .keep_only(texts(4).iter().map(String::as_str))
            .unwrap()
    );
    cache.add(&[("路", vector(9))]).unwrap();
    let cache = open(folder.path());
    assert_eq!(cache.len(), 5);
    assert_eq!(cache.get("第3句。"), Some(vector(3)));
}

#[test]
fn a_folder_that_cannot_be_written_costs_only_the_next_start() {
    let mut cache = open(Path::new("/dev/null/cache"));
    assert!(cache.add(&[("路", vector(1))]).is_err());
    assert_eq!(cache.get("路"), Some(vector(1)));
}

proptest! {
    #[test]
    fn damage_loses_nothing_before_it(at in 0usize..300, byte: u8, cut: bool) {
        let folder = filled(8);
        let path = file(folder.path());
        let mut bytes = fs::read(&path).unwrap();
        let header = bytes.iter().position(|&b| b == b'\n').unwrap() + 1;
        let at = at % bytes.len();
        let changed = cut || bytes[at] != byte;
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        fs::write(&path, &bytes).unwrap();
        let whole = at.saturating_sub(header) / record_bytes(8);
        let mut cache = open(folder.path());
        if changed && at >= header {
            prop_assert_eq!(cache.len(), whole);
        }
        for (i, text) in (0..).zip(texts(8)) {
            prop_assert!(cache.get(&text).is_none_or(|found| found == vector(i)));
        }
        // And it goes on as if nothing had happened.
        let known = cache.len();
        cache.add(&[("路", vector(9))]).unwrap();
        prop_assert_eq!(open(folder.path()).len(), known + 1);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>, width in 0usize..9, headed: bool) {
        let mut file = if headed { format!("{MAGIC} {width} {MODEL}\n").into_bytes() } else { Vec::new() };
        file.extend(bytes);
        let _ = Layer::read(&file, MODEL);
    }
}
