//! Commands of the `wenzheng` program: one file each, glued together here.

mod admin;
mod alerts;
mod ask;
mod batch;
mod chat;
mod check;
mod closed_pipe;
mod config;
mod console;
mod context;
mod convert_upload;
mod digest;
mod embed;
mod eval;
mod factcheck;
pub mod import;
mod late;
mod mcp;
mod office;
mod operator;
mod progress;
mod reload;
mod rules;
mod serve;
mod store;
mod term;
mod usage;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use self::context::Context;
use crate::{config::Sources, telemetry};

/// 问政：用政府工作报告的原文回答问题，并注明出处。
#[derive(Debug, Parser)]
#[command(name = "wenzheng", version, about, arg_required_else_help = false)]
pub struct Cli {
    /// 设置文件（默认 config/wenzheng.toml；没有就用程序自带的设置）
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// 报告所在的文件夹（默认 corpus；没有就用程序自带的报告）
    #[arg(long, global = true, value_name = "DIR")]
    corpus: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 启动网页、接口和 Telegram 机器人（不写命令时就是它）
    Serve(serve::ServeArgs),
    /// 问一个问题，或一次问一批
    Ask(ask::AskArgs),
    /// 在终端里连续对话
    Chat,
    /// 查一个用语的意思
    Term(term::TermArgs),
    /// 供 AI 助手调用：在标准输入输出上提供 MCP 工具
    Mcp,
    /// 检查报告文件，逐条列出问题
    Check(check::CheckArgs),
    /// 列出一份规则文件的全部组合和结论，供核对签字
    Factcheck(factcheck::FactcheckArgs),
    /// 导入一份报告：修复乱码、分段、写成 Markdown
    Import(import::ImportArgs),
    /// 用带标准答案的问题检验回答质量
    Eval(eval::EvalArgs),
    /// 让正在运行的服务重新加载报告
    Reload,
    /// 给正在运行的服务下管理命令：回退、同义词、授权、查看记录等
    Admin(admin::AdminArgs),
    /// 复制数据库
    Store(store::StoreArgs),
    /// 预先计算语义检索用的向量
    Embed(embed::EmbedArgs),
    /// 显示正在生效的设置（不显示密钥）
    Config,
    /// 转换一份上传的文件（由服务自己调用）
    #[command(hide = true)]
    ConvertUpload(convert_upload::ConvertUploadArgs),
}

/// Runs the command that was typed.
///
/// # Errors
/// With context for the person at the terminal.
pub fn run() -> anyhow::Result<ExitCode> {
    closed_pipe::end_quietly();
    let done = command();
    telemetry::flush();
    match done {
        Err(error) if closed_pipe::caused(&error) => Ok(ExitCode::SUCCESS),
        done => done,
    }
}

fn command() -> anyhow::Result<ExitCode> {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return Ok(usage::told(&error)),
    };
    // Before anything is read: it has no environment and wants no settings.
    if let Some(Command::ConvertUpload(args)) = &cli.command {
        return convert_upload::run(args);
    }
    let mut sources = Sources::from_environment()?;
    sources.file = cli.config;
    if let Some(dir) = &cli.corpus {
        sources
            .flags
            .push(("corpus.dir".into(), dir.display().to_string()));
    }
    let corpus_named = cli.corpus.is_some();
    match cli
        .command
        .unwrap_or(Command::Serve(serve::ServeArgs::default()))
    {
        Command::Serve(args) => serve::run(&args, sources, corpus_named),
        Command::Ask(args) => ask::run(&args, &Context::new(&sources, corpus_named)?),
        Command::Chat => chat::run(&Context::new(&sources, corpus_named)?),
        Command::Term(args) => term::run(&args, &Context::new(&sources, corpus_named)?),
        Command::Mcp => mcp::run(Context::new(&sources, corpus_named)?),
        Command::Check(args) => check::run(&args, &sources),
        Command::Factcheck(args) => factcheck::run(&args, &sources),
        Command::Import(args) => import::run(&args),
        Command::Eval(args) => eval::run(&args, &Context::new(&sources, corpus_named)?),
        Command::Embed(args) => embed::run(&args, &Context::bare(&sources, corpus_named)?),
        Command::Reload => reload::run(&sources),
        Command::Admin(args) => admin::run(&args, &sources),
        Command::Store(args) => store::run(&args, &sources),
        Command::Config => config::run(&sources),
        Command::ConvertUpload(args) => convert_upload::run(&args),
    }
}
