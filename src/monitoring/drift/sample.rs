//! One side of a drift report: numbers sorted once, levels counted once.

use std::collections::BTreeMap;

use super::{DriftError, Side};
use crate::data::{ColumnKind, ColumnValues, Dataset, Record, Role, Value};

/// The columns of one side, ready to be compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample<'a> {
    pub(super) n: u32,
    pub(super) columns: Vec<SampleColumn<'a>>,
}

/// One column of a [`Sample`].
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SampleColumn<'a> {
    pub(super) name: &'a str,
    pub(super) values: SampleValues<'a>,
}

/// What is compared of a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum SampleValues<'a> {
    /// Ascending, finite.
    Numbers(Vec<f64>),
    /// Rows by level, sorted by level; levels without a row are left out.
    Levels(Vec<(&'a str, u32)>),
}

impl SampleValues<'_> {
    pub(super) fn kind(&self) -> ColumnKind {
        match self {
            Self::Numbers(_) => ColumnKind::Numeric,
            Self::Levels(_) => ColumnKind::Categorical,
        }
    }
}

impl<'a> Sample<'a> {
    /// The features and the target of all kept rows.
    #[must_use]
    pub fn of_dataset(dataset: &'a Dataset) -> Self {
        let rows: Vec<u32> = (0..count(dataset.n_rows())).collect();
        Self::of_rows(dataset, &rows)
    }

    /// The features and the target of some kept rows, counted from 0; rows past the end are left out.
    #[must_use]
    pub fn of_rows(dataset: &'a Dataset, rows: &[u32]) -> Self {
        let rows: Vec<usize> =
            rows.iter().map(|&row| row as usize).filter(|&row| row < dataset.n_rows()).collect();
        let columns = dataset
            .columns
            .iter()
            .filter(|column| matches!(column.role, Role::Feature | Role::Target))
            .filter_map(|column| {
                let values = match &column.values {
                    ColumnValues::Numbers(numbers) => SampleValues::Numbers(ascending(
                        rows.iter().filter_map(|&row| numbers.get(row).copied()).collect(),
                    )),
                    ColumnValues::Levels { levels, codes } => {
                        tally(levels, rows.iter().filter_map(|&row| codes.get(row).copied()))
                    }
                    ColumnValues::Text(_) => return None,
                };
                Some(SampleColumn { name: &column.name, values })
            })
            .collect();
        Self { n: count(rows.len()), columns }
    }

    /// Requests, all with the fields of the first.
    ///
    /// # Errors
    /// A field that one record has and another lacks, a number that is not finite, or a field that
    /// is a number in one record and a text in another.
    pub fn of_records(side: Side, records: &'a [Record]) -> Result<Self, DriftError> {
        let mut columns = Vec::new();
        if let Some(first) = records.first() {
            for (row, record) in records.iter().enumerate() {
                let odd = record
                    .keys()
                    .find(|name| !first.contains_key(*name))
                    .or_else(|| first.keys().find(|name| !record.contains_key(*name)));
                if let Some(column) = odd {
                    return Err(DriftError::UnequalRecords { side, row, column: column.clone() });
                }
            }
            for (name, value) in first {
                let values = match value {
                    Value::Number(_) => numbers_of(side, name, records)?,
                    Value::Text(_) => levels_of(side, name, records)?,
                };
                columns.push(SampleColumn { name, values });
            }
        }
        Ok(Self { n: count(records.len()), columns })
    }
}

fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

fn ascending(mut numbers: Vec<f64>) -> Vec<f64> {
    numbers.sort_unstable_by(f64::total_cmp);
    numbers
}

fn tally(levels: &[String], codes: impl Iterator<Item = u16>) -> SampleValues<'_> {
    let mut counts = vec![0_u32; levels.len()];
    for code in codes {
        if let Some(count) = counts.get_mut(usize::from(code)) {
            *count += 1;
        }
    }
    SampleValues::Levels(
        levels.iter().map(String::as_str).zip(counts).filter(|&(_, count)| count > 0).collect(),
    )
}

fn numbers_of<'a>(
    side: Side,
    name: &str,
    records: &'a [Record],
) -> Result<SampleValues<'a>, DriftError> {
    let mut numbers = Vec::with_capacity(records.len());
    for (row, value) in records.iter().enumerate().filter_map(|(row, r)| Some((row, r.get(name)?)))
    {
        match value {
            Value::Number(number) if number.is_finite() => numbers.push(*number),
            Value::Number(_) | Value::Text(_) => {
                return Err(DriftError::NotANumber {
                    side,
                    row,
                    column: name.to_owned(),
                    value: value.to_string(),
                });
            }
        }
    }
    Ok(SampleValues::Numbers(ascending(numbers)))
}

fn levels_of<'a>(
    side: Side,
    name: &str,
    records: &'a [Record],
) -> Result<SampleValues<'a>, DriftError> {
    let mut counts = BTreeMap::<&str, u32>::new();
    for (row, value) in records.iter().enumerate().filter_map(|(row, r)| Some((row, r.get(name)?)))
    {
        match value {
            Value::Text(level) => *counts.entry(level).or_default() += 1,
            Value::Number(number) => {
                return Err(DriftError::NotAText {
                    side,
                    row,
                    column: name.to_owned(),
                    value: number.to_string(),
                });
            }
        }
    }
    Ok(SampleValues::Levels(counts.into_iter().collect()))
}
