//! What a file may cost at most; larger ones are refused.

/// Bytes that a file may have.
pub(crate) const FILE_BYTES: usize = 64 * 1024 * 1024;
/// Characters that a file's text may have; the longest reports have 50,000.
pub(crate) const TEXT_CHARS: usize = 3_000_000;
/// Paragraphs that a report may have; the longest have a thousand.
pub(crate) const REPORT_PARAGRAPHS: usize = 20_000;
/// Paragraphs and left-out lines that a file of any kind may have.
pub(crate) const FILE_LINES: usize = 100_000;
