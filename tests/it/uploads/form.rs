use std::{
    fs,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use axum::{Router, extract::Request, routing::post};
use tempfile::TempDir;
use tokio::{
    io::AsyncWriteExt as _,
    net::{TcpListener, TcpStream},
    time::sleep,
};
use wenzheng::upload::{Received, Spool, SpoolLimits, receive, wording};

/// A page that takes uploads and tells what it took.
struct Page {
    address: SocketAddr,
    folder: TempDir,
    spool: Spool,
    /// What was received, as long as it waits.
    waiting: Arc<Mutex<Vec<Received>>>,
}

impl Page {
    async fn open(limits: SpoolLimits) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let spool = Spool::open(folder.path(), limits).expect("it is ours");
        let waiting = Arc::new(Mutex::new(Vec::new()));
        let (of_page, kept) = (spool.clone(), waiting.clone());
        let take = async move |request: Request| match receive(&of_page, "甲", request).await {
            Ok(received) => {
                let told = told(&received);
                kept.lock().expect("no panic").push(received);
                told
            }
            Err(error) => wording::not_kept(&error),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("bound");
        let router = Router::new().route("/", post(take));
        tokio::spawn(async { axum::serve(listener, router).await });
        Self {
            address,
            folder,
            spool,
            waiting,
        }
    }

    async fn post(&self, body: Vec<u8>) -> String {
        let request = reqwest::Client::new()
            .post(format!("http://{}/", self.address))
            .header("content-type", "multipart/form-data; boundary=XX")
            .body(body);
        let response = request.send().await.expect("an answer");
        response.text().await.expect("words")
    }

    fn files(&self) -> usize {
        fs::read_dir(self.folder.path()).expect("ours").count()
    }
}

/// `name (bytes), … field=value …`
fn told(received: &Received) -> String {
    let files = received.files.iter();
    let files = files.map(|file| format!("{} ({})", file.label(), file.bytes()));
    let fields = received.fields.iter();
    let fields = fields.map(|(name, value)| format!("{name}={value}"));
    files.chain(fields).collect::<Vec<_>>().join(", ")
}

fn file(name: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
    );
    [head.as_bytes(), content, b"\r\n"].concat()
}

fn field(name: &str, value: &str) -> Vec<u8> {
    format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        .into_bytes()
}

fn form(parts: &[Vec<u8>]) -> Vec<u8> {
    [&parts.concat(), b"--XX--\r\n".as_slice()].concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_kept_under_their_labels_with_the_other_fields() {
    let page = Page::open(SpoolLimits::default()).await;
    // A file that takes many pieces, and ends of lines that look like the end of one.
    let long = b"\r\n--X\r\n--".repeat(500_000);
    let told = page
        .post(form(&[
            field("place", "通渭县"),
            file("../../etc/报告.docx", &long),
            file("a\\b.pdf", b""),
        ]))
        .await;
    assert_eq!(told, "报告.docx (4500000), b.pdf (0), place=通渭县");
    assert_eq!((page.files(), page.spool.bytes()), (2, 4_500_000));
    let kept = fs::read_dir(page.folder.path()).expect("ours").flatten();
    let kept = kept.map(|entry| fs::read(entry.path()).expect("ours"));
    assert!(kept.into_iter().any(|bytes| bytes == long));
    page.waiting.lock().expect("no panic").clear();
    assert_eq!((page.files(), page.spool.bytes()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_much_is_told_to_its_sender_and_nothing_is_kept() {
    let page = Page::open(SpoolLimits {
        file_bytes: 3 << 20,
        ..SpoolLimits::default()
    })
    .await;
    let mut ok = file("a.txt", b"1");
    ok.extend(file("b.txt", &vec![b'a'; 4 << 20]));
    for (body, words) in [
        (ok, "一个文件最大 3 MB"),
        // As a whole, before anything is read.
        (file("a.txt", &vec![b'a'; 20 << 20]), "一个文件最大 3 MB"),
        (
            [file("a", b"1"), file("b", b"2"), file("c", b"3")].concat(),
            "一次最多上传 2 个文件",
        ),
        (field("a", "b"), "没有收到文件"),
        (file("", b""), "没有收到文件"),
        (field("a", &"长".repeat(2_000)), "没有传完整"),
        (field("a", "b").repeat(17), "没有传完整"),
    ] {
        let told = page.post(form(&[body])).await;
        assert!(told.contains(words), "{told}");
        assert_eq!((page.files(), page.spool.bytes()), (0, 0), "{words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_whose_files_wait_is_told_to_wait() {
    let page = Page::open(SpoolLimits::default()).await;
    for _ in 0..2 {
        assert_eq!(page.post(form(&[file("a", b"1")])).await, "a (1)");
    }
    let told = page.post(form(&[file("a", b"1")])).await;
    assert!(told.contains("已有 2 个文件在等待处理"), "{told}");
    page.waiting.lock().expect("no panic").clear();
    assert_eq!(page.post(form(&[file("a", b"1")])).await, "a (1)");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_form_is_refused_quickly() {
    let page = Page::open(SpoolLimits::default()).await;
    let endless_head = [
        b"--XX\r\nContent-Disposition: ".as_slice(),
        &[b'a'; 30 << 20],
    ]
    .concat();
    let no_beginning = vec![b'-'; 30 << 20];
    let cut = file("a.txt", &[b'a'; 100_000]);
    for body in [
        endless_head,
        no_beginning,
        cut,
        b"--XX\r\n\r\n".to_vec(),
        Vec::new(),
    ] {
        let begun = Instant::now();
        let told = page.post(body).await;
        assert!(told.contains("没有传完整"), "{told}");
        assert!(begun.elapsed() < Duration::from_secs(20));
        assert_eq!((page.files(), page.spool.bytes()), (0, 0));
    }
    let request = reqwest::Client::new().post(format!("http://{}/", page.address));
    let response = request.body("{}").send().await.expect("an answer");
    let told = response.text().await.expect("words");
    assert!(told.contains("没有传完整"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_who_goes_away_leaves_nothing() {
    let page = Page::open(SpoolLimits::default()).await;
    let body = file("a.txt", &vec![b'a'; 2 << 20]);
    let head = format!(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=XX\r\nContent-Length: {}\r\n\r\n",
        3 << 20
    );
    let mut sender = TcpStream::connect(page.address).await.expect("it listens");
    sender.write_all(head.as_bytes()).await.expect("it reads");
    sender.write_all(&body).await.expect("it reads");
    while page.spool.bytes() < 2 << 20 {
        sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(page.files(), 1);
    drop(sender);
    for _ in 0..3_000 {
        if page.files() == 0 && page.spool.bytes() == 0 {
            return;
        }
        sleep(Duration::from_millis(10)).await;
    }
    panic!("{} files, {} bytes", page.files(), page.spool.bytes());
}
