//! The targets of a year, when all of them are asked for: the sentences that announce and count them.

use crate::{
    answer::{AnswerError, AnswerKind, Citation, PartAnswer, compose, context::Context},
    corpus::{Passage, Period},
    retrieval::{IntentList, PeriodConstraint},
    text::{
        Pattern, Span,
        figures::{self, FigureKind},
        normalize::fold,
    },
};

/// What announces the targets.
static ANNOUNCES: Pattern = Pattern::new("(预期|主要|发展|奋斗)目标.{0,6}(是|为|:)");
/// Words of a question that name no target of their own.
const OF_ALL: [&str; 9] = [
    "目标",
    "指标",
    "目标值",
    "任务",
    "经济",
    "经济社会",
    "社会",
    "单子",
    "数字",
];
/// A sentence with fewer shares and amounts counts no targets.
const FIGURES: usize = 2;

/// The targets of the newest report among those asked, when no single one is.
pub(super) fn answer(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    let (retriever, query) = (context.retriever, context.query);
    let of_result = matches!(
        query.period(),
        PeriodConstraint::Done(_) | PeriodConstraint::Both
    );
    let mut words = query.words().iter().map(|word| word.text.as_str());
    let single = words.any(|word| !OF_ALL.contains(&word) && retriever.names_a_matter(word));
    let asked = retriever
        .intents()
        .matches(IntentList::Targets, query.folded());
    if of_result || single || !asked {
        return Ok(None);
    }
    let Some(newest) = context.newest() else {
        return Ok(None);
    };
    for passage in context.library().passages_of(newest)? {
        let targets = targets(&passage);
        if targets.is_empty() {
            continue;
        }
        let cite = |span| compose::citation(newest, &passage, span, passage.period, 1.0, query);
        let citations: Vec<Citation> = targets.into_iter().map(cite).collect();
        let answer = PartAnswer::quoting(AnswerKind::Passage, citations, None);
        return Ok(Some(answer));
    }
    Ok(None)
}

/// The sentence of a plan that announces its targets, and those after it that go on counting them.
fn targets(passage: &Passage) -> Vec<Span> {
    let mut targets: Vec<Span> = Vec::new();
    if !matches!(passage.period, Period::Planned(_)) {
        return targets;
    }
    for sentence in &passage.sentences {
        let text = fold(sentence.span.of(&passage.text));
        let counts = counts(&text);
        if targets.is_empty() && counts && ANNOUNCES.is_match(&text)
            || !targets.is_empty() && counts
        {
            targets.push(sentence.span);
        } else if !targets.is_empty() {
            break;
        }
    }
    targets
}

/// True for a folded text with several shares and amounts.
fn counts(text: &str) -> bool {
    let figures = figures::find(text).into_iter();
    figures
        .filter(|figure| figure.kind != FigureKind::Date)
        .count()
        >= FIGURES
}

#[cfg(test)]
mod tests {
    use crate::town::{Quotes as _, Report, Town};

    #[test]
    fn all_targets_are_quoted_where_no_single_one_is_asked_for() {
        let town = Town::of(&[Report::new("石门县", 2024)
            .done("地区生产总值增长7%。")
            .planned(
                "今年是关键之年。主要预期目标是：地区生产总值增长6%，固定资产投资增长8%。\
             财政收入增长3%，粮食产量35万吨。围绕以上目标抓好工作。",
            )]);
        let targets = [
            "主要预期目标是：地区生产总值增长6%，固定资产投资增长8%。",
            "财政收入增长3%，粮食产量35万吨。",
        ];
        for question in ["2024年的目标都有哪些", "列一下今年经济发展的各项指标"]
        {
            assert_eq!(town.part(question).quotes(), targets, "{question}");
        }
        assert_ne!(town.part("今年固定资产投资目标").quotes(), targets);
        assert_ne!(town.part("2023年的目标都有哪些").quotes(), targets);
    }
}
