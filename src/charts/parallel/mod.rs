//! Parallel coordinates: an axis for each number or name, a line for each thing through its values.

mod layout;

use super::error::{ChartError, check_length};
use super::format::and_more;
use super::frame::{Axis, ChartFrame, Surface};
use super::heatmap::Better;
use super::scale::extent;
use super::scene::Scene;
use super::table::{Cell, ChartTable};

/// One upright axis. Where lines have numbers there, numbers have a scale and names stand in rows below
/// it, for what is no number: "not set". Without numbers names are spread over the whole height.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParallelAxis {
    /// What it is, and how its numbers are written and spaced.
    pub axis: Axis,
    /// Names that have a place, from the lowest up.
    pub levels: Vec<String>,
}

/// What a line has on an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ParallelValue {
    /// A number on its scale.
    Number(f64),
    /// The name at this place of `levels`.
    Level(usize),
}

/// One thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParallelLine {
    /// What it is: "Run 7".
    pub name: String,
    /// One value an axis.
    pub values: Vec<ParallelValue>,
}

/// Lines through upright axes. Marks are the lines, in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParallelSpec {
    /// Words; the titles of its axes are not drawn.
    pub frame: ChartFrame,
    /// From left to right.
    pub axes: Vec<ParallelAxis>,
    /// The lines.
    pub lines: Vec<ParallelLine>,
    /// Place of the axis that colours the lines, the stronger the better. Default none: all alike.
    pub coloured_by: Option<usize>,
    /// Which end of that axis is the good one.
    pub better: Better,
}

impl ParallelSpec {
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty() || self.axes.is_empty()
    }

    pub(super) fn check(&self) -> Result<(), ChartError> {
        for line in &self.lines {
            check_length(&line.name, self.axes.len(), line.values.len())?;
            for (axis, value) in self.axes.iter().zip(&line.values) {
                let place = || format!("{} of {}", axis.axis.title, line.name);
                match *value {
                    ParallelValue::Number(value) => axis.axis.check(value, place)?,
                    ParallelValue::Level(level) if level >= axis.levels.len() => {
                        return Err(ChartError::NoLevel {
                            place: place(),
                            level,
                            levels: axis.levels.len(),
                        });
                    }
                    ParallelValue::Level(_) => {}
                }
            }
        }
        Ok(())
    }

    pub(super) fn lay_out(&self, surface: &Surface) -> Scene {
        layout::lay_out(self, surface)
    }

    /// The numbers of an axis.
    fn numbers(&self, place: usize) -> impl Iterator<Item = f64> {
        self.lines.iter().filter_map(move |line| match line.values.get(place) {
            Some(ParallelValue::Number(value)) => Some(*value),
            _ => None,
        })
    }

    /// Least and largest of them.
    fn range(&self, place: usize) -> Option<(f64, f64)> {
        extent(self.numbers(place))
    }

    /// The number of an axis, where all are equal.
    fn only(&self, place: usize) -> Option<f64> {
        self.range(place).filter(|(low, high)| low == high).map(|(low, _)| low)
    }

    /// From the worst, 0, to the best, 1; `None` for a line without a number there.
    fn strength(&self, line: &ParallelLine) -> Option<f64> {
        let place = self.coloured_by?;
        match line.values.get(place) {
            Some(ParallelValue::Number(value)) => {
                Some(self.better.strength(*value, self.range(place)?))
            }
            _ => None,
        }
    }

    fn shown(axis: &ParallelAxis, value: &ParallelValue) -> String {
        match value {
            ParallelValue::Number(value) => axis.axis.measure(*value),
            ParallelValue::Level(level) => axis.levels.get(*level).cloned().unwrap_or_default(),
        }
    }

    pub(super) fn readouts(&self) -> Vec<String> {
        let readout = |line: &ParallelLine| {
            let values = self.axes.iter().zip(&line.values);
            let values = values
                .map(|(axis, value)| format!("{} {}", axis.axis.title, Self::shown(axis, value)));
            format!("{}: {}", line.name, values.collect::<Vec<_>>().join(", "))
        };
        self.lines.iter().map(readout).collect()
    }

    pub(super) fn summary(&self) -> String {
        let lines = match self.lines.len() {
            1 => "1 line".to_owned(),
            n => format!("{} lines", super::format::count(n as u64)),
        };
        let through = format!("{lines} through {} axes", self.axes.len());
        let coloured = self.coloured_by.and_then(|place| self.axes.get(place));
        let strengths = self.lines.iter().filter_map(|line| Some((line, self.strength(line)?)));
        // of equally good ones the first
        let best = strengths.reduce(|best, next| if next.1 > best.1 { next } else { best });
        match coloured.zip(best) {
            Some((axis, (line, best))) => {
                let value = self.coloured_by.and_then(|place| line.values.get(place));
                let value = value.map(|value| Self::shown(axis, value)).unwrap_or_default();
                let as_good = |other: &&ParallelLine| self.strength(other) == Some(best);
                let name = and_more(&line.name, self.lines.iter().filter(as_good).count());
                format!("{through}; {} is best for {name} ({value})", axis.axis.title)
            }
            None => through,
        }
    }

    pub(super) fn table(&self) -> ChartTable {
        let heads = self.axes.iter().map(|axis| axis.axis.heading());
        let header = std::iter::once("Name".to_owned()).chain(heads).collect();
        let rows = self.lines.iter().map(|line| {
            let cells = self.axes.iter().zip(&line.values).map(|(axis, value)| match value {
                ParallelValue::Number(value) => {
                    Cell::Number { value: *value, format: axis.axis.format }
                }
                ParallelValue::Level(_) => Cell::Text(Self::shown(axis, value)),
            });
            std::iter::once(Cell::Text(line.name.clone())).chain(cells).collect()
        });
        ChartTable { rows: rows.collect(), header }
    }

    pub(super) fn preferred_height(&self) -> f64 {
        360.0
    }
}
