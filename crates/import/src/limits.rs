//! Upper bounds on the size of a file; larger files are refused.

/// Bytes of a file.
pub(crate) const FILE_BYTES: usize = 64 * 1024 * 1024;
/// Characters of a file's text; the longest reports have 50,000.
pub(crate) const TEXT_CHARS: usize = 3_000_000;
/// Paragraphs of a report; the longest have a thousand.
pub(crate) const REPORT_PARAGRAPHS: usize = 20_000;
/// Paragraphs and left-out lines of a file of any kind.
pub(crate) const FILE_LINES: usize = 100_000;
