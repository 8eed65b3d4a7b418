//! What is asked of an explanation before it is trusted, and the answers that only cards read.

use serde::{Deserialize, Serialize};

use crate::explain::whole::{
    AverageLime, Curves, Importance, Interactions, Pair, ShapleySummary, Surrogate,
};
use crate::explain::{ShapleyParams, ShapleyValues, Stability, StabilityParams};

/// A question about the explanation of one record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TrustQuestion {
    /// How much LIME's weights hang on the seed.
    Stability(StabilityParams),
    /// What each feature's fair share is.
    Shapley(ShapleyParams),
}

/// The answer to a question of the same name, or to one about a model as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TrustAnswer {
    /// To `Stability`.
    Stability(Stability),
    /// To `Shapley`.
    Shapley(ShapleyValues),
    /// To a model's `Importance`.
    Importance(Importance),
    /// To a model's `Shapley`.
    Summary(ShapleySummary),
    /// To a model's `Average`.
    Average(AverageLime),
    /// To a model's `Surrogate`.
    Surrogate(Surrogate),
    /// To a model's `Curves`.
    Curves(Curves),
    /// To a model's `Pair`.
    Pair(Pair),
    /// To a model's `Interactions`.
    Interactions(Interactions),
}
