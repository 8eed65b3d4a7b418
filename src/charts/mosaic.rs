//! Mosaics: how two columns share all cases, as areas.

use super::axes::{self, LABEL_ROW};
use super::error::{ChartError, check_length};
use super::format::{self, NumberFormat};
use super::frame::{self, ChartFrame, Key, LegendEntry, Panel, Surface};
use super::lettering;
use super::scene::{Align, Area, LABEL, Lettering, Scene};
use super::table::{Cell, ChartTable};
use super::theme::Tone;

/// A part that every column is divided into.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MosaicPart {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub tone: Tone,
    /// How many cases of each column belong to it.
    pub counts: Vec<u64>,
}

/// Columns as wide as they have cases, divided as their cases are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MosaicSpec {
    /// Words; `x` names the columns, `y` the parts.
    pub frame: ChartFrame,
    /// Names of the columns, from left to right.
    pub columns: Vec<String>,
    /// Parts of a column, from bottom to top.
    pub parts: Vec<MosaicPart>,
}

/// Space between columns.
const GAP: f64 = 3.0;
/// From one line of a name to the next.
const NAME_LINE: f64 = 14.0;

impl MosaicSpec {
    fn total(&self, column: usize) -> u64 {
        self.parts.iter().filter_map(|part| part.counts.get(column)).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        (0..self.columns.len()).all(|column| self.total(column) == 0)
    }

    pub(super) fn check(&self) -> Result<(), ChartError> {
        let columns = self.columns.len();
        self.parts.iter().try_for_each(|part| check_length(&part.name, columns, part.counts.len()))
    }

    pub(super) fn lay_out(&self, surface: &Surface) -> Scene {
        let legend: Vec<LegendEntry<'_>> = self
            .parts
            .iter()
            .map(|part| LegendEntry { name: &part.name, tone: part.tone, key: Key::Block })
            .collect();
        let (mut scene, mut panel) = frame::open(surface, &self.frame, &legend);
        panel.bottom -= LABEL_ROW + NAME_LINE;
        panel.top += 6.0;
        let up = axes::left_axis(&mut scene, &mut panel, (0.0, 1.0), NumberFormat::Percent);
        let all: u64 = (0..self.columns.len()).map(|column| self.total(column)).sum();
        let gaps = GAP * self.columns.len().saturating_sub(1) as f64;
        let per_case = (panel.width() - gaps).max(1.0) / all.max(1) as f64;
        let mut left = panel.left;
        for (column, name) in self.columns.iter().enumerate() {
            let total = self.total(column);
            let right = left + total as f64 * per_case;
            let mut below = 0;
            for part in &self.parts {
                let count = part.counts.get(column).copied().unwrap_or(0);
                let share = |cases: u64| cases as f64 / total.max(1) as f64;
                let (low, high) = (up.at(share(below)), up.at(share(below + count)));
                let area = Area::between((left, low), (right, high));
                draw_tile(&mut scene, area, part.tone, share(count));
                below += count;
            }
            draw_name(&mut scene, &panel, name, (left, right));
            left = right + GAP;
        }
        scene
    }

    fn pairs(&self) -> impl Iterator<Item = (&str, &str, u64, u64)> {
        self.columns.iter().enumerate().flat_map(|(place, column)| {
            let total = self.total(place);
            self.parts.iter().map(move |part| {
                let count = part.counts.get(place).copied().unwrap_or(0);
                (column.as_str(), part.name.as_str(), count, total)
            })
        })
    }

    pub(super) fn readouts(&self) -> Vec<String> {
        self.pairs()
            .map(|(column, part, count, total)| {
                let share = format::percent(count as f64 / total.max(1) as f64, 1);
                let few = if total < format::FEW { " (few)" } else { "" };
                let (count, total) = (format::count(count), format::count(total));
                format!("{column}, {part}: {count}, {share} of {total}{few}")
            })
            .collect()
    }

    pub(super) fn summary(&self) -> String {
        let Some(last) = self.parts.last() else { return String::new() };
        let shares = || {
            let columns =
                self.columns.iter().enumerate().filter(|(place, _)| self.total(*place) > 0);
            columns.map(|(place, name)| {
                let count = last.counts.get(place).copied().unwrap_or(0);
                (name, count as f64 / self.total(place) as f64)
            })
        };
        let most = shares().max_by(|one, two| one.1.total_cmp(&two.1));
        let least = shares().min_by(|one, two| one.1.total_cmp(&two.1));
        let shown = |share: f64| format::percent(share, 1);
        match most.zip(least) {
            Some(((high, most), (low, least))) if most > least => format!(
                "{} is the largest part of {high} ({}) and the smallest of {low} ({})",
                last.name,
                shown(most),
                shown(least)
            ),
            Some(((_, share), _)) => {
                format!("{} is the same part everywhere ({})", last.name, shown(share))
            }
            None => String::new(),
        }
    }

    pub(super) fn table(&self) -> ChartTable {
        let names = self.parts.iter().map(|part| part.name.clone());
        let header = std::iter::once(self.frame.x.heading()).chain(names).collect();
        let rows = self.columns.iter().enumerate().map(|(place, name)| {
            let counts = self.parts.iter().filter_map(|part| part.counts.get(place));
            std::iter::once(Cell::Text(name.clone()))
                .chain(counts.map(|&count| Cell::Count(count)))
                .collect()
        });
        ChartTable { rows: rows.collect(), header }
    }

    pub(super) fn preferred_height(&self) -> f64 {
        320.0
    }
}

fn draw_tile(scene: &mut Scene, area: Area, tone: Tone, share: f64) {
    // a thin line of the surface between the parts
    let drawn = Area { height: (area.height - 1.0).max(0.0), ..area };
    scene.block(drawn, tone, 1.0);
    scene.marks.push(area);
    let text = NumberFormat::Percent.short(share);
    if lettering::width(&text, LABEL) + 8.0 <= area.width && area.height >= LABEL + 4.0 {
        let ink = Lettering { on: Some(tone), ..Lettering::label(Tone::Text) };
        scene.text(area.centre(), Align::Middle, ink, &text);
    }
}

fn draw_name(scene: &mut Scene, panel: &Panel, name: &str, (left, right): (f64, f64)) {
    let room = right - left - 2.0;
    if room < 14.0 {
        return;
    }
    let lines = lettering::two_lines(name, LABEL, room);
    for (line, text) in lines.iter().enumerate() {
        let y = panel.bottom + LABEL_ROW / 2.0 + 1.0 + line as f64 * NAME_LINE;
        let ink = Lettering::label(Tone::Text);
        scene.text(((left + right) / 2.0, y), Align::Middle, ink, text);
    }
}
