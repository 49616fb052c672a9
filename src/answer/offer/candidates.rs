//! Questions made of a passage by a few patterns; whether the report answers them is told by asking.

use crate::{
    corpus::{DocumentInfo, Passage, PassageId, PassageKind, Period},
    text::{
        Span,
        figures::{self, FigureKind},
        normalize,
    },
};

/// What an indicator does, before its figure: the longer ones first.
const LEVELS: [&str; 9] = [
    "稳定在",
    "保持在",
    "控制在",
    "达到",
    "突破",
    "增长",
    "提高到",
    "为",
    "达",
];
/// What was done or is planned, before what is counted.
const ACTS: [&str; 20] = [
    "新建和改造提升",
    "建成投用",
    "新建",
    "建成",
    "改造提升",
    "改造",
    "完成",
    "新增",
    "新培育",
    "培育",
    "培训",
    "发放",
    "引进",
    "硬化",
    "推广",
    "发展",
    "治理",
    "创建",
    "实施",
    "输转",
];
/// Verbs that a heading begins with: what follows is what it is about.
const BEGINS: [&str; 23] = [
    "积极推进",
    "坚决打好",
    "巩固拓展",
    "做大做强",
    "推进",
    "加快",
    "加强",
    "完善",
    "构建",
    "促进",
    "扩大",
    "提升",
    "办好",
    "深化",
    "强化",
    "营造",
    "规范",
    "建设",
    "维护",
    "扛牢",
    "优化",
    "发展",
    "壮大",
];
/// Words before an indicator that are none of its name.
const BEFORE: [&str; 12] = [
    "预计", "全年", "全县", "全市", "全省", "力争", "确保", "推动", "推进", "实现", "完成", "使",
];
/// Words after it that are none either: 财力总量首次突破.
const AFTER: [&str; 4] = ["首次", "已经", "已", "将"];
/// What stands in no name of a thing counted.
const NO_NAME: [&str; 8] = ["的", "了", "其中", "累计", "分别", "以上", "“", "等"];
/// Ends of clauses.
const ENDS: [char; 7] = ['，', '。', '；', '、', '：', '！', '！'];

/// A question that a passage may answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Ways to ask it, the shortest first; the later ones name the year.
    pub(super) forms: Vec<String>,
    /// What it is about, for completion.
    pub(super) topic: String,
    /// The passage it was made from.
    pub(super) passage: PassageId,
    /// The heading whose passages answer it as well.
    pub(super) heading: Option<String>,
    /// What the first quote has to hold; may be empty.
    pub(super) shown: String,
    /// True when the topic ends in what is measured: 面积 of 粮播面积.
    pub(super) measured: bool,
}

/// The questions of one passage of `document`, which is number `at` in it. Of a document that does not
/// lead (`elsewhere`) each names the place.
pub(super) fn of(
    document: &DocumentInfo,
    at: usize,
    passage: &Passage,
    elsewhere: bool,
) -> Vec<Candidate> {
    let mut made = match passage.kind {
        PassageKind::Entry => meaning(document, at, passage).into_iter().collect(),
        PassageKind::LivelihoodItem => {
            let mut made = figures_of(passage, "民生实事里");
            made.extend(list(document, passage));
            made
        }
        PassageKind::Paragraph => {
            let mut made = figures_of(passage, "");
            made.extend(heading(passage));
            made
        }
    };
    if elsewhere {
        for form in made.iter_mut().flat_map(|made| &mut made.forms) {
            form.insert_str(0, &document.meta.place);
        }
    }
    made
}

/// “三抓三促”是什么意思？
fn meaning(document: &DocumentInfo, at: usize, passage: &Passage) -> Option<Candidate> {
    let term = document.terms.iter().find(|term| term.passage == at)?;
    let name = normalize::strip_quotes(&term.name);
    Some(Candidate {
        forms: vec![format!("“{name}”是什么意思？")],
        topic: name,
        passage: passage.id.clone(),
        heading: None,
        shown: String::new(),
        measured: false,
    })
}

/// 2024年的民生实事有哪些？ of the first item.
fn list(document: &DocumentInfo, passage: &Passage) -> Option<Candidate> {
    let first = passage.text.starts_with("一是") || passage.text.starts_with("1.");
    let year = document.meta.year.filter(|_| first)?;
    Some(Candidate {
        forms: vec![format!("{year}年的民生实事有哪些？")],
        topic: "民生实事".to_owned(),
        passage: passage.id.clone(),
        heading: None,
        shown: String::new(),
        measured: false,
    })
}

/// What the lead sentence of a paragraph is about: 健康通渭建设方面有哪些安排？
fn heading(passage: &Passage) -> Option<Candidate> {
    if passage.heading.is_empty() {
        return None;
    }
    let heading = passage.path.last()?;
    let bare = heading.rsplit(['、', '，']).next()?;
    let topic = match bare.split_once('在') {
        // 乡村振兴在成果巩固中全面推进
        Some((topic, rest)) if rest.contains('中') && !topic.is_empty() => topic,
        // 在增进民生福祉上加力提效
        Some(("", rest)) => rest.split_once('上')?.0,
        // 过去一年，我们逆势而进稳增长，经济大盘稳健向好
        _ if heading.contains('，') => return None,
        _ => led_by(bare)?,
    };
    if !(3..=12).contains(&topic.chars().count()) || !is_name(topic) {
        return None;
    }
    let asks = match passage.period {
        Period::Done(_) => "做了哪些工作",
        Period::Planned(_) => "有哪些安排",
        Period::Assessment | Period::Undated => return None,
    };
    let year = passage.period.year()?;
    Some(Candidate {
        forms: vec![
            format!("{topic}方面{asks}？"),
            format!("{year}年{topic}方面{asks}？"),
        ],
        topic: topic.to_owned(),
        passage: passage.id.clone(),
        heading: Some(heading.clone()),
        shown: String::new(),
        measured: false,
    })
}

/// What follows the verb of a heading (加快健康通渭建设, 更大力度推进城市更新); `None` without a verb.
fn led_by(heading: &str) -> Option<&str> {
    let first = BEGINS.iter().find_map(|verb| heading.strip_prefix(verb));
    first.or_else(|| {
        let manner = heading.strip_prefix('更')?;
        let ends = BEGINS.iter().filter_map(|verb| {
            let at = manner.rfind(verb)?;
            manner.get(at + verb.len()..)
        });
        ends.min_by_key(|topic| topic.len())
    })
}

/// Questions for the figures of a passage, each clause with a single one.
fn figures_of(passage: &Passage, within: &str) -> Vec<Candidate> {
    let mut made = Vec::new();
    for sentence in &passage.sentences {
        if sentence.span.end <= passage.heading.end {
            continue;
        }
        let text = sentence.span.of(&passage.text);
        let clauses = text.split(ENDS).map(str::trim);
        made.extend(clauses.filter_map(|clause| {
            let clause = unnumbered(clause);
            let (noun, measured, forms) = figure(clause, sentence.period, within)?;
            Some(Candidate {
                forms,
                topic: noun.to_owned(),
                passage: passage.id.clone(),
                heading: None,
                shown: clause.to_owned(),
                measured,
            })
        }));
    }
    made
}

/// Without the number of an item: 一是硬化….
fn unnumbered(clause: &str) -> &str {
    match clause.split_once('是') {
        Some((number, rest)) if (1..=2).contains(&number.chars().count()) => {
            let counts = number.chars().all(|c| "一二三四五六七八九十".contains(c));
            if counts { rest } else { clause }
        }
        _ => clause,
    }
}

/// What a clause with one figure is about, whether that is what is measured, and the questions for it.
fn figure<'a>(
    clause: &'a str,
    period: Period,
    within: &str,
) -> Option<(&'a str, bool, Vec<String>)> {
    let found = figures::find(clause);
    let [figure] = found.as_slice() else {
        return None;
    };
    let after = &clause[figure.span.end..];
    if figure.kind == FigureKind::Date || !matches!(after, "" | "以上" | "左右") {
        return None;
    }
    let before = &clause[..figure.span.start];
    let plans = matches!(period, Period::Planned(_));
    let year = period.year()?;
    if let Some((noun, level)) = level(before) {
        let asks = match (level, plans) {
            ("增长", false) => "增长了多少",
            ("增长", true) => "计划增长多少",
            (_, false) => "是多少",
            (_, true) => "计划达到多少",
        };
        let forms = vec![format!("{noun}{asks}？"), format!("{year}年{noun}{asks}？")];
        return Some((noun, true, forms));
    }
    let verb = ACTS.iter().find(|verb| before.starts_with(**verb))?;
    let noun = &before[verb.len()..];
    if !named(noun) {
        return None;
    }
    let unit = Span::new(figure.unit.start, figure.unit.end).of(clause);
    let plan = if plans { "计划" } else { "" };
    let asked = format!("{verb}{noun}多少{unit}？");
    let mut forms = vec![format!("{year}年{plan}{asked}")];
    if !within.is_empty() {
        forms.insert(0, format!("{within}{asked}"));
    }
    Some((noun, false, forms))
}

/// The name of an indicator and what it does: 粮播面积稳定在.
fn level(before: &str) -> Option<(&str, &'static str)> {
    let level = LEVELS.iter().find(|level| before.ends_with(**level))?;
    let mut noun = before.strip_suffix(level)?;
    while let Some(rest) = BEFORE.iter().find_map(|word| noun.strip_prefix(word)) {
        noun = rest;
    }
    while let Some(rest) = AFTER.iter().find_map(|word| noun.strip_suffix(word)) {
        noun = rest;
    }
    named(noun).then_some((noun, *level))
}

/// True for the name of something that is counted.
fn named(noun: &str) -> bool {
    (3..=12).contains(&noun.chars().count()) && is_name(noun)
}

fn is_name(noun: &str) -> bool {
    let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    noun.chars().all(chinese) && !NO_NAME.iter().any(|word| noun.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(clause: &str, period: Period) -> Vec<String> {
        figure(clause, period, "").map_or_else(Vec::new, |(_, _, forms)| forms)
    }

    #[test]
    fn a_figure_is_asked_for_by_what_it_is_of() {
        let done = Period::Done(2023);
        assert_eq!(
            asked("粮播面积稳定在132.5万亩", done)[0],
            "粮播面积是多少？"
        );
        assert_eq!(
            asked("预计地区生产总值增长7%", done)[0],
            "地区生产总值增长了多少？"
        );
        assert_eq!(asked("新建淤地坝6座", done), ["2023年新建淤地坝多少座？"]);
        assert_eq!(
            asked("新建停车场5个", Period::Planned(2024)),
            ["2024年计划新建停车场多少个？"]
        );
    }

    #[test]
    fn a_heading_is_about_what_follows_its_verb() {
        assert_eq!(led_by("加快健康石门建设"), Some("健康石门建设"));
        assert_eq!(led_by("更大力度推进城市更新"), Some("城市更新"));
        assert_eq!(led_by("经济大盘稳健向好"), None);
    }

    #[test]
    fn what_has_no_name_or_no_year_asks_nothing() {
        for clause in [
            "增长7.4%",
            "98个项目开工",
            "引进急需紧缺型人才等50人",
            "修路",
        ] {
            assert!(asked(clause, Period::Done(2023)).is_empty(), "{clause}");
        }
        assert!(asked("新建淤地坝6座", Period::Undated).is_empty());
    }
}
