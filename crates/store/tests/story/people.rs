//! Who may do what: roles, codes and tokens.

use wenzheng_store::{Code, Granted, Store, Token, now};

use super::{entry, person};

pub(super) async fn roles_are_granted_and_codes_spent_once(store: &Store) {
    let granted = Granted {
        person: person(store, "7"),
        channel: "telegram".into(),
        name: "小李".into(),
        role: "editor".into(),
        places: vec!["通渭县".into()],
        granted_by: "王科长".into(),
        granted_at: now(),
    };
    let mut act = store.act().await.expect("it begins");
    act.grant(&granted).await.expect("granted");
    act.commit(&entry("grant")).await.expect("it is kept");
    assert_eq!(
        store.people().await.expect("listed"),
        std::slice::from_ref(&granted)
    );

    let code = Code {
        purpose: "invite".into(),
        role: "viewer".into(),
        places: Vec::new(),
        made_by: "王科长".into(),
        expires_at: now() + 60_000,
        detail: String::new(),
    };
    let mut act = store.act().await.expect("it begins");
    act.add_code(store.key(), "secret", &code)
        .await
        .expect("made");
    act.commit(&entry("invite")).await.expect("it is kept");
    let seen = store.code("invite", "secret").await.expect("it reads");
    assert_eq!(seen, Some(code.clone()), "to look at it spends nothing");
    let mut act = store.act().await.expect("it begins");
    let key = store.key();
    let other = act.spend_code(key, "upload", "secret").await;
    assert_eq!(other.expect("it reads"), None, "a code has one purpose");
    let first = act.spend_code(key, "invite", "secret").await;
    assert_eq!(first.expect("it reads"), Some(code));
    let second = act.spend_code(key, "invite", "secret").await;
    assert_eq!(second.expect("it reads"), None);
    assert!(act.revoke(granted.person).await.expect("revoked"));
    act.commit(&entry("revoke")).await.expect("it is kept");
    assert_eq!(store.people().await.expect("listed"), []);
}

pub(super) async fn tokens_work_until_they_are_revoked(store: &Store) {
    let token = Token {
        id: "t1".into(),
        name: "门户".into(),
        role: "editor".into(),
        places: Vec::new(),
        made_by: "王科长".into(),
        made_at: now(),
        expires_at: now() + 60_000,
        used_at: None,
        revoked_at: None,
    };
    let mut act = store.act().await.expect("it begins");
    act.add_token(store.key(), "wz_1", &token)
        .await
        .expect("made");
    act.commit(&entry("token")).await.expect("it is kept");
    assert_eq!(store.token("wz_2").await.expect("it reads"), None);
    let found = store.token("wz_1").await.expect("it reads");
    assert_eq!(found.map(|token| token.id), Some("t1".into()));
    assert!(store.tokens().await.expect("listed")[0].used_at.is_some());
    let mut act = store.act().await.expect("it begins");
    assert!(act.revoke_token("t1").await.expect("revoked"));
    act.commit(&entry("revoke")).await.expect("it is kept");
    assert_eq!(store.token("wz_1").await.expect("it reads"), None);
}
