//! Charts as pictures.

use resvg::tiny_skia::Pixmap;

use super::{questions, times, topics};
use crate::{Chart, ChartError, png};

fn picture(chart: &Chart, width: u32) -> Pixmap {
    let png = png(chart, width).expect("a picture");
    Pixmap::decode_png(&png).expect("a PNG that can be read")
}

/// How many pixels differ between two pictures of the same size.
fn difference(one: &Chart, other: &Chart) -> usize {
    let (one, other) = (picture(one, 900), picture(other, 900));
    assert_eq!((one.width(), one.height()), (other.width(), other.height()));
    let pairs = one.pixels().iter().zip(other.pixels());
    pairs.filter(|(one, other)| one != other).count()
}

fn named(label: &str) -> Chart {
    let mut chart = topics();
    chart.labels[1] = label.into();
    chart
}

#[test]
fn a_picture_is_as_wide_as_asked_and_opaque() {
    for chart in [questions(), topics(), times()] {
        for width in [360, 900] {
            let picture = picture(&chart, width);
            assert_eq!(picture.width(), width);
            assert!(picture.height() > width / 4);
            assert!(picture.pixels().iter().all(|pixel| pixel.alpha() == 255));
        }
    }
}

#[test]
fn chinese_is_drawn() {
    assert!(difference(&named("农村危房改造"), &named("")) > 1000);
    assert!(difference(&named("农村危房改造"), &named("农村危房改建")) > 50);
}

#[test]
fn a_character_that_the_font_lacks_is_drawn_as_a_square() {
    assert_eq!(difference(&named("鼗鼓"), &named("□鼓")), 0);
    assert!(difference(&named("鼗鼓"), &named("鼓")) > 50);
}

#[test]
fn markup_in_a_label_is_drawn_as_it_is_written() {
    assert!(difference(&named("</text>&<b>"), &named("")) > 200);
}

#[test]
fn a_width_that_is_not_sensible_is_refused() {
    for width in [0, 99, 4001] {
        assert!(
            matches!(png(&topics(), width), Err(ChartError::Width(refused)) if refused == width)
        );
    }
}

#[test]
fn a_chart_with_thousands_of_rows_is_no_picture() {
    let mut chart = topics();
    chart.labels = vec!["农村危房改造".into(); 5000];
    assert!(matches!(
        png(&chart, 900),
        Err(ChartError::TooLarge { width: 900, .. })
    ));
}
