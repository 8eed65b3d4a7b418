//! The shapes of a drift report. Definitions as in Evidently and scipy.

use serde::{Deserialize, Serialize};

use crate::data::ColumnKind;

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
    /// Wasserstein distance over the reference's standard deviation (with n), numeric columns.
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
