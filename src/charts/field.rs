//! Fields: what a model says everywhere over two features, with some cases on top.

use super::axes::{self, Grid, LABEL_ROW};
use super::error::{ChartError, check_ascending, check_length, check_number};
use super::format::{self, NumberFormat};
use super::frame::{self, Axis, ChartFrame, Key, LegendEntry, Panel, Surface};
use super::heatmap;
use super::marching::{self, Place};
use super::scale::{Scale, extent};
use super::scatter::{ScatterPoint, ScatterSeries};
use super::scene::{Area, Scene};
use super::table::{Cell, ChartTable};
use super::theme::Tone;

/// The cells along one side.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldSide {
    /// Between these ascending ends.
    Numbers(Vec<f64>),
    /// One a level.
    Levels(Vec<String>),
}

impl Default for FieldSide {
    fn default() -> Self {
        Self::Levels(Vec::new())
    }
}

/// A number over two features, coloured by the side of a boundary it lies on. Marks are cells, from the
/// upper left one on, row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldSpec {
    /// Words.
    pub frame: ChartFrame,
    /// What a cell measures: "decision".
    pub measure: String,
    /// How it is written.
    pub format: NumberFormat,
    /// The cells along.
    pub x: FieldSide,
    /// The cells upward.
    pub y: FieldSide,
    /// `(rows, columns)`, row-major from the lowest row on, finite.
    pub values: Vec<f64>,
    /// The boundary: cells below it are blue, others red.
    pub centre: f64,
    /// How far from the boundary colours are full, above 0.
    pub reach: f64,
    /// What lies below the boundary, and what on it and above.
    pub sides: [String; 2],
    /// What cases belong to.
    pub series: Vec<ScatterSeries>,
    /// Cases on top of the cells; on a side of levels in cells from 0.
    pub points: Vec<ScatterPoint>,
}

impl FieldSide {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Numbers(edges) => edges.len().saturating_sub(1),
            Self::Levels(levels) => levels.len(),
        }
    }

    /// First and last end.
    fn range(&self) -> (f64, f64) {
        match self {
            Self::Numbers(edges) => extent(edges.iter().copied()).unwrap_or((0.0, 1.0)),
            Self::Levels(levels) => (0.0, levels.len() as f64),
        }
    }

    fn edge(&self, at: usize) -> f64 {
        match self {
            Self::Numbers(edges) => edges.get(at).copied().unwrap_or(0.0),
            Self::Levels(_) => at as f64,
        }
    }

    fn middle(&self, at: usize) -> f64 {
        f64::midpoint(self.edge(at), self.edge(at + 1))
    }

    /// Between the middles of two cells; 0 is that of the first.
    fn between(&self, place: f64) -> f64 {
        let below = libm::floor(place);
        let (from, to) = (self.middle(below as usize), self.middle(below as usize + 1));
        if place > below { from + (place - below) * (to - from) } else { from }
    }

    fn check(&self, name: &str) -> Result<(), ChartError> {
        match self {
            Self::Numbers(edges) => check_ascending(name, edges),
            Self::Levels(_) => Ok(()),
        }
    }

    /// "Tenure 1 to 2.5", "Contract Two year".
    fn names(&self, axis: &Axis) -> Vec<String> {
        let named = |name: &String| format!("{} {name}", axis.title);
        match self {
            Self::Numbers(edges) => axis.format.bin_names(edges).iter().map(named).collect(),
            Self::Levels(levels) => levels.iter().map(named).collect(),
        }
    }

    /// Where the `nth` case is drawn: cases of one level are spread over it, so that many can be told
    /// from one.
    fn place(&self, value: f64, nth: usize, stride: f64) -> f64 {
        match self {
            Self::Numbers(_) => value,
            Self::Levels(_) => {
                let spread = nth as f64 * stride;
                value + 0.5 + 0.7 * (spread - libm::floor(spread) - 0.5)
            }
        }
    }
}

/// Strides of an even spread in two directions (the plastic number's powers).
const STRIDES: [f64; 2] = [0.754_877_666, 0.569_840_291];
const DOT: f64 = 2.6;

/// How far a cell reaches under its neighbours, logical pixels.
const SEAM: f64 = 0.4;

/// The strong shades are left to the cases on top.
fn shade(share: f64) -> Tone {
    Tone::Diverging(0.55 * share)
}

impl FieldSpec {
    /// Cells in a row.
    pub(super) fn columns(&self) -> usize {
        self.x.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    pub(super) fn check(&self) -> Result<(), ChartError> {
        self.x.check("the edges along")?;
        self.y.check("the edges upward")?;
        check_length(&self.measure, self.x.len() * self.y.len(), self.values.len())?;
        for (at, value) in self.values.iter().enumerate() {
            check_number(*value, || format!("{} of cell {}", self.measure, at + 1))?;
        }
        check_number(self.centre, || "the boundary".to_owned())?;
        for (place, point) in self.points.iter().enumerate() {
            for value in [point.x, point.y] {
                check_number(value, || format!("a side of point {}", place + 1))?;
            }
        }
        Ok(())
    }

    /// The place in `values` of each mark.
    fn cells(&self) -> impl Iterator<Item = usize> {
        let columns = self.columns();
        (0..self.y.len()).rev().flat_map(move |row| (0..columns).map(move |x| row * columns + x))
    }

    fn tone(&self, value: f64) -> Tone {
        shade(((value - self.centre) / self.reach).clamp(-1.0, 1.0))
    }

    pub(super) fn lay_out(&self, surface: &Surface) -> Scene {
        let legend: Vec<LegendEntry<'_>> = self
            .series
            .iter()
            .map(|series| LegendEntry { name: &series.name, tone: series.tone, key: Key::Dot })
            .collect();
        let (mut scene, mut panel) = frame::open(surface, &self.frame, &legend);
        let tone = |share: f64| shade(2.0 * share - 1.0);
        frame::colour_key(&mut scene, &mut panel, &self.frame, self.sides.clone(), tone);
        panel.bottom -= LABEL_ROW;
        panel.top += 6.0;
        panel.right -= 4.0;
        let up = self.left(&mut scene, &mut panel);
        let along = Scale::even(self.x.range(), panel.left, panel.right);
        for cell in self.cells() {
            let columns = self.columns().max(1);
            let (row, column) = (cell / columns, cell % columns);
            let corner = |x: usize, y: usize| (along.at(self.x.edge(x)), up.at(self.y.edge(y)));
            let area = Area::between(corner(column, row), corner(column + 1, row + 1));
            if let Some(&value) = self.values.get(cell) {
                // a little over the next ones, which are painted later: no seam shows between them
                scene.block(area.grown(SEAM), self.tone(value), 1.0);
            }
            scene.marks.push(area);
        }
        self.draw_boundary(&mut scene, along, up);
        scene.rule((panel.left, panel.bottom), (panel.right, panel.bottom), Tone::Axis);
        match &self.x {
            FieldSide::Numbers(_) => {
                axes::bottom_axis(&mut scene, &panel, along, self.frame.x.format, Grid::Ticks);
            }
            FieldSide::Levels(levels) => {
                let names: Vec<&str> = levels.iter().map(String::as_str).collect();
                heatmap::draw_column_names(&mut scene, &panel, &names, 0.0);
            }
        }
        for (nth, point) in self.points.iter().enumerate() {
            let tone = self.series.get(point.series).map_or(Tone::Accent, |series| series.tone);
            let [x, y] = STRIDES;
            let at = (self.x.place(point.x, nth, x), self.y.place(point.y, nth, y));
            let at = (along.at(at.0), up.at(at.1));
            // a test customer may lie beyond what was learned from
            if panel.area().distance(at) == 0.0 {
                scene.dot(at, DOT + 1.2, Tone::Surface, 0.9);
                scene.dot(at, DOT, tone, 1.0);
            }
        }
        scene
    }

    fn left(&self, scene: &mut Scene, panel: &mut Panel) -> Scale {
        match &self.y {
            FieldSide::Numbers(_) => {
                axes::left_axis(scene, panel, self.y.range(), self.frame.y.format)
            }
            FieldSide::Levels(levels) => {
                let names: Vec<&str> = levels.iter().rev().map(String::as_str).collect();
                axes::name_column(scene, panel, &names, 0.34);
                Scale::even(self.y.range(), panel.bottom, panel.top)
            }
        }
    }

    /// The line where the values cross the boundary, between the middles of the cells; levels have nothing
    /// in between.
    fn draw_boundary(&self, scene: &mut Scene, along: Scale, up: Scale) {
        if !matches!((&self.x, &self.y), (FieldSide::Numbers(_), FieldSide::Numbers(_))) {
            return;
        }
        let columns = self.columns();
        let value = |x: usize, y: usize| self.values.get(y * columns + x).copied();
        let place = |(x, y): Place| (along.at(self.x.between(x)), up.at(self.y.between(y)));
        for ends in marching::segments((columns, self.y.len()), self.centre, value) {
            scene.line(ends.map(place).to_vec(), Tone::Text, 2.0);
        }
    }

    /// The names of the cells, by their place in `values`.
    fn cell_names(&self) -> impl Fn(usize) -> [String; 2] {
        let columns = self.x.names(&self.frame.x);
        let rows = self.y.names(&self.frame.y);
        move |cell| {
            let of = |names: &[String], at: usize| names.get(at).cloned().unwrap_or_default();
            let width = columns.len().max(1);
            [of(&columns, cell % width), of(&rows, cell / width)]
        }
    }

    fn side(&self, value: f64) -> &str {
        let [below, above] = &self.sides;
        if value >= self.centre { above } else { below }
    }

    pub(super) fn readouts(&self) -> Vec<String> {
        let name = self.cell_names();
        self.cells()
            .map(|cell| {
                let value = self.values.get(cell).copied().unwrap_or(f64::NAN);
                let [x, y] = name(cell);
                let shown = self.format.show(value);
                format!("{x}, {y}: {} {shown}, {}", self.measure, self.side(value))
            })
            .collect()
    }

    pub(super) fn summary(&self) -> String {
        let above = self.values.iter().filter(|value| **value >= self.centre).count();
        let share = format::percent(above as f64 / self.values.len().max(1) as f64, 0);
        let [_, side] = &self.sides;
        let (low, high) = extent(self.values.iter().copied()).unwrap_or((0.0, 0.0));
        let [low, high] = [low, high].map(|end| self.format.show(end));
        format!("The {} runs from {low} to {high}; {share} of the picture is {side}", self.measure)
    }

    pub(super) fn table(&self) -> ChartTable {
        let header = vec![self.frame.x.heading(), self.frame.y.heading(), self.measure.clone()];
        let side = |side: &FieldSide, axis: &Axis, at: usize| match side {
            FieldSide::Numbers(_) => Cell::Number { value: side.middle(at), format: axis.format },
            FieldSide::Levels(levels) => Cell::Text(levels.get(at).cloned().unwrap_or_default()),
        };
        let columns = self.columns().max(1);
        let rows = self.cells().map(|cell| {
            vec![
                side(&self.x, &self.frame.x, cell % columns),
                side(&self.y, &self.frame.y, cell / columns),
                Cell::Number {
                    value: self.values.get(cell).copied().unwrap_or(f64::NAN),
                    format: self.format,
                },
            ]
        });
        ChartTable { rows: rows.collect(), header }
    }

    pub(super) fn preferred_height(&self) -> f64 {
        360.0
    }
}
