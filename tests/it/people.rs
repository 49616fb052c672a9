//! People who ask, told to both databases: a conversation goes on after a restart, and whoever wants it
//! is forgotten.

use std::sync::Arc;

use tempfile::TempDir;
use wenzheng::{
    admin::{self, GrantedBy, Member, Office, OfficeSettings},
    assistant::Options,
    editions::Publisher,
    records::Records,
    service::{
        Act, Caller, Channel, Conversation, Outcome, Reply, Request, Service, ServiceSettings,
    },
    staff::{Grant, Role},
};
use wenzheng_store::Store;

use crate::databases::{Database, databases};

/// A service of the report inside the program that keeps what is asked.
pub(crate) struct Town {
    pub(crate) service: Service,
    pub(crate) store: Store,
    data: TempDir,
    // Last: what uses the database ends before it.
    pub(crate) database: Database,
}

/// An owner by the settings.
fn owner(store: &Store) -> Member {
    Member {
        person: store.key().person(Channel::WECHAT_OA.name, b"owner"),
        name: "王科长".to_owned(),
        channel: Channel::WECHAT_OA.name.to_owned(),
        grant: Grant::everywhere(Role::Owner),
        by: GrantedBy::Settings,
    }
}

impl Town {
    pub(crate) fn open(database: Database) -> Self {
        Self::of(database, tempfile::tempdir().expect("a folder"))
    }

    fn of(database: Database, data: TempDir) -> Self {
        let store = database.open();
        let options = Options {
            data_dir: Some(data.path().to_owned()),
            ..Options::default()
        };
        let handle = database.runtime.handle();
        let publisher = Publisher::start(store.clone(), handle.clone(), options);
        let publisher = Arc::new(publisher.expect("it is served"));
        let assistant = publisher.assistant().clone();
        let office = OfficeSettings {
            members: vec![owner(&store)],
            ..OfficeSettings::default()
        };
        let office = Office::open(publisher, office).expect("it opens");
        let records = Records::start(store.clone(), handle.clone(), true);
        let settings = ServiceSettings {
            office: Some(office),
            records: Some(Arc::new(records)),
            ..ServiceSettings::default()
        };
        let service = Service::new(assistant, settings);
        let turns = database.runtime.block_on(store.turns(0, 99));
        service.resume(turns.expect("listed"));
        let chosen = database.runtime.block_on(store.preferences(99));
        service.resume_preferences(chosen.expect("listed"));
        Self {
            service,
            store,
            data,
            database,
        }
    }

    /// The same after a restart.
    fn again(self) -> Self {
        let Self {
            service,
            store,
            data,
            database,
        } = self;
        service.flush();
        drop(service);
        database.runtime.block_on(store.close());
        drop(store);
        Self::of(database, data)
    }

    fn does(&self, account: &str, chat: &str, act: Act) -> Reply {
        let conversation = Conversation::Remembered(format!("{account}:{chat}"));
        let request = Request::new(Caller::new(Channel::TELEGRAM, account), act);
        let reply = self.service.handle(request.within(conversation));
        self.database.runtime.block_on(reply).expect("a reply")
    }

    /// The first quote of the answer.
    fn says(&self, account: &str, chat: &str, question: &str) -> String {
        let (answer, _) = self
            .does(account, chat, Act::ask(question))
            .answer()
            .expect("an answer");
        let first = answer.citations.first();
        first.map_or_else(String::new, |first| first.quote.clone())
    }

    fn commands(&self, account: &str, command: admin::Command) -> admin::Outcome {
        let act = Act::Command(command.into());
        match self.does(account, "home", act).outcome {
            Outcome::Admin(outcome) => *outcome,
            _ => panic!("an outcome of the office"),
        }
    }
}

#[test]
fn what_a_chat_chose_holds_after_a_restart_until_its_person_is_forgotten() {
    let chosen = |town: &Town| town.service.preferred(Channel::TELEGRAM, "7", "script");
    for database in databases() {
        let town = Town::open(database);
        town.service
            .prefer(Channel::TELEGRAM, "7", "script", "hans");
        town.service
            .prefer(Channel::TELEGRAM, "7", "script", "hant");
        let town = town.again();
        assert_eq!(chosen(&town).as_deref(), Some("hant"));
        town.commands("7", admin::Command::ForgetMe);
        assert_eq!(chosen(&town), None);
        assert_eq!(chosen(&town.again()), None);
    }
}

#[test]
fn a_conversation_goes_on_after_a_restart_until_its_person_is_forgotten() {
    for database in databases() {
        let town = Town::open(database);
        let _ = town.says("1", "home", "去年粮食产量是多少");
        let _ = town.says("1", "group", "去年粮食产量是多少");
        let _ = town.says("2", "home", "今年修哪几条高速，我的电话13812345678");
        let town = town.again();
        assert!(town.says("1", "home", "那今年呢").contains("粮食"));
        let turns = town.database.runtime.block_on(town.store.turns(0, 99));
        let texts: Vec<_> = turns
            .expect("listed")
            .into_iter()
            .map(|turn| turn.question)
            .collect();
        assert!(texts[2].contains("〔手机号〕"), "{texts:?}");

        let forgotten = town.commands("1", admin::Command::ForgetMe);
        assert!(
            matches!(forgotten, admin::Outcome::Forgotten(3, 0)),
            "{forgotten:?}"
        );
        assert!(!town.says("1", "group", "那今年呢").contains("粮食"));
        let town = town.again();
        assert!(!town.says("1", "home", "那今年呢").contains("粮食"));
        assert!(town.says("2", "home", "那去年呢").contains("高速"));
    }
}

#[test]
fn a_command_that_is_delivered_again_after_a_restart_is_performed_once() {
    for database in databases() {
        let town = Town::open(database);
        let deliver = |town: &Town, command: admin::Command| {
            let caller = Caller::new(Channel::WECHAT_OA, "owner");
            let request = Request::new(caller, Act::Command(command.into()));
            let reply = town
                .service
                .handle(request.delivered_as("owner 7".to_owned()));
            let reply = town.database.runtime.block_on(reply).expect("a reply");
            match reply.outcome {
                Outcome::Admin(outcome) => *outcome,
                _ => panic!("an outcome of the office"),
            }
        };
        let pin = || admin::Command::Pin("今年修哪几条高速".to_owned());
        assert!(deliver(&town, pin()).went_well());
        let town = town.again();
        assert_eq!(deliver(&town, pin()).name(), "repeated");
        assert_eq!(deliver(&town, admin::Command::Pins).name(), "done");
        let pins = town.database.runtime.block_on(town.store.pins());
        assert_eq!(pins.expect("listed").len(), 1);
    }
}

#[test]
fn what_was_just_asked_is_shown_and_erased() {
    for database in databases() {
        let town = Town::open(database);
        let _ = town.says("1", "home", "今年修哪几条高速");
        let admin::Outcome::Mine(mine) = town.commands("1", admin::Command::MyData) else {
            panic!("what is kept");
        };
        assert_eq!(mine.questions[0].1, "今年修哪几条高速");
        let forgotten = town.commands("1", admin::Command::ForgetMe);
        assert!(
            matches!(forgotten, admin::Outcome::Forgotten(1, 0)),
            "{forgotten:?}"
        );
        let turns = town.database.runtime.block_on(town.store.turns(0, 9));
        assert_eq!(turns.expect("listed"), []);
    }
}
