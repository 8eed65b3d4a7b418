//! What is asked about the prediction of one record beyond its explanation, and the answers that only
//! cards read.

use serde::{Deserialize, Serialize};

use crate::data::{Value, Violation};
use crate::explain::whole::{
    AverageLime, Dependence, Importance, Interactions, Pair, ShapleySummary, Surrogate,
};
use crate::explain::{
    Compared, CounterfactualParams, Counterfactuals, Curves, CurvesParams, SettingsParams,
    ShapleyParams, ShapleyValues, Stability, StabilityParams,
};

/// A question about one record and what the model says of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RecordQuestion {
    /// How much LIME's weights hang on the seed.
    Stability(StabilityParams),
    /// What each feature's fair share is.
    Shapley(ShapleyParams),
    /// What the model says when single features change.
    Curves(CurvesParams),
    /// Which changes bring the record to the other side of a threshold.
    Counterfactuals(CounterfactualParams),
    /// What LIME's other settings do to the weights.
    Settings(SettingsParams),
    /// Whether there could be such a customer.
    Plausible {
        /// The features that a person set, the latest last: they stay when the record is repaired.
        changed: Vec<String>,
    },
}

/// Whether a record is like the rows of the data set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plausibility {
    /// What of it no row has.
    pub violations: Vec<Violation>,
    /// What the nearest record without that has instead.
    pub repaired: Vec<(String, Value)>,
}

/// The answer to a question of the same name, or to one about a model as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CardAnswer {
    /// To `Stability`.
    Stability(Stability),
    /// To `Shapley`.
    Shapley(ShapleyValues),
    /// To `Curves`.
    Curves(Curves),
    /// To `Counterfactuals`.
    Counterfactuals(Counterfactuals),
    /// To `Settings`.
    Settings(Compared),
    /// To `Plausible`.
    Plausible(Plausibility),
    /// To a model's `Importance`.
    Importance(Importance),
    /// To a model's `Shapley`.
    Summary(ShapleySummary),
    /// To a model's `Average`.
    Average(AverageLime),
    /// To a model's `Surrogate`.
    Surrogate(Surrogate),
    /// To a model's `Dependence`.
    Dependence(Dependence),
    /// To a model's `Pair`.
    Pair(Pair),
    /// To a model's `Interactions`.
    Interactions(Interactions),
}
