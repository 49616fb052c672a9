//! Upright bars, the series on top of each other.

use crate::{
    Chart,
    drawing::{Anchor, Area, Drawing, NOTE},
    plot::Plot,
    scale, text,
};

/// Of what belongs to a label, how much its bar takes.
const SHARE: f64 = 0.7;
/// The widest bar, so that one alone does not become a wall.
const WIDEST: f64 = 40.0;

/// Draws the bars below `top`; gives back where the drawing ends.
pub(crate) fn draw(chart: &Chart, top: f64, drawing: &mut Drawing) -> f64 {
    let plot = Plot::draw(chart, top, drawing);
    let width = (plot.band() * SHARE).min(WIDEST);
    let mut reached = vec![0.0; chart.labels.len()];
    for (index, series) in chart.series.iter().enumerate() {
        drawing.series(index, |drawing| {
            for (at, label) in chart.labels.iter().enumerate() {
                let value = series.at(at).unwrap_or(0.0);
                if value > 0.0 {
                    let (lower, upper) = (plot.y(reached[at]), plot.y(reached[at] + value));
                    let area = Area {
                        x: plot.centre(at) - width / 2.0,
                        y: upper,
                        width,
                        height: lower - upper,
                    };
                    let tip = format!("{label} {}：{}", series.name, scale::number(value));
                    drawing.bar(area, &tip);
                    reached[at] += value;
                }
            }
        });
    }
    totals(&reached, &plot, drawing);
    plot.bottom()
}

/// Writes the total above each bar, when there is room above all of them.
fn totals(totals: &[f64], plot: &Plot, drawing: &mut Drawing) {
    let written: Vec<String> = totals.iter().map(|&total| scale::number(total)).collect();
    let fits = |total: &String| text::width(total, NOTE.size) + 2.0 <= plot.band();
    if !written.iter().all(fits) {
        return;
    }
    for (at, total) in written
        .iter()
        .enumerate()
        .filter(|&(at, _)| totals[at] > 0.0)
    {
        let y = plot.y(totals[at]) - 5.0;
        drawing.text(total, plot.centre(at), y, Anchor::Middle, NOTE);
    }
}
