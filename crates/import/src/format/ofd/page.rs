//! Reads what is placed on a page.

use quick_xml::events::BytesStart;

use super::text::{Code, numbers};
use crate::{
    error::ImportError,
    format::{
        placed::{Item, Matrix, Paths, Run, items},
        xml::{attribute, walk},
    },
};

/// Points in a millimetre.
const POINTS: f32 = 72.0 / 25.4;
/// Runs of text of a page, at most.
const RUNS: usize = 200_000;
/// Weight of a font from which it is bold.
const BOLD: f32 = 600.0;

/// An object of a page: a text or a path.
#[derive(Debug)]
struct Object {
    /// From the object to the page, in points with y upwards.
    matrix: Matrix,
    size: f32,
    bold: bool,
    hidden: bool,
    /// `S` for a path that is drawn, `f` for one that is filled, `B` for both.
    painted: &'static str,
}

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    runs: Vec<Run>,
    paths: Paths,
    object: Option<Object>,
    code: Option<Code>,
    /// Characters of the element being read.
    text: Option<String>,
    /// Elements of clips that are open; what is in them is not drawn.
    clips: usize,
    /// Ids of its templates.
    pub(super) templates: Vec<String>,
    /// True if there are pictures.
    pub(super) pictures: bool,
}

impl Page {
    /// Reads a page, or a template of it.
    ///
    /// # Errors
    /// [`ImportError::Damaged`] and [`ImportError::TooLarge`].
    pub(super) fn read(&mut self, xml: &str) -> Result<(), ImportError> {
        walk("OFD", xml, |tag, text| match tag {
            None => {
                if let Some(read) = &mut self.text {
                    read.push_str(text);
                }
            }
            Some((name, tag, true)) => self.start(name, tag),
            Some((name, _, false)) => self.end(name),
        })?;
        if self.runs.len() > RUNS {
            return Err(ImportError::TooLarge);
        }
        Ok(())
    }

    fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        match name {
            "Clips" => self.clips += 1,
            "Template" => self.templates.extend(attribute(tag, "TemplateID")),
            "ImageObject" => self.pictures = true,
            "TextObject" | "PathObject" => self.object = Some(Object::read(tag)),
            "TextCode" => {
                self.code = Some(Code::read(tag, self.code.as_ref()));
                self.text = Some(String::new());
            }
            "AbbreviatedData" if self.clips == 0 => self.text = Some(String::new()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "Clips" => self.clips = self.clips.saturating_sub(1),
            "TextObject" | "PathObject" => {
                self.object = None;
                self.code = None;
            }
            "TextCode" => {
                if let (Some(object), Some(code), Some(text)) =
                    (&self.object, &self.code, self.text.take())
                    && !object.hidden
                    && self.runs.len() <= RUNS
                {
                    self.runs.extend(object.runs(code, &text));
                }
            }
            "AbbreviatedData" => {
                if let (Some(object), Some(data)) = (&self.object, self.text.take())
                    && !object.hidden
                {
                    draw(&data, object, &mut self.paths);
                }
            }
            _ => {}
        }
    }

    /// Numbers of characters that are Chinese, and of those that have no meaning.
    pub(super) fn legible(&self, is_han: impl Fn(char) -> bool) -> (usize, usize) {
        let chars = || self.runs.iter().flat_map(|run| run.text.chars());
        let lost = |c: &char| matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}');
        (
            chars().filter(|c| is_han(*c)).count(),
            chars().filter(lost).count(),
        )
    }

    /// Lines and tables in reading order, and what stands across the page.
    pub(super) fn items(mut self) -> (Vec<Item>, Vec<String>) {
        self.runs
            .retain(|run| run.x.is_finite() && run.y.is_finite() && run.end.is_finite());
        items(self.runs, self.paths.rules)
    }
}

impl Object {
    fn read(tag: &BytesStart<'_>) -> Self {
        let list = |name: &str| numbers(&attribute(tag, name).unwrap_or_default());
        let number = |name: &str| list(name).first().copied();
        let on = |name: &str| attribute(tag, name).map(|on| on == "true" || on == "1");
        let mut own = Matrix::default();
        if let [a, b, c, d, e, f] = list("CTM")[..] {
            own = Matrix([a, b, c, d, e, f]);
        }
        let boundary = list("Boundary");
        let corner = |n: usize| boundary.get(n).copied().unwrap_or(0.0);
        let page = Matrix([POINTS, 0.0, 0.0, -POINTS, 0.0, 0.0]);
        Self {
            matrix: own.then(Matrix::shift(corner(0), corner(1))).then(page),
            size: number("Size").unwrap_or(0.0).abs(),
            bold: number("Weight").is_some_and(|weight| weight >= BOLD),
            hidden: on("Visible") == Some(false),
            painted: match (on("Stroke") != Some(false), on("Fill") == Some(true)) {
                (true, true) => "B",
                (false, true) => "f",
                (true, false) => "S",
                (false, false) => "n",
            },
        }
    }

    /// The runs of a text: what stands apart is a run of its own.
    fn runs(&self, code: &Code, text: &str) -> Vec<Run> {
        let (long, high) = self.matrix.scale();
        let mut runs = Vec::new();
        for piece in code.pieces(text, self.size) {
            let (x, y) = self.matrix.point((piece.x, piece.y));
            let size = (self.size * high).max(1.0);
            runs.push(Run {
                x,
                y,
                size,
                end: x + piece.width * long,
                bold: self.bold,
                quarters: self.matrix.quarters(),
                text: piece.text,
            });
        }
        runs
    }
}

/// Draws a path: letters, each followed by its numbers.
fn draw(data: &str, object: &Object, paths: &mut Paths) {
    let mut operator = "";
    let mut operands: Vec<f32> = Vec::new();
    let mut run = |operator: &str, operands: &[f32]| {
        let number = |n: usize| operands.get(n).copied().unwrap_or(0.0);
        let operator = match operator {
            "S" | "M" => "m",
            "L" => "l",
            "B" => "c",
            "Q" => "v",
            // An arc ends where its last two numbers say; it draws no line of a table.
            "A" => return paths.run("m", |n| number(n + 5), object.matrix),
            "C" => "h",
            _ => return,
        };
        paths.run(operator, number, object.matrix);
    };
    for word in data
        .split([' ', ',', '\n', '\r', '\t'])
        .filter(|word| !word.is_empty())
    {
        match word.parse::<f32>() {
            Ok(number) if operands.len() < 8 => operands.push(number),
            Ok(_) => {}
            Err(_) => {
                run(operator, &operands);
                operands.clear();
                operator = word;
            }
        }
    }
    run(operator, &operands);
    paths.run(object.painted, |_| 0.0, object.matrix);
}
