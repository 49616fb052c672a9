//! What the process that reads a stranger's file takes from itself before it reads: memory, time, files,
//! sockets, threads.
//!
//! It cannot be done from outside, before the process is the program, without `unsafe` code. What runs until
//! then is ours and has not seen the file.

use std::{fs, io};

use rustix::process::{Resource, Rlimit, getrlimit, nice, setrlimit};

/// How far the process stands back behind others that want the processor: answers go first.
const NICE: i32 = 10;
/// Standard input, output and error. The next file or socket that is opened would be number 3.
const OPEN_FILES: u64 = 3;

/// Limits this process for the rest of its life.
///
/// # Errors
/// When the system refuses; then nothing should be read.
pub(super) fn confine(memory_bytes: u64, cpu_seconds: u64) -> io::Result<()> {
    // Where the machine itself is short of memory, this process ends first. A system without /proc, or one that
    // lets nobody change it, still has the limits below.
    let _ = fs::write("/proc/self/oom_score_adj", "1000");
    let _ = nice(NICE);
    close_inherited();
    lower(Resource::As, memory_bytes)?;
    lower(Resource::Core, 0)?;
    lower(Resource::Fsize, 0)?;
    // Threads count as well. The system does not hold root to this one.
    lower(Resource::Nproc, 0)?;
    lower(Resource::Nofile, OPEN_FILES)?;
    lower(Resource::Cpu, cpu_seconds)
}

/// Closes what whoever started the server left open for its children; the server's own files are closed already.
fn close_inherited() {
    let Ok(open) = fs::read_dir("/proc/self/fd") else {
        return;
    };
    let open: Vec<i32> = open
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect();
    for number in open.into_iter().filter(|number| *number > 2) {
        // The list itself was one of them, and is closed.
        let _ = nix::unistd::close(number);
    }
}

/// Lowers a limit for good; one that is lower already stays.
fn lower(resource: Resource, most: u64) -> io::Result<()> {
    let known = getrlimit(resource).maximum;
    let most = Some(known.map_or(most, |known| known.min(most)));
    let limit = Rlimit {
        current: most,
        maximum: most,
    };
    Ok(setrlimit(resource, limit)?)
}
