//! Commands of the `wenzheng` program: one file each, glued together here.

mod ask;
mod batch;
mod chat;
mod check;
mod config;
mod embed;
mod eval;
mod explain;
pub mod import;
mod mcp;
mod progress;
mod serve;
mod term;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{
    assistant::{Assistant, Options},
    channels::deployment::Deployment,
    config::{Log, SemanticBackend, Settings, Sources},
    semantic::{Embedder, EndpointSettings, ModelError},
    service::{Caller, Channel, ServiceSettings},
    telemetry,
};

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
    /// 导入一份报告：修复乱码、分段、写成 Markdown
    Import(import::ImportArgs),
    /// 用带标准答案的问题检验回答质量
    Eval(eval::EvalArgs),
    /// 预先计算语义检索用的向量
    Embed(embed::EmbedArgs),
    /// 显示正在生效的设置（不显示密钥）
    Config,
}

/// Runs the command that was typed.
///
/// # Errors
/// With context for the person at the terminal.
pub fn run() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
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
        Command::Import(args) => import::run(&args),
        Command::Eval(args) => eval::run(&args, &Context::new(&sources, corpus_named)?),
        Command::Embed(args) => embed::run(&args, &Context::bare(&sources, corpus_named)?),
        Command::Config => config::run(&sources),
    }
}

/// What the commands that answer share.
struct Context {
    assistant: Assistant,
    deployment: Deployment,
    settings: Settings,
    corpus_named: bool,
}

impl Context {
    /// Ready to answer, by meaning as well when the settings say so.
    fn new(sources: &Sources, corpus_named: bool) -> anyhow::Result<Self> {
        let context = Self::bare(sources, corpus_named)?;
        set_embedder(&context.assistant, &context.settings);
        embed(&context.assistant);
        Ok(context)
    }

    /// Answers by words alone.
    fn bare(sources: &Sources, corpus_named: bool) -> anyhow::Result<Self> {
        let settings = sources.settings()?;
        let log = Log {
            filter: "warn".into(),
            ..settings.log.clone()
        };
        telemetry::init(&log)?;
        let options = assistant_options(&settings, corpus_named);
        Ok(Self {
            assistant: Assistant::open(options)?,
            deployment: deployment(&settings),
            settings,
            corpus_named,
        })
    }

    /// Another assistant, opened with other options.
    fn assistant(&self, change: impl FnOnce(&mut Options)) -> anyhow::Result<Assistant> {
        let mut options = assistant_options(&self.settings, self.corpus_named);
        change(&mut options);
        let assistant = Assistant::open(options)?;
        set_embedder(&assistant, &self.settings);
        embed(&assistant);
        Ok(assistant)
    }

    /// Whoever makes vectors by the settings; `None` when they say off.
    fn embedder(&self) -> anyhow::Result<Option<Embedder>> {
        Ok(embedder(&self.settings)?)
    }
}

/// Embeds what is new, with a progress bar.
fn embed(assistant: &Assistant) {
    let bar = progress::bar("计算向量");
    assistant.embed(&|done, all| bar.show(done, all));
    bar.finish();
}

/// Whoever makes vectors by the settings; `None` when they say off.
fn embedder(settings: &Settings) -> Result<Option<Embedder>, ModelError> {
    Ok(match &settings.semantic.backend {
        SemanticBackend::Off => None,
        SemanticBackend::Builtin => Some(Embedder::builtin()?),
        SemanticBackend::Openai { url, model } => Some(Embedder::endpoint(EndpointSettings {
            url: url.clone(),
            model: model.clone(),
            key: settings.semantic.key.clone(),
            query_prefix: String::new(),
            passage_prefix: String::new(),
        })),
    })
}

/// Gives the assistant whoever makes vectors by the settings. Without, it answers by words alone,
/// and says so once in the log.
fn set_embedder(assistant: &Assistant, settings: &Settings) {
    match embedder(settings) {
        Ok(Some(embedder)) => assistant.set_embedder(embedder, &settings.data.dir),
        Ok(None) => {}
        Err(error) => assistant.set_embedder_failed(&error.to_string()),
    }
}

/// A corpus folder that was not named and does not exist stands for the reports in the program.
fn assistant_options(settings: &Settings, corpus_named: bool) -> Options {
    let dir = &settings.corpus.dir;
    let is_default = !corpus_named && dir.as_os_str() == "corpus";
    Options {
        corpus_dir: (!is_default || dir.is_dir()).then(|| dir.clone()),
        data_dir: Some(settings.data.dir.clone()),
        default_place: settings.corpus.default_place.clone(),
        meaning_places: settings.semantic.places.clone(),
        lexicon_dir: Some(settings.lexicon.dir.clone()),
        ranking_file: Some(settings.ranking.file.clone()),
        question_chars: settings.answer.question_chars,
        ..Options::default()
    }
}

fn service_settings(settings: &Settings) -> ServiceSettings {
    let admin = &settings.admin;
    let telegram = admin.telegram_users.iter();
    let telegram = telegram.map(|id| Caller::new(Channel::TELEGRAM, id.to_string()));
    let wechat = admin.wechat_openids.iter();
    let wechat = wechat.map(|id| Caller::new(Channel::WECHAT_OA, id));
    let wecom = admin.wecom_users.iter();
    let wecom = wecom.map(|id| Caller::new(Channel::WECOM, id));
    ServiceSettings {
        questions_per_minute: settings.answer.questions_per_minute,
        question_chars: settings.answer.question_chars,
        administrators: telegram.chain(wechat).chain(wecom).collect(),
        this_year: None,
    }
}

fn deployment(settings: &Settings) -> Deployment {
    Deployment {
        hotline: settings.answer.hotline.clone(),
        crisis_line: settings.answer.crisis_line.clone(),
        public_url: settings.http.public_url.clone(),
    }
}
