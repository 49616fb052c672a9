//! Charts for the console and the chat, as SVG and as PNG.
//!
//! ```
//! use wenzheng_chart::{Chart, Kind, Series, Theme, png, svg};
//!
//! let chart = Chart {
//!     title: "每周提问".into(),
//!     kind: Kind::StackedBars,
//!     labels: vec!["第47周".into(), "第48周".into()],
//!     series: vec![Series::counts("已回答", [31, 44]), Series::counts("未找到", [5, 3])],
//! };
//! let drawing = svg(&chart, Theme::Page);
//! assert!(drawing.starts_with("<svg") && drawing.contains("第48周"));
//! let picture = png(&chart, 900)?;
//! assert!(picture.starts_with(b"\x89PNG"));
//! # Ok::<(), wenzheng_chart::ChartError>(())
//! ```
//!
//! A drawing is 400 units wide, as high as it needs to be, and has no fixed size: it fills the width it is
//! given. Its smallest letters are 12 units, which is 11 px on a phone of 360 px. On a wide page it should
//! be held to about 40 rem.
//!
//! # In a page
//!
//! [`Theme::Page`] is one inline `<svg>` without `style`, `<style>`, script or id, so that it can stand in a
//! page whose content security policy forbids inline styles, more than once. Text, lines and tracks take the
//! page's own text colour (`currentColor`), which makes them follow a dark theme. The series have colours
//! that can be told from paper and from night; a stylesheet may choose others:
//!
//! | class | what it marks |
//! |---|---|
//! | `chart` | the `<svg>` itself |
//! | `chart-title`, `chart-label`, `chart-note` | the heading; names and values; axis labels, and what is said of empty charts |
//! | `chart-grid`, `chart-axis`, `chart-track` | lines of the grid; the base line; what a horizontal bar lies on |
//! | `chart-series-1` … `chart-series-6` | a series with its entry in the legend: set `color` |
//!
//! # As a picture
//!
//! [`png()`] draws with one font that is part of the program: Noto Sans CJK SC, cut down to the characters
//! of GB 2312 level 1 and those of this project's documents (`data/README.md`). System fonts are never read.
//! A character that the font lacks is drawn as □.
//!
//! | part | what it owns |
//! |---|---|
//! | `chart` | what is drawn |
//! | `text`, `scale` | how wide a text is, what is cut off, what is escaped; ticks and numbers |
//! | `drawing` | elements of SVG, the only place that writes markup |
//! | `svg` | the parts of a drawing put together |
//! | `head`, `plot` | title and legend; the axes that bars and lines share |
//! | `bars`, `rows`, `lines` | one for each [`Kind`] |
//! | `summary` | the chart in words, for those who do not see it |
//! | `font`, `picture` | which characters can be drawn; from SVG to PNG |

mod bars;
mod chart;
mod drawing;
mod error;
mod font;
mod head;
mod lines;
mod picture;
mod plot;
mod rows;
mod scale;
mod summary;
mod svg;
#[cfg(test)]
mod tests;
mod text;

pub use self::{
    chart::{Chart, Kind, Series},
    drawing::Theme,
    error::ChartError,
    picture::png,
    svg::svg,
};
