//! The value axis: round steps, and how numbers are written.

/// An axis from 0 in a few equal steps, each 1, 2 or 5 times a power of ten.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    step: f64,
    steps: u32,
}

/// Values below this are drawn as 0.
const SMALLEST: f64 = 1e-6;

impl Scale {
    /// The axis for values from 0 to `highest`, with at most four steps; without fractions when the values
    /// are `whole`.
    pub(crate) fn up_to(highest: f64, whole: bool) -> Self {
        if highest < SMALLEST {
            return Self {
                step: 1.0,
                steps: 1,
            };
        }
        let quarter = highest / 4.0;
        let power = 10f64.powf(quarter.log10().floor());
        let round = [1.0, 2.0, 5.0, 10.0].map(|times| times * power);
        let step = round.into_iter().find(|&step| step >= quarter * 0.999_999);
        let step = step.unwrap_or(10.0 * power);
        let step = if whole { step.max(1.0) } else { step };
        let steps = (highest / step - 1e-6).ceil().max(1.0) as u32;
        Self { step, steps }
    }

    /// Where the axis ends, at or above the highest value.
    pub(crate) fn top(self) -> f64 {
        self.step * f64::from(self.steps)
    }

    /// From 0 to the top: values and how they are written. 万 and 亿 stand for long rows of zeros.
    pub(crate) fn ticks(self) -> impl Iterator<Item = (f64, String)> {
        let (unit, name) = match self.top() {
            top if top >= 1e9 => (1e8, "亿"),
            top if top >= 1e5 => (1e4, "万"),
            _ => (1.0, ""),
        };
        let decimals = (-(self.step / unit).log10() - 1e-9).ceil().clamp(0.0, 9.0) as usize;
        (0..=self.steps).map(move |index| {
            let value = self.step * f64::from(index);
            let label = match index {
                0 => "0".to_owned(),
                _ => format!("{:.decimals$}{name}", value / unit),
            };
            (value, label)
        })
    }
}

/// A value in figures, with at most two decimals.
pub(crate) fn number(value: f64) -> String {
    if value > 0.0 && value < 0.005 {
        return "小于0.01".to_owned();
    }
    let written = format!("{value:.2}");
    written
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn labels(highest: f64, whole: bool) -> String {
        let ticks: Vec<_> = Scale::up_to(highest, whole).ticks().collect();
        let labels: Vec<_> = ticks.into_iter().map(|(_, label)| label).collect();
        labels.join(" ")
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(labels(4.0, true), "0 1 2 3 4");
        assert_eq!(labels(47.0, true), "0 20 40 60");
        assert_eq!(labels(830.0, false), "0 500 1000");
        assert_eq!(labels(0.7, false), "0 0.2 0.4 0.6 0.8");
        assert_eq!(labels(380_000.0, true), "0 10万 20万 30万 40万");
        assert_eq!(labels(3e9, true), "0 10亿 20亿 30亿");
    }

    #[test]
    fn counts_have_no_fractions() {
        assert_eq!(labels(1.0, true), "0 1");
        assert_eq!(labels(3.0, true), "0 1 2 3");
    }

    #[test]
    fn zero_has_an_axis_too() {
        assert_eq!(labels(0.0, true), "0 1");
    }

    #[test]
    fn numbers_are_written_without_zeros_at_the_end() {
        assert_eq!(number(0.0), "0");
        assert_eq!(number(100.0), "100");
        assert_eq!(number(3.50), "3.5");
        assert_eq!(number(0.001), "小于0.01");
    }

    proptest! {
        #[test]
        fn the_highest_value_is_on_the_axis(exponent in -6.0..15.0f64, whole: bool) {
            let highest = 10f64.powf(exponent);
            let scale = Scale::up_to(highest, whole);
            prop_assert!(scale.top() >= highest * 0.999_99);
            prop_assert!(scale.ticks().count() <= 5);
        }
    }
}
