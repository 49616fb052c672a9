//! A server and those who ask it, over a real socket.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    os::unix::{fs::PermissionsExt as _, net::UnixListener},
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};

use super::{Answer, Command, ErrorName, Socket, SocketError, ask, serve, socket::connect};
use crate::{
    assistant::{Assistant, Options},
    service::{Service, ServiceSettings},
};

const REPORT: &str =
    "---\ntitle: 甲县报告\nplace: 甲县\nyear: 2024\n---\n## 2024年重点工作\n\n硬化村道30公里。\n";

/// A server in a folder of its own.
struct Server {
    folder: TempDir,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

impl Server {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let corpus = folder.path().join("corpus");
        fs::create_dir(&corpus).expect("it is made");
        fs::write(corpus.join("a.md"), REPORT).expect("it is written");
        let options = Options {
            corpus_dir: Some(corpus),
            ..Options::default()
        };
        let assistant = Assistant::open(options).expect("a good report");
        let service = Service::new(assistant, ServiceSettings::default());
        let socket = Socket::bind(&folder.path().join("data")).expect("the folder is free");
        let (stop, stopped) = oneshot::channel::<()>();
        let served = tokio::spawn(serve(socket, service, async {
            let _ = stopped.await;
        }));
        Self {
            folder,
            stop,
            served,
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn write(&self, name: &str, text: &str) {
        let file = self.folder.path().join("corpus").join(name);
        fs::write(file, text).expect("it is written");
    }

    async fn reload(&self) -> Answer {
        let data = self.data();
        let asked = move || ask(&data, Command::Reload).expect("it is there");
        tokio::task::spawn_blocking(asked).await.expect("no panic")
    }

    /// The answer to a line as a program may write it.
    async fn says(&self, line: &str) -> serde_json::Value {
        let (data, line) = (self.data(), format!("{line}\n"));
        let asked = move || {
            let mut stream = connect(&data).expect("it is there");
            stream.write_all(line.as_bytes()).expect("it listens");
            let mut answer = String::new();
            let _ = BufReader::new(stream).read_line(&mut answer);
            serde_json::from_str(&answer).expect("JSON")
        };
        tokio::task::spawn_blocking(asked).await.expect("no panic")
    }

    async fn stop(self) -> TempDir {
        drop(self.stop);
        self.served.await.expect("no panic");
        self.folder
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reload_tells_what_changed_or_what_is_wrong() {
    let server = Server::start();
    server.write("b.md", &REPORT.replace('甲', "乙"));
    let answer = server.reload().await;
    assert!(answer.ok, "{answer:?}");
    assert!(answer.message.contains("现在共 2 份报告"), "{answer:?}");
    server.write("b.md", "no report");
    let answer = server.reload().await;
    assert_eq!(answer.error, Some(ErrorName::Failed));
    assert!(answer.message.contains("b.md"), "{answer:?}");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_request_gets_an_error_with_a_name() {
    let server = Server::start();
    for (line, error) in [
        ("", "bad_request"),
        ("reload", "bad_request"),
        (r#"{"v":2,"do":"reload"}"#, "unknown_version"),
        (r#"{"v":1,"do":"dance"}"#, "unknown_command"),
        (r#"{"v":1}"#, "unknown_command"),
    ] {
        let answer = server.says(line).await;
        assert_eq!(answer["error"], error, "{line}");
        assert_eq!((&answer["v"], &answer["ok"]), (&1.into(), &false.into()));
    }
    let long = format!(r#"{{"v":1,"do":"{}"}}"#, "x".repeat(70_000));
    assert_eq!(server.says(&long).await["error"], "bad_request");
    let further = server.says(r#"{"v":1,"do":"reload","more":[1]}"#).await;
    assert_eq!(further["ok"], true);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_living_server_keeps_its_socket_and_a_stale_one_is_replaced() {
    let server = Server::start();
    let mode = fs::metadata(server.data().join("admin.sock")).expect("it is there");
    assert_eq!(mode.permissions().mode() & 0o777, 0o600);
    let second = Socket::bind(&server.data());
    assert!(matches!(second, Err(SocketError::Taken)), "{second:?}");
    assert!(server.reload().await.ok, "it still answers");
    let folder = server.stop().await;
    let data = folder.path().join("data");
    assert!(!data.join("admin.sock").exists());

    // As a server leaves it that was killed.
    drop(UnixListener::bind(data.join("admin.sock")).expect("it is free"));
    assert!(nobody(&data).contains("没有找到正在运行的服务"));
    drop(Socket::bind(&data).expect("the stale one is replaced"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_with_a_long_name_is_served_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("长".repeat(30)).join("名".repeat(30));
    let socket = Socket::bind(&data).expect("it is made");
    assert!(connect(&data).is_ok());
    drop(socket);
}

fn nobody(data: &Path) -> String {
    ask(data, Command::Reload)
        .expect_err("nobody is there")
        .to_string()
}

#[test]
fn without_a_server_it_says_where_it_looked_and_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = nobody(folder.path());
    let looked = fs::canonicalize(folder.path()).expect("it is there");
    assert!(told.contains(&looked.display().to_string()), "{told}");
    assert!(told.contains("wenzheng serve") && told.contains("--config"));
}
