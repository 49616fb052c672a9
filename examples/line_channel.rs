//! A channel of eighty lines: a line in, some lines and a dot out, over TCP (`nc 127.0.0.1 7070`).
//!
//! A line is a question, `= 三抓三促` asks what a term means, `+` and `-` vote on the last answer,
//! `/reload` is for administrators. Pace, history, roles, votes and events come from the service.
use std::{io, net::SocketAddr};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use wenzheng::assistant::{Assistant, Options};
use wenzheng::channels::{deployment::Deployment, plain, wording};
use wenzheng::corpus::PassageId;
use wenzheng::service::*;

pub(crate) const LINE: Channel = Channel::new("line", ChannelKind::Chat);

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let settings = ServiceSettings {
        administrators: vec![Caller::new(LINE, "127.0.0.1")],
        ..ServiceSettings::default()
    };
    let assistant = Assistant::open(Options::default())?;
    let service = Service::recorded(assistant, settings, |event| eprintln!("{event:?}"));
    Ok(serve(TcpListener::bind("127.0.0.1:7070").await?, service).await?)
}

pub(crate) async fn serve(listener: TcpListener, service: Service) -> io::Result<()> {
    loop {
        let (stream, peer) = listener.accept().await?;
        tokio::spawn(converse(stream, peer, service.clone()));
    }
}

async fn converse(mut stream: TcpStream, peer: SocketAddr, service: Service) -> io::Result<()> {
    let (caller, key) = (Caller::new(LINE, peer.ip().to_string()), peer.to_string());
    let (read, mut write) = stream.split();
    let (mut lines, mut answered) = (BufReader::new(read).lines(), None);
    while let Some(line) = lines.next_line().await? {
        let request = Request::new(caller.clone(), act(line.trim(), answered.clone()));
        let remembered = Conversation::Remembered(key.clone());
        let said = match service.handle(request.within(remembered)).await {
            Ok(reply) => rendered(reply, &mut answered),
            Err(refusal) => wording::refusal(refusal).unwrap_or_default().to_owned(),
        };
        write.write_all(format!("{said}\n.\n").as_bytes()).await?;
    }
    service.forget(LINE, &key);
    Ok(())
}

/// The last answer, and the passage that it cited first.
type Answered = Option<(AnswerId, Option<PassageId>)>;

fn act(line: &str, answered: Answered) -> Act {
    match (line, answered) {
        ("+", Some((answer, passage))) => Act::vote(answer, passage, Vote::Useful),
        ("-", Some((answer, passage))) => Act::vote(answer, passage, Vote::Useless),
        ("" | "+" | "-", _) => Act::Command(Command::Own),
        ("/reload", _) => Act::Command(Command::Reload),
        _ => match line.strip_prefix('=') {
            Some(term) => Act::Define { term: term.into() },
            None => Act::ask(line),
        },
    }
}

fn rendered(reply: Reply, answered: &mut Answered) -> String {
    match reply.outcome {
        Outcome::Answer(answer) => {
            let cited = answer.citations.first().map(|c| c.passage_id.clone());
            *answered = Some((reply.id, cited));
            plain::render(&answer, &Deployment::default())
        }
        Outcome::Reloaded(reloaded) => wording::reload(&reloaded),
        _ => "好的".to_owned(),
    }
}
