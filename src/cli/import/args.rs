//! Arguments of `wenzheng import`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `wenzheng import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// 报告或其他文件（TXT、Markdown、HTML、DOCX、XLSX、XLS、PDF、OFD、JSONL）或文件夹；- 表示从标准输入读
    pub(super) file: PathBuf,
    /// 地名，例如 通渭县（不写就从报告里认）
    #[arg(long)]
    pub(super) place: Option<String>,
    /// 安排工作的年份，例如 2024（不写就从报告里认）
    #[arg(long)]
    pub(super) year: Option<i32>,
    /// 是什么文件：work-report 政府工作报告，policy 通知、办事指南等政策文件，document 其他文件（不写就从文件里认）
    #[arg(long, value_parser = ["work-report", "policy", "document"])]
    pub(super) kind: Option<String>,
    /// 文本的来源，例如网址
    #[arg(long)]
    pub(super) source: Option<String>,
    /// 写到哪个文件或文件夹
    #[arg(long, default_value = "corpus", value_name = "FILE|DIR")]
    pub(super) out: PathBuf,
    /// 覆盖已有的文件
    #[arg(long)]
    pub(super) force: bool,
    /// 每个文件输出一行 JSON，供程序读取
    #[arg(long)]
    pub(super) json: bool,
}
