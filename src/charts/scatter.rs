//! Scatters: cases over two numbers, one by one or, where they lie dense, counted in cells.

use super::axes::{self, Grid, LABEL_ROW};
use super::error::{ChartError, check_ascending, check_length, check_number};
use super::format::{self, FEW};
use super::frame::{self, ChartFrame, Key, LegendEntry, Surface};
use super::scale::{Scale, extent, open_range};
use super::scene::{Area, Scene};
use super::table::{Cell, ChartTable};
use super::theme::Tone;

/// One case.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScatterPoint {
    /// Along.
    pub x: f64,
    /// Upward.
    pub y: f64,
    /// Place of its series.
    pub series: usize,
}

/// What cases belong to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScatterSeries {
    /// Name in the legend.
    pub name: String,
    /// Colour of its points.
    pub tone: Tone,
}

/// What the colour of a cell says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellMeaning {
    /// How many cases lie in it. The default.
    #[default]
    Count,
    /// Which share of them belongs to the last series.
    Share,
}

/// Cases over two numbers. Marks are cells, from the upper left one on, row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScatterSpec {
    /// Words.
    pub frame: ChartFrame,
    /// Ascending edges of the cells along.
    pub x_edges: Vec<f64>,
    /// Ascending edges of the cells upward.
    pub y_edges: Vec<f64>,
    /// What cases belong to.
    pub series: Vec<ScatterSeries>,
    /// `(series, rows, columns)`: cases in each cell, from the lowest row on.
    pub counts: Vec<Vec<u64>>,
    /// Every case, drawn in place of the cells; empty where they lie too dense.
    pub points: Vec<ScatterPoint>,
    /// What the colour of a cell says.
    pub colours: CellMeaning,
}

impl ScatterSpec {
    pub(super) fn columns(&self) -> usize {
        self.x_edges.len().saturating_sub(1)
    }

    fn rows(&self) -> usize {
        self.y_edges.len().saturating_sub(1)
    }

    /// The place in `counts` of each mark.
    fn cells(&self) -> impl Iterator<Item = usize> {
        let columns = self.columns();
        (0..self.rows()).rev().flat_map(move |row| (0..columns).map(move |x| row * columns + x))
    }

    fn total(&self, cell: usize) -> u64 {
        self.counts.iter().filter_map(|counts| counts.get(cell)).sum()
    }

    /// The share of the last of several series.
    fn share(&self, cell: usize) -> Option<f64> {
        let last = self.counts.last().filter(|_| self.counts.len() > 1)?;
        let total = self.total(cell);
        (total > 0).then(|| last.get(cell).copied().unwrap_or(0) as f64 / total as f64)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells().all(|cell| self.total(cell) == 0)
    }

    pub(super) fn check(&self) -> Result<(), ChartError> {
        check_ascending("the edges along", &self.x_edges)?;
        check_ascending("the edges upward", &self.y_edges)?;
        check_length("counts", self.series.len(), self.counts.len())?;
        let cells = self.columns() * self.rows();
        for (series, counts) in self.series.iter().zip(&self.counts) {
            check_length(&series.name, cells, counts.len())?;
        }
        for (place, point) in self.points.iter().enumerate() {
            for value in [point.x, point.y] {
                check_number(value, || format!("a side of point {}", place + 1))?;
            }
        }
        Ok(())
    }

    pub(super) fn lay_out(&self, surface: &Surface) -> Scene {
        let several = self.series.len() > 1 && !self.points.is_empty();
        let legend: Vec<LegendEntry<'_>> = self
            .series
            .iter()
            .filter(|_| several)
            .map(|series| LegendEntry { name: &series.name, tone: series.tone, key: Key::Dot })
            .collect();
        let (mut scene, mut panel) = frame::open(surface, &self.frame, &legend);
        let densest = self.cells().map(|cell| self.total(cell)).max().unwrap_or(0).max(1);
        if self.points.is_empty() {
            let (ends, tone): (_, fn(f64) -> Tone) = match self.shown_colours() {
                CellMeaning::Count => (["0".to_owned(), format::count(densest)], of_count),
                CellMeaning::Share => ([0.0, 1.0].map(|end| format::percent(end, 0)), of_share),
            };
            frame::colour_key(&mut scene, &mut panel, &self.frame, ends, tone);
        }
        panel.bottom -= LABEL_ROW;
        panel.top += 6.0;
        panel.right -= 4.0;
        let range = |edges: &[f64]| {
            let (low, high) = extent(edges.iter().copied()).unwrap_or((0.0, 1.0));
            open_range(low, high)
        };
        let up = axes::left_axis(&mut scene, &mut panel, range(&self.y_edges), self.frame.y.format);
        let along = Scale::even(range(&self.x_edges), panel.left, panel.right);
        scene.rule((panel.left, panel.bottom), (panel.right, panel.bottom), Tone::Axis);
        axes::bottom_axis(&mut scene, &panel, along, self.frame.x.format, Grid::Ticks);
        for cell in self.cells() {
            let (row, column) = (cell / self.columns().max(1), cell % self.columns().max(1));
            let edge = |edges: &[f64], at: usize| edges.get(at).copied().unwrap_or(0.0);
            let area = Area::between(
                (along.at(edge(&self.x_edges, column)), up.at(edge(&self.y_edges, row))),
                (along.at(edge(&self.x_edges, column + 1)), up.at(edge(&self.y_edges, row + 1))),
            );
            if self.points.is_empty() && self.total(cell) > 0 {
                let (tone, alpha) = self.colour(cell, densest);
                scene.block(area, tone, alpha);
            }
            scene.marks.push(area);
        }
        let alpha = if self.points.len() > 1_000 { 0.45 } else { 0.7 };
        let radius = if self.points.len() > 1_000 { 2.0 } else { 3.0 };
        for point in &self.points {
            let tone = self.series.get(point.series).map_or(Tone::Accent, |series| series.tone);
            scene.dot((along.at(point.x), up.at(point.y)), radius, tone, alpha);
        }
        scene
    }

    /// A single series has no share.
    fn shown_colours(&self) -> CellMeaning {
        if self.series.len() > 1 { self.colours } else { CellMeaning::Count }
    }

    fn colour(&self, cell: usize, densest: u64) -> (Tone, f64) {
        let total = self.total(cell);
        match (self.shown_colours(), self.share(cell)) {
            (CellMeaning::Share, Some(share)) => {
                (of_share(share), if total < FEW { 0.45 } else { 1.0 })
            }
            _ => (of_count(total as f64 / densest as f64), 1.0),
        }
    }

    /// The names of the cells, by their place in `counts`.
    fn cell_names(&self) -> impl Fn(usize) -> String {
        let side = |edges: &[f64], axis: &frame::Axis| -> Vec<String> {
            let names = axis.format.bin_names(edges);
            names.iter().map(|name| format!("{} {name}", axis.title)).collect()
        };
        let columns = side(&self.x_edges, &self.frame.x);
        let rows = side(&self.y_edges, &self.frame.y);
        move |cell| {
            let of = |names: &[String], at: usize| names.get(at).cloned().unwrap_or_default();
            let width = columns.len().max(1);
            format!("{}, {}", of(&columns, cell % width), of(&rows, cell / width))
        }
    }

    pub(super) fn readouts(&self) -> Vec<String> {
        let name = self.cell_names();
        self.cells()
            .map(|cell| {
                let size = format::sample_size(self.total(cell));
                let share = self.share(cell).zip(self.series.last()).map(|(share, series)| {
                    format!(", {} {}", format::percent(share, 1), series.name)
                });
                format!("{}: {size}{}", name(cell), share.unwrap_or_default())
            })
            .collect()
    }

    pub(super) fn summary(&self) -> String {
        let Some(densest) = self.cells().max_by_key(|&cell| self.total(cell)) else {
            return String::new();
        };
        let name = self.cell_names();
        let count = format::count(self.total(densest));
        let mut sentence = format!("Most lie at {} ({count})", name(densest));
        let shares = self.cells().filter(|&cell| self.total(cell) >= FEW);
        let highest = shares
            .filter_map(|cell| Some((cell, self.share(cell)?)))
            .max_by(|one, two| one.1.total_cmp(&two.1));
        if let Some(((cell, share), series)) = highest.zip(self.series.last()) {
            let (at, share) = (name(cell), format::percent(share, 0));
            let text = format!("; {} is most frequent at {at} ({share})", series.name);
            sentence.push_str(&text);
        }
        sentence
    }

    pub(super) fn table(&self) -> ChartTable {
        let (x, y) = (self.frame.x.heading(), self.frame.y.heading());
        let sides = [&x, &y].into_iter().flat_map(|name| ["from", "to"].map(|end| (name, end)));
        let mut header: Vec<String> = sides.map(|(name, end)| format!("{name}, {end}")).collect();
        header.extend(self.series.iter().map(|series| series.name.clone()));
        let columns = self.columns().max(1);
        let (along, upward) = (Cell::ends(&self.x_edges), Cell::ends(&self.y_edges));
        let rows = self.cells().filter(|&cell| self.total(cell) > 0).map(|cell| {
            let (row, column) = (cell / columns, cell % columns);
            let sides = [(&along, column), (&upward, row)];
            let ends = sides.into_iter().flat_map(|(ends, at)| ends.iter().skip(at).take(2));
            let counts = self.counts.iter().filter_map(|counts| counts.get(cell));
            ends.cloned().chain(counts.map(|&count| Cell::Count(count))).collect()
        });
        ChartTable { rows: rows.collect(), header }
    }

    pub(super) fn preferred_height(&self) -> f64 {
        360.0
    }
}

/// The root shows sparse cells beside dense ones.
fn of_count(part: f64) -> Tone {
    Tone::Sequence(part.sqrt())
}

fn of_share(share: f64) -> Tone {
    Tone::Diverging(2.0 * share - 1.0)
}
