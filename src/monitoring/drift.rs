//! How far data have moved, column by column. Definitions as in Evidently and scipy.

mod bins;
mod numbers;
mod report;
mod sample;
mod shares;

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::data::ColumnKind;

pub use report::report;
pub use sample::Sample;

/// Settings of a drift report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DriftParams {
    /// A column has drifted from this population stability index on, above 0. Default 0.1, the usual
    /// line between "no change" and "moderate change".
    pub psi_threshold: f64,
}

impl Default for DriftParams {
    fn default() -> Self {
        Self { psi_threshold: 0.1 }
    }
}

impl DriftParams {
    /// # Errors
    /// A threshold that is not a finite number above 0.
    pub fn check(&self) -> Result<(), DriftError> {
        let threshold = self.psi_threshold;
        if threshold.is_finite() && threshold > 0.0 {
            Ok(())
        } else {
            Err(DriftError::Threshold { threshold: threshold.to_string() })
        }
    }
}

/// One of the two sides of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What was.
    Reference,
    /// What is.
    Current,
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Reference => "reference",
            Self::Current => "current",
        })
    }
}

/// Why there is no drift report.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DriftError {
    /// A setting out of range.
    #[error("psi_threshold is {threshold}; allowed: a finite number above 0")]
    Threshold {
        /// What was given.
        threshold: String,
    },
    /// No rows to compare.
    #[error("the {side} side has no rows")]
    EmptySide {
        /// Which side.
        side: Side,
    },
    /// Nothing to compare.
    #[error("the two sides have no column in common (reference: {reference}; current: {current})")]
    NoCommonColumn {
        /// Column names of the reference.
        reference: String,
        /// Column names of the current side.
        current: String,
    },
    /// Numbers on one side, texts on the other.
    #[error(
        "{column} is {} on the reference side and {} on the current side",
        noun(*reference),
        noun(*current)
    )]
    UnequalKinds {
        /// The column.
        column: String,
        /// Its kind in the reference.
        reference: ColumnKind,
        /// Its kind on the current side.
        current: ColumnKind,
    },
    /// A field that only some of the records have.
    #[error("on the {side} side record {row} and the first differ in having {column}")]
    UnequalRecords {
        /// Which side.
        side: Side,
        /// The record, counted from 0.
        row: usize,
        /// The field.
        column: String,
    },
    /// A text, or no finite number, in a numeric field.
    #[error("on the {side} side {column} of record {row} is \"{value}\"; allowed: a finite number")]
    NotANumber {
        /// Which side.
        side: Side,
        /// The record, counted from 0.
        row: usize,
        /// The field.
        column: String,
        /// What was given.
        value: String,
    },
    /// A number in a categorical field.
    #[error("on the {side} side {column} of record {row} is the number {value}; allowed: a text")]
    NotAText {
        /// Which side.
        side: Side,
        /// The record, counted from 0.
        row: usize,
        /// The field.
        column: String,
        /// What was given.
        value: String,
    },
}

impl DriftError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Threshold { .. } => "drift_threshold",
            Self::EmptySide { .. } => "drift_empty_side",
            Self::NoCommonColumn { .. } => "drift_no_common_column",
            Self::UnequalKinds { .. } => "drift_unequal_kinds",
            Self::UnequalRecords { .. } => "drift_unequal_records",
            Self::NotANumber { .. } => "not_a_number",
            Self::NotAText { .. } => "not_a_text",
        }
    }

    /// The setting or column it is about.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Threshold { .. } => Some("psi_threshold"),
            Self::EmptySide { .. } | Self::NoCommonColumn { .. } => None,
            Self::UnequalKinds { column, .. }
            | Self::UnequalRecords { column, .. }
            | Self::NotANumber { column, .. }
            | Self::NotAText { column, .. } => Some(column),
        }
    }
}

fn noun(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Numeric => "numeric",
        ColumnKind::Categorical => "categorical",
        ColumnKind::Identifier => "an identifier",
        ColumnKind::Text => "free text",
    }
}

/// How far `current` has moved from `reference`, column by column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DriftReport {
    /// Columns both sides have, in the reference's order.
    pub columns: Vec<ColumnDrift>,
    /// Share of columns that drifted, 0 to 1.
    pub share: f64,
    /// Rows of the reference.
    pub n_reference: u32,
    /// Rows of the current data.
    pub n_current: u32,
}

/// One column's drift.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ColumnDrift {
    /// The column.
    pub name: String,
    /// What its values are.
    pub kind: ColumnKind,
    /// Population stability index: Σ (qᵢ − pᵢ)·ln(qᵢ/pᵢ), over levels or ten quantile bins.
    pub psi: f64,
    /// Kolmogorov–Smirnov, numeric columns.
    pub ks: Option<KsTest>,
    /// Two-sample χ², categorical columns.
    pub chi2: Option<Chi2Test>,
    /// Jensen–Shannon distance in base 2, 0 to 1, over levels or ten quantile bins.
    pub jensen_shannon: f64,
    /// Wasserstein distance over the reference's standard deviation (with n), numeric columns; `None`
    /// also where a constant reference has moved, which no standard deviation can measure.
    pub wasserstein: Option<f64>,
    /// `psi` reaches the threshold.
    pub drifted: bool,
    /// Level or bin names with both sides' shares, for the picture.
    pub shares: Vec<Share>,
}

/// One level's or bin's share on both sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// The level, or the bin: "20.05 to 25.05".
    pub label: String,
    /// Of the reference's rows, 0 to 1.
    pub reference: f64,
    /// Of the current rows, 0 to 1.
    pub current: f64,
}

/// Two-sided two-sample Kolmogorov–Smirnov test.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KsTest {
    /// Largest distance between the two empirical distribution functions.
    pub statistic: f64,
    /// Probability of such a distance without drift.
    pub p_value: f64,
}

/// χ² test of the 2 × K table, no continuity correction.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Chi2Test {
    /// Pearson's χ².
    pub statistic: f64,
    /// K − 1.
    pub dof: u32,
    /// Probability of such a statistic without drift.
    pub p_value: f64,
}
