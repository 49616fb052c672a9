//! Arguments of `wenzheng eval`.

use std::{path::PathBuf, str::FromStr};

use clap::Args;

/// Arguments of `wenzheng eval`.
#[derive(Debug, Args)]
pub(in crate::cli) struct EvalArgs {
    /// 带标准答案的问题，每行一个 JSON；可以写多个文件
    #[arg(required_unless_present = "beir")]
    pub(super) files: Vec<PathBuf>,
    /// 放报告的文件夹，每份一个子文件夹；问题里写明 document 的，就问那一份
    #[arg(long, value_name = "DIR")]
    pub(super) reports: Option<PathBuf>,
    /// 列出没答对的问题和引文
    #[arg(long)]
    pub(super) misses: bool,
    /// 把结果存成 JSON，供以后用 --compare 对照
    #[arg(long, value_name = "FILE")]
    pub(super) save: Option<PathBuf>,
    /// 与以前存下的结果对照
    #[arg(long, value_name = "OLD.json")]
    pub(super) compare: Option<PathBuf>,
    /// 整篇答复：另按问题种类列出
    #[arg(long)]
    pub(super) by_kind: bool,
    /// 整篇答复：有哪项低于这里写的数，就以 1 退出，例如 macro=.85,noise_free=.9
    #[arg(long, value_name = "NAME=LEAST", value_delimiter = ',')]
    pub(super) floor: Vec<Floor>,
    /// 整篇答复：不提问，只评判 ask --batch 存下的答复
    #[arg(long, value_name = "FILE")]
    pub(super) answers: Option<PathBuf>,
    /// 逐个关掉各组成部分，看每部分有多大作用
    #[arg(long)]
    pub(super) ablate: bool,
    /// 不作答，只把问题归类：标准引文相同的问题，有多少归到了一起
    #[arg(long, conflicts_with_all = ["ablate", "tune", "save", "compare"])]
    pub(super) groups: bool,
    /// 用这些问题拟合排序权重（五折交叉验证），打印新的权重
    #[arg(long, conflicts_with = "ablate")]
    pub(super) tune: bool,
    /// 拟合时权重离原值的阻力，越大越保守
    #[arg(long, default_value_t = 0.02, requires = "tune")]
    pub(super) ridge: f32,
    /// 在 BEIR 格式的文件夹（corpus.jsonl、queries.jsonl、qrels/*.tsv）上检验检索，可以写多次；与 --tune 同用时，
    /// 用这些文件夹和 FILES 一起拟合 `[loose_weights]`，并逐个留出检验
    #[arg(long, value_name = "DIR", conflicts_with_all = ["ablate", "groups", "misses", "save", "compare", "by_kind", "floor", "answers"])]
    pub(super) beir: Vec<PathBuf>,
    /// 把 BEIR 的检索结果写成 TREC 格式
    #[arg(long, value_name = "FILE", requires = "beir", conflicts_with = "tune")]
    pub(super) run: Option<PathBuf>,
    /// 需要计算向量的文字超过这个数时，BEIR 只按字词检索
    #[arg(long, value_name = "N", default_value_t = 200_000, requires = "beir")]
    pub(super) embed_at_most: usize,
}

/// The least that a figure may be.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Floor {
    pub(super) figure: String,
    pub(super) least: f64,
}

impl FromStr for Floor {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        let parsed = typed.split_once('=').and_then(|(figure, least)| {
            Some(Self {
                figure: figure.trim().to_owned(),
                least: least.trim().parse().ok()?,
            })
        });
        parsed.ok_or_else(|| format!("“{typed}”应写成 名称=数值，例如 macro=.85"))
    }
}
