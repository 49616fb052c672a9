//! Interprets the drawing operations of a page, as far as text needs it.

use std::collections::HashMap;

use lopdf::{
    Document, Object, ObjectId,
    content::{Content, Operation},
};

use super::fonts::{Font, Scope, font_reader};
use crate::{
    error::ImportError,
    format::placed::{Item, Matrix, Paths, Run, items},
    radicals,
};

/// Maximum unpacked size of all pages, in bytes.
const CONTENT: usize = 96 * 1024 * 1024;
/// Maximum number of drawing operations in a file.
const OPERATIONS: usize = 6_000_000;
/// Maximum number of saved graphics states.
const STATES: usize = 256;
/// Forms within forms that are followed.
const DEEPEST: usize = 8;

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

/// Graphics state, as far as text needs it.
#[derive(Clone, Copy)]
struct State {
    page: Matrix,
    size: f32,
    leading: f32,
    font: usize,
    /// True if glyphs are filled and outlined, which makes any font bold.
    outlined: bool,
}

/// Everything that operations change.
struct Pen {
    state: State,
    saved: Vec<State>,
    text: Text,
    scope: usize,
}

impl Pen {
    fn new(page: Matrix, scope: usize) -> Self {
        let state = State {
            page,
            size: 10.0,
            leading: 0.0,
            font: 0,
            outlined: false,
        };
        Self {
            state,
            saved: Vec::new(),
            text: Text::default(),
            scope,
        }
    }
}

/// Interpreter of one page.
pub(super) struct Page<'a> {
    document: &'a Document,
    scopes: &'a [Scope],
    /// Index of the reader of each font, by scope and name.
    fonts: HashMap<(usize, &'a [u8]), usize>,
    readers: Vec<(Font<'a>, bool)>,
    runs: Vec<Run>,
    paths: Paths,
    /// Number of characters that could not be decoded.
    pub(super) unreadable: usize,
}

impl<'a> Page<'a> {
    /// Creates the interpreter of a page with these scopes.
    pub(super) fn new(document: &'a Document, scopes: &'a [Scope]) -> Result<Self, ImportError> {
        let mut fonts = HashMap::new();
        let mut readers = vec![(Font::Unreadable, false)];
        for (n, scope) in scopes.iter().enumerate() {
            for file in &scope.fonts {
                fonts.insert((n, file.name.as_slice()), readers.len());
                readers.push((font_reader(document, file)?, file.bold));
            }
        }
        Ok(Self {
            document,
            scopes,
            fonts,
            readers,
            runs: Vec::new(),
            paths: Paths::default(),
            unreadable: 0,
        })
    }

    /// Runs the drawing operations of the page.
    pub(super) fn read(&mut self, page: ObjectId, budget: &mut Budget) -> Result<(), ImportError> {
        let content = self
            .document
            .get_page_content_with_limit(page, budget.content)
            .map_err(|_| ImportError::TooLarge)?;
        self.run(&content, Pen::new(Matrix::default(), 0), 0, budget)
    }

    fn run(
        &mut self,
        content: &[u8],
        mut pen: Pen,
        depth: usize,
        budget: &mut Budget,
    ) -> Result<(), ImportError> {
        budget.content -= content.len().min(budget.content);
        for operation in Content::decode_iter(content) {
            // A syntax error ends the page, not the file.
            let Ok(operation) = operation else { break };
            if budget.operations == 0 {
                return Err(ImportError::TooLarge);
            }
            budget.operations -= 1;
            if operation.operator == "Do" {
                let name = operation.operands.first().and_then(|o| o.as_name().ok());
                self.form(name.unwrap_or_default(), &pen, depth, budget)?;
            } else {
                self.draw(&operation, &mut pen);
            }
        }
        Ok(())
    }

    /// Draws a form (ISO 32000-1, 8.10).
    fn form(
        &mut self,
        name: &[u8],
        pen: &Pen,
        depth: usize,
        budget: &mut Budget,
    ) -> Result<(), ImportError> {
        let form = self.scopes[pen.scope].forms.get(name);
        let Some((id, scope)) = form.filter(|_| depth < DEEPEST) else {
            return Ok(());
        };
        let Ok(Object::Stream(stream)) = self.document.get_object(*id) else {
            return Ok(());
        };
        let content = stream
            .decompressed_content_with_limit(budget.content)
            .map_err(|_| ImportError::TooLarge)?;
        let matrix = stream.dict.get_deref(b"Matrix", self.document);
        let matrix = matrix.and_then(Object::as_array).ok();
        let matrix = matrix.map_or_else(Matrix::default, |numbers| matrix_of(numbers));
        let mut inside = Pen::new(matrix.then(pen.state.page), *scope);
        inside.state.outlined = pen.state.outlined;
        self.run(&content, inside, depth + 1, budget)
    }

    /// Runs one operation (ISO 32000-1, 8.4.4 and 9.4).
    fn draw(&mut self, operation: &Operation, pen: &mut Pen) {
        let Pen {
            state,
            saved,
            text,
            scope,
        } = pen;
        let operands = &operation.operands;
        let number = |n: usize| operands.get(n).map_or(0.0, as_number);
        match operation.operator.as_str() {
            "q" if saved.len() < STATES => saved.push(*state),
            "Q" => *state = saved.pop().unwrap_or(*state),
            "cm" => state.page = matrix_of(operands).then(state.page),
            "BT" => *text = Text::default(),
            "Tf" => {
                let name = operands.first().and_then(|o| o.as_name().ok());
                let font = self.fonts.get(&(*scope, name.unwrap_or_default()));
                state.font = font.copied().unwrap_or(0);
                state.size = number(1).abs();
            }
            "Tr" => state.outlined = number(0) == 2.0,
            "TL" => state.leading = number(0),
            "Tm" => text.set(matrix_of(operands)),
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
                        other => text.advance -= as_number(other) / 1000.0 * state.size,
                    }
                }
            }
            operator => {
                self.paths.run(operator, number, state.page);
            }
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
        let shown: String = shown
            .chars()
            .filter(|c| !c.is_control())
            .map(radicals::folded)
            .collect();
        self.unreadable += shown.chars().filter(|c| *c == '\u{fffd}').count();
        let ems: f32 = shown
            .chars()
            .map(|c| if c.is_ascii() { 0.5 } else { 1.0 })
            .sum();
        let width = ems * state.size;
        let matrix = Matrix::shift(text.advance, 0.0)
            .then(text.matrix)
            .then(state.page);
        let ((x, y), (long, high)) = (matrix.origin(), matrix.scale());
        if !shown.is_empty() {
            self.runs.push(Run {
                x,
                y,
                size: (state.size * high).max(1.0),
                end: x + width * long,
                bold: *bold || state.outlined,
                quarters: matrix.quarters(),
                text: shown,
            });
        }
        text.advance += width;
    }

    /// Returns lines and tables in reading order, and what stands across the page.
    pub(super) fn items(mut self) -> (Vec<Item>, Vec<String>) {
        self.runs
            .retain(|run| run.x.is_finite() && run.y.is_finite() && run.end.is_finite());
        items(self.runs, self.paths.rules)
    }
}

/// Text matrix and position within the line.
#[derive(Default)]
struct Text {
    matrix: Matrix,
    advance: f32,
}

impl Text {
    fn set(&mut self, matrix: Matrix) {
        self.matrix = matrix;
        self.advance = 0.0;
    }

    /// Goes to a new line; the matrix always holds the start of one.
    fn shift(&mut self, x: f32, y: f32) {
        self.set(Matrix::shift(x, y).then(self.matrix));
    }
}

fn matrix_of(numbers: &[Object]) -> Matrix {
    let mut matrix = Matrix::default();
    for (to, from) in matrix.0.iter_mut().zip(numbers) {
        *to = as_number(from);
    }
    matrix
}

fn as_number(object: &Object) -> f32 {
    match object {
        Object::Integer(n) => *n as f32,
        Object::Real(n) => *n,
        _ => 0.0,
    }
}
