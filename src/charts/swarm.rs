//! Swarms: for each of several things many values, a point each, coloured by a second number.

use super::axes::{self, Grid, LABEL_ROW};
use super::error::{ChartError, check_number};
use super::format::{self, NumberFormat};
use super::frame::{self, ChartFrame, Surface};
use super::scale::{Scale, extent, open_range};
use super::scene::{Area, Scene};
use super::table::{Cell, ChartTable};
use super::theme::Tone;

/// One case.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SwarmPoint {
    /// Along.
    pub value: f64,
    /// Its colour, from the low end, 0, to the high one, 1.
    pub share: f64,
}

/// One thing and its cases.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SwarmRow {
    /// What it is.
    pub name: String,
    /// How large its values are.
    pub size: f64,
    /// Its cases.
    pub points: Vec<SwarmPoint>,
}

/// Points in rows, those at the same place beside each other. Marks are the rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SwarmSpec {
    /// Words; `x` is measured, `y` names the rows.
    pub frame: ChartFrame,
    /// What `size` of a row is: "mean size".
    pub size: String,
    /// The colours' ends.
    pub ends: [String; 2],
    /// From top to bottom.
    pub rows: Vec<SwarmRow>,
}

/// Radius of a point, logical pixels.
const DOT: f64 = 1.8;

impl SwarmSpec {
    pub(super) fn is_empty(&self) -> bool {
        self.rows.iter().all(|row| row.points.is_empty())
    }

    pub(super) fn check(&self) -> Result<(), ChartError> {
        for row in &self.rows {
            check_number(row.size, || format!("{} of {}", self.size, row.name))?;
            for point in &row.points {
                check_number(point.value, || format!("a value of {}", row.name))?;
                check_number(point.share, || format!("a colour of {}", row.name))?;
            }
        }
        Ok(())
    }

    pub(super) fn lay_out(&self, surface: &Surface) -> Scene {
        let (mut scene, mut panel) = frame::open(surface, &self.frame, &[]);
        frame::colour_key(&mut scene, &mut panel, &self.frame, self.ends.clone(), of_share);
        panel.bottom -= LABEL_ROW;
        let names: Vec<&str> = self.rows.iter().map(|row| row.name.as_str()).collect();
        axes::name_column(&mut scene, &mut panel, &names, 0.36);
        let all = self.rows.iter().flat_map(|row| &row.points).map(|point| point.value);
        let (low, high) = extent(all.chain([0.0])).unwrap_or((0.0, 1.0));
        let (low, high) = open_range(low, high);
        let scale = Scale::even((low, high), panel.left + 4.0, panel.right - 4.0);
        axes::bottom_axis(&mut scene, &panel, scale, self.frame.x.format, Grid::Lines);
        let zero = scale.at(0.0);
        scene.rule((zero, panel.top), (zero, panel.bottom), Tone::Axis);
        let pitch = panel.height() / self.rows.len() as f64;
        for (place, row) in self.rows.iter().enumerate() {
            let middle = panel.top + (place as f64 + 0.5) * pitch;
            for ((x, y), share) in placed(row, scale, middle, pitch) {
                scene.dot((x, y), DOT, of_share(share), 0.85);
            }
            let half = pitch * 0.46;
            let ends = extent(row.points.iter().map(|point| scale.at(point.value)));
            let (from, to) = ends.unwrap_or((zero, zero));
            scene.marks.push(Area::between((from - DOT, middle - half), (to + DOT, middle + half)));
        }
        scene
    }

    pub(super) fn readouts(&self) -> Vec<String> {
        let axis = &self.frame.x;
        let readout = |row: &SwarmRow| {
            let size = format::decimal(row.size, 3);
            match extent(row.points.iter().map(|point| point.value)) {
                Some((low, high)) => format!(
                    "{}: {} {size}, from {} to {}",
                    row.name,
                    self.size.to_lowercase(),
                    axis.format.show(low),
                    axis.format.show(high)
                ),
                None => row.name.clone(),
            }
        };
        self.rows.iter().map(readout).collect()
    }

    pub(super) fn summary(&self) -> String {
        let largest = self.rows.iter().max_by(|one, two| one.size.total_cmp(&two.size));
        largest.map_or_else(String::new, |row| {
            let size = format::decimal(row.size, 3);
            format!("{} is largest for {} ({size})", self.size, row.name)
        })
    }

    pub(super) fn table(&self) -> ChartTable {
        let format = self.frame.x.format;
        let title = &self.frame.y.title;
        let header = [title.as_str(), &self.size, "least", "most", "n"];
        let rows = self.rows.iter().map(|row| {
            let values = row.points.iter().map(|point| point.value);
            let (low, high) = extent(values).unwrap_or((f64::NAN, f64::NAN));
            vec![
                Cell::Text(row.name.clone()),
                Cell::Number { value: row.size, format: NumberFormat::Plain },
                Cell::Number { value: low, format },
                Cell::Number { value: high, format },
                Cell::Count(row.points.len() as u64),
            ]
        });
        ChartTable { rows: rows.collect(), header: header.map(str::to_owned).to_vec() }
    }

    pub(super) fn preferred_height(&self) -> f64 {
        self.rows.len() as f64 * 26.0 + 110.0
    }
}

fn of_share(share: f64) -> Tone {
    // a middle that is pale would hide the points that have it
    Tone::Strength(share)
}

/// Points that fall on the same place stand above and below each other by turns, as far as the row has
/// room.
fn placed(row: &SwarmRow, scale: Scale, middle: f64, pitch: f64) -> Vec<((f64, f64), f64)> {
    let place = |x: f64| libm::floor(x / DOT) as i64;
    let mut taken = std::collections::BTreeMap::<i64, u32>::new();
    for point in &row.points {
        *taken.entry(place(scale.at(point.value))).or_default() += 1;
    }
    let most = taken.values().copied().max().unwrap_or(1).max(1);
    let step = (pitch * 0.86 / f64::from(most)).min(DOT);
    let mut used = std::collections::BTreeMap::<i64, u32>::new();
    let mut points = Vec::with_capacity(row.points.len());
    for point in &row.points {
        let x = scale.at(point.value);
        let nth = used.entry(place(x)).or_default();
        let side = if nth.is_multiple_of(2) { 1.0 } else { -1.0 };
        let off = side * f64::from(nth.div_ceil(2)) * step;
        *nth += 1;
        points.push(((x, middle + off), point.share));
    }
    points
}
