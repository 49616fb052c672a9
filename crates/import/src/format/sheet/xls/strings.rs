//! Texts of records ([MS-XLS], 2.5.293 to 2.5.296): bytes of Latin-1, or UTF-16.

use super::records::{Record, u16_at, u32_at};

/// Reads the parts of a record as one, and knows where each begins.
pub(super) struct Cursor<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor `skipped` bytes behind the begin of a record.
    pub(super) fn new(record: &Record<'a>, skipped: usize) -> Self {
        Self {
            parts: record.parts.clone(),
            part: 0,
            at: skipped,
        }
    }

    /// What is left of the current part; goes on to the next one at its end.
    fn rest(&mut self) -> Option<&'a [u8]> {
        loop {
            let part = *self.parts.get(self.part)?;
            if self.at < part.len() {
                return Some(&part[self.at..]);
            }
            self.at = self.at.saturating_sub(part.len());
            self.part += 1;
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.rest()?.first()?;
        self.at += 1;
        Some(byte)
    }

    fn number(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn long(&mut self) -> Option<usize> {
        let number = [self.byte()?, self.byte()?, self.byte()?, self.byte()?];
        usize::try_from(u32::from_le_bytes(number)).ok()
    }

    /// Goes on by `count` bytes.
    fn skip(&mut self, count: usize) -> Option<()> {
        let mut left = count;
        while left > 0 {
            let step = self.rest()?.len().min(left);
            self.at += step;
            left -= step;
        }
        Some(())
    }

    /// A text with formats and readings, of which only the characters are kept.
    pub(super) fn rich(&mut self) -> Option<String> {
        let length = usize::from(self.number()?);
        let flags = self.byte()?;
        let runs = if flags & 8 > 0 { self.number()? } else { 0 };
        let readings = if flags & 4 > 0 { self.long()? } else { 0 };
        let text = self.characters(length, flags)?;
        // Formats or readings that are cut off cost no text.
        let _ = self.skip(usize::from(runs) * 4);
        let _ = self.skip(readings);
        Some(text)
    }

    /// So many characters; a part that continues them begins with flags of its own.
    fn characters(&mut self, length: usize, flags: u8) -> Option<String> {
        let mut wide = flags & 1 > 0;
        let mut units: Vec<u16> = Vec::new();
        let mut part = self.part;
        while units.len() < length {
            let rest = self.rest()?;
            if self.part != part {
                part = self.part;
                wide = self.byte()? & 1 > 0;
                continue;
            }
            let size = if wide { 2 } else { 1 };
            let count = (length - units.len()).min(rest.len() / size);
            if count == 0 {
                return None;
            }
            let taken = &rest[..count * size];
            if wide {
                units.extend((0..count).filter_map(|n| u16_at(taken, n * 2)));
            } else {
                units.extend(taken.iter().map(|byte| u16::from(*byte)));
            }
            self.at += count * size;
        }
        Some(String::from_utf16_lossy(&units))
    }
}

/// Texts of a workbook, at most.
const STRINGS: usize = 1_000_000;

/// The texts that cells share (SST).
pub(super) fn shared(record: &Record<'_>) -> Vec<String> {
    let count = u32_at(record.data(), 4).and_then(|count| usize::try_from(count).ok());
    let count = count.unwrap_or(0).min(STRINGS);
    let mut cursor = Cursor::new(record, 8);
    // The count may be wrong; every text takes bytes.
    std::iter::from_fn(|| cursor.rich()).take(count).collect()
}

/// A text with a length of two bytes at `at`.
pub(super) fn text(record: &Record<'_>, at: usize) -> Option<String> {
    Cursor::new(record, at).rich()
}

/// A text with a length of one byte at `at`.
pub(super) fn short(data: &[u8], at: usize) -> Option<String> {
    let length = usize::from(*data.get(at)?);
    let flags = *data.get(at + 1)?;
    let record = Record {
        kind: 0,
        parts: vec![data],
    };
    Cursor::new(&record, at + 2).characters(length, flags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_on_in_the_next_record_with_flags_of_its_own() {
        let first = [0, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, b'a'];
        let second = [1, b'b', 0, 0x2d, 0x4e, 1, 0, 8, 1, 0, b'c', 9, 9, 9];
        let record = Record {
            kind: 0xfc,
            parts: vec![&first, &second],
        };
        assert_eq!(shared(&record), ["ab中", "c"]);
        assert_eq!(short(&[2, 0, b'a', b'b'], 0).as_deref(), Some("ab"));
        assert_eq!(short(&[2, 1, b'a'], 0), None);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read(one: Vec<u8>, other: Vec<u8>, at: u8) {
            let record = Record { kind: 0, parts: vec![&one, &other] };
            let _ = shared(&record);
            let _ = text(&record, usize::from(at));
            let _ = short(&one, usize::from(at));
        }
    }
}
