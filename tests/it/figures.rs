//! How much was asked, on both databases: what whoever has which role sees, what they take away, and what owners
//! are told every week.

use std::sync::Arc;

use wenzheng::{
    admin::{Office, OfficeSettings, Outcome, Wait, parse},
    assistant::Options,
    channels::wording,
    editions::Publisher,
    staff::{Actor, Grant, Role},
    statistics::{Chosen, Period, as_json},
};
use wenzheng_store::{Asked, AuditFilter, Person, now};

use crate::databases::{Database, databases};

const DAY: i64 = 86_400_000;
const CHINA: i64 = 8 * 3_600_000;
const PUBLIC: &str = "https://www.example.gov.cn/wz";

fn asked(at: i64, place: &str, status: &str) -> Asked {
    Asked {
        at,
        channel: "web".into(),
        person: Some(Person([7; 16])),
        kind: "ask".into(),
        status: status.into(),
        question: "今年修路吗".into(),
        place: place.into(),
        section: "加快交通建设".into(),
        took_us: 9_000,
        ..Asked::default()
    }
}

/// An office at a public address, with some questions asked today.
fn office(database: &Database, data: &tempfile::TempDir) -> Arc<Office> {
    let options = Options {
        data_dir: Some(data.path().to_owned()),
        ..Options::default()
    };
    let runtime = database.runtime.handle().clone();
    let publisher = Publisher::start(database.open(), runtime, options).expect("it is served");
    let questions = [
        asked(now(), "通渭县", "answered"),
        asked(now(), "陇西县", "not_found"),
        asked(now(), "", "smalltalk"),
    ];
    let written = publisher.store().add_asked(&questions, &[], CHINA);
    database.runtime.block_on(written).expect("it is written");
    let settings = OfficeSettings {
        public_url: Some(PUBLIC.to_owned()),
        console_url: Some(PUBLIC.to_owned()),
        ..OfficeSettings::default()
    };
    Office::open(Arc::new(publisher), settings).expect("it opens")
}

fn actor(role: Role, places: &[&str]) -> Actor {
    Actor {
        person: Person([1; 16]),
        name: "王科长".into(),
        grant: Grant {
            role,
            places: places.iter().map(|place| (*place).to_owned()).collect(),
        },
        origin: "telegram",
    }
}

fn stats(office: &Arc<Office>, by: &Actor) -> Outcome {
    let command = parse("/stats 7d").expect("a command");
    office.perform(&command, by, Wait::Whole)
}

#[test]
fn a_viewer_sees_the_figures_and_one_of_a_place_those_of_the_place() {
    for database in databases() {
        let data = tempfile::tempdir().expect("a folder");
        let office = office(&database, &data);
        let told = stats(&office, &actor(Role::Viewer, &[]));
        let Outcome::Stats { figures, console } = &told else {
            panic!("{}", wording::admin::outcome(&told));
        };
        assert_eq!(figures.total.counts.asked(), 2);
        assert_eq!(
            console.as_deref(),
            Some("https://www.example.gov.cn/wz/admin")
        );
        let text = wording::admin::outcome(&told);
        assert!(text.contains("提问 2 次（比前 7 天 +2）"), "{text}");
        assert!(text.contains("已回答 1（50.0%）"), "{text}");

        let told = stats(&office, &actor(Role::Viewer, &["通渭县", "陇西县"]));
        let text = wording::admin::outcome(&told);
        assert!(
            text.starts_with("通渭县，最近 7 天") && text.contains("提问 1 次"),
            "{text}"
        );
        let told = stats(&office, &actor(Role::Resident, &[]));
        assert!(matches!(told, Outcome::NeedsRole(Role::Viewer)));
    }
}

#[test]
fn whoever_takes_figures_away_stands_in_the_audit() {
    for database in databases() {
        let data = tempfile::tempdir().expect("a folder");
        let office = office(&database, &data);
        let chosen = Chosen {
            period: Period::until_now(now(), 30),
            place: "陇西县".into(),
            channel: String::new(),
        };
        let by = actor(Role::Viewer, &[]);
        let figures = office.export_figures(&chosen, &by).expect("it is read");
        assert_eq!(as_json(&figures)["total"]["not_found"], 1);
        assert_eq!(as_json(&figures)["days"].as_array().map(Vec::len), Some(30));
        assert!(wording::admin::as_csv(&figures).contains("\r\n章节,加快交通建设,1,"));
        let rows = database
            .runtime
            .block_on(office.publisher().store().audit(&AuditFilter::default(), 1));
        let rows = rows.expect("it is read");
        assert_eq!(rows[0].entry.act, "export");
        assert!(
            rows[0].entry.after.ends_with(" 陇西县"),
            "{}",
            rows[0].entry.after
        );
    }
}

#[test]
fn owners_are_told_once_a_week_whatever_restarts() {
    for database in databases() {
        let data = tempfile::tempdir().expect("a folder");
        let first = office(&database, &data);
        // The next Monday at noon in China: 1970-01-05 was one.
        let week = 7 * DAY;
        let monday = (now() - 4 * DAY).div_euclid(week) * week + week + 4 * DAY + 4 * 3_600_000;
        assert_eq!(first.weekly(monday).expect("read"), None, "nobody listens");
        let mut heard = first.listen_to_alerts();
        let digest = first.weekly(monday).expect("it is read");
        let digest = digest.expect("it is due");
        assert_eq!(digest.figures.chosen.period.length(), 7);
        assert_eq!(digest.figures.total.counts.asked(), 2);
        assert_eq!((digest.open_topics, digest.open_tickets), (0, 0));
        assert_eq!(first.weekly(monday).expect("read"), None);
        first.tell_listeners(&wording::admin::digest(&digest));
        assert!(
            heard
                .try_recv()
                .expect("it is heard")
                .text
                .starts_with("上周小结")
        );
        assert_eq!(
            first.newest_alerts(i64::MAX / 2).expect("read"),
            [],
            "it is no alert"
        );
        drop(first);

        let again = office(&database, &data);
        let _heard = again.listen_to_alerts();
        assert_eq!(again.weekly(monday).expect("read"), None, "it was told");
        let next = again.weekly(monday + week).expect("read");
        assert!(next.is_some());
    }
}
