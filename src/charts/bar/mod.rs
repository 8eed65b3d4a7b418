//! Bars: one value per level, for one or several series.

mod layout;

use super::error::{ChartError, check_ascending, check_length, check_number};
use super::format::{FEW, sample_size};
use super::frame::{Axis, ChartFrame};
use super::table::{Cell, ChartTable};
use super::theme::Tone;

/// Which way bars run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// To the right, levels under each other: room for names. The default.
    #[default]
    Horizontal,
    /// Upward, levels side by side.
    Vertical,
}

/// How the bars of one level stand to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// Side by side. The default; with one series, plain bars.
    #[default]
    Grouped,
    /// One behind the other, sums readable.
    Stacked,
}

/// The range a value may lie in, drawn as a whisker: low, then high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// One value per level.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarSeries {
    /// Name in the legend and after the value in read-outs: "churn". May be empty for a single series.
    pub name: String,
    /// Colour.
    pub tone: Tone,
    /// One finite value per level.
    pub values: Vec<f64>,
    /// One interval per level, or none at all. Not drawn when stacked.
    pub intervals: Vec<Interval>,
}

/// A line across all bars to compare with: the overall share.
#[derive(Clone, Debug, PartialEq)]
pub struct BarReference {
    /// Where on the value axis.
    pub value: f64,
    /// What it is: "all customers".
    pub label: String,
}

/// Bars for named levels. Horizontal bars take their numbers from `frame.x`, vertical ones from `frame.y`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarSpec {
    /// Words.
    pub frame: ChartFrame,
    /// Names of the levels, in drawing order.
    pub levels: Vec<String>,
    /// Where the levels are bins of equal width: their ascending edges, one more than levels. Vertical
    /// bars then stand on an axis of numbers. Else empty.
    pub edges: Vec<f64>,
    /// How many cases each level has, or empty. Bars that stand for few are pale, and the summary says
    /// nothing of them; a level without cases has no value.
    pub counts: Vec<u64>,
    /// One or several series.
    pub series: Vec<BarSeries>,
    /// Which way bars run.
    pub orientation: Orientation,
    /// How series share a level.
    pub arrangement: Arrangement,
    /// Whether values are written at the bars, where they fit.
    pub value_labels: bool,
    /// A line to compare with.
    pub reference: Option<BarReference>,
}

impl BarSpec {
    pub(super) fn is_empty(&self) -> bool {
        self.levels.is_empty() || self.series.is_empty()
    }

    pub(super) fn check(&self) -> Result<(), ChartError> {
        let levels = self.levels.len();
        if !self.counts.is_empty() {
            check_length("counts", levels, self.counts.len())?;
        }
        if !self.edges.is_empty() {
            check_length("edges", levels + 1, self.edges.len())?;
            check_ascending("edges", &self.edges)?;
        }
        for series in &self.series {
            check_length(&series.name, levels, series.values.len())?;
            for (level, value) in self.levels.iter().zip(&series.values) {
                check_number(*value, || format!("value of {level} in {}", series.name))?;
            }
            if !series.intervals.is_empty() {
                check_length("intervals", levels, series.intervals.len())?;
            }
            for (level, interval) in self.levels.iter().zip(&series.intervals) {
                check_ascending(&format!("interval of {level}"), &[interval.low, interval.high])?;
            }
        }
        match &self.reference {
            Some(reference) => check_number(reference.value, || reference.label.clone()),
            None => Ok(()),
        }
    }

    fn value_axis(&self) -> &Axis {
        match self.orientation {
            Orientation::Horizontal => &self.frame.x,
            Orientation::Vertical => &self.frame.y,
        }
    }

    fn level_axis(&self) -> &Axis {
        match self.orientation {
            Orientation::Horizontal => &self.frame.y,
            Orientation::Vertical => &self.frame.x,
        }
    }

    fn bars_per_level(&self) -> usize {
        match self.arrangement {
            Arrangement::Grouped => self.series.len(),
            Arrangement::Stacked => 1,
        }
    }

    /// Level and series of the mark at `place`.
    fn level_and_series(&self, place: usize) -> (usize, Option<&BarSeries>) {
        let series = self.series.len().max(1);
        (place / series, self.series.get(place % series))
    }

    fn has_cases(&self, level: usize) -> bool {
        self.counts.get(level) != Some(&0)
    }

    /// NaN, which is written as "–", where there is none.
    fn value(&self, place: usize) -> f64 {
        let (level, series) = self.level_and_series(place);
        let value = series.and_then(|series| series.values.get(level));
        value.copied().filter(|_| self.has_cases(level)).unwrap_or(f64::NAN)
    }

    fn interval(&self, place: usize) -> Option<Interval> {
        let (level, series) = self.level_and_series(place);
        match self.arrangement {
            Arrangement::Grouped if self.has_cases(level) => series?.intervals.get(level).copied(),
            _ => None,
        }
    }

    pub(super) fn readouts(&self) -> Vec<String> {
        (0..self.levels.len() * self.series.len())
            .map(|place| {
                let (level, series) = self.level_and_series(place);
                let name = self.levels.get(level).map_or("", String::as_str);
                let axis = self.value_axis();
                let mut text = format!("{name}: {}", axis.measure(self.value(place)));
                if let Some(series) = series.filter(|series| !series.name.is_empty()) {
                    text.push_str(&format!(" {}", series.name));
                }
                if let Some(Interval { low, high }) = self.interval(place) {
                    let (low, high) = (axis.format.show(low), axis.format.show(high));
                    text.push_str(&format!(" ({low} to {high})"));
                }
                if let Some(count) = self.counts.get(level) {
                    text.push_str(&format!(", {}", sample_size(*count)));
                }
                text
            })
            .collect()
    }

    pub(super) fn summary(&self) -> String {
        let sentences: Vec<String> =
            self.series.iter().map(|series| self.sentence(series)).collect();
        sentences.join("; ")
    }

    fn sentence(&self, series: &BarSeries) -> String {
        let name = match self.series.as_slice() {
            [_] => &self.value_axis().title,
            _ => &series.name,
        };
        let format = self.value_axis().format;
        let is_sure = |level: usize| self.counts.get(level).is_none_or(|&count| count >= FEW);
        let pairs = || {
            let all = self.levels.iter().zip(&series.values).enumerate();
            all.filter(move |(level, _)| is_sure(*level)).map(|(_, pair)| pair)
        };
        let highest = pairs().max_by(|one, two| one.1.total_cmp(two.1));
        let lowest = pairs().min_by(|one, two| one.1.total_cmp(two.1));
        match (highest, lowest) {
            (Some((high, most)), Some((low, least))) if most > least => format!(
                "{name} is highest for {high} ({}) and lowest for {low} ({})",
                format.show(*most),
                format.show(*least)
            ),
            (Some((level, value)), _) if pairs().count() == 1 => {
                format!("{name} is {} for {level}", format.show(*value))
            }
            (Some((_, value)), _) => {
                format!("{name} is the same everywhere ({})", format.show(*value))
            }
            _ => format!("{name}: too few cases to compare"),
        }
    }

    pub(super) fn table(&self) -> ChartTable {
        let axis = self.value_axis();
        let mut header = vec![self.level_axis().heading()];
        for series in &self.series {
            let name = if series.name.is_empty() { axis.heading() } else { series.name.clone() };
            if !series.intervals.is_empty() {
                header.extend([name.clone(), format!("{name}, low"), format!("{name}, high")]);
            } else {
                header.push(name);
            }
        }
        if !self.counts.is_empty() {
            header.push("n".to_owned());
        }
        let number = |value: f64| Cell::Number { value, format: axis.format };
        let rows = self.levels.iter().enumerate().map(|(level, name)| {
            let mut row = vec![Cell::Text(name.clone())];
            for (at, series) in self.series.iter().enumerate() {
                row.push(number(self.value(level * self.series.len() + at)));
                if let Some(&Interval { low, high }) = series.intervals.get(level) {
                    let or_none = |end: f64| if self.has_cases(level) { end } else { f64::NAN };
                    row.extend([low, high].map(|end| number(or_none(end))));
                }
            }
            row.extend(self.counts.get(level).map(|count| Cell::Count(*count)));
            row
        });
        ChartTable { rows: rows.collect(), header }
    }

    pub(super) fn preferred_height(&self) -> f64 {
        let per_level = (self.bars_per_level() as f64 * 20.0).max(28.0);
        match self.orientation {
            Orientation::Horizontal => self.levels.len() as f64 * per_level + 96.0,
            Orientation::Vertical => 260.0,
        }
    }
}
