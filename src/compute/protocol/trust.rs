//! What is asked about the prediction of one record beyond its explanation.

use serde::{Deserialize, Serialize};

use crate::explain::{
    CounterfactualParams, Counterfactuals, Curves, CurvesParams, ShapleyParams, ShapleyValues,
    Stability, StabilityParams,
};

/// A question about one record and what the model says of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TrustQuestion {
    /// How much LIME's weights hang on the seed.
    Stability(StabilityParams),
    /// What each feature's fair share is.
    Shapley(ShapleyParams),
    /// What the model says when single features change.
    Curves(CurvesParams),
    /// Which changes bring the record to the other side of a threshold.
    Counterfactuals(CounterfactualParams),
}

/// The answer to a question of the same name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TrustAnswer {
    /// To `Stability`.
    Stability(Stability),
    /// To `Shapley`.
    Shapley(ShapleyValues),
    /// To `Curves`.
    Curves(Curves),
    /// To `Counterfactuals`.
    Counterfactuals(Counterfactuals),
}
