//! Which rows train and which test: scikit-learn's split, draw for draw, or lists of one's own; folds
//! that test in turn; and growing parts of the training rows.

pub mod folds;
pub mod growing;

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::numerics::random::RandomState;

/// Rows by their part; no row is in both, none is in one twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrainTest {
    /// Kept rows to learn from, from 0, in the order drawn or given.
    pub train: Vec<u32>,
    /// Kept rows to judge with.
    pub test: Vec<u32>,
}

/// One of the two parts of a split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The rows to learn from.
    Train,
    /// The rows to judge with, which a model never saw. The default.
    #[default]
    Test,
}

/// At most `most` of these rows: the first of a random order, or all of them as they are.
#[must_use]
pub fn some_rows(rows: &[u32], most: u32, seed: u32) -> Vec<u32> {
    if rows.len() <= most as usize {
        return rows.to_vec();
    }
    let order = RandomState::new(seed).permutation(rows.len() as u32);
    order.iter().take(most as usize).filter_map(|&at| rows.get(at as usize).copied()).collect()
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Train => "training",
            Self::Test => "test",
        })
    }
}

/// Why rows can't be split as asked.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SplitError {
    /// The share of test rows is no share.
    #[error("the test ratio is {test_ratio}; allowed: above 0 and under 1")]
    TestRatio {
        /// What was given.
        test_ratio: f64,
    },
    /// One part would have no row.
    #[error("the {part} part has no row: {n_rows} rows at a test ratio of {test_ratio}")]
    EmptyPart {
        /// The part.
        part: Part,
        /// Rows to split.
        n_rows: usize,
        /// Share of test rows.
        test_ratio: f64,
    },
    /// One list of rows is empty.
    #[error("the list of {part} rows is empty; it needs at least one row")]
    EmptyList {
        /// The part.
        part: Part,
    },
    /// A listed row does not exist.
    #[error("{part} row {row} does not exist; the {n_rows} kept rows count from 0")]
    RowOutOfRange {
        /// The part.
        part: Part,
        /// The row.
        row: u32,
        /// Kept rows.
        n_rows: usize,
    },
    /// A row is listed twice in one part.
    #[error("row {row} is listed twice among the {part} rows; once is allowed")]
    RowTwice {
        /// The part.
        part: Part,
        /// The row.
        row: u32,
    },
    /// A row is listed in both parts.
    #[error("row {row} is both a training and a test row; a row belongs to one part")]
    RowInBoth {
        /// The row.
        row: u32,
    },
    /// One fold or none would test nothing, or everything.
    #[error("the number of folds is {n_splits}; allowed: 2 to {most}")]
    Folds {
        /// What was given.
        n_splits: u32,
        /// The most there may be.
        most: u32,
    },
    /// A fold would have no row.
    #[error("{n_rows} rows can't be cut into {n_splits} folds; every fold needs a row")]
    FoldsOfRows {
        /// Folds asked for.
        n_splits: u32,
        /// Rows to cut.
        n_rows: usize,
    },
    /// A fold would lack a class.
    #[error(
        "{n_class} rows of label {label} can't be dealt to {n_splits} folds; every fold needs one"
    )]
    FoldsOfClass {
        /// Folds asked for.
        n_splits: u32,
        /// The class, true for positive.
        label: bool,
        /// Its rows.
        n_class: u32,
    },
    /// No repeat, or too many.
    #[error("the number of repeats is {n_repeats}; allowed: 1 to {most}")]
    Repeats {
        /// What was given.
        n_repeats: u32,
        /// The most there may be.
        most: u32,
    },
    /// No share of the training rows.
    #[error("the share of training rows is {share}; allowed: above 0, at most 1")]
    TrainShare {
        /// What was given.
        share: f64,
    },
    /// The training rows are of one class.
    #[error("no training row has label {label}; both classes are needed")]
    NoRowOfClass {
        /// The class that is absent, true for positive.
        label: bool,
    },
    /// More rows than the generator numbers.
    #[error("{n_rows} rows can't be split; at most {max} can")]
    TooManyRows {
        /// Rows to split.
        n_rows: usize,
        /// The most there may be.
        max: u32,
    },
}

impl SplitError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TestRatio { .. } => "split_test_ratio",
            Self::EmptyPart { .. } | Self::EmptyList { .. } => "split_empty_part",
            Self::RowOutOfRange { .. } => "split_row_out_of_range",
            Self::RowTwice { .. } => "split_row_twice",
            Self::RowInBoth { .. } => "split_row_in_both",
            Self::Folds { .. } | Self::FoldsOfRows { .. } => "split_folds",
            Self::FoldsOfClass { .. } => "split_folds_of_class",
            Self::Repeats { .. } => "split_repeats",
            Self::TrainShare { .. } => "split_train_share",
            Self::NoRowOfClass { .. } => "one_class",
            Self::TooManyRows { .. } => "split_too_many_rows",
        }
    }
}

/// The rows that `train_test_split(range(n_rows), test_size=test_ratio, random_state=seed)` of
/// scikit-learn gives, in its order.
///
/// Test rows are the first ⌈`test_ratio`·`n_rows`⌉ of `RandomState(seed).permutation(n_rows)`.
///
/// # Errors
/// A ratio outside (0, 1), or a part without rows.
pub fn train_test_split(
    n_rows: usize,
    test_ratio: f64,
    seed: u32,
) -> Result<TrainTest, SplitError> {
    if !(test_ratio > 0.0 && test_ratio < 1.0) {
        return Err(SplitError::TestRatio { test_ratio });
    }
    let Ok(n) = u32::try_from(n_rows) else {
        return Err(SplitError::TooManyRows { n_rows, max: u32::MAX });
    };
    let n_test = (test_ratio * f64::from(n)).ceil() as usize;
    if n_test == 0 {
        return Err(SplitError::EmptyPart { part: Part::Test, n_rows, test_ratio });
    }
    if n_test >= n_rows {
        return Err(SplitError::EmptyPart { part: Part::Train, n_rows, test_ratio });
    }
    let mut test = RandomState::new(seed).permutation(n);
    let train = test.split_off(n_test);
    Ok(TrainTest { train, test })
}

/// Lists of rows, checked against a table of `n_rows` kept rows; not every row must be listed.
///
/// # Errors
/// An empty list, a row that does not exist, a row listed twice or in both parts.
pub fn listed_rows(train: &[u32], test: &[u32], n_rows: usize) -> Result<TrainTest, SplitError> {
    let mut part_of_row: Vec<Option<Part>> = vec![None; n_rows];
    for (part, rows) in [(Part::Train, train), (Part::Test, test)] {
        if rows.is_empty() {
            return Err(SplitError::EmptyList { part });
        }
        for &row in rows {
            let Some(seen) = part_of_row.get_mut(row as usize) else {
                return Err(SplitError::RowOutOfRange { part, row, n_rows });
            };
            match seen.replace(part) {
                None => {}
                Some(before) if before == part => return Err(SplitError::RowTwice { part, row }),
                Some(_) => return Err(SplitError::RowInBoth { row }),
            }
        }
    }
    Ok(TrainTest { train: train.to_vec(), test: test.to_vec() })
}
