//! Cleans paragraphs and records every change.
//!
//! Artifacts are removed first, since they separate characters that belong together; then damaged
//! bytes are repaired, in the script they were damaged in; then script and punctuation are converted,
//! which keeps the number of characters, so that positions recorded before stay valid.

use gbk_repair::{Budget, Repair, Repaired, Surroundings, is_suspect, repair_within};
use wenzheng_document::BlockKind;
use wenzheng_text::{
    normalize::narrow_runs,
    script::{is_traditional, simplify},
};

use crate::{artifacts, layout::Block, model::Mend, paragraph::Paragraph, punctuation::widen};

/// Candidate readings of damaged text that are tried per file, about ten seconds in a release build.
/// A report that needs more is damaged beyond use, and a hostile file could need hours.
const READINGS: usize = 40_000_000;
/// Longest piece that is repaired at once, in chars.
const LONG: usize = 3_000;

/// A cleaned paragraph.
pub(crate) struct Cleaned {
    /// The paragraph as in the corpus file.
    pub(crate) paragraph: Paragraph,
    spots: Vec<Spot>,
}

/// A change within a paragraph.
struct Spot {
    /// Position in the clean text, in chars.
    at: usize,
    mend: Mend,
}

/// What is done to all paragraphs of a file alike.
struct Cleaner {
    /// True for a Traditional file, which is made Simplified. The rare characters of a Simplified one
    /// are meant as they stand: 乾安县, 濛江.
    traditional: bool,
    budget: Budget,
}

/// Cleans the title that a file states outside of its text.
pub(crate) fn title(title: &str, paragraphs: &[Paragraph]) -> String {
    let traditional = is_traditional(texts(paragraphs));
    widen(&folded(title.to_owned(), traditional))
}

fn texts(paragraphs: &[Paragraph]) -> impl Iterator<Item = &str> {
    paragraphs.iter().map(|paragraph| paragraph.text.as_str())
}

fn folded(text: String, traditional: bool) -> String {
    if traditional { simplify(&text) } else { text }
}

/// Cleans all paragraphs.
pub(crate) fn all(paragraphs: &[Paragraph]) -> Vec<Cleaned> {
    let suspect: Vec<bool> = paragraphs
        .iter()
        .map(|paragraph| pieces(&narrow_runs(&paragraph.text)).any(is_suspect))
        .collect();
    // Most files are undamaged and need no statistics of their surroundings.
    let surroundings = suspect
        .contains(&true)
        .then(|| Surroundings::of(texts(paragraphs).filter(|text| text.len() <= LONG * 3)));
    let mut cleaner = Cleaner {
        traditional: is_traditional(texts(paragraphs)),
        budget: Budget::readings(READINGS),
    };
    let mut all = Vec::new();
    for (paragraph, suspect) in paragraphs.iter().zip(suspect) {
        let surroundings = surroundings.as_ref().filter(|_| suspect);
        all.push(cleaner.clean(paragraph, surroundings));
    }
    all
}

impl Cleaner {
    /// `surroundings` is `None` for an undamaged paragraph.
    fn clean(&mut self, paragraph: &Paragraph, surroundings: Option<&Surroundings>) -> Cleaned {
        let quiet = artifacts::remove(&paragraph.text);
        let narrow = narrow_runs(&quiet.text);
        let repairs = match surroundings {
            Some(surroundings) => repair_pieces(&narrow, surroundings, &mut self.budget),
            None => Vec::new(),
        };
        let repaired = apply(&repairs, &narrow, &quiet.text);
        let text = widen(&folded(repaired, self.traditional));
        with_spots(paragraph, &quiet, &narrow, &repairs, text)
    }
}

/// A paragraph whose clean text is `text`, with what was changed in it.
fn with_spots(
    paragraph: &Paragraph,
    quiet: &Repaired,
    narrow: &str,
    repairs: &[Repair],
    text: String,
) -> Cleaned {
    let mut mark = paragraph.mark;
    let mut spots = spots(&paragraph.text, &quiet.repairs, &quiet.text, paragraph.line);
    let bold = mark.bold;
    for spot in spots.iter().take_while(|spot| spot.at < bold) {
        let removed = spot.mend.before.chars().count() - spot.mend.after.chars().count();
        mark.bold = mark.bold.saturating_sub(removed);
    }
    spots.extend(self::spots(narrow, repairs, &text, paragraph.line));
    spots.sort_by_key(|spot| spot.at);
    Cleaned {
        paragraph: Paragraph {
            text,
            mark,
            ..paragraph.clone()
        },
        spots,
    }
}

/// Applies the `repairs` of `narrow` to `text`, which has as many chars, so that everything else keeps
/// its width.
fn apply(repairs: &[Repair], narrow: &str, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    let mut read = 0;
    for repair in repairs {
        let before = narrow[read..repair.span.start].chars().count();
        out.extend(chars.by_ref().take(before));
        out.push_str(&repair.after);
        chars
            .by_ref()
            .take(repair.before.chars().count())
            .for_each(drop);
        read = repair.span.end;
    }
    out.extend(chars);
    out
}

/// [`repair_within`] piece by piece: its cost grows with the square of a damaged text's length.
fn repair_pieces(text: &str, surroundings: &Surroundings, budget: &mut Budget) -> Vec<Repair> {
    let mut repairs = Vec::new();
    let mut at = 0;
    for piece in pieces(text) {
        let repaired = repair_within(piece, surroundings, budget);
        repairs.extend(repaired.repairs.into_iter().map(|repair| Repair {
            span: repair.span.start + at..repair.span.end + at,
            ..repair
        }));
        at += piece.len();
    }
    repairs
}

/// Splits `text` into pieces of at most [`LONG`] chars, after sentences where possible.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest
            .char_indices()
            .nth(LONG)
            .map_or(rest.len(), |(end, _)| {
                let sentence = rest[..end].rfind('。').map(|at| at + '。'.len_utf8());
                sentence.filter(|at| at * 2 > end).unwrap_or(end)
            });
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

/// Locates the `repairs` of `raw` in the clean `text`, whose script may have changed since.
fn spots(raw: &str, repairs: &[Repair], text: &str, line: usize) -> Vec<Spot> {
    let clean: Vec<char> = text.chars().collect();
    let mut spots = Vec::new();
    // Outside the repairs, raw and clean text have the same number of chars.
    let (mut read, mut at) = (0, 0);
    for found in repairs {
        at += raw[read..found.span.start].chars().count();
        read = found.span.end;
        let end = (at + found.after.chars().count()).min(clean.len());
        let start = at.min(end);
        spots.push(Spot {
            at,
            mend: Mend {
                line: 0,
                source_line: line,
                context: clean[start.saturating_sub(8)..start].iter().collect(),
                before: found.before.clone(),
                after: clean[start..end].iter().collect(),
                certainty: found.certainty,
            },
        });
        at = end;
    }
    spots
}

/// Returns all changes with their lines in the corpus file.
pub(crate) fn mends(cleaned: &[Cleaned], blocks: &[Block], lines: &[usize]) -> Vec<Mend> {
    // For each block of a paragraph: chars of the paragraph before it, and its line.
    let mut lines_of: Vec<Vec<(usize, usize)>> = vec![Vec::new(); cleaned.len()];
    let mut lengths = vec![0; cleaned.len()];
    for (block, line) in blocks.iter().zip(lines) {
        let n = block.paragraph;
        lines_of[n].push((lengths[n], *line));
        lengths[n] += chars(&block.kind);
    }
    let mut mends = Vec::new();
    // A paragraph that was joined to the one above stands on the line of that.
    let mut above = 0;
    for (paragraph, lines) in cleaned.iter().zip(&lines_of) {
        above = lines.last().map_or(above, |(_, line)| *line);
        for spot in &paragraph.spots {
            let next = lines.partition_point(|(before, _)| *before <= spot.at);
            let line = lines
                .get(next.saturating_sub(1))
                .map_or(above, |(_, line)| *line);
            mends.push(Mend {
                line,
                ..spot.mend.clone()
            });
        }
    }
    mends
}

fn chars(block: &BlockKind) -> usize {
    match block {
        BlockKind::Title(text)
        | BlockKind::Heading { text, .. }
        | BlockKind::Paragraph { text, .. }
        | BlockKind::LivelihoodItem { text } => text.chars().count(),
        BlockKind::TableRow { cells, .. } => cells.iter().map(|cell| cell.chars().count()).sum(),
        BlockKind::Entry {
            name, definition, ..
        } => name.chars().count() + definition.chars().count(),
    }
}

#[cfg(test)]
mod tests {
    use gbk_repair::Certainty;

    use super::*;
    use crate::paragraph::Mark;

    fn cleaned(text: &str) -> Cleaned {
        all(&[Paragraph::plain(text)]).remove(0)
    }

    #[test]
    fn artifacts_script_and_marks_are_changed_and_only_artifacts_are_recorded() {
        let cleaned = cleaned("政府工作報(bào)告,，增長7%;投資2,000萬元。");
        assert_eq!(
            cleaned.paragraph.text,
            "政府工作报告，增长7%；投资2,000万元。"
        );
        let changes: Vec<(usize, &str, &str)> = cleaned
            .spots
            .iter()
            .map(|spot| (spot.at, spot.mend.before.as_str(), spot.mend.after.as_str()))
            .collect();
        assert_eq!(changes, [(5, "(bào)", ""), (6, ",，", "，")]);
    }

    #[test]
    fn a_bold_opening_loses_the_artifacts_within_it() {
        let paragraph = Paragraph {
            mark: Mark {
                heading: 0,
                bold: 10,
                ..Mark::default()
            },
            ..Paragraph::plain("報(bào)告工作。現在，我報(gào)告。")
        };
        let cleaned = all(&[paragraph]).remove(0);
        assert_eq!(cleaned.paragraph.mark.bold, 5);
        assert!(cleaned.paragraph.text.starts_with("报告工作。"));
    }

    #[test]
    fn a_lost_character_is_marked_and_full_width_figures_stay() {
        let cleaned =
            cleaned("２０２３年，最需警惕的苗頭是社會焦慮心態加??;普遍存在思想認識上有偏差。");
        assert_eq!(
            cleaned.paragraph.text,
            "２０２３年，最需警惕的苗头是社会焦虑心态加□；普遍存在思想认识上有偏差。"
        );
        let [spot] = cleaned.spots.as_slice() else {
            panic!("one spot, not {}", cleaned.spots.len());
        };
        assert_eq!(spot.mend.certainty, Certainty::Lost);
        assert_eq!(spot.mend.context, "是社会焦虑心态加");
    }

    #[test]
    fn a_simplified_text_is_not_folded_again() {
        let text = "支持乾安县、濛江镇、於潜镇发展，鸿昇集团投产，驰著名品牌，文徵明故里。";
        assert_eq!(cleaned(text).paragraph.text, text);
        let of = |title| super::title(title, &[Paragraph::plain(text)]);
        assert_eq!(of("乾安县政府工作报告"), "乾安县政府工作报告");
        let traditional = Paragraph::plain("現在，我代表縣人民政府報告工作。");
        assert_eq!(
            super::title("通渭縣工作報告", &[traditional]),
            "通渭县工作报告"
        );
    }

    #[test]
    fn rare_names_in_a_row_are_no_damage() {
        for text in [
            "做强钽铌铍产业，保护筼筜湖，鼓励饸饹面进景区，打通甬金衢通道，推进徂徕山汶河治理。",
            "发展试验区，英德浛洸镇、连州东陂镇，翘嘴鳜、渑淅高速、潇迴古道。",
            "琥珀八氢氨吖啶片获批上市；沙埕至甬莞高速;桢楠、荥经。",
        ] {
            let cleaned = cleaned(text);
            assert!(cleaned.spots.is_empty(), "{}", cleaned.paragraph.text);
        }
    }

    #[test]
    fn a_change_has_the_line_of_the_block_it_came_to_stand_in() {
        let cleaned = all(&[Paragraph::plain("一、報(bào)告。二、再(zài)接再厲。")]);
        let block = |text: &str| Block {
            kind: BlockKind::LivelihoodItem {
                text: text.to_owned(),
            },
            paragraph: 0,
        };
        let blocks = [block("一、报告。"), block("二、再接再厉。")];
        let lines: Vec<usize> = mends(&cleaned, &blocks, &[7, 9])
            .iter()
            .map(|mend| mend.line)
            .collect();
        assert_eq!(lines, [7, 9]);
    }

    #[test]
    fn long_text_is_cut_after_sentences_and_nothing_is_lost() {
        let text = "坚持不懈，久久为功。".repeat(1_000);
        let all: Vec<&str> = pieces(&text).collect();
        assert_eq!(all.concat(), text);
        assert!(all.iter().all(|piece| piece.chars().count() <= LONG));
        assert!(all.iter().all(|piece| piece.ends_with('。')));
        let endless = "坚".repeat(7_000);
        let lengths: Vec<usize> = pieces(&endless).map(|p| p.chars().count()).collect();
        assert_eq!(lengths, [3_000, 3_000, 1_000]);
    }
}
