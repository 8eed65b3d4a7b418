//! Contours: lines of equal value over cells, at a few round levels, each with its level.

use super::format::NumberFormat;
use super::lettering;
use super::marching::{self, Place};
use super::scale::extent;
use super::scene::{self, Align, Area, LABEL, Lettering, Scene};
use super::theme::Tone;

/// A level and its lines.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Contour {
    /// The level as it is written.
    pub label: String,
    /// Where the values equal it, in columns and rows from the middle of the first cell on.
    pub lines: Vec<Vec<Place>>,
}

/// The contours of three to five levels; none where values are equal. `values`: `(rows, columns)`,
/// row-major, finite; lines are drawn only among four neighbours that have one.
pub(super) fn of(values: &[Option<f64>], columns: usize, format: NumberFormat) -> Vec<Contour> {
    let rows = values.len() / columns.max(1);
    let value = |x: usize, y: usize| values.get(y * columns + x).copied().flatten();
    let Some(range) = extent(values.iter().flatten().copied()) else { return Vec::new() };
    let Levels { levels, decimals } = levels(range);
    let contours = levels.into_iter().map(|level| Contour {
        label: format.level(level, decimals),
        lines: marching::joined(&marching::segments((columns, rows), level, value)),
    });
    contours.filter(|contour| !contour.lines.is_empty()).collect()
}

/// Round numbers and how many decimals they have.
#[derive(Clone, Debug, Default, PartialEq)]
struct Levels {
    levels: Vec<f64>,
    decimals: usize,
}

/// Steps between levels, in tenths of a power of ten. From each to the next the number of levels grows
/// so little that one of them gives three, four or five.
const STEPS: [u8; 4] = [50, 25, 20, 10];
const FEWEST: usize = 3;
/// Values that differ by less, as a share of their size, differ by rounding.
const ROUNDING: f64 = 1e-9;

/// Three to five round numbers between both, neither of them.
fn levels((low, high): (f64, f64)) -> Levels {
    let length = high - low;
    if length <= ROUNDING * low.abs().max(high.abs()) {
        return Levels::default();
    }
    let power = libm::floor(libm::log10(length)) as i32;
    let steps = [power, power - 1].into_iter().flat_map(|of| STEPS.map(|step| (step, of)));
    let found = steps.map(|(step, power)| {
        let tenth = power - 1;
        let size = libm::pow(10.0, f64::from(tenth.abs()));
        // divided where the power is negative: 29 × 25 / 1000 is .725 itself
        let number = |count: f64| {
            let tenths = count * f64::from(step);
            if tenth < 0 { tenths / size } else { tenths * size }
        };
        let first = libm::floor(low / number(1.0));
        let numbers = (0..9).map(|count| number(first + f64::from(count)));
        let levels: Vec<f64> = numbers.filter(|level| *level > low && *level < high).collect();
        let decimals = if step == 25 { -tenth } else { -power };
        Levels { levels, decimals: decimals.max(0) as usize }
    });
    let mut enough = found.filter(|found| found.levels.len() >= FEWEST);
    enough.next().unwrap_or_default()
}

/// Width of a line and of the strip of the surface it lies on, logical pixels: it is seen on any colour.
const LINE: f64 = 1.5;
const CASING: f64 = 4.0;
/// Points of a line that its label is tried at.
const TRIED: usize = 24;

impl Contour {
    /// The same in pixels.
    pub fn placed(self, at: impl Fn(Place) -> (f64, f64)) -> Self {
        let placed = |line: Vec<Place>| line.into_iter().map(&at).collect();
        Self { lines: self.lines.into_iter().map(placed).collect(), ..self }
    }

    /// Whether one of its lines enters an area.
    fn enters(&self, area: &Area) -> bool {
        let mut parts = self.lines.iter().flat_map(|line| line.iter().zip(line.iter().skip(1)));
        parts.any(|(from, to)| area.crosses(*from, *to))
    }

    /// Where its label may stand, the best first: from the middle of its longest line outward.
    fn strips(&self) -> impl Iterator<Item = Area> {
        let longest = self.lines.iter().max_by(|one, two| length(one).total_cmp(&length(two)));
        let line = longest.map_or(&[][..], Vec::as_slice);
        let width = lettering::width(&self.label, LABEL) + 4.0;
        (0..TRIED).filter_map(move |nth| {
            let aside = nth.div_ceil(2) as f64 / (TRIED + 1) as f64;
            let share = if nth % 2 == 0 { 0.5 - aside } else { 0.5 + aside };
            let (x, y) = along(line, share)?;
            Some(scene::strip((x - width / 2.0, y), &self.label))
        })
    }
}

/// A number that stands in a cell: its middle, how it looks, what it says.
pub(super) type CellNumber<'a> = ((f64, f64), Lettering, &'a str);

/// Lines of contours in pixels, interrupted by the numbers of cells, and their levels, each once where there
/// is room within `panel`.
pub(super) fn draw(
    scene: &mut Scene,
    contours: &[Contour],
    panel: Area,
    numbers: &[CellNumber<'_>],
) {
    for (tone, width) in [(Tone::Surface, CASING), (Tone::Text, LINE)] {
        for line in contours.iter().flat_map(|contour| &contour.lines) {
            scene.line(line.clone(), tone, width);
        }
    }
    let mut taken = Vec::new();
    for ((x, y), ink, text) in numbers {
        let strip = scene::strip((x - lettering::width(text, LABEL) / 2.0 - 2.0, *y), text);
        if contours.iter().any(|contour| contour.enters(&strip)) {
            scene.block(strip, ink.on.unwrap_or(Tone::Surface), 1.0);
        }
        scene.text((*x, *y), Align::Middle, *ink, text);
        taken.push(strip);
    }
    for (at, contour) in contours.iter().enumerate() {
        let free = |strip: &Area| {
            let mut others = contours.iter().enumerate().filter(|(other, _)| *other != at);
            strip.with(&panel) == panel
                && !taken.iter().any(|area| area.overlaps(strip))
                && !others.any(|(_, other)| other.enters(strip))
        };
        let found = contour.strips().find(free);
        if let Some(strip) = found {
            scene.text_on_strip(strip, Tone::Text, &contour.label);
            taken.push(strip.grown(2.0));
        }
    }
}

fn distance(from: Place, to: Place) -> f64 {
    Area::around(from, 0.0).distance(to)
}

fn length(line: &[Place]) -> f64 {
    line.iter().zip(line.iter().skip(1)).map(|(from, to)| distance(*from, *to)).sum()
}

/// The point at a share of a line's length.
fn along(line: &[Place], share: f64) -> Option<Place> {
    let mut left = share * length(line);
    for (from, to) in line.iter().zip(line.iter().skip(1)) {
        let part = distance(*from, *to);
        if left <= part && part > 0.0 {
            let share = left / part;
            return Some((from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1)));
        }
        left -= part;
    }
    line.last().copied()
}

#[cfg(test)]
mod tests {
    use super::{NumberFormat, levels, of};

    #[test]
    fn levels_are_round_and_between() {
        let labels = |low: f64, high: f64| {
            let found = levels((low, high));
            let label = |level: &f64| NumberFormat::FineScore.level(*level, found.decimals);
            found.levels.iter().map(label).collect::<Vec<_>>()
        };
        assert_eq!(labels(0.47213, 0.79181), [".5", ".6", ".7"]);
        assert_eq!(labels(0.711, 0.792), [".725", ".750", ".775"]);
        assert_eq!(labels(0.79, 0.7935), [".791", ".792", ".793"]);
        // neither end is a level
        assert_eq!(labels(0.5, 0.9), [".6", ".7", ".8"]);
        assert_eq!(labels(-0.3, 0.3), ["−.25", ".00", ".25"]);
        assert_eq!(labels(0.2, 3.4), ["1", "2", "3"]);
        assert_eq!(labels(0.0, 13_000.0), ["2,500", "5,000", "7,500", "10,000", "12,500"]);
        // rounding is no difference
        assert!(labels(0.7, 0.7).is_empty());
        assert!(labels(0.7, 0.7 + 1e-15).is_empty());
    }

    /// Whatever the range: three to five, ascending, inside, and each written differently.
    #[test]
    fn there_are_always_three_to_five() {
        for place in 0..2_000 {
            let low = f64::from(place * 37 % 101) / 100.0 - 0.3;
            let length = libm::pow(10.0, f64::from(place * 61 % 97) / 16.0 - 4.5);
            let found = levels((low, low + length));
            let n = found.levels.len();
            assert!((3..=5).contains(&n), "{n} from {low}, {length} long");
            assert!(found.levels.is_sorted());
            assert!(found.levels.iter().all(|level| *level > low && *level < low + length));
            for level in &found.levels {
                let written = format!("{level:.*}", found.decimals);
                let read: f64 = written.parse().unwrap_or(f64::NAN);
                assert!((read - level).abs() < 1e-12 * (1.0 + level.abs()), "{written}: {level}");
            }
        }
    }

    #[test]
    fn equal_values_have_no_contours() {
        assert_eq!(of(&[Some(0.7); 6], 3, NumberFormat::FineScore), []);
        assert_eq!(of(&[None; 6], 3, NumberFormat::FineScore), []);
        assert_eq!(of(&[], 0, NumberFormat::FineScore), []);
    }
}
