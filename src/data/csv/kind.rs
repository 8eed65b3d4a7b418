//! What the cells of a column mean: one decision a distinct text, not one a cell.

use super::error::clipped;
use super::table::RawColumn;
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

/// What is wrong with a cell without text.
const BLANK: &str = "is blank";

/// What is wrong with a cell, to be read after the column's name: "is blank".
pub type Complaint = String;

/// A column's kind and role, and what each of its distinct texts means.
pub struct Reading {
    /// What its values are.
    pub kind: ColumnKind,
    /// What it is used for.
    pub role: Role,
    /// By code.
    pub cells: Cells,
    /// Blank cells.
    pub missing: u32,
}

/// What each distinct text of a column means, by code.
pub enum Cells {
    /// As it stands; nothing can be wrong with it.
    Text,
    /// A finite number.
    Numbers(Vec<Result<f64, Complaint>>),
    /// A level.
    Levels(Vec<Result<String, Complaint>>),
}

impl Cells {
    /// What is wrong with the cells of each code.
    pub fn complaints(&self) -> Vec<Option<&str>> {
        match self {
            Self::Text => Vec::new(),
            Self::Numbers(numbers) => numbers.iter().map(complaint).collect(),
            Self::Levels(levels) => levels.iter().map(complaint).collect(),
        }
    }
}

fn complaint<T>(cell: &Result<T, Complaint>) -> Option<&str> {
    cell.as_ref().err().map(String::as_str)
}

impl Reading {
    /// Reads a column; the one to predict is categorical whenever its levels are few.
    pub fn of(column: &RawColumn, is_target: bool) -> Self {
        let counts = column.counts();
        let n_rows = column.codes.len();
        let texts: Vec<&str> = column.dictionary.texts().iter().collect();
        let missing =
            texts.iter().zip(&counts).find(|(text, _)| text.is_empty()).map_or(0, |c| *c.1);
        let filled = n_rows - missing as usize;
        let levels = texts.len() - usize::from(missing > 0);
        let reading = |kind, role, cells| Self { kind, role, cells, missing };
        let text = || reading(ColumnKind::Text, Role::Ignored, Cells::Text);
        let identifier = || reading(ColumnKind::Identifier, Role::Identifier, Cells::Text);
        let categorical =
            |cells| reading(ColumnKind::Categorical, Role::Feature, Cells::Levels(cells));

        if !is_target {
            if is_identifier_name(&column.name) {
                return identifier();
            }
            if !column.named || 2 * filled < n_rows {
                return text();
            }
        }
        let numbers: Vec<Option<f64>> = texts.iter().map(|text| text.parse().ok()).collect();
        let finite = || numbers.iter().map(|number| number.filter(|n| n.is_finite()));
        let finite_rows: usize =
            finite().zip(&counts).filter_map(|(n, &count)| n.map(|_| count as usize)).sum();
        if finite_rows > 0 && finite_rows as f64 >= NUMERIC_SHARE * filled as f64 {
            if finite().flatten().all(|number| number == 0.0 || number == 1.0) {
                return categorical(texts.iter().zip(&numbers).map(|(t, &n)| flag(t, n)).collect());
            }
            if !(is_target && levels <= MAX_LEVELS) {
                let cells = texts.iter().zip(&numbers).map(|(t, &n)| number(t, n)).collect();
                return reading(ColumnKind::Numeric, Role::Feature, Cells::Numbers(cells));
            }
        }
        if !is_target && texts.len() == n_rows && n_rows >= IDENTIFIER_ROWS {
            identifier()
        } else if levels <= MAX_LEVELS {
            categorical(texts.iter().map(|text| level(text)).collect())
        } else {
            text()
        }
    }
}

impl RawColumn {
    /// Cells of each code.
    fn counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.dictionary.texts().len()];
        for &code in &self.codes {
            counts[code as usize] += 1;
        }
        counts
    }
}

fn is_identifier_name(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(|c| !matches!(c, ' ' | '_' | '-'))
        .flat_map(char::to_lowercase)
        .collect();
    IDENTIFIER_NAMES.contains(&plain.as_str())
}

fn level(text: &str) -> Result<String, Complaint> {
    if text.is_empty() { Err(BLANK.to_owned()) } else { Ok(text.to_owned()) }
}

fn flag(text: &str, number: Option<f64>) -> Result<String, Complaint> {
    match (level(text)?, number) {
        (_, Some(0.0)) => Ok("No".to_owned()),
        (_, Some(1.0)) => Ok("Yes".to_owned()),
        (text, _) => Err(format!("is \"{}\", not 0 or 1", clipped(&text))),
    }
}

fn number(text: &str, number: Option<f64>) -> Result<f64, Complaint> {
    match number {
        Some(number) if number.abs() <= MAX_NUMBER => Ok(number),
        _ if text.is_empty() => Err(BLANK.to_owned()),
        None => Err(format!("is \"{}\", not a number", clipped(text))),
        Some(number) if number.is_finite() => {
            Err(format!("is \"{}\", not between -1e100 and 1e100", clipped(text)))
        }
        Some(_) => Err(format!("is \"{}\", not a finite number", clipped(text))),
    }
}
