//! The parts of a drawing put together.

use crate::{Chart, Kind, Theme, bars, drawing::Drawing, head, lines, rows, summary, text};

/// Draws `chart` as one `<svg>` element, without an XML declaration.
///
/// Every text is escaped; characters that XML forbids and invisible ones are left out. Texts that are too
/// long end with …. Never fails: a chart without data says so.
pub fn svg(chart: &Chart, theme: Theme) -> String {
    let (drawing, _) = draw(&chart.map_texts(text::clean), theme);
    drawing
}

/// Draws a chart whose texts are clean; gives back how high the drawing is, too, in its own units.
pub(crate) fn draw(chart: &Chart, theme: Theme) -> (String, f64) {
    let mut drawing = Drawing::new(theme);
    let top = head::draw(chart, &mut drawing);
    let height = match chart.kind {
        Kind::StackedBars => bars::draw(chart, top, &mut drawing),
        Kind::HorizontalBars => rows::draw(chart, top, &mut drawing),
        Kind::Lines => lines::draw(chart, top, &mut drawing),
    };
    let height = height.ceil();
    (
        drawing.finish(&chart.title, &summary::of(chart), height),
        height,
    )
}
