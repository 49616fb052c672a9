//! Assigns periods where the headings of a report leave them open; they are written as
//! `<!-- period: … -->`.
//!
//! A review is followed by a plan, so there is one turning point: where the wording before it is most
//! about results and the wording after it most about intentions. Headings that state their tense are
//! kept and constrain the turning point.

use wenzheng_document::{
    BlockKind, Meta, Period,
    tense::{self, Tense},
};

use crate::{layout::Block, paragraph::chars};

/// Weight of a heading that states its tense: more than any wording below it.
const CERTAIN: f32 = 1000.0;
/// Weight of a paragraph that opens the plan, in paragraphs.
const OPENING: f32 = 3.0;
/// Fewest paragraphs of a plan hidden under the heading of a review.
const PLAN: usize = 5;
/// Shortest paragraph, in chars, whose wording counts.
const SUBSTANTIAL: usize = 24;

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
}

/// Sets the periods of blocks that would not get the right one by default.
pub(crate) fn assign(blocks: &mut [Block], meta: &Meta) {
    let parts = parts(blocks);
    let tenses = resolve(&parts, blocks);
    for (part, tense) in parts.iter().zip(tenses) {
        let period = match tense {
            Tense::Review => Period::Done(meta.review_year),
            Tense::Plan => Period::Planned(meta.year),
            Tense::Glossary => Period::Undated,
            Tense::Mixed => {
                mixed(blocks, part, meta);
                Period::Undated
            }
        };
        match part.heading {
            Some(at) => {
                let told = part.tense == Some(tense) && !part.annex && tense != Tense::Mixed;
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
            None if has_body(blocks, part) => paragraphs(blocks, part.first, part.end, period),
            None => {}
        }
    }
}

fn parts(blocks: &[Block]) -> Vec<Part> {
    let mut parts = vec![Part {
        heading: None,
        first: 0,
        end: 0,
        tense: None,
        annex: false,
    }];
    let mut after_glossary = false;
    for (n, block) in blocks.iter().enumerate() {
        if let BlockKind::Heading { level: 1, text, .. } = &block.kind {
            let tense = tense::of_heading(text);
            parts.push(Part {
                heading: Some(n),
                first: n + 1,
                end: n + 1,
                tense,
                annex: after_glossary,
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
        .filter(|n| !parts[*n].annex && parts[*n].tense != Some(Tense::Glossary))
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
    // No heading opens the plan: it begins within a part.
    let planned = turning.iter().any(|n| tenses[*n] != Tense::Review);
    if let Some(last) = turning.last()
        && !planned
        && inner_turn(blocks, &parts[*last]).is_some()
    {
        tenses[*last] = Tense::Mixed;
    }
    // The heading of the plan was not recognised, so the review seems to go on.
    let review = turning
        .iter()
        .rfind(|n| parts[**n].tense == Some(Tense::Review));
    if let Some(review) = review
        && planned
        && holds_plan(blocks, &parts[*review])
    {
        tenses[*review] = Tense::Mixed;
    }
    // A single part without a heading holds both.
    if let [only] = turning.as_slice()
        && parts[*only].heading.is_none()
    {
        tenses[*only] = Tense::Mixed;
    }
    tenses
}

/// Index of the first value that belongs to the plan.
fn turn(leans: &[f32]) -> usize {
    let mut best = (f32::MIN, 0);
    for turn in 0..=leans.len() {
        let before: f32 = leans[..turn].iter().sum();
        let after: f32 = leans[turn..].iter().sum();
        if before - after > best.0 {
            best = (before - after, turn);
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

/// Score of a paragraph: positive for results, negative for intentions.
fn lean(text: &str) -> f32 {
    let mut lean = 0.0;
    if chars(text) >= SUBSTANTIAL {
        lean += tense::lean(text);
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

/// The first block of a part that belongs to the plan, if both halves have text.
fn inner_turn(blocks: &[Block], part: &Part) -> Option<usize> {
    let (texts, turn) = turning_point(blocks, part);
    let opens = texts[turn.min(texts.len())..]
        .iter()
        .take(3)
        .any(|(_, text)| tense::opens_plan(text));
    (turn > 0 && turn < texts.len() && opens).then(|| texts[turn].0)
}

/// True if a substantial share of a review is really a plan.
fn holds_plan(blocks: &[Block], part: &Part) -> bool {
    let Some(turn) = inner_turn(blocks, part) else {
        return false;
    };
    let leans = |from: usize, to: usize| -> Vec<f32> {
        let texts = blocks[from..to].iter().filter_map(text_of);
        texts.map(tense::lean).collect()
    };
    let (before, after) = (leans(part.first, turn), leans(turn, part.end));
    let mean = |leans: &[f32]| leans.iter().sum::<f32>() / leans.len().max(1) as f32;
    after.len() >= PLAN && after.len() * 3 >= before.len() && mean(&after) < -0.3
}

/// Sets the period of every paragraph of a part that holds review and plan.
fn mixed(blocks: &mut [Block], part: &Part, meta: &Meta) {
    let (texts, turn) = turning_point(blocks, part);
    let at = texts.get(turn).map_or(part.end, |(n, _)| *n);
    paragraphs(blocks, part.first, at, Period::Done(meta.review_year));
    paragraphs(blocks, at, part.end, Period::Planned(meta.year));
}

/// Sets the period of paragraphs, except for salutations; shortcomings become an assessment.
fn paragraphs(blocks: &mut [Block], first: usize, end: usize, of: Period) {
    let mut begun = false;
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
mod tests {
    use super::*;

    #[test]
    fn the_turn_parts_results_from_intentions() {
        assert_eq!(turn(&[0.5, 0.6, -0.2, -0.9]), 2);
        assert_eq!(turn(&[0.5, -0.1, 0.6, -0.9]), 3);
        assert_eq!(turn(&[]), 0);
        assert_eq!(turn(&[-1.0]), 0);
        assert_eq!(turn(&[1.0]), 1);
    }
}
