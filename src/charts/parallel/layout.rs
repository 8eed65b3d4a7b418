//! Parallel coordinates in pixels.

use super::{ParallelAxis, ParallelSpec, ParallelValue};
use crate::charts::axes;
use crate::charts::frame::{self, Axis, ChartFrame, Panel, Spacing, Surface};
use crate::charts::lettering;
use crate::charts::scale::{Scale, log_range, open_range};
use crate::charts::scene::{Align, Area, LABEL, Lettering, Scene, strip};
use crate::charts::theme::Tone;

/// From one line of a title to the next.
const TITLE_LINE: f64 = 15.0;
/// Height of the row of a name that stands below a scale.
const ROW: f64 = 20.0;
/// Between an axis and its labels.
const GAP: f64 = 5.0;
/// Least distance between the ends of two titles.
const TITLE_GAP: f64 = 8.0;

/// Where the values of an axis are.
struct Placed<'a> {
    axis: &'a ParallelAxis,
    x: f64,
    /// Of its numbers, if it has any.
    scale: Option<Scale>,
    /// The one number, where all are equal.
    only: Option<f64>,
    top: f64,
    bottom: f64,
    /// For its labels, on its left.
    room: f64,
}

impl Placed<'_> {
    fn y(&self, value: ParallelValue) -> f64 {
        match (value, &self.scale) {
            (ParallelValue::Number(value), Some(scale)) => scale.at(value),
            (ParallelValue::Number(_), None) => self.bottom,
            (ParallelValue::Level(level), Some(_)) => self.bottom - (level as f64 + 0.5) * ROW,
            (ParallelValue::Level(level), None) => {
                let pitch = (self.bottom - self.top) / self.axis.levels.len().max(1) as f64;
                self.bottom - (level as f64 + 0.5) * pitch
            }
        }
    }
}

pub(super) fn lay_out(spec: &ParallelSpec, surface: &Surface) -> Scene {
    let coloured = spec.coloured_by.and_then(|place| Some((&spec.axes.get(place)?.axis, place)));
    let around = ChartFrame {
        x: Axis::default(),
        y: coloured.map(|(axis, _)| axis.clone().spaced(Spacing::Even)).unwrap_or_default(),
        ..spec.frame.clone()
    };
    let (mut scene, mut panel) = frame::open(surface, &around, &[]);
    let ends = coloured.and_then(|(axis, place)| Some((axis, spec.range(place)?)));
    if let Some((axis, (low, high))) = ends {
        let ends = [low, high].map(|end| axis.format.show(end));
        let tone = |share: f64| {
            Tone::Strength(spec.better.strength(low + share * (high - low), (low, high)))
        };
        frame::colour_key(&mut scene, &mut panel, &around, ends, tone);
    }
    let placed = place_axes(spec, &mut panel);
    let paths: Vec<Vec<(f64, f64)>> = spec
        .lines
        .iter()
        .map(|line| {
            let values = placed.iter().zip(&line.values);
            values.map(|(axis, value)| (axis.x, axis.y(*value))).collect()
        })
        .collect();
    draw_lines(&mut scene, spec, paths);
    placed.iter().for_each(|axis| draw_axis(&mut scene, axis));
    draw_titles(&mut scene, &placed, &panel);
    scene
}

/// Axes in even steps; the first has its labels on its left, where room is made for them.
fn place_axes<'a>(spec: &'a ParallelSpec, panel: &mut Panel) -> Vec<Placed<'a>> {
    let n = spec.axes.len();
    panel.top += 2.0 * TITLE_LINE + 6.0;
    panel.bottom -= 8.0;
    let scales = spec.axes.iter().enumerate().map(|(place, axis)| {
        let rows = axis.levels.len() as f64 * ROW;
        let (low, high) = spec.range(place)?;
        let spacing = axis.axis.spacing;
        let (low, high) = match spacing {
            Spacing::Even => open_range(low, high),
            Spacing::Log if high > low => (low, high),
            Spacing::Log => log_range(low, high),
        };
        let foot = if rows > 0.0 { rows + 6.0 } else { 0.0 };
        Some(Scale { low, high, start: panel.bottom - foot, end: panel.top, spacing })
    });
    let scales: Vec<Option<Scale>> = scales.collect();
    let first = spec.axes.first().map_or(0.0, |axis| {
        let mut labels = axis.levels.clone();
        let only = spec.only(0);
        let ticks = scales.first().copied().flatten().map(|of| axis_ticks(axis, of, only).1);
        labels.extend(ticks.unwrap_or_default());
        axes::widest(labels.iter().map(String::as_str))
    });
    panel.left += first.min(panel.width() * 0.22) + GAP + 4.0;
    let last = spec.axes.last().map_or(0.0, |axis| {
        let lines = lettering::two_lines(&axis.axis.heading(), LABEL, 84.0);
        axes::widest(lines.iter().map(String::as_str)) / 2.0
    });
    let right = if n > 1 { panel.right - last.max(8.0) } else { panel.left + panel.width() / 2.0 };
    let pitch = (right - panel.left) / n.saturating_sub(1).max(1) as f64;
    let placed = spec.axes.iter().zip(scales).enumerate();
    let placed = placed.map(|(place, (axis, scale))| Placed {
        axis,
        x: panel.left + place as f64 * pitch,
        scale,
        only: spec.only(place),
        top: panel.top,
        bottom: panel.bottom,
        room: if place == 0 { panel.left } else { pitch } - GAP - 4.0,
    });
    placed.collect()
}

/// The weakest first, so that the best lies on top.
fn draw_lines(scene: &mut Scene, spec: &ParallelSpec, paths: Vec<Vec<(f64, f64)>>) {
    let strengths: Vec<Option<f64>> = spec.lines.iter().map(|line| spec.strength(line)).collect();
    let tone = |strength: Option<f64>| match (strength, spec.coloured_by) {
        (Some(strength), _) => Tone::Strength(strength),
        (None, Some(_)) => Tone::Axis,
        (None, None) => Tone::Accent,
    };
    let mut order: Vec<usize> = (0..paths.len()).collect();
    let rank = |place: usize| strengths.get(place).copied().flatten().unwrap_or(-1.0);
    order.sort_by(|one, two| rank(*one).total_cmp(&rank(*two)));
    let width = if paths.len() > 60 { 1.0 } else { 2.0 };
    for place in order {
        if let (Some(path), Some(strength)) = (paths.get(place), strengths.get(place)) {
            scene.line(path.clone(), tone(*strength), width);
        }
    }
    for (path, strength) in paths.into_iter().zip(strengths) {
        let corners = path.iter().map(|corner| Area::around(*corner, 0.0));
        let area = corners.reduce(|area, corner| area.with(&corner)).unwrap_or_default();
        scene.marks.push(area);
        scene.paths.push((path, tone(strength)));
    }
}

/// Ticks of an axis of numbers, or the one number it has.
fn axis_ticks(axis: &ParallelAxis, scale: Scale, only: Option<f64>) -> (Vec<f64>, Vec<String>) {
    if let Some(only) = only {
        return (vec![only], vec![axis.axis.format.short(only)]);
    }
    let height = (scale.start - scale.end).abs();
    scale.ticks(axes::steps_for_height(height).min(5), axis.axis.format)
}

fn draw_axis(scene: &mut Scene, placed: &Placed<'_>) {
    let (top, bottom) = match placed.scale {
        Some(scale) => (scale.end, scale.start),
        None => (placed.top, placed.bottom),
    };
    scene.rule((placed.x, top), (placed.x, bottom), Tone::Muted);
    let mut label = |y: f64, text: &str, tone: Tone| {
        let shown = lettering::shorten(text, LABEL, placed.room);
        let width = lettering::width(&shown, LABEL) + 4.0;
        scene.text_on_strip(strip((placed.x - GAP - width, y), &shown), tone, &shown);
        scene.rule((placed.x - 3.0, y), (placed.x + 3.0, y), Tone::Muted);
    };
    if let Some(scale) = placed.scale {
        let (values, labels) = axis_ticks(placed.axis, scale, placed.only);
        // a number that is cut short is another one
        let fits = |text: &String| lettering::width(text, LABEL) <= placed.room;
        for (value, text) in values.iter().zip(&labels).filter(|(_, text)| fits(text)) {
            label(scale.at(*value), text, Tone::Muted);
        }
    }
    let pitch = match placed.scale {
        Some(_) => ROW,
        None => (placed.bottom - placed.top) / placed.axis.levels.len().max(1) as f64,
    };
    let every = axes::every_nth(pitch, LABEL + 3.0);
    for (level, name) in placed.axis.levels.iter().enumerate().step_by(every) {
        label(placed.y(ParallelValue::Level(level)), name, Tone::Text);
    }
}

/// Each over its axis, in two lines at most where that holds them all; else in one line, every other one
/// higher, so that it may be wider than an axis is from the next. Those at the ends stay in the picture.
fn draw_titles(scene: &mut Scene, placed: &[Placed<'_>], panel: &Panel) {
    let pitch = match placed {
        [first, second, ..] => second.x - first.x,
        _ => panel.width(),
    };
    let ink = Lettering::label(Tone::Text);
    let beside: Vec<Vec<String>> = placed
        .iter()
        .map(|axis| lettering::two_lines(&axis.axis.axis.heading(), LABEL, pitch - TITLE_GAP))
        .collect();
    let cut = |lines: &Vec<String>| lines.iter().any(|line| line.ends_with('…'));
    let staggered = beside.iter().any(cut);
    for (place, (axis, beside)) in placed.iter().zip(beside).enumerate() {
        let (lines, raised) = match staggered {
            false => (beside, 0),
            true => {
                let room = 1.5 * pitch - TITLE_GAP;
                let title = lettering::shorten(&axis.axis.axis.heading(), LABEL, room);
                (vec![title], (place + 1) % 2)
            }
        };
        let width = axes::widest(lines.iter().map(String::as_str));
        let middle = axis.x.min(panel.right - width / 2.0).max(2.0 + width / 2.0);
        for (line, text) in lines.iter().rev().enumerate() {
            let y = axis.top - 14.0 - (line + raised) as f64 * TITLE_LINE;
            scene.text((middle, y), Align::Middle, ink, text);
        }
    }
}
