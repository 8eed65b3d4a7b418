//! Charts: a small spec → a drawing, a table, a sentence.
//!
//! A spec is plain data. [`ChartSpec`] lays it out once in logical pixels; the same layout is painted on a canvas or written as SVG
//! ([`ChartSpec::draw`], [`ChartSpec::to_svg`]) and says where every mark is ([`ChartSpec::marks`]), so that what is hovered is what is seen.
//!
//! ```
//! use churn_lab::charts::{Axis, BarSeries, BarSpec, ChartFrame, ChartSpec, Surface, Theme, Tone};
//! use churn_lab::charts::format::NumberFormat;
//!
//! let spec = ChartSpec::Bar(BarSpec {
//!     frame: ChartFrame::new(
//!         "Who churns by contract",
//!         Axis::formatted("Churn", NumberFormat::Percent),
//!         Axis::new("Contract", ""),
//!     ),
//!     levels: vec!["Month-to-month".into(), "Two year".into()],
//!     series: vec![BarSeries {
//!         name: "churn".into(),
//!         tone: Tone::Churns,
//!         values: vec![0.427, 0.028],
//!         intervals: Vec::new(),
//!     }],
//!     value_labels: true,
//!     ..BarSpec::default()
//! });
//! let svg = spec.to_svg(560.0, 320.0, &Theme::light())?;
//! assert!(svg.starts_with("<svg"));
//! assert_eq!(spec.marks(&Surface::new(560.0, 320.0))?.len(), 2);
//! # Ok::<(), churn_lab::charts::ChartError>(())
//! ```

mod axes;
mod bar;
mod boxplot;
mod contours;
mod error;
mod field;
pub mod format;
mod frame;
mod heatmap;
mod histogram;
mod lettering;
mod line;
mod marching;
mod mosaic;
mod paint;
mod parallel;
mod points;
mod scale;
mod scatter;
mod scene;
mod svg;
mod swarm;
mod table;
mod theme;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters_backend::DrawingBackend;

pub use bar::{Arrangement, BarReference, BarSeries, BarSpec, Interval, Orientation};
pub use boxplot::{BoxGroup, BoxPoint, BoxSpec};
pub use error::ChartError;
pub use field::{FieldSide, FieldSpec};
pub use frame::{Axis, ChartFrame, Spacing, Surface};
pub use heatmap::{Better, CellColours, HeatmapSpec};
pub use histogram::{BinHeight, HistogramSeries, HistogramSpec};
pub use line::{Band, BandEdge, LineSeries, LineSpec, LineStyle, Marker, Point, Reference};
pub use mosaic::{MosaicPart, MosaicSpec};
pub use parallel::{ParallelAxis, ParallelLine, ParallelSpec, ParallelValue};
pub use points::{Measure, NamedPoint, PointGroup, PointsSpec};
pub use scatter::{CellMeaning, ScatterPoint, ScatterSeries, ScatterSpec};
pub use scene::Area;
pub use swarm::{SwarmPoint, SwarmRow, SwarmSpec};
pub use table::{Cell, ChartTable};
pub use theme::{Rgb, Theme, Tone};

use paint::Resolution;
use scene::Scene;

/// Any chart of the lab.
#[derive(Clone, Debug, PartialEq)]
pub enum ChartSpec {
    /// One value per level.
    Bar(BarSpec),
    /// Counts between edges, by class.
    Histogram(HistogramSpec),
    /// Five numbers per group.
    Box(BoxSpec),
    /// A number for every pair of names.
    Heatmap(HeatmapSpec),
    /// Lines, steps and points over numbers.
    Line(LineSpec),
    /// Cases over two numbers, as points or counted in cells.
    Scatter(ScatterSpec),
    /// Shares of shares.
    Mosaic(MosaicSpec),
    /// Things with names over two numbers.
    Points(PointsSpec),
    /// Things with names over many numbers and names, a line each.
    Parallel(ParallelSpec),
    /// What a model says over two features.
    Field(FieldSpec),
    /// Many values of several things, a point each.
    Swarm(SwarmSpec),
}

/// The same for a chart of any kind.
macro_rules! any_kind {
    ($chart:expr, $spec:ident => $same:expr) => {
        match $chart {
            ChartSpec::Bar($spec) => $same,
            ChartSpec::Histogram($spec) => $same,
            ChartSpec::Box($spec) => $same,
            ChartSpec::Heatmap($spec) => $same,
            ChartSpec::Line($spec) => $same,
            ChartSpec::Scatter($spec) => $same,
            ChartSpec::Mosaic($spec) => $same,
            ChartSpec::Points($spec) => $same,
            ChartSpec::Parallel($spec) => $same,
            ChartSpec::Field($spec) => $same,
            ChartSpec::Swarm($spec) => $same,
        }
    };
}

/// What stands out in a chart.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Highlight<'a> {
    /// The mark that is hovered or walked to gets a ring.
    pub focus: Option<usize>,
    /// Whether each mark is picked; the others fade. Empty where none is.
    pub picked: &'a [bool],
    /// The area that is being dragged over, logical pixels.
    pub dragged: Option<Area>,
}

/// One thing to hover or walk to, where it is and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where it is, logical pixels; may be as thin as a line.
    pub area: Area,
    /// What it says: "Fiber optic: 41.9 % churn, n = 3,096".
    pub readout: String,
    /// Where it is a line: its corners. Else empty.
    pub path: Vec<(f64, f64)>,
}

impl Mark {
    /// Whether any of it lies in the area.
    #[must_use]
    pub fn touches(&self, area: &Area) -> bool {
        match self.path.as_slice() {
            [] => self.area.overlaps(area),
            path => path.iter().zip(path.iter().skip(1)).any(|(&one, &two)| area.crosses(one, two)),
        }
    }

    /// How far a point lies beside it, 0 on it.
    fn distance(&self, point: (f64, f64)) -> f64 {
        let ends = self.path.iter().zip(self.path.iter().skip(1));
        let nearest = ends.map(|(&one, &two)| scene::beside(point, one, two));
        nearest.min_by(f64::total_cmp).unwrap_or_else(|| self.area.distance(point))
    }
}

/// How far beside a mark the pointer may be to mean it, logical pixels.
const REACH: f64 = 24.0;

/// The mark a pointer at `(x, y)`, in logical pixels, means: the nearest one, if it is near.
pub fn mark_at(marks: &[Mark], x: f64, y: f64) -> Option<usize> {
    let from_centre = |area: &Area| {
        let centre = area.centre();
        Area::around((x, y), 0.0).distance(centre)
    };
    marks
        .iter()
        .enumerate()
        .map(|(place, mark)| {
            let distance = (mark.distance((x, y)), from_centre(&mark.area));
            (place, distance)
        })
        .filter(|(_, distance)| distance.0 <= REACH)
        .min_by(|(_, one), (_, two)| one.0.total_cmp(&two.0).then(one.1.total_cmp(&two.1)))
        .map(|(place, _)| place)
}

impl ChartSpec {
    /// Draws the chart from the upper left corner of `root`, `surface.scale` backend units to the logical pixel.
    /// Nothing outside the surface is touched, and nothing is presented.
    ///
    /// Coordinates of backends are whole numbers. On a canvas curves get smooth with a finer scale that the context takes back:
    /// `context.scale(0.25, 0.25)` and `surface.scale = 4.0 * device_pixel_ratio`.
    ///
    /// # Errors
    /// A spec whose numbers are not finite or whose lists differ in length, a surface that is too small, a backend that fails.
    pub fn draw<DB: DrawingBackend>(
        &self,
        root: &DrawingArea<DB, Shift>,
        surface: &Surface,
        theme: &Theme,
        highlight: &Highlight<'_>,
    ) -> Result<(), ChartError> {
        let mut scene = self.scene(surface)?;
        scene.fade(highlight.picked);
        if let Some(mark) = highlight.focus {
            scene.ring(mark);
        }
        if let Some(area) = highlight.dragged {
            scene.band(area);
        }
        let resolution = Resolution { scale: surface.scale, lettering: 1.0 };
        paint::paint(root, &scene, theme, resolution)
    }

    /// Every mark in walking order.
    ///
    /// # Errors
    /// As [`ChartSpec::draw`].
    pub fn marks(&self, surface: &Surface) -> Result<Vec<Mark>, ChartError> {
        let Scene { marks: areas, paths, .. } = self.scene(surface)?;
        let paths = paths.into_iter().map(|(path, _)| path).chain(std::iter::repeat(Vec::new()));
        let readouts = match self.is_empty() {
            true => Vec::new(),
            false => any_kind!(self, spec => spec.readouts()),
        };
        let marks = areas.into_iter().zip(readouts).zip(paths);
        Ok(marks.map(|((area, readout), path)| Mark { area, readout, path }).collect())
    }

    /// What the chart shows, in one generated sentence, and after it the note of the frame.
    pub fn summary(&self) -> String {
        let sentence = match self.is_empty() {
            true => "Nothing to show yet".to_owned(),
            false => any_kind!(self, spec => spec.summary()),
        };
        // a sentence may begin with the name of a series, which stands in the middle of others
        let mut letters = sentence.chars();
        let sentence: String =
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        let note = &self.frame().note;
        match (sentence.is_empty(), note.is_empty()) {
            (_, true) => sentence,
            (true, false) => note.clone(),
            (false, false) => format!("{sentence}. {note}"),
        }
    }

    /// Every number of the chart.
    pub fn table(&self) -> ChartTable {
        any_kind!(self, spec => spec.table())
    }

    /// The table as CSV, numbers unrounded.
    pub fn to_csv(&self) -> String {
        self.table().to_csv()
    }

    /// A standalone SVG document of the given size in pixels, with title and description.
    ///
    /// # Errors
    /// As [`ChartSpec::draw`].
    pub fn to_svg(&self, width: f64, height: f64, theme: &Theme) -> Result<String, ChartError> {
        let surface = Surface::new(width, height);
        let scene = self.scene(&surface)?;
        svg::write(&scene, &surface, theme, &self.frame().title, &self.summary())
    }

    /// The height at which every label of the chart has its place, logical pixels.
    pub fn preferred_height(&self) -> f64 {
        any_kind!(self, spec => spec.preferred_height())
    }

    /// Marks in a row, where marks lie in rows and columns: Down then goes to the mark below.
    pub fn marks_in_row(&self) -> Option<usize> {
        match self {
            Self::Heatmap(spec) => Some(spec.columns.len()),
            Self::Scatter(spec) => Some(spec.columns()),
            Self::Field(spec) => Some(spec.columns()),
            _ => None,
        }
    }

    /// Whether its marks are pairs of the same things, which open what they stand for.
    pub fn is_matrix(&self) -> bool {
        matches!(self, Self::Heatmap(spec) if spec.symmetric)
    }

    /// Whether a drag means a stretch of the horizontal axis, whatever its height.
    pub fn is_dragged_along(&self) -> bool {
        matches!(self, Self::Line(_))
    }

    /// The words around the chart.
    pub fn frame(&self) -> &ChartFrame {
        any_kind!(self, spec => &spec.frame)
    }

    /// Whether there is nothing to draw; the chart then says "Nothing to show yet".
    pub fn is_empty(&self) -> bool {
        any_kind!(self, spec => spec.is_empty())
    }

    fn scene(&self, surface: &Surface) -> Result<Scene, ChartError> {
        surface.check()?;
        any_kind!(self, spec => spec.check())?;
        Ok(match self.is_empty() {
            true => frame::empty(surface, self.frame()),
            false => any_kind!(self, spec => spec.lay_out(surface)),
        })
    }
}
