//! Joins printed lines into the paragraphs they were broken from.
//!
//! A Chinese paragraph is indented by two characters and its last line is hardly ever full: an
//! indented line starts a paragraph, and a short line ends one.

/// A printed line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// Left edge, in any unit.
    pub(crate) x: f32,
    /// Right edge, in the same unit.
    pub(crate) end: f32,
    /// Height of a character, in the same unit.
    pub(crate) size: f32,
    /// True if all of it is bold.
    pub(crate) bold: bool,
    pub(crate) text: String,
}

/// A paragraph of one or more lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Joined {
    pub(crate) text: String,
    /// Number of bold chars at the start.
    pub(crate) bold: usize,
    /// Page or line number on which it begins.
    pub(crate) line: usize,
}

/// Shortest line, in chars, that counts towards the right margin.
const LEAST: usize = 12;

/// Joins `lines`, each with its page or line number, into paragraphs.
pub(crate) fn join(lines: &[(usize, Line)]) -> Vec<Joined> {
    join_within(lines, margins(lines))
}

/// The left and right margin of the text.
pub(crate) fn margins(lines: &[(usize, Line)]) -> (f32, f32) {
    let left = usual(lines.iter().map(|(_, line)| line.x));
    let body: Vec<f32> = lines
        .iter()
        .filter(|(_, line)| line.text.chars().count() >= LEAST)
        .map(|(_, line)| line.end)
        .collect();
    (left, usual(body.iter().copied()))
}

/// Joins `lines` of a text with these margins, see [`join`].
pub(crate) fn join_within(lines: &[(usize, Line)], (left, right): (f32, f32)) -> Vec<Joined> {
    let mut joined: Vec<Joined> = Vec::new();
    let mut before: Option<&Line> = None;
    for (n, line) in lines {
        let continues = before.is_some_and(|before| {
            let indented = line.x > left + line.size * 0.8;
            let full = before.end > right - before.size * 2.0;
            let alike = (before.size - line.size).abs() < before.size * 0.15;
            // A centred line continues only a line that fills the page from margin to margin.
            let middle = |line: &Line| f32::midpoint(line.x, line.end);
            let centred = (middle(before) - middle(line)).abs() < line.size * 0.3
                && before.x < left + before.size
                && before.end > right - before.size
                && !before.text.ends_with(['。', '！', '：', '；']);
            full && alike && (!indented || centred)
        });
        let chars = line.text.chars().count();
        match joined.last_mut() {
            Some(paragraph) if continues => {
                let words = paragraph.text.ends_with(|c: char| c.is_ascii_alphabetic())
                    && line.text.starts_with(|c: char| c.is_ascii_alphabetic());
                if line.bold && paragraph.bold == paragraph.text.chars().count() {
                    paragraph.bold += chars + usize::from(words);
                }
                if words {
                    paragraph.text.push(' ');
                }
                paragraph.text.push_str(&line.text);
            }
            _ => joined.push(Joined {
                text: line.text.clone(),
                bold: if line.bold { chars } else { 0 },
                line: *n,
            }),
        }
        before = Some(line);
    }
    joined
}

/// The most common value, within a tolerance of three units.
fn usual(values: impl Iterator<Item = f32>) -> f32 {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    let mut best = (0, 0.0);
    let mut start = 0;
    for end in 0..values.len() {
        while values[end] - values[start] > 3.0 {
            start += 1;
        }
        if end - start + 1 > best.0 {
            best = (end - start + 1, values[end]);
        }
    }
    best.1
}

/// Returns the lines of a text file that was wrapped at a fixed width, counted in columns or in
/// characters; `None` if its lines are paragraphs.
pub(crate) fn printed(text: &str) -> Option<Vec<(usize, Line)>> {
    let lines: Vec<(usize, &str)> = text
        .lines()
        .enumerate()
        .map(|(n, line)| (n + 1, line.trim_end()))
        .filter(|(_, line)| !line.trim().is_empty())
        .collect();
    let ways: [fn(char) -> usize; 2] = [|c| if c.is_ascii() { 1 } else { 2 }, |_| 2];
    let measured = ways.map(|way| (full_lines(&lines, way), way));
    let (_, columns) = measured
        .into_iter()
        .filter(|(full, _)| full.is_some())
        .max_by_key(|(full, _)| *full)?;
    let width = |line: &str| -> f32 { line.chars().map(columns).sum::<usize>() as f32 };
    let printed = |(n, line): (usize, &str)| {
        let text = line.trim_start();
        let end = width(line);
        let line = Line {
            x: end - width(text),
            end,
            size: 2.0,
            bold: false,
            text: text.to_owned(),
        };
        (n, line)
    };
    Some(lines.into_iter().map(printed).collect())
}

/// Counts the full lines if the text was wrapped at its widest line.
fn full_lines(lines: &[(usize, &str)], columns: fn(char) -> usize) -> Option<usize> {
    let width = |line: &str| -> usize { line.chars().map(columns).sum() };
    let widest = lines.iter().map(|(_, line)| width(line)).max().unwrap_or(0);
    // Wrapped lines end anywhere, seldom at the end of a sentence.
    let full: Vec<&str> = lines
        .iter()
        .map(|(_, line)| *line)
        .filter(|line| width(line) + 4 >= widest)
        .collect();
    let open = full
        .iter()
        .filter(|line| !line.ends_with(['。', '！', '？', '；', '：']))
        .count();
    let broken = (30..=160).contains(&widest)
        && full.len() >= 20
        && full.len() * 2 >= lines.len()
        && open * 3 >= full.len() * 2;
    broken.then_some(full.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_broken_at_a_width_become_paragraphs_again() {
        let paragraph =
            "坚持稳中求进工作总基调，推动高质量发展取得新成效，人民生活不断改善。".repeat(9);
        let mut text = String::from("2023年工作回顾\n");
        for _ in 0..2 {
            let chars: Vec<char> = "　　".chars().chain(paragraph.chars()).collect();
            for line in chars.chunks(26) {
                text.extend(line);
                text.push('\n');
            }
        }
        let lines = printed(&text).expect("broken at 26 characters");
        let joined: Vec<String> = join(&lines).into_iter().map(|p| p.text).collect();
        assert_eq!(joined, ["2023年工作回顾", &paragraph, &paragraph]);
    }

    #[test]
    fn ordinary_text_is_not_taken_for_broken_lines() {
        let text = "坚持稳中求进工作总基调，推动高质量发展取得新成效。\n各位代表：\n".repeat(40);
        assert_eq!(printed(&text), None);
    }
}
