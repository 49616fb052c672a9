//! Signing in, texts, figures, topics, tickets and alerts.

use wenzheng_store::{
    Asked, Logged, Login, NewTicket, NewTopic, OfficeText, Placed, Session, Sorted, Span, Store,
    TopicFilter, Voted, now,
};

use super::{entry, filters, person};

const HOUR: i64 = 3_600_000;

pub(super) async fn sessions_end_when_they_are_idle_over_or_ended(store: &Store) {
    let owner = person(store, "owner");
    let session = |id: &str, used_at: i64, expires_at: i64| Session {
        id: id.into(),
        person: owner,
        name: "王科长".into(),
        device: "Firefox".into(),
        made_at: now(),
        used_at,
        expires_at,
    };
    let mut act = store.act().await.expect("it begins");
    for (secret, session) in [
        ("alive", session("A", now(), now() + HOUR)),
        ("idle", session("I", now() - HOUR, now() + HOUR)),
        ("over", session("O", now(), now() - 1)),
    ] {
        let added = act.add_session(store.key(), secret, &session).await;
        added.expect("added");
    }
    act.commit(&entry("sign_in")).await.expect("kept");
    let found = |secret: &'static str| async move {
        let session = store.session(secret, HOUR / 2).await.expect("it reads");
        session.map(|session| session.id)
    };
    assert_eq!(found("alive").await.as_deref(), Some("A"));
    for secret in ["idle", "over", "forged", ""] {
        assert_eq!(found(secret).await, None, "{secret}");
    }
    let mut act = store.act().await.expect("it begins");
    assert!(act.end_sessions(owner).await.expect("ended") > 0);
    act.commit(&entry("sign_out")).await.expect("kept");
    assert_eq!(found("alive").await, None);
}

pub(super) async fn a_code_of_the_second_factor_is_used_once(store: &Store) {
    let owner = person(store, "owner");
    let login = Login {
        person: owner,
        name: "王科长".into(),
        password: "$argon2id$…".into(),
        totp: Some(b"secret".to_vec()),
        totp_step: 7,
    };
    let mut act = store.act().await.expect("it begins");
    act.set_login(store.key(), &login).await.expect("set");
    act.commit(&entry("password")).await.expect("kept");
    let read = store.login("王科长").await.expect("it reads");
    assert_eq!(read.as_ref(), Some(&login));
    assert!(!store.use_totp_step(owner, 7).await.expect("noted"));
    assert!(store.use_totp_step(owner, 8).await.expect("noted"));
    assert!(!store.use_totp_step(owner, 8).await.expect("noted"));
    // Two people never sign in by one name.
    let mut act = store.act().await.expect("it begins");
    let other = Login {
        person: person(store, "other"),
        ..login
    };
    assert!(act.set_login(store.key(), &other).await.is_err());
}

pub(super) async fn a_text_is_changed_and_given_back(store: &Store) {
    let mut act = store.act().await.expect("it begins");
    for value in ["0932-1", "0932-2"] {
        let set = act.set_text("hotline", Some(value), "王科长").await;
        set.expect("set");
    }
    act.commit(&entry("text")).await.expect("kept");
    let texts = store.texts().await.expect("listed");
    let value = |text: &OfficeText| text.value.clone();
    assert_eq!(texts.iter().map(value).collect::<Vec<_>>(), ["0932-2"]);
    let mut act = store.act().await.expect("it begins");
    act.set_text("hotline", None, "王科长").await.expect("set");
    act.commit(&entry("text")).await.expect("kept");
    assert!(store.texts().await.expect("listed").is_empty());
}

fn asked(store: &Store, who: &str, status: &str, question: &str) -> Asked {
    Asked {
        at: now() - HOUR,
        channel: "web".into(),
        person: Some(person(store, who)),
        answer: format!("answer to {question}"),
        kind: "ask".into(),
        status: status.into(),
        question: question.into(),
        place: "某县".into(),
        section: "（一）民生".into(),
        took_us: 1_500,
        ..Asked::default()
    }
}

pub(super) async fn questions_are_counted_by_day_place_and_heading(store: &Store) {
    let questions = [
        asked(store, "figures 1", "answered", "一"),
        asked(store, "figures 1", "not_found", "二"),
        asked(store, "figures 2", "answered", "三"),
    ];
    store.add_asked(&questions, &[], 0).await.expect("written");
    let span = Span {
        from: "2000-01-01".into(),
        until: "2999-12-31".into(),
        place: "某县".into(),
        channel: "web".into(),
    };
    let counts = store.day_counts(&span).await.expect("it reads");
    let counts: Vec<_> = counts
        .iter()
        .map(|count| (count.status.as_str(), count.number, count.took_us))
        .collect();
    assert_eq!(counts, [("answered", 2, 3_000), ("not_found", 1, 1_500)]);
    let (days, all) = store.visitors(&span).await.expect("it reads");
    assert_eq!((days.len(), days[0].1, all), (1, 2, 2));
    assert_eq!(
        store.cited(&span, 9).await.expect("it reads"),
        [("（一）民生".into(), 3)]
    );
    let latencies = store.latencies(&span).await.expect("it reads");
    let (day, ..) = latencies.first().expect("there are some");
    assert!(latencies.contains(&(day.clone(), 10, 3)));
    assert_eq!(store.asked_places(&span).await.expect("it reads"), ["某县"]);
    let elsewhere = Span {
        place: "别处".into(),
        ..span
    };
    assert!(
        store
            .day_counts(&elsewhere)
            .await
            .expect("it reads")
            .is_empty()
    );
}

/// What is left to sort.
async fn left(store: &Store) -> (Vec<Logged>, Sorted, Sorted) {
    let from = store.sorted().await.expect("it reads");
    let left = store
        .unsorted(from.row, now(), 500)
        .await
        .expect("it reads");
    let row = left.1.unwrap_or(from.row);
    (
        left.0,
        from,
        Sorted {
            row,
            votes: from.votes,
        },
    )
}

pub(super) async fn a_settled_topic_opens_again_when_it_is_asked_anew(store: &Store) {
    let (_, from, until) = left(store).await;
    store
        .sort(&[], &[], from, until, 0)
        .await
        .expect("it writes");
    let ask = |who: &'static str, status: &'static str, question: &'static str| async move {
        let questions = [asked(store, who, status, question)];
        store.add_asked(&questions, &[], 0).await.expect("written");
    };
    ask("topics 1", "not_found", "医保报销多少").await;
    ask("topics 2", "partial", "医保能报多少").await;
    ask("topics 2", "answered", "修路").await;
    let (logged, from, until) = left(store).await;
    assert_eq!(logged.len(), 2, "what was answered is not sorted");
    let placed = |topic| {
        let logged = logged.clone().into_iter();
        logged
            .map(|logged| Placed { logged, topic })
            .collect::<Vec<_>>()
    };
    let new = [NewTopic {
        place: "某县".into(),
        label: "医保报销比例".into(),
        missing: "报销比例".into(),
    }];
    let sorted = store.sort(&placed(Err(0)), &new, from, until, 0).await;
    let numbers = sorted.expect("it writes").expect("nobody was faster");
    let [number] = numbers[..] else {
        panic!("one topic")
    };
    let again = store.sort(&placed(Ok(number)), &[], from, until, 0).await;
    assert_eq!(again.expect("it reads"), None, "another program was faster");

    let topics = store
        .topics(&TopicFilter::default(), 9, 0)
        .await
        .expect("listed");
    let topic = topics
        .iter()
        .find(|topic| topic.number == number)
        .expect("it is listed");
    assert_eq!(
        (topic.asked, topic.state.as_str(), topic.label.as_str()),
        (2, "open", "医保报销比例")
    );
    filters::topics_are_chosen_by_channel_and_time(store, number).await;
    let months = store.topic_months(number).await.expect("it reads");
    assert_eq!(months.iter().map(|(_, _, number)| number).sum::<i64>(), 2);

    let mut act = store.act().await.expect("it begins");
    assert!(
        act.set_topic(number, "answered", "小李", "")
            .await
            .expect("set")
    );
    act.commit(&entry("topic")).await.expect("kept");
    let (_, from, until) = left(store).await;
    let mut anew = logged[0].clone();
    anew.at = now() + HOUR;
    let anew = [Placed {
        logged: anew,
        topic: Ok(number),
    }];
    store
        .sort(&anew, &[], from, until, 0)
        .await
        .expect("it writes");
    let topic = store
        .topic(number)
        .await
        .expect("it reads")
        .expect("it is there");
    assert_eq!(
        (topic.state.as_str(), topic.reopened, topic.asked),
        ("open", 1, 3)
    );

    topics_are_split_and_merged(store, number).await;
}

async fn topics_are_split_and_merged(store: &Store, number: i64) {
    let questions = store.topic_questions(number, 9).await.expect("listed");
    assert_eq!(questions.len(), 2);
    let mut act = store.act().await.expect("it begins");
    let split = act
        .split_topic(number, questions[0].id, 0)
        .await
        .expect("split");
    act.commit(&entry("topic")).await.expect("kept");
    let split = split.expect("there was another question");
    let other = store
        .topic(split)
        .await
        .expect("it reads")
        .expect("it is there");
    assert_eq!(
        (other.asked, other.question.as_str()),
        (1, questions[0].question.as_str())
    );
    let mut act = store.act().await.expect("it begins");
    assert_eq!(
        act.split_topic(split, questions[0].id, 0)
            .await
            .expect("read"),
        None
    );
    assert!(act.merge_topics(number, split).await.expect("merged"));
    assert!(!act.merge_topics(number, split).await.expect("it is gone"));
    act.commit(&entry("topic")).await.expect("kept");
    assert_eq!(store.topic(split).await.expect("it reads"), None);

    // Who is forgotten leaves no question behind, and a topic without questions is none.
    for who in ["topics 1", "topics 2"] {
        assert!(store.topic(number).await.expect("it reads").is_some());
        store.forget(person(store, who)).await.expect("forgotten");
    }
    assert_eq!(store.topic(number).await.expect("it reads"), None);
    let forgotten = store
        .forgotten(now() - HOUR, now() - HOUR)
        .await
        .expect("listed");
    assert!(
        forgotten
            .iter()
            .any(|(whom, _)| *whom == person(store, "topics 1"))
    );
}

pub(super) async fn answers_that_were_voted_useless_are_sorted_too(store: &Store) {
    let question = asked(store, "votes", "answered", "低保标准");
    let vote = Voted {
        ballot: Some("useless".into()),
        at: now() - HOUR,
        channel: "web".into(),
        answer: Some(question.answer.clone()),
        vote: "useless".into(),
        ..Voted::default()
    };
    store
        .add_asked(&[question], &[vote], 0)
        .await
        .expect("written");
    let voted = store
        .voted_useless(now() - 2 * HOUR, now())
        .await
        .expect("listed");
    let questions: Vec<&str> = voted
        .iter()
        .map(|logged| logged.question.as_str())
        .collect();
    assert_eq!(questions, ["低保标准"]);
    assert_eq!(voted[0].status, "useless");
    assert_eq!(
        store
            .vote_counts(now() - 2 * HOUR, now())
            .await
            .expect("it reads")
            .1,
        1
    );
}

pub(super) async fn a_ticket_is_replied_to_and_its_address_forgotten(store: &Store) {
    let asker = person(store, "asker");
    let ticket = NewTicket {
        channel: "telegram",
        person: Some(asker),
        address: Some("12345"),
        place: "某县",
        question: "我家的低保，电话 □",
        unmasked: Some("我家的低保，电话 13800138000"),
        searched: "低保",
        ..NewTicket::default()
    };
    let number = store.open_ticket(&ticket).await.expect("opened");
    let on_the_web = NewTicket {
        channel: "web",
        code: Some("SECRET"),
        question: "修路",
        ..NewTicket::default()
    };
    let other = store.open_ticket(&on_the_web).await.expect("opened");
    let found = store.ticket_by_code("SECRET").await.expect("it reads");
    assert_eq!(found.map(|ticket| ticket.number), Some(other));
    assert_eq!(store.ticket_by_code("OTHER").await.expect("it reads"), None);

    let opened = store
        .ticket(number)
        .await
        .expect("it reads")
        .expect("it is there");
    assert_eq!(opened.address.as_deref(), Some("12345"));
    assert!(opened.question.ends_with("13800138000"));
    assert_eq!(store.open_tickets_of(asker).await.expect("it reads"), 1);
    let mut act = store.act().await.expect("it begins");
    let reply = act.reply_to_ticket(number, "小李", "请到民政局").await;
    let reply = reply.expect("written").expect("it is open");
    act.commit(&entry("ticket")).await.expect("kept");
    let waiting = store.undelivered(asker).await.expect("listed");
    assert_eq!((waiting.len(), waiting[0].text.as_str()), (1, "请到民政局"));
    assert!(store.delivered(reply).await.expect("noted"));
    assert!(!store.delivered(reply).await.expect("noted"), "once");
    assert!(store.undelivered(asker).await.expect("listed").is_empty());

    let mut act = store.act().await.expect("it begins");
    assert!(act.close_ticket(number).await.expect("closed"));
    assert!(!act.close_ticket(number).await.expect("once"));
    assert_eq!(
        act.reply_to_ticket(number, "小李", "又")
            .await
            .expect("read"),
        None
    );
    act.commit(&entry("ticket")).await.expect("kept");
    let closed = store
        .ticket(number)
        .await
        .expect("it reads")
        .expect("it is there");
    assert_eq!(
        (closed.address, closed.question.as_str()),
        (None, "我家的低保，电话 □")
    );

    let post = store.key().spent("post", "-100 7");
    store.add_ticket_post(post, number).await.expect("noted");
    assert_eq!(
        store.ticket_of_post(post).await.expect("it reads"),
        Some(number)
    );
    store.prune_tickets(90).await.expect("pruned");
    store.forget(asker).await.expect("forgotten");
    assert_eq!(store.ticket(number).await.expect("it reads"), None);
    assert_eq!(store.ticket_of_post(post).await.expect("it reads"), None);
}

pub(super) async fn alerts_are_listed_newest_first(store: &Store) {
    store.add_alert("disk", "硬盘快满了").await.expect("noted");
    store
        .add_alert("reload", "重新加载没有成功")
        .await
        .expect("noted");
    let alerts = store.alerts(9).await.expect("listed");
    let kinds: Vec<&str> = alerts.iter().map(|alert| alert.kind.as_str()).collect();
    assert_eq!(kinds, ["reload", "disk"]);
}
