//! An office at work, told to both databases: a second report goes in, a broken one does not, what was
//! done is taken back, a word is taught, and the audit knows.

use std::{collections::BTreeMap, path::Path, sync::Arc, thread};

use tempfile::TempDir;
use tokio::runtime::{Handle, Runtime};
use wenzheng::{
    admin::{Command, Office, OfficeSettings, Outcome, Wait, parse},
    answer::{Answer, Question, Status},
    assistant::Options,
    channels::wording,
    editions::{FileChange, Published, Publisher, Take, Unpublished, Unwatched},
    replay::{Candidate, How},
    staff::{Actor, Grant, Role},
};
use wenzheng_store::{Person, SecretKey, Store, Verified};

use crate::databases::{Database, databases};

const SECOND: &str = "---\ntitle: 2025年通渭县政府工作报告\nplace: 通渭县\nyear: 2025\nreview_year: 2024\n\
    issuer: 通渭县人民政府\nkind: work-report\n---\n\n# 2025年通渭县政府工作报告\n\n\
    ## 一、2024年工作回顾\n\n建成温泉康养小镇一处。\n\n## 二、2025年重点工作\n\n新建乡村书屋37个。\n";

/// An office of the report inside the program.
struct Town {
    office: Arc<Office>,
    data: TempDir,
    // Last: what uses the database ends before it.
    database: Database,
}

impl Town {
    fn open(database: Database) -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let office = open(&database, data.path(), None);
        Self {
            office,
            data,
            database,
        }
    }

    /// The same after a restart.
    fn again(self) -> Self {
        let Self {
            office,
            data,
            database,
        } = self;
        let store = office.publisher().store().clone();
        drop(office);
        database.runtime.block_on(store.close());
        drop(store);
        let office = open(&database, data.path(), None);
        Self {
            office,
            data,
            database,
        }
    }

    fn does(&self, typed: &str, by: &Actor) -> Outcome {
        let command = parse(typed).expect("a command");
        self.office.perform(&command, by, Wait::Whole)
    }

    fn upload(&self, path: &str, text: &str) -> Result<Published, Unpublished> {
        let publisher = self.office.publisher();
        let change = FileChange {
            path: path.to_owned(),
            bytes: Some(text.as_bytes().to_vec()),
        };
        let proposal = publisher.changed(vec![change], "upload", "一份报告".to_owned());
        publisher.publish(&proposal, &owner(), &Unwatched)
    }

    fn ask(&self, question: &str) -> Answer {
        let assistant = self.office.publisher().assistant();
        assistant
            .answer(&Question::new(question))
            .expect("it is searched")
    }

    fn edition(&self) -> i64 {
        self.office.publisher().live_edition().0
    }
}

fn open(database: &Database, data: &Path, corpus: Option<&Path>) -> Arc<Office> {
    let store = database.open();
    let options = Options {
        corpus_dir: corpus.map(Path::to_owned),
        data_dir: Some(data.to_owned()),
        ..Options::default()
    };
    let runtime: Handle = database.runtime.handle().clone();
    let publisher = Publisher::start(store, runtime, options).expect("it is served");
    Office::open(Arc::new(publisher), OfficeSettings::default()).expect("it opens")
}

fn actor(number: u8, name: &str, role: Role, places: &[&str]) -> Actor {
    Actor {
        person: Person([number; 16]),
        name: name.to_owned(),
        grant: Grant {
            role,
            places: places.iter().map(|place| (*place).to_owned()).collect(),
        },
        origin: "telegram",
    }
}

fn owner() -> Actor {
    actor(1, "王科长", Role::Owner, &[])
}

fn first(answer: &Answer) -> &str {
    answer
        .citations
        .first()
        .map_or("", |first| first.quote.as_str())
}

fn published(outcome: Outcome) -> Published {
    match outcome {
        Outcome::Published(published) => *published,
        other => panic!("{}", wording::admin::outcome(&other)),
    }
}

/// How the one pinned question fared, and on what.
fn fared(town: &Town) -> Option<(Candidate, How)> {
    let Outcome::Pins(pins) = town.does("/pins", &owner()) else {
        panic!("they are listed")
    };
    let fared = pins[0].fared.clone();
    fared.map(|fared| (fared.candidate, fared.how))
}

fn told(outcome: &Outcome) -> String {
    wording::admin::outcome(outcome)
}

#[test]
fn an_office_changes_what_answers_and_takes_it_back() {
    for database in databases() {
        let town = Town::open(database);
        assert_eq!(town.edition(), 1);
        let roads = town.ask("今年硬化自然村组道路多少公里");
        assert_eq!(roads.status, Status::Answered);

        let second = town
            .upload("corpus/tongwei/2025.md", SECOND)
            .expect("it goes live");
        assert_eq!((second.number, second.diff.added.len()), (2, 1));
        assert!(first(&town.ask("新建乡村书屋多少个")).contains("37个"));
        assert!(first(&town.ask("2024年计划硬化自然村组道路多少公里")).contains("公里"));

        let broken = town.upload("corpus/tongwei/broken.md", "## 没有开头\n");
        let error = broken.expect_err("it has no front matter").to_string();
        assert!(error.contains("broken.md"), "{error}");
        assert_eq!(town.edition(), 2);

        let back = published(town.does("/rollback 1", &owner()));
        assert_eq!((back.number, back.diff.removed.len()), (3, 1));
        assert_ne!(town.ask("新建乡村书屋多少个").status, Status::Answered);
        let again = published(town.does("/undo 3", &owner()));
        assert_eq!((again.number, again.diff.added.len()), (4, 1));
        assert!(first(&town.ask("新建乡村书屋多少个")).contains("37个"));

        let town = town.again();
        assert_eq!(town.edition(), 4, "a restart takes nothing back");
        assert!(first(&town.ask("新建乡村书屋多少个")).contains("37个"));
        let snapshot = town.office.publisher().assistant().snapshot();
        assert_eq!(snapshot.number(), 4);
    }
}

#[test]
fn a_word_that_helps_is_taught_and_one_that_misleads_is_refused_with_its_list() {
    for database in databases() {
        let town = Town::open(database);
        town.does("/pin 今年硬化自然村组道路多少公里", &owner());
        assert_eq!(fared(&town), None, "nothing was judged since");
        let good = published(town.does("/synonym 看病 = 就医", &owner()));
        assert_eq!((good.number, good.verdict.worse.len()), (2, 0));
        assert_eq!(fared(&town), Some((Candidate::Edition(2), How::Good)));
        let refused = town.does("/synonym 低保 = 道路", &owner());
        let list = told(&refused);
        assert!(list.contains("变差了") && list.contains("低保"), "{list}");
        assert!(list.contains("/confirm 1"), "{list}");
        assert_eq!(town.edition(), 2);
        let draft = fared(&town).map(|(candidate, _)| candidate);
        assert_eq!(draft, Some(Candidate::Draft(1)));

        let editor = actor(2, "小李", Role::Editor, &[]);
        let insisting = town.does("/confirm 1 试试", &editor);
        assert!(matches!(insisting, Outcome::NeedsRole(Role::Owner)));
        let insisted = published(town.does("/confirm 1 就是要这样", &owner()));
        assert_eq!(insisted.number, 3);
        published(town.does("/undo 3", &owner()));
        let gone = published(town.does("/synonym 看病 =", &owner()));
        assert_eq!(gone.number, 5);

        let audit = told(&town.does("/audit", &owner()));
        for part in ["王科长", "小李", "insisted: 就是要这样", "看病 = 就医"] {
            assert!(audit.contains(part), "{part}\n{audit}");
        }
        let verified = town.does("/audit 检查", &owner());
        assert!(matches!(
            verified,
            Outcome::Verified(Verified::Whole { .. })
        ));
    }
}

#[test]
fn an_answer_of_the_office_is_quoted_and_taken_away() {
    for database in databases() {
        let town = Town::open(database);
        published(town.does(
            "/faq 办事大厅周六上班吗 = 周六上午上班，下午休息。",
            &owner(),
        ));
        let answer = town.ask("办事大厅周六上班吗");
        assert!(first(&answer).contains("周六上午上班"), "{answer:?}");
        published(town.does("/faq 办事大厅周六上班吗 =", &owner()));
        assert!(!first(&town.ask("办事大厅周六上班吗")).contains("周六上午"));
        assert!(matches!(
            town.does("/faq 没有的问题 =", &owner()),
            Outcome::Nothing
        ));
    }
}

#[test]
fn nobody_does_more_than_their_role_and_places_allow_and_it_is_written_down() {
    for database in databases() {
        let town = Town::open(database);
        let stranger = actor(9, "陌生人", Role::Resident, &[]);
        let viewer = actor(8, "查看者", Role::Viewer, &[]);
        for (typed, by) in [
            ("/reload", &stranger),
            ("/rollback", &viewer),
            ("/audit", &viewer),
        ] {
            let refused = town.does(typed, by);
            assert!(matches!(refused, Outcome::NeedsRole(_)), "{typed}");
        }
        let elsewhere = actor(7, "邻县编辑", Role::Editor, &["陇西县"]);
        for typed in ["/remove 2024年通渭县政府工作报告", "/synonym 看病 = 就医"] {
            let refused = town.does(typed, &elsewhere);
            assert!(
                matches!(&refused, Outcome::NotTheirs(place) if place == "通渭县"),
                "{typed}: {}",
                told(&refused)
            );
        }
        assert_eq!(town.edition(), 1);
        let audit = told(&town.does("/audit", &owner()));
        assert_eq!(audit.matches("没有权限").count(), 3, "{audit}");
        assert_eq!(audit.matches("不归本人管").count(), 2, "{audit}");
    }
}

#[test]
fn a_role_is_given_by_a_code_that_is_spent_once_and_the_last_owner_stays() {
    for database in databases() {
        let town = Town::open(database);
        let code = |outcome: Outcome| match outcome {
            Outcome::Invited { code, .. } => code,
            other => panic!("{}", told(&other)),
        };
        let editor = code(town.does("/grant 编辑 小李 通渭县", &owner()));
        let li = actor(2, "?", Role::Resident, &[]);
        let joined = town.does(&format!("/join {}", editor.to_lowercase()), &li);
        assert!(matches!(joined, Outcome::Joined(Role::Editor)));
        assert_eq!(town.office.grant_of(li.person).places, ["通渭县"]);
        let other = actor(3, "?", Role::Resident, &[]);
        let replayed = town.does(&format!("/join {editor}"), &other);
        assert!(matches!(replayed, Outcome::NoCode));

        let own = code(town.does("/grant 所有者 赵主任", &owner()));
        town.does(&format!("/join {own}"), &other);
        let zhao = town.office.actor(other.person, "telegram");
        assert_eq!(zhao.grant.role, Role::Owner);
        let people = told(&town.does("/people", &zhao));
        let number = people.lines().position(|line| line.contains("赵主任"));
        let number = number.expect("listed") + 1;
        let last = town.does(&format!("/revoke {number}"), &zhao);
        assert!(matches!(last, Outcome::LastOwner), "{}", told(&last));

        let shown = code(town.does("/grant 查看者 小陈", &owner()));
        let void = town
            .office
            .perform(&Command::Void(shown.clone()), &li, Wait::Whole);
        assert!(matches!(void, Outcome::CodeVoid));
        let late = town.does(
            &format!("/join {shown}"),
            &actor(4, "?", Role::Resident, &[]),
        );
        assert!(matches!(late, Outcome::NoCode));
    }
}

#[test]
fn the_folder_is_an_input_and_never_takes_back_what_was_done_here() {
    for database in databases() {
        let folder = tempfile::tempdir().expect("a folder");
        let data = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).expect("written");
        };
        write("2025.md", SECOND);
        let office = open(&database, data.path(), Some(folder.path()));
        let does = |office: &Arc<Office>, command: Command| {
            office.perform(&command, &owner(), Wait::Whole)
        };
        let reload = |office: &Arc<Office>, take| does(office, Command::Reload(take));
        assert!(matches!(
            reload(&office, Take::Ask),
            Outcome::Unpublished(error) if matches!(*error, Unpublished::Same)
        ));
        write("2025.md", &SECOND.replace("37个", "38个"));
        assert_eq!(published(reload(&office, Take::Ask)).number, 2);
        published(does(&office, Command::Rollback(Some(1))));

        // A restart finds the folder as it was taken, and leaves the rollback alone.
        let store = office.publisher().store().clone();
        drop(office);
        database.runtime.block_on(store.close());
        drop(store);
        let office = open(&database, data.path(), Some(folder.path()));
        assert_eq!(office.publisher().live_edition().0, 3);

        write("2025.md", &SECOND.replace("37个", "39个"));
        let both = told(&reload(&office, Take::Ask));
        assert!(
            both.contains("没有自动合并") && both.contains("/reload 文件夹"),
            "{both}"
        );
        assert!(matches!(reload(&office, Take::Edition), Outcome::Kept));
        write("2025.md", &SECOND.replace("37个", "40个"));
        let taken = published(reload(&office, Take::Input));
        assert_eq!(taken.diff.changed.len(), 1);
    }
}

#[test]
fn an_exported_edition_is_the_same_edition_elsewhere() {
    for database in databases() {
        let town = Town::open(database);
        published(town.does("/synonym 看病 = 就医", &owner()));
        town.upload("corpus/tongwei/2025.md", SECOND)
            .expect("it goes live");
        let copy = tempfile::tempdir().expect("a folder");
        let to = copy.path().join("copy");
        let exported = town
            .office
            .perform(&Command::Export(to.clone()), &owner(), Wait::Whole);
        assert!(
            matches!(exported, Outcome::Exported(3, 3)),
            "{}",
            told(&exported)
        );

        let elsewhere = tempfile::tempdir().expect("a folder");
        let runtime = Runtime::new().expect("a runtime");
        let file = elsewhere.path().join("store.db");
        let store = runtime.block_on(Store::open_file(&file, SecretKey::passing()));
        let options = Options {
            corpus_dir: Some(to.join("corpus")),
            lexicon_dir: Some(to.join("config/lexicon")),
            data_dir: Some(elsewhere.path().to_owned()),
            ..Options::default()
        };
        let store = store.expect("it opens");
        let publisher = Publisher::start(store, runtime.handle().clone(), options);
        let publisher = publisher.expect("it is served");
        let (_, here) = town.office.publisher().live_edition();
        assert_eq!(publisher.live_edition().1, here);
        drop(town.database);
    }
}

#[test]
fn of_two_editors_at_once_one_is_told_to_look_again() {
    for database in databases() {
        let town = Town::open(database);
        let publisher = town.office.publisher();
        let proposal = |text: &str| {
            let change = FileChange {
                path: "corpus/tongwei/2025.md".into(),
                bytes: Some(text.as_bytes().to_vec()),
            };
            publisher.changed(vec![change], "upload", "一份报告".into())
        };
        let (one, other) = (proposal(SECOND), proposal(&SECOND.replace("37", "73")));
        let outcomes: Vec<_> = thread::scope(|scope| {
            let works = [&one, &other]
                .map(|proposal| scope.spawn(|| publisher.publish(proposal, &owner(), &Unwatched)));
            works
                .into_iter()
                .map(|work| work.join().expect("no panic"))
                .collect()
        });
        let live = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!((live, town.edition()), (1, 2));
        let refused = outcomes
            .into_iter()
            .find_map(Result::err)
            .expect("one of them");
        assert!(refused.to_string().contains("已被王科长"), "{refused}");
    }
}

#[test]
fn pins_and_notices_are_kept_beside_the_editions() {
    for database in databases() {
        let town = Town::open(database);
        let pinned = town.does("/pin 今年硬化自然村组道路多少公里", &owner());
        assert!(matches!(pinned, Outcome::Pinned(1, _)), "{}", told(&pinned));
        let removed = town.does("/remove 2024年通渭县政府工作报告", &owner());
        let list = told(&removed);
        assert!(!matches!(removed, Outcome::Published(_)), "{list}");
        town.does("/notice 周六停机维护", &owner());
        assert_eq!(town.office.notices_up()[0].text, "周六停机维护");
        town.does("/notice 撤 1", &owner());
        assert!(town.office.notices_up().is_empty());
        let lists: BTreeMap<&str, String> = ["/pins", "/notices", "/jobs", "/editions", "/corpus"]
            .into_iter()
            .map(|typed| (typed, told(&town.does(typed, &owner()))))
            .collect();
        assert!(lists["/pins"].contains("硬化自然村组道路"), "{lists:?}");
        assert!(lists["/corpus"].contains("第 1 版"), "{lists:?}");
    }
}
