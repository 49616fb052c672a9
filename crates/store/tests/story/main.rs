//! One story, told to both databases.

mod console;
mod conversations;
mod filters;
mod people;

use std::env;

use sqlx::{Connection as _, PgConnection, SqliteConnection};
use tempfile::TempDir;
use wenzheng_store::{
    Asked, AuditFilter, Entry, Hash, Manifest, NewEdition, Notice, Person, Pin, Preference,
    SecretKey, Store, StoreError, Verified, Voted, now,
};

/// The address of an empty database of the server that the tests are given; `None` without one.
#[expect(
    clippy::disallowed_methods,
    reason = "the tests are told by it which server is theirs"
)]
async fn empty_database() -> Option<String> {
    let Ok(server) = env::var("POSTGRES_FOR_TESTS") else {
        eprintln!("skipped: POSTGRES_FOR_TESTS names no server");
        return None;
    };
    let mut connection = PgConnection::connect(&server).await.expect("it answers");
    let mut random = [0; 8];
    getrandom::fill(&mut random).expect("the system has randomness");
    let name = format!("story_{}", u64::from_be_bytes(random));
    let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::query(create)
        .execute(&mut connection)
        .await
        .expect("it is made");
    Some(server.replacen("/postgres?", &format!("/{name}?"), 1))
}

fn person(store: &Store, account: &str) -> Person {
    store.key().person("telegram", account.as_bytes())
}

fn entry(act: &str) -> Entry {
    Entry {
        actor: "王科长".into(),
        role: "owner".into(),
        origin: "telegram".into(),
        act: act.into(),
        outcome: "done".into(),
        ..Entry::default()
    }
}

async fn publish(
    store: &Store,
    files: &[(&str, &str)],
    base: Option<i64>,
) -> Result<i64, StoreError> {
    let mut act = store.act().await?;
    let mut manifest = Manifest::default();
    for (path, text) in files {
        let content = act.put(text.as_bytes()).await?;
        manifest.files.insert((*path).to_owned(), content);
    }
    let edition = NewEdition {
        author: "王科长",
        cause: "upload",
        note: "",
        manifest: &manifest,
        version: &manifest.hash().hex()[..12],
        base,
    };
    let number = act.go_live(&edition).await?;
    act.commit(&entry("upload")).await?;
    Ok(number)
}

async fn editions_follow_one_another(store: &Store) {
    assert_eq!(store.live_edition().await.expect("it reads"), None);
    let one = [("corpus/a.md", "甲"), ("ranking.toml", "1")];
    assert_eq!(publish(store, &one, None).await.expect("first"), 1);
    let two = [("corpus/a.md", "乙"), ("ranking.toml", "1")];
    assert_eq!(publish(store, &two, Some(1)).await.expect("second"), 2);

    let late = publish(store, &one, Some(1)).await;
    assert!(matches!(late, Err(StoreError::Outrun { by }) if by == "王科长"));
    let live = store.live_edition().await.expect("it reads").expect("two");
    assert_eq!((live.number, live.base), (2, Some(1)));
    let manifest = store.manifest(live.manifest).await.expect("it is kept");
    let text = store.blob(manifest.files["corpus/a.md"].hash).await;
    assert_eq!(text.expect("it is kept"), "乙".as_bytes());

    let mut base = 2;
    for number in 3..=52 {
        let text = format!("第{number}版");
        let files = [("corpus/a.md", text.as_str())];
        base = publish(store, &files, Some(base)).await.expect("one more");
    }
    let kept = store.editions(99).await.expect("they are listed");
    assert_eq!((kept.len(), kept[0].number, kept[49].number), (50, 52, 3));
    let mut act = store.act().await.expect("it begins");
    let kept = act.has(Hash::of("第3版".as_bytes())).await;
    assert!(kept.expect("it reads"), "the last 50 keep theirs");
    let gone = act.has(Hash::of("甲".as_bytes())).await;
    assert!(!gone.expect("it reads"));
}

async fn an_act_that_is_dropped_leaves_no_trace(store: &Store) {
    let before = store.live_edition().await.expect("it reads");
    let mut act = store.act().await.expect("it begins");
    act.put(b"lost").await.expect("it is written");
    act.set_fact("lost", "1").await.expect("it is written");
    drop(act);
    assert_eq!(store.fact("lost").await.expect("it reads"), None);
    assert_eq!(store.live_edition().await.expect("it reads"), before);
}

async fn what_was_asked_is_kept_counted_and_forgotten(store: &Store) {
    let (one, other) = (person(store, "1"), person(store, "2"));
    let asked = |person, question: &str| Asked {
        at: now(),
        channel: "telegram".into(),
        person: Some(person),
        kind: "ask".into(),
        status: "answered".into(),
        question: question.into(),
        took_us: 900,
        ..Asked::default()
    };
    let vote = |vote: &str| Voted {
        ballot: Some("b".into()),
        at: now(),
        channel: "telegram".into(),
        person: Some(one),
        vote: vote.into(),
        ..Voted::default()
    };
    let questions = [asked(one, "低保"), asked(one, "修路"), asked(other, "医保")];
    let votes = [vote("useful"), vote("useless")];
    let written = store.add_asked(&questions, &votes, 0).await;
    written.expect("it is written");
    assert_eq!(store.asked_and_voted().await.expect("it reads"), (3, 1));
    let chose = |value: &str| Preference {
        person: one,
        name: "script".into(),
        value: value.into(),
    };
    for value in ["simplified", "traditional"] {
        let kept = store.set_preferences(&[chose(value)]).await;
        kept.expect("it is kept");
    }
    let chosen = store.preferences(9).await.expect("it reads");
    assert_eq!(chosen, [chose("traditional")]);
    let mine = store.mine(one, 9).await.expect("it reads");
    let texts: Vec<_> = mine
        .questions
        .iter()
        .map(|(_, text)| text.as_str())
        .collect();
    assert_eq!((texts, mine.votes), (vec!["修路", "低保"], 1));
    assert_eq!(store.forget(one).await.expect("gone"), (2, 1));
    assert_eq!(store.preferences(9).await.expect("it reads"), []);
    assert_eq!(
        store.mine(one, 9).await.expect("it reads"),
        Default::default()
    );
    assert_eq!(store.asked_and_voted().await.expect("it reads"), (1, 0));
}

async fn pins_notices_and_jobs_are_kept(store: &Store) {
    let mut act = store.act().await.expect("it begins");
    let pin = act
        .add_pin("低保多少钱", "{}", "王科长")
        .await
        .expect("pinned");
    let notice = Notice {
        number: 0,
        text: "周六停机".into(),
        places: Vec::new(),
        from: now(),
        until: None,
        made_by: "王科长".into(),
        made_at: 0,
    };
    let notice = act.add_notice(&notice).await.expect("put up");
    act.commit(&entry("notice")).await.expect("it is kept");
    let pins = store.pins().await.expect("listed");
    assert_eq!((pins.len(), pins[0].replay.as_str()), (1, ""));
    let mut act = store.act().await.expect("it begins");
    act.set_replay(&pins[0], "[1]").await.expect("noted");
    let other = Pin {
        detail: "{ }".into(),
        ..pins[0].clone()
    };
    act.set_replay(&other, "[2]").await.expect("it is gone");
    act.commit(&entry("reload")).await.expect("it is kept");
    assert_eq!(store.pins().await.expect("listed")[0].replay, "[1]");
    assert_eq!(store.notices().await.expect("listed")[0].text, "周六停机");
    let mut act = store.act().await.expect("it begins");
    assert!(act.end_notice(notice).await.expect("taken down"));
    assert!(!act.end_notice(notice).await.expect("once"));
    assert!(act.remove_pin(pin).await.expect("taken off"));
    act.commit(&entry("notice")).await.expect("it is kept");
    assert!(store.notices().await.expect("listed").is_empty());

    let author = person(store, "7");
    let job = store
        .add_job("reload", author, "小李", "{}")
        .await
        .expect("added");
    store.set_job(job, "running", (3, 9)).await.expect("noted");
    let unfinished = store.unfinished_jobs().await.expect("listed");
    assert_eq!((unfinished[0].done, unfinished[0].whole), (3, 9));
    store.end_job(job, "done", "好了").await.expect("noted");
    assert!(store.unfinished_jobs().await.expect("listed").is_empty());
}

async fn the_story(store: &Store) {
    editions_follow_one_another(store).await;
    an_act_that_is_dropped_leaves_no_trace(store).await;
    people::roles_are_granted_and_codes_spent_once(store).await;
    people::tokens_work_until_they_are_revoked(store).await;
    what_was_asked_is_kept_counted_and_forgotten(store).await;
    pins_notices_and_jobs_are_kept(store).await;
    conversations::they_are_kept_until_they_are_old_or_forgotten(store).await;
    conversations::a_message_is_seen_first_once(store).await;
    console::sessions_end_when_they_are_idle_over_or_ended(store).await;
    console::a_code_of_the_second_factor_is_used_once(store).await;
    console::a_text_is_changed_and_given_back(store).await;
    console::questions_are_counted_by_day_place_and_heading(store).await;
    console::a_settled_topic_opens_again_when_it_is_asked_anew(store).await;
    console::answers_that_were_voted_useless_are_sorted_too(store).await;
    console::a_ticket_is_replied_to_and_its_address_forgotten(store).await;
    console::alerts_are_listed_newest_first(store).await;
    filters::the_audit_is_chosen_by_person_role_place_and_time(store).await;
    let newest = &store
        .audit(&AuditFilter::default(), 3)
        .await
        .expect("listed")[0];
    assert_eq!(
        (newest.entry.act.as_str(), newest.entry.actor.as_str()),
        ("viewed", "小王（3d4e5f）")
    );
    let whole = store.verify_audit().await.expect("it reads");
    let head = newest.chain.clone();
    assert_eq!(
        whole,
        Verified::Whole {
            rows: newest.seq,
            head
        }
    );
}

#[tokio::test]
async fn a_file_tells_the_story() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("store.db");
    let key = SecretKey::passing();
    let store = Store::open_file(&file, key.clone())
        .await
        .expect("it opens");
    the_story(&store).await;
    let audit = store
        .audit(&AuditFilter::default(), 9)
        .await
        .expect("listed");
    store.close().await;
    drop(store);
    let again = Store::open_file(&file, key).await.expect("it opens again");
    assert_eq!(
        again
            .audit(&AuditFilter::default(), 9)
            .await
            .expect("listed"),
        audit
    );
    again.close().await;

    let url = format!("sqlite://{}", file.display());
    let mut forger = SqliteConnection::connect(&url).await.expect("it opens");
    let refused = sqlx::query("UPDATE audit SET actor = '别人' WHERE seq = 2");
    assert!(
        refused.execute(&mut forger).await.is_err(),
        "the trigger refuses"
    );
    let refused = sqlx::query("DELETE FROM audit");
    assert!(
        refused.execute(&mut forger).await.is_err(),
        "the trigger refuses"
    );
    sqlx::raw_sql(
        "DROP TRIGGER audit_is_never_changed; UPDATE audit SET actor = '别人' WHERE seq = 2;",
    )
    .execute(&mut forger)
    .await
    .expect("who owns the file can do that");
    let found = again_of(&folder, &again).await;
    assert_eq!(found, Verified::Broken { seq: 2 });
}

/// What the audit says of itself once the file is opened again.
async fn again_of(folder: &TempDir, closed: &Store) -> Verified {
    let key = closed.key().clone();
    // The lock of the closed store is still held by it.
    let copy = folder.path().join("copy.db");
    std::fs::copy(folder.path().join("store.db"), &copy).expect("it is copied");
    let wal = folder.path().join("store.db-wal");
    if wal.exists() {
        std::fs::copy(wal, folder.path().join("copy.db-wal")).expect("it is copied");
    }
    let store = Store::open_file(&copy, key).await.expect("it opens");
    store.verify_audit().await.expect("it reads")
}

#[tokio::test]
async fn a_server_tells_the_same_story() {
    let Some(url) = empty_database().await else {
        return;
    };
    let store = Store::open_server(&url, SecretKey::passing()).await;
    let store = store.expect("it opens");
    the_story(&store).await;

    let mut forger = PgConnection::connect(&url).await.expect("it answers");
    for statement in [
        "UPDATE audit SET actor = '别人' WHERE seq = 2",
        "DELETE FROM audit",
        "TRUNCATE audit",
    ] {
        let refused = sqlx::query(statement).execute(&mut forger).await;
        assert!(refused.is_err(), "{statement}");
    }
    sqlx::raw_sql(
        "ALTER TABLE audit DISABLE TRIGGER ALL; DELETE FROM audit WHERE seq = 3; \
         ALTER TABLE audit ENABLE TRIGGER ALL;",
    )
    .execute(&mut forger)
    .await
    .expect("who owns the database can do that");
    let found = store.verify_audit().await.expect("it reads");
    assert_eq!(found, Verified::Broken { seq: 3 });
}

#[tokio::test]
async fn a_file_is_copied_to_a_server_whole_and_only_into_an_empty_one() {
    let Some(url) = empty_database().await else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let key = SecretKey::passing();
    let file = folder.path().join("store.db");
    let file = Store::open_file(&file, key.clone())
        .await
        .expect("it opens");
    publish(&file, &[("corpus/a.md", "甲")], None)
        .await
        .expect("first");
    let asked = [Asked {
        question: "低保".into(),
        ..Asked::default()
    }];
    file.add_asked(&asked, &[], 0).await.expect("written");
    let server = Store::open_server(&url, key).await.expect("it opens");
    let mut rows = 0;
    file.copy_to(&server, |_, copied| rows += copied)
        .await
        .expect("copied");
    // Two blobs, one edition, one fact, one row of the audit, one question, one count and one latency.
    assert_eq!(rows, 8);
    assert_eq!(
        server.live_edition().await.expect("it reads"),
        file.live_edition().await.expect("it reads")
    );
    assert_eq!(
        server.verify_audit().await.expect("it reads"),
        file.verify_audit().await.expect("it reads")
    );
    assert!(
        file.copy_to(&server, |_, _| {}).await.is_err(),
        "it is not empty"
    );
    assert_eq!(publish(&server, &[], Some(1)).await.expect("it goes on"), 2);
}

#[tokio::test]
async fn a_store_of_a_newer_program_is_refused_and_an_older_one_copied_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("store.db");
    let store = Store::open_file(&file, SecretKey::passing())
        .await
        .expect("it opens");
    store.close().await;
    drop(store);
    let url = format!("sqlite://{}", file.display());
    let mut forger = SqliteConnection::connect(&url).await.expect("it opens");
    let newer = "INSERT INTO _sqlx_migrations \
                 (version, description, success, checksum, execution_time) VALUES (99, '', 1, X'00', 0)";
    sqlx::query(newer)
        .execute(&mut forger)
        .await
        .expect("written");
    forger.close().await.expect("closed");
    let refused = Store::open_file(&file, SecretKey::passing()).await;
    let told = refused.expect_err("it is newer").to_string();
    assert!(told.contains("99") && told.contains("较新"), "{told}");
}
