//! What holds for every chart, whatever its texts and values.

use proptest::prelude::*;

use super::elements::{Element, elements};
use crate::{
    Chart, Kind, Series, Theme,
    drawing::{LABEL, NOTE, TITLE, WIDTH},
    svg, text,
};

fn chart() -> impl Strategy<Value = Chart> {
    let kind = prop::sample::select(vec![Kind::StackedBars, Kind::HorizontalBars, Kind::Lines]);
    let value = prop_oneof![
        4 => (0u32..2000).prop_map(|count| Some(f64::from(count))),
        2 => (0.0..1e4).prop_map(Some),
        1 => any::<f64>().prop_map(Some),
        1 => Just(None),
    ];
    let name = prop_oneof![
        Just("农村危房改造".to_owned()),
        ".{0,30}",
        any::<String>(),
        Just("</title><script>alert(1)</script>\" onload='".to_owned()),
    ];
    let series = (name.clone(), prop::collection::vec(value, 0..12));
    (
        name.clone(),
        kind,
        prop::collection::vec(name, 0..12),
        prop::collection::vec(series, 0..8),
    )
        .prop_map(|(title, kind, labels, series)| Chart {
            title,
            kind,
            labels,
            series: series
                .into_iter()
                .map(|(name, values)| Series { name, values })
                .collect(),
        })
}

fn theme() -> impl Strategy<Value = Theme> {
    prop::sample::select(vec![Theme::Page, Theme::Light])
}

/// From the left to the right end of an element, and from its upper to its lower.
fn extent(element: &Element) -> Option<[f64; 4]> {
    match element.name.as_str() {
        "rect" if element.attributes.contains_key("x") => {
            let (x, y) = (element.number("x"), element.number("y"));
            let (width, height) = (element.number("width"), element.number("height"));
            Some([x, x + width, y, y + height])
        }
        "circle" => {
            let (x, y, r) = (
                element.number("cx"),
                element.number("cy"),
                element.number("r"),
            );
            Some([x - r, x + r, y - r, y + r])
        }
        "text" => {
            let (x, y, size) = (
                element.number("x"),
                element.number("y"),
                element.number("font-size"),
            );
            let width = text::width(&element.text, size);
            let left = match element.attributes.get("text-anchor").map(String::as_str) {
                Some("middle") => x - width / 2.0,
                Some("end") => x - width,
                _ => x,
            };
            Some([left, left + width, y - size, y + size / 4.0])
        }
        "path" if element.attributes.contains_key("fill") => {
            let points: Vec<(f64, f64)> = element.attributes["d"][1..]
                .split('L')
                .map(|point| {
                    let (x, y) = point.split_once(' ').expect("two numbers");
                    (x.parse().expect("a number"), y.parse().expect("a number"))
                })
                .collect();
            let of = |pick: fn(&(f64, f64)) -> f64, best: fn(f64, f64) -> f64| {
                points.iter().map(pick).reduce(best).expect("a point")
            };
            Some([
                of(|p| p.0, f64::min),
                of(|p| p.0, f64::max),
                of(|p| p.1, f64::min),
                of(|p| p.1, f64::max),
            ])
        }
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn texts_never_become_markup(chart in chart(), theme in theme()) {
        let elements = elements(&svg(&chart, theme));
        for element in &elements {
            let known = ["svg", "title", "desc", "g", "rect", "path", "circle", "text"];
            prop_assert!(known.contains(&element.name.as_str()), "{}", element.name);
            for name in element.attributes.keys() {
                prop_assert!(!name.starts_with("on") && name != "style" && name != "href", "{name}");
            }
        }
        prop_assert_eq!(&elements[1].text, &text::clean(&chart.title));
    }

    #[test]
    fn nothing_lies_outside_the_drawing(chart in chart()) {
        let elements = elements(&svg(&chart, Theme::Page));
        let height: f64 = elements[0].attributes["viewBox"]
            .rsplit(' ')
            .next()
            .and_then(|height| height.parse().ok())
            .expect("a viewBox");
        for element in &elements {
            if let Some([left, right, upper, lower]) = extent(element) {
                prop_assert!(left >= -0.01 && right <= WIDTH + 0.01, "{element:?}");
                prop_assert!(upper >= -0.01 && lower <= height + 0.01, "{element:?} of {height}");
            }
        }
    }

    #[test]
    fn upright_bars_are_proportional(counts in prop::collection::vec(1u64..5000, 1..40)) {
        let chart = Chart {
            title: String::new(),
            kind: Kind::StackedBars,
            labels: vec!["日".into(); counts.len()],
            series: vec![Series::counts("提问", counts.clone())],
        };
        let heights: Vec<f64> = elements(&svg(&chart, Theme::Page))
            .iter()
            .filter(|element| element.name == "rect")
            .map(|bar| bar.number("height"))
            .collect();
        prop_assert_eq!(heights.len(), counts.len());
        let per_question = heights.iter().sum::<f64>() / counts.iter().sum::<u64>() as f64;
        for (&count, height) in counts.iter().zip(&heights) {
            prop_assert!((height - count as f64 * per_question).abs() < 0.02);
        }
    }

    #[test]
    fn parts_of_a_bar_stand_on_each_other(lower in 1u64..900, upper in 1u64..900) {
        let chart = Chart {
            title: String::new(),
            kind: Kind::StackedBars,
            labels: vec!["日".into()],
            series: vec![Series::counts("一", [lower]), Series::counts("二", [upper])],
        };
        let elements = elements(&svg(&chart, Theme::Page));
        let bars: Vec<&Element> = elements
            .iter()
            .filter(|element| element.name == "rect" && !element.attributes.contains_key("rx"))
            .collect();
        prop_assert!((bars[1].number("y") + bars[1].number("height") - bars[0].number("y")).abs() < 0.02);
    }
}

#[test]
fn the_smallest_letters_are_about_eleven_pixels_on_a_narrow_phone() {
    let phone = 360.0 / WIDTH;
    for lettering in [TITLE, LABEL, NOTE] {
        assert!(lettering.size * phone >= 10.8);
    }
}
