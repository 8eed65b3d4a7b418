//! Heat maps: a number and a colour for every pair of names.

use super::axes::{self, LABEL_ROW};
use super::contours::{self, Contour};
use super::error::{ChartError, check_length, check_number};
use super::format::{self, FEW, NumberFormat};
use super::frame::{self, ChartFrame, Panel, Surface};
use super::lettering;
use super::scale::extent;
use super::scene::{Align, Area, LABEL, Lettering, Scene};
use super::table::{Cell, ChartTable};
use super::theme::Tone;

/// Which colours cells take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellColours {
    /// Blue through neutral to red, symmetric around zero. The default, for correlations and weights.
    #[default]
    Diverging,
    /// Cividis from zero upward, for counts and shares.
    Sequence,
    /// From the worst of the values in grey to the best in the full accent, for scores.
    Score(Better),
}

/// Which end of a score is the good one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Better {
    /// Accuracy. The default.
    #[default]
    Higher,
    /// Log loss.
    Lower,
}

impl Better {
    /// Where a value lies between the worst, 0, and the best, 1; 1 where all are equal.
    pub(super) fn strength(self, value: f64, (low, high): (f64, f64)) -> f64 {
        let share = if high > low { (value - low) / (high - low) } else { return 1.0 };
        match self {
            Self::Higher => share,
            Self::Lower => 1.0 - share,
        }
    }
}

/// A matrix of named rows and columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeatmapSpec {
    /// Words; `x` names the columns, `y` the rows.
    pub frame: ChartFrame,
    /// What a cell measures: "correlation".
    pub measure: String,
    /// How cells are written.
    pub format: NumberFormat,
    /// Names of the rows, from top to bottom.
    pub rows: Vec<String>,
    /// Names of the columns, from left to right.
    pub columns: Vec<String>,
    /// `(rows, columns)`, row-major, finite; `None` where there is nothing to measure.
    pub values: Vec<Option<f64>>,
    /// How many cases each cell stands for, or empty. Cells that stand for few are pale, and the summary
    /// says nothing of them.
    pub counts: Vec<u64>,
    /// What stands behind each cell, said after its value: "Run 7", "mean of 3 runs". Or empty.
    pub notes: Vec<String>,
    /// Rows and columns are the same things, and what one is to another the other is to it. Default no.
    pub symmetric: bool,
    /// Which colours.
    pub colours: CellColours,
    /// Whether lines of equal value run to the middle of each cell: among neighbours that all are. Or
    /// empty, for no lines.
    pub contoured: Vec<bool>,
}

/// Columns whose names would have to be cut below this width get them upright.
const UPRIGHT_BELOW: f64 = 56.0;
/// Least distance between the names of neighbouring columns.
const NAME_GAP: f64 = 6.0;
/// From one line of a name to the next.
const NAME_LINE: f64 = 14.0;
/// Room beside a number in its cell that lines need to be followed.
const BESIDE_NUMBER: f64 = 16.0;

impl HeatmapSpec {
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    pub(super) fn check(&self) -> Result<(), ChartError> {
        check_length(&self.measure, self.rows.len() * self.columns.len(), self.values.len())?;
        if !self.counts.is_empty() {
            check_length("counts", self.values.len(), self.counts.len())?;
        }
        if !self.notes.is_empty() {
            check_length("notes", self.values.len(), self.notes.len())?;
        }
        if !self.contoured.is_empty() {
            check_length("contoured", self.values.len(), self.contoured.len())?;
        }
        for (row, column, value) in self.cells() {
            if let Some(value) = value {
                check_number(value, || format!("{} of {row} and {column}", self.measure))?;
            }
        }
        Ok(())
    }

    fn cells(&self) -> impl Iterator<Item = (&str, &str, Option<f64>)> {
        self.rows
            .iter()
            .flat_map(|row| self.columns.iter().map(move |column| (row, column)))
            .zip(&self.values)
            .map(|((row, column), value)| (row.as_str(), column.as_str(), *value))
    }

    /// The magnitude that takes the full colour; 1 for correlations that stay below.
    fn full(&self) -> f64 {
        let largest = self.values.iter().flatten().map(|value| value.abs()).fold(0.0, f64::max);
        match self.colours {
            CellColours::Diverging if largest <= 1.0 => 1.0,
            _ if largest == 0.0 => 1.0,
            _ => largest,
        }
    }

    /// What the first and the last colour stand for.
    fn ends(&self) -> (f64, f64) {
        match self.colours {
            CellColours::Diverging => (-self.full(), self.full()),
            CellColours::Sequence => (0.0, self.full()),
            CellColours::Score(_) => {
                extent(self.values.iter().flatten().copied()).unwrap_or((0.0, 1.0))
            }
        }
    }

    fn tone(&self, value: f64) -> Tone {
        match self.colours {
            CellColours::Diverging => Tone::Diverging(value / self.full()),
            CellColours::Sequence => Tone::Sequence(value / self.full()),
            CellColours::Score(better) => Tone::Strength(better.strength(value, self.ends())),
        }
    }

    pub(super) fn lay_out(&self, surface: &Surface) -> Scene {
        let (mut scene, mut panel) = frame::open(surface, &self.frame, &[]);
        let columns: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        let rows: Vec<&str> = self.rows.iter().map(String::as_str).collect();
        // The names on the left decide how wide a column is, the names below how high a row is.
        let left_room = axes::widest(rows.iter().copied()).min(panel.width() * 0.34);
        let pitch = (panel.width() - left_room - 8.0) / columns.len() as f64;
        let longest = axes::widest(columns.iter().copied());
        let upright = longest > pitch - NAME_GAP && pitch < UPRIGHT_BELOW;
        let names_room = if upright { longest.min(panel.height() * 0.4) } else { 0.0 };
        panel.bottom -= match (upright, longest > pitch - NAME_GAP) {
            (true, _) => names_room + 10.0,
            (false, true) => LABEL_ROW + NAME_LINE,
            (false, false) => LABEL_ROW,
        };
        let (least, most) = self.ends();
        let ends = [least, most].map(|end| self.format.short(end));
        let tone = |share: f64| self.tone(least + share * (most - least));
        frame::colour_key(&mut scene, &mut panel, &self.frame, ends, tone);
        axes::name_column(&mut scene, &mut panel, &rows, 0.34);
        self.draw_cells(&mut scene, &panel);
        draw_column_names(&mut scene, &panel, &columns, names_room);
        scene
    }

    fn draw_cells(&self, scene: &mut Scene, panel: &Panel) {
        let across = panel.width() / self.columns.len() as f64;
        let down = panel.height() / self.rows.len() as f64;
        let gap = if across.min(down) >= 8.0 { 1.0 } else { 0.0 };
        let written: Vec<String> =
            self.values.iter().map(|value| self.format.short(number(*value))).collect();
        let widest = axes::widest(written.iter().map(String::as_str));
        let contours = self.contours();
        // lines go around the numbers
        let beside = if contours.is_empty() { 0.0 } else { BESIDE_NUMBER };
        let numbers_fit = widest + 4.0 + beside <= across && down >= LABEL + 3.0 + beside / 2.0;
        let mut numbers = Vec::new();
        let places = (0..self.rows.len())
            .flat_map(|row| (0..self.columns.len()).map(move |column| (row, column)));
        for (place, ((row, column), (value, text))) in
            places.zip(self.values.iter().zip(&written)).enumerate()
        {
            let corner = (panel.left + column as f64 * across, panel.top + row as f64 * down);
            let area = Area::between(corner, (corner.0 + across - gap, corner.1 + down - gap));
            let tone = value.map(|value| self.tone(value));
            let few = self.counts.get(place).is_some_and(|&count| count < FEW);
            if let Some(tone) = tone {
                scene.block(area, tone, if few { 0.35 } else { 1.0 });
            }
            scene.marks.push(area);
            if numbers_fit {
                let on = tone.filter(|_| !few);
                let ink = Lettering { on, ..Lettering::label(Tone::Text) };
                match contours.is_empty() {
                    true => scene.text(area.centre(), Align::Middle, ink, text),
                    false => numbers.push((area.centre(), ink, text.as_str())),
                }
            }
        }
        let at = |(x, y): (f64, f64)| {
            let middle =
                |start: f64, place: f64, pitch: f64| start + (place + 0.5) * pitch - gap / 2.0;
            (middle(panel.left, x, across), middle(panel.top, y, down))
        };
        let contours: Vec<Contour> = contours.into_iter().map(|one| one.placed(at)).collect();
        contours::draw(scene, &contours, panel.area(), &numbers);
    }

    /// Lines of equal value among the cells that take part.
    fn contours(&self) -> Vec<Contour> {
        if self.contoured.is_empty() {
            return Vec::new();
        }
        let values = self.values.iter().zip(&self.contoured);
        let values: Vec<_> =
            values.map(|(value, takes_part)| value.filter(|_| *takes_part)).collect();
        contours::of(&values, self.columns.len(), self.format)
    }

    pub(super) fn readouts(&self) -> Vec<String> {
        self.cells()
            .enumerate()
            .map(|(place, (row, column, value))| {
                let count = self
                    .counts
                    .get(place)
                    .map_or_else(String::new, |&count| format!(", {}", format::sample_size(count)));
                let value = self.format.show(number(value));
                let note = self.notes.get(place).filter(|note| !note.is_empty());
                let note = note.map_or_else(String::new, |note| format!(", {note}"));
                format!("{row} and {column}: {} {value}{count}{note}", self.measure)
            })
            .collect()
    }

    pub(super) fn summary(&self) -> String {
        let contours = self.contours();
        let levels: Vec<&str> = contours.iter().map(|contour| contour.label.as_str()).collect();
        match levels.split_last() {
            Some((last, [])) => format!("{}; a line is at {last}", self.extremes()),
            Some((last, levels)) => {
                format!("{}; lines are at {} and {last}", self.extremes(), levels.join(", "))
            }
            None => self.extremes(),
        }
    }

    /// Where the values are highest and lowest.
    fn extremes(&self) -> String {
        let measure = &self.measure;
        let sure: Vec<(&str, &str, f64)> = self
            .cells()
            .enumerate()
            .filter(|(place, _)| self.counts.get(*place).is_none_or(|&count| count >= FEW))
            .filter(|(place, _)| !self.symmetric || self.is_above_diagonal(*place))
            .filter_map(|(_, (row, column, value))| Some((row, column, value?)))
            .collect();
        let Some((low, high)) = extent(sure.iter().map(|cell| cell.2)) else {
            return format!("There is too little to compare the {measure}");
        };
        let name = |value: f64| {
            let mut at = sure.iter().filter(|cell| cell.2 == value);
            let first = at.next().map(|(row, column, _)| format!("{row} and {column}"));
            let name = format::and_more(&first.unwrap_or_default(), 1 + at.count());
            format!("{name} ({})", self.format.show(value))
        };
        if let [(row, column, value)] = sure.as_slice() {
            format!("The {measure} is {} for {row} and {column}", self.format.show(*value))
        } else if low == high {
            format!("The {measure} is the same everywhere ({})", self.format.show(low))
        } else {
            format!("The {measure} is highest for {} and lowest for {}", name(high), name(low))
        }
    }

    /// Below it everything stands again, and on it each thing beside itself.
    fn is_above_diagonal(&self, place: usize) -> bool {
        let columns = self.columns.len().max(1);
        place % columns > place / columns
    }

    /// A row's counts stand beside its values, or once at its end where all are the same.
    pub(super) fn table(&self) -> ChartTable {
        let width = self.columns.len().max(1);
        let first = self.counts.first();
        let one_n = first.is_some_and(|first| self.counts.iter().all(|count| count == first));
        let each_n = first.is_some() && !one_n;
        let noted = !self.notes.is_empty();
        let mut header = vec![self.frame.y.heading()];
        for column in &self.columns {
            header.push(column.clone());
            header.extend(each_n.then(|| format!("{column}, n")));
            header.extend(noted.then(|| format!("{column}, of")));
        }
        header.extend(one_n.then(|| "n".to_owned()));
        let rows = self.rows.iter().zip(self.values.chunks(width)).enumerate();
        let rows = rows.map(|(at, (name, values))| {
            let mut counts = self.counts.iter().skip(at * width).map(|count| Cell::Count(*count));
            let mut notes = self.notes.iter().skip(at * width).cloned().map(Cell::Text);
            let mut row = vec![Cell::Text(name.clone())];
            for value in values {
                row.push(Cell::Number { value: number(*value), format: self.format });
                row.extend(counts.next().filter(|_| each_n));
                row.extend(notes.next());
            }
            row.extend(first.filter(|_| one_n).map(|count| Cell::Count(*count)));
            row
        });
        ChartTable { rows: rows.collect(), header }
    }

    pub(super) fn preferred_height(&self) -> f64 {
        let row = if self.contoured.is_empty() { 28.0 } else { 40.0 };
        self.rows.len() as f64 * row + 160.0
    }
}

/// What is no number is written as "–".
fn number(value: Option<f64>) -> f64 {
    value.unwrap_or(f64::NAN)
}

/// Names under the columns; upright in `upright_room` pixels if that is not zero.
pub(super) fn draw_column_names(
    scene: &mut Scene,
    panel: &Panel,
    names: &[&str],
    upright_room: f64,
) {
    let upright = upright_room > 0.0;
    let pitch = panel.width() / names.len() as f64;
    let every = axes::every_nth(pitch, if upright { LABEL + 2.0 } else { 30.0 });
    for (place, name) in names.iter().enumerate().step_by(every) {
        let middle = panel.left + (place as f64 + 0.5) * pitch;
        let ink = Lettering { upright, ..Lettering::label(Tone::Text) };
        if upright {
            let top = panel.bottom + 6.0;
            let shown = lettering::shorten(name, LABEL, upright_room + 0.01);
            scene.text((middle, top), Align::End, ink, &shown);
        } else {
            let lines = lettering::two_lines(name, LABEL, pitch * every as f64 - NAME_GAP);
            for (line, text) in lines.iter().enumerate() {
                let y = panel.bottom + LABEL_ROW / 2.0 + 1.0 + line as f64 * NAME_LINE;
                scene.text((middle, y), Align::Middle, ink, text);
            }
        }
    }
}
