//! What commands print at a terminal.

use std::{
    io,
    process::{Command, Stdio},
};

#[test]
fn a_command_ends_quietly_when_nobody_reads_on() {
    for arguments in [&["config"][..], &["ask", "--batch", "-"]] {
        let (reader, writer) = io::pipe().expect("a pipe");
        drop(reader);
        let output = Command::new(env!("CARGO_BIN_EXE_wenzheng"))
            .args(arguments)
            .stdin(Stdio::from(question()))
            .stdout(writer)
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        assert_eq!(said, "", "{arguments:?}");
    }
}

/// One line of a batch, to be read.
fn question() -> io::PipeReader {
    let (reader, mut writer) = io::pipe().expect("a pipe");
    let line = "{\"id\": \"1\", \"q\": \"修路\"}\n";
    io::Write::write_all(&mut writer, line.as_bytes()).expect("it fits");
    reader
}
