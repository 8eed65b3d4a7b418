//! Runs side by side: what each has of a setting or a score, and what runs that share settings come to.

use std::ops::Range;

use super::Run;
use super::validation::mean_and_spread;
use crate::data::Value;
use crate::data::profile::FiveNumbers;
use crate::numerics::quantile::sorted;

/// What a run has in a column of the table of runs. Without a number is never 0.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    /// A finite number.
    Number(f64),
    /// A name: a kernel, "scale" among numbers.
    Level(String),
    /// The setting has no limit: scikit-learn's `None`.
    NoLimit,
    /// The family has no such setting, or the run has no such score.
    NotSet,
}

impl Held {
    /// What `run` has in the column `key`, whose value is `value`. A setting whose text is a number is
    /// that number, also where other runs have a name there.
    #[must_use]
    pub fn of(run: &Run, key: &str, value: Option<&Value>) -> Self {
        let setting = key.strip_prefix("params.");
        match value {
            Some(Value::Number(number)) if number.is_finite() => Self::Number(*number),
            Some(Value::Text(text)) if setting.is_some() && text == "none" => Self::NoLimit,
            Some(Value::Text(text)) if !text.is_empty() => {
                let number = text.parse().ok().filter(|number: &f64| number.is_finite());
                match number.filter(|_| setting.is_some()) {
                    Some(number) => Self::Number(number),
                    None => Self::Level(text.clone()),
                }
            }
            _ => {
                let settings = run.provenance.params.settings();
                let is_none = settings
                    .iter()
                    .any(|known| Some(known.name) == setting && known.value == "none");
                if is_none { Self::NoLimit } else { Self::NotSet }
            }
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Level(_) | Self::NoLimit | Self::NotSet => None,
        }
    }
}

/// Each value once: numbers ascending, names as they first come, no limit, not set.
#[must_use]
pub fn distinct(values: &[Held]) -> Vec<Held> {
    let numbers: Vec<f64> = values.iter().filter_map(Held::number).collect();
    let mut found: Vec<Held> = sorted(&numbers).into_iter().map(Held::Number).collect();
    found.dedup();
    let names = values.iter().filter(|value| matches!(value, Held::Level(_)));
    for name in names.chain(&[Held::NoLimit, Held::NotSet]) {
        if values.contains(name) && !found.contains(name) {
            found.push(name.clone());
        }
    }
    found
}

/// Runs that share what they are compared by.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// The mean of their scores.
    pub mean: f64,
    /// Their numbers.
    pub runs: Vec<u32>,
}

/// The mean score in each of `n_cells` cells; `None` where no run is. `scored`: the cell, the number and
/// the score of each run.
#[must_use]
pub fn shared(
    n_cells: usize,
    scored: impl Iterator<Item = (usize, u32, f64)>,
) -> Vec<Option<Shared>> {
    let mut cells: Vec<(Vec<u32>, Vec<f64>)> = vec![Default::default(); n_cells];
    for (cell, run, score) in scored {
        if let Some((runs, scores)) = cells.get_mut(cell) {
            runs.push(run);
            scores.push(score);
        }
    }
    let mean = |(runs, scores): (Vec<u32>, Vec<f64>)| {
        let (mean, _) = mean_and_spread(&scores)?;
        Some(Shared { mean, runs })
    };
    cells.into_iter().map(mean).collect()
}

/// Whether cells are a grid: at least half of them were tried.
#[must_use]
pub fn is_grid(cells: &[Option<Shared>]) -> bool {
    2 * cells.iter().flatten().count() >= cells.len()
}

/// Why no score can be read off between cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoneBetween {
    /// One of the settings has fewer than two numbers.
    NoNumbers,
    /// Nowhere were four neighbours, two by two, all tried.
    NoFour,
    /// The scores of those that were are equal.
    Equal,
}

/// Which cells have scores between them that can be read off: those of four neighbours, two by two, that
/// all were tried. `cells`: `(rows, n_columns)`, row-major. `rows`, `columns`: those with a number of the
/// setting, side by side and in order.
///
/// # Errors
///
/// [`NoneBetween`] where there are none, or nothing differs.
pub fn read_between(
    cells: &[Option<Shared>],
    n_columns: usize,
    rows: Range<usize>,
    columns: Range<usize>,
) -> Result<Vec<bool>, NoneBetween> {
    if rows.len() < 2 || columns.len() < 2 {
        return Err(NoneBetween::NoNumbers);
    }
    let mut between = vec![false; cells.len()];
    for row in rows.start..rows.end - 1 {
        for column in columns.start..columns.end - 1 {
            let first = row * n_columns + column;
            let four = [first, first + 1, first + n_columns, first + n_columns + 1];
            if four.iter().all(|place| matches!(cells.get(*place), Some(Some(_)))) {
                let marked = between.iter_mut().enumerate();
                marked.filter(|(at, _)| four.contains(at)).for_each(|(_, cell)| *cell = true);
            }
        }
    }
    let scores = cells.iter().zip(&between).filter(|(_, between)| **between);
    let scores: Vec<f64> = scores.filter_map(|(cell, _)| Some(cell.as_ref()?.mean)).collect();
    match scores.split_first() {
        None => Err(NoneBetween::NoFour),
        // what differs by less differs by the rounding of a mean
        Some((first, rest))
            if rest.iter().all(|score| (score - first).abs() <= 1e-9 * first.abs()) =>
        {
            Err(NoneBetween::Equal)
        }
        Some(_) => Ok(between),
    }
}

/// Whether every number has a logarithm.
#[must_use]
pub fn have_logarithms(numbers: &[f64]) -> bool {
    !numbers.is_empty() && numbers.iter().all(|number| *number > 0.0)
}

/// Whether numbers are better read on a log scale: they all have a logarithm, and the largest is at
/// least a hundred times the least.
#[must_use]
pub fn span_decades(numbers: &[f64]) -> bool {
    let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let largest = numbers.iter().copied().fold(0.0, f64::max);
    have_logarithms(numbers) && largest >= 100.0 * least
}

/// The figures of a box. Of few numbers the nearest one that is no outlier may lie within the box: the
/// whisker then ends at the box.
#[must_use]
pub fn box_of(numbers: &[f64]) -> Option<FiveNumbers> {
    let of = FiveNumbers::of(&sorted(numbers))?;
    Some(FiveNumbers {
        whisker_low: of.whisker_low.min(of.q1),
        whisker_high: of.whisker_high.max(of.q3),
        ..of
    })
}
