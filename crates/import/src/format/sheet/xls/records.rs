//! The records of a stream: kind, length and data ([MS-XLS], 2.1.4).

/// A record with those that continue it.
#[derive(Debug, Clone)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    /// Its data, and that of each record that continues it.
    pub(super) parts: Vec<&'a [u8]>,
}

/// Continues the record before it.
const CONTINUE: u16 = 0x3c;

/// The records of `stream`, up to its end or the first that is cut off.
pub(super) fn records(stream: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, data) = next(&mut rest)?;
        let mut parts = vec![data];
        while rest.get(..2) == Some(&CONTINUE.to_le_bytes()) {
            let (_, data) = next(&mut rest)?;
            parts.push(data);
        }
        Some(Record { kind, parts })
    })
}

fn next<'a>(rest: &mut &'a [u8]) -> Option<(u16, &'a [u8])> {
    let (kind, length) = (u16_at(rest, 0)?, usize::from(u16_at(rest, 2)?));
    let data = rest.get(4..4 + length)?;
    *rest = &rest[4 + length..];
    Some((kind, data))
}

impl<'a> Record<'a> {
    /// The data without what continues it.
    pub(super) fn data(&self) -> &'a [u8] {
        self.parts.first().copied().unwrap_or_default()
    }
}

/// The number at byte `at`.
pub(super) fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    let bytes = data.get(at..at.checked_add(2)?)?;
    bytes.try_into().ok().map(u16::from_le_bytes)
}

/// The number at byte `at`.
pub(super) fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..at.checked_add(4)?)?;
    bytes.try_into().ok().map(u32::from_le_bytes)
}

/// The number at byte `at`.
pub(super) fn f64_at(data: &[u8], at: usize) -> Option<f64> {
    let bytes = data.get(at..at.checked_add(8)?)?;
    bytes.try_into().ok().map(f64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_continued_and_end_where_they_are_cut_off() {
        let stream = [
            0xfc, 0, 2, 0, 1, 2, 0x3c, 0, 1, 0, 3, 0x0a, 0, 0, 0, 0x0b, 0, 9, 0, 1,
        ];
        let records: Vec<Record<'_>> = records(&stream).collect();
        assert_eq!(records.len(), 2);
        assert_eq!(records[0].parts, [&[1, 2][..], &[3]]);
        assert_eq!((records[1].kind, records[1].data()), (0x0a, &[][..]));
        assert_eq!(u32_at(&stream, usize::MAX), None);
    }
}
