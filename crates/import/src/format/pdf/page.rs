//! Interprets the drawing operations of a page, as far as text needs it.

use std::collections::HashMap;

use lopdf::{
    Document, Object, ObjectId,
    content::{Content, Operation},
};

use super::fonts::{Font, FontFile, font_reader};
use crate::{error::ImportError, line_join::Line};

/// Maximum unpacked size of all pages, in bytes.
const CONTENT: usize = 96 * 1024 * 1024;
/// Maximum number of drawing operations in a file.
const OPERATIONS: usize = 6_000_000;
/// Maximum number of saved graphics states.
const STATES: usize = 256;

/// Remaining budget of a file.
pub(super) struct Budget {
    /// Bytes.
    content: usize,
    operations: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            content: CONTENT,
            operations: OPERATIONS,
        }
    }
}

/// A run of text at its position.
struct Run {
    x: f32,
    y: f32,
    size: f32,
    end: f32,
    bold: bool,
    text: String,
}

/// Graphics state, as far as horizontal text needs it.
#[derive(Clone, Copy)]
struct State {
    /// Page transformation [a, d, e, f]: x = a·x + e, y = d·y + f.
    page: [f32; 4],
    size: f32,
    leading: f32,
    font: usize,
}

impl Default for State {
    fn default() -> Self {
        Self {
            page: [1.0, 1.0, 0.0, 0.0],
            size: 10.0,
            leading: 0.0,
            font: 0,
        }
    }
}

/// Everything that operations change.
#[derive(Default)]
struct Pen {
    state: State,
    saved: Vec<State>,
    text: Text,
}

/// Interpreter of one page.
pub(super) struct Page<'a> {
    fonts: HashMap<Vec<u8>, usize>,
    readers: Vec<(Font<'a>, bool)>,
    runs: Vec<Run>,
    /// Number of characters that could not be decoded.
    pub(super) unreadable: usize,
}

impl<'a> Page<'a> {
    /// Creates the interpreter of a page with these fonts.
    pub(super) fn new(document: &'a Document, files: &'a [FontFile]) -> Result<Self, ImportError> {
        let mut fonts = HashMap::new();
        let mut readers = vec![(Font::Unreadable, false)];
        for file in files {
            fonts.insert(file.name.clone(), readers.len());
            readers.push((font_reader(document, file)?, file.bold));
        }
        Ok(Self {
            fonts,
            readers,
            runs: Vec::new(),
            unreadable: 0,
        })
    }

    /// Runs the drawing operations of the page.
    pub(super) fn read(
        &mut self,
        document: &Document,
        page: ObjectId,
        budget: &mut Budget,
    ) -> Result<(), ImportError> {
        let content = document
            .get_page_content_with_limit(page, budget.content)
            .map_err(|_| ImportError::TooLarge)?;
        budget.content -= content.len().min(budget.content);
        let mut pen = Pen::default();
        for operation in Content::decode_iter(&content) {
            // A syntax error ends the page, not the file.
            let Ok(operation) = operation else { break };
            if budget.operations == 0 {
                return Err(ImportError::TooLarge);
            }
            budget.operations -= 1;
            self.draw(&operation, &mut pen);
        }
        Ok(())
    }

    /// Runs one operation (ISO 32000-1, 8.4.4 and 9.4).
    fn draw(&mut self, operation: &Operation, pen: &mut Pen) {
        let Pen { state, saved, text } = pen;
        let operands = &operation.operands;
        let number = |n: usize| operands.get(n).map_or(0.0, as_number);
        match operation.operator.as_str() {
            "q" if saved.len() < STATES => saved.push(*state),
            "Q" => *state = saved.pop().unwrap_or(*state),
            "cm" => {
                let [a, d, e, f] = state.page;
                state.page = [
                    number(0) * a,
                    number(3) * d,
                    number(4) * a + e,
                    number(5) * d + f,
                ];
            }
            "BT" => *text = Text::default(),
            "Tf" => {
                let name = operands.first().and_then(|o| o.as_name().ok());
                let font = self.fonts.get(name.unwrap_or_default());
                state.font = font.copied().unwrap_or(0);
                state.size = number(1).abs();
            }
            "TL" => state.leading = number(0),
            "Tm" => text.set([number(0), number(3), number(4), number(5)]),
            "Td" => text.shift(number(0), number(1)),
            "TD" => {
                state.leading = -number(1);
                text.shift(number(0), number(1));
            }
            "T*" => text.shift(0.0, -state.leading),
            "Tj" => self.show(operands.first(), state, text),
            "'" => {
                text.shift(0.0, -state.leading);
                self.show(operands.first(), state, text);
            }
            "\"" => {
                text.shift(0.0, -state.leading);
                self.show(operands.get(2), state, text);
            }
            "TJ" => {
                let pieces = operands.first().and_then(|o| o.as_array().ok());
                for piece in pieces.into_iter().flatten() {
                    match piece {
                        Object::String(..) => self.show(Some(piece), state, text),
                        other => text.x -= as_number(other) / 1000.0 * state.size * text.scale[0],
                    }
                }
            }
            _ => {}
        }
    }

    fn show(&mut self, string: Option<&Object>, state: &State, text: &mut Text) {
        let Some(Object::String(bytes, _)) = string else {
            return;
        };
        let (font, bold) = &self.readers[state.font];
        let Some(shown) = font.decode(bytes) else {
            self.unreadable += bytes.len() / 2;
            return;
        };
        let shown: String = shown.chars().filter(|c| !c.is_control()).collect();
        self.unreadable += shown.chars().filter(|c| *c == '\u{fffd}').count();
        let ems: f32 = shown
            .chars()
            .map(|c| if c.is_ascii() { 0.5 } else { 1.0 })
            .sum();
        let width = ems * state.size * text.scale[0].abs();
        let [a, d, e, f] = state.page;
        if !shown.is_empty() {
            self.runs.push(Run {
                x: text.x * a + e,
                y: text.y * d + f,
                size: (state.size * text.scale[1] * d).abs().max(1.0),
                end: (text.x + width) * a + e,
                bold: *bold,
                text: shown,
            });
        }
        text.x += width;
    }

    /// Returns the runs as lines, from top to bottom.
    pub(super) fn lines(mut self) -> Vec<Line> {
        self.runs
            .retain(|run| run.x.is_finite() && run.y.is_finite() && run.end.is_finite());
        // The sort is stable, so that runs at the same position keep their order.
        self.runs.sort_by(|a, b| b.y.total_cmp(&a.y));
        let mut rows: Vec<Vec<Run>> = Vec::new();
        for run in self.runs {
            match rows.last_mut() {
                Some(row) if (row[0].y - run.y).abs() < row[0].size * 0.5 => row.push(run),
                _ => rows.push(vec![run]),
            }
        }
        rows.into_iter()
            .map(line)
            .filter(|line| !line.text.trim().is_empty())
            .collect()
    }
}

fn line(mut row: Vec<Run>) -> Line {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let size = row.iter().map(|run| run.size).fold(0.0, f32::max);
    let mut text = String::new();
    let mut end = row[0].x;
    for run in &row {
        if run.x - end > size * 1.5 && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&run.text);
        end = end.max(run.end);
    }
    Line {
        x: row[0].x,
        end,
        size,
        bold: row.iter().all(|run| run.bold || run.text.trim().is_empty()),
        text: text.trim().to_owned(),
    }
}

/// The text matrix, without rotation.
struct Text {
    scale: [f32; 2],
    /// Start of the line.
    start: [f32; 2],
    x: f32,
    y: f32,
}

impl Default for Text {
    fn default() -> Self {
        Self {
            scale: [1.0, 1.0],
            start: [0.0, 0.0],
            x: 0.0,
            y: 0.0,
        }
    }
}

impl Text {
    fn set(&mut self, [a, d, e, f]: [f32; 4]) {
        self.scale = [a, d];
        self.start = [e, f];
        (self.x, self.y) = (e, f);
    }

    fn shift(&mut self, x: f32, y: f32) {
        self.start = [
            self.start[0] + x * self.scale[0],
            self.start[1] + y * self.scale[1],
        ];
        [self.x, self.y] = self.start;
    }
}

fn as_number(object: &Object) -> f32 {
    match object {
        Object::Integer(n) => *n as f32,
        Object::Real(n) => *n,
        _ => 0.0,
    }
}
