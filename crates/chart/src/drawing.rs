//! Elements of SVG. Nothing else writes markup, so that no text gets into it unescaped.

use crate::{font, text};

/// How wide a drawing is, in its own units. The letters of [`NOTE`], 12 of them high, are to be read on a
/// phone of 360 px.
pub(crate) const WIDTH: f64 = 400.0;

/// What stays free at every edge.
pub(crate) const MARGIN: f64 = 12.0;

/// How many colours there are for series; then they repeat.
const COLOURS: [&str; 6] = [
    "#2f8f66", "#c2791c", "#4a7fc4", "#c9483c", "#8d63b8", "#7d756c",
];

/// What a drawing is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Inline in a page: text and lines in the colour and font of the page, exact values as tooltips.
    Page,
    /// On its own: dark on white, in the font that comes with this crate.
    Light,
}

/// How a text is lettered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lettering {
    class: &'static str,
    /// Height of the letters.
    pub(crate) size: f64,
    opacity: &'static str,
}

/// The heading.
pub(crate) const TITLE: Lettering = Lettering {
    class: "chart-title",
    size: 16.0,
    opacity: "1",
};

/// Names and values.
pub(crate) const LABEL: Lettering = Lettering {
    class: "chart-label",
    size: 14.0,
    opacity: "1",
};

/// What stands at the axes.
pub(crate) const NOTE: Lettering = Lettering {
    class: "chart-note",
    size: 12.0,
    opacity: ".75",
};

/// Which part of a text stands at its x.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A rectangle; `y` is its upper edge.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Area {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// A drawing in the making.
pub(crate) struct Drawing {
    theme: Theme,
    body: String,
}

impl Drawing {
    pub(crate) fn new(theme: Theme) -> Self {
        Self {
            theme,
            body: String::new(),
        }
    }

    /// Writes a text whose letters stand on the line `y`.
    pub(crate) fn text(&mut self, text: &str, x: f64, y: f64, anchor: Anchor, style: Lettering) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let Lettering {
            class,
            size,
            opacity,
        } = style;
        let opacity = match opacity {
            "1" => String::new(),
            less => format!(r#" fill-opacity="{less}""#),
        };
        self.body.push_str(&format!(
            "<text class=\"{class}\" x=\"{}\" y=\"{}\" font-size=\"{size}\"{anchor}{opacity}>{}</text>\n",
            short(x),
            short(y),
            text::escape(text),
        ));
    }

    /// Draws a line of the grid from `left` to `right`.
    pub(crate) fn grid_line(&mut self, left: f64, right: f64, y: f64) {
        self.level_line("chart-grid", ".16", left, right, y);
    }

    /// Draws the line on which bars stand.
    pub(crate) fn base_line(&mut self, left: f64, right: f64, y: f64) {
        self.level_line("chart-axis", ".6", left, right, y);
    }

    fn level_line(&mut self, class: &str, opacity: &str, left: f64, right: f64, y: f64) {
        self.body.push_str(&format!(
            "<path class=\"{class}\" d=\"M{} {y}H{}\" stroke=\"currentColor\" stroke-opacity=\"{opacity}\"/>\n",
            short(left),
            short(right),
            y = short(y),
        ));
    }

    /// Draws what a horizontal bar lies on.
    pub(crate) fn track(&mut self, area: Area) {
        self.body.push_str(&format!(
            "<rect class=\"chart-track\" {} fill-opacity=\".09\"/>\n",
            placed(area)
        ));
    }

    /// Draws in the colour of a series whatever `shapes` draws.
    pub(crate) fn series(&mut self, index: usize, shapes: impl FnOnce(&mut Self)) {
        let index = index % COLOURS.len();
        let colour = COLOURS[index];
        self.body.push_str(&format!(
            "<g class=\"chart-series-{}\" color=\"{colour}\" fill=\"currentColor\">\n",
            index + 1
        ));
        shapes(self);
        self.body.push_str("</g>\n");
    }

    /// Draws a bar, or a part of one; `tip` is shown when somebody points at it.
    pub(crate) fn bar(&mut self, area: Area, tip: &str) {
        let tip = self.tip(tip);
        self.body
            .push_str(&format!("<rect {}{}\n", placed(area), closed("rect", &tip)));
    }

    /// Draws the square that stands for a series in the legend.
    pub(crate) fn sign(&mut self, area: Area) {
        self.body
            .push_str(&format!("<rect {} rx=\"2\"/>\n", placed(area)));
    }

    /// Draws a dot at a point of a line.
    pub(crate) fn dot(&mut self, (x, y): (f64, f64), tip: &str) {
        let tip = self.tip(tip);
        self.body.push_str(&format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"3\"{}\n",
            short(x),
            short(y),
            closed("circle", &tip)
        ));
    }

    /// Draws a line through at least two points; the line of every series is broken in its own way, so that
    /// lines can be told apart without their colours.
    pub(crate) fn line(&mut self, points: &[(f64, f64)], series: usize) {
        let dashes = match series % COLOURS.len() {
            0 => "",
            1 => r#" stroke-dasharray="7 3""#,
            2 => r#" stroke-dasharray="2 3""#,
            3 => r#" stroke-dasharray="9 3 2 3""#,
            4 => r#" stroke-dasharray="4 4""#,
            _ => r#" stroke-dasharray="12 4""#,
        };
        let path: Vec<String> = points
            .iter()
            .map(|&(x, y)| format!("{} {}", short(x), short(y)))
            .collect();
        self.body.push_str(&format!(
            "<path d=\"M{}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.2\" \
             stroke-linejoin=\"round\"{dashes}/>\n",
            path.join("L"),
        ));
    }

    /// The finished drawing: `title` and `summary` are what is read aloud in its place.
    pub(crate) fn finish(self, title: &str, summary: &str, height: f64) -> String {
        let (width, height) = (short(WIDTH), short(height));
        let (looks, ground) = match self.theme {
            Theme::Page => (String::new(), String::new()),
            Theme::Light => (
                format!(r##" color="#231d18" font-family="{}""##, font::FAMILY),
                format!("<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n"),
            ),
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" fill=\"currentColor\"{looks}>\n<title>{}</title>\n<desc>{}</desc>\n{ground}{}</svg>\n",
            text::escape(title),
            text::escape(summary),
            self.body,
        )
    }

    /// A tooltip, which only a page can show.
    fn tip(&self, tip: &str) -> String {
        match self.theme {
            Theme::Page => format!("<title>{}</title>", text::escape(tip)),
            Theme::Light => String::new(),
        }
    }
}

fn placed(area: Area) -> String {
    format!(
        r#"x="{}" y="{}" width="{}" height="{}""#,
        short(area.x),
        short(area.y),
        short(area.width),
        short(area.height)
    )
}

/// The end of an element, with what is inside it.
fn closed(element: &str, inside: &str) -> String {
    match inside {
        "" => "/>".to_owned(),
        inside => format!(">{inside}</{element}>"),
    }
}

/// A coordinate with at most two decimals.
fn short(coordinate: f64) -> String {
    let rounded = (coordinate * 100.0).round() / 100.0;
    format!("{}", rounded + 0.0) // + 0.0 makes 0 of -0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance as WCAG 2.2 defines it.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = u8::from_str_radix(&colour[at..at + 2], 16).expect("two hex digits");
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_series_can_be_told_from_paper_and_from_night() {
        for colour in COLOURS {
            for ground in ["#ffffff", "#fffdfa", "#221e1b"] {
                let contrast = contrast(colour, ground);
                assert!(contrast >= 3.0, "{colour} on {ground}: {contrast:.2}");
            }
        }
    }

    #[test]
    fn coordinates_are_short() {
        assert_eq!(short(12.0), "12");
        assert_eq!(short(-0.001), "0");
        assert_eq!(short(1.0 / 3.0), "0.33");
    }
}
