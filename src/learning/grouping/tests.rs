//! Which questions come together, by words alone.

use std::{
    sync::LazyLock,
    time::{Duration, Instant},
};

use super::*;
use crate::{
    assistant::{Edition, Snapshot},
    corpus::{Library, load_texts},
    semantic::Vector,
};

/// A report of 石门县.
static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(|| {
    const REPORT: &str = "---\ntitle: 石门县报告\nplace: 石门县\nyear: 2024\n---\n\
        ## 2023年工作回顾\n\n种植马铃薯20万亩。新建口袋公园3个。\n\n\
        ## 2024年重点工作\n\n新建敬老院3所。硬化村道15公里。\n";
    let loaded = load_texts(&[("a.md", REPORT)]).expect("it is a report");
    Snapshot::build(Edition::of(Library::new(loaded.corpus))).expect("it is indexed")
});

fn features(text: &str) -> Features {
    Features::lacking(&SNAPSHOT, text, None)
}

fn lacking(text: &str, missing: &str) -> Features {
    Features::lacking(&SNAPSHOT, text, Some(missing))
}

/// The groups of these questions, one after the other.
fn groups(grouper: &mut Grouper, questions: &[&str]) -> Vec<u32> {
    let ids = questions.iter().map(|text| grouper.assign(&features(text)));
    ids.map(|id| id.expect("there is room").0).collect()
}

#[test]
fn questions_about_the_same_come_together_and_others_do_not() {
    let mut grouper = Grouper::default();
    let asked = [
        "医保报销比例是多少",
        "口袋公园建了几个",
        "城乡居民的医保报销比例",
        "新建口袋公园几个",
        "敬老院盖几所",
    ];
    assert_eq!(groups(&mut grouper, &asked), [0, 1, 0, 1, 2]);
}

#[test]
fn an_everyday_word_is_the_official_one() {
    let mut grouper = Grouper::default();
    let asked = ["洋芋怎么卖", "马铃薯怎么卖"];
    assert_eq!(groups(&mut grouper, &asked), [0, 0]);
}

#[test]
fn place_courtesy_particles_script_and_width_do_not_matter() {
    let mut grouper = Grouper::default();
    let asked = [
        "口袋公园建了几个",
        "请问石门县口袋公园建了几个呢？",
        "口袋公園建了幾個",
        "口袋公园，建了几个！",
    ];
    assert_eq!(groups(&mut grouper, &asked), [0, 0, 0, 0]);
}

#[test]
fn a_question_stays_where_it_was_though_a_group_came_that_is_more_like_it() {
    let mut grouper = Grouper::default();
    let first = features("公园");
    let group = grouper.assign(&first);
    groups(&mut grouper, &["口袋公园建了几个", "敬老院盖几所"]);
    assert_eq!(grouper.known(first.key()), group);
    assert_eq!(grouper.assign(&features("公园？")), group);
}

#[test]
fn a_group_is_called_by_what_most_of_its_questions_lack() {
    let mut grouper = Grouper::default();
    let first = grouper.assign(&features("医保报销比例多少"));
    let label = |grouper: &Grouper| grouper.label(first?).map(str::to_owned);
    assert_eq!(label(&grouper).as_deref(), Some("医保报销比例多少"));
    for (text, missing) in [
        ("医保报销比例是几成", "报销比例"),
        ("城乡医保报销比例", "医保报销比例"),
        ("医保的报销比例多少", "医保报销比例"),
    ] {
        assert_eq!(grouper.assign(&lacking(text, missing)), first, "{text}");
    }
    assert_eq!(label(&grouper).as_deref(), Some("医保报销比例"));
}

#[test]
fn what_is_kept_gives_the_same_groups_again() {
    let mut grouper = Grouper::default();
    groups(&mut grouper, &["口袋公园建了几个", "敬老院盖几所"]);
    let lacks = grouper.assign(&lacking("医保报销比例", "医保报销比例"));
    let json = serde_json::to_string(&grouper.kept()).expect("plain values");
    let kept: KeptGrouper = serde_json::from_str(&json).expect("what was written");
    let features_of = |question: &KeptQuestion| {
        Features::lacking(&SNAPSHOT, &question.text, question.missing.as_deref())
    };
    let mut again = Grouper::restore(kept, features_of);
    assert_eq!(again.kept(), grouper.kept());
    let asked = ["新建口袋公园几个", "医保报销比例多少", "村道硬化"];
    assert_eq!(groups(&mut again, &asked), groups(&mut grouper, &asked));
    assert_eq!(
        again.label(lacks.expect("there is room")),
        Some("医保报销比例")
    );
}

#[test]
fn a_group_that_is_forgotten_comes_again_by_another_id() {
    let mut grouper = Grouper::default();
    let asked = ["口袋公园建了几个", "敬老院盖几所"];
    assert_eq!(groups(&mut grouper, &asked), [0, 1]);
    grouper.retain(|id| id != GroupId(0));
    assert_eq!(groups(&mut grouper, &asked), [2, 1]);
    assert_eq!(grouper.ids().collect::<Vec<_>>(), [GroupId(1), GroupId(2)]);
}

#[test]
fn among_two_thousand_groups_a_question_is_assigned_in_a_few_milliseconds() {
    const GROUPS: usize = 2_000;
    // Every question is of a matter of its own, and near to some by its words.
    let matter = |n: usize| {
        let character =
            |n: usize| char::from_u32(0x4e00 + u32::try_from(n).expect("a small number"));
        let characters = [n / 40, 200 + n % 40, 400 + n];
        let characters = characters.map(|n| character(n).expect("a Han character"));
        characters.into_iter().collect::<String>()
    };
    let direction = |n: usize| {
        let number = |k: usize| {
            let mixed = ((n * 384 + k) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            (mixed >> 40) as f32 - 8_388_608.0
        };
        Vector::unit((0..384).map(number).collect())
    };
    let question = |n: usize, courtesy: &str| {
        let mut asked = features(&format!("{courtesy}{}多少钱", matter(n)));
        asked.vector = Some(direction(n));
        asked
    };
    let mut grouper = Grouper::default();
    for n in 0..GROUPS {
        grouper.assign(&question(n, ""));
    }
    let groups = grouper.ids().count();
    assert!(groups > GROUPS * 9 / 10, "{groups}");
    let mut took: Vec<Duration> = (0..100)
        .map(|n| {
            let asked = question(n * 20, "听说");
            let start = Instant::now();
            grouper.assign(&asked);
            start.elapsed()
        })
        .collect();
    took.sort_unstable();
    // The machine may do other things meanwhile.
    assert!(took[0] < Duration::from_millis(10), "{took:?}");
}
