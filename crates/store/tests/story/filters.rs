//! Lists that are narrowed: the audit and the topics.

use wenzheng_store::{AuditFilter, Entry, Store, TopicFilter, now};

use super::entry;

const HOUR: i64 = 3_600_000;

async fn acts(store: &Store, filter: &AuditFilter) -> Vec<String> {
    let rows = store.audit(filter, 99).await.expect("listed");
    rows.into_iter().map(|row| row.entry.act).collect()
}

pub(super) async fn the_audit_is_chosen_by_person_role_place_and_time(store: &Store) {
    let local = Entry {
        actor: "小李（0a1b2c）".into(),
        role: "editor".into(),
        places: "通渭县、陇西县".into(),
        ..entry("local")
    };
    let viewed = Entry {
        actor: "小王（3d4e5f）".into(),
        role: "viewer".into(),
        ..entry("viewed")
    };
    for entry in [&local, &viewed] {
        store.record(entry).await.expect("it is written");
    }
    let all = AuditFilter::default();
    let rows = store.audit(&all, 99).await.expect("listed");
    assert_eq!(rows[1].entry, local, "newest first");
    let before = AuditFilter {
        before: Some(rows[0].seq),
        ..all.clone()
    };
    assert_eq!(acts(store, &before).await[0], "local");
    let actor = AuditFilter {
        actor: local.actor.clone(),
        ..all.clone()
    };
    assert_eq!(acts(store, &actor).await, ["local"]);
    let role = AuditFilter {
        role: "viewer".into(),
        ..all.clone()
    };
    assert_eq!(acts(store, &role).await, ["viewed"]);
    for (place, found) in [("陇西县", 1), ("通渭县", 1), ("通渭", 0), ("陇西", 0)] {
        let of_place = AuditFilter {
            place: place.into(),
            ..all.clone()
        };
        assert_eq!(acts(store, &of_place).await.len(), found, "{place}");
    }
    for (from, until, found) in [
        (Some(now() - HOUR), Some(now() + HOUR), 2),
        (None, Some(now() + HOUR), 2),
        (Some(now() + HOUR), None, 0),
        (None, Some(now() - HOUR), 0),
    ] {
        let chosen = AuditFilter {
            from,
            until,
            ..all.clone()
        };
        let listed = acts(store, &chosen).await;
        let both = listed
            .iter()
            .filter(|act| *act == "local" || *act == "viewed");
        assert_eq!(both.count(), found, "{from:?} {until:?}");
    }
    let names = store.audited(9).await.expect("listed");
    assert!(names.contains(&local.actor) && names.contains(&viewed.actor));
    assert_eq!(store.audited(1).await.expect("listed").len(), 1);
}

/// Topic `number` was asked on the web alone, an hour ago.
pub(super) async fn topics_are_chosen_by_channel_and_time(store: &Store, number: i64) {
    for (channel, since, until, found) in [
        ("web", None, None, true),
        ("telegram", None, None, false),
        ("web", Some(now() - 2 * HOUR), Some(now()), true),
        ("", Some(now() - 2 * HOUR), Some(now()), true),
        ("", Some(now()), None, false),
        ("web", None, Some(now() - 2 * HOUR), false),
    ] {
        let filter = TopicFilter {
            channel: channel.into(),
            since,
            until,
            ..TopicFilter::default()
        };
        let topics = store.topics(&filter, 9, 0).await.expect("listed");
        let is_listed = topics.iter().any(|topic| topic.number == number);
        assert_eq!(is_listed, found, "{filter:?}");
        let states = store.topic_states(&filter).await.expect("counted");
        assert_eq!(states.iter().any(|(_, n)| *n > 0), found, "{filter:?}");
    }
}
