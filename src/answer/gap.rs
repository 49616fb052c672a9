//! What makes an answer partial.

mod counted;
mod elsewhere;
mod found;

use super::{
    AnswerError, Gap, Missing,
    mention::{below_headings, mentions, names},
    topic,
};
use crate::{
    corpus::{DocumentKind, Library, LibraryError, Progress},
    retrieval::{
        self, Decision, FactKind, Feature, Hit, MEANS_THE_SAME, PeriodConstraint, Understanding,
        rarity,
    },
    text::{Pattern, normalize::fold, numerals},
};

pub(super) use {elsewhere::speaks_of, found::Found};

/// A hit that reaches this share of the best score may hold the fact asked for in its stead …
const NEARLY_BEST: f32 = 0.8;
/// … and one that reaches this share may be of the period asked for.
const SAME_PERIOD: f32 = 0.7;

/// Words that make another figure of the one they stand before.
const MODIFIERS: [&str; 5] = ["人均", "户均", "亩均", "名额", "同比"];

/// Words for a figure that is planned, whatever it is of: 今年的任务是种多少亩.
const PLANNED_AS: [&str; 6] = ["任务", "目标", "指标", "计划", "规划", "盘子"];

/// Things that are asked for by their number.
static WHICH: Pattern = Pattern::new(
    "(是|为|指)(?P<what>哪(?P<count>[一二三四五六七八九十]+|[0-9]+)(个|大|条|项|种|件|座|所|家|方面|样)?[^,。?! ]{0,4})",
);

/// A word at least so rare names a matter.
const RARE: f32 = 0.5;

/// The unit of what is grown.
const ACRES: &str = "亩";

type Rule = fn(&Found<'_>) -> Result<Option<Missing>, AnswerError>;

/// Why an answer is partial, in the order in which it is said: of another place nothing that is
/// quoted is true, of another year or part of it the figure is not, nor is the opposite of what is
/// asked for; of another fact only the topic is; last, what lacks nothing in particular may still
/// only come near.
const RULES: [Rule; 9] = [
    elsewhere::elsewhere,
    other_period,
    part_of_a_year,
    opposite,
    counterpart,
    other_number,
    other_fact,
    list_not_given,
    indirect,
];

/// The first thing that the quotes lack; `None` for a full answer.
///
/// # Errors
/// [`AnswerError`] when a passage cannot be read.
pub(super) fn missing(found: &Found<'_>) -> Result<Option<Missing>, AnswerError> {
    for rule in RULES {
        if let Some(missing) = rule(found)? {
            return Ok(Some(missing));
        }
    }
    Ok(None)
}

/// The year asked for, when what was found is a plan for a result or a result for a plan.
fn other_period(found: &Found<'_>) -> Result<Option<Missing>, AnswerError> {
    let missing = year_opposed(found.context.query.period(), found.cited);
    Ok(missing.map(|year| Missing::of(Gap::Year, format!("{year}年"))))
}

/// The year of the period asked for, when the first of `cited` is against it and none near it fits.
fn year_opposed(period: PeriodConstraint, cited: &[Hit]) -> Option<i32> {
    let best = cited.first()?;
    let (PeriodConstraint::Done(year) | PeriodConstraint::Planned(year)) = period else {
        return None;
    };
    let fits = |hit: &Hit| period.fit(hit.period) >= 0.0 && hit.score >= best.score * SAME_PERIOD;
    let opposed = period.fit(best.period) <= -1.0 && !cited.iter().any(fits);
    opposed.then_some(year)
}

/// The part of a year asked for (上半年, 10月份), when the quotes tell of the whole year.
fn part_of_a_year(found: &Found<'_>) -> Result<Option<Missing>, AnswerError> {
    let Some(part) = retrieval::part_of_year(found.context.query.folded()) else {
        return Ok(None);
    };
    let told = found
        .citations
        .iter()
        .any(|citation| retrieval::tells_part(&fold(&citation.quote), part));
    Ok((!told).then(|| Missing::of(Gap::Year, part.to_owned())))
}

/// What was not done, when the best of the quotes tells of its opposite: roads that are open for
/// 没通车的路.
fn opposite(found: &Found<'_>) -> Result<Option<Missing>, AnswerError> {
    let undone = retrieval::undone(found.context.query.folded());
    let Some((undone, first)) = undone.zip(found.citations.first()) else {
        return Ok(None);
    };
    let opposed = match first.progress {
        Progress::Done | Progress::Expected => true,
        Progress::Ongoing => undone.unbegun,
        Progress::Planned | Progress::Assessment | Progress::None => false,
    };
    Ok(opposed.then(|| Missing::of(Gap::Undone, undone.words)))
}

/// Who or what is asked for, when the first quote names the counterpart alone: 男生公寓 for 女生宿舍,
/// 收入 for 支出.
fn counterpart(found: &Found<'_>) -> Result<Option<Missing>, AnswerError> {
    const PAIRS: [(&str, &str); 3] = [("女", "男"), ("男", "女"), ("支出", "收入")];
    let (retriever, query) = (found.context.retriever, found.context.query);
    let Some(first) = found.citations.first() else {
        return Ok(None);
    };
    let only = |text: &str, one: &str, other: &str| text.contains(one) && !text.contains(other);
    let swapped = PAIRS
        .into_iter()
        .find(|(asked, told)| only(query.folded(), asked, told) && only(&first.quote, told, asked));
    Ok(swapped.map(|(asked, _)| {
        let phrase = retriever.phrase_with(query, asked).unwrap_or_default();
        Missing::not_written(phrase.to_owned())
    }))
}

/// What is called by its number, when the quotes have another number of it.
fn other_number(found: &Found<'_>) -> Result<Option<Missing>, AnswerError> {
    let quotes = found.citations.iter().map(|citation| fold(&citation.quote));
    let told = quotes.collect::<Vec<_>>().join("\n");
    let called = counted::called_otherwise(found.context.query.asking(), &told);
    Ok(called.map(|called| Missing::of(Gap::NumberOf, called)))
}

/// The fact asked for, when the quotes do not hold it.
fn other_fact(found: &Found<'_>) -> Result<Option<Missing>, AnswerError> {
    let (retriever, query) = (found.context.retriever, found.context.query);
    let Some(best) = found.cited.first() else {
        return Ok(None);
    };
    // What a policy says beside a question is what applies to it, in whatever words: only figures can be told from one
    // another.
    let (document, _) = retriever.library().cited(best.at)?;
    let is_figure = query.answer_type().is_none_or(|need| {
        let kind = need.kind;
        matches!(
            kind,
            FactKind::Money | FactKind::Percentage | FactKind::Benefit
        )
    });
    if document.meta.kind == DocumentKind::Policy && !is_figure {
        return Ok(None);
    }
    let told = told_by(retriever.library(), found.cited)?;
    let modifier = MODIFIERS
        .into_iter()
        .find(|word| query.folded().contains(word) && !modified(query, &told, word));
    let need = query.answer_type().map(|need| need.kind);
    let Some(kind) = need.or(modifier.map(|_| FactKind::Number)) else {
        return Ok(None);
    };
    let mut named = [query.attribute(), query.counted()].into_iter().flatten();
    // 人交 of 一个人交多少钱 is no word.
    let is_policy = document.meta.kind == DocumentKind::Policy;
    let counts = |word: &str| !is_policy || retriever.names_a_matter(word);
    let attribute = named
        .find(|word| !PLANNED_AS.contains(word) && counts(word) && !mentions(query, &told, word));
    let first = told_by(retriever.library(), &found.cited[..1])?;
    let met = need.is_none() || fact_told(found, best, &first)?;
    let each = query.answer_type().is_some_and(|need| need.each);
    // What an official word only helps to find (娃娃 → 儿童) may be told in many ways.
    let vague = |word: &str| {
        let mut everyday = query.expansions().iter();
        everyday.any(|everyday| {
            let mut synonyms = everyday.synonyms.iter();
            everyday.typed.contains(word) && synonyms.all(|word| word.weight < MEANS_THE_SAME)
        })
    };
    let hinted = |word: &str| {
        let mut everyday = query.expansions().iter();
        everyday.any(|everyday| {
            let mut synonyms = everyday.synonyms.iter();
            everyday.typed.contains(word) && synonyms.any(|synonym| first.contains(&synonym.word))
        })
    };
    let noun = |word: &str| retriever.names_a_matter(word) && retriever.knows(word) && !vague(word);
    let matter = || match kind {
        FactKind::Benefit => matter_untold(query, &first, |_| true),
        // The sum may be somebody else's: 高龄津贴 is not told by 养老金提高180元.
        _ if met && (each || kind == FactKind::Money) => matter_untold(query, &first, noun),
        // So many acres of apples are none of watermelons.
        _ if met && query.answer_type().is_some_and(|need| need.unit == ACRES) => {
            matter_untold(query, &first, |word| {
                retriever.names_a_matter(word) && !retriever.speaks_of(word) && !hinted(word)
            })
        }
        _ => None,
    };
    let lacks = modifier.or(attribute).or_else(matter);
    if met && lacks.is_none() {
        return Ok(None);
    }
    let quote = found.citations.first().map(|first| first.quote.as_str());
    let topic = quote.and_then(|quote| topic::shared(retriever, query.content(), quote));
    // What is lacking is decided by any word, and said in a noun phrase only.
    let lacks = lacks.and_then(|word| retriever.phrase_with(query, word));
    Ok(Some(Missing {
        topic: topic
            .filter(|topic| retriever.names_a_matter(topic))
            .unwrap_or_default(),
        asked: kind.into(),
        words: lacks.unwrap_or_default().to_owned(),
    }))
}

/// The things asked for by their number (是哪十个村), when the quotes do not name as many.
fn list_not_given(found: &Found<'_>) -> Result<Option<Missing>, AnswerError> {
    let Some(asked) = WHICH.captures(found.context.query.folded()) else {
        return Ok(None);
    };
    let count = asked.name("count").map_or("", |count| count.as_str());
    let count = numerals::parse(count).or_else(|| count.parse().ok());
    // Names stand side by side in a clause, longer things in clauses of their own.
    let named = found.citations.iter().map(|citation| {
        let clauses = citation.quote.split(['，', '。', '；']);
        let names = clauses.map(|clause| clause.matches('、').count()).max();
        names.max(Some(citation.quote.matches('；').count()))
    });
    let named = named.flatten().max().map_or(0, |separators| separators + 1);
    let named = named.max(found.citations.len());
    let given = count.is_none_or(|count| named >= count);
    let words = asked.name("what").map_or("", |what| what.as_str());
    Ok((!given).then(|| Missing::not_written(words.to_owned())))
}

/// True when the best hit holds the fact asked for, or another nearly as good that names what the best
/// does: 公用经费压减5% tells nothing of 三公经费.
fn fact_told(found: &Found<'_>, best: &Hit, first: &str) -> Result<bool, AnswerError> {
    let query = found.context.query;
    let words = query.words().iter().map(|word| word.text.as_str());
    let named = words.filter(|word| word.chars().nth(1).is_some() && names(query, first, word));
    let matter = named.max_by(|a, b| rarity(a).total_cmp(&rarity(b)));
    let period = query.period();
    for (n, hit) in found.cited.iter().enumerate() {
        // Last year's figure is none of this year's.
        if period.is_named() && period.fit(hit.period) < 0.0 {
            continue;
        }
        if hit.features[Feature::FactType] <= 0.0 || hit.score < best.score * NEARLY_BEST {
            continue;
        }
        let told = told_by(found.context.library(), &found.cited[n..=n])?;
        if n == 0 || matter.is_none_or(|matter| names(query, &told, matter)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The rarest word that says whom or what money is for, and `counts`, when what is told does not
/// mention it.
fn matter_untold<'a>(
    query: &'a Understanding,
    told: &str,
    counts: impl Fn(&str) -> bool,
) -> Option<&'a str> {
    let benefit = query.answer_type()?;
    let words = query.words().iter().filter(|word| word.weight >= 1.0);
    let words = words.map(|word| word.text.as_str());
    let named = words.filter(|word| !benefit.is_met_by(word) && !asks_for_money(word));
    let rare = named.filter(|word| word.chars().nth(1).is_some() && rarity(word) >= RARE);
    let rare = rare.filter(|word| counts(word));
    let untold = rare.filter(|word| !mentions(query, told, word));
    untold.max_by(|a, b| rarity(a).total_cmp(&rarity(b)))
}

/// True for a word that asks for money or what is given in its stead, and names nobody.
fn asks_for_money(word: &str) -> bool {
    const ASKED: [&str; 5] = ["钱", "好处", "优惠", "政策", "待遇"];
    ASKED.iter().any(|asked| word.contains(asked))
}

/// True when a clause of what is told holds `modifier` together with a word that it stands before in
/// the question: 人均 of incomes is none of 地区生产总值.
fn modified(query: &Understanding, told: &str, modifier: &str) -> bool {
    let words = || query.words().iter().filter(|word| word.text != modifier);
    let mut clauses = told.split([',', ';', '、', '。', '\n']);
    clauses.any(|clause| {
        clause.contains(modifier)
            && (words().next().is_none() || words().any(|word| mentions(query, clause, &word.text)))
    })
}

/// The sentences that the hits near the best rest on, with their headings, folded.
fn told_by(library: &Library, cited: &[Hit]) -> Result<String, LibraryError> {
    let best = cited.first().map_or(0.0, |hit| hit.score);
    let near = cited.iter().filter(|hit| hit.score >= best * NEARLY_BEST);
    let mut told = Vec::new();
    for hit in near {
        let passage = library.passage(hit.at)?;
        if let Some(sentence) = passage.sentences.get(hit.sentence) {
            told.push(below_headings(&passage, sentence.span.of(&passage.text)));
        }
    }
    Ok(told.join("\n"))
}

/// A direct answer: nothing particular is missing, but the quotes only come near.
fn indirect(found: &Found<'_>) -> Result<Option<Missing>, AnswerError> {
    let decision = found.context.retriever.decision();
    let is_passage = found.best.features[Feature::UnnamedEntry] <= 0.0;
    let relevant = is_passage && found.relevance >= decision.relevant;
    let near = !relevant && found.confidence.answers < least(decision, found.best);
    let near = near && !stands_below_it(found)?;
    Ok(near.then(|| Missing::of(Gap::Direct, String::new())))
}

/// True when the best hit stands below the very question, as in questions and answers of a policy.
fn stands_below_it(found: &Found<'_>) -> Result<bool, LibraryError> {
    let (document, passage) = found.context.library().cited(found.best.at)?;
    let heading = passage.path.last();
    let heading = heading.filter(|_| document.meta.kind == DocumentKind::Policy);
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    Ok(heading.is_some_and(|heading| {
        let heading = letters(&fold(heading));
        let heading = heading.trim_start_matches(['问', 'q']);
        heading == letters(found.context.query.folded())
    }))
}

/// Confidence from which a hit is shown as an answer: an entry of the glossary explains what it is
/// called, so one that the question does not name (“六行动” for 三大攻坚) must answer it surely.
fn least(decision: &Decision, best: &Hit) -> f32 {
    if best.features[Feature::UnnamedEntry] > 0.0 {
        decision.sure
    } else {
        decision.unsure
    }
}

#[cfg(test)]
mod tests;
