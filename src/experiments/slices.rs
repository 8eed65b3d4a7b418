//! Groups of customers that a model can be judged on apart.

use serde::{Deserialize, Serialize};

use crate::data::{Column, ColumnValues, Dataset};
use crate::numerics::quantile::{quantile, sorted};

/// Customers with one level of a feature, or with a number in one range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DatasetSlice {
    /// The feature's name.
    pub column: String,
    /// What they have in common.
    pub holds: SliceValues,
    /// Places among the rows that were cut into slices, from 0, ascending; at least one.
    pub rows: Vec<u32>,
}

/// What the customers of a slice have in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SliceValues {
    /// This level.
    Level {
        /// As it stands in the data set.
        level: String,
    },
    /// A number in this range.
    Range {
        /// From this number on.
        from: f64,
        /// Up to this number.
        to: f64,
        /// `to` itself belongs to it.
        closed: bool,
    },
}

/// Slices of `rows` (kept rows, from 0) by every feature in file order: one a level, and of numbers
/// `n_bins` with about as many customers of the whole data set each, fewer where numbers repeat. A
/// feature that cuts nothing off makes no slice, nor does a slice without rows.
#[must_use]
pub fn slices(dataset: &Dataset, rows: &[u32], n_bins: u32) -> Vec<DatasetSlice> {
    dataset.features().flat_map(|column| of_column(column, rows, n_bins)).collect()
}

fn of_column(column: &Column, rows: &[u32], n_bins: u32) -> Vec<DatasetSlice> {
    match &column.values {
        ColumnValues::Levels { levels, codes } => {
            let group_of = |row: u32| codes.get(row as usize).map(|&code| usize::from(code));
            let holds = levels.iter().map(|level| SliceValues::Level { level: level.clone() });
            grouped(&column.name, holds.collect(), rows, group_of)
        }
        ColumnValues::Numbers(numbers) => {
            let edges = edges(numbers, n_bins);
            let inner = edges.get(1..edges.len().saturating_sub(1)).unwrap_or_default();
            let group_of = |row: u32| {
                let number = numbers.get(row as usize)?;
                Some(inner.partition_point(|edge| edge <= number))
            };
            let last = edges.len().saturating_sub(2);
            let ranges = edges.windows(2).enumerate().filter_map(|(bin, pair)| match pair {
                &[from, to] => Some(SliceValues::Range { from, to, closed: bin == last }),
                _ => None,
            });
            grouped(&column.name, ranges.collect(), rows, group_of)
        }
        ColumnValues::Text(_) => Vec::new(),
    }
}

/// Ascending and distinct.
fn edges(numbers: &[f64], n_bins: u32) -> Vec<f64> {
    let ascending = sorted(numbers);
    let bins = n_bins.max(1);
    let shares = (0..=bins).map(|bin| f64::from(bin) / f64::from(bins));
    let mut edges: Vec<f64> = shares.filter_map(|share| quantile(&ascending, share)).collect();
    edges.dedup();
    edges
}

fn grouped(
    column: &str,
    groups: Vec<SliceValues>,
    rows: &[u32],
    group_of: impl Fn(u32) -> Option<usize>,
) -> Vec<DatasetSlice> {
    if groups.len() < 2 {
        return Vec::new();
    }
    let mut slices: Vec<DatasetSlice> = groups
        .into_iter()
        .map(|holds| DatasetSlice { column: column.to_owned(), holds, rows: Vec::new() })
        .collect();
    for (place, &row) in (0..).zip(rows) {
        if let Some(slice) = group_of(row).and_then(|group| slices.get_mut(group)) {
            slice.rows.push(place);
        }
    }
    slices.retain(|slice| !slice.rows.is_empty());
    slices
}
