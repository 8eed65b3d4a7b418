//! What a person may set before a fit.

use serde::{Deserialize, Serialize};

/// A model family and its settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ModelParams {
    /// Logistic regression.
    Logistic(LogisticParams),
}

impl ModelParams {
    /// The family's name in the API: "logistic".
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Logistic(_) => "logistic",
        }
    }

    /// The family's name on screen: "Logistic regression".
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Logistic(_) => "Logistic regression",
        }
    }
}

/// Settings of an L2-penalised logistic regression, named as in scikit-learn.
///
/// Minimises `C·Σ log(1 + exp(−yᵢ·mᵢ)) + ½·‖w‖²`, the intercept free, over standardised columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogisticParams {
    /// Inverse strength of the penalty, above 0. Default 1.
    pub c: f64,
    /// Newton steps at most, at least 1. Default 100.
    pub max_iterations: u32,
    /// Stops when no component of the gradient is larger, above 0. Default 1e-9.
    pub tolerance: f64,
}

impl Default for LogisticParams {
    fn default() -> Self {
        Self { c: 1.0, max_iterations: 100, tolerance: 1e-9 }
    }
}
