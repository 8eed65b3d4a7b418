//! Histograms by class: several series counted over the same bins.

use super::axes::{self, Grid, LABEL_ROW};
use super::error::{ChartError, check_ascending, check_length};
use super::format;
use super::frame::{self, ChartFrame, Key, LegendEntry, Surface};
use super::scale::{Scale, extent, rounded_range};
use super::scene::{Area, Scene};
use super::table::{Cell, ChartTable};
use super::theme::Tone;

/// What the height of a bin says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BinHeight {
    /// How many cases, series drawn over each other. The default.
    #[default]
    Overlaid,
    /// How many cases, series stacked so that the outline is the whole.
    Stacked,
    /// Which share of its own series, drawn over each other: compares a small class with a large one.
    ShareOfSeries,
}

/// The counts of one class.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistogramSeries {
    /// Name of the class: "churns".
    pub name: String,
    /// Colour.
    pub tone: Tone,
    /// One count per bin.
    pub counts: Vec<u64>,
}

impl HistogramSeries {
    fn total(&self) -> f64 {
        self.counts.iter().sum::<u64>() as f64
    }
}

/// Counts between shared edges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistogramSpec {
    /// Words; `x` is what is binned, `y` the count or share.
    pub frame: ChartFrame,
    /// Ascending edges, one more than bins.
    pub edges: Vec<f64>,
    /// One or several classes.
    pub series: Vec<HistogramSeries>,
    /// What heights say.
    pub height: BinHeight,
}

impl HistogramSpec {
    fn bins(&self) -> usize {
        self.edges.len().saturating_sub(1)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bins() == 0 || self.series.iter().all(|series| series.total() == 0.0)
    }

    pub(super) fn check(&self) -> Result<(), ChartError> {
        check_ascending("the edges of the bins", &self.edges)?;
        for series in &self.series {
            check_length(&series.name, self.bins(), series.counts.len())?;
        }
        Ok(())
    }

    /// Lower and upper end of the column of each bin, for one series.
    fn columns(&self, place: usize) -> Vec<(f64, f64)> {
        let Some(series) = self.series.get(place) else {
            return Vec::new();
        };
        let total = series.total().max(1.0);
        series
            .counts
            .iter()
            .enumerate()
            .map(|(bin, count)| match self.height {
                BinHeight::Overlaid => (0.0, *count as f64),
                BinHeight::ShareOfSeries => (0.0, *count as f64 / total),
                BinHeight::Stacked => {
                    let below: u64 = self
                        .series
                        .iter()
                        .take(place)
                        .filter_map(|series| series.counts.get(bin))
                        .sum();
                    (below as f64, (below + count) as f64)
                }
            })
            .collect()
    }

    pub(super) fn lay_out(&self, surface: &Surface) -> Scene {
        let legend: Vec<LegendEntry<'_>> = self
            .series
            .iter()
            .filter(|_| self.series.len() > 1)
            .map(|series| LegendEntry { name: &series.name, tone: series.tone, key: Key::Block })
            .collect();
        let (mut scene, mut panel) = frame::open(surface, &self.frame, &legend);
        panel.bottom -= LABEL_ROW;
        panel.top += 6.0;
        let columns: Vec<Vec<(f64, f64)>> =
            (0..self.series.len()).map(|place| self.columns(place)).collect();
        let highest = columns.iter().flatten().map(|column| column.1).fold(0.0, f64::max);
        let steps = axes::steps_for_height(panel.height());
        let range = rounded_range(0.0, highest, steps * 2);
        let up = axes::left_axis(&mut scene, &mut panel, range, self.frame.y.format);
        let (first, last) = extent(self.edges.iter().copied()).unwrap_or((0.0, 1.0));
        let along = Scale::even((first, last), panel.left, panel.right);
        for (series, columns) in self.series.iter().zip(&columns) {
            self.draw_series(&mut scene, series.tone, columns, along, up);
        }
        scene.rule((panel.left, panel.bottom), (panel.right, panel.bottom), Tone::Axis);
        axes::bottom_axis(&mut scene, &panel, along, self.frame.x.format, Grid::Ticks);
        for (low, high) in self.edges.iter().zip(self.edges.iter().skip(1)) {
            scene
                .marks
                .push(Area::between((along.at(*low), panel.top), (along.at(*high), panel.bottom)));
        }
        scene
    }

    fn draw_series(
        &self,
        scene: &mut Scene,
        tone: Tone,
        columns: &[(f64, f64)],
        along: Scale,
        up: Scale,
    ) {
        let alpha = match (self.height, self.series.len()) {
            (BinHeight::Stacked, _) | (_, 1) => 1.0,
            _ => 0.22,
        };
        let mut outline = vec![(along.start, up.at(0.0))];
        for ((low, high), column) in self.edges.iter().zip(self.edges.iter().skip(1)).zip(columns) {
            let (left, right) = (along.at(*low), along.at(*high));
            let gap = if alpha == 1.0 && right - left > 4.0 { 1.0 } else { 0.0 };
            if column.1 > column.0 {
                let area = Area::between((left, up.at(column.1)), (right - gap, up.at(column.0)));
                scene.block(area, tone, alpha);
            }
            outline.extend([(left, up.at(column.1)), (right, up.at(column.1))]);
        }
        outline.push((along.end, up.at(0.0)));
        if alpha < 1.0 {
            scene.line(outline, tone, 1.5);
        }
    }

    fn bin_names(&self) -> Vec<String> {
        let mut names = self.frame.x.format.bin_names(&self.edges);
        let unit = &self.frame.x.unit;
        if !unit.is_empty() {
            names.iter_mut().for_each(|name| *name = format!("{name} {unit}"));
        }
        names
    }

    pub(super) fn readouts(&self) -> Vec<String> {
        self.bin_names()
            .iter()
            .enumerate()
            .map(|(bin, name)| {
                let parts: Vec<String> = self
                    .series
                    .iter()
                    .map(|series| {
                        let cases = series.counts.get(bin).copied().unwrap_or(0);
                        let shown = format!("{} {}", format::count(cases), series.name);
                        match self.height {
                            BinHeight::ShareOfSeries => {
                                let share = cases as f64 / series.total().max(1.0);
                                format!("{shown} ({})", format::percent(share, 1))
                            }
                            BinHeight::Overlaid | BinHeight::Stacked => shown,
                        }
                    })
                    .collect();
                format!("{name}: {}", parts.join(", "))
            })
            .collect()
    }

    pub(super) fn summary(&self) -> String {
        let names = self.bin_names();
        let peaks: Vec<String> = self
            .series
            .iter()
            .filter_map(|series| {
                // The first of several equal peaks.
                let peak = series.counts.iter().copied().max().filter(|peak| *peak > 0)?;
                let bin = series.counts.iter().position(|count| *count == peak)?;
                let share = format::percent(peak as f64 / series.total(), 0);
                Some(format!(
                    "{} peaks at {} ({}, {share} of {})",
                    series.name,
                    names.get(bin).map_or("", String::as_str),
                    format::count(peak),
                    format::count(series.counts.iter().sum())
                ))
            })
            .collect();
        format!("{}: {}", self.frame.x.title, peaks.join("; "))
    }

    pub(super) fn preferred_height(&self) -> f64 {
        260.0
    }

    pub(super) fn table(&self) -> ChartTable {
        let x = self.frame.x.heading();
        let mut header = vec![format!("{x}, from"), format!("{x}, to")];
        header.extend(self.series.iter().map(|series| series.name.clone()));
        let ends = Cell::ends(&self.edges);
        let rows = ends.windows(2).enumerate().map(|(bin, ends)| {
            let counts = self.series.iter().filter_map(|series| series.counts.get(bin));
            ends.iter().cloned().chain(counts.map(|count| Cell::Count(*count))).collect()
        });
        ChartTable { rows: rows.collect(), header }
    }
}
