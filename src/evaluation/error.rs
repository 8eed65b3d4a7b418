//! Why there is no figure.

use thiserror::Error;

/// Why an evaluation was refused.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum EvaluationError {
    /// Not one value a row.
    #[error("{found} {what} for {expected} true classes; one a row is needed")]
    UnequalLengths {
        /// "probabilities" or "predicted classes".
        what: &'static str,
        /// True classes.
        expected: usize,
        /// Values given.
        found: usize,
    },
    /// A number that is no probability.
    #[error("the probability of row {row} is {value}; allowed: 0 to 1")]
    Probability {
        /// Row, from 0.
        row: usize,
        /// What was given.
        value: f64,
    },
    /// Too few rows of a class.
    #[error("{n} {class} rows; at least {least} are needed")]
    TooFewRows {
        /// "positive" or "negative".
        class: &'static str,
        /// Rows of the class.
        n: u32,
        /// The fewest there may be.
        least: u32,
    },
    /// A number of bins that draws nothing.
    #[error("the number of bins is {n_bins}; allowed: 1 to {most}")]
    Bins {
        /// What was given.
        n_bins: u32,
        /// The most there may be.
        most: u32,
    },
    /// A number of resamples that shows nothing, or takes all day.
    #[error("resamples is {resamples}; allowed: {least} to {most}")]
    Resamples {
        /// What was given.
        resamples: u32,
        /// The fewest there may be.
        least: u32,
        /// The most there may be.
        most: u32,
    },
    /// A number of grid points that makes no curve.
    #[error("grid_points is {grid_points}; allowed: 2 to {most}")]
    GridPoints {
        /// What was given.
        grid_points: u32,
        /// The most there may be.
        most: u32,
    },
    /// No share of the resamples lies inside.
    #[error("the level of the interval is {level}; allowed: above 0 and under 1")]
    Level {
        /// What was given.
        level: f64,
    },
    /// No chance of a false alarm, or a sure one.
    #[error("alpha is {alpha}; allowed: above 0 and under 1")]
    Alpha {
        /// What was given.
        alpha: f64,
    },
    /// A slice names a row that is not judged.
    #[error("slice {slice} names row {row}; the {n_rows} rows count from 0")]
    SliceRow {
        /// Which slice, from 0.
        slice: usize,
        /// The row.
        row: u32,
        /// Rows judged.
        n_rows: usize,
    },
    /// An offer that costs no sum of money.
    #[error("offer_cost_per_customer is {value}; allowed: a finite number from 0")]
    OfferCost {
        /// What was given.
        value: f64,
    },
    /// A customer who is worth no sum of money.
    #[error("kept_value_per_customer is {value}; allowed: a finite number from 0")]
    KeptValue {
        /// What was given.
        value: f64,
    },
    /// No share of the leavers.
    #[error("offer_success_share is {value}; allowed: 0 to 1")]
    SuccessShare {
        /// What was given.
        value: f64,
    },
}

impl EvaluationError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnequalLengths { .. } => "unequal_lengths",
            Self::Probability { .. } => "not_a_probability",
            Self::TooFewRows { .. } => "too_few_rows",
            Self::Bins { .. } => "param_n_bins",
            Self::Resamples { .. } => "param_resamples",
            Self::GridPoints { .. } => "param_grid_points",
            Self::Level { .. } => "param_level",
            Self::Alpha { .. } => "param_alpha",
            Self::SliceRow { .. } => "slice_row_out_of_range",
            Self::OfferCost { .. } => "param_offer_cost",
            Self::KeptValue { .. } => "param_kept_value",
            Self::SuccessShare { .. } => "param_success_share",
        }
    }
}
