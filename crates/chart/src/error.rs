//! Why there is no picture.

/// Why a chart did not become a picture. Messages are for the log; none repeats a text of the chart.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The width asked for is not sensible.
    #[error("a picture is 100 to 4000 px wide, not {0}")]
    Width(u32),
    /// A chart with so many labels that its picture would take too much memory.
    #[error("a picture of {width} × {height} px is larger than 20 million pixels")]
    TooLarge {
        /// Pixels asked for.
        width: u32,
        /// Pixels that the labels need at that width.
        height: u32,
    },
    /// The drawing is not what resvg takes for SVG: a fault of this crate.
    #[error("the drawing cannot be read: {0}")]
    Drawing(#[from] resvg::usvg::Error),
    /// The pixels were not packed.
    #[error("the picture cannot be packed: {0}")]
    Packing(String),
}
