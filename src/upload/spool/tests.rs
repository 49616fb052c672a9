use std::{fs, io::Read as _, os::unix::fs::PermissionsExt as _, path::PathBuf, time::Duration};

use futures::stream;
use tempfile::TempDir;

use super::*;

fn small() -> SpoolLimits {
    SpoolLimits {
        file_bytes: 10,
        total_bytes: 25,
        ..SpoolLimits::default()
    }
}

fn spool(limits: SpoolLimits) -> (TempDir, Spool) {
    let folder = tempfile::tempdir().expect("a folder");
    let spool = Spool::open(&folder.path().join("uploads"), limits).expect("it is made");
    (folder, spool)
}

fn files(folder: &TempDir) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.path().join("uploads")).expect("it is there");
    entries
        .map(|entry| entry.expect("readable").path())
        .collect()
}

async fn keep(
    spool: &Spool,
    editor: &str,
    name: &str,
    pieces: &[&str],
) -> Result<Waiting, SpoolError> {
    let pieces: Vec<_> = pieces.iter().map(|piece| Ok(piece.to_string())).collect();
    spool.keep(editor, name, stream::iter(pieces)).await
}

#[tokio::test]
async fn a_file_waits_under_a_random_name_until_nobody_holds_it() {
    let (folder, spool) = spool(small());
    let waiting = keep(&spool, "甲", "../../etc/报告.docx", &["一", "二"]).await;
    let waiting = waiting.expect("there is room");
    assert_eq!((waiting.label(), waiting.bytes()), ("报告.docx", 6));
    let kept = files(&folder);
    let [file] = kept.as_slice() else {
        panic!("{kept:?}");
    };
    let name = file
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    assert!(name.len() == 39 && name.is_ascii(), "{name}");
    let mode = |path: &Path| {
        fs::metadata(path)
            .expect("it is there")
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(mode(file), 0o600);
    assert_eq!(mode(file.parent().expect("a folder")), 0o700);
    let mut text = String::new();
    let mut open = waiting.open().expect("it is there");
    drop(waiting);
    open.read_to_string(&mut text).expect("it is open");
    assert_eq!(text, "一二");
    assert_eq!((files(&folder).len(), spool.bytes()), (0, 0));
}

#[tokio::test]
async fn what_is_too_large_or_breaks_off_leaves_nothing() {
    let (folder, spool) = spool(small());
    let large = keep(&spool, "甲", "a", &["12345", "123456"]).await;
    assert!(matches!(large, Err(SpoolError::FileTooLarge { most: 10 })));
    let broken = stream::iter([Ok("1234"), Err(SpoolError::Broken)]);
    let broken = spool.keep("甲", "a", broken).await;
    assert!(matches!(broken, Err(SpoolError::Broken)));
    let mut given_up = spool.begin("甲", "a").await.expect("there is room");
    given_up.write(b"1234").await.expect("there is room");
    assert_eq!(files(&folder).len(), 1);
    drop(given_up);
    assert_eq!((files(&folder).len(), spool.bytes()), (0, 0));
}

#[tokio::test]
async fn editors_and_the_spool_have_their_limits() {
    let (folder, spool) = spool(small());
    let first = keep(&spool, "甲", "a", &["0123456789"])
        .await
        .expect("room");
    let _second = keep(&spool, "甲", "b", &["0123456789"])
        .await
        .expect("room");
    let third = keep(&spool, "甲", "c", &["0"]).await;
    assert!(matches!(third, Err(SpoolError::TooManyWaiting { most: 2 })));
    let full = keep(&spool, "乙", "d", &["0123", "4567"]).await;
    assert!(matches!(full, Err(SpoolError::SpoolFull)));
    assert_eq!(files(&folder).len(), 2);
    drop(first);
    assert!(keep(&spool, "甲", "d", &["0123", "4567"]).await.is_ok());
}

#[tokio::test]
async fn a_full_disk_is_told_and_keeps_nothing() {
    let (folder, spool) = spool(small());
    let mut incoming = spool.begin("甲", "a").await.expect("there is room");
    let full = fs::OpenOptions::new().write(true).open("/dev/full");
    incoming.file = File::from_std(full.expect("there is one"));
    // What is written is only known to be refused when it is waited for.
    let refused = match incoming.write(b"1234").await {
        Ok(()) => incoming.finish().await.map(|_| ()),
        refused => {
            drop(incoming);
            refused
        }
    };
    assert!(matches!(refused, Err(SpoolError::DiskFull)), "{refused:?}");
    assert_eq!((files(&folder).len(), spool.bytes()), (0, 0));
}

#[tokio::test]
async fn a_folder_that_is_gone_is_told_and_takes_no_room() {
    let (folder, spool) = spool(small());
    fs::remove_dir(folder.path().join("uploads")).expect("it is empty");
    for _ in 0..3 {
        let refused = spool.begin("甲", "a").await;
        assert!(matches!(refused, Err(SpoolError::Disk(_))));
    }
}

#[tokio::test]
async fn an_upload_that_stands_still_is_given_up() {
    let (folder, spool) = spool(SpoolLimits {
        idle: Duration::from_millis(20),
        ..small()
    });
    let pieces = stream::iter([Ok("1")]).chain(stream::pending());
    let slow = spool.keep("甲", "a", pieces).await;
    assert!(matches!(slow, Err(SpoolError::TooSlow)), "{slow:?}");
    assert_eq!(files(&folder).len(), 0);
}

#[tokio::test]
async fn what_a_killed_program_left_is_removed_when_it_is_old() {
    let folder = tempfile::tempdir().expect("a folder");
    let uploads = folder.path().join("uploads");
    fs::create_dir(&uploads).expect("made");
    let hour = Duration::from_secs(3600);
    for (name, age) in [
        ("old.upload", 2 * hour),
        ("new.upload", hour / 2),
        ("old.txt", 2 * hour),
    ] {
        let file = fs::File::create(uploads.join(name)).expect("made");
        file.set_len(12).expect("ours");
        file.set_modified(SystemTime::now() - age).expect("ours");
    }
    let spool = Spool::open(&uploads, small()).expect("it is there");
    spool.tidy();
    let left = |name: &str| uploads.join(name).exists();
    assert!(!left("old.upload") && left("new.upload") && left("old.txt"));
    // It takes room as long as it is there, and belongs to nobody.
    assert_eq!(spool.bytes(), 12);
    let mode = fs::metadata(&uploads)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700);
    let impatient = SpoolLimits {
        age: Duration::ZERO,
        ..small()
    };
    Spool::open(&uploads, impatient)
        .expect("it is there")
        .tidy();
    assert!(!left("new.upload") && left("old.txt"));
}

#[tokio::test]
async fn a_file_that_somebody_else_cut_is_not_read() {
    let (folder, spool) = spool(small());
    let waiting = keep(&spool, "甲", "a", &["1234"]).await.expect("room");
    fs::write(&files(&folder)[0], "12").expect("ours");
    assert!(waiting.open().is_err());
}

#[tokio::test]
async fn what_a_killed_program_left_is_taken_up_again_by_its_ticket() {
    let (folder, spool) = spool(small());
    let waiting = keep(&spool, "甲", "报告.docx", &["1234"])
        .await
        .expect("room");
    let ticket = waiting.ticket();
    // Killed: nobody dropped it.
    std::mem::forget(waiting);
    let spool = Spool::open(&folder.path().join("uploads"), small()).expect("it is there");
    spool.tidy();
    let again = spool.reclaim(&ticket, "甲").expect("it is there");
    assert_eq!((again.label(), again.bytes()), ("报告.docx", 4));
    assert!(spool.reclaim(&ticket, "乙").is_none(), "it is held");
    let elsewhere = Ticket {
        file: "../secret.key".to_owned(),
        ..ticket.clone()
    };
    assert!(spool.reclaim(&elsewhere, "甲").is_none());
    drop(again);
    assert_eq!((files(&folder).len(), spool.bytes()), (0, 0));
    assert!(spool.reclaim(&ticket, "甲").is_none(), "it is gone");
}
