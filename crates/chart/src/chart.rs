//! What is drawn: plain values.

/// What is drawn, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The heading, with the unit of the values where there is one: 响应时间（毫秒）. Two lines at most.
    pub title: String,
    /// Bars or lines.
    pub kind: Kind,
    /// What each value stands for, in the order in which they are drawn: days from the earliest to the
    /// latest, topics from the most frequent to the least.
    pub labels: Vec<String>,
    /// The values. Bars are stacked from the first series to the last; after the sixth, colours repeat.
    pub series: Vec<Series>,
}

/// How values are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An upright bar for each label, the series on top of each other: questions by day, week or month.
    StackedBars,
    /// A bar below each label, with its total in figures: topics with counts. As high as it has labels.
    HorizontalBars,
    /// A line for each series, interrupted where there is no value: response times.
    Lines,
}

/// One named row of values.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name in the legend, which is drawn when there are at least two series.
    pub name: String,
    /// A value for each label of the chart; `None` where nothing was measured. Missing values at the end
    /// count as `None`, and so do negative and infinite ones; values beyond the last label are not drawn.
    pub values: Vec<Option<f64>>,
}

/// The largest value that is drawn as it is; larger ones are drawn like this one.
const LARGEST: f64 = 1e15;

impl Series {
    /// A series that was counted.
    pub fn counts(name: impl Into<String>, counts: impl IntoIterator<Item = u64>) -> Self {
        let values = counts.into_iter().map(|count| Some(count as f64)).collect();
        Self {
            name: name.into(),
            values,
        }
    }

    /// A series that was measured, and possibly not everywhere.
    pub fn measured(
        name: impl Into<String>,
        values: impl IntoIterator<Item = Option<f64>>,
    ) -> Self {
        Self {
            name: name.into(),
            values: values.into_iter().collect(),
        }
    }

    /// The value at a label, when there is one that can be drawn: finite, from 0 to [`LARGEST`].
    pub(crate) fn at(&self, index: usize) -> Option<f64> {
        let value = (*self.values.get(index)?)?;
        (value.is_finite() && value >= 0.0).then_some(value.min(LARGEST))
    }
}

impl Chart {
    /// The same chart, with every text changed by `change`.
    pub(crate) fn map_texts(&self, change: impl Fn(&str) -> String) -> Self {
        Self {
            title: change(&self.title),
            kind: self.kind,
            labels: self.labels.iter().map(|label| change(label)).collect(),
            series: self
                .series
                .iter()
                .map(|series| Series {
                    name: change(&series.name),
                    values: series.values.clone(),
                })
                .collect(),
        }
    }

    /// Every value that is drawn, series by series.
    pub(crate) fn values(&self) -> impl Iterator<Item = f64> {
        self.series
            .iter()
            .flat_map(|series| (0..self.labels.len()).filter_map(|index| series.at(index)))
    }

    /// What the bar of a label adds up to; `None` when no series has a value there.
    pub(crate) fn total(&self, index: usize) -> Option<f64> {
        self.series
            .iter()
            .filter_map(|series| series.at(index))
            .reduce(|sum, value| sum + value)
    }

    /// The highest bar, or the highest point of the lines; `None` when there are no values.
    pub(crate) fn highest(&self) -> Option<f64> {
        match self.kind {
            Kind::Lines => self.values().reduce(f64::max),
            Kind::StackedBars | Kind::HorizontalBars => (0..self.labels.len())
                .filter_map(|index| self.total(index))
                .reduce(f64::max),
        }
    }

    /// What has to be said in place of data; `None` when there is something to see.
    pub(crate) fn emptiness(&self) -> Option<&'static str> {
        match self.highest() {
            None => Some("没有数据"),
            Some(highest) if highest <= 0.0 => Some("全部为 0"),
            Some(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(values: [Option<f64>; 3]) -> Chart {
        Chart {
            title: String::new(),
            kind: Kind::Lines,
            labels: vec!["一".into(), "二".into(), "三".into()],
            series: vec![Series::measured("", values)],
        }
    }

    #[test]
    fn what_is_no_amount_counts_as_missing() {
        let odd = chart([Some(f64::NAN), Some(-1.0), Some(f64::INFINITY)]);
        assert_eq!(odd.highest(), None);
        assert_eq!(odd.emptiness(), Some("没有数据"));
    }

    #[test]
    fn zeros_are_data_and_said_to_be_zero() {
        let zeros = chart([Some(0.0), None, Some(0.0)]);
        assert_eq!(zeros.emptiness(), Some("全部为 0"));
    }

    #[test]
    fn values_beyond_the_last_label_are_not_drawn() {
        let mut longer = chart([Some(1.0), Some(2.0), Some(9.0)]);
        longer.labels.pop();
        assert_eq!(longer.highest(), Some(2.0));
    }
}
