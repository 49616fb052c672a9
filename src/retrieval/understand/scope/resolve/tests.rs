//! Which documents are asked.

use super::*;
use crate::{
    corpus::{Library, Period, load_texts},
    retrieval::understand::lexicon::Intents,
};

/// 通渭县 2024; 定西市 2022 and 2023; 甘肃省 2024; 甘南藏族自治州 2021; 和平区 2024.
fn library() -> Library {
    let report = |path: &str, place: &str, year: i32| {
        let text = format!(
            "---\ntitle: {place}政府工作报告\nplace: {place}\nyear: {year}\nreview_year: {}\n\
             issuer: {place}人民政府\n---\n\n## {}年工作回顾\n\n修路150公里。\n\n## {year}年重点工作\n\n再修20公里。\n",
            year - 1,
            year - 1,
        );
        (format!("{path}.md"), text)
    };
    let texts = [
        report("a", "通渭县", 2024),
        report("b", "定西市", 2022),
        report("c", "定西市", 2023),
        report("d", "甘肃省", 2024),
        report("e", "甘南藏族自治州", 2021),
        report("f", "和平区", 2024),
    ];
    let texts: Vec<(&str, &str)> = texts
        .iter()
        .map(|(p, t)| (p.as_str(), t.as_str()))
        .collect();
    Library::new(load_texts(&texts).expect("the texts are reports").corpus)
}

struct Loaded {
    library: Library,
    catalog: Catalog,
    segmenter: Segmenter,
}

impl Loaded {
    fn new() -> Self {
        let library = library();
        let catalog = Catalog::new(library.documents(), "通渭县");
        let words: Vec<String> = catalog.words().map(str::to_owned).collect();
        Self {
            segmenter: Segmenter::with_words(words.iter().map(String::as_str)),
            library,
            catalog,
        }
    }

    fn scope(&self, question: &str) -> Scope {
        self.catalog
            .scope(&fold(question), &Intents::default(), &self.segmenter, None)
    }

    /// 定西市2023
    fn asked(&self, question: &str) -> Vec<String> {
        let scope = self.scope(question);
        let documents = self.library.documents();
        let meta = scope.documents.iter().map(|n| &documents[*n].meta);
        meta.map(|meta| format!("{}{}", meta.place, meta.year.unwrap_or_default()))
            .collect()
    }

    /// 定西市 done 2022
    fn compared(&self, question: &str) -> Vec<String> {
        let scope = self.scope(question);
        let shown = scope.compared.iter().map(|cell| {
            let place = &self.library.documents()[cell.documents[0]].meta.place;
            match cell.period {
                Period::Done(year) => format!("{place} done {year}"),
                Period::Planned(year) => format!("{place} plan {year}"),
                other => format!("{place} {other:?}"),
            }
        });
        shown.collect()
    }
}

#[test]
fn the_default_place_leads_until_another_is_named() {
    let loaded = Loaded::new();
    assert_eq!(loaded.asked("今年修多少路"), ["通渭县2024"]);
    assert_eq!(loaded.asked("定西今年修多少路"), ["定西市2023"]);
    assert_eq!(loaded.asked("定西市修路"), ["定西市2023"]);
    assert_eq!(loaded.asked("甘南州旅游"), ["甘南藏族自治州2021"]);
    assert_eq!(loaded.asked("甘南的旅游"), ["甘南藏族自治州2021"]);
    assert_eq!(loaded.asked("全省粮食产量多少"), ["甘肃省2024"]);
}

#[test]
fn a_name_on_the_way_or_inside_a_word_names_no_place() {
    let loaded = Loaded::new();
    assert_eq!(loaded.asked("到定西的高速通了没"), ["通渭县2024"]);
    assert_eq!(loaded.asked("通渭到定西的路修好没"), ["通渭县2024"]);
    assert_eq!(loaded.asked("全省第一的是啥"), ["甘肃省2024"]);
    assert_eq!(loaded.asked("荣誉有哪些是全省第一"), ["通渭县2024"]);
    assert_eq!(loaded.asked("维护和平稳定"), ["通渭县2024"]);
    assert_eq!(loaded.asked("和平区修路"), ["和平区2024"]);
}

#[test]
fn a_year_chooses_the_report_that_tells_its_result_or_its_plan() {
    let loaded = Loaded::new();
    assert_eq!(loaded.asked("定西2021年修了多少路"), ["定西市2022"]);
    assert_eq!(loaded.asked("定西2022年修了多少路"), ["定西市2023"]);
    assert_eq!(loaded.asked("定西2022年计划修多少路"), ["定西市2022"]);
    assert_eq!(loaded.asked("定西22年计划修多少路"), ["定西市2022"]);
    assert_eq!(loaded.asked("定西10年来修路"), ["定西市2023"]);
    let past = loaded.scope("定西去年修了多少路");
    assert_eq!((past.base.review, past.base.plan), (2022, 2023));
}

#[test]
fn years_and_places_are_set_side_by_side() {
    let loaded = Loaded::new();
    assert_eq!(
        loaded.compared("定西历年修路"),
        [
            "定西市 done 2021",
            "定西市 plan 2022",
            "定西市 done 2022",
            "定西市 plan 2023"
        ]
    );
    assert_eq!(
        loaded.compared("定西2022年修路目标完成了吗"),
        ["定西市 plan 2022", "定西市 done 2022"]
    );
    assert_eq!(
        loaded.compared("定西和甘肃去年修了多少路"),
        ["定西市 done 2022", "甘肃省 done 2023"]
    );
    assert_eq!(loaded.compared("去年修了多少路"), [""; 0]);
    assert_eq!(
        loaded.compared("去年修了多少路，今年修多少"),
        ["通渭县 done 2023", "通渭县 plan 2024"],
        "within the only report"
    );
    assert_eq!(
        loaded.compared("修路的完成情况和目标"),
        ["通渭县 done 2023", "通渭县 plan 2024"]
    );
}

#[test]
fn a_follow_up_keeps_the_place() {
    let loaded = Loaded::new();
    let earlier = loaded.scope("定西今年修多少路");
    let next = loaded.catalog.scope(
        "去年呢",
        &Intents::default(),
        &loaded.segmenter,
        Some(&earlier),
    );
    assert_eq!(next.documents, earlier.documents);
    assert_eq!(next.base.review, 2022);
}

#[test]
fn one_report_alone_is_always_meant() {
    let library = library();
    let catalog = Catalog::new(&library.documents()[..1], "");
    assert!(!catalog.has_others());
    let scope = catalog.scope(
        "定西去年修路",
        &Intents::default(),
        &Segmenter::with_words([]),
        None,
    );
    assert!(scope.documents.is_empty() && !scope.place_named);
}

/// 通渭县 2024, its bulletin of 2022 and a regulation without a year; a rule without a place.
fn with_documents(default: &str) -> (Library, Catalog) {
    let report = "---\ntitle: 通渭县政府工作报告\nplace: 通渭县\nyear: 2024\n---\n\n## 2024年重点工作\n\n修路20公里。\n";
    let other =
        |front: &str| format!("---\ntitle: 文件\nkind: document\n{front}---\n\n修路100公里。\n");
    let texts = [
        ("a.md", report.to_owned()),
        ("b.md", other("place: 通渭县\nyear: 2022\n")),
        ("c.md", other("place: 通渭县\n")),
        ("d.md", other("")),
        ("e.md", report.replace("通渭县", "定西市")),
    ];
    let texts: Vec<(&str, &str)> = texts.iter().map(|(p, t)| (*p, t.as_str())).collect();
    let library = Library::new(load_texts(&texts).expect("the texts are documents").corpus);
    let catalog = Catalog::new(library.documents(), default);
    (library, catalog)
}

#[test]
fn documents_without_a_year_are_always_meant_and_those_with_one_when_no_other_is_named() {
    let (library, catalog) = with_documents("通渭县");
    let segmenter = Segmenter::with_words(catalog.words());
    let asked = |question: &str| -> String {
        let scope = catalog.scope(&fold(question), &Intents::default(), &segmenter, None);
        let ids = scope.documents.iter();
        ids.map(|at| library.documents()[*at].id.0.as_str())
            .collect()
    };
    for (question, documents) in [
        ("修路多少公里", "abcd"),
        ("今年修路多少公里", "acd"),
        ("2022年修路多少公里", "abcd"),
        ("定西市修路多少公里", "e"),
    ] {
        assert_eq!(asked(question), documents, "{question}");
    }
}

#[test]
fn documents_without_a_place_are_meant_when_no_place_leads() {
    let (library, catalog) = with_documents("");
    let segmenter = Segmenter::with_words(catalog.words());
    let scope =
        |question: &str| catalog.scope(&fold(question), &Intents::default(), &segmenter, None);
    let placeless = library.documents().iter().position(|d| d.id.0 == "d");
    let placeless = placeless.expect("it is loaded");
    assert!(scope("修路多少公里").holds(placeless));
    assert!(!scope("定西市修路多少公里").holds(placeless));
}

#[test]
fn a_place_has_one_entry_for_its_long_and_its_short_name() {
    let report = |place: &str, year: i32| {
        format!(
            "---\ntitle: 报告\nplace: {place}\nyear: {year}\n---\n\n## {year}年重点工作\n\n修路。\n"
        )
    };
    let texts = [
        ("a.md", report("甘南藏族自治州", 2023)),
        ("b.md", report("甘南州", 2024)),
        ("c.md", report("吉林省", 2024)),
        ("d.md", report("吉林市", 2024)),
    ];
    let texts: Vec<(&str, &str)> = texts.iter().map(|(p, t)| (*p, t.as_str())).collect();
    let library = Library::new(load_texts(&texts).expect("the texts are reports").corpus);
    let catalog = Catalog::new(library.documents(), "甘南州");
    let mut names: Vec<&str> = catalog
        .places
        .iter()
        .map(|place| place.name.as_str())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["吉林市", "吉林省", "甘南藏族自治州"]);
    assert_eq!(catalog.default_place(), Some("甘南藏族自治州"));
    assert!(catalog.leads(0) && catalog.leads(1) && !catalog.leads(2));
}

#[test]
fn a_place_is_known_by_its_long_name_where_the_corpus_has_the_short_one() {
    let report = |place: &str| {
        format!(
            "---\ntitle: 报告\nplace: {place}\nyear: 2024\n---\n\n## 2024年重点工作\n\n修路。\n"
        )
    };
    let texts = [("a.md", report("黔东南州")), ("b.md", report("通渭县"))];
    let texts: Vec<(&str, &str)> = texts.iter().map(|(p, t)| (*p, t.as_str())).collect();
    let library = Library::new(load_texts(&texts).expect("the texts are reports").corpus);
    let catalog = Catalog::new(library.documents(), "通渭县");
    let segmenter = Segmenter::with_words(catalog.words());
    for question in [
        "黔东南苗族侗族自治州修路吗",
        "黔东南州修路吗",
        "黔东南修路吗",
    ] {
        let scope = catalog.scope(&fold(question), &Intents::default(), &segmenter, None);
        assert_eq!(scope.documents, [0], "{question}");
    }
}
