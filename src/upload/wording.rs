//! What people are told of their uploads (Simplified Chinese), for all channels.

use super::error::{ConvertError, SpoolError};
use crate::{corpus::import::ImportError, intake::Warning};

const MIB: u64 = 1024 * 1024;

/// Why a file was not kept, and what to do.
#[must_use]
pub fn not_kept(error: &SpoolError) -> String {
    match error {
        SpoolError::FileTooLarge { most } => {
            format!(
                "文件太大，没有收下；一个文件最大 {} MB，请只上传正文，或分成几份",
                most / MIB
            )
        }
        SpoolError::TooManyFiles { most } => {
            format!("一次最多上传 {most} 个文件，这一次的都没有收下，请分几次上传")
        }
        SpoolError::TooManyWaiting { most } => {
            format!("您已有 {most} 个文件在等待处理，请等处理完再上传")
        }
        SpoolError::SpoolFull => "等待处理的文件太多，没有收下，请过几分钟再上传".to_owned(),
        SpoolError::DiskFull => "服务器的磁盘已满，没有收下，请联系管理服务器的人".to_owned(),
        SpoolError::Disk(_) => "服务器写不了这个文件，没有收下，请联系管理服务器的人".to_owned(),
        SpoolError::TooSlow => "上传太慢，没有收完，请换个网络再试".to_owned(),
        SpoolError::Broken => "文件没有传完整，没有收下，请重新上传".to_owned(),
        SpoolError::NoFile => "没有收到文件，请先选择文件再上传".to_owned(),
    }
}

/// Why a file was not converted, and what to do.
#[must_use]
pub fn not_converted(error: &ConvertError) -> String {
    match error {
        ConvertError::TooBig => ImportError::TooLarge.to_string(),
        ConvertError::TookLong => {
            "处理这个文件用的时间太长，没有导入；请另存为 DOCX 或文本再试".to_owned()
        }
        ConvertError::Ended(_) | ConvertError::Garbled => {
            "这个文件处理时超出了内存或时间限制，没有导入".to_owned()
        }
        ConvertError::Refused(words) => words.clone(),
        ConvertError::NotStarted(_) => {
            "服务器现在处理不了文件，没有导入，请过几分钟再试，或联系管理服务器的人".to_owned()
        }
    }
}

/// The importer's words for who uploads, and cannot type options of a command.
pub(super) fn refused(error: &ImportError) -> String {
    match error {
        ImportError::NoPlace => {
            "看不出是哪个地方的报告，请在文件名里写明，例如“通渭县2024年政府工作报告.docx”，再上传一次"
                .to_owned()
        }
        ImportError::NoYear => {
            "看不出是哪一年的报告，请在文件名里写明今年（安排工作的那一年），例如“通渭县2024年政府工作报告.docx”，再上传一次"
                .to_owned()
        }
        other => other.to_string(),
    }
}

/// What should be looked at before a file is served.
pub(super) fn warning(warning: &Warning) -> String {
    let missing = |part: &str| format!("整份报告没有认出{part}；如果原文有，请核对那一部分的标题");
    match warning {
        Warning::Asks(question) => question.to_string(),
        Warning::NoReport => "没有认出是政府工作报告，按一般文件收入：不编年份，不分回顾和计划；如果确实是政府工作报告，请把文件名改成“某县某年政府工作报告”再上传一次".to_owned(),
        Warning::NoPlan(years) => missing(&format!("安排（{} 年要做的工作）", years.plan)),
        Warning::NoReview(years) => missing(&format!("回顾（{} 年已经做了的工作）", years.review)),
        Warning::NeitherReviewNorPlan => {
            "整份报告既没有认出回顾，也没有认出安排，请核对是不是政府工作报告".to_owned()
        }
        Warning::OtherYear { named, given } => format!(
            "文件里的标题是“{named}”，与正文说的年份不符，已改为“{given}”，请核对"
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn nobody_is_told_to_type_an_option() {
        for error in [
            ImportError::NoPlace,
            ImportError::NoYear,
            ImportError::Scanned,
        ] {
            assert!(!refused(&error).contains("--"), "{error}");
        }
        assert!(!warning(&Warning::NoReport).contains("--"));
    }

    #[test]
    fn a_full_disk_is_told_from_one_that_refuses() {
        let full = SpoolError::from(io::Error::from(io::ErrorKind::StorageFull));
        assert!(not_kept(&full).contains("磁盘已满"));
        let other = SpoolError::from(io::Error::from(io::ErrorKind::PermissionDenied));
        assert!(!not_kept(&other).contains("磁盘已满"));
        let large = SpoolError::FileTooLarge { most: 20 * MIB };
        assert!(not_kept(&large).contains("20 MB"));
    }
}
