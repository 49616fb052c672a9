//! The format of a file of vectors: a header line, then records of one size.

use std::{
    fs::File,
    io::{self, BufRead as _},
    os::unix::fs::FileExt as _,
};

use sha2::{Digest as _, Sha256};
use wenzheng_encoder::Rounded;

pub(super) const MAGIC: &str = "wenzheng-vectors 1";
/// A longer first line is not a header.
const LONGEST_HEADER: usize = 200;
const KEY_BYTES: usize = 16;
const SCALE_BYTES: usize = 4;
const CHECK_BYTES: usize = 4;

/// Names a text in a cache: the first half of its SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TextKey(pub(super) [u8; KEY_BYTES]);

impl TextKey {
    /// The key of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let digest: [u8; 32] = Sha256::digest(text).into();
        Self(*digest.first_chunk().expect("32 bytes are more than 16"))
    }
}

pub(super) fn header(width: usize, model: &str) -> String {
    format!("{MAGIC} {width} {model}\n")
}

/// Calls `found` for every good record at the start of a file, with key, position and vector. Returns
/// the width and where the good part ends; `None` when it is not a file of this model.
pub(super) fn scan(
    mut file: impl io::BufRead,
    model: &str,
    mut found: impl FnMut(TextKey, u64, Rounded),
) -> io::Result<Option<(usize, u64)>> {
    let mut line = Vec::new();
    io::Read::take(&mut file, LONGEST_HEADER as u64).read_until(b'\n', &mut line)?;
    let described = || {
        let header = std::str::from_utf8(line.strip_suffix(b"\n")?).ok()?;
        let (width, named) = header.strip_prefix(MAGIC)?.trim_start().split_once(' ')?;
        let width: usize = width.parse().ok()?;
        (named == model && (1..=1 << 16).contains(&width)).then_some(width)
    };
    let Some(width) = described() else {
        return Ok(None);
    };
    let mut good = line.len() as u64;
    let mut bytes = vec![0; record_bytes(width)];
    loop {
        match file.read_exact(&mut bytes) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break,
            Err(error) => return Err(error),
        }
        let Some((key, row)) = parse_record(&bytes) else {
            break;
        };
        found(key, good, row);
        good += bytes.len() as u64;
    }
    Ok(Some((width, good)))
}

/// # Errors
/// When the system refuses, or there is another record than was written.
pub(super) fn read_record(file: &File, at: u64, width: usize) -> io::Result<(TextKey, Rounded)> {
    let mut bytes = vec![0; record_bytes(width)];
    file.read_exact_at(&mut bytes, at)?;
    parse_record(&bytes).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "damaged"))
}

/// Key and vector of a record; `None` when it is damaged.
fn parse_record(record: &[u8]) -> Option<(TextKey, Rounded)> {
    let (content, found) = record.split_at_checked(record.len().checked_sub(CHECK_BYTES)?)?;
    if check(content) != *found {
        return None;
    }
    let (key, rest) = content.split_first_chunk::<KEY_BYTES>()?;
    let (scale, bytes) = rest.split_first_chunk()?;
    let scale = f32::from_le_bytes(*scale);
    let bytes = bytes.iter().map(|&byte| byte as i8).collect();
    Some((TextKey(*key), Rounded { scale, bytes }))
}

pub(super) fn record(key: TextKey, vector: &Rounded) -> Vec<u8> {
    let mut record = Vec::with_capacity(record_bytes(vector.bytes.len()));
    record.extend_from_slice(&key.0);
    record.extend_from_slice(&vector.scale.to_le_bytes());
    record.extend(vector.bytes.iter().map(|&byte| byte as u8));
    let check = check(&record);
    record.extend_from_slice(&check);
    record
}

pub(super) const fn record_bytes(width: usize) -> usize {
    KEY_BYTES + SCALE_BYTES + width + CHECK_BYTES
}

fn check(content: &[u8]) -> [u8; CHECK_BYTES] {
    let digest: [u8; 32] = Sha256::digest(content).into();
    *digest.first_chunk().expect("32 bytes are more than 4")
}
