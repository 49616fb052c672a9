//! `wenzheng store`: the store itself, while no server uses it.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use wenzheng_store::Store;

use super::{context::runtime, office};
use crate::config::Sources;

/// Arguments of `wenzheng store`.
#[derive(Debug, Args)]
pub(super) struct StoreArgs {
    #[command(subcommand)]
    command: StoreCommand,
}

#[derive(Debug, Subcommand)]
enum StoreCommand {
    /// 把数据库完整复制到另一个空的 PostgreSQL（先停止服务）
    Copy {
        /// postgres://用户@主机/数据库
        #[arg(long, value_name = "URL")]
        to: String,
    },
}

#[expect(clippy::print_stdout, reason = "the outcome that was asked for")]
pub(super) fn run(args: &StoreArgs, sources: &Sources) -> anyhow::Result<ExitCode> {
    let settings = sources.settings()?;
    let StoreCommand::Copy { to } = &args.command;
    let key = office::key(&settings)?;
    runtime()?.block_on(async {
        let from = office::store(&settings, key.clone()).await?;
        let to = Store::open_server(to, key).await.context("目标数据库")?;
        from.copy_to(&to, |table, rows| println!("{table}：{rows}"))
            .await?;
        println!(
            "已复制。把 store.url 改成新的地址，再启动服务；密钥文件 data/secret.key 也要带过去。"
        );
        Ok(ExitCode::SUCCESS)
    })
}
