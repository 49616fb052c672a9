//! Questions about the report as a whole: the headings of a year's work, the problems it names.

use crate::{
    answer::{AnswerError, AnswerKind, Citation, PartAnswer, compose, context::Context},
    corpus::{Passage, Period},
    retrieval::{IntentList, PeriodConstraint},
    text::{Pattern, normalize::fold, numerals},
};

/// Words that only say that the whole is asked for, though rarer than most that do.
const OF_THE_WHOLE: [&str; 12] = [
    "问题", "短板", "不足", "困难", "挑战", "差距", "总结", "概括", "归纳", "梳理", "打算", "方面",
];
/// What a report says around its problems and is none of them: who is spoken to, what is announced,
/// what will be done about them.
static AROUND: Pattern = Pattern::new(
    "各位(代表|委员)|^(对此|对于?这些|为此|今后|下一步|面对这些)|我们(将|一定|要)(直面|采取|认真|高度|着力|努力)|(清醒|深刻|冷静)(地)?(看到|认识到|认识|意识到).{0,40}(问题|挑战|困难|不足|短板|差距)[。.:]?$|^(同时|在总结成绩)?.{0,20}(主要(表现在|是)|还存在(以下|一些|不少|诸多)).{0,12}[:。]?$",
);

/// What says that something is lacking: a proverb before the first problem does not.
static LACKS: Pattern = Pattern::new(
    "不(足|够|强|高|优|充分|平衡|完善|到位|合理|快|实|大|多|少|畅|佳|稳)|短板|弱|滞后|低|差距|问题|矛盾|困难|压力|挑战|欠|缺|难|还需|有待|亟|隐患|下行|下降|少",
);

/// The headings of the plan, or of the review when the year before is asked for.
pub(super) fn priorities(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    if !asks(context, IntentList::Priorities) {
        return Ok(None);
    }
    Ok(listed(outline(context, |_| true)?))
}

/// The part of the year's work that is asked for by its number (第七项重点工作), with the headings
/// below its own.
pub(super) fn numbered_work(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    let Some(nth) = work_number(context.query.folded()) else {
        return Ok(None);
    };
    let citations = outline(context, |heading| number_of(heading) == Some(nth))?;
    Ok((!citations.is_empty()).then(|| PartAnswer::quoting(AnswerKind::Passage, citations, None)))
}

/// The numbered headings that are `wanted` of the plan, or of the review when the year before is asked
/// for; of a single one also the headings below it.
fn outline(
    context: &Context<'_>,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Citation>, AnswerError> {
    let query = context.query;
    let Some(newest) = context.newest() else {
        return Ok(Vec::new());
    };
    let wants_result = matches!(
        query.period(),
        PeriodConstraint::Done(_) | PeriodConstraint::LeansDone
    );
    let of_part = |period: Period| match period {
        Period::Done(_) => wants_result,
        Period::Planned(_) => !wants_result,
        Period::Assessment | Period::Undated => false,
    };
    let passages = context.library().passages_of(newest)?;
    let numbered = |passage: &&Passage| {
        let heading = passage.path.get(1);
        of_part(passage.period) && heading.is_some_and(|heading| number_of(heading).is_some())
    };
    let within: Vec<&Passage> = passages
        .iter()
        .map(|passage| &**passage)
        .filter(numbered)
        .collect();
    // A report at the end of a term plans for five years first. What the government will be like is a
    // part of its own and no work of the year.
    let year = newest.meta.year.map(|year| year.to_string());
    let of_the_year = |part: &str| year.as_ref().is_some_and(|year| part.contains(year));
    let parts = || within.iter().map(|passage| passage.path[0].as_str());
    let Some(part) = parts()
        .find(|part| of_the_year(part))
        .or_else(|| parts().next())
    else {
        return Ok(Vec::new());
    };
    let of_part = within.iter().filter(|passage| passage.path[0] == part);
    let of_it: Vec<_> = of_part.filter(|passage| wanted(&passage.path[1])).collect();
    let single = of_it
        .iter()
        .all(|passage| passage.path[1] == of_it[0].path[1]);
    let mut citations: Vec<Citation> = Vec::new();
    for passage in of_it {
        let depth = if single { 2 } else { 1 };
        for heading in passage.path.iter().skip(1).take(depth) {
            if citations.iter().all(|known| known.quote != *heading) {
                citations.push(compose::heading(newest, passage, heading, query));
            }
        }
    }
    Ok(citations)
}

/// The number of a part of the work that is asked for: 第七项重点工作, 第3个方面.
fn work_number(folded: &str) -> Option<usize> {
    static WORK: Pattern = Pattern::new(
        "第(?P<n>[一二三四五六七八九十]+|[0-9]+)(个|项|大|条|件)?大?(重点|主要)?(的)?(工作|任务|方面|板块)|(工作|任务|方面|板块)[^第]{0,8}第(?P<m>[一二三四五六七八九十]+|[0-9]+)(个|项|大|条|件)",
    );
    let asked = WORK.captures(folded)?;
    let number = asked.name("n").or_else(|| asked.name("m"))?.as_str();
    numerals::parse(number).or_else(|| number.parse().ok())
}

/// The problems that the report names, a sentence each.
pub(super) fn problems(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    if !asks(context, IntentList::Problems) {
        return Ok(None);
    }
    let Some(newest) = context.newest() else {
        return Ok(None);
    };
    let mut citations = Vec::new();
    for passage in context.library().passages_of(newest)? {
        let sentences = passage.sentences.iter();
        for sentence in sentences.filter(|sentence| sentence.period == Period::Assessment) {
            let span = sentence.span;
            let text = fold(span.of(&passage.text));
            let opens = citations.is_empty() && !LACKS.is_match(&text);
            if opens || AROUND.is_match(&text) {
                continue;
            }
            let (period, query) = (sentence.period, context.query);
            citations.push(compose::citation(
                newest, &passage, span, period, 1.0, query,
            ));
        }
    }
    Ok(listed(citations))
}

fn listed(citations: Vec<Citation>) -> Option<PartAnswer> {
    (citations.len() > 1).then(|| PartAnswer::quoting(AnswerKind::Passage, citations, None))
}

/// True when the question asks for what is in `list`, and names no matter of its own.
fn asks(context: &Context<'_>, list: IntentList) -> bool {
    let (retriever, query) = (context.retriever, context.query);
    // What is told beside (开会要用) is no matter.
    let words = query.words().iter().map(|word| word.text.as_str());
    let mut words = words.filter(|word| query.asking().contains(word));
    retriever.intents().matches(list, query.folded())
        && !words.any(|word| !OF_THE_WHOLE.contains(&word) && retriever.names_a_matter(word))
}

/// The number by which a heading counts off a part: 一、, (二).
fn number_of(heading: &str) -> Option<usize> {
    let number = heading.trim_start_matches(['（', '(', '第']);
    let end = number.find(['、', '）', ')', '.', '是'])?;
    numerals::parse(&number[..end])
}

#[cfg(test)]
mod tests;
