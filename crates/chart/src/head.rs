//! Above every chart: its title, and the legend when there is more than one series.

use crate::{
    Chart, Kind,
    drawing::{Anchor, Area, Drawing, LABEL, MARGIN, TITLE, WIDTH},
    text,
};

/// From one line of the title to the next.
const TITLE_LINE: f64 = 22.0;
/// From one line of the legend to the next.
const LEGEND_LINE: f64 = 21.0;
/// The sign of a series in the legend, and the space behind it.
const SIGN: f64 = 20.0;
/// Between two entries of the legend.
const GAP: f64 = 16.0;

/// Draws title and legend; gives back where they end.
pub(crate) fn draw(chart: &Chart, drawing: &mut Drawing) -> f64 {
    let mut y = MARGIN;
    for line in text::wrap(&chart.title, WIDTH - 2.0 * MARGIN, TITLE.size, 2) {
        drawing.text(&line, MARGIN, y + TITLE.size, Anchor::Start, TITLE);
        y += TITLE_LINE;
    }
    if chart.series.len() > 1 {
        y = legend(chart, y + 3.0, drawing);
    }
    y
}

/// Draws the names of the series beside each other, on as many lines as they need.
fn legend(chart: &Chart, top: f64, drawing: &mut Drawing) -> f64 {
    let (mut x, mut y) = (MARGIN, top);
    for (index, series) in chart.series.iter().enumerate() {
        let room = WIDTH - 2.0 * MARGIN - SIGN;
        let name = text::fit(&series.name, room, LABEL.size);
        let width = SIGN + text::width(&name, LABEL.size);
        if x > MARGIN && x + width > WIDTH - MARGIN {
            (x, y) = (MARGIN, y + LEGEND_LINE);
        }
        drawing.series(index, |drawing| sign(chart.kind, index, x, y, drawing));
        drawing.text(&name, x + SIGN, y + LABEL.size, Anchor::Start, LABEL);
        x += width + GAP;
    }
    y + LEGEND_LINE
}

/// Draws what a series looks like: a square for bars, a piece of a line for lines.
fn sign(kind: Kind, index: usize, x: f64, y: f64, drawing: &mut Drawing) {
    match kind {
        Kind::Lines => drawing.line(&[(x, y + 9.0), (x + 15.0, y + 9.0)], index),
        Kind::StackedBars | Kind::HorizontalBars => drawing.sign(Area {
            x,
            y: y + 3.0,
            width: 12.0,
            height: 12.0,
        }),
    }
}
