//! Drawn customers as a data set.

use thiserror::Error;

use super::{MAX_ROWS, ParamsError, PopulationParams, table};
use crate::data::csv::ReadError;
use crate::data::interpret::read_as_it_looks;
use crate::data::{Interpreted, Table};

/// Why no data set was drawn.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SampleError {
    /// No population is like that.
    #[error(transparent)]
    Params(#[from] ParamsError),
    /// No rows, or more than can be held.
    #[error("{rows} rows are asked for; 1 to {limit} can be drawn")]
    RowsOutOfRange {
        /// Rows asked for.
        rows: u32,
        /// Most rows allowed.
        limit: u32,
    },
    /// The customers drawn make no table to learn from: with few rows, nobody may have left.
    #[error("the customers drawn with seed {seed} ({rows} rows) make no data set: {source}")]
    Unusable {
        /// Rows drawn.
        rows: u32,
        /// The seed they were drawn with.
        seed: u32,
        /// What the reader says.
        source: ReadError,
    },
}

impl SampleError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Params(error) => error.code(),
            Self::RowsOutOfRange { .. } => "sample_rows_out_of_range",
            Self::Unusable { source, .. } => source.code(),
        }
    }
}

/// The column to predict.
const TARGET: &str = "Churn";

/// Customers, and the table they stand in.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// As texts.
    pub table: Table,
    /// What those mean.
    pub read: Interpreted,
}

/// A data set of `rows` customers, 1 to [`MAX_ROWS`]: what would be read from the text of
/// [`csv`](super::csv), without the way by that text.
///
/// # Errors
/// [`SampleError::Params`]; [`SampleError::RowsOutOfRange`]; [`SampleError::Unusable`] when the reader refuses the table, as
/// it does where all customers stay or all leave.
pub fn sample(
    params: &PopulationParams,
    rows: u32,
    seed: u32,
    name: &str,
) -> Result<Sample, SampleError> {
    params.check()?;
    if !(1..=MAX_ROWS).contains(&rows) {
        return Err(SampleError::RowsOutOfRange { rows, limit: MAX_ROWS });
    }
    let unusable = |source| SampleError::Unusable { rows, seed, source };
    let table = table::table(params, rows, seed, name);
    let read = read_as_it_looks(&table, name, Some(TARGET)).map_err(unusable)?;
    Ok(Sample { table, read })
}
