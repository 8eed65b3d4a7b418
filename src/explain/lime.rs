//! LIME for tables: the algorithm of Python's `lime`.

use serde::{Deserialize, Serialize};

/// What LIME must know of the data to draw neighbours: small, and enough without the rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LimeExplainer {
    /// One a feature, in the order of the feature space.
    pub statistics: Vec<FeatureStatistics>,
}

/// How one feature is distributed over all kept rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FeatureStatistics {
    /// Share of rows by level.
    Levels {
        /// In the order of the levels; sums to 1.
        frequencies: Vec<f64>,
    },
    /// Quartile bins; a value equal to an edge belongs to the lower bin.
    Bins {
        /// Distinct quartiles, ascending.
        edges: Vec<f64>,
        /// Share of rows by bin; sums to 1. This and the rest have one entry a bin.
        frequencies: Vec<f64>,
        /// Mean of the bin's values.
        means: Vec<f64>,
        /// Standard deviation (with n) of the bin's values, plus 1e-11.
        stds: Vec<f64>,
        /// Smallest value of the bin.
        mins: Vec<f64>,
        /// Largest value of the bin.
        maxs: Vec<f64>,
    },
}
