//! From hits to citations: which sentences are quoted, and of which passages.

use super::{Citation, cut::cut_from, highlight::highlights, mention::folded, progress};
use crate::{
    corpus::{
        DocumentInfo, Library, LibraryError, Passage, PassageAt, PassageKind, Period, Progress,
    },
    retrieval::{AnswerType, Hit, TermMatch, TextMatch, Understanding},
    text::{Span, sentence},
};

/// A quote should not be much longer than this, in characters, unless its sentence is.
const QUOTE_CHARS: usize = 160;
/// A sentence longer than this, in characters, is cut at its clauses.
const LONG_SENTENCE: usize = 220;

/// A sentence no longer than this that counts off a point (三是发展支撑不够牢固。) only announces what
/// the next one says.
const ANNOUNCEMENT: usize = 24;
const ORDINALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// A quote beside the answer is cut at its clauses beyond this length, in characters.
const BESIDE_CHARS: usize = 90;

/// Cites the best sentence of a hit; `beside` the answer, only its clauses that matter when it is
/// long.
///
/// # Errors
/// [`LibraryError`] when the passage cannot be read.
pub(super) fn cite(
    library: &Library,
    hit: &Hit,
    query: &Understanding,
    beside: bool,
) -> Result<Citation, LibraryError> {
    let (document, passage) = library.cited(hit.at)?;
    let mut span = window(&passage, hit, query);
    if beside && chars(span.of(&passage.text)) > BESIDE_CHARS {
        let room = (BESIDE_CHARS, BESIDE_CHARS);
        span = clip(&passage.text, span, room, &|clause| {
            matching(&passage.text, clause, query) > 0
        });
    }
    Ok(citation(
        document, &passage, span, hit.period, hit.score, query,
    ))
}

/// Cites a hit for a comparison: the clauses that matter, and among them the one for the cell; with
/// the number of character pairs of the question that it holds.
///
/// # Errors
/// [`LibraryError`] when the passage cannot be read.
pub(super) fn cell(
    library: &Library,
    hit: &Hit,
    query: &Understanding,
    figures_first: bool,
) -> Result<Option<(Citation, usize)>, LibraryError> {
    let citation = cite(library, hit, query, !figures_first)?;
    let quote = &citation.quote;
    let clauses = sentence::clauses(quote, Span::new(0, quote.len()), true);
    let met = |clause: Span| {
        let need = query.answer_type();
        need.is_none_or(|need| need.is_met_by(&folded(clause.of(quote))))
    };
    // An official word counts like a pair of the question: 地区生产总值 for GDP.
    let told = |clause: Span| {
        let folded = folded(clause.of(quote));
        let folded = TextMatch::new(&folded);
        let expansions = query.expansions().iter();
        let official = expansions.filter(|everyday| folded.holds_equivalent(&everyday.synonyms));
        matching(quote, clause, query) + official.count()
    };
    let figure = |clause: Span| AnswerType::FIGURE.is_met_by(&folded(clause.of(quote)));
    let most = clauses.iter().map(|clause| told(*clause)).max();
    let of_figures = |clause: Span| {
        figures_first && figure(clause) && told(clause) * 2 >= most.unwrap_or_default()
    };
    let best = clauses
        .into_iter()
        .rev()
        .max_by_key(|clause| (of_figures(*clause), told(*clause), met(*clause)));
    let Some(best) = best else {
        return Ok(None);
    };
    let matched = told(best);
    if figures_first && !of_figures(best) {
        return Ok(None);
    }
    // What introduces a list of targets (预期目标是：) is no part of the one asked for.
    let introduced = best.of(quote).rfind('：').map(|at| at + '：'.len_utf8());
    let stated = introduced.filter(|at| told(Span::new(best.start + at, best.end)) >= matched);
    let best = Span::new(best.start + stated.unwrap_or(0), best.end);
    let text = best
        .of(quote)
        .trim_end_matches(['，', '；', '。', ',', ';']);
    let cell = Span::new(best.start, best.start + text.len());
    // 预计 may stand before what is quoted.
    let passage = &citation.passage;
    let at = passage.find(quote.as_str()).unwrap_or(0);
    let place = Span::new(at + cell.start, at + cell.end);
    let progress = progress::of(citation.period, passage, place, query);
    let citation = Citation {
        cell,
        progress,
        ..citation
    };
    Ok(Some((citation, matched)))
}

/// Cites a glossary entry: all of it, or the part asked for when the whole is long;
/// `None` when there is no such entry.
///
/// # Errors
/// [`LibraryError`] when the passage cannot be read.
pub(super) fn define(
    library: &Library,
    slogan: &TermMatch,
    query: &Understanding,
) -> Result<Option<Citation>, LibraryError> {
    let Some((document, term)) = library.term(slogan.document, slogan.term) else {
        return Ok(None);
    };
    let passage = library.passage(document.at(term.passage))?;
    let whole = Span::new(0, passage.text.len());
    let part = slogan.part.and_then(|part| term.parts.get(part));
    let span = part.map_or(whole, |part| trim(&passage.text, part.span));
    Ok(Some(citation(
        document,
        &passage,
        span,
        Period::Undated,
        1.0,
        query,
    )))
}

/// Cites the sentence of a passage that uses `name`.
pub(super) fn cite_use(
    document: &DocumentInfo,
    passage: &Passage,
    name: &str,
    score: f32,
    query: &Understanding,
) -> Citation {
    let uses =
        |span: Span| crate::text::normalize::strip_quotes(span.of(&passage.text)).contains(name);
    let sentence = passage
        .sentences
        .iter()
        .find(|sentence| uses(sentence.span));
    let sentence = sentence.or(passage.sentences.first());
    let (span, period) = sentence.map_or(
        (Span::new(0, passage.text.len()), passage.period),
        |sentence| (sentence.span, sentence.period),
    );
    let room = (LONG_SENTENCE, QUOTE_CHARS);
    let span = clip(&passage.text, span, room, &|clause| uses(clause));
    citation(document, passage, span, period, score, query)
}

/// Cites a passage as a whole.
///
/// # Errors
/// [`LibraryError`] when the passage cannot be read.
pub(super) fn whole(
    library: &Library,
    at: PassageAt,
    score: f32,
    query: &Understanding,
) -> Result<Citation, LibraryError> {
    let (document, passage) = library.cited(at)?;
    let span = Span::new(0, passage.text.len());
    Ok(citation(
        document,
        &passage,
        span,
        passage.period,
        score,
        query,
    ))
}

/// Cites a heading, by the first passage that stands below it.
pub(super) fn heading(
    document: &DocumentInfo,
    passage: &Passage,
    heading: &str,
    query: &Understanding,
) -> Citation {
    let whole = Span::new(0, passage.text.len());
    Citation {
        path: passage.path.iter().take(1).cloned().collect(),
        period: passage.period,
        progress: progress::of(passage.period, &passage.text, whole, query),
        ..cite_words(document, passage, heading.to_owned())
    }
}

/// Cites `span` of a passage.
pub(super) fn citation(
    document: &DocumentInfo,
    passage: &Passage,
    span: Span,
    period: Period,
    score: f32,
    query: &Understanding,
) -> Citation {
    let quote = span.of(&passage.text).to_owned();
    Citation {
        period,
        progress: progress::of(period, &passage.text, span, query),
        highlights: highlights(&quote, query),
        quote,
        row: row(passage, span),
        cut_from: cut_from(passage, span),
        score,
        ..cite_words(document, passage, passage.text.clone())
    }
}

/// The cells of a passage that is a row of a table and cited whole; a row has at least two.
fn row(passage: &Passage, span: Span) -> Vec<(Span, Span)> {
    let whole = span.start == 0 && span.end == passage.text.len();
    let named = passage
        .cells
        .iter()
        .all(|cell| cell.name.start < cell.name.end);
    if !whole || !named || passage.cells.len() < 2 {
        return Vec::new();
    }
    let cells = passage.cells.iter();
    cells.map(|cell| (cell.name, cell.value)).collect()
}

/// Cites `words` that stand for a passage, outside of time.
pub(super) fn cite_words(document: &DocumentInfo, passage: &Passage, words: String) -> Citation {
    Citation {
        passage_id: passage.id.clone(),
        document_id: document.id.clone(),
        document_title: document.meta.title.clone(),
        path: document.headings(&passage.path).to_vec(),
        passage_kind: passage.kind,
        period: Period::Undated,
        progress: Progress::None,
        highlights: Vec::new(),
        cell: Span::new(0, 0),
        place: document.meta.place.clone(),
        year: document.meta.year,
        passage: words.clone(),
        row: Vec::new(),
        cut_from: None,
        quote: words,
        standing: None,
        score: 1.0,
    }
}

/// The sentences to quote: the best one, with a neighbour when that holds more of the question.
fn window(passage: &Passage, hit: &Hit, query: &Understanding) -> Span {
    let text = &passage.text;
    let Some(best) = passage.sentences.get(hit.sentence) else {
        return Span::new(0, text.len());
    };
    if passage.kind == PassageKind::Entry && chars(text) <= QUOTE_CHARS {
        return Span::new(0, text.len());
    }
    let count = |span: Span| matching(text, span, query);
    let mut span = best.span;
    if chars(span.of(text)) > LONG_SENTENCE {
        let room = (LONG_SENTENCE, QUOTE_CHARS);
        return clip(text, span, room, &|clause| count(clause) > 0);
    }
    let announces = chars(span.of(text)) <= ANNOUNCEMENT && span.of(text).starts_with(ORDINALS);
    let next = passage.sentences.get(hit.sentence + 1);
    let before = hit
        .sentence
        .checked_sub(1)
        .and_then(|n| passage.sentences.get(n));
    for (neighbour, joined) in [
        next.map(|n| (n, Span::new(span.start, n.span.end))),
        before.map(|b| (b, Span::new(b.span.start, span.end))),
    ]
    .into_iter()
    .flatten()
    {
        let heading = neighbour.span.end <= passage.heading.end;
        let after = joined.start == span.start;
        let more = count(joined) >= count(span) + 2 || (announces && after);
        let same_paragraph = !joined.of(text).contains('\n');
        if more
            && !heading
            && same_paragraph
            && neighbour.period == best.period
            && chars(joined.of(text)) <= QUOTE_CHARS
        {
            span = joined;
            break;
        }
    }
    span
}

/// Character pairs of the question that a span of `text` holds.
fn matching(text: &str, span: Span, query: &Understanding) -> usize {
    let folded = folded(span.of(text));
    let pairs = query.bigrams().iter();
    pairs.filter(|pair| folded.contains(&pair.text)).count()
}

/// The clauses of a sentence from the first to the last that `matters`, grown to a readable length;
/// the sentence itself when nothing matters. `room`: what is no longer than the first number of
/// characters stays whole; what is cut is at most as long as the second.
fn clip(text: &str, sentence: Span, room: (usize, usize), matters: &dyn Fn(Span) -> bool) -> Span {
    if chars(sentence.of(text)) <= room.0 {
        return sentence;
    }
    let clauses = sentence::clauses(text, sentence, true);
    let Some(first) = clauses.iter().position(|clause| matters(*clause)) else {
        return sentence;
    };
    let last = clauses
        .iter()
        .rposition(|clause| matters(*clause))
        .unwrap_or(first);
    let mut range = (first, first);
    // Up to the last clause that matters while it stays readable, then whatever follows.
    while range.1 < last || range.1 + 1 < clauses.len() {
        let longer = Span::new(clauses[range.0].start, clauses[range.1 + 1].end);
        if chars(longer.of(text)) > room.1 {
            break;
        }
        range.1 += 1;
    }
    trim(
        text,
        Span::new(clauses[range.0].start, clauses[range.1].end),
    )
}

fn trim(text: &str, span: Span) -> Span {
    let piece = span.of(text);
    let start = span.start + (piece.len() - piece.trim_start().len());
    Span::new(start, start + piece.trim().len())
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests;
