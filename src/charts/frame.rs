//! What every chart has around its marks: title, legend, axis titles.

use super::error::{ChartError, check_number};
use super::format::NumberFormat;
use super::lettering;
use super::scene::{Align, Area, LABEL, Lettering, Scene};
use super::theme::Tone;

/// How the numbers of an axis are spaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spacing {
    /// Equal steps are equally long. The default.
    #[default]
    Even,
    /// Equal factors are equally long; only numbers above 0 have a place.
    Log,
}

/// One axis in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// What is measured: "Tenure".
    pub title: String,
    /// In which unit: "months". Empty where there is none or the format already says it.
    pub unit: String,
    /// How its numbers are written.
    pub format: NumberFormat,
    /// How its numbers are spaced: lines and points only. Default evenly.
    pub spacing: Spacing,
}

impl Axis {
    /// An axis of numbers written plainly.
    pub fn new(title: &str, unit: &str) -> Self {
        Self { title: title.to_owned(), unit: unit.to_owned(), ..Self::default() }
    }

    /// An axis whose format shows the unit.
    pub fn formatted(title: &str, format: NumberFormat) -> Self {
        Self { title: title.to_owned(), format, ..Self::default() }
    }

    /// The same axis, spaced in another way.
    #[must_use]
    pub fn spaced(self, spacing: Spacing) -> Self {
        Self { spacing, ..self }
    }

    /// Refuses a value that has no place on it.
    pub(super) fn check(&self, value: f64, place: impl Fn() -> String) -> Result<(), ChartError> {
        check_number(value, &place)?;
        match self.spacing {
            Spacing::Log if value <= 0.0 => Err(ChartError::NotPositive { place: place(), value }),
            _ => Ok(()),
        }
    }

    /// Title, unit and whether it is a log scale: "Tenure (months)".
    pub fn heading(&self) -> String {
        match (self.unit.is_empty(), self.spacing) {
            (true, Spacing::Even) => self.title.clone(),
            (true, Spacing::Log) => format!("{} (log scale)", self.title),
            (false, Spacing::Even) => format!("{} ({})", self.title, self.unit),
            (false, Spacing::Log) => format!("{} ({}, log scale)", self.title, self.unit),
        }
    }

    /// A value with its unit: "35 months".
    pub(super) fn measure(&self, value: f64) -> String {
        let number = self.format.show(value);
        if self.unit.is_empty() { number } else { format!("{number} {}", self.unit) }
    }
}

/// The words around a chart. `x` is the horizontal axis as drawn, `y` the vertical one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartFrame {
    /// What the chart shows, in sentence case.
    pub title: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// Said after the generated sentence: "AUC .834", "100 calls per window". May be empty.
    pub note: String,
}

impl ChartFrame {
    /// A frame without a note.
    pub fn new(title: &str, x: Axis, y: Axis) -> Self {
        Self { title: title.to_owned(), x, y, note: String::new() }
    }
}

/// What a chart is laid out for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surface {
    /// Width in logical (CSS) pixels, at least 160.
    pub width: f64,
    /// Height in logical (CSS) pixels, at least 120.
    pub height: f64,
    /// Backend units per logical pixel. On a canvas the device pixel ratio; finer if the context is scaled down by the same factor.
    pub scale: f64,
    /// Whether the title is drawn; `false` where a heading above already shows it.
    pub titled: bool,
}

const MIN_WIDTH: f64 = 160.0;
const MIN_HEIGHT: f64 = 120.0;

impl Surface {
    /// A surface of the given logical size, at scale 1, with the title drawn.
    pub const fn new(width: f64, height: f64) -> Self {
        Self { width, height, scale: 1.0, titled: true }
    }

    pub(super) fn check(&self) -> Result<(), ChartError> {
        if self.width >= MIN_WIDTH && self.height >= MIN_HEIGHT {
            Ok(())
        } else {
            Err(ChartError::TooSmall {
                width: self.width,
                height: self.height,
                min_width: MIN_WIDTH,
                min_height: MIN_HEIGHT,
            })
        }
    }
}

/// How a series is shown in the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Block,
    Line,
    Dashes,
    Dot,
    Band,
}

/// One entry of the legend.
pub(super) struct LegendEntry<'a> {
    pub name: &'a str,
    pub tone: Tone,
    pub key: Key,
}

/// The room left for axes and marks, in logical pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Panel {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Panel {
    pub fn width(&self) -> f64 {
        (self.right - self.left).max(1.0)
    }

    pub fn height(&self) -> f64 {
        (self.bottom - self.top).max(1.0)
    }

    pub fn area(&self) -> Area {
        Area::between((self.left, self.top), (self.right, self.bottom))
    }
}

/// Room around everything.
const MARGIN: f64 = 12.0;
const TITLE: f64 = 13.0;
const TITLE_LINE: f64 = 18.0;
const LEGEND_LINE: f64 = 18.0;
const LEGEND_GAP: f64 = 14.0;
const SWATCH: f64 = 10.0;
const MUTED: Lettering = Lettering::label(Tone::Muted);

/// Draws title, legend and axis titles and gives the room between them.
pub(super) fn open(
    surface: &Surface,
    frame: &ChartFrame,
    legend: &[LegendEntry<'_>],
) -> (Scene, Panel) {
    let mut scene = Scene::default();
    let mut panel = Panel {
        left: MARGIN,
        top: MARGIN,
        right: surface.width - MARGIN,
        bottom: surface.height - MARGIN,
    };
    scene.block(Area::between((0.0, 0.0), (surface.width, surface.height)), Tone::Surface, 1.0);
    let title_width = draw_title(&mut scene, &mut panel, surface, frame);
    draw_legend(&mut scene, &mut panel, legend, title_width);
    let y_heading = frame.y.heading();
    if !y_heading.is_empty() {
        let shown = lettering::shorten(&y_heading, LABEL, panel.width());
        let middle = panel.top + LABEL * 0.7;
        scene.text((panel.left, middle), Align::Start, MUTED, &shown);
        panel.top += LABEL + 8.0;
    }
    let x_heading = frame.x.heading();
    if !x_heading.is_empty() {
        let shown = lettering::shorten(&x_heading, LABEL, panel.width());
        let middle = panel.bottom - LABEL * 0.6;
        scene.text((panel.right, middle), Align::End, MUTED, &shown);
        panel.bottom -= LABEL + 4.0;
    }
    (scene, panel)
}

/// Gives the width of the title if it takes one line, so that a short legend can stand beside it.
fn draw_title(
    scene: &mut Scene,
    panel: &mut Panel,
    surface: &Surface,
    frame: &ChartFrame,
) -> Option<f64> {
    if !surface.titled || frame.title.is_empty() {
        return None;
    }
    let room = panel.width() / 1.1;
    let lines = lettering::two_lines(&frame.title, TITLE, room);
    let lettering = Lettering { size: TITLE, ..Lettering::label(Tone::Text).bold() };
    for line in &lines {
        let middle = panel.top + TITLE_LINE / 2.0 - 1.0;
        scene.text((panel.left, middle), Align::Start, lettering, line);
        panel.top += TITLE_LINE;
    }
    panel.top += 4.0;
    match lines.as_slice() {
        [line] => Some(lettering::bold_width(line, TITLE)),
        _ => None,
    }
}

fn draw_legend(
    scene: &mut Scene,
    panel: &mut Panel,
    legend: &[LegendEntry<'_>],
    title_width: Option<f64>,
) {
    if legend.is_empty() {
        return;
    }
    let entry_width = |entry: &LegendEntry<'_>| {
        key_width(entry.key) + 5.0 + lettering::width(entry.name, LABEL).min(panel.width() - 40.0)
    };
    let total = legend.iter().map(entry_width).sum::<f64>()
        + LEGEND_GAP * legend.len().saturating_sub(1) as f64;
    let beside_title =
        title_width.is_some_and(|width| width + 2.0 * LEGEND_GAP + total <= panel.width());
    let (mut x, mut middle) = if beside_title {
        (panel.right - total, panel.top - 4.0 - TITLE_LINE / 2.0 - 1.0)
    } else {
        (panel.left, panel.top + LEGEND_LINE / 2.0 - 1.0)
    };
    for entry in legend {
        let width = entry_width(entry);
        if x > panel.left && x + width > panel.right + 0.5 {
            x = panel.left;
            middle += LEGEND_LINE;
        }
        draw_key(scene, entry, x, middle);
        let name_at = x + key_width(entry.key) + 5.0;
        let name = lettering::shorten(entry.name, LABEL, panel.right - name_at + 1.0);
        scene.text((name_at, middle), Align::Start, MUTED, &name);
        x += width + LEGEND_GAP;
    }
    if !beside_title {
        panel.top = middle + LEGEND_LINE / 2.0 + 5.0;
    }
}

fn key_width(key: Key) -> f64 {
    match key {
        Key::Block | Key::Dot => SWATCH,
        Key::Line | Key::Dashes | Key::Band => 18.0,
    }
}

fn draw_key(scene: &mut Scene, entry: &LegendEntry<'_>, x: f64, middle: f64) {
    let end = x + key_width(entry.key);
    let stroke = [(x, middle), (end, middle)];
    match entry.key {
        Key::Block => {
            scene.block(Area::around((x + SWATCH / 2.0, middle), SWATCH / 2.0), entry.tone, 1.0)
        }
        Key::Dot => scene.dot((x + SWATCH / 2.0, middle), 4.0, entry.tone, 1.0),
        Key::Line => scene.line(stroke.to_vec(), entry.tone, 2.0),
        Key::Dashes => scene.dashes(&stroke, entry.tone, 2.0),
        Key::Band => {
            scene.block(Area::between((x, middle - 5.0), (end, middle + 5.0)), entry.tone, 0.2)
        }
    }
}

/// A strip of colours between the least and the most, at the right end of the row that carries the
/// title of the vertical axis. `tone`: of 0 to 1.
pub(super) fn colour_key(
    scene: &mut Scene,
    panel: &mut Panel,
    frame: &ChartFrame,
    [low, high]: [String; 2],
    tone: impl Fn(f64) -> Tone,
) {
    const STEPS: usize = 13;
    const STEP: f64 = 6.0;
    let heading = lettering::width(&frame.y.heading(), LABEL);
    let high_width = lettering::width(&high, LABEL);
    let strip = STEPS as f64 * STEP;
    let needed = strip + high_width + lettering::width(&low, LABEL) + 12.0;
    // Beside the heading of the rows if there is one and room is left, else in a row of its own.
    let middle = if heading > 0.0 && heading + needed + 16.0 <= panel.width() {
        panel.top - 8.0 - LABEL * 0.3
    } else {
        panel.top += LABEL + 8.0;
        panel.top - 8.0 - LABEL * 0.3
    };
    scene.text((panel.right, middle), Align::End, MUTED, &high);
    let right = (panel.right - high_width - 6.0).round();
    for step in 0..STEPS {
        let x = right - strip + step as f64 * STEP;
        scene.block(
            Area::between((x, middle - 5.0), (x + STEP, middle + 5.0)),
            tone(step as f64 / (STEPS - 1) as f64),
            1.0,
        );
    }
    scene.text((right - strip - 6.0, middle), Align::End, MUTED, &low);
}

/// The title, and "Nothing to show yet" in the middle of the room.
pub(super) fn empty(surface: &Surface, frame: &ChartFrame) -> Scene {
    let title = ChartFrame { title: frame.title.clone(), ..ChartFrame::default() };
    let (mut scene, panel) = open(surface, &title, &[]);
    scene.text(panel.area().centre(), Align::Middle, MUTED, "Nothing to show yet");
    scene
}
