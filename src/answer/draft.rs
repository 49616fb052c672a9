//! Answers one part of a question: definition, passages, or a plain statement of what is missing.

use super::{AnswerKind, Citation, Gap, Missing, Notice, Status, compare::compare, compose};
use crate::{
    corpus::{Library, LibraryError, Passage, PassageId, PassageKind, Period},
    retrieval::{
        Feature, Hit, IndexError, Query, Retriever,
        fact::FactKind,
        lexicon::SYNONYM_THRESHOLD,
        period::PeriodConstraint,
        ranking::Decision,
        slogan::{Likeness, SloganMatch},
    },
    text::{
        normalize::{fold, strip_quotes},
        segment::bigrams,
    },
};

/// The answer to one part of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// How well the report answers.
    pub status: Status,
    /// What the answer is made of.
    pub kind: AnswerKind,
    /// Best first.
    pub citations: Vec<Citation>,
    /// For `Partial`: what is missing.
    pub missing: Option<Missing>,
    /// Lines beside the answer.
    pub notices: Vec<Notice>,
    /// Passages beyond the citations, best first.
    pub related: Vec<PassageId>,
    /// Slogans near the question.
    pub suggestions: Vec<String>,
}

impl Draft {
    fn not_found(notices: Vec<Notice>) -> Self {
        Self {
            status: Status::NotFound,
            kind: AnswerKind::None,
            citations: Vec::new(),
            missing: None,
            notices,
            related: Vec::new(),
            suggestions: Vec::new(),
        }
    }
}

/// Hits looked at, for citations and for 更多相关.
const HITS: usize = 12;
/// At most this many passages for 更多相关; with three citations, the first ten.
const RELATED: usize = 7;

/// From here on a hit is near enough in meaning to be offered beside an unsure one.
const NEAR_IN_MEANING: f32 = 0.6;
/// A hit that reaches this share of the best score may hold the fact asked for in its stead.
const NEARLY_BEST: f32 = 0.8;
/// A result and a plan stand side by side when the one reaches this share of the other's score.
const SIDE_BY_SIDE: f32 = 0.6;

/// Answers `query`; at most `limit` citations.
///
/// # Errors
/// [`IndexError`] when the index cannot be searched.
pub fn draft(retriever: &Retriever, query: &Query, limit: usize) -> Result<Draft, IndexError> {
    let library = retriever.library();
    if let Some(definition) = definition(library, query, limit)? {
        return Ok(definition);
    }
    if let Some(list) = livelihood_list(library, query)? {
        return Ok(list);
    }
    if let Some(compared) = compare(retriever, query)? {
        return Ok(compared);
    }
    let hits = retriever.search(query, HITS)?;
    if let Some(used) = used_not_defined(library, query, &hits, limit)? {
        return Ok(used);
    }
    let unloaded = not_loaded(retriever, query);
    let of_place_alone = match (hits.first(), &unloaded) {
        (Some(best), Some(place)) => !holds_more_than(library, query, best, place)?,
        _ => false,
    };
    let found = hits
        .first()
        .zip(retriever.confidence(query, &hits)?)
        .filter(|(_, confidence)| {
            confidence.speaks >= retriever.decision().not_found && !of_place_alone
        });
    let Some((best, confidence)) = found else {
        let notice = unloaded.map(|what| Notice::NotLoaded { what });
        return Ok(Draft::not_found(notice.into_iter().collect()));
    };
    let decision = retriever.decision();
    let elsewhere = elsewhere(retriever, query, best)?;
    // Unsure, rather offer what else comes near in meaning.
    let offers = confidence.answers < decision.sure;
    let near = |hit: &Hit| {
        if offers && hit.features[Feature::SentenceSimilarity] >= NEAR_IN_MEANING {
            decision.near_best_unsure
        } else {
            decision.near_best
        }
    };
    let cited = select(&hits, query, limit, near);
    let citations: Vec<Citation> = cited
        .iter()
        .enumerate()
        .map(|(n, hit)| {
            // The other year's figure is an answer as well, whatever its rank.
            let beside = n > 0 && !opposite(hit.period, cited[0].period);
            compose::cite(library, hit, query, beside)
        })
        .collect::<Result<_, _>>()?;
    let missing = match elsewhere.or_else(|| other_period(query, &cited)) {
        None => unmet(library, query, &cited, &citations)?,
        missing => missing,
    };
    let missing = missing
        .or_else(|| (confidence.answers < least(decision, best)).then(|| Missing::directly(query)));
    let found = hits.iter().map(|hit| library.passage(hit.at));
    let mut related: Vec<PassageId> = found
        .map(|passage| Ok(passage?.id.clone()))
        .collect::<Result<_, LibraryError>>()?;
    related.retain(|id| citations.iter().all(|citation| citation.passage_id != *id));
    related.truncate(RELATED);
    let kind = match citations.first() {
        Some(first) if first.passage_kind == PassageKind::Entry => AnswerKind::Definition,
        _ => AnswerKind::Passage,
    };
    Ok(Draft {
        status: if missing.is_some() {
            Status::Partial
        } else {
            Status::Answered
        },
        kind,
        citations,
        missing,
        notices: Vec::new(),
        related,
        suggestions: Vec::new(),
    })
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

/// The glossary's answer, when the question asks what a slogan means or names nothing else.
fn definition(
    library: &Library,
    query: &Query,
    limit: usize,
) -> Result<Option<Draft>, LibraryError> {
    let Some(first) = query.slogans.first() else {
        return Ok(None);
    };
    let sure = first.likeness;
    let named: Vec<&SloganMatch> = query
        .slogans
        .iter()
        .filter(|slogan| slogan.likeness == sure && asks_for(library, query, slogan))
        .take(limit)
        .collect();
    if named.is_empty() {
        return Ok(None);
    }
    let mut citations: Vec<Citation> = named
        .iter()
        .filter_map(|slogan| compose::define(library, slogan, query).transpose())
        .collect::<Result<_, _>>()?;
    let mut related = Vec::new();
    for slogan in &named {
        let Some((document, term)) = library.term(slogan.document, slogan.term) else {
            continue;
        };
        for used in &term.used_in {
            if citations.len() >= limit.min(2) && related.len() >= RELATED {
                break;
            }
            let passage = library.passage(document.at(*used))?;
            if citations.len() < limit.min(2) {
                citations.push(compose::cite_use(
                    document,
                    &passage,
                    &slogan.name,
                    0.5,
                    query,
                ));
            } else {
                related.push(passage.id.clone());
            }
        }
    }
    Ok(Some(Draft {
        status: Status::Answered,
        kind: AnswerKind::Definition,
        citations,
        missing: None,
        notices: Vec::new(),
        related,
        suggestions: Vec::new(),
    }))
}

/// All items of the livelihood list (民生实事), when the question asks for the list itself.
fn livelihood_list(library: &Library, query: &Query) -> Result<Option<Draft>, LibraryError> {
    let topic: String = query.content.split_whitespace().collect();
    let asks_for_list = topic.ends_with("实事") && topic.chars().count() <= 8;
    if !asks_for_list || matches!(query.period, PeriodConstraint::Done(_)) {
        return Ok(None);
    }
    let newest = library
        .documents()
        .iter()
        .filter(|document| query.scope.holds(document.index))
        .max_by_key(|document| document.meta.year);
    let Some(newest) = newest else {
        return Ok(None);
    };
    let citations: Vec<Citation> = library
        .passages_of(newest)?
        .iter()
        .filter(|passage| passage.kind == PassageKind::LivelihoodItem)
        .map(|passage| compose::cite_use(newest, passage, &topic, 1.0, query))
        .collect();
    Ok((!citations.is_empty()).then(|| Draft {
        status: Status::Answered,
        kind: AnswerKind::Passage,
        citations,
        missing: None,
        notices: Vec::new(),
        related: Vec::new(),
        suggestions: Vec::new(),
    }))
}

/// True when what the question says beside the slogan is nothing, or stands in the definition.
fn asks_for(library: &Library, query: &Query, slogan: &SloganMatch) -> bool {
    let Some((_, term)) = library.term(slogan.document, slogan.term) else {
        return false;
    };
    let said: Vec<&str> = query
        .slogans
        .iter()
        .map(|s| s.span.of(&query.folded))
        .collect();
    let entry = format!(
        "{}{}",
        strip_quotes(&term.name),
        strip_quotes(&term.definition)
    );
    let beside: Vec<&str> = query
        .words
        .iter()
        .map(|word| word.text.as_str())
        .filter(|word| !said.iter().any(|said| said.contains(word)) && !slogan.name.contains(word))
        .collect();
    let told = beside.iter().filter(|word| entry.contains(**word)).count();
    if beside.is_empty() {
        return true;
    }
    // A slogan recognised only nearly must not swallow a real question.
    if slogan.likeness == Likeness::Near && beside.len() > 2 && !query.definitional {
        return false;
    }
    // 一个目标要锁定在哪里: the slogan is what the question is about.
    let length = |text: &str| text.chars().count();
    let beside_chars: usize = beside.iter().map(|word| length(word)).sum();
    if query.period == PeriodConstraint::Any
        && beside.len() == 1
        && beside_chars < length(&slogan.name)
        && asks_what_or_where(query)
    {
        return true;
    }
    let enough = if query.definitional { 3 } else { 2 };
    told * enough >= beside.len() && query.period == PeriodConstraint::Any
        || (query.definitional && beside.len() <= 1)
}

/// True for a question that wants no figure.
fn asks_what_or_where(query: &Query) -> bool {
    query
        .need
        .as_ref()
        .is_none_or(|need| need.asked == FactKind::Where)
}

/// A slogan that the report uses but does not define.
fn used_not_defined(
    library: &Library,
    query: &Query,
    hits: &[Hit],
    limit: usize,
) -> Result<Option<Draft>, LibraryError> {
    let topic = query.topic();
    let length = topic.chars().count();
    if !query.definitional || topic.contains(' ') || !(2..=12).contains(&length) {
        return Ok(None);
    }
    let quoted = |text: &str| {
        let text = fold(text);
        [("“", "”"), ("\"", "\"")]
            .iter()
            .any(|(open, close)| text.contains(&format!("{open}{topic}{close}")))
    };
    let mut citations = Vec::new();
    for hit in hits {
        let (document, passage) = library.cited(hit.at)?;
        if citations.len() < limit && quoted(&passage.text) {
            let citation = compose::cite_use(document, &passage, &topic, hit.score, query);
            citations.push(citation);
        }
    }
    if citations.is_empty() {
        return Ok(None);
    }
    Ok(Some(Draft {
        status: Status::Partial,
        kind: AnswerKind::Passage,
        citations,
        missing: Some(Missing {
            topic,
            asked: Gap::Definition,
            words: String::new(),
        }),
        notices: Vec::new(),
        related: Vec::new(),
        suggestions: Vec::new(),
    }))
}

/// The hits to cite: result and plan side by side when both answer, then what comes near.
fn select(hits: &[Hit], query: &Query, limit: usize, near: impl Fn(&Hit) -> f32) -> Vec<Hit> {
    let Some(best) = hits.first() else {
        return Vec::new();
    };
    let mut chosen: Vec<Hit> = Vec::new();
    let other_side = hits.iter().skip(1).find(|hit| {
        opposite(hit.period, best.period)
            && match query.period {
                PeriodConstraint::Both => true,
                PeriodConstraint::Any
                | PeriodConstraint::LeansDone
                | PeriodConstraint::LeansPlanned => {
                    same_topic(hit, best, query) && hit.score >= best.score * SIDE_BY_SIDE
                }
                PeriodConstraint::Done(_) | PeriodConstraint::Planned(_) => false,
            }
    });
    chosen.push(best.clone());
    if let Some(other) = other_side {
        // Result first, unless the question leans to what the plan says.
        let leans_to_best = query.period.fit(best.period) > query.period.fit(other.period);
        let result_first = matches!(other.period, Period::Done(_)) && !leans_to_best;
        chosen.insert(usize::from(!result_first), other.clone());
    }
    for hit in hits {
        if chosen.len() >= limit {
            break;
        }
        if hit.score >= best.score * near(hit) && chosen.iter().all(|c| c.at != hit.at) {
            chosen.push(hit.clone());
        }
    }
    chosen.truncate(limit);
    chosen
}

const fn opposite(a: Period, b: Period) -> bool {
    matches!(
        (a, b),
        (Period::Done(_), Period::Planned(_)) | (Period::Planned(_), Period::Done(_))
    )
}

/// True when two hits match nearly the same words of the question, and both the fact asked for.
fn same_topic(a: &Hit, b: &Hit, query: &Query) -> bool {
    let common = a.matched.iter().filter(|n| b.matched.contains(n)).count();
    let all = a.matched.len() + b.matched.len() - common;
    let both_needs = query.need.is_none()
        || (a.features[Feature::FactType] > 0.5 && b.features[Feature::FactType] > 0.5);
    all > 0 && common * 10 >= all * 7 && a.features[Feature::Coverage] >= 0.45 && both_needs
}

/// Another place or year than those loaded.
fn elsewhere(
    retriever: &Retriever,
    query: &Query,
    best: &Hit,
) -> Result<Option<Missing>, LibraryError> {
    let library = retriever.library();
    let passage = library.passage(best.at)?;
    let year = query
        .other_years
        .iter()
        .find(|year| !passage.text.contains(&year.to_string()))
        .map(|year| format!("{year}年"));
    let mut topic = year;
    // A question that chose its place by name is about that place.
    if topic.is_none() && !query.scope.place_named {
        for place in retriever.places(&query.folded) {
            if !is_loaded(library, &place) && !speaks_of(retriever, query, &place)? {
                topic = Some(place);
                break;
            }
        }
    }
    Ok(topic.map(|topic| Missing {
        topic,
        asked: Gap::Elsewhere,
        words: String::new(),
    }))
}

/// True when a report of `place` is loaded.
fn is_loaded(library: &Library, place: &str) -> bool {
    let mut own = library.documents().iter();
    own.any(|document| document.meta.place.contains(place))
}

/// True when what is asked holds `place`.
fn speaks_of(retriever: &Retriever, query: &Query, place: &str) -> Result<bool, LibraryError> {
    let scope = &query.scope.documents;
    if scope.is_empty() {
        return Ok(retriever.speaks_of(place));
    }
    let library = retriever.library();
    for document in scope.iter().filter_map(|n| library.document(*n)) {
        let passages = library.passages_of(document)?;
        if passages.iter().any(|passage| passage.text.contains(place)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The place that a question begins with when nothing of it is loaded: what is not found there may
/// stand in its own report.
fn not_loaded(retriever: &Retriever, query: &Query) -> Option<String> {
    // A street or a river has no report.
    const NO_REPORT: [char; 16] = [
        '路', '街', '巷', '道', '桥', '河', '江', '湖', '山', '沟', '村', '镇', '乡', '站', '园',
        '川',
    ];
    let opens = query.folded.trim_start_matches("请问");
    let mut places = retriever.places(&query.folded).into_iter();
    places.find(|place| {
        !query.scope.place_named
            && !place.ends_with(NO_REPORT)
            && opens.starts_with(place.as_str())
            && !is_loaded(retriever.library(), place)
    })
}

/// True when the best passage holds a word of the question beside `place`.
fn holds_more_than(
    library: &Library,
    query: &Query,
    best: &Hit,
    place: &str,
) -> Result<bool, LibraryError> {
    let passage = library.passage(best.at)?;
    let text = below_headings(&passage, &passage.text);
    let mut words = query.words.iter().map(|word| word.text.as_str());
    Ok(words.any(|word| {
        let of_place = place.contains(word) || word.contains(place);
        !of_place && (passage.text.contains(word) || tells_of(query, &text, word))
    }))
}

/// The year asked for, when what was found is a plan for a result or a result for a plan.
fn other_period(query: &Query, cited: &[Hit]) -> Option<Missing> {
    let best = cited.first()?;
    let (PeriodConstraint::Done(year) | PeriodConstraint::Planned(year)) = query.period else {
        return None;
    };
    let fits = |hit: &Hit| query.period.fit(hit.period) >= 0.0 && hit.score >= best.score * 0.7;
    let opposed = query.period.fit(best.period) <= -1.0 && !cited.iter().any(fits);
    opposed.then(|| Missing {
        topic: format!("{year}年"),
        asked: Gap::Year,
        words: String::new(),
    })
}

/// The fact asked for, when the quotes do not hold it.
fn unmet(
    library: &Library,
    query: &Query,
    cited: &[Hit],
    citations: &[Citation],
) -> Result<Option<Missing>, LibraryError> {
    let (Some(need), Some(best)) = (&query.need, cited.first()) else {
        return Ok(None);
    };
    let passage = library.passage(best.at)?;
    let told = told_by(library, cited)?;
    let named = [&query.attribute, &query.counted].into_iter().flatten();
    let attribute = named
        .map(String::as_str)
        .find(|word| !tells_of(query, &told, word));
    let met = cited
        .iter()
        .any(|hit| hit.features[Feature::FactType] > 0.0 && hit.score >= best.score * NEARLY_BEST);
    if met && attribute.is_none() {
        return Ok(None);
    }
    let quote = citations
        .first()
        .map_or(passage.text.as_str(), |c| c.quote.as_str());
    Ok(Some(Missing {
        topic: shared_topic(&query.content, quote).unwrap_or_else(|| query.topic()),
        asked: need.asked.into(),
        words: attribute.unwrap_or_default().to_owned(),
    }))
}

impl Missing {
    /// A direct answer: nothing particular is missing, but the quotes only come near.
    fn directly(query: &Query) -> Self {
        Self {
            topic: query.topic(),
            asked: Gap::Direct,
            words: String::new(),
        }
    }
}

/// `text` of a passage below its headings, folded.
fn below_headings(passage: &Passage, text: &str) -> String {
    let headings = passage.path.join("\n");
    fold(&strip_quotes(&format!("{headings}\n{text}")))
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

/// True when a folded text holds a character pair of `word`, or an official word for it.
fn tells_of(query: &Query, text: &str, word: &str) -> bool {
    let official = query
        .substitutes
        .iter()
        .filter(|substitute| substitute.typed.contains(word) || word.contains(&substitute.typed))
        .flat_map(|substitute| &substitute.alternatives)
        .filter(|other| other.weight >= SYNONYM_THRESHOLD);
    bigrams(word)
        .iter()
        .any(|pair| text.contains(pair.of(word)))
        || official.into_iter().any(|other| text.contains(&other.word))
}

/// The longest stretch of at least two characters that question and quote share.
fn shared_topic(content: &str, quote: &str) -> Option<String> {
    let quote = fold(&strip_quotes(quote));
    let mut best = String::new();
    for stretch in content.split_whitespace() {
        let chars: Vec<char> = stretch.chars().collect();
        for start in 0..chars.len() {
            for end in (start + 2..=chars.len()).rev() {
                let piece: String = chars[start..end].iter().collect();
                if piece.len() > best.len() && quote.contains(&piece) {
                    best = piece;
                    break;
                }
            }
        }
    }
    (!best.is_empty()).then_some(best)
}
