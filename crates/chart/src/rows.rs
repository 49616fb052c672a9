//! Horizontal bars: a label with its total, and the bar below them.
//!
//! Labels stand above their bars rather than beside them: twenty Chinese characters beside a bar would leave
//! no room for the bar on a phone.

use crate::{
    Chart,
    drawing::{Anchor, Area, Drawing, LABEL, MARGIN, NOTE, WIDTH},
    scale, text,
};

/// From one row to the next.
const ROW: f64 = 40.0;
/// From the top of a row to its bar.
const TO_BAR: f64 = 20.0;
/// How high a bar is.
const BAR: f64 = 10.0;
/// Between the title and the first row.
const ABOVE: f64 = 8.0;
/// Between a label and its total at least.
const GAP: f64 = 12.0;
/// The longest bar.
const LONGEST: f64 = WIDTH - 2.0 * MARGIN;

/// Draws the rows below `top`; gives back where the drawing ends.
pub(crate) fn draw(chart: &Chart, top: f64, drawing: &mut Drawing) -> f64 {
    let top = top + ABOVE;
    let Some(highest) = chart.highest() else {
        return say_empty(chart, top, drawing);
    };
    for (at, label) in chart.labels.iter().enumerate() {
        row(chart, at, label, top + at as f64 * ROW, drawing);
    }
    if highest > 0.0 {
        bars(chart, top + TO_BAR, highest, drawing);
    }
    top + chart.labels.len() as f64 * ROW + MARGIN - (ROW - TO_BAR - BAR)
}

fn say_empty(chart: &Chart, top: f64, drawing: &mut Drawing) -> f64 {
    let words = chart.emptiness().unwrap_or_default();
    drawing.text(words, WIDTH / 2.0, top + ROW, Anchor::Middle, NOTE);
    top + 2.0 * ROW
}

/// Writes a label and its total, and draws what the bar lies on.
fn row(chart: &Chart, at: usize, label: &str, y: f64, drawing: &mut Drawing) {
    let total = match chart.total(at) {
        Some(total) => scale::number(total),
        None => "无数据".to_owned(),
    };
    let room = LONGEST - GAP - text::width(&total, LABEL.size);
    let label = text::fit(label, room, LABEL.size);
    let line = y + LABEL.size;
    drawing.text(&label, MARGIN, line, Anchor::Start, LABEL);
    drawing.text(&total, WIDTH - MARGIN, line, Anchor::End, LABEL);
    drawing.track(Area {
        x: MARGIN,
        y: y + TO_BAR,
        width: LONGEST,
        height: BAR,
    });
}

/// Draws the bars, the series behind each other; the longest is as long as what it lies on.
fn bars(chart: &Chart, top: f64, highest: f64, drawing: &mut Drawing) {
    let mut reached = vec![0.0; chart.labels.len()];
    for (index, series) in chart.series.iter().enumerate() {
        drawing.series(index, |drawing| {
            for (at, label) in chart.labels.iter().enumerate() {
                let value = series.at(at).unwrap_or(0.0);
                if value > 0.0 {
                    let area = Area {
                        x: MARGIN + reached[at] / highest * LONGEST,
                        y: top + at as f64 * ROW,
                        width: value / highest * LONGEST,
                        height: BAR,
                    };
                    let tip = format!("{label} {}：{}", series.name, scale::number(value));
                    drawing.bar(area, &tip);
                    reached[at] += value;
                }
            }
        });
    }
}
