//! Which words of a passage are quoted.

use super::*;
use crate::{
    corpus::PassageAt,
    retrieval::Features,
    town::{Quotes as _, Report, Town},
};

/// A report whose review is these paragraphs.
fn report(paragraphs: &[&str]) -> Town {
    let report = Report::new("石门县", 2024);
    let add = |report: Report, paragraph: &&str| report.done(paragraph);
    Town::of(&[paragraphs.iter().fold(report, add)])
}

/// A hit that rests on sentence `sentence` of the passage at `at`.
fn hit(at: PassageAt, sentence: usize, period: Period) -> Hit {
    Hit {
        at,
        score: 1.0,
        sentence,
        period,
        features: Features::default(),
        matched: Vec::new(),
    }
}

/// What is quoted of a paragraph of the review when `question` rests on its sentence number
/// `sentence`.
fn quoted(paragraph: &str, sentence: usize, question: &str, beside: bool) -> String {
    let town = report(&[paragraph]);
    let hit = hit(town.at(paragraph), sentence, Period::Done(2023));
    let library = town.retriever.library();
    let cited = cite(library, &hit, &town.query(question), beside);
    cited.expect("in memory").quote
}

#[test]
fn one_sentence_is_quoted() {
    let text = "新建村道12公里。改造水管8公里。";
    assert_eq!(quoted(text, 0, "村道多少公里", false), "新建村道12公里。");
    assert_eq!(quoted(text, 1, "水管多少公里", false), "改造水管8公里。");
}

#[test]
fn a_neighbour_is_quoted_as_well_when_it_holds_two_pairs_more() {
    let question = "敬老院食堂床位";
    let more = "新建敬老院3所。建成食堂，添置床位200张。";
    assert_eq!(quoted(more, 0, question, false), more);
    let less = "新建敬老院3所。建成了小食堂。";
    assert_eq!(quoted(less, 0, "敬老院食堂", false), "新建敬老院3所。");
}

#[test]
fn the_sentence_before_is_a_neighbour_too() {
    let text = "建成食堂，添置床位200张。新建敬老院3所。";
    assert_eq!(quoted(text, 1, "敬老院食堂床位", false), text);
}

#[test]
fn the_next_sentence_comes_before_the_one_before() {
    let text = "食堂床位齐全。新建敬老院3所。食堂床位200张。";
    assert_eq!(
        quoted(text, 1, "敬老院食堂床位", false),
        "新建敬老院3所。食堂床位200张。"
    );
}

#[test]
fn a_short_sentence_that_counts_off_a_point_announces_the_next() {
    let text = "三是发展支撑不够牢固。大项目好项目储备不足。";
    assert_eq!(quoted(text, 0, "发展支撑", false), text);
    // From 25 characters on it says something itself.
    let long = "三是发展支撑不够牢固而且各个方面的短板弱项还比较多。大项目储备不足。";
    assert_eq!(
        quoted(long, 0, "发展支撑", false),
        "三是发展支撑不够牢固而且各个方面的短板弱项还比较多。"
    );
    // It does not announce the one before.
    let last = "大项目好项目储备不足。三是发展支撑不够牢固。";
    assert_eq!(quoted(last, 1, "发展支撑", false), "三是发展支撑不够牢固。");
}

#[test]
fn a_neighbour_of_another_period_or_beyond_the_room_is_left_out() {
    let town = report(&["x"]);
    let passage = |first: Period, rest: usize| Passage {
        text: format!("敬老院3所。食堂床位{}。", "很".repeat(rest)),
        sentences: vec![
            crate::corpus::Sentence {
                span: Span::new(0, "敬老院3所。".len()),
                period: first,
            },
            crate::corpus::Sentence {
                span: Span::new(
                    "敬老院3所。".len(),
                    "敬老院3所。食堂床位。".len() + rest * "很".len(),
                ),
                period: Period::Done(2023),
            },
        ],
        heading: Span::new(0, 0),
        ..(*town.passages()[0]).clone()
    };
    let query = town.query("敬老院食堂床位");
    let at = town.at("x");
    let quoted = |passage: &Passage| {
        let span = window(passage, &hit(at, 0, Period::Done(2023)), &query);
        span.of(&passage.text).chars().count()
    };
    assert_eq!(quoted(&passage(Period::Done(2023), 10)), 6 + 15);
    assert_eq!(quoted(&passage(Period::Done(2022), 10)), 6);
    assert_eq!(
        quoted(&passage(Period::Done(2023), QUOTE_CHARS - 11)),
        QUOTE_CHARS
    );
    assert_eq!(quoted(&passage(Period::Done(2023), QUOTE_CHARS - 10)), 6);
}

#[test]
fn a_heading_is_no_neighbour() {
    let town = report(&["**抓好敬老院食堂床位。**新建敬老院3所。"]);
    let at = town.at("新建敬老院");
    let passage = &town.passages()[at.passage];
    assert!(passage.heading.end > 0);
    let span = window(
        passage,
        &hit(at, 1, passage.period),
        &town.query("敬老院食堂床位"),
    );
    assert_eq!(span.of(&passage.text), "新建敬老院3所。");
}

#[test]
fn a_long_sentence_is_cut_at_its_clauses_around_what_matters() {
    let filler = "其他各项工作都有序推进；".repeat(12);
    let text = format!("{filler}新建村道12公里；{filler}完成。");
    assert!(text.chars().count() > LONG_SENTENCE);
    let quote = quoted(&text, 0, "村道多少公里", false);
    assert!(quote.starts_with("新建村道12公里"), "{quote}");
    assert!(quote.chars().count() <= QUOTE_CHARS, "{quote}");
    assert!(quote.chars().count() > QUOTE_CHARS - 20, "{quote}");
}

#[test]
fn beside_the_answer_a_quote_is_cut_beyond_ninety_characters() {
    let text = |n: usize| format!("新建村道12公里；{}。", "其他；".repeat(n));
    let fits = text((BESIDE_CHARS - 10) / 3);
    assert!(fits.chars().count() <= BESIDE_CHARS);
    assert_eq!(quoted(&fits, 0, "村道多少公里", true), fits);
    let longer = text(BESIDE_CHARS / 3);
    assert!(longer.chars().count() > BESIDE_CHARS);
    let quote = quoted(&longer, 0, "村道多少公里", true);
    assert!(quote.len() < longer.len() && quote.chars().count() <= BESIDE_CHARS);
    assert_eq!(quoted(&longer, 0, "村道多少公里", false), longer);
}

/// The piece of `text` that is left when the clauses holding one of `words` matter.
fn clipped(text: &str, room: (usize, usize), words: &[&str]) -> String {
    let matters = |clause: Span| words.iter().any(|word| clause.of(text).contains(word));
    clip(text, Span::new(0, text.len()), room, &matters)
        .of(text)
        .to_owned()
}

#[test]
fn what_has_room_stays_whole() {
    let text = "甲一，乙二，丙三。";
    assert_eq!(clipped(text, (9, 4), &["乙"]), text);
    assert_ne!(clipped(text, (8, 4), &["乙"]), text);
}

#[test]
fn a_cut_goes_from_the_first_clause_that_matters_as_far_as_there_is_room() {
    let text = "甲一，乙二，丙三，丁四。";
    assert_eq!(clipped(text, (1, 6), &["乙", "丙"]), "乙二，丙三，");
    assert_eq!(clipped(text, (1, 5), &["乙", "丙"]), "乙二，");
    // What follows is taken along while there is room.
    assert_eq!(clipped(text, (1, 9), &["乙"]), "乙二，丙三，丁四。");
}

#[test]
fn what_holds_nothing_that_matters_stays_whole() {
    let text = "甲一，乙二，丙三。";
    assert_eq!(clipped(text, (1, 4), &["戊"]), text);
}

#[test]
fn blanks_at_both_ends_are_no_part_of_a_quote() {
    let text = " 甲一 ";
    assert_eq!(trim(text, Span::new(0, text.len())), Span::new(1, 7));
}

/// The cell of a comparison that a sentence of the review fills for `question`, and how much of
/// the question it holds.
fn filled(sentence: &str, question: &str) -> (String, usize) {
    let town = report(&[sentence]);
    let hit = hit(town.at(sentence), 0, Period::Done(2023));
    let found = cell(town.retriever.library(), &hit, &town.query(question), false);
    let (citation, matched) = found.expect("in memory").expect("a cell");
    (citation.cell.of(&citation.quote).to_owned(), matched)
}

#[test]
fn a_cell_is_the_clause_that_holds_most_of_the_question() {
    let (cell, matched) = filled(
        "改造水管8公里；新建村道12公里；绿化荒山。",
        "新建村道多少公里",
    );
    assert_eq!(cell, "新建村道12公里");
    assert!(matched >= 3, "新建, 建村, 村道: {matched}");
}

#[test]
fn of_clauses_that_hold_as_much_the_one_with_the_fact_is_the_cell_then_the_first() {
    let (cell, _) = filled("村道建设提速；村道延长12公里。", "村道多少公里");
    assert_eq!(cell, "村道延长12公里");
    let (cell, _) = filled("村道3公里；村道12公里。", "村道多少公里");
    assert_eq!(cell, "村道3公里");
}

#[test]
fn what_introduces_a_list_is_no_part_of_the_cell() {
    let (cell, _) = filled(
        "预期目标是：村道新建12公里；水管改造8公里。",
        "村道新建多少公里",
    );
    assert_eq!(cell, "村道新建12公里");
    // Unless it is what was asked about.
    let (cell, _) = filled("村道目标：新建12公里。", "村道目标多少公里");
    assert_eq!(cell, "村道目标：新建12公里");
}

#[test]
fn an_official_word_counts_like_a_pair_of_the_question() {
    assert_eq!(filled("新增学位200个。", "娃没学上").1, 1);
    // A word of less weight means something else.
    assert_eq!(filled("社会救助200人。", "单亲").1, 0);
}

#[test]
fn an_entry_is_quoted_whole_and_a_part_of_it_when_only_that_is_asked_for() {
    let town = Town::of(&[Report::new("石门县", 2024).done("修路。").term(
        "“一总六分”项目清单",
        "“一总”即全县项目总清单；“六分”即六个行业的分清单。",
    )]);
    let whole = town.part("一总六分是什么意思");
    assert_eq!(
        whole.quotes(),
        ["“一总六分”项目清单：“一总”即全县项目总清单；“六分”即六个行业的分清单。"]
    );
    assert_eq!(whole.citations[0].period, Period::Undated);
    let part = town.part("六分是什么意思");
    assert_eq!(part.quotes(), ["“六分”即六个行业的分清单。"]);
}

#[test]
fn the_sentence_that_uses_a_name_is_cited_and_the_first_when_none_does() {
    let town = report(&["开局良好。深入实施“七大提升”工程。成效明显。"]);
    let at = town.at("七大提升");
    let library = town.retriever.library();
    let (document, passage) = library.cited(at).expect("in memory");
    let uses = |name: &str| cite_use(document, &passage, name, 0.5, &town.query(name));
    let cited = uses("七大提升工程");
    assert_eq!(cited.quote, "深入实施“七大提升”工程。");
    assert_eq!((cited.period, cited.score), (Period::Done(2023), 0.5));
    assert_eq!(uses("五好村").quote, "开局良好。");
}

#[test]
fn a_citation_says_where_it_stands() {
    let town = report(&["新建村道12公里。"]);
    let citation = town.part("去年村道多少公里").citations.remove(0);
    assert_eq!(citation.document_title, "2024年石门县政府工作报告");
    assert_eq!(citation.path, ["2023年工作回顾"]);
    assert_eq!(
        (citation.place.as_str(), citation.year),
        ("石门县", Some(2024))
    );
    assert_eq!(citation.period, Period::Done(2023));
    assert_eq!(citation.passage, "新建村道12公里。");
    let marked: Vec<&str> = citation
        .highlights
        .iter()
        .map(|span| span.of(&citation.quote))
        .collect();
    assert!(marked.concat().contains("村道"), "{marked:?}");
}

#[test]
fn a_cell_of_figures_holds_one_or_is_none() {
    let told = |sentence: &str| {
        let town = report(&[sentence]);
        let hit = hit(town.at(sentence), 0, Period::Done(2023));
        let question = town.query("新建村道完成情况");
        let found = cell(town.retriever.library(), &hit, &question, true).expect("in memory");
        found.map(|(citation, _)| citation.cell.of(&citation.quote).to_owned())
    };
    let both = "深入推进新建村道建设，全年新建村道12公里。";
    assert_eq!(told(both).as_deref(), Some("全年新建村道12公里"));
    assert_eq!(told("深入推进新建村道建设，绿化荒山。"), None);
    assert_eq!(
        told("推进新建村道建设，绿化荒山300亩。"),
        None,
        "of other things"
    );
}
