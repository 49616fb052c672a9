//! Opens the store and what is built on it, as the settings say.

use std::{env, io, net::SocketAddr, sync::Arc};

use anyhow::Context as _;
use secrecy::ExposeSecret as _;
use tokio::runtime::Handle;
use wenzheng_store::{SecretKey, Store, StoreError};

use crate::{
    admin::{GrantedBy, Intake, Member, Office, OfficeSettings},
    assistant::{Assistant, Options},
    channels::wording,
    config::Settings,
    editions::{Publisher, StartError},
    service::{Channel, StoreState},
    staff::{Grant, Role},
    storage,
    upload::{ConvertLimits, Converter, Spool, SpoolLimits},
};

const FILE: &str = "store.db";
const KEY: &str = "secret.key";
/// The last edition of a PostgreSQL, for starts at which it cannot be reached.
const COPY: &str = "last-edition.db";

/// What is served, and by whom it is administered.
pub(super) struct Opened {
    pub(super) assistant: Assistant,
    /// `None` while the store cannot be used: its last edition is served, or the folder.
    pub(super) office: Option<Arc<Office>>,
    /// What is known of the store then.
    pub(super) store: StoreState,
}

/// The secret of this deployment.
pub(super) fn key(settings: &Settings) -> anyhow::Result<SecretKey> {
    if let Some(key) = &settings.store.key {
        let key = SecretKey::from_text(key.expose_secret());
        return key.context("store.key");
    }
    storage::create_folder(&settings.data_dir)?;
    Ok(SecretKey::open(&settings.data_dir.join(KEY))?)
}

/// The store that the settings name.
///
/// # Errors
/// [`StoreError`]
pub(super) async fn store(settings: &Settings, key: SecretKey) -> Result<Store, StoreError> {
    match &settings.store.url {
        Some(url) => Store::open_server(url.expose_secret(), key).await,
        None => Store::open_file(&settings.data_dir.join(FILE), key).await,
    }
}

/// Begins to serve, see [`Publisher::start`]. While the store cannot be used, the last edition is served that
/// can be read, and if there is none, what the folder has. Blocks: call it off the async threads.
pub(super) fn open(
    settings: &Settings,
    options: Options,
    runtime: &Handle,
) -> anyhow::Result<Opened> {
    let refused = match with_store(settings, Begins::New(options.clone()), runtime) {
        Ok(office) => {
            return Ok(Opened {
                assistant: office.publisher().assistant().clone(),
                office: Some(office),
                store: StoreState::Absent,
            });
        }
        Err(error) if may_pass(&error) => error,
        Err(error) => return Err(error),
    };
    tracing::error!(error = %refused, "the store cannot be used: nothing is kept and nothing can be changed until it can");
    let (assistant, store) = match last_edition(settings, options.clone(), runtime) {
        Ok(Some(served)) => served,
        nothing => {
            let error = nothing.err().map(|error| error.to_string());
            tracing::error!(error, "there is no last edition: the folder is served");
            (Assistant::open(options)?, StoreState::Absent)
        }
    };
    Ok(Opened {
        assistant,
        office: None,
        store,
    })
}

/// The office of a store that could not be used when `assistant` began to answer.
///
/// # Errors
/// While it still cannot be used; then everything is as before.
pub(super) fn open_late(
    settings: &Settings,
    assistant: Assistant,
    runtime: &Handle,
) -> anyhow::Result<Arc<Office>> {
    with_store(settings, Begins::Late(assistant), runtime)
}

/// True when the disk or the server refuses; not when somebody has to decide something.
fn may_pass(error: &anyhow::Error) -> bool {
    let stored = match error.downcast_ref::<StartError>() {
        Some(StartError::Store(error)) => Some(error),
        Some(StartError::Open(_)) => None,
        None => error.downcast_ref::<StoreError>(),
    };
    stored.is_some_and(StoreError::may_pass) || error.downcast_ref::<io::Error>().is_some()
}

/// The last edition of a store that cannot be used: of its copy where it lies on a server. Neither is
/// changed, and neither stays open.
fn last_edition(
    settings: &Settings,
    options: Options,
    runtime: &Handle,
) -> anyhow::Result<Option<(Assistant, StoreState)>> {
    let (file, state) = match &settings.store.url {
        Some(_) => (COPY, StoreState::Away),
        None => (FILE, StoreState::ReadOnly),
    };
    // Whoever has a role is not asked for: any key will do.
    let key = key(settings).unwrap_or_else(|_| SecretKey::passing());
    let store = runtime.block_on(Store::open_read_only(&settings.data_dir.join(file), key))?;
    let options = rooted(options, settings, &store, runtime)?;
    let served = Publisher::last_edition(store.clone(), runtime.clone(), options);
    runtime.block_on(store.close());
    Ok(served?.map(|assistant| (assistant, state)))
}

/// A folder that was served and is away for a moment is not replaced by the report inside the program.
fn rooted(
    options: Options,
    settings: &Settings,
    store: &Store,
    runtime: &Handle,
) -> Result<Options, StoreError> {
    let was_served = || runtime.block_on(store.input("folder"));
    Ok(match options.corpus_dir {
        None if was_served()?.is_some() => Options {
            corpus_dir: Some(settings.corpus.dir.clone()),
            ..options
        },
        _ => options,
    })
}

/// Who answers when the store is opened.
enum Begins {
    New(Options),
    Late(Assistant),
}

fn with_store(
    settings: &Settings,
    begins: Begins,
    runtime: &Handle,
) -> anyhow::Result<Arc<Office>> {
    storage::create_folder(&settings.data_dir)?;
    let key = key(settings)?;
    let store = runtime.block_on(store(settings, key.clone()))?;
    let publisher = match begins {
        Begins::New(options) => {
            let options = rooted(options, settings, &store, runtime)?;
            Publisher::start(store, runtime.clone(), options)?
        }
        Begins::Late(assistant) => Publisher::take_over(store, runtime.clone(), assistant)?,
    };
    let publisher = match settings.admin.replay_shipped {
        true => publisher,
        false => publisher.with_pinned_questions_only(),
    };
    let publisher = match settings.store.url {
        Some(_) => with_copy(publisher, settings, &key, runtime),
        None => publisher,
    };
    let office = Office::open(Arc::new(publisher), office_settings(settings, &key))?;
    Ok(office)
}

/// A publisher that keeps its last edition on this machine as well.
fn with_copy(
    publisher: Publisher,
    settings: &Settings,
    key: &SecretKey,
    runtime: &Handle,
) -> Publisher {
    let file = settings.data_dir.join(COPY);
    match runtime.block_on(Store::open_file(&file, key.clone())) {
        Ok(copy) => publisher.with_copy(copy),
        Err(error) => {
            tracing::warn!(%error, "no copy of the last edition is kept");
            publisher
        }
    }
}

/// Where files wait that are put in, and what converts them.
fn intake(settings: &Settings) -> Option<Intake> {
    let folder = settings.data_dir.join("uploads");
    let spool = Spool::open(&folder, SpoolLimits::default());
    let program = env::current_exe();
    match (spool, program) {
        (Ok(spool), Ok(program)) => Some(Intake {
            spool,
            converter: Converter::new(program, ConvertLimits::default()),
        }),
        (Err(error), _) | (_, Err(error)) => {
            tracing::warn!(error = %error.kind(), "no files can be uploaded");
            None
        }
    }
}

/// The address before `/admin`: public where the console is served with all else.
fn console_url(settings: &Settings) -> String {
    let public = settings.http.public_url.clone();
    let own = |address: SocketAddr| match address.ip().is_unspecified() {
        true => format!("http://127.0.0.1:{}", address.port()),
        false => format!("http://{address}"),
    };
    match settings.admin.listen {
        Some(address) => own(address),
        None => public.unwrap_or_else(|| own(settings.http.listen)),
    }
}

fn office_settings(settings: &Settings, key: &SecretKey) -> OfficeSettings {
    let admin = &settings.admin;
    let member = |channel: Channel, account: &str, name: &str, grant: Grant| Member {
        person: key.person(channel.name, account.as_bytes()),
        name: name.to_owned(),
        channel: channel.name.to_owned(),
        grant,
        by: GrantedBy::Settings,
    };
    let owner = || Grant::everywhere(Role::Owner);
    let telegram = admin.telegram_users.iter().map(ToString::to_string);
    let telegram = telegram.map(|id| member(Channel::TELEGRAM, &id, "所有者", owner()));
    let wechat = admin.wechat_openids.iter();
    let wechat = wechat.map(|id| member(Channel::WECHAT_OA, id, "所有者", owner()));
    let wecom = admin.wecom_users.iter();
    let wecom = wecom.map(|id| member(Channel::WECOM, id, id, owner()));
    let channels = [Channel::TELEGRAM, Channel::WECHAT_OA, Channel::WECOM];
    let others = admin.grants.iter().filter_map(|line| {
        let channel = channels.into_iter().find(|it| it.name == line.channel)?;
        Some(member(
            channel,
            &line.account,
            &line.name,
            line.grant.clone(),
        ))
    });
    OfficeSettings {
        members: telegram.chain(wechat).chain(wecom).chain(others).collect(),
        second_person: admin.second_person,
        intake: intake(settings),
        told: Some(wording::admin::outcome),
        public_url: settings.http.public_url.clone(),
        console_url: Some(console_url(settings)),
        texts: settings.answer.texts.clone(),
        takes_tickets: settings.admin.takes_tickets,
    }
}
