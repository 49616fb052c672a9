//! What begins once the store can be used: at the start, or whenever it is found again.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{runtime::Handle, time::sleep};
use wenzheng_store::{AuditFilter, Store, StoreError};

use super::office;
use crate::{
    admin::Office,
    assistant::Assistant,
    config::{Privacy, Settings},
    records::{Records, take_over_votes},
    service::Service,
};

/// How often a store is tried that could not be used; by up to a third later, so that several programs
/// do not ask a server at once.
const PERIOD: Duration = Duration::from_secs(15);

/// Where what is asked goes. From now on, what has been kept long enough is dropped.
pub(super) fn records(office: &Office, settings: &Settings) -> Arc<Records> {
    let store = office.publisher().store();
    tokio::spawn(tidy(store.clone(), settings.privacy));
    Arc::new(Records::start(
        store.clone(),
        Handle::current(),
        settings.privacy.question_days > 0,
    ))
}

/// Takes the votes of before there was a store into it.
pub(super) async fn take_over(office: &Office, settings: &Settings) {
    match take_over_votes(&settings.data_dir, office.publisher().store()).await {
        Ok(0) => {}
        Ok(votes) => tracing::info!(votes, "the votes of before are in the store now"),
        Err(error) => tracing::warn!(%error, "the votes of before are not in the store yet"),
    }
}

/// Tries the store again until it can be used; then `service` has its office. `assistant` answers
/// meanwhile, and from then on what the store has.
pub(super) async fn find_store(settings: Settings, assistant: Assistant, service: Service) {
    let mut told = String::new();
    loop {
        sleep(PERIOD.mul_f64(1.0 + jitter() / 3.0)).await;
        let (settings_, assistant, runtime) =
            (settings.clone(), assistant.clone(), Handle::current());
        let opened =
            tokio::task::spawn_blocking(move || office::open_late(&settings_, assistant, &runtime));
        let error = match opened.await {
            Ok(Ok(office)) => return open(office, &settings, service).await,
            Ok(Err(error)) => error.to_string(),
            Err(_) => "it panicked".to_owned(),
        };
        if error != told {
            tracing::warn!(error, "the store cannot be used yet");
        }
        told = error;
    }
}

async fn open(office: Arc<Office>, settings: &Settings, service: Service) {
    let records = records(&office, settings);
    let (opened, resumed) = (Arc::clone(&office), service.clone());
    let open = tokio::task::spawn_blocking(move || service.open_office(opened, records));
    // A panic of it is in the log.
    let _ = open.await;
    resume(&resumed, office.publisher().store(), settings.privacy).await;
    take_over(&office, settings).await;
    let (edition, _) = office.publisher().live_edition();
    tracing::info!(edition, "the store can be used again");
}

/// Takes up the conversations that a restart interrupted, and what chats chose.
pub(super) async fn resume(service: &Service, store: &Store, privacy: Privacy) {
    /// Four questions each of so many conversations as a channel remembers.
    const TURNS: usize = 40_000;
    /// As many as the service remembers.
    const PREFERENCES: usize = 10_000;
    match store.preferences(PREFERENCES).await {
        Ok(preferences) => service.resume_preferences(preferences),
        Err(error) => tracing::warn!(%error, "what chats chose before the start is forgotten"),
    }
    match store.turns(since(privacy), TURNS).await {
        Ok(turns) => service.resume(turns),
        Err(error) => tracing::warn!(%error, "conversations of before the start are forgotten"),
    }
    tokio::spawn(follow_forgotten(service.clone(), store.clone(), privacy));
}

/// Forgets who told another program of the same store to, forever: what is kept of them here is in memory
/// alone, and their conversation at most as long as those are remembered.
async fn follow_forgotten(service: Service, store: Store, privacy: Privacy) {
    const PERIOD: Duration = Duration::from_secs(15);
    // Some programs are late, and clocks differ.
    const SLACK: i64 = 60_000;
    let mut since = wenzheng_store::now() - SLACK;
    loop {
        sleep(PERIOD).await;
        let begun = wenzheng_store::now();
        let Ok(forgotten) = store
            .forgotten(since - SLACK, self::since(privacy) - SLACK)
            .await
        else {
            // The log says so where the store is used for more.
            continue;
        };
        for (person, at) in forgotten {
            let ago = u64::try_from(begun - at).unwrap_or_default();
            let asked = Instant::now().checked_sub(Duration::from_millis(ago));
            if let Some(asked) = asked {
                service.forget_person(person, asked);
            }
        }
        since = begun;
    }
}

/// When the oldest question was asked that is still remembered, in milliseconds since 1970.
fn since(privacy: Privacy) -> i64 {
    let lifetime = privacy.conversation().as_millis();
    wenzheng_store::now().saturating_sub_unsigned(u64::try_from(lifetime).unwrap_or(u64::MAX))
}

/// Drops what has been kept long enough: conversations every minute, all else every hour, forever. The last
/// link of the audit goes to the log every hour in which there was one, where whoever changes the database
/// cannot change it.
async fn tidy(store: Store, privacy: Privacy) {
    const MINUTE: Duration = Duration::from_mins(1);
    let (mut failing, mut logged) = (false, 0);
    for minute in (0..60).cycle() {
        let pruned = async {
            store.prune_turns(since(privacy)).await?;
            if minute == 0 {
                store.prune_questions(privacy.question_days).await?;
                store.prune_audit(privacy.audit_days).await?;
                let newest = store.audit(&AuditFilter::default(), 1).await?.pop();
                if let Some(newest) = newest.filter(|newest| newest.seq > logged) {
                    tracing::info!(
                        row = newest.seq,
                        chain = newest.chain,
                        "the audit as it stands"
                    );
                    logged = newest.seq;
                }
            }
            Ok::<(), StoreError>(())
        };
        let pruned = pruned.await;
        if let Err(error) = &pruned
            && !failing
        {
            tracing::warn!(%error, "what has been kept long enough was not dropped");
        }
        failing = pruned.is_err();
        sleep(MINUTE).await;
    }
}

/// At least 0 and below 1.
fn jitter() -> f64 {
    let mut random = [0; 1];
    // Without randomness of the system there is none.
    let _ = getrandom::fill(&mut random);
    f64::from(random[0]) / 256.0
}
