//! Rule files in the editions of a store: taken, changed, taken back and removed like documents.

use std::{fs, sync::Arc};

use wenzheng::{
    admin::{Office, OfficeSettings, Outcome, Wait, parse},
    assistant::Options,
    editions::{FileChange, Publisher, Take, Unwatched},
    staff::{Actor, Grant, Role},
};
use wenzheng_store::Person;

use super::files::county;
use crate::databases::databases;

const RULES: &str = "corpus/gaoling.rules.toml";

fn owner() -> Actor {
    Actor {
        person: Person([1; 16]),
        name: "王科长".into(),
        grant: Grant {
            role: Role::Owner,
            places: Vec::new(),
        },
        origin: "telegram",
    }
}

fn benefits(office: &Office) -> Vec<String> {
    super::files::benefits(office.publisher().assistant())
}

#[test]
fn rules_go_live_back_and_away_with_the_editions() {
    for database in databases() {
        let (folder, data) = (county(), tempfile::tempdir().expect("a folder"));
        let options = Options {
            corpus_dir: Some(folder.path().to_owned()),
            data_dir: Some(data.path().to_owned()),
            ..Options::default()
        };
        let runtime = database.runtime.handle().clone();
        let publisher = Publisher::start(database.open(), runtime, options);
        let publisher = Arc::new(publisher.expect("it is served"));
        let office = Office::open(publisher, OfficeSettings::default()).expect("it opens");
        let publisher = office.publisher();
        assert_eq!(benefits(&office), ["高龄津贴", "耕地地力保护补贴"]);

        // Changed in the folder.
        let file = folder.path().join("gaoling.rules.toml");
        let text = fs::read_to_string(&file).expect("it is there");
        fs::write(
            &file,
            text.replace("benefit = \"高龄津贴\"", "benefit = \"高龄老人津贴\""),
        )
        .expect("written");
        publisher
            .reload(Take::Ask, &owner(), &Unwatched)
            .expect("it goes live");
        assert_eq!(benefits(&office), ["高龄老人津贴", "耕地地力保护补贴"]);

        // Put in, broken: it refuses itself alone, and whoever put it in hears why.
        let put = |text: &str| {
            let change = FileChange {
                path: RULES.to_owned(),
                bytes: Some(text.as_bytes().to_vec()),
            };
            let proposal = publisher.changed(vec![change], "upload", "规则".to_owned());
            publisher
                .publish(&proposal, &owner(), &Unwatched)
                .expect("the rest is sound")
        };
        let published = put(&text.replace("value = 80", "value = 81"));
        assert_eq!(benefits(&office), ["耕地地力保护补贴"]);
        let told: Vec<String> = published.warnings.iter().map(ToString::to_string).collect();
        assert!(
            told.iter().any(|line| line.contains("gaoling.rules.toml:")),
            "{told:?}"
        );
        put(&text);
        assert_eq!(benefits(&office), ["高龄津贴", "耕地地力保护补贴"]);

        let does =
            |typed: &str| office.perform(&parse(typed).expect("a command"), &owner(), Wait::Whole);
        assert!(matches!(does("/rollback"), Outcome::Published(_)));
        assert_eq!(benefits(&office), ["耕地地力保护补贴"]);

        // With its document go its rules.
        put(&text);
        let removed = does("/remove 安和县高龄津贴发放办法");
        let told = wenzheng::channels::wording::admin::outcome(&removed);
        assert!(matches!(removed, Outcome::Published(_)), "{told}");
        let (_, live) = publisher.live_edition();
        assert!(!live.files.contains_key("corpus/gaoling.md"));
        assert!(!live.files.contains_key(RULES));
    }
}
