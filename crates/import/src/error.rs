//! Why a file cannot be imported.

/// Why a file cannot be imported, and what to do. Shown to administrators.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The file holds no text.
    #[error("文件里没有文字")]
    Empty,
    /// The text does not name its place.
    #[error("看不出是哪个地方的报告，请用 --place 写明，例如 --place 通渭县")]
    NoPlace,
    /// The text does not name its year.
    #[error("看不出是哪一年的报告，请用 --year 写明（今年，即安排工作的那一年），例如 --year 2024")]
    NoYear,
    /// Damaged or incomplete; the format is named.
    #[error("{0} 文件已损坏或不完整，请重新下载，或另存一份再试")]
    Damaged(&'static str),
    /// Larger than any report, possibly only when unpacked.
    #[error("文件太大（或解压后太大），不像一份报告，请只保留报告正文再试")]
    TooLarge,
    /// A ZIP archive that is no Word document, workbook or OFD.
    #[error(
        "这是压缩包或其他办公文件，不是 Word 文档、Excel 表格或 OFD；请解压，或另存为 .docx 再试"
    )]
    NotWord,
    /// Word 97–2003, WPS or RTF.
    #[error("这是旧版文档（.doc、.wps 或 .rtf），请用 Word 或 WPS 打开，另存为 .docx 再试")]
    OldWord,
    /// A format that is known and not read.
    #[error("这是{what}，不能直接导入；{remedy}")]
    Unsupported {
        /// The format.
        what: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// Encrypted.
    #[error("文件有密码，请先去掉密码再试")]
    Locked,
    /// A scan without a usable text layer.
    #[error(
        "这份文件是扫描件（或文字层无法读取），没有可以引用的文字；请改用网页版或 Word 版，或先做文字识别（OCR）并校对后存为文本"
    )]
    Scanned,
    /// Not a text format: an image, a program.
    #[error(
        "这不是文本文件；可以导入 TXT、Markdown、HTML、DOCX、XLSX、XLS、带文字层的 PDF、OFD 和 JSONL"
    )]
    Binary,
}
