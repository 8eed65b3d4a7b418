//! Columns on a common scale.

use serde::{Deserialize, Serialize};

/// z = (x − mean) / scale, column by column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StandardScaler {
    /// Arithmetic mean of the training rows; length `n_columns`.
    pub mean: Vec<f64>,
    /// Standard deviation with n of the training rows; 1 for a constant column.
    pub scale: Vec<f64>,
}
