//! Assigns periods where the headings of a report leave them open; they are written as
//! `<!-- period: … -->`.
//!
//! A review is followed by a plan, so there is one turning point: where the wording before it is most
//! about results and the wording after it most about intentions. Headings that state their tense, by
//! the year they name or in words, are kept and constrain the turning point. Parts about shortcomings
//! are an assessment wherever they stand.

use wenzheng_document::{
    BlockKind, Period, Years,
    tense::{self, Tense},
};
use wenzheng_text::Pattern;

use crate::{layout::Block, paragraph::chars};

/// Weight of a heading that states its tense: more than any wording below it.
const CERTAIN: f32 = 1000.0;
/// Weight of a paragraph that opens the plan, in paragraphs.
const OPENING: f32 = 3.0;
/// What a turning point between two parts with text is worth, in paragraphs: nearly every report has
/// both.
const BOTH: f32 = 0.5;
/// Added to the wording of a paragraph: plans avoid the words of results more than reviews avoid those
/// of intentions.
const MIDDLE: f32 = 0.2;
/// Fewest paragraphs on either side of a turning point that no paragraph opens.
const SIDE: usize = 3;
/// Fewest paragraphs of a plan hidden under the heading of a review.
const PLAN: usize = 5;
/// Shortest paragraph, in chars, whose wording counts.
const SUBSTANTIAL: usize = 24;

/// The year that an opening names.
static YEAR: Pattern = Pattern::new("([12][0-9]{3})年");

/// A part: the blocks below one level-1 heading.
struct Part {
    /// Block of the heading; `None` before the first.
    heading: Option<usize>,
    /// Range of blocks, heading excluded.
    first: usize,
    end: usize,
    tense: Option<Tense>,
    /// True for an annex, which has no turning point.
    annex: bool,
    /// True for a part about shortcomings, which may stand anywhere.
    shortcomings: bool,
    /// True if the heading names the time it speaks of.
    dated: bool,
    /// What the heading says by itself, as readers of the corpus file take it.
    told: Option<Tense>,
}

/// Sets the periods of blocks that would not get the right one by default.
pub(crate) fn assign(blocks: &mut [Block], years: Years) {
    let parts = parts(blocks, years.plan);
    let tenses = resolve(&parts, blocks);
    for (part, tense) in parts.iter().zip(tenses) {
        let period = match tense {
            _ if part.shortcomings => Period::Assessment,
            Tense::Review => Period::Done(years.review),
            Tense::Plan => Period::Planned(years.plan),
            Tense::Glossary => {
                lists(blocks, part, years);
                Period::Undated
            }
            Tense::Mixed => {
                mixed(blocks, part, years);
                Period::Undated
            }
        };
        match part.heading {
            Some(at) => {
                let told = part.told == Some(tense)
                    && !part.annex
                    && !part.shortcomings
                    && tense != Tense::Mixed;
                if !told
                    && let BlockKind::Heading {
                        period: written, ..
                    } = &mut blocks[at].kind
                {
                    *written = Some(period);
                }
            }
            // Salutations come before the first heading, and so do reports without headings.
            None if tense == Tense::Mixed => {}
            None if has_body(blocks, part) => {
                paragraphs(blocks, part.first, part.end, period, false);
            }
            None => {}
        }
    }
}

fn parts(blocks: &[Block], year: i32) -> Vec<Part> {
    let mut parts = vec![Part {
        heading: None,
        first: 0,
        end: 0,
        tense: None,
        annex: false,
        shortcomings: false,
        dated: false,
        told: None,
    }];
    let mut after_glossary = false;
    for (n, block) in blocks.iter().enumerate() {
        if let BlockKind::Heading { level: 1, text, .. } = &block.kind {
            let told = tense::of_heading_in(text, year);
            let dated = tense::names_time(text, year);
            // 回顾2022年工作, and below it, as if of its own, 我们锚定目标团结奋进.
            let above = parts
                .last()
                .filter(|above| above.end == above.first && above.dated);
            let tense = match above.and_then(|above| above.tense) {
                Some(above @ (Tense::Review | Tense::Plan)) if !dated => Some(above),
                _ => told,
            };
            parts.push(Part {
                heading: Some(n),
                first: n + 1,
                end: n + 1,
                tense,
                annex: after_glossary,
                shortcomings: tense::names_shortcomings(text),
                dated,
                told,
            });
            after_glossary |= tense == Some(Tense::Glossary);
        }
        if let Some(part) = parts.last_mut() {
            part.end = n + 1;
        }
    }
    parts
}

/// Returns the tense of every part.
fn resolve(parts: &[Part], blocks: &[Block]) -> Vec<Tense> {
    let turning: Vec<usize> = (0..parts.len())
        .filter(|n| {
            let part = &parts[*n];
            // Salutations before the first heading are of no time.
            let empty = part.heading.is_none() && !has_body(blocks, part) && parts.len() > 1;
            !part.annex && !part.shortcomings && !empty && part.tense != Some(Tense::Glossary)
        })
        .collect();
    let turns = |n: &usize| match parts[*n].tense {
        Some(Tense::Review) => CERTAIN,
        Some(Tense::Plan) => -CERTAIN,
        _ => leaning(blocks, &parts[*n]),
    };
    let leans: Vec<f32> = turning.iter().map(turns).collect();
    let turn = turn(&leans);
    let mut tenses: Vec<Tense> = parts
        .iter()
        .map(|part| part.tense.unwrap_or(Tense::Glossary))
        .collect();
    for (order, n) in turning.iter().enumerate() {
        if parts[*n].tense.is_none() {
            tenses[*n] = if order < turn {
                Tense::Review
            } else {
                Tense::Plan
            };
        }
    }
    // The heading of the plan was not recognised, and the plan begins below the last of the review.
    for n in [turn.checked_sub(1), Some(turn)].into_iter().flatten() {
        if let Some(n) = turning.get(n)
            && parts[*n].tense.is_none()
            && inner_turn(blocks, &parts[*n]).is_some_and(|turn| turn.opens && turn.plain)
        {
            tenses[*n] = Tense::Mixed;
        }
    }
    for n in holding_both(parts, blocks, &turning, &tenses) {
        tenses[n] = Tense::Mixed;
    }
    tenses
}

/// The parts that hold review and plan although their tense is told otherwise.
fn holding_both(
    parts: &[Part],
    blocks: &[Block],
    turning: &[usize],
    tenses: &[Tense],
) -> Vec<usize> {
    // A single part without a heading holds both.
    if let [only] = turning
        && parts[*only].heading.is_none()
    {
        return vec![*only];
    }
    let has = |wanted: Tense| {
        let mut tenses = turning.iter().map(|n| tenses[*n]);
        tenses.any(|tense| tense == wanted || tense == Tense::Mixed)
    };
    let turns = |n: &&usize| inner_turn(blocks, &parts[**n]).is_some();
    let mut holding = Vec::new();
    // No heading opens the plan, or none the review: the one begins or the other ends within a part.
    if !has(Tense::Plan) {
        holding.extend(turning.last().filter(turns));
    }
    if !has(Tense::Review) {
        holding.extend(turning.first().filter(turns));
    }
    // The heading of the plan was not recognised, so the review seems to go on.
    let named = |n: &usize| parts[*n].dated && parts[*n].tense == Some(Tense::Plan);
    if has(Tense::Plan) && !turning.iter().any(named) {
        let review = turning
            .iter()
            .rfind(|n| parts[**n].tense == Some(Tense::Review));
        holding.extend(review.filter(|n| holds_plan(blocks, &parts[**n])));
    }
    holding
}

/// Index of the first value that belongs to the plan.
fn turn(leans: &[f32]) -> usize {
    let mut best = (f32::MIN, 0);
    for turn in 0..=leans.len() {
        let before: f32 = leans[..turn].iter().sum();
        let after: f32 = leans[turn..].iter().sum();
        let inside = turn > 0 && turn < leans.len();
        let score = before - after + if inside { BOTH } else { 0.0 };
        if score > best.0 {
            best = (score, turn);
        }
    }
    best.1
}

fn text_of(block: &Block) -> Option<&str> {
    let BlockKind::Paragraph { text, .. } = &block.kind else {
        return None;
    };
    Some(text)
}

/// Score of a text by its words; 0 if they say nothing.
fn worded(text: &str) -> f32 {
    let lean = tense::lean(text);
    if lean == 0.0 { lean } else { lean + MIDDLE }
}

/// Score of a paragraph: positive for results, negative for intentions.
fn lean(text: &str) -> f32 {
    let mut lean = 0.0;
    if chars(text) >= SUBSTANTIAL {
        lean += worded(text);
    }
    // Shortcomings belong to the review.
    if tense::tells_shortcomings(text) {
        lean += 1.0;
    }
    if tense::opens_plan(text) {
        lean -= OPENING;
    }
    lean
}

fn leaning(blocks: &[Block], part: &Part) -> f32 {
    let texts = blocks[part.first..part.end].iter().filter_map(text_of);
    let leans: Vec<f32> = texts.map(lean).collect();
    // Dampened, so that a long part does not outweigh everything.
    let sum: f32 = leans.iter().sum();
    sum / (leans.len().max(1) as f32).sqrt()
}

/// True if a part holds more than salutations.
fn has_body(blocks: &[Block], part: &Part) -> bool {
    blocks[part.first..part.end].iter().any(is_body)
}

fn is_body(block: &Block) -> bool {
    text_of(block).is_some_and(|text| chars(text) > 60 && !is_salutation(text))
}

/// 现在，我代表县人民政府，向大会报告工作，请予审议…
fn is_salutation(text: &str) -> bool {
    let asks = text.contains("审议")
        && (text.contains("报告工作") || text.contains("工作报告") || text.contains("委员"));
    asks && chars(text) < 200
}

/// The paragraphs of a part with their places, and which of them is the first of the plan.
fn turning_point<'a>(blocks: &'a [Block], part: &Part) -> (Vec<(usize, &'a str)>, usize) {
    let texts: Vec<(usize, &str)> = (part.first..part.end)
        .filter_map(|n| Some((n, text_of(&blocks[n])?)))
        .collect();
    let leans: Vec<f32> = texts.iter().map(|(_, text)| lean(text)).collect();
    (texts, turn(&leans))
}

/// The turning point within a part.
struct InnerTurn {
    /// The first block of the plan.
    at: usize,
    /// True if one of the next paragraphs opens the plan.
    opens: bool,
    /// True if the wording on either side is plain.
    plain: bool,
}

/// The turning point within a part, if both halves have text and a paragraph opens the plan or the
/// wording of both is plain.
fn inner_turn(blocks: &[Block], part: &Part) -> Option<InnerTurn> {
    let (texts, turn) = turning_point(blocks, part);
    if turn == 0 || turn >= texts.len() {
        return None;
    }
    let (before, after) = texts.split_at(turn);
    let opens = after
        .iter()
        .take(3)
        .any(|(_, text)| tense::opens_plan(text));
    let mean = |texts: &[(usize, &str)]| {
        let substantial = texts.iter().filter(|(_, text)| chars(text) >= SUBSTANTIAL);
        let leans: Vec<f32> = substantial.map(|(_, text)| worded(text)).collect();
        let sum: f32 = leans.iter().sum();
        (leans.len() >= SIDE).then(|| sum / leans.len() as f32)
    };
    let plain =
        mean(before).is_some_and(|lean| lean > 0.1) && mean(after).is_some_and(|lean| lean < -0.2);
    (opens || plain).then(|| InnerTurn {
        at: texts[turn].0,
        opens,
        plain,
    })
}

/// True if a substantial share of a review is really a plan.
fn holds_plan(blocks: &[Block], part: &Part) -> bool {
    let Some(InnerTurn { at: turn, .. }) = inner_turn(blocks, part) else {
        return false;
    };
    let leans = |from: usize, to: usize| -> Vec<f32> {
        let texts = blocks[from..to].iter().filter_map(text_of);
        texts.map(worded).collect()
    };
    let (before, after) = (leans(part.first, turn), leans(turn, part.end));
    let mean = |leans: &[f32]| leans.iter().sum::<f32>() / leans.len().max(1) as f32;
    after.len() >= PLAN && after.len() * 3 >= before.len() && mean(&after) < -0.3
}

/// Sets the period of every paragraph of a part that holds review and plan.
fn mixed(blocks: &mut [Block], part: &Part, years: Years) {
    let (texts, turn) = turning_point(blocks, part);
    let at = texts.get(turn).map_or(part.end, |(n, _)| *n);
    // Below a heading there are no salutations.
    let begun = part.heading.is_some();
    paragraphs(blocks, part.first, at, Period::Done(years.review), begun);
    paragraphs(blocks, at, part.end, Period::Planned(years.plan), begun);
}

/// Dates the livelihood lists in the glossary or an annex by the year that their opening names.
fn lists(blocks: &mut [Block], part: &Part, years: Years) {
    for n in part.first..part.end {
        let opens = matches!(
            blocks.get(n + 1).map(|block| &block.kind),
            Some(BlockKind::LivelihoodItem { .. })
        );
        if let BlockKind::Paragraph { text, period, .. } = &mut blocks[n].kind
            && opens
            && let Some(year) = YEAR.captures(text).and_then(|year| year[1].parse().ok())
        {
            *period = match years.plan {
                planned if year == planned => Some(Period::Planned(year)),
                planned if year < planned => Some(Period::Done(year)),
                _ => None,
            };
        }
    }
}

/// Sets the period of paragraphs, except for salutations; shortcomings become an assessment.
/// With `begun`, the first paragraph may be one too.
fn paragraphs(blocks: &mut [Block], first: usize, end: usize, of: Period, mut begun: bool) {
    for block in &mut blocks[first..end] {
        begun |= is_body(block);
        if let BlockKind::Paragraph {
            text,
            continues: false,
            period,
            ..
        } = &mut block.kind
        {
            let undated = !begun || is_salutation(text);
            if undated {
                continue;
            }
            let reviews = matches!(of, Period::Done(_));
            *period = Some(if reviews && tense::tells_shortcomings(text) {
                Period::Assessment
            } else {
                of
            });
        }
    }
}

#[cfg(test)]
mod tests;
