//! What the cells of a column mean: one decision an entry, not one a cell.

use super::column::{RawCells, RawColumn};
use super::error::clipped;
use super::number::parse;
use crate::data::{ColumnKind, Role};

/// Most levels of a categorical column; with more it is free text.
pub const MAX_LEVELS: usize = 50;

/// Share of the cells that are not blank that must be finite numbers in a numeric column.
const NUMERIC_SHARE: f64 = 0.95;

/// From this many rows on, texts that all differ name their rows.
const IDENTIFIER_ROWS: usize = 20;

/// Largest size of a number: its square, summed over any table, is still finite.
const MAX_NUMBER: f64 = 1e100;

/// Column names that say "identifier", in lower case without spaces, `_` and `-`.
const IDENTIFIER_NAMES: [&str; 6] =
    ["id", "customerid", "clientid", "userid", "accountid", "subscriberid"];

/// A column's kind and role, and what its entries mean.
pub struct Reading {
    /// What its values are.
    pub kind: ColumnKind,
    /// What it is used for.
    pub role: Role,
    /// What the texts mean.
    pub meaning: Meaning,
    /// Blank cells.
    pub missing: u32,
}

/// What the texts of a column mean.
pub enum Meaning {
    /// As they stand; nothing can be wrong with them.
    Text,
    /// Levels.
    Levels,
    /// 0 for No and 1 for Yes, an entry each; NaN where it is no finite number.
    Flags(Vec<f64>),
    /// Numbers, an entry each; NaN where it is no finite number.
    Numbers(Vec<f64>),
}

impl Meaning {
    /// Whether nothing is wrong with the entry `entry`, which is `text`.
    pub fn fits(&self, entry: usize, text: &str) -> bool {
        match self {
            Self::Text => true,
            Self::Levels => !text.is_empty(),
            Self::Flags(flags) => flags.get(entry).is_some_and(|&flag| is_flag(flag)),
            Self::Numbers(numbers) => numbers.get(entry).is_some_and(|n| n.abs() <= MAX_NUMBER),
        }
    }

    /// What is wrong with the cell `text`, to be read after the column's name: "is blank".
    pub fn complaint(&self, text: &str) -> String {
        if text.is_empty() {
            return "is blank".to_owned();
        }
        let allowed = match (self, parse(text)) {
            (Self::Flags(_), _) => "0 or 1",
            (_, None) => "a number",
            (_, Some(number)) if number.is_finite() => "between -1e100 and 1e100",
            (_, Some(_)) => "a finite number",
        };
        format!("is \"{}\", not {allowed}", clipped(text))
    }
}

impl Reading {
    /// Reads a column; the one to predict is categorical whenever its levels are few.
    #[inline(never)]
    pub fn of(column: &RawColumn, is_target: bool) -> Self {
        let cells = &column.cells;
        let (n_rows, entries) = (cells.n_rows(), cells.entries());
        let count = |marks: Vec<bool>| cells.count(&marks);
        let missing = count(entries.iter().map(str::is_empty).collect());
        let filled = n_rows - missing;
        let few_levels = match cells {
            RawCells::Coded { .. } => entries.len() - usize::from(missing > 0) <= MAX_LEVELS,
            RawCells::Plain { .. } => false,
        };
        let reading = |kind, role, meaning| Self { kind, role, meaning, missing: missing as u32 };
        let text = || reading(ColumnKind::Text, Role::Ignored, Meaning::Text);
        let identifier = || reading(ColumnKind::Identifier, Role::Identifier, Meaning::Text);
        let categorical = |meaning| reading(ColumnKind::Categorical, Role::Feature, meaning);

        if !is_target {
            if is_identifier_name(&column.name) {
                return identifier();
            }
            if !column.named || 2 * filled < n_rows {
                return text();
            }
        }
        let numbers: Vec<f64> = entries
            .iter()
            .map(|text| parse(text).filter(|number| number.is_finite()).unwrap_or(f64::NAN))
            .collect();
        let finite_rows = count(numbers.iter().map(|number| number.is_finite()).collect());
        if finite_rows > 0 && finite_rows as f64 >= NUMERIC_SHARE * filled as f64 {
            if numbers.iter().all(|&number| number.is_nan() || is_flag(number)) {
                return categorical(Meaning::Flags(numbers));
            }
            if !(is_target && few_levels) {
                return reading(ColumnKind::Numeric, Role::Feature, Meaning::Numbers(numbers));
            }
        }
        if !is_target && n_rows >= IDENTIFIER_ROWS && cells.all_differ() {
            identifier()
        } else if few_levels {
            categorical(Meaning::Levels)
        } else {
            text()
        }
    }
}

fn is_flag(number: f64) -> bool {
    number == 0.0 || number == 1.0
}

fn is_identifier_name(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(|c| !matches!(c, ' ' | '_' | '-'))
        .flat_map(char::to_lowercase)
        .collect();
    IDENTIFIER_NAMES.contains(&plain.as_str())
}
