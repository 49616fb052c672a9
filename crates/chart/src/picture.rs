//! From a drawing to a PNG.

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree},
};

use crate::{Chart, ChartError, Theme, drawing::WIDTH, font, svg, text};

/// The widths, in pixels, in which a picture can be had.
const WIDTHS: std::ops::RangeInclusive<u32> = 100..=4000;

/// The most pixels of a picture, each four bytes of memory while it is drawn.
const MOST_PIXELS: u64 = 20_000_000;

/// Draws `chart` as a PNG, `width_px` pixels wide and as high as it needs to be, dark on white.
///
/// 900 px look sharp on a phone. Texts are treated as [`svg`](crate::svg()) treats them; characters that the
/// font lacks become □. Takes tens of milliseconds of one core, so that async code should call it on a
/// blocking thread.
///
/// # Errors
///
/// [`ChartError::Width`] outside 100 to 4000 px, and [`ChartError::TooLarge`] with hundreds of horizontal
/// bars.
pub fn png(chart: &Chart, width_px: u32) -> Result<Vec<u8>, ChartError> {
    if !WIDTHS.contains(&width_px) {
        return Err(ChartError::Width(width_px));
    }
    let drawable = chart.map_texts(|text| font::covered(&text::clean(text)));
    let (drawing, height) = svg::draw(&drawable, Theme::Light);
    let scale = f64::from(width_px) / WIDTH;
    let height = (height * scale).round() as u32;
    let too_large = ChartError::TooLarge {
        width: width_px,
        height,
    };
    if u64::from(width_px) * u64::from(height) > MOST_PIXELS {
        return Err(too_large);
    }
    let options = Options {
        font_family: font::FAMILY.to_owned(),
        fontdb: font::database(),
        ..Options::default()
    };
    let tree = Tree::from_str(&drawing, &options)?;
    let mut pixmap = Pixmap::new(width_px, height).ok_or(too_large)?;
    let transform = Transform::from_scale(scale as f32, height as f32 / tree.size().height());
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    pixmap
        .encode_png()
        .map_err(|error| ChartError::Packing(error.to_string()))
}
