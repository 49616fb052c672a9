//! Serves whoever connects to the socket.

use std::{io, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::UnixStream,
    sync::Semaphore,
    time::{sleep, timeout},
};

use super::{
    protocol::{Answer, Command, ErrorName, LONGEST_REQUEST, read},
    socket::Socket,
    wording,
};
use crate::{
    admin::Command as Asked,
    channels::wording as shared,
    service::{Act, Caller, Channel, Command as Does, Outcome, Refusal, Request, Service},
};

/// Connections at once; further ones wait.
const CONNECTIONS: usize = 8;
/// How long a connection may be silent.
const SILENCE: Duration = Duration::from_secs(30);
/// A pause after the system refused a connection, for want of files for instance.
const PAUSE: Duration = Duration::from_millis(200);

/// Serves `socket` until `shutdown` ends.
pub async fn serve(socket: Socket, service: Service, shutdown: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let accept = async {
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else {
                return;
            };
            match socket.listener.accept().await {
                Ok((stream, _)) => {
                    let (service, owner) = (service.clone(), socket.owner);
                    tokio::spawn(async move {
                        // Who has gone need not be told.
                        let _ = converse(stream, owner, &service).await;
                        drop(place);
                    });
                }
                Err(error) => {
                    tracing::warn!(error = %error.kind(), "administration: nobody is let in");
                    sleep(PAUSE).await;
                }
            }
        }
    };
    tokio::select! {
        () = accept => {}
        () = shutdown => {}
    }
}

async fn converse(mut stream: UnixStream, owner: u32, service: &Service) -> io::Result<()> {
    let uid = stream.peer_cred()?.uid();
    let (read_half, mut write) = stream.split();
    let mut input = BufReader::new(read_half);
    loop {
        let mut line = Vec::new();
        let limit = u64::try_from(LONGEST_REQUEST).unwrap_or(u64::MAX);
        let mut request = (&mut input).take(limit);
        let got = timeout(SILENCE, request.read_until(b'\n', &mut line)).await;
        match got {
            Ok(Ok(0)) | Err(_) => return Ok(()),
            Ok(Err(error)) => return Err(error),
            Ok(Ok(_)) => {}
        }
        let whole = line.ends_with(b"\n");
        let answer = answer(&line, uid, owner, service).await;
        write.write_all(answer.line().as_bytes()).await?;
        if !whole {
            return Ok(());
        }
    }
}

/// The answer to one line of user `uid`.
async fn answer(line: &[u8], uid: u32, owner: u32, service: &Service) -> Answer {
    let command = if may(uid, owner) {
        read(line)
    } else {
        Err(ErrorName::NotAllowed)
    };
    match command {
        Ok(Command::Reload) => {
            tracing::info!(channel = Channel::SOCKET.name, uid, "reload asked for");
            perform(Does::Reload, uid, service).await
        }
        Ok(Command::Export { to }) => perform(Does::Admin(Asked::Export(to)), uid, service).await,
        Ok(Command::Password { who, hash }) => {
            let command = Asked::Password { who, hash };
            perform(Does::Admin(command), uid, service).await
        }
        Ok(Command::Command { text }) => match crate::admin::parse(&text) {
            Some(command) => perform(command.into(), uid, service).await,
            None => Answer::not_done(ErrorName::Failed, wording::NO_SUCH_COMMAND.to_owned()),
        },
        Err(error) => {
            tracing::warn!(
                channel = Channel::SOCKET.name,
                uid,
                ?error,
                "administration refused"
            );
            Answer::not_done(error, wording::refused(error).to_owned())
        }
    }
}

/// The user who runs the server, and root, who may anything.
const fn may(uid: u32, owner: u32) -> bool {
    uid == owner || uid == 0
}

async fn perform(command: Does, uid: u32, service: &Service) -> Answer {
    let caller = Caller::new(Channel::SOCKET, uid.to_string());
    let request = Request::new(caller, Act::Command(command));
    match service.handle(request).await.map(|reply| reply.outcome) {
        Ok(Outcome::Admin(outcome)) => {
            let message = shared::admin::outcome(&outcome);
            match outcome.went_well() {
                true => Answer::done(message),
                false => Answer::not_done(ErrorName::Failed, message),
            }
        }
        Ok(Outcome::Reloaded(reloaded)) => {
            let message = shared::reload(&reloaded);
            match reloaded {
                Ok(_) => Answer::done(message),
                Err(_) => Answer::not_done(ErrorName::Failed, message),
            }
        }
        Err(refusal @ (Refusal::Busy | Refusal::TooFast { .. })) => {
            let words = shared::refusal(refusal);
            let words = words.unwrap_or_else(|| wording::refused(ErrorName::Failed));
            Answer::not_done(ErrorName::Failed, words.to_owned())
        }
        _ => Answer::not_done(
            ErrorName::Failed,
            wording::refused(ErrorName::Failed).to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_of_the_server_and_root_are_served_and_nobody_else() {
        assert!(may(1000, 1000) && may(0, 1000));
        assert!(!may(1001, 1000) && !may(65534, 0));
    }
}
