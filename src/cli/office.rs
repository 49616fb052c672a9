//! Opens the store and what is built on it, as the settings say.

use std::{env, io, sync::Arc};

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
    service::Channel,
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
    /// `None` while the store cannot be used: a copy of the last edition is served, or the folder.
    pub(super) office: Option<Arc<Office>>,
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

/// Begins to serve, see [`Publisher::start`]; while the disk refuses a store, what the folder has, as it is
/// without one. Blocks: call it off the async threads.
pub(super) fn open(
    settings: &Settings,
    options: Options,
    runtime: Handle,
) -> anyhow::Result<Opened> {
    match with_store(settings, options.clone(), runtime) {
        Err(error) if is_of_the_disk(&error) => {
            tracing::error!(error = %error, "the disk refuses the store: the folder is served, nothing is kept and nothing can be changed");
            Ok(Opened {
                assistant: Assistant::open(options)?,
                office: None,
            })
        }
        opened => opened,
    }
}

/// True when the disk is full, read-only or broken; not when somebody has to decide something.
fn is_of_the_disk(error: &anyhow::Error) -> bool {
    let stored = match error.downcast_ref::<StartError>() {
        Some(StartError::Store(error)) => Some(error),
        Some(StartError::Open(_)) => None,
        None => error.downcast_ref::<StoreError>(),
    };
    let by_store =
        stored.is_some_and(|it| matches!(it, StoreError::Database(_) | StoreError::Disk(_)));
    by_store || error.downcast_ref::<io::Error>().is_some()
}

fn with_store(settings: &Settings, options: Options, runtime: Handle) -> anyhow::Result<Opened> {
    storage::create_folder(&settings.data_dir)?;
    let key = key(settings)?;
    let copy_file = settings.data_dir.join(COPY);
    let copy = || Store::open_file(&copy_file, key.clone());
    let (store, copy) = match runtime.block_on(store(settings, key.clone())) {
        Ok(store) if settings.store.url.is_some() => {
            let copy = runtime.block_on(copy());
            let copy = copy.inspect_err(|error| {
                tracing::warn!(%error, "no copy of the last edition is kept");
            });
            (Some(store), copy.ok())
        }
        Ok(store) => (Some(store), None),
        Err(error) if settings.store.url.is_some() => {
            tracing::error!(%error, "the store cannot be reached: the last edition is served, nothing can be changed");
            (None, Some(runtime.block_on(copy())?))
        }
        Err(error) => return Err(error.into()),
    };
    let reached = store.is_some();
    let served = store.or_else(|| copy.clone()).context("store")?;
    let mut options = options;
    // A folder that was served and is away for a moment is not replaced by the report inside the program.
    if options.corpus_dir.is_none() && runtime.block_on(served.input("folder"))?.is_some() {
        options.corpus_dir = Some(settings.corpus.dir.clone());
    }
    let publisher = Publisher::start(served, runtime, options)?;
    let publisher = match settings.admin.replay_shipped {
        true => publisher,
        false => publisher.with_pinned_questions_only(),
    };
    let publisher = Arc::new(match copy {
        Some(copy) if reached => publisher.with_copy(copy),
        _ => publisher,
    });
    let office = match reached {
        true => Some(Office::open(
            Arc::clone(&publisher),
            office_settings(settings, &key),
        )?),
        false => None,
    };
    Ok(Opened {
        assistant: publisher.assistant().clone(),
        office,
    })
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
    }
}
