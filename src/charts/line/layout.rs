//! A line chart in pixels.

use super::placing::Obstacles;
use super::{Band, LineSeries, LineSpec, LineStyle, Point, Reference};
use crate::charts::axes::{self, Grid, LABEL_ROW};
use crate::charts::frame::{self, Key, LegendEntry, Panel, Spacing, Surface};
use crate::charts::lettering;
use crate::charts::scale::{Scale, extent, log_range, open_range, rounded_range};
use crate::charts::scene::{Area, LABEL, Scene};
use crate::charts::theme::Tone;

/// Half the side of the area a point answers to.
const REACH: f64 = 6.0;
/// Places along a line that its label is tried at.
const LABEL_PLACES: usize = 10;
const LINE: f64 = 2.0;
const DOT: f64 = 3.5;
/// With more points than this per pixel of width, dots shrink and thin out so that density shows.
const DENSE: f64 = 0.8;

/// Both scales of the plot.
struct Plot {
    across: Scale,
    up: Scale,
}

impl Plot {
    fn at(&self, point: Point) -> (f64, f64) {
        (self.across.at(point.x), self.up.at(point.y))
    }
}

pub(super) fn lay_out(spec: &LineSpec, surface: &Surface) -> Scene {
    let (mut scene, mut panel) = frame::open(surface, &spec.frame, &legend(spec));
    panel.bottom -= LABEL_ROW;
    panel.top += 6.0;
    panel.right -= 4.0;
    let steps = axes::steps_for_height(panel.height());
    let (low, high) = extent(heights(spec)).unwrap_or((0.0, 1.0));
    let y_range = match spec.y_range {
        _ if spec.frame.y.spacing == Spacing::Log => log_range(low, high),
        Some(range) if low >= range.0 && high <= range.1 => open_range(low, high),
        _ => rounded_range(low, high, steps * 2),
    };
    let up = axes::left_axis_of(&mut scene, &mut panel, y_range, &spec.frame.y);
    let (low, high) = extent(places(spec)).unwrap_or((0.0, 1.0));
    let spacing = spec.frame.x.spacing;
    let (low, high) = match spacing {
        Spacing::Even => open_range(low, high),
        Spacing::Log => log_range(low, high),
    };
    let across = Scale { low, high, start: panel.left, end: panel.right, spacing };
    scene.rule((panel.left, panel.bottom), (panel.right, panel.bottom), Tone::Axis);
    axes::bottom_axis(&mut scene, &panel, across, spec.frame.x.format, Grid::Ticks);
    let plot = Plot { across, up };
    if let Some(band) = &spec.band {
        draw_band(&mut scene, band, &plot);
    }
    let mut obstacles = Obstacles::default();
    draw_reference_lines(&mut scene, spec, &plot, &panel, &mut obstacles);
    for series in &spec.series {
        draw_series(&mut scene, series, &plot, &mut obstacles);
    }
    label_series(&mut scene, spec, &plot, &panel, &mut obstacles);
    label_references(&mut scene, spec, &plot, &panel, &mut obstacles);
    draw_markers(&mut scene, spec, &plot, &panel, &mut obstacles);
    scene
}

fn legend(spec: &LineSpec) -> Vec<LegendEntry<'_>> {
    if spec.series.len() + usize::from(spec.band.is_some()) < 2 {
        return Vec::new();
    }
    let series = spec.series.iter().map(|series| LegendEntry {
        name: &series.name,
        tone: series.tone,
        key: match series.style {
            LineStyle::Line | LineStyle::Step | LineStyle::LineAndPoints => Key::Line,
            LineStyle::Dashed => Key::Dashes,
            LineStyle::Points => Key::Dot,
        },
    });
    let band = spec.band.iter().map(|band| LegendEntry {
        name: &band.name,
        tone: band.tone,
        key: Key::Band,
    });
    series.chain(band).collect()
}

/// Everything the vertical axis must reach.
fn heights(spec: &LineSpec) -> impl Iterator<Item = f64> {
    let points = spec.series.iter().flat_map(|series| &series.points);
    let band = spec.band.iter().flat_map(|band| &band.edges);
    points
        .map(|point| point.y)
        .chain(band.flat_map(|edge| [edge.low, edge.high]))
        .chain(spec.markers.iter().map(|marker| marker.at.y))
        .chain(spec.references.iter().filter_map(|line| match line {
            Reference::Horizontal { y, .. } => Some(*y),
            Reference::Vertical { .. } | Reference::Diagonal { .. } => None,
        }))
        .chain(spec.y_range.into_iter().flat_map(|(low, high)| [low, high]))
}

/// Everything the horizontal axis must reach.
fn places(spec: &LineSpec) -> impl Iterator<Item = f64> {
    let points = spec.series.iter().flat_map(|series| &series.points);
    let band = spec.band.iter().flat_map(|band| &band.edges);
    points
        .map(|point| point.x)
        .chain(band.map(|edge| edge.x))
        .chain(spec.markers.iter().map(|marker| marker.at.x))
        .chain(spec.references.iter().filter_map(|line| match line {
            Reference::Vertical { x, .. } => Some(*x),
            Reference::Horizontal { .. } | Reference::Diagonal { .. } => None,
        }))
        .chain(spec.x_range.into_iter().flat_map(|(low, high)| [low, high]))
}

fn draw_band(scene: &mut Scene, band: &Band, plot: &Plot) {
    let corner = |x: f64, y: f64| plot.at(Point { x, y });
    let upper = band.edges.iter().map(|edge| corner(edge.x, edge.high));
    let lower = band.edges.iter().rev().map(|edge| corner(edge.x, edge.low));
    scene.fill(upper.chain(lower).collect(), band.tone, 0.18);
}

/// The two ends of a reference line inside the plot.
fn ends(reference: &Reference, plot: &Plot, panel: &Panel) -> [(f64, f64); 2] {
    match reference {
        Reference::Horizontal { y, .. } => {
            let y = plot.up.at(*y);
            [(panel.left, y), (panel.right, y)]
        }
        Reference::Vertical { x, .. } => {
            let x = plot.across.at(*x);
            [(x, panel.top), (x, panel.bottom)]
        }
        Reference::Diagonal { .. } => {
            // Only the part both axes show.
            let low = plot.across.low.max(plot.up.low);
            let high = plot.across.high.min(plot.up.high).max(low);
            [low, high].map(|value| plot.at(Point { x: value, y: value }))
        }
    }
}

fn draw_reference_lines(
    scene: &mut Scene,
    spec: &LineSpec,
    plot: &Plot,
    panel: &Panel,
    obstacles: &mut Obstacles,
) {
    for reference in &spec.references {
        let ends = ends(reference, plot, panel);
        scene.dashes(&ends, Tone::Muted, 1.0);
        obstacles.add_line(&ends);
    }
}

/// Each beside a point of its own line, those of neighbours at different heights.
fn label_series(
    scene: &mut Scene,
    spec: &LineSpec,
    plot: &Plot,
    panel: &Panel,
    obstacles: &mut Obstacles,
) {
    for (series, label) in spec.series.iter().zip(&spec.labels) {
        // a few places along the line are enough to choose from
        let every = series.points.len().div_ceil(LABEL_PLACES).max(1);
        let beside = series.points.iter().skip(every / 2).step_by(every);
        let beside = beside.map(|point| plot.at(*point));
        let left = lettering::width(label, LABEL) + 10.0;
        let candidates: Vec<(f64, f64)> =
            beside.flat_map(|(x, y)| [(x + 6.0, y + 10.0), (x - left, y - 10.0)]).collect();
        obstacles.place(scene, &panel.area(), &candidates, Tone::Text, label);
    }
}

fn label_references(
    scene: &mut Scene,
    spec: &LineSpec,
    plot: &Plot,
    panel: &Panel,
    obstacles: &mut Obstacles,
) {
    for reference in &spec.references {
        let [from, to] = ends(reference, plot, panel);
        let (label, candidates) = match reference {
            Reference::Horizontal { label, .. } => {
                let right = to.0 - lettering::width(label, LABEL) - 4.0;
                let (above, below) = (from.1 - 10.0, from.1 + 11.0);
                let spots = [(right, above), (from.0, above), (right, below), (from.0, below)];
                (label, spots)
            }
            Reference::Vertical { label, .. } => {
                let left = from.0 - lettering::width(label, LABEL) - 8.0;
                let (top, foot) = (from.1 + 8.0, to.1 - 10.0);
                let spots = [(from.0 + 4.0, top), (left, top), (from.0 + 4.0, foot), (left, foot)];
                (label, spots)
            }
            Reference::Diagonal { label } => {
                let along = |share: f64| {
                    let at = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
                    (at.0 + 10.0, at.1 + 10.0)
                };
                (label, [0.75, 0.6, 0.45, 0.3].map(along))
            }
        };
        obstacles.place(scene, &panel.area(), &candidates, Tone::Muted, label);
    }
}

fn draw_series(scene: &mut Scene, series: &LineSeries, plot: &Plot, obstacles: &mut Obstacles) {
    let points: Vec<(f64, f64)> = series.points.iter().map(|point| plot.at(*point)).collect();
    scene.marks.extend(points.iter().map(|point| Area::around(*point, REACH)));
    let line = match series.style {
        LineStyle::Points => {
            points.iter().for_each(|point| obstacles.add_point(*point));
            let dense = points.len() as f64 > (plot.across.end - plot.across.start) * DENSE;
            return draw_dots(scene, &points, series.tone, dense);
        }
        LineStyle::Step => stairs(&points),
        LineStyle::Line | LineStyle::LineAndPoints | LineStyle::Dashed => points.clone(),
    };
    obstacles.add_line(&line);
    match series.style {
        LineStyle::Dashed => scene.dashes(&line, series.tone, LINE),
        _ => scene.line(line, series.tone, LINE),
    }
    if series.style == LineStyle::LineAndPoints || points.len() == 1 {
        for point in points {
            scene.dot(point, DOT + 1.5, Tone::Surface, 1.0);
            scene.dot(point, DOT, series.tone, 1.0);
        }
    }
}

fn draw_dots(scene: &mut Scene, points: &[(f64, f64)], tone: Tone, dense: bool) {
    let (radius, alpha) = if dense { (2.0, 0.6) } else { (DOT, 0.8) };
    for point in points {
        scene.dot(*point, radius, tone, alpha);
    }
}

fn stairs(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut stairs: Vec<(f64, f64)> = points.first().copied().into_iter().collect();
    for (from, to) in points.iter().zip(points.iter().skip(1)) {
        stairs.extend([(to.0, from.1), *to]);
    }
    stairs
}

fn draw_markers(
    scene: &mut Scene,
    spec: &LineSpec,
    plot: &Plot,
    panel: &Panel,
    obstacles: &mut Obstacles,
) {
    for marker in &spec.markers {
        let at = plot.at(marker.at);
        scene.dot(at, 6.5, Tone::Surface, 1.0);
        scene.dot(at, 4.5, Tone::Text, 1.0);
        scene.marks.push(Area::around(at, REACH));
        let label = lettering::shorten(&marker.label, LABEL, panel.width() - 8.0);
        let left = at.0 - lettering::width(&label, LABEL) - 12.0;
        let right = at.0 + 8.0;
        let candidates = [
            (right, at.1),
            (right, at.1 + 14.0),
            (left, at.1),
            (left, at.1 - 14.0),
            (right, at.1 - 14.0),
            (left, at.1 + 14.0),
            (right + 14.0, at.1 - 12.0),
            (right + 14.0, at.1 + 12.0),
        ];
        obstacles.place(scene, &panel.area(), &candidates, Tone::Text, &label);
    }
}
