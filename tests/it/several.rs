//! Reports of several places and years in one corpus: which are meant, comparisons, what is kept on
//! disk.

use std::{fs, path::Path, sync::LazyLock};

use tempfile::TempDir;
use time::macros::date;
use wenzheng::{
    answer::{Answer, AnswerKind, Notice, Question, Status},
    assistant::{Assistant, Options},
    channels::{
        deployment::Deployment,
        plain, telegram,
        wechat::{OFFICIAL_ACCOUNT_BYTES, pages},
        wording::{self, source_line},
    },
    corpus::{
        Period,
        import::{self, import},
    },
};

/// Imports the real reports of the fixtures into `folder`, and puts the bundled one beside them.
fn fill(folder: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(root.join("tests/fixtures/reports")).expect("the fixtures") {
        let file = entry.expect("a fixture").path();
        let stem = file.file_stem().expect("a name").to_string_lossy();
        if stem == "README" {
            continue;
        }
        let unnamed = stem == "gansu-2020";
        let options = import::Options {
            place: unnamed.then(|| "甘肃省".into()),
            year: unnamed.then_some(2020),
            ..import::Options::default()
        };
        let bytes = fs::read(&file).expect("a fixture");
        let imported = import(&bytes, &options).expect("a fixture is a report");
        write(folder, &stem, &imported.text);
    }
    let bundled = fs::read_to_string(root.join("corpus/tongwei/2024-work-report.md"));
    write(
        folder,
        "tongwei-2024",
        &bundled.expect("the bundled report"),
    );
}

fn write(folder: &Path, name: &str, text: &str) {
    let own = folder.join(name);
    fs::create_dir_all(&own).expect("a folder");
    fs::write(own.join("report.md"), text).expect("written");
}

fn open(corpus: &Path, data: Option<&Path>) -> Assistant {
    Assistant::open(Options {
        corpus_dir: Some(corpus.to_owned()),
        data_dir: data.map(Path::to_owned),
        default_place: "通渭县".into(),
        ..Options::default()
    })
    .expect("imported reports can be served")
}

static CORPUS: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    fill(folder.path());
    folder
});
static ASSISTANT: LazyLock<Assistant> = LazyLock::new(|| open(CORPUS.path(), None));

fn quotes(answer: &Answer) -> Vec<String> {
    let citations = answer.citations.iter();
    citations.map(|citation| citation.quote.clone()).collect()
}

fn ask(question: &str) -> Answer {
    ASSISTANT
        .answer(&Question::new(question))
        .expect("a search")
}

/// Place and year of the report that the first quote is from.
fn cited(answer: &Answer) -> Option<(&str, i32)> {
    let citation = answer.citations.first()?;
    Some((citation.place.as_str(), citation.year?))
}

#[test]
fn place_and_year_choose_the_report() {
    for (question, place, year, says) in [
        ("定西2023年GDP增长多少", "定西市", 2023, "增长6.7%"),
        ("定西2022年城镇新增就业多少", "定西市", 2023, "就业"),
        ("甘肃今年GDP增长目标是多少", "甘肃省", 2024, "增长6%左右"),
        ("今年修几条高速", "通渭县", 2024, "4条高速"),
        ("武威市去年城镇新增就业多少人", "武威市", 2023, "1.8万人"),
    ] {
        let answer = ask(question);
        assert_eq!(cited(&answer), Some((place, year)), "{question}");
        assert!(answer.citations[0].quote.contains(says), "{question}");
    }
}

#[test]
fn a_follow_up_keeps_the_place_and_takes_a_new_one() {
    let asked = |text: &str| {
        let answer = ASSISTANT.answer(&Question {
            history: vec!["甘肃今年GDP增长目标是多少".into()],
            ..Question::new(text)
        });
        answer.expect("a search")
    };
    assert_eq!(cited(&asked("那去年呢")), Some(("甘肃省", 2024)));
    assert_eq!(asked("那去年呢").citations[0].period, Period::Done(2023));
    assert_eq!(cited(&asked("那定西呢")), Some(("定西市", 2023)));
}

#[test]
fn the_default_place_leads_and_a_line_offers_the_others() {
    let offered = |answer: &Answer| {
        let mut notices = answer.notices.iter();
        notices.any(|notice| matches!(notice, Notice::OthersLoaded { count: 6, .. }))
    };
    assert!(offered(&ask("今年修几条高速")));
    assert!(!offered(&ask("定西今年修几条高速")));
    assert!(!offered(&ask("三抓三促是什么意思")));
}

/// What else is loaded must not change what a resident of the default place reads.
#[test]
fn the_answer_is_the_same_as_with_one_report() {
    let alone = Assistant::open(Options::default()).expect("the bundled corpus");
    for question in [
        "今年修哪几条高速",
        "去年新增了多少个学位",
        "高血压买药报销提高了多少",
        "三抓三促是什么意思",
        "十件民生实事有哪些",
        "特困供养一个人一年给多少",
        "去年改造农网多少公里",
        "一中男生公寓楼今年建不建",
    ] {
        let (one, many) = (
            alone.answer(&Question::new(question)).expect("a search"),
            ask(question),
        );
        assert_eq!(one.status, many.status, "{question}");
        assert_eq!(quotes(&one)[0], quotes(&many)[0], "{question}");
    }
}

#[test]
fn a_place_without_a_report_is_named() {
    let answer = ask("兰州今年修地铁吗");
    assert_eq!(answer.status, Status::NotFound);
    let what = "兰州".to_owned();
    assert!(answer.notices.contains(&Notice::NotLoaded { what }));
}

#[test]
fn a_comparison_goes_through_the_years_with_a_citation_for_each_cell() {
    let answer = ask("甘肃2020到2024年GDP增长");
    assert_eq!(answer.kind, AnswerKind::Comparison);
    let columns: Vec<String> = answer.citations.iter().map(wording::column).collect();
    assert!(columns.len() >= 5, "{columns:?}");
    let order = |period: Period| match period {
        Period::Planned(year) => (year, 0),
        Period::Done(year) => (year, 1),
        other => panic!("{other:?} is no cell"),
    };
    let periods: Vec<_> = answer.citations.iter().map(|c| order(c.period)).collect();
    assert!(periods.is_sorted(), "{columns:?}");
    for citation in &answer.citations {
        let cell = citation.cell.of(&citation.quote);
        assert!(citation.passage.contains(&citation.quote));
        assert!(cell.contains("生产总值"), "{cell}");
    }
}

#[test]
fn a_goal_is_held_against_its_result_and_places_against_each_other() {
    let columns = |question: &str| -> Vec<String> {
        let answer = ask(question);
        assert_eq!(answer.kind, AnswerKind::Comparison, "{question}");
        answer.citations.iter().map(wording::column).collect()
    };
    assert_eq!(
        columns("去年甘肃GDP目标完成了吗"),
        ["甘肃省2023年目标", "甘肃省2023年结果"]
    );
    assert_eq!(
        columns("武威和白银去年城镇新增就业多少"),
        ["武威市2022年结果", "白银市2020年结果"]
    );
}

#[test]
fn a_comparison_is_whole_on_every_channel() {
    let deployment = Deployment {
        texts: wenzheng::staff::OfficeTexts::with_hotline("12345"),
        ..Deployment::default()
    };
    for question in ["甘肃历年GDP增长目标", "甘肃2020到2024年GDP增长"] {
        let answer = ask(question);
        let everywhere = [
            pages(&answer, &deployment, OFFICIAL_ACCOUNT_BYTES).join("\n"),
            plain::render(&answer, &deployment),
            telegram::html(&answer, &deployment),
        ];
        for citation in &answer.citations {
            let cell = citation.cell.of(&citation.quote);
            let line = format!("{}：{cell}", wording::column(citation));
            for text in &everywhere {
                assert!(text.contains(&line), "{line} in {text}");
            }
            // Telegram has a limit, and says where the rest stands.
            for text in &everywhere[..2] {
                assert!(text.contains(&source_line(citation)), "{text}");
            }
        }
    }
}

#[test]
fn sources_lists_places_with_their_years() {
    let list = wording::sources(&ASSISTANT.snapshot(), date!(2026 - 11 - 30));
    assert!(
        list.starts_with("目前收录了 7 个地方的 13 份报告"),
        "{list}"
    );
    assert!(list.contains("定西市：2021、2022、2023 年"), "{list}");
}

#[test]
fn what_is_on_disk_serves_the_next_start_and_follows_the_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let (corpus, data) = (folder.path().join("corpus"), folder.path().join("data"));
    for name in ["dingxi-2023", "tongwei-2024"] {
        let text = fs::read_to_string(CORPUS.path().join(name).join("report.md"));
        write(&corpus, name, &text.expect("a report"));
    }
    let question = Question::new("定西2023年GDP增长多少");
    let first = open(&corpus, Some(&data));
    let (version, answer) = (
        first.snapshot().library().version().to_owned(),
        first.answer(&question).expect("a search"),
    );
    drop(first);

    let again = open(&corpus, Some(&data));
    assert_eq!(again.snapshot().library().version(), version);
    assert_eq!(again.answer(&question).expect("a search"), answer);

    let gansu = fs::read_to_string(CORPUS.path().join("gansu-2024/report.md"));
    write(&corpus, "gansu-2024", &gansu.expect("a report"));
    let reloaded = again.reload().expect("a good report more");
    assert_eq!((reloaded.documents, reloaded.removed), (3, 0));
    let gansu = Question::new("甘肃今年GDP增长目标是多少");
    assert_eq!(
        cited(&again.answer(&gansu).expect("a search")),
        Some(("甘肃省", 2024))
    );
    assert_eq!(
        quotes(&again.answer(&question).expect("a search")),
        quotes(&answer)
    );

    fs::remove_dir_all(corpus.join("gansu-2024")).expect("our own folder");
    again.reload().expect("the others are good");
    assert_ne!(
        cited(&again.answer(&gansu).expect("a search")),
        Some(("甘肃省", 2024))
    );
}

#[test]
fn what_is_damaged_on_disk_is_made_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let (corpus, data) = (folder.path().join("corpus"), folder.path().join("data"));
    let text = fs::read_to_string(CORPUS.path().join("tongwei-2024/report.md"));
    write(&corpus, "tongwei-2024", &text.expect("a report"));
    let question = Question::new("今年修几条高速");
    let answer = open(&corpus, Some(&data))
        .answer(&question)
        .expect("a search");
    damage(&data.join("index"));
    assert_eq!(
        open(&corpus, Some(&data))
            .answer(&question)
            .expect("a search"),
        answer
    );
    // And where nothing can be kept at all.
    let nowhere = Path::new("/dev/null/data");
    assert_eq!(
        open(&corpus, Some(nowhere))
            .answer(&question)
            .expect("a search"),
        answer
    );
}

/// Cuts every file below `folder` in half.
fn damage(folder: &Path) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            damage(&path);
        } else {
            let bytes = fs::read(&path).expect("a file");
            fs::write(&path, &bytes[..bytes.len() / 2]).expect("written");
        }
    }
}
