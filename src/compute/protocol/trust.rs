//! What is asked of an explanation before it is trusted.

use serde::{Deserialize, Serialize};

use crate::explain::{ShapleyParams, ShapleyValues, Stability, StabilityParams};

/// A question about the explanation of one record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TrustQuestion {
    /// How much LIME's weights hang on the seed.
    Stability(StabilityParams),
    /// What each feature's fair share is.
    Shapley(ShapleyParams),
}

/// The answer to a question of the same name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TrustAnswer {
    /// To `Stability`.
    Stability(Stability),
    /// To `Shapley`.
    Shapley(ShapleyValues),
}
