//! A line for each series, interrupted where there is no value.

use crate::{Chart, drawing::Drawing, plot::Plot, scale};

/// With more labels than this only points without neighbours get a dot.
const DOTTED: usize = 31;

/// Draws the lines below `top`; gives back where the drawing ends.
pub(crate) fn draw(chart: &Chart, top: f64, drawing: &mut Drawing) -> f64 {
    let plot = Plot::draw(chart, top, drawing);
    for (index, series) in chart.series.iter().enumerate() {
        let measured: Vec<(usize, f64)> = (0..chart.labels.len())
            .filter_map(|at| Some((at, series.at(at)?)))
            .collect();
        let point = |&(at, value): &(usize, f64)| (plot.centre(at), plot.y(value));
        drawing.series(index, |drawing| {
            for run in measured.chunk_by(|one, next| one.0 + 1 == next.0) {
                if run.len() > 1 {
                    let points: Vec<_> = run.iter().map(point).collect();
                    drawing.line(&points, index);
                }
                if run.len() == 1 || chart.labels.len() <= DOTTED {
                    for measured in run {
                        let (label, value) = (&chart.labels[measured.0], measured.1);
                        let tip = format!("{label} {}：{}", series.name, scale::number(value));
                        drawing.dot(point(measured), &tip);
                    }
                }
            }
        });
    }
    plot.bottom()
}
