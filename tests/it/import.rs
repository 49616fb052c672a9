//! `wenzheng import` from file to file, on the text the bot is served with.

use std::{path::Path, process::Command};

use gbk_repair::{Certainty, LOST, repair};
use wenzheng::{
    corpus::{
        self,
        import::{Imported, Options, import, punctuation::widen},
    },
    text::script::simplify,
};

const RAW: &[u8] = include_bytes!("../fixtures/seed/raw.txt");
const REFERENCE: &str = include_str!("../fixtures/seed/reference.txt");
const SLIPS: &str = include_str!("../fixtures/mojibake.jsonl");
const COMMITTED: &str = include_str!("../../corpus/tongwei/2024-work-report.md");

fn fresh() -> Imported {
    let options = Options {
        place: Some("通渭县".to_owned()),
        source: Some("通渭县人民政府公开文本".to_owned()),
        ..Options::default()
    };
    import(RAW, &options).expect("the raw text names its year")
}

#[test]
fn the_committed_report_says_what_the_reference_says() {
    let loaded = corpus::load_dir(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")))
        .expect("the committed corpus is sound");
    let document = &loaded.corpus.documents[0];
    let text = document.plain_text();
    for (n, (ours, theirs)) in text.lines().zip(REFERENCE.lines()).enumerate() {
        assert_eq!(ours, theirs, "paragraph {}", n + 1);
    }
    assert_eq!(text.lines().count(), REFERENCE.lines().count());
}

#[test]
fn a_fresh_import_differs_from_the_committed_file_in_the_one_lost_spot() {
    let imported = fresh();
    let differing: Vec<(&str, &str)> = imported
        .text
        .lines()
        .zip(COMMITTED.lines())
        .filter(|(fresh, committed)| fresh != committed)
        .collect();
    let [(fresh, committed)] = differing.as_slice() else {
        panic!("{differing:#?}");
    };
    assert!(fresh.contains("加□；"));
    assert_eq!(&fresh.replace("加□；", "加剧；"), committed);
    assert_eq!(imported.text.lines().count(), COMMITTED.lines().count());
}

/// Of the ten slips of the fixture at least eight are restored and none is restored wrongly; what
/// is not restored is marked and reported.
#[test]
fn slips_are_restored_or_marked_but_never_changed_for_the_worse() {
    let mut restored = 0;
    for line in SLIPS.lines() {
        let slip: serde_json::Value = serde_json::from_str(line).expect("a JSON object a line");
        let of = |key: &str| slip[key].as_str().expect("a string").to_owned();
        let outcome = repair(&of("raw"));
        let text = widen(&simplify(&outcome.text));
        let clean = of("clean");
        if text == widen(&clean) {
            restored += 1;
            continue;
        }
        let lost = |certainty| certainty == Certainty::Lost;
        assert!(outcome.repairs.iter().any(|r| lost(r.certainty)), "{text}");
        assert!(text.contains(LOST), "{text}");
    }
    assert!(restored >= 8, "{restored} of 10 restored");
}

fn wenzheng(arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_wenzheng"))
        .args(arguments)
        .output()
        .expect("the program runs");
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8(said).expect("UTF-8"),
    )
}

#[test]
fn an_existing_file_is_overwritten_only_by_force() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let raw = folder.path().join("raw.txt");
    std::fs::write(&raw, "2025年通渭县政府工作报告\n各位代表：\n").expect("written");
    let raw = raw.to_str().expect("UTF-8");
    let out = folder.path().join("corpus");
    let out = out.to_str().expect("UTF-8");
    let file = format!("{out}/tongwei/2025-work-report.md");

    let (done, said) = wenzheng(&["import", raw, "--out", out]);
    assert!(done && said.contains(&format!("已写入 {file}")), "{said}");
    std::fs::write(&file, "改过的").expect("written");

    let (done, said) = wenzheng(&["import", raw, "--out", out]);
    assert!(!done && said.contains("已经存在，没有改动它"), "{said}");
    assert_eq!(std::fs::read_to_string(&file).expect("kept"), "改过的");

    let (done, _) = wenzheng(&["import", raw, "--out", out, "--force"]);
    assert!(done);
    let text = std::fs::read_to_string(&file).expect("written");
    assert!(text.contains("# 2025年通渭县政府工作报告"));
    // Nothing is left beside the file.
    let beside = std::fs::read_dir(Path::new(&file).parent().expect("a folder"));
    assert_eq!(beside.expect("readable").count(), 1);
}
