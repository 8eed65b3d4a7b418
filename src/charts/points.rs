//! Things with names over two numbers: each a point, coloured by what it belongs to or by a third number.

use super::axes::{self, Grid, LABEL_ROW};
use super::error::{ChartError, check_number};
use super::format;
use super::frame::{self, Axis, ChartFrame, Key, LegendEntry, Spacing, Surface};
use super::heatmap::Better;
use super::scale::{Scale, extent, log_range, open_range};
use super::scene::{Area, Scene};
use super::table::{Cell, ChartTable};
use super::theme::Tone;

/// One thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NamedPoint {
    /// What it is: "Run 7".
    pub name: String,
    /// Along.
    pub x: f64,
    /// Upward.
    pub y: f64,
    /// Place of its group. Default the first.
    pub group: usize,
    /// The third number, where there is a [`Measure`]; `None` where it has none.
    pub value: Option<f64>,
}

/// What points belong to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PointGroup {
    /// Name in the legend.
    pub name: String,
    /// Colour of its points, unless a [`Measure`] gives it.
    pub tone: Tone,
}

/// The third number: the stronger a point's colour, the better.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measure {
    /// What it is and how it is written.
    pub axis: Axis,
    /// Which end is the good one.
    pub better: Better,
}

/// Points over two number axes, which may be log scales. Marks are the points, from left to right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PointsSpec {
    /// Words.
    pub frame: ChartFrame,
    /// What points belong to; one group without a name where there is nothing to tell apart.
    pub groups: Vec<PointGroup>,
    /// The points.
    pub points: Vec<NamedPoint>,
    /// What the colour says. Default the group.
    pub measure: Option<Measure>,
}

/// Radius of a point, logical pixels.
const DOT: f64 = 4.5;
/// Where points are more than this, they are smaller.
const MANY: usize = 120;

impl PointsSpec {
    pub(super) fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    pub(super) fn check(&self) -> Result<(), ChartError> {
        for point in &self.points {
            self.frame.x.check(point.x, || format!("{} of {}", self.frame.x.title, point.name))?;
            self.frame.y.check(point.y, || format!("{} of {}", self.frame.y.title, point.name))?;
            if let (Some(measure), Some(value)) = (&self.measure, point.value) {
                check_number(value, || format!("{} of {}", measure.axis.title, point.name))?;
            }
        }
        Ok(())
    }

    /// From left to right, then upward.
    fn walked(&self) -> Vec<&NamedPoint> {
        let mut points: Vec<&NamedPoint> = self.points.iter().collect();
        points.sort_by(|one, two| one.x.total_cmp(&two.x).then(one.y.total_cmp(&two.y)));
        points
    }

    /// Least and largest third number.
    fn measured(&self) -> Option<(f64, f64)> {
        self.measure.as_ref()?;
        extent(self.points.iter().filter_map(|point| point.value))
    }

    pub(super) fn lay_out(&self, surface: &Surface) -> Scene {
        let named = self.groups.len() > 1 && self.measure.is_none();
        let legend: Vec<LegendEntry<'_>> = self
            .groups
            .iter()
            .filter(|_| named)
            .map(|group| LegendEntry { name: &group.name, tone: group.tone, key: Key::Dot })
            .collect();
        let (mut scene, mut panel) = frame::open(surface, &self.frame, &legend);
        if let (Some(measure), Some(ends)) = (&self.measure, self.measured()) {
            let [low, high] = [ends.0, ends.1].map(|end| measure.axis.format.show(end));
            let words = [format!("{} {low}", measure.axis.title), high];
            let tone = |share: f64| self.tone_of(ends.0 + share * (ends.1 - ends.0), ends, measure);
            frame::colour_key(&mut scene, &mut panel, &self.frame, words, tone);
        }
        panel.bottom -= LABEL_ROW;
        panel.top += 8.0;
        panel.right -= 6.0;
        let (x, y) = (&self.frame.x, &self.frame.y);
        let y_range = range(y.spacing, self.points.iter().map(|point| point.y));
        let up = axes::left_axis_of(&mut scene, &mut panel, y_range, y);
        let (low, high) = range(x.spacing, self.points.iter().map(|point| point.x));
        let spacing = x.spacing;
        let along = Scale { low, high, start: panel.left, end: panel.right, spacing };
        scene.rule((panel.left, panel.bottom), (panel.right, panel.bottom), Tone::Axis);
        axes::bottom_axis(&mut scene, &panel, along, x.format, Grid::Ticks);
        let radius = if self.points.len() > MANY { DOT - 1.0 } else { DOT };
        let ends = self.measured();
        for point in self.walked() {
            let centre = (along.at(point.x), up.at(point.y));
            let group = self.groups.get(point.group).map_or(Tone::Accent, |group| group.tone);
            let tone = match (&self.measure, point.value, ends) {
                (Some(measure), Some(value), Some(ends)) => self.tone_of(value, ends, measure),
                (Some(_), ..) => Tone::Axis,
                (None, ..) => group,
            };
            scene.dot(centre, radius + 1.0, Tone::Surface, 1.0);
            scene.dot(centre, radius, tone, 0.9);
            scene.marks.push(Area::around(centre, radius));
        }
        scene
    }

    fn tone_of(&self, value: f64, ends: (f64, f64), measure: &Measure) -> Tone {
        Tone::Strength(measure.better.strength(value, ends))
    }

    pub(super) fn readouts(&self) -> Vec<String> {
        let (x, y) = (&self.frame.x, &self.frame.y);
        let walked = self.walked();
        let readout = |point: &&NamedPoint| {
            let mut text = point.name.clone();
            if let Some(group) = self.groups.get(point.group).filter(|group| !group.name.is_empty())
            {
                text.push_str(&format!(", {}", group.name));
            }
            let sides = [(x, point.x), (y, point.y)];
            let sides =
                sides.map(|(axis, value)| format!("{} {}", axis.title, axis.measure(value)));
            text.push_str(&format!(": {}", sides.join(", ")));
            if let Some(Measure { axis, .. }) = &self.measure {
                let value = axis.measure(point.value.unwrap_or(f64::NAN));
                text.push_str(&format!(", {} {value}", axis.title));
            }
            // they stand side by side in walking order
            let same = walked.iter().filter(|other| other.x == point.x && other.y == point.y);
            match same.count() {
                0 | 1 => text,
                several => format!("{text} (one of {several} at this place)"),
            }
        };
        walked.iter().map(readout).collect()
    }

    pub(super) fn summary(&self) -> String {
        let n = format::count(self.points.len() as u64);
        let points = if self.points.len() == 1 { "point" } else { "points" };
        let (x, y) = (&self.frame.x, &self.frame.y);
        let (axis, better) = match &self.measure {
            Some(measure) => (&measure.axis, measure.better),
            None => (y, Better::Higher),
        };
        let value = |point: &NamedPoint| match self.measure {
            Some(_) => point.value,
            None => Some(point.y),
        };
        let ends = extent(self.points.iter().filter_map(value)).unwrap_or_default();
        let best = match better {
            Better::Higher => ends.1,
            Better::Lower => ends.0,
        };
        let mut at_best = self.points.iter().filter(|point| value(point) == Some(best));
        let Some(first) = at_best.next() else { return format!("{n} {points}") };
        let others = at_best.count();
        let name = format::and_more(&first.name, 1 + others);
        let at = if others > 0 { ", the first at" } else { " at" };
        let mut place = format!("{} {}", x.title, x.measure(first.x));
        if self.measure.is_some() {
            place.push_str(&format!(", {} {}", y.title, y.measure(first.y)));
        }
        let is_best = if self.measure.is_some() { "best" } else { "highest" };
        let (title, best) = (&axis.title, axis.measure(best));
        format!("{n} {points}; {title} is {is_best} for {name} ({best}){at} {place}")
    }

    pub(super) fn table(&self) -> ChartTable {
        let (x, y) = (&self.frame.x, &self.frame.y);
        let grouped = self.groups.iter().any(|group| !group.name.is_empty());
        let mut header = vec!["Name".to_owned()];
        header.extend(grouped.then(|| "Group".to_owned()));
        header.extend([x.heading(), y.heading()]);
        header.extend(self.measure.as_ref().map(|measure| measure.axis.heading()));
        let number = |axis: &Axis, value| Cell::Number { value, format: axis.format };
        let rows = self.walked().into_iter().map(|point| {
            let mut row = vec![Cell::Text(point.name.clone())];
            let group = self.groups.get(point.group).map(|group| group.name.clone());
            row.extend(grouped.then(|| Cell::Text(group.unwrap_or_default())));
            row.extend([number(x, point.x), number(y, point.y)]);
            let measure = self.measure.as_ref();
            row.extend(measure.map(|of| number(&of.axis, point.value.unwrap_or(f64::NAN))));
            row
        });
        ChartTable { rows: rows.collect(), header }
    }

    pub(super) fn preferred_height(&self) -> f64 {
        340.0
    }
}

/// What an axis shows: its values, and a little room so that no point is cut.
fn range(spacing: Spacing, values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = extent(values).unwrap_or((1.0, 10.0));
    match spacing {
        Spacing::Log => log_range(low, high),
        Spacing::Even => {
            let (low, high) = open_range(low, high);
            let room = (high - low) * 0.03;
            (low - room, high + room)
        }
    }
}
