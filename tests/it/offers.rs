//! Questions that are offered to go on with: each is answered, by what it was made of.

use std::{fs, path::Path};

use wenzheng::{
    answer::{Answer, Offer, Question, Status},
    assistant::{Assistant, Options},
    corpus::import::{self, import},
};

/// Every question offered is answered without a denial, and by the passage it was made from or one
/// of the same heading; how many there are.
fn all_answered(assistant: &Assistant) -> usize {
    let snapshot = assistant.snapshot();
    let mut count = 0;
    for document in snapshot.library().documents() {
        let offers = snapshot.offers_of(&document.id).expect("a search");
        count += offers.len();
        for Offer {
            question, passage, ..
        } in offers
        {
            let answer = assistant
                .answer(&Question::new(question.as_str()))
                .expect("a search");
            assert_eq!(answer.status, Status::Answered, "{question}");
            assert_eq!(answer.missing, None, "{question}");
            related_show_another_card(assistant, &answer);
            let (_, made_from) = snapshot
                .passage(&passage)
                .expect("in memory")
                .expect("served");
            let first = &answer.citations[0];
            let same = first.passage_id == passage
                || made_from
                    .path
                    .last()
                    .is_some_and(|heading| first.path.contains(heading));
            assert!(same, "{question}: {}", first.quote);
        }
    }
    count
}

/// Every related question after `answer` is answered without a denial, by a card that it has not shown.
fn related_show_another_card(assistant: &Assistant, answer: &Answer) {
    assert!(answer.suggestions.len() <= 2, "{}", answer.question);
    for related in &answer.suggestions {
        let question = &answer.question;
        assert_ne!(related, question);
        let reply = assistant
            .answer(&Question::new(related.as_str()))
            .expect("a search");
        assert_eq!(reply.status, Status::Answered, "{question} {related}");
        let first = &reply.citations[0];
        let shown = answer.citations.iter();
        let mut same = shown.filter(|shown| shown.passage_id == first.passage_id);
        assert!(
            !same.any(|shown| shown.quote == first.quote),
            "{question} {related}: {}",
            first.quote
        );
    }
}

#[test]
fn every_question_made_of_the_bundled_report_is_answered_by_it() {
    let assistant = Assistant::open(Options::default()).expect("the bundled corpus is valid");
    let count = all_answered(&assistant);
    assert!(count >= 80, "{count} questions");
}

#[test]
fn every_question_made_of_another_report_is_answered_by_it() {
    for (name, text) in reports() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("report.md"), text).expect("written");
        let count = all_answered(&open(folder.path(), ""));
        assert!(count >= 5, "{name}: {count} questions");
    }
}

#[test]
fn among_several_reports_a_question_names_the_place_that_does_not_lead() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in reports() {
        fs::create_dir(folder.path().join(&name)).expect("a folder");
        fs::write(folder.path().join(name).join("report.md"), text).expect("written");
    }
    let assistant = open(folder.path(), "定西市");
    assert!(all_answered(&assistant) >= 50);
}

fn open(corpus: &Path, place: &str) -> Assistant {
    let assistant = Assistant::open(Options {
        corpus_dir: Some(corpus.to_owned()),
        default_place: place.to_owned(),
        ..Options::default()
    });
    assistant.expect("the fixtures are reports")
}

/// Name and text of the real reports of the fixtures.
fn reports() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reports");
    let files = fs::read_dir(folder).expect("the fixtures");
    let paths = files.map(|file| file.expect("a fixture").path());
    let stem = |path: &Path| {
        path.file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
    };
    let named = paths.filter_map(|path| Some((stem(&path)?, path)));
    named
        .filter(|(name, _)| name != "README")
        .map(|(name, path)| {
            let unnamed = name == "gansu-2020";
            let options = import::Options {
                place: unnamed.then(|| "甘肃省".into()),
                year: unnamed.then_some(2020),
                ..import::Options::default()
            };
            let bytes = fs::read(path).expect("a fixture");
            let imported = import(&bytes, &options).expect("a fixture is a report");
            (name, imported.text)
        })
        .collect()
}
