//! Where something stands in an imported file.

use serde::Serialize;

/// Where something stands in a file, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum At {
    /// Page of a PDF or an OFD.
    Page(usize),
    /// Paragraph of a DOCX.
    Paragraph(usize),
    /// Line of any other file; row of a sheet.
    Line(usize),
}

impl At {
    /// Place `n` of a file in the format or encoding that `encoding` names.
    #[must_use]
    pub fn of(n: usize, encoding: &str) -> Self {
        match encoding {
            "PDF" | "OFD" => Self::Page(n),
            "DOCX" => Self::Paragraph(n),
            _ => Self::Line(n),
        }
    }

    /// 第 3 页, 第 3 段, 第 3 行
    #[must_use]
    pub fn told(self) -> String {
        match self {
            Self::Page(n) => format!("第 {n} 页"),
            Self::Paragraph(n) => format!("第 {n} 段"),
            Self::Line(n) => format!("第 {n} 行"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_pages_paragraphs_or_lines() {
        assert_eq!(At::of(3, "PDF").told(), "第 3 页");
        assert_eq!(At::of(3, "OFD").told(), "第 3 页");
        assert_eq!(At::of(3, "XLSX").told(), "第 3 行");
        assert_eq!(At::of(3, "DOCX").told(), "第 3 段");
        assert_eq!(At::of(3, "UTF-8").told(), "第 3 行");
    }
}
