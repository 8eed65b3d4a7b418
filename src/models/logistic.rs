//! Logistic regression.

use serde::{Deserialize, Serialize};

/// A fitted logistic regression: p = 1 / (1 + exp(−(intercept + Σ wⱼ·zⱼ))).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedLogistic {
    /// Weights on the standardised one-hot columns; length `n_columns`.
    pub coefficients: Vec<f64>,
    /// Free of the penalty.
    pub intercept: f64,
    /// Newton steps taken.
    pub iterations: u32,
    /// The gradient met the tolerance.
    pub converged: bool,
}
