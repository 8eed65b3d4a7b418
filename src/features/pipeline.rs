//! One-hot columns, then a common scale: what every model learns from.

use serde::{Deserialize, Serialize};

use super::scaler::StandardScaler;
use super::space::FeatureSpace;

/// Feature space and scaler, fitted on training rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeaturePipeline {
    /// The features, their levels and ranges.
    pub space: FeatureSpace,
    /// Of the one-hot columns: every level of every categorical feature in file order, then the
    /// numeric features.
    pub scaler: StandardScaler,
}
