//! What commands share: an assistant opened as the settings say.

use std::sync::{Arc, Mutex};

use anyhow::Context as _;
use tokio::runtime::Runtime;

use super::{closed_pipe, progress};
use crate::{
    answer::Question,
    assistant::{Assistant, Edition, Options, Snapshot},
    channels::{deployment::Deployment, hotlines::Hotlines},
    config::{Log, LogFormat, SemanticBackend, Settings, Sources},
    retrieval::DenseIndex,
    semantic::{self, Embedder, EndpointSettings, ModelError, VectorCache},
    service::{Caller, Channel, ServiceSettings, StoreState, today},
    telemetry,
};

/// What the commands that answer share.
pub(super) struct Context {
    pub(super) assistant: Assistant,
    pub(super) deployment: Deployment,
    pub(super) settings: Settings,
    corpus_named: bool,
}

impl Context {
    /// Ready to answer, with the model when the settings say so.
    pub(super) fn new(sources: &Sources, corpus_named: bool) -> anyhow::Result<Self> {
        let context = Self::bare(sources, corpus_named)?;
        set_embedder(&context.assistant, &context.settings);
        embed(&context.assistant);
        Ok(context)
    }

    /// Answers by words alone.
    pub(super) fn bare(sources: &Sources, corpus_named: bool) -> anyhow::Result<Self> {
        let settings = sources.settings()?;
        let log = Log {
            filter: "warn".into(),
            // What a command says is for whoever typed it, also through a pipe.
            format: match settings.log.format {
                LogFormat::Auto => LogFormat::Text,
                set => set,
            },
        };
        telemetry::init(&log)?;
        // The log has its own way with panics.
        closed_pipe::end_quietly();
        let options = assistant_options(&settings, corpus_named);
        Ok(Self {
            assistant: Assistant::open(options)?,
            deployment: deployment(&settings),
            settings,
            corpus_named,
        })
    }

    /// A snapshot of another edition, with its vectors when there is a model.
    pub(super) fn snapshot(
        &self,
        change: impl FnOnce(&mut Options),
    ) -> anyhow::Result<Arc<Snapshot>> {
        let mut options = assistant_options(&self.settings, self.corpus_named);
        change(&mut options);
        let (edition, _warnings) = Edition::read(&options, None)?;
        let snapshot = Snapshot::build(edition)?;
        // Without a model the assistant has said so, and answers by words.
        let Ok(Some(embedder)) = embedder(&self.settings) else {
            return Ok(Arc::new(snapshot));
        };
        let places = options.meaning_places;
        let bar = progress::bar("计算向量");
        let meaning = DenseIndex::build(
            &embedder,
            &self.vectors(&embedder),
            snapshot.library(),
            |document| places.is_empty() || places.contains(&document.meta.place),
            snapshot.examples(),
            &|done, all| bar.show(done, all),
        )?;
        bar.finish();
        Ok(Arc::new(snapshot.with_meaning(meaning)))
    }

    /// The vectors that `embedder` made before.
    pub(super) fn vectors(&self, embedder: &Embedder) -> Mutex<VectorCache> {
        let folder = &self.settings.data_dir;
        Mutex::new(VectorCache::open(folder, embedder.id(), semantic::BUNDLED))
    }

    /// What makes vectors according to the settings; `None` when they say off.
    pub(super) fn embedder(&self) -> anyhow::Result<Option<Embedder>> {
        Ok(embedder(&self.settings)?)
    }
}

/// Embeds what is new, with a progress bar.
fn embed(assistant: &Assistant) {
    let bar = progress::bar("计算向量");
    assistant.embed(&|done, all| bar.show(done, all));
    bar.finish();
}

/// What makes vectors according to the settings; `None` when they say off.
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

/// Gives the assistant what makes vectors according to the settings. Without it, the assistant
/// answers by words alone and logs that once.
pub(super) fn set_embedder(assistant: &Assistant, settings: &Settings) {
    match embedder(settings) {
        Ok(Some(embedder)) => assistant.set_embedder(embedder, &settings.data_dir),
        Ok(None) => {}
        Err(error) => assistant.set_embedder_failed(&error.to_string()),
    }
}

/// The options that the settings stand for. Without a corpus folder, and when none was named or served
/// before, the reports inside the program are served.
pub(super) fn assistant_options(settings: &Settings, corpus_named: bool) -> Options {
    let dir = &settings.corpus.dir;
    let is_default = !corpus_named && dir.as_os_str() == "corpus";
    // A folder that is away for a moment is not replaced by a report that may be of another place.
    let is_ours = !is_default || dir.is_dir() || Options::was_served(&settings.data_dir, dir);
    Options {
        corpus_dir: is_ours.then(|| dir.clone()),
        data_dir: Some(settings.data_dir.clone()),
        default_place: settings.corpus.default_place.clone(),
        meaning_places: settings.semantic.places.clone(),
        lexicon_dir: Some(settings.lexicon_dir.clone()),
        ranking_file: Some(settings.ranking_file.clone()),
        question_chars: settings.answer.question_chars,
        ..Options::default()
    }
}

/// A question as of this year, after those asked before it.
pub(super) fn question(text: String, history: Vec<String>) -> Question {
    Question {
        text,
        history,
        limit: 0,
        today: Some(today()),
    }
}

/// What runs the tasks of a server, on as many threads as there are processors.
pub(super) fn runtime() -> anyhow::Result<Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.enable_all().build().context("启动失败")
}

/// Questions at once where each waits for the vector of a service: they take no processor meanwhile.
const WAITING_FOR_A_SERVICE: usize = 32;

/// Limits and administrators, as the service wants them.
pub(super) fn service_settings(settings: &Settings) -> ServiceSettings {
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
        conversation: settings.privacy.conversation(),
        administrators: telegram.chain(wechat).chain(wecom).collect(),
        at_once: match settings.semantic.backend {
            SemanticBackend::Off | SemanticBackend::Builtin => 0,
            SemanticBackend::Openai { .. } => WAITING_FOR_A_SERVICE,
        },
        today: None,
        votes: None,
        office: None,
        store: StoreState::Absent,
        key: None,
        records: None,
    }
}

/// What replies say about this deployment; a number that cannot be read is named in the log.
pub(super) fn deployment(settings: &Settings) -> Deployment {
    let (hotlines, problems) = Hotlines::from_file(&settings.answer.hotlines);
    for problem in &problems {
        tracing::warn!("hotline line skipped: {problem}");
    }
    Deployment {
        hotlines,
        texts: settings.answer.texts.clone(),
        crisis_line: settings.answer.crisis_line.clone(),
        public_url: settings.http.public_url.clone(),
        takes_tickets: settings.admin.takes_tickets,
        kept_days: None,
        conversation_minutes: settings.privacy.conversation_minutes,
    }
}
