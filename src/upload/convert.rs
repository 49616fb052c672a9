//! Has a file converted by another process, and survives whatever becomes of that.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    sync::Arc,
};

use tokio::{
    io::AsyncReadExt as _,
    process::{Child, ChildStdout, Command},
    sync::Semaphore,
    task::spawn_blocking,
    time::timeout,
};

use super::{
    converted::{Converted, Outcome},
    error::ConvertError,
    job::{Hints, Job},
    limits::ConvertLimits,
};

/// A file to convert.
#[derive(Debug)]
pub struct Upload {
    /// Open for reading, at its start. The other process reads it; its bytes never come into this one.
    pub file: File,
    /// What is known of it.
    pub hints: Hints,
}

/// Converts files one after the other, so that many uploads take the memory of one. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Converter {
    program: Arc<Path>,
    limits: ConvertLimits,
    turn: Arc<Semaphore>,
}

impl Converter {
    /// A converter that starts `program`, which is this program: `std::env::current_exe` names it.
    #[must_use]
    pub fn new(program: PathBuf, limits: ConvertLimits) -> Self {
        Self {
            program: program.into(),
            limits,
            turn: Arc::new(Semaphore::new(1)),
        }
    }

    /// Converts `upload` when those before it are done. Given up, it leaves no process behind.
    ///
    /// # Errors
    /// As [`convert`].
    pub async fn convert(&self, upload: Upload) -> Result<Converted, ConvertError> {
        let turn = self.turn.acquire().await;
        let _turn = turn.expect("it is never closed");
        convert(&self.program, upload, &self.limits).await
    }
}

/// Converts `upload` by a process of `program`, within `limits`. When the future is dropped the process is
/// killed.
///
/// # Errors
/// [`ConvertError`], with the importer's own words where the file is no good.
pub async fn convert(
    program: &Path,
    upload: Upload,
    limits: &ConvertLimits,
) -> Result<Converted, ConvertError> {
    let size = upload.file.metadata().map_err(ConvertError::NotStarted)?;
    if size.len() > limits.input_bytes {
        return Err(ConvertError::TooBig);
    }
    let command = command(program, upload, limits).map_err(ConvertError::NotStarted)?;
    outcome_of(command, limits).await
}

/// The process: without environment, in no folder of ours, with the file for its input.
fn command(program: &Path, upload: Upload, limits: &ConvertLimits) -> io::Result<Command> {
    let job = Job {
        hints: upload.hints,
        memory_bytes: limits.memory_bytes,
        cpu_seconds: limits.cpu_seconds,
        input_bytes: limits.input_bytes,
    };
    let mut command = Command::new(program);
    command
        .arg("convert-upload")
        .arg(serde_json::to_string(&job)?)
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::from(upload.file));
    Ok(command)
}

/// Starts the process and waits for what it says, as long as it may take.
async fn outcome_of(
    mut command: Command,
    limits: &ConvertLimits,
) -> Result<Converted, ConvertError> {
    command
        .stdout(Stdio::piped())
        // A panic may quote the file.
        .stderr(Stdio::null())
        .kill_on_drop(true);
    let mut child = command.spawn().map_err(ConvertError::NotStarted)?;
    // The command holds the file open.
    drop(command);
    let stdout = child.stdout.take().expect("it is piped");
    let heard = timeout(limits.wall, listen(&mut child, stdout, limits.output_bytes)).await;
    let heard = heard.unwrap_or(Err(ConvertError::TookLong));
    if heard.is_err() {
        // Whatever is left of it; there is nothing more to do about one that cannot be killed.
        let _ = child.kill().await;
    }
    let (status, said) = heard?;
    if !status.success() {
        tracing::warn!(%status, "the conversion of an upload ended early");
        return Err(ConvertError::Ended(status));
    }
    // Megabytes of JSON take longer than other tasks should wait.
    let read = spawn_blocking(move || serde_json::from_slice(&said)).await;
    match read {
        Ok(Ok(Outcome::Converted(converted))) if converted.is_sound() => Ok(*converted),
        Ok(Ok(Outcome::Refused(words))) => Err(ConvertError::Refused(words)),
        Ok(Ok(Outcome::Converted(_)) | Err(_)) | Err(_) => Err(ConvertError::Garbled),
    }
}

/// All that the process says, at most `most` bytes, and how it ended.
async fn listen(
    child: &mut Child,
    stdout: ChildStdout,
    most: u64,
) -> Result<(ExitStatus, Vec<u8>), ConvertError> {
    let mut said = Vec::new();
    let mut stdout = stdout.take(most + 1);
    let read = stdout.read_to_end(&mut said).await;
    let read = read.map_err(ConvertError::NotStarted)?;
    if read as u64 > most {
        return Err(ConvertError::TooBig);
    }
    let status = child.wait().await.map_err(ConvertError::NotStarted)?;
    Ok((status, said))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// What a process gives that does what `script` says.
    async fn converted_by(script: &str, limits: ConvertLimits) -> Result<Converted, ConvertError> {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]).stdin(Stdio::null());
        outcome_of(command, &limits).await
    }

    #[tokio::test]
    async fn a_process_that_says_too_much_is_not_heard_out() {
        let limits = ConvertLimits {
            output_bytes: 1_000_000,
            ..ConvertLimits::default()
        };
        let refused = converted_by("while :; do echo aaaaaaaaaaaaaaaa; done", limits).await;
        assert!(matches!(refused, Err(ConvertError::TooBig)), "{refused:?}");
    }

    #[tokio::test]
    async fn a_process_that_does_nothing_is_ended() {
        let limits = ConvertLimits {
            wall: Duration::from_millis(100),
            ..ConvertLimits::default()
        };
        // One that sleeps, and one that closes its output and sleeps.
        for script in ["exec /bin/sleep 60", "exec /bin/sleep 60 >&-"] {
            let ended = converted_by(script, limits).await;
            assert!(matches!(ended, Err(ConvertError::TookLong)), "{ended:?}");
        }
    }

    #[tokio::test]
    async fn a_process_that_fails_or_talks_nonsense_gives_nothing() {
        let limits = ConvertLimits::default();
        let ended = converted_by("echo '{\"refused\":\"甲\"}'; exit 3", limits).await;
        assert!(matches!(ended, Err(ConvertError::Ended(_))), "{ended:?}");
        let ended = converted_by("kill -SEGV $$", limits).await;
        assert!(matches!(ended, Err(ConvertError::Ended(_))), "{ended:?}");
        let elsewhere = r#"{"converted":{"text":"a","folder":"..","name":"a.md","kind":"document","title":"","place":"","year":null,"warnings":[],"report":[],"passages":0,"preview":[]}}"#;
        for said in ["", "{}", "{\"converted\":{}}", elsewhere] {
            let garbled = converted_by(&format!("echo '{said}'"), limits).await;
            assert!(matches!(garbled, Err(ConvertError::Garbled)), "{garbled:?}");
        }
        let refused = converted_by("echo '{\"refused\":\"甲\"}'", limits).await;
        assert!(matches!(refused, Err(ConvertError::Refused(words)) if words == "甲"));
    }

    #[tokio::test]
    async fn a_file_beyond_the_limit_starts_nothing() {
        let limits = ConvertLimits {
            input_bytes: 5,
            ..ConvertLimits::default()
        };
        let file = |path| File::open(path).expect("it is there");
        let upload = |path| Upload {
            file: file(path),
            hints: Hints::default(),
        };
        let nowhere = Path::new("/nowhere/wenzheng");
        let refused = convert(nowhere, upload("Cargo.toml"), &limits).await;
        assert!(matches!(refused, Err(ConvertError::TooBig)), "{refused:?}");
        let missing = convert(nowhere, upload("/dev/null"), &limits).await;
        assert!(matches!(missing, Err(ConvertError::NotStarted(_))));
    }
}
