//! The axes that bars and lines share: values to the left, labels below.

use crate::{
    Chart,
    drawing::{Anchor, Drawing, MARGIN, NOTE, WIDTH},
    scale::Scale,
    text,
};

/// How high the highest value of the axis is drawn.
const HEIGHT: f64 = 170.0;
/// How high the space is in which a chart without data says so.
const EMPTY_HEIGHT: f64 = 70.0;
/// Above the highest value: room for a total over the highest bar.
const ABOVE: f64 = 20.0;
/// Below the base line: the labels, and what stays free.
const BELOW: f64 = 30.0;
/// The widest label below the axis.
const LABEL_ROOM: f64 = 110.0;
/// Between two labels at least.
const LABEL_GAP: f64 = 10.0;

/// Where values and labels lie.
pub(crate) struct Plot {
    left: f64,
    right: f64,
    base: f64,
    height: f64,
    top_value: f64,
    count: usize,
}

impl Plot {
    /// Draws grid, axes and labels below `top`; for a chart without data only the base line and what has
    /// to be said.
    pub(crate) fn draw(chart: &Chart, top: f64, drawing: &mut Drawing) -> Self {
        let whole = chart.values().all(|value| value.fract() == 0.0);
        let scale = Scale::up_to(chart.highest().unwrap_or(0.0), whole);
        let ticks: Vec<_> = scale.ticks().collect();
        let widest = ticks
            .iter()
            .map(|(_, label)| text::width(label, NOTE.size))
            .fold(0.0, f64::max);
        let (before, height) = match chart.highest() {
            Some(_) => (widest + 6.0, HEIGHT),
            None => (0.0, EMPTY_HEIGHT),
        };
        let plot = Self {
            left: MARGIN + before,
            right: WIDTH - MARGIN,
            base: top + ABOVE + height,
            height,
            top_value: scale.top(),
            count: chart.labels.len(),
        };
        if chart.highest().is_some() {
            plot.grid(&ticks, drawing);
        }
        drawing.base_line(plot.left, plot.right, plot.base);
        if let Some(emptiness) = chart.emptiness() {
            let (x, y) = ((plot.left + plot.right) / 2.0, plot.base - height / 2.0);
            drawing.text(emptiness, x, y, Anchor::Middle, NOTE);
        }
        plot.labels(chart, drawing);
        plot
    }

    fn grid(&self, ticks: &[(f64, String)], drawing: &mut Drawing) {
        for (value, label) in ticks {
            let y = self.y(*value);
            if *value > 0.0 {
                drawing.grid_line(self.left, self.right, y);
            }
            drawing.text(label, self.left - 6.0, y + 4.0, Anchor::End, NOTE);
        }
    }

    /// Writes the last label and as many before it as have room, always the same number apart.
    fn labels(&self, chart: &Chart, drawing: &mut Drawing) {
        let labels: Vec<String> = chart
            .labels
            .iter()
            .map(|label| text::fit(label, LABEL_ROOM, NOTE.size))
            .collect();
        let widths = labels.iter().map(|label| text::width(label, NOTE.size));
        let widest = widths.fold(0.0, f64::max);
        let apart = (((widest + LABEL_GAP) / self.band()).ceil() as usize).max(1);
        for (index, label) in labels.iter().enumerate().rev().step_by(apart) {
            let half = text::width(label, NOTE.size) / 2.0;
            let x = self.centre(index).clamp(half + 2.0, WIDTH - half - 2.0);
            drawing.text(label, x, self.base + 18.0, Anchor::Middle, NOTE);
        }
    }

    /// Where a value lies.
    pub(crate) fn y(&self, value: f64) -> f64 {
        self.base - value / self.top_value * self.height
    }

    /// What is between one label and the next.
    pub(crate) fn band(&self) -> f64 {
        (self.right - self.left) / self.count.max(1) as f64
    }

    /// The middle of what belongs to a label.
    pub(crate) fn centre(&self, index: usize) -> f64 {
        self.left + (index as f64 + 0.5) * self.band()
    }

    /// Where the drawing ends.
    pub(crate) fn bottom(&self) -> f64 {
        self.base + BELOW
    }
}
