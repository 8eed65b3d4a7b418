//! Lines, steps and points over numbers: ROC curves, scores per window, times per call, dependence of one feature.

mod layout;
mod placing;

use super::error::{ChartError, check_ascending, check_length};
use super::frame::{ChartFrame, Surface};
use super::scale::extent;
use super::scene::Scene;
use super::table::{Cell, ChartTable};
use super::theme::Tone;

/// One point.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// On the horizontal axis.
    pub x: f64,
    /// On the vertical axis.
    pub y: f64,
}

/// How the points of a series are joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineStyle {
    /// A straight line from point to point. The default.
    #[default]
    Line,
    /// A straight line with a dot at every point, for few points.
    LineAndPoints,
    /// A line in dashes: what was expected, what is predicted.
    Dashed,
    /// Level from each point to the next, then up or down.
    Step,
    /// Dots alone: a scatter.
    Points,
}

/// Points that belong together, in drawing order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineSeries {
    /// Name in legend and read-outs.
    pub name: String,
    /// Colour.
    pub tone: Tone,
    /// How points are joined.
    pub style: LineStyle,
    /// Finite points.
    pub points: Vec<Point>,
    /// What stands behind each point, said after its value: "Run 7", "mean of 3 runs". Or empty.
    pub notes: Vec<String>,
}

/// The lower and upper end of a band at one place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BandEdge {
    /// On the horizontal axis.
    pub x: f64,
    /// Lower end on the vertical axis.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// A shaded range behind the lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band {
    /// Name in the legend: "range over 30 seeds".
    pub name: String,
    /// Colour, drawn thin.
    pub tone: Tone,
    /// From left to right.
    pub edges: Vec<BandEdge>,
}

/// A line to compare with, labelled at the line. An empty label draws the line alone.
#[derive(Clone, Debug, PartialEq)]
pub enum Reference {
    /// At one height: a threshold.
    Horizontal {
        /// Value on the vertical axis.
        y: f64,
        /// What it is.
        label: String,
    },
    /// At one place: when the drift began.
    Vertical {
        /// Value on the horizontal axis.
        x: f64,
        /// What it is.
        label: String,
    },
    /// From (0, 0) to (1, 1): chance on a ROC curve, perfect calibration.
    Diagonal {
        /// What it is.
        label: String,
    },
}

/// One emphasised, labelled point: the operating point of a ROC curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    /// Where.
    pub at: Point,
    /// What it is: "threshold .50".
    pub label: String,
}

/// Series over two number axes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineSpec {
    /// Words.
    pub frame: ChartFrame,
    /// One or several series.
    pub series: Vec<LineSeries>,
    /// A range behind the lines.
    pub band: Option<Band>,
    /// Lines to compare with.
    pub references: Vec<Reference>,
    /// What is written at each line, where it hides least; empty for a line without. Or none at all.
    pub labels: Vec<String>,
    /// What the lines show, in place of a generated sentence a line. Default none.
    pub sentence: Option<String>,
    /// Emphasised points.
    pub markers: Vec<Marker>,
    /// What the horizontal axis shows at least; data beyond widens it. Default: the data.
    pub x_range: Option<(f64, f64)>,
    /// What the vertical axis shows at least. Default: the data, widened to round numbers.
    pub y_range: Option<(f64, f64)>,
}

impl LineSpec {
    pub(super) fn is_empty(&self) -> bool {
        self.series.iter().all(|series| series.points.is_empty())
    }

    pub(super) fn check(&self) -> Result<(), ChartError> {
        let (x, y) = (&self.frame.x, &self.frame.y);
        for series in &self.series {
            if !series.notes.is_empty() {
                check_length("notes", series.points.len(), series.notes.len())?;
            }
            for (place, point) in series.points.iter().enumerate() {
                for (name, axis, value) in [("x", x, point.x), ("y", y, point.y)] {
                    axis.check(value, || {
                        format!("{name} of point {} of {}", place + 1, series.name)
                    })?;
                }
            }
        }
        if !self.labels.is_empty() {
            check_length("labels", self.series.len(), self.labels.len())?;
        }
        for edge in self.band.iter().flat_map(|band| &band.edges) {
            x.check(edge.x, || "x of the band".to_owned())?;
            y.check(edge.low, || "the lower end of the band".to_owned())?;
            check_ascending("the two ends of the band", &[edge.low, edge.high])?;
        }
        for reference in &self.references {
            match reference {
                Reference::Horizontal { y: at, label } => y.check(*at, || label.clone())?,
                Reference::Vertical { x: at, label } => x.check(*at, || label.clone())?,
                Reference::Diagonal { .. } => {}
            }
        }
        for marker in &self.markers {
            x.check(marker.at.x, || marker.label.clone())?;
            y.check(marker.at.y, || marker.label.clone())?;
        }
        let ranges = [("the range of x", x, self.x_range), ("the range of y", y, self.y_range)];
        for (name, axis, range) in ranges {
            if let Some((low, high)) = range {
                axis.check(low, || name.to_owned())?;
                check_ascending(name, &[low, high])?;
            }
        }
        Ok(())
    }

    pub(super) fn lay_out(&self, surface: &Surface) -> Scene {
        layout::lay_out(self, surface)
    }

    pub(super) fn readouts(&self) -> Vec<String> {
        let (x, y) = (&self.frame.x, &self.frame.y);
        let point = |name: &str, at: &Point| {
            let place = format!("{} {}", x.title, x.measure(at.x));
            let value = format!("{} {}", y.title, y.measure(at.y));
            if name.is_empty() {
                format!("{place}: {value}")
            } else {
                format!("{name}, {place}: {value}")
            }
        };
        let points = self.series.iter().flat_map(|series| {
            let name = match self.series.as_slice() {
                [_] => "",
                _ => series.name.as_str(),
            };
            let notes = series.notes.iter().map(String::as_str).chain(std::iter::repeat(""));
            series.points.iter().zip(notes).map(move |(at, note)| (name, at, note))
        });
        let markers = self.markers.iter().map(|marker| (marker.label.as_str(), &marker.at, ""));
        let said = |(name, at, note): (&str, &Point, &str)| match note {
            "" => point(name, at),
            note => format!("{}, {note}", point(name, at)),
        };
        points.chain(markers).map(said).collect()
    }

    pub(super) fn summary(&self) -> String {
        if let Some(sentence) = &self.sentence {
            return sentence.clone();
        }
        let sentences: Vec<String> =
            self.series.iter().filter_map(|series| self.sentence(series)).collect();
        sentences.join("; ")
    }

    fn sentence(&self, series: &LineSeries) -> Option<String> {
        let (x, y) = (&self.frame.x, &self.frame.y);
        let name = match self.series.as_slice() {
            [_] => &y.title,
            _ => &series.name,
        };
        let (first, last) = (series.points.first()?, series.points.last()?);
        let (low, high) = extent(series.points.iter().map(|point| point.y))?;
        if series.style == LineStyle::Points || series.points.len() == 1 {
            let points = super::format::count(series.points.len() as u64);
            return Some(format!(
                "{name}: {points} {} from {} to {}",
                if series.points.len() == 1 { "point" } else { "points" },
                y.measure(low),
                y.measure(high)
            ));
        }
        let (from, to) = (y.measure(first.y), y.measure(last.y));
        let places = format!("at {} {}", x.title.to_ascii_lowercase(), x.measure(first.x));
        let end = x.measure(last.x);
        Some(if from == to {
            format!(
                "{name} is {from} {places} and at {end}, between {} and {}",
                y.measure(low),
                y.measure(high)
            )
        } else {
            let way = if last.y > first.y { "rises" } else { "falls" };
            format!("{name} {way} from {from} {places} to {to} at {end}")
        })
    }

    pub(super) fn preferred_height(&self) -> f64 {
        if self.labels.is_empty() { 260.0 } else { 420.0 }
    }

    pub(super) fn table(&self) -> ChartTable {
        let (x, y) = (&self.frame.x, &self.frame.y);
        let mut header = vec!["Series".to_owned(), x.heading(), y.heading()];
        let noted = self.series.iter().any(|series| !series.notes.is_empty());
        header.extend(noted.then(|| "Of".to_owned()));
        let points = self.series.iter().flat_map(|series| {
            let notes = series.notes.iter().map(String::as_str).chain(std::iter::repeat(""));
            series.points.iter().zip(notes).map(|(point, note)| (&series.name, *point, note))
        });
        let markers = self.markers.iter().map(|marker| (&marker.label, marker.at, ""));
        let rows = points.chain(markers).map(|(name, point, note)| {
            let mut row = vec![
                Cell::Text(name.clone()),
                Cell::Number { value: point.x, format: x.format },
                Cell::Number { value: point.y, format: y.format },
            ];
            row.extend(noted.then(|| Cell::Text(note.to_owned())));
            row
        });
        ChartTable { rows: rows.collect(), header }
    }
}
