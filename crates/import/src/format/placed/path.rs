//! Paths, as far as they draw the lines of tables (ISO 32000-1, 8.5).

use super::{
    matrix::Matrix,
    rule::{Point, Rule},
};

/// Most lines of a page; what has more is a drawing.
const LINES: usize = 20_000;
/// Thickest line, in points; what is thicker is an area.
const THICK: f32 = 3.5;

/// The path being built, and the lines that were drawn.
#[derive(Debug, Default)]
pub(in super::super) struct Paths {
    /// Corners of the parts of the path; curves part them.
    parts: Vec<Vec<Point>>,
    /// Where the current part began.
    begin: Point,
    /// Rectangles of the path, by opposite corners.
    boxes: Vec<(Point, Point)>,
    /// Number of points and rectangles of the path.
    length: usize,
    pub(in super::super) rules: Vec<Rule>,
}

impl Paths {
    /// Runs an operation, with its numbers by their places; other operations than those of paths do
    /// nothing.
    pub(in super::super) fn run(
        &mut self,
        operator: &str,
        number: impl Fn(usize) -> f32,
        page: Matrix,
    ) {
        let point = |n: usize| page.point((number(n), number(n + 1)));
        match operator {
            "m" => {
                self.begin = point(0);
                self.begin_at(self.begin);
            }
            "l" => self.line_to(point(0)),
            "c" => self.begin_at(point(4)),
            "v" | "y" => self.begin_at(point(2)),
            "h" => self.line_to(self.begin),
            "re" if self.has_room() => {
                let (x, y) = (number(0), number(1));
                let far = page.point((x + number(2), y + number(3)));
                self.boxes.push((page.point((x, y)), far));
            }
            "s" | "b" | "b*" => {
                self.line_to(self.begin);
                self.stroke();
            }
            "S" | "B" | "B*" => self.stroke(),
            "f" | "F" | "f*" => self.fill(),
            // A path that only clips.
            "n" => self.end(),
            _ => {}
        }
    }

    /// True if the path may grow; counts what will be added.
    fn has_room(&mut self) -> bool {
        self.length += 1;
        self.length <= LINES
    }

    fn begin_at(&mut self, point: Point) {
        if self.has_room() {
            self.parts.push(vec![point]);
        }
    }

    fn line_to(&mut self, point: Point) {
        if self.has_room()
            && let Some(part) = self.parts.last_mut()
        {
            part.push(point);
        }
    }

    /// Draws the sides of the path.
    fn stroke(&mut self) {
        for (one, other) in std::mem::take(&mut self.boxes) {
            // A flat rectangle is one line.
            if thin(one, other) {
                self.add(middle(one, other));
                continue;
            }
            let corners = [one, (other.0, one.1), other, (one.0, other.1)];
            for side in 0..4 {
                self.add(Rule::between(corners[side], corners[(side + 1) % 4]));
            }
        }
        for part in std::mem::take(&mut self.parts) {
            for side in part.windows(2) {
                self.add(Rule::between(side[0], side[1]));
            }
        }
        self.end();
    }

    /// Fills the path: thin areas are lines, others the ground of cells.
    fn fill(&mut self) {
        let areas = std::mem::take(&mut self.parts);
        let areas = areas.iter().filter_map(|part| bounds(part));
        for (one, other) in std::mem::take(&mut self.boxes).into_iter().chain(areas) {
            if thin(one, other) {
                self.add(middle(one, other));
            }
        }
        self.end();
    }

    fn end(&mut self) {
        self.parts.clear();
        self.boxes.clear();
        self.length = 0;
    }

    fn add(&mut self, rule: Option<Rule>) {
        if self.rules.len() < LINES {
            self.rules.extend(rule);
        }
    }
}

/// True for a rectangle that looks like a line.
fn thin(one: Point, other: Point) -> bool {
    let (wide, high) = ((one.0 - other.0).abs(), (one.1 - other.1).abs());
    wide.min(high) <= THICK && wide.max(high) > THICK
}

/// The line through the middle of a rectangle.
fn middle(one: Point, other: Point) -> Option<Rule> {
    let (x, y) = (f32::midpoint(one.0, other.0), f32::midpoint(one.1, other.1));
    if (one.0 - other.0).abs() > (one.1 - other.1).abs() {
        Rule::between((one.0, y), (other.0, y))
    } else {
        Rule::between((x, one.1), (x, other.1))
    }
}

/// The lower left and the upper right corner around `points`.
fn bounds(points: &[Point]) -> Option<(Point, Point)> {
    let first = *points.first()?;
    let low = points
        .iter()
        .fold(first, |low, point| (low.0.min(point.0), low.1.min(point.1)));
    let high = points.iter().fold(first, |high, point| {
        (high.0.max(point.0), high.1.max(point.1))
    });
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(operations: &[(&str, &[f32])]) -> Vec<Rule> {
        let mut paths = Paths::default();
        for (operator, numbers) in operations {
            let number = |n: usize| numbers.get(n).copied().unwrap_or(0.0);
            paths.run(operator, number, Matrix::default());
        }
        paths.rules
    }

    fn rule(level: bool, at: f32, from: f32, to: f32) -> Rule {
        Rule {
            level,
            at,
            from,
            to,
        }
    }

    #[test]
    fn strokes_and_thin_areas_are_lines() {
        let line = rule(true, 10.0, 0.0, 50.0);
        let cases: [&[(&str, &[f32])]; 4] = [
            &[("m", &[0.0, 10.0]), ("l", &[50.0, 10.0]), ("S", &[])],
            &[("re", &[0.0, 9.5, 50.0, 1.0]), ("f", &[])],
            &[("re", &[50.0, 10.0, -50.0, 0.0]), ("S", &[])],
            &[
                ("m", &[0.0, 9.5]),
                ("l", &[50.0, 9.5]),
                ("l", &[50.0, 10.5]),
                ("l", &[0.0, 10.5]),
                ("h", &[]),
                ("f*", &[]),
            ],
        ];
        for operations in cases {
            assert_eq!(rules(operations), [line], "{operations:?}");
        }
        assert_eq!(
            rules(&[("re", &[0.0, 0.0, 50.0, 20.0]), ("S", &[])]).len(),
            4
        );
    }

    #[test]
    fn grounds_clips_and_slopes_are_no_lines() {
        for operations in [
            [("re", &[0.0, 0.0, 50.0, 20.0][..]), ("f", &[])].as_slice(),
            &[("re", &[0.0, 0.0, 50.0, 20.0]), ("n", &[])],
            &[("m", &[0.0, 0.0]), ("l", &[30.0, 20.0]), ("S", &[])],
            &[
                ("m", &[0.0, 0.0]),
                ("c", &[1.0, 1.0, 2.0, 2.0, 50.0, 0.0]),
                ("S", &[]),
            ],
        ] {
            assert_eq!(rules(operations), [], "{operations:?}");
        }
    }
}
