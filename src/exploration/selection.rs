//! Which rows are looked at.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::filter::FilterError;

/// Which rows are looked at: those of the sample that pass the filter and every pick.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Selection {
    /// What was picked in charts. Default nothing, which leaves all rows.
    pub picks: Vec<Pick>,
    /// A filter in words, see [`filter`](super::filter). Default empty.
    pub filter: String,
    /// A random part of the rows. Default all of them.
    pub sample: Option<SampleParams>,
}

/// What was picked of one column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pick {
    /// The column's name.
    pub column: String,
    /// Its values.
    pub values: Picked,
}

/// Values of a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Picked {
    /// Any of these levels.
    Levels(Vec<String>),
    /// Numbers from `from` to `to`.
    Range {
        /// Least number.
        from: f64,
        /// End.
        to: f64,
        /// Whether `to` itself belongs to it. Else it does as in bins, only if no number is larger.
        closed: bool,
    },
}

/// A random part of the rows, as pandas' `df.sample(frac=fraction, random_state=seed)` draws it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SampleParams {
    /// Share of the rows, above 0, at most 1. Default 0.1.
    pub fraction: f64,
    /// Seed of the draw. Default 42.
    pub seed: u32,
}

impl Default for SampleParams {
    fn default() -> Self {
        Self { fraction: 0.1, seed: 42 }
    }
}

impl SampleParams {
    /// How many of `n_rows` rows: the share, halves to the even number.
    #[must_use]
    pub fn size(&self, n_rows: usize) -> usize {
        libm::rint(self.fraction * n_rows as f64) as usize
    }
}

impl Selection {
    /// What was picked of a column.
    #[must_use]
    pub fn pick(&self, column: &str) -> Option<&Picked> {
        self.picks.iter().find(|pick| pick.column == column).map(|pick| &pick.values)
    }

    /// Nothing is left out.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.picks.is_empty() && self.filter.trim().is_empty() && self.sample.is_none()
    }
}

/// Why rows can't be selected or described.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SelectionError {
    /// The filter is none.
    #[error("the filter is wrong at character {}: {error}", error.from + 1)]
    Filter {
        /// What is wrong, and where.
        error: FilterError,
    },
    /// A share that is none.
    #[error("the fraction of the sample is {fraction}; allowed: above 0, at most 1")]
    Fraction {
        /// The share asked for.
        fraction: f64,
    },
    /// No such column.
    #[error("there is no column \"{column}\" in this data set")]
    UnknownColumn {
        /// The name asked for.
        column: String,
    },
    /// A column of another kind.
    #[error("column \"{column}\" has {found}; {wanted} are needed here")]
    Kind {
        /// The column.
        column: String,
        /// What it has: "levels".
        found: &'static str,
        /// What is needed: "numbers".
        wanted: &'static str,
    },
    /// A number of bins out of range.
    #[error("{bins} bins were asked for; allowed: 1 to {most}")]
    Bins {
        /// Bins asked for.
        bins: u32,
        /// Most allowed.
        most: u32,
    },
    /// Too many rows or columns at once.
    #[error("{asked} {what} were asked for; allowed: at most {most}")]
    TooMany {
        /// How many.
        asked: usize,
        /// Of what: "rows".
        what: &'static str,
        /// Most allowed.
        most: usize,
    },
}

impl SelectionError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Filter { .. } => "bad_filter",
            Self::Fraction { .. } => "fraction_out_of_range",
            Self::UnknownColumn { .. } => "unknown_column",
            Self::Kind { .. } => "wrong_kind",
            Self::Bins { .. } => "bins_out_of_range",
            Self::TooMany { .. } => "too_many",
        }
    }

    /// The part of the selection or question it belongs to.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::Filter { .. } => "filter",
            Self::Fraction { .. } => "fraction",
            Self::UnknownColumn { .. } | Self::Kind { .. } => "column",
            Self::Bins { .. } => "bins",
            Self::TooMany { .. } => "count",
        }
    }
}
