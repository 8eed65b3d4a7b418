//! Value axes and columns of names. Each takes its room from the panel and gives the scale that is left.

use super::format::NumberFormat;
use super::frame::{Axis, Panel};
use super::lettering;
use super::scale::Scale;
use super::scene::{Align, LABEL, Lettering, Scene};
use super::theme::Tone;

/// Room for one line of labels under the plot.
pub(super) const LABEL_ROW: f64 = 20.0;
/// Height of one line of a name in two lines.
const NAME_LINE: f64 = 13.0;
/// Distance of a label from the axis it names.
const LABEL_GAP: f64 = 8.0;
/// Least distance between the labels of neighbouring ticks.
const TICK_GAP: f64 = 10.0;
/// Pixels between horizontal grid lines, about.
const GRID_PITCH: f64 = 36.0;
const TICK: Lettering = Lettering::label(Tone::Muted);

/// How many steps a vertical axis of this height takes.
pub(super) fn steps_for_height(height: f64) -> usize {
    (height / GRID_PITCH).clamp(2.0, 6.0) as usize
}

/// A value axis on the left with grid lines across the panel. The panel's left edge moves to the plot; `range` runs upward.
pub(super) fn left_axis(
    scene: &mut Scene,
    panel: &mut Panel,
    range: (f64, f64),
    format: NumberFormat,
) -> Scale {
    let axis = Axis::formatted("", format);
    left_axis_of(scene, panel, range, &axis)
}

/// The same, spaced as the axis says.
pub(super) fn left_axis_of(
    scene: &mut Scene,
    panel: &mut Panel,
    (low, high): (f64, f64),
    axis: &Axis,
) -> Scale {
    let spacing = axis.spacing;
    let scale = Scale { low, high, start: panel.bottom, end: panel.top, spacing };
    let (ticks, labels) = scale.ticks(steps_for_height(panel.height()), axis.format);
    let widest = widest(labels.iter().map(String::as_str));
    panel.left += widest + LABEL_GAP;
    for (value, label) in ticks.iter().zip(&labels) {
        let y = scale.at(*value);
        let tone = if *value == 0.0 { Tone::Axis } else { Tone::Grid };
        scene.rule((panel.left, y), (panel.right, y), tone);
        scene.text((panel.left - LABEL_GAP, y), Align::End, TICK, label);
    }
    scale
}

/// Where the grid of a bottom axis is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grid {
    /// Lines up through the plot.
    Lines,
    /// Short ticks under it.
    Ticks,
}

/// A value axis under the panel, from its left to its right edge; its labels take [`LABEL_ROW`] pixels below.
pub(super) fn bottom_axis(
    scene: &mut Scene,
    panel: &Panel,
    scale: Scale,
    format: NumberFormat,
    grid: Grid,
) {
    // Labels may reach over the ends of the axis, but not out of the picture.
    let (ticks, labels) = (1..=8)
        .rev()
        .map(|most| {
            let (values, texts) = scale.ticks(most, format);
            let labels = tick_labels(&values, texts, scale, panel.right + 6.0);
            (values, labels)
        })
        .find(|(_, labels)| {
            labels
                .iter()
                .zip(labels.iter().skip(1))
                .all(|(one, next)| one.end + TICK_GAP <= next.start)
        })
        .unwrap_or_default();
    for (value, label) in ticks.iter().zip(&labels) {
        let x = scale.at(*value);
        match grid {
            Grid::Lines => {
                let tone = if *value == 0.0 { Tone::Axis } else { Tone::Grid };
                scene.rule((x, panel.top), (x, panel.bottom), tone);
            }
            Grid::Ticks => scene.rule((x, panel.bottom), (x, panel.bottom + 4.0), Tone::Axis),
        }
        scene.text(
            (label.start, panel.bottom + LABEL_ROW / 2.0 + 2.0),
            Align::Start,
            TICK,
            &label.text,
        );
    }
}

struct TickLabel {
    text: String,
    start: f64,
    end: f64,
}

fn tick_labels(values: &[f64], texts: Vec<String>, scale: Scale, limit: f64) -> Vec<TickLabel> {
    values
        .iter()
        .zip(texts)
        .map(|(value, text)| {
            let width = lettering::width(&text, LABEL);
            let start = (scale.at(*value) - width / 2.0).min(limit - width).max(2.0);
            TickLabel { end: start + width, text, start }
        })
        .collect()
}

/// A column of names on the left, one per row of the panel, in at most `share` of its width: in two lines where rows are high enough, else shortened; only
/// every k-th where rows are low.
/// The panel's left edge moves to the plot.
pub(super) fn name_column(scene: &mut Scene, panel: &mut Panel, names: &[&str], share: f64) {
    let pitch = panel.height() / names.len().max(1) as f64;
    let every = every_nth(pitch, LABEL + 2.0);
    let room = panel.width() * share;
    let width = widest(names.iter().copied()).min(room);
    panel.left += width + LABEL_GAP;
    for (place, name) in names.iter().enumerate().step_by(every) {
        let middle = panel.top + (place as f64 + 0.5) * pitch;
        let lines = match lettering::two_lines(name, LABEL, width + 0.01) {
            lines if pitch >= 2.0 * NAME_LINE => lines,
            _ => vec![lettering::shorten(name, LABEL, width + 0.01)],
        };
        let first = middle - (lines.len() - 1) as f64 * NAME_LINE / 2.0;
        for (line, text) in lines.iter().enumerate() {
            let at = (panel.left - LABEL_GAP, first + line as f64 * NAME_LINE);
            scene.text(at, Align::End, Lettering::label(Tone::Text), text);
        }
    }
}

/// Every how many-eth label has room when neighbours are `pitch` apart and one takes `size`.
pub(super) fn every_nth(pitch: f64, size: f64) -> usize {
    libm::ceil(size / pitch).clamp(1.0, 1e6) as usize
}

/// Width of the widest label.
pub(super) fn widest<'a>(labels: impl Iterator<Item = &'a str>) -> f64 {
    labels.map(|label| lettering::width(label, LABEL)).fold(0.0, f64::max)
}
