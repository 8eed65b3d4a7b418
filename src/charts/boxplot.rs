//! Box plots: the five numbers of each group, lying on their side so that names have room.

use super::axes::{self, Grid, LABEL_ROW};
use super::error::{ChartError, check_ascending};
use super::format;
use super::frame::{self, ChartFrame, Surface};
use super::lettering;
use super::scale::{Scale, extent, open_range};
use super::scene::{Align, Area, LABEL, Lettering, Scene};
use super::table::{Cell, ChartTable};
use super::theme::Tone;

/// The five numbers of one group, ascending.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BoxGroup {
    /// Name of the group.
    pub name: String,
    /// Colour.
    pub tone: Tone,
    /// End of the lower whisker: the least value that is no outlier.
    pub low_whisker: f64,
    /// First quartile.
    pub q1: f64,
    /// Median.
    pub median: f64,
    /// Third quartile.
    pub q3: f64,
    /// End of the upper whisker: the largest value that is no outlier.
    pub high_whisker: f64,
    /// How many values lie beyond the whiskers.
    pub outliers: u64,
    /// How many values there are.
    pub n: u64,
}

impl BoxGroup {
    fn numbers(&self) -> [f64; 5] {
        [self.low_whisker, self.q1, self.median, self.q3, self.high_whisker]
    }
}

/// One box per group; values run along `frame.x`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BoxSpec {
    /// Words.
    pub frame: ChartFrame,
    /// Groups, from top to bottom.
    pub groups: Vec<BoxGroup>,
}

impl BoxSpec {
    pub(super) fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    pub(super) fn check(&self) -> Result<(), ChartError> {
        self.groups.iter().try_for_each(|group| check_ascending(&group.name, &group.numbers()))
    }

    pub(super) fn lay_out(&self, surface: &Surface) -> Scene {
        let (mut scene, mut panel) = frame::open(surface, &self.frame, &[]);
        panel.bottom -= LABEL_ROW;
        let names: Vec<&str> = self.groups.iter().map(|group| group.name.as_str()).collect();
        axes::name_column(&mut scene, &mut panel, &names, 0.36);
        let pitch = panel.height() / self.groups.len() as f64;
        let notes: Vec<String> = self.groups.iter().map(side_note).collect();
        let notes_fit = pitch >= LABEL + 2.0;
        let room = if notes_fit {
            axes::widest(notes.iter().map(String::as_str)).min(panel.width() * 0.4)
        } else {
            0.0
        };
        let ends = self.groups.iter().flat_map(BoxGroup::numbers);
        let (low, high) = extent(ends).unwrap_or((0.0, 1.0));
        let (low, high) = open_range(low, high);
        let edge = if room > 0.0 { room + 10.0 } else { 4.0 };
        let scale = Scale::even((low, high), panel.left + 4.0, panel.right - edge);
        let format = self.frame.x.format;
        axes::bottom_axis(&mut scene, &panel, scale, format, Grid::Lines);
        scene.rule((panel.left, panel.bottom), (panel.right, panel.bottom), Tone::Axis);
        let half = (pitch * 0.29).clamp(1.0, 14.0);
        for (place, (group, note)) in self.groups.iter().zip(&notes).enumerate() {
            let middle = panel.top + (place as f64 + 0.5) * pitch;
            draw_box(&mut scene, group, scale, middle, half);
            if notes_fit {
                let shown = lettering::shorten(note, LABEL, room + 0.01);
                let ink = Lettering::label(Tone::Muted);
                scene.text((panel.right, middle), Align::End, ink, &shown);
            }
        }
        scene
    }

    pub(super) fn readouts(&self) -> Vec<String> {
        let axis = &self.frame.x;
        self.groups
            .iter()
            .map(|group| {
                let show = |value| axis.format.show(value);
                let note = outlier_note(group);
                let outliers = if note.is_empty() { "no outliers" } else { &note };
                format!(
                    "{}: median {}, half of the values from {} to {}, whiskers {} to {}, {outliers}, {}",
                    group.name,
                    axis.measure(group.median),
                    show(group.q1),
                    show(group.q3),
                    show(group.low_whisker),
                    show(group.high_whisker),
                    format::sample_size(group.n)
                )
            })
            .collect()
    }

    pub(super) fn summary(&self) -> String {
        let title = &self.frame.x.title;
        let show = |group: &BoxGroup| self.frame.x.measure(group.median);
        let by_median = |one: &&BoxGroup, two: &&BoxGroup| one.median.total_cmp(&two.median);
        let sure = || self.groups.iter().filter(|group| group.n >= format::FEW);
        match (sure().max_by(by_median), sure().min_by(by_median)) {
            (Some(high), Some(low)) if high.median > low.median => format!(
                "{title}: the median is highest for {} ({}) and lowest for {} ({})",
                high.name,
                show(high),
                low.name,
                show(low)
            ),
            (Some(group), _) if self.groups.len() == 1 => {
                format!("{title}: the median is {}", show(group))
            }
            (Some(group), _) if sure().count() == 1 => {
                format!("{title}: the median is {} for {}", show(group), group.name)
            }
            (Some(group), _) => {
                format!("{title}: the median is the same everywhere ({})", show(group))
            }
            _ => format!("{title}: too few cases to compare"),
        }
    }

    pub(super) fn table(&self) -> ChartTable {
        let names = [
            "low whisker",
            "first quartile",
            "median",
            "third quartile",
            "high whisker",
            "outliers",
            "n",
        ];
        let header =
            std::iter::once(self.frame.y.heading()).chain(names.map(str::to_owned)).collect();
        let format = self.frame.x.format;
        let rows = self.groups.iter().map(|group| {
            let numbers = group.numbers().map(|value| Cell::Number { value, format });
            std::iter::once(Cell::Text(group.name.clone()))
                .chain(numbers)
                .chain([Cell::Count(group.outliers), Cell::Count(group.n)])
                .collect()
        });
        ChartTable { rows: rows.collect(), header }
    }

    pub(super) fn preferred_height(&self) -> f64 {
        self.groups.len() as f64 * 44.0 + 96.0
    }
}

fn draw_box(scene: &mut Scene, group: &BoxGroup, scale: Scale, middle: f64, half: f64) {
    let [low, q1, median, q3, high] = group.numbers().map(|value| scale.at(value));
    for (from, to) in [(low, q1), (q3, high)] {
        scene.rule((from, middle), (to, middle), Tone::Text);
    }
    for end in [low, high] {
        let cap = half * 0.5;
        scene.rule((end, middle - cap), (end, middle + cap), Tone::Text);
    }
    let area = Area::between((q1, middle - half), (q3.max(q1 + 1.0), middle + half));
    scene.block(area, group.tone, 1.0);
    let line = Area::between((median - 1.0, middle - half), (median + 1.0, middle + half));
    scene.block(line, Tone::Text, 1.0);
    scene.marks.push(Area::between((low, middle - half), (high, middle + half)));
}

/// What is written beside a box: its outliers, or that there are few values.
fn side_note(group: &BoxGroup) -> String {
    if group.n < format::FEW { format::sample_size(group.n) } else { outlier_note(group) }
}

fn outlier_note(group: &BoxGroup) -> String {
    match group.outliers {
        0 => String::new(),
        1 => "1 outlier".to_owned(),
        several => format!("{} outliers", format::count(several)),
    }
}
