//! Reads GGUF, the file format of the weights.
//!
//! Only what such a model needs: version 3, little-endian, tensors of 32-bit floats and of ggml's
//! `Q8_0` blocks. Nothing is copied: a tensor is a range of the file's bytes.
//! Format: `docs/gguf.md` of the ggml project.

use std::{collections::HashMap, ops::Range};

/// Weights per `Q8_0` block.
pub(crate) const BLOCK: usize = 32;
/// Bytes per `Q8_0` block: a 16-bit float scale, then [`BLOCK`] signed bytes.
pub(crate) const BLOCK_BYTES: usize = 2 + BLOCK;

const MAGIC: &[u8; 4] = b"GGUF";
const VERSION: u32 = 3;
const DEFAULT_ALIGNMENT: usize = 32;
/// More than any embedding model has; stops a damaged count from allocating memory.
const MOST_ENTRIES: u64 = 100_000;

/// Why a file could not be read as GGUF.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum GgufError {
    /// Not a GGUF file, or a version other than 3.
    #[error("not a GGUF file of version 3")]
    Foreign,
    /// The file ends too early.
    #[error("file ends at byte {0}, in the middle of something")]
    Truncated(usize),
    /// A length or type that no such file has.
    #[error("impossible value before byte {0}")]
    Impossible(usize),
    /// A tensor that the model needs is absent.
    #[error("no tensor {0}")]
    Absent(String),
    /// A tensor has another shape or type than the model needs.
    #[error("tensor {0} has another shape or type")]
    Shape(String),
    /// A number that the model needs is absent.
    #[error("no number {0}")]
    NoNumber(String),
}

/// How a tensor's numbers are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 32-bit floats.
    F32,
    /// Blocks of [`BLOCK_BYTES`].
    Q8,
}

/// Where a tensor lies in the file.
#[derive(Debug, Clone)]
struct Tensor {
    /// Fastest dimension last: rows × columns; one row for a vector.
    rows: usize,
    columns: usize,
    kind: Kind,
    bytes: Range<usize>,
}

/// The directory of a GGUF file.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    numbers: HashMap<String, u64>,
    texts: HashMap<String, String>,
    tensors: HashMap<String, Tensor>,
}

impl Directory {
    /// Reads header, metadata and tensor list of `file`, and checks that all tensors lie in it.
    pub(crate) fn read(file: &[u8]) -> Result<Self, GgufError> {
        let mut reader = Reader { file, at: 0 };
        if reader.take(4)? != MAGIC || reader.u32()? != VERSION {
            return Err(GgufError::Foreign);
        }
        let tensors = reader.count()?;
        let entries = reader.count()?;
        let mut directory = Self::default();
        for _ in 0..entries {
            let key = reader.text()?;
            match reader.value()? {
                Value::Number(number) => _ = directory.numbers.insert(key, number),
                Value::Text(text) => _ = directory.texts.insert(key, text),
                Value::Other => {}
            }
        }
        for _ in 0..tensors {
            let (name, tensor) = reader.tensor()?;
            directory.tensors.insert(name, tensor);
        }
        let alignment = directory.numbers.get("general.alignment");
        let alignment = alignment.map_or(DEFAULT_ALIGNMENT, |&n| n.clamp(1, 1 << 20) as usize);
        let base = reader.at.next_multiple_of(alignment);
        for tensor in directory.tensors.values_mut() {
            let end = tensor.bytes.end.checked_add(base);
            let end = end.filter(|&end| end <= file.len());
            let end = end.ok_or(GgufError::Truncated(file.len()))?;
            tensor.bytes = tensor.bytes.start + base..end;
        }
        Ok(directory)
    }

    /// An unsigned number of the metadata.
    pub(crate) fn number(&self, key: &str) -> Result<usize, GgufError> {
        let number = self.numbers.get(key).copied();
        let number = number.and_then(|number| usize::try_from(number).ok());
        number.ok_or_else(|| GgufError::NoNumber(key.into()))
    }

    /// A string of the metadata.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// Bytes of the file that hold a `Q8_0` matrix of `columns`, and its number of rows.
    pub(crate) fn matrix(
        &self,
        name: &str,
        columns: usize,
    ) -> Result<(Range<usize>, usize), GgufError> {
        let tensor = self.tensor(name)?;
        if tensor.kind != Kind::Q8 || tensor.columns != columns {
            return Err(GgufError::Shape(name.into()));
        }
        Ok((tensor.bytes.clone(), tensor.rows))
    }

    /// Bytes of the file that hold `rows` × `columns` 32-bit floats.
    pub(crate) fn floats(
        &self,
        name: &str,
        rows: usize,
        columns: usize,
    ) -> Result<Range<usize>, GgufError> {
        let tensor = self.tensor(name)?;
        if tensor.kind != Kind::F32 || (tensor.rows, tensor.columns) != (rows, columns) {
            return Err(GgufError::Shape(name.into()));
        }
        Ok(tensor.bytes.clone())
    }

    fn tensor(&self, name: &str) -> Result<&Tensor, GgufError> {
        let tensor = self.tensors.get(name);
        tensor.ok_or_else(|| GgufError::Absent(name.into()))
    }
}

enum Value {
    Number(u64),
    Text(String),
    Other,
}

struct Reader<'a> {
    file: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], GgufError> {
        let end = self.at.checked_add(length);
        let bytes = end.and_then(|end| self.file.get(self.at..end));
        let bytes = bytes.ok_or(GgufError::Truncated(self.at))?;
        self.at += length;
        Ok(bytes)
    }

    fn u32(&mut self) -> Result<u32, GgufError> {
        let bytes = self.take(4)?.try_into().expect("four bytes were taken");
        Ok(u32::from_le_bytes(bytes))
    }

    fn u64(&mut self) -> Result<u64, GgufError> {
        let bytes = self.take(8)?.try_into().expect("eight bytes were taken");
        Ok(u64::from_le_bytes(bytes))
    }

    fn length(&mut self) -> Result<usize, GgufError> {
        let length = self.u64()?;
        usize::try_from(length).map_err(|_| GgufError::Impossible(self.at))
    }

    fn count(&mut self) -> Result<u64, GgufError> {
        let count = self.u64()?;
        if count > MOST_ENTRIES {
            return Err(GgufError::Impossible(self.at));
        }
        Ok(count)
    }

    fn text(&mut self) -> Result<String, GgufError> {
        let length = self.length()?;
        let bytes = self.take(length)?;
        String::from_utf8(bytes.to_vec()).map_err(|_| GgufError::Impossible(self.at))
    }

    /// A metadata value; arrays of texts or numbers are skipped, nested arrays refused.
    fn value(&mut self) -> Result<Value, GgufError> {
        const TEXT: u32 = 8;
        const ARRAY: u32 = 9;
        match self.u32()? {
            TEXT => self.text().map(Value::Text),
            ARRAY => {
                let kind = self.u32()?;
                let length = self.length()?;
                if kind == TEXT {
                    for _ in 0..length {
                        self.text()?;
                    }
                } else {
                    let bytes = length.checked_mul(self.width(kind)?);
                    self.take(bytes.ok_or(GgufError::Impossible(self.at))?)?;
                }
                Ok(Value::Other)
            }
            kind => {
                let bytes = self.take(self.width(kind)?)?;
                const UNSIGNED: [u32; 4] = [0, 2, 4, 10];
                if !UNSIGNED.contains(&kind) {
                    return Ok(Value::Other);
                }
                let number = bytes.iter().rev().fold(0, |n, &b| n << 8 | u64::from(b));
                Ok(Value::Number(number))
            }
        }
    }

    /// Bytes of a plain value of type `kind`.
    const fn width(&self, kind: u32) -> Result<usize, GgufError> {
        match kind {
            0 | 1 | 7 => Ok(1),
            2 | 3 => Ok(2),
            4..=6 => Ok(4),
            10..=12 => Ok(8),
            _ => Err(GgufError::Impossible(self.at)),
        }
    }

    /// One line of the tensor list; its bytes count from the start of the tensor data.
    fn tensor(&mut self) -> Result<(String, Tensor), GgufError> {
        let name = self.text()?;
        let impossible = GgufError::Impossible(self.at);
        let dimensions = self.u32()?;
        let (columns, rows) = match dimensions {
            1 => (self.length()?, 1),
            2 => (self.length()?, self.length()?),
            _ => return Err(impossible),
        };
        let kind = match self.u32()? {
            0 => Kind::F32,
            8 => Kind::Q8,
            _ => return Err(GgufError::Shape(name)),
        };
        let start = self.length()?;
        let row = match kind {
            Kind::F32 => columns.checked_mul(size_of::<f32>()),
            Kind::Q8 if columns % BLOCK != 0 => None,
            Kind::Q8 => (columns / BLOCK).checked_mul(BLOCK_BYTES),
        };
        let end = row.and_then(|row| row.checked_mul(rows));
        let end = end.and_then(|size| size.checked_add(start));
        let tensor = Tensor {
            rows,
            columns,
            kind,
            bytes: start..end.ok_or(impossible)?,
        };
        Ok((name, tensor))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{HEADER, WIDTH, weights};

    #[test]
    fn numbers_texts_and_tensors_are_found_by_name() {
        let file = weights();
        let directory = Directory::read(&file).unwrap();
        assert_eq!(directory.text("general.name"), Some("tiny"));
        assert_eq!(directory.number("bert.embedding_length"), Ok(WIDTH));
        let (bytes, rows) = directory
            .matrix("embeddings.word_embeddings.weight", WIDTH)
            .unwrap();
        assert_eq!((bytes.len(), rows), (10 * BLOCK_BYTES, 10));
        assert_eq!(
            directory.number("bert.depth"),
            Err(GgufError::NoNumber("bert.depth".into()))
        );
        assert_eq!(
            directory.matrix("embeddings.LayerNorm.bias", WIDTH),
            Err(GgufError::Shape("embeddings.LayerNorm.bias".into()))
        );
        assert_eq!(
            directory.floats("embeddings.LayerNorm.gain", 1, WIDTH),
            Err(GgufError::Absent("embeddings.LayerNorm.gain".into()))
        );
    }

    #[test]
    fn a_file_cut_short_is_refused() {
        let file = weights();
        for length in [0, 3, 8, 30, 500, HEADER, file.len() - 1] {
            assert!(Directory::read(&file[..length]).is_err(), "{length}");
        }
    }

    proptest! {
        #[test]
        fn a_damaged_header_never_panics(at in 0..HEADER, byte: u8) {
            let mut file = weights();
            file[at] = byte;
            let _ = Directory::read(&file);
        }
    }
}
