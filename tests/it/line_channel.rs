// The example is compiled as a program too; here its `main` is not called.
#[expect(dead_code, reason = "its main is not called here")]
#[path = "../../examples/line_channel.rs"]
mod example;

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};
use wenzheng::{
    assistant::{Assistant, Options},
    service::{Caller, Event, Service, ServiceSettings},
};

/// Somebody at the other end of the line.
struct Person {
    lines: Lines<BufReader<OwnedReadHalf>>,
    write: OwnedWriteHalf,
}

impl Person {
    /// What is said to `line`.
    async fn says(&mut self, line: &str) -> String {
        let line = format!("{line}\n");
        self.write.write_all(line.as_bytes()).await.expect("sent");
        let mut said = Vec::new();
        loop {
            let line = self.lines.next_line().await.expect("read");
            match line.expect("the line is open") {
                end if end == "." => return said.join("\n"),
                more => said.push(more),
            }
        }
    }
}

/// A served line, where this machine is an administrator or not, and the events of its service.
async fn line(administrator: bool) -> (Person, Arc<Mutex<Vec<Event>>>) {
    let assistant = Assistant::open(Options::default()).expect("the shipped corpus loads");
    let this_machine = Caller::new(example::LINE, "127.0.0.1");
    let settings = ServiceSettings {
        questions_per_minute: 3,
        administrators: administrator.then_some(this_machine).into_iter().collect(),
        ..ServiceSettings::default()
    };
    let events = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&events);
    let record = move |event: &Event| heard.lock().expect("sound").push(event.clone());
    let service = Service::recorded(assistant, settings, record);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("bound");
    tokio::spawn(example::serve(listener, service));
    let stream = TcpStream::connect(address).await.expect("served");
    let (read, write) = stream.into_split();
    let lines = BufReader::new(read).lines();
    (Person { lines, write }, events)
}

#[tokio::test]
async fn a_channel_of_eighty_lines_has_history_votes_pace_and_events() {
    let (mut person, events) = line(false).await;
    let first = person.says("今年修哪几条高速").await;
    assert!(first.contains("通定高速"), "{first}");
    assert_eq!(person.says("-").await, "好的");
    let follow_up = person.says("那去年呢").await;
    assert!(follow_up.contains("高速"), "{follow_up}");
    let term = person.says("= 三抓三促").await;
    assert!(term.contains("抓学习促提升"), "{term}");
    assert!(person.says("修桥").await.contains("请过一分钟再问"));
    assert_eq!(person.says("修桥").await, "");
    assert!(person.says("/reload").await.contains("只有管理员"));

    let events = events.lock().expect("sound");
    let names: Vec<_> = events
        .iter()
        .map(|event| (event.kind.name(), event.status.name()))
        .collect();
    let expected = [
        ("ask", "answered"),
        ("vote", "done"),
        ("ask", names[2].1),
        ("define", "answered"),
        ("ask", "too_fast"),
        ("ask", "too_fast"),
        ("reload", "not_allowed"),
    ];
    assert_eq!(names, expected);
    assert!(events.iter().all(|event| event.channel.name == "line"));
}

#[tokio::test]
async fn an_administrator_of_the_line_may_reload() {
    let (mut person, _) = line(true).await;
    assert!(person.says("/reload").await.starts_with("已重新加载"));
}
