//! Bars in pixels.

use super::{Arrangement, BarSpec, Orientation};
use crate::charts::axes::{self, Grid, LABEL_ROW};
use crate::charts::format::{FEW, sample_size};
use crate::charts::frame::{self, Key, LegendEntry, Panel, Surface};
use crate::charts::lettering;
use crate::charts::scale::{Scale, extent, open_range};
use crate::charts::scene::{Align, Area, LABEL, Lettering, Scene, strip};
use crate::charts::theme::Tone;

/// A bar before it has pixels: across the levels in pixels, along the values in values.
struct Bar {
    across: (f64, f64),
    from: f64,
    to: f64,
    tone: Tone,
}

impl BarSpec {
    pub(in crate::charts) fn lay_out(&self, surface: &Surface) -> Scene {
        let legend: Vec<LegendEntry<'_>> = self
            .series
            .iter()
            .filter(|_| self.series.len() > 1)
            .map(|series| LegendEntry { name: &series.name, tone: series.tone, key: Key::Block })
            .collect();
        let (mut scene, mut panel) = frame::open(surface, &self.frame, &legend);
        panel.bottom -= LABEL_ROW;
        match self.orientation {
            Orientation::Horizontal => self.lay_out_horizontal(&mut scene, &mut panel),
            Orientation::Vertical => self.lay_out_vertical(&mut scene, &mut panel),
        }
        scene
    }

    fn lay_out_horizontal(&self, scene: &mut Scene, panel: &mut Panel) {
        if self.reference.is_some() {
            panel.top += LABEL + 4.0;
        }
        let names: Vec<&str> = self.levels.iter().map(String::as_str).collect();
        axes::name_column(scene, panel, &names, 0.42);
        let pitch = panel.height() / self.levels.len() as f64;
        let bars = self.bars(panel.top, pitch);
        let labelled = self.labelled() && thickness(&bars) >= LABEL - 1.0;
        let mut labels = self.labels(labelled, !self.counts.is_empty());
        let room = |labels: &[BarLabel]| labels.iter().map(BarLabel::width).fold(0.0, f64::max);
        if room(&labels) > panel.width() * 0.45 {
            labels = self.labels(labelled, false);
        }
        let room = room(&labels);
        let range = self.range();
        let start = panel.left + if range.0 < 0.0 { room } else { 0.0 };
        let end = panel.right - if range.1 > 0.0 { room } else { 0.0 };
        let scale = Scale::even(range, start, end);
        axes::bottom_axis(scene, panel, scale, self.frame.x.format, Grid::Lines);
        let mut placed = Vec::new();
        for (place, bar) in bars.iter().enumerate() {
            let area =
                Area::between((scale.at(bar.from), bar.across.0), (scale.at(bar.to), bar.across.1));
            self.draw_bar(scene, bar, area, place);
            let (mut low, mut high) = (area.x, area.right());
            if let Some(interval) = self.interval(place) {
                let ends = (scale.at(interval.low), scale.at(interval.high));
                let middle = area.centre().1;
                whisker(scene, (ends.0, middle), (ends.1, middle));
                (low, high) = (low.min(ends.0), high.max(ends.1));
            }
            if let Some(label) = labels.get(place) {
                let start = if bar.to < 0.0 { low - label.width() } else { high };
                placed.push((label, (start, area.centre().1)));
            }
        }
        let zero = scale.at(0.0);
        scene.rule((zero, panel.top), (zero, panel.bottom), Tone::Axis);
        if let Some(reference) = &self.reference {
            let x = scale.at(reference.value);
            let top = panel.top - 3.0;
            scene.dashes(&[(x, top), (x, panel.bottom)], Tone::Muted, 1.0);
            let half = lettering::width(&reference.label, LABEL) / 2.0;
            let start = (x - half).min(panel.right - 2.0 * half).max(panel.left);
            scene.text(
                (start, top - LABEL * 0.7),
                Align::Start,
                Lettering::label(Tone::Muted),
                &lettering::shorten(&reference.label, LABEL, panel.right - start + 0.5),
            );
        }
        placed.into_iter().for_each(|(label, at)| label.draw(scene, at));
    }

    fn lay_out_vertical(&self, scene: &mut Scene, panel: &mut Panel) {
        let with_counts = !self.counts.is_empty() && self.edges.is_empty();
        if with_counts {
            panel.bottom -= LABEL + 2.0;
        }
        let range = self.range();
        let labels = self.labels(self.labelled(), false);
        panel.top += if labels.is_empty() { 4.0 } else { LABEL + 4.0 };
        let scale = axes::left_axis(scene, panel, range, self.frame.y.format);
        let pitch = panel.width() / self.levels.len() as f64;
        let bars = self.bars(panel.left, pitch);
        let slot = match self.bars_per_level() {
            1 => pitch,
            _ => thickness(&bars) + 2.0 * LABEL_SPACE + 1.0,
        };
        let labels_fit = labels.iter().all(|label| label.width() <= slot);
        let mut placed = Vec::new();
        for (place, bar) in bars.iter().enumerate() {
            let area =
                Area::between((bar.across.0, scale.at(bar.from)), (bar.across.1, scale.at(bar.to)));
            self.draw_bar(scene, bar, area, place);
            let (mut above, mut below) = (area.y, area.bottom());
            let middle = area.centre().0;
            if let Some(interval) = self.interval(place) {
                let ends = (scale.at(interval.low), scale.at(interval.high));
                whisker(scene, (middle, ends.1), (middle, ends.0));
                (above, below) = (above.min(ends.1), below.max(ends.0));
            }
            if let (Some(label), true) = (labels.get(place), labels_fit) {
                let y = if bar.to < 0.0 { below + 9.0 } else { above - 9.0 };
                placed.push((label, (middle - label.width() / 2.0, y)));
            }
        }
        let zero = scale.at(0.0);
        scene.rule((panel.left, zero), (panel.right, zero), Tone::Axis);
        if let Some(reference) = &self.reference {
            let y = scale.at(reference.value);
            scene.dashes(&[(panel.left, y), (panel.right, y)], Tone::Muted, 1.0);
            let label = lettering::shorten(&reference.label, LABEL, panel.width() - 4.0);
            let start = panel.right - lettering::width(&label, LABEL) - 4.0;
            scene.text_on_strip(strip((start, y - 10.0), &label), Tone::Muted, &label);
        }
        placed.into_iter().for_each(|(label, at)| label.draw(scene, at));
        match (self.edges.first(), self.edges.last()) {
            (Some(&low), Some(&high)) => {
                let along = Scale::even((low, high), panel.left, panel.right);
                axes::bottom_axis(scene, panel, along, self.frame.x.format, Grid::Ticks);
            }
            _ => self.draw_names_below(scene, panel, pitch),
        }
    }

    fn draw_names_below(&self, scene: &mut Scene, panel: &Panel, pitch: f64) {
        // where not every name has room, those that are there are whole
        let widest = axes::widest(self.levels.iter().map(String::as_str)).min(panel.width() / 3.0);
        let all = axes::every_nth(pitch, 40.0) == 1;
        let every = if all { 1 } else { axes::every_nth(pitch, (widest + 10.0).max(40.0)) };
        let room = pitch * every as f64 - 6.0;
        for (place, name) in self.levels.iter().enumerate().step_by(every) {
            let middle = panel.left + (place as f64 + 0.5) * pitch;
            let shown = lettering::shorten(name, LABEL, room);
            let y = panel.bottom + LABEL_ROW / 2.0 + 1.0;
            let ink = Lettering::label(Tone::Text);
            // a name may reach over the ends of the axis, but not out of the picture
            let half = lettering::width(&shown, LABEL) / 2.0;
            let middle = middle.min(panel.right + 6.0 - half).max(half + 2.0);
            scene.text((middle, y), Align::Middle, ink, &shown);
            if let Some(count) = self.counts.get(place).filter(|_| all) {
                let shown = lettering::shorten(&sample_size(*count), LABEL, room);
                let ink = Lettering::label(Tone::Muted);
                scene.text((middle, y + LABEL + 2.0), Align::Middle, ink, &shown);
            }
        }
    }

    fn draw_bar(&self, scene: &mut Scene, bar: &Bar, area: Area, place: usize) {
        let (level, _) = self.level_and_series(place);
        let few = self.counts.get(level).is_some_and(|&count| count < FEW);
        scene.block(area, bar.tone, if few { 0.45 } else { 1.0 });
        scene.marks.push(area);
        if self.arrangement == Arrangement::Stacked && self.value_labels {
            let text = self.value_axis().format.short(bar.to - bar.from);
            let fits = lettering::width(&text, LABEL) + 6.0 <= area.width && area.height >= 14.0;
            if fits && bar.to != bar.from {
                let ink = Lettering { on: Some(bar.tone), ..Lettering::label(Tone::Text) };
                scene.text(area.centre(), Align::Middle, ink, &text);
            }
        }
    }

    /// All bars, level by level and in each series by series: the order of marks.
    fn bars(&self, start: f64, pitch: f64) -> Vec<Bar> {
        let per_level = self.bars_per_level() as f64;
        let (share, most) = if per_level > 1.0 { (0.8, 36.0) } else { (0.68, 26.0) };
        let thickness = (pitch * share / per_level).clamp(1.0, most);
        let gap = if thickness > 6.0 { 1.0 } else { 0.0 };
        let mut bars = Vec::with_capacity(self.levels.len() * self.series.len());
        for level in 0..self.levels.len() {
            let middle = start + (level as f64 + 0.5) * pitch;
            let first = middle - thickness * per_level / 2.0;
            let (mut above, mut below) = (0.0, 0.0);
            for (place, series) in self.series.iter().enumerate() {
                let value = series.values.get(level).copied();
                let value = value.filter(|_| self.has_cases(level)).unwrap_or(0.0);
                let (across, from) = match self.arrangement {
                    Arrangement::Grouped => {
                        let edge = first + place as f64 * thickness;
                        ((edge, edge + thickness - gap), 0.0)
                    }
                    Arrangement::Stacked => {
                        let base = if value < 0.0 { &mut below } else { &mut above };
                        let from = *base;
                        *base += value;
                        ((first, first + thickness), from)
                    }
                };
                bars.push(Bar {
                    across,
                    from,
                    to: from + value,
                    tone: series.tone.of_value(value),
                });
            }
        }
        bars
    }

    /// From the least to the largest end of a bar or whisker, zero included.
    fn range(&self) -> (f64, f64) {
        let ends = self.bars(0.0, 1.0).into_iter().map(|bar| bar.to);
        let places = 0..self.levels.len() * self.series.len();
        let whiskers = places
            .filter_map(|place| self.interval(place))
            .flat_map(|interval| [interval.low, interval.high]);
        let reference = self.reference.iter().map(|reference| reference.value);
        let (low, high) =
            extent(ends.chain(whiskers).chain(reference).chain([0.0])).unwrap_or((0.0, 1.0));
        open_range(low, high)
    }

    fn labelled(&self) -> bool {
        self.value_labels && self.arrangement == Arrangement::Grouped
    }

    fn labels(&self, values: bool, counts: bool) -> Vec<BarLabel> {
        if !values {
            return Vec::new();
        }
        (0..self.levels.len() * self.series.len())
            .map(|place| {
                let (level, _) = self.level_and_series(place);
                BarLabel {
                    value: self.value_axis().format.show(self.value(place)),
                    count: match self.counts.get(level) {
                        Some(count) if counts && self.series.len() == 1 => sample_size(*count),
                        _ => String::new(),
                    },
                }
            })
            .collect()
    }
}

/// The value at the end of a bar, and beside it how many cases it stands for.
struct BarLabel {
    value: String,
    count: String,
}

const LABEL_SPACE: f64 = 6.0;

impl BarLabel {
    /// With the space that keeps it off the bar.
    fn width(&self) -> f64 {
        let value = lettering::bold_width(&self.value, LABEL);
        let count = lettering::width(&self.count, LABEL);
        let spaces = if self.count.is_empty() { 2.0 } else { 3.0 };
        value + count + spaces * LABEL_SPACE
    }

    /// Writes it on a strip of the surface, so that no line runs through.
    fn draw(&self, scene: &mut Scene, (start, middle): (f64, f64)) {
        let start = start + LABEL_SPACE;
        let width = self.width() - 2.0 * LABEL_SPACE;
        let corners = ((start - 2.0, middle - 7.0), (start + width + 2.0, middle + 7.0));
        scene.block(Area::between(corners.0, corners.1), Tone::Surface, 0.85);
        let ink = Lettering::label(Tone::Text).bold();
        scene.text((start, middle), Align::Start, ink, &self.value);
        let count_at = start + lettering::bold_width(&self.value, LABEL) + LABEL_SPACE;
        let ink = Lettering::label(Tone::Muted);
        scene.text((count_at, middle), Align::Start, ink, &self.count);
    }
}

fn thickness(bars: &[Bar]) -> f64 {
    bars.first().map_or(0.0, |bar| bar.across.1 - bar.across.0)
}

/// A line with caps from one end to the other, horizontal or vertical.
fn whisker(scene: &mut Scene, from: (f64, f64), to: (f64, f64)) {
    let half = 3.5;
    let cap = if from.1 == to.1 { (0.0, half) } else { (half, 0.0) };
    scene.rule(from, to, Tone::Text);
    for end in [from, to] {
        scene.rule((end.0 - cap.0, end.1 - cap.1), (end.0 + cap.0, end.1 + cap.1), Tone::Text);
    }
}
