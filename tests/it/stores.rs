//! A store that is found late, that two programs share, or whose drafts need a second person.

use std::sync::Arc;

use tempfile::TempDir;
use wenzheng::{
    admin::{Office, OfficeSettings, Outcome, Wait, parse},
    answer::Question,
    assistant::{Assistant, Options},
    channels::wording,
    editions::{FileChange, Publisher, Unwatched},
    staff::{Actor, Grant, Role},
};
use wenzheng_store::{Entry, Person};

use crate::databases::{Database, databases};

const SECOND: &str = "---\ntitle: 2025年通渭县政府工作报告\nplace: 通渭县\nyear: 2025\nreview_year: 2024\n\
    issuer: 通渭县人民政府\nkind: work-report\n---\n\n# 2025年通渭县政府工作报告\n\n\
    ## 一、2024年工作回顾\n\n建成温泉康养小镇一处。\n\n## 二、2025年重点工作\n\n新建乡村书屋37个。\n";

fn options(data: &TempDir) -> Options {
    Options {
        data_dir: Some(data.path().to_owned()),
        ..Options::default()
    }
}

fn start(database: &Database, data: &TempDir) -> Publisher {
    let runtime = database.runtime.handle().clone();
    let publisher = Publisher::start(database.open(), runtime, options(data));
    publisher
        .expect("it is served")
        .with_pinned_questions_only()
}

fn office(publisher: Publisher, second_person: bool) -> Arc<Office> {
    let settings = OfficeSettings {
        second_person,
        ..OfficeSettings::default()
    };
    Office::open(Arc::new(publisher), settings).expect("it opens")
}

fn actor(number: u8, role: Role) -> Actor {
    Actor {
        person: Person([number; 16]),
        name: format!("{number}号"),
        grant: Grant {
            role,
            places: Vec::new(),
        },
        origin: "telegram",
    }
}

fn does(office: &Arc<Office>, typed: &str, by: &Actor) -> Outcome {
    office.perform(&parse(typed).expect("a command"), by, Wait::Whole)
}

fn goes_live(office: &Arc<Office>, typed: &str, by: &Actor) -> i64 {
    match does(office, typed, by) {
        Outcome::Published(published) => published.number,
        other => panic!("{typed}: {}", wording::admin::outcome(&other)),
    }
}

fn books(assistant: &Assistant) -> bool {
    let answer = assistant.answer(&Question::new("新建乡村书屋多少个"));
    let answer = answer.expect("it is searched");
    let mut quotes = answer.citations.iter().map(|cited| &cited.quote);
    quotes.any(|quote| quote.contains("37个"))
}

#[test]
fn a_store_that_is_found_late_is_served_by_whatever_answers_already() {
    for database in databases() {
        let (data, folder) = (tempfile::tempdir(), tempfile::tempdir());
        let (data, folder) = (data.expect("a folder"), folder.expect("a folder"));
        let publisher = start(&database, &data);
        let change = FileChange {
            path: "corpus/tongwei/2025.md".into(),
            bytes: Some(SECOND.as_bytes().to_vec()),
        };
        let proposal = publisher.changed(vec![change], "upload", "一份报告".into());
        let owner = actor(1, Role::Owner);
        let live = publisher.publish(&proposal, &owner, &Unwatched);
        assert_eq!(live.expect("it goes live").number, 2);
        let store = publisher.store().clone();
        drop(publisher);

        // As at a start at which the store can only be read.
        let runtime = database.runtime.handle().clone();
        let assistant = Publisher::last_edition(store.clone(), runtime.clone(), options(&data));
        let assistant = assistant.expect("it is read").expect("there is one");
        assert!(books(&assistant));
        assert_eq!(assistant.snapshot().number(), 2);
        database.runtime.block_on(store.close());
        drop(store);

        let late = Publisher::take_over(database.open(), runtime, assistant.clone());
        let office = office(late.expect("it is found"), false);
        assert_eq!(goes_live(&office, "/rollback 1", &owner), 3);
        assert!(!books(&assistant), "the same that answered before");
        assert_eq!(assistant.snapshot().number(), 3);

        // From a folder, as where nothing of the store could be read.
        let other = Options {
            data_dir: Some(folder.path().to_owned()),
            ..Options::default()
        };
        let assistant = Assistant::open(other).expect("the report inside the program");
        let store = office.publisher().store().clone();
        drop(office);
        database.runtime.block_on(store.close());
        drop(store);
        let runtime = database.runtime.handle().clone();
        let late = Publisher::take_over(database.open(), runtime, assistant.clone());
        assert_eq!(late.expect("it is found").live_edition().0, 3);
        assert_eq!(assistant.snapshot().number(), 3);
    }
}

#[test]
fn what_another_program_made_live_is_served_here_before_anything_is_changed() {
    // A file is for one program.
    for database in databases().into_iter().skip(1) {
        let (one, other) = (tempfile::tempdir(), tempfile::tempdir());
        let (one, other) = (one.expect("a folder"), other.expect("a folder"));
        let here = office(start(&database, &one), false);
        let there = office(start(&database, &other), false);
        let owner = actor(1, Role::Owner);
        assert_eq!(goes_live(&there, "/synonym 看病 = 就医", &owner), 2);
        assert_eq!(here.publisher().live_edition().0, 1);
        assert_eq!(goes_live(&here, "/synonym 低保 = 最低生活保障", &owner), 3);
        assert!(there.publisher().follow().expect("it is read"));
        assert!(!there.publisher().follow().expect("it is read"));
        assert_eq!(there.publisher().assistant().snapshot().number(), 3);
        assert_eq!(
            there.publisher().live_edition(),
            here.publisher().live_edition()
        );
    }
}

#[test]
fn what_an_editor_made_needs_somebody_else_whatever_becomes_of_it() {
    for database in databases() {
        let data = tempfile::tempdir().expect("a folder");
        let office = office(start(&database, &data), true);
        let (owner, editor) = (actor(1, Role::Owner), actor(2, Role::Editor));
        let proposed = does(&office, "/synonym 看病 = 就医", &editor);
        assert!(matches!(proposed, Outcome::Proposed(1)), "{proposed:?}");
        let again = does(&office, "/synonym 看病 = 就医", &editor);
        assert!(matches!(again, Outcome::Proposed(1)), "the same draft");
        let faq = "/faq 办事大厅周六上班吗 = 周六上午上班，下午休息。";
        assert_eq!(goes_live(&office, faq, &owner), 2);
        // Whoever looks at it does not become its author.
        let looked = does(&office, "/draft 1", &actor(3, Role::Editor));
        assert!(matches!(looked, Outcome::Drafted(2, _)), "{looked:?}");
        let own = does(&office, "/confirm 2", &editor);
        assert!(matches!(own, Outcome::OwnProposal), "{own:?}");
        // Nor does it become anybody's once it was put aside.
        let aside = database.runtime.block_on(async {
            let mut act = office.publisher().store().act().await?;
            act.set_draft(2, "open", None).await?;
            act.commit(&Entry::default()).await
        });
        aside.expect("it is written");
        let own = does(&office, "/confirm 2", &editor);
        assert!(matches!(own, Outcome::OwnProposal), "{own:?}");
        assert_eq!(goes_live(&office, "/confirm 2", &actor(3, Role::Editor)), 3);
    }
}
